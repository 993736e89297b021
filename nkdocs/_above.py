"""The nearest folder that holds something, from a folder upward.

A night run asks it for every letter: plain strings cost a third of what paths do.
"""

import os
from collections.abc import Callable
from pathlib import Path


def above(folder: Path, name: str, there: Callable[[str], bool] = os.path.exists) -> Path | None:
    """Return the nearest of *folder* and those above it in which *name* is *there*, if one is."""
    here = os.path.realpath(folder)
    while not (os.access(at := os.path.join(here, name), os.F_OK) and there(at)):  # noqa: PTH118 - see above
        here, below = os.path.dirname(here), here  # noqa: PTH120 - see above
        if here == below:
            return None
    return Path(here)

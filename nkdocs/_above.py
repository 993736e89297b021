"""The nearest folder that holds something, from a folder upward.

A night run asks it for every letter: plain strings cost a third of what paths do.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path


def above(folder: Path, name: str, there: Callable[[str], bool] = os.path.exists) -> Path | None:
    """Return the nearest of *folder* and those above it in which *name* is *there*, if one is."""
    here = _really(folder)
    while not (os.access(at := os.path.join(here, name), os.F_OK) and there(at)):  # noqa: PTH118 - see above
        here, below = os.path.dirname(here), here  # noqa: PTH120 - see above
        if here == below:
            return None
    return Path(here)


def _really(folder: Path) -> str:
    """Return where *folder* really lies: links are followed once for all cases in it."""
    try:
        seen = os.stat(folder)  # noqa: PTH116 - see above
    except OSError:  # it is not there, as that of most flat files
        return os.path.realpath(folder)
    return _followed(os.fspath(folder), seen.st_dev, seen.st_ino)


@lru_cache(maxsize=64)
def _followed(folder: str, *_: int) -> str:
    return os.path.realpath(folder)

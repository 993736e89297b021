"""The nearest folder that holds something, from a folder upward.

A night run asks it for every letter: plain strings cost a third of what paths do.
"""

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path


def above(folder: Path, name: str, there: Callable[[str], bool] = os.path.exists) -> Path | None:
    """Return the nearest of *folder* and those above it in which *name* is *there*, if one is."""
    for here in upward(folder):
        at = here + name
        if os.access(at, os.F_OK) and there(at):
            return _path(here)
    return None


_path = lru_cache(maxsize=64)(Path)  # what many cases lie in


def upward(folder: Path) -> tuple[str, ...]:
    """Return where *folder* really lies and those above it: asked once for all cases in it."""
    name = os.fspath(folder)
    try:
        seen = os.stat(name)  # noqa: PTH116 - see above
    except OSError:  # it is not there, and may come
        return _followed.__wrapped__(name)
    return _followed(name, seen.st_dev, seen.st_ino)


@lru_cache(maxsize=64)
def _followed(folder: str, *_: int) -> tuple[str, ...]:
    """Return the real names of *folder* and those above it, each with a separator at its end."""
    here = Path(os.path.realpath(folder))
    return tuple(os.path.join(one, "") for one in (here, *here.parents))  # noqa: PTH118 - see above

"""Folders for files on their way through other programs; in memory where none may reach a disk.

Each is for the owner alone and goes with its work; what a killed process left goes with the next.
"""

import contextvars
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nkdocs._atomic import lives
from nkdocs.errors import MissingProgramError

_PREFIX = "nkdocs-work-"
_MEMORY = {"tmpfs", "ramfs"}
_MOUNTS = Path("/proc/mounts")
_OFF_DISK: "contextvars.ContextVar[bool]" = contextvars.ContextVar("off_disk", default=False)


def memory(mounts: Path = _MOUNTS) -> Path | None:
    """Return a folder that the system keeps in memory, None where there is none."""
    if sys.platform == "win32" or not mounts.is_file():
        return None
    kinds = {}
    for line in mounts.read_text("utf-8", "replace").splitlines():
        _, at, kind, *_ = [*line.split(" "), "", "", ""]
        kinds[at] = kind
    own = os.environ.get("XDG_RUNTIME_DIR", "")
    wanted = ("/dev/shm", own)  # noqa: S108 - folders of a name nobody can guess are made in it
    able = (Path(at) for at in wanted if at and kinds.get(at) in _MEMORY)
    return next((p for p in able if os.access(p, os.W_OK | os.X_OK)), None)


@contextmanager
def off_disk() -> Iterator[None]:
    """Let every folder that is made meanwhile be one in memory."""
    before = _OFF_DISK.set(True)
    try:
        yield
    finally:
        _OFF_DISK.reset(before)


@contextmanager
def folder(*, in_memory: bool = False) -> Iterator[Path]:
    """Make a folder, on no disk with *in_memory*, and remove it with all that is in it.

    Raises:
        MissingProgramError: this system keeps no folder in memory.
    """
    own = in_memory or _OFF_DISK.get()
    place = memory() if own else Path(tempfile.gettempdir())
    if place is None:
        msg = "the case is locked, and this computer has no folder in memory for LibreOffice"
        hint = ("Make a draft (--as draft draws it without LibreOffice), save the PDF from Word, "
                "or unlock the case first: nkdocs unlock CASE")  # fmt: skip
        raise MissingProgramError(msg, hint=hint)
    _sweep(place)
    made = tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place)
    try:
        yield Path(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sweep(place: Path) -> None:
    for left in place.glob(f"{_PREFIX}*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            own = sys.platform == "win32" or left.lstat().st_uid == os.getuid()
            if own and pid.isdecimal() and not lives(int(pid)):
                shutil.rmtree(left, ignore_errors=True)

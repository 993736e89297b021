"""Folders for files on their way through other programs; in memory where none may reach a disk.

Each is for the owner alone and goes with its work; what a killed process left goes with the next.
"""

import contextvars
import itertools
import os
import shutil
import sys
import tempfile
import weakref
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
    made = _made(place)
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _made(place: Path) -> Path:
    _sweep(place)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))


class Room:
    """A folder like that of `folder`, which goes when nothing kept in it is held any longer."""

    def __init__(self, *, in_memory: bool = False) -> None:
        """Make the folder, on no disk with *in_memory*.

        Raises:
            OSError: there is no place for it, in memory or at all.
        """
        off = in_memory or _OFF_DISK.get()
        place = memory() if off else Path(tempfile.gettempdir())
        if place is None:
            msg = "no folder in memory"
            raise OSError(msg)
        self.folder = _made(place)
        self._numbers = itertools.count(1)
        weakref.finalize(self, _gone, self.folder, os.getpid())

    def free(self) -> Path:
        """Return the name of a file that is not there yet."""
        return self.folder / str(next(self._numbers))

    def keep(self, data: bytes) -> "Content":
        """Keep *data* in a file; the bytes themselves are returned where there is no room left."""
        path = self.free()
        try:
            write(path, data)
        except OSError:
            path.unlink(missing_ok=True)
            return data
        return Kept(path, len(data), self)


class Kept:
    """Bytes that lie in a file of a room until they are asked for: `bytes(kept)`, `len(kept)`.

    The file goes when it is held no longer.
    """

    def __init__(self, path: Path, size: int, room: Room) -> None:
        """Take over the file at *path* in *room*, *size* bytes long."""
        self.path, self.room, self._size = path, room, size
        weakref.finalize(self, _gone, path, os.getpid())

    def __len__(self) -> int:
        """Return how many bytes they are."""
        return self._size

    def __bytes__(self) -> bytes:
        """Return the bytes.

        Raises:
            OSError: the file is gone, or is no longer whole.
        """
        data = self.path.read_bytes()
        if len(data) != self._size:
            msg = "a working file is not whole"
            raise OSError(msg)
        return data

    def __eq__(self, other: object) -> bool:
        """Whether *other* holds the same bytes."""
        if isinstance(other, (bytes, Kept)):
            return len(self) == len(other) and bytes(self) == bytes(other)
        return NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as mutable things have none


Content = bytes | Kept


def write(path: Path, data: bytes) -> None:
    """Write a new file for the owner alone.

    Raises:
        OSError: it is there already, or there is no room.
    """
    place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(place, "wb") as file:
        file.write(data)


def _gone(path: Path, owner: int) -> None:
    """Remove a file or folder, unless this process is a copy of the one that made it."""
    if os.getpid() != owner:
        return
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
        return
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _sweep(place: Path) -> None:
    for left in place.glob(f"{_PREFIX}*"):
        pid = left.name.removeprefix(_PREFIX).partition("-")[0]
        with suppress(OSError):
            own = sys.platform == "win32" or left.lstat().st_uid == os.getuid()
            if own and pid.isdecimal() and not lives(int(pid)):
                shutil.rmtree(left, ignore_errors=True)

"""Files that are written whole or not at all, for one reader only, and never through a link.

A kill or a full disk leaves the old file or the new one (TRUST.md 4.6, R8, R9, R18-R20). Folders
and files are made for their owner alone, whatever the umask.
"""

import contextlib
import errno
import functools
import hashlib
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import SupportsBytes, TypeAlias

from nkdocs._patterns import lazily
from nkdocs.errors import FileBusyError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the file itself is the lock there

Content: TypeAlias = SupportsBytes | Iterator[bytes]
_BEGUN = ".nkdocs-"
_TEMP = lazily(r"\.nkdocs-([0-9a-f]{8})-(\d+)-.+\.tmp")


def save(path: Path, data: bytes, *, mode: int = 0o600, backup: bool = False) -> None:
    """Write *data* to *path*; with *backup* the old content stays beside it as `.bak`.

    A symbolic link at *path* is replaced; what it points to stays as it was.

    Raises:
        FileBusyError: the file cannot be written; the old one is as it was.
    """
    if backup:
        with _told(path):
            old = path.read_bytes() if path.is_file() else data
        if old != data:
            save(path.with_name(f"{path.name}.bak"), old, mode=mode)
    save_all({path: data}, mode=mode)


def save_all(files: Mapping[Path, Content], *, mode: int = 0o600, tidy: bool = True) -> None:
    """Write all *files* or none; all are written beside their places before any is put there.

    Each is asked for its bytes in its turn, a long one piece by piece; the disk is waited for when
    all have told theirs. *tidy* looks for what killed processes left in their folders.

    When putting one there fails, those already there are taken back. A kill in just that moment
    leaves each file whole, old or new.

    Raises:
        FileBusyError: one of them cannot be written; all old ones are as they were.
    """
    left: set[str] = set()
    try:
        temps: dict[Path, str] = {}
        for path, data in files.items():
            with _told(path):
                temps[path] = _staged(path, data, mode, left)
        for path, temp in temps.items():
            with _told(path):
                _last(temp)
        old: dict[Path, str | None] = {}
        if len(temps) > 1:  # one file alone needs no way back
            for path in temps:
                with _told(path):
                    old[path] = _kept(path, left)
        _put(temps, old)
        left.difference_update(temps.values())
        for place in {path.parent for path in temps}:
            _flush(place)
            if tidy:
                sweep(place)
    finally:
        for name in left:
            _unlink(name)


def _put(temps: Mapping[Path, str], old: Mapping[Path, str | None]) -> None:
    """Put all *temps* in their places; on a fault put back the *old* of those that were reached."""
    reached: list[Path] = []
    try:
        for path, temp in temps.items():
            reached.append(path)
            with _told(path):
                os.replace(temp, path)  # noqa: PTH105 - done for every letter
    except BaseException:
        for path in reached:
            before = old.get(path)
            if before is not None:
                Path(before).replace(path)
            elif path in old and not Path(temps[path]).exists():  # it was new, and has arrived
                path.unlink()
        raise


def _staged(path: Path, data: Content, mode: int, left: set[str]) -> str:
    """Write *data* beside *path* and return where; *left* are the files to be taken away again."""
    if path.is_dir() and not path.is_symlink():
        raise IsADirectoryError(errno.EISDIR, "a folder")
    number, temp = _beside(path, left)
    with os.fdopen(number, "wb") as file:
        file.writelines(data if isinstance(data, Iterator) else [bytes(data)])
    os.chmod(temp, mode)  # noqa: PTH101 - done for every letter
    return temp


def _beside(path: Path, left: set[str]) -> tuple[int, str]:
    """Return a new empty file beside *path*; its name says which computer and process made it."""
    prefix = f".nkdocs-{_computer()}-{os.getpid()}-"
    number, name = tempfile.mkstemp(prefix=prefix, suffix=".tmp", dir=path.parent)
    left.add(name)
    return number, name


def _kept(path: Path, left: set[str]) -> str | None:
    """Return a second name, or a copy, of what is at *path*; None if nothing is."""
    if not os.path.lexists(path):
        return None
    number, copy = _beside(path, left)
    os.close(number)
    _unlink(copy)
    try:
        os.link(path, copy, follow_symlinks=False)
    except (OSError, NotImplementedError):  # a disk without hard links
        shutil.copy2(path, copy, follow_symlinks=False)
    return copy


def _flush(place: Path) -> None:
    """Make the new names in a folder last; Windows and some network disks cannot."""
    with contextlib.suppress(OSError):
        _last(place, os.O_RDONLY)


def _last(path: Path | str, how: int = os.O_RDWR) -> None:
    """Wait until what is at *path* would outlast a cut of the power."""
    number = os.open(path, how)
    try:
        os.fsync(number)
    finally:
        os.close(number)


_REASONS = {
    errno.ENOENT: ("its folder does not exist", "Make the folder first."),
    errno.ENOTDIR: ("a file stands where its folder should be", "Choose another place."),
    errno.EISDIR: ("a folder has this name", "Choose another name."),
    errno.ENOSPC: ("the disk is full", "Free some space and try again."),
    errno.EDQUOT: ("your share of the disk is full", "Free some space and try again."),
    errno.EFBIG: ("it is larger than the system allows", "Free some space or raise the limit."),
    errno.EROFS: ("the disk is read-only", "Choose a folder you may write in."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.ELOOP: ("symbolic links lead in a circle", "Choose another place."),
}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}  # no other file would fit either
_DENIED = ("it is open elsewhere or may not be written", "Close it, or choose another folder.")


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn a fault of the system at *path* into a message with a next step."""
    try:
        yield
    except OSError as error:
        why, hint = _REASONS.get(error.errno or 0, _DENIED)
        msg = f"{path} cannot be written: {why}"
        raise FileBusyError(msg, hint=f"{hint} What was there before is unchanged.") from None


def full(error: OSError) -> FileBusyError:
    """Return what is told of a disk that became full, whatever was written there.

    Raises:
        OSError: it is another fault of the system.
    """
    if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
        raise error
    why, hint = _REASONS[error.errno]
    return FileBusyError(why, hint=f"{hint} What is done stays done.")


def remove(path: Path) -> None:
    """Take a file away for good; one that is not there is no fault.

    Raises:
        FileBusyError: it is open elsewhere, or may not be removed.
    """
    with _told(path):
        path.unlink(missing_ok=True)
    _flush(path.parent)


def folder(path: Path) -> Path:
    """Make the folder *path* and those above it that are missing, for the owner alone.

    Raises:
        FileBusyError: it cannot be made.
    """
    with _told(path):
        if path.is_dir():
            return path
        missing = [place for place in (path, *path.parents) if not place.exists()]
        for place in reversed(missing):
            place.mkdir(mode=0o700, exist_ok=True)
            place.chmod(0o700)  # a umask may have taken rights from the owner too
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "a file")
    return path


@contextlib.contextmanager
def begun(place: Path) -> Iterator[Path]:
    """Make a folder in *place* for what is not ready to be seen; it goes, whatever happens.

    Raises:
        FileBusyError: it cannot be made.
    """
    sweep(place)
    with _told(place):
        prefix = f".nkdocs-{_computer()}-{os.getpid()}-"
        made = tempfile.mkdtemp(prefix=prefix, suffix=".tmp", dir=place)
    try:
        yield Path(made)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def sweep(place: Path, *, before: float = 0.0) -> int:
    """Remove what killed processes of nkdocs left in a folder; return how many files went.

    A file goes when the process that made it, on this computer, is dead, or when it was last
    changed *before* that time (seconds since 1970; 0 judges no file by its age).
    """
    gone = 0
    with contextlib.suppress(OSError):
        with os.scandir(place) as there:
            ours = [e.name for e in there if e.name.startswith(_BEGUN)]
        left = sorted((f[0], f[1], f[2]) for name in ours if (f := _TEMP.fullmatch(name)))
        for name, computer, number in left:
            path, dead = place / name, computer == _computer() and not lives(int(number))
            with contextlib.suppress(OSError):
                if not dead and path.lstat().st_mtime >= before:
                    continue
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()
                gone += 1
    return gone


@functools.cache
def _computer() -> str:
    """Return eight letters for this computer: a process number means nothing on another one."""
    return hashlib.sha256(platform.node().encode()).hexdigest()[:8]


def lives(pid: int) -> bool:
    """Tell whether a process of this computer is alive."""
    if sys.platform == "win32":  # os.kill(pid, 0) would end it there
        import ctypes

        kernel = ctypes.windll.kernel32
        handle = kernel.OpenProcess(0x1000, False, pid)  # noqa: FBT003 - the system's own form
        code = ctypes.c_ulong()
        alive = handle and kernel.GetExitCodeProcess(handle, ctypes.byref(code))
        kernel.CloseHandle(handle)
        return bool(alive) and code.value == 259  # noqa: PLR2004 - STILL_ACTIVE
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold *path* for this process alone; the lock is a hidden file beside it.

    It is free again when the process ends, however it ends. Who does not ask is not kept out.

    Raises:
        FileBusyError: another process, or another part of this one, holds it; or the folder
            cannot be written.
    """
    beside = path.with_name(f".{path.name}.lock")
    with _told(path):
        number = _made(beside) if fcntl is None else _held(beside)
    if number is None:
        raise _busy(path, beside)
    try:
        with _told(path):
            os.ftruncate(number, 0)
            os.write(number, f"{os.getpid()} {_computer()} {platform.node()}\n".encode())
        yield
    finally:
        if fcntl is not None:  # while it is held: nobody else's file is removed
            _unlink(beside)
            os.close(number)
        else:  # Windows removes no open file
            os.close(number)
            _unlink(beside)


def _unlink(path: Path | str) -> None:
    with contextlib.suppress(OSError):
        Path(path).unlink()


def _held(beside: Path) -> int | None:
    """Return the open lock file, locked by the system; None if another holds it."""
    while True:
        number = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(number), beside.lstat()):
                os.fchmod(number, 0o600)
                return number
        except BlockingIOError:
            os.close(number)
            return None
        except FileNotFoundError:
            pass
        except BaseException:
            os.close(number)
            raise
        os.close(number)  # its holder removed it just now: it locks nothing any more


def _made(beside: Path) -> int | None:
    """Return the lock file, made by this process; None if a live process made it before.

    For systems without file locks. The file of a dead process is moved away before it is judged
    a second time, so that of two processes that find it only one takes it over.
    """
    for _ in range(2):
        with contextlib.suppress(FileExistsError):
            return os.open(beside, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        pid, computer, _name = _read_holder(beside)
        if computer != _computer() or lives(pid):
            return None
        aside = beside.with_name(f"{beside.name}.{os.getpid()}")
        with contextlib.suppress(OSError):
            beside.rename(aside)
            if _read_holder(aside)[0] == pid:
                _unlink(aside)
            else:
                aside.rename(beside)
    return None


def _read_holder(beside: Path) -> tuple[int, str, str]:
    """Return process, computer and computer's name from a lock file; 0 if it does not say."""
    try:
        pid, computer, name = beside.read_text(encoding="utf-8").split(None, 2)
        return int(pid), computer, name.strip()
    except (OSError, ValueError):
        return 0, "", ""


def _busy(path: Path, beside: Path) -> FileBusyError:
    """Return the error that says who holds *path*."""
    pid, computer, name = _read_holder(beside)
    where = "" if computer == _computer() else f" on the computer {name}"
    who = f"process {pid}{where}" if pid else "another process"
    hint = "Close it there, or wait until it has finished."
    if fcntl is None:
        hint += f" If no nkdocs is running, delete {beside.name}."
    return FileBusyError(f"{path} is in use by nkdocs ({who})", hint=hint)

"""What was made from the files of a template folder, kept on disk: the next process reads it.

A file is named by what it was made from and by what made it, so nothing stale is ever found. It
holds plain values, and the code of compiled templates, is for its owner alone (0600), and begins
with a checksum: what is damaged is not read. Whoever can write it can run code, as with Python's
own compiled files; it stands in the user's own cache folder.
"""

import contextlib
import functools
import hashlib
import marshal
import os
import sys
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

from nkdocs import _atomic, _resources
from nkdocs.errors import NkdocsError

_Form = TypeVar("_Form")
_CHECK, _OURS = 32, __name__.partition(".")[0]
_MOST = 200  # files: some hundred templates and a few versions of each


def folder() -> Path:
    """Return the platform's folder for files that can be made again."""
    own = os.environ.get("XDG_CACHE_HOME", "")
    if own and Path(own).is_absolute():
        return Path(own) / "nkdocs"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "nkdocs"
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return (Path(local) if local else Path.home()) / "nkdocs" / "Cache"
    return Path.home() / ".cache" / "nkdocs"


def made_by(rooms: Iterable[str], files: Iterable[Path] = ()) -> bytes:
    """Return what changes when anything does that has a hand in the making.

    Args:
        rooms: packages whose modules have one; they are found, not imported. Of other people's
            their folder and the versions installed beside it are asked, not each file.
        files: further files.
    """
    told = [_as_it_is(str(file), file.stat()) for file in files]
    for room in rooms:
        spec = find_spec(room)
        place = os.path.dirname(spec.origin or "") if spec else ""  # noqa: PTH120 - light
        if not os.path.isdir(place):  # noqa: PTH112 - as above; in an archive there is none
            continue
        told.append(_as_it_is(place, os.stat(place)))  # noqa: PTH116 - as above
        if room.partition(".")[0] != _OURS:
            told += _versions(os.path.dirname(place))  # noqa: PTH120 - as above
        else:
            with os.scandir(place) as found:
                told += [_as_it_is(f.path, f.stat()) for f in found if f.name.endswith(".py")]
    python = sys.version, sys.implementation.cache_tag or ""
    return "\n".join([*python, *sorted(told)]).encode("utf-8", "surrogateescape")


@functools.cache
def _versions(place: str) -> tuple[str, ...]:
    """Return the names of what tells which versions are installed in *place*."""
    with os.scandir(place) as found:
        return tuple(sorted({f.name for f in found if f.name.endswith(".dist-info")}))


def _as_it_is(path: str, known: os.stat_result) -> str:
    return f"{path} {known.st_size} {known.st_mtime_ns}"


@functools.cache
def reader() -> bytes:
    """Return what changes when anything does that has a hand in reading a template folder."""
    own = ("nkdocs", "nkdocs._yaml", "nkdocs.interview", "nkdocs.kinds", "nkdocs.checks")
    return made_by((*own, "jinja2", "yaml", "pydantic"))


def key(*parts: bytes) -> str:
    """Return the name of what is made from *parts*, each told from the next."""
    found = hashlib.sha256()
    for part in parts:
        found.update(len(part).to_bytes(8, "big"))
        found.update(part)
    return found.hexdigest()


def load(name: str) -> Any:  # noqa: ANN401 - whatever was kept: plain values
    """Return what is kept under *name*, None if nothing is or it is damaged."""
    try:
        file = folder() / f"{name}.tpl"
        known = file.stat()
        if hasattr(os, "getuid") and known.st_uid != os.getuid():
            return None
        data = file.read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: nobody's home
        return None
    own, check = memoryview(data)[_CHECK:], hashlib.sha256(name.encode())
    check.update(own)
    if check.digest() != data[:_CHECK]:
        return None
    try:
        return marshal.loads(own)  # noqa: S302 - our own file, whole as we wrote it
    except (EOFError, ValueError, TypeError):
        return None


def forms(file: Path, data: bytes, make: Callable[[], list[_Form]]) -> list[_Form]:
    """Return what *make* reads from *data*, what stands in *file*: plain values.

    Of a file that ships it is kept; any other might hold what is a client's.
    """
    if not file.is_relative_to(_resources.shipped("templates")):
        return make()
    name = key(reader(), os.fsencode(file), data)
    found: list[_Form] | None = load(name)
    if found is None:
        found = make()
        save(name, found)
    return found


def save(name: str, value: Any) -> None:  # noqa: ANN401 - plain values, as `load` gives them
    """Keep *value* under *name*; where it cannot be written nothing is kept, and nothing fails."""
    data = marshal.dumps(value)
    check = hashlib.sha256(name.encode() + data).digest()
    with contextlib.suppress(OSError, RuntimeError, NkdocsError):
        place = folder()
        _atomic.folder(place)
        files = sorted(place.glob("*.tpl"), key=lambda file: file.stat().st_mtime)
        for old in files[: max(0, len(files) - _MOST)]:
            old.unlink(missing_ok=True)
        _atomic.save(place / f"{name}.tpl", check + data)

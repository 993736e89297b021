"""Compiled templates kept on disk, so that a letter in a fresh process compiles nothing.

A file is named by what it was made from: the template's bytes, the versions of Python, Jinja and
docxtpl, and our own code. It holds plain values and compiled code, is for its owner alone (0600),
and begins with a checksum: what is damaged is not read. Whoever can write it can run code, as
with Python's own compiled files; it stands in the user's own cache folder.
"""

import contextlib
import hashlib
import marshal
import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from nkdocs import _atomic, _jinja
from nkdocs.errors import NkdocsError

_CHECK = 32
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


def key(template: bytes) -> str:
    """Return the name of what is compiled from *template* by this program."""
    return hashlib.sha256(_made_by() + template).hexdigest()


@cache
def _made_by() -> bytes:
    """Return what changes when anything does that has a hand in compiling."""
    told = [sys.version, sys.implementation.cache_tag or ""]
    files = [*Path(__file__).parent.glob("*.py"), *Path(_jinja.__file__).parent.glob("_*.py")]
    for package in ("docxtpl", "docx", "jinja2", "lxml"):  # found, not imported
        spec = find_spec(package)
        own = Path(spec.origin).parent if spec and spec.origin else Path()
        files += own.glob("*.py")
    for file in sorted(files):
        known = file.stat()
        told.append(f"{file} {known.st_size} {known.st_mtime_ns}")
    return "\n".join(told).encode() + b"\0"


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
    if hashlib.sha256(name.encode() + data[_CHECK:]).digest() != data[:_CHECK]:
        return None
    try:
        return marshal.loads(data[_CHECK:])  # noqa: S302 - our own file, whole as we wrote it
    except (EOFError, ValueError, TypeError):
        return None


def save(name: str, value: tuple[Any, ...]) -> None:
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

"""Where shipped things stand: templates, fictional sample answers, fonts; files read once."""

from functools import cache, lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def shipped(folder: str) -> Path:
    """Return the shipped *folder*, `templates` or `answers`.

    An installed nkdocs has them in `_data`; a checkout beside the package.
    """
    inside = _PACKAGE / "_data" / folder
    if inside.is_dir():
        return inside
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / folder).is_dir():
        return checkout / folder
    msg = f"nkdocs was installed without its folder '{folder}'; install it again"
    raise FileNotFoundError(msg)


def read_once(file: Path) -> bytes:
    """Return what stands in *file*, which many cases share; read again when it was changed.

    Raises:
        OSError: it cannot be read.
    """
    seen = file.stat()
    return _read(file, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino)


@lru_cache(maxsize=64)
def _read(file: Path, *_: int) -> bytes:
    return file.read_bytes()


def font(name: str) -> Path:
    """Return a font that ships, for example `LiberationSerif-Regular.ttf` (SIL OFL 1.1)."""
    return _PACKAGE / "fonts" / name

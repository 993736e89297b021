"""Files that somebody named, which may be sealed: results of a locked case, or copies of them."""

from pathlib import Path

from nkdocs.case import ANSWERS
from nkdocs.errors import UsageError
from nkdocs.vault import ENDING, LOCK, Keys, Vault, sealed


def where(path: Path) -> Path:
    """Return the file that stands at *path*, which may be named without `.age`."""
    return path if path.exists() or not sealed(path).exists() else sealed(path)


def contents(path: Path, keys: Keys | None = None) -> bytes:
    """Return what the file at *path* holds; what is sealed is opened in memory only.

    Args:
        path: the file, named with or without `.age`.
        keys: what opens it; the passphrase is asked for where its case has one.

    Raises:
        FileBusyError: it is sealed, and the keys given do not open it.
        UsageError: it cannot be read.
    """
    there = where(path)
    try:
        data = there.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror})"
        raise UsageError(msg, hint="Check the path and its rights.") from None
    if there.suffix != ENDING:
        return data
    folder = next((p for p in there.resolve().parents if (p / LOCK).is_file()), there.parent)
    return Vault(folder, folder / ANSWERS, None, keys or Keys()).open(data, str(there))

"""Names of files: those that every system takes, and those that Word leaves beside its own."""

import itertools
import os
import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from nkdocs._patterns import lazily

_MAX_NAME = 120  # bytes
_RESERVED = lazily(
    r"^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))", re.IGNORECASE
)
_ENDING = lazily(r"(?<=[^ .])\.[A-Za-z][A-Za-z0-9]{0,4}$")
_UNSAFE = lazily(r'[/\\<>:"|?*]+')


def output_name(text: str, *, taken: Collection[str] = ()) -> str:
    """Return *text* as a file name that every system takes, at most 120 bytes in UTF-8.

    Separators and other characters that some system refuses become `-`; control, bidirectional
    and other invisible characters go; so do dots, blanks, `-` and `~` at the front and dots and
    blanks at the end. An ending such as `.docx` survives the shortening. Names that Windows keeps
    for devices get a `_`. A name in *taken*, in whatever case, gets a number.
    """
    known = {unicodedata.normalize("NFC", name).casefold() for name in taken}
    seen = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFC", text)
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}
    )
    safe = _UNSAFE.sub("-", unicodedata.normalize("NFC", seen))
    name = _RESERVED.sub(r"\1_", re.sub(" +", " ", safe).lstrip(" .-~").rstrip(" ."))
    found = _ENDING.search(name)
    ending = found[0] if found else ""
    stem = name.removesuffix(ending)
    for number in itertools.count(1):
        counted = f" ({number})" if number > 1 else ""
        room = _MAX_NAME - len((counted + ending).encode())
        cut = stem.encode()[:room].decode(errors="ignore").rstrip(" .") or "unnamed"
        if (result := f"{cut}{counted}{ending}").casefold() not in known:
            return result
    raise AssertionError  # there is always a next number


def open_in_word(path: Path) -> Path | None:
    """Return the owner file that says that Word, or LibreOffice, has the document open.

    Word puts `~$` before a short name and over the first letters of a longer one; LibreOffice
    writes `.~lock.NAME#`.
    """
    name = path.name
    before = str(path).removesuffix(name)
    owners = (f"~${name}", f"~${name[1:]}", f"~${name[2:]}", f".~lock.{name}#")
    found = next((o for o in owners if os.access(before + o, os.F_OK)), None)
    return path.with_name(found) if found else None

"""The typefaces on this computer, by the names that Word knows them by."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path

from nkdocs._resources import font

FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts",
    "/Library/Fonts", "/System/Library/Fonts", "~/Library/Fonts", "C:\\Windows\\Fonts",
)  # fmt: skip
_FAMILY, _BETTER = 1, 16  # OpenType, table `name`: the family, and its typographic name


def files() -> list[Path]:
    """Return the font files of this computer."""
    found = [
        Path(folder) / name
        for start in FOLDERS
        for folder, _, names in os.walk(Path(start).expanduser())
        for name in names
    ]
    return sorted(f for f in found if f.suffix.lower() in {".ttf", ".ttc", ".otf"})


def installed() -> frozenset[str]:
    """Return the families on this computer, in small letters; those that ship are among them."""
    found: set[str] = set()
    for file in (*files(), *font(".").glob("*.ttf")):
        try:
            data = file.read_bytes()
            found.update(name.lower() for name in families(data))
        except (OSError, struct.error, IndexError):
            continue  # a file that is no font hides none of the others
    return frozenset(found)


def families(data: bytes) -> Iterator[str]:
    """Yield the family names in a font file (OpenType 1.9: the collection header, table `name`)."""
    starts = [0]
    if data[:4] == b"ttcf":
        count = struct.unpack(">L", data[8:12])[0]
        starts = list(struct.unpack(f">{count}L", data[12 : 12 + 4 * count]))
    for start in starts:
        for n in range(struct.unpack(">H", data[start + 4 : start + 6])[0]):
            at = start + 12 + 16 * n
            if data[at : at + 4] == b"name":
                yield from _named(data, struct.unpack(">L", data[at + 8 : at + 12])[0])


def _named(data: bytes, table: int) -> Iterator[str]:
    count, texts = struct.unpack(">HH", data[table + 2 : table + 6])
    for n in range(count):
        at = table + 6 + 12 * n
        platform, _, _, name, length, offset = struct.unpack(">6H", data[at : at + 12])
        if name in {_FAMILY, _BETTER}:
            start = table + texts + offset
            wide = platform in {0, 3}
            coding = "utf-16-be" if wide else "mac-roman"
            yield data[start : start + length].decode(coding, errors="ignore").strip()

"""The members of a Word file as they lie in its archive: compressed once, copied as they are.

Names in a fixed order, one date for all, mode 0600: equal content is equal bytes (DESIGN 8.14).
The form of the archive: PKWARE APPNOTE 6.3.10, 4.3.7 (local header), 4.3.12, 4.3.16.
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from functools import lru_cache
from typing import TypeAlias

#: Compressed bytes, CRC-32, size before compression.
Member: TypeAlias = tuple[bytes, int, int]

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DATE = 33  # 1 January 1980, the first day an archive knows
_DEFLATED, _VERSION, _UNIX, _UTF8 = 8, 20, 3 << 8, 1 << 11
_MODE = 0o100600 << 16
_QUICK, _USUAL = 3, 6  # the first takes a quarter of the time, and a tenth more room
#: Window and memory of a compressor: to make a usual one takes longer than a header does.
_LITTLE, _MUCH, _FEW = (-12, 5), (-15, 8), 1 << 12
#: Parts that say the same in every letter of a template on a day.
_OF_ALL = ("[Content_Types].xml", "docProps/", "word/header-nkdraft.xml")  # how they begin


def pressed(data: bytes, level: int = _QUICK) -> Member:
    """Return *data* compressed."""
    sizes = _LITTLE if len(data) <= _FEW else _MUCH
    press = zlib.compressobj(level, zlib.DEFLATED, *sizes)
    return press.compress(data) + press.flush(), zlib.crc32(data), len(data)


_pressed_once = lru_cache(maxsize=128)(pressed)


def unpressed(member: Member) -> bytes:
    """Return what a member holds."""
    return zlib.decompress(member[0], -15)


def all_pressed(parts: Mapping[str, bytes]) -> dict[str, Member]:
    """Return all *parts* compressed: of a template, for many letters."""
    return {name: pressed(data, _USUAL) for name, data in parts.items()}


def archive(members: Mapping[str, Member]) -> bytes:
    """Return the archive of *members*: the table of content types first, the rest by name."""
    out: list[bytes] = []
    entries: list[bytes] = []
    at = 0
    for name in _in_order(members):
        data, crc, size = members[name]
        own = name.encode("utf-8")
        flags = 0 if name.isascii() else _UTF8
        shared = (flags, _DEFLATED, 0, _DATE, crc, len(data), size, len(own))
        head = _LOCAL.pack(b"PK\3\4", _VERSION, *shared, 0)
        out += (head, own, data)
        made = _VERSION | _UNIX
        entry = _ENTRY.pack(b"PK\1\2", made, _VERSION, *shared, 0, 0, 0, 0, _MODE, at)
        entries += (entry, own)
        at += len(head) + len(own) + len(data)
    table = b"".join(entries)
    count = len(members)
    end = _END.pack(b"PK\5\6", 0, 0, count, count, len(table), at, 0)
    return b"".join((*out, table, end))


def opened(data: bytes) -> "Members":
    """Return the members of an archive that `archive` made, none of them unpacked yet."""
    *_, count, _, at, _ = _END.unpack(data[-_END.size :])
    members: dict[str, Member] = {}
    for _ in range(count):
        entry = _ENTRY.unpack(data[at : at + _ENTRY.size])
        crc, packed, size, named, start = *entry[7:11], entry[16]
        at += _ENTRY.size
        name = data[at : at + named].decode("utf-8")
        at += named
        start += _LOCAL.size + named
        members[name] = data[start : start + packed], crc, size
    return Members(members)


class Members(MutableMapping[str, bytes]):
    """The parts of an archive by name: unpacked when they are read, packed when it is made."""

    def __init__(self, members: Mapping[str, Member | bytes]) -> None:
        """Hold *members*, packed or not."""
        self._members = dict(members)

    def __getitem__(self, name: str) -> bytes:
        """Unpack a part."""
        member = self._members[name]
        return member if isinstance(member, bytes) else unpressed(member)

    def __setitem__(self, name: str, data: bytes) -> None:
        """Take in a part."""
        self._members[name] = data

    def __delitem__(self, name: str) -> None:
        """Take a part out."""
        del self._members[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names."""
        return iter(self._members)

    def __len__(self) -> int:
        """Count the parts."""
        return len(self._members)

    def archive(self) -> bytes:
        """Return the archive; what was packed for it stays packed."""
        for name, member in self._members.items():
            if isinstance(member, bytes):
                own = not (name.startswith(_OF_ALL) or name.endswith(".rels"))
                press = pressed if own else _pressed_once
                self._members[name] = press(member)
        return archive(self._members)  # type: ignore[arg-type] # all of them are packed now

    def copy(self) -> "Members":
        """Return the same members, to be changed by themselves."""
        return Members(self._members)


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != "[Content_Types].xml", name))

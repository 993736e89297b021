"""Scans read: the pages of an exhibit that cannot be searched, given to a program that reads.

A page that cannot be read costs only its words: it is bound as it is, and named. What was read
is kept under the hash of the pages and of who read them, since reading takes seconds a page.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Protocol

from msgspec import Struct, field

from nkdocs._working import Content
from nkdocs.bundle.faults import UnusableError, amount
from nkdocs.bundle.hygiene import Cleaned
from nkdocs.bundle.searchable import Word
from nkdocs.bundle.workshop import Workshop
from nkdocs.convert.ocr import Reader

_AT_ONCE = 16  # pages that the program is started for
_FORM = "1"  # of what is kept

Layers = dict[int, list[Word]]


class Kept(Protocol):
    """Where what was read is kept."""

    def fetch(self, name: str) -> bytes | None:
        """Return what was kept under *name*, None if nothing was."""

    def keep(self, name: str, data: bytes) -> None:
        """Keep *data* under *name*."""


class Nowhere:
    """Keeps nothing."""

    def fetch(self, _: str) -> bytes | None:
        """Return nothing."""
        return None

    def keep(self, name: str, data: bytes) -> None:
        """Let it go."""


class Recognised(Struct, frozen=True):
    """What became of the pages that cannot be searched, by their place in the file (from 0).

    Attributes:
        words: the words of each page on which some were recognised.
        empty: the pages on which none were.
        failed: the pages that could not be read.
    """

    words: Layers = field(default_factory=dict)
    empty: tuple[int, ...] = ()
    failed: tuple[int, ...] = ()


class Recogniser(Struct, frozen=True):
    """Reads scans.

    Attributes:
        reader: the program.
        kept: where what it read is kept.
        tell: tells the person who waits how far it is.
    """

    reader: Reader
    kept: Kept = field(default_factory=Nowhere)
    tell: Callable[[str], None] = lambda _: None

    def recognised(self, cleaned: Cleaned[Content], shop: Workshop, name: str) -> Recognised:
        """Return what stands on the pages of a clean PDF that cannot be searched.

        Args:
            cleaned: the file as it will be bound, without marks and redactions.
            shop: where files are opened.
            name: what the file is called, for who waits.
        """
        mute = [n for n, told in enumerate(cleaned.has_text) if not told or n in cleaned.thin]
        if not mute:
            return Recognised()
        data = bytes(cleaned.data)
        key = self._key(data)
        read = {n: w for n, w in _opened(self.kept.fetch(key)).items() if n in mute}
        left = [n for n in mute if n not in read]
        for start in range(0, len(left), _AT_ONCE):
            some = left[start : start + _AT_ONCE]
            before = f"; {start} of {len(left)} are done" if start else ""
            self.tell(f"reading {amount(len(some), 'page')} of {name}{before}")
            found = self._read(data, some, shop)
            read |= found
            if found:  # at once: who interrupts this goes on from here
                self.kept.keep(key, _written(read))
        return Recognised(
            {n: read[n] for n in mute if read.get(n)},
            tuple(n for n in mute if n in read and not read[n]),
            tuple(n for n in mute if n not in read),
        )

    def _key(self, data: bytes) -> str:
        """Return under what name is kept what was read: the pages' and the reader's."""
        told = hashlib.sha256(f"{_FORM}\n{self.reader.name}\n".encode())
        told.update(data)
        return f"{told.hexdigest()}.json"

    def _read(self, data: bytes, pages: Sequence[int], shop: Workshop) -> Layers:
        """Return the words of *pages*; where one hinders the others each is read alone."""
        try:
            found = self.reader.read(shop.pictured(data, pages), len(pages))
            words = shop.words(found.pdf, found.texts) if found else []
        except UnusableError:
            found, words = None, []
        if found and len(words) == len(pages):
            told = zip(pages, words, strict=True)
            return {n: w for at, (n, w) in enumerate(told) if at not in found.slow}
        if len(pages) == 1:
            return {}
        return {n: w for page in pages for n, w in self._read(data, [page], shop).items()}


def _written(read: Mapping[int, Sequence[Word]]) -> bytes:
    told = {"ocr": _FORM, "pages": {str(n): words for n, words in sorted(read.items())}}
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def _opened(data: bytes | None) -> Layers:
    """Return what was kept; what is damaged is read anew."""
    try:
        pages = json.loads(data)["pages"] if data else {}
        return {int(n): [_word(*word) for word in words] for n, words in pages.items()}
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def _word(x: float, y: float, wide: float, high: float, turn: int, text: str) -> Word:
    x, y, wide, high = numbers = (float(x), float(y), float(wide), float(high))
    known = turn in {0, 90, 180, 270} and isinstance(text, str)
    if not known or not all(map(isfinite, numbers)):
        msg = "no word"
        raise ValueError(msg)
    return Word(x, y, wide, high, turn, text)

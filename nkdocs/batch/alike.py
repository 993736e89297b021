"""Which clients' texts look alike: a cheap first look over thousands of cases.

Of each longer paragraph the smallest hashes of its runs of words are kept: texts that share runs
share some of those. What looks alike is then compared in earnest, word by word (L421, L002).
"""

import hashlib
from array import array
from collections.abc import Iterator

from msgspec import Struct, field

from nkdocs.answers.view import Answers, Items
from nkdocs.batch.jobs import Sketch
from nkdocs.checks.likeness import joined_runs, words
from nkdocs.checks.printed import prose
from nkdocs.checks.strangers import digits

SAME_PERSON = "L002"
_SHORT = 15  # words, as L421 counts
_KEPT = 8  # hashes of a paragraph
_MOST = 500  # pairs that are compared in earnest
_BITS, _DIGITS = 16, 4  # of the first table; of a case's number, as the journal writes it


def sketches(answers: Answers) -> Iterator[Sketch]:
    """Yield the sketch of each longer paragraph in people's own words, and of each A-number."""
    for _, text in prose(answers):
        for part in text.split("\n\n"):
            said = words(part)
            if len(said) >= _SHORT:
                yield tuple(map(_number, sorted(map(_digest, joined_runs(said)))[:_KEPT]))
    people = answers.value(("respondents",))
    for person in people if isinstance(people, Items) else ():
        number = answers.data((*person.spot, "a_number"))
        if number:
            yield (_number(_digest(f"A-number {digits(str(number))}")),)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _number(digest: bytes) -> int:
    return int.from_bytes(digest, "big")


class Likeness(Struct):
    """What was seen so far, and which cases look alike; they are added in the order of the list.

    Attributes:
        pairs: a later case and the first one that it looks like, by number.
        more: how many pairs beyond the most that are compared were left out.
    """

    pairs: dict[tuple[str, str], None] = field(default_factory=dict)
    more: int = 0
    _first: "_Firsts" = field(default_factory=lambda: _Firsts())  # noqa: PLW0108 - it stands below

    def add(self, number: str, seen: tuple[Sketch, ...]) -> None:
        """Take in what was seen of a case."""
        own = int(number)
        for sketch in seen:
            for one in sketch:
                first = self._first.of(one, own)
                if first == own or (number, other := f"{first:0{_DIGITS}d}") in self.pairs:
                    continue
                if len(self.pairs) < _MOST:
                    self.pairs[number, other] = None
                else:
                    self.more += 1


class _Firsts:
    """The first case of each hash: sixteen bytes each and as many free, where a dict takes 150.

    Open addressing (Knuth, The Art of Computer Programming 6.4, algorithm L): a hash stands in
    the first free place from where it belongs. 0 is no hash that counts, and marks a free place.
    """

    def __init__(self) -> None:
        self._hashes, self._cases = array("Q", bytes(8 << _BITS)), array("Q", bytes(8 << _BITS))
        self._free = 1 << (_BITS - 1)  # places that may still be taken: half of the table

    def of(self, hashed: int, number: int) -> int:
        """Return the number of the first case with this hash; it is *number* if there was none."""
        hashes = self._hashes
        last = len(hashes) - 1
        at = hashed & last
        while there := hashes[at]:
            if there == hashed:
                return self._cases[at]
            at = (at + 1) & last
        hashes[at], self._cases[at] = hashed, number
        self._free -= 1
        if not self._free:
            self._grow()
        return number

    def _grow(self) -> None:
        hashes, cases = self._hashes, self._cases
        twice = bytes(16 * len(hashes))
        self._hashes, self._cases, self._free = array("Q", twice), array("Q", twice), len(hashes)
        for hashed, case in zip(hashes, cases, strict=True):
            if hashed:
                self.of(hashed, case)

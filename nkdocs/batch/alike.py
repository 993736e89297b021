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
from nkdocs.checks.likeness import runs, words
from nkdocs.checks.printed import prose
from nkdocs.checks.strangers import digits

_SHORT = 15  # words, as L421 counts
_KEPT = 8  # hashes of a paragraph
_MOST = 500  # pairs that are compared in earnest
_BITS, _DIGITS = 10, 4  # of the first table; of a case's number, as the journal writes it


def sketches(answers: Answers) -> Iterator[Sketch]:
    """Yield the sketch of each longer paragraph in people's own words, and of each A-number."""
    for _, text in prose(answers):
        for part in text.split("\n\n"):
            said = words(part)
            if len(said) >= _SHORT:
                found = sorted(_hashed(" ".join(run)) for run in runs(said))
                yield tuple(found[:_KEPT])
    people = answers.value(("respondents",))
    for person in people if isinstance(people, Items) else ():
        number = answers.data((*person.spot, "a_number"))
        if number:
            yield (_hashed(f"A-number {digits(str(number))}"),)


def _hashed(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


class Likeness(Struct):
    """What was seen so far, and which cases look alike.

    Attributes:
        pairs: a later case and the first one that it looks like, by number.
        more: how many pairs beyond the most that are compared were left out.
    """

    pairs: dict[tuple[str, str], None] = field(default_factory=dict)
    more: int = 0
    _first: "_Firsts" = field(default_factory=lambda: _Firsts())  # noqa: PLW0108 - it stands below

    def add(self, number: str, seen: tuple[Sketch, ...]) -> None:
        """Take in what was seen of a case."""
        for sketch in seen:
            for one in sketch:
                other = self._first.of(one, number)
                if other == number or (number, other) in self.pairs:
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
        self._size = 0

    def of(self, hashed: int, number: str) -> str:
        """Return the number of the first case with this hash; it is *number* if there was none."""
        at = self._place(hashed)
        if not self._hashes[at]:
            self._hashes[at], self._cases[at] = hashed, int(number)
            self._size += 1
            if 2 * self._size > len(self._hashes):
                self._grow()
            return number
        return f"{self._cases[at]:0{_DIGITS}d}"

    def _place(self, hashed: int) -> int:
        last = len(self._hashes) - 1
        at = hashed & last
        while self._hashes[at] not in (0, hashed):
            at = (at + 1) & last
        return at

    def _grow(self) -> None:
        hashes, cases = self._hashes, self._cases
        twice = bytes(16 * len(hashes))
        self._hashes, self._cases = array("Q", twice), array("Q", twice)
        for hashed, case in zip(hashes, cases, strict=True):
            if hashed:
                at = self._place(hashed)
                self._hashes[at], self._cases[at] = hashed, case

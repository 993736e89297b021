"""Which clients' texts look alike: a cheap first look over thousands of cases.

Of each longer paragraph the smallest hashes of its runs of words are kept: texts that share runs
share some of those. What looks alike is then compared in earnest, word by word (L421, L002).
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from nkdocs.answers.view import Answers, Items
from nkdocs.batch.jobs import Sketch
from nkdocs.checks.likeness import runs, words
from nkdocs.checks.printed import prose
from nkdocs.checks.strangers import digits

_SHORT = 15  # words, as L421 counts
_KEPT = 8  # hashes of a paragraph
_MOST = 500  # pairs that are compared in earnest


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


@dataclass(slots=True)
class Likeness:
    """What was seen so far, and which cases look alike.

    Attributes:
        pairs: a later case and the first one that it looks like, by number.
        more: how many pairs beyond the most that are compared were left out.
    """

    pairs: dict[tuple[str, str], None] = field(default_factory=dict)
    more: int = 0
    _first: dict[int, str] = field(default_factory=dict)

    def add(self, number: str, seen: tuple[Sketch, ...]) -> None:
        """Take in what was seen of a case."""
        for sketch in seen:
            for one in sketch:
                other = self._first.setdefault(one, number)
                if other == number or (number, other) in self.pairs:
                    continue
                if len(self.pairs) < _MOST:
                    self.pairs[number, other] = None
                else:
                    self.more += 1

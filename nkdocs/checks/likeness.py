"""How much of one text stands in another: words in the same order, whatever else was changed."""

import difflib
import functools
import re
from collections.abc import Collection, Iterable, Sequence

from nkdocs.citations.cite import parse

Words = tuple[str, ...]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_RUN = 5
"""Words that stand together in two texts only where one was taken from the other."""


@functools.lru_cache(maxsize=256)
def words(text: str) -> Words:
    """Return the words of *text*, small, its cites left out."""
    plain = "".join(p for p in parse(text) if isinstance(p, str)) if "[@" in text else text
    return tuple(_WORD.findall(plain.casefold().replace("’", "'")))


def runs(said: Sequence[str]) -> set[Words]:
    """Return every run of neighbouring words."""
    return {tuple(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}


def joined_runs(said: Sequence[str]) -> set[str]:
    """Return every run as one text: no word has a space in it."""
    return {" ".join(said[at : at + _RUN]) for at in range(len(said) - _RUN + 1)}


def all_runs(texts: Iterable[str]) -> set[Words]:
    """Return the runs of several texts; none goes from one text into the next."""
    return {run for text in texts for run in runs(words(text))}


def taken(said: Sequence[str], known: Collection[Words]) -> int:
    """Return how many of the words *said* stand in a run that is *known*."""
    held: set[int] = set()
    for at in range(len(said) - _RUN + 1):
        if tuple(said[at : at + _RUN]) in known:
            held.update(range(at, at + _RUN))
    return len(held)


def alike(one: Words, other: Words, least: float) -> bool:
    """Whether two texts have *least* of their words in common, in order.

    Two texts so much alike have runs in common, and about the same length: looking for those
    first spares the comparison.
    """
    if not one or not other or min(len(one), len(other)) < least / (2 - least) * max(
        len(one), len(other)
    ):
        return False
    compared = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return compared.quick_ratio() >= least and compared.ratio() >= least

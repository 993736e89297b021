"""What the answers tell in people's own words, or papers may print, with the place of each text.

A dozen rules ask for the same texts: the answers are gone through once, as the office sees them,
and of each is noted who else may see it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from nkdocs.answers.sight import OUTSIDE
from nkdocs.answers.view import Answers, Group, Items
from nkdocs.checks.facts import Facts
from nkdocs.interview.engine import Spot
from nkdocs.interview.spec import Question
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.words import Story

_NO_PROSE = frozenset({"meta", "office", "counsel", "appearance", "settings", "people"})


class Told(NamedTuple):
    """An answer that counts.

    Attributes:
        value: what it says; of hearsay what was told.
        audience: who outside the office may see it in a paper.
    """

    spot: Spot
    value: object
    audience: frozenset[str]



def told(answers: Answers, root: str) -> tuple[Told, ...]:
    """Return every answer below *root* that counts, groups and lists opened, in order of names."""
    known: dict[str, tuple[Told, ...]] = answers.memo.setdefault("told", {})
    if root not in known:
        there = root in answers.root.children() and answers.data((root,))
        found: list[Told] = []
        if there:
            _gather(answers.root, root, OUTSIDE, found)
        known[root] = tuple(found)
    return known[root]


def printed(facts: Facts, audience: str, root: str) -> Iterator[tuple[Spot, str]]:
    """Yield every text below *root* that a paper for *audience* may print, with its spot.

    Idle answers and items that are not disclosed are left out, as they are in the papers.
    """
    anyone = audience not in OUTSIDE
    for one in told(facts.answers, root):
        if isinstance(one.value, (str, Story)) and (anyone or audience in one.audience):
            yield one.spot, str(one.value)


def prose(answers: Answers) -> Iterator[tuple[Spot, str]]:
    """Yield every text in people's own words that counts, whoever may see it, with its spot."""
    for root in sorted(answers.catalogue.children(())):
        if root not in _NO_PROSE:
            for one in told(answers, root):
                if isinstance(one.value, (str, Story)):
                    yield one.spot, str(one.value)


def _gather(group: Group, name: str, audience: frozenset[str], into: list[Told]) -> None:
    """Gather what stands at *name* of a group that *audience* may see, and below it."""
    question = group.branch.below[name].question
    may = audience if question is None else audience & question.audience
    value = value_of(group.lookup(name))
    if isinstance(value, Items):
        for item in value:
            shown = may if _disclosed(question, item) else frozenset[str]()
            for inner in answered(item):
                _gather(item, inner, shown, into)
    elif isinstance(value, Group):
        for inner in answered(value):
            _gather(value, inner, may, into)
    else:
        into.append(Told((*group.spot, name), value, may))


def _disclosed(question: Question | None, item: Group) -> bool:
    """Whether an item reaches papers that leave the office."""
    rule = question.disclose_when if question else None
    return rule is None or item.answers.holds(rule, item.spot)


def answered(group: Group) -> list[str]:
    """Return the names below *group* at which something is written: most of them are empty."""
    return sorted(group.children().intersection(group.written()))


def roots(facts: Facts) -> list[str]:
    """Return the names at the top of the answers."""
    return sorted(facts.answers.catalogue.children(()))

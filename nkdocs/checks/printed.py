"""What the answers tell in people's own words, or papers may print, with the place of each text.

A dozen rules ask for the same texts: the answers are gone through once, as the office sees them,
and of each is noted who else may see it.
"""

from collections.abc import Iterator

from msgspec import Struct

from nkdocs.answers.sight import OUTSIDE
from nkdocs.answers.view import Answers
from nkdocs.checks.facts import Facts
from nkdocs.interview.engine import Spot
from nkdocs.interview.spec import Branch, Question
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.words import Story

_NO_PROSE = frozenset({"meta", "office", "counsel", "appearance", "settings", "people"})


class Told(Struct, frozen=True):
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
        found: list[Told] = []
        here = {root: answers.data((root,))}
        _gather(answers, here, answers.catalogue.tree, (), OUTSIDE, found)
        known[root] = tuple(found)
    return known[root]


def printed(facts: Facts, audience: str, root: str) -> Iterator[tuple[Spot, str]]:
    """Yield every text below *root* that a paper for *audience* may print, with its spot.

    Idle answers and items that are not disclosed are left out, as they are in the papers.
    """
    anyone = audience not in OUTSIDE
    for spot, text, audiences in _texts(facts.answers, root):
        if anyone or audience in audiences:
            yield spot, text


def prose(answers: Answers) -> Iterator[tuple[Spot, str]]:
    """Yield every text in people's own words that counts, whoever may see it, with its spot."""
    for root in sorted(answers.catalogue.children(())):
        if root not in _NO_PROSE:
            for spot, text, _ in _texts(answers, root):
                yield spot, text


def _texts(answers: Answers, root: str) -> list[tuple[Spot, str, frozenset[str]]]:
    """Return every text below *root*, with its spot and those outside who may see it."""
    known: dict[str, list[tuple[Spot, str, frozenset[str]]]]
    known = answers.memo.setdefault("texts", {})
    if root not in known:
        known[root] = [
            (one.spot, str(one.value), one.audience)
            for one in told(answers, root)
            if isinstance(one.value, (str, Story))
        ]
    return known[root]


def _gather(
    answers: Answers,
    data: object,
    here: Branch,
    spot: Spot,
    audience: frozenset[str],
    into: list[Told],
) -> None:
    """Gather what *data* tells that stands at *spot*, and that *audience* may see, and below it.

    It goes through what is written, not through what could be asked: most of that is empty.
    """
    if not isinstance(data, dict):
        return
    for name in sorted(data):
        value, below, at = data[name], here.below.get(name), (*spot, name)
        if not value or below is None:
            continue
        question = below.question
        if question is None:
            _gather(answers, value, below, at, audience, into)
            continue
        may = audience & question.audience
        if not below.is_list:
            said = answers.told(question, below.whens, at, value)
            into.append(Told(at, value_of(said), may))
        elif answers.met(below.whens, at):
            for number in range(len(answers.items(at))):
                item = (*at, number)
                shown = may if _disclosed(answers, question, item) else frozenset[str]()
                _gather(answers, value[number], below, item, shown, into)


def _disclosed(answers: Answers, question: Question, item: Spot) -> bool:
    """Whether an item reaches papers that leave the office."""
    return question.disclose_when is None or answers.holds(question.disclose_when, item)


def roots(facts: Facts) -> list[str]:
    """Return the names at the top of the answers."""
    return sorted(facts.answers.catalogue.children(()))

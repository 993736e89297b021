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
from nkdocs.kinds.kind import KindError
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.places import Place as Locality
from nkdocs.kinds.words import Story

_NO_PROSE = frozenset({"meta", "office", "counsel", "appearance", "settings", "people"})
_SAID = (str, Story, Locality)  # what holds words of people, not a choice, a day or a number
Printed = tuple[tuple[Spot, str], ...]


class Told(Struct, frozen=True):
    """An answer in words that counts.

    Attributes:
        value: its text, or the place it names; of hearsay what was told.
        audience: who outside the office may see it in a paper.
    """

    spot: Spot
    value: str | Locality
    audience: frozenset[str]


def told(answers: Answers) -> tuple[Told, ...]:
    """Return every answer in words that counts, groups and lists opened, in order of names."""
    if "told" not in answers.memo:
        found: list[Told] = []
        _gather(answers, answers.case.data, answers.catalogue.tree, (), OUTSIDE, found)
        answers.memo["told"] = tuple(found)
    known: tuple[Told, ...] = answers.memo["told"]
    return known


def printed(facts: Facts, audience: str) -> Printed:
    """Return every text that a paper for *audience* may print, with its spot.

    Idle answers and items that are not disclosed are left out, as they are in the papers.
    """
    known: dict[str, Printed] = facts.answers.memo.setdefault("printed", {})
    if audience not in known:
        anyone = audience not in OUTSIDE
        known[audience] = tuple(
            (one.spot, one.value)
            for one in told(facts.answers)
            if isinstance(one.value, str) and (anyone or audience in one.audience)
        )
    return known[audience]


def printed_below(facts: Facts, audience: str, root: str) -> Iterator[tuple[Spot, str]]:
    """Yield those of them that stand below *root*."""
    return (one for one in printed(facts, audience) if one[0][0] == root)


def prose(answers: Answers) -> Iterator[tuple[Spot, str]]:
    """Yield every text in people's own words that counts, whoever may see it, with its spot."""
    for one in told(answers):
        if isinstance(one.value, str) and one.spot[0] not in _NO_PROSE:
            yield one.spot, one.value


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
        if not below.is_list:
            try:
                said = value_of(answers.understood(question, at, value))
            except KindError:
                continue  # a fault of its own tells of it
            if isinstance(said, _SAID) and answers.met(below.whens, at):
                words = said if isinstance(said, Locality) else str(said)
                into.append(Told(at, words, audience & question.audience))
        elif isinstance(value, list) and answers.met(below.whens, at):
            may = audience & question.audience
            for number, data_of_item in enumerate(value):
                item = (*at, number)
                shown = may if _disclosed(answers, question, item) else frozenset[str]()
                _gather(answers, data_of_item, below, item, shown, into)


def _disclosed(answers: Answers, question: Question, item: Spot) -> bool:
    """Whether an item reaches papers that leave the office."""
    return question.disclose_when is None or answers.holds(question.disclose_when, item)

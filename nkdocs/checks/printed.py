"""What the answers tell in people's own words, or papers may print, with the place of each text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from nkdocs.answers.sight import ForbiddenPathError
from nkdocs.answers.view import Answers, Group, Items
from nkdocs.checks.facts import Facts
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.words import Story

_NO_PROSE = frozenset({"meta", "office", "counsel", "appearance", "settings", "people"})

@dataclass(slots=True)
class _Told:
    """What an audience was told already: a dozen rules ask for the same texts."""

    seen: Answers
    texts: dict[str, tuple[tuple[Spot, str], ...]] = field(default_factory=dict)


_told: WeakKeyDictionary[Answers, dict[str, _Told]] = WeakKeyDictionary()


def printed(facts: Facts, audience: str, root: str) -> Iterator[tuple[Spot, str]]:
    """Yield every text below *root* that a paper for *audience* may print, with its spot.

    Idle answers and items that are not disclosed are left out, as they are in the papers.
    """
    audiences = _told.setdefault(facts.answers, {})
    if audience not in audiences:
        audiences[audience] = _Told(facts.answers.seen_by(audience))
    told = audiences[audience]
    if root not in told.texts:
        seen = told.seen
        there = root in seen.root.children() and seen.data((root,))
        told.texts[root] = tuple(_below(seen.root, root)) if there else ()
    yield from told.texts[root]


def prose(answers: Answers) -> Iterator[tuple[Spot, str]]:
    """Yield every text in people's own words that counts, whoever may see it, with its spot."""
    for root in sorted(answers.catalogue.children(())):
        if root not in _NO_PROSE and answers.data((root,)):
            yield from _below(answers.root, root)


def _below(group: Group, name: str) -> Iterator[tuple[Spot, str]]:
    try:
        value = value_of(group.lookup(name))
    except ForbiddenPathError:
        return
    if isinstance(value, Items):
        for item in value:
            for inner in answered(item):
                yield from _below(item, inner)
    elif isinstance(value, Group):
        for inner in answered(value):
            yield from _below(value, inner)
    elif isinstance(value, (str, Story)):
        yield (*group.spot, name), str(value)


def answered(group: Group) -> list[str]:
    """Return the names below *group* at which something is written: most of them are empty."""
    return sorted(group.children().intersection(group.written()))


def roots(facts: Facts) -> list[str]:
    """Return the names at the top of the answers."""
    return sorted(facts.answers.catalogue.children(()))

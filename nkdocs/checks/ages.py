"""Ages: what happened before a birth, ages that do not fit, ages at which none give birth.

An age may be counted the Western way, or the Korean or Chinese way, which runs one or two years
higher; most false contradictions come from that, so two years to either side are allowed for. How
a person counts is asked once, and an event may say otherwise. A birthday may be told by the lunar
calendar: then it falls later by the solar one, in which everything else is dated.
"""

from collections.abc import Iterator

from nkdocs.answers.view import Item
from nkdocs.checks.births import Birth, birth
from nkdocs.checks.facts import Facts, Found, Rule, client, dated, items, key, keys
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Dated
from nkdocs.kinds.numbers import Number

_TOLERANCE = 2
_YEAR = 365.2425
_ADDED = {"western": (0, 0), "korean_chinese": (1, 2)}
_EITHER = (0, 2)  # nobody asked how it was counted
_YOUNGEST, _OLDEST = 12, 55  # years at which a woman gives birth


def _before_birth(facts: Facts) -> Iterator[Found]:
    """L420: an event before the client was born; what happened to others may be."""
    lead, born = _lead(facts)
    if lead is None or born is None:
        return
    for event in items(facts, "events"):
        when = dated(event.lookup("when"))
        if when and when.latest < born.earliest and key(event.lookup("whom")) in {"", "me"}:
            what = f"it lies before the birth of {lead.id}"
            yield _found(facts, event, (*event.spot, "when"), what, born, when, severity=None)


def _told_age(facts: Facts) -> Iterator[Found]:
    """L420: the age that was told at an event does not fit the date of birth."""
    lead, born = _lead(facts)
    if lead is None or born is None:
        return
    for event in items(facts, "events"):
        age = event.lookup("age")
        when = dated(event.lookup("when")) if isinstance(age, Number) else None
        if when and isinstance(age, Number) and when.latest >= born.earliest:
            least, most = years = lived(born, when)
            if not fits(int(age), years, added(lead, event)):
                what = f"the age told does not fit the date of birth, which makes it {least}" + (
                    f" to {most}" if most != least else ""
                )
                yield _found(facts, event, (*event.spot, "age"), what, born, when)


def _births(facts: Facts) -> Iterator[Found]:
    """L420: the client, a woman, was too young or too old for a birth or a pregnancy."""
    lead, born = _lead(facts)
    if lead is None or born is None or key(lead.lookup("sex")) == "male":
        return
    for item, spot in _pregnancies(facts):
        when = dated(facts.answers.value(spot))
        if when and not _is_possible(born, when):
            yield _found(facts, item, spot, "the client's age at the pregnancy", born, when)


def _pregnancies(facts: Facts) -> Iterator[tuple[Item, Spot]]:
    for child in items(facts, "china", "children"):
        yield child, (*child.spot, "born")
    for person in items(facts, "respondents"):
        if key(person.lookup("relation")) == "child":
            yield person, (*person.spot, "born")
    for event in items(facts, "events"):
        mine = key(event.lookup("whom")) in {"", "me"}
        if mine and "forced_abortion" in keys(event.lookup("harm")):
            yield event, (*event.spot, "when")


def _is_possible(born: Birth, when: Dated) -> bool:
    least, most = lived(born, when)
    return most >= _YOUNGEST - 1 and least <= _OLDEST + 1


def lived(born: Birth, when: Dated) -> tuple[int, int]:
    """Return the least and the most years between a birth and a time."""
    least = int(max((when.earliest - born.latest).days, 0) / _YEAR)
    return least, int((when.latest - born.earliest).days / _YEAR)


def added(person: Item | None, event: Item | None = None) -> tuple[int, int]:
    """Return how many years the way of counting adds to an age: as told there, or of a person."""
    ways = [key(one.lookup("age_counted")) for one in (event, person) if one is not None]
    return next((_ADDED[way] for way in ways if way in _ADDED), _EITHER)


def fits(age: int, years: tuple[int, int], more: tuple[int, int]) -> bool:
    """Whether an age that was told can be that of somebody who lived so many *years*."""
    (least, most), (low, high) = years, more
    return least + low - _TOLERANCE <= age <= most + high + _TOLERANCE


def _lead(facts: Facts) -> tuple[Item | None, Birth | None]:
    lead = client(facts)
    return lead, None if lead is None else birth(lead)


def _found(  # noqa: PLR0913, PLR0917 - what a finding is made of
    facts: Facts,
    item: Item,
    spot: Spot,
    what: str,
    born: Birth,
    when: Dated,
    severity: Severity | None = Severity.WARN,
) -> Found:
    lead = client(facts)
    path = facts.answers.path(item.spot)
    also = () if lead is None else ((*lead.spot, "born"),)
    told = {"path": path, "what": what}
    return Found("L420", path, spot, told, also, severity, read=f"{what}/{born}/{when}")


RULES: tuple[Rule, ...] = (_before_birth, _told_age, _births)

"""Ages: what happened before a birth, ages that do not fit, ages at which none give birth.

An age may be counted the Western way, or the Korean or Chinese way, which runs one or two years
higher; most false contradictions come from that, so two years to either side are allowed for.
"""

from collections.abc import Iterator

from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, Rule, client, dated, key, keys, listed
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
    for event in listed(facts.answers.value(("events",))) if lead and born else ():
        when = dated(event.lookup("when"))
        own = key(event.lookup("whom")) in {"", "me"}
        if lead and born and when and own and when.latest < born.earliest:
            what = f"it lies before the birth of {lead.id}"
            yield _found(facts, event, (*event.spot, "when"), what, born, when, severity=None)


def _told_age(facts: Facts) -> Iterator[Found]:
    """L420: the age that was told at an event does not fit the date of birth."""
    lead, born = _lead(facts)
    for event in listed(facts.answers.value(("events",))) if lead and born else ():
        when, age = dated(event.lookup("when")), event.lookup("age")
        if born and when and isinstance(age, Number) and when.latest >= born.earliest:
            least, most = _possible(born, when)
            low, high = _ADDED.get(key(event.lookup("age_counted")), _EITHER)
            if not least + low - _TOLERANCE <= int(age) <= most + high + _TOLERANCE:
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
    for child in listed(facts.answers.value(("china", "children"))):
        yield child, (*child.spot, "born")
    for person in listed(facts.answers.value(("respondents",))):
        if key(person.lookup("relation")) == "child":
            yield person, (*person.spot, "born")
    for event in listed(facts.answers.value(("events",))):
        mine = key(event.lookup("whom")) in {"", "me"}
        if mine and "forced_abortion" in keys(event.lookup("harm")):
            yield event, (*event.spot, "when")


def _is_possible(born: Dated, when: Dated) -> bool:
    least, most = _possible(born, when)
    return most >= _YOUNGEST - 1 and least <= _OLDEST + 1


def _possible(born: Dated, when: Dated) -> tuple[int, int]:
    """Return the least and the most years between two times."""
    least = int(max((when.earliest - born.latest).days, 0) / _YEAR)
    return least, int((when.latest - born.earliest).days / _YEAR)


def _lead(facts: Facts) -> tuple[Item | None, Dated | None]:
    lead = client(facts)
    return lead, dated(lead.lookup("born")) if lead else None


def _found(  # noqa: PLR0913, PLR0917 - what a finding is made of
    facts: Facts,
    item: Item,
    spot: Spot,
    what: str,
    born: Dated,
    when: Dated,
    severity: Severity | None = Severity.WARN,
) -> Found:
    lead = client(facts)
    path = facts.answers.path(item.spot)
    also = ((*lead.spot, "born"),) if lead else ()
    told = {"path": path, "what": what}
    return Found("L420", path, spot, told, also, severity, read=f"{what}/{born}/{when}")


RULES: tuple[Rule, ...] = (_before_birth, _told_age, _births)

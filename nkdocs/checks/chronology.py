"""A case in the order of time: stays, events, steps of the case, gaps, and days ahead.

An approximate date stays the days that are possible; nothing is guessed. What is idle, and what
the client does not remember, is not in it: `untimed` names those.
"""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from nkdocs.answers.view import Item
from nkdocs.checks import ahead
from nkdocs.checks.facts import Facts, client, dated, items, listed
from nkdocs.checks.journey import first_day, untold
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Dated, long_day
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.words import Many

STAY, EVENT, STEP, GAP, HEARING, DEADLINE = "stay", "event", "step", "gap", "hearing", "deadline"
_STAYS: tuple[tuple[Spot, Spot, Spot, str], ...] = (
    (("china", "lived"), ("china", "entered"), ("china", "left"), "China"),
    (("rok", "lived"), ("rok", "contact", "entered"), ("rok", "contact", "left"), "South Korea"),
)
_STEPS: tuple[tuple[Spot, str], ...] = (
    (("case", "nta_date"), "Notice to Appear"),
    (("case", "nta_filed_on"), "Notice to Appear filed with the court"),
    (("case", "i589", "filed_on"), "Form I-589 received"),
    (("sr", "original_request", "date"), "request for discretion sent"),
    (("sr", "decision", "date"), "request refused"),
    (("signing", "date"), "declaration signed"),
)
_LONGEST = 90  # characters of a label


class Mark(Struct, frozen=True):
    """One thing in time.

    Attributes:
        first: the first possible day.
        last: the last possible day; of a stay the last possible day of it.
        sure: of a stay the days that surely belong to it, if there are any.
        when: the time as it is written.
        path: the answer it comes from.
    """

    kind: str
    label: str
    first: dt.date
    last: dt.date
    when: str
    path: str
    sure: tuple[dt.date, dt.date] | None = None

    @property
    def exact(self) -> bool:
        """Whether it is one known day."""
        return self.first == self.last


def marks(facts: Facts) -> list[Mark]:
    """Return everything of a case that has a time, by its first possible day."""
    lived = [*_stays(facts), *_births(facts), *_events(facts)]
    found = [*lived, *_steps(facts), *_gaps(facts), *_ahead(facts)]
    unique = {(m.kind, m.label, m.first, m.last): m for m in found}
    return sorted(unique.values(), key=lambda m: (m.first, m.last, m.label))


def untimed(facts: Facts) -> list[str]:
    """Return the paths of events whose time is open or not remembered."""
    spots = [(*e.spot, "when") for e in items(facts, "events")]
    return [facts.answers.path(s) for s in spots if dated(facts.answers.value(s)) is None]


def _stays(facts: Facts) -> Iterator[Mark]:
    answers, lead = facts.answers, client(facts)
    born = dated(lead.lookup("born")) if lead else None
    left = dated(answers.value(("dprk", "exit_when")))
    if lead and born and left and answers.value(("dprk", "lived")):
        yield _stay(facts, "North Korea", born, left, ("dprk", "exit_when"))
    elif lead and born:
        yield _mark(facts, EVENT, f"born{_who(facts, lead.id)}", born, (*lead.spot, "born"))
    for lived, first, last, label in _STAYS:
        start, end = dated(answers.value(first)), dated(answers.value(last))
        if answers.value(lived) and start and end:
            yield _stay(facts, label, start, end, first)
    for leg in items(facts, "transit"):
        start, end = dated(leg.lookup("from")), dated(leg.lookup("to"))
        if start:
            yield _stay(facts, _text(leg, "country") or leg.id, start, end or start,
                        (*leg.spot, "from"))  # fmt: skip


def _stay(facts: Facts, label: str, start: Dated, end: Dated, spot: Spot) -> Mark:
    sure = (start.latest, end.earliest) if start.latest < end.earliest else None
    when = str(start) if str(start) == str(end) else f"{start} to {end}"
    first, last = min(start.earliest, end.earliest), max(start.latest, end.latest)
    return Mark(STAY, label, first, last, when, facts.answers.path(spot), sure)


def _mark(facts: Facts, kind: str, label: str, when: Dated, spot: Spot) -> Mark:
    words = " ".join(label.split())
    short = words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"
    return Mark(kind, short, when.earliest, when.latest, str(when), facts.answers.path(spot))


def _who(facts: Facts, name: str) -> str:
    """Return which person is meant, in brackets; empty where there is one alone.

    It is the name as the court has it, for *name*, an id, until there is one.
    """
    people = items(facts, "respondents")
    legal = {p.id: str(value_of(p.lookup("name")) or "") for p in people}
    return f" ({legal.get(name) or name})" if len(people) > 1 else ""


def _births(facts: Facts) -> Iterator[Mark]:
    """Yield the births of all but the client, whose own begins the first stay."""
    lead = client(facts)
    for person in items(facts, "respondents"):
        born = dated(person.lookup("born"))
        if born and (lead is None or person.id != lead.id):
            label = f"born{_who(facts, person.id)}"
            yield _mark(facts, EVENT, label, born, (*person.spot, "born"))


def _events(facts: Facts) -> Iterator[Mark]:
    for event in items(facts, "events"):
        when = dated(event.lookup("when"))
        if when:
            yield _mark(facts, EVENT, _event(event), when, (*event.spot, "when"))
    for person in items(facts, "respondents"):
        for entry in listed(person.lookup("entries")):
            when = dated(entry.lookup("when"))
            if when:
                label = f"entry to the United States{_who(facts, person.id)}"
                yield _mark(facts, EVENT, label, when, (*entry.spot, "when"))


def _event(event: Item) -> str:
    """Return what an event is called: its line for the chronology, else harm and place."""
    told = _text(event, "line") if "line" in event.children() else ""
    if told:
        return told
    harm = value_of(event.lookup("harm"))
    kinds = ", ".join(str(choice) for choice in harm) if isinstance(harm, Many) else ""
    return "; ".join(t for t in (kinds or event.id, _text(event, "where")) if t)


def _text(item: Item, name: str) -> str:
    value = value_of(item.lookup(name))
    return str(value) if value else ""


def _steps(facts: Facts) -> Iterator[Mark]:
    """Yield the history of the case, and steps that other answers tell and it does not."""
    answers, told = facts.answers, set()
    for step in items(facts, "case", "history"):
        when = dated(step.lookup("when"))
        if when:
            told.add((when.earliest, when.latest))
            yield _mark(facts, STEP, _text(step, "what") or step.id, when, (*step.spot, "when"))
    for spot, label in _STEPS:
        when = dated(answers.value(spot))
        if when and (when.earliest, when.latest) not in told:
            yield _mark(facts, STEP, label, when, spot)


def _gaps(facts: Facts) -> Iterator[Mark]:
    """Yield each run of months of the journey that no answer covers."""
    months = untold(facts)
    starts = [m for m in months if m - 1 not in months]
    for start in starts:
        end = next(m for m in range(start, start + len(months)) if m + 1 not in months)
        first, last = first_day(start), first_day(end + 1) - dt.timedelta(days=1)
        when = f"{first:%Y-%m}" if start == end else f"{first:%Y-%m} to {last:%Y-%m}"
        yield Mark(GAP, "nothing is told", first, last, when, "transit")


def _ahead(facts: Facts) -> Iterator[Mark]:
    for due in ahead.days(facts):
        kind = HEARING if due.what == "hearing" else DEADLINE
        people = {p.id for p in items(facts, "respondents")}
        about = _who(facts, due.about) if due.about in people else f" ({due.about})"
        label = due.what + (about if due.about else "")
        yield Mark(kind, label, due.on, due.on, long_day(due.on), due.path)

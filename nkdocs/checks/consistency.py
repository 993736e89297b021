"""Answers that contradict each other, and times that are not told."""

from collections.abc import Iterator
from itertools import pairwise

from nkdocs._jinja import Missing
from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, Rule, client, dated, items, last_entry, listed
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot

Order = tuple[Spot, Spot, str]
_ORDERS: tuple[Order, ...] = (
    (("rok", "contact", "entered"), ("rok", "contact", "left"), "arrival comes before departure"),
    (
        ("rok", "contact", "entered"),
        ("rok", "contact", "hanawon_from"),
        "arrival comes before the settlement center",
    ),
    (
        ("rok", "contact", "hanawon_from"),
        ("rok", "contact", "hanawon_to"),
        "a stay begins before it ends",
    ),
    (
        ("rok", "contact", "passport_issued"),
        ("rok", "contact", "left"),
        "the passport was issued before the departure",
    ),
    (("case", "nta_date"), ("case", "next_hearing", "when"), "the NTA comes before a hearing"),
    (
        ("sr", "original_request", "date"),
        ("sr", "decision", "date"),
        "a request comes before its refusal",
    ),
)


def _one_lead(facts: Facts) -> Iterator[Found]:
    """L008: not exactly one respondent is the lead, once all are asked."""
    people = items(facts, "respondents")
    leads = [p for p in people if p.lookup("lead")]
    asked = all(facts.answers.has((*p.spot, "lead")) for p in people)
    if people and (len(leads) > 1 or (asked and not leads)):
        told = {"count": len(leads) or "none", "total": len(people)}
        spot = (*(leads or people)[-1].spot, "lead")
        yield Found("L008", "respondents", spot, told, tuple((*p.spot, "lead") for p in leads[:-1]))


def _own_numbers(facts: Facts) -> Iterator[Found]:
    """L009: two respondents have one A-number."""
    seen: dict[str, Item] = {}
    for person in items(facts, "respondents"):
        number = person.lookup("a_number")
        if not facts.answers.has((*person.spot, "a_number")) or isinstance(number, Missing):
            continue
        first = seen.setdefault(str(number), person)
        if first is not person:
            told = {"first": first.id, "second": person.id}
            spot, also = (*person.spot, "a_number"), ((*first.spot, "a_number"),)
            yield Found("L009", f"respondents.{person.id}", spot, told, also)


def _undated(facts: Facts) -> Iterator[Found]:
    """L418: an event without a date; honest non-answers are answers."""
    for event in items(facts, "events"):
        if not facts.answers.has((*event.spot, "when")):
            yield Found("L418", f"events.{event.id}", event.spot, {"event": event.id})


def _contradictions(facts: Facts) -> Iterator[Found]:
    """L501: two answers tell of one thing and cannot both be true.

    Each is taken by its own exactness; only two exact days are more than a warning.
    """
    for first, second, why in _orders(facts):
        one, two = dated(facts.answers.value(first)), dated(facts.answers.value(second))
        if one is None or two is None or one.earliest <= two.latest:
            continue
        exact = all(when.earliest == when.latest for when in (one, two))
        names = [facts.answers.path(spot) for spot in (first, second)]
        told = {"first": names[0], "second": names[1], "why": why}
        severity = None if exact else Severity.WARN
        yield Found(
            "L501", "/".join(names), first, told, (second,), severity, read=f"{one}/{two}"
        )


def _orders(facts: Facts) -> Iterator[Order]:
    """Yield pairs of answers of which the first cannot be later than the second."""
    yield from _ORDERS
    legs = items(facts, "transit")
    for leg in legs:
        yield (*leg.spot, "from"), (*leg.spot, "to"), "a stay begins before it ends"
    for one, two in pairwise(legs):
        yield (*one.spot, "from"), (*two.spot, "from"), "the stays are told in order"
    lead = client(facts)
    last = None if lead is None else last_entry(lead)
    if lead is not None and last:
        arrived = (*last.spot, "when")
        yield ("rok", "contact", "left"), arrived, "departure comes before the last arrival"
        for leg in legs:
            yield (*leg.spot, "from"), arrived, "the journey comes before the last arrival"
        first = _first_entry(lead)
        yield first, ("case", "i589", "filed_on"), "the first arrival comes before the filing"


def _first_entry(person: Item) -> Spot:
    """Return where the earliest entry of a person is dated."""
    entries = [(when.earliest, e) for e in listed(person.lookup("entries"))
               if (when := dated(e.lookup("when")))]  # fmt: skip
    first = min(entries, key=lambda entry: entry[0], default=None)
    return (*first[1].spot, "when") if first else person.spot


RULES: tuple[Rule, ...] = (_one_lead, _own_numbers, _undated, _contradictions)

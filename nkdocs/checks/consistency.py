"""Answers that contradict each other, and times that are not told."""

from collections.abc import Iterator
from itertools import pairwise

from nkdocs.answers.view import Item, Items
from nkdocs.checks.facts import Facts, Found, Rule, dated
from nkdocs.interview.engine import Spot


def _items(facts: Facts, name: str) -> list[Item]:
    found = facts.answers.value((name,))
    return list(found) if isinstance(found, Items) else []


def _birth(facts: Facts) -> Iterator[Found]:
    """L420: an event before the client was born."""
    client = facts.answers.client
    born = dated(client.lookup("born")) if isinstance(client, Item) else None
    if not isinstance(client, Item) or born is None:
        return
    for event in _items(facts, "events"):
        when = dated(event.lookup("when"))
        others = str(getattr(event.lookup("whom"), "key", "me")) != "me"
        if when is not None and when.latest < born.earliest and not others:
            told = {"event": event.id, "person": client.id}
            spot, also = (*event.spot, "when"), ((*client.spot, "born"),)
            yield Found("L420", f"events.{event.id}", spot, told, also, read=f"{born}/{when}")


def _undated(facts: Facts) -> Iterator[Found]:
    """L418: an event without a date; honest non-answers are answers."""
    for event in _items(facts, "events"):
        if not facts.answers.has((*event.spot, "when")):
            yield Found("L418", f"events.{event.id}", event.spot, {"event": event.id})


def _contradictions(facts: Facts) -> Iterator[Found]:
    """L501: two answers tell of one thing and cannot both be true."""
    for first, second, why in _orders(facts):
        one, two = dated(facts.answers.value(first)), dated(facts.answers.value(second))
        if one is not None and two is not None and one.earliest > two.latest:
            names = [facts.answers.path(s) for s in (first, second)]
            told = {
                "first": names[0], "second": names[1], "why": why, "what": why,
                "one": names[0], "other": names[1], "a": names[0], "b": names[1],
            }  # fmt: skip
            yield Found("L501", "/".join(names), first, told, (second,), read=f"{one}/{two}")


def _orders(facts: Facts) -> Iterator[tuple[Spot, Spot, str]]:
    """Yield pairs of answers of which the first cannot be later than the second."""
    answers = facts.answers
    yield ("rok", "contact", "entered"), ("rok", "contact", "left"), "arrival before departure"
    yield ("rok", "contact", "hanawon_from"), ("rok", "contact", "hanawon_to"), "start before end"
    yield ("rok", "contact", "entered"), ("rok", "contact", "hanawon_from"), "arrival comes first"
    yield (
        ("rok", "contact", "passport_issued"), ("rok", "contact", "left"),
        "the passport was issued before the departure",
    )  # fmt: skip
    yield ("case", "nta_date"), ("case", "next_hearing", "when"), "the NTA comes before a hearing"
    yield (
        ("sr", "original_request", "date"), ("sr", "decision", "date"),
        "a request comes before its refusal",
    )  # fmt: skip
    for leg in _items(facts, "transit"):
        yield (*leg.spot, "from"), (*leg.spot, "to"), "a stay begins before it ends"
    client = answers.client
    entries = client.lookup("entries") if isinstance(client, Item) else None
    for entry in entries if isinstance(entries, Items) else ():
        yield (*entry.spot, "when"), ("case", "i589", "filed_on"), "arrival comes before filing"
        yield ("rok", "contact", "left"), (*entry.spot, "when"), "departure comes before arrival"
        for leg in _items(facts, "transit"):
            if entry.lookup("last"):
                yield (*leg.spot, "from"), (*entry.spot, "when"), "the journey comes before arrival"
    for one, two in pairwise(_items(facts, "transit")):
        yield (*one.spot, "from"), (*two.spot, "from"), "the stays are told in order"


RULES: tuple[Rule, ...] = (_birth, _undated, _contradictions)

"""Sworn text: certificates, the interpreter, what arises only at signing."""

from collections.abc import Iterator

from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, Rule, client, dated, items, key
from nkdocs.diagnostics import Severity
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.places import Country

_DECLARATION = "asylum-declaration"
_HERE = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "UM"})
_ABROAD = "under the laws of the united states of america"


def _declared(facts: Facts) -> bool:
    return _DECLARATION in facts.chosen


def _interpreter(facts: Facts) -> Iterator[Found]:
    """L401, L402, L403: the declarant does not understand English."""
    lead = client(facts)
    if not _declared(facts) or lead is None or str(lead.lookup("understands_english")) != "no":
        return
    chosen = facts.answers.value(("interpreter", "person"))
    signed = facts.answers.value(("signing", "interpreter_signed_on"))
    people = items(facts, "people")
    person = next((p for p in people if chosen and p.id == str(chosen)), None)
    if person is None or not signed:
        told = {"person": lead.id}
        yield Found("L401", "interpreter.person", (*lead.spot, "understands_english"), told)
    if person is not None:
        yield from _certificate(person)


def _certificate(person: Item) -> Iterator[Found]:
    subject = f"people.{person.id}"
    lacking = [n for n in ("address", "phone", "competence") if not person.lookup(n)]
    if lacking:
        told = {"person": person.id, "what": f"lacks: {', '.join(lacking)}"}
        yield Found("L402", subject, person.spot, told)
    relation = key(person.lookup("relation"))
    if relation in {"counsel", "office_staff", "relative"}:
        told = {"person": person.id, "relation": relation.replace("_", " ")}
        severity = Severity.ERROR if relation == "counsel" else None
        yield Found("L403", subject, (*person.spot, "relation"), told, severity=severity)


def _signed(facts: Facts) -> Iterator[Found]:
    """L007: what arises only at signing is dated ahead, or before the read-back or an event."""
    read, signed = ("readback", "date"), ("signing", "date")
    for spot in (signed, read, ("signing", "interpreter_signed_on")):
        when = dated(facts.answers.value(spot))
        path = ".".join(spot)
        if when is not None and facts.day is not None and when.earliest > facts.day:
            told = {"path": path, "date": str(when.earliest), "what": "it has not happened yet"}
            yield Found("L007", path, spot, told, severity=Severity.ERROR)
    first, then = (dated(facts.answers.value(spot)) for spot in (read, signed))
    if first is not None and then is not None and then.latest < first.earliest:
        told = {"path": "signing.date", "date": str(then.latest), "what": "the read-back is later"}
        yield Found("L007", "signing.date readback.date", signed, told, (read,),
                    read=f"{then}/{first}")  # fmt: skip
    for event in items(facts, "events") if then is not None else ():
        when = dated(event.lookup("when"))
        if then is not None and when is not None and when.earliest > then.latest:
            told = {"path": "signing.date", "date": str(then.latest),
                    "what": f"the event '{event.id}', which it tells, is later"}  # fmt: skip
            yield Found("L007", f"signing.date {event.id}", signed, told, ((*event.spot, "when"),),
                        read=f"{then}/{when}")  # fmt: skip


def _abroad(facts: Facts) -> Iterator[Found]:
    """L404: signed abroad without the words that 28 U.S.C. § 1746(1) asks for there.

    Within the United States the words are harmless: that is only told.
    """
    spot = ("signing", "place_country")
    country = value_of(facts.answers.value(spot))
    if not isinstance(country, Country):
        return
    abroad = country.code not in _HERE
    for document in facts.documents or ():
        texts = (" ".join(p.casefold().split()) for p in document.paragraphs)
        has = any(_ABROAD in t for t in texts)
        if document.document == _DECLARATION and has is not abroad:
            what = "abroad without" if abroad else "in the United States with"
            told = {"document": document.name, "what": what}
            severity = None if abroad else Severity.INFO
            yield Found("L404", document.name, spot, told, severity=severity)


def _read_back(facts: Facts) -> Iterator[Found]:
    """L422: no read-back is recorded."""
    if _declared(facts) and not facts.answers.value(("readback", "date")):
        yield Found("L422", "readback.date", ("readback",))


def _sensitive(facts: Facts) -> Iterator[Found]:
    """L414: a sensitive event that the client has not confirmed."""
    about = facts.answers.case.data.get("_about")
    known = about if isinstance(about, dict) else {}
    for event in items(facts, "events") if _declared(facts) else ():
        noted = known.get(f"events.{event.id}")
        confirmed = isinstance(noted, dict) and noted.get("confirmed_on")
        if event.lookup("sensitive") and not confirmed:
            yield Found("L414", f"events.{event.id}", event.spot, {"event": event.id})


RULES: tuple[Rule, ...] = (_interpreter, _signed, _abroad, _read_back, _sensitive)

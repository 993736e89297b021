"""Sworn text: certificates, the interpreter, what arises only at signing."""

from collections.abc import Iterator

from nkdocs.answers.view import Item, Items
from nkdocs.checks.facts import Facts, Found, Rule
from nkdocs.kinds.dates import Date

_DECLARATION = "asylum-declaration"


def _declared(facts: Facts) -> bool:
    return _DECLARATION in facts.chosen


def _person(facts: Facts, name: object) -> Item | None:
    people = facts.answers.value(("people",))
    wanted = str(name)
    return next((p for p in people if p.id == wanted), None) if isinstance(people, Items) else None


def _interpreter(facts: Facts) -> Iterator[Found]:
    """L401, L402, L403: the declarant does not understand English."""
    client = facts.answers.client
    if not _declared(facts) or not isinstance(client, Item):
        return
    understands = client.lookup("understands_english")
    if str(understands) != "no":
        return
    spot = (*client.spot, "understands_english")
    chosen = facts.answers.value(("interpreter", "person"))
    signed = facts.answers.value(("signing", "interpreter_signed_on"))
    person = _person(facts, chosen) if chosen else None
    if person is None or not signed:
        yield Found("L401", "interpreter.person", spot, {"person": client.id})
    if person is None:
        return
    lacking = [n for n in ("address", "phone", "competence") if not person.lookup(n)]
    if lacking:
        told = {"missing": ", ".join(lacking), "person": person.id, "lacking": ", ".join(lacking)}
        yield Found("L402", f"people.{person.id}", person.spot, told)
    relation = str(getattr(person.lookup("relation"), "key", ""))
    if relation in {"counsel", "office_staff", "relative"}:
        told = {"relation": relation.replace("_", " "), "person": person.id}
        yield Found("L403", f"people.{person.id}", (*person.spot, "relation"), told)


def _future(facts: Facts) -> Iterator[Found]:
    """L007: something that arises only at signing is dated in the future."""
    for path in (("signing", "date"), ("readback", "date"), ("signing", "interpreter_signed_on")):
        when = facts.answers.value(path)
        if isinstance(when, Date) and facts.day is not None and when.day > facts.day:
            told = {"what": ".".join(path), "date": when.iso, "path": ".".join(path)}
            yield Found("L007", ".".join(path), path, told)


def _read_back(facts: Facts) -> Iterator[Found]:
    """L422: no read-back is recorded."""
    if _declared(facts) and not facts.answers.value(("readback", "date")):
        yield Found("L422", "readback.date", ("readback",))


def _sensitive(facts: Facts) -> Iterator[Found]:
    """L414: a sensitive event that the client has not confirmed."""
    events = facts.answers.value(("events",))
    about = facts.answers.case.data.get("_about")
    known = about if isinstance(about, dict) else {}
    for event in events if isinstance(events, Items) and _declared(facts) else ():
        noted = known.get(f"events.{event.id}")
        confirmed = isinstance(noted, dict) and noted.get("confirmed_on")
        if event.lookup("sensitive") and not confirmed:
            yield Found("L414", f"events.{event.id}", event.spot, {"event": event.id})


RULES: tuple[Rule, ...] = (_interpreter, _future, _read_back, _sensitive)

"""What a paper tells beyond what was chosen: of the claim, of third parties, of a hidden name."""

import re
from collections.abc import Iterator

from nkdocs.answers.view import Group, Item
from nkdocs.checks.facts import DocumentFact, Facts, Found, Rule, items, key
from nkdocs.checks.letters import letters
from nkdocs.checks.passages import leaving, placed
from nkdocs.checks.printed import printed, printed_below
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.people import Name
from nkdocs.kinds.places import Place

_LETTERS = ("pd-request", "supervisory-review")
_LEVEL: Spot = ("pd", "disclosure_level")
_RUN = 10  # words in a row that are no accident
_ALLOWED = {"summary": 1, "none": 0}  # counsel may quote one fact in a summary
_CLAIM = ("dprk", "china", "events", "transit", "rok", "claim", "family", "statements")
_VILLAGE = re.compile(
    r"\b(?:village|hamlet)\b|\b[A-Z][\w’']*-(?:ri|dong|gun-?ri)\b|\b[A-Z][\w’']+\s+(?:Village|[Rr]i)\b|리\b|마을"
)
_CLOSED = frozenset({"KP", "CN"})
_HIDDEN = 2  # characters: a shorter pseudonym is an initial


def _beyond(facts: Facts) -> Iterator[Found]:
    """L504: a letter to OPLA repeats the declaration beyond the level that was chosen; one line.

    Repeated are ten words in a row of a story that OPLA may not see, or the place of an event.
    """
    papers = [d for d in facts.documents or ()
              if d.audience == "opla" and d.document.startswith(_LETTERS)]  # fmt: skip
    level = key(facts.answers.value(_LEVEL)) if papers else ""
    for document in papers if level in _ALLOWED else ():
        told = {**_repeated(facts, document), **_places(facts, document)}
        if len(told) > _ALLOWED[level]:
            at = min(told.values())
            paths = sorted(told)
            values = {"document": document.name, "count": len(paths), "level": level,
                      "paths": ", ".join(paths)}  # fmt: skip
            yield Found("L504", document.name, (), values, (_LEVEL,), read=",".join(paths),
                        place=placed(document, at).place)  # fmt: skip


def _repeated(facts: Facts, document: DocumentFact) -> dict[str, int]:
    """Return answers closed to OPLA whose words the paper repeats, and in which paragraph."""
    runs: dict[str, int] = {}
    for at, text in enumerate(document.paragraphs, 1):
        words = _words(text)
        for n in range(len(words) - _RUN + 1):
            runs.setdefault(" ".join(words[n : n + _RUN]), at)
    seen = {spot for spot, _ in printed(facts, "opla")}
    found: dict[str, int] = {}
    for root in _CLAIM if runs else ():
        for spot, text in printed_below(facts, "court", root):
            words = _words(text)
            hits = (runs.get(" ".join(words[n : n + _RUN])) for n in range(len(words) - _RUN + 1))
            at = next((h for h in hits if h), 0)
            if at and spot not in seen:
                found[facts.answers.path(spot)] = at
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("’", "").replace("'", ""))


def _places(facts: Facts, document: DocumentFact) -> dict[str, int]:
    """Return the events whose town or county the paper names, and in which paragraph."""
    found: dict[str, int] = {}
    named: set[str] = set()
    for event in items(facts, "events"):
        place = value_of(event.lookup("where"))
        if not isinstance(place, Place) or (place.country and place.country.code == "US"):
            continue
        name = place.place.split(",")[0].strip()
        if not name or name in named:
            continue
        for at, text in enumerate(document.paragraphs, 1):
            if re.search(rf"\b{re.escape(name)}\b", text):
                named.add(name)
                found.setdefault(facts.answers.path((*event.spot, "where")), at)
    return found


def _pseudonyms(facts: Facts) -> Iterator[Found]:
    """L505: a name for the press stands in a paper for a court or the government."""
    for person in items(facts, "respondents"):
        for spot, hidden in _hidden(person):
            for document in leaving(facts) if len(hidden) > _HIDDEN else ():
                at = _paragraph(document, hidden)
                if at:
                    told = {"document": document.name, "person": person.id}
                    yield Found("L505", f"{document.name} {person.id}", (), told, (spot,),
                                place=placed(document, at).place)  # fmt: skip


def _hidden(person: Item) -> Iterator[tuple[Spot, str]]:
    """Yield the pseudonyms of a person: a question of their own, or a part of the name."""
    name = value_of(person.lookup("name"))
    if isinstance(name, Name) and name.pseudonym:
        yield (*person.spot, "name"), name.pseudonym
    if "pseudonym" in person.children():
        spot, value = (*person.spot, "pseudonym"), value_of(person.lookup("pseudonym"))
        if value and not isinstance(value, Group):
            yield spot, value.legal if isinstance(value, Name) else str(value)


def _paragraph(document: DocumentFact, name: str) -> int:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
    return next((at for at, t in enumerate(document.paragraphs, 1) if pattern.search(t)), 0)


def _third_parties(facts: Facts) -> Iterator[Found]:
    """L807: a relative who may be punished is named in a paper that leaves the office.

    Nothing is said where the case allows full names (`meta.third_party_naming`).
    """
    documents = leaving(facts)
    if not documents or key(facts.answers.value(("meta", "third_party_naming"))) == "full":
        return
    applicants = {
        letters(name.legal)
        for person in items(facts, "respondents")
        if isinstance(name := value_of(person.lookup("name")), Name)
    }
    for relative in items(facts, "family"):
        name = value_of(relative.lookup("name"))
        if not isinstance(name, Name) or letters(name.legal) in applicants:
            continue
        for document in documents:
            at = next((n for w in (name.legal, name.native, *name.also) if w
                       for n in [_paragraph(document, str(w))] if n), 0)  # fmt: skip
            if at:
                here, spot = placed(document, at), (*relative.spot, "name")
                told = {"where": here.where, "what": f"the name of {relative.id}"}
                subject = f"{document.name} family.{relative.id}"
                yield Found("L807", subject, (), told, (spot,), place=here.place)


def _villages(facts: Facts) -> Iterator[Found]:
    """L807: the place of an event is told down to the village, in a country of reprisals."""
    for event in items(facts, "events"):
        spot, place = (*event.spot, "where"), value_of(event.lookup("where"))
        country = place.country.code if isinstance(place, Place) and place.country else ""
        if country in _CLOSED and _VILLAGE.search(str(place)):
            path = facts.answers.path(spot)
            yield Found("L807", path, spot, {"where": path, "what": "a village"})


RULES: tuple[Rule, ...] = (_beyond, _pseudonyms, _third_parties, _villages)

"""Exhibits and cites that miss each other, and what a foreign-language exhibit needs."""

import difflib
from collections.abc import Iterator

from nkdocs.answers.entries import Exhibit
from nkdocs.answers.view import Item, Items
from nkdocs.checks.facts import Facts, Found, Rule
from nkdocs.citations.cite import Cite, parse
from nkdocs.interview.engine import Spot
from nkdocs.kinds.lists import ExhibitRefs
from nkdocs.kinds.nonanswers import value_of

_PHOTOGRAPHS = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp", ".gif", ".bmp")


def _translations(facts: Facts) -> Iterator[Found]:
    """L604: a declared foreign-language exhibit without translation or certificate.

    Counts for court and USCIS only; mail to OPLA has no such rule (PRACTICE, section 16).
    """
    to_court = {n for f in facts.filings if f.audience == "court" for n in f.exhibits}
    people = facts.answers.value(("people",))
    known = {p.id: p for p in people} if isinstance(people, Items) else {}
    for number, exhibit in enumerate(facts.listed):
        court = exhibit.id in to_court if facts.filings else True
        if not exhibit.foreign or exhibit.document or not court:
            continue
        lacking = list(_lacking(exhibit, known))
        if lacking:
            told = {"exhibit": exhibit.id, "lacking": ", ".join(lacking)}
            yield Found("L604", exhibit.id, ("exhibits", number), told)


def _lacking(exhibit: Exhibit, people: dict[str, Item]) -> Iterator[str]:
    if not exhibit.translation:
        yield "an English translation"
    if not exhibit.certificate and not exhibit.translator:
        yield "a certificate of translation"
    if exhibit.translator and not exhibit.certificate:
        person = people.get(exhibit.translator)
        if person is None:
            yield "its translator in people:"
            return
        for name, words in (
            ("address", "the translator's address"),
            ("phone", "the translator's telephone number"),
        ):
            if not person.lookup(name):
                yield words


def _dangling(facts: Facts) -> Iterator[Found]:
    """L601: an answer cites an exhibit that is not listed."""
    known = [e.id for e in facts.listed]
    for spot, cite in _cites(facts):
        if cite.id not in known:
            near = difflib.get_close_matches(cite.id, known, 1)
            near_one = f"did you mean '{near[0]}'?" if near else "none has a name like it"
            guess = f"it names no exhibit of this case; {near_one}"
            told = {"cite": str(cite), "guess": guess}
            yield Found("L601", facts.answers.path(spot), spot, told, read=str(cite))


def _uncited(facts: Facts) -> Iterator[Found]:
    """L602: an exhibit that no document and no answer cites."""
    if facts.documents is None:
        return
    cited = {c.id for _, c in _cites(facts)}
    for document in facts.documents:
        for written in document.cites:
            cited |= {p.id for p in parse(written) if isinstance(p, Cite)}
    for number, exhibit in enumerate(facts.listed):
        if exhibit.id not in cited and not exhibit.country_conditions:
            told = {"what": f"Exhibit '{exhibit.id}'"}
            yield Found("L602", exhibit.id, ("exhibits", number), told)


def _cites(facts: Facts) -> Iterator[tuple[Spot, Cite]]:
    """Yield every cite in the answers: in texts, and answers of the kind `exhibits`."""
    answers = facts.answers
    for spot, value in _texts(answers.case.data, ()):
        question = answers.question(spot)
        if question is not None and question.kind.name == "exhibits":
            parsed = value_of(answers.parsed(question, spot))
            yield from ((spot, c) for c in parsed) if isinstance(parsed, ExhibitRefs) else ()
        elif isinstance(value, str) and "[@" in value:
            yield from ((spot, p) for p in parse(value) if isinstance(p, Cite))


def _texts(data: object, spot: Spot) -> Iterator[tuple[Spot, object]]:
    """Yield every answer with its spot; a list of plain values is one answer."""
    if isinstance(data, dict):
        for key, value in data.items():
            if not str(key).startswith("_") and not (not spot and key in {"exhibits", "filings"}):
                yield from _texts(value, (*spot, key))
    elif isinstance(data, list) and any(isinstance(d, dict) for d in data):
        for number, value in enumerate(data):
            yield from _texts(value, (*spot, number))
    elif data:
        yield spot, data


RULES: tuple[Rule, ...] = (_translations, _dangling, _uncited)

"""Exhibits and cites that miss each other, and what a foreign-language exhibit needs."""

import difflib
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.answers.entries import Exhibit
from nkdocs.answers.load import CaseFile
from nkdocs.answers.view import Item, Items
from nkdocs.checks.facts import Facts, Found, Rule
from nkdocs.citations.cite import Cite, parse
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.interview.spec import Branch, Question
from nkdocs.kinds.lists import ExhibitRefs
from nkdocs.kinds.nonanswers import value_of

#: What a certificate of translation says, each with words by which it is known.
_ASKED = (
    ("that the translator is competent",
     lazily(r"(?i)\b(?:competen|fluent|qualified|proficien|certified|accredited|능통|유창)")),
    ("that the translation is true and accurate",
     lazily(r"(?i)\b(?:accura|faithful|correct|exact|true\b)|정확|틀림없")),
    ("an address", lazily(r"(?i)\baddress\b|\b\d{5}(?:-\d{4})?\b|주소")),
    ("a telephone number", lazily(r"\d[\d\s().-]{6,}\d")),
)  # fmt: skip
_MayCite = tuple[Spot, Question | None, object]
_PICTURE = "is a picture, whose words nothing here can read: see that it has all that is asked"


def _translations(facts: Facts) -> Iterator[Found]:
    """L604: a declared foreign-language exhibit without translation or certificate.

    Counts for court and USCIS only; mail to OPLA has no such rule (PRACTICE, section 16).
    """
    people = facts.answers.value(("people",))
    known = {p.id: p for p in people} if isinstance(people, Items) else {}
    for number, exhibit in enumerate(facts.listed):
        if not exhibit.foreign or exhibit.document or not _for_court(facts, exhibit):
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


def _certificates(facts: Facts) -> Iterator[Found]:
    """L402: a certificate of translation that is a picture, or lacks what is asked for.

    Of a picture nothing is known, and recognised words may be misread, which is a warning. The
    words of one that can be read are looked for as generously as people write them. As with L604
    only what goes to the court counts.
    """
    read = {e.id: e for e in facts.exhibits or ()}
    for number, exhibit in enumerate(facts.listed):
        fact = read.get(exhibit.id)
        text = fact.certificate if fact else None
        if fact is None or text is None or not _for_court(facts, exhibit):
            continue
        lacking = [what for what, words in _ASKED if not words.search(text)]
        silent = not any(c.isalnum() for c in text)
        what = _PICTURE if silent else f"lacks: {', '.join(lacking)}"
        if silent or lacking:
            told = {"person": f"exhibit '{exhibit.id}'", "what": what}
            yield Found("L402", f"{exhibit.id} certificate", ("exhibits", number), told,
                        severity=Severity.WARN if silent or fact.recognised else None)  # fmt: skip


def _for_court(facts: Facts, exhibit: Exhibit) -> bool:
    to_court = {n for f in facts.filings if f.audience == "court" for n in f.exhibits}
    return exhibit.id in to_court or not facts.filings


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
    told = {k: v for k, v in answers.case.data.items() if k not in {"exhibits", "filings"}}
    may: list[_MayCite] = []
    _gather(told, answers.catalogue.tree, (), may, texts=_in_texts(answers.case))
    for spot, question, value in may:
        if question is not None and question.kind.name == "exhibits":
            parsed = value_of(answers.read(question, spot, value))
            yield from ((spot, c) for c in parsed) if isinstance(parsed, ExhibitRefs) else ()
        else:
            yield from ((spot, p) for p in parse(str(value)) if isinstance(p, Cite))


def _in_texts(case: CaseFile) -> bool:
    """Whether a text may hold a cite: it stands in the file as it is typed, or by an escape."""
    return any("[@" in text or "\\" in text for text in (case.text, case.office_text))


def _gather(
    data: object, at: Branch | None, spot: Spot, into: list[_MayCite], *, texts: bool
) -> None:
    """Gather every answer that may cite, its question and spot; plain values in a list are one.

    Without *texts* only answers of the kind `exhibits` may: most answers are passed by.
    """
    if isinstance(data, dict):
        for key, value in data.items():
            below = at.below.get(key) if at else None
            if (texts or (below and below.proves)) and not key.startswith("_"):
                _gather(value, below, (*spot, key), into, texts=texts)
    elif isinstance(data, list) and any(isinstance(d, dict) for d in data):
        for number, value in enumerate(data):
            _gather(value, at, (*spot, number), into, texts=texts)
    elif data:
        question = at.question if at else None
        of_kind = question is not None and question.kind.name == "exhibits"
        if of_kind or (isinstance(data, str) and "[@" in data):
            into.append((spot, question, data))


RULES: tuple[Rule, ...] = (_translations, _certificates, _dangling, _uncited)

"""What exhibit files hold: unreadable pages, foreign words, numbers of strangers, old reports."""

import re
import unicodedata
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.answers.entries import Exhibit
from nkdocs.checks.deadlines import anniversary
from nkdocs.checks.facts import ExhibitFact, Facts, Found, Rule
from nkdocs.checks.passages import placed
from nkdocs.checks.strangers import known_numbers
from nkdocs.diagnostics import Severity
from nkdocs.kinds.kind import PLAIN, KindError
from nkdocs.kinds.whens import WhenKind

_FOREIGN = 0.3  # share of letters of another script; a Korean name in a letter is far below
_ENOUGH = 40  # letters by which a language is told
_REPORT = re.compile(
    r"\b(?:(?P<year>20\d\d)\s+)?Country\s+Reports?\s+on\s+Human\s+Rights", re.IGNORECASE
)
_REPORT_ID = re.compile(r"state-(?P<year>20\d\d)")
_PHONE = lazily(r"\d{3}\)?[-. \u00a0]{1,2}\d{3,4}[-. \u00a0]\d{4}|\+\d[\d -]{8,}")
_ADDRESS = lazily(
    r"\b\d{5}(?:-\d{4})?\b|\baddress\b|\d+ [\w. ]+\b(?:Street|St|Avenue|Ave|Road|Rd|Drive|Blvd)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")


def _read(facts: Facts) -> Iterator[tuple[int, Exhibit, ExhibitFact]]:
    """Yield the exhibits that were read, with their position in the answers."""
    facts_of = {e.id: e for e in facts.exhibits or ()}
    for number, exhibit in enumerate(facts.listed):
        if exhibit.id in facts_of:
            yield number, exhibit, facts_of[exhibit.id]


def _undeclared(facts: Facts) -> Iterator[Found]:
    """L604: an exhibit for the court reads as foreign and is not declared so: only a warning."""
    to_court = {n for f in facts.filings if f.audience == "court" for n in f.exhibits}
    for number, exhibit, read in _read(facts):
        court = exhibit.id in to_court or not facts.filings
        if court and not exhibit.foreign and not exhibit.translation and is_foreign(read.text):
            lacking = "its language, which is given as English"
            told = {"exhibit": exhibit.id, "lacking": lacking}
            yield Found("L604", f"{exhibit.id} language", ("exhibits", number), told,
                        severity=Severity.WARN)  # fmt: skip


def is_foreign(text: str) -> bool:
    """Whether a text is written in another script than the Latin one."""
    alphabetic = [c for c in text if c.isalpha()]
    other = sum(not unicodedata.name(c, "").startswith("LATIN") for c in alphabetic)
    return len(alphabetic) >= _ENOUGH and other / len(alphabetic) > _FOREIGN


def _certified(facts: Facts) -> Iterator[Found]:
    """L604: a certificate of translation that can be read, and names no telephone or address."""
    for number, exhibit, read in _read(facts):
        if exhibit.foreign and (lacking := uncertain(read.certificate or "")):
            words = f"in its certificate, {' and '.join(lacking)}"
            told = {"exhibit": exhibit.id, "lacking": words}
            yield Found("L604", f"{exhibit.id} certificate", ("exhibits", number), told,
                        severity=Severity.WARN)  # fmt: skip


def uncertain(certificate: str) -> list[str]:
    """Return what a certificate of translation does not seem to give; nothing if it is unread."""
    if sum(c.isalpha() for c in certificate) < _ENOUGH:
        return []
    asked = {"a telephone number": _PHONE, "an address": _ADDRESS}
    return [what for what, shape in asked.items() if not shape.search(certificate)]


def _pages(facts: Facts) -> Iterator[Found]:
    """L605: pages on which nothing stands, or whose text runs sideways."""
    for number, exhibit, read in _read(facts):
        for pages, what in ((read.blank, "nothing stands"), (read.turned, "the text is turned")):
            if pages:
                told = {"exhibit": exhibit.id, "pages": ", ".join(pages), "what": what}
                yield Found("L605", f"{exhibit.id} {what}", ("exhibits", number), told)


def _changed(facts: Facts) -> Iterator[Found]:
    """L607: a file differs from the one that the index of a filing was made of."""
    for number, exhibit, read in _read(facts):
        for filing, files in sorted(facts.indexed.items()):
            changed = [name for name, mark in read.files if files.get(name, mark) != mark]
            if changed:
                told = {"exhibit": exhibit.id, "filing": filing}
                yield Found("L607", f"{filing}.{exhibit.id}", ("exhibits", number), told,
                            read="/".join(mark[:8] for _, mark in read.files))  # fmt: skip


def _comments(facts: Facts) -> Iterator[Found]:
    """L609: a paper that leaves the office holds comments of Word."""
    for document in facts.documents or ():
        if document.comments and document.audience in {"court", "opla"}:
            told = {"document": document.name, "count": document.comments}
            yield Found("L609", document.name, (), told, place=placed(document, 1).place)


def _strangers(facts: Facts) -> Iterator[Found]:
    """L610: an exhibit prints an A-number of nobody in the case; published decisions are none.

    Its pages are named, and never the number.
    """
    known = known_numbers(facts) if facts.exhibits else set()
    for number, exhibit, read in _read(facts):
        strange = [(n, page) for n, page in read.numbered if n not in known]
        found = sorted({n for n, _ in strange})
        if found:
            pages = ", ".join(dict.fromkeys(page for _, page in strange))
            told = {"exhibit": exhibit.id, "count": len(found), "pages": pages}
            yield Found("L610", exhibit.id, ("exhibits", number), told,
                        read=",".join(n[-3:] for n in found))  # fmt: skip


def _stale(facts: Facts) -> Iterator[Found]:
    """L611: a report on conditions in a country that is a year old, or was followed by another."""
    reports = [(n, e) for n, e in enumerate(facts.listed) if e.country_conditions]
    newest = _newest(facts) if reports else 0
    for number, exhibit in reports:
        report = _REPORT.search(exhibit.title)
        year = int(m[0]) if (m := _YEAR.search(exhibit.title)) else 0
        if report and year and year < newest:
            what = f"a newer one, for {newest}, is in the registry"
        elif _year_old(facts, exhibit.date):
            what = "it is more than a year old"
        else:
            continue
        yield Found("L611", exhibit.id, ("exhibits", number), {"exhibit": exhibit.id, "what": what})


def _newest(facts: Facts) -> int:
    """Return the year of the newest report in the registry, 0 without any."""
    found = (_REPORT_ID.fullmatch(a.id) for a in facts.registry)
    return max((int(report["year"]) for report in found if report), default=0)


def _year_old(facts: Facts, date: str) -> bool:
    try:
        when = WhenKind().parse(date, PLAIN) if date else None
    except KindError:
        return False
    return when is not None and facts.day is not None and anniversary(when.latest, 1) < facts.day


def _covered(facts: Facts) -> Iterator[Found]:
    """L806: text stands below a box that was to hide it."""
    for number, exhibit, read in _read(facts):
        if read.covered:
            told = {"exhibit": exhibit.id, "pages": ", ".join(read.covered)}
            yield Found("L806", exhibit.id, ("exhibits", number), told)


RULES: tuple[Rule, ...] = (
    _undeclared, _certified, _pages, _changed, _comments, _strangers, _stale, _covered,
)  # fmt: skip

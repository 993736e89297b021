"""Other people's A-numbers: in our own text, and on which page of an exhibit."""

import re
from collections.abc import Iterator, Sequence

from nkdocs._patterns import lazily
from nkdocs.checks.facts import Facts, Found, Rule, items
from nkdocs.checks.printed import printed
from nkdocs.diagnostics import Place
from nkdocs.interview.engine import Spot

_GAP = "[-.\u00a0\u2010-\u2013 ]?"
_NUMBER = re.compile(
    r"(?:(?<![A-Za-z0-9])A[- ]?(?:[Nn]umber|[Nn]o\.?)?:? ?#?|[Aa]lien (?:[Rr]egistration )?"
    rf"(?:[Nn]umber|[Nn]o\.?):? ?#?A?){_GAP}"
    rf"(?P<digits>\d{{2,3}}{_GAP}\d{{3}}{_GAP}\d{{3}})(?![-.]?\d)"
)
_PUBLISHED = lazily(r"[\s,;]*(?:\d+\s+WL\s+\d+\s*)?\(\s*B\.?I\.?A\b")

# The head of a reported decision: its name and place in the reports, "File A000 000 000", its day.
_HEAD, _TAIL = 400, 200  # characters before and behind the number in which that stands
_NAME = lazily(r"\b(?:Matter\s+of|MATTER\s+OF|In\s+re|IN\s+RE)\b")
_REPORTS = lazily(
    r"\b\d{1,2}\s+I\.?\s?&\s?N\.?\s+Dec\.\s+\d{1,4}\b|\bInterim\s+Decision\s+#?\s?\d{4}\b"
)
_FILE = lazily(
    r"\b(?:Files?|FILES?)(?:\s+Nos?\.?)?:?\s+(?:A[-\d\s]{8,13}[,;/&\s]*(?:and\s+)?)*\Z"
)
_DECIDED = lazily(r"\b(?:Decided|DECIDED)\b")
_NEXT = 40  # characters of the next page, where a number that began on this one ends


def _strangers(facts: Facts) -> Iterator[Found]:
    """L003: an A-number of nobody in the case, in answers that are printed or in a paper."""
    known, told = known_numbers(facts), set[str]()
    for spot, text in _texts(facts):
        for number in numbers(text):
            if number not in known:
                where = facts.answers.path(spot)
                told.add(number)
                yield Found("L003", where, spot, {"where": where}, read=number[-3:])
    for document in facts.documents or ():
        for at, text in enumerate(document.paragraphs, 1):
            for number in numbers(text):
                if number not in known | told:
                    where = f"{document.name} paragraph {at}"
                    place = Place(f"out/{document.name}", part=f"paragraph {at}")
                    yield Found(
                        "L003", where, (), {"where": where}, read=number[-3:], place=place
                    )


def _texts(facts: Facts) -> Iterator[tuple[Spot, str]]:
    """Yield the texts that the papers at hand may print, each once."""
    documents = facts.answers.catalogue.documents
    audiences = {documents[name].audience for name in facts.chosen if name in documents}
    seen = {
        spot: text
        for audience in sorted(audiences & {"court", "opla", "client"})
        for spot, text in printed(facts, audience)
    }
    yield from seen.items()


def known_numbers(facts: Facts) -> set[str]:
    """Return the digits of the A-numbers of respondents and of listed relatives."""
    answers = facts.answers
    people = [p for name in ("respondents", "family") for p in items(facts, name)]
    return {digits(str(answers.data((*p.spot, "a_number")) or "")) for p in people}


def numbers(text: str) -> Iterator[str]:
    """Yield the digits of each A-number in *text*, those of published decisions left out."""
    for found in _NUMBER.finditer(text):
        if not _PUBLISHED.match(text, found.end()):
            yield digits(found["digits"])


def numbers_shown(text: str) -> Iterator[str]:
    """Yield the digits of each A-number in the *text* of an exhibit.

    That of a reported decision is left out where its head names it, "Matter of X-Y-, 28 I&N Dec.
    693 ... File A000 000 000 ... Decided"; the same number elsewhere is not.
    """
    for found in _NUMBER.finditer(text):
        if not _PUBLISHED.match(text, found.end()) and not _is_reported(text, found):
            yield digits(found["digits"])


def _is_reported(text: str, found: re.Match[str]) -> bool:
    """Whether a number is that of a reported decision, in the decision's own head."""
    before = text[max(found.start() - _HEAD, 0) : found.start()]
    around = before + text[found.end() : found.end() + _TAIL]
    told = _NAME.search(before) and _REPORTS.search(before) and _DECIDED.search(around)
    return bool(told and _FILE.search(before))


def numbered(pages: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the digits of each A-number on *pages* with the name of its page.

    Args:
        pages: the name of each page, and what it says on one line. A number that ends on the
            next page stands on the one where it begins.
    """
    found: list[tuple[str, str]] = []
    for at, (name, text) in enumerate(pages):
        here = list(numbers_shown(text))
        after = pages[at + 1][1] if at + 1 < len(pages) else ""
        gap = "" if text.endswith("-") else " "
        both = numbers_shown(f"{text}{gap}{after[:_NEXT]}")
        alone = {*here, *(digits(whole["digits"]) for whole in _NUMBER.finditer(after))}
        found += [(number, name) for number in (*here, *(n for n in both if n not in alone))]
    return tuple(dict.fromkeys(found))


def digits(text: str) -> str:
    """Return nine digits; older numbers have eight and are written with a leading zero."""
    return re.sub(r"\D", "", text).zfill(9)


RULES: tuple[Rule, ...] = (_strangers,)

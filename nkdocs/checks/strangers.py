"""Other people's A-numbers in our own text."""

import re
from collections.abc import Iterator

from nkdocs.checks.facts import Facts, Found, Rule, listed
from nkdocs.checks.printed import printed, roots
from nkdocs.diagnostics import Place
from nkdocs.interview.engine import Spot

_GAP = "[-.\u00a0\u2010-\u2013 ]?"
_NUMBER = re.compile(
    r"(?:(?<![A-Za-z0-9])A[- ]?(?:[Nn]umber|[Nn]o\.?)?:? ?#?|[Aa]lien (?:[Rr]egistration )?"
    rf"(?:[Nn]umber|[Nn]o\.?):? ?#?A?){_GAP}"
    rf"(?P<digits>\d{{2,3}}{_GAP}\d{{3}}{_GAP}\d{{3}})(?![-.]?\d)"
)
_PUBLISHED = re.compile(r"[\s,;]*(?:\d+\s+WL\s+\d+\s*)?\(\s*B\.?I\.?A\b")


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
        for root in roots(facts)
        for spot, text in printed(facts, audience, root)
    }
    yield from seen.items()


def known_numbers(facts: Facts) -> set[str]:
    """Return the digits of the A-numbers of respondents and of listed relatives."""
    answers = facts.answers
    people = [p for name in ("respondents", "family") for p in listed(answers.value((name,)))]
    return {digits(str(answers.data((*p.spot, "a_number")) or "")) for p in people}


def numbers(text: str) -> Iterator[str]:
    """Yield the digits of each A-number in *text*, those of published decisions left out."""
    for found in _NUMBER.finditer(text):
        if not _PUBLISHED.match(text, found.end()):
            yield digits(found["digits"])


def digits(text: str) -> str:
    """Return nine digits; older numbers have eight and are written with a leading zero."""
    return re.sub(r"\D", "", text).zfill(9)


RULES: tuple[Rule, ...] = (_strangers,)

"""Authorities in papers: those that do not stand, and those that nobody confirmed."""

import re
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.authorities import Authority
from nkdocs.checks.facts import DocumentFact, Facts, Found, Rule
from nkdocs.checks.safety import asked_forms
from nkdocs.diagnostics import Place

_CLOSURE = ("cfr-1003-18-c", "cfr-1003-1-l")
_FALLEN = frozenset({"rescinded", "vacated", "published_but_enjoined", "lapsed", "superseded"})
PAST = lazily(
    r"\b(former(?:ly)?|vacated|overruled|superseded|rescinded|withdrawn|enjoined|no longer|"
    r"revoked|repealed|lapsed|never took effect)\b",
    re.IGNORECASE,
)


def _leaving(facts: Facts) -> Iterator[DocumentFact]:
    """Yield the papers that leave the office."""
    yield from (d for d in facts.documents or () if d.audience != "internal")


def _closure(facts: Facts) -> Iterator[Found]:
    """L205: administrative closure is asked for, and its rule is not confirmed."""
    spot = asked_forms(facts).get("admin_closure")
    for document in _leaving(facts) if spot else ():
        asked = [name for name in _CLOSURE if document.authorities.get(name) is False]
        if asked:
            told = {"authority": asked[0], "document": document.name}
            yield Found("L205", document.name, spot or (), told)


def _fallen(facts: Facts) -> Iterator[Found]:
    """L702: an authority that does not stand is cited as if it did.

    Either the case confirmed it against the registry, or its citation stands in the text without
    a word that says what became of it.
    """
    for document in _leaving(facts):
        texts = [_plain(p) for p in document.paragraphs if not PAST.search(p)]
        for authority in facts.registry:
            status = _status(authority, facts)
            cited = any(_plain(authority.cite) in text for text in texts)
            if status and (cited or document.authorities.get(authority.id)):
                told = {"where": document.name, "authority": authority.id, "status": status}
                yield Found(
                    "L702", f"{document.name} {authority.id}", (), told,
                    place=Place(f"out/{document.name}"),
                )  # fmt: skip


def _status(authority: Authority, facts: Facts) -> str:
    """Return how an authority fell, empty if it did not."""
    if authority.status in _FALLEN:
        return authority.status.replace("_", " ")
    if authority.status != "in_force" or facts.day is None or authority.covers(facts.day):
        return ""
    return "not in force on this day"


def _plain(text: str) -> str:
    return " ".join(text.split())


def _unconfirmed(facts: Facts) -> Iterator[Found]:
    """L703: authorities that a paper asked for and nobody confirmed; one line per paper."""
    for document in _leaving(facts):
        open_ = sorted(name for name, stands in document.authorities.items() if not stands)
        if open_:
            told = {"document": document.name, "count": len(open_), "names": ", ".join(open_)}
            yield Found("L703", document.name, (), told, read=",".join(open_),
                        place=Place(f"out/{document.name}"))  # fmt: skip


RULES: tuple[Rule, ...] = (_closure, _fallen, _unconfirmed)

"""Candor: an authority that is cited without the authorities that speak against it.

Toward a tribunal RPC 3.3(a)(2) and 8 C.F.R. § 1003.102(s) ask for it; opposing counsel is none, so
in a letter it is only told; sworn text cites no law.
"""

from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.checks.facts import DocumentFact, Facts, Found, Rule, key
from nkdocs.checks.passages import leaving, placed, sworn
from nkdocs.checks.references import authorities_in
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot

_NATIONALITY = "nkhra-302"
_BY_NAME = lazily(
    r"§\s*302\b[^.;]{0,60}\b(?:NKHRA|North\s+Korean\s+Human\s+Rights\s+Act)|"
    r"\b(?:NKHRA|North\s+Korean\s+Human\s+Rights\s+Act)[^.;]{0,40}(?:§|\b[Ss]ection)\s*302\b"
)
_AVAILED: Spot = ("rok", "availed")


def _adverse(facts: Facts) -> Iterator[Found]:
    """L410: adverse authorities of what a paper cites stand nowhere in it; one line a paper."""
    for document, cited in _cited(facts):
        lacking = sorted({a for n in cited for a in _against(facts, n) if a not in cited})
        for_ = sorted(n for n in cited if set(_against(facts, n)) & set(lacking))
        if lacking:
            what = f"{', '.join(for_)} without {', '.join(lacking)}"
            yield _found(document, what, ())


def _availed(facts: Facts) -> Iterator[Found]:
    """L410: section 302 is relied on, and counsel's own view is that citizenship was availed of."""
    if key(facts.answers.value(_AVAILED)) != "yes":
        return
    for document, cited in _cited(facts):
        if _NATIONALITY in cited:
            yield _found(document, f"{_NATIONALITY} although rok.availed says yes", _AVAILED)


def _found(document: DocumentFact, what: str, spot: Spot) -> Found:
    severity = None if document.audience == "court" else Severity.INFO
    told = {"document": document.name, "what": what}
    return Found("L410", f"{document.name} {what}", spot, told, severity=severity,
                 place=None if spot else placed(document, 1).place)  # fmt: skip


def _cited(facts: Facts) -> Iterator[tuple[DocumentFact, frozenset[str]]]:
    """Yield the papers that argue, each with the ids of the authorities it cites."""
    for document in leaving(facts):
        if sworn(document):
            continue
        text = "\n".join(document.paragraphs)
        cited = {a.id for a in authorities_in(facts, text)}
        cited |= {a.id for a in facts.registry if a.cite in " ".join(text.split())}
        cited |= {_NATIONALITY} if _BY_NAME.search(text) else set()
        yield document, frozenset(cited)


def _against(facts: Facts, name: str) -> list[str]:
    authority = facts.registry.find(name)
    return authority.adverse if authority else []


RULES: tuple[Rule, ...] = (_adverse, _availed)

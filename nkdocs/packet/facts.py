"""Gathers the facts of a case for its checks."""

from collections.abc import Iterable, Sequence

from nkdocs.bundle.intake import Prepared
from nkdocs.checks import run
from nkdocs.checks.facts import DocumentFact, ExhibitFact, Facts
from nkdocs.diagnostics import Finding
from nkdocs.documents.fill import paragraph_texts
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Paper


def check(
    desk: Desk,
    documents: Iterable[str],
    prepared: Sequence[Prepared] | None = None,
    papers: Sequence[Paper] | None = None,
) -> list[Finding]:
    """Return what the rules find: over the answers alone, or over exhibits and papers too.

    Args:
        desk: the case.
        documents: ids of the documents at hand.
        prepared: the exhibits as they were read; None where they were not.
        papers: the documents as they were filled or edited; None where they were not.
    """
    facts = Facts(
        desk.answers(),
        desk.day,
        desk.registry(),
        frozenset(documents),
        tuple(desk.exhibits),
        tuple(desk.filings),
        None if prepared is None else tuple(_exhibit(p) for p in prepared),
        None if papers is None else tuple(_document(p) for p in papers),
    )
    return run.run(facts, run.wordings(desk.templates))


def _exhibit(prepared: Prepared) -> ExhibitFact:
    return ExhibitFact(
        prepared.id,
        sum(len(part.sources) for part in prepared.parts),
        sum(not has for part in prepared.parts for has in part.has_text),
        tuple(part.part for part in prepared.parts),
    )


def _document(paper: Paper) -> DocumentFact:
    return DocumentFact(
        paper.name,
        paper.document.id,
        paper.file.audience,
        tuple(c.written for c in paper.cites),
        tuple(paragraph_texts(paper.docx, paper.name)),
    )

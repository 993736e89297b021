"""Gathers the facts of a case for its checks."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from nkdocs.bundle.intake import Prepared
from nkdocs.case import Record, sha256
from nkdocs.checks import run
from nkdocs.checks.facts import DocumentFact, ExhibitFact, Facts, SentFact
from nkdocs.citations.pagemap import MAIN, TRANSLATION
from nkdocs.convert.words import pdf_words
from nkdocs.diagnostics import Finding
from nkdocs.documents import edited
from nkdocs.documents.fill import paragraph_texts
from nkdocs.kinds.lists import ExhibitRefs
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Paper


def check(
    desk: Desk,
    documents: Iterable[str],
    prepared: Sequence[Prepared] | None = None,
    papers: Sequence[Paper] | None = None,
) -> list[Finding]:
    """Return what the rules find: over the answers alone, or over exhibits and papers too."""
    facts = gather(desk, documents, prepared, papers)
    return run.run(facts, run.wordings(desk.templates))


def gather(
    desk: Desk,
    documents: Iterable[str],
    prepared: Sequence[Prepared] | None = None,
    papers: Sequence[Paper] | None = None,
) -> Facts:
    """Return the facts of a case.

    Args:
        desk: the case.
        documents: ids of the documents at hand.
        prepared: the exhibits as they were read; None where they were not.
        papers: the documents as they were filled or edited; None where they were not.
    """
    return Facts(
        desk.answers(),
        desk.day,
        desk.registry(),
        frozenset(documents),
        tuple(desk.exhibits),
        tuple(desk.filings),
        None if prepared is None else tuple(_exhibit(p, _refusals(desk)) for p in prepared),
        None if papers is None else tuple(_document(p) for p in papers),
        tuple(_sent(desk)),
    )


def _sent(desk: Desk) -> Iterator[SentFact]:
    """Yield what the record says was sent, and which exhibits are that very file."""
    told = desk.answers().value(("sr", "original_request", "exhibit"))
    named = told.ids if isinstance(told, ExhibitRefs) else ()
    files = {e.id: e.file for e in desk.exhibits if e.id in named and e.file}
    frozen = {r.get("filing"): r for r in desk.case.manifest() if r.get("kind") == "sent"}
    for paper in desk.sent():
        record = frozen[paper.filing]
        same = {i for i, name in files.items() if _is(desk.case.folder / name, record)}
        yield SentFact(paper.document, paper.on.day, paper.how, frozenset(same))


def _is(file: Path, record: Record) -> bool:
    try:
        return sha256(file.read_bytes()) == str(record["sha256"])
    except OSError:
        return False


def _refusals(desk: Desk) -> frozenset[str]:
    """Return the exhibits whose words a review letter quotes; no others are read."""
    told = desk.answers().value(("sr", "decision", "exhibit"))
    return frozenset(told.ids) if isinstance(told, ExhibitRefs) else frozenset()


def _exhibit(prepared: Prepared, read: frozenset[str]) -> ExhibitFact:
    english = next((p for p in prepared.parts if p.part in {MAIN, TRANSLATION}), None)
    words = pdf_words(english.data) if english is not None and prepared.id in read else []
    return ExhibitFact(
        prepared.id,
        sum(len(part.sources) for part in prepared.parts),
        sum(not has for part in prepared.parts for has in part.has_text),
        tuple(part.part for part in prepared.parts),
        " ".join(words),
    )


def _document(paper: Paper) -> DocumentFact:
    """Return what a paper says, a draft's own marks and notes left out."""
    docx = edited.unmark(paper.docx, paper.name)
    asked = paper.record.get("authorities")
    return DocumentFact(
        paper.name,
        paper.document.id,
        paper.file.audience,
        tuple(c.written for c in paper.cites),
        tuple(paragraph_texts(docx, paper.name)),
        dict(asked) if isinstance(asked, dict) else {},
    )

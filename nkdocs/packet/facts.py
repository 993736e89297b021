"""Gathers the facts of a case for its checks."""

from collections.abc import Iterable, Sequence

from nkdocs.bundle.intake import Prepared
from nkdocs.checks import run
from nkdocs.checks.facts import DocumentFact, ExhibitFact, Facts, MailFact
from nkdocs.checks.signoff import supervised
from nkdocs.citations.pagemap import MAIN, TRANSLATION
from nkdocs.convert.words import pdf_words
from nkdocs.diagnostics import Finding
from nkdocs.documents import edited
from nkdocs.documents.fill import paragraph_texts
from nkdocs.kinds.lists import ExhibitRefs
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Paper
from nkdocs.packet.standing import standing


def check(
    desk: Desk,
    documents: Iterable[str],
    prepared: Sequence[Prepared] | None = None,
    papers: Sequence[Paper] | None = None,
    mails: tuple[MailFact, ...] | None = None,
) -> list[Finding]:
    """Return what the rules find: over the answers alone, or over exhibits and papers too."""
    facts = gather(desk, documents, prepared, papers, mails)
    return run.run(facts, run.wordings(desk.templates))


def gather(
    desk: Desk,
    documents: Iterable[str],
    prepared: Sequence[Prepared] | None = None,
    papers: Sequence[Paper] | None = None,
    mails: tuple[MailFact, ...] | None = None,
) -> Facts:
    """Return the facts of a case.

    Args:
        desk: the case.
        documents: ids of the documents at hand.
        prepared: the exhibits as they were read; None where they were not.
        papers: the documents as they were filled or edited; None where they were not.
        mails: the e-mails with the filings; None where they were not drafted.
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
        desk.recipients,
        {f: frozenset(e.id for e in pages.entries) for f, pages in desk.case.served().items()},
        mails,
        standing(desk) if supervised(desk.answers()) else "",
    )


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

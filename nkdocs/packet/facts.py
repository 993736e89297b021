"""Gathers the facts of a case for its checks."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from nkdocs.bundle.intake import Prepared
from nkdocs.checks import run
from nkdocs.checks.facts import DocumentFact, ExhibitFact, Facts
from nkdocs.checks.wordlists import wordlists
from nkdocs.citations.pagemap import MAIN, TRANSLATION
from nkdocs.convert.readable import read_pages
from nkdocs.diagnostics import Finding
from nkdocs.documents import edited
from nkdocs.documents.told import comments, notes, numbered_paragraphs
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Paper


def check(
    desk: Desk,
    documents: Iterable[str],
    prepared: Sequence[Prepared] | None = None,
    papers: Sequence[Paper] | None = None,
    *,
    bound: bool = False,
) -> list[Finding]:
    """Return what the rules find: over the answers alone, or over exhibits and papers too.

    With *bound*, exhibits are compared with those of the indexes that were made before.
    """
    facts = gather(desk, documents, prepared, papers)
    facts = replace(facts, indexed=_indexed(desk)) if bound else facts
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
        None if prepared is None else tuple(map(_exhibit, prepared)),
        None if papers is None else tuple(map(_document, papers)),
        lists=wordlists(desk.templates),
    )


def _indexed(desk: Desk) -> dict[str, dict[str, str]]:
    """Return of each filing that was bound its exhibits' files as its last index has them."""
    bundles = [r for r in desk.case.manifest() if r.get("kind") == "bundle" and r.get("files")]
    return {str(r["filing"]): dict(r["files"]) for r in bundles}


def _exhibit(prepared: Prepared) -> ExhibitFact:
    """Return what was read from an exhibit; the first part is the English one."""
    english = next((p for p in prepared.parts if p.part in {MAIN, TRANSLATION}), None)
    pages = {id(part): list(read_pages(part.data, part.has_text)) for part in prepared.parts}
    named = [
        (f"{part.label} page {source}".strip(), page)
        for part in prepared.parts
        for source, page in zip(part.sources, pages[id(part)], strict=True)
    ]
    return ExhibitFact(
        prepared.id,
        sum(len(part.sources) for part in prepared.parts),
        sum(not has for part in prepared.parts for has in part.has_text),
        tuple(part.part for part in prepared.parts),
        " ".join(p.text for p in pages.get(id(english), ())).strip(),
        " ".join(p.text for part in prepared.parts if part is not english for p in pages[id(part)]),
        tuple(name for name, page in named if page.blank),
        tuple(name for name, page in named if page.turned),
        prepared.sha256,
    )


def _document(paper: Paper) -> DocumentFact:
    """Return what a paper says, a draft's own marks and notes left out."""
    docx = edited.unmark(paper.docx, paper.name)
    told = list(numbered_paragraphs(docx, paper.name))
    asked = paper.record.get("authorities")
    return DocumentFact(
        paper.name,
        paper.document.id,
        paper.file.audience,
        tuple(c.written for c in paper.cites),
        tuple(text for _, text in told),
        dict(asked) if isinstance(asked, dict) else {},
        tuple(number for number, _ in told),
        dict(paper.names),
        tuple(notes(docx, paper.name)),
        comments(docx, paper.name),
    )

"""Gathers the facts of a case for its checks."""

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from nkdocs._patterns import lazily
from nkdocs.case import Record, sha256
from nkdocs.checks import run
from nkdocs.checks.facts import (
    DocumentFact,
    ExhibitFact,
    Facts,
    MailFact,
    OtherCase,
    SentFact,
)
from nkdocs.checks.signoff import supervised
from nkdocs.checks.strangers import numbered
from nkdocs.citations.pagemap import CERTIFICATE, MAIN, TRANSLATION, PageMap
from nkdocs.diagnostics import Finding
from nkdocs.errors import FileBusyError
from nkdocs.kinds.lists import ExhibitRefs
from nkdocs.packet.desk import Desk
from nkdocs.packet.exposed import exposed
from nkdocs.packet.papers import Paper
from nkdocs.packet.standing import standing

if TYPE_CHECKING:
    from nkdocs.bundle.intake import Prepared

_TAG = lazily(r"\{\{.*?\}\}|\{%.*?%\}|[\n\t]", re.DOTALL)


def check(  # noqa: PLR0913 - one argument a thing that is looked at
    desk: Desk,
    documents: Iterable[str],
    prepared: "Sequence[Prepared] | None" = None,
    papers: Sequence[Paper] | None = None,
    others: Sequence[OtherCase] = (),
    *,
    mails: tuple[MailFact, ...] | None = None,
    bound: PageMap | None = None,
) -> list[Finding]:
    """Return what the rules find: over the answers alone, or over exhibits and papers too."""
    facts = gather(desk, documents, prepared, papers, others, mails=mails, bound=bound)
    return run.run(facts, desk.shelf.wordings)


def gather(  # noqa: PLR0913 - one argument a thing that is looked at
    desk: Desk,
    documents: Iterable[str],
    prepared: "Sequence[Prepared] | None" = None,
    papers: Sequence[Paper] | None = None,
    others: Sequence[OtherCase] = (),
    *,
    mails: tuple[MailFact, ...] | None = None,
    bound: PageMap | None = None,
) -> Facts:
    """Return the facts of a case.

    Args:
        desk: the case.
        documents: ids of the documents at hand.
        prepared: the exhibits as they were read; None where they were not.
        papers: the documents as they were filled or edited; None where they were not.
        others: the cases it is compared with.
        mails: the e-mails with the filings; None where they were not drafted.
        bound: where the exhibits lie in the bundle at hand; None where none was made.
    """
    general = {e.id for e in desk.exhibits if e.country_conditions}
    records = desk.case.manifest()
    read = None if prepared is None else tuple(exhibit_fact(p, general, bound) for p in prepared)
    return Facts(
        desk.answers(),
        desk.day,
        desk.registry(),
        frozenset(documents),
        tuple(desk.exhibits),
        tuple(desk.filings),
        read,
        None if papers is None else tuple(_document(desk, p) for p in papers),
        _as_sent(desk, read or ()),
        tuple(others),
        desk.shelf.recipients,
        {f: frozenset(e.id for e in pages.entries) for f, pages in desk.case.served().items()},
        mails,
        standing(desk) if supervised(desk.answers()) else "",
        tuple(_sent(desk, records)),
        _indexed(records),
        desk.shelf.lists,
        exposed(desk.case),
    )


def _sent(desk: Desk, records: Sequence[Record]) -> Iterator[SentFact]:
    """Yield what the record says was sent, and which exhibits are that very file."""
    frozen = {r.get("filing"): r for r in records if r.get("kind") == "sent"}
    if not frozen:
        return
    told = desk.answers().value(("sr", "original_request", "exhibit"))
    named = told.ids if isinstance(told, ExhibitRefs) else ()
    files = {e.id: e.file for e in desk.exhibits if e.id in named and e.file}
    for paper in desk.sent():
        record = frozen[paper.filing]
        same = {i for i, name in files.items() if _is(desk, name, record)}
        yield SentFact(paper.document, paper.on.day, paper.how, frozenset(same))


def _is(desk: Desk, name: str, record: Record) -> bool:
    try:
        return sha256(desk.case.read(name)) == str(record["sha256"])
    except FileBusyError:
        return False


def _indexed(records: Sequence[Record]) -> dict[str, dict[str, str]]:
    """Return of each filing that was bound its exhibits' files as its last index has them."""
    bundles = [r for r in records if r.get("kind") == "bundle" and r.get("files")]
    return {str(r["filing"]): dict(r["files"]) for r in bundles}


def exhibit_fact(
    prepared: "Prepared",
    general: AbstractSet[str] = frozenset(),
    bound: PageMap | None = None,
) -> ExhibitFact:
    """Return what was read of an exhibit; of country reports nobody asks for the words.

    The pages of A-numbers are named by their number in the bundle too, where one is *bound*.
    """
    from nkdocs.convert.readable import read_pages  # no paper needs them, only exhibits
    from nkdocs.convert.words import on_one_line, pages_sideways

    english = next((p for p in prepared.parts if p.part in {MAIN, TRANSLATION}), None)
    words = prepared.id not in general
    read = [(p, list(read_pages(bytes(p.data), p.has_text, words=words))) for p in prepared.parts]
    named = [
        (f"{part.label} page {source}".strip(), page)
        for part, pages in read
        for source, page in zip(part.sources, pages, strict=True)
    ]
    places = _in_bundle(prepared, bound)
    says = [
        (f"{name}{place}", on_one_line([page.text]))
        for (name, page), place in zip(named, places, strict=True)
    ]
    return ExhibitFact(
        prepared.id,
        sum(len(part.sources) for part in prepared.parts),
        sum(not has for part in prepared.parts for has in part.has_text),
        tuple(part.part for part in prepared.parts),
        on_one_line([p.text for part, pages in read if part is english for p in pages]),
        sum(pages_sideways(bytes(part.data)) for part in prepared.parts),
        on_one_line([p.text for part, pages in read if part is not english for p in pages]),
        tuple(name for name, page in named if page.blank),
        tuple(name for name, page in named if page.turned),
        prepared.sha256,
        next((on_one_line([p.text for p in pages]) for part, pages in read
              if part.part == CERTIFICATE and words), None),
        tuple(name for name, page in named if page.covered),
        sum(part.recognised for part in prepared.parts),
        numbered(says),
    )  # fmt: skip


def _in_bundle(prepared: "Prepared", bound: PageMap | None) -> list[str]:
    """Return how a bundle numbers each page of an exhibit, " (41 in the bundle)"; else nothing."""
    count = sum(len(part.sources) for part in prepared.parts)
    entry = next((e for e in bound.entries if e.id == prepared.id), None) if bound else None
    if entry is None:
        return [""] * count
    return [f" ({n} in the bundle)" for run in entry.runs for n in range(run.first, run.last + 1)]


def _as_sent(desk: Desk, read: Sequence[ExhibitFact]) -> str:
    """Return what the original request said: as the exhibit has it, else as it was frozen."""
    if not read:
        return ""
    told = desk.answers().value(("sr", "original_request", "exhibit"))
    names = told.ids if isinstance(told, ExhibitRefs) else ()
    text = " ".join(e.text for e in read if e.id in names)
    if text:
        return text
    frozen = desk.case.served()
    sent = [f.id for f in desk.filings if f.lead == "pd-request" and f.id in frozen]
    files = _frozen(desk, sent[0]) if sent else []
    if not files:
        return ""
    from nkdocs.convert.words import pdf_text

    return " ".join(pdf_text(desk.case.read(name)) for name in files)


def _frozen(desk: Desk, filing: str) -> list[str]:
    """Return the files of a filing that was sent: one, or its parts in their order."""
    whole = f"served/{filing}.pdf"
    if desk.case.there(desk.case.folder / whole):
        return [whole]
    parts = (f"served/{filing}_Part{number}.pdf" for number in itertools.count(1))
    return [*itertools.takewhile(lambda n: desk.case.there(desk.case.folder / n), parts)]


def _document(desk: Desk, paper: Paper) -> DocumentFact:
    """Return what a paper says, a draft's own marks and notes left out."""
    from nkdocs.documents import edited  # an interview and a fill read no paper
    from nkdocs.documents.told import comments, notes, numbered_paragraphs

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
        tuple(_template_words(desk, paper)),
        tuple(number for number, _ in told),
        dict(paper.names),
        tuple(notes(docx, paper.name)),
        comments(docx, paper.name),
    )


def _template_words(desk: Desk, paper: Paper) -> Iterator[str]:
    """Yield the words of a paper's template, piece by piece between its tags."""
    from nkdocs.documents.told import numbered_paragraphs

    where, data = desk.shelf.template(paper.document, paper.file)
    for _, text in numbered_paragraphs(data, str(where)):
        yield from (piece.strip() for piece in _TAG.split(text) if piece.strip())

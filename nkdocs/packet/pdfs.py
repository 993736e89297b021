"""Papers as PDF: the one someone saved from Word when it says the same, else a converter's."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from nkdocs import _working
from nkdocs.case import Hand, Record, sha256
from nkdocs.convert import office, words
from nkdocs.convert.pdf import Converter, Pdf
from nkdocs.convert.wordfile import open_word
from nkdocs.convert.wordmatch import unmatched
from nkdocs.diagnostics import Finding, Place, Severity, State, stop
from nkdocs.errors import ConversionError
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Paper, pdf_name

_YOU = "you, from Word"
_LABEL = re.compile(r"\d+|[A-Za-z]|[ivxIVX]+")  # the number of a page or of a list


def converter(state: State, *, in_memory: bool = False) -> Converter:
    """Return LibreOffice when it is there; for a draft the embedded engine without it.

    Papers of a locked case go to LibreOffice *in_memory* alone: where the system keeps no folder
    there, a draft is drawn by the embedded engine too.

    Raises:
        MissingProgramError: it is not there, and only a draft can do without.
    """
    found = office.find_office()
    able = not in_memory or _working.memory() is not None or state is not State.DRAFT
    if found is not None and able:
        return office.Office(found, in_memory=in_memory)
    if found is None and state is not State.DRAFT:
        stop([
            Finding(
                code="P001",
                severity=Severity.ERROR,
                message=f"LibreOffice makes the PDF of a document that is {state.value}, "
                "and it is not installed",
                hint=f"Install it: {office.INSTALL}\n  or save the document from Word as PDF "
                "into out/, or make a draft: --as draft",
            )
        ])  # fmt: skip
    from nkdocs.convert.draft.engine import DraftEngine

    return DraftEngine()


def to_pdf(desk: Desk, papers: Sequence[Paper], state: State) -> dict[str, Pdf]:
    """Return the PDF of each paper, by the paper's name; the converter is started once.

    Raises:
        ConversionError: one or more cannot be converted.
        MissingProgramError: LibreOffice is needed and not there.
    """
    ready = {p.name: own for p in papers if (own := _own_pdf(desk, p)) is not None}
    waiting = {p.name: p.docx for p in papers if p.name not in ready}
    if not waiting:
        return ready
    locked = desk.case.vault is not None
    return {**ready, **converter(state, in_memory=locked).convert(waiting)}


def _own_pdf(desk: Desk, paper: Paper) -> Pdf | None:
    """Return the PDF that someone saved from Word, if its words are those of the document."""
    name = pdf_name(paper.name)
    if desk.case.hand(name) not in {Hand.UNKNOWN, Hand.EDITED}:
        return None
    data = desk.case.read(f"out/{name}")
    return Pdf(data, _YOU) if same_words(paper.docx, data) else None


def theirs_used(
    papers: Sequence[Paper], made: Mapping[str, Pdf], state: State
) -> dict[str, Record]:
    """Return the records of the PDFs that someone saved from Word and that were used, by name.

    They stay that person's. `sign` knows by the record what was printed for signature.
    """
    return {
        pdf_name(p.name): {
            "kind": "pdf",
            "path": pdf_name(p.name),
            "sha256": sha256(made[p.name].data),
            "state": state.value,
            "edited": True,
        }
        for p in papers
        if p.name in made and made[p.name].maker == _YOU
    }


def same_words(docx: bytes, pdf: bytes) -> bool:
    """Whether a PDF says what a document says, no more and no less.

    Time stamps prove nothing; the words do (DESIGN 8.8). What every page repeats (headers,
    footers, numbers, the first row of a table that goes on) may stand more often; a sentence that
    was since taken out may not stand.
    """
    from pypdfium2 import PdfiumError

    try:
        if words.missing_words(docx, pdf):
            return False
        reader = open_word(docx)
        repeated = words.furniture_words(reader, [part.name for part in reader.furniture()])
        repeated += words.heading_rows(reader)
        said, often = words.docx_words(docx), {word.casefold() for word in repeated}
        more = unmatched(words.pdf_words(pdf), said)
    except (ConversionError, PdfiumError):
        return False
    return not [w for w in more if w.casefold() not in often and not _LABEL.fullmatch(w)]


def unused(desk: Desk, papers: Sequence[Paper], made: Mapping[str, Pdf]) -> list[Finding]:
    """Return a finding for each PDF of somebody else's that says something else, and is kept."""
    found = []
    for name in (pdf_name(p.name) for p in papers if p.name in made):
        paper = str(Path(name).with_suffix(".docx"))
        theirs = desk.case.hand(name) in {Hand.UNKNOWN, Hand.EDITED}
        if theirs and made[paper].maker != _YOU:
            found.append(
                Finding(
                    code="F003",
                    severity=Severity.WARN,
                    message=f"{name} is not nkdocs' own and does not say what {paper} says; "
                    "it is kept, and not used",
                    place=Place(f"out/{name}"),
                    subject=name,
                    hint="Save the document from Word as PDF anew, or move that PDF away.",
                )
            )
    return found

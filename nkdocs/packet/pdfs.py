"""Papers as PDF: the one someone saved from Word when it says the same, else a converter's."""

from collections.abc import Sequence
from pathlib import Path

from nkdocs.case import Hand
from nkdocs.convert import office, words
from nkdocs.convert.pdf import Converter, Pdf
from nkdocs.diagnostics import Finding, Severity, State, stop
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Paper


def pdf_name(paper: str) -> str:
    """Return the name of a paper's PDF in `out/`."""
    return str(Path(paper).with_suffix(".pdf"))


def converter(state: State) -> Converter:
    """Return LibreOffice when it is there; for a draft the embedded engine without it.

    Raises:
        MissingProgramError: it is not there, and only a draft can do without.
    """
    found = office.find_office()
    if found is not None:
        return office.Office(found)
    if state is not State.DRAFT:
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
    made = converter(state).convert(waiting) if waiting else {}
    return {**ready, **made}


def _own_pdf(desk: Desk, paper: Paper) -> Pdf | None:
    """Return the PDF that someone saved from Word, if its words are those of the document.

    Time stamps prove nothing; the words do (DESIGN 8.8).
    """
    name = pdf_name(paper.name)
    if desk.case.hand(name) not in {Hand.UNKNOWN, Hand.EDITED}:
        return None
    data = desk.case.read(f"out/{name}")
    same = not words.missing_words(paper.docx, data)
    return Pdf(data, "you, from Word") if same else None

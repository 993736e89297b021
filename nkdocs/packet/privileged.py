"""Internal papers reach no filing, whatever the file is called in which somebody lists them.

The audience of an exhibit is what its entry says. Here its file is looked at: results in `out/`
are never exhibits (DESIGN 8.8), and what bears the head of an internal paper, or the page that is
torn off a draft, is that paper, be it a copy, a print or a file saved from Word.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.bundle.faults import Note, finding
from nkdocs.bundle.intake import Prepared
from nkdocs.checks.facts import Found
from nkdocs.diagnostics import Finding, Severity, State
from nkdocs.documents import draft
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.packet.desk import Desk

_LONG = 30  # letters of a head by which a paper is known; "Confidential" alone names none


def results(desk: Desk, listed: Sequence[Exhibit]) -> list[Finding]:
    """Return a fault for each exhibit whose file stands in `out/`, by its path or by a link."""
    inside = desk.case.out.resolve()
    return [
        finding(Note("X117"), file=name, subject=exhibit.id)
        for exhibit in listed
        for name in (exhibit.file, exhibit.translation, exhibit.certificate)
        if name and _place(desk.case.folder / name).is_relative_to(inside)
    ]


def _place(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError, ValueError):  # a circle of links: intake says so
        return path


def within(desk: Desk, filing: Filing, prepared: Sequence[Prepared]) -> list[Finding]:
    """Return a finding for each exhibit of *filing* that is an internal paper of nkdocs' own."""
    heads = [draft.LEAD, *_heads(desk)]
    known = [_letters(head) for head in heads]
    return [
        forbidden(desk, filing, exhibit.id, "one of its pages says that it is an internal paper")
        for exhibit in prepared
        if exhibit.id in filing.exhibits
        and any(
            head in page
            for part in exhibit.parts
            for page in map(_letters, _texts(bytes(part.data), part.has_text))
            for head in known
        )
    ]


def forbidden(desk: Desk, filing: Filing, name: str, why: str) -> Finding:
    """Return the fault of an exhibit that no recipient may see; no office weighs it otherwise."""
    told = {"filing": filing.id, "document": name, "why": why}
    spot = ("exhibits", _number(desk, name))
    found = desk.worded(Found("L612", f"{filing.id}.{name}", spot, told))
    return replace(found, severity=Severity.ERROR, kind="block", counts=State.DRAFT)


def _number(desk: Desk, name: str) -> int:
    entries = desk.file.data.get("exhibits")
    listed = entries if isinstance(entries, list) else []
    return next((n for n, e in enumerate(listed) if isinstance(e, dict) and e.get("id") == name), 0)


def _heads(desk: Desk) -> Iterator[str]:
    """Yield what the page heads of internal papers say, as their templates have it."""
    for document in desk.catalogue.documents.values():
        for file in document.files:
            if file.audience == "internal":
                where, data = desk.shelf.template(document, file)
                word = WordFile.read(data, str(where))
                for part in word.story_parts():
                    if part.startswith("word/header"):
                        yield from _said(word, part)


def _said(word: WordFile, part: str) -> Iterator[str]:
    for paragraph in paragraphs(word.tree(part)):
        text = text_of(paragraph)
        if "{{" not in text and "{%" not in text and len(_letters(text)) > _LONG:
            yield text


def _texts(data: bytes, has_text: Sequence[bool]) -> Iterator[str]:
    """Yield what each page says that says anything; a page in the middle may be the one."""
    if not any(has_text):
        return
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        for number in (n for n, has in enumerate(has_text) if has):
            page = pdf[number]
            yield str(page.get_textpage().get_text_bounded())
            page.close()
    finally:
        pdf.close()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()

"""What a Word file says, for the checks."""

import io

import docx
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX

from nkdocs.documents.told import comments, notes, numbered_paragraphs
from nkdocs.documents.wordfile import WordFile

NOTES = (
    b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:footnote w:id="-1"><w:p><w:r><w:t>-</w:t></w:r></w:p></w:footnote>'
    b'<w:footnote w:id="2"><w:p><w:r><w:t>Second.</w:t></w:r></w:p></w:footnote>'
    b'<w:footnote w:id="3"><w:p><w:r><w:t>First.</w:t></w:r></w:p></w:footnote></w:footnotes>'
)


def saved(document: Document) -> bytes:
    """Return the bytes of a document."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_come_with_the_number_that_they_print() -> None:
    """Headings print none; what is empty is left out."""
    document = docx.Document()
    for text, style in (("Head", "Heading 1"), ("One", "List Number"), ("", "Normal"),
                        ("Two", "List Number"), ("Free", "Normal")):  # fmt: skip
        document.add_paragraph(text, style)

    told = list(numbered_paragraphs(saved(document), "x"))

    assert told == [(0, "Head"), (1, "One"), (2, "Two"), (0, "Free")]


def test_question_in_a_blank_is_no_statement() -> None:
    """It would be taken for the paper's own words, law and all."""
    document = docx.Document()
    paragraph = document.add_paragraph("Relies on ")
    run = paragraph.add_run("[Is 22 USC 7842 relied on?]")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    paragraph.add_run(", for [sic] asylum.")

    told = list(numbered_paragraphs(saved(document), "x"))

    assert told == [(0, "Relies on […], for [sic] asylum.")]


def test_footnotes_come_in_the_order_in_which_they_are_called() -> None:
    """Their ids do not say it, and a separator is no note."""
    document = docx.Document()
    for number in ("3", "2"):
        run = document.add_paragraph("x").add_run()
        call = run._r.makeelement(f"{{{run._r.nsmap['w']}}}footnoteReference", {})  # noqa: SLF001 - python-docx has no notes
        call.set(f"{{{run._r.nsmap['w']}}}id", number)  # noqa: SLF001 - as above
        run._r.append(call)  # noqa: SLF001 - as above
    word = WordFile.read(saved(document), "x")
    word.parts["word/footnotes.xml"] = NOTES

    assert list(notes(word.data(), "x")) == ["First.", "Second."]
    assert list(notes(saved(docx.Document()), "x")) == []


def test_comments_are_counted() -> None:
    """None where there is no part for them."""
    document = docx.Document()
    run = document.add_paragraph("x").add_run("y")
    document.add_comment(run, text="ask her", author="", initials="")

    assert comments(saved(document), "x") == 1
    assert comments(saved(docx.Document()), "x") == 0

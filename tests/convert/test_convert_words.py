"""What a PDF says, and which of its pages lie on their side."""

from fpdf import FPDF

from nkdocs._resources import shipped
from nkdocs.convert.wordfile import open_word
from nkdocs.convert.words import heading_rows, pages_sideways, pdf_text


def written(*pages: str) -> bytes:
    """Return a PDF of one line on each page; one that begins with < lies on its side."""
    made = FPDF(format="letter")
    made.set_font("helvetica", size=11)
    for text in pages:
        made.add_page(orientation="landscape" if text.startswith("<") else "portrait")
        made.multi_cell(60, 6, text.lstrip("<"))
    return bytes(made.output())


def test_text_stands_on_one_line_with_its_punctuation() -> None:
    """Lines and pages make no difference."""
    letter = "The request was declined. It gave no reason, and named no document."

    said = pdf_text(written(letter, "Sincerely,"))

    assert said == f"{letter} Sincerely,"


def test_pages_on_their_side_are_counted() -> None:
    """By what a reader sees."""
    assert pages_sideways(written("a", "<b", "<c")) == 2


def test_row_that_a_table_repeats_on_its_pages_is_known() -> None:
    """A PDF shows it again on each page, which adds nothing to what the document says."""
    edition = shipped("templates") / "asylum-declaration/asylum-declaration-korean.docx"

    assert heading_rows(open_word(edition.read_bytes())) == ["English", "조선말"]

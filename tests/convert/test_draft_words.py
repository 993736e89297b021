"""The words of a Word file and of a PDF, and the proof that none is missing."""

import pytest
from docx.document import Document

from nkdocs.convert.draft.engine import DraftEngine
from nkdocs.convert.wordmatch import unmatched
from nkdocs.convert.words import docx_words, missing_words, pdf_words
from tests.convert.made_letters import add_field, append_xml, draw_letter, made_letter


def test_words_come_in_order_body_then_furniture() -> None:
    """Paragraphs and cells are read as they stand, header and footer after them."""

    def write(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "Head"
        document.add_paragraph("First")
        cells = document.add_table(rows=1, cols=2).rows[0].cells
        cells[0].text, cells[1].text = "left", "right"
        document.add_paragraph("Last")

    assert docx_words(made_letter(write)) == ["First", "left", "right", "Last", "Head"]


def test_what_is_not_visible_is_no_word() -> None:
    """Deletions, hidden text and the stored value of a page number are left out."""

    def write(document: Document) -> None:
        append_xml(
            document,
            "<w:p><w:r><w:t>seen</w:t></w:r><w:del><w:r><w:delText>cut</w:delText></w:r></w:del>"
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>",
        )
        add_field(document.add_paragraph("page "), "PAGE")

    assert docx_words(made_letter(write)) == ["seen", "page"]


def test_the_result_of_another_field_is_read() -> None:
    """A date field counts with the text Word stored for it."""
    data = made_letter(lambda d: add_field(d.add_paragraph("dated "), "DATE"))

    assert docx_words(data) == ["dated", "99"]


def test_a_header_no_page_shows_is_not_missed() -> None:
    """A one-page letter with a different first page needs only the first header."""

    def write(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Letterhead"
        section.header.paragraphs[0].text = "Continuation"
        document.add_paragraph("Short")

    letter = made_letter(write)
    drawn = DraftEngine().convert({"a": letter})["a"]

    assert missing_words(letter, drawn.data) == []
    assert "Letterhead" in pdf_words(drawn.data)


def test_a_missing_word_is_found() -> None:
    """A word the PDF says once but the letter twice is missing once."""
    letter = made_letter(lambda d: d.add_paragraph("the truth, the whole truth"))
    drawn = draw_letter(lambda d: d.add_paragraph("the whole truth"))

    assert missing_words(letter, drawn.data) == ["the", "truth"]


@pytest.mark.parametrize(
    ("needed", "present"),
    [
        pytest.param(["NonEssential"], ["non", "essential"], id="cut-by-a-line"),
        pytest.param(["one", "two"], ["onetwo"], id="touching"),
        pytest.param(["ﬁnal"], ["final"], id="ligature"),
        pytest.param(["한국"], ["\u1112\u1161\u11ab\u1100\u116e\u11a8"], id="decomposed"),
        pytest.param(["Smith"], ["SMITH"], id="capitals"),
        pytest.param(["שלום"], ["םולש"], id="right-to-left"),
        pytest.param(["한국어"], ["한국", "Page", "2", "어"], id="cut-by-a-page"),
        pytest.param(["Claim", "so"], ["Claim12so"], id="note-between"),
        pytest.param(["abcdef"], ["x", "ab", "cd", "ef", "y"], id="cut-twice"),
    ],
)
def test_the_form_of_a_word_makes_no_difference(needed: list[str], present: list[str]) -> None:
    """Breaks, ligatures, capitals and direction hide no word."""
    assert unmatched(needed, present) == []


@pytest.mark.parametrize(
    ("needed", "present", "lost"),
    [
        pytest.param(["no", "now"], ["now"], ["no"], id="part-of-another-word"),
        pytest.param(["in", "to", "into"], ["in", "to"], ["into"], id="pieces-that-are-needed"),
        pytest.param(["a", "a"], ["a"], ["a"], id="once-instead-of-twice"),
        pytest.param(["ab"], ["a", *["x"] * 90, "b"], ["ab"], id="pieces-far-apart"),
        pytest.param(["ab"], ["b", "a"], ["ab"], id="pieces-in-another-order"),
    ],
)
def test_one_word_does_not_stand_in_for_another(
    needed: list[str], present: list[str], lost: list[str]
) -> None:
    """A word is found in others' pieces only when nothing else needs these."""
    assert unmatched(needed, present) == lost

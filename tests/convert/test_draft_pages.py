"""What stands on which page of a draft: numbers, headers, sections, tables."""

import pypdfium2
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Inches

from tests.convert.made_letters import add_field, box_of, break_page, draw_letter, texts_of


def test_a_cite_is_found_whole_in_justified_text() -> None:
    """Fixed spaces hold the cite on one line and do not stretch."""
    cite = "Tab\u00a0C\u00a0at\u00a041"

    def write(document: Document) -> None:
        paragraph = document.add_paragraph("The record shows it; see ")
        paragraph.add_run("Tab\u00a0C")
        paragraph.add_run("\u00a0at\u00a041. " + "More words follow in this sentence. " * 8)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY

    left, top, right, bottom = box_of(draw_letter(write), cite)

    assert 40 < right - left < 70
    assert bottom - top < 12


def test_numbers_of_headings_and_lists_are_counted() -> None:
    """Numbered paragraphs count on; each list item keeps its number before its text."""
    items = ("Alpha", "Beta")

    drawn = draw_letter(lambda d: [d.add_paragraph(item, style="List Number") for item in items])

    assert texts_of(drawn)[0].splitlines() == ["1. Alpha", "2. Beta"]


def test_a_list_number_does_not_stand_in_for_a_word() -> None:
    """The proof asks for the list's own numbers on top of the words of the text."""
    drawn = draw_letter(lambda d: d.add_paragraph("1 2 3", style="List Number"))

    assert texts_of(drawn)[0] == "1. 1 2 3"


def test_page_numbers_are_counted_anew() -> None:
    """PAGE and NUMPAGES have the draft's values, not those Word stored."""

    def write(document: Document) -> None:
        footer = document.sections[0].footer.paragraphs[0]
        footer.add_run("Page ")
        add_field(footer, "PAGE")
        footer.add_run(" of ")
        add_field(footer, "NUMPAGES")
        document.add_paragraph("One")
        break_page(document)
        document.add_paragraph("Two")

    pages = texts_of(draw_letter(write))

    assert [page.splitlines()[-1] for page in pages] == ["Page 1 of 2", "Page 2 of 2"]


def test_a_field_in_the_body_says_the_page_it_stands_on() -> None:
    """A PAGE field of the text is bound when its page is known."""

    def write(document: Document) -> None:
        break_page(document)
        paragraph = document.add_paragraph("This is page ")
        add_field(paragraph, "PAGE")

    assert texts_of(draw_letter(write))[1] == "This is page 2"


def test_a_letterhead_stands_on_the_first_page_only() -> None:
    """A section with a different first page has its own header there."""

    def write(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.first_page_header.paragraphs[0].text = "Letterhead"
        section.header.paragraphs[0].text = "Continuation"
        document.add_paragraph("One")
        break_page(document)
        document.add_paragraph("Two")

    pages = texts_of(draw_letter(write))

    assert [page.splitlines()[0] for page in pages] == ["Letterhead", "Continuation"]


def test_a_new_section_brings_its_paper_and_header() -> None:
    """A landscape section follows, with its own header and page numbers from one."""

    def write(document: Document) -> None:
        document.add_paragraph("Upright")
        section = document.add_section(WD_SECTION.NEW_PAGE)
        section.page_width, section.page_height = Inches(11), Inches(8.5)
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].text = "Annex"
        document.add_paragraph("Lying")

    drawn = draw_letter(write)

    document = pypdfium2.PdfDocument(drawn.data)
    assert [page.get_size() for page in document] == [(612.0, 792.0), (792.0, 612.0)]
    assert texts_of(drawn) == ["Upright", "Annex\nLying"]


def test_a_heading_goes_to_the_page_of_its_text() -> None:
    """Keep-with-next moves a heading that would end a page."""

    def write(document: Document) -> None:
        for count in range(200):
            document.add_heading(f"Heading {count}", 2)
            document.add_paragraph(f"Text {count}")

    pages = texts_of(draw_letter(write))

    assert len(pages) > 5
    assert all(page.splitlines()[-1].startswith("Text") for page in pages)


def test_no_single_line_is_left_alone() -> None:
    """Widow control leaves at least two lines of a paragraph on either side of a page's end."""
    drawn = draw_letter(
        lambda d: [d.add_paragraph(f"p{count} " * (80 + count)) for count in range(30)]
    )

    pages = [page.splitlines() for page in texts_of(drawn)]
    assert len(pages) > 2
    for lines in pages:
        first, last = lines[0].split()[0], lines[-1].split()[0]
        assert sum(line.split()[0] == first for line in lines) >= 2
        assert sum(line.split()[0] == last for line in lines) >= 2


def test_header_rows_stand_again_on_each_page() -> None:
    """A long table repeats its header row; every row keeps its cells side by side."""

    def write(document: Document) -> None:
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Date", "Event"
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
        for count in range(80):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = f"Day {count}", f"Event {count}"

    pages = texts_of(draw_letter(write))

    assert len(pages) > 1
    assert all(page.splitlines()[0] == "Date Event" for page in pages)
    assert "Day 79 Event 79" in pages[-1]


def test_a_row_higher_than_a_page_is_cut() -> None:
    """No word of a very long cell falls off the page."""
    story = " ".join(f"w{count}" for count in range(2500))

    def write(document: Document) -> None:
        table = document.add_table(rows=1, cols=1, style="Table Grid")
        table.rows[0].cells[0].text = story

    pages = texts_of(draw_letter(write))

    assert len(pages) > 2
    assert " ".join(pages).split() == story.split()


def test_a_table_in_a_cell_goes_over_pages() -> None:
    """The rows of an inner table move to the next page one by one."""

    def write(document: Document) -> None:
        outer = document.add_table(rows=1, cols=1, style="Table Grid")
        inner = outer.rows[0].cells[0].add_table(rows=90, cols=1)
        for count, row in enumerate(inner.rows):
            row.cells[0].text = f"inner {count}"

    drawn = draw_letter(write)

    assert len(texts_of(drawn)) > 1

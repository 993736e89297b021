"""Marks become what they stand for: blanks, cites, named paragraphs."""

import pytest

from nkdocs.documents import marks
from nkdocs.documents.marks import names, numbered_texts
from nkdocs.documents.wordfile import BODY, W, WordFile, text_of
from tests.documents.letters import filled, said, template

EVENTS = """
events:
- {id: arrest-2006, when: winter 2006, told: One.}
- {id: released-2007, when: January 2007, told: Two.}
"""
LOOP = ("{%p for e in events %}", "Numbered Paragraph| {{ mark(e.id) }}{{ e.told }}",
        "{%p endfor %}")  # fmt: skip


def test_a_named_paragraph_is_found_by_its_number() -> None:
    """The name is a bookmark of Word's, which editing keeps; it prints nothing."""
    made = filled(template("Numbered Paragraph| First.", *LOOP), EVENTS)

    assert dict(made.names) == {"arrest-2006": 2, "released-2007": 3}
    assert said(made.docx) == ["First.", "One.", "Two."]
    assert names(WordFile.read(made.docx, "x")) == dict(made.names)


def test_a_paragraph_put_before_moves_the_numbers() -> None:
    """The numbers are read from the file as it is, not remembered."""
    word = WordFile.read(filled(template(*LOOP), EVENTS).docx, "x")
    first = next(word.tree("word/document.xml").iter(f"{W}p"))
    new = first.makeelement(first.tag)
    new.append(first.find(f"{W}pPr").__copy__())
    first.addprevious(new)

    assert names(word) == {"arrest-2006": 2, "released-2007": 3}
    assert numbered_texts(word) == {1: "", 2: "One.", 3: "Two."}


def test_a_name_without_a_number_is_not_invented() -> None:
    """A mark in an unnumbered paragraph names nothing that could be cited."""
    made = filled(template("{{ mark('arrest-2006') }}Text."))

    assert dict(made.names) == {}


@pytest.mark.parametrize("typed", ["{_{ x }_}", "{_% x %_}", "}_}", "a{_b", "%_}"])
def test_what_docxtpl_reads_as_an_escape_is_kept(typed: str) -> None:
    """And the text is whole again when the marks are gone."""
    assert marks.plain(marks.kept(typed)) == typed


def test_formatting_of_a_run_is_kept_around_a_blank() -> None:
    """Bold text with a gap in it stays bold on both sides; the gap alone is yellow."""
    made = filled(template("<b>Court: {{ case.court }}, here</b>")).docx

    runs = list(WordFile.read(made, "x").tree("word/document.xml").iter(f"{W}r"))
    assert len(runs) == 3
    assert all(r.find(f"{W}rPr/{W}b") is not None for r in runs)
    assert [r.find(f"{W}rPr/{W}highlight") is not None for r in runs] == [False, True, False]


@pytest.mark.parametrize("beside", ["A letter.", "{{ case.court }}"], ids=["whole", "with a blank"])
def test_cell_whose_paragraphs_all_fall_away_keeps_one(beside: str) -> None:
    """Word refuses a cell without a paragraph (ECMA-376 part 1, 17.4.65), whatever else is open."""
    word = template(
        beside, "[table Ruled Table: 4000 4000]", "[row]", "{%p if case.detained %}", "Body| Held.",
        "{%p endif %}", "[cell]", "Body| Beside it.", "[end]", "The end.",
    )  # fmt: skip

    docx = filled(word, "case: {detained: no}").docx
    body = WordFile.read(docx, "x").tree(BODY)

    cells = list(body.iter(f"{W}tc"))
    assert ["".join(map(text_of, cell.iter(f"{W}p"))) for cell in cells] == ["", "Beside it."]
    assert all(cell[-1].tag == f"{W}p" for cell in cells)

"""What only a draft carries, and that it goes again."""

import pytest
from lxml import etree

from nkdocs.documents.draft import MARK, Note
from nkdocs.documents.edited import leftovers, torn_off, unmark
from nkdocs.documents.fill import as_draft
from nkdocs.documents.places import find
from nkdocs.documents.wordfile import BODY, W, WordFile
from tests.documents.letters import changed, filled, members, said, template

NOTES = [Note("Open questions", "case.court is open", "a.yaml:3"), Note("Found", "L202 <x> & y")]


def letter(*, header: str = "Head") -> bytes:
    """Return a filled letter."""
    return filled(template("A letter.", header=header)).docx


def headers(docx: bytes) -> list[str]:
    """Return what the headers say."""
    names = sorted(n for n in members(docx) if n.startswith("word/header"))
    return [t for n in names for t in said(docx, n)]


def test_the_first_page_lists_what_is_open_under_its_heading() -> None:
    """As typed, signs of XML too; the letter follows on a page of its own."""
    lines = said(as_draft(letter(), NOTES, "A letter"))

    assert lines[0] == MARK
    assert "Open questions" in lines
    assert "case.court is open  a.yaml:3" in lines
    assert "L202 <x> & y" in lines
    assert lines[-1] == "A letter."


def test_in_a_filing_there_is_no_such_page() -> None:
    """Without notes only the mark on every page."""
    docx = as_draft(letter(), None, "A letter")

    assert said(docx) == ["A letter."]
    assert headers(docx) == [MARK, "Head"]


def test_it_is_torn_off_whatever_was_edited_in_it() -> None:
    """Even without its first line."""
    docx = as_draft(letter(), NOTES, "A letter")
    word = WordFile.read(docx, "x")
    first = next(word.tree("word/document.xml").iter(f"{W}p"))
    first.getparent().remove(first)

    assert said(torn_off(word.data(), "x")) == ["A letter."]
    assert said(torn_off(docx, "x")) == ["A letter."]


def test_the_final_bears_no_mark() -> None:
    """Headers and body are as they were; a header of ours stays, empty."""
    for header in ("Head", ""):
        plain = letter(header=header)
        docx = unmark(as_draft(plain, NOTES, "A letter"), "x")

        assert said(docx) == ["A letter."]
        assert [h for h in headers(docx) if h] == ([header] if header else [])
        assert list(leftovers(docx, "x")) == []


def test_a_letter_that_is_no_draft_loses_nothing() -> None:
    """Unmarking takes out our marks only, also where the letter has several sections."""
    plain = changed(
        filled(template("One.", "Two.")).docx, "word/document.xml", "</w:pPr>",
        "<w:sectPr/></w:pPr>",
    )  # fmt: skip

    assert said(unmark(plain, "x")) == ["One.", "Two."]


def test_what_becomes_a_draft_stays_as_it_was() -> None:
    """The clean copy is made of the same letter, before or after, the same bytes."""
    made = filled(template("A letter.", header="Head"))
    plain = as_draft(made.docx, NOTES, "A letter")

    assert as_draft(made.members, NOTES, "A letter") == plain
    assert as_draft(made.members, None, "A letter") == as_draft(made.docx, None, "A letter")
    assert made.docx == letter()


SECTION = "<w:sectPr><w:titlePg/><w:pgSz w:w='9'/></w:sectPr></w:pPr>"


@pytest.mark.parametrize("notes", [None, [], NOTES])
@pytest.mark.parametrize(
    "plain",
    [
        pytest.param(letter(), id="header"),
        pytest.param(letter(header=""), id="no-header"),
        pytest.param(changed(letter(), BODY, "</w:pPr>", "<w:sectPr/></w:pPr>"), id="empty"),
        pytest.param(changed(letter(), BODY, "</w:pPr>", SECTION), id="sections"),
    ],
)
def test_it_is_the_same_however_the_letter_is_written(
    plain: bytes, notes: list[Note] | None
) -> None:
    """A part in another form than a filling writes is parsed: equal XML, with or without."""
    other = changed(plain, BODY, "<w:p>", "<!-- so that it is parsed --><w:p>")
    assert find(members(plain)[BODY]) or "<w:sectPr/>" in members(plain)[BODY].decode()
    assert find(members(other)[BODY]) is None

    texts, tree = (members(as_draft(docx, notes, "A & B")) for docx in (plain, other))

    assert texts.keys() == tree.keys()
    assert [n for n in texts if n.endswith((".xml", ".rels")) and _differ(texts[n], tree[n])] == []


def _differ(one: bytes, other: bytes) -> bool:
    """Whether two parts differ, comments aside."""
    return bool(etree.canonicalize(one.decode()) != etree.canonicalize(other.decode()))

"""The draft engine as the rest of nkdocs uses it: what it says, refuses and proves."""

import pypdfium2
import pytest
from docx.document import Document

from nkdocs.convert.draft.drawing import MARK
from nkdocs.convert.draft.engine import DraftEngine
from nkdocs.errors import ConversionError
from tests.convert.made_letters import break_page, draw_letter, made_letter, texts_of


def test_every_page_says_that_it_is_a_draft() -> None:
    """The mark stands once on each page, as text."""

    def write(document: Document) -> None:
        document.add_paragraph("One")
        break_page(document)
        document.add_paragraph("Two")

    drawn = draw_letter(write)

    document = pypdfium2.PdfDocument(drawn.data)
    texts = [page.get_textpage().get_text_range() for page in document]
    assert [text.count(MARK) for text in texts] == [1, 1]
    assert drawn.draft
    assert drawn.maker == "the draft engine"


def test_the_same_letter_gives_the_same_bytes() -> None:
    """Nothing of the machine, the hour or the order goes into the file."""
    data = made_letter(lambda d: d.add_paragraph("Dear Counsel: 안녕하십니까"))

    one = DraftEngine().convert({"a": data})["a"]
    first = made_letter(lambda d: d.add_paragraph("x"))
    other = DraftEngine().convert({"first": first, "a": data})["a"]

    assert one.data == other.data


def test_korean_is_drawn_without_a_font_of_the_machine() -> None:
    """Hangul comes out as text, whole words on one line, also decomposed ones."""
    drawn = draw_letter(lambda d: d.add_paragraph("서윤희 씨는 김하늘 (\u1112\u1161\u11ab) 님"))

    assert "서윤희 씨는 김하늘 (한) 님" in texts_of(drawn)[0]
    assert drawn.lost == ()


def test_old_word_files_are_refused_with_the_way_out() -> None:
    """A .doc is named, and the person is told to save it anew."""
    with pytest.raises(ConversionError, match=r"intake: this is an old Word file") as caught:
        DraftEngine().convert({"intake": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)})

    assert "save it as .docx" in caught.value.hint


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"%PDF-1.7", id="a-pdf"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"PK\x05\x06" + bytes(18), id="an-empty-zip"),
    ],
)
def test_what_is_no_word_file_is_refused(data: bytes) -> None:
    """Anything else gives one error that names the document."""
    with pytest.raises(ConversionError, match=r"scan: this is no Word file"):
        DraftEngine().convert({"scan": data})


def test_all_faulty_documents_are_named_in_one_run() -> None:
    """Two broken documents give one error with both names."""
    sound = made_letter(lambda d: d.add_paragraph("z"))

    with pytest.raises(ConversionError, match=r"2 of 3") as caught:
        DraftEngine().convert({"a": b"x", "b": b"y", "c": sound})

    assert [str(fault)[:2] for fault in caught.value.faults] == ["a:", "b:"]

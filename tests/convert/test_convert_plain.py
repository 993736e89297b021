"""Plain text becomes PDF pages."""

import pypdfium2
import pytest

from nkdocs.convert.plain import text_pages
from nkdocs.errors import ExhibitError


def _pages(pdf: bytes) -> list[str]:
    doc = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in doc]
    finally:
        doc.close()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("김우심, Café".encode(), "utf-8"),
        ("\ufeff김우심, Café".encode(), "utf-8"),
        ("김우심, Café".encode("utf-16"), "utf-16"),
        ("김우심, Cafe".encode("cp949"), "cp949"),
    ],
)
def test_text_is_read_in_the_encodings_people_have(data: bytes, encoding: str) -> None:
    """UTF-8, with and without mark, UTF-16, and Korean Windows."""
    made = text_pages(data)

    assert made.encoding == encoding
    assert _pages(made.pdf)[0].startswith("김우심, Caf")


def test_long_text_is_broken_and_not_cut() -> None:
    """Lines wrap, pages follow, every word is there."""
    words = [f"word{i}" for i in range(3000)]

    pages = _pages(text_pages(" ".join(words).encode()).pdf)

    assert len(pages) > 3
    assert "".join("".join(pages).split()) == "".join(words)


def test_character_without_glyph_is_told() -> None:
    """What our fonts lack is named by its number, not printed as a box."""
    assert text_pages("漢字 a".encode()).lost == ("U+5B57", "U+6F22")


def test_sign_without_glyph_is_printed_by_name() -> None:
    """A face in a message is evidence too; what has no shape is left out, and told."""
    made = text_pages("I am fine \U0001f600\ufe0f, 괜찮아요 \u2764.".encode())

    text = " ".join(_pages(made.pdf)[0].split())
    assert text == "I am fine [U+1F600 GRINNING FACE], 괜찮아요 [U+2764 HEAVY BLACK HEART]."
    assert made.lost == ()
    assert made.named == (
        "U+2764 HEAVY BLACK HEART", "U+FE0F VARIATION SELECTOR-16", "U+1F600 GRINNING FACE"
    )  # fmt: skip


def test_few_letters_of_another_script_are_printed_by_number() -> None:
    """A name in Chinese among English words stops nothing; a text in Chinese does."""
    made = text_pages("Mr. 李明 wrote to the office about the interview.".encode())

    assert "Mr. [U+674E][U+660E] wrote" in " ".join(_pages(made.pdf)[0].split())
    assert (made.lost, made.named) == ((), ("U+660E", "U+674E"))


def test_no_text_is_refused() -> None:
    """Bytes in no known encoding are a fault."""
    with pytest.raises(ExhibitError):
        text_pages(b"\xff\x00\xfe\x81")


def test_same_text_gives_the_same_bytes() -> None:
    """No clock is in the PDF."""
    assert text_pages(b"Hi").pdf == text_pages(b"Hi").pdf


def test_a_line_after_hangul_is_drawn() -> None:
    """Each line has its own face, whatever the line before ended with."""
    text = "안녕하세요\nPage 12 of 34 hello\n한글 and English 한글\nthe end"

    shown = " ".join(" ".join(_pages(text_pages(text.encode()).pdf)).split())

    assert shown == "안녕하세요 Page 12 of 34 hello 한글 and English 한글 the end"

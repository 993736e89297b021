"""What can be read on pages: words, blank sheets, turned text."""

import io

import pytest
from fpdf import FPDF
from PIL import Image

from nkdocs.convert.readable import read_pages
from tests.bundle.made import closed

WORDS = "My name is Seo and I live with my son in Fairmont, where I sing in a choir on Sundays."


def page(angle: int = 0, text: str = WORDS, picture: Image.Image | None = None) -> bytes:
    """Return a PDF of one page with turned text, or a picture, or nothing."""
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=12)
    drawn.add_page()
    if text:
        with drawn.rotation(angle, 300, 400):
            drawn.text(100, 400, text)
    if picture:
        held = io.BytesIO()
        picture.save(held, "PNG")
        drawn.image(held, 0, 0, 612, 792)
    return closed(drawn)


@pytest.mark.parametrize(("angle", "turned"), [(0, False), (5, False), (90, True), (180, True)])
def test_turned_text_is_seen(angle: int, *, turned: bool) -> None:
    """A tilted scan is upright."""
    (read,) = read_pages(page(angle), [True])

    assert read.turned is turned
    assert angle or "choir on Sundays" in read.text


def test_few_words_along_the_margin_turn_no_page() -> None:
    """A stamp, say."""
    (read,) = read_pages(page(90, "Tab C"), [True])

    assert not read.turned


@pytest.mark.parametrize(
    ("picture", "blank"),
    [
        (None, True),
        (Image.new("L", (850, 1100), 250), True),
        (Image.linear_gradient("L"), False),
    ],
    ids=["nothing", "an-empty-sheet", "a-picture"],
)
def test_blank_sheet_is_seen(picture: Image.Image | None, *, blank: bool) -> None:
    """Whether nothing is drawn, or the scan of nothing."""
    (read,) = read_pages(page(text="", picture=picture), [False])

    assert read.blank is blank


def test_drawing_without_words_is_not_blank() -> None:
    """Letters drawn as lines have no text."""
    drawn = FPDF(unit="pt", format="letter")
    drawn.add_page()
    drawn.line(72, 72, 300, 300)
    (read,) = read_pages(closed(drawn), [False])

    assert not read.blank


def boxed(fill: int, *, under: bool = True, scan: bool = False) -> bytes:
    """Return a page with words and a filled box over them, or first the box."""
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=12)
    drawn.add_page()
    drawn.set_fill_color(fill)
    if scan:  # words of a text layer below the picture of a page
        drawn.text(100, 400, WORDS)
        held = io.BytesIO()
        Image.effect_noise((850, 1100), 80).save(held, "PNG")
        drawn.image(held, 0, 0, 612, 792)
        return closed(drawn)
    if under:
        drawn.text(100, 400, WORDS)
    drawn.rect(90, 380, 300, 30, style="F")
    if not under:
        drawn.set_text_color(255 - fill)
        drawn.text(100, 400, WORDS)
    return closed(drawn)


@pytest.mark.parametrize(
    ("pdf", "covered"),
    [
        pytest.param(boxed(0), True, id="black-box"),
        pytest.param(boxed(255), True, id="white-box"),
        pytest.param(boxed(0, under=False), False, id="white-on-black"),
        pytest.param(boxed(230, under=False), False, id="shaded-table"),
        pytest.param(boxed(0, scan=True), False, id="scan-with-text-layer"),
        pytest.param(page(), False, id="plain"),
    ],
)
def test_text_below_a_box_is_seen(pdf: bytes, *, covered: bool) -> None:
    """L806: the eye sees a box, and a search sees the words below; a scan's text layer is fine."""
    (read,) = read_pages(pdf, [True])

    assert read.covered is covered

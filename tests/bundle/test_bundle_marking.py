"""Redactions are burnt in and verified; passages are marked as the venue wants it."""

import io

import pikepdf
import pypdfium2
import pytest

from nkdocs.answers.entries import Exhibit
from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.hygiene import clean
from nkdocs.bundle.intake import prepare
from nkdocs.bundle.marking import Marking, Spot
from tests.bundle.crafted import document, page_with, saved, texts

WORDS = "the sister in Hoeryong"


def _dark(pdf: bytes, x: float, y: float, page: int = 0) -> tuple[int, int, int]:
    """Return the colour at a point of a page, in points from its lower left corner."""
    doc = pypdfium2.PdfDocument(pdf)
    try:
        shown = doc[page].render(scale=1).to_pil().convert("RGB")
        colour = shown.getpixel((int(x), int(shown.height - y)))
    finally:
        doc.close()
    assert isinstance(colour, tuple)
    return colour[0], colour[1], colour[2]


def test_redacted_words_are_gone_from_the_file() -> None:
    """The page is a picture, black where they stood; no stream of the file holds them."""
    data = saved(document(f"I saw {WORDS} there", "another page"))

    made = clean(data, marking=Marking(redact=(Spot(1, text=WORDS),)))

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        streams = b"".join(o.read_bytes() for o in pdf.objects
                           if isinstance(o, pikepdf.Stream) and "/Width" not in o)  # fmt: skip
    assert b"Hoeryong" not in streams + made.data
    assert texts(made.data)[0].strip() == ""
    assert "another page" in texts(made.data)[1]
    assert (made.has_text, [n.code for n in made.notes]) == ((False, True), ["X317"])
    assert _dark(made.data, 200, 706) == (0, 0, 0)


def test_words_that_stand_on_another_page_too_are_told() -> None:
    """The page is named, never the words."""
    data = saved(document(WORDS, f"and {WORDS} again"))

    made = clean(data, marking=Marking(redact=(Spot(1, text=WORDS),)))

    assert [(n.code, n.detail) for n in made.notes] == [("X317", "1"), ("X318", "2")]


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_box_is_where_people_see_it(rotate: int) -> None:
    """On a page of another size that is turned and cropped."""
    box = (20.0, 30.0, 120.0, 80.0)
    page = page_with("[0 0 842 1191]", f"/Rotate {rotate} /CropBox [0 0 842 1191]")

    made = clean(page, marking=Marking(redact=(Spot(1, box=box),)))

    wide, high = (1191, 842) if rotate % 180 else (842, 1191)
    paper = (792, 612) if rotate % 180 else (612, 792)
    scale = min(paper[0] / wide, paper[1] / high)
    x, y = (paper[0] - wide * scale) / 2 + 70 * scale, (paper[1] - high * scale) / 2 + 55 * scale
    assert _dark(made.data, x, y) == (0, 0, 0)
    assert _dark(made.data, x + 100 * scale, y) == (255, 255, 255)


def test_words_that_are_not_there_stop_the_exhibit() -> None:
    """A redaction that does nothing would be believed; so would a mark."""
    data = saved(document("a page"))

    for marking, code in (
        (Marking(redact=(Spot(1, text=WORDS),)), "X219"),
        (Marking(marks=(Spot(1, text=WORDS),)), "X220"),
        (Marking(redact=(Spot(4, text="a"),)), "X218"),
    ):
        with pytest.raises(UnusableError) as caught:
            clean(data, marking=marking)
        assert caught.value.note.code == code
        assert WORDS not in caught.value.note.detail


def test_marks_are_a_highlight_or_a_box() -> None:
    """Yellow where a venue takes it, a black box and a bar where it scans in black and white."""
    data = saved(document("punished upon return"))

    yellow = clean(data, marking=Marking(marks=(Spot(1, text="upon"),)))
    boxed = clean(data, marking=Marking(marks=(Spot(1, text="upon"),), style="box"))

    colours = {_dark(yellow.data, x, 706) for x in range(72, 320)}
    grey = {_dark(boxed.data, x, 706) for x in range(60, 320)}
    assert any(r > 240 and b < 140 for r, _, b in colours)
    assert all(abs(r - b) < 12 for r, _, b in grey)
    assert "punished upon return" in texts(yellow.data)[0]


def test_entry_reaches_the_page(tmp_path: object) -> None:
    """As it is written in the answers, through the child that opens files."""
    from pathlib import Path

    folder = Path(str(tmp_path))
    (folder / "a.pdf").write_bytes(saved(document(f"I saw {WORDS}")))
    exhibit = Exhibit.checked(
        {"id": "a", "title": "A", "file": "a.pdf", "redact": [{"page": "1", "text": WORDS}]}
    )

    made = prepare([exhibit], folder, converter=None)

    assert [f.code for f in made.findings] == ["X317", "X302"]
    assert "Hoeryong" not in texts(made.prepared[0].parts[0].data)[0]
    with pytest.raises(ValueError, match="either a box"):
        Exhibit.checked(
            {"id": "a", "title": "A", "file": "a.pdf", "redact": [{"page": "1"}]}
        )

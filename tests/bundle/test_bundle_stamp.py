"""The stamp at the foot of a page."""

import functools
import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from nkdocs.bundle import stamp
from nkdocs.bundle.feet import feet
from nkdocs.bundle.pages import build_bundle
from nkdocs.bundle.stamp import Stamp
from tests.bundle.made import binding, exhibit, raw

FIRST = 3  # of the bundle's pages, from 0: after cover, index and tab sheet
TEXT = b"BT /F1 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n"
FONT = pikepdf.Dictionary(
    Font=pikepdf.Dictionary(
        F1=pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
)


def stamped(data: bytes, pages: int = 1) -> bytes:
    """Return a bundle of one exhibit."""
    return build_bundle([exhibit("e", pages, data)], binding()).data


def foot(data: bytes, page: int) -> Image.Image:
    """Return the foot of a page as people see it, one pixel a point."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        seen: Image.Image = pdf[page].render(scale=1).to_pil().convert("L")
    finally:
        pdf.close()
    middle = seen.width // 2
    return seen.crop((middle - 40, seen.height - 40, middle + 40, seen.height))


@functools.cache
def upright(box: tuple[int, int, int, int]) -> Image.Image:
    """Return the foot of a page that is not turned."""
    keys = {"/CropBox": pikepdf.Array(box), "/Resources": FONT}
    return foot(stamped(raw([b""], page=keys)), FIRST)


@pytest.mark.parametrize("box", [(0, 0, 612, 792), (30, 50, 582, 742)], ids=["whole", "cropped"])
@pytest.mark.parametrize("turned", [90, 180, 270, -90, 450])
def test_number_is_upright_at_the_foot_however_the_page_is_turned(
    turned: int, box: tuple[int, int, int, int]
) -> None:
    """It looks as on a page that is not turned."""
    keys = {"/CropBox": pikepdf.Array(box), "/Resources": FONT}

    plain = upright(box)
    seen = foot(stamped(raw([b""], page={**keys, "/Rotate": turned})), FIRST)

    difference = ImageChops.difference(plain, seen)
    assert min(plain.tobytes()) < 100
    assert sum(difference.tobytes()) < 0.1 * sum(255 - v for v in plain.tobytes())


def test_pages_that_share_a_stream_get_their_own_numbers() -> None:
    """Three pages of one content stream show 4, 5 and 6, each once."""
    data = stamped(raw([b"0 0 m 10 10 l S\n"] * 3, share=True), 3)

    pdf = pypdfium2.PdfDocument(data)
    seen = [pdf[n].get_textpage().get_text_bounded().split() for n in range(FIRST, FIRST + 3)]
    pdf.close()
    assert seen == [["4", "Tab", "A"], ["5", "Tab", "A"], ["6", "Tab", "A"]]


def test_unbalanced_content_does_not_move_the_number() -> None:
    """A page that leaves a `q` open and its space scaled is stamped like any other."""
    plain = foot(stamped(raw([b""])), FIRST)

    seen = foot(stamped(raw([b"q 0.5 0 0 0.5 100 100 cm\n"])), FIRST)

    assert list(seen.tobytes()) == list(plain.tobytes())


def test_page_without_content_is_stamped() -> None:
    """A blank page without /Contents and /Resources has a number."""
    made = pikepdf.new()
    leaf = made.add_blank_page(page_size=(612, 792))
    del leaf.obj.Contents
    out = io.BytesIO()
    made.save(out)

    seen = foot(stamped(out.getvalue()), FIRST)

    assert min(seen.tobytes()) < 100


def test_content_of_the_page_is_kept_byte_for_byte() -> None:
    """The streams between the first and the last are the exhibit's own."""
    content = b"%  odd \t spacing\n" + TEXT % (72, 700, b"kept")

    with pikepdf.open(io.BytesIO(stamped(raw([content], page={"/Resources": FONT})))) as pdf:
        streams = pdf.pages[FIRST].obj.Contents

        assert [s.read_bytes() for s in streams][1:-1] == [content]


def test_number_moves_where_text_stands_at_the_usual_height() -> None:
    """The exhibit's own page number, at the same place, is not covered."""
    content = TEXT % (303, stamp.UP, b"17")
    [foot] = feet(raw([content], page={"/Resources": FONT}))

    assert stamp.settled(Stamp(40), foot).up != stamp.UP


def test_tab_moves_the_stamp_as_the_number_does() -> None:
    """A footer at the right counts too."""
    content = TEXT % (540, stamp.UP, b"page 17")
    [foot] = feet(raw([content], page={"/Resources": FONT}))

    assert stamp.settled(Stamp(40), foot).up == stamp.UP
    assert stamp.settled(Stamp(40, "C"), foot).up != stamp.UP


def test_watermark_across_the_page_does_not_move_the_number() -> None:
    """The outline of slanted text reaches everywhere, its letters do not."""
    content = b"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 80 90 Tm (WATERMARK COPY) Tj ET\n"
    [foot] = feet(raw([content], page={"/Resources": FONT}))

    assert stamp.settled(Stamp(40), foot).up == stamp.UP


def test_text_behind_thousands_of_lines_is_seen() -> None:
    """The last of more drawn things than are asked for in a row still moves the number."""
    content = b"0 700 m 9 700 l S\n" * 5_001 + TEXT % (300, 20, b"9")

    [foot] = feet(raw([content], page={"/Resources": FONT}))
    [plain] = feet(raw([TEXT % (300, 20, b"9")], page={"/Resources": FONT}))

    assert stamp.settled(Stamp(12), foot).up != stamp.UP
    assert foot == plain


FULL = b"".join(TEXT % (30, y, b"every line is full of words " * 4) for y in range(2, 70, 12))


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_number_can_be_read_where_the_foot_is_full_of_text_and_is_reported(turned: int) -> None:
    """It stands on a white field with a frame as on an empty page; a finding names the page."""
    full = {
        0: FULL,
        90: b"0 1 -1 0 612 0 cm " + FULL,
        180: b"-1 0 0 -1 612 792 cm " + FULL,
        270: b"0 -1 1 0 0 792 cm " + FULL,
    }
    keys = {"/Resources": FONT, "/Rotate": turned}

    bundle = build_bundle([exhibit("e", 1, raw([full[turned]], page=keys))], binding())
    plain = stamped(raw([b""], page=keys))

    assert [(f.code, f.subject) for f in bundle.findings] == [("X603", "e")]
    assert bundle.findings[0].message.endswith("on page 4")
    field = (37, 14, 43, 23)  # within the frame
    seen, alone = (foot(data, FIRST).crop(field) for data in (bundle.data, plain))
    assert seen.tobytes() == alone.tobytes()
    assert min(alone.tobytes()) < 100


def test_number_goes_where_it_covers_nothing_though_the_tab_must() -> None:
    """The number before all: of heights that are taken, one whose middle is free."""
    tabs = b"".join(TEXT % (540, y, b"right") for y in range(2, 70, 6))
    low = TEXT % (303, stamp.UP, b"17")
    [taken] = feet(raw([tabs + low], page={"/Resources": FONT}))

    settled = stamp.settled(Stamp(40, "C"), taken)

    assert settled.over
    assert settled.up != stamp.UP
    assert not stamp.settled(Stamp(40), taken).over


def test_stamp_is_read_back_as_it_was_put() -> None:
    """Number, tab and mark of a draft."""
    bundle = build_bundle([exhibit("e", 1)], binding(draft=True))

    with pikepdf.open(io.BytesIO(bundle.data)) as pdf:
        assert stamp.read(pdf.pages[0]) == Stamp(1, "", draft=True)
        assert stamp.read(pdf.pages[FIRST]) == Stamp(4, "A", draft=True)


@pytest.mark.parametrize("place", ["bottom-center", "bottom-right"])
@pytest.mark.parametrize("turned", [0, 90])
def test_numbers_of_one_length_differ_in_nothing_else(place: stamp.Place, turned: int) -> None:
    """What is drawn for 4 and for 1234 pages holds the number itself, once, and the tab."""
    pdf = pikepdf.new()
    stamper = stamp.Stamper(pdf)
    drawn = {}
    for number in (1, 4, 9, 10, 99, 1000, 1234):
        page = pdf.add_blank_page(page_size=(612, 792))
        page.obj.Rotate = turned
        stamper.put(page.obj, Stamp(number, "B", draft=True, place=place))
        drawn[number] = page.obj.Contents[-1].read_bytes()
        assert stamp.read(page) == Stamp(number, "B", draft=True)

    assert drawn[1].replace(b"(1)", b"(9)") == drawn[9]
    assert drawn[1000].replace(b"(1000)", b"(1234)") == drawn[1234]
    assert drawn[9].replace(b"(9)", b"(10)") != drawn[10]  # a longer one begins further left


def test_page_that_was_never_stamped_has_no_stamp() -> None:
    """Nothing is read from content that only looks like a number."""
    data = raw([TEXT % (300, stamp.UP, b"4")], page={"/Resources": FONT})

    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert stamp.read(pdf.pages[0]) is None

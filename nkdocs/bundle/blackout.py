"""Pages as pictures with black boxes: what is covered is gone, text and all (LAW.md section 5).

A box drawn over text in a PDF hides nothing: the text stays below it. So every page is drawn anew
as a picture, what is covered is painted over in its pixels, and no text layer is left. Pictures on
a page are covered too, since nobody can search them, and a page that is one picture is left out.
"""

import io
import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from nkdocs import _resources
from nkdocs.convert.images import photo_pages

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

Box = tuple[float, float, float, float]
Hide = Callable[[str], Sequence[tuple[int, int]]]
_SHARP = 150  # dots an inch
_MOSTLY = 0.4  # share of the paper from which a picture is the page
_STROKES = 24  # segments of a drawing that may be writing
_AROUND = 1.0  # points left and right of what is covered
_CLUSTER = re.compile("[^\u0300-\u036f\u1160-\u11ff][\u0300-\u036f\u1160-\u11ff]*|.", re.DOTALL)
_LEFT_OUT = ("This page is left out of the copy.",
             "It is a picture, or a paper of identity.")  # fmt: skip


class Blacked(Struct, frozen=True):
    """A PDF of pictures.

    Attributes:
        left_out: the pages, from 1, of which nothing is shown.
        boxes: how many places were covered.
    """

    pdf: bytes
    left_out: tuple[int, ...] = ()
    boxes: int = 0


def blacked(pdf: bytes, hide: Hide | None, *, pictures: bool = False) -> Blacked:
    """Return *pdf* as pictures of its pages, with everything covered that *hide* finds.

    Args:
        pdf: clean upright pages.
        hide: tells of a page's text which pieces of it (begin, end) are covered; None for all.
        pictures: pictures and drawings may stay; the file is public.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    drawn: list[Image.Image] = []
    left_out: list[int] = []
    boxes = 0
    try:
        for number, page in enumerate(document, 1):
            found = _boxes(page, hide, pictures=pictures) if hide else None
            if found is None:
                left_out.append(number)
                drawn.append(_notice(page.get_size()))
            else:
                boxes += len(found)
                drawn.append(_painted(page, found))
            page.close()
    finally:
        document.close()
    return Blacked(_bound(drawn), tuple(left_out), boxes)


def _boxes(page: "pypdfium2.PdfPage", hide: Hide, *, pictures: bool) -> list[Box] | None:
    """Return what is covered on a page, in points from below left; None if all of it is."""
    told = page.get_textpage()
    text, at = _read(told)
    shown = [] if pictures else list(_pictures(page))
    wide, high = page.get_size()
    mostly = any((r - a) * (t - b) > _MOSTLY * wide * high for a, b, r, t in shown)
    if not pictures and (not text.strip() or mostly):
        return None
    found = [_box(told, at[n]) for start, end in hide(text) for n in range(start, end)]
    return [*shown, *(box for box in found if box is not None)]


def _read(told: "pypdfium2.PdfTextPage") -> tuple[str, list[range]]:
    """Return a page's text, composed, and the characters of the page behind each of its own."""
    import pypdfium2.raw

    codes = [pypdfium2.raw.FPDFText_GetUnicode(told, n) for n in range(told.count_chars())]
    plain = "".join(chr(c) if c and not 0xD800 <= c <= 0xDFFF else "\ufffd" for c in codes)  # noqa: PLR2004 - halves of a pair
    out: list[str] = []
    at: list[range] = []
    for cluster in _CLUSTER.finditer(plain):
        for char in unicodedata.normalize("NFC", cluster[0]):
            out.append(char)
            at.append(range(cluster.start(), cluster.end()))
    return "".join(out).replace("\r", "\n").replace("\ufffe", "-").replace("\x02", "-"), at


def _box(told: "pypdfium2.PdfTextPage", characters: range) -> Box | None:
    boxes = [told.get_charbox(n, loose=True) for n in characters]
    wide = [b for b in boxes if b[2] > b[0] and b[3] > b[1]]
    if not wide:
        return None
    return (min(b[0] for b in wide) - _AROUND, min(b[1] for b in wide),
            max(b[2] for b in wide) + _AROUND, max(b[3] for b in wide))  # fmt: skip


def _pictures(page: "pypdfium2.PdfPage") -> Iterator[Box]:
    """Yield where pictures stand, and drawings of so many strokes that they may be writing."""
    import pypdfium2.raw as pdfium

    for held in page.get_objects(max_depth=10):
        picture = held.type == pdfium.FPDF_PAGEOBJ_IMAGE
        strokes = held.type == pdfium.FPDF_PAGEOBJ_PATH and (
            pdfium.FPDFPath_CountSegments(held) > _STROKES
        )
        shaded = held.type == pdfium.FPDF_PAGEOBJ_SHADING
        if picture or strokes or shaded:
            yield _on_page(held)


def _on_page(held: "pypdfium2.PdfObject") -> Box:
    """Return where an object stands on its page, through the forms that it stands in."""
    left, bottom, right, top = held.get_bounds()
    while (held := getattr(held, "container", None)) is not None:
        left, bottom, right, top = held.get_matrix().on_rect(left, bottom, right, top)
    return left, bottom, right, top


def _painted(page: "pypdfium2.PdfPage", boxes: Sequence[Box]) -> "Image.Image":
    from PIL import ImageDraw

    scale = _SHARP / 72
    shown = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    image: Image.Image = shown.to_pil().convert("L")
    pen = ImageDraw.Draw(image)
    high = page.get_size()[1]
    for left, bottom, right, top in boxes:
        corner = (math.floor(left * scale), math.floor((high - top) * scale))
        other = (math.ceil(right * scale), math.ceil((high - bottom) * scale))
        pen.rectangle((corner, other), fill=0)
    return image


def _notice(size: tuple[float, float]) -> "Image.Image":
    from PIL import Image, ImageDraw, ImageFont

    scale = _SHARP / 72
    image = Image.new("L", (round(size[0] * scale), round(size[1] * scale)), 255)
    pen = ImageDraw.Draw(image)
    face = ImageFont.truetype(str(_resources.font("LiberationSerif-Regular.ttf")), 28)
    for line, text in enumerate(_LEFT_OUT):
        pen.text((150, 300 + 48 * line), text, font=face, fill=0)
    return image


def _bound(drawn: Sequence["Image.Image"]) -> bytes:
    """Return pictures as the pages of one PDF, by way of a TIFF of many."""
    out = io.BytesIO()
    first, *rest = [image.quantize(16).convert("L") for image in drawn]
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="tiff_deflate",
               dpi=(_SHARP, _SHARP))  # fmt: skip
    return photo_pages(out.getvalue())

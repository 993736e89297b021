"""What can be read on the pages of a PDF: their words, and whether they are blank or turned."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import pypdfium2

_SAMPLE = 200  # characters of which the direction is asked
_ENOUGH = 40
_UPRIGHT = 0.3  # radians; a tilted scan is upright
_MOST = 0.8  # share of the characters that must be turned
_LIGHT = 80_000  # bytes of pictures: a scan of a written page has more
_SCALE = 0.2
_LETTER = 4  # points: what is smaller hides no letter
_HIDDEN = 4  # letters
_SEEN, _SAME = 2.0, 12  # pixels a point; of 255: the spread of what is one color
_GREY = 30  # of 255: the spread of an empty sheet's scan


class Page(Struct, frozen=True):
    """What was read on one page."""

    text: str = ""
    blank: bool = False
    turned: bool = False
    covered: bool = False


def read_pages(
    pdf: bytes, has_text: Sequence[bool], *, words: bool = True
) -> Iterator[Page]:
    """Yield what stands on each page of *pdf*; *has_text* says which can be searched.

    Without *words* only blank pages are looked for.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page, readable in zip(document, has_text, strict=True):
            if readable and not words:
                yield Page()
            elif readable:
                told = page.get_textpage()
                hides = _is_covered(page, told)
                yield Page(told.get_text_bounded(), turned=_is_turned(told), covered=hides)
            else:
                yield Page(blank=_is_blank(page))
    finally:
        document.close()


def _is_turned(told: "pypdfium2.PdfTextPage") -> bool:
    """Whether most characters of a page run sideways or upside down."""
    import math

    import pypdfium2.raw

    count = told.count_chars()
    step = max(count // _SAMPLE, 1)
    angles = [pypdfium2.raw.FPDFText_GetCharAngle(told, n) for n in range(0, count, step)]
    known = [a for a in angles if a >= 0]
    turned = [a for a in known if _UPRIGHT < a < 2 * math.pi - _UPRIGHT]
    return len(known) >= _ENOUGH and len(turned) > _MOST * len(known)


def _is_covered(page: "pypdfium2.PdfPage", told: "pypdfium2.PdfTextPage") -> bool:
    """Whether text stands below a filled shape, so that the eye sees nothing of it.

    Several letters in a row stand within shapes, and where they stand the page is of one color.
    """
    import pypdfium2.raw

    shapes = [
        held.get_bounds()
        for held in page.get_objects(max_depth=1)
        if held.type in {pypdfium2.raw.FPDF_PAGEOBJ_PATH, pypdfium2.raw.FPDF_PAGEOBJ_IMAGE}
    ]
    shapes = [s for s in shapes if s[2] - s[0] > _LETTER and s[3] - s[1] > _LETTER]
    if not shapes:
        return False
    boxes = []
    for at in range(told.count_chars()):
        char = pypdfium2.raw.FPDFText_GetUnicode(told, at)
        box = told.get_charbox(at) if chr(char).isalnum() else None
        if box and any(_within(box, shape) for shape in shapes):
            boxes.append(box)
    return len(boxes) >= _HIDDEN and _one_color(page, boxes)


def _within(box: tuple[float, ...], shape: tuple[float, ...]) -> bool:
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return shape[0] <= across <= shape[2] and shape[1] <= up <= shape[3]


def _one_color(page: "pypdfium2.PdfPage", boxes: Sequence[tuple[float, ...]]) -> bool:
    """Whether at least a few letters of *boxes* cannot be seen: their place is of one color."""
    image = page.render(scale=_SEEN, grayscale=True).to_pil().convert("L")
    high, hidden = page.get_size()[1], 0
    for left, bottom, right, top in boxes:
        corner = (int(left * _SEEN), int((high - top) * _SEEN))
        other = (int(right * _SEEN) + 1, int((high - bottom) * _SEEN) + 1)
        darkest, lightest = image.crop((*corner, *other)).getextrema()
        hidden += lightest - darkest < _SAME
    return hidden >= _HIDDEN


def _is_blank(page: "pypdfium2.PdfPage") -> bool:
    """Whether nothing is drawn on a page without text, or its pictures show an empty sheet."""
    import pypdfium2.raw

    drawn = list(page.get_objects(max_depth=4))
    pictures = [o for o in drawn if o.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    if not pictures:
        return not any(o.type != pypdfium2.raw.FPDF_PAGEOBJ_FORM for o in drawn)
    if sum(len(o.get_data(decode_simple=False)) for o in pictures) > _LIGHT:
        return False
    shown = page.render(scale=_SCALE, grayscale=True).to_pil().convert("L")
    darkest, lightest = shown.getextrema()
    return bool(lightest - darkest < _GREY)

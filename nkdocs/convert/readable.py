"""What can be read on the pages of a PDF: their words, and whether they are blank or turned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_SAMPLE = 200  # characters of which the direction is asked
_ENOUGH = 40
_UPRIGHT = 0.3  # radians; a tilted scan is upright
_MOST = 0.8  # share of the characters that must be turned
_LIGHT = 80_000  # bytes of pictures: a scan of a written page has more
_SCALE = 0.2
_GREY = 30  # of 255: the spread of an empty sheet's scan


@dataclass(frozen=True, slots=True)
class Page:
    """What was read on one page."""

    text: str = ""
    blank: bool = False
    turned: bool = False


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
                yield Page(told.get_text_bounded(), turned=_is_turned(told))
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

"""Where text stands at the foot of a page already, so that no stamp is put over it.

Only text that can be searched is seen, not the ink of a scan.
"""

import ctypes
from collections.abc import Callable
from typing import TYPE_CHECKING

from nkdocs.bundle.stamp import HEIGHTS, LEFT, MIDDLE, PLACES, RIGHT, SIDE, SIZE, across, turned

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

Box = tuple[float, float, float, float]
_WIDEST = 46.0  # points: "Tab AAA", or eight figures


def feet(data: bytes) -> tuple[int, ...]:
    """Return for each page of a PDF what is taken of its foot."""
    import pypdfium2

    out = []
    pdf = pypdfium2.PdfDocument(data)
    try:
        for page in pdf:
            out.append(foot(page, outlines(page)[1], letters_of(page)))
            page.close()
    finally:
        pdf.close()
    return tuple(out)


def foot(page: "PdfPage", boxes: list[Box], letters: Callable[[Box], str]) -> int:
    """Return which places of a page's foot are taken, as bits: three for each of HEIGHTS.

    Args:
        page: the page.
        boxes: the outlines of what may be text on it.
        letters: gives the letters in a rectangle; costly, so asked only where an outline reaches.

    The first height that is free all over ends the search: any stamp can stand there.
    """
    box, turn = page.get_cropbox(), page.get_rotation()
    wide = across(box, turn)
    starts = {MIDDLE: (wide - _WIDEST) / 2, RIGHT: wide - SIDE - _WIDEST, LEFT: SIDE}
    a, b, c, d, e, f = turned(turn, box)
    taken = 0
    for number, up in enumerate(HEIGHTS):
        here = 0
        for place, x in starts.items():
            corners = (x, up - 2), (x + _WIDEST, up + SIZE - 2)
            xs, ys = zip(
                *((a * px + c * py + e, b * px + d * py + f) for px, py in corners), strict=True
            )
            ground = (min(xs), min(ys), max(xs), max(ys))
            if _reached(ground, boxes) and letters(ground).strip():
                here |= place
        taken |= here << PLACES * number
        if not here:
            break
    return taken


def _reached(ground: Box, boxes: list[Box]) -> bool:
    x0, y0, x1, y1 = ground
    return any(a < x1 and c > x0 and b < y1 and d > y0 for a, b, c, d in boxes)


def outlines(page: "PdfPage") -> tuple[bool, list[Box]]:
    """Return the outlines of a page's text objects and forms, and whether it has a form.

    The outline of slanted text reaches far, its letters do not; a form may hold text or none.
    """
    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    left, low, right, high = sides
    out, forms = [], False
    for number in range(raw.FPDFPage_CountObjects(page)):
        held = raw.FPDFPage_GetObject(page, number)
        kind = raw.FPDFPageObj_GetType(held)
        if kind in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM}:
            forms = forms or kind == raw.FPDF_PAGEOBJ_FORM
            raw.FPDFPageObj_GetBounds(held, *sides)
            out.append((left.value, low.value, right.value, high.value))
    return forms, out


def letters_of(page: "PdfPage") -> Callable[[Box], str]:
    """Return a function that gives the letters in a rectangle of *page*."""

    def letters(ground: Box) -> str:
        text = page.get_textpage()
        found: str = text.get_text_bounded(*ground)
        text.close()
        return found

    return letters

"""Where text stands at the foot of a page already, so that no stamp is put over it.

Only text that can be searched is seen, not the ink of a scan.
"""

import ctypes
import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from nkdocs.bundle.stamp import HEIGHTS, LEFT, MIDDLE, PLACES, RIGHT, SIDE, SIZE, across, turned

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

Box = tuple[float, float, float, float]
_WIDEST = 46.0  # points: "Tab AAA", or eight figures
_IN_A_ROW = 5_000  # objects
ENOUGH = 72.0  # points: an inch of text is text


def feet(data: bytes) -> tuple[int, ...]:
    """Return for each page of a PDF what is taken of its foot."""
    import pypdfium2

    out = []
    pdf = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(pdf):
            seen = ink(page.raw, page.get_cropbox(), page.get_rotation())
            out.append(foot(seen, letters_of(pdf, number)))
            page.close()
    finally:
        pdf.close()
    return tuple(out)


class Ink(Struct, frozen=True):
    """What may be text on a page, by its outlines.

    Attributes:
        found: whether there is any.
        forms: whether a form is drawn, which may hold text or none.
        width: how wide all of it is, in points; what is wider than ENOUGH is not counted further.
        low: the outlines that reach where a stamp may stand.
        grounds: where its words may stand, for each of HEIGHTS.
    """

    found: bool
    forms: bool
    width: float
    low: tuple[Box, ...]
    grounds: "Grounds"


Grounds = Sequence[Sequence[tuple[int, Box]]]


def foot(seen: Ink, letters: Callable[[Box], str]) -> int:
    """Return which places of a page's foot are taken, as bits: three for each of HEIGHTS.

    Args:
        seen: the outlines of what may be text there.
        letters: gives the letters in a rectangle; costly, so asked only where an outline reaches.

    The first height that is free all over ends the search: any stamp can stand there.
    """
    taken = 0
    for number, row in enumerate(seen.grounds if seen.low else ()):
        here = 0
        for place, ground in row:
            if any(_meet(box, ground) for box in seen.low) and letters(ground).strip():
                here |= place
        taken |= here << PLACES * number
        if not here:
            break
    return taken


@functools.lru_cache(16)
def _grounds(box: Box, turn: int) -> tuple[Grounds, Box]:
    """Return where the words of a stamp would stand, for each of HEIGHTS; what is around all."""
    wide = across(box, turn)
    starts = {MIDDLE: (wide - _WIDEST) / 2, RIGHT: wide - SIDE - _WIDEST, LEFT: SIDE}
    a, b, c, d, e, f = turned(turn, box)

    def ground(x: float, up: float) -> Box:
        corners = (x, up - 2), (x + _WIDEST, up + SIZE - 2)
        xs, ys = zip(
            *((a * px + c * py + e, b * px + d * py + f) for px, py in corners), strict=True
        )
        return min(xs), min(ys), max(xs), max(ys)

    rows = tuple(tuple((p, ground(x, up)) for p, x in starts.items()) for up in HEIGHTS)
    left, low, right, high = zip(*(place for row in rows for _, place in row), strict=True)
    return rows, (min(left), min(low), max(right), max(high))


def _meet(box: Box, other: Box) -> bool:
    return box[0] < other[2] and box[2] > other[0] and box[1] < other[3] and box[3] > other[1]


def ink(page: object, box: Box, turn: int = 0, *, draws: bool = True) -> Ink:
    """Return the outlines of a page's text objects and forms.

    Args:
        page: PDFium's own handle of the page.
        box: what is seen of the page.
        turn: how it is rotated, in degrees.
        draws: whether the page may draw forms; else no more is asked of most objects than where
            they are, for asking costs more than all else.

    The outline of slanted text reaches far, its letters do not.
    """
    from pypdfium2 import raw

    grounds, strip = _grounds(box, turn)
    x0, y0, x1, y1 = strip
    *_, kind_of, _ = _asking()
    found, forms, width, low = False, False, 0.0, list[Box]()
    for held, known, outlines in _outlines(ctypes.cast(page, ctypes.c_void_p)):  # type: ignore[arg-type]
        may_reach = draws or not min(outlines[1::4]) > y1 or not all(known)
        for number, one in enumerate(held):
            if width > ENOUGH and not may_reach:
                break
            sides = outlines[4 * number : 4 * number + 4] if known[number] else strip
            left, bottom, right, top = sides
            reaches = bottom <= y1 and top >= y0 and left <= x1 and right >= x0
            if not (reaches or draws or width <= ENOUGH):
                continue
            kind = kind_of(one)
            if kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM):
                found, forms = True, forms or kind == raw.FPDF_PAGEOBJ_FORM
                width += right - left if known[number] else 0
                if reaches:
                    low.append((left, bottom, right, top))
    return Ink(found, forms, width, tuple(low), grounds)


def _outlines(page: ctypes.c_void_p) -> Iterator[tuple[list[int], list[int], list[float]]]:
    """Yield a page's objects, whether each tells where it is, and four sides for each.

    Many are asked for in a row, which costs a third less than one by one.
    """
    number_of, item, _, bounds = _asking()
    count = number_of(page)
    for first in range(0, count, _IN_A_ROW):
        numbers = range(first, min(first + _IN_A_ROW, count))
        held = [*map(item, itertools.repeat(page, len(numbers)), numbers)]
        sides = (ctypes.c_float * (4 * len(held)))()
        start, size = ctypes.addressof(sides), ctypes.sizeof(ctypes.c_float)
        places = (range(start + size * n, start + ctypes.sizeof(sides), 4 * size) for n in range(4))
        known = [*map(bounds, held, *places)]
        yield held, known, sides[:]


@functools.cache
def _asking() -> tuple[Callable[..., Any], ...]:
    """Return what PDFium is asked for each object, with plain addresses: a third of the cost."""
    from pypdfium2 import raw

    page = held = place = ctypes.c_void_p
    number = ctypes.c_int
    asked = (
        (raw.FPDFPage_CountObjects, number, (page,)),
        (raw.FPDFPage_GetObject, held, (page, number)),
        (raw.FPDFPageObj_GetType, number, (held,)),
        (raw.FPDFPageObj_GetBounds, number, (held, place, place, place, place)),
    )
    return tuple(
        ctypes.CFUNCTYPE(told, *given)(ctypes.cast(function, ctypes.c_void_p).value or 0)
        for function, told, given in asked
    )


def letters_of(pdf: "PdfDocument", number: int) -> Callable[[Box | None], str]:
    """Return a function that gives the letters in a rectangle of a page (from 0), or all of them.

    The page is opened anew for it: most pages are never asked.
    """

    def letters(ground: Box | None) -> str:
        page = pdf[number]
        text = page.get_textpage()
        found: str = text.get_text_bounded(*ground) if ground else text.get_text_range()
        text.close()
        page.close()
        return found

    return letters

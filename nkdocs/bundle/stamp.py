"""The stamp: page number, tab and DRAFT at the foot of a page, put there without touching the rest.

The page's own content is kept byte for byte: `/Contents` becomes an array of a fresh `q`, the old
streams and one new stream (ISO 32000-1, 7.8.2), with resources of the page's own. pypdf's
`merge_page` would rewrite the content, cost thirteen times the time, and print several numbers over
each other where pages share a stream.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pikepdf
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import IndirectObject, PdfObject
    from pypdfium2 import PdfPage

Box = tuple[float, float, float, float]
Place = Literal["bottom-center", "bottom-right"]
SIZE = 10
UP = 18
# Baselines tried one after the other where text already stands: usual, lower, above a footer line.
HEIGHTS = (18, 6, 32, 44)
_SIDE = 36
_HELVETICA = {  # widths in 1/1000 em (Adobe Core 14 metrics)
    " ": 278, "a": 556, "b": 556, "A": 667, "B": 667, "C": 722, "D": 722, "E": 667, "F": 611,
    "G": 778, "H": 722, "I": 278, "J": 500, "K": 667, "L": 556, "M": 833, "N": 722, "O": 778,
    "P": 667, "Q": 778, "R": 722, "S": 667, "T": 611, "U": 722, "V": 667, "W": 944, "X": 667,
    "Y": 667, "Z": 611, **dict.fromkeys("0123456789", 556),
}  # fmt: skip
_READ = re.compile(
    rb"Q\nq [-\d. ]+ cm (?:1 g (?:[-\d. ]+ re )+f )?0 g BT /NKs \d+ Tf\n"
    rb"1 0 0 1 [-\d.]+ \d+ Tm \((\d+)\) Tj\n"
    rb"(?:1 0 0 1 [-\d.]+ \d+ Tm \(Tab ([A-Z]+)\) Tj\n)?"
    rb"(?:1 0 0 1 [-\d.]+ \d+ Tm \((DRAFT)\) Tj\n)?"
    rb"ET Q\n"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What stands at the foot of one page.

    Attributes:
        up: the height of its baseline above the lower edge, in points; 0 when text stands at
            every height that was tried: then the usual one, without white ground, hides nothing.
    """

    number: int
    tab: str = ""
    draft: bool = False
    place: Place = "bottom-center"
    up: int = UP


def font(writer: "PdfWriter") -> "IndirectObject":
    """Return a new Helvetica in *writer*, one for all stamps."""
    from pypdf.generic import DictionaryObject, NameObject

    return writer._add_object(  # noqa: SLF001 - pypdf has no public way to add an object
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
    )


def put(writer: "PdfWriter", page: "PageObject", stamp: Stamp, face: "IndirectObject") -> None:
    """Stamp one page of *writer*, upright and at the foot whatever its /Rotate and /CropBox."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    box = [float(v) for v in page.cropbox]
    # Private copies: these dictionaries may be shared with other pages.
    held: Any = page.get("/Resources", {})
    resources = DictionaryObject(held.get_object() if held else {})
    held = resources.get("/Font", {})
    fonts = DictionaryObject(held.get_object() if held else {})
    fonts[NameObject("/NKs")] = face
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources
    old: list[PdfObject] = []
    if "/Contents" in page:
        raw = page.raw_get("/Contents")
        now = raw.get_object()
        old = list(now) if isinstance(now, ArrayObject) else [raw]
    drawn = _drawn(stamp, box, page.rotation % 360)
    # A fresh `q` for each page: a shared one is corrupted by py-pdf/pypdf#4111.
    page[NameObject("/Contents")] = ArrayObject(
        [_stream(writer, b"q\n"), *old, _stream(writer, drawn)]
    )


def read(page: "pikepdf.Page") -> Stamp | None:
    """Return the stamp found in the page's last content stream, or nothing."""
    import pikepdf

    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Array) or not len(contents):
        return None
    found = _READ.fullmatch(contents[-1].read_bytes())
    if found is None:
        return None
    number, tab, draft = found.groups()
    return Stamp(int(number), (tab or b"").decode("ascii"), draft is not None)


def settled(data: bytes, stamps: Sequence[Stamp]) -> list[Stamp]:
    """Return the stamps of a PDF's pages, each at a height where it covers no text.

    Only text that can be searched is seen, not the ink of a scan.
    """
    import pypdfium2

    out = []
    pdf = pypdfium2.PdfDocument(data)
    try:
        for number, stamp in enumerate(stamps):
            page = pdf[number]
            box, rotated = page.get_cropbox(), page.get_rotation()
            taken = _taken(page)
            free = (
                up
                for up in HEIGHTS
                if not any(taken(g) for g in _grounds(replace(stamp, up=up), box, rotated))
            )
            out.append(replace(stamp, up=next(free, 0)))
            page.close()
    finally:
        pdf.close()
    return out


def _taken(page: "PdfPage") -> Callable[[Box], bool]:
    """Return a function that says whether letters stand in a rectangle of *page*.

    The outlines of text objects say at once where none are; only where one reaches into the
    rectangle (or a form, which may hold text) are the letters themselves looked for.
    """
    import ctypes

    from pypdfium2 import raw

    sides = [ctypes.c_float() for _ in range(4)]
    outlines = []
    for number in range(raw.FPDFPage_CountObjects(page)):
        held = raw.FPDFPage_GetObject(page, number)
        if raw.FPDFPageObj_GetType(held) in {raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM}:
            raw.FPDFPageObj_GetBounds(held, *sides)
            outlines.append(tuple(side.value for side in sides))

    def taken(ground: Box) -> bool:
        x0, y0, x1, y1 = ground
        if not any(a < x1 and c > x0 and b < y1 and d > y0 for a, b, c, d in outlines):
            return False
        text = page.get_textpage()
        letters = text.get_text_bounded(*ground).strip()
        text.close()
        return bool(letters)

    return taken


def _grounds(stamp: Stamp, box: Sequence[float], rotated: int) -> Iterator[Box]:
    """Yield where the stamp's words would stand, in the page's own space."""
    a, b, c, d, e, f = _matrix(rotated, box)
    for x, word in _words(stamp, _across(box, rotated)):
        xs, ys = zip(
            *(
                (a * px + c * py + e, b * px + d * py + f)
                for px, py in ((x, stamp.up - 2), (x + _width(word), stamp.up + SIZE - 2))
            ),
            strict=True,
        )
        yield min(xs), min(ys), max(xs), max(ys)


def _words(stamp: Stamp, wide: float) -> list[tuple[float, str]]:
    """Return the words of a stamp, each with its left edge on a page *wide* points across."""
    number, tab = str(stamp.number), f"Tab {stamp.tab}"
    middle, side = (number, tab) if stamp.place == "bottom-center" else (tab, number)
    places = {
        middle: (wide - _width(middle)) / 2,
        side: wide - _SIDE - _width(side),
        "DRAFT": _SIDE,
    }
    words = [number, *([tab] if stamp.tab else []), *(["DRAFT"] if stamp.draft else [])]
    return [(places[word], word) for word in words]


def _across(box: Sequence[float], rotated: int) -> float:
    return box[2] - box[0] if rotated % 180 == 0 else box[3] - box[1]


def _matrix(rotated: int, box: Sequence[float]) -> tuple[float, float, float, float, float, float]:
    """Map the page as people see it, origin bottom left, to its own space (ISO 32000-1, 8.3)."""
    x0, y0, x1, y1 = box
    match rotated % 360:
        case 90:
            return 0, 1, -1, 0, x1, y0
        case 180:
            return -1, 0, 0, -1, x1, y1
        case 270:
            return 0, -1, 1, 0, x0, y1
    return 1, 0, 0, 1, x0, y0


def _drawn(stamp: Stamp, box: Sequence[float], rotated: int) -> bytes:
    """Return the content stream of a stamp: a white ground, then the words in black."""
    up = stamp.up or UP
    words = _words(stamp, _across(box, rotated))
    boxes = " ".join(
        f"{x - 3:.2f} {up - 3} {_width(word) + 6:.2f} {SIZE + 3} re" for x, word in words
    )
    ground = f"1 g {boxes} f " if stamp.up else ""
    text = "\n".join(f"1 0 0 1 {x:.2f} {up} Tm ({word}) Tj" for x, word in words)
    turn = " ".join(f"{v:.9g}" for v in _matrix(rotated, box))
    return f"Q\nq {turn} cm {ground}0 g BT /NKs {SIZE} Tf\n{text}\nET Q\n".encode("ascii")


def _width(text: str) -> float:
    return sum(_HELVETICA[letter] for letter in text) * SIZE / 1000


def _stream(writer: "PdfWriter", data: bytes) -> "IndirectObject":
    from pypdf.generic import DecodedStreamObject

    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)  # noqa: SLF001 - pypdf has no public way to add an object

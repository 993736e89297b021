"""The stamp: page number, tab and DRAFT at the foot of a page, put there without touching the rest.

The page's own content is kept byte for byte: `/Contents` becomes an array of a `q`, the old
streams and one new stream (ISO 32000-1, 7.8.2), with resources of the page's own. Overlays, as
others do it, would rewrite the content or add a form and its resources to every page.
"""

import functools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.bundle.paper import numbers

if TYPE_CHECKING:
    import pikepdf
    from pikepdf import Object, Pdf

Box = tuple[float, float, float, float]
Place = Literal["bottom-center", "bottom-right"]
SIZE = 10
UP = 18
# Baselines tried one after the other where text already stands: usual, lower, above a footer line.
HEIGHTS = (18, 6, 32, 44)
SIDE = 36
PLACES, MIDDLE, RIGHT, LEFT = 3, 1, 2, 4  # where a word of a stamp may stand, as bits
_HELVETICA = {  # widths in 1/1000 em (Adobe Core 14 metrics)
    " ": 278, "a": 556, "b": 556, "A": 667, "B": 667, "C": 722, "D": 722, "E": 667, "F": 611,
    "G": 778, "H": 722, "I": 278, "J": 500, "K": 667, "L": 556, "M": 833, "N": 722, "O": 778,
    "P": 667, "Q": 778, "R": 722, "S": 667, "T": 611, "U": 722, "V": 667, "W": 944, "X": 667,
    "Y": 667, "Z": 611, **dict.fromkeys("0123456789", 556),
}  # fmt: skip
_AT = rb"(?:1 0 0 1 [-\d.]+ \d+ Tm|[-\d.]+ \d+ Td)"  # the longer form: bundles made until 2026
_READ = re.compile(
    rb"Q\nq (?:[-\d. ]+ cm )?(?:1 g (?:0 G 0\.4 w )?(?:[-\d. ]+ re )+[fB] )?0 g BT /NKs \d+ Tf\n"
    + _AT + rb" \((\d+)\) Tj\n"
    + rb"(?:" + _AT + rb" \(Tab ([A-Z]+)\) Tj\n)?"
    + rb"(?:" + _AT + rb" \((DRAFT)\) Tj\n)?"
    + rb"ET Q\n"
)  # fmt: skip
_UPRIGHT = (1, 0, 0, 1, 0, 0)


class Stamp(Struct, frozen=True):
    """What stands at the foot of one page.

    Attributes:
        up: the height of its baseline above the lower edge, in points.
        over: text stands at every height that was tried: its words have a close white ground with
            a frame, so that they can be read and it is seen that something was put there.
    """

    number: int
    tab: str = ""
    draft: bool = False
    place: Place = "bottom-center"
    up: int = UP
    over: bool = False


class Stamper:
    """Stamps the pages of one file; they share a font, and what resources they shared before."""

    def __init__(self, pdf: "Pdf") -> None:
        """Make the font in *pdf*."""
        from pikepdf import Dictionary, Name

        self._pdf = pdf
        self._font = pdf.make_indirect(
            Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica,
                       Encoding=Name.WinAnsiEncoding)
        )  # fmt: skip
        self._begin = pdf.make_stream(b"q\n")
        self._known: dict[tuple[int, int] | bytes, Object] = {}
        self._sizes: dict[tuple[float, ...], Object] = {}

    def put(self, leaf: "Object", stamp: Stamp) -> None:
        """Stamp one page, upright and at the foot whatever its /Rotate and /CropBox."""
        import pikepdf

        leaf.Resources = self._resources(leaf.get("/Resources"))
        held = leaf.get("/Contents")
        old = list(held) if isinstance(held, pikepdf.Array) else [held] if held is not None else []
        cropped = "/CropBox" in leaf
        box = tuple(numbers(leaf.CropBox if cropped else leaf.MediaBox))
        if not cropped:
            leaf.MediaBox = self._size(box, leaf.MediaBox)
        drawn = _drawn(stamp, box, int(leaf.Rotate if "/Rotate" in leaf else 0) % 360)
        leaf.Contents = pikepdf.Array([self._begin, *old, self._pdf.make_stream(drawn)])

    def _size(self, box: tuple[float, ...], held: "Object") -> "Object":
        """Return the one array that all pages of a size share."""
        if box not in self._sizes:
            self._sizes[box] = self._pdf.make_indirect(held)
        return self._sizes[box]

    def _resources(self, held: "Object | None") -> "Object":
        """Return a page's resources with the font; pages that shared theirs share these.

        So do pages whose resources say the same: written once, they are not read for every page.
        """
        import pikepdf

        held = pikepdf.Dictionary() if held is None else held
        key = held.objgen if held.is_indirect else held.unparse()
        if key in self._known:
            return self._known[key]
        # Private copies: these dictionaries may be shared with pages that get no stamp.
        own = _copied(held)
        own.Font = _copied(own.get("/Font"))
        own.Font.NKs = self._font
        self._known[key] = self._pdf.make_indirect(own)
        return self._known[key]


def _copied(held: "Object | None") -> "Object":
    """Return a dictionary of its own with the same entries, one by one: a name may be no UTF-8."""
    import pikepdf

    own = pikepdf.Dictionary()
    for key, value in held.items() if isinstance(held, pikepdf.Dictionary) else ():
        own[key] = value
    return own


def read(page: "pikepdf.Page") -> Stamp | None:
    """Return the stamp found in the page's last content stream, or nothing."""
    import pikepdf

    contents = page.obj.get("/Contents")
    if not isinstance(contents, pikepdf.Array) or not len(contents):
        return None
    return parsed(contents[-1].read_bytes())


def parsed(stream: bytes) -> Stamp | None:
    """Return the stamp that a page's last content stream is, or nothing."""
    found = _READ.fullmatch(stream)
    if found is None:
        return None
    number, tab, draft = found.groups()
    return Stamp(int(number), (tab or b"").decode("ascii"), draft is not None)


def settled(stamp: Stamp, foot: int) -> Stamp:
    """Return the stamp at a height where it covers no text of the page's *foot* (feet.py).

    Where there is none, the height at which it covers least; first of all its number.
    """
    if not foot:
        return stamp if stamp.up == HEIGHTS[0] else replace(stamp, up=HEIGHTS[0])
    main, other = (MIDDLE, RIGHT) if stamp.place == "bottom-center" else (RIGHT, MIDDLE)
    needed = main | (other if stamp.tab else 0) | (LEFT if stamp.draft else 0)
    covered = [foot >> PLACES * n & needed for n in range(len(HEIGHTS))]
    least = min(covered, key=lambda here: (here & main, here.bit_count()))
    return replace(stamp, up=HEIGHTS[covered.index(least)], over=bool(least))


def _words(stamp: Stamp, wide: float) -> list[tuple[float, str]]:
    """Return the words of a stamp, each with its left edge on a page *wide* points across."""
    number, tab = str(stamp.number), f"Tab {stamp.tab}"
    middle, side = (number, tab) if stamp.place == "bottom-center" else (tab, number)
    places = {
        middle: (wide - _width(middle)) / 2,
        side: wide - SIDE - _width(side),
        "DRAFT": SIDE,
    }
    words = [number, *([tab] if stamp.tab else []), *(["DRAFT"] if stamp.draft else [])]
    return [(places[word], word) for word in words]


def across(box: Sequence[float], rotated: int) -> float:
    """Return how wide a page is as people see it."""
    return box[2] - box[0] if rotated % 180 == 0 else box[3] - box[1]


def turned(rotated: int, box: Sequence[float]) -> tuple[float, float, float, float, float, float]:
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


def _drawn(stamp: Stamp, box: tuple[float, ...], rotated: int) -> bytes:
    """Return the content stream of a stamp: a white ground, then the words in black."""
    least = 10 ** (len(str(stamp.number)) - 1)  # figures are all of one width
    alike = Stamp(least, stamp.tab, stamp.draft, stamp.place, stamp.up, stamp.over)
    before, after = _around(alike, box, rotated)
    return b"%b(%d)%b" % (before, stamp.number, after)


@functools.lru_cache(256)
def _around(stamp: Stamp, box: tuple[float, ...], rotated: int) -> tuple[bytes, bytes]:
    """Return what stands before and after the number in the content stream of a stamp."""
    up = stamp.up
    words = _words(stamp, across(box, rotated))
    air, high = (2, SIZE + 1) if stamp.over else (3, SIZE + 3)
    boxes = " ".join(
        f"{x - air:.1f} {up - air} {_width(word) + 2 * air:.1f} {high} re" for x, word in words
    )
    ground = f"1 g 0 G 0.4 w {boxes} B " if stamp.over else f"1 g {boxes} f "
    steps = zip([0.0, *(x for x, _ in words)], [up, 0, 0], words, strict=False)
    text = "\n".join(f"{x - before:.1f} {rise} Td ({word}) Tj" for before, rise, (x, word) in steps)
    way = turned(rotated, box)
    turn = "" if way == _UPRIGHT else " ".join(f"{v:.9g}" for v in way) + " cm "
    whole = f"Q\nq {turn}{ground}0 g BT /NKs {SIZE} Tf\n{text}\nET Q\n".encode("ascii")
    before, _, after = whole.partition(b"(%d)" % stamp.number)
    return before, after


def _width(text: str) -> float:
    return sum(map(_HELVETICA.__getitem__, text)) * SIZE / 1000

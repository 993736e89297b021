"""Every page on Letter, upright: its boxes put in order, what does not fit made smaller.

A page that is Letter already is left as it is. Any other becomes a form XObject (ISO 32000-2,
8.10), drawn smaller, turned and centred on a fresh page: nothing is rasterised, what CropBox hides
stays hidden, and a `q` too many inside cannot disturb a stamp.
"""

import math
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.bundle.faults import Note, UnusableError

if TYPE_CHECKING:
    from pikepdf import Object, Page, Pdf

LETTER = (612.0, 792.0)
_CLOSE = 1.0  # points: nearer to Letter than this is Letter
_SMALL, _LARGE = 72.0, 14_400.0  # ISO 32000-1, annex C.2: 14,400 units is the largest page
_ABSURD = 200_000.0
_CROPPED = 0.9
_PAPERS = {"Letter": (612, 792), "A4": (595, 842), "Legal": (612, 1008), "A5": (420, 595),
           "B5": (516, 729), "A3": (842, 1191), "Tabloid": (792, 1224)}  # fmt: skip
_NEAR = 9
_SIDEWAYS = (90, 270)
_DEEP = 50
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")  # ISO 32000-2, table 31

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class Fit(Struct, frozen=True):
    """How a page was put on paper.

    Attributes:
        matrix: maps a place on the old page to its place on the new one.
        odd: its size or rotation was not proper.
        cropped: a part of it was cropped away, and is still in the file.
        paper: what paper it was on, as people see it: "A4", "Letter on its side", "4 x 6 in".
        sheet: how wide and high it is now.
        seen: how the page as people saw it was made smaller, and moved right and up.
    """

    matrix: Matrix = _SAME
    odd: bool = False
    cropped: bool = False
    paper: str = "Letter"
    sheet: tuple[float, float] = LETTER
    seen: tuple[float, float, float] = (1.0, 0.0, 0.0)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where the point (x, y) of the old page stands now."""
        a, b, c, d, e, f = self.matrix
        return a * x + c * y + e, b * x + d * y + f


class _Sheet(Struct, frozen=True):
    """What a page says of its own size."""

    box: Box
    rotate: int = 0
    unit: float = 1.0
    odd: bool = False
    cropped: bool = False

    @property
    def seen(self) -> tuple[float, float]:
        """How wide and how high it is seen."""
        wide, high = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (high, wide) if self.rotate in _SIDEWAYS else (wide, high)

    @property
    def paper(self) -> tuple[float, float]:
        """Letter, on its side for a page wider than high."""
        return LETTER[::-1] if self.seen[0] > self.seen[1] else LETTER

    @property
    def named(self) -> str:
        """What people call its paper."""
        short, long = sorted(side * self.unit for side in self.seen)
        near = (n for n, (a, b) in _PAPERS.items()
                if abs(a - short) < _NEAR and abs(b - long) < _NEAR)  # fmt: skip
        name = next(near, f"{short / 72:.3g} x {long / 72:.3g} in")
        return f"{name} on its side" if self.seen[0] > self.seen[1] else name

    @property
    def is_letter(self) -> bool:
        """Whether it is Letter already, upright and in its place."""
        near = zip(self.box, (0.0, 0.0, *self.paper), strict=True)
        return (
            not self.rotate
            and self.unit == 1.0
            and not self.cropped
            and all(abs(a - b) < _CLOSE for a, b in near)
        )


def put_on_letter(pdf: "Pdf", page: "Page", number: int, tree: "Tree | None" = None) -> Fit:
    """Make *page* (the source's page *number*) an upright Letter page and say how.

    *tree* is one for all pages of a file.

    A page wider than high becomes Letter on its side. Pages are made smaller, never larger, unless
    they are smaller than an inch. Only /Resources, /Contents, /Annots and the boxes remain.

    Raises:
        UnusableError: the size is no paper's.
    """
    _only_streams(page)
    above = (tree or Tree()).above(page.obj)
    sheet = _sheet(page, number, above)
    if "/Resources" not in page.obj and "/Resources" in above:
        page.obj.Resources = above["/Resources"]
    fit = Fit(odd=sheet.odd, cropped=sheet.cropped, paper=sheet.named, sheet=sheet.paper)
    if not (sheet.is_letter and _is_balanced(page)):
        fit = replace(fit, matrix=_matrix(sheet), seen=_smaller(sheet))
        _redraw(pdf, page, sheet, fit, number)
    keep = {"/Type", "/Parent", "/Resources", "/Contents", "/Annots", "/Group"}
    for key in set(page.obj.keys()) - keep:
        del page.obj[key]
    page.obj.MediaBox = _array((0, 0, *sheet.paper))
    return fit


def _only_streams(page: "Page") -> None:
    """Leave in a page's content what is content: numbers and empty places draw nothing."""
    import pikepdf

    held = page.obj.get("/Contents")
    if held is None or isinstance(held, pikepdf.Stream):
        return
    inner = list(held) if isinstance(held, pikepdf.Array) else []
    streams = [one for one in inner if isinstance(one, pikepdf.Stream)]
    if not streams:
        del page.obj["/Contents"]
    elif len(streams) < len(inner):
        page.obj.Contents = pikepdf.Array(streams)


def plain_tree(pdf: "Pdf") -> None:
    """Take what pages could inherit from the root of the page tree."""
    for key in INHERITED:
        if key in pdf.Root.Pages:
            del pdf.Root.Pages[key]


def _sheet(page: "Page", number: int, above: "Mapping[str, Object]") -> _Sheet:
    """Read the page's boxes and rotation; what is not usable is replaced, and called odd."""
    own = page.obj
    media = _box(own.MediaBox if "/MediaBox" in own else above.get("/MediaBox"))
    whole = media or (0.0, 0.0, *LETTER)
    crop = _box(own.CropBox if "/CropBox" in own else above.get("/CropBox"))
    box = _common(whole, crop) if crop else whole
    turn = _number(own.Rotate if "/Rotate" in own else above.get("/Rotate", 0), 0.0)
    unit = _number(own.UserUnit, 1.0) if "/UserUnit" in own else 1.0
    sides = (box[2] - box[0], box[3] - box[1])
    if max(sides) > _ABSURD:
        raise UnusableError(Note("X210", str(number)))
    odd = (
        media is None or turn % 90 != 0 or unit <= 0
        or max(sides) > _LARGE or min(sides) < _SMALL
    )  # fmt: skip
    return _Sheet(
        box,
        rotate=int(turn) % 360 if turn % 90 == 0 else 0,
        unit=unit if unit > 0 else 1.0,
        odd=odd,
        cropped=_area(box) < _CROPPED * _area(whole),
    )


class Tree:
    """What pages of a file inherit (ISO 32000-2, 7.7.3.4); read once for those side by side."""

    def __init__(self) -> None:
        """Begin without having read any of it."""
        self._known: dict[tuple[int, int], dict[str, Object]] = {}

    def above(self, page: "Object") -> "Mapping[str, Object]":
        """Return what *page* inherits of INHERITED, where it has nothing of its own."""
        import pikepdf

        node = page.get("/Parent")
        if not isinstance(node, pikepdf.Dictionary):
            return {}
        if not node.is_indirect:
            return self._read(node)
        if node.objgen not in self._known:
            self._known[node.objgen] = self._read(node)
        return self._known[node.objgen]

    def _read(self, node: "Object") -> "dict[str, Object]":
        import pikepdf

        found: dict[str, Object] = {}
        for _ in range(_DEEP):
            for key in node.keys() & set(INHERITED) - found.keys():
                found[key] = node[key]
            above = node.get("/Parent")
            if not isinstance(above, pikepdf.Dictionary):
                break
            node = above
        return found


def name_of(value: object) -> str:
    """Return a name as text: what is no UTF-8, as older programs wrote it, is none of ours."""
    try:
        return str(value)
    except UnicodeDecodeError:
        return ""


def _number(value: object, otherwise: float) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return otherwise
    return number if math.isfinite(number) else otherwise


def _box(value: "Object | None") -> Box | None:
    """Read a rectangle, any two opposite corners; None if it is none or encloses nothing."""
    import pikepdf

    if not isinstance(value, pikepdf.Array) or len(value) < 4:  # noqa: PLR2004 - two corners
        return None
    try:
        a, b, c, d = numbers(value)[:4]
    except (TypeError, ValueError, OverflowError):
        return None
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if _area(box) > 0 else None  # a NaN is not above 0 either


def numbers(array: "Object") -> list[float]:
    """Return the numbers of an array, as they are written if none of them stands elsewhere.

    Raises:
        TypeError, ValueError, OverflowError: it holds something else.
    """
    try:
        return [float(v) for v in array.unparse(resolved=True)[1:-1].split()]
    except ValueError:
        return [float(v) for v in list(array)]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _common(whole: Box, crop: Box) -> Box:
    """Return what CropBox shows of MediaBox, all of it when they do not meet."""
    box = (max(whole[0], crop[0]), max(whole[1], crop[1]),
           min(whole[2], crop[2]), min(whole[3], crop[3]))  # fmt: skip
    return box if box[0] < box[2] and box[1] < box[3] else whole


def _is_balanced(page: "Page") -> bool:
    """Tell whether each `q` of the content has its `Q`, so that a stamp stands where it should."""
    import pikepdf

    if _is_plainly_balanced(page):
        return True
    depth = 0
    try:
        for instruction in pikepdf.parse_content_stream(page, operators="q Q"):
            depth += 1 if str(instruction.operator) == "q" else -1
            if depth < 0:
                return False
    except (pikepdf.PdfError, TypeError, ValueError):
        return False
    return depth == 0


_STRING = re.compile(rb"\([^()\\]*(?:\\.[^()\\]*)*\)", re.DOTALL)
_STATE = re.compile(rb"[qQ](?<![^\s\])>}{].)(?![^\s\[<(/{%])", re.DOTALL)


def _is_plainly_balanced(page: "Page") -> bool:
    """Tell the same by the letters alone, where nothing can be mistaken; False if it may be.

    A third of the cost, and most pages are of this kind. Open strings, arrays and pictures inside
    the content are left to the parser, as they would swallow a stamp.
    """
    import pikepdf

    held = page.obj.get("/Contents")
    streams = list(held) if isinstance(held, pikepdf.Array) else [held] if held is not None else []
    try:
        data = b"\n".join(stream.read_bytes() for stream in streams)
    except (pikepdf.PdfError, RuntimeError):
        return False
    data = _without_strings(data)
    if b"BI" in data or b"%" in data:  # before the first of them no string was mistaken
        return False
    pairs = ((b"(", b")"), (b"[", b"]"), (b"<", b">"), (b"{", b"}"))
    if b"(" in data or any(data.count(a) != data.count(b) for a, b in pairs):
        return False
    depth = 0
    for found in _STATE.finditer(data) if b"q" in data or b"Q" in data else ():
        depth += 1 if found[0] == b"q" else -1
        if depth < 0:
            return False
    return depth == 0


def _without_strings(data: bytes) -> bytes:
    """Return content without its strings; a parenthesis is left where one may not be closed."""
    if b"\\" in data:
        return _STRING.sub(b" ", data)
    first, *rest = data.split(b"(")
    pieces = [piece.partition(b")") for piece in rest]
    if not all(closed for _, closed, _ in pieces):
        return b"("  # one inside another, or open to the end
    return b" ".join([first, *(after for _, _, after in pieces)])


def _matrix(sheet: _Sheet) -> Matrix:
    """Return what turns, shrinks and centres the page on its paper."""
    x0, y0, x1, y1 = sheet.box
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -x0, -y0),
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    scale, right, up = _smaller(sheet)
    a, b, c, d, e, f = (v * scale for v in turned[sheet.rotate])
    return a, b, c, d, e + right, f + up


def _smaller(sheet: _Sheet) -> tuple[float, float, float]:
    """Return the scale of the page as people see it, and how far it moves right and up."""
    (wide, high), paper = sheet.seen, sheet.paper
    full = min(paper[0] / wide, paper[1] / high)
    tiny = max(wide, high) * sheet.unit < _SMALL
    scale = full if tiny else min(full, sheet.unit)
    return scale, (paper[0] - wide * scale) / 2, (paper[1] - high * scale) / 2


def _redraw(pdf: "Pdf", page: "Page", sheet: _Sheet, fit: Fit, number: int) -> None:
    """Make the page's content a form XObject and draw it in its place."""
    import pikepdf

    whole = page.as_form_xobject(handle_transformations=False)
    try:  # it reads the page's content when asked, and that is about to change
        form = pdf.make_stream(whole.read_bytes())
    except (pikepdf.PdfError, RuntimeError):
        raise UnusableError(Note("X215", str(number))) from None
    for key in ("/Type", "/Subtype", "/Resources", "/Group"):
        if key in whole:
            form[key] = whole[key]
    form.BBox = _array(sheet.box)
    placed = " ".join(f"{v:.6f}" for v in fit.matrix)
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(NKpage=form))
    page.obj.Contents = pdf.make_stream(f"q {placed} cm /NKpage Do Q\n".encode("ascii"))
    if "/Group" in page.obj:
        del page.obj["/Group"]


def _array(box: Box) -> "Object":
    import pikepdf

    told = " ".join(f"{v:.4f}".rstrip("0").rstrip(".") for v in box)
    return pikepdf.Object.parse(f"[ {told} ]".encode("ascii"))

"""What the office does to an exhibit's pages: redactions, burnt in, and marks at passages.

A redacted page becomes a picture: nothing lies beneath the black. A mark is drawn over or around
the words it names; a venue that scans in black and white gets a box and a bar at the margin.
"""

import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nkdocs.bundle.faults import Note, UnusableError, ranges
from nkdocs.bundle.paper import Fit
from nkdocs.convert.normal import saved

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2

Box = tuple[float, float, float, float]
Style = Literal["highlight", "box"]
_DPI, _QUALITY = 200, 85
_AIR = 1.5  # points around words


class Spot(Struct, frozen=True):
    """A place on a page of the source: a rectangle as people see the page, or words."""

    page: int
    box: Box | None = None
    text: str = ""


class Marking(Struct, frozen=True):
    """What is to be done to the pages of one file."""

    redact: tuple[Spot, ...] = ()
    marks: tuple[Spot, ...] = ()
    style: Style = "highlight"


class Marked(Struct, frozen=True):
    """The pages as marked, which of them (from 0) are pictures now, and what is to be told."""

    data: bytes
    pictures: frozenset[int] = frozenset()
    notes: tuple[Note, ...] = ()


def marked(
    data: bytes,
    wanted: Marking,
    sources: Sequence[int],
    fits: Sequence[Fit],
    read: Collection[int] = (),
) -> Marked:
    """Return a clean PDF with its marks drawn and its redactions burnt in, and verified.

    Args:
        data: upright Letter pages.
        wanted: redactions and marks, by pages of the source.
        sources: the source's page of each page.
        fits: how each page was put on Letter.
        read: the pages (from 0) whose words were recognised: one may be misread there, so words
            cannot say what is to be redacted.

    Raises:
        UnusableError: a page or words are not there, or words could still be read afterwards.
    """
    import pikepdf
    import pypdfium2

    if not (wanted.redact or wanted.marks):
        return Marked(data)
    absent = {s.page for s in (*wanted.redact, *wanted.marks)} - set(sources)
    if absent:
        raise UnusableError(Note("X218", f"page {ranges(absent)}"))
    unsure = {s.page for s in wanted.redact if s.text and sources.index(s.page) in read}
    if unsure:
        raise UnusableError(Note("X222", f"page {ranges(unsure)}"))
    doc = pypdfium2.PdfDocument(data)
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            where = dict(_places(doc, wanted.marks, sources, fits, "X220"))
            for index, boxes in where.items():
                _mark(pdf.pages[index], boxes, wanted.style)
            black = dict(_places(doc, wanted.redact, sources, fits, "X219"))
            for index, boxes in black.items():
                _burn(pdf, pdf.pages[index], doc[index], boxes)
            pdf.remove_unreferenced_resources()
            made = saved(pdf)
    finally:
        doc.close()
    left = _still_there(made, wanted.redact, black, sources)
    done = ranges(sources[index] for index in black)
    notes = [Note("X317", done)] if black else []
    notes += [Note("X318", ranges(left))] if left else []
    return Marked(made, frozenset(black), tuple(notes))


def _places(
    doc: "pypdfium2.PdfDocument",
    spots: Sequence[Spot],
    sources: Sequence[int],
    fits: Sequence[Fit],
    code: str,
) -> Iterator[tuple[int, list[Box]]]:
    """Yield each page (from 0) that *spots* name, with the rectangles on it."""
    found: dict[int, list[Box]] = {}
    for spot in spots:
        index = sources.index(spot.page)
        boxes = [_moved(spot.box, fits[index])] if spot.box else _words(doc, index, spot.text)
        if not boxes:
            raise UnusableError(Note(code, f"page {spot.page}"))
        found.setdefault(index, []).extend(boxes)
    yield from found.items()


def _moved(box: Box, fit: Fit) -> Box:
    """Return where a rectangle of the page as people saw it stands on the Letter page."""
    scale, right, up = fit.seen
    x0, x1 = sorted((box[0], box[2]))
    y0, y1 = sorted((box[1], box[3]))
    return x0 * scale + right, y0 * scale + up, x1 * scale + right, y1 * scale + up


def _words(doc: "pypdfium2.PdfDocument", index: int, text: str) -> list[Box]:
    """Return the rectangles of every place where *text* stands on a page."""
    page = doc[index].get_textpage()
    boxes: list[Box] = []
    search = page.search(text)
    while (hit := search.get_next()) is not None:
        for number in range(page.count_rects(*hit)):
            x0, y0, x1, y1 = page.get_rect(number)
            boxes.append((x0 - _AIR, y0 - _AIR, x1 + _AIR, y1 + _AIR))
    page.close()
    return boxes


def _mark(page: "pikepdf.Page", boxes: Sequence[Box], style: Style) -> None:
    """Draw marks over a page."""
    import pikepdf

    resources = pikepdf.Dictionary()  # private copies: pages may share theirs
    resources.ExtGState = pikepdf.Dictionary()
    for key, value in page.resources.items():
        if key != "/ExtGState":
            resources[key] = value
        elif isinstance(value, pikepdf.Dictionary):
            for name, state in value.items():
                resources.ExtGState[name] = state
    resources.ExtGState.NKmark = pikepdf.Dictionary(BM=pikepdf.Name.Multiply)
    page.obj.Resources = resources
    drawn = ["q"]
    if style == "highlight":
        drawn += ["/NKmark gs 1 0.95 0.4 rg", *(f"{_rect(box)} re f" for box in boxes)]
    else:
        drawn += ["0 G 0.9 w", *(f"{_rect(box)} re S" for box in boxes), "2.5 w"]
        left = min(box[0] for box in boxes) - 10
        drawn += [f"{left:.2f} {b[1]:.2f} m {left:.2f} {b[3]:.2f} l S" for b in boxes]
    page.contents_add(b"q\n", prepend=True)
    page.contents_add("\n".join(["Q", *drawn, "Q\n"]).encode("ascii"))


def _rect(box: Box) -> str:
    return f"{box[0]:.2f} {box[1]:.2f} {box[2] - box[0]:.2f} {box[3] - box[1]:.2f}"


def _burn(
    pdf: "pikepdf.Pdf",
    page: "pikepdf.Page",
    seen: "pypdfium2.PdfPage",
    boxes: Sequence[Box],
) -> None:
    """Make a page a picture of itself, black where *boxes* are; nothing else of it stays."""
    import pikepdf
    from PIL import ImageDraw

    wide, high = seen.get_size()
    shown = seen.render(scale=_DPI / 72).to_pil().convert("RGB")
    pen = ImageDraw.Draw(shown)
    for x0, y0, x1, y1 in boxes:
        corners = (x0, high - y1, x1, high - y0)
        pen.rectangle([v * _DPI / 72 for v in corners], fill="black")
    jpeg = io.BytesIO()
    shown.save(jpeg, "JPEG", quality=_QUALITY)
    picture = pdf.make_stream(
        jpeg.getvalue(),
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=shown.width,
        Height=shown.height, ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(NKpage=picture))
    content = f"q {wide:g} 0 0 {high:g} 0 0 cm /NKpage Do Q\n".encode("ascii")
    page.obj.Contents = pdf.make_stream(content)
    for key in ("/Annots", "/Group"):
        if key in page.obj:
            del page.obj[key]


def _still_there(
    data: bytes,
    spots: Sequence[Spot],
    black: Mapping[int, object],
    sources: Sequence[int],
) -> list[int]:
    """Return the pages of the source, not redacted, that say words redacted elsewhere.

    Raises:
        UnusableError: a page that was redacted still holds text.
    """
    import pypdfium2

    words = {spot.text for spot in spots if spot.text}
    doc = pypdfium2.PdfDocument(data)
    try:
        for index in black:
            if doc[index].get_textpage().count_chars():
                raise UnusableError(Note("X219", f"page {sources[index]}"))
        return [
            source
            for index, source in enumerate(sources)
            if index not in black and any(_words(doc, index, text) for text in words)
        ]
    finally:
        doc.close()

"""Draws laid-out lines and tables on the pages of a PDF; fpdf2 is the canvas."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

from nkdocs.convert.draft.blocks import Cell, Paragraph, Piled, Row, Stack
from nkdocs.convert.draft.fonts import Face, file_of
from nkdocs.convert.draft.inline import Picture
from nkdocs.convert.draft.lines import Line, Placed
from nkdocs.convert.draft.pieces import Gap, Piece
from nkdocs.convert.draft.styles import Edge, Look

_MADE = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The date all drafts bear, so that one document always gives the same bytes."""

_SLANT = 12.0
_RISES = {"superscript": -0.5, "subscript": 0.2}
_TICKS = {
    "☒": (((0.1, 0.1), (0.7, 0.7)), ((0.1, 0.7), (0.7, 0.1))),
    "☑": (((0.15, 0.4), (0.35, 0.15)), ((0.35, 0.15), (0.68, 0.68))),
    "✓": (((0.1, 0.4), (0.3, 0.1)), ((0.3, 0.1), (0.7, 0.75))),
    "✗": (((0.1, 0.1), (0.7, 0.7)), ((0.1, 0.7), (0.7, 0.1))),
}
_ALIKE = {"✔": "✓", "✘": "✗"}
_FRAMED = frozenset("☐☑☒□")


class Painter:
    """Draws page after page.

    Attributes:
        extra: text drawn that the document does not say or says only once.
        repeated: whether what is being drawn stood on an earlier page already.
        lost: what could not be drawn, in words.
    """

    def __init__(self, lost: set[str]) -> None:
        """Open an empty PDF."""
        from fpdf import FPDF

        self.extra: list[str] = []
        self.repeated = False
        self.lost = lost
        self._numbers: dict[str, str] = {}
        self._pdf = FPDF(unit="pt", format="letter")
        self._pdf.set_auto_page_break(auto=False)
        self._pdf.set_creation_date(_MADE)
        self._pdf.set_producer("nkdocs draft engine")

    def begin_page(self, width: float, height: float, numbers: dict[str, str]) -> None:
        """Begin a page; *numbers* are the values of the counting fields on it."""
        self._numbers = numbers
        self._pdf.add_page(format=(width, height))

    def note(self, text: str, face: Face, center: float, base: float) -> None:
        """Write a small grey line of our own, centred."""
        size = 7.0
        self.extra.append(text)
        self._font(face, size)
        self._pdf.set_char_spacing(0)
        self._pdf.set_text_color(90, 90, 90)
        self._pdf.text(center - face.width(text, size) / 2, base, text)

    def bytes(self) -> bytes:
        """Return the PDF."""
        return bytes(self._pdf.output())

    def stack(self, stack: Stack, x: float, y: float) -> None:
        """Draw a stack with its upper left corner at *x*, *y*."""
        for down, item in stack.items:
            self.item(item, x, y + down)

    def item(self, item: Piled, x: float, y: float) -> None:
        """Draw a paragraph or a table row."""
        if isinstance(item, Row):
            for cell in item.cells:
                self._cell(cell, x + cell.x, y, item.height)
        else:
            self._paragraph(item, x, y)

    def _cell(self, cell: Cell, x: float, y: float, height: float) -> None:
        if cell.ground:
            self._fill((x, y, cell.width, height), cell.ground)
        left, top, _ = cell.margins
        free = height - cell.height
        down = {"center": free / 2, "bottom": free}.get(cell.align, 0.0)
        self.stack(cell.content, x + left, y + top + max(0.0, down))
        self._frame(cell.edges, (x, y, x + cell.width, y + height))

    def _paragraph(self, paragraph: Paragraph, x: float, y: float) -> None:
        shape = paragraph.shape
        left, right = x + shape.left + min(0.0, shape.first), x + paragraph.width - shape.right
        if shape.ground:
            self._fill((left, y, right - left, paragraph.height), shape.ground)
        edges = shape.borders
        sides = {name: edges[name].space if name in edges else 0.0 for name in ("left", "right")}
        box = (left - sides["left"], y, right + sides["right"], y + paragraph.height)
        self._frame(edges, box)
        y += paragraph.above
        for line in paragraph.lines:
            self._line(line, x, y)
            y += line.height

    def _frame(self, edges: dict[str, Edge], box: tuple[float, float, float, float]) -> None:
        x1, y1, x2, y2 = box
        sides = {
            "top": (x1, y1, x2, y1),
            "bottom": (x1, y2, x2, y2),
            "left": (x1, y1, x1, y2),
            "right": (x2, y1, x2, y2),
        }
        for side, ends in sides.items():
            if side in edges:
                self._stroke(edges[side].width, edges[side].colour)
                self._pdf.line(*ends)

    def _line(self, line: Line, x: float, y: float) -> None:
        base = y + line.rise
        for item in line.items:
            self._ground(item, x, base)
        for item in line.items:
            ink = item.ink
            if isinstance(ink, Piece):
                self._piece(ink, x + item.x, base)
            elif isinstance(ink, Gap):
                self._gap(ink, x + item.x, base)
            else:
                self._picture(ink, x + item.x, base)
        self._link(line.items, x, base)
        self._remember(line.items)

    def _ground(self, item: Placed, x: float, base: float) -> None:
        ink = item.ink
        if not isinstance(ink, Picture) and ink.look.ground:
            size = ink.look.size
            self._fill((x + item.x, base - 0.87 * size, ink.width, 1.1 * size), ink.look.ground)

    def _piece(self, piece: Piece, x: float, base: float) -> None:
        text = self._numbers.get(piece.counts, piece.text)
        self._underline(piece.look, piece.width, x, base)
        if not text.strip():
            return
        base += _RISES.get(piece.look.raised, 0.0) * piece.size
        if piece.face.family == "drawn":
            self._boxes(text, piece, x, base)
            return
        self._font(piece.face, piece.size)
        self._pdf.set_char_spacing(piece.look.spread)
        self._pdf.set_text_color(*_rgb(piece.look.colour))
        if piece.face.slanted:
            with self._pdf.skew(ax=_SLANT, x=x, y=base):
                self._pdf.text(x, base, text)
        else:
            self._pdf.text(x, base, text)

    def _gap(self, gap: Gap, x: float, base: float) -> None:
        self._underline(gap.look, gap.width, x, base)
        size = gap.look.size
        if gap.leader in {"underscore", "heavy"}:
            self._stroke(size * 0.05, gap.look.colour)
            self._pdf.line(x, base + size * 0.12, x + gap.width, base + size * 0.12)
        elif gap.leader in {"dot", "middleDot", "hyphen"}:
            self._stroke(size * 0.07, gap.look.colour)
            self._pdf.set_dash_pattern(dash=size * 0.07, gap=size * 0.2)
            up = 0.25 * size if gap.leader == "hyphen" else 0.03 * size
            self._pdf.line(x + size * 0.2, base - up, x + gap.width - size * 0.1, base - up)
            self._pdf.set_dash_pattern()

    def _underline(self, look: Look, width: float, x: float, base: float) -> None:
        for drawn, down in ((look.underlined, 0.12), (look.struck, -0.25)):
            if drawn:
                self._stroke(look.size * 0.05, look.colour)
                self._pdf.line(x, base + look.size * down, x + width, base + look.size * down)

    def _boxes(self, text: str, piece: Piece, x: float, base: float) -> None:
        """Draw boxes and ticks as lines: no typeface that ships has them."""
        size = piece.size
        self._stroke(size * 0.05, piece.look.colour)
        for sign in text:
            if sign in _FRAMED:
                self._pdf.rect(x + 0.1 * size, base - 0.7 * size, 0.6 * size, 0.6 * size)
            for (x1, y1), (x2, y2) in _TICKS.get(_ALIKE.get(sign, sign), ()):
                self._pdf.line(x + x1 * size, base - y1 * size, x + x2 * size, base - y2 * size)
            x += piece.face.width(sign, size)

    def _picture(self, picture: Picture, x: float, base: float) -> None:
        from PIL import Image

        if not picture.data:
            self._fill((x, base - 1, picture.width, 1), "808080")
            return
        box = (x, base - picture.height, picture.width, picture.height)
        try:
            with Image.open(BytesIO(picture.data)) as opened:
                opened.load()
            self._pdf.image(BytesIO(picture.data), *box)
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            self.lost.add("a picture of a form that cannot be read (an empty frame stands for it)")
            self._stroke(0.5, "")
            self._pdf.rect(*box)

    def _link(self, items: Sequence[Placed], x: float, base: float) -> None:
        """Make the parts of a line that lead to one address one link."""
        spans: list[tuple[str, float, float, float]] = []
        for item in items:
            if isinstance(item.ink, Piece) and item.ink.link:
                address, size = item.ink.link, item.ink.size
                if spans and spans[-1][0] == address:
                    spans[-1] = (address, spans[-1][1], item.end, max(size, spans[-1][3]))
                else:
                    spans.append((address, item.x, item.end, size))
        for address, start, end, size in spans:
            self._pdf.link(x + start, base - 0.8 * size, end - start, 1.05 * size, address)

    def _remember(self, items: Sequence[Placed]) -> None:
        """Remember what the proof must not take for the document's words."""
        said = []
        for item in items:
            if isinstance(item.ink, Piece) and (self.repeated or item.ink.own):
                said.append(self._numbers.get(item.ink.counts, item.ink.text))
            else:
                said.append(" ")
        self.extra.append("".join(said))

    def _font(self, face: Face, size: float) -> None:
        family = f"nk{face.family}"
        if f"{family}{face.style}".lower() not in {key.lower() for key in self._pdf.fonts}:
            self._pdf.add_font(family, face.style, file_of(face))
        self._pdf.set_font(family, face.style, size)

    def _fill(self, box: tuple[float, float, float, float], colour: str) -> None:
        self._pdf.set_fill_color(*_rgb(colour))
        self._pdf.rect(*box, style="F")

    def _stroke(self, width: float, colour: str) -> None:
        self._pdf.set_line_width(width)
        self._pdf.set_draw_color(*_rgb(colour))


def _rgb(colour: str) -> tuple[int, int, int]:
    """Return the parts of an RRGGBB colour; black for none."""
    if not colour:
        return 0, 0, 0
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)

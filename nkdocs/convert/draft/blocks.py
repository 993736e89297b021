"""What is laid out and waits for its page: paragraphs and table rows, and how each may be cut."""

from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.convert.draft.lines import Line
from nkdocs.convert.draft.styles import Edge, Shape

_SLACK = 0.5
_LEAST_ROOM = 28.0
"""Points below which a table row is not cut but moved."""


class Paragraph(Struct, frozen=True):
    """The lines of a paragraph in a column of *width*."""

    shape: Shape
    lines: tuple[Line, ...]
    width: float

    @property
    def above(self) -> float:
        """The room of the border over the first line."""
        return _room(self.shape.borders.get("top"))

    @property
    def height(self) -> float:
        """How high it is with its borders, without the space before and after."""
        below = _room(self.shape.borders.get("bottom"))
        return self.above + sum(line.height for line in self.lines) + below

    @property
    def needed(self) -> float:
        """How much of its height must fit on a page."""
        loose = self.lines and "bottom" not in self.shape.borders
        return self.height - (self.lines[-1].slack if loose else 0.0)

    def cut(self, room: float) -> "tuple[Paragraph, Paragraph] | None":
        """Return what fits into *room* and the rest; None when it would leave a lone line."""
        fitting, used = 0, self.above
        for line in self.lines:
            if used + line.height - line.slack > room + _SLACK:
                break
            used += line.height
            fitting += 1
        if self.shape.widow_control:
            if len(self.lines) - fitting == 1:
                fitting -= 1
            if fitting == 1:
                fitting = 0
        if not 0 < fitting < len(self.lines):
            return None
        return self.halves(fitting)

    def halves(self, count: int) -> "tuple[Paragraph, Paragraph]":
        """Return the first *count* lines and the others."""
        edges = self.shape.borders
        first = {side: edge for side, edge in edges.items() if side != "bottom"}
        second = {side: edge for side, edge in edges.items() if side != "top"}
        return (
            replace(self, shape=replace(self.shape, borders=first), lines=self.lines[:count]),
            replace(self, shape=replace(self.shape, borders=second), lines=self.lines[count:]),
        )


class Cell(Struct, frozen=True):
    """A cell of a row: its place in the row, what stands in it and its lines around."""

    x: float
    width: float
    content: "Stack"
    edges: dict[str, Edge]
    ground: str = ""
    align: str = "top"
    margins: tuple[float, float, float] = (5.4, 0.0, 0.0)  # left, top, bottom

    @property
    def height(self) -> float:
        """How high the row must be for it."""
        return self.content.height + self.margins[1] + self.margins[2]


class Row(Struct, frozen=True):
    """A table row; a *header* row is repeated on the next page, a *whole* one never cut."""

    height: float
    cells: tuple[Cell, ...]
    header: bool = False
    whole: bool = False

    def cut(self, room: float, *, force: bool = False) -> "tuple[Row, Row] | None":
        """Return what of the row fits into *room* and the rest, or None when it must not be cut.

        With *force* (it is higher than a page) every possible cut is taken.
        """
        if not force and (self.whole or room < _LEAST_ROOM):
            return None
        firsts: list[Cell] = []
        seconds: list[Cell] = []
        for cell in self.cells:
            head, tail = cell.content.cut(room - cell.margins[1] - cell.margins[2], force=force)
            if tail.items and not head.items and not force:
                return None
            firsts.append(replace(cell, content=head, align="top"))
            seconds.append(replace(cell, content=tail, align="top"))
        moved = any(cell.content.items for cell in seconds)
        if not moved or not any(cell.content.items for cell in firsts):
            return None
        return (
            replace(self, height=min(room, max(c.height for c in firsts)), cells=tuple(firsts)),
            replace(self, height=max(c.height for c in seconds), cells=tuple(seconds)),
        )


class Table(Struct, frozen=True):
    """The rows of a table."""

    rows: tuple[Row, ...]


Block: TypeAlias = Paragraph | Table
Piled: TypeAlias = Paragraph | Row


class Stack(Struct, frozen=True):
    """Paragraphs and rows one below the other, each so far from the top."""

    items: tuple[tuple[float, Piled], ...] = ()
    height: float = 0.0

    def cut(self, room: float, *, force: bool = False) -> "tuple[Stack, Stack]":
        """Return what fits into *room* and the rest, which begins at its own top."""
        head: list[tuple[float, Piled]] = []
        tail: list[tuple[float, Piled]] = []
        start = end = 0.0
        for y, item in self.items:
            if not tail and y + item.height <= room + _SLACK:
                head.append((y, item))
                end = y + item.height
                continue
            halves = None if tail else _halves(item, room - y, force=force)
            start = start if tail else y
            if halves is not None:
                head.append((y, halves[0]))
                start = end = y + halves[0].height
            tail.append((max(0.0, y - start), halves[1] if halves else item))
        left = max((y + item.height for y, item in tail), default=0.0)
        return Stack(tuple(head), end), Stack(tuple(tail), left)


def _halves(item: Piled, room: float, *, force: bool) -> tuple[Piled, Piled] | None:
    return item.cut(room, force=force) if isinstance(item, Row) else item.cut(room)


def pile(blocks: list[Block]) -> Stack:
    """Return *blocks* one below the other, as in a cell or a header."""
    items: list[tuple[float, Piled]] = []
    y = 0.0
    before: Shape | None = None
    for block in blocks:
        if isinstance(block, Paragraph):
            y += gap(before, block.shape)
            items.append((y, block))
            y += block.height
            before = block.shape
            continue
        y += before.after if before else 0.0
        for row in block.rows:
            items.append((y, row))
            y += row.height
        before = None
    return Stack(tuple(items), y + (before.after if before else 0.0))


def gap(before: Shape | None, shape: Shape) -> float:
    """Return the space between two paragraphs: the larger of after and before.

    Contextual spacing leaves it out between paragraphs of one style (ECMA-376-1 § 17.3.1.9).
    """
    if before is None:
        return shape.before
    alike = before.style == shape.style
    after = 0.0 if alike and before.contextual else before.after
    return max(after, 0.0 if alike and shape.contextual else shape.before)


def share_borders(blocks: list[Block]) -> list[Block]:
    """Return *blocks* with one frame around neighbours of the same borders (§ 17.3.1.24)."""
    found: list[Block] = []
    for index, block in enumerate(blocks):
        edges = dict(block.shape.borders) if isinstance(block, Paragraph) else {}
        if not isinstance(block, Paragraph) or not edges:
            found.append(block)
            continue
        if index and _framed_alike(blocks[index - 1], block):
            edges.pop("top", None)
            if "between" in edges:
                edges["top"] = edges["between"]
        if index + 1 < len(blocks) and _framed_alike(block, blocks[index + 1]):
            edges.pop("bottom", None)
        found.append(replace(block, shape=replace(block.shape, borders=edges)))
    return found


def _framed_alike(first: Block, second: Block) -> bool:
    if not (isinstance(first, Paragraph) and isinstance(second, Paragraph)):
        return False
    one, other = first.shape, second.shape
    return (one.borders, one.left, one.right) == (other.borders, other.left, other.right)


def _room(edge: Edge | None) -> float:
    return 0.0 if edge is None else edge.space + edge.width

"""Tables: how wide their columns are, which lines they have, and what stands in their cells."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from nkdocs.convert.draft.blocks import Cell, Row, Stack, Table
from nkdocs.convert.draft.styles import Edge, Styles, colour, read_edges
from nkdocs.convert.wordfile import (
    POINTS,
    Element,
    attribute,
    child,
    is_on,
    local,
    ns,
    number,
    value,
    within,
)

Fill: TypeAlias = Callable[[Element, float, str], Stack]
"""Lays out what stands in a cell: its element, its width, the table's style."""

_SIDE_MARGIN = 5.4
_MOST_COLUMNS = 63
"""As many as Word allows."""

_HIGHEST_ROW = 600.0
_OVERHANG = 11.0
"""How far a table may stand over the column: the two side margins of its outer cells."""


class _Place(Struct, frozen=True):
    """A cell in the grid: its row, its first column and the column after its last."""

    element: Element
    row: int
    start: int
    end: int

    @property
    def goes_on(self) -> bool:
        """Whether it belongs to the cell above it (`w:vMerge`, ECMA-376-1 § 17.4.84)."""
        merge = child(self.element, "tcPr", "vMerge")
        return merge is not None and attribute(merge) != "restart"


class TableReader:
    """Reads one table."""

    def __init__(self, table: Element, styles: Styles, width: float, *, flush: bool) -> None:
        """Read the grid; *flush* when its border stands at the margin, as in Word 2013."""
        self._properties = child(table, "tblPr")
        self._style = value(self._properties, "tblStyle") or styles.usual("table")
        self._borders: dict[str, Edge] = {}
        self._margins = {"left": _SIDE_MARGIN, "right": _SIDE_MARGIN, "top": 0.0, "bottom": 0.0}
        for source in (*(child(s, "tblPr") for s in styles.chain(self._style)), self._properties):
            self._borders |= read_edges(child(source, "tblBorders"))
            self._margins |= _margins(child(source, "tblCellMar"))
        self._rows = _rows(table)
        self._places = [_places(row, index) for index, row in enumerate(self._rows)]
        self._grid = _grid(table, self._places, width)
        self._x = self._start(width, flush=flush)

    def read(self, fill: Fill) -> Table:
        """Return the rows, each cell laid out by *fill*."""
        return Table(tuple(self._row(index, fill) for index in range(len(self._rows))))

    def _start(self, width: float, *, flush: bool) -> float:
        """Return where the table begins, against the column."""
        align = value(self._properties, "jc")
        free = width - sum(self._grid)
        if align in {"center", "right", "end"}:
            return free / 2 if align == "center" else free
        indent = number(attribute(child(self._properties, "tblInd"), "w")) * POINTS
        return within(-_OVERHANG, indent if flush else indent - self._margins["left"], width / 2)

    def _row(self, index: int, fill: Fill) -> Row:
        properties = child(self._rows[index], "trPr")
        cells = tuple(self._cell(place, fill) for place in self._places[index])
        asked = within(0.0, number(value(properties, "trHeight")) * POINTS, _HIGHEST_ROW)
        return Row(
            max([asked, *(cell.height for cell in cells)]),
            cells,
            is_on(child(properties, "tblHeader")),
            is_on(child(properties, "cantSplit")),
        )

    def _cell(self, place: _Place, fill: Fill) -> Cell:
        properties = child(place.element, "tcPr")
        margins = self._margins | _margins(child(properties, "tcMar"))
        width = sum(self._grid[place.start : place.end])
        inner = max(width - margins["left"] - margins["right"], 1.0)
        content = fill(place.element, inner, self._style)
        if place.goes_on and not _says_anything(place.element):
            content = Stack()
        return Cell(
            self._x + sum(self._grid[: place.start]),
            width,
            content,
            self._edges(place, properties),
            colour(attribute(child(properties, "shd"), "fill")),
            value(properties, "vAlign") or "top",
            (margins["left"], margins["top"], margins["bottom"]),
        )

    def _edges(self, place: _Place, properties: Element | None) -> dict[str, Edge]:
        last_row, last_column = len(self._rows) - 1, len(self._grid)
        names = {
            "top": "top" if place.row == 0 else "insideH",
            "bottom": "bottom" if place.row == last_row else "insideH",
            "left": "left" if place.start == 0 else "insideV",
            "right": "right" if place.end >= last_column else "insideV",
        }
        edges = {side: self._borders[name] for side, name in names.items() if name in self._borders}
        edges |= read_edges(child(properties, "tcBorders"))
        if place.goes_on:
            edges.pop("top", None)
        if place.row < last_row and any(
            below.goes_on and below.start == place.start for below in self._places[place.row + 1]
        ):
            edges.pop("bottom", None)
        return {side: edge for side, edge in edges.items() if side in names and edge.width}


def _rows(table: Element) -> list[Element]:
    """Return the rows of *table*, also those in content controls, not those of inner tables.

    A row deleted as a tracked change is none (ECMA-376-1 § 17.13.5.13).
    """
    found: list[Element] = []
    for inner in table:
        if inner.tag == ns("w:tr"):
            found += [] if is_on(child(inner, "trPr", "del")) else [inner]
        elif local(inner) in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            found += _rows(inner)
    return found


def _cells(row: Element) -> list[Element]:
    found: list[Element] = []
    for inner in row:
        if inner.tag == ns("w:tc"):
            found.append(inner)
        elif local(inner) in {"sdt", "sdtContent", "customXml"}:
            found += _cells(inner)
    return found


def _places(row: Element, index: int) -> list[_Place]:
    column = int(within(0, number(value(row, "trPr", "gridBefore")), _MOST_COLUMNS))
    found = []
    for cell in _cells(row):
        span = int(within(1, number(value(cell, "tcPr", "gridSpan"), 1), _MOST_COLUMNS))
        found.append(_Place(cell, index, column, column + span))
        column += span
    return found


def _grid(table: Element, places: Sequence[Sequence[_Place]], width: float) -> list[float]:
    """Return the widths of the columns, shrunk to the column of text when they go beyond it."""
    columns = max((place.end for row in places for place in row), default=1)
    grid = child(table, "tblGrid")
    widths = [
        max(0.0, number(attribute(column, "w")) * POINTS)
        for column in ([] if grid is None else grid)
        if local(column) == "gridCol"
    ]
    widths = (widths + [0.0] * columns)[: max(columns, len(widths))]
    for place in (place for row in places for place in row):
        asked = child(place.element, "tcPr", "tcW")
        single = place.end - place.start == 1 and not widths[place.start]
        if single and attribute(asked, "type") in {None, "dxa"}:
            widths[place.start] = max(0.0, number(attribute(asked, "w")) * POINTS)
    if not all(widths[:columns]):
        widths = [width / columns] * columns
    scale = min(1.0, (width + _OVERHANG) / sum(widths))
    return [each * scale for each in widths]


def _margins(margins: Element | None) -> dict[str, float]:
    names = {"start": "left", "end": "right"}
    found = {}
    for side in [] if margins is None else margins:
        if attribute(side, "type") in {None, "dxa"}:
            width = within(0.0, number(attribute(side, "w")) * POINTS, 36.0)
            found[names.get(local(side), local(side))] = width
    return found


def _says_anything(cell: Element) -> bool:
    return any(text.text for text in cell.iter(ns("w:t")))

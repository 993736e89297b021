"""Sections and pages: which blocks stand on which page, and at what height."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.convert.draft.blocks import Block, Paragraph, Piled, Row, Table, gap
from nkdocs.convert.draft.numbering import counted
from nkdocs.convert.draft.story import paragraphs_and_tables
from nkdocs.convert.draft.styles import Shape
from nkdocs.convert.wordfile import (
    POINTS,
    Element,
    WordFile,
    attribute,
    child,
    is_on,
    local,
    ns,
    number,
    value,
    within,
)

_SLACK = 0.5
_LEAST_ROOM = 72.0
"""The room for text that no margin may take."""

_LONGEST_CHAIN = 12
"""Paragraphs that may be kept with each other; Word, too, gives up on longer chains."""


class Section(Struct, frozen=True):
    """The paper and the furniture of a section; measures in points.

    Attributes:
        furniture: (`header` or `footer`, `first`, `even` or `default`) -> name of the part.
    """

    width: float = 612.0
    height: float = 792.0
    left: float = 72.0
    right: float = 72.0
    top: float = 72.0
    bottom: float = 72.0
    header: float = 36.0
    footer: float = 36.0
    continuous: bool = False
    title_page: bool = False
    start: int | None = None
    form: str = "decimal"
    furniture: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def column(self) -> float:
        """How wide the text is."""
        return self.width - self.left - self.right


class Sheet(Struct):
    """One page: its section, which furniture it has, its number, and what stands where."""

    section: Section
    kind: str
    count: int
    part: int
    items: list[tuple[float, float, Piled]] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The page number as the section writes it."""
        return counted(self.count, self.section.form)


Heights: TypeAlias = Callable[[Section, str], tuple[float, float]]
"""Returns the heights of the header and the footer of a section's pages of one kind."""


def read_sections(word: WordFile) -> list[tuple[Section, list[Element]]]:
    """Return the sections of the body, each with its paragraphs and tables."""
    body = child(word.main.root, "body")
    found: list[tuple[Section, list[Element]]] = []
    furniture: dict[tuple[str, str], str] = {}
    waiting: list[Element] = []
    for element in paragraphs_and_tables([] if body is None else body):
        waiting.append(element)
        ending = child(element, "pPr", "sectPr")
        if ending is not None:
            furniture = furniture | _furniture(ending, word)
            found.append((_section(ending, furniture), waiting))
            waiting = []
    last = child(body, "sectPr")
    if waiting or last is not None or not found:
        furniture = furniture | _furniture(last, word)
        found.append((_section(last, furniture), waiting))
    return found


def _section(properties: Element | None, furniture: dict[tuple[str, str], str]) -> Section:
    size, margins = child(properties, "pgSz"), child(properties, "pgMar")
    numbers = child(properties, "pgNumType")

    def points(element: Element | None, name: str, usual: float) -> float:
        found = attribute(element, name)
        return usual if found is None else number(found) * POINTS

    start = attribute(numbers, "start")
    width = within(144.0, points(size, "w", 612.0), 2000.0)
    height = within(144.0, points(size, "h", 792.0), 2000.0)
    side, edge = width / 2 - _LEAST_ROOM / 2, height / 2 - _LEAST_ROOM / 2
    left = points(margins, "left", 72.0) + points(margins, "gutter", 0.0)
    return Section(
        width,
        height,
        within(0.0, left, side),
        within(0.0, points(margins, "right", 72.0), side),
        within(-edge, points(margins, "top", 72.0), edge),
        within(-edge, points(margins, "bottom", 72.0), edge),
        within(0.0, points(margins, "header", 36.0), edge),
        within(0.0, points(margins, "footer", 36.0), edge),
        value(properties, "type") == "continuous",
        is_on(child(properties, "titlePg")),
        None if start is None else int(number(start)),
        attribute(numbers, "fmt") or "decimal",
        furniture,
    )


def _furniture(properties: Element | None, word: WordFile) -> dict[tuple[str, str], str]:
    found = {}
    for item in [] if properties is None else properties:
        kind = local(item).removesuffix("Reference")
        if kind in {"header", "footer"}:
            name = word.main.targets.get(str(item.get(ns("r:id"))), "")
            if word.blob(name) is not None:
                found[kind, attribute(item, "type") or "default"] = name
    return found


class Flow(Struct):
    """Puts blocks on pages, one section after the other.

    Attributes:
        heights: how much room header and footer take.
        even_pages: whether even pages have furniture of their own.
        sheets: the pages so far.
    """

    heights: Heights
    even_pages: bool = False
    sheets: list[Sheet] = field(default_factory=list)
    _section: Section = field(default_factory=Section)
    _part: int = -1
    _y: float = 0.0
    _top: float = 0.0
    _bottom: float = 0.0
    _before: Shape | None = None
    _soft: bool = False

    def add(self, section: Section, blocks: Sequence[Block]) -> None:
        """Put the *blocks* of *section* on pages."""
        self._section = section
        self._part += 1
        if not self.sheets or not section.continuous:
            self._turn(first=True)
        for index, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                self._paragraph(block, blocks[index + 1 : index + _LONGEST_CHAIN])
            else:
                self._table(block)

    def _turn(self, *, first: bool = False, soft: bool = False) -> None:
        """Begin a new page; *soft* when the old one is full, not because it was asked for."""
        section = self._section
        count = self.sheets[-1].count + 1 if self.sheets else 1
        if first and section.start is not None:
            count = section.start
        kind = "default"
        if first and section.title_page:
            kind = "first"
        elif self.even_pages and count % 2 == 0:
            kind = "even"
        self.sheets.append(Sheet(section, kind, count, self._part))
        header, footer = self.heights(section, kind)
        self._top = _margin(section.top, section.header + header if header else 0.0)
        self._top = min(self._top, section.height - 2 * _LEAST_ROOM)
        below = _margin(section.bottom, section.footer + footer if footer else 0.0)
        self._bottom = max(section.height - below, self._top + _LEAST_ROOM)
        self._y = self._top
        self._soft = soft

    @property
    def _empty(self) -> bool:
        return not self.sheets[-1].items

    @property
    def _room(self) -> float:
        return self._bottom - self._y

    def _put(self, item: Piled) -> None:
        self.sheets[-1].items.append((self._section.left, self._y, item))
        self._y += item.height

    def _paragraph(self, paragraph: Paragraph, following: Sequence[Block]) -> None:
        if paragraph.shape.page_break and not self._empty:
            self._turn()
        space = gap(self._before, paragraph.shape)
        together = space + _kept_together(paragraph, following)
        if not self._empty and self._room + _SLACK < together <= self._bottom - self._top:
            self._turn(soft=True)
        if not (self._empty and self._soft):
            self._y += space
        for part in _between_breaks(paragraph):
            self._lines(part)
            if part.lines[-1].ends_page:
                self._turn()
        self._before = paragraph.shape

    def _lines(self, paragraph: Paragraph) -> None:
        rest: Paragraph | None = paragraph
        while rest is not None:
            halves = None
            if rest.needed > self._room + _SLACK:
                halves = rest.cut(self._room)
                if halves is None and not self._empty:
                    self._turn(soft=True)
                    continue
                if halves is None and len(rest.lines) > 1:
                    halves = rest.halves(_fitting(rest, self._room))
            if halves is None:
                self._put(rest)
                return
            self._put(halves[0])
            self._turn(soft=True)
            rest = halves[1]

    def _table(self, table: Table) -> None:
        self._y += self._before.after if self._before else 0.0
        self._before = None
        headers = [row for row in table.rows if row.header]
        for row in table.rows:
            self._row(row, [] if row.header else headers)

    def _row(self, row: Row, headers: Sequence[Row]) -> None:
        rest: Row | None = row
        fresh = self._empty
        while rest is not None:
            halves = None
            if rest.height > self._room + _SLACK:
                halves = rest.cut(self._room, force=fresh)
                if halves is None and not fresh:
                    fresh = self._turn_table(headers)
                    continue
            self._put(halves[0] if halves else rest)
            rest = halves[1] if halves else None
            if rest is not None:
                fresh = self._turn_table(headers)

    def _turn_table(self, headers: Sequence[Row]) -> bool:
        """Begin a page in the middle of a table, with its header rows; return that it is new."""
        self._turn(soft=True)
        if sum(row.height for row in headers) < self._room / 2:
            for row in headers:
                self._put(row)
        return True


def _margin(asked: float, furniture: float) -> float:
    """Return a margin, made larger for its header; a negative one holds (§ 17.6.11)."""
    return -asked if asked < 0 else max(asked, furniture)


def _kept_together(paragraph: Paragraph, following: Sequence[Block]) -> float:
    """Return the height that must stand on one page with the beginning of *paragraph*."""
    shape = paragraph.shape
    if not shape.keep_next:
        return paragraph.needed if shape.keep_lines else 0.0
    total = paragraph.height
    for block in following:
        if isinstance(block, Table):
            return total + (block.rows[0].height if block.rows else 0.0)
        total += gap(shape, block.shape)
        shape = block.shape
        if not shape.keep_next:
            least = block if shape.keep_lines else replace(block, lines=block.lines[:2])
            return total + least.needed
        total += block.height
    return total


def _between_breaks(paragraph: Paragraph) -> list[Paragraph]:
    """Return *paragraph* cut after each page break in it."""
    found = []
    rest = paragraph
    for count, line in reversed(list(enumerate(paragraph.lines, 1))):
        if line.ends_page and count < len(rest.lines):
            rest, after = rest.halves(count)
            found.append(after)
    return [rest, *reversed(found)]


def _fitting(paragraph: Paragraph, room: float) -> int:
    """Return how many lines fit when nothing else helps; at least one, and one is left over."""
    used, count = paragraph.above, 0
    for line in paragraph.lines:
        used += line.height
        if used > room + _SLACK:
            break
        count += 1
    return min(max(1, count), len(paragraph.lines) - 1)

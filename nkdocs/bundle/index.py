"""The index of exhibits: a row an exhibit, with what a reader needs to choose where to look.

First the rows are broken into lines and pages, then drawn: so the number of pages is known before
any page number is, and a row is never torn apart at the foot of a page if a page can hold it.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.bundle.sheets import FOOT, HIGH, LEFT, RIGHT, TOP, WIDE, Face, Paper, Rect, Spot, span

_TITLE, _HEAD = Face(15, "B"), Face(8.5, "B")
_SECTION, _ROW, _TAB = Face(10.5, "B"), Face(11.5), Face(11.5, "B")
_VOLUME = Face(12, "B")
_NOTE, _RELEVANCE, _PART = Face(9.5), Face(9.5, "I"), Face(10)
_TEXT_X, _PART_X, _PAGES_X = 108.0, 122.0, 486.0
_TEXT_WIDE = _PAGES_X - _TEXT_X - 12
_FIRST, _NEXT = TOP + 62, TOP + 42


class Row(Struct, frozen=True, kw_only=True):
    """One exhibit in the index.

    Attributes:
        first: the printed number of its first page, tab sheet included; `last` of its last.
        notes: date, source, address on the web: one line in smaller type.
        parts: of a translated exhibit: label, first and last page.
        key: the printed numbers of the pages that matter.
        volume: the name of the volume that begins with this row.
        away: it stands in another file: its numbers are printed, without a link.
    """

    tab: str
    title: str
    first: int
    last: int
    section: str = ""
    notes: tuple[str, ...] = ()
    relevance: str = ""
    parts: tuple[tuple[str, int, int], ...] = ()
    key: tuple[int, ...] = ()
    volume: str = ""
    away: bool = False


class _Line(Struct, frozen=True):
    """One line of the index.

    Attributes:
        to: where a click on it leads, 0 nowhere.
        pages: what stands in the column of pages.
        away: what it names stands in another file.
        links: pieces of the line with a target of their own: offset, width, target.
    """

    text: str
    face: Face
    x: float
    gap: float = 0
    to: int = 0
    tab: str = ""
    pages: str = ""
    away: bool = False
    links: tuple[tuple[float, float, int], ...] = ()

    @property
    def height(self) -> float:
        return self.gap + self.face.lead


_Block = tuple[_Line, ...]


def index_pages(paper: Paper, rows: Sequence[Row]) -> list[list[_Block]]:
    """Return the index broken into pages, each a list of rows that stay together."""
    pages: list[list[_Block]] = [[]]
    y = _FIRST
    for block in _blocks(paper, rows):
        for piece in _fitting(block):
            height = sum(line.height for line in piece)
            if y + height > FOOT and pages[-1]:
                pages.append([])
                y = _NEXT
            pages[-1].append(piece)
            y += height
    return pages


def draw_index(
    paper: Paper, pages: Sequence[Sequence[_Block]], matter: str, volume: str = ""
) -> list[Spot]:
    """Draw the index and return every place in it that leads somewhere, in order."""
    matter = ", ".join(filter(None, (matter, volume)))
    spots: list[Spot] = []
    for number, blocks in enumerate(pages):
        y = _heading(paper, matter, first=not number)
        for row, block in enumerate(blocks):
            for lines in _together(block):
                if row and lines[0].tab:
                    paper.rule(y + lines[0].gap - 5, weight=0.25)
                spots += _drawn(paper, lines, y)
                y += sum(line.height for line in lines)
    return spots


def _heading(paper: Paper, matter: str, *, first: bool) -> float:
    """Begin a page of the index with its title and the names of the columns."""
    paper.turn()
    if first:
        paper.line("INDEX OF EXHIBITS", _TITLE, TOP - 8, WIDE / 2, "C")
        if matter:
            paper.line(matter, _NOTE, TOP + 13, WIDE / 2, "C")
    else:
        paper.line("Index of Exhibits, continued", Face(10, "I"), TOP, LEFT)
        paper.line(matter, _NOTE, TOP, RIGHT, "R")
    ends = _FIRST if first else _NEXT
    paper.line("TAB", _HEAD, ends - 20, LEFT)
    paper.line("EXHIBIT", _HEAD, ends - 20, _TEXT_X)
    paper.line("PAGES", _HEAD, ends - 20, RIGHT, "R")
    paper.rule(ends - 6, weight=0.9)
    return ends


def _blocks(paper: Paper, rows: Sequence[Row]) -> Iterator[_Block]:
    """Yield each row as lines, with the name of the section before the first row of one."""
    section = ""
    for row in rows:
        head: _Block = ()
        if row.volume:
            head, section = _headline(paper, row.volume, _VOLUME, 16), ""
        name = row.section or (section and "Other exhibits")
        if name != section:
            head += _headline(paper, name.upper(), _SECTION, 14)
        section = name
        yield head + _row(paper, row)


def _headline(paper: Paper, text: str, face: Face, gap: float) -> _Block:
    """Return the lines of a heading between rows."""
    lines = [_Line(line, face, LEFT) for line in paper.broken(text, face, RIGHT - LEFT)]
    return (replace(lines[0], gap=gap), *lines[1:])


def _row(paper: Paper, row: Row) -> _Block:
    """Return the lines of one exhibit."""
    away = row.away
    said = [(row.title, _ROW, 0.0)]
    said += [(text, _NOTE, 1.0) for text in _notes(paper, row.notes)]
    said += [(row.relevance, _RELEVANCE, 1.0)]
    lines = [
        _Line(line, face, _TEXT_X, 0 if number else gap, row.first, away=away)
        for text, face, gap in said
        if text
        for number, line in enumerate(paper.broken(text, face, _TEXT_WIDE))
    ]
    lines[0] = replace(lines[0], gap=9, tab=row.tab, pages=span(row.first, row.last))
    lines += [replace(line, away=away) for line in _key(paper, row.key)]
    for number, (label, first, last) in enumerate(row.parts):
        broken = paper.broken(label, _PART, _PAGES_X - _PART_X - 12)
        part = [_Line(text, _PART, _PART_X, 0, first, away=away) for text in broken]
        lines += [replace(part[0], gap=2 if number else 3, pages=span(first, last)), *part[1:]]
    return tuple(lines)


def _notes(paper: Paper, notes: Sequence[str]) -> list[str]:
    """Return the notes joined by dots, a line for each group that fits beside each other."""
    lines: list[str] = []
    for note in filter(None, notes):
        joined = f"{lines[-1]} \u00b7 {note}" if lines else note
        if lines and paper.across(joined, _NOTE) <= _TEXT_WIDE:
            lines[-1] = joined
        else:
            lines.append(note)
    return lines


def _key(paper: Paper, key: Sequence[int]) -> list[_Line]:
    """Return the line of key pages, each number a link of its own; several lines if need be."""
    if not key:
        return []
    lines: list[_Line] = []
    links: list[tuple[float, float, int]] = []
    text = "Key pages: " if len(key) > 1 else "Key page: "
    for number in key:
        word = f"{number}{', ' if number != key[-1] else ''}"
        if paper.across(text + word, _NOTE) > _TEXT_WIDE and links:
            lines.append(_Line(text, _NOTE, _TEXT_X, 1, links=tuple(links)))
            text, links = "", []
        links.append((paper.across(text, _NOTE), paper.across(str(number), _NOTE), number))
        text += word
    return [*lines, _Line(text, _NOTE, _TEXT_X, 1, links=tuple(links))]


def _fitting(block: _Block) -> Iterator[_Block]:
    """Yield a row whole, or line by line when no page could hold it."""
    if sum(line.height for line in block) <= FOOT - _NEXT:
        yield block
    else:
        yield from ((line,) for line in block)


def _together(block: _Block) -> Iterator[list[_Line]]:
    """Yield the lines of a row that lead to one place: the title with its notes, each part."""
    group: list[_Line] = []
    for line in block:
        if group and (line.to != group[-1].to or not line.to or line.pages):
            yield group
            group = []
        group.append(line)
    yield group


def _drawn(paper: Paper, lines: Sequence[_Line], y: float) -> list[Spot]:
    """Draw lines that lead to one place, and return that place and the links inside them."""
    top = y + lines[0].gap
    spots, figure = [], None
    for line in lines:
        y += line.gap
        if line.tab:
            paper.line(line.tab, _TAB, y, LEFT)
        if line.text:
            paper.line(line.text, line.face, y, line.x)
        if line.pages:
            figure = paper.line(line.pages, line.face, y, RIGHT, "R")
        for offset, width, to in line.links:
            x = line.x + offset
            area = Rect(x, HIGH - y - line.face.lead, x + width, HIGH - y)
            spots.append(Spot(paper.page, area, to, area, line.away))
        y += line.face.lead
    if lines[0].to:
        left = LEFT if lines[0].tab else lines[0].x
        area = Rect(left, HIGH - y, RIGHT, HIGH - top)
        spots.append(Spot(paper.page, area, lines[0].to, figure, lines[0].away))
    return spots

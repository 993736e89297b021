"""The cases of a spreadsheet, one after the other, each with the answers of its rows.

A spreadsheet is read twice: once to see whether it is whole (headings, keys, no row that belongs
to nobody), then row by row, so that a list of any length takes the same memory. Further sheets of
a workbook, with the items of lists, are kept.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from msgspec import Struct, field

from nkdocs.batch import tables
from nkdocs.batch.cells import Cell, CellError, Spot, Typed, text_of
from nkdocs.batch.columns import (
    OWN,
    REFUSED,
    SIDE,
    Column,
    columns,
    fault,
    is_key,
    key_column,
    known,
    quoted,
)
from nkdocs.batch.gathering import Gathered
from nkdocs.diagnostics import Finding, stop
from nkdocs.interview.spec import Catalogue, Pattern

Rows = list[list[Cell]]
_TITLES = 10  # rows in which headings are looked for that stand too low


class Table(Struct):
    """A spreadsheet that was looked through.

    Attributes:
        cases: how many cases it has.
        columns: of its first sheet.
        further: of each other sheet its columns, and its rows by case.
        heads: in which column of a sheet a question is answered.
        apart: cases whose rows do not stand together; they are refused, not half read.
        notes: what is worth knowing.
    """

    path: Path
    catalogue: Catalogue
    encoding: str = ""
    cases: int = 0
    columns: list[Column] = field(default_factory=list)
    further: list[tuple[list[Column], dict[str, Rows]]] = field(default_factory=list)
    heads: dict[tuple[str, Pattern], int] = field(default_factory=dict)
    apart: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file as messages name it."""
        return str(self.path)

    def each(self) -> Iterator[tuple[str, Gathered]]:
        """Yield the key and the answers of each case, in the order of its first row."""
        given: set[str] = set()
        with tables.opened(self.path, self.encoding) as sheets:
            for key, rows in _together(next(sheets).rows, self.columns):
                if key in given:
                    continue
                if key in self.apart:
                    given.add(key)
                yield key, self._gathered(key, rows)

    def _gathered(self, key: str, rows: Rows) -> Gathered:
        found = Gathered(self.name, self.catalogue, cells={(): rows[0][0].spot})
        if key in self.apart:
            why = "the rows of this case do not stand together; sort the sheet by the column case"
            found.broken.append(fault(self.name, rows[0][0].spot, why))
            return found
        for row in rows:
            found.take(row, self.columns)
        for heads, by_case in self.further:
            for row in by_case.get(key, ()):
                found.take(row, heads)
        found.finish()
        return found


def look_through(path: Path, catalogue: Catalogue) -> Table:
    """Return what a spreadsheet holds, after looking at every row of it once.

    Raises:
        AnswersError: it cannot be read, or its headings or keys are wrong; every fault is named.
        MissingProgramError: it is a workbook and openpyxl is not installed.
    """
    table = Table(path, catalogue)
    if path.suffix.lower() != ".xlsx":
        table.encoding = tables.encoding_of(path)
        if table.encoding != "utf-8-sig":
            table.notes.append(f"{path} was read in the Korean encoding of Windows (cp949)")
    with tables.opened(path, table.encoding) as found:
        first, *more = _headed(table, list(found))
        keys: set[str] = set()
        stop(_first(table, *first, keys), hint=REFUSED)
        stop((f for one in more for f in _more(table, *one, keys)), hint=REFUSED)
    return table


Headed = tuple[tables.Sheet, list[Column]]


def _headed(table: Table, sheets: Sequence[tables.Sheet]) -> list[Headed]:
    """Return the sheets of answers with their columns; what else there is is told in the notes.

    Raises:
        AnswersError: headings are wrong; every one of them is named, and nothing else.
    """
    found: list[Headed] = []
    faults: list[Finding] = []
    for number, sheet in enumerate(sheets or [tables.Sheet("", [], iter(()))]):
        if number and sheet.name == SIDE:
            continue
        if _is_header(sheet.header):
            heads, wrong = columns(sheet.header, known(table.catalogue), table.name)
            faults += wrong
            found.append((sheet, heads))
            table.heads |= {(sheet.name, c.steps): c.number for c in heads if c.steps}
            table.notes += _own(sheet, heads)
        elif below := next(filter(_is_header, islice(sheet.rows, _TITLES)), None):
            why = f"the headings stand in row {below[0].spot.row}; take out what stands above them"
            faults.append(fault(table.name, below[0].spot, why, hint=REFUSED))
        elif number:
            table.notes.append(f"the sheet '{sheet.name}' has no column 'case': not read")
        else:
            spot = sheet.header[0].spot if sheet.header else Spot(sheet.name, 1, 1)
            why = "no column is headed 'case': it says which rows are about one client"
            hint = "Begin with: nkdocs template sheet DOCUMENT -o list.xlsx"
            faults.append(fault(table.name, spot, why, hint=hint))
    stop(faults, hint=REFUSED)
    return found


def _is_header(row: Sequence[Cell]) -> bool:
    return any(map(is_key, row))


def _own(sheet: tables.Sheet, heads: Sequence[Column]) -> Iterator[str]:
    """Yield a note for each column that the office keeps for itself."""
    own = {c.number for c in heads if c.kind == OWN}
    for cell in sheet.header:
        if cell.spot.column in own:
            where = f"sheet '{sheet.name}', " if sheet.name else ""
            yield f"{where}column {cell.spot.letter} ({quoted(cell)}) is the office's own: not read"


def _first(
    table: Table, sheet: tables.Sheet, heads: list[Column], keys: set[str]
) -> Iterator[Finding]:
    """Go through the first sheet: collect the keys, yield the faults of rows that have none."""
    table.columns = heads
    last = ""
    width = max((c.spot.column for c in sheet.header), default=0)
    for row in sheet.rows:
        key, wrong = _key(table, row, table.columns)
        if wrong or (not sheet.name and len(row) != width):
            why = f"the row has {len(row)} cells, the heading {width}: a comma or quote is lost"
            yield wrong or fault(table.name, row[0].spot, why, hint=REFUSED)
            continue
        if key in keys and key != last:
            table.apart.add(key)
        table.cases += key not in keys
        keys.add(key)
        last = key


def _more(
    table: Table, sheet: tables.Sheet, heads: list[Column], keys: set[str]
) -> Iterator[Finding]:
    """Keep the rows of a further sheet; yield the faults of rows that are about nobody."""
    by_case: dict[str, Rows] = {}
    for row in sheet.rows:
        key, wrong = _key(table, row, heads)
        if wrong:
            yield wrong
        elif key not in keys:
            why = "this case does not stand in the first sheet; nothing would print the row"
            yield fault(table.name, row[0].spot, why, hint=REFUSED)
        else:
            by_case.setdefault(key, []).append(row)
    table.further.append((heads, by_case))


def _key(table: Table, row: Sequence[Cell], heads: Sequence[Column]) -> tuple[str, Finding | None]:
    """Return whose row it is, or the fault of not saying so."""
    number = key_column(heads)
    cell = next((c for c in row if c.spot.column == number), None)
    if cell is None or cell.blank:
        why = "the row does not say in its column case whose it is"
        return "", fault(table.name, row[0].spot, why, hint=REFUSED)
    try:
        typed = "number" if cell.typed is Typed.NUMBER else "text"
        return text_of(cell, typed).strip(), None
    except CellError as error:
        return "", fault(table.name, cell.spot, f"the case's key {error}", hint=REFUSED)


def _together(rows: Iterator[list[Cell]], heads: Sequence[Column]) -> Iterator[tuple[str, Rows]]:
    """Yield the rows of each case that stand together."""
    key, kept = "", Rows()
    number = key_column(heads)
    for row in rows:
        cell = next(c for c in row if c.spot.column == number)
        typed = "number" if cell.typed is Typed.NUMBER else "text"
        own = text_of(cell, typed).strip()
        if kept and own != key:
            yield key, kept
            kept = []
        key = own
        kept.append(row)
    if kept:
        yield key, kept

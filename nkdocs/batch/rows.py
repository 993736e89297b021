"""The cases of a spreadsheet, one after the other, each with the answers of its rows.

A spreadsheet is read twice: once to see whether it is whole (headings, keys, no row that belongs
to nobody), then row by row, so that a list of any length takes the same memory. Further sheets of
a workbook, with the items of lists, are kept.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from nkdocs.batch import tables
from nkdocs.batch.cells import Cell, CellError, Spot, Typed, text_of
from nkdocs.batch.columns import KEY, SIDE, Column, columns, fault, known
from nkdocs.batch.gathering import Gathered
from nkdocs.diagnostics import Finding, stop
from nkdocs.interview.spec import Catalogue

Rows = list[list[Cell]]


class Table(Struct):
    """A spreadsheet that was looked through.

    Attributes:
        cases: how many cases it has.
        columns: of its first sheet.
        further: of each other sheet its columns, and its rows by case.
        apart: cases whose rows do not stand together; they are refused, not half read.
        notes: what is worth knowing.
    """

    path: Path
    catalogue: Catalogue
    encoding: str = ""
    cases: int = 0
    columns: list[Column] = field(default_factory=list)
    further: list[tuple[list[Column], dict[str, Rows]]] = field(default_factory=list)
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
        found = Gathered(self.name, self.catalogue)
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
    faults: list[Finding] = []
    keys: set[str] = set()
    with tables.opened(path, table.encoding) as sheets:
        for number, sheet in enumerate(sheets):
            heads, wrong = _headings(table, sheet)
            if number and sheet.name == SIDE:
                continue
            if not heads and not wrong and number:
                table.notes.append(f"the sheet '{sheet.name}' has no column 'case': not read")
                continue
            faults += wrong
            if wrong:
                continue
            if number == 0:
                table.columns = heads
                faults += _first(table, sheet, keys)
            else:
                faults += _more(table, sheet, heads, keys)
    stop(faults, hint="Mend the spreadsheet and run again; nothing was written.")
    return table


def _headings(table: Table, sheet: tables.Sheet) -> tuple[list[Column], list[Finding]]:
    """Return the columns of a sheet; none where it is no sheet of answers."""
    first = sheet.header[0] if sheet.header else None
    if first is None or KEY not in [str(c.value).strip() for c in sheet.header]:
        if sheet.name and table.columns:
            return [], []
        spot = first.spot if first else Spot(sheet.name, 1, 1)
        why = "no column is headed 'case': it says which rows are about one client"
        hint = "Begin with: nkdocs template sheet DOCUMENT -o list.xlsx"
        return [], [fault(table.name, spot, why, hint=hint)]
    return columns(sheet.header, known(table.catalogue), table.name)


def _first(table: Table, sheet: tables.Sheet, keys: set[str]) -> Iterator[Finding]:
    """Go through the first sheet: collect the keys, yield the faults of rows that have none."""
    last = ""
    width = max((c.spot.column for c in sheet.header), default=0)
    for row in sheet.rows:
        key, wrong = _key(table, row, table.columns)
        if wrong or (not sheet.name and len(row) != width):
            why = f"the row has {len(row)} cells, the heading {width}: a comma or quote is lost"
            yield wrong or fault(table.name, row[0].spot, why)
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
            yield fault(table.name, row[0].spot, why)
        else:
            by_case.setdefault(key, []).append(row)
    table.further.append((heads, by_case))


def _key(table: Table, row: Sequence[Cell], heads: Sequence[Column]) -> tuple[str, Finding | None]:
    """Return whose row it is, or the fault of not saying so."""
    number = next(c.number for c in heads if not c.steps)
    cell = next((c for c in row if c.spot.column == number), None)
    if cell is None or cell.blank:
        return "", fault(table.name, row[0].spot, "the row does not say in its column case whose")
    try:
        typed = "number" if cell.typed is Typed.NUMBER else "text"
        return text_of(cell, typed).strip(), None
    except CellError as error:
        return "", fault(table.name, cell.spot, f"the case's key {error}")


def _together(rows: Iterator[list[Cell]], heads: Sequence[Column]) -> Iterator[tuple[str, Rows]]:
    """Yield the rows of each case that stand together."""
    key, kept = "", Rows()
    number = next(c.number for c in heads if not c.steps)
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

"""Opens spreadsheets: CSV files line by line, workbooks sheet by sheet, never whole.

UTF-8 with or without a byte order mark, and the Korean encoding of Windows (cp949), are read;
what stands in a cell is told with what the program took it for.
"""

import codecs
import csv
import datetime as dt
import io
import re
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from nkdocs.batch.cells import Cell, Spot, Typed
from nkdocs.errors import AnswersError, MissingProgramError

if TYPE_CHECKING:
    from openpyxl import Workbook

ENDINGS = frozenset({".csv", ".tsv", ".xlsx"})
_SEPARATORS = ",;\t"
_TOLD_SEPARATOR = re.compile(r'"?sep=([^\w"\r\n])"?\r?\n?', re.IGNORECASE)  # to Excel, no row
_BLOCK = 1 << 20
_LONGEST = 2_000_000  # characters of a cell
INSTALL = "pip install 'nkdocs[excel]'"
Row = list[Cell]


class Sheet(Struct, frozen=True):
    """A sheet: its heading and its rows, each read when it is asked for."""

    name: str
    header: Row
    rows: Iterator[Row]


@contextmanager
def opened(path: Path, encoding: str = "") -> Iterator[Iterator[Sheet]]:
    """Give the sheets of a spreadsheet, one after the other; a CSV file has one.

    *encoding* of a CSV file spares finding it out.

    Raises:
        AnswersError: it cannot be read as one.
        MissingProgramError: it is a workbook and openpyxl is not installed.
    """
    if path.suffix.lower() == ".xlsx":
        with ExitStack() as ends:
            book = _workbook(path)
            ends.callback(book.close)
            yield (_of_book(sheet, ends) for sheet in book.worksheets)
        return
    with _told(path), path.open(encoding=encoding or encoding_of(path), newline="") as file:
        yield iter([_of_text(path, file)])


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        msg = f"{path} cannot be read ({error.strerror})"
        raise AnswersError(msg, hint="Check the path and its rights.") from None


# CSV


def encoding_of(path: Path) -> str:
    """Return the encoding of a CSV file, whose every byte was looked at.

    Raises:
        AnswersError: it is neither UTF-8 nor cp949.
    """
    with _told(path), path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            msg = f"{path} is saved as UTF-16"
            raise AnswersError(msg, hint="Save it again as 'CSV UTF-8'.")
    for name in ("utf-8-sig", "cp949"):
        if _decodes(path, name):
            return name
    msg = f"{path} is saved neither as UTF-8 nor in the Korean encoding of Windows (cp949)"
    raise AnswersError(msg, hint="Save it again as 'CSV UTF-8'.")


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    with path.open("rb") as file:
        try:
            while block := file.read(_BLOCK):
                if b"\0" in block:
                    return False
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _of_text(path: Path, file: io.TextIOBase) -> Sheet:
    csv.field_size_limit(_LONGEST)
    head = file.readline()
    told = _TOLD_SEPARATOR.fullmatch(head)
    if told is None:
        file.seek(0)
    separator = told[1] if told else max(_SEPARATORS, key=head.count)
    reader = csv.reader(file, delimiter=separator, strict=True)
    rows = _rows(path, reader, 1 if told else 0)
    return Sheet("", next(rows, []), rows)


def _rows(path: Path, reader: Any, before: int) -> Iterator[Row]:  # noqa: ANN401 - csv has no public type
    """Yield the rows, numbered as Excel numbers them, with their lines; *before* them are more."""
    first = 1 + before
    for row in count(1):
        try:
            texts = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            msg = f"{path}:{first}: the line is not written as CSV ({error})"
            raise AnswersError(
                msg, hint="Save it anew from the spreadsheet as CSV UTF-8."
            ) from None
        if any(text.strip() for text in texts):
            yield [
                Cell(Spot("", row, number, first), Typed.TEXT, text)
                for number, text in enumerate(texts, 1)
            ]
        first = reader.line_num + 1 + before


# Workbooks


def _workbook(path: Path) -> "Workbook":
    try:
        from openpyxl import load_workbook
    except ImportError:
        msg = "workbooks (.xlsx) need openpyxl, which is not installed"
        raise MissingProgramError(msg, hint=f"{INSTALL}, or save it as CSV UTF-8.") from None
    from zipfile import BadZipFile

    from openpyxl.utils.exceptions import InvalidFileException

    with _told(path):
        try:  # read only: rows come one by one; no links, macros or objects are loaded
            return load_workbook(path, read_only=True, keep_links=False)
        except (BadZipFile, InvalidFileException, KeyError, ValueError):
            msg = f"{path} is no workbook that can be read"
            hint = "Open it in the spreadsheet program and save it as .xlsx without a password."
            raise AnswersError(msg, hint=hint) from None


def _of_book(sheet: Any, ends: ExitStack) -> Sheet:  # noqa: ANN401 - openpyxl's read-only sheet
    sheet.reset_dimensions()  # other programs write them wrongly, and rows would be lost
    rows = _of_sheet(sheet)
    ends.callback(rows.close)  # one that is not read to its end keeps the file open
    return Sheet(str(sheet.title), next(rows, []), rows)


def _of_sheet(sheet: Any) -> Generator[Row, None, None]:  # noqa: ANN401 - openpyxl's read-only sheet
    name = str(sheet.title)
    for number, cells in enumerate(sheet.iter_rows(), 1):
        row = [
            _cell(Spot(name, number, column), cell)
            for column, cell in enumerate(cells, 1)
            if cell.value is not None
        ]
        if any(not cell.blank for cell in row):
            yield row


_TYPED = {"s": Typed.TEXT, "inlineStr": Typed.TEXT, "str": Typed.TEXT, "f": Typed.FORMULA,
          "e": Typed.ERROR, "b": Typed.YES_NO, "n": Typed.NUMBER}  # fmt: skip


def _cell(spot: Spot, cell: Any) -> Cell:  # noqa: ANN401 - openpyxl's read-only cell
    """Return a cell of a workbook; what is neither text nor number nor date is an error."""
    value = cell.value
    typed = _TYPED.get(str(cell.data_type), Typed.ERROR)
    if isinstance(value, dt.datetime):
        typed = Typed.DATE
    elif isinstance(value, (dt.time, dt.timedelta)):
        typed = Typed.TIME
    elif typed is Typed.NUMBER and not isinstance(value, (int, float)):
        typed = Typed.ERROR
    return Cell(spot, typed, value, str(cell.number_format or ""))

"""One cell of a spreadsheet, and what it says as the answer to a question of some kind.

A spreadsheet changes what people type: it drops leading zeros, makes dates of texts and numbers
of codes. What can be brought back exactly is; everything else is refused with its cell.
"""

import datetime as dt
import enum
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from msgspec import Struct


class Typed(enum.StrEnum):
    """What a spreadsheet program takes a cell for."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"
    YES_NO = "yes or no"
    FORMULA = "formula"
    ERROR = "error"


class Spot(Struct, frozen=True):
    """Where a cell stands; sheet is empty in a CSV file, whose lines are counted besides."""

    sheet: str
    row: int
    column: int
    line: int = 0

    @property
    def letter(self) -> str:
        """The column as spreadsheets name it: A, B, …, AA."""
        letters, number = "", self.column
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters

    def __str__(self) -> str:
        """Write the place as people find it: sheet 'clients', cell C17."""
        sheet = f"sheet '{self.sheet}', " if self.sheet else ""
        return f"{sheet}cell {self.letter}{self.row}"


class Cell(Struct, frozen=True):
    """What stands in a cell.

    Attributes:
        value: text, or a number, date or time as the program stores it.
        shown: the format in which the program shows a number or date.
    """

    spot: Spot
    typed: Typed
    value: object
    shown: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing stands in it."""
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


class CellError(Exception):
    """A cell cannot be taken as the answer it ought to be; the message says why and what to do."""


_AS_TEXT = "format the column as Text and type it again"
_MANGLED = re.compile(r"\d[.,]\d+E\+?\d+", re.IGNORECASE)
_BROKEN = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!|SPILL!|CALC!)|#{3,}")
_NO_VALUE = frozenset({"null", "NULL", "nan", "NaN", "undefined"})  # of a database, of a program
_SHORT_ZIP = re.compile(r"(?:^|\b[A-Z]{2},? )\d{4}(?:-\d{4})?$")
_A_NUMBER = 9
_EXACT = 15  # digits that a spreadsheet keeps of a number
_FIRST = dt.datetime(1900, 3, 1)  # noqa: DTZ001 - before it Excel counts a day that never was
_YEARS = range(1850, 2200)


def text_of(cell: Cell, kind: str) -> str:
    """Return what *cell* says as an answer of *kind*.

    Raises:
        CellError: it may not be what was typed.
    """
    if cell.typed is Typed.TEXT:
        return _typed(str(cell.value), kind)
    if cell.typed in {Typed.FORMULA, Typed.ERROR, Typed.TIME}:
        told = {
            Typed.FORMULA: "holds a formula; copy it and paste it as values",
            Typed.ERROR: "holds an error of the spreadsheet; mend it there",
            Typed.TIME: f"was made a time of day; {_AS_TEXT}",
        }
        raise CellError(told[cell.typed])
    taken = _TAKEN.get(kind, {}).get(cell.typed)
    if taken is None:
        msg = f"holds a {cell.typed}, and this answer is text; {_AS_TEXT}"
        raise CellError(msg)
    return taken(cell)


def _typed(text: str, kind: str) -> str:
    """Return text as it was typed, unless the spreadsheet has shortened it."""
    bare = text.strip()
    if _BROKEN.fullmatch(bare):
        msg = "holds an error of the spreadsheet; mend it there"
        raise CellError(msg)
    if bare in _NO_VALUE:
        msg = "holds a word that programs write for no value; leave the cell empty"
        raise CellError(msg)
    if _MANGLED.fullmatch(bare):
        msg = f"was shortened by the spreadsheet, its digits are lost; {_AS_TEXT}"
        raise CellError(msg)
    if kind == "address" and _SHORT_ZIP.search(bare):
        msg = f"ends in a ZIP code of four digits: a leading zero was lost; {_AS_TEXT}"
        raise CellError(msg)
    return text


def _number(cell: Cell) -> str:
    """Return a number as it is written, no digit more."""
    value = cell.value
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_EXACT:
        value = int(value)
    said = repr(value)
    if not re.fullmatch(r"-?\d+(\.\d+)?", said) or sum(c.isdigit() for c in said) > _EXACT:
        msg = f"holds a number of which the spreadsheet keeps {_EXACT} digits only; {_AS_TEXT}"
        raise CellError(msg)
    if "%" in cell.shown:
        msg = f"is shown in percent and holds another number; {_AS_TEXT}"
        raise CellError(msg)
    return said


def _a_number(cell: Cell) -> str:
    said = _number(cell)
    if not said.isdigit() or len(said) != _A_NUMBER:
        msg = (
            f"holds a number of {len(said)} characters where an A-number has nine digits; "
            f"a leading zero may be lost: {_AS_TEXT}"
        )
        raise CellError(msg)
    return said


def _year(cell: Cell) -> str:
    said = _number(cell)
    if not said.isdigit() or int(said) not in _YEARS:
        msg = f"holds a number that is no year; {_AS_TEXT}"
        raise CellError(msg)
    return said


def _moment(cell: Cell) -> dt.datetime:
    """Return a date that the program surely means, and shows with its year."""
    value = cell.value
    if not isinstance(value, dt.datetime) or value < _FIRST:
        msg = f"holds a date before March 1900, which spreadsheets count wrongly; {_AS_TEXT}"
        raise CellError(msg)
    if "y" not in _pattern(cell):
        msg = f"shows a date without a year, and the spreadsheet chose one; {_AS_TEXT}"
        raise CellError(msg)
    return value


def _day(cell: Cell) -> str:
    value = _moment(cell)
    if value.time() != dt.time():
        msg = f"holds a time of day beside the date; {_AS_TEXT}"
        raise CellError(msg)
    if "d" not in _pattern(cell):
        msg = f"shows a month without a day, and the spreadsheet chose the first; {_AS_TEXT}"
        raise CellError(msg)
    return value.date().isoformat()


def _point(cell: Cell) -> str:
    """Return a date as exact as it is shown: only its month where no day is shown."""
    value, pattern = _moment(cell), _pattern(cell)
    if "d" in pattern:
        return _day(cell)
    return f"{value:%Y-%m}" if "m" in pattern else f"{value:%Y}"


def _minute(cell: Cell) -> str:
    value, pattern = _moment(cell), _pattern(cell)
    if "d" not in pattern or "h" not in pattern or value.second or value.microsecond:
        msg = f"does not show day, hour and minute; {_AS_TEXT}"
        raise CellError(msg)
    return f"{value:%Y-%m-%d %H:%M}"


def _pattern(cell: Cell) -> str:
    """Return the letters of a format that stand for parts of a date."""
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", cell.shown.split(";")[0])
    return bare.lower()


def _yes_no(cell: Cell) -> str:
    return "yes" if cell.value else "no"


Taker = Callable[[Cell], str]
_TAKEN: Mapping[str, Mapping[Typed, Taker]] = MappingProxyType({
    "number": {Typed.NUMBER: _number},
    "anumber": {Typed.NUMBER: _a_number},
    "when": {Typed.NUMBER: _year, Typed.DATE: _point},
    "date": {Typed.DATE: _day},
    "datetime": {Typed.DATE: _minute},
    "yesno": {Typed.YES_NO: _yes_no},
})  # fmt: skip
"""What a kind takes besides text; a kind that is not named takes text alone."""

"""What a spreadsheet does to what people type: brought back exactly, or refused with its cell."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.batch.cells import Cell, CellError, Spot, Typed, text_of

SPOT = Spot("clients", 17, 3)
DAY = dt.datetime(2006, 3, 1)  # noqa: DTZ001 - as spreadsheets keep them


def said(value: object, kind: str, typed: Typed, shown: str = "") -> str:
    """Return what a cell says as an answer of *kind*."""
    return text_of(Cell(SPOT, typed, value, shown), kind)


@pytest.mark.parametrize(
    ("value", "typed", "shown", "kind", "text"),
    [
        pytest.param("012", Typed.TEXT, "", "text", "012", id="text-keeps-its-zero"),
        pytest.param("=1+1", Typed.TEXT, "", "text", "=1+1", id="text-like-a-formula"),
        pytest.param(12, Typed.NUMBER, "General", "number", "12", id="number"),
        pytest.param(12.0, Typed.NUMBER, "General", "number", "12", id="whole-number-kept-broken"),
        pytest.param(1234567.25, Typed.NUMBER, "General", "number", "1234567.25", id="cents"),
        pytest.param(123456789, Typed.NUMBER, "General", "anumber", "123456789", id="nine-digits"),
        pytest.param(2006, Typed.NUMBER, "General", "when", "2006", id="year"),
        pytest.param(DAY, Typed.DATE, "mm-dd-yy", "date", "2006-03-01", id="day"),
        pytest.param(DAY, Typed.DATE, "mmm-yy", "when", "2006-03", id="month-as-it-is-shown"),
        pytest.param(DAY, Typed.DATE, "yyyy", "when", "2006", id="year-as-it-is-shown"),
        pytest.param(
            DAY, Typed.DATE, '[$-412]yyyy"년" m"월" d"일"', "when", "2006-03-01", id="korean"
        ),
        pytest.param(
            dt.datetime(2027, 2, 11, 9, 30),  # noqa: DTZ001 - as spreadsheets keep them
            Typed.DATE, "yyyy-mm-dd hh:mm", "datetime", "2027-02-11 09:30", id="hour",
        ),
        pytest.param(True, Typed.YES_NO, "", "yesno", "yes", id="yes"),
        pytest.param(False, Typed.YES_NO, "", "yesno", "no", id="no"),
    ],
)  # fmt: skip
def test_cell_that_is_sure_is_taken(
    value: object, typed: Typed, shown: str, kind: str, text: str
) -> None:
    """It says what the person who typed it sees."""
    assert said(value, kind, typed, shown) == text


@pytest.mark.parametrize(
    ("value", "typed", "shown", "kind", "why"),
    [
        pytest.param(12345678, Typed.NUMBER, "000000000", "anumber", "zero may be lost", id="zero"),
        pytest.param(1012345678, Typed.NUMBER, "", "phone", "answer is text", id="phone"),
        pytest.param(7030, Typed.NUMBER, "", "text", "answer is text", id="code"),
        pytest.param(7030, Typed.NUMBER, "", "address", "answer is text", id="zip"),
        pytest.param(0.5, Typed.NUMBER, "0%", "number", "percent", id="percent"),
        pytest.param(1.5e22, Typed.NUMBER, "", "number", "15 digits", id="too-long"),
        pytest.param(1234567890123456, Typed.NUMBER, "", "number", "15 digits", id="rounded"),
        pytest.param(2375, Typed.NUMBER, '"$"#,##0', "money", "answer is text", id="currency"),
        pytest.param(38777, Typed.NUMBER, "General", "when", "no year", id="date-as-number"),
        pytest.param(DAY, Typed.DATE, "mmm-yy", "date", "without a day", id="month-for-a-day"),
        pytest.param(DAY, Typed.DATE, "d-mmm", "when", "without a year", id="year-was-guessed"),
        pytest.param(DAY, Typed.DATE, "mm-dd-yy", "text", "answer is text", id="date-for-text"),
        pytest.param(
            dt.datetime(2006, 3, 1, 9), Typed.DATE, "mm-dd-yy", "date", "time of day",  # noqa: DTZ001
            id="hidden-hour",
        ),
        pytest.param(
            dt.datetime(1900, 2, 1), Typed.DATE, "mm-dd-yy", "date", "before March 1900",  # noqa: DTZ001
            id="day-that-never-was",
        ),
        pytest.param(dt.time(9), Typed.TIME, "h:mm", "text", "time of day", id="time"),
        pytest.param("=A1", Typed.FORMULA, "", "text", "formula", id="formula"),
        pytest.param("NULL", Typed.TEXT, "", "text", "leave the cell empty", id="no-value"),
        pytest.param("#N/A", Typed.ERROR, "", "text", "error", id="error"),
        pytest.param("#REF!", Typed.TEXT, "", "text", "error", id="error-in-csv"),
        pytest.param("1.23457E+11", Typed.TEXT, "", "text", "shortened", id="shortened-in-csv"),
        pytest.param("12 Elm St, Newark, NJ 7102", Typed.TEXT, "", "address", "ZIP", id="zip-csv"),
        pytest.param(True, Typed.YES_NO, "", "text", "answer is text", id="true"),
    ],
)  # fmt: skip
def test_cell_that_is_not_sure_is_refused(
    value: object, typed: Typed, shown: str, kind: str, why: str
) -> None:
    """With the reason, and how to type it so that it stays."""
    with pytest.raises(CellError, match=why):
        said(value, kind, typed, shown)


@given(st.integers(0, 10**15 - 1))
def test_whole_number_is_exact(number: int) -> None:
    """No digit is lost, kept broken or not."""
    assert said(number, "number", Typed.NUMBER) == str(number)
    assert said(float(number), "number", Typed.NUMBER) == str(number)


@given(st.integers(1, 20_000))
def test_letters_of_columns_count_on(number: int) -> None:
    """A to Z, AA to AZ, as every spreadsheet names them."""
    value = 0
    for char in Spot("", 1, number).letter:
        value = value * 26 + ord(char) - ord("A") + 1

    assert value == number


def test_place_is_named_as_people_find_it() -> None:
    """Sheet and cell."""
    assert str(SPOT) == "sheet 'clients', cell C17"

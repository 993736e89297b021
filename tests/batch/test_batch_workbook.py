"""Workbooks: the empty one that is handed out, and the filled one that comes back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from nkdocs.batch import empty, rows
from nkdocs.batch.columns import columns, known, parts
from nkdocs.batch.gathering import Gathered
from nkdocs.batch.tables import opened
from nkdocs.diagnostics import Finding
from nkdocs.errors import AnswersError, UsageError
from nkdocs.kinds.registry import KINDS
from tests.batch.office import run, said, told
from tests.documents.letters import catalogue
from tests.packet.papers import nkdocs

Sheets = Mapping[str, Sequence[Sequence[object]]]


def book(folder: Path, sheets: Sheets, formats: Mapping[str, str] | None = None) -> Path:
    """Write a workbook; *formats* are those of cells of its first sheet."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, lines in sheets.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    for cell, how in (formats or {}).items():
        made.worksheets[0][cell].number_format = how
    file = folder / "list.xlsx"
    made.save(file)
    return file


def gathered(folder: Path, sheets: Sheets, formats: Mapping[str, str] | None = None) -> Gathered:
    """Return what the sheets say of their first case."""
    return next(iter(rows.look_through(book(folder, sheets, formats), catalogue()).each()))[1]


def test_lists_stand_on_sheets_of_their_own(tmp_path: Path) -> None:
    """By the case's key, and by the id of the item around them."""
    found = gathered(
        tmp_path,
        {
            "cases": [["case", "office.name"], ["a", "Clinic"]],
            "people": [["case", "respondents[].id", "respondents[].name"], ["a", "yun", "SEO Yun"],
                       ["a", "ha", "KIM Ha"]],
            "entries": [["case", "respondents[].id", "respondents[].entries[].when"],
                        ["a", "ha", "2019"], ["a", "yun", "2021"], ["a", "ha", "2020"]],
        },
    )  # fmt: skip

    assert not found.broken
    assert [(p["name"], [e["when"] for e in p["entries"]]) for p in found.data["respondents"]] == [
        ("SEO Yun", ["2021"]),
        ("KIM Ha", ["2019", "2020"]),
    ]


def test_item_of_nobody_among_several_is_refused(tmp_path: Path) -> None:
    """An entry that does not say whose it is belongs to nobody, not to the last one."""
    found = gathered(
        tmp_path,
        {
            "cases": [["case", "respondents[].name"], ["a", "SEO Yun"], ["a", "KIM Ha"]],
            "entries": [["case", "respondents[].entries[].when"], ["a", "2019"]],
        },
    )

    assert "say in a column respondents[].id" in found.broken[0].message
    assert "sheet 'entries', cell B2" in str(found.broken[0].place)


def test_row_of_a_case_that_is_not_there_stops_before_the_work(tmp_path: Path) -> None:
    """A key with a slip would lose the row in silence."""
    people = [["case", "respondents[].name"], ["b", "SEO Yun"]]
    file = book(tmp_path, {"cases": [["case"], ["a"]], "people": people})

    with pytest.raises(AnswersError) as caught:
        rows.look_through(file, catalogue())

    assert "nothing would print the row" in str(caught.value.faults[0])
    assert "sheet 'people', cell A2" in str(caught.value.faults[0])


def test_one_wrong_heading_is_one_fault(tmp_path: Path) -> None:
    """The rows of other sheets are not told to be of nobody while the first one is not read."""
    people = [["case", "respondents[].name"], ["a", "SEO Yun"], ["b", "KIM Ha"]]
    file = book(tmp_path, {"cases": [["case", "ofice.name"], ["a"], ["b"]], "people": people})

    with pytest.raises(AnswersError) as caught:
        rows.look_through(file, catalogue())

    (found,) = caught.value.faults
    assert "sheet 'cases', cell B1: A001 the heading 'ofice.name' is no answer" in str(found)
    assert caught.value.hint.endswith("nothing was written.")
    assert {getattr(f, "hint", "") for f in caught.value.faults} == {caught.value.hint}


def test_row_without_a_key_is_the_only_fault(tmp_path: Path) -> None:
    """That its case is not there only follows from it."""
    people = [["case", "respondents[].name"], ["b", "SEO Yun"]]
    first = [["case", "office.name"], ["a", "One"], ["", "Two"]]
    file = book(tmp_path, {"cases": first, "people": people})

    with pytest.raises(AnswersError) as caught:
        rows.look_through(file, catalogue())

    assert ["does not say" in str(f) for f in caught.value.faults] == [True]


def test_sheet_that_is_not_of_cases_is_told(tmp_path: Path) -> None:
    """Notes of the office are left out, and the person is told so."""
    file = book(tmp_path, {"cases": [["case"], ["a"]], "notes": [["call"], ["Mi"]]})

    assert rows.look_through(file, catalogue()).notes == [
        "the sheet 'notes' has no column 'case': not read"
    ]


def test_cell_below_no_heading_is_refused(tmp_path: Path) -> None:
    """It would print nowhere."""
    found = gathered(tmp_path, {"cases": [["case"], ["a", "lost"]]})

    assert "below no heading" in found.broken[0].message


@pytest.mark.parametrize(
    ("heading", "value", "shown", "why"),
    [
        pytest.param("respondents[].a_number", 12345678, "000000000", "leading zero", id="zero"),
        pytest.param("respondents[].name", "=A1", "General", "formula", id="formula"),
        pytest.param("case.nta_date", dt.date(2006, 3, 1), "mmm-yy", "without a day", id="month"),
        pytest.param("office.name", dt.date(2006, 3, 1), "mm-dd-yy", "answer is text", id="date"),
        pytest.param("office.phone", 1012345678, "General", "answer is text", id="phone"),
    ],
)
def test_what_excel_made_of_it_is_refused_with_sheet_and_cell(
    tmp_path: Path, heading: str, value: object, shown: str, why: str
) -> None:
    """Never padded, never guessed, never computed."""
    lines: list[list[object]] = [["case", heading], ["a", value]]

    found = gathered(tmp_path, {"cases": lines}, {"B2": shown})

    (fault,) = found.faults
    assert isinstance(fault, Finding)
    assert why in fault.message
    assert str(fault.place).endswith("list.xlsx sheet 'cases', cell B2")
    assert set(found.data) == {"answers"}


def test_dates_and_numbers_that_are_sure_are_taken(tmp_path: Path) -> None:
    """As the sheet shows them."""
    head = ["case", "case.nta_date", "settings.review_days", "respondents[].lead"]
    lines: list[list[object]] = [[*head], [17, dt.date(2026, 3, 5), 30, True]]

    found = gathered(tmp_path, {"cases": lines}, {"B2": "yyyy-mm-dd"})

    assert found.data["case"] == {"nta_date": "2026-03-05"}
    assert found.data["settings"] == {"review_days": "30"}
    assert found.data["respondents"][0]["lead"] == "yes"


def test_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    """With what to do."""
    file = tmp_path / "list.xlsx"
    file.write_bytes(b"PK no workbook")

    with pytest.raises(AnswersError, match="no workbook"):
        rows.look_through(file, catalogue())


# The empty workbook


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_empty_sheet_asks_what_the_document_asks(tmp_path: Path, ending: str) -> None:
    """Each question of the document has its column, or columns for its parts; nothing else."""
    document = catalogue().documents["pd-request"]
    file = tmp_path / f"list{ending}"
    file.write_bytes(empty.empty(catalogue(), document, ending))

    found: set[tuple[str, ...]] = set()
    with opened(file) as sheets:
        for sheet in sheets:
            if sheet.name == "choices":
                continue
            heads, wrong = columns(sheet.header, known(catalogue()), file.name)
            assert not wrong
            found |= {c.steps for c in heads}

    for question in catalogue().asked(document):
        own = {question.steps, *((*question.steps, part) for part in parts(question))}
        assert own & found, question.path
    asked = {q.steps for q in catalogue().asked(document)}
    assert all(
        steps in asked or steps[:-1] in asked or steps[-1:] == ("id",) for steps in found if steps
    )


def test_empty_workbook_helps(tmp_path: Path) -> None:
    """Help in each heading, choices to pick from, and cells that keep what is typed."""
    file = tmp_path / "list.xlsx"
    file.write_bytes(empty.as_workbook(catalogue(), catalogue().documents["pd-request"]))

    book = load_workbook(file)
    sheet: Any = book["cases"]
    heads = {cell.value: cell for cell in sheet[1]}
    offered = {
        str(v.sqref).split(":")[0]: v.formula1 for v in sheet.data_validations.dataValidation
    }
    court = heads["case.court"]
    where = offered[f"{court.column_letter}2"]
    column, last = where.split("$")[1], int(where.split("$")[-1])
    listed = [book["choices"][f"{column}{n}"].value for n in range(1, last + 1)]
    question = catalogue().questions["case", "court"]
    assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert listed == [*question.options.choices]
    assert sheet.column_dimensions["B"].number_format == "@"


def test_filled_workbook_becomes_letters(home: Path) -> None:
    """From the empty one to the letter, as a coordinator goes."""
    file = home / "list.xlsx"
    assert nkdocs("template", "sheet", "hello", "-o", file, "--case", home.parent).code == 0
    book = load_workbook(file)
    sheet: Any = book["cases"]
    told_ = {"case": "a", "meta.as_of": "2026-11-20", "respondents[].name.legal": "SEO Yun",
             "respondents[].a_number": "A000-000-021", "respondents[].lead": "yes"}  # fmt: skip
    for cell in list(sheet[1]):
        if cell.value in told_:
            sheet.cell(row=2, column=cell.column, value=told_[cell.value])
    book.save(file)

    made = run(home / "out", file)

    assert told(made) == [("0001", "written")]
    assert "Your A-number is A000-000-021." in said(home / "out/hello/0001.docx")


def test_empty_sheet_replaces_nothing(tmp_path: Path) -> None:
    """A list that was filled in is not lost to a second call."""
    file = tmp_path / "list.csv"
    file.write_text("mine", "utf-8")

    assert nkdocs("template", "sheet", "pd-request", "-o", file).code == 5
    assert file.read_text("utf-8") == "mine"


def test_other_endings_are_refused() -> None:
    """A spreadsheet is .xlsx or .csv."""
    with pytest.raises(UsageError):
        empty.empty(catalogue(), catalogue().documents["pd-request"], ".ods")


def test_kinds_a_sheet_takes_more_of_are_kinds() -> None:
    """No kind is misspelt in the table of what a cell may hold besides text."""
    from nkdocs.batch.cells import _TAKEN

    assert set(_TAKEN) <= set(KINDS)

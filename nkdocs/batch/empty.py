"""An empty spreadsheet for a document: the right columns, help for each, choices to pick from."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from nkdocs.batch.columns import KEY, NONE, SIDE, parts
from nkdocs.batch.tables import INSTALL
from nkdocs.errors import MissingProgramError, UsageError
from nkdocs.interview.spec import ITEM, Catalogue, Document, Pattern, Question, path

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_ROWS = 2_000  # for which choices are offered and texts stay texts
_WIDE, _TALL = 28, 31  # of a column; the longest name of a sheet
_LEAD = "respondents"  # the one list that nearly every row tells one item of
_EACH = (
    "Whose row it is: a number or word of your own, the same in every sheet. Not printed. A column "
    "headed Notes, or with a heading that begins with _ or #, is your own and is not read."
)
_ITEM = "A name for this item of the list: small letters, digits and hyphens. May stay empty."


class Head(Struct, frozen=True):
    """A column: its heading, what helps to fill it, the choices it offers."""

    path: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()


def sheets(catalogue: Catalogue, document: Document) -> dict[str, list[Head]]:
    """Return the sheets of a workbook: the answers of a case, then one sheet a list."""
    found: dict[str, list[Head]] = {"cases": [Head(KEY, _EACH, required=True)]}
    for question in catalogue.asked(document):
        name = _sheet(question.steps)
        heads = found.setdefault(name, _begun(question.steps))
        if question.is_list:
            inner = _sheet((*question.steps, ITEM))
            begun = found.setdefault(inner, _begun((*question.steps, ITEM)))
            if inner == "cases":
                begun.append(Head(f"{question.path}[].id", _ITEM))
        heads += _heads(catalogue, document, question)
    return found


def _sheet(steps: Pattern) -> str:
    """Return the sheet on which the answers of a path stand."""
    lists = [i for i, step in enumerate(steps) if step == ITEM]
    if not lists or steps[: lists[-1]] == (_LEAD,):
        return "cases"
    return ".".join(s for s in steps[: lists[-1]] if s != ITEM)[-_TALL:]


def _begun(steps: Pattern) -> list[Head]:
    """Return the columns with which the sheet of a list begins: whose item it is, and its id."""
    ends = [i for i, step in enumerate(steps) if step == ITEM]
    above = [Head(f"{path(steps[:end])}[].id", _ITEM) for end in ends]
    return [Head(KEY, _EACH, required=True), *above]


def _heads(catalogue: Catalogue, document: Document, question: Question) -> list[Head]:
    """Return the columns of one question."""
    need = catalogue.required(question, (document,))
    told = [question.prompt.en, question.help]
    told += [f"For example: {question.example}"] if question.example else []
    if question.is_list:
        told.append(f"Write {NONE} where there are none; items stand under {question.path}[]…")
        return [Head(question.path, _joined(told), need is True, (NONE,))]
    choices = tuple(question.options.choices)
    if question.kind.name == "yesno":
        choices = ("yes", "no")
    elif question.kind.name == "many":
        told.append(f"Several, with commas between them: {', '.join(choices)}.")
        choices = ()
    if question.options.unknowns:
        told.append("Or: does not know, does not remember, declines.")
    own = parts(question) if question.kind.name in {"name", "place"} else ()
    heads = [Head(f"{question.path}.{part}", _joined(told), need is True) for part in own]
    return heads or [Head(question.path, _joined(told), need is True, choices)]


def _joined(told: Sequence[str]) -> str:
    return " ".join(" ".join(text.split()) for text in told if text)


def as_csv(catalogue: Catalogue, document: Document) -> bytes:
    """Return the headings as a CSV file that Excel opens as UTF-8."""
    every = [head for heads in sheets(catalogue, document).values() for head in heads]
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(dict.fromkeys(h.path for h in every))
    return ("\ufeff" + out.getvalue()).encode("utf-8")


def as_workbook(catalogue: Catalogue, document: Document) -> bytes:
    """Return the workbook: text columns that keep leading zeros, notes, choices.

    Raises:
        MissingProgramError: openpyxl is not installed.
    """
    try:
        from openpyxl import Workbook
    except ImportError:
        msg = "workbooks (.xlsx) need openpyxl, which is not installed"
        raise MissingProgramError(msg, hint=f"{INSTALL}, or name a .csv file.") from None
    book = Workbook()
    side = book.create_sheet(SIDE)
    lists: dict[tuple[str, ...], str] = {}
    first: Any = book.active
    for number, (name, heads) in enumerate(sheets(catalogue, document).items()):
        sheet = first if number == 0 else book.create_sheet(name, index=number)
        sheet.title = name
        sheet.freeze_panes = "B2"
        for column, head in enumerate(heads, 1):
            _column(sheet, column, head)
            if head.choices:
                _offer(sheet, column, _listed(side, head.choices, lists))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _column(sheet: "Worksheet", number: int, head: Head) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    cell: Any = sheet.cell(row=1, column=number, value=head.path)
    cell.font = Font(bold=head.required)
    cell.comment = Comment(head.help + (" Required." if head.required else ""), "nkdocs")
    cell.comment.width, cell.comment.height = 320, 160
    letter = get_column_letter(number)
    sheet.column_dimensions[letter].width = _WIDE
    sheet.column_dimensions[letter].number_format = "@"  # what is typed stays as it is typed


def _listed(side: "Worksheet", choices: tuple[str, ...], lists: dict[tuple[str, ...], str]) -> str:
    """Return where the choices stand on their sheet, after writing them there once."""
    from openpyxl.utils import get_column_letter

    if choices not in lists:
        number = len(lists) + 1
        for row, choice in enumerate(choices, 1):
            side.cell(row=row, column=number, value=choice)
        letter = get_column_letter(number)
        lists[choices] = f"{SIDE}!${letter}$1:${letter}${len(choices)}"
    return lists[choices]


def _offer(sheet: "Worksheet", column: int, where: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(type="list", formula1=where, allow_blank=True, showErrorMessage=False)
    letter = get_column_letter(column)
    offered.add(f"{letter}2:{letter}{_ROWS}")
    sheet.add_data_validation(offered)


def empty(catalogue: Catalogue, document: Document, ending: str) -> bytes:
    """Return an empty spreadsheet of the kind that *ending* names.

    Raises:
        UsageError: it is neither .csv nor .xlsx.
        MissingProgramError: openpyxl is not installed.
    """
    if ending == ".csv":
        return as_csv(catalogue, document)
    if ending == ".xlsx":
        return as_workbook(catalogue, document)
    msg = "an empty spreadsheet is a .xlsx or a .csv file"
    raise UsageError(msg, hint="For example: -o list.xlsx")

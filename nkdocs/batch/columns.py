"""What the columns of a spreadsheet mean: each is headed by the path of a question.

`respondents[].born` heads answers of the items of a list; `respondents[].id` names the item;
`respondents[].name.legal` is a part of an answer; `pd.negatives` takes the word `none` where a
list is empty. The first column, `case`, says whose row it is. What the office keeps for itself may
stand beside them: below `Notes`, or below a heading that begins with `_` or `#`.
"""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.batch.cells import Cell, Spot
from nkdocs.diagnostics import Finding, Place, Severity, shown
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, Question, path

KEY = "case"
NONE = "none"
SIDE = "choices"  # the sheet of a workbook that only lists what may be picked
OWN = "own"
Heads = Mapping[tuple[str, Pattern], int]  # sheet and path of what is answered in a column
REFUSED = "Mend the spreadsheet and run again; nothing was written."
_NOTES = frozenset({"note", "notes", "remark", "remarks", "comment", "comments", "비고", "메모"})
_LEAD = "respondents[]."
_LONGEST = 40  # characters of a heading that are quoted


class Column(Struct, frozen=True):
    """One column.

    Attributes:
        steps: the path that heads it; empty for the column `case` and for the office's own.
        kind: of the answers in it; `id` for an item's id, `list` for a list itself; `case`, `own`.
    """

    number: int
    steps: Pattern
    kind: str

    @property
    def lists(self) -> tuple[Pattern, ...]:
        """The paths of the lists it stands in, the outermost first."""
        return tuple(self.steps[:end] for end, step in enumerate(self.steps) if step == ITEM)


def known(catalogue: Catalogue) -> dict[str, tuple[Pattern, str]]:
    """Return every heading a column may have, with its path and kind."""
    found: dict[str, tuple[Pattern, str]] = {}
    for steps, question in catalogue.questions.items():
        found[path(steps)] = steps, question.kind.name
        if question.is_list:
            inner = (*steps, ITEM, "id")
            found[path(inner)] = inner, "id"
        for part in parts(question):
            found[path((*steps, part))] = (*steps, part), question.kind.name
    return found


def parts(question: Question) -> tuple[str, ...]:
    """Return the parts an answer may be written in: a name's `legal`, a place's `country`."""
    schema = question.kind.schema(question.options)
    forms = schema.get("anyOf", [schema])
    for form in forms if isinstance(forms, list) else []:
        properties = form.get("properties") if isinstance(form, dict) else None
        if isinstance(properties, dict):
            return tuple(properties)
    return ()


def is_key(cell: Cell) -> bool:
    """Whether a heading is that of the column `case`, in small letters or not."""
    return str(cell.value).strip().casefold() == KEY


def key_column(heads: Sequence[Column]) -> int:
    """Return the number of the column `case`."""
    return next(c.number for c in heads if c.kind == KEY)


def quoted(heading: Cell) -> str:
    """Return a heading as a message names it."""
    said = shown(str(heading.value).strip())
    return f"'{said if len(said) <= _LONGEST else said[: _LONGEST - 1] + '…'}'"


def columns(
    header: Sequence[Cell], headings: dict[str, tuple[Pattern, str]], file: str
) -> tuple[list[Column], list[Finding]]:
    """Return the columns that *header* names, and a fault for each heading that is none."""
    found: list[Column] = []
    faults: list[Finding] = []
    seen: dict[str, Spot] = {}
    for cell in header:
        if cell.blank:
            continue
        name = KEY if is_key(cell) else str(cell.value).strip()
        if name in seen:
            why = f"the heading {quoted(cell)} stands twice, first in column {seen[name].letter}"
            faults.append(fault(file, cell.spot, why, hint=REFUSED))
        elif name == KEY:
            found.append(Column(cell.spot.column, (), KEY))
        elif name in headings:
            found.append(Column(cell.spot.column, *headings[name]))
        elif name.startswith(("_", "#")) or name.casefold() in _NOTES:
            found.append(Column(cell.spot.column, (), OWN))
            continue
        else:
            why = f"the heading {quoted(cell)} is no answer nkdocs knows{_guess(name, headings)}"
            faults.append(fault(file, cell.spot, why, hint=REFUSED))
        seen.setdefault(name, cell.spot)
    return found, faults


def _guess(name: str, headings: Iterable[str]) -> str:
    """Return what was meant, if that can be guessed; the client is the lead respondent."""
    known_ = {heading.casefold(): heading for heading in (KEY, *headings)}
    wanted = name.casefold()
    if wanted.startswith("client."):
        wanted = f"{_LEAD}{wanted.removeprefix('client.')}"
    near = difflib.get_close_matches(wanted, known_, 1)
    return f"; did you mean '{known_[near[0]]}'?" if near else ""


def head_of(steps: Sequence[str], heads: Heads) -> tuple[str, Pattern] | None:
    """Return which of *heads* answers the question at *steps*, or a first part of it.

    An item may stand in the steps by its id.
    """
    for sheet, head in heads:
        told = zip(head, steps, strict=False)
        if len(head) >= len(steps) > 0 and all(own in {ITEM, step} for own, step in told):
            return sheet, head
    return None


def fault(
    file: str, spot: Spot, message: str, *, code: str = "A001", hint: str = "", subject: str = ""
) -> Finding:
    """Return the fault of a cell."""
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        place=place(file, spot),
        subject=subject,
        hint=hint or "Mend the spreadsheet and run again; what is done stays done.",
    )


def place(file: str, spot: Spot) -> Place:
    """Return where a cell stands: of a CSV file its line, which editors can jump to.

    And its row, as spreadsheets count them, where that is another number.
    """
    if spot.sheet:
        return Place(file, part=str(spot))
    row = place_of_row(file, spot)
    return replace(row, part=", ".join(t for t in (row.part, f"column {spot.letter}") if t))


def place_of_row(file: str, spot: Spot) -> Place:
    """Return where the row of a cell stands."""
    if spot.sheet:
        return Place(file, part=f"sheet '{spot.sheet}', row {spot.row}")
    line = spot.line or spot.row
    return Place(file, line, part="" if line == spot.row else f"row {spot.row}")

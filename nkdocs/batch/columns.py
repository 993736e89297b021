"""What the columns of a spreadsheet mean: each is headed by the path of a question.

`respondents[].born` heads answers of the items of a list; `respondents[].id` names the item;
`respondents[].name.legal` is a part of an answer; `pd.negatives` takes the word `none` where a
list is empty. The first column, `case`, says whose row it is.
"""

import difflib
from collections.abc import Sequence

from msgspec import Struct

from nkdocs.batch.cells import Cell, Spot
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, Question, path

KEY = "case"
NONE = "none"
SIDE = "choices"  # the sheet of a workbook that only lists what may be picked


class Column(Struct, frozen=True):
    """One column.

    Attributes:
        steps: the path that heads it; empty for the column `case`.
        kind: of the answers in it; `id` for an item's id, `list` for a list itself.
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
        name = str(cell.value).strip()
        if name in seen:
            faults.append(fault(file, cell.spot, f"the column of {seen[name].letter} stands twice"))
        elif name == KEY:
            found.append(Column(cell.spot.column, (), KEY))
        elif name in headings:
            found.append(Column(cell.spot.column, *headings[name]))
        else:
            faults.append(fault(file, cell.spot, _unknown(name, headings)))
        seen.setdefault(name, cell.spot)
    return found, faults


def _unknown(name: str, headings: dict[str, tuple[Pattern, str]]) -> str:
    near = difflib.get_close_matches(name, [KEY, *headings], 1)
    guess = f"; did you mean '{near[0]}'?" if near else ""
    return f"the heading is no answer nkdocs knows{guess}"


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
    """Return where a cell stands: of a CSV file its line, which editors can jump to."""
    if spot.sheet:
        return Place(file, part=str(spot))
    return Place(file, spot.row, part=f"column {spot.letter}")

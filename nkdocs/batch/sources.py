"""What a batch is made of: answers files, case folders and the rows of spreadsheets, in order."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, field

from nkdocs import cases
from nkdocs.answers.load import load
from nkdocs.batch import options, rows, tables
from nkdocs.batch.cells import Spot
from nkdocs.batch.columns import fault
from nkdocs.batch.desks import row_case, shelf_for
from nkdocs.batch.jobs import Job, Order
from nkdocs.batch.journal import MANIFEST, Journal
from nkdocs.case import ANSWERS, Case
from nkdocs.checks.facts import Found
from nkdocs.checks.run import worded
from nkdocs.diagnostics import Finding
from nkdocs.errors import AnswersError, UsageError
from nkdocs.packet.exposed import of_list
from nkdocs.packet.others import case_files
from nkdocs.vault import sealed, unsealed


class Sources(Struct):
    """Everything that was named, looked through.

    Attributes:
        parts: files of cases, and spreadsheets, in the order given.
        notes: what is worth knowing before the work begins.
    """

    order: Order
    parts: list[Path | rows.Table] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _folders: dict[Path, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many cases there are."""
        return sum(1 if isinstance(part, Path) else part.cases for part in self.parts)

    @property
    def locked(self) -> bool:
        """Whether a case among them is locked."""
        return any(isinstance(p, Path) and cases.find(p).vault is not None for p in self.parts)

    def jobs(self, journal: Journal) -> Iterator[Job]:
        """Yield the job of each case, numbered as it was in every run before."""
        tables = sum(not isinstance(part, Path) for part in self.parts)
        given: dict[str, str] | None = {} if tables > 1 else None
        for part in self.parts:
            if isinstance(part, Path):
                number = journal.number(f"case\n{self.place(part)}")
                shown = part.parent if part.name == ANSWERS else part
                yield Job(number, str(shown), known=journal.known(number))
            else:
                yield from self._rows(part, journal, given)

    def around(self, output: Path) -> list[Finding]:
        """Return what is found of the lists, and of *output* with their letters.

        It is about no client: it is looked at in each run, and told once.
        """
        found: dict[str, Finding] = {}
        for part in self.parts:
            if isinstance(part, Path):
                continue
            words = shelf_for(_case(part, self.order)).wordings
            nobody = load("", part.name)
            for file, how in of_list(part.path, output / MANIFEST):
                told = Found("L805", f"{file} {how}", (), {"file": file, "how": how})
                found.setdefault(told.subject, worded(told, nobody, words))
        return list(found.values())

    def place(self, file: Path) -> str:
        """Return where *file* stands, no link in its path; each folder is followed once."""
        if os.name == "nt" or file.is_symlink():  # Windows tells how a name is spelt, too
            return str(file.resolve())
        folder = file.parent
        if folder not in self._folders:
            self._folders[folder] = str(folder.resolve())
        return os.path.join(self._folders[folder], file.name)  # noqa: PTH118 - asked of every case

    def _rows(
        self, table: rows.Table, journal: Journal, given: dict[str, str] | None
    ) -> Iterator[Job]:
        for key, found in table.each():
            number = journal.number(f"row\n{key}")
            broken = list(found.broken)
            if given is not None and given.setdefault(key, table.name) != table.name:
                broken.append(_twice(table.name, given[key], found.cells))
                number = journal.number(f"row\n{key}\n{table.name}")
            yield Job(
                number, str(table.path), key, found.data, found.cells, table.heads,
                tuple(found.faults), tuple(broken), journal.known(number),
            )  # fmt: skip


def _twice(name: str, other: str, cells: object) -> Finding:
    spots = list(cells.values()) if isinstance(cells, dict) else []
    spot = spots[0] if spots else Spot("", 1, 1)
    return fault(name, spot, f"a case of the same key stands in {other}, too: which one counts?")


def look_through(paths: Sequence[Path], order: Order) -> Sources:
    """Return what stands at *paths*, each case once.

    Raises:
        AnswersError: there is nothing at a path, no case in it, or a spreadsheet is not whole.
        UsageError: a file is of no kind that is read.
    """
    found = Sources(order)
    seen: set[str] = set()
    for path in paths:
        for part in _parts(path, order):
            own = found.place(part if isinstance(part, Path) else part.path)
            if own not in seen:
                found.parts.append(part)
                found.notes += [] if isinstance(part, Path) else part.notes
            seen.add(own)
    lists = {list_ for path in paths for list_ in _lists(path)}
    left = sorted(list_ for list_ in lists if found.place(list_) not in seen)
    found.notes += [f"{list_} was not taken: name it too for letters of its rows" for list_ in left]
    if found.parts:
        tables = any(not isinstance(part, Path) for part in found.parts)
        case = _case(found.parts[0], order)
        options.checked(order, case, shelf_for(case), rows=tables)
    return found


def _case(part: Path | rows.Table, order: Order) -> Case:
    """Return the case of a file, or that of the first row of a list."""
    office = Path(order.office) if order.office else None
    if isinstance(part, Path):
        return cases.find(part, office=office)
    return row_case(Job("", str(part.path)), office)


def _lists(folder: Path) -> Iterator[Path]:
    """Yield the spreadsheets in a folder; our own report is none."""
    for file in folder.iterdir() if folder.is_dir() else ():
        ours = file.name == "report.csv" or file.name.startswith((".", "~$"))
        if file.suffix.lower() in tables.ENDINGS and not ours:
            yield file


def _parts(path: Path, order: Order) -> Iterator[Path | rows.Table]:
    path = unsealed(path)
    if not path.exists() and not sealed(path).exists():
        msg = f"there is nothing at {path}"
        raise AnswersError(msg, hint="Check the path; nothing was begun.")
    if path.suffix.lower() in tables.ENDINGS and path.is_file():
        office = Path(order.office) if order.office else None
        shelf = shelf_for(row_case(Job("", str(path)), office))
        yield rows.look_through(path, shelf.catalogue)
        return
    if not path.is_dir() and path.suffix.lower() not in {".yaml", ".yml"}:
        msg = f"{path} is no answers file, case folder or spreadsheet"
        raise UsageError(msg, hint="A batch reads .yaml, folders, .csv and .xlsx.")
    files = list(case_files(path))
    if not files:
        msg = f"there is no case at {path}"
        lists = sorted(_lists(path))
        named = f"Name the list itself: {lists[0]}" if lists else ""
        hint = named or "Name answers files, case folders, or a folder of them."
        raise AnswersError(msg, hint=hint)
    yield from files


__all__ = ["Sources", "look_through"]

"""The desk for one case of a batch: of a file of its own, or of a row that tells it."""

import contextlib
import copy
import functools
import gc
import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import field
from msgspec.structs import replace

from nkdocs import __file__ as _package
from nkdocs import cases
from nkdocs.answers.load import CaseFile, load
from nkdocs.batch.cells import Spot
from nkdocs.batch.columns import Heads, head_of, place, place_of_row
from nkdocs.batch.jobs import At, Job, Order
from nkdocs.batch.sealed import brief, held
from nkdocs.case import Case, sha256
from nkdocs.diagnostics import Finding, Place, stop
from nkdocs.documents import find
from nkdocs.errors import AnswersError, FileBusyError, NkdocsError
from nkdocs.interview.engine import pattern
from nkdocs.packet import desk, others
from nkdocs.packet.desk import Desk, Shelf
from nkdocs.packet.exposed import exposed
from nkdocs.vault import unsealed

#: Stands for the folder of a case that brings no templates: none of the others lies in it.
_NOBODY = Path("/nobody's case")
#: Objects made before the next look for circles: what a few letters throw away, whose memory is
#: wanted again; once all that stays is frozen such a look costs little.
_SELDOM = 10_000


class RowFile(CaseFile, frozen=True):
    """The answers of a row, which tell their cell where others tell their line."""

    spots: Mapping[At, Spot] = field(default_factory=dict)
    heads: Heads = field(default_factory=dict)

    def place(self, spot: At) -> Place:
        """Return the cell in which an answer stands, or would stand; its row without a column."""
        if self.office and self._of_office(spot):
            return CaseFile.place(self, spot)
        near = spot
        while near and near not in self.spots:
            near = near[:-1]
        found = self.spots.get(near)
        if found is None:
            return Place(self.name)
        if near and isinstance(near[-1], str):  # an answer; else the item or the case around it
            return place(self.name, found)
        head = head_of(pattern(spot), {k: n for k, n in self.heads.items() if k[0] == found.sheet})
        if head:
            return place(self.name, replace(found, column=self.heads[head]))
        return place_of_row(self.name, found)


@functools.lru_cache(maxsize=8)
def _shelf(office: Path | None, folder: Path) -> Shelf:
    """Return what cases with the same template folders share, with its fingerprint."""
    found = desk.shelf_of(Case(folder / "answers.yaml", folder, office))
    found = replace(found, mark=_printed(found.templates))
    if gc.get_freeze_count():  # before the first there is little to throw away
        gc.collect()
    gc.freeze()  # it stays until the end: what is thrown away after each letter is found sooner
    gc.set_threshold(_SELDOM)
    return found


def _printed(templates: Sequence[Path]) -> str:
    """Return the fingerprint of the program and of every file a template may be made of."""
    seen = hashlib.sha256()
    for root in map(str, (Path(str(_package)).parent, *templates)):
        for folder, below, names in os.walk(root):
            below[:] = sorted(name for name in below if name != "__pycache__")
            for name in sorted(names):
                file = os.path.join(folder, name)  # noqa: PTH118 - of all files, at each start
                if name.endswith((".py", ".yaml", ".docx")) and os.path.isfile(file):  # noqa: PTH113 - as above
                    with open(file, "rb") as data:  # noqa: PTH123 - as above
                        told = hashlib.sha256(data.read())
                    seen.update(os.fsencode(f"{file[len(root) :]}\n"))
                    seen.update(told.digest())
    return seen.hexdigest()


def shelf_for(case: Case) -> Shelf:
    """Return what *case* shares with others of the same template folders, read once a process."""
    own = find.own(case.folder)
    return _shelf(case.office, case.folder if own else _NOBODY)


def case_of(job: Job, order: Order) -> Case:
    """Return the case of a job, with the keys of this run where it is locked.

    Raises:
        AnswersError: there is none.
        FileBusyError: it is locked, and no key was given.
    """
    office = Path(order.office) if order.office else None
    if job.data is not None:
        return row_case(job, office)
    case = cases.find(Path(job.path), office=office, keys=held())
    if case.vault is not None and not held().some:
        msg = f"{case.name} is locked, and no key was given; a batch asks for no passphrase"
        alone = f"nkdocs fill {job.path} {order.document}"
        raise FileBusyError(msg, hint=f"Name a file with your key: --identity FILE. Or: {alone}")
    return case


def desk_of(job: Job, order: Order, found: Case | None = None) -> Desk:
    """Return the desk of a case, or of the row that tells one; *found* is the case if known.

    Raises:
        NkdocsError: the answers cannot be read, or the templates are wrong.
    """
    case = found or case_of(job, order)
    shelf = shelf_for(case)
    if job.data is not None:
        return desk.desk_for(case, _row(_with(job, order.sets), case), shelf)
    file = case.load()
    stop(file.faults)
    made = desk.desk_for(case, file, shelf)
    return desk.with_sets(made, order.sets) if order.sets else made


def row_case(job: Job, office: Path | None) -> Case:
    """Return the case of a row: it has no folder, and no file but the spreadsheet."""
    table = Path(job.path)
    beside = cases.office_above(table.parent)
    return Case(table, table.with_name(f"{table.name}.{job.number}"), office or beside)


def _row(job: Job, case: Case) -> RowFile:
    """Return the answers of a row; JSON is YAML."""
    text = json.dumps(job.data, ensure_ascii=False, sort_keys=True)
    read = load(text, job.path, case.office_text(), str(case.office or ""))
    stop(read.faults)
    return RowFile(
        job.path,
        text,
        read.data,
        read.loaded,
        read.office,
        read.office_name,
        job.faults,
        office_text=read.office_text,
        spots=dict(job.cells),
        heads=job.heads,
    )


def _with(job: Job, sets: Sequence[str]) -> Job:
    """Return a row with the answers that were given for the whole run."""
    if not sets:
        return job
    data = copy.deepcopy(dict(job.data or {}))
    for said in sets:
        name, _, value = said.partition("=")
        here = data
        *above, last = name.strip().split(".")
        for step in above:
            here = here.setdefault(step, {})
            if not isinstance(here, dict):
                msg = "--set names an item of a list"
                raise AnswersError(msg, hint="Give it a column of the spreadsheet.")
        here[last] = value.strip()
    return replace(job, data=data)


def faults_of_sets(sets: Sequence[str], case: Case, shelf: Shelf) -> list[Finding]:
    """Return what is wrong with the answers that are given for all cases of a run."""
    blank = Job("", str(case.file), data={"answers": "1"})
    without, with_ = (
        desk.desk_for(case, _row(_with(blank, some), case), shelf).faults() for some in ((), sets)
    )
    return [f for f in with_ if f not in without]


# What a letter is made of


def inputs(job: Job, order: Order, at: Desk) -> str:
    """Return the fingerprint of all that the letters of a case are made of."""
    told = [
        at.shelf.mark, order.document, order.state.value, str(order.pdf), str(order.check),
        order.name_by, _answers(at, order.sets),
        sha256(at.file.office_text.encode()), str(job.faults),
    ]  # fmt: skip
    if job.data is None:
        told += [*_belongings(at.case), str(exposed(at.case))]
    return sha256("\n".join(told).encode("utf-8", "surrogatepass"))


def _answers(at: Desk, sets: Sequence[str]) -> str:
    """Return the fingerprint of a case's answers as they stand: of a locked one the sealed file's.

    The fingerprint goes into a manifest in the clear, where answers could be tried against it.
    """
    case = at.case
    if case.vault is not None:
        return sha256("\n".join(sets).encode() + case.where(case.file).read_bytes())
    return at.answers_mark


def _belongings(case: Case) -> list[str]:
    """Return a mark of every file of a case but its results; of those, what is recorded."""
    found = []
    for file in sorted(case.folder.rglob("*")) if case.folder.is_dir() else ():
        inside = file.relative_to(case.folder)
        name = unsealed(file)
        own = inside.parts[0] != "out" or name.name == "manifest.jsonl" or name.suffix == ".docx"
        if own and not file.name.startswith(".") and file.is_file():
            found.append(f"{inside.as_posix()} {sha256(file.read_bytes())}")
    return found


def compared(first: Job, later: Sequence[Job], order: Order) -> Iterator[tuple[str, list[Finding]]]:
    """Yield what each of the *later* cases has in common with the *first*, which is read once.

    What cannot be read is left out.
    """
    with contextlib.suppress(NkdocsError):
        earlier = desk_of(first, order)
        seen = others.seen(earlier.answers(), f"{first.number} ({first.shown})")
        for job in later:
            with contextlib.suppress(NkdocsError):
                at = desk_of(job, order)
                found = others.compared(at, seen)
                locked = earlier.case.vault or at.case.vault
                yield job.number, brief(found, job.path) if locked else found

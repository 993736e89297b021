"""One letter of a batch: what is asked of a worker, and what comes back.

Both cross the line between processes, and with a cluster between computers: plain data, no open
files. A worker writes nothing; whoever runs the batch does.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from nkdocs.batch.cells import Spot
from nkdocs.batch.columns import Heads, place_of_row
from nkdocs.case import Record
from nkdocs.diagnostics import Finding, State
from nkdocs.vault import Vault

At = tuple[str | int, ...]
Sketch = tuple[int, ...]


class Order(Struct, frozen=True):
    """What is the same for every letter of a batch."""

    document: str
    state: State = State.DRAFT
    pdf: bool = False
    check: bool = False
    office: str = ""
    sets: tuple[str, ...] = ()
    name_by: str = ""


class Job(Struct, frozen=True):
    """One case to be written.

    Attributes:
        number: what its letters are called: no client's name.
        path: the answers file or case folder, or the spreadsheet it stands in.
        key: of a row: the case's own name in the spreadsheet.
        data: of a row: its answers; None for a case with a file of its own.
        cells: of a row: where each answer stands, first of all where its rows begin.
        heads: of a row: in which column of a sheet a question is answered.
        faults: of a row: cells that say nothing that can be trusted.
        broken: what makes it unusable before it is begun.
        known: the fingerprint of what was written last, when that still stands untouched.
    """

    number: str
    path: str
    key: str = ""
    data: Mapping[str, Any] | None = None
    cells: Mapping[At, Spot] = field(default_factory=dict)
    heads: Heads = field(default_factory=dict)
    faults: tuple[Finding, ...] = ()
    broken: tuple[Finding, ...] = ()
    known: str = ""

    @property
    def shown(self) -> str:
        """Where it comes from, as messages and reports name it."""
        first = next(iter(self.cells.values()), None)
        return str(place_of_row(self.path, first)) if first else self.path


class Made(Struct, frozen=True):
    """What a worker gives back: files and records, or why there are none.

    Attributes:
        what: written, unchanged, kept (an edited file in the case itself, or among the results),
            or failed.
        files: the Word files and PDFs by their name in the folder of results.
        kept: those that are not written, as what stands there is somebody's or open.
        inputs: the fingerprint of all that the letters were made of.
        sketch: what tells whether two clients' texts are alike.
        vault: what seals it, of a locked case; it never leaves the worker.
    """

    number: str
    what: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    inputs: str = ""
    findings: tuple[Finding, ...] = ()
    message: str = ""
    hint: str = ""
    code: int = 0
    sketch: tuple[Sketch, ...] = ()
    vault: Vault | None = None

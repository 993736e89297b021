"""What became of each case of a batch, kept on disk: a list of any length takes the same memory.

The file has no name and is gone with the process. In memory stay sixteen bytes a case, and how
many came out how.
"""

import json
import tempfile
import weakref
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.vault import ENDING

_TOLD = 60  # findings of a case that the report keeps
#: Why a letter is kept: edited, somebody's own, open in Word.
KEPT = frozenset({"F001", "F006"})
_GRAVITY = {Severity.ERROR: 0, Severity.WARN: 1, Severity.INFO: 2}


class Outcome(Struct, frozen=True):
    """What became of one case.

    Attributes:
        source: where it comes from: a file, or a line of a spreadsheet.
        what: written, unchanged, kept, or failed.
    """

    number: str
    source: str
    what: str
    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    message: str = ""
    hint: str = ""
    code: int = 0

    @property
    def person(self) -> bool:
        """Whether a person has to look at it before it can go on."""
        left = self.what in {"failed", "kept"}
        return left or any(f.severity is Severity.ERROR for f in self.findings)


class Outcomes:
    """The outcomes of a batch, in the order of the cases' numbers.

    Attributes:
        counts: how many came out how.
        people: how many need a person.
        locked: how many letters are of locked cases.
    """

    def __init__(self, folder: Path) -> None:
        """Keep them beside what is made in *folder*."""
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed with this
        weakref.finalize(self, self._file.close)
        self._numbers, self._places = array("q"), array("q")
        self._end = 0
        self._more: dict[str, list[Finding]] = {}
        self.counts: Counter[str] = Counter()
        self.people = self.locked = 0

    def add(self, outcome: Outcome) -> None:
        """Keep one more."""
        self.counts[outcome.what] += 1
        self.people += outcome.person
        self.locked += any(name.endswith(ENDING) for name in outcome.files)
        self._numbers.append(int(outcome.number))
        self._places.append(self._end)
        found = [_plain(f) for f in outcome.findings]
        plain = (outcome.number, outcome.source, outcome.what, outcome.files, found,
                 outcome.message, outcome.hint, outcome.code)  # fmt: skip
        if self._file.tell() != self._end:  # it was read meanwhile
            self._file.seek(self._end)
        self._end += self._file.write(json.dumps(plain).encode() + b"\n")

    def add_to(self, number: str, finding: Finding) -> None:
        """Tell one thing more of a case that is kept already."""
        one = self._read(self._numbers.index(int(number)))
        self._more.setdefault(number, []).append(finding)
        self.people += replace(one, findings=(*one.findings, finding)).person - one.person

    def __len__(self) -> int:
        """Count them."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[Outcome]:
        """Yield them by number."""
        for at in sorted(range(len(self)), key=self._numbers.__getitem__):
            yield self._read(at)

    def __getitem__(self, index: int) -> Outcome:
        """Return one by its place among the numbers."""
        order = sorted(range(len(self)), key=self._numbers.__getitem__)
        return self._read(order[index])

    def _read(self, at: int) -> Outcome:
        self._file.seek(self._places[at])
        number, source, what, files, found, *said = json.loads(self._file.readline())
        findings = (*(_finding(*one) for one in found), *self._more.get(number, ()))
        return Outcome(number, source, what, tuple(files), findings, *said)


def worst(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings that are told of a case: why a letter is kept, then the gravest."""
    order = sorted(findings, key=lambda f: (f.code not in KEPT, _GRAVITY[f.severity]))
    return tuple(order[:_TOLD])


def _plain(finding: Finding) -> tuple[object, ...]:
    """Return what a report tells of a finding, as it lies in the file."""
    at = finding.place
    place = (at.file, at.line, at.column, at.part, at.paragraph, at.text)
    said = (finding.code, finding.severity, finding.message, finding.subject)
    return (*said, finding.hint, finding.cure, place)


def _finding(  # noqa: PLR0913, PLR0917 - as they lie in the file
    code: str, severity: str, message: str, subject: str, hint: str, cure: str, place: list[Any]
) -> Finding:
    return Finding(
        code=code, severity=Severity(severity), message=message, place=Place(*place),
        subject=subject, hint=hint, cure=cure,
    )  # fmt: skip


def noted(finding: Finding) -> dict[str, str]:
    """Return what the journal keeps of a finding, so that a later report tells it again."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": str(finding.place),
        "subject": finding.subject,
        "hint": finding.hint,
        "cure": finding.cure,
    }


def told(noted: Mapping[str, str]) -> Finding:
    """Return a finding as the journal keeps it."""
    return Finding(
        code=noted["code"],
        severity=Severity(noted["severity"]),
        message=noted["message"],
        place=Place(part=noted["place"]),
        subject=noted["subject"],
        hint=noted["hint"],
        cure=noted["cure"],
    )

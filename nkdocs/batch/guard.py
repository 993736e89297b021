"""What of a case's letters is written, and what is kept and why: a guard before the folder.

Nothing of anybody's is overwritten, and no letter that was not renewed passes for one that was:
what is kept is recorded beside what was written, and is looked at again in every run.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from nkdocs import _filenames
from nkdocs.batch.jobs import Job, Made, Order
from nkdocs.batch.journal import THEIRS, Journal, unsealed_name
from nkdocs.batch.outcomes import noted, worst
from nkdocs.batch.whose import Whose
from nkdocs.case import Hand, Record, sha256
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.packet.papers import pdf_name

_GO_ON = "Go on with the edited file, or move it away; --force fills it anew, with a backup."
_AWAY = "Move it away and run again; --force fills it anew, with a backup."
_SAVE = "Save the edited Word file as PDF, from Word."


class Guard(Struct, frozen=True):
    """Stands before the folder of a run.

    Attributes:
        whose: tells the clients of a list apart.
        force: what is somebody's own is backed up and filled anew.
        others: numbers that were other clients' in an earlier run: their letters are backed up.
    """

    journal: Journal
    whose: Whose
    force: bool = False
    others: frozenset[str] = frozenset()

    def passed(self, job: Job, made: Made, order: Order) -> Made:
        """Leave out the files that are to be kept, and add the record of all of them."""
        if made.what in {"failed", "unchanged"}:
            return made
        files: dict[str, bytes] = {}
        kept: dict[str, Finding] = {}
        for name, data in made.files.items():
            why = self._beside_kept(name, kept) if kept else None
            theirs = self._is_theirs(name, data)
            why = why or self._in_the_way(job, order, made, name, theirs=theirs)
            if why is not None:
                kept[name] = why
                continue
            if theirs or (job.number in self.others and not self._is_new(name, data)):
                self.journal.back_up(name)
            files[name] = data
        clear = [unsealed_name(n) for n in files if self.journal.beside(n) in THEIRS]
        what = "kept" if kept or made.what == "kept" else "written"
        records = [r for r in made.records if str(r.get("path")) in files]
        stands = tuple(there for name in kept for there in self._there(name))
        records.append(self._letter(job, made, order, what, files, stands))
        return replace(
            made, what=what, files=files, kept=stands, records=tuple(records),
            findings=(*kept.values(), *made.findings, *map(_clear, clear)),
        )  # fmt: skip

    def _is_theirs(self, name: str, data: bytes) -> bool:
        hand = self.journal.hand(name)
        same = hand is Hand.UNKNOWN and (self.journal.folder / name).read_bytes() == data
        return hand in THEIRS and not same

    def _is_new(self, name: str, data: bytes) -> bool:
        file = self.journal.folder / name
        return not file.exists() or file.read_bytes() == data

    def _there(self, name: str) -> list[str]:
        """Return what stands where a letter is not written: under its name, or in the clear."""
        names = dict.fromkeys((name, unsealed_name(name)))
        return [one for one in names if (self.journal.folder / one).exists()]

    def _in_the_way(
        self, job: Job, order: Order, made: Made, name: str, *, theirs: bool
    ) -> Finding | None:
        """Return why a letter is not written over what stands there, None if it may be."""
        opened = unsealed_name(name)
        if _filenames.open_in_word(self.journal.folder / opened):
            return _open(opened)
        if self.force:
            return None
        if theirs:
            return self._theirs(job, order, made, name)
        if self.journal.beside(name) in THEIRS:
            return self._theirs(job, order, made, opened)
        return None

    def _theirs(self, job: Job, order: Order, made: Made, name: str) -> Finding:
        """Say why a file that is somebody's own is kept, and whether it is behind the answers."""
        if self.journal.hand(name) is Hand.UNKNOWN:
            said = f"{name} was not written by nkdocs, and is kept: no letter is made in its place"
            return _of_file("F001", name, said, _AWAY)
        if _is_cut(self.journal.folder / name):
            said = f"{name} is empty or cut off, and is kept"
            return _of_file("F001", name, said, "Delete it and run again.")
        said = f"{name} was edited since nkdocs wrote it, and is kept"
        inputs, state = self.journal.made_of(job.number, name)
        if state and state != order.state.value:
            said += f": it is a {state}, no {order.state.value}"
        elif inputs != made.inputs and not self.journal.is_newest(name, made.files.get(name, b"")):
            said += "; answers or templates changed since: it is older than they are"
        return _of_file("F001", name, said, _GO_ON)

    def _beside_kept(self, name: str, kept: Mapping[str, Finding]) -> Finding | None:
        """Return why no PDF is written beside a Word file that is kept: it would say another text.

        None where *name* is no PDF of one of the files *kept*.
        """
        found = next(((w, f) for w, f in kept.items() if name == _pdf_of(w)), None)
        if found is None:
            return None
        word, why = found
        opened = unsealed_name(name)
        if why.code == "F001" and self.journal.hand(name) is Hand.OURS:
            said = f"{opened} is not of the text of {unsealed_name(word)}, which is kept"
            return _of_file("F001", opened, said, f"Delete it. {_SAVE}")
        said = f"{opened} was not made, as {unsealed_name(word)} is kept"
        return _of_file(why.code, opened, said, _SAVE if why.code == "F001" else why.hint)

    def _letter(
        self, job: Job, made: Made, order: Order, what: str, files: Mapping[str, bytes],
        kept: tuple[str, ...],
    ) -> Record:  # fmt: skip
        marks = {str(record["path"]): record["sha256"] for record in made.records}
        return {
            "kind": "letter",
            "case": job.number,
            "document": order.document,
            "what": what,
            "inputs": made.inputs,
            "state": order.state.value,
            "files": {name: marks.get(name) or sha256(data) for name, data in files.items()},
            "kept": {name: self.journal.made_of(job.number, name) for name in kept},
            "found": [noted(f) for f in worst(made.findings)],
            **self.whose.told(job),
        }


def _pdf_of(name: str) -> str:
    """Return the name of a Word file's PDF, sealed as it is."""
    opened = unsealed_name(name)
    return pdf_name(opened) + name[len(opened) :]


def _is_cut(file: Path) -> bool:
    """Whether a Word file does not hold what every one begins and ends with."""
    return file.suffix == ".docx" and not zipfile.is_zipfile(file)


def _open(name: str) -> Finding:
    said = f"{name} is open in Word, and was not written: it may be older than the answers"
    return _of_file("F006", name, said, "Close it in Word and run again.")


def _clear(name: str) -> Finding:
    message = f"{name} lies in the clear, and its case is locked"
    return _of_file("F007", name, message, "Delete it if nobody needs it: it is not sealed.")


def _of_file(code: str, name: str, message: str, hint: str) -> Finding:
    return Finding(
        code=code, severity=Severity.WARN, message=message, place=Place(name), subject=name,
        hint=hint,
    )  # fmt: skip

"""The manifest of a batch as its journal: what each letter was made of, and whose file it is now.

A record is written before the file it tells of. Whether the file came to stand is seen from the
file itself: half-written work is never trusted, finished work never done again, and a file that
no record knows is somebody's own.
"""

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Annotated

from msgspec import Meta, Struct, ValidationError, convert, field

from nkdocs import _atomic
from nkdocs.case import Hand, Record
from nkdocs.diagnostics import Severity
from nkdocs.errors import FileBusyError
from nkdocs.vault import ENDING

MANIFEST = "manifest.jsonl"
THEIRS = frozenset({Hand.EDITED, Hand.UNKNOWN})
_MARK = 16  # bytes of a hash that are kept in memory
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


_Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]


class _Case(Struct):
    mark: Annotated[str, Meta(pattern=r"^[0-9a-f]{32}$")]
    number: Annotated[int, Meta(gt=0, lt=1 << 40)]


class _Found(Struct):
    code: str
    severity: Severity
    message: str
    place: str
    subject: str
    hint: str
    cure: str


class _Letter(Struct):
    case: str
    inputs: str
    files: dict[str, _Hash]
    state: str
    found: list[_Found] = []
    kept: dict[str, tuple[str, str]] = {}
    who: dict[str, list[str]] = {}
    of: str = field(name="list", default="")


class _Run(Struct):
    document: str
    lists: list[str]


_FORMS: Mapping[str, type[Struct]] = MappingProxyType(
    {"case": _Case, "letter": _Letter, "run": _Run}
)


class Journal:
    """The record of an output folder, while one batch writes there.

    Attributes:
        stood: the letters that this run stands behind.
        behind: earlier letters of cases that fail in this run.
        lists: by document, the fingerprints of the lists of which all letters stand here.
    """

    def __init__(self, folder: Path, file: IO[bytes]) -> None:
        """Read what stands in *folder*; append to *file*."""
        self.folder, self._file = folder, file
        self._numbers: dict[bytes, int] = {}
        self._letters: dict[str, int] = {}  # where the newest record of a case stands
        self._marks: dict[str, bytes] = {}
        self._folders: dict[tuple[str, str], None] = {}  # of each document
        self._told: dict[str, tuple[tuple[str, int], ...]] = {}  # of a client: records
        self.stood: set[str] = set()
        self.behind: set[str] = set()
        self.lists: dict[str, set[str]] = {}
        self._last = 0
        self._end = 0
        for length, record in _records(folder / MANIFEST):
            if _sound(record):
                self._take(record)
            self._end += length

    def _take(self, record: Record) -> None:
        if record.get("kind") == "case":
            self._numbers[bytes.fromhex(record["mark"])] = record["number"]
            self._last = max(self._last, record["number"])
        elif record.get("kind") == "run":
            self.lists[record["document"]] = set(record["lists"])
        elif record.get("kind") == "letter":
            files: Mapping[str, str] = record["files"]
            self._letters[record["case"]] = self._end
            document = str(record.get("document"))
            if "who" in record:
                case = record["case"]
                newest = {**dict(self._told.get(case, ())), **dict.fromkeys(files, self._end)}
                self._told[case] = tuple(newest.items())
            for name, sha in files.items():
                self._folders[document, name.partition("/")[0]] = None
                own, old = bytes.fromhex(sha)[:_MARK], self._marks.get(name, b"")
                self._marks[name] = b"".join([m for m in _split(old) if m != own]) + own

    @property
    def is_new(self) -> bool:
        """Whether no letter was ever made here."""
        return not self._letters

    def made_from(self, document: str, lists: set[str]) -> None:
        """Record of which *lists* all letters of *document* stand here, by their fingerprints.

        It is none of them while a run writes, and where a letter was kept.
        """
        if lists != self.lists.get(document, set()):
            self._write([{"kind": "run", "document": document, "lists": sorted(lists)}])

    def clients(self, number: str, document: str) -> list[Record]:
        """Return the records of the letters of *document* that stand under a number of a list.

        There are several where a letter was kept, or came to stand under an earlier client's.
        """
        told = self._told.get(number, ())
        spots = dict.fromkeys(at for name, at in told if (self.folder / name).exists())
        return [one for one in map(self._at, spots) if one.get("document") == document]

    def number(self, identity: str) -> str:
        """Return the number of a case, the same in every run: 0001, then 0002."""
        mark = _identity(identity)
        if mark not in self._numbers:
            self._last += 1
            self._numbers[mark] = self._last
            self._write([{"kind": "case", "mark": mark.hex(), "number": self._last}])
        return f"{self._numbers[mark]:04d}"

    def numbered(self, identity: str) -> str:
        """Return the number that a case has from an earlier run, empty if it has none."""
        number = self._numbers.get(_identity(identity))
        return f"{number:04d}" if number else ""

    def known(self, number: str) -> str:
        """Return the fingerprint of a case's letters if all of them stand as they were written.

        None does where one was kept: a person's file is looked at in every run.
        """
        last = self.letter(number)
        if last.get("what") == "kept":
            return ""
        files: Mapping[str, str] = last.get("files", {})
        newest = all(
            self._mark(n) == self._marks.get(n, b"")[-_MARK:] and self.beside(n) is Hand.ABSENT
            for n in files
        )
        return str(last["inputs"]) if newest and files else ""

    def files(self, number: str) -> tuple[str, ...]:
        """Return the letters that were last made of a case, and those that were kept."""
        last = self.letter(number)
        return (*last.get("files", ()), *last.get("kept", ()))

    def made_of(self, number: str, name: str) -> tuple[str, str]:
        """Return fingerprint and state of what nkdocs last wrote as *name*, empty if it did not."""
        last = self.letter(number)
        kept: Mapping[str, Sequence[str]] = last.get("kept", {})
        if name in kept:
            inputs, state = kept[name]
            return inputs, state
        known = name in last.get("files", {})
        return (str(last["inputs"]), str(last["state"])) if known else ("", "")

    def is_newest(self, name: str, data: bytes) -> bool:
        """Whether *data* is what nkdocs last wrote as *name*."""
        return self._marks.get(name, b"")[-_MARK:] == hashlib.sha256(data).digest()[:_MARK]

    def found(self, number: str) -> list[dict[str, str]]:
        """Return what was found in a case when its letters were last made."""
        found = self.letter(number).get("found", [])
        return found if isinstance(found, list) else []

    def letter(self, number: str) -> Record:
        """Return the newest record of a case's letters; an empty one if none was made."""
        return self._at(self._letters[number]) if number in self._letters else {}

    def _at(self, spot: int) -> Record:
        """Return the record that stands at *spot*."""
        self._file.flush()
        with (self.folder / MANIFEST).open("rb") as file:
            file.seek(spot)
            record: Record = json.loads(file.readline())
        return record

    def folders(self, document: str) -> list[str]:
        """Return the folders that letters of *document* were written to, and that are there."""
        own = sorted(folder for of, folder in self._folders if of == document)
        return [folder for folder in own if (self.folder / folder).is_dir()]

    def wrote(self, name: str) -> bool:
        """Whether nkdocs ever wrote a letter of this name here."""
        return name in self._marks

    def hand(self, name: str) -> Hand:
        """Say whose the file *name* is."""
        mark = self._mark(name)
        if not mark:
            return Hand.ABSENT
        if name not in self._marks:
            return Hand.UNKNOWN
        return Hand.OURS if mark in _split(self._marks[name]) else Hand.EDITED

    def beside(self, name: str) -> Hand:
        """Say whose the letter is that stands in the clear beside the sealed one *name*."""
        opened = unsealed_name(name)
        return Hand.ABSENT if opened == name else self.hand(opened)

    def _mark(self, name: str) -> bytes:
        try:
            with open(os.path.join(self.folder, name), "rb") as file:  # noqa: PTH118, PTH123 - asked of every letter
                return hashlib.file_digest(file, "sha256").digest()[:_MARK]
        except OSError:
            return b""

    def write(self, files: Mapping[str, bytes], records: Sequence[Record]) -> None:
        """Record what will stand, then write it, each file whole or not at all.

        What an earlier run wrote in the clear goes when its sealed form stands.

        Raises:
            FileBusyError: the folder cannot be written; no file is half there.
        """
        self._write(records)
        self._file.flush()
        os.fsync(self._file.fileno())
        there = {self.folder / name: data for name, data in files.items()}
        for folder in {path.parent for path in there}:
            _atomic.folder(folder)
        _atomic.save_all(there, tidy=False)
        for name in files:
            if self.beside(name) is Hand.OURS:
                _atomic.remove(self.folder / unsealed_name(name))

    def _write(self, records: Iterable[Record]) -> None:
        for record in records:
            line = _JSON.encode(record)
            self._take(record)
            self._end += self._file.write(f"{line}\n".encode("utf-8", "surrogatepass"))

    def back_up(self, name: str) -> str:
        """Keep a file under the next free backup name, and return that name."""
        file = self.folder / name
        number = 1
        while (kept := file.with_name(f"{file.stem}.edited-{number}{file.suffix}")).exists():
            number += 1
        _atomic.save(kept, file.read_bytes())
        return kept.name


def _identity(case: str) -> bytes:
    return hashlib.sha256(case.encode("utf-8", "surrogatepass")).digest()[:_MARK]


def unsealed_name(name: str) -> str:
    """Return what a letter is called in the clear."""
    return name.removesuffix(ENDING)


def _split(marks: bytes) -> list[bytes]:
    return [marks[at : at + _MARK] for at in range(0, len(marks), _MARK)]


def _sound(record: Record) -> bool:
    """Whether a record of a manifest is of the form in which it is written."""
    form = _FORMS.get(str(record.get("kind")))
    try:
        return form is not None and convert(record, form) is not None
    except ValidationError:
        return False


def _records(file: Path) -> Iterator[tuple[int, Record]]:
    """Yield how long each record of a manifest is, and what it says.

    A line cut off by a crash says nothing.
    """
    with file.open("rb") as lines:
        for line in lines:
            record: object = {}
            with contextlib.suppress(ValueError, RecursionError):
                record = json.loads(line)
            yield len(line), record if isinstance(record, dict) else {}


@contextmanager
def opened(folder: Path) -> Iterator[Journal]:
    """Give the journal of *folder*, which nobody else writes meanwhile.

    Raises:
        FileBusyError: another batch writes there, or it cannot be written.
    """
    _atomic.folder(folder)
    file = folder / MANIFEST
    if file.is_symlink():
        msg = f"{file} is a link to another place"
        raise FileBusyError(msg, hint="Name another folder for the results.")
    with _atomic.lock(file):
        for place in (folder, *(p for p in folder.iterdir() if p.is_dir())):
            _atomic.sweep(place)  # what a killed run left behind
        try:
            stream = os.fdopen(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "r+b")
        except OSError as error:
            msg = f"{file} cannot be written ({error.strerror})"
            raise FileBusyError(msg, hint="Check the folder's rights, or name another.") from None
        with stream:
            _mend(stream)
            yield Journal(folder, stream)


def _mend(stream: IO[bytes]) -> None:
    """End a line that a crash cut off, so that the next record stands on its own."""
    size = stream.seek(0, os.SEEK_END)
    if size:
        stream.seek(size - 1)
        if stream.read(1) != b"\n":
            stream.seek(0, os.SEEK_END)
            stream.write(b"\n")
            stream.flush()  # it is read through another handle, and spots are counted from there

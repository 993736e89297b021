"""A case: the one door to its files.

A case is a folder with `answers.yaml`, or a flat `kim.yaml` that acts as the folder `kim/` beside
it (DESIGN 8.19). Everything is written whole or not at all, for the owner's eyes only, and what
was written is told in the append-only `out/manifest.jsonl`: the guard of edited files, of what
was signed and of what was sent.
"""

import contextlib
import datetime as dt
import enum
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nkdocs import _atomic, _yaml
from nkdocs.answers import load
from nkdocs.answers.load import CaseFile
from nkdocs.answers.migrate import FORM
from nkdocs.citations.pagemap import PageMap, thawed
from nkdocs.errors import AnswersError, FileBusyError

ANSWERS = "answers.yaml"
Record = dict[str, Any]


class Hand(enum.StrEnum):
    """Whose a file in `out/` is."""

    ABSENT = "absent"
    OURS = "ours"
    EDITED = "edited"
    UNKNOWN = "unknown"


def sha256(data: bytes) -> str:
    """Return the SHA-256 of *data* in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Case:
    """Where a case's files are.

    Attributes:
        file: the answers file.
        folder: the folder of exhibits, templates, out and served papers.
        office: `office.yaml`, found upward from the case, None without one.
    """

    file: Path
    folder: Path
    office: Path | None = None

    @property
    def name(self) -> str:
        """What the case is called: its folder's name."""
        return self.folder.resolve().name

    @property
    def out(self) -> Path:
        """The folder of results."""
        return self.folder / "out"

    # Answers

    def load(self) -> CaseFile:
        """Return what the answers file says, `office.yaml` beneath it.

        Raises:
            AnswersError: the file is missing or is no text.
        """
        text = _text(self.file)
        return load.load(text, self.shown, self.office_text(), str(self.office or ""))

    def reload(self, known: CaseFile) -> CaseFile:
        """Return what the answers file says now: *known* itself if nothing was changed since.

        Raises:
            AnswersError: the file is missing or is no text.
        """
        same = _text(self.file) == known.text and self.office_text() == known.office_text
        return known if same else self.load()

    def office_text(self) -> str:
        """Return the text of `office.yaml`, empty without one."""
        return _text(self.office) if self.office else ""

    @property
    def shown(self) -> str:
        """The answers file as messages name it."""
        return (
            f"{self.file.resolve().parent.name}/{self.file.name}"
            if self.file.name == ANSWERS
            else str(self.file)
        )

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the case's lock: nobody else changes its answers meanwhile.

        Raises:
            FileBusyError: another process holds it; the message says which.
        """
        with _atomic.lock(self.file):
            for folder in {self.file.parent, self.out}:
                if folder.is_dir():
                    _atomic.sweep(folder)  # what a killed process left behind
            yield

    def save(self, text: str) -> None:
        """Write the answers file whole, keeping the version before as `.bak`."""
        _atomic.save(self.file, text.encode("utf-8"), backup=self.file.exists())

    def migrate(self) -> tuple[str, ...]:
        """Write a file of an older form in today's, keeping the old one; return what was changed.

        The old file stays beside it as `answers.before-form-1.yaml`.
        """
        with self.locked():
            file = self.load()
            if not file.migrated or file.faults:
                return ()
            kept = self.file.with_stem(f"{self.file.stem}.before-form-{FORM}")
            if not kept.exists():
                _atomic.save(kept, self.file.read_bytes())
            self.save(file.text)
        return (*file.migrated, f"the file as it was is kept as {kept.name}")

    # Results

    def read(self, name: str) -> bytes:
        """Return a file of the case folder, by its path in it.

        Raises:
            FileBusyError: it cannot be read.
        """
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            msg = f"{name} cannot be read ({error.strerror})"
            raise FileBusyError(
                msg, hint="Close it elsewhere, check its rights, run again."
            ) from None

    def hand(self, name: str) -> Hand:
        """Say whose the result *name* (a path in `out/`) is.

        What someone edited stays theirs when its cites are refreshed.
        """
        file = self.out / name
        if not file.exists():
            return Hand.ABSENT
        known = [r for r in self.manifest() if r.get("path") == name]
        if not known:
            return Hand.UNKNOWN
        last = known[-1]
        same = last.get("sha256") == sha256(file.read_bytes())
        return Hand.OURS if same and not last.get("edited") else Hand.EDITED

    def differs(self, name: str, data: bytes) -> bool:
        """Whether *data* would replace a result that someone else made or changed.

        The same bytes are nobody's loss, even where a crash lost their record.
        """
        theirs = self.hand(name) in {Hand.EDITED, Hand.UNKNOWN}
        return theirs and (self.out / name).read_bytes() != data

    def manifest(self) -> list[Record]:
        """Return what was written, oldest first; a line cut off by a crash is left out."""
        file = self.out / "manifest.jsonl"
        records = []
        for line in file.read_bytes().split(b"\n") if file.exists() else ():
            with contextlib.suppress(ValueError):
                records.append(json.loads(line))
        return [r for r in records if isinstance(r, dict)]

    def last(self, name: str, kind: str = "") -> Record | None:
        """Return the newest record of the result *name*, of a *kind* if one is given."""
        for record in reversed(self.manifest()):
            if record.get("path") == name and (not kind or record.get("kind") == kind):
                return record
        return None

    def write(self, files: Mapping[str, bytes], records: Sequence[Record]) -> None:
        """Write results (by path in `out/`) and their records, whole or not at all.

        Raises:
            FileBusyError: a file is open elsewhere, or the folder cannot be written.
        """
        for name in files:
            if _atomic.open_in_word(self.out / name):
                msg = f"{name} is open in Word"
                raise FileBusyError(msg, hint=f"Close {name} in Word and run again.")
        _atomic.folder(self.out)
        for name in files:
            _atomic.folder((self.out / name).parent)
        told = self._told(records)  # last: what the manifest tells has happened by then
        _atomic.save_all({self.out / name: data for name, data in files.items()} | told)

    def record(self, records: Sequence[Record]) -> None:
        """Append *records* to the manifest."""
        told = self._told(records)
        if told:
            _atomic.folder(self.out)
            _atomic.save_all(told)

    def _told(self, records: Sequence[Record]) -> dict[Path, bytes]:
        """Return the manifest with *records* at its end, nothing if there are none."""
        if not records:
            return {}
        file = self.out / "manifest.jsonl"
        old = file.read_bytes() if file.exists() else b""
        old += b"" if old.endswith(b"\n") or not old else b"\n"  # a line cut off by a crash
        lines = [json.dumps(r, ensure_ascii=False, sort_keys=True) for r in records]
        return {file: old + "".join(f"{line}\n" for line in lines).encode("utf-8")}

    def back_up(self, name: str) -> str:
        """Keep the result *name* under the next free backup name, and return that name."""
        file = self.out / name
        number = 1
        while (kept := file.with_name(f"{file.stem}.edited-{number}{file.suffix}")).exists():
            number += 1
        _atomic.save(kept, file.read_bytes())
        return kept.name

    # Frozen papers

    def freeze(self, folder: str, name: str, data: bytes) -> str:
        """Keep *data* as `folder/name` of the case, never replacing another file.

        Raises:
            FileBusyError: another file of that name is there.
        """
        file = self.folder / folder / _atomic.output_name(name)
        if file.exists() and file.read_bytes() != data:
            msg = f"{folder}/{file.name} is there already, and is another file"
            raise FileBusyError(msg, hint="Give the new file another name; nothing was changed.")
        _atomic.folder(file.parent)
        _atomic.save(file, data)
        return f"{folder}/{file.name}"

    def freeze_map(self, pages: PageMap) -> None:
        """Freeze the page map of a filing that was served."""
        text = _yaml.dump(pages.written())
        self.freeze("served", f"{pages.filing}.yaml", text.encode("utf-8"))

    def served(self) -> dict[str, PageMap]:
        """Return the frozen page maps of the filings that were served, by filing."""
        found = {}
        for file in sorted((self.folder / "served").glob("*.yaml")):
            loaded = _yaml.load(_yaml.read(file.read_bytes()))
            if not isinstance(loaded.data, dict) or loaded.faults:
                msg = f"served/{file.name} is damaged"
                raise AnswersError(
                    msg, hint="Restore it from a backup; it holds filed page numbers."
                )
            pages = thawed(loaded.data)
            found[pages.filing] = pages
        return found


def find(path: Path, *, office: Path | None = None) -> Case:
    """Return the case at *path*: a case folder, its answers file, or a flat answers file.

    Raises:
        AnswersError: there is none.
    """
    if path.is_dir():
        file, folder = path / ANSWERS, path
        if not file.is_file():
            msg = f"no answers file at {file}"
            raise AnswersError(msg, hint=f"Next: nkdocs new CASE --from {path}")
        return Case(file, folder, office or _upward(folder))
    written = path.suffix.lower() in {".yaml", ".yml"}
    if not path.is_file():
        what = "answers file" if written else "case"
        msg = f"no {what} at {path}"
        begin = f"nkdocs new {path.stem or 'CASE'}"
        raise AnswersError(msg, hint=f"Check the path, or begin one: {begin}")
    if not written:
        msg = f"{path} is no answers file"
        raise AnswersError(msg, hint="Name a case folder, or its answers file (.yaml).")
    folder = path.parent if path.name == ANSWERS else path.with_suffix("")
    return Case(path, folder, office or _upward(path.parent))


def _upward(folder: Path) -> Path | None:
    """Return the nearest `office.yaml` in *folder* or above it."""
    here = folder.resolve()
    return next((f for p in (here, *here.parents) if (f := p / "office.yaml").is_file()), None)


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        msg = f"{file} cannot be read ({error.strerror})"
        raise AnswersError(msg, hint="Check the path and its rights.") from None
    return _yaml.read(data, name=str(file))


def long_date(day: dt.date) -> str:
    """Return a day as papers print it: March 2, 2024."""
    return f"{day:%B} {day.day}, {day.year}"

"""A case: the one door to its files.

A case is a folder with `answers.yaml`, or a flat `kim.yaml` that acts as the folder `kim/` beside
it (DESIGN 8.19). Everything is written whole or not at all, for the owner's eyes only, and what
was written is told in the append-only `out/manifest.jsonl`: the guard of edited files, of what
was signed and of what was sent. Files of a locked case are sealed and opened here, and nowhere
else: whoever asks names them as they are called when they are not sealed (`vault`).
"""

import contextlib
import enum
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, SupportsBytes

from msgspec import Struct

from nkdocs import _atomic, _filenames, _resources, _yaml, vault
from nkdocs.answers import load
from nkdocs.answers.load import CaseFile
from nkdocs.answers.migrate import FORM
from nkdocs.citations.pagemap import PageMap, thawed
from nkdocs.errors import AnswersError, FileBusyError
from nkdocs.vault import Keys, Vault

ANSWERS = "answers.yaml"
Record = dict[str, Any]


class Hand(enum.StrEnum):
    """Whose a file in `out/` is."""

    ABSENT = "absent"
    OURS = "ours"
    EDITED = "edited"
    UNKNOWN = "unknown"


def sha256(data: SupportsBytes) -> str:
    """Return the SHA-256 of *data* in hexadecimal."""
    return hashlib.sha256(bytes(data)).hexdigest()


class Case(Struct, frozen=True, dict=True):
    """Where a case's files are; a path that every letter asks for is joined once.

    Attributes:
        file: the answers file.
        folder: the folder of exhibits, templates, out and served papers.
        office: `office.yaml`, found upward from the case, None without one.
        vault: what seals and opens its files; None while it is not locked.
        keys: the keys of whoever works on it, for this case and those it is compared with.
    """

    file: Path
    folder: Path
    office: Path | None = None
    vault: Vault | None = None
    keys: Keys | None = None

    @property
    def name(self) -> str:
        """What the case is called: its folder's name."""
        return self.folder.resolve().name

    @property
    def has_file(self) -> bool:
        """Whether its answers stand in a file of its own, not in a row of a list."""
        return self.file.suffix.lower() in {".yaml", ".yml"}

    @cached_property
    def out(self) -> Path:
        """The folder of results."""
        return self.folder / "out"

    @cached_property
    def manifest_file(self) -> Path:
        """The manifest, which tells what was written."""
        return self.out / "manifest.jsonl"

    @cached_property
    def _served(self) -> Path:
        return self.folder / "served"

    # Answers

    def load(self) -> CaseFile:
        """Return what the answers file says, `office.yaml` beneath it.

        Raises:
            AnswersError: the file is missing or is no text.
        """
        text = _text(self.file, self.fetch)
        return load.load(text, self.shown, self.office_text(), str(self.office or ""))

    def reload(self, known: CaseFile) -> CaseFile:
        """Return what the answers file says now: *known* itself if nothing was changed since.

        Raises:
            AnswersError: the file is missing or is no text.
        """
        same = _text(self.file, self.fetch) == known.text
        return known if same and self.office_text() == known.office_text else self.load()

    def office_text(self) -> str:
        """Return the text of `office.yaml`, empty without one."""
        return _text(self.office, _resources.read_once) if self.office else ""

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
            FileBusyError: another process holds it, the message says which; or the case was
                locked or unlocked since it was opened.
        """
        with _atomic.lock(self.file):
            now = vault.at(self.folder, self.file, self.keys)
            if (now and now.terms) != (self.vault and self.vault.terms):
                msg = f"{self.name} was locked or unlocked meanwhile"
                raise FileBusyError(msg, hint="Run the command again; nothing was lost.")
            for folder in filter(Path.is_dir, {self.file.parent, self.out}):
                _atomic.sweep(folder)  # what a killed process left behind
            yield

    def save(self, text: str) -> None:
        """Write the answers file whole, keeping the version before as `.bak`."""
        self.export(self.file, text.encode("utf-8"))

    # Files, sealed or not

    def where(self, path: Path) -> Path:
        """Return where the file *path* stands or would be put: sealed under another name."""
        if self.vault is None or path.exists():
            return path
        sealed = vault.sealed(path)
        return sealed if self.vault.covers(path) or sealed.exists() else path

    def result(self, name: str) -> Path:
        """Return where the result *name* stands, as messages tell it."""
        return self.where(self.out / name)

    def there(self, path: Path) -> bool:
        """Whether there is a file *path*, sealed or not."""
        return self.where(path).exists()

    def fetch(self, path: Path) -> bytes:
        """Return what the file *path* holds; what is sealed is opened in memory only.

        Raises:
            OSError: it cannot be read.
            FileBusyError: it is sealed, and the keys given do not open it.
        """
        there = self.where(path)
        data = there.read_bytes()
        return data if there == path else self.unseal(data, str(there))

    def unseal(self, data: bytes, name: str) -> bytes:
        """Return what the sealed file *name* of the case holds.

        Raises:
            FileBusyError: the keys given do not open it.
        """
        return data if self.vault is None else self.vault.open(data, name)

    def whole(self) -> None:
        """See to it that a file that stands there sealed and not sealed is the same one.

        Raises:
            FileBusyError: two differ, and only a person can tell which one counts.
        """
        if self.vault:
            self.vault.whole()

    def export(self, path: Path, data: bytes) -> Path:
        """Write a file somebody named, keeping the one before as `.bak`; return where it stands.

        Within a locked case it is sealed like all that is beside it.
        """
        old = self.fetch(path) if self.there(path) else data
        if old != data:
            self._put({path.with_name(f"{path.name}.bak"): old})
        self._put({path: data})
        return self.where(path)

    def _put(self, files: Mapping[Path, SupportsBytes]) -> None:
        """Write *files* whole or not at all, each sealed that the vault covers."""
        _atomic.save_all(self.vault.shut(files) if self.vault else files)
        for path in filter(self.vault.covers, files) if self.vault else ():
            _atomic.remove(path)  # put there in the clear by someone, and sealed by now

    def migrate(self) -> tuple[str, ...]:
        """Write a file of an older form in today's, keeping the old one; return what was changed.

        The old file stays beside it as `answers.before-form-1.yaml`.
        """
        with self.locked():
            file = self.load()
            if not file.migrated or file.faults:
                return ()
            kept = self.file.with_stem(f"{self.file.stem}{vault.BEFORE}{FORM}")
            if not self.there(kept):
                self._put({kept: self.fetch(self.file)})
            self.save(file.text)
        return (*file.migrated, f"the file as it was is kept as {kept.name}")

    # Results

    def read(self, name: str) -> bytes:
        """Return a file of the case folder, by its path in it.

        Raises:
            FileBusyError: it cannot be read.
        """
        try:
            return self.fetch(self.folder / name)
        except OSError as error:
            msg = f"{name} cannot be read ({error.strerror})"
            hint = "Close it elsewhere, check its rights, run again."
            raise FileBusyError(msg, hint=hint) from None

    def hand(self, name: str) -> Hand:
        """Say whose the result *name* (a path in `out/`) is.

        What someone edited stays theirs when its cites are refreshed.
        """
        file = self.out / name
        if not self.there(file):
            return Hand.ABSENT
        known = [r for r in self.manifest() if r.get("path") == name]
        if not known:
            return Hand.UNKNOWN
        last = known[-1]
        same = last.get("sha256") == sha256(self.fetch(file))
        return Hand.OURS if same and not last.get("edited") else Hand.EDITED

    def differs(self, name: str, data: SupportsBytes) -> bool:
        """Whether *data* would replace a result that someone else made or changed.

        The same bytes are nobody's loss, even where a crash lost their record.
        """
        theirs = self.hand(name) in {Hand.EDITED, Hand.UNKNOWN}
        return theirs and self.fetch(self.out / name) != bytes(data)

    def manifest(self) -> list[Record]:
        """Return what was written, oldest first; a line cut off by a crash is left out."""
        file, records = self.manifest_file, []
        for line in self.fetch(file).split(b"\n") if self.there(file) else ():
            with contextlib.suppress(ValueError):
                records.append(json.loads(line))
        return [r for r in records if isinstance(r, dict)]

    def last(self, name: str, kind: str = "") -> Record | None:
        """Return the newest record of the result *name*, of a *kind* if one is given."""
        for record in reversed(self.manifest()):
            if record.get("path") == name and (not kind or record.get("kind") == kind):
                return record
        return None

    def write(self, files: Mapping[str, SupportsBytes], records: Sequence[Record]) -> None:
        """Write results (by path in `out/`) and their records, whole or not at all.

        Raises:
            FileBusyError: a file is open elsewhere, or the folder cannot be written.
        """
        for name in files:
            owner = _filenames.open_in_word(self.out / name)
            if owner is not None:
                msg = f"{name} is open in Word"
                hint = f"Close {name} in Word and run again. If it is open nowhere: a crash left "
                raise FileBusyError(msg, hint=f"{hint}{owner.name} behind; delete that file.")
        _atomic.folder(self.out)
        for name in files:
            _atomic.folder((self.out / name).parent)
        told = self._told(records)  # last: what the manifest tells has happened by then
        self._put({**{self.out / name: data for name, data in files.items()}, **told})

    def record(self, records: Sequence[Record]) -> None:
        """Append *records* to the manifest."""
        told = self._told(records)
        if told:
            _atomic.folder(self.out)
            self._put(told)

    def _told(self, records: Sequence[Record]) -> dict[Path, bytes]:
        """Return the manifest with *records* at its end, nothing if there are none."""
        if not records:
            return {}
        file = self.manifest_file
        old = self.fetch(file) if self.there(file) else b""
        old += b"" if old.endswith(b"\n") or not old else b"\n"  # a line cut off by a crash
        lines = [json.dumps(r, ensure_ascii=False, sort_keys=True) for r in records]
        return {file: old + "".join(f"{line}\n" for line in lines).encode("utf-8")}

    def back_up(self, name: str) -> str:
        """Keep the result *name* under the next free backup name, and return that name."""
        file = self.out / name
        number = 1
        while self.there(kept := file.with_name(f"{file.stem}.edited-{number}{file.suffix}")):
            number += 1
        self._put({kept: self.fetch(file)})
        return kept.name

    def remove(self, names: Sequence[str]) -> None:
        """Take away results (by path in `out/`) that a later build does not have."""
        for name in names:
            _atomic.remove(self.result(name))

    # Frozen papers

    def freeze(self, folder: str, name: str, data: bytes) -> str:
        """Keep *data* as `folder/name` of the case, never replacing another file.

        Raises:
            FileBusyError: another file of that name is there.
        """
        file = self.folder / folder / _filenames.output_name(name)
        if self.there(file) and self.fetch(file) != data:
            msg = f"{folder}/{file.name} is there already, and is another file"
            raise FileBusyError(msg, hint="Give the new file another name; nothing was changed.")
        _atomic.folder(file.parent)
        self._put({file: data})
        return f"{folder}/{file.name}"

    def freeze_map(self, pages: PageMap) -> None:
        """Freeze the page map of a filing that was served."""
        text = _yaml.dump(pages.written())
        self.freeze("served", f"{pages.filing}.yaml", text.encode("utf-8"))

    def served(self) -> dict[str, PageMap]:
        """Return the frozen page maps of the filings that were served, by filing."""
        found: dict[str, PageMap] = {}
        if not self._served.is_dir():
            return found
        for file in sorted({vault.unsealed(f) for f in self._served.glob("*.yaml*")}):
            if file.suffix != ".yaml":
                continue
            loaded = _yaml.load(_yaml.read(self.fetch(file)))
            if not isinstance(loaded.data, dict) or loaded.faults:
                msg = f"served/{file.name} is damaged"
                hint = "Restore it from a backup; it holds filed page numbers."
                raise AnswersError(msg, hint=hint)
            pages = thawed(loaded.data)
            found[pages.filing] = pages
        return found


def _text(file: Path, read: Callable[[Path], bytes]) -> str:
    try:
        data = read(file)
    except OSError as error:
        msg = f"{file} cannot be read ({error.strerror})"
        raise AnswersError(msg, hint="Check the path and its rights.") from None
    return _yaml.read(data, name=str(file))

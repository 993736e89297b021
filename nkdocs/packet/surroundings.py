"""What stands around a case's files: copies that synchronisers made, owner files, open seals.

Nothing here is read as part of the case. It is named, because somebody else's answers may be in
it, or because it will be in the way.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from nkdocs import vault
from nkdocs.case import ANSWERS, Case
from nkdocs.diagnostics import Finding, Place, Severity, State
from nkdocs.packet import locking

_OWN = {ANSWERS, "office.yaml", "manifest.jsonl", vault.LOCK, vault.KEY}
# What each program puts into the name of the copy that it could not merge.
_SAYS_SO = re.compile(
    r"\.sync-conflict-\d{8}-\d{6}(?:-[A-Z0-9]{7})?"  # Syncthing
    r"|\([^()]*(?:conflict|충돌|競合|冲突)[^()]*\)"  # Dropbox, Nextcloud, Seafile, Box
    r"|_conflict-\d{8}-\d{6}|\[conflict\]",  # ownCloud, Google Drive
    re.IGNORECASE,
)
# OneDrive adds the computer's name; others, and people, a number or the word copy.
_MAY_BE = re.compile(
    r"-(?=.{5})(?:[A-Z0-9]+-)*[A-Z0-9]*[A-Z][A-Z0-9]+|[ ]?\(\d+\)|[ ]\d|[ ]-[ ](?:Copy|복사본).*"
)
_SYNCED = (
    ("OneDrive", re.compile(r"OneDrive\b.*")),
    ("Dropbox", re.compile(r"Dropbox\b.*")),
    ("Google Drive", re.compile(r"Google ?Drive.*|My Drive|GoogleDrive-.*")),
    ("iCloud", re.compile(r"iCloud ?Drive.*|Mobile Documents|com~apple~CloudDocs")),
    ("Nextcloud", re.compile(r"(?:Next|own)[Cc]loud.*")),
    ("Box", re.compile(r"Box(?: Sync)?|Box-Box")),
    ("Syncthing", re.compile(r"Sync|Syncthing")),
)
_OFFICE = (("~$", "Word"), (".~lock.", "LibreOffice"))


def around(case: Case) -> list[Finding]:
    """Return what was found beside and below the files of *case*."""
    results = {Path(str(r.get("path", ""))).name for r in case.manifest()}
    known = {*_OWN, case.file.name, *results} - {""}
    found = [f for file in _files(case) for f in _about(case, file, known)]
    return [*found, *_folder(case), *_seals(case)]


def synced(folder: Path) -> str:
    """Return what synchronises *folder*, by the name of a folder it lies in; empty for nothing."""
    steps = folder.resolve().parts
    found = (name for name, known in _SYNCED for step in steps if known.fullmatch(step))
    return next(found, "")


def _files(case: Case) -> Iterator[Path]:
    """Give the files of the case's folder and those beside a flat answers file."""
    if case.file.parent != case.folder:
        stem = case.file.stem
        yield from (p for p in sorted(case.file.parent.glob(f"*{stem}*")) if p.is_file())
    if case.office is not None:
        yield from sorted(case.office.parent.glob("office*"))
    for here, inner, names in os.walk(case.folder):
        inner[:] = sorted(n for n in inner if not n.startswith(".") and n != "templates")
        yield from (Path(here) / name for name in sorted(names))


def _about(case: Case, file: Path, known: set[str]) -> Iterator[Finding]:
    """Say what a file is that belongs to no case."""
    inside = file.relative_to(case.folder) if file.is_relative_to(case.folder) else file
    place = inside.as_posix()
    for mark, program in _OFFICE:
        if file.name.startswith(mark):
            told = file.name.removeprefix(mark).rstrip("#")
            yield _finding("F021", Severity.INFO, place,
                f"{program} has a document open here (…{told}), on this computer or another",
                f"Close it before nkdocs writes it. If it is open nowhere, delete {file.name}.",
            )  # fmt: skip
            return
    original = _original(file.name, known)
    if original:
        grave = Path(original.removesuffix(vault.ENDING)).suffix in {".yaml", ".jsonl"}
        yield _finding("F020", Severity.WARN, place,
            f"it looks like a copy of {original} that a synchroniser made because two computers "
            "wrote at once; nkdocs does not read it",
            f"Compare it with {original}, move over what only the copy has, then move it away."
            if grave else f"Keep the one that counts as {original} and move the other away.",
        )  # fmt: skip


def _original(name: str, known: set[str]) -> str:
    """Return the name of the file that *name* is a copy of, empty if it is none."""
    if _SAYS_SO.search(name):
        return re.sub(r"\s+(?=\.|$)", "", _SAYS_SO.sub("", name))
    for other in sorted(known | {vault.sealed(Path(n)).name for n in known}):
        stem, end = Path(other).stem, Path(other).suffix
        added = name.removeprefix(stem).removesuffix(end)
        if name not in known and name == f"{stem}{added}{end}" and _MAY_BE.fullmatch(added):
            return other
    return ""


def _folder(case: Case) -> Iterator[Finding]:
    program = synced(case.folder)
    if program:
        bare = case.vault is None
        yield _finding("F022", Severity.WARN if bare else Severity.INFO, str(case.folder),
            f"the case lies in a folder that {program} seems to synchronise: "
            + ("all of it leaves this computer in the clear" if bare else "it leaves this computer "
               "sealed, but for the names of its files"),
            (f"Move it out of there, or lock it: nkdocs lock {case.name}. " if bare else "")
            + "Two computers must not work on it at once: nkdocs' own lock does not reach so far.",
        )  # fmt: skip


def _seals(case: Case) -> Iterator[Finding]:
    """Say what a locked case has in the clear, and whether locking was interrupted."""
    if case.vault is None:
        return
    terms = case.vault.terms
    bare = [p.name for p in locking.unlocked(case.vault)]
    if terms is None or terms.unfinished or bare:
        few = ", ".join(bare[:3]) + (f" and {len(bare) - 3} more" if len(bare) > 3 else "")  # noqa: PLR2004 - as many as fit a line
        what = f"; in the clear: {few}" if bare else ""
        why = "lock.yaml is missing" if terms is None else "not all of it is sealed"
        why = "locking or unlocking was interrupted" if terms and terms.unfinished else why
        yield _finding("F023", Severity.WARN, vault.LOCK, f"the case is locked, but {why}{what}",
            f"Seal what is not: nkdocs lock {case.name}; or open it all: nkdocs unlock {case.name}",
        )  # fmt: skip


def _finding(code: str, severity: Severity, place: str, message: str, hint: str) -> Finding:
    return Finding(
        code=code, severity=severity, message=message, place=Place(place), subject=place,
        hint=hint, counts=State.FINAL, kind="note", group="the files themselves",
    )  # fmt: skip

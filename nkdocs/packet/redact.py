"""A confidential copy of a case: another case, in which nobody can be found again.

The answers are covered first (`answers.pseudonyms`), the exhibits become pictures, and the papers
and filings are then made of both, as for any case. Every byte of the result is searched for what
the real answers would give away; one hit, and nothing is left of the copy.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from nkdocs import _atomic, _resources, _working, _yaml, case, cases
from nkdocs.answers import pseudonyms
from nkdocs.answers.entries import Exhibit
from nkdocs.answers.fixed import is_public
from nkdocs.answers.load import OFFICE_KEYS
from nkdocs.answers.pseudonyms import Copy
from nkdocs.answers.purposes import Purpose
from nkdocs.answers.view import Answers
from nkdocs.bundle.blackout import blacked
from nkdocs.bundle.intake import Prepared
from nkdocs.citations.pagemap import CERTIFICATE, TRANSLATION
from nkdocs.diagnostics import Finding, Severity, State, stop
from nkdocs.documents import edited
from nkdocs.errors import ChecksFailedError, FileBusyError
from nkdocs.interview import load as interviews
from nkdocs.interview.engine import by_item
from nkdocs.interview.spec import Catalogue
from nkdocs.packet import bind, build, fill, harmless, pdfs
from nkdocs.packet.desk import Desk
from nkdocs.packet.filings import wanted
from nkdocs.packet.papers import pdf_name
from nkdocs.packet.seek import Seeker

_AROUND = ".nkdocs-copy-"
NOTE = "READ-ME-FIRST.txt"
_FOR = {Purpose.TRAINING: "for training", Purpose.PUBLIC: "for the public"}
_NOTE = """\
A confidential copy {purpose}, made by nkdocs.

Every name is a letter or a relation, every day was moved, places are told coarsely, and numbers,
addresses and telephones are left out. […] stands where something was covered. Nothing here may be
filed, signed or quoted as the real case. Exhibits are pictures of their pages; a page that is a
picture itself is left out.

What a copy cannot promise: a story can be recognized by whoever knows it. Read the copy as such a
person would before it leaves the office.
"""


class Wish(Struct, frozen=True):
    """What is wanted of a copy.

    Attributes:
        cover: phrases to be covered besides, as a reader found them.
        keep: words that may stay though they have a capital letter.
    """

    purpose: Purpose
    cover: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()


class Made(Struct, frozen=True):
    """What became of a copy.

    Attributes:
        files: how many files it has; all of them were searched.
        papers: the names of its documents.
        left_out: pages of exhibits that are not shown, by the exhibit's new id.
        edited: papers of the case that someone edited; the copy is filled from the answers.
        dropped: answers that the copy does not have.
    """

    folder: Path
    files: int
    papers: tuple[str, ...]
    left_out: Mapping[str, int]
    edited: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()


def redact(desk: Desk, wish: Wish, target: Path, say: Callable[[str], None]) -> Made:
    """Make a copy of the case at *target*, whole or not at all.

    Raises:
        ChecksFailedError: something that gives the person away is left; it is named by its place.
        FileBusyError: something is at *target*.
        ExhibitError: an exhibit cannot be read.
        NkdocsError: whatever else keeps the papers from being made.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        msg = f"{target} is there already"
        raise FileBusyError(msg, hint="Name a new folder: -o FOLDER")
    plain = interviews.load(desk.templates)
    made = _covered(desk, wish, plain)
    search = Seeker(desk, made.veil.leaks, desk.shelf.wordings)
    if made.veil.leaks.search(target.name):
        msg = "the name of the folder tells who the case is about"
        raise ChecksFailedError(msg, hint="Name another folder: -o FOLDER")
    locked = desk.case.vault is not None
    if locked and _working.memory() is None:
        say("this computer has no folder in memory: the copy is on the disk while it is searched")
    parent = target.resolve().parent
    _atomic.folder(parent)
    _sweep(parent)
    with _workplace(parent, in_memory=locked) as around:
        folder = around / target.name
        _atomic.folder(folder)
        say("covering the exhibits")
        left_out = _exhibits(desk, made, folder)
        _answers(made, folder)
        say("making the papers")
        papers = _papers(_desk(desk, folder, plain))
        note = _NOTE.format(purpose=_FOR[wish.purpose])
        _atomic.save(folder / NOTE, note.encode())
        say("searching the copy")
        found, count = search.folder(folder)
        _stop(found)
        if target.exists():
            target.rmdir()
        _put(folder, target)
    theirs = tuple(p for p in papers if desk.case.hand(p) in {case.Hand.EDITED, case.Hand.UNKNOWN})
    return Made(target, count, papers, left_out, theirs, tuple(dict.fromkeys(made.dropped)))


@contextmanager
def _workplace(parent: Path, *, in_memory: bool) -> Iterator[Path]:
    """Give a folder for a copy that is not yet searched: in memory, else beside the target."""
    if in_memory and _working.memory() is not None:
        with _working.off_disk(), _working.folder() as made:
            yield made
        return
    around = Path(tempfile.mkdtemp(prefix=f"{_AROUND}{os.getpid()}-", dir=parent))
    try:
        yield around
    finally:
        shutil.rmtree(around, ignore_errors=True)


def _put(folder: Path, target: Path) -> None:
    """Put a copy in its place, whole or not at all."""
    parent = target.resolve().parent
    if folder.stat().st_dev == parent.stat().st_dev:
        folder.rename(target)
        return
    with _workplace(parent, in_memory=False) as around:
        shutil.copytree(folder, around / target.name)
        (around / target.name).rename(target)


def search(desk: Desk, wish: Wish, top: Path) -> tuple[list[Finding], int]:
    """Return what at *top* tells who the case is about, and how many files were searched.

    Raises:
        UsageError: there is nothing at *top*.
    """
    return seeker(desk, wish).folder(top)


def seeker(desk: Desk, wish: Wish) -> Seeker:
    """Return what searches files for who the case is about."""
    made = _covered(desk, wish, interviews.load(desk.templates))
    return Seeker(desk, made.veil.leaks, desk.shelf.wordings)


def _stop(found: Sequence[Finding]) -> None:
    """Raise for everything that is left in a copy."""
    if found:
        msg = "the copy would tell who the case is about, so it was not made"
        hint = (
            "Look at the places named; reword the answer, or leave the exhibit out of the copy's "
            "case. What stands there is not shown here."
        )
        raise ChecksFailedError(msg, hint=hint, faults=found)


def _sweep(parent: Path) -> None:
    """Remove copies that killed processes left half-made."""
    for left in parent.glob(f"{_AROUND}*-*"):
        number = left.name.removeprefix(_AROUND).split("-")[0]
        if left.is_dir() and number.isdecimal() and not _atomic.lives(int(number)):
            shutil.rmtree(left, ignore_errors=True)


def _exhibits(desk: Desk, made: Copy, folder: Path) -> dict[str, int]:
    """Write the exhibits as pictures of their pages; return how many pages are left out."""
    entries = [replace(e, pages=()) for e in desk.exhibits if e.file]
    prepared, found = bind.gathered(desk, entries)
    stop(f for f in found if f.severity is Severity.ERROR)
    known = {e["id"]: e for e in made.data["exhibits"]}
    left_out: dict[str, int] = {}
    _atomic.folder(folder / "exhibits")
    for exhibit, ready in zip(_in_order(entries, prepared), prepared, strict=True):
        entry = known[made.exhibit(exhibit.id)]
        missing = _exhibit(made, entry, ready, folder)
        left_out |= {entry["id"]: missing} if missing else {}
    return left_out


def _in_order(entries: Sequence[Exhibit], prepared: Sequence[Prepared]) -> list[Exhibit]:
    known = {e.id: e for e in entries}
    return [known[p.id] for p in prepared]


def _exhibit(made: Copy, entry: dict[str, Any], ready: Prepared, folder: Path) -> int:
    """Write an exhibit's parts and put their names into its entry; return the pages left out."""
    public = is_public(entry)
    identity = str(entry.get("identity_only", "")).lower() in {"yes", "true"}  # shows nothing else
    missing = 0

    def hide(text: str) -> list[tuple[int, int]]:
        return [(s.start, s.end) for s in made.veil.spans(text, page=True, known=public)]

    for part in ready.parts:
        key = part.part if part.part in {TRANSLATION, CERTIFICATE} else "file"
        name = f"exhibits/{entry['id']}{'' if key == 'file' else f'-{key}'}.pdf"
        drawn = blacked(bytes(part.data), None if identity else hide, pictures=public)
        missing += len(drawn.left_out)
        _atomic.save(folder / name, drawn.pdf)
        entry[key] = name
    return missing


def _answers(made: Copy, folder: Path) -> None:
    """Write the answers; an office file of its own keeps the real one out of the copy."""
    head = "# A confidential copy: names, days and places are not the real ones. Not for filing.\n"
    _atomic.save(folder / case.ANSWERS, (head + _yaml.dump(made.data)).encode("utf-8"))
    office = {k: made.data[k] for k in OFFICE_KEYS if made.data.get(k)}
    _atomic.save(folder / "office.yaml", _yaml.dump(office).encode("utf-8"))


def _covered(desk: Desk, wish: Wish, plain: Catalogue) -> Copy:
    """Return the answers as the copy has them; *plain* are the questions before any item's."""
    shipped = _resources.shipped("templates")
    words = harmless.words(plain if desk.templates == (shipped,) else None)
    words = replace(words, public=words.public | {w.lower() for w in wish.keep})
    return pseudonyms.copy(desk.file, desk.catalogue, wish.purpose, words, wish.cover)


def _desk(desk: Desk, folder: Path, plain: Catalogue) -> Desk:
    """Return the copy with everything at hand, the real case's templates among it."""
    place = cases.find(folder, office=folder / "office.yaml")
    file = place.load()
    stop(file.faults)
    answers = Answers(file, desk.catalogue)
    day = answers.value(("meta", "as_of"))
    base = replace(desk, case=place, file=file, day=getattr(day, "day", None))
    return replace(base, catalogue=by_item(plain, answers))


def _papers(copy: Desk) -> tuple[str, ...]:
    """Fill the copy's documents, and build its filings; return the documents' names."""
    with copy.case.locked():
        filled = fill.fill(copy, [], State.DRAFT)
        fill.write(copy, filled)
        for built in build.build_all(copy, wanted(copy, []), State.DRAFT) if copy.filings else ():
            build.write(copy, built)
        names = tuple(o.name for o in filled.outcomes)
        _torn_off(copy, names)
    return names


def _torn_off(copy: Desk, names: Sequence[str]) -> None:
    """Take the internal first page off the papers, and make their PDFs.

    It tells of deadlines that are counted from the copy's own days: they mean nothing, and may
    fall on a day of the real case.
    """
    torn = {n: edited.torn_off(copy.case.read(f"out/{n}"), n) for n in names}
    made = pdfs.converter(State.DRAFT).convert(torn)
    printed = {pdf_name(n): pdf.data for n, pdf in made.items()}
    records: list[case.Record] = [
        {**(copy.case.last(n, "document") or {}), "sha256": case.sha256(torn[n])} for n in names
    ]
    records += [
        {"kind": "pdf", "path": n, "sha256": case.sha256(data), "state": State.DRAFT.value}
        for n, data in printed.items()
    ]
    copy.case.write({**torn, **printed}, records)

"""Exhibit entries for files that no answers file lists: from a folder, or file by file."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from msgspec.structs import replace

from nkdocs.answers.entries import Exhibit
from nkdocs.bundle import filetypes
from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.intake import LARGEST
from nkdocs.bundle.saying import Said, says_nothing
from nkdocs.bundle.workshop import Job, Workshop
from nkdocs.diagnostics import shown
from nkdocs.vault import unsealed

_SKIPPED_FOLDERS = {"out", "templates", "served", "__macosx"}
_SKIPPED = {"thumbs.db", "desktop.ini", "answers.yaml", "answers.yml", "office.yaml",
            "manifest.jsonl", "lock.yaml", "key.age",
            "answers.yaml.age", "readme.md"}  # fmt: skip
_SKIPPED_ENDS = (".bak", ".tmp", ".part", ".crdownload", ".lnk")
_DATE = re.compile(r"^((?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)(?!\d)")
# "B-02", "3", "12.", "C)", "Tab A", "Ex. 4 -": where a file stands, not what it is.
_ORDER = re.compile(
    r"^((?i:Tab|Ex|Exh|Exhibit)[. -]{1,2}(?:[A-Z]{1,2}|\d{1,3})(?:-?\d{1,3})?"
    r"|[A-Z]{1,2}-?\d{1,2}|\d{1,3}|[A-Z](?=[.)]))[.)]?(?:\s*[-\u2013]\s+|\s+)(?=\S)"
)
_FORMS = re.compile(r"^(?:I|G|N|EOIR|AR|DS)-\d+[A-Z]?$", re.IGNORECASE)  # a form's own number
_GAP = re.compile(r"[\s_]+")


def from_files(paths: Sequence[Path]) -> tuple[Path, list[Exhibit]]:
    """Return the folder that holds all *paths* (files, or folders of files), and their exhibits.

    Hidden and temporary files, `out` and what belongs to a case are no exhibits. Files named one
    by one keep the order given; a folder's, and those in the plain order of a shell's *.pdf, come
    in that of people: 1.pdf, 2.pdf, 11.pdf. A name such as "B-02 2024-03-02 Kim declaration.pdf"
    gives order, date and title. A subfolder's name becomes the section.
    """
    tops = [
        path.resolve() if path.is_dir() else path.parent.resolve() / path.name for path in paths
    ]  # a link that is named stays one: intake looks where it leads
    roots = [top if top.is_dir() else top.parent for top in tops]
    folder = Path(os.path.commonpath(roots)) if roots else Path.cwd()
    files = {file: None for top in tops for file in _files(top)}
    ids: set[str] = set()
    inside = [file.relative_to(folder) for file in files]
    if inside == sorted(inside) or any(top.is_dir() for top in tops):
        inside.sort(key=natural)
    return folder, [entry(file, ids) for file in inside]


def in_folder(folder: Path, name: str, taken: Iterable[str] = ()) -> list[Exhibit]:
    """Return the exhibits that the files of *folder*/*name* may become, ids other than *taken*.

    Files of a locked case are named as they are called when they are not sealed.
    """
    top = folder / name
    found = {unsealed(file).relative_to(folder) for file in _files(top)} if top.is_dir() else set()
    ids = set(taken)
    return [entry(file, ids) for file in sorted(found, key=natural)]


def described(folder: Path, entries: Sequence[Exhibit]) -> tuple[list[Exhibit], list[str]]:
    """Return the exhibits with what their files say of themselves, and the files that were asked.

    A name prevails: a title is read only where the name is a mere counter ("scan 0001"), a day
    only where it has none.
    """
    out: list[Exhibit] = []
    asked: list[str] = []
    ids: set[str] = set()
    with Workshop() as shop:
        for entry in entries:
            mute = says_nothing(entry.title)
            found = _said(folder / entry.file, shop) if mute or not entry.date else Said()
            title = (found.title if mute else "") or entry.title
            date = entry.date or found.date
            if (title, date) != (entry.title, entry.date):
                asked.append(entry.file)
            told = {"id": _fresh(_slug(title), ids), "title": shown(title), "date": date}
            out.append(replace(entry, **told))
    return out, asked


def _said(file: Path, shop: Workshop) -> Said:
    """Return what a file says of itself; what is wrong with it is told when it is bound."""
    try:
        if not file.is_file() or file.stat().st_size > LARGEST:
            return Said()
        data = file.read_bytes()
        return shop.said(Job(filetypes.kind(data, file.name), data))
    except (OSError, UnusableError):
        return Said()


def natural(path: Path) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts paths as people do, numbers by their value."""
    plain = unicodedata.normalize("NFC", path.as_posix()).casefold()
    pieces = re.findall(r"\d+|\D+", plain)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in pieces)


def _files(top: Path) -> Iterator[Path]:
    """Give the files of a folder, however deep; a file named by itself always counts."""
    if not top.is_dir():
        yield top
        return
    for entry in sorted(top.iterdir()):
        name = unicodedata.normalize("NFC", entry.name).casefold()
        if name.startswith((".", "~$")):
            continue
        if entry.is_dir():
            if name not in _SKIPPED_FOLDERS and not entry.is_symlink():
                yield from _files(entry)
        elif name not in _SKIPPED and not name.endswith(_SKIPPED_ENDS):
            yield entry


def entry(file: PurePath, ids: set[str]) -> Exhibit:
    """Make the entry of one file; its id is new in *ids*."""
    written = unicodedata.normalize("NFC", file.as_posix())
    stem = unicodedata.normalize("NFC", file.stem)
    title, date = _told(stem)
    section = written.split("/")[0] if len(file.parts) > 1 else ""
    return Exhibit(  # a name may hold what no answer can; shown, it is harmless
        id=_fresh(_slug(title), ids),
        title=shown(title or stem.strip() or file.name),
        file=written,
        date=date,
        section="" if section.casefold() in {"exhibits", ""} else shown(section),
    )


def _told(stem: str) -> tuple[str, str]:
    """Read title and date from a name without its ending."""
    rest, date = " ".join(filter(None, _GAP.split(stem))), ""
    ordered = _ORDER.match(rest)
    if ordered and not _FORMS.match(ordered[1]):
        rest = rest[ordered.end() :]
    if found := _DATE.match(rest):
        date, after = found[1], rest[found.end() :].strip(" -\u2013,")
        rest = after or rest
    return rest, date


def _slug(title: str) -> str:
    """Return an id in plain letters; Korean titles give the word exhibit."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "exhibit"


def _fresh(slug: str, ids: set[str]) -> str:
    """Return the slug, numbered when it is taken; note it in *ids*."""
    number, name = 1, slug
    while name in ids:
        number += 1
        name = f"{slug}-{number}"
    ids.add(name)
    return name

"""Bundles without a filing: a folder, bare files, or a case that lists none."""

from collections.abc import Sequence
from pathlib import Path

from nkdocs import _atomic, cases
from nkdocs._working import Content
from nkdocs.answers.entries import Exhibit
from nkdocs.bundle import exhibits, intake, venues
from nkdocs.bundle.binding import Binding, Listing
from nkdocs.bundle.intake import Intake
from nkdocs.bundle.pages import Bundle, build_bundle
from nkdocs.bundle.passwords import Passwords, no_passwords
from nkdocs.bundle.recognise import Recogniser
from nkdocs.bundle.sheets import Cover
from nkdocs.bundle.venues import Venue
from nkdocs.bundle.volumes import file_names
from nkdocs.convert import office
from nkdocs.convert.pdf import Converter
from nkdocs.diagnostics import Severity, State, stop
from nkdocs.errors import FileBusyError, UsageError


def gather(
    paths: Sequence[Path],
    *,
    draft: bool,
    passwords: Passwords = no_passwords,
    ocr: Recogniser | None = None,
) -> tuple[list[Exhibit], Intake]:
    """Return bare files, or the files of a folder, as exhibits, read and cleaned.

    Args:
        paths: one folder, or files.
        draft: whether the embedded engine may convert Word files where LibreOffice is missing.
        passwords: those to try for a protected file.
        ocr: reads the pages that cannot be searched.

    Raises:
        UsageError: there is nothing to bind.
    """
    folder, entries = exhibits.from_files(paths)
    if not entries:
        msg = f"no files to bind in {', '.join(str(p) for p in paths)}"
        raise UsageError(msg, hint="Name a folder with PDFs, photos or Word files, or the files.")
    word = any(e.file.lower().endswith(".docx") for e in entries)
    able = word and (draft or office.find_office() is not None)
    converter = _converter(draft=draft) if able else None
    made = intake.prepare(entries, folder, converter=converter, passwords=passwords, ocr=ocr)
    return entries, made


def _converter(*, draft: bool) -> Converter:
    from nkdocs.packet import pdfs  # the whole desk, which no folder of PDFs and photos needs

    return pdfs.converter(State.DRAFT if draft else State.FINAL)


def bundle(
    paths: Sequence[Path],
    *,
    venue: str = "generic",
    title: str = "",
    draft: bool = False,
    passwords: Passwords = no_passwords,
    ocr: Recogniser | None = None,
) -> tuple[Bundle, Intake]:
    """Bind bare files or a folder into one bundle.

    Raises:
        ExhibitError: files cannot be used; all of them are named.
        UsageError: there is nothing to bind, or no such venue.
    """
    rules = venue_named(venue, paths)
    entries, made = gather(paths, draft=draft, passwords=passwords, ocr=ocr)
    stop(f for f in made.findings if f.severity is Severity.ERROR)
    marked = any(part.draft for p in made.prepared for part in p.parts)
    binding = Binding(
        filing="bundle",
        cover=Cover(title=title or "Exhibits", matter="", proceeding=""),
        venue=rules,
        title=title or "Exhibits",
        listings={e.id: Listing(date=e.date) for e in entries},
        draft=marked,
    )
    return build_bundle(made.prepared, binding), made


def stop_at_source(target: Path, sources: Sequence[Path]) -> None:
    """Stop before anything is written when the result would replace what it is made of.

    Raises:
        FileBusyError: *target* is one of *sources*.
    """
    if any(target.resolve() == source.resolve() for source in sources):
        msg = f"{target} is one of the files to bind"
        raise FileBusyError(msg, hint="Name another file: -o FILE.pdf")


def venue_named(name: str, paths: Sequence[Path]) -> Venue:
    """Return a venue's profile: one that ships, or of the office in whose folder *paths* stand.

    Raises:
        TemplateError: the office's file of venues is wrong.
        UsageError: there is no such venue.
    """
    offices = (cases.office_above(path if path.is_dir() else path.parent) for path in paths)
    known = venues.found(file.parent / "templates" for file in offices if file)
    if name not in known:
        msg = f"there is no venue '{name}'"
        raise UsageError(msg, hint=f"Known are: {', '.join(known)}.")
    return known[name]


def targets(target: Path, count: int) -> list[Path]:
    """Return where *count* files of a bundle go: *target*, or _Part1 and so on beside it."""
    names = file_names(target.stem, count)
    return [target.with_name(name) for name in names] if count > 1 else [target]


def write(target: Path, files: Sequence[Content], *, force: bool = False) -> list[str]:
    """Write the files of a bundle of bare files; return the names of the backups kept, if any.

    Raises:
        FileBusyError: a file exists, is a link or a folder, or cannot be written.
    """
    places = targets(target, len(files))
    changed: list[Path] = []
    for place, data in zip(places, files, strict=True):
        if place.is_symlink() or (place.exists() and not place.is_file()):
            msg = f"{place} is a link or a folder"
            raise FileBusyError(msg, hint="Name another file: -o FILE.pdf")
        if place.exists() and place.read_bytes() != bytes(data):
            if not force:
                msg = f"{place} is there already"
                raise FileBusyError(msg, hint="Name another file with -o, or replace it: --force")
            changed.append(place)
    kept = [_backed_up(place) for place in changed]
    _atomic.folder(target.parent)
    _atomic.save_all(dict(zip(places, files, strict=True)))
    return kept


def _backed_up(file: Path) -> str:
    """Keep *file* under the next free name of a backup; return that name."""
    number = 1
    while (backup := file.with_name(f"{file.name}.{number}.bak")).exists():
        number += 1
    _atomic.save(backup, file.read_bytes())
    return backup.name

"""From the list of exhibits and people's files to clean PDF parts, and all that is wrong, at once.

Nothing is skipped: a file that cannot be used is an ERROR finding that names it and the next step,
and what was changed or cannot be kept is a finding too.
"""

import difflib
import hashlib
import os
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from nkdocs._working import Content, Room
from nkdocs.answers.entries import Exhibit
from nkdocs.bundle import filetypes
from nkdocs.bundle.faults import Note, UnusableError, ranges
from nkdocs.bundle.hygiene import Cleaned
from nkdocs.bundle.marking import Marking, Spot, Style
from nkdocs.bundle.passwords import Passwords, no_passwords
from nkdocs.bundle.recognise import Recognised, Recogniser
from nkdocs.bundle.sources import Source, convert_others, faults_of, unpacked
from nkdocs.bundle.workshop import Job, Workshop
from nkdocs.citations.pagemap import CERTIFICATE, MAIN, ORIGINAL, TRANSLATION
from nkdocs.convert.pdf import Converter
from nkdocs.diagnostics import Finding
from nkdocs.errors import ConversionError
from nkdocs.vault import ENDING

LARGEST = 400 << 20  # bytes
Unseal = Callable[[bytes, str], bytes]  # what a sealed file holds, and its name, to its content


class Part(Struct, frozen=True):
    """A part of an exhibit, ready to be bound.

    Attributes:
        part: MAIN, TRANSLATION, CERTIFICATE or ORIGINAL.
        label: how the index calls it; empty for MAIN.
        data: a PDF of upright Letter pages; most lie in a working file until they are read.
        sources: the source file's page number of each page.
        has_text: whether each page can be searched.
        feet: what is taken of each page's foot, so that no number is put over text.
        draft: whether only a draft may use it.
        papers: what paper each page was on before it was put on Letter.
        recognised: of how many pages the text was recognised, and may be misread.
    """

    part: str
    label: str
    data: Content
    sources: tuple[int, ...]
    has_text: tuple[bool, ...]
    feet: tuple[int, ...]
    draft: bool = False
    papers: tuple[str, ...] = ()
    recognised: int = 0


class Prepared(Struct, frozen=True):
    """An exhibit, ready to be bound.

    Attributes:
        sha256: file as written in the answers (empty for a document of ours) and its SHA-256.
        repaired: whether a file of it was damaged and could be repaired.
        lost: what a converter could not draw, in words.
        counts: of each file, as written in the answers: pages it has, pages that are bound.
    """

    id: str
    title: str
    sha256: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    repaired: bool = False
    lost: tuple[str, ...] = ()
    counts: tuple[tuple[str, int, int], ...] = ()


class Intake(Struct, frozen=True):
    """All exhibits that can be used, and everything found about all of them."""

    prepared: tuple[Prepared, ...]
    findings: tuple[Finding, ...]


def prepare(  # noqa: PLR0913 - one argument a thing that intake needs
    exhibits: Sequence[Exhibit],
    folder: Path,
    *,
    converter: Converter | None,
    made: Mapping[str, bytes] | None = None,
    passwords: Passwords = no_passwords,
    workshop: Workshop | None = None,
    unseal: Unseal | None = None,
    style: Style = "highlight",
    ocr: Recogniser | None = None,
) -> Intake:
    """Return the clean parts of each exhibit, in order, and all findings about all files.

    Args:
        exhibits: the entries of the answers file.
        folder: the case's folder; every file must lie in it.
        converter: makes PDFs of Word documents; None if there is none.
        made: PDFs of the exhibits that are documents of ours, by exhibit id, and certificates
            that were drawn (`certificate_of`).
        passwords: those of protected PDFs, asked for by file as written in the answers.
        workshop: where files are opened; a new one when None.
        unseal: opens the files of a locked case, which are named here without `.age`.
        style: how the venue wants passages marked.
        ocr: reads the pages that cannot be searched; they stay so when None.

    An exhibit with an ERROR finding is not among the prepared ones. Of a translated exhibit the
    translation comes first, then its certificate, then the original.
    """
    drawn = made or {}
    sources = [
        source
        for exhibit in exhibits
        for source in _sources(exhibit, certified=certificate_of(exhibit.id) in drawn)
    ]
    room = _room(in_memory=unseal is not None)
    for source in sources:
        _take(source, folder, drawn, unseal)
        _put_by(source, room)
    sources = [one for source in sources for one in unpacked(source)]
    _convert(sources, converter)
    convert_others(sources, in_memory=unseal is not None)
    with workshop or Workshop() as shop:
        for source in sources:
            _clean(source, _Bench(shop, room), passwords, style, ocr)
    found = tuple(one for source in sources for one in source.findings)
    whole = (_prepared(e, [s for s in sources if s.exhibit is e]) for e in exhibits)
    return Intake(tuple(p for p in whole if p), found)


class _Bench(Struct, frozen=True):
    """Where files are cleaned, and where what is clean is kept."""

    shop: Workshop
    room: Room | None

    def clean(self, job: Job) -> Cleaned[Content]:
        return self.shop.clean(job, self.room)


def _room(*, in_memory: bool) -> Room | None:
    """Return where clean files are kept, None where there is no place: then they are held."""
    try:
        return Room(in_memory=in_memory)
    except OSError:
        return None


def certificate_of(exhibit: str) -> str:
    """Return the name under which `made` holds a certificate that was drawn for an exhibit."""
    return f"{exhibit}: certificate"


def _sources(exhibit: Exhibit, *, certified: bool) -> Iterator[Source]:
    """Give the exhibit's files in the order in which they are bound; *certified*: one was drawn."""
    original = ORIGINAL if exhibit.translation else MAIN
    label = f"Original ({exhibit.language})" if original == ORIGINAL else ""
    if exhibit.translation:
        yield Source(exhibit, TRANSLATION, "English translation", exhibit.translation)
    certificate = Source(
        exhibit, CERTIFICATE, "Certificate of translation", exhibit.certificate
    )
    if exhibit.translation and (exhibit.certificate or certified):
        yield certificate
    yield Source(exhibit, original, label, exhibit.file)
    if exhibit.certificate and not exhibit.translation:
        yield certificate


def _take(
    source: Source, folder: Path, made: Mapping[str, bytes], unseal: Unseal | None
) -> None:
    """Read one file and see what it is."""
    try:
        name = certificate_of(source.exhibit.id)
        if source.file:
            source.data = contents(folder, source.file, unseal)
        elif source.part == CERTIFICATE and name in made:
            source.data = made[name]
            source.note(Note("X321"))
        elif source.exhibit.id in made:
            source.data = made[source.exhibit.id]
        else:
            raise UnusableError(Note("X112", source.exhibit.document))  # noqa: TRY301 - one way to note
        source.sha256 = hashlib.sha256(source.data).hexdigest()
        source.kind = filetypes.kind(source.data, source.file)
    except UnusableError as error:
        source.note(error.note)


def _put_by(source: Source, room: Room | None) -> None:
    """Keep what nobody needs before it is cleaned: all files together may be large."""
    if room and source.kind in {filetypes.PDF, filetypes.PICTURE}:
        source.put_by, source.data = room.keep(source.data), b""


def contents(folder: Path, file: str, unseal: Unseal | None) -> bytes:
    """Return the bytes of a file of the case, named as the answers name it.

    Raises:
        UnusableError: it is not there, lies outside of the case, or cannot be read.
    """
    path = _path(folder, file)
    shut = _path(folder, f"{file}{ENDING}") if unseal and not path.exists() else path
    opened = unseal if shut.is_file() and shut != path else None
    path = shut if opened else path
    try:
        if path.is_symlink() and not path.exists():
            raise UnusableError(Note("X116"))
        if not path.resolve().is_relative_to(folder.resolve()):
            raise UnusableError(Note("X102"))
        if path.is_dir():
            raise UnusableError(Note("X104"))
        if path.exists() and not path.is_file():
            raise UnusableError(Note("X115"))
        if not path.exists():
            raise UnusableError(Note("X101", _suggestion(folder, file)))
        size = path.stat().st_size
        if size > LARGEST:
            raise UnusableError(Note("X106", f"{size >> 20} MB; {LARGEST >> 20} MB is the limit"))
        data = path.read_bytes()
        return opened(data, str(path)) if opened else data
    except PermissionError:
        raise UnusableError(Note("X103")) from None
    except (OSError, ValueError):  # a name too long, a loop of links, a NUL
        raise UnusableError(Note("X101", "")) from None


def _path(folder: Path, file: str) -> Path:
    """Return where a file stands; a name may be composed (NFC) here and not on the disk."""
    written = Path(file)
    backslash = "\\" in file and os.sep == "/"
    if written.is_absolute() or written.drive or ".." in written.parts or backslash:
        raise UnusableError(Note("X102"))
    path = folder
    for name in written.parts:
        plain = path / name
        path = plain if plain.exists() else _same_name(path, name) or plain
    return path


def _same_name(folder: Path, name: str) -> Path | None:
    """Return the entry whose name is the same but for the way accents and Hangul are written."""
    if not folder.is_dir():
        return None
    same = unicodedata.normalize("NFC", name)
    entries = sorted(folder.iterdir())
    return next((e for e in entries if unicodedata.normalize("NFC", e.name) == same), None)


def _suggestion(folder: Path, file: str) -> str:
    """Return the file that may be meant."""
    there = {
        unicodedata.normalize("NFC", path.relative_to(folder).as_posix()): ""
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".") and "out" not in path.parts
    }
    asked = unicodedata.normalize("NFC", Path(file).as_posix())
    names = {name.casefold(): name for name in there}
    near = difflib.get_close_matches(asked.casefold(), names, 1)
    stems = [n for n in there if Path(n).stem.casefold() == Path(asked).stem.casefold()]
    best = [names[near[0]]] if near else stems
    return f"; did you mean '{best[0]}'?" if best else ""


def _convert(sources: Sequence[Source], converter: Converter | None) -> None:
    """Make PDFs of all Word documents, in one start of the converter."""
    word = [source for source in sources if source.kind == filetypes.WORD]
    if not word:
        return
    if converter is None:
        for source in word:
            source.note(Note("P101"))
        return
    try:
        made = converter.convert({source.known: source.data for source in word})
    except ConversionError as error:
        for source in word:
            source.findings += faults_of(error, source, first=source is word[0])
        return
    for source in word:
        source.made = made[source.known]


def _marking(exhibit: Exhibit, style: Style) -> Marking:
    """Return what is to be redacted and marked in an exhibit's own file."""
    redact, marks = (
        tuple(Spot(s.page, s.box, s.text) for s in spots)
        for spots in (exhibit.redact, exhibit.marks)
    )
    return Marking(redact, marks, style)


def _clean(
    source: Source, bench: _Bench, passwords: Passwords, style: Style, ocr: Recogniser | None
) -> None:
    """Clean one file, unless it cannot be used already."""
    if not source.kind or (source.kind in {filetypes.WORD, *filetypes.OFFICE} and not source.made):
        return
    job = Job(
        source.kind if not source.made else filetypes.PDF,
        source.made.data if source.made else source.put_by or source.data,
        pages=source.exhibit.pages if source.is_whole else (),
        expect=source.exhibit.expect_pages if source.is_whole else 0,
        marking=_marking(source.exhibit, style) if source.is_whole else Marking(),
    )
    read = Recognised()
    try:
        if ocr:
            read = _recognised(job, source, bench, passwords, ocr)
            job = replace(job, read=read.words)
        source.cleaned = _opened(bench, job, passwords(source.file))
        source.recognised = sum(source.cleaned.has_text[at] for at in read.words)
    except UnusableError as error:
        source.note(error.note)
        return
    source.data = source.put_by = b""  # read, and clean now: what is large is held once
    for note in (*source.cleaned.notes, *_about_text(source, source.cleaned, read)):
        source.note(note)
    if source.made and source.made.lost:
        source.note(Note("X314", "; ".join(source.made.lost)))


def _opened(bench: _Bench, job: Job, passwords: Iterable[str]) -> Cleaned[Content]:
    """Clean a file; a protected one with the first of the passwords that opens it."""
    try:
        return bench.clean(job)
    except UnusableError as error:
        if error.note.code != "X201":
            raise
        closed = error
    for password in passwords:
        try:
            return bench.clean(replace(job, password=password))
        except UnusableError as error:
            if error.note.code != "X201":
                raise
    raise closed


def _recognised(
    job: Job, source: Source, bench: _Bench, passwords: Passwords, ocr: Recogniser
) -> Recognised:
    """Read the pages that cannot be searched, before anything on them is marked or redacted."""
    plain = _opened(bench, replace(job, marking=Marking()), passwords(source.file))
    return ocr.recognised(plain, bench.shop, source.file or source.exhibit.document)


def _about_text(source: Source, cleaned: Cleaned[Content], read: Recognised) -> Iterator[Note]:
    """Say which pages cannot be searched, and of which the words were recognised."""
    told = dict(enumerate(zip(cleaned.sources, cleaned.has_text, strict=True)))
    tried = {*read.words, *read.empty, *read.failed}
    mute = [n for at, (n, has_text) in told.items() if not has_text and at not in tried]
    if mute and source.kind == filetypes.PICTURE:
        yield Note("X315")
    elif mute:
        yield Note("X302", ranges(mute))
    few = [cleaned.sources[at] for at in cleaned.thin if at not in tried]
    if few:
        yield Note("X327", ranges(few))
    empty = "X325" if source.kind == filetypes.PICTURE else "X323"
    for code, pages in (("X322", read.words), (empty, read.empty), ("X324", read.failed)):
        numbers = [told[at][0] for at in pages if code != "X322" or told[at][1]]
        if numbers:
            yield Note(code, ranges(numbers))


def _prepared(exhibit: Exhibit, sources: Sequence[Source]) -> Prepared | None:
    """Return the exhibit with its parts, None if one of them cannot be used."""
    parts = [
        Part(s.part, s.label, c.data, c.sources, c.has_text, c.feet,
             s.made is not None and s.made.draft, c.papers, s.recognised)
        for s in sources
        if (c := s.cleaned)
    ]  # fmt: skip
    if len(parts) < len(sources):
        return None
    return Prepared(
        exhibit.id,
        exhibit.title or exhibit.document,
        tuple((source.file, source.sha256) for source in sources),
        tuple(parts),
        repaired=any(source.cleaned.repaired for source in sources if source.cleaned),
        lost=tuple(text for source in sources if source.made for text in source.made.lost),
        counts=tuple((s.file, c.total, len(c.sources)) for s in sources if (c := s.cleaned)),
    )

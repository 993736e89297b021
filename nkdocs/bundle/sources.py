"""The files of an exhibit on their way to pages: e-mails unpacked, old Word files converted."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs._working import Content
from nkdocs.answers.entries import Exhibit
from nkdocs.bundle import filetypes
from nkdocs.bundle.faults import Note, UnusableError, amount, finding
from nkdocs.bundle.hygiene import Cleaned
from nkdocs.citations.pagemap import MAIN, ORIGINAL
from nkdocs.convert import office
from nkdocs.convert.pdf import Pdf
from nkdocs.convert.plain import by_name
from nkdocs.diagnostics import Finding, Place, Severity, shown
from nkdocs.errors import ConversionError, ExhibitError

if TYPE_CHECKING:
    from nkdocs.convert.letter import Attachment

_DEEP = 3  # e-mails attached to e-mails


class Source(Struct):
    """One file of an exhibit on its way.

    Attributes:
        data: what it holds; nothing where that is `put_by`.
        put_by: what it holds, in a working file until it is cleaned.
    """

    exhibit: Exhibit
    part: str
    label: str
    file: str
    data: bytes = b""
    sha256: str = ""
    kind: str = ""
    made: Pdf | None = None
    findings: list[Finding] = field(default_factory=list)
    cleaned: Cleaned[Content] | None = None
    recognised: int = 0
    put_by: Content = b""

    @property
    def is_whole(self) -> bool:
        """Whether the exhibit's `pages` and `expect_pages` are about this file."""
        return self.part in {MAIN, ORIGINAL}

    @property
    def known(self) -> str:
        """The name under which a converter knows the file."""
        return self.file or self.exhibit.id

    def note(self, note: Note) -> None:
        """Report something about this file."""
        where = self.file or self.exhibit.document
        self.findings.append(finding(note, file=where, subject=self.exhibit.id))


def unpacked(source: Source, deep: int = _DEEP) -> Iterator[Source]:
    """Yield a file as it is; an e-mail as text, and after it each file attached to it."""
    if source.kind != filetypes.MAIL:
        yield source
        return
    from nkdocs.convert import letter

    try:
        if not deep:
            raise UnusableError(Note("X221", "e-mails lie too deep inside each other"))  # noqa: TRY301 - one way to note
        held = letter.opened(source.data)
    except ExhibitError as error:
        source.note(Note("X221", error.message))
        source.kind = ""
        held = None
    except UnusableError as error:
        source.note(error.note)
        source.kind = ""
        held = None
    yield source
    if held is None:
        return
    count = len(held.attachments)
    source.kind, source.data = filetypes.TEXT, held.text.encode("utf-8", "replace")
    source.label = source.label or ("E-mail" if count else "")
    follow = "follows" if count == 1 else "follow"
    told = f"{amount(count, 'attachment')} {follow}" if count else "nothing is attached"
    source.note(Note("X320", told))
    if held.signed:
        source.note(Note("X303"))
    for number, file in enumerate(held.attachments, 1):
        yield from unpacked(_attached(source, file, number), deep - 1)


def _attached(source: Source, file: "Attachment", number: int) -> Source:
    """Return a file attached to an e-mail as a part of the same exhibit."""
    outer = f"{source.part}-" if source.part.startswith("attachment") else "attachment-"
    name, signs = by_name(shown(file.name))
    part = Source(
        source.exhibit,
        f"{outer}{number}",
        f"Attachment {f'{outer}{number}'.removeprefix('attachment-')}: {name}",
        f"{source.file}#{name}",
        file.data,
        hashlib.sha256(file.data).hexdigest(),
    )
    if signs:
        part.note(Note("X326", ", ".join(signs[:5])))
    try:
        part.kind = filetypes.kind(file.data, file.name)
    except UnusableError as error:
        part.note(error.note)
    return part


def convert_others(sources: Sequence[Source], *, in_memory: bool = False) -> None:
    """Make PDFs of what LibreOffice alone can open; one start for each kind.

    With *in_memory*, for the files of a locked case, none of them touches a disk on its way.
    """
    program = office.find_office()
    for kind in filetypes.OFFICE:
        these = [source for source in sources if source.kind == kind]
        if not these:
            continue
        if program is None:
            for source in these:
                source.note(Note("X110") if kind == "doc" else Note("X109", kind))
            continue
        try:
            tool = office.Office(program, in_memory=in_memory)
            made = tool.convert_other({s.known: s.data for s in these}, kind)
        except ConversionError as error:
            for source in these:
                source.findings += faults_of(error, source, first=source is these[0])
            continue
        for source in these:
            source.made = made[source.known]
            if kind != "odt":
                source.note(Note("X319"))


def faults_of(error: ConversionError, source: Source, *, first: bool) -> Iterator[Finding]:
    """Give the converter's faults about one file; one without a file goes to the first."""
    told = [fault for fault in error.faults if isinstance(fault, Finding)]
    for fault in told:
        if fault.place.file == source.known:
            yield replace(fault, subject=source.exhibit.id)
    if first and not told:
        yield Finding(
            code="C001",
            severity=Severity.ERROR,
            message=error.message,
            hint=error.hint,
            place=Place(source.file),
            subject=source.exhibit.id,
            kind="block",
        )

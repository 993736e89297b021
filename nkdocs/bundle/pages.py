"""The one owner of pypdf's writer: exhibits in, a finished bundle or packet out.

The order of work is fixed: a fresh reader for each part, appended; then stamps, links, outline and
labels; identical objects are merged last, and nothing is touched after that (py-pdf/pypdf#4111).
What is written is read back by another reader before it is handed out.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from nkdocs.bundle import stamp
from nkdocs.bundle.binding import Binding, Drawn, drawn, volumes_of
from nkdocs.bundle.layout import PreparedLike, faults, together
from nkdocs.bundle.links import Link
from nkdocs.bundle.scrub import explicit, scrub
from nkdocs.bundle.sheets import Rect, Spot
from nkdocs.bundle.stamp import Stamp
from nkdocs.bundle.venues import largest, over_limit
from nkdocs.bundle.verify import VerificationError, verify_bundle, verify_packet
from nkdocs.bundle.volumes import file_names
from nkdocs.citations.pagemap import Entry, PageMap
from nkdocs.diagnostics import Finding, Severity, stop

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter
    from pypdf.generic import PdfObject

_SMALLER = (0.9, 0.75, 0.5)  # shares of the limit tried in turn where volumes come out too large


@dataclass(frozen=True, slots=True)
class Volume:
    """One file of a bundle.

    Attributes:
        pages: its own page map.
        spots: the places of cover, index and tab sheets that lead to a page; pages from 0.
    """

    data: bytes
    pages: PageMap
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """The exhibits of a filing as one PDF, or as several where the venue takes no larger file.

    Attributes:
        pages: where everything stands, over all volumes.
    """

    volumes: tuple[Volume, ...]
    title: str
    pages: PageMap
    findings: tuple[Finding, ...]

    @property
    def data(self) -> bytes:
        """The only file, or the first one."""
        return self.volumes[0].data

    @property
    def spots(self) -> tuple[Spot, ...]:
        """What leads to a page in the only file, or in the first one."""
        return self.volumes[0].spots


def build_bundle(prepared: Sequence[PreparedLike], binding: Binding) -> Bundle:
    """Return the bundle of the exhibits: numbered, linked, and verified from the finished file.

    Raises:
        ExhibitError: an exhibit is empty, stands twice, or its title cannot be printed.
        VerificationError: what was written does not agree with itself; a defect of nkdocs.
    """
    stop(faults(prepared, binding.filing))
    limit = largest(binding.venue)
    bound = _bound(prepared, binding, 1)
    for room in _SMALLER:
        if limit and any(len(volume.data) > limit for volume, _ in bound):
            bound = _bound(prepared, binding, room)
    made = [volume for volume, _ in bound]
    found = [finding for _, told in bound for finding in told]
    if len(made) > 1:
        found.append(_divided(len(made), binding))
    for name, volume in zip(file_names(binding.filing, len(made)), made, strict=True):
        found += over_limit(len(volume.data), binding.venue, name.removesuffix(".pdf"))
    pages = together([volume.pages for volume in made])
    return Bundle(tuple(made), binding.title, pages, tuple(found))


def _bound(
    prepared: Sequence[PreparedLike], binding: Binding, room: float
) -> list[tuple[Volume, list[Finding]]]:
    """Return the volumes, if each may take *room* (a share) of the venue's limit."""
    return [_volume(one, binding) for one in drawn(volumes_of(prepared, binding, room), binding)]


def _volume(sheets: Drawn, binding: Binding) -> tuple[Volume, list[Finding]]:
    """Return one volume, verified, and what is to be told of it."""
    from pypdf import PdfReader, PdfWriter

    pages = sheets.pages
    writer = PdfWriter()
    own = PdfReader(io.BytesIO(sheets.data))
    stamps = [Stamp(n, "", binding.draft, binding.venue.stamp.value)
              for n in range(pages.start, pages.last + 1)]  # fmt: skip
    _append(writer, own, sheets.front)
    for entry, exhibit in zip(pages.entries, sheets.exhibits, strict=True):
        for number in range(entry.sheet or entry.first, entry.last + 1):
            stamps[number - pages.start] = replace(stamps[number - pages.start], tab=entry.tab)
        if entry.sheet:
            _append(writer, own, [sheets.sheets[entry.id]])
        for run, part in zip(entry.runs, exhibit.parts, strict=True):
            at = slice(run.first - pages.start, run.last + 1 - pages.start)
            stamps[at] = stamp.settled(part.data, stamps[at])
            _append(writer, PdfReader(io.BytesIO(part.data)))
    leaves = list(writer.pages)
    face = stamp.font(writer)
    for leaf, wanted in zip(leaves, stamps, strict=True):
        scrub(leaf)
        stamp.put(writer, leaf, wanted, face)
    for spot in (s for s in sheets.spots if not s.away):
        _link(writer, leaves[spot.page], spot.area, leaves[spot.to - pages.start])
    _outline(writer, leaves, sheets)
    _dress(writer, binding.title, [(0, "/D", pages.start)])
    writer.compress_identical_objects()
    data = _written(writer)
    verify_bundle(data, pages, sheets.spots, sheets.exhibits)
    return Volume(data, pages, sheets.spots), [*sheets.findings, *_overprinted(stamps, pages)]


def _divided(count: int, binding: Binding) -> Finding:
    limit = binding.venue.max_mb
    return Finding(
        code="X605",
        severity=Severity.INFO,
        kind="note",
        message=f"the bundle is divided into {count} files: {binding.venue.title} takes "
        f"{limit.value:g} MB a file",
        subject=binding.filing,
        source=limit.source,
        hint="Send all of them, in order; page numbers and tabs run on.",
    )


def build_packet(
    lead: bytes, bundle: Bundle, links: Sequence[Link], *, lead_title: str = "Lead document"
) -> bytes:
    """Return the filing as one PDF: the lead document (i, ii, ...), then the bundle unchanged.

    Of a bundle in several volumes it holds the first. The lead's cites become links to the pages
    they name; on paper they show nothing.

    Raises:
        VerificationError: what was written does not agree with itself; a defect of nkdocs.
    """
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    pages = bundle.volumes[0].pages
    letter = PdfReader(io.BytesIO(lead))
    count = len(letter.pages)
    _append(writer, letter, outline=lead_title)
    _append(writer, PdfReader(io.BytesIO(bundle.data)), outline="")
    leaves = list(writer.pages)
    for leaf in leaves[:count]:
        scrub(leaf)
    for link in links:
        target = leaves[count + link.to_page - bundle.volumes[0].pages.start]
        for rect in link.rects:
            _link(writer, leaves[link.page_index], Rect(*rect), target, underlined=True)
    labels = [(0, "/r", 1), (count, "/D", pages.start)]
    _dress(writer, bundle.title, labels)
    data = _written(writer)
    verify_packet(data, count, pages, links)
    return data


def joined(parts: Sequence[tuple[str, bytes]], title: str) -> bytes:
    """Return papers as one PDF for printing, each unchanged, with an outline of their titles.

    Args:
        parts: title and PDF of each, in order.
        title: what the whole is called.

    Raises:
        VerificationError: pages were lost; a defect of nkdocs.
    """
    from pypdf import PdfReader, PdfWriter

    writer, count = PdfWriter(), 0
    for name, data in parts:
        paper = PdfReader(io.BytesIO(data))
        count += len(paper.pages)
        _append(writer, paper, outline=name)
    for leaf in writer.pages:
        scrub(leaf)
    _dress(writer, title, [(0, "/D", 1)])
    data = _written(writer)
    if len(PdfReader(io.BytesIO(data)).pages) != count:
        msg = f"{title}: of {count} pages not all came out"
        raise VerificationError(msg)
    return data


def _append(
    writer: "PdfWriter",
    reader: "PdfReader",
    pages: Sequence[int] | None = None,
    outline: str | None = None,
) -> None:
    """Append pages; with *outline* the outline too, under that title ("" for none)."""
    before = len(writer.pages)
    explicit(reader)
    writer.append(
        reader,
        outline_item=outline or None,
        pages=None if pages is None else list(pages),
        import_outline=outline is not None,
    )
    for number in range(before, len(writer.pages)):
        # The writer's pages hold on to the reader, and with it to all of the source's bytes.
        writer.pages[number].original_page = None  # type: ignore[assignment]  # frees it
    if pages is None:
        writer.reset_translation(reader)


def _link(
    writer: "PdfWriter",
    page: "PageObject",
    area: Rect,
    target: "PageObject",
    *,
    underlined: bool = False,
) -> None:
    """Put a link on *page* that shows the top of *target* at the zoom in use.

    An underline is drawn on the screen only: without the Print flag a viewer does not print it
    (ISO 32000-1, table 165).
    """
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
    )

    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject(
                [FloatObject(round(v, 2)) for v in (area.x0, area.y0, area.x1, area.y1)]
            ),
            NameObject("/Border"): ArrayObject([NumberObject(0)] * 3),
            NameObject("/Dest"): _top(target),
        }
    )
    if underlined:
        del link["/Border"]
        style = {NameObject("/W"): FloatObject(0.5), NameObject("/S"): NameObject("/U")}
        link[NameObject("/BS")] = DictionaryObject(style)
        link[NameObject("/C")] = ArrayObject([FloatObject(v) for v in (0.1, 0.25, 0.55)])
    held = page.get("/Annots")
    # A private copy: the list may be shared with other pages.
    page[NameObject("/Annots")] = ArrayObject(
        [*(held.get_object() if held is not None else []), writer._add_object(link)]  # noqa: SLF001 - pypdf has no public way to add an object
    )


def _top(page: "PageObject") -> "PdfObject":
    from pypdf.generic import ArrayObject, FloatObject, NameObject, NullObject

    top = FloatObject(page.cropbox.top)
    return ArrayObject(
        [page.indirect_reference, NameObject("/XYZ"), NullObject(), top, NullObject()]
    )


def _outline(
    writer: "PdfWriter", leaves: Sequence["PageObject"], sheets: Drawn
) -> None:
    """Write the outline: cover, index, then each tab with its page and, below it, its parts."""
    start = sheets.pages.start
    for title, number in (("Cover", start), ("Index of exhibits", start + sheets.cover)):
        _item(writer, f"{title} (p. {number})", leaves[number - start])
    for entry, exhibit in zip(sheets.pages.entries, sheets.exhibits, strict=True):
        first = entry.sheet or entry.first
        title = f"Tab {entry.tab} \u2014 {entry.title} (p. {first})"
        parent = _item(writer, title, leaves[first - start])
        for part, run in zip(exhibit.parts, entry.runs, strict=True):
            if len(entry.runs) > 1 or part.label:
                _item(writer, f"{part.label} (p. {run.first})", leaves[run.first - start], parent)


def _item(
    writer: "PdfWriter", title: str, page: "PageObject", parent: Any = None  # noqa: ANN401 - pypdf's own reference
) -> Any:  # noqa: ANN401 - pypdf's own reference
    from pypdf.generic import Fit

    return writer.add_outline_item(
        title=title,
        page_number=page.indirect_reference,
        parent=parent,
        fit=Fit.xyz(top=float(page.cropbox.top)),
        is_open=False,
    )


def _dress(writer: "PdfWriter", title: str, labels: Sequence[tuple[int, str, int]]) -> None:
    """Set what the whole document says of itself: title, page labels, how it opens; no more."""
    from pypdf.generic import (
        ArrayObject,
        BooleanObject,
        DictionaryObject,
        NameObject,
        NullObject,
        NumberObject,
        TextStringObject,
    )

    writer.pdf_header = "%PDF-1.7"
    root = writer.root_object
    for key in ("/Names", "/Dests", "/AcroForm", "/OpenAction", "/AA", "/Metadata"):
        root.pop(key, None)
    runs: list[PdfObject] = []
    for at, style, first in labels:
        label = {NameObject("/S"): NameObject(style), NameObject("/St"): NumberObject(first)}
        runs += [NumberObject(at), DictionaryObject(label)]
    root[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): ArrayObject(runs)})
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
    root[NameObject("/OpenAction")] = ArrayObject(
        [writer.pages[0].indirect_reference, NameObject("/XYZ"), NullObject(), NullObject(),
         NumberObject(1)]
    )  # fmt: skip
    root[NameObject("/Lang")] = TextStringObject("en-US")
    shown = {NameObject("/DisplayDocTitle"): BooleanObject(True)}  # noqa: FBT003 - pypdf's own form
    root[NameObject("/ViewerPreferences")] = DictionaryObject(shown)
    writer.metadata = {"/Title": title, "/Producer": "nkdocs"}


def _written(writer: "PdfWriter") -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _overprinted(stamps: Sequence[Stamp], pages: PageMap) -> list[Finding]:
    """Return a finding for each exhibit with pages whose foot is full of text."""
    found = []
    for entry in pages.entries:
        full = [s.number for s in stamps if not s.up and s.tab == entry.tab]
        if full:
            found.append(_full(entry, full))
    return found


def _full(entry: Entry, full: Sequence[int]) -> Finding:
    numbers = ", ".join(map(str, full[:12])) + (" and more" if len(full) > 12 else "")  # noqa: PLR2004 - a line
    return Finding(
        code="X603",
        severity=Severity.WARN,
        message=f"exhibit '{entry.id}': text stands where the number goes on page {numbers}",
        subject=entry.id,
        cure="volunteer",
        hint="Look whether the number can be read; print the file smaller if not.",
    )

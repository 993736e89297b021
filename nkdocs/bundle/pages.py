"""Exhibits in, a finished bundle or packet out.

Pages are copied part by part into one new file, stamped and linked; what is written (with pikepdf)
is read back by another reader (pypdf, PDFium) before it is handed out.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from nkdocs._unswept import unswept
from nkdocs._working import Content, Kept, Room
from nkdocs.bundle.binding import Binding, Drawn, drawn, volumes_of
from nkdocs.bundle.layout import PreparedLike, faults, together
from nkdocs.bundle.links import Link
from nkdocs.bundle.outline import Item, outline, put_outline, top
from nkdocs.bundle.paper import Tree
from nkdocs.bundle.scrub import scrub, unname
from nkdocs.bundle.sheets import Rect, Spot
from nkdocs.bundle.stamp import Stamp, Stamper, settled
from nkdocs.bundle.venues import largest, over_limit, taken
from nkdocs.bundle.verify import verify_bundle, verify_count, verify_packet
from nkdocs.bundle.volumes import file_names
from nkdocs.citations.pagemap import Entry, PageMap
from nkdocs.convert.normal import as_file
from nkdocs.diagnostics import Finding, Severity, stop

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_SMALLER = (0.9, 0.75, 0.5)  # shares of the limit tried in turn where volumes come out too large


class Volume(Struct, frozen=True):
    """One file of a bundle.

    Attributes:
        file: the PDF; a working file, where its exhibits are working files.
        pages: its own page map.
        spots: the places of cover, index and tab sheets that lead to a page; pages from 0.
    """

    file: Content
    pages: PageMap
    spots: tuple[Spot, ...]

    @property
    def data(self) -> bytes:
        """The PDF, read whole."""
        return bytes(self.file)


class Bundle(Struct, frozen=True):
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
        if limit and any(len(volume.file) > limit for volume, _ in bound):
            bound = _bound(prepared, binding, room)
    made = [volume for volume, _ in bound]
    found = [finding for _, told in bound for finding in told]
    if len(made) > 1:
        found.append(_divided(len(made), binding))
    for name, volume in zip(file_names(binding.filing, len(made)), made, strict=True):
        found += over_limit(len(volume.file), binding.venue, name.removesuffix(".pdf"))
    pages = together([volume.pages for volume in made])
    return Bundle(tuple(made), binding.title, pages, tuple(found))


def _bound(
    prepared: Sequence[PreparedLike], binding: Binding, room: float
) -> list[tuple[Volume, list[Finding]]]:
    """Return the volumes, if each may take *room* (a share) of the venue's limit."""
    return [_volume(one, binding) for one in drawn(volumes_of(prepared, binding, room), binding)]


@unswept()
def _volume(sheets: Drawn, binding: Binding) -> tuple[Volume, list[Finding]]:
    """Return one volume, verified, and what is to be told of it."""
    stamps = _stamps(sheets, binding)
    file = _written(sheets, stamps, binding)
    verify_bundle(bytes(file), sheets.pages, sheets.spots, sheets.exhibits)
    findings = [*sheets.findings, *_overprinted(stamps, sheets.pages)]
    return Volume(file, sheets.pages, sheets.spots), findings


def _stamps(sheets: Drawn, binding: Binding) -> list[Stamp]:
    """Return the stamp of each page, at a height where it covers no text, or else least."""
    pages = sheets.pages
    tabs = dict[int, str]()
    for entry in pages.entries:
        tabs |= dict.fromkeys(range(entry.sheet or entry.first, entry.last + 1), entry.tab)
    stamps = [Stamp(n, tabs.get(n, ""), binding.draft, binding.venue.stamp.value)
              for n in range(pages.start, pages.last + 1)]  # fmt: skip
    for entry, exhibit in zip(pages.entries, sheets.exhibits, strict=True):
        for run, part in zip(entry.runs, exhibit.parts, strict=True):
            at = run.first - pages.start
            stamps[at : at + len(part.feet)] = map(settled, stamps[at:], part.feet)
    return stamps


def _written(sheets: Drawn, stamps: Sequence[Stamp], binding: Binding) -> Content:
    """Return the volume: its pages in order, stamped and linked."""
    pages = sheets.pages
    parts = [part.data for exhibit in sheets.exhibits for part in exhibit.parts]
    room = next((data.room for data in parts if isinstance(data, Kept)), None)
    with _Binder() as binder:
        own = binder.opened(sheets.data)
        binder.append(own, sheets.front)
        for entry, exhibit in zip(pages.entries, sheets.exhibits, strict=True):
            if entry.sheet:
                binder.append(own, [sheets.sheets[entry.id]])
            for part in exhibit.parts:
                binder.append(binder.opened(part.data))
        stamper = Stamper(binder.pdf)
        for leaf, wanted in zip(binder.leaves, stamps, strict=True):
            scrub(leaf)
            stamper.put(leaf, wanted)
        for spot in (s for s in sheets.spots if not s.away):
            binder.link(spot.page, spot.area, spot.to - pages.start)
        put_outline(binder.pdf, binder.leaves, _outline(sheets))
        return binder.kept(room, binding.title, [(0, "/D", pages.start)])


def _divided(count: int, binding: Binding) -> Finding:
    limit = binding.venue.max_mb
    return Finding(
        code="X605",
        severity=Severity.INFO,
        kind="note",
        message=f"the bundle is divided into {count} files: {binding.venue.title} takes "
        f"{taken(binding.venue)}",
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
    pages = bundle.volumes[0].pages
    with _Binder() as binder:
        letter, exhibits = binder.opened(lead), binder.opened(bundle.volumes[0].file)
        headings = outline(letter)
        count = binder.append(letter)
        for leaf in binder.leaves:
            scrub(leaf)
        binder.append(exhibits)
        for link in links:
            for rect in link.rects:
                to = count + link.to_page - pages.start
                binder.link(link.page_index, Rect(*rect), to, underlined=True)
        items = (Item(lead_title, 0, headings), *outline(exhibits, count))
        put_outline(binder.pdf, binder.leaves, items)
        data = binder.finished(bundle.title, [(0, "/r", 1), (count, "/D", pages.start)])
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
    items, count = [], 0
    with _Binder() as binder:
        for name, data in parts:
            paper = binder.opened(data)
            items.append(Item(name, count, outline(paper, count)))
            count += binder.append(paper)
        for leaf in binder.leaves:
            scrub(leaf)
        put_outline(binder.pdf, binder.leaves, items)
        whole = binder.finished(title, [(0, "/D", 1)])
    verify_count(whole, count)
    return whole


class _Binder:
    """A new file and its pages; used in a `with` statement, after which nothing of it is held.

    A source is let go once its pages are copied: what is copied keeps hold of its bytes, not of
    its objects, which are the larger part.

    The list of pages is written once, at the end: adding pages one by one through qpdf's own list
    costs more for each the longer the file is.
    """

    def __init__(self) -> None:
        import pikepdf

        self.pdf = pikepdf.new()
        self.leaves: list[Object] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leaves.clear()
        self.pdf.close()

    def opened(self, data: Content) -> "Pdf":
        """Open a source; its links lead to pages, not to names that others may use too."""
        import pikepdf

        with as_file(data) as file:
            source = pikepdf.open(file)
        unname(source)
        return source

    def append(self, source: "Pdf", numbers: Sequence[int] = ()) -> int:
        """Append pages (from 0) of a source, or all of them; return how many."""
        pages = [page.obj for page in source.pages]
        wanted = [pages[n] for n in numbers] or pages
        tree = Tree()
        for page in wanted:
            for key, value in tree.above(page).items():
                if key not in page:
                    page[key] = value
            self.leaves.append(self.pdf.copy_foreign(page))
        return len(wanted)

    def link(self, page: int, area: Rect, to: int, *, underlined: bool = False) -> None:
        """Put a link on a page that shows the top of the page *to* at the zoom in use.

        An underline is drawn on the screen only: without the Print flag a viewer does not print
        it (ISO 32000-1, table 165).
        """
        from pikepdf import Array, Dictionary, Name

        rect = [round(v, 2) for v in (area.x0, area.y0, area.x1, area.y1)]
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=rect, Dest=top(self.leaves[to]))
        if underlined:
            link.BS = Dictionary(W=0.5, S=Name.U)
            link.C = Array([0.1, 0.25, 0.55])
        else:
            link.Border = Array([0, 0, 0])
        held = self.leaves[page].get("/Annots")
        # A private copy: the list may be shared with other pages.
        kept = list(held) if held is not None else []
        self.leaves[page].Annots = Array([*kept, self.pdf.make_indirect(link)])

    def kept(
        self, room: Room | None, title: str, labels: Sequence[tuple[int, str, int]]
    ) -> Content:
        """Return what `finished` does, as a working file of *room* if it has the space."""
        if room is None:
            return self.finished(title, labels)
        self._finish(title, labels)
        path = room.free()
        try:
            self._save(path)
        except OSError:
            path.unlink(missing_ok=True)
            return self._bytes()
        path.chmod(0o600)
        return Kept(path, path.stat().st_size, room)

    def finished(self, title: str, labels: Sequence[tuple[int, str, int]]) -> bytes:
        """Return the file; it says of itself its title, page labels, how it opens, and no more."""
        self._finish(title, labels)
        return self._bytes()

    def _bytes(self) -> bytes:
        out = io.BytesIO()
        self._save(out)
        return out.getvalue()

    def _finish(self, title: str, labels: Sequence[tuple[int, str, int]]) -> None:
        import pikepdf
        from pikepdf import Array, Dictionary, Name

        root = self.pdf.Root
        tree = root.Pages
        for leaf in self.leaves:
            leaf.Parent = tree
        root.Pages.Kids, root.Pages.Count = Array(self.leaves), len(self.leaves)
        runs = [(at, Dictionary(S=Name(style), St=first)) for at, style, first in labels]
        root.PageLabels = Dictionary(Nums=Array([value for run in runs for value in run]))
        root.PageMode = Name.UseOutlines
        root.OpenAction = Array([self.leaves[0], Name.XYZ, None, None, 1])
        root.Lang = pikepdf.String("en-US")
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        told = Dictionary(Title=pikepdf.String(title), Producer=pikepdf.String("nkdocs"))
        self.pdf.trailer.Info = self.pdf.make_indirect(told)

    def _save(self, out: Path | io.BytesIO) -> None:
        import pikepdf

        self.pdf.save(
            out, force_version="1.7", deterministic_id=True, compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip


def _outline(sheets: Drawn) -> list[Item]:
    """Return the outline: cover, index, then each tab with its page and, below it, its parts."""
    start = sheets.pages.start
    fronts = (("Cover", start), ("Index of exhibits", start + sheets.cover))
    items = [Item(f"{title} (p. {number})", number - start) for title, number in fronts]
    for entry, exhibit in zip(sheets.pages.entries, sheets.exhibits, strict=True):
        first = entry.sheet or entry.first
        parts = tuple(
            Item(f"{part.label} (p. {run.first})", run.first - start)
            for part, run in zip(exhibit.parts, entry.runs, strict=True)
            if len(entry.runs) > 1 or part.label
        )
        title = f"Tab {entry.tab} \u2014 {entry.title} (p. {first})"
        items.append(Item(title, first - start, parts))
    return items


def _overprinted(stamps: Sequence[Stamp], pages: PageMap) -> list[Finding]:
    """Return a finding for each exhibit with pages whose foot is full of text."""
    found = []
    for entry in pages.entries:
        full = [s.number for s in stamps if s.over and s.tab == entry.tab]
        if full:
            found.append(_full(entry, full))
    return found


def _full(entry: Entry, full: Sequence[int]) -> Finding:
    numbers = ", ".join(map(str, full[:12])) + (" and more" if len(full) > 12 else "")  # noqa: PLR2004 - a line
    return Finding(
        code="X603",
        severity=Severity.WARN,
        message=f"exhibit '{entry.id}': the number, tab or mark at the foot covers text on page "
        f"{numbers}",
        subject=entry.id,
        cure="volunteer",
        hint="Look whether what lies under the white field matters; if so, print it smaller.",
    )

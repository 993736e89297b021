"""How a bundle is to be bound, and the sheets drawn for it: cover, index, tab sheets."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs._unswept import unswept
from nkdocs.bundle.index import Row, draw_index, index_pages
from nkdocs.bundle.layout import Frame, Paragraphs, PreparedLike, faults, layout, together
from nkdocs.bundle.sheets import Cover, Paper, Spot, draw_cover, draw_tab, span, unprintable
from nkdocs.bundle.venues import Venue, largest
from nkdocs.bundle.volumes import divided
from nkdocs.citations.pagemap import Entry, PageMap, Run, UnknownCiteError
from nkdocs.diagnostics import Finding, Severity, State, stop


class Listing(Struct, frozen=True, kw_only=True):
    """What the index says of an exhibit besides its title and pages.

    Attributes:
        date: as printed, "March 2, 2024".
        source: publisher or address on the web, as printed.
        key_pages: pages of the source file that matter.
        paragraphs: of a numbered document: name -> (paragraph number, source page).
    """

    section: str = ""
    date: str = ""
    source: str = ""
    relevance: str = ""
    key_pages: tuple[int, ...] = ()
    paragraphs: Paragraphs = field(default_factory=lambda: MappingProxyType({}))

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything of it that is printed."""
        return (self.section, self.date, self.source, self.relevance)


class Binding(Struct, frozen=True, kw_only=True):
    """How a bundle is bound.

    Attributes:
        title: the title in the file's own data, seen by everyone: generic, no client's name.
        listings: by exhibit's id; an exhibit without one has only title and pages.
        start_tab: how many tabs an earlier bundle used.
        start_page: the number of the first page.
        reserve: bytes to keep free in the first file, for the letter before it.
    """

    filing: str
    cover: Cover
    venue: Venue
    title: str = "Exhibits"
    listings: Mapping[str, Listing] = field(default_factory=lambda: MappingProxyType({}))
    start_tab: int = 0
    start_page: int = 1
    draft: bool = False
    reserve: int = 0


class Drawn(Struct, frozen=True):
    """The sheets drawn for one volume of a bundle, and where everything in it stands.

    Attributes:
        exhibits: what the volume holds, in order.
        pages: its own page map.
        front: the pages of `data` that are cover and index, in order.
        sheets: the page of `data` that is the tab sheet of an exhibit, by its id.
        spots: what leads somewhere; their pages are pages of the volume, from 0.
        cover: how many pages the cover takes.
    """

    exhibits: tuple[PreparedLike, ...]
    data: bytes
    pages: PageMap
    front: tuple[int, ...]
    sheets: Mapping[str, int]
    spots: tuple[Spot, ...]
    findings: tuple[Finding, ...]
    cover: int


Volumes = Sequence[Sequence[PreparedLike]]


def page_map(prepared: Sequence[PreparedLike], binding: Binding) -> PageMap:
    """Return the page map the bundle will have, before any of it is written.

    Raises:
        ExhibitError: an exhibit is empty, stands twice, or its title cannot be printed.
    """
    stop(faults(prepared, binding.filing))
    with unswept(), Paper() as paper:
        return together(_settled(paper, volumes_of(prepared, binding), binding)[0])


def volumes_of(prepared: Sequence[PreparedLike], binding: Binding, room: float = 1) -> Volumes:
    """Return what each volume holds, if a file may take *room* (a share) of the venue's limit."""
    return divided(prepared, int(largest(binding.venue) * room), binding.reserve)


def drawn(volumes: Volumes, binding: Binding) -> list[Drawn]:
    """Return the sheets of each volume of a bundle.

    Raises:
        ExhibitError: a title cannot be printed.
    """
    # Its fonts are loaded when all is measured, and serve one volume.
    with unswept(), Paper() as paper:
        maps, rows = _settled(paper, volumes, binding)
        first, *others = (
            _Volume(number, maps, volumes[number], rows[number]) for number in range(len(volumes))
        )
        made = [_drawn(paper, binding, first)]
    for volume in others:
        with Paper() as paper:
            made.append(_drawn(paper, binding, volume))
    return made


def _settled(
    paper: Paper, volumes: Volumes, binding: Binding
) -> tuple[list[PageMap], list[list[tuple[Row, list[Finding]]]]]:
    """Return the page map and the rows of the index of each volume.

    How long an index is decides the numbers that it prints; it only grows with the numbers, so
    that asking again until nothing changes ends, and ends at the shortest.
    """
    lengths = [1] * len(volumes)
    stop(_unprintable(paper, [e for held in volumes for e in held], binding))
    cover = _cover_length(paper, binding.cover)
    while True:
        maps = _laid_out(volumes, binding, cover, lengths)
        rows = [[*_rows(n, maps, volumes, binding)] for n in range(len(volumes))]
        needed = [len(index_pages(paper, [row for row, _ in of])) for of in rows]
        if needed == lengths:
            return maps, rows
        lengths = needed


def _laid_out(
    volumes: Volumes, binding: Binding, cover: int, lengths: Sequence[int]
) -> list[PageMap]:
    """Return the page map of each volume; numbers and tabs run on from one to the next."""
    frame = Frame(
        filing=binding.filing,
        cover=cover,
        sheets=binding.venue.tab_sheets.value,
        start_tab=binding.start_tab,
        start_page=binding.start_page,
        paragraphs={name: listing.paragraphs for name, listing in binding.listings.items()},
    )
    maps = []
    for held, index in zip(volumes, lengths, strict=True):
        begun = getattr(held[0], "number", 0) > 0  # the rest of an exhibit: its tab goes on
        frame = replace(frame, index=index, start_tab=frame.start_tab - begun)
        maps.append(layout(held, frame))
        frame = replace(frame, start_page=maps[-1].last + 1,
                        start_tab=frame.start_tab + len(held))  # fmt: skip
    return maps


def _cover_length(paper: Paper, cover: Cover) -> int:
    """Return how many pages the cover takes; its last line's figures make no difference."""
    begun = paper.page
    draw_cover(paper, cover, "Tabs AAA\u2013AAA, pages 100000\u2013100000", "Volume 10 of 10")
    return paper.page - begun


class _Volume(Struct, frozen=True):
    """One volume about to be drawn: which of *maps* it is, what it holds, its index."""

    number: int
    maps: Sequence[PageMap]
    exhibits: Sequence[PreparedLike]
    rows: Sequence[tuple[Row, list[Finding]]]

    @property
    def pages(self) -> PageMap:
        return self.maps[self.number]

    @property
    def called(self) -> str:
        """What the cover calls it; nothing if it is the only one."""
        return f"Volume {self.number + 1} of {len(self.maps)}" if len(self.maps) > 1 else ""


def _drawn(paper: Paper, binding: Binding, volume: _Volume) -> Drawn:
    """Draw all sheets of a volume after what *paper* holds already; tab sheets come last."""
    pages, begun = volume.pages, paper.page + 1
    draw_cover(paper, binding.cover, _extent(pages), volume.called)
    cover = paper.page + 1 - begun
    index = index_pages(paper, [row for row, _ in volume.rows])
    spots = draw_index(paper, index, _matter(binding.cover), volume.called)
    spots = [replace(spot, page=spot.page - begun) for spot in spots]
    front = tuple(range(begun, paper.page + 1))
    back = {spot.to: spot.page for spot in reversed(spots)}
    sheets = {}
    for entry, exhibit in zip(pages.entries, volume.exhibits, strict=True):
        if not entry.sheet:
            continue
        listing = binding.listings.get(entry.id, Listing())
        name, *parts = draw_tab(paper, entry, exhibit, [n for n in (listing.date,) if n])
        sheets[entry.id] = paper.page
        at = entry.sheet - pages.start
        spots.append(replace(name, page=at, to=pages.start + back[entry.sheet]))
        spots += [replace(spot, page=at) for spot in parts]
    return Drawn(
        tuple(volume.exhibits),
        paper.finished(),
        pages,
        front,
        sheets,
        tuple(spots),
        tuple(finding for _, findings in volume.rows for finding in findings),
        cover,
    )


def _rows(
    number: int, maps: Sequence[PageMap], volumes: Volumes, binding: Binding
) -> Iterator[tuple[Row, list[Finding]]]:
    """Yield the rows of a volume's index, with the key pages that are not there.

    That of the first volume is the master index: it lists the other volumes too.
    """
    whole = together(maps)
    for at in range(len(maps)) if number == 0 else [number]:
        head = ""
        if len(maps) > 1:
            name = "this file" if at == number else "another file"
            head = f"Volume {at + 1}, pages {span(maps[at].start, maps[at].last)} ({name})"
        for entry, exhibit in zip(maps[at].entries, volumes[at], strict=True):
            listing = binding.listings.get(entry.id, Listing())
            row, findings = _row(entry, exhibit, listing, whole)
            key = tuple(k for k in row.key if maps[at].start <= k <= maps[at].last)
            yield replace(row, key=key, volume=head, away=at != number), findings
            head = ""


def _row(
    entry: Entry, exhibit: PreparedLike, listing: Listing, whole: PageMap
) -> tuple[Row, list[Finding]]:
    """Return an exhibit as a row of the index, with the key pages that are not there."""
    key, findings = [], []
    begun = getattr(exhibit, "number", 0) > 0
    for source in listing.key_pages:
        try:
            key.append(whole.entry(entry.id).page(source))
        except UnknownCiteError as error:
            findings += [] if begun else [_no_key_page(entry, str(error))]
    parts = [(p.label, r.first, r.last) for p, r in zip(exhibit.parts, entry.runs, strict=True)]
    row = Row(
        tab=entry.tab,
        title=entry.title,
        first=entry.sheet or entry.first,
        last=entry.last,
        section=listing.section,
        notes=("continued",) if begun else (listing.date, listing.source),
        relevance="" if begun else listing.relevance,
        parts=tuple(parts) if len(parts) > 1 or parts[0][0] else (),
        key=tuple(key),
    )
    return row, findings


def absent_key_pages(exhibit: PreparedLike, key_pages: Sequence[int]) -> list[Finding]:
    """Return a finding for each of an exhibit's *key_pages* that is not among its pages."""
    runs = tuple(Run(part.part, 1, tuple(part.sources)) for part in exhibit.parts)
    entry, found = Entry(exhibit.id, "", exhibit.title, runs), []
    for source in key_pages:
        try:
            entry.page(source)
        except UnknownCiteError as error:
            found.append(_no_key_page(entry, str(error)))
    return found


def _no_key_page(entry: Entry, message: str) -> Finding:
    return Finding(
        code="X604",
        severity=Severity.ERROR,
        counts=State.FOR_SIGNATURE,
        message=f"a key page is missing: {message}",
        subject=entry.id,
        cure="volunteer",
        hint="Correct `key_pages` at the exhibit, or the pages it takes from its file.",
    )


def _extent(pages: PageMap) -> str:
    """Return what the cover says of the bundle's extent: "Tabs A-M, pages 1-214"."""
    first, last = pages.entries[0].tab, pages.entries[-1].tab
    tabs = f"Tab {first}" if first == last else f"Tabs {first}\u2013{last}"
    return f"{tabs}, pages {span(pages.start, pages.last)}"


def _matter(cover: Cover) -> str:
    """Return whose index it is: the first respondent, with the native name and the A-number."""
    if not cover.respondents:
        return ""
    lead = cover.respondents[0]
    native = f" ({lead.native})" if lead.native else ""
    others = " et al." if len(cover.respondents) > 1 else ""
    number = f", {lead.a_number}" if lead.a_number else ""
    return f"Matter of {lead.name}{native}{number}{others}"


def _unprintable(
    paper: Paper, prepared: Sequence[PreparedLike], binding: Binding
) -> list[Finding]:
    """Return what cannot be printed on cover, index and tab sheets."""
    found = unprintable(paper, "cover", binding.cover.texts())
    for exhibit in prepared:
        listing = binding.listings.get(exhibit.id, Listing())
        labels = [part.label for part in exhibit.parts]
        found += unprintable(paper, exhibit.id, (exhibit.title, *labels, *listing.texts))
    return found

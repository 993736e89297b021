"""How a bundle is to be bound, and the sheets drawn for it: cover, index, tab sheets."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from nkdocs.bundle.index import Row, draw_index, index_pages
from nkdocs.bundle.layout import Frame, Paragraphs, PreparedLike, layout
from nkdocs.bundle.sheets import Cover, Paper, Spot, draw_cover, draw_tab, span, unprintable
from nkdocs.bundle.venues import Venue
from nkdocs.citations.pagemap import Entry, PageMap, UnknownCiteError
from nkdocs.diagnostics import Finding, Severity, State, stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """How a bundle is bound.

    Attributes:
        title: the title in the file's own data, seen by everyone: generic, no client's name.
        listings: by exhibit's id; an exhibit without one has only title and pages.
        start_tab: how many tabs an earlier bundle used.
        start_page: the number of the first page.
    """

    filing: str
    cover: Cover
    venue: Venue
    title: str = "Exhibits"
    listings: Mapping[str, Listing] = field(default_factory=lambda: MappingProxyType({}))
    start_tab: int = 0
    start_page: int = 1
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """The sheets drawn for a bundle, and where everything stands.

    Attributes:
        front: the pages of `data` that are cover and index, in order.
        sheets: the page of `data` that is the tab sheet of an exhibit, by its id.
        spots: what leads somewhere; their pages are pages of the bundle, from 0.
        cover: how many pages the cover takes.
    """

    data: bytes
    pages: PageMap
    front: tuple[int, ...]
    sheets: Mapping[str, int]
    spots: tuple[Spot, ...]
    findings: tuple[Finding, ...]
    cover: int


def page_map(prepared: Sequence[PreparedLike], binding: Binding) -> PageMap:
    """Return the page map the bundle will have, before any of it is drawn or written.

    Raises:
        ExhibitError: an exhibit is empty, stands twice, or its title cannot be printed.
    """
    with Paper() as paper:
        return layout(prepared, _measured(paper, prepared, binding))


def drawn(prepared: Sequence[PreparedLike], binding: Binding) -> Drawn:
    """Return the sheets of a bundle.

    Raises:
        ExhibitError: an exhibit is empty, stands twice, or its title cannot be printed.
    """
    with Paper() as paper:
        return _drawn(paper, prepared, binding, _measured(paper, prepared, binding))


def _measured(paper: Paper, prepared: Sequence[PreparedLike], binding: Binding) -> Frame:
    """Return what stands around the exhibits, measured with the fonts of *paper*.

    How long the index is decides the numbers that it prints; it only grows with the numbers, so
    that asking again until nothing changes ends, and ends at the shortest.
    """
    stop(_unprintable(paper, prepared, binding))
    frame = Frame(
        filing=binding.filing,
        cover=_cover_length(paper, binding.cover),
        sheets=binding.venue.tab_sheets.value,
        start_tab=binding.start_tab,
        start_page=binding.start_page,
        paragraphs={name: listing.paragraphs for name, listing in binding.listings.items()},
    )
    while True:
        pages = layout(prepared, frame)
        index = index_pages(paper, [row for row, _ in _rows(pages, prepared, binding)])
        if len(index) == frame.index:
            return frame
        frame = replace(frame, index=len(index))


def _cover_length(paper: Paper, cover: Cover) -> int:
    """Return how many pages the cover takes; its last line's figures make no difference."""
    with paper.trial() as trial:
        draw_cover(trial, cover, "Tabs AAA\u2013AAA, pages 100000\u2013100000")
        return trial.page + 1


def _drawn(
    paper: Paper, prepared: Sequence[PreparedLike], binding: Binding, frame: Frame
) -> Drawn:
    """Draw all sheets on *paper*, whose pages before the tab sheets are those of the bundle."""
    pages = layout(prepared, frame)
    rows = list(_rows(pages, prepared, binding))
    draw_cover(paper, binding.cover, _extent(pages))
    spots = draw_index(paper, index_pages(paper, [row for row, _ in rows]), _matter(binding.cover))
    back = {spot.to: spot.page for spot in reversed(spots)}
    sheets = {}
    for entry, exhibit in zip(pages.entries, prepared, strict=True) if frame.sheets else ():
        listing = binding.listings.get(entry.id, Listing())
        name, *parts = draw_tab(paper, entry, exhibit, [n for n in (listing.date,) if n])
        sheets[entry.id] = paper.page
        at = entry.sheet - pages.start
        spots.append(replace(name, page=at, to=pages.start + back[entry.sheet]))
        spots += [replace(spot, page=at) for spot in parts]
    return Drawn(
        paper.finished(),
        pages,
        tuple(range(frame.cover + frame.index)),
        sheets,
        tuple(spots),
        tuple(finding for _, findings in rows for finding in findings),
        frame.cover,
    )


def _rows(
    pages: PageMap, prepared: Sequence[PreparedLike], binding: Binding
) -> Iterator[tuple[Row, list[Finding]]]:
    """Yield each exhibit as a row of the index, with the key pages that are not there."""
    for entry, exhibit in zip(pages.entries, prepared, strict=True):
        listing = binding.listings.get(entry.id, Listing())
        key, findings = [], []
        for source in listing.key_pages:
            try:
                key.append(entry.page(source))
            except UnknownCiteError as error:
                findings.append(_no_key_page(entry, str(error)))
        parts = [(p.label, r.first, r.last)
                 for p, r in zip(exhibit.parts, entry.runs, strict=True)]  # fmt: skip
        row = Row(
            tab=entry.tab,
            title=entry.title,
            first=entry.sheet or entry.first,
            last=entry.last,
            section=listing.section,
            notes=(listing.date, listing.source),
            relevance=listing.relevance,
            parts=tuple(parts) if len(parts) > 1 else (),
            key=tuple(key),
        )
        yield row, findings


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

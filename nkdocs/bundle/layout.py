"""Where everything stands: tabs and page numbers of a bundle. Pure arithmetic.

The order is fixed: the cover (page 1), the index of exhibits, then each exhibit: its tab sheet and
its parts. Every page is counted, the cover and the index too, so that the printed number is the
page of the file (DESIGN 8.6).
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Protocol

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs._working import Content
from nkdocs.citations.pagemap import Entry, PageMap, Run
from nkdocs.diagnostics import Finding, Severity, stop

Paragraphs = Mapping[str, tuple[int, int]]


class PartLike(Protocol):
    """A part of an exhibit: the whole of it, or a translation, certificate or original."""

    @property
    def part(self) -> str:
        """`main`, `translation`, `certificate` or `original`."""

    @property
    def label(self) -> str:
        """How the index calls it, "Certificate of translation"."""

    @property
    def data(self) -> Content:
        """A PDF of upright Letter pages."""

    @property
    def sources(self) -> tuple[int, ...]:
        """The page of the source file that each page of `data` shows."""

    @property
    def feet(self) -> tuple[int, ...]:
        """What is taken of the foot of each page (feet.py)."""


class PreparedLike(Protocol):
    """An exhibit ready to be bound."""

    @property
    def id(self) -> str:
        """Its id in the answers."""

    @property
    def title(self) -> str:
        """Its title in the index."""

    @property
    def parts(self) -> Sequence[PartLike]:
        """Its parts, in the order in which they are bound."""


class Frame(Struct, frozen=True, kw_only=True):
    """What stands around the exhibits, and where the numbering starts.

    Attributes:
        cover: how many pages the cover takes.
        index: how many pages the index takes.
        sheets: whether a tab sheet stands before each exhibit.
        start_tab: how many tabs an earlier bundle used; 3 begins at Tab D.
        start_page: the number of the first page; a supplement continues an earlier bundle.
        paragraphs: of numbered documents, by exhibit: name -> (paragraph number, source page).
    """

    filing: str
    cover: int = 1
    index: int = 1
    sheets: bool = True
    start_tab: int = 0
    start_page: int = 1
    paragraphs: Mapping[str, Paragraphs] = field(default_factory=lambda: MappingProxyType({}))


def tab_name(number: int) -> str:
    """Return the name of a tab, counted from 0: A to Z, then AA, AB and so on."""
    name = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def tab_number(name: str) -> int:
    """Return the place of a tab, counted from 0: A is 0, Z is 25, AA is 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def layout(prepared: Sequence[PreparedLike], frame: Frame) -> PageMap:
    """Return the page map of a bundle.

    Raises:
        ExhibitError: there is no exhibit, an exhibit stands twice, or a part has no page.
    """
    stop(faults(prepared, frame.filing))
    at = frame.start_page + frame.cover + frame.index
    entries = []
    for number, exhibit in enumerate(prepared, frame.start_tab):
        sheet = at if frame.sheets else 0
        at += 1 if frame.sheets else 0
        runs = []
        for part in exhibit.parts:
            runs.append(Run(part.part, at, tuple(part.sources)))
            at += len(part.sources)
        named = frame.paragraphs.get(exhibit.id, MappingProxyType({}))
        entries.append(
            Entry(exhibit.id, tab_name(number), exhibit.title, tuple(runs), sheet, named)
        )
    return PageMap(frame.filing, tuple(entries), at - frame.start_page, start=frame.start_page)


def together(maps: Sequence[PageMap]) -> PageMap:
    """Return the page map of a bundle from those of its volumes.

    An exhibit that is cut between volumes is one again, with the tab sheet of its beginning.
    """
    if len(maps) == 1:
        return maps[0]
    entries: dict[str, Entry] = {}
    for entry in (entry for pages in maps for entry in pages.entries):
        begun = entries.get(entry.id)
        entries[entry.id] = replace(begun, runs=(*begun.runs, *entry.runs)) if begun else entry
    return replace(
        maps[0],
        entries=tuple(entries.values()),
        total=sum(pages.total for pages in maps),
        volumes=tuple(pages.last for pages in maps),
    )


def faults(prepared: Sequence[PreparedLike], filing: str) -> list[Finding]:
    """Return what makes a bundle impossible."""
    ids = [exhibit.id for exhibit in prepared]
    found = [] if ids else [_fault(filing, "the filing has no exhibits")]
    found += [
        _fault(twice, f"exhibit '{twice}' stands in the filing twice")
        for twice in dict.fromkeys(i for i in ids if ids.count(i) > 1)
    ]
    found += [
        _fault(exhibit.id, f"exhibit '{exhibit.id}' has no pages")
        for exhibit in prepared
        if not exhibit.parts or not all(part.sources for part in exhibit.parts)
    ]
    return found


def _fault(subject: str, message: str) -> Finding:
    return Finding(code="X601", severity=Severity.ERROR, message=message, subject=subject)

"""The page map of a filing: which tab and page every page of every exhibit became."""

import difflib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

MAIN, TRANSLATION, CERTIFICATE, ORIGINAL = "main", "translation", "certificate", "original"


class UnknownCiteError(LookupError):
    """A cite names an exhibit, a page or a paragraph that is not there."""


class Run(Struct, frozen=True):
    """Pages of one part of an exhibit that stand together in the bundle.

    Attributes:
        part: MAIN, or of a translated exhibit TRANSLATION, CERTIFICATE or ORIGINAL.
        first: the printed number of its first page, from 1.
        pages: the pages of the source file, from 1, in order; pages[i] stands at first + i.
    """

    part: str
    first: int
    pages: tuple[int, ...]

    @property
    def last(self) -> int:
        """The printed number of the last page."""
        return self.first + len(self.pages) - 1


class Entry(Struct, frozen=True):
    """One exhibit in the bundle.

    Attributes:
        runs: its parts in order; a part that is cut between two volumes has a run in each.
        sheet: the printed number of its tab sheet, 0 without one.
        paragraphs: of a numbered document: name -> (paragraph number, source page).
    """

    id: str
    tab: str
    title: str
    runs: tuple[Run, ...]
    sheet: int = 0
    paragraphs: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def first(self) -> int:
        """The printed number of the exhibit's own first page (its tab sheet not counted)."""
        return self.runs[0].first

    @property
    def last(self) -> int:
        """The printed number of the exhibit's last page."""
        return self.runs[-1].last

    def page(self, source: int, part: str = "") -> int:
        """Return the printed number of page *source* of the source file.

        Of a translated exhibit that is the page of the English part unless *part* says otherwise.

        Raises:
            UnknownCiteError: the page is not in the bundle.
        """
        wanted = part or self.runs[0].part
        runs = [run for run in self.runs if run.part == wanted]
        if not runs:
            parts = ", ".join(dict.fromkeys(r.part for r in self.runs))
            msg = f"exhibit '{self.id}' has no part '{part}' (it has: {parts})"
            raise UnknownCiteError(msg)
        run = next((r for r in runs if source in r.pages), None)
        if run is None:
            there = _ranges(tuple(page for r in runs for page in r.pages))
            msg = f"exhibit '{self.id}' has no page {source} here (it has {there})"
            raise UnknownCiteError(msg)
        return run.first + run.pages.index(source)


class PageMap(Struct, frozen=True):
    """Every exhibit of a filing and where its pages stand.

    Attributes:
        total: how many pages the bundle has.
        start: the printed number of its first page; a supplement continues an earlier bundle.
        filed: how a later paper names this filing, "Resp't's Exs., ..., filed 2024-03-02", else "".
        volumes: the printed number of the last page of each file; empty if there is only one.
    """

    filing: str
    entries: tuple[Entry, ...]
    total: int
    filed: str = ""
    start: int = 1
    volumes: tuple[int, ...] = ()

    @property
    def last(self) -> int:
        """The printed number of the bundle's last page."""
        return self.start + self.total - 1

    def volume(self, number: int) -> int:
        """Return in which volume, from 1, the page printed *number* stands; 0 if there is one."""
        return next((n for n, last in enumerate(self.volumes, 1) if number <= last), 0)

    def under(self, tab: str) -> Entry | None:
        """Return the exhibit under *tab*, or nothing."""
        return next((entry for entry in self.entries if entry.tab == tab), None)

    def entry(self, exhibit: str) -> Entry:
        """Return the entry of an exhibit.

        Raises:
            UnknownCiteError: it is not in this filing; the message suggests the nearest id.
        """
        for entry in self.entries:
            if entry.id == exhibit:
                return entry
        near = difflib.get_close_matches(exhibit, [e.id for e in self.entries], 1)
        help_ = f"; did you mean '{near[0]}'?" if near else ""
        msg = f"no exhibit '{exhibit}' in filing '{self.filing}'{help_}"
        raise UnknownCiteError(msg)

    def written(self) -> dict[str, object]:
        """Return the page map as plain data, as it is frozen when a filing is served."""
        return {
            "filing": self.filing,
            "total": str(self.total),
            "start": str(self.start),
            "filed": self.filed,
            **({"volumes": ", ".join(map(str, self.volumes))} if self.volumes else {}),
            "entries": [
                {
                    "id": e.id,
                    "tab": e.tab,
                    "title": e.title,
                    "sheet": str(e.sheet),
                    "runs": [
                        {"part": r.part, "first": str(r.first), "pages": _ranges(r.pages)}
                        for r in e.runs
                    ],
                    "paragraphs": [
                        {"name": name, "number": str(number), "page": str(page)}
                        for name, (number, page) in e.paragraphs.items()
                    ],
                }
                for e in self.entries
            ],
        }


def thawed(written: Mapping[str, Any]) -> PageMap:
    """Return the page map that `PageMap.written` wrote down when a filing was served."""
    return PageMap(
        written["filing"],
        tuple(
            Entry(
                e["id"],
                e["tab"],
                e["title"],
                tuple(Run(r["part"], int(r["first"]), _numbers(r["pages"])) for r in e["runs"]),
                int(e["sheet"]),
                MappingProxyType(
                    {p["name"]: (int(p["number"]), int(p["page"])) for p in e["paragraphs"]}
                ),
            )
            for e in written["entries"]
        ),
        int(written["total"]),
        written["filed"],
        int(written.get("start", 1)),
        tuple(int(n) for n in filter(None, written.get("volumes", "").split(", "))),
    )


def _numbers(ranges: str) -> tuple[int, ...]:
    """Read page numbers as `_ranges` writes them."""
    out: list[int] = []
    for piece in ranges.split(", "):
        first, _, last = piece.partition("-")
        out += range(int(first), int(last or first) + 1)
    return tuple(out)


def _ranges(pages: tuple[int, ...]) -> str:
    """Write page numbers as ranges: (1, 2, 3, 9) -> "1-3, 9"."""
    out: list[list[int]] = []
    for page in pages:
        if out and page == out[-1][1] + 1:
            out[-1][1] = page
        else:
            out.append([page, page])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)

"""The finished PDF, read back by other readers than the one that wrote it, must say one thing.

Printed stamp == number in the index == page label == page of the file, for every page; every link
lands on the page whose stamp is the number printed; every page of every exhibit stands, unchanged,
where the page map says (DESIGN section 2, BUNDLES.md section 0).
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from nkdocs.bundle import stamp
from nkdocs.bundle.layout import PreparedLike, tab_name
from nkdocs.bundle.links import Link
from nkdocs.bundle.sheets import Rect, Spot
from nkdocs.citations.pagemap import PageMap

if TYPE_CHECKING:
    import pikepdf

_MOST_TABS = 20_000  # those of earlier bundles included
_FORBIDDEN = ("/AA", "/JS", "/JavaScript", "/EmbeddedFile", "/RichMedia", "/Launch")


class VerificationError(Exception):
    """What was written is not what should be: a defect of nkdocs, exit code 1.

    The message holds page numbers only, behind the code of the check.
    """

    def __init__(self, message: str, code: str = "L606") -> None:
        """Say what does not agree; L603 is about tabs, L606 about everything else."""
        super().__init__(f"{code}: {message}")


def verify_bundle(
    data: bytes, pages: PageMap, spots: Sequence[Spot], prepared: Sequence[PreparedLike]
) -> None:
    """Read a finished bundle back and compare it with the page map and with the exhibits.

    Raises:
        VerificationError: something does not agree.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        leaves = list(pdf.pages)
        _same("pages", len(leaves), pages.total)
        _tabbed(pages)
        _inert(pdf)
        _numbered(leaves, pages, 0)
        _exhibits(leaves, pages, prepared)
        expected = [(s.page, s.area, s.to - pages.start) for s in spots if not s.away]
        _linked(leaves, expected)
    _printed(data, spots)


def verify_packet(data: bytes, lead: int, pages: PageMap, links: Sequence[Link]) -> None:
    """Read a finished packet back: *lead* pages of the lead document, then the bundle.

    Raises:
        VerificationError: something does not agree.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        leaves = list(pdf.pages)
        _same("pages", len(leaves), lead + pages.total)
        _inert(pdf)
        _numbered(leaves, pages, lead)
        expected = [
            (link.page_index, Rect(*rect), lead + link.to_page - pages.start)
            for link in links
            for rect in link.rects
        ]
        _linked(leaves, expected)
        for link in links:
            found = stamp.read(leaves[lead + link.to_page - pages.start])
            _same(f"cite on page {link.page_index + 1}", found and found.number, link.to_page)


def _same(what: str, found: object, expected: object) -> None:
    if found != expected:
        msg = f"{what}: found {found}, expected {expected}"
        raise VerificationError(msg)


def _tabbed(pages: PageMap) -> None:
    """Require that tabs follow each other: none skipped, none used twice."""
    tabs = [entry.tab for entry in pages.entries]
    number = next((n for n in range(_MOST_TABS) if tabs and tab_name(n) == tabs[0]), 0)
    if tabs != [tab_name(n) for n in range(number, number + len(tabs))]:
        msg = f"a tab is skipped or used twice among {len(tabs)}"
        raise VerificationError(msg, "L603")


def _inert(pdf: "pikepdf.Pdf") -> None:
    """Refuse scripts, attachments, and any action at opening that is not a page to show."""
    import pikepdf

    if "/Names" in pdf.Root or not isinstance(pdf.Root.get("/OpenAction"), pikepdf.Array):
        msg = "the document opens with something else than its first page"
        raise VerificationError(msg)
    for number, held in enumerate(pdf.objects):
        if isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
            kinds = {str(held.get(key, "")) for key in ("/S", "/Type", "/Subtype")}
            for name in _FORBIDDEN:
                if name in held or name in kinds:
                    msg = f"object {number} carries {name}"
                    raise VerificationError(msg)


def _numbered(leaves: Sequence["pikepdf.Page"], pages: PageMap, lead: int) -> None:
    """Compare stamp, label and place of every page of the bundle; a lead has neither stamp."""
    tabs = {}
    for entry in pages.entries:
        for number in range(entry.sheet or entry.first, entry.last + 1):
            tabs[number] = entry.tab
    for number, leaf in enumerate(leaves[lead:], pages.start):
        found = stamp.read(leaf)
        _same(f"stamp of page {number}", found and found.number, number)
        _same(f"tab of page {number}", found and found.tab, tabs.get(number, ""))
        _same(f"label of page {number}", leaf.label, str(number))


def _exhibits(
    leaves: Sequence["pikepdf.Page"], pages: PageMap, prepared: Sequence[PreparedLike]
) -> None:
    """Compare the content of every exhibit's pages with what was to be bound."""
    import pikepdf

    _same("exhibits", len(pages.entries), len(prepared))
    for entry, exhibit in zip(pages.entries, prepared, strict=True):
        for run, part in zip(entry.runs, exhibit.parts, strict=True):
            with pikepdf.open(io.BytesIO(part.data)) as source:
                _same(f"pages from {run.first}", len(source.pages), len(run.pages))
                for number, page in enumerate(source.pages, run.first):
                    bound = _content(leaves[number - pages.start])[1:-1]
                    if bound != _content(page):
                        msg = f"page {number} is not the page that was to stand there"
                        raise VerificationError(msg)


def _content(page: "pikepdf.Page") -> list[bytes]:
    import pikepdf

    contents = page.obj.get("/Contents")
    if contents is None:
        return []
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return [bytes(stream.read_raw_bytes()) for stream in streams]


def _linked(
    leaves: Sequence["pikepdf.Page"], expected: Iterable[tuple[int, Rect, int]]
) -> None:
    """Require that each expected link is there and leads to the page expected."""
    places = {leaf.obj.objgen: number for number, leaf in enumerate(leaves)}
    held: dict[int, dict[tuple[int, ...], int]] = {}
    for number, area, target in expected:
        if number not in held:
            held[number] = dict(_links(leaves[number], places))
        found = held[number].get(_rounded(area.x0, area.y0, area.x1, area.y1))
        _same(f"link on page {number + 1} of the file", found, target)


def _links(
    leaf: "pikepdf.Page", places: dict[tuple[int, int], int]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the rectangle and the target (a page of the file, from 0) of a page's links."""
    import pikepdf

    for annotation in leaf.obj.get("/Annots", []):
        goal = annotation.get("/Dest", None)
        if isinstance(goal, pikepdf.Array):
            rect = [float(v) for v in annotation["/Rect"]]
            yield _rounded(*rect), places.get(goal[0].objgen, -1)


def _rounded(*values: float) -> tuple[int, ...]:
    """Return coordinates in hundredths of a point, as they are written."""
    return tuple(round(round(value, 2) * 100) for value in values)


def _printed(data: bytes, spots: Sequence[Spot]) -> None:
    """Require that the number printed at each link is the number of the page it leads to."""
    import pypdfium2

    pdf = pypdfium2.PdfDocument(data)
    try:
        for number in sorted({spot.page for spot in spots}):
            page = pdf[number]
            text = page.get_textpage()
            for spot in spots:
                if spot.page == number and spot.figure is not None:
                    box = spot.figure
                    words = text.get_text_bounded(box.x0 - 1, box.y0, box.x1 + 1, box.y1)
                    found = re.search(r"\d+", words)
                    _same(f"number on page {number + 1} of the file",
                          found and int(found[0]), spot.to)  # fmt: skip
            text.close()
            page.close()
    finally:
        pdf.close()

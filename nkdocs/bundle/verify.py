"""The finished PDF, read back by other readers than the one that wrote it, must say one thing.

Printed stamp == number in the index == page label == page of the file, for every page; every link
lands on the page whose stamp is the number printed; every page of every exhibit stands, unchanged,
where the page map says (DESIGN section 2, BUNDLES.md section 0).
"""

import functools
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, ParamSpec

from nkdocs.bundle.layout import PreparedLike, tab_name
from nkdocs.bundle.links import Link
from nkdocs.bundle.paper import name_of
from nkdocs.bundle.readback import Held
from nkdocs.bundle.sheets import Rect, Spot
from nkdocs.citations.pagemap import PageMap
from nkdocs.convert.normal import as_file

if TYPE_CHECKING:
    import pikepdf

_P = ParamSpec("_P")
_MOST_TABS = 20_000  # those of earlier bundles included
_DEEP = 50
_PAGE = re.compile(r"\(p\. (\d+)\)\Z")
_FORBIDDEN = ("/AA", "/JS", "/JavaScript", "/EmbeddedFile", "/RichMedia", "/Launch")
_NAMES = re.compile(
    rb"/(?:AA|JS|JavaScript|EmbeddedFile|RichMedia|Launch|ObjStm)(?=[\s()<>[\]{}/%])"
)


class VerificationError(Exception):
    """What was written is not what should be: a defect of nkdocs, exit code 1.

    The message holds page numbers only, behind the code of the check.
    """

    def __init__(self, message: str, code: str = "L606") -> None:
        """Say what does not agree; L603 is about tabs, L606 about everything else."""
        super().__init__(f"{code}: {message}")


def _read(check: Callable[_P, None]) -> Callable[_P, None]:
    """Let a check fail, too, where the file cannot be read."""

    @functools.wraps(check)
    def checked(*args: _P.args, **kwargs: _P.kwargs) -> None:
        from pypdf.errors import PyPdfError

        try:
            check(*args, **kwargs)
        except PyPdfError:
            msg = "the file cannot be read back"
            raise VerificationError(msg) from None

    return checked


@_read
def verify_bundle(
    data: bytes, pages: PageMap, spots: Sequence[Spot], prepared: Sequence[PreparedLike]
) -> None:
    """Read a finished bundle back and compare it with the page map and with the exhibits.

    Raises:
        VerificationError: something does not agree.
    """
    with Held(data) as held:
        _same("pages", held.count, pages.total)
        _tabbed(pages)
        _inert(held)
        _exhibits(held, pages, prepared)
        _linked(held, [(s.page, s.area, s.to - pages.start) for s in spots if not s.away])
        _outlined(held, pages, 0)
    _printed(data, spots)


@_read
def verify_packet(data: bytes, lead: int, pages: PageMap, links: Sequence[Link]) -> None:
    """Read a finished packet back: *lead* pages of the lead document, then the bundle.

    Raises:
        VerificationError: something does not agree.
    """
    expected = [
        (link.page_index, Rect(*rect), lead + link.to_page - pages.start)
        for link in links
        for rect in link.rects
    ]
    with Held(data) as held:
        _same("pages", held.count, lead + pages.total)
        _inert(held)
        numbers = _Numbers(held, pages, lead)
        for at in range(lead, held.count):
            numbers.check(at)
            held.forget()
        _linked(held, expected)
        _outlined(held, pages, lead)
        for link in links:
            found = held.stamp(lead + link.to_page - pages.start)
            _same(f"cite on page {link.page_index + 1}", found and found.number, link.to_page)


@_read
def verify_count(data: bytes, count: int) -> None:
    """Read a finished file back: it has *count* pages.

    Raises:
        VerificationError: it has not.
    """
    with Held(data) as held:
        _same("pages", held.count, count)


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


def _inert(held: Held) -> None:
    """Refuse scripts, attachments, and any action at opening that is not a page to show.

    Names stand in the file as they are, unless objects are compressed: where none of the forbidden
    ones is found outside of streams, no object need be looked at.
    """
    import pikepdf

    if "/Names" in held.root or not isinstance(held.root.get("/OpenAction"), list):
        msg = "the document opens with something else than its first page"
        raise VerificationError(msg)
    if not any(_is_outside(held.data, found.start()) for found in _NAMES.finditer(held.data)):
        return
    with pikepdf.open(io.BytesIO(held.data)) as pdf:
        for number, obj in enumerate(pdf.objects):
            if isinstance(obj, (pikepdf.Dictionary, pikepdf.Stream)):
                kinds = {name_of(obj.get(key, "")) for key in ("/S", "/Type", "/Subtype")}
                for name in _FORBIDDEN:
                    if name in obj or name in kinds:
                        msg = f"object {number} carries {name}"
                        raise VerificationError(msg)


def _is_outside(data: bytes, place: int) -> bool:
    """Tell whether a place of a file lies outside of all streams, as far as can be seen."""
    last = data.rfind(b"stream\n", 0, place)
    return last < 0 or data[last - 3 : last] == b"end"


class _Numbers:
    """What stamp and label of each page of the bundle must say; a lead document has neither."""

    def __init__(self, held: Held, pages: PageMap, lead: int) -> None:
        self._held, self._pages, self._lead = held, pages, lead
        self._labels = [*held.labels()]
        self._tabs = {}
        for entry in pages.entries:
            for number in range(entry.sheet or entry.first, entry.last + 1):
                self._tabs[number] = entry.tab

    def check(self, at: int) -> None:
        """Compare stamp, label and place of the page *at* (from 0) of the file."""
        found, number = self._held.stamp(at), at - self._lead + self._pages.start
        _same(f"stamp of page {number}", found and found.number, number)
        _same(f"tab of page {number}", found and found.tab, self._tabs.get(number, ""))
        _same(f"label of page {number}", self._labels[at], str(number))


def _exhibits(held: Held, pages: PageMap, prepared: Sequence[PreparedLike]) -> None:
    """Compare every page's numbers, and the content of the exhibits' with what was to be bound."""
    import pikepdf

    _same("exhibits", len(pages.entries), len(prepared))
    numbers, at = _Numbers(held, pages, 0), 0
    for entry, exhibit in zip(pages.entries, prepared, strict=True):
        for run, part in zip(entry.runs, exhibit.parts, strict=True):
            while at < run.first - pages.start:
                numbers.check(at)
                at += 1
            with as_file(part.data) as file, pikepdf.open(file) as source:
                _same(f"pages from {run.first}", len(source.pages), len(run.pages))
                for page in source.pages:
                    numbers.check(at)
                    if [held.raw(number) for number in held.content(at)[1:-1]] != _content(page):
                        msg = f"page {at + pages.start} is not the page that was to stand there"
                        raise VerificationError(msg)
                    at += 1
            held.forget()
    _same("pages at the end", at, held.count)


def _content(page: "pikepdf.Page") -> list[bytes]:
    import pikepdf

    contents = page.obj.get("/Contents")
    if contents is None:
        return []
    streams = contents if isinstance(contents, pikepdf.Array) else [contents]
    return [bytes(stream.read_raw_bytes()) for stream in streams]


def _linked(held: Held, expected: Iterable[tuple[int, Rect, int]]) -> None:
    """Require that each expected link is there and leads to the page expected."""
    links: dict[int, dict[tuple[int, ...], int | None]] = {}
    for number, area, target in expected:
        if number not in links:
            links[number] = dict(_links(held, number))
        found = links[number].get(_rounded(area.x0, area.y0, area.x1, area.y1))
        _same(f"link on page {number + 1} of the file", found, target)


def _links(held: Held, number: int) -> Iterator[tuple[tuple[int, ...], int | None]]:
    """Yield the rectangle and the target (a page of the file, from 0) of a page's links."""
    notes: Any = held.leaf(number).get("/Annots", [])
    for note in notes:
        annotation = note.get_object()
        if "/Dest" in annotation:
            rect = [float(v) for v in annotation["/Rect"]]
            yield _rounded(*rect), held.place(annotation["/Dest"])


def _outlined(held: Held, pages: PageMap, lead: int) -> None:
    """Require that each exhibit has its line in the outline, and each line leads where it says."""
    tabs = {}
    for title, to in _lines(held, held.root.get("/Outlines"), _DEEP):
        said = _PAGE.search(title)
        if to is None or to < lead or not said:
            continue  # a heading of the lead document
        number = to - lead + pages.start
        _same(f"line of the outline for page {number}", int(said[1]), number)
        tabs[number] = title
    for entry in pages.entries:
        first = entry.sheet or entry.first
        title = f"Tab {entry.tab} \u2014 {entry.title} (p. {first})"
        _same(f"line of the outline for page {first}", tabs.get(first) == title, expected=True)


def _lines(held: Held, above: Any, deep: int) -> Iterator[tuple[str, int | None]]:  # noqa: ANN401 - pypdf's own
    """Yield each line below a line of the outline: its title and the page it leads to."""
    line = above.get("/First") if above is not None and deep else None
    while line is not None:
        yield str(line.get("/Title")), held.place(line.get("/Dest"))
        yield from _lines(held, line, deep - 1)
        line = line.get("/Next")


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

"""Two bundles compared, from the finished PDFs alone: what moved, came, left or changed.

What is compared is what readers have in hand: stamps, outline, and the content of each page under
its stamp. So it also works on what was served, years later and without the answers.
"""

import hashlib
import io
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from nkdocs.bundle import stamp
from nkdocs.bundle.searchable import MARK
from nkdocs.errors import ExhibitError

if TYPE_CHECKING:
    import pikepdf

_ITEM = re.compile(r"Tab ([A-Z]+) \u2014 (.*) \(p\. (\d+)\)", re.DOTALL)
_DEEP = 12


class Bound(Struct, frozen=True):
    """An exhibit as it stands in a finished bundle.

    Attributes:
        first: the printed number of its first page, tab sheet included.
        pages: what each page shows, as a hash; the tab sheet left out.
    """

    tab: str
    title: str
    first: int
    last: int
    pages: tuple[str, ...]

    @property
    def where(self) -> str:
        """Where it stands: "Tab B at 12-18"."""
        return f"Tab {self.tab} at {self.first}\u2013{self.last}"


class Difference(Struct, frozen=True):
    """What became of one exhibit: `old` is None if it is new, `new` if it is gone.

    Attributes:
        changed: the printed numbers, in the newer bundle, of pages that show something else.
    """

    old: Bound | None
    new: Bound | None
    changed: tuple[int, ...] = ()

    @property
    def kind(self) -> str:
        """`new`, `gone`, `changed`, `moved` or `same`."""
        if self.old is None or self.new is None:
            return "gone" if self.old else "new"
        if self.changed or len(self.old.pages) != len(self.new.pages):
            return "changed"
        return "same" if self.old.where == self.new.where else "moved"

    def __str__(self) -> str:
        """Say it in a line."""
        old, new = self.old, self.new
        if old is None or new is None:
            held = old or new
            return f"{self.kind}: {held.where}, {held.title}" if held else ""
        told = f"{self.kind}: {new.title}: {old.where}"
        told += f" is now {new.where}" if old.where != new.where else " as before"
        counts = len(old.pages), len(new.pages)
        told += f"; {counts[0]} pages became {counts[1]}" if counts[0] != counts[1] else ""
        if self.changed:
            few = ", ".join(map(str, self.changed[:10])) + (" and more" * (len(self.changed) > 10))  # noqa: PLR2004 - a line
            told += f"; other content on page {few}"
        return told


def compared(old: Sequence[bytes], new: Sequence[bytes]) -> list[Difference]:
    """Return what became of each exhibit of the *old* bundle, and which the *new* one added.

    Args:
        old: the files of the older bundle, in order.
        new: those of the newer one.

    Raises:
        ExhibitError: one of the files is no bundle made by nkdocs.
    """
    before, after = _exhibits(old), _exhibits(new)
    pairs = [*_paired(before, after)]
    gone = [Difference(one, None) for one in before if one not in [a for a, _ in pairs]]
    partner = {other.tab: one for one, other in pairs}
    return gone + [
        Difference(partner[one.tab], one, _changed(partner[one.tab], one))
        if one.tab in partner
        else Difference(None, one)
        for one in after
    ]


def _paired(old: Sequence[Bound], new: Sequence[Bound]) -> Iterator[tuple[Bound, Bound]]:
    """Yield the exhibits that are one: the same pages, else the same title, else the same start."""
    left, right = [*old], [*new]
    traits: tuple[Callable[[Bound], object], ...] = (
        lambda one: (one.title, one.pages),
        lambda one: one.pages,
        lambda one: one.title,
        lambda one: one.pages[:1],
    )
    for trait in traits:
        for one in [*left]:
            other = next((b for b in right if trait(b) == trait(one)), None)
            if other is not None:
                left.remove(one)
                right.remove(other)
                yield one, other


def _changed(old: Bound, new: Bound) -> tuple[int, ...]:
    if len(old.pages) != len(new.pages):
        return ()
    start = new.last + 1 - len(new.pages)
    pairs = enumerate(zip(old.pages, new.pages, strict=True), start)
    return tuple(number for number, (a, b) in pairs if a != b)


def _exhibits(files: Sequence[bytes]) -> list[Bound]:
    """Return the exhibits of a bundle; one that is cut between its volumes is one."""
    found: dict[str, Bound] = {}
    for data in files:
        for one in _read(data):
            begun = found.get(one.tab)
            found[one.tab] = one if begun is None else Bound(
                one.tab, begun.title, begun.first, one.last, (*begun.pages, *one.pages)
            )  # fmt: skip
    return [*found.values()]


def _read(data: bytes) -> Iterator[Bound]:
    """Yield the exhibits of one file."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
            told = (_ITEM.fullmatch(item.title) for item in outline.root)
            inner = (_ITEM.fullmatch(i.title) for top in outline.root for i in top.children)
            titles = {m[1]: m[2] for m in (*told, *inner) if m}
            held: dict[str, list[tuple[int, str]]] = {}
            for page in pdf.pages:
                found = stamp.read(page)
                if found and found.tab:
                    held.setdefault(found.tab, []).append((found.number, _shows(page)))
            sheets = _sheets(pdf)
    except pikepdf.PdfError:
        held, titles, sheets = {}, {}, set()
    if not held:
        msg = "a file is no bundle made by nkdocs: it has no tabs"
        raise ExhibitError(msg, hint="Name two files that nkdocs bundle or nkdocs build wrote.")
    for tab, pages in held.items():
        numbers = [number for number, _ in pages]
        shown = tuple(mark for number, mark in pages if number not in sheets)
        yield Bound(tab, titles.get(tab, ""), min(numbers), max(numbers), shown)


def _sheets(pdf: "pikepdf.Pdf") -> set[int]:
    """Return the printed numbers of the tab sheets: our own pages, whose link leads back."""
    numbers = {page.obj.objgen: found.number for page in pdf.pages if (found := stamp.read(page))}
    firsts: dict[str, int] = {}
    for page in pdf.pages:
        found = stamp.read(page)
        if found and found.tab:
            firsts.setdefault(found.tab, found.number)
    sheets = set()
    for page in pdf.pages:
        found = stamp.read(page)
        if not found or firsts.get(found.tab) != found.number:
            continue
        for link in page.obj.get("/Annots", []):
            goal = link.get("/Dest")
            to = numbers.get(goal[0].objgen) if goal is not None else None
            if to is not None and to < min(firsts.values()):
                sheets.add(found.number)
    return sheets


def _shows(page: "pikepdf.Page") -> str:
    """Return a hash of what a page shows under its stamp."""
    import pikepdf

    contents = page.obj.get("/Contents")
    return shows(page, list(contents)[1:-1] if isinstance(contents, pikepdf.Array) else [])


def shows(page: "pikepdf.Page", streams: "Sequence[pikepdf.Object | None] | None" = None) -> str:
    """Return a hash of what a page shows: its content, and the pictures and forms it uses."""
    import pikepdf

    told = hashlib.sha256()
    contents = page.obj.get("/Contents")
    if streams is None:
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    for stream in streams:
        if isinstance(stream, pikepdf.Stream) and MARK not in stream:  # else it is seen by nobody
            told.update(stream.read_raw_bytes())
    _used(page.obj.get("/Resources"), told, _DEEP)
    return told.hexdigest()


def _used(resources: "pikepdf.Object | None", told: "hashlib._Hash", deep: int) -> None:
    """Add pictures and forms to a hash, however deep they lie."""
    import pikepdf

    held = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    if not isinstance(held, pikepdf.Dictionary) or not deep:
        return
    for key in sorted(held.keys()):
        item = held[key]
        if isinstance(item, pikepdf.Stream):
            told.update(key.encode() + item.read_raw_bytes())
            _used(item.get("/Resources"), told, deep - 1)

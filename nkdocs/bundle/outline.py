"""The outline of a PDF, as data: what it says, which page each item leads to, what stands below."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from nkdocs.bundle.jumps import Names, explicit, names

if TYPE_CHECKING:
    from pikepdf import Array, Object, OutlineItem, Pdf

_DEEP = 50
Objgen = tuple[int, int]


class Item(Struct, frozen=True):
    """One line of an outline.

    Attributes:
        page: the page it leads to, from 0.
    """

    title: str
    page: int
    below: tuple["Item", ...] = ()


def outline(pdf: "Pdf", at: int = 0) -> tuple[Item, ...]:
    """Return a file's outline, if its first page becomes the page *at* of another file.

    What leads nowhere is left out, and what stands below it comes up.
    """
    places = {page.obj.objgen: number for number, page in enumerate(pdf.pages, at)}
    named = names(pdf)
    with pdf.open_outline(max_depth=_DEEP) as held:
        return tuple(_items(held.root, places, named))


def _items(
    held: "Iterable[OutlineItem]", places: Mapping[Objgen, int], named: Names
) -> Iterator[Item]:
    for one in held:
        below = tuple(_items(one.children, places, named))
        page = _page(one, places, named)
        if page is None:
            yield from below
        else:
            yield Item(one.title, page, below)


def _page(one: "OutlineItem", places: Mapping[Objgen, int], named: Names) -> int | None:
    """Return the page an item leads to."""
    import pikepdf

    goal: object = one.destination
    if goal is None and one.action is not None and one.action.get("/S") == pikepdf.Name.GoTo:
        goal = one.action.get("/D")
    found = explicit(goal, named) if isinstance(goal, pikepdf.Object) else None
    page = found[0] if found else None
    return places.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else None


def put_outline(pdf: "Pdf", leaves: Sequence["Object"], items: Sequence[Item]) -> None:
    """Give *pdf* an outline; each item shows the top of its page, at the zoom in use."""
    with pdf.open_outline() as held:
        held.root[:] = [_put(item, leaves) for item in items]


def _put(item: Item, leaves: Sequence["Object"]) -> "OutlineItem":
    import pikepdf

    new = pikepdf.OutlineItem(item.title, top(leaves[item.page]))
    new.is_closed = True
    new.children[:] = [_put(one, leaves) for one in item.below]
    return new


def top(leaf: "Object") -> "Array":
    """Return a destination: the top of a page, at the zoom in use."""
    import pikepdf

    box = leaf.get("/CropBox", leaf.MediaBox)
    high = max(float(box[1]), float(box[3]))
    return pikepdf.Array([leaf, pikepdf.Name.XYZ, None, high, None])

"""The links an exhibit may keep: to web pages, by mail, and to its own pages by page, not by name.

Two exhibits may use the same name for a destination, and a merged file then jumps into the wrong
one; so every name becomes the page it stands for. All else a link can do (start a program, open
another file, send a form, run a script) is left out.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from nkdocs.bundle.paper import Fit, name_of, numbers

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_SCHEMES = ("http:", "https:", "mailto:")
_MOST = 100_000  # names read of one file
_DEEP = 50

Names = Mapping[str, "Object"]
Pages = Mapping[tuple[int, int], tuple["Object", Fit]]  # each page, and how it was put on Letter


def names(pdf: "Pdf") -> Names:
    """Return the file's named destinations (ISO 32000-2, 12.3.2.4), read before pages change."""
    import pikepdf

    found: dict[str, Object] = {}
    old = pdf.Root.get("/Dests")
    if isinstance(old, pikepdf.Dictionary):
        found |= {str(key).removeprefix("/"): value for key, value in old.items()}
    tree = pdf.Root.get("/Names")
    new = tree.get("/Dests") if isinstance(tree, pikepdf.Dictionary) else None
    if isinstance(new, pikepdf.Dictionary):
        found |= dict(itertools.islice(_leaves(new, _DEEP), _MOST))
    return found


def _leaves(node: "Object", deep: int) -> Iterator[tuple[str, "Object"]]:
    """Give the names of a name tree (ISO 32000-2, 7.9.6), however it is shaped."""
    import pikepdf

    pairs = node.get("/Names")
    if isinstance(pairs, pikepdf.Array):
        flat = list(pairs)
        yield from ((str(key), value) for key, value in zip(flat[::2], flat[1::2], strict=False))
    kids = node.get("/Kids")
    if isinstance(kids, pikepdf.Array) and deep:
        for kid in kids:
            if isinstance(kid, pikepdf.Dictionary):
                yield from _leaves(kid, deep - 1)


def relink(
    pdf: "Pdf", links: Sequence[Sequence["Object"]], fits: Sequence[Fit], named: Names
) -> set[str]:
    """Give each page (in order) those of its old *links* that lead to the web or to a page here.

    Return the kinds of actions of the links that were left out.
    """
    import pikepdf

    leaves = [page.obj for page in pdf.pages]
    pages = {leaf.objgen: (leaf, fit) for leaf, fit in zip(leaves, fits, strict=True)}
    kinds = set()
    for leaf, old, fit in zip(leaves, links, fits, strict=True):
        kept = [new for link in old if (new := _link(link, fit, pages, named))]
        if kept:
            leaf.Annots = pikepdf.Array([pdf.make_indirect(new) for new in kept])
        elif "/Annots" in leaf:
            del leaf["/Annots"]
        actions = [link.A for link in old if "/A" in link]
        kinds |= {name_of(a.get("/S")) for a in actions if isinstance(a, pikepdf.Dictionary)}
    return {kind.removeprefix("/") for kind in kinds - {"/GoTo", "/URI"}}


def _link(link: "Object", fit: Fit, pages: "Pages", named: Names) -> "Object | None":
    """Write a link anew, where it stands now; None if it leads nowhere we let it lead."""
    import pikepdf

    goal = _goal(link)
    rect = _moved(link.get("/Rect"), fit)
    if goal is None or rect is None:
        return None
    where = " ".join(f"{v:.3f}".rstrip("0").rstrip(".") for v in rect)
    new = pikepdf.Object.parse(
        f"<< /Subtype /Link /F 4 /Rect [ {where} ] /Border [ 0 0 0 ] >>".encode("ascii")
    )
    if isinstance(goal, str):
        new.A = pikepdf.Dictionary(
            Type=pikepdf.Name.Action, S=pikepdf.Name.URI, URI=pikepdf.String(goal)
        )
        return new
    place = explicit(goal, named)
    page = place[0] if place else None
    leaf = pages.get(page.objgen) if isinstance(page, pikepdf.Dictionary) else None
    if place is None or leaf is None:
        return None
    new.Dest = _dest(*leaf, place)
    return new


def _goal(link: "Object") -> "Object | str | None":
    """Return where a link leads: an address, a destination, or None."""
    import pikepdf

    action = link.A if "/A" in link else None
    if not isinstance(action, pikepdf.Dictionary):
        return link.get("/Dest")
    if action.get("/S") == pikepdf.Name.GoTo:
        return action.get("/D")
    if action.get("/S") == pikepdf.Name.URI:
        address = str(action.get("/URI", "")).strip()
        return address if address.lower().startswith(_SCHEMES) else None
    return None


def explicit(goal: "Object", named: Names) -> "list[Object] | None":
    """Return a destination as the array [page, kind, …], None if it leads nowhere."""
    import pikepdf

    for _ in range(3):  # a name leads to an array, or to a dictionary that holds one
        if isinstance(goal, pikepdf.Array):
            return list(goal) or None
        if isinstance(goal, pikepdf.Dictionary):
            found = goal.get("/D")
        elif isinstance(goal, (pikepdf.Name, pikepdf.String)):
            found = named.get(str(goal).removeprefix("/"))
        else:
            return None
        if found is None:
            return None
        goal = found
    return None


def _dest(leaf: "Object", fit: Fit, place: "list[Object]") -> "Object":
    """Return the destination on our page: the place it named, else the top."""
    import pikepdf

    kind = str(place[1]) if len(place) > 1 else ""
    spots = [_float(value) for value in place[2:]]
    left = top = None
    if kind == "/XYZ":
        left, top = (*spots, None, None)[:2]
    elif kind in {"/FitH", "/FitBH"}:
        top = (*spots, None)[0]
    elif kind == "/FitR":
        left, top = (*spots, None, None, None, None)[0], (*spots, None, None, None, None)[3]
    if top is None:
        return pikepdf.Array([leaf, pikepdf.Name.Fit])
    x, y = fit.at(left or 0.0, top)
    return pikepdf.Array([leaf, pikepdf.Name.XYZ, round(x, 2), round(y, 2), 0])


def _moved(rect: "Object | None", fit: Fit) -> list[float] | None:
    """Return where a rectangle of the old page stands on the new one."""
    import pikepdf

    if not isinstance(rect, pikepdf.Array) or len(rect) != 4:  # noqa: PLR2004 - two corners
        return None
    try:
        x0, y0, x1, y1 = numbers(rect)
    except (TypeError, ValueError, OverflowError):
        return None
    (a, b), (c, d) = fit.at(x0, y0), fit.at(x1, y1)
    return [min(a, c), min(b, d), max(a, c), max(b, d)]


def _float(value: object) -> float | None:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None

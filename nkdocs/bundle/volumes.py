"""A bundle too large for its venue, divided into volumes: inside an exhibit only if it must.

How large a volume will be is reckoned before any of it is made, so that its page numbers are known;
what was made is measured, and divided anew with more room where it came out too large.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from nkdocs._working import Content, Kept
from nkdocs.bundle.layout import PartLike, PreparedLike
from nkdocs.convert.normal import as_file, saved

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

MB = 1_000_000
_ROOM = 0.97  # of the limit: what is reckoned is not what is written
# cover, index and fonts; a stamp; a tab sheet; what an object needs besides its stream
_COVER, _PAGE, _EXHIBIT, _OBJECT = 150_000, 500, 3_000, 200


class Piece(Struct, frozen=True):
    """Some pages of one part of an exhibit."""

    part: str
    label: str
    data: Content
    sources: tuple[int, ...]
    feet: tuple[int, ...]


class Cut(Struct, frozen=True):
    """The pages of an exhibit that one volume holds, when one alone cannot hold it.

    Attributes:
        number: which piece of the exhibit it is, from 0.
    """

    id: str
    title: str
    parts: tuple[PartLike, ...]
    number: int = 0


def divided(
    prepared: Sequence[PreparedLike], limit: int, reserve: int = 0
) -> tuple[tuple[PreparedLike, ...], ...]:
    """Return the exhibits of each volume, in order; one volume if all of them fit in *limit*.

    Args:
        prepared: all exhibits.
        limit: the largest file in bytes; 0 for no limit.
        reserve: bytes to keep free in the first volume, for the letter before it.
    """
    room = int(limit * _ROOM) - _COVER
    if room - reserve <= 0 or sum(map(_reckoned, prepared)) + reserve <= room:
        return (tuple(prepared),)
    volumes: list[list[PreparedLike]] = [[]]
    taken, whole = reserve, room - reserve
    for exhibit in prepared:
        pieces = [exhibit] if _reckoned(exhibit) <= whole else [*_pieces(exhibit, whole)]
        for piece in pieces:
            size = _reckoned(piece)
            # pieces were cut for the first volume: two of one exhibit may fit in a later one, where
            # it would stand twice
            again = bool(volumes[-1]) and volumes[-1][-1].id == piece.id
            if again or (volumes[-1] and taken + size > room):
                volumes.append([])
                taken = 0
            volumes[-1].append(piece)
            taken += size
    return tuple(map(tuple, volumes))


def file_names(stem: str, count: int) -> list[str]:
    """Return the names of the files: exhibits.pdf, or exhibits_Part1.pdf and so on (ECAS)."""
    return [f"{stem}_Part{n}.pdf" for n in range(1, count + 1)] if count > 1 else [f"{stem}.pdf"]


def _reckoned(exhibit: PreparedLike) -> int:
    """Return how many bytes an exhibit adds to its volume, at most."""
    return _EXHIBIT + sum(len(p.data) + _PAGE * len(p.sources) for p in exhibit.parts)


def _pieces(exhibit: PreparedLike, room: int) -> Iterator[PreparedLike]:
    """Yield an exhibit that no volume can hold in pieces that one can; a page is never cut."""
    held: list[PartLike] = []
    number, taken = 0, _EXHIBIT
    for part in exhibit.parts:
        for piece in _parted(part, room - _EXHIBIT):
            size = len(piece.data) + _PAGE * len(piece.sources)
            if held and taken + size > room:
                yield Cut(exhibit.id, exhibit.title, tuple(held), number)
                held, taken, number = [], _EXHIBIT, number + 1
            held.append(piece)
            taken += size
    yield Cut(exhibit.id, exhibit.title, tuple(held), number)


def _parted(part: PartLike, room: int) -> Iterator[PartLike]:
    """Yield a part whole, or page by page gathered into files that fit in *room*."""
    if len(part.data) + _PAGE * len(part.sources) <= room:
        yield part
        return
    cuts = [*_cuts(part.data, room)]
    for first, end in itertools.pairwise([0, *cuts, len(part.sources)]):
        yield _piece(part, first, end)


def _cuts(data: Content, room: int) -> Iterator[int]:
    """Yield the pages, from 0, before which a part is cut so that each file fits in *room*."""
    import pikepdf

    with as_file(data) as file, pikepdf.open(file) as pdf:
        seen: set[tuple[int, int]] = set()
        taken = 0
        for number, page in enumerate(pdf.pages):
            size = _PAGE * 2 + sum(_streams(page.obj, seen))
            if taken and taken + size > room:
                yield number
                seen = set()
                taken, size = 0, _PAGE * 2 + sum(_streams(page.obj, seen))
            taken += size


def _streams(obj: "Object", seen: set[tuple[int, int]]) -> Iterator[int]:
    """Yield the lengths of the streams that a page needs and that are not among those *seen*.

    Links are left out: they lead to other pages.
    """
    import pikepdf

    waiting: list[Object] = [obj]
    while waiting:
        held = waiting.pop()
        if held.is_indirect:
            if held.objgen in seen:
                continue
            seen.add(held.objgen)
        if isinstance(held, pikepdf.Stream):
            yield len(held.read_raw_bytes()) + _OBJECT
        if isinstance(held, (pikepdf.Stream, pikepdf.Dictionary)):
            inner = [held[key] for key in held.keys() - {"/Parent", "/Annots"}]
        else:
            inner = list(held) if isinstance(held, pikepdf.Array) else []
        waiting += [item for item in inner if isinstance(item, pikepdf.Object)]


def _piece(part: PartLike, first: int, end: int) -> Piece:
    """Return the pages from *first* (from 0) up to *end* of a part, links out of them removed."""
    import pikepdf

    with as_file(part.data) as file, pikepdf.open(file) as pdf:
        del pdf.pages[end:]
        del pdf.pages[:first]
        _unlink(pdf)
        data = saved(pdf)
    name = part.label or "Pages"
    numbers = part.sources[first:end]
    label = f"{name}, pages {numbers[0]}\u2013{numbers[-1]} of the source"
    kept = part.data.room.keep(data) if isinstance(part.data, Kept) else data
    return Piece(part.part, label, kept, numbers, part.feet[first:end])


def _unlink(pdf: "Pdf") -> None:
    """Take out the links to pages that are no longer there: they would keep them in the file."""
    import pikepdf

    there = {page.obj.objgen for page in pdf.pages}
    for page in pdf.pages:
        held = [link for link in page.obj.get("/Annots", []) if _leads(link, there)]
        if held:
            page.obj.Annots = pikepdf.Array(held)
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


def _leads(link: "Object", there: set[tuple[int, int]]) -> bool:
    goal = link.get("/Dest")
    return goal is None or goal[0].objgen in there

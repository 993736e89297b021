"""Which other answers name an item of a list: they would point at nothing if it were gone."""

from collections.abc import Iterator

from nkdocs.answers.leaves import leaves, texts
from nkdocs.citations import cite
from nkdocs.citations.cite import Cite
from nkdocs.interview.engine import Spot
from nkdocs.ui.book import Book

_REFERENCES = {"exhibits", "person"}  # kinds whose answers are ids


def naming(book: Book, spot: Spot) -> list[str]:
    """Return the paths of the answers outside the item at *spot* that name its id."""
    name = book.answers.path(spot).rpartition(".")[2]
    found = []
    for where, question, data in leaves(book.file, book.catalogue):
        if where[: len(spot)] != spot:
            refers = question.kind.name in _REFERENCES
            if any(name in _named(text, refers=refers) for text in texts(data)):
                found.append(book.answers.path(where))
    return list(dict.fromkeys(found))


def _named(text: str, *, refers: bool) -> Iterator[str]:
    """Yield the ids that a text names: in its cites, or as what it lists."""
    if refers:
        yield from (part.strip() for part in text.split(","))
    for piece in cite.parse(text):
        if isinstance(piece, Cite):
            yield from (piece.id, piece.mark)

"""Whose answer a question wants: the same words are asked of each person in the case."""

from collections.abc import Mapping

from nkdocs.interview.engine import Spot
from nkdocs.ui.book import Book

_PEOPLE = "respondents"
_OWN = {"name", "lead", "relation"}  # these say themselves who is meant


def whose(book: Book, spot: Spot, language: str = "en") -> str:
    """Return the name of the person that the question at *spot* is about, to stand behind it.

    Empty where there is one person only, or the name is not known yet. On a Korean screen it is
    the name in Korean letters, if there is one.
    """
    if len(spot) < 3 or spot[0] != _PEOPLE or spot[2] in _OWN:  # noqa: PLR2004 - list, item, rest
        return ""
    if len(book.answers.items((_PEOPLE,))) < 2:  # noqa: PLR2004 - two need telling apart
        return ""
    name = _name(book, spot[:2], language)
    return f" ({name})" if name else ""


def leading(book: Book, spot: Spot, language: str = "en") -> str:
    """Return who leads already, where the question at *spot* is whether another person does."""
    if len(spot) != 3 or (spot[0], spot[2]) != (_PEOPLE, "lead"):  # noqa: PLR2004 - list, item, rest
        return ""
    others = (n for n, _ in enumerate(book.answers.items((_PEOPLE,))) if n != spot[1])
    lead = next((n for n in others if book.answers.data((_PEOPLE, n, "lead")) == "yes"), None)
    return "" if lead is None else _name(book, (_PEOPLE, lead), language)


def _name(book: Book, person: Spot, language: str) -> str:
    """Return the name of *person*, empty while it is not told."""
    name = book.answers.data((*person, "name"))
    if isinstance(name, Mapping):
        name = (name.get("native") if language == "ko" else "") or name.get("legal", "")
    return name if isinstance(name, str) else ""

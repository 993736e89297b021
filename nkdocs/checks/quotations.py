"""Quotations of law against the text that the registry stores."""

import difflib
import re
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.checks.facts import Facts, Found, Rule
from nkdocs.checks.letters import letters
from nkdocs.checks.passages import leaving, placed, quoted

_LEAST = 6  # words: what is shorter is a figure of speech, not a quotation of a statute
_LIKE = 0.75  # share of the quoted words that stand in the law in the same order
_LEFT_OUT = lazily(r"\[[^\[\]]{2,}\]|\.\s?\.\s?\.(?:\s?\.)?|…")
_LETTER = lazily(r"\[(\w)\]")


def _altered(facts: Facts) -> Iterator[Found]:
    """L705: words in quotation marks that are nearly, and not quite, a stored text of law.

    What is like none of them may be another part of the law, and is not judged.
    """
    documents = leaving(facts)
    stored = [(a.id, q) for a in facts.registry for q in a.quotes.values()] if documents else []
    for document in documents:
        for at, text in enumerate(document.paragraphs, 1):
            for start, end in quoted(text):
                name = _nearly(text[start:end].strip('“”"'), stored)
                if name:
                    here = placed(document, at)
                    told = {"where": here.where, "authority": name}
                    yield Found("L705", f"{here.where} {name}", (), told, place=here.place,
                                read=f"{name}/{len(letters(text[start:end]))}")  # fmt: skip


def _nearly(quotation: str, stored: list[tuple[str, str]]) -> str:
    """Return the authority that a quotation alters, empty if it alters none."""
    pieces = [letters(p) for p in _LEFT_OUT.split(_LETTER.sub(r"\1", quotation)) if letters(p)]
    words = _words(quotation)
    if len(words) < _LEAST or any(_in_order(pieces, letters(text)) for _, text in stored):
        return ""
    likest = max(((_share(words, _words(text)), name) for name, text in stored), default=(0.0, ""))
    return likest[1] if likest[0] >= _LIKE else ""


def _in_order(pieces: list[str], text: str) -> bool:
    at = 0
    for piece in pieces:
        found = text.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _share(words: list[str], law: list[str]) -> float:
    """Return how much of *words* stands in *law*, in runs of three words or more."""
    blocks = difflib.SequenceMatcher(None, words, law, autojunk=False).get_matching_blocks()
    return sum(b.size for b in blocks if b.size > 2) / len(words)  # noqa: PLR2004 - a run


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


RULES: tuple[Rule, ...] = (_altered,)

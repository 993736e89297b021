"""Text cut into what is drawn in one go, and into what no line's end may part."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TypeAlias
from unicodedata import category

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.convert.draft.fonts import Face, Fonts
from nkdocs.convert.draft.inline import Atom, Break, Jump, Picture, Text
from nkdocs.convert.draft.styles import Look

_SMALL = 0.65
"""Size of raised and lowered characters against the others."""

_PART = re.compile(r" +|[^ ]+")
_IDEOGRAPH = re.compile("[\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff00-\uffef]")
_BREAKING = re.compile("[-\u2013\u2014\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff00-\uffef]")
_HYPHENS = frozenset("-\u2013\u2014")
_NO_START = frozenset({"Pe", "Pf", "Po", "Pd"})  # Unicode categories: closing, other, dashes
_NO_END = frozenset({"Ps", "Pi"})


class Piece(Struct, frozen=True):
    """Characters of one look and one face; *size* and *width* as they are drawn."""

    text: str
    face: Face
    look: Look
    size: float
    width: float
    link: str = ""
    own: bool = False
    counts: str = ""


class Gap(Struct, frozen=True):
    """The room of a tab, with its leader."""

    width: float
    look: Look
    leader: str = ""


Ink: TypeAlias = Piece | Gap | Picture


class Word(Struct, frozen=True):
    """What no line's end may part: a word of one or more pieces, or a run of spaces."""

    pieces: tuple[Piece, ...]

    @property
    def width(self) -> float:
        """How wide it is."""
        return sum(piece.width for piece in self.pieces)


Chunk: TypeAlias = Word | Jump | Break | Picture


def may_break(before: str, after: str) -> bool:
    """Return whether a line may end between two characters, none of them a space.

    Korean words stay whole, as in a Korean newspaper; a hyphen before a digit holds (A-numbers).
    """
    if category(after) in _NO_START or category(before) in _NO_END:
        return False
    if before in _HYPHENS:
        return not after.isdigit()
    return bool(_IDEOGRAPH.match(before) or _IDEOGRAPH.match(after))


def _parts(text: str) -> Iterator[str]:
    """Yield *text* cut at its spaces and where a line may end."""
    for part in _PART.findall(text):
        start = 0
        if _BREAKING.search(part):
            for at in range(1, len(part)):
                if may_break(part[at - 1], part[at]):
                    yield part[start:at]
                    start = at
        yield part[start:]


def _pieces(text: str, atom: Text, fonts: Fonts) -> tuple[Piece, ...]:
    size = atom.look.size * (_SMALL if atom.look.raised in {"superscript", "subscript"} else 1)
    return tuple(
        with_text(
            Piece(part, face, atom.look, size, 0.0, atom.link, atom.own, atom.counts), part
        )
        for face, part in fonts.pieces(text, atom.look)
    )


def with_text(piece: Piece, text: str) -> Piece:
    """Return *piece* with another *text* and its width."""
    width = piece.face.width(text, piece.size) + piece.look.spread * len(text)
    return replace(piece, text=text, width=width)


def chunks_of(atoms: Sequence[Atom], fonts: Fonts) -> deque[Chunk]:
    """Return what may not be parted by a line's end: words, runs of spaces, tabs, pictures."""
    found: deque[Chunk] = deque()
    for atom in atoms:
        if not isinstance(atom, Text):
            found.append(atom)
            continue
        for part in _parts(atom.text):
            pieces = _pieces(part, atom, fonts)
            last = found[-1] if found else None
            if isinstance(last, Word) and _holds(last, part):
                found[-1] = Word(last.pieces + pieces)
            else:
                found.append(Word(pieces))
    return found


def _holds(word: Word, part: str) -> bool:
    """Return whether *part* may not be parted from *word* before it."""
    before = word.pieces[-1].text[-1]
    return before != " " and part[0] != " " and not may_break(before, part[0])

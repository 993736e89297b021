"""Lines of a paragraph: which words stand on which, and where; tab stops and justified text."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from unicodedata import category

from nkdocs.convert.draft.fonts import Face, Fonts
from nkdocs.convert.draft.inline import Atom, Break, Jump, Picture, Text
from nkdocs.convert.draft.styles import Look, Shape, Tab
from nkdocs.convert.wordfile import POINTS

_SLACK = 0.3
_SMALL = 0.65
"""Size of raised and lowered characters against the others."""
_MOST_SHRUNK_STOP = 36.0
"""How far a right tab stop may stand beyond the right indent, as Word and LibreOffice allow."""

_PART = re.compile(r" +|[^ ]+")
_IDEOGRAPH = re.compile("[\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff00-\uffef]")
_BREAKING = re.compile("[-\u2013\u2014\u2e80-\u312f\u31a0-\ua4cf\uf900-\ufaff\uff00-\uffef]")
_HYPHENS = frozenset("-\u2013\u2014")
_NO_START = frozenset({"Pe", "Pf", "Po", "Pd"})  # Unicode categories: closing, other, dashes
_NO_END = frozenset({"Ps", "Pi"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one look and one face; *size* and *width* as they are drawn."""

    text: str
    face: Face
    look: Look
    size: float
    width: float
    link: str = ""
    own: bool = False
    counts: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """The room of a tab, with its leader."""

    width: float
    look: Look
    leader: str = ""


Ink: TypeAlias = Piece | Gap | Picture


@dataclass(frozen=True, slots=True)
class Placed:
    """Something on a line, so far from the left edge of the text."""

    x: float
    ink: Ink

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + self.ink.width


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        rise: the way from its top to the base line.
        slack: room under its letters that the foot of a page does not need.
    """

    items: tuple[Placed, ...]
    height: float
    rise: float
    slack: float = 0.0
    ends_page: bool = False


@dataclass(frozen=True, slots=True)
class _Word:
    pieces: tuple[Piece, ...]

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces)


_Chunk: TypeAlias = _Word | Jump | Break | Picture


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
        _shortened(
            Piece(part, face, atom.look, size, 0.0, atom.link, atom.own, atom.counts), part
        )
        for face, part in fonts.pieces(text, atom.look)
    )


def _shortened(piece: Piece, text: str) -> Piece:
    """Return *piece* with another *text* and its width."""
    width = piece.face.width(text, piece.size) + piece.look.spread * len(text)
    return replace(piece, text=text, width=width)


def _chunks(atoms: Sequence[Atom], fonts: Fonts) -> deque[_Chunk]:
    """Return what may not be parted by a line's end: words, runs of spaces, tabs, pictures."""
    found: deque[_Chunk] = deque()
    for atom in atoms:
        if not isinstance(atom, Text):
            found.append(atom)
            continue
        for part in _parts(atom.text):
            pieces = _pieces(part, atom, fonts)
            last = found[-1] if found else None
            if isinstance(last, _Word) and _holds(last, part):
                found[-1] = _Word(last.pieces + pieces)
            else:
                found.append(_Word(pieces))
    return found


def _holds(word: _Word, part: str) -> bool:
    """Return whether *part* may not be parted from *word* before it."""
    before = word.pieces[-1].text[-1]
    return before != " " and part[0] != " " and not may_break(before, part[0])


@dataclass(slots=True)
class Setter:
    """Sets one paragraph into lines.

    Attributes:
        fonts: where faces come from.
        shape: how the paragraph stands.
        look: how its mark looks; gives an empty line its height.
        width: how wide the column is.
        tab: the distance of the default tab stops.
    """

    fonts: Fonts
    shape: Shape
    look: Look
    width: float
    tab: float = 36.0
    _lines: list[Line] = field(default_factory=list)
    _items: list[Placed] = field(default_factory=list)
    _x: float = 0.0
    _reach: float = 0.0
    _wrapped: bool = False

    def set(self, atoms: Sequence[Atom]) -> tuple[Line, ...]:
        """Return the lines of *atoms*; a paragraph without any text has one empty line."""
        self._x = self.shape.left + self.shape.first
        self._reach = self.width - self.shape.right
        chunks = _chunks(atoms, self.fonts)
        while chunks:
            self._place(chunks.popleft(), chunks)
        if self._items or not self._lines or not self._lines[-1].ends_page:
            self._end(last=True)
        return tuple(self._lines)

    def _place(self, chunk: _Chunk, rest: deque[_Chunk]) -> None:
        if isinstance(chunk, Break):
            self._end(last=True, page=chunk.page)
        elif isinstance(chunk, Jump):
            self._jump(chunk, rest)
        elif isinstance(chunk, Picture):
            self._picture(chunk, rest)
        elif chunk.pieces[0].text.isspace() and chunk.pieces[0].text[0] == " ":
            if self._items or not self._wrapped:
                self._put(chunk.pieces)
        elif self._x + chunk.width > self._reach + _SLACK and self._has_ink():
            self._end()
            rest.appendleft(chunk)
        elif self._x + chunk.width > self._reach + _SLACK:
            self._cut(chunk, rest)
        else:
            self._put(chunk.pieces)

    def _has_ink(self) -> bool:
        return any(
            not (isinstance(item.ink, Piece) and item.ink.text.isspace()) for item in self._items
        )

    def _put(self, inks: Sequence[Ink]) -> None:
        for ink in inks:
            self._items.append(Placed(self._x, ink))
            self._x += ink.width

    def _picture(self, picture: Picture, rest: deque[_Chunk]) -> None:
        room = self.width - self.shape.right - self.shape.left
        if not picture.data:
            picture = replace(picture, width=room)
        elif picture.width > room > 0:
            scale = room / picture.width
            picture = Picture(picture.data, room, picture.height * scale)
        if self._items and self._x + picture.width > self._reach + _SLACK:
            self._end()
            rest.appendleft(picture)
        else:
            self._put([picture])

    def _cut(self, word: _Word, rest: deque[_Chunk]) -> None:
        """Cut a word that is longer than a whole line where the line ends."""
        room = self._reach - self._x
        head: list[Piece] = []
        tail: list[Piece] = []
        for piece in word.pieces:
            fitting = 0 if tail else self._fitting(piece, room, at_least=0 if head else 1)
            for part, text in ((head, piece.text[:fitting]), (tail, piece.text[fitting:])):
                if text:
                    part.append(_shortened(piece, text))
            room -= piece.width
        self._put(head)
        if tail:
            self._end()
            rest.appendleft(_Word(tuple(tail)))

    @staticmethod
    def _fitting(piece: Piece, room: float, *, at_least: int) -> int:
        for count in range(1, len(piece.text) + 1):
            if _shortened(piece, piece.text[:count]).width > room:
                return max(at_least, count - 1)
        return len(piece.text)

    def _jump(self, jump: Jump, rest: deque[_Chunk]) -> None:
        """Go to the next tab stop; text after a right or centred one stands against it."""
        at, tab = self._stop(jump)
        target = at
        if tab.kind not in {"left", "start", "num"}:
            following = _width_to_tab(rest)
            target = at - (following / 2 if tab.kind == "center" else following)
            if at <= self._reach + _MOST_SHRUNK_STOP:
                self._reach = max(self._reach, at)
        elif at > self._reach + 0.5 and self._items:
            self._end()
            rest.appendleft(jump)
            return
        width = max(0.0, target - self._x)
        self._items.append(Placed(self._x, Gap(width, jump.look, tab.leader)))
        self._x += width

    def _stop(self, jump: Jump) -> tuple[float, Tab]:
        beyond = self._x + 0.01
        if jump.to in {"right", "center", "left"}:
            share = {"right": 1.0, "center": 0.5, "left": 0.0}[jump.to]
            return self._reach * share, Tab(jump.to)
        stops = [
            (at, tab)
            for at, tab in sorted(self.shape.tabs.items(), key=lambda stop: stop[0])
            if at > beyond and tab.kind != "bar"
        ]
        hanging = self.shape.first < 0 and self.shape.left > beyond
        if hanging and (not stops or stops[0][0] > self.shape.left):
            return self.shape.left, Tab()
        if stops:
            return stops[0]
        return (int(beyond / self.tab) + 1) * self.tab, Tab()

    def _end(self, *, last: bool = False, page: bool = False) -> None:
        """End the line; *last* when not because it is full, so that it is not justified."""
        items = self._items
        while items and _is_blank(items[-1].ink):
            items.pop()
        height, rise, slack = self._measured(items)
        placed = self._aligned(items, justified=not last)
        self._lines.append(Line(tuple(placed), height, rise, slack, page))
        self._items = []
        self._x = self.shape.left
        self._reach = self.width - self.shape.right
        self._wrapped = not last

    def _measured(self, items: Sequence[Placed]) -> tuple[float, float, float]:
        """Return height, rise and slack of a line by its largest letters and the line spacing."""
        looks = {item.ink.look for item in items if not isinstance(item.ink, Picture)}
        pictures = [item.ink.height for item in items if isinstance(item.ink, Picture)]
        if not looks and not pictures:
            looks = {self.look}
        rise = drop = gap = 0.0
        for look in looks:
            face = self.fonts.face(look)  # the Latin one: a Korean face does not stretch the line
            rise = max(rise, face.ascent * look.size)
            drop = max(drop, face.descent * look.size)
            gap = max(gap, face.gap * look.size)
        natural = rise + drop + gap
        extra = 0.0  # above the letters; a multiple of a line's height adds its room below them
        if self.shape.line_rule == "auto":
            height = natural * self.shape.line / 240
        else:
            height = self.shape.line * POINTS
            if self.shape.line_rule != "exact":
                height = max(natural, height)
            extra = height - natural
        taller = max(0.0, max(pictures, default=0.0) - rise - extra)
        return height + taller, rise + extra + taller, max(0.0, height - extra - natural)

    def _aligned(self, items: list[Placed], *, justified: bool) -> list[Placed]:
        reach = self.width - self.shape.right
        free = reach - (items[-1].end if items else self._x)
        align = self.shape.align
        if align in {"both", "distribute"} and justified and free > 0:
            return _spread(items, free)
        shift = {"center": free / 2, "right": free, "end": free}.get(align, 0.0)
        return _joined([replace(item, x=item.x + shift) for item in items])


def _width_to_tab(chunks: Sequence[_Chunk]) -> float:
    """Return the width of what stands before the next tab or break, spaces at its end left out."""
    width = seen = 0.0
    for chunk in chunks:
        if isinstance(chunk, (Jump, Break)):
            break
        seen += chunk.width
        if not (isinstance(chunk, _Word) and chunk.pieces[-1].text.isspace()):
            width = seen
    return width


def _is_blank(ink: Ink) -> bool:
    """Return whether nothing shows of a space: no underline, no ground."""
    return (
        isinstance(ink, Piece)
        and not ink.text.strip(" ")
        and not (ink.look.underlined or ink.look.ground)
    )


def _is_space(ink: Ink) -> bool:
    return isinstance(ink, Piece) and not ink.text.strip(" ")


def _spread(items: list[Placed], free: float) -> list[Placed]:
    """Widen the spaces after the last tab until the line is full."""
    tabs = [index for index, item in enumerate(items) if isinstance(item.ink, Gap)]
    start = tabs[-1] + 1 if tabs else 0
    spaces = sum(_is_space(item.ink) for item in items[start:])
    shift = 0.0
    found = []
    for index, item in enumerate(items):
        ink = item.ink
        if index >= start and isinstance(ink, Piece) and _is_space(ink):
            ink = replace(ink, width=ink.width + free / spaces)
        found.append(Placed(item.x + shift, ink))
        shift += ink.width - item.ink.width
    return found


def _joined(items: list[Placed]) -> list[Placed]:
    """Return *items* with neighbours of one look made one, so that text can be found whole."""
    found: list[Placed] = []
    for item in items:
        one = _made_one(found[-1].ink, item.ink) if found else None
        if one is None:
            found.append(item)
        else:
            found[-1] = Placed(found[-1].x, one)
    return found


def _made_one(first: Ink, second: Ink) -> Piece | None:
    """Return two pieces as one when nothing but their text differs."""
    if not (isinstance(first, Piece) and isinstance(second, Piece)) or first.counts:
        return None
    one = replace(second, text=first.text + second.text, width=first.width + second.width)
    return one if replace(one, text=first.text, width=first.width) == first else None

"""Lines of a paragraph: which words stand on which, and where; tab stops and justified text."""

from collections import deque
from collections.abc import Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.convert.draft.fonts import Fonts
from nkdocs.convert.draft.inline import Atom, Break, Jump, Picture
from nkdocs.convert.draft.pieces import Chunk, Gap, Ink, Piece, Word, chunks_of, with_text
from nkdocs.convert.draft.styles import Look, Shape, Tab
from nkdocs.convert.wordfile import POINTS, within

_SLACK = 0.3
_BEYOND = 36.0
"""How far tab stops and indents may lead beyond the column, as Word and LibreOffice allow."""

_TALLEST = 600.0
"""How high a picture may be; a higher one is made smaller."""

_LEAST_LINE = 0.65
"""The height of a line against its letters below which lines would cover each other."""


class Placed(Struct, frozen=True):
    """Something on a line, so far from the left edge of the text."""

    x: float
    ink: Ink

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + self.ink.width


class Line(Struct, frozen=True):
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


class Setter(Struct):
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
        self._start(self.shape.left + self.shape.first)
        chunks = chunks_of(atoms, self.fonts)
        while chunks:
            self._place(chunks.popleft(), chunks)
        if self._items or not self._lines or not self._lines[-1].ends_page:
            self._end(last=True)
        return tuple(self._lines)

    def _start(self, x: float) -> None:
        """Begin a line at *x*; an indent beyond the column leaves room for words all the same."""
        self._x = within(-_BEYOND, x, max(0.0, self.width - _BEYOND))
        self._reach = within(self._x + _BEYOND, self.width - self.shape.right, self.width + _BEYOND)

    def _place(self, chunk: Chunk, rest: deque[Chunk]) -> None:
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

    def _picture(self, picture: Picture, rest: deque[Chunk]) -> None:
        room = max(_BEYOND, self.width - self.shape.right - self.shape.left)
        scale = min(1.0, room / max(picture.width, 1.0), _TALLEST / picture.height)
        if picture.data:
            picture = Picture(picture.data, picture.width * scale, picture.height * scale)
        else:
            picture = replace(picture, width=room)
        if self._items and self._x + picture.width > self._reach + _SLACK:
            self._end()
            rest.appendleft(picture)
        else:
            self._put([picture])

    def _cut(self, word: Word, rest: deque[Chunk]) -> None:
        """Cut a word that is longer than a whole line where the line ends."""
        room = self._reach - self._x
        head: list[Piece] = []
        tail: list[Piece] = []
        for piece in word.pieces:
            fitting = 0 if tail else self._fitting(piece, room, at_least=0 if head else 1)
            for part, text in ((head, piece.text[:fitting]), (tail, piece.text[fitting:])):
                if text:
                    part.append(with_text(piece, text))
            room -= piece.width
        self._put(head)
        if tail:
            self._end()
            rest.appendleft(Word(tuple(tail)))

    @staticmethod
    def _fitting(piece: Piece, room: float, *, at_least: int) -> int:
        for count in range(1, len(piece.text) + 1):
            if with_text(piece, piece.text[:count]).width > room:
                return max(at_least, count - 1)
        return len(piece.text)

    def _jump(self, jump: Jump, rest: deque[Chunk]) -> None:
        """Go to the next tab stop; text after a right or centred one stands against it."""
        at, tab = self._stop(jump)
        target = at
        if tab.kind not in {"left", "start", "num"}:
            following = _width_to_tab(rest)
            at = min(at, self._reach + _BEYOND)
            target = at - (following / 2 if tab.kind == "center" else following)
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
        self._start(self.shape.left)
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
            height = natural * within(_LEAST_LINE, self.shape.line / 240, 10.0)
        else:
            least = natural * (_LEAST_LINE if self.shape.line_rule == "exact" else 1.0)
            height = within(least, self.shape.line * POINTS, least + 300.0)
            extra = height - natural
        taller = max(0.0, max(pictures, default=0.0) - rise - extra)
        return height + taller, rise + extra + taller, max(0.0, height - extra - natural)

    def _aligned(self, items: list[Placed], *, justified: bool) -> list[Placed]:
        reach = self.width - self.shape.right
        free = reach - (items[-1].end if items else self._x)
        align = self.shape.align
        if align in {"both", "distribute"} and justified and free > 0:
            return _spread(_joined(items, spaces=False), free)
        shift = {"center": free / 2, "right": free, "end": free}.get(align, 0.0)
        return _joined([replace(item, x=item.x + shift) for item in items], spaces=True)


def _width_to_tab(chunks: Sequence[Chunk]) -> float:
    """Return the width of what stands before the next tab or break, spaces at its end left out."""
    width = seen = 0.0
    for chunk in chunks:
        if isinstance(chunk, (Jump, Break)):
            break
        seen += chunk.width
        if not (isinstance(chunk, Word) and chunk.pieces[-1].text.isspace()):
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


def _joined(items: list[Placed], *, spaces: bool) -> list[Placed]:
    """Return *items* with neighbours of one look made one, so that text can be found whole."""
    found: list[Placed] = []
    for item in items:
        one = None
        if found and (spaces or not (_is_space(item.ink) or _is_space(found[-1].ink))):
            one = _made_one(found[-1].ink, item.ink)
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

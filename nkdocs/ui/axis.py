"""A chronology drawn on an axis of time, as lines of text and as an SVG picture. Pure."""

import datetime as dt
from collections.abc import Sequence
from xml.sax.saxutils import escape

from msgspec import Struct

from nkdocs.checks.chronology import DEADLINE, GAP, HEARING, STAY, Mark
from nkdocs.diagnostics import shown
from nkdocs.ui.columns import cut, pad, width

_WHEN = 22  # columns of the time as it is written
_LEAST, _MOST = 12, 60  # columns of the axis
_STEPS = (1, 2, 5, 10, 20, 50)  # years between two ticks


class Signs(Struct, frozen=True):
    """The characters the axis is drawn with."""

    day: str
    maybe: str
    sure: str
    gap: str
    hearing: str
    deadline: str

    def of(self, mark: Mark) -> str:
        """Return the sign for the possible days of a mark."""
        special = {GAP: self.gap, HEARING: self.hearing, DEADLINE: self.deadline}
        return special.get(mark.kind) or (self.day if mark.exact else self.maybe)


LINES = Signs("●", "░", "█", "?", "H", "!")
ASCII = Signs("*", "-", "=", "?", "H", "!")


def legend(signs: Signs) -> str:
    """Return what the signs mean."""
    return (
        f"{signs.day} a day   {signs.maybe} possible days   {signs.sure} a stay   "
        f"{signs.gap} nothing is told   {signs.hearing} hearing   {signs.deadline} deadline"
    )


class _Scale(Struct, frozen=True):
    """Years along an axis of *size* units."""

    first: dt.date
    last: dt.date
    size: int

    def at(self, day: dt.date) -> int:
        span = max((self.last - self.first).days, 1)
        return min(self.size - 1, max(0, (day - self.first).days * self.size // span))

    def ticks(self, room: int) -> list[int]:
        """Return the years to name, as many as have *room* units each."""
        years = self.last.year - self.first.year + 1
        step = next((s for s in _STEPS if years // s * room <= self.size), _STEPS[-1])
        return [y for y in range(self.first.year, self.last.year + 1) if y % step == 0]


def _scale(marks: Sequence[Mark], size: int) -> _Scale:
    first, last = min(m.first for m in marks), max(m.last for m in marks)
    return _Scale(dt.date(first.year, 1, 1), dt.date(last.year, 12, 31), size)


def drawn(marks: Sequence[Mark], columns: int, signs: Signs = LINES) -> list[str]:
    """Return *marks* as lines of at most *columns*: time, axis, label; narrow ones on two lines."""
    if not marks:
        return []
    wide = columns >= 90  # noqa: PLR2004 - below that a label has a line of its own
    size = max(_LEAST, min(_MOST, (columns - _WHEN - 2) // (2 if wide else 1)))
    scale = _scale(marks, size)
    out = [" " * (_WHEN + 1) + _years(scale)]
    for mark in marks:
        head = f"{pad(shown(mark.when), _WHEN)} {_bar(mark, scale, signs)}"
        label = shown(mark.label)
        if wide:
            out.append(f"{head} {cut(label, columns - width(head) - 1)}".rstrip())
        else:
            out += [head.rstrip(), f"  {cut(label, columns - 2)}"]
    return out


def _years(scale: _Scale) -> str:
    line = ""
    for year in scale.ticks(6):
        at = scale.at(dt.date(year, 1, 1))
        if at >= len(line) and at + 4 <= scale.size:
            line = line.ljust(at) + str(year)
    return line


def _bar(mark: Mark, scale: _Scale, signs: Signs) -> str:
    cells = [" "] * scale.size
    for at in range(scale.at(mark.first), scale.at(mark.last) + 1):
        cells[at] = signs.of(mark)
    if mark.kind == STAY and mark.sure:
        for at in range(scale.at(mark.sure[0]), scale.at(mark.sure[1]) + 1):
            cells[at] = signs.sure
    return "".join(cells)


# The picture

_ROW, _LEFT, _AXIS, _RIGHT, _TOP = 22, 190, 620, 420, 60
_FILL = {STAY: "#5b7c99", GAP: "#ffffff", HEARING: "#8a1c1c", DEADLINE: "#c46a00"}
_PLAIN = "#333333"


def svg(marks: Sequence[Mark], title: str, today: dt.date | None = None) -> str:
    """Return *marks* as an SVG picture; what is only possible is pale, what is sure is full.

    A line marks *today*, the day of the papers, if it is given and lies on the axis.
    """
    rows = list(marks)
    high, wide = _TOP + _ROW * len(rows) + 50, _LEFT + _AXIS + _RIGHT
    face = 'font-family="Liberation Sans, Arial, sans-serif" font-size="12"'
    size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {face}>',
        f"<title>{_safe(title)}</title>",
        f'<rect width="{wide}" height="{high}" fill="#ffffff"/>',
        f'<text x="12" y="24" font-size="16">{_safe(title)}</text>',
    ]
    if rows:
        scale = _scale(rows, _AXIS)
        out += _grid(scale, high - 40)
        if today is not None and scale.first <= today <= scale.last:
            x = _LEFT + scale.at(today)
            out.append(f'<line x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{high - 40}" '
                       f'stroke="#2e7d32" stroke-dasharray="2 3"/>')  # fmt: skip
        for number, mark in enumerate(rows):
            out += _row(mark, scale, _TOP + _ROW * number)
    told = "full: sure · pale: possible days · dashed: nothing is told · red: hearing · "
    told += "orange: deadline" + (f" · green line: {today}" if today else "")
    out.append(f'<text x="12" y="{high - 14}">{told}</text>')
    return "\n".join([*out, "</svg>", ""])


def _grid(scale: _Scale, bottom: int) -> list[str]:
    out = []
    for year in scale.ticks(45):
        x = _LEFT + scale.at(dt.date(year, 1, 1))
        out.append(f'<line x1="{x}" y1="{_TOP - 8}" x2="{x}" y2="{bottom}" stroke="#dddddd"/>')
        out.append(f'<text x="{x}" y="{_TOP - 12}" text-anchor="middle">{year}</text>')
    return out


def _row(mark: Mark, scale: _Scale, y: int) -> list[str]:
    x, end = _LEFT + scale.at(mark.first), _LEFT + scale.at(mark.last)
    middle, fill = y + _ROW // 2, _FILL.get(mark.kind, _PLAIN)
    out = [f'<text x="{_LEFT - 8}" y="{middle + 4}" text-anchor="end">{_safe(mark.when)}</text>']
    if mark.exact:
        out.append(f'<circle cx="{x}" cy="{middle}" r="5" fill="{fill}"/>')
    else:
        dash = ' stroke="#8a1c1c" stroke-dasharray="4 3"' if mark.kind == GAP else ""
        pale = "1" if mark.kind == GAP else "0.35"
        out.append(_box(x, end, middle, f'fill="{fill}" fill-opacity="{pale}"{dash}'))
    if mark.kind == STAY and mark.sure:
        begin, stop = (_LEFT + scale.at(day) for day in mark.sure)
        out.append(_box(begin, stop, middle, f'fill="{fill}"'))
    label = _safe(cut(mark.label, 62))
    out.append(f'<text x="{_LEFT + _AXIS + 12}" y="{middle + 4}">{label}</text>')
    return out


def _box(x: int, end: int, middle: int, paint: str) -> str:
    size = f'width="{max(4, end - x)}" height="10"'
    return f'<rect x="{x}" y="{middle - 5}" {size} {paint}/>'


def _safe(text: str) -> str:
    return escape(shown(text))

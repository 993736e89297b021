"""List numbers: which number a paragraph has, counted as Word counts (ECMA-376-1 § 17.9)."""

import re

from msgspec import Struct

from nkdocs.convert.draft.styles import Changes, Styles, read_shape
from nkdocs.convert.wordfile import Element, WordFile, attribute, child, is_on, ns, number, value

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_KOREAN = {"ganada": "가나다라마바사아자차카타파하", "chosung": "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"}
_BULLETS = str.maketrans("\uf0b7\uf0a7\uf0fc\uf0a8\uf06f\uf071\uf0d8\uf076", "•▪✓☐☐☐▪▪")
_LARGEST = 4000
"""From here on, and below one, numbers are written in digits whatever the format."""

_PLACE = re.compile(r"%(\d)")


class Label(Struct, frozen=True):
    """The number of a paragraph: its text, what follows it, and the run properties it has."""

    text: str
    suffix: str
    properties: Element | None


class _Sign(Struct, frozen=True):
    """What numbers the paragraphs of a level: how, in which words, and what follows."""

    form: str
    text: str
    legal: bool
    suffix: str
    properties: Element | None


def _sign(level: Element | None) -> _Sign:
    return _Sign(
        value(level, "numFmt") or "decimal",
        value(level, "lvlText") or "",
        is_on(child(level, "isLgl")),
        value(level, "suff") or "tab",
        child(level, "rPr"),
    )


def counted(count: int, form: str) -> str:
    """Return *count* in a number format of § 17.18.59; unknown formats count in digits."""
    if not 0 < count < _LARGEST:
        return str(count)
    if form in {"lowerRoman", "upperRoman"}:
        text = _roman(count)
        return text.upper() if form == "upperRoman" else text
    if form in {"lowerLetter", "upperLetter"}:
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return text.upper() if form == "upperLetter" else text
    if form in _KOREAN:
        return _KOREAN[form][(count - 1) % len(_KOREAN[form])]
    if form == "ordinal":
        teen = count % 100 in {11, 12, 13}
        return f"{count}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"
    return {"none": "", "decimalZero": f"{count:02d}"}.get(form, str(count))


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        while count >= worth:
            text += letters
            count -= worth
    return text


class Numbering:
    """The lists of a Word file and how far each has counted."""

    def __init__(self, word: WordFile, styles: Styles) -> None:
        """Read the list definitions of *word*."""
        part = word.side("numbering")
        root = [] if part is None else part.root
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._lists: dict[int, Element] = {}
        for item in root:
            if item.tag == ns("w:abstractNum"):
                self._abstract[attribute(item, "abstractNumId") or ""] = item
            elif item.tag == ns("w:num"):
                self._lists[int(number(attribute(item, "numId")))] = item
        self._counts: dict[tuple[str, int], dict[int, int]] = {}
        self._lines: dict[int, dict[int, int]] = {}
        self._levels: dict[tuple[int, int], Element | None] = {}
        self._signs: dict[tuple[int, int], _Sign] = {}
        self._links: dict[int, int] = {}

    def changes(self, list_id: int, level: int) -> Changes:
        """Return what the *level* of a list sets for its paragraphs."""
        return read_shape(child(self._level(self._resolved(list_id), level), "pPr"))

    def label(self, list_id: int, level: int) -> Label | None:
        """Count one paragraph and return its number; None when there is no such list."""
        list_id = self._resolved(list_id)
        if self._level(list_id, level) is None:
            return None
        counts = self._count(list_id, level)
        sign = self._sign(list_id, level)
        text = sign.text
        if sign.form == "bullet":
            text = "○" if text == "o" else text.translate(_BULLETS)
        elif "%" in text:
            text = _PLACE.sub(
                lambda place: self._number(list_id, int(place[1]) - 1, counts, legal=sign.legal),
                text,
            )
        return Label(text, sign.suffix, sign.properties)

    def is_bullet(self, list_id: int, level: int) -> bool:
        """Return whether the *level* has a sign instead of a number."""
        return value(self._level(self._resolved(list_id), level), "numFmt") == "bullet"

    def _resolved(self, list_id: int) -> int:
        """Follow a list whose levels live behind a numbering style (`w:numStyleLink`)."""
        if list_id not in self._links:
            link = value(self._abstract.get(self._kind(list_id)), "numStyleLink")
            linked = self._styles.shape_changes(link).get("list_id") if link else None
            self._links[list_id] = linked if linked in self._lists else list_id
        return self._links[list_id]

    def _kind(self, list_id: int) -> str:
        return value(self._lists.get(list_id), "abstractNumId") or ""

    def _override(self, list_id: int, level: int) -> Element | None:
        item = self._lists.get(list_id)
        for override in [] if item is None else item.iter(ns("w:lvlOverride")):
            if number(attribute(override, "ilvl"), -1) == level:
                return override
        return None

    def _level(self, list_id: int, level: int) -> Element | None:
        """Return what defines the *level* of a list; looked for once, asked for each paragraph."""
        if (list_id, level) not in self._levels:
            self._levels[list_id, level] = self._found(list_id, level)
        return self._levels[list_id, level]

    def _found(self, list_id: int, level: int) -> Element | None:
        own = child(self._override(list_id, level), "lvl")
        if own is not None:
            return own
        kind = self._abstract.get(self._kind(list_id))
        for found in [] if kind is None else kind.iter(ns("w:lvl")):
            if number(attribute(found, "ilvl"), -1) == level:
                return found
        return None

    def _sign(self, list_id: int, level: int) -> _Sign:
        """Return what numbers the *level* of a list; read once."""
        if (list_id, level) not in self._signs:
            self._signs[list_id, level] = _sign(self._level(list_id, level))
        return self._signs[list_id, level]

    def _start(self, list_id: int, level: int) -> int:
        override = value(self._override(list_id, level), "startOverride")
        return int(number(override or value(self._level(list_id, level), "start"), 1))

    def _count(self, list_id: int, level: int) -> dict[int, int]:
        """Advance the count; lists of one kind count on together unless one starts anew."""
        counts = self._line(list_id)
        for deeper in [found for found in counts if found > level]:
            if value(self._level(list_id, deeper), "lvlRestart") != "0":
                del counts[deeper]
        for above in range(level):
            counts.setdefault(above, self._start(list_id, above))
        counts[level] = counts[level] + 1 if level in counts else self._start(list_id, level)
        return counts

    def _line(self, list_id: int) -> dict[int, int]:
        """Return the count that a list goes on with."""
        if list_id not in self._lines:
            anew = child(self._lists[list_id], "lvlOverride") is not None
            line = self._kind(list_id), list_id if anew else 0
            self._lines[list_id] = self._counts.setdefault(line, {})
        return self._lines[list_id]

    def _number(self, list_id: int, level: int, counts: dict[int, int], *, legal: bool) -> str:
        form = "decimal" if legal else self._sign(list_id, level).form
        return counted(counts.get(level, 1), form)

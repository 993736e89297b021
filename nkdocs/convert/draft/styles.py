"""How text looks: document defaults, table style, paragraph style, list level, the text itself.

The order is that of ECMA-376-1 § 17.7.2; what comes later wins.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeAlias

from msgspec import Struct, field
from msgspec.structs import fields, replace

from nkdocs._patterns import lazily
from nkdocs.convert.wordfile import (
    POINTS,
    Element,
    WordFile,
    attribute,
    child,
    is_on,
    local,
    ns,
    number,
    value,
    within,
)

Changes: TypeAlias = dict[str, Any]
"""Fields of a Look or a Shape that one place of the file sets."""

HIGHLIGHTS = {
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "8080FF",
    "red": "FF8080",
    "darkBlue": "9090C0",
    "darkCyan": "90C0C0",
    "darkGreen": "90C090",
    "darkMagenta": "C090C0",
    "darkRed": "C09090",
    "darkYellow": "C0C090",
    "darkGray": "A0A0A0",
    "lightGray": "D0D0D0",
    "black": "808080",
}
"""Word's highlight colours; the dark ones paler, for black text must stay legible on them."""

_COLOUR = lazily("[0-9A-Fa-f]{6}")
_LOOK_FLAGS = {
    "b": "bold",
    "i": "italic",
    "caps": "capitals",
    "smallCaps": "capitals",
    "strike": "struck",
    "dstrike": "struck",
    "vanish": "hidden",
}
_SHAPE_FLAGS = {
    "keepNext": "keep_next",
    "keepLines": "keep_lines",
    "pageBreakBefore": "page_break",
    "widowControl": "widow_control",
    "contextualSpacing": "contextual",
}
_AUTOMATIC_SPACING = 14.0


class Look(Struct, frozen=True):
    """How characters look; sizes and the *spread* between letters in points, colours as RRGGBB."""

    font: str = "Times New Roman"
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    struck: bool = False
    hidden: bool = False
    underlined: bool = False
    colour: str = ""
    ground: str = ""
    raised: str = ""
    spread: float = 0.0


class Tab(Struct, frozen=True):
    """A tab stop: its kind (`left`, `right`, `center`, `decimal`) and its leader."""

    kind: str = "left"
    leader: str = ""


class Edge(Struct, frozen=True):
    """One side of a border; a width of 0 means no line."""

    width: float
    space: float = 0.0
    colour: str = ""


class Shape(Struct, frozen=True):
    """How a paragraph stands; measures in points."""

    align: str = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 240.0
    line_rule: str = "auto"
    keep_next: bool = False
    keep_lines: bool = False
    page_break: bool = False
    widow_control: bool = True
    contextual: bool = False
    tabs: dict[float, Tab] = field(default_factory=dict)
    borders: dict[str, Edge] = field(default_factory=dict)
    ground: str = ""
    list_id: int = 0
    list_level: int = 0
    style: str = ""


def colour(text: str | None) -> str:
    """Return *text* when it is a colour of six digits, else nothing (`auto`)."""
    return text if text and _COLOUR.fullmatch(text) else ""


def read_edges(borders: Element | None) -> dict[str, Edge]:
    """Return the sides of a border element by name (§ 17.3.4: widths in eighths of a point)."""
    return {
        local(side): Edge(
            0.0
            if attribute(side) in {None, "nil", "none"}
            else within(0.0, number(attribute(side, "sz"), 4) / 8, 6.0),
            within(0.0, number(attribute(side, "space")), 31.0),
            colour(attribute(side, "color")),
        )
        for side in ([] if borders is None else borders)
    }


def read_look(properties: Element | None, themes: dict[str, str]) -> Changes:
    """Return what run *properties* (`w:rPr`) set; *themes* names the two theme fonts."""
    changes: Changes = {}
    for item in [] if properties is None else properties:
        name = local(item)
        if name in _LOOK_FLAGS:
            changes[_LOOK_FLAGS[name]] = is_on(item)
        elif name in _LOOK_READERS:
            changes |= _LOOK_READERS[name](item)
        elif name == "rFonts":
            theme = (attribute(item, "asciiTheme") or "")[:5]
            font = themes.get(theme) or attribute(item, "ascii") or attribute(item, "hAnsi")
            changes |= {"font": font} if font else {}
        elif name == "shd" and colour(attribute(item, "fill")):
            changes.setdefault("ground", colour(attribute(item, "fill")))
    return changes


_LOOK_READERS: dict[str, Callable[[Element], Changes]] = {
    "sz": lambda item: {"size": within(1.0, number(attribute(item), 20) / 2, 300.0)},
    "u": lambda item: {"underlined": attribute(item) != "none"},
    "color": lambda item: {"colour": colour(attribute(item))},
    "vertAlign": lambda item: {"raised": attribute(item) or ""},
    "highlight": lambda item: {"ground": HIGHLIGHTS.get(attribute(item) or "", "")},
    "spacing": lambda item: {"spread": within(-1.0, number(attribute(item)) * POINTS, 20.0)},
}


def read_shape(properties: Element | None) -> Changes:
    """Return what paragraph *properties* (`w:pPr`) set."""
    changes: Changes = {}
    for item in [] if properties is None else properties:
        name = local(item)
        if name in _SHAPE_FLAGS:
            changes[_SHAPE_FLAGS[name]] = is_on(item)
        elif name in _SHAPE_READERS:
            changes |= _SHAPE_READERS[name](item)
    return changes


def list_place(properties: Element | None) -> Changes:
    """Return which list paragraph *properties* put their paragraph in, and how deep."""
    item = child(properties, "numPr")
    return {} if item is None else _list_place(item)


def _list_place(item: Element) -> Changes:
    return {
        key: int(number(value(item, inner)))
        for key, inner in (("list_id", "numId"), ("list_level", "ilvl"))
        if child(item, inner) is not None
    }


def _tabs(item: Element) -> Changes:
    return {
        "tabs": {
            number(attribute(tab, "pos")) * POINTS: Tab(
                attribute(tab) or "left", attribute(tab, "leader") or ""
            )
            for tab in item
        }
    }


def _indents(item: Element) -> Changes:
    changes: Changes = {}
    for key, names in (("left", ("left", "start")), ("right", ("right", "end"))):
        for name in names:
            if attribute(item, name) is not None:
                changes[key] = number(attribute(item, name)) * POINTS
    if attribute(item, "hanging") is not None:
        changes["first"] = -number(attribute(item, "hanging")) * POINTS
    elif attribute(item, "firstLine") is not None:
        changes["first"] = number(attribute(item, "firstLine")) * POINTS
    return changes


def _spacing(item: Element) -> Changes:
    changes: Changes = {}
    for key in ("before", "after"):
        if attribute(item, f"{key}Autospacing") in {"1", "true", "on"}:
            changes[key] = _AUTOMATIC_SPACING
        elif attribute(item, key) is not None:
            changes[key] = within(0.0, number(attribute(item, key)) * POINTS, 500.0)
    if attribute(item, "line") is not None:
        changes["line"] = number(attribute(item, "line"), 240)
        changes["line_rule"] = attribute(item, "lineRule") or "auto"
    return changes


_SHAPE_READERS: dict[str, Callable[[Element], Changes]] = {
    "jc": lambda item: {"align": attribute(item) or "left"},
    "ind": _indents,
    "spacing": _spacing,
    "numPr": _list_place,
    "tabs": _tabs,
    "pBdr": lambda item: {"borders": {k: e for k, e in read_edges(item).items() if e.width}},
    "shd": lambda item: {"ground": colour(attribute(item, "fill"))},
}


def merged(base: Changes, extra: Changes) -> Changes:
    """Return *base* changed by *extra*; tab stops add up, `clear` takes one away (§ 17.3.1.37)."""
    tabs = base.get("tabs", {}) | extra.get("tabs", {})
    return base | extra | {"tabs": {at: tab for at, tab in tabs.items() if tab.kind != "clear"}}


class Styles:
    """The styles of a Word file, resolved when asked for."""

    def __init__(self, word: WordFile) -> None:
        """Read the styles, the defaults and the theme fonts of *word*."""
        part = word.side("styles")
        found = [] if part is None else list(part.root.iter(ns("w:style")))
        self._styles = {attribute(style, "styleId") or "": style for style in found}
        self._usual = {
            attribute(style, "type"): attribute(style, "styleId") or ""
            for style in found
            if attribute(style, "default") in {"1", "true", "on"}
        }
        self._word = word
        self._defaults = None if part is None else child(part.root, "docDefaults")
        self._chains: dict[str, list[Element]] = {}
        self._shapes: dict[str, Changes] = {}

    @cached_property
    def themes(self) -> dict[str, str]:
        """The names of the two theme fonts, under `major` and `minor`."""
        return _theme_fonts(self._word)

    @cached_property
    def _look(self) -> Changes:
        return read_look(child(self._defaults, "rPrDefault", "rPr"), self.themes)

    @cached_property
    def _shape(self) -> Changes:
        return read_shape(child(self._defaults, "pPrDefault", "pPr"))

    def chain(self, style: str) -> list[Element]:
        """Return *style* and what it is based on, the farthest ancestor first."""
        if style not in self._chains:
            found: list[Element] = []
            name = style
            while name in self._styles and self._styles[name] not in found:
                found.append(self._styles[name])
                name = value(self._styles[name], "basedOn") or ""
            self._chains[style] = found[::-1]
        return self._chains[style]

    def usual(self, kind: str) -> str:
        """Return the default style of a *kind* (`paragraph`, `table`); empty when none is named."""
        return self._usual.get(kind, "")

    def paragraph_style(self, properties: Element | None) -> str:
        """Return the style a paragraph has, by its `w:pPr`."""
        named = value(properties, "pStyle")
        return named if named in self._styles else self.usual("paragraph")

    def shape_changes(self, style: str) -> Changes:
        """Return what *style* with its ancestors sets for paragraphs; nobody changes it."""
        if style not in self._shapes:
            changes: Changes = {}
            for item in self.chain(style):
                changes = merged(changes, read_shape(child(item, "pPr")))
            self._shapes[style] = changes
        return self._shapes[style]

    def look_changes(self, style: str) -> Changes:
        """Return what *style* with its ancestors sets for characters."""
        changes: Changes = {}
        for item in self.chain(style):
            changes |= read_look(child(item, "rPr"), self.themes)
        return changes

    def base_shape(self, table_style: str) -> Changes:
        """Return the document's defaults for paragraphs, under the style of their table."""
        return merged(self._shape, self.shape_changes(table_style))

    def paragraph_look(self, style: str, table_style: str) -> Look:
        """Return how the text of a paragraph of *style* looks before its runs change it."""
        changes = self._look | self.look_changes(table_style) | self.look_changes(style)
        return replace(Look(), **changes)

    def run_look(self, look: Look, properties: Element | None) -> Look:
        """Return *look* as changed by the character style and the properties of a run."""
        if properties is None:
            return look
        changes = self.look_changes(value(properties, "rStyle") or "")
        return replace(look, **(changes | read_look(properties, self.themes)))


def shape_of(changes: Changes) -> Shape:
    """Return the shape that *changes* make of a plain paragraph."""
    known = {item.name for item in fields(Shape)}
    return Shape(**{name: found for name, found in changes.items() if name in known})


def _theme_fonts(word: WordFile) -> dict[str, str]:
    """Return the names of the two theme fonts, under `major` and `minor`."""
    part = word.side("theme")
    fonts: dict[str, str] = {}
    for key in ("major", "minor"):
        group = None if part is None else next(part.root.iter(ns(f"a:{key}Font")), None)
        latin = None if group is None else group.find(ns("a:latin"))
        if latin is not None and latin.get("typeface"):
            fonts[key] = str(latin.get("typeface"))
    return fonts

"""What stands in a paragraph: text, tabs, breaks, fields, links and pictures, in order."""

import re
import unicodedata
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.convert.draft.styles import Look, Styles
from nkdocs.convert.wordfile import (
    Element,
    Part,
    WordFile,
    attribute,
    child,
    is_on,
    local,
    ns,
    number,
)
from nkdocs.convert.words import COUNTING_FIELDS

_SKIPPED = frozenset(
    "del moveFrom Fallback pPr rPr sectPr sdtPr sdtEndPr rt tcPr trPr tblPr tblGrid".split()
)
_SIGNS = {
    "F0A8": "☐",
    "F06F": "☐",
    "F071": "☐",
    "F0FE": "☒",
    "F0FD": "☒",
    "F052": "☑",
    "F0FC": "✓",
    "F0B7": "•",
    "F0A7": "▪",
    "F0E0": "→",
    "F0A3": "≤",
    "F0B3": "≥",
}
_SIGN_TABLE = {int(code, 16): sign for code, sign in _SIGNS.items()}
_EMU = 12700
_PLAIN_SIGN = re.compile("(00[2-9A-F]|0[1-9A-F][0-9A-F]|[1-9A-C][0-9A-F]{2})[0-9A-F]")
_STYLE_SIZE = re.compile(r"(width|height):\s*([\d.]+)(pt|in)")
_URL = re.compile(r'HYPERLINK\s+"?([^"\s]+)')


class Text(Struct, frozen=True):
    """Characters of one look.

    Attributes:
        link: an outside address the text leads to.
        own: whether the engine says it (a list number), not the document.
        counts: the counting field it is the value of, `PAGE`.
    """

    text: str
    look: Look
    link: str = ""
    own: bool = False
    counts: str = ""


class Jump(Struct, frozen=True):
    """A tab; *to* is `label` after a list number, or a side for a tab to the margin (`w:ptab`)."""

    look: Look
    to: str = ""


class Break(Struct, frozen=True):
    """The end of a line, or of a page."""

    page: bool = False


class Picture(Struct, frozen=True):
    """A picture in the line; without data a rule over the whole line."""

    data: bytes
    width: float
    height: float


Atom: TypeAlias = Text | Jump | Break | Picture


class _Field(Struct):
    instruction: str = ""
    reading: bool = False
    ticked: str = ""

    @property
    def name(self) -> str:
        return (self.instruction.split() or [""])[0].upper()


class Reader(Struct):
    """Reads the paragraphs of one story in order; a field may run over several of them.

    Attributes:
        numbers: the value of each counting field.
        boxes: text boxes met, for the caller to lay out and to clear.
        notes: footnotes and endnotes referred to, as (kind, id).
        lost: what cannot be drawn, in words.
    """

    word: WordFile
    styles: Styles
    part: Part
    numbers: dict[str, str]
    lost: set[str]
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    note_number: int = 0
    _fields: list[_Field] = field(default_factory=list)

    def read(self, paragraph: Element, look: Look) -> list[Atom]:
        """Return what stands in *paragraph*, whose text looks like *look* unless a run differs."""
        found: list[Atom] = []
        self._walk(paragraph, look, "", found)
        return found

    def _walk(self, element: Element, look: Look, link: str, found: list[Atom]) -> None:
        for inner in element:
            name = local(inner)
            if name in _SKIPPED or not name:
                continue
            if inner.tag == ns("w:r"):
                self._run(inner, look, link, found)
            elif inner.tag == ns("m:t"):
                found.append(Text(clean(inner.text), look, link))
            elif name == "fldSimple":
                self._simple_field(inner, look, link, found)
            else:
                self._walk(inner, look, self._target(inner) or link, found)

    def _target(self, element: Element) -> str:
        """Return the outside address of a `w:hyperlink`; empty for anything else."""
        return _outside(self.part.targets.get(str(element.get(ns("r:id"))), ""))

    def _simple_field(self, element: Element, look: Look, link: str, found: list[Atom]) -> None:
        name = _Field(attribute(element, "instr") or "").name
        if name in COUNTING_FIELDS:
            run = element.find(ns("w:r"))
            found.append(self._counted(name, self.styles.run_look(look, child(run, "rPr")), link))
        else:
            self._walk(element, look, link, found)

    def _counted(self, name: str, look: Look, link: str) -> Text:
        return Text(self.numbers.get(name, "1"), look, link, own=True, counts=name)

    def _run(self, run: Element, look: Look, link: str, found: list[Atom]) -> None:
        look = self.styles.run_look(look, child(run, "rPr"))
        for inner in run:
            if local(inner) in {"fldChar", "instrText"}:
                self._field(inner, look, link, found)
            elif not look.hidden and self._readable():
                self._piece(inner, look, link or self._field_link(), found)

    def _piece(self, item: Element, look: Look, link: str, found: list[Atom]) -> None:
        name = local(item)
        if name == "t":
            text = clean(item.text)
            found.append(Text(text.upper() if look.capitals else text, look, link))
        elif name in {"tab", "ptab"}:
            found.append(Jump(look, attribute(item, "alignment") or ""))
        elif name in {"br", "cr"}:
            found.append(Break(page=attribute(item, "type") in {"page", "column"}))
        elif name == "noBreakHyphen":
            found.append(Text("-", look, link))
        elif name == "sym":
            found.append(Text(self._sign(item), look, link))
        elif name in {"footnoteReference", "endnoteReference"}:
            self.notes.append((name.removesuffix("Reference"), attribute(item, "id") or ""))
            found.append(_note_mark(len(self.notes), look))
        elif name in {"footnoteRef", "endnoteRef"}:
            found.append(_note_mark(self.note_number, look))
        elif name in {"drawing", "pict", "object"}:
            self._drawing(item, found)
        elif name not in _SKIPPED:
            self._inside(item, look, link, found)

    def _inside(self, item: Element, look: Look, link: str, found: list[Atom]) -> None:
        """Read a wrapper inside a run: markup for several versions of Word, ruby text."""
        for inner in item:
            if inner.tag == ns("w:r"):
                self._run(inner, look, link, found)
            else:
                self._piece(inner, look, link, found)

    def _sign(self, item: Element) -> str:
        code = (attribute(item, "char") or "").upper()
        sign = _SIGNS.get(code, "□")
        if _PLAIN_SIGN.fullmatch(code):
            sign = clean(chr(int(code, 16)))
        if sign == "□":
            self.lost.add(f"a sign of the typeface {attribute(item, 'font')}: {code}")
        return sign

    def _field(self, item: Element, look: Look, link: str, found: list[Atom]) -> None:
        """Follow a complex field (ECMA-376-1 § 17.16.18)."""
        kind = attribute(item, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(ticked=_ticked(item)))
        elif not self._fields:
            return  # the end of a field begun in a place that is not read
        elif kind is None:
            self._fields[-1].instruction += str(item.text or "")
        elif kind == "separate":
            self._fields[-1].reading = True
        elif kind == "end":
            ended = self._fields.pop()
            if look.hidden or not self._readable():
                return
            if ended.name in COUNTING_FIELDS:
                found.append(self._counted(ended.name, look, link))
            elif ended.name == "FORMCHECKBOX":
                found.append(Text(ended.ticked, look, link))

    def _readable(self) -> bool:
        return all(entry.reading and entry.name not in COUNTING_FIELDS for entry in self._fields)

    def _field_link(self) -> str:
        for entry in self._fields:
            address = _URL.search(entry.instruction)
            if address:
                return _outside(address[1])
        return ""

    def _drawing(self, item: Element, found: list[Atom]) -> None:
        known = len(found) + len(self.boxes)
        for inner in _drawn(item):
            name = local(inner)
            if name == "txbxContent":
                self.boxes.append(inner)
                self.lost.add("the frame and place of a text box (its words follow its paragraph)")
            elif name in {"blip", "imagedata"}:
                found.extend(self._picture(item, inner))
            elif inner.get(ns("o:hr")):
                found.append(Picture(b"", 0.0, 2.0))
        if known == len(found) + len(self.boxes):
            self.lost.add("a drawn shape, chart or embedded object")
        elif item.find(ns("wp:anchor")) is not None:
            self.lost.add("the place of a floating picture or box (it stands in its paragraph)")

    def _picture(self, item: Element, inner: Element) -> list[Atom]:
        key = inner.get(ns("r:embed")) or inner.get(ns("r:id"))
        data = self.word.blob(self.part.targets.get(str(key), ""))
        width, height = _size(item)
        if data is None or width <= 0 or height <= 0:
            self.lost.add("a picture that is not in the file itself")
            return []
        return [Picture(data, width, height)]


def clean(text: str | None) -> str:
    """Return *text* as it is drawn: composed, without invisible signs, line ends as spaces."""
    if text is None:
        return ""
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text).translate(_SIGN_TABLE).replace("\u2011", "-")
    return "".join(
        " " if sign in "\t\n\r" else sign
        for sign in text
        if sign in "\t\n\r" or unicodedata.category(sign) not in {"Cf", "Cc"}
    )


def _note_mark(count: int, look: Look) -> Text:
    return Text(str(count), replace(look, raised="superscript"), own=True)


def _outside(address: str) -> str:
    """Return *address* when it is one that a PDF may link to."""
    return address if address.startswith(("http://", "https://", "mailto:")) else ""


def _ticked(begin: Element) -> str:
    """Return the box of a form field, ticked or not (ECMA-376-1 § 17.16.7)."""
    box = child(begin, "ffData", "checkBox")
    state = child(box, "checked")
    return "☒" if is_on(child(box, "default") if state is None else state) else "☐"


def _drawn(element: Element) -> list[Element]:
    """Return what is drawn in *element*, without looking into text boxes or older copies."""
    found: list[Element] = []
    for inner in element:
        name = local(inner)
        if name == "Fallback":
            continue
        found.append(inner)
        if name != "txbxContent":
            found += _drawn(inner)
    return found


def _size(item: Element) -> tuple[float, float]:
    """Return the width and height of a picture in points."""
    extent = next(item.iter(ns("wp:extent")), None)
    if extent is not None:
        return number(extent.get("cx")) / _EMU, number(extent.get("cy")) / _EMU
    shape = next((inner for inner in item.iter() if inner.get("style")), None)
    sizes = {
        side: number(size) * (72 if unit == "in" else 1)
        for side, size, unit in _STYLE_SIZE.findall("" if shape is None else shape.get("style"))
    }
    return sizes.get("width", 0.0), sizes.get("height", 0.0)

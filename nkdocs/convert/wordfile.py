"""A Word file (DOCX) opened for reading: its parts, and short words for its XML."""

import math
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, TypeAlias

from msgspec import Struct, field

from nkdocs.errors import ConversionError

Element: TypeAlias = Any
"""An XML element of lxml, which brings no types of its own."""

_NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}document"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_LARGEST = 300_000_000
"""Bytes a Word file may unpack to: a letter with photos has some ten million."""
_SMALL, _PACKED, _MEMBERS = 20_000_000, 200, 2_000
"""Above so many bytes, more than 200 for each one stored are a trap (TRUST.md R5)."""
_SIZES = ("file_size", "compress_size")

POINTS = 1 / 20
"""Points in a twip, the unit of most measures in WordprocessingML."""


def ns(name: str) -> str:
    """Return lxml's spelling of a prefixed *name*: `w:p` -> `{http://...}p`."""
    prefix, _, local = name.rpartition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


_W = ns("w:")


def local(element: Element) -> str:
    """Return the name of *element* without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the descendant of *element* at *path* of `w:` names, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(_W + name), None)  # `find` takes twice as long
    return element


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Return the `w:` attribute *name* of *element*, or None."""
    found = None if element is None else element.get(_W + name)
    return None if found is None else str(found)


def value(element: Element | None, *path: str) -> str | None:
    """Return `w:val` of the descendant of *element* at *path*, or None."""
    return attribute(child(element, *path))


def number(text: str | None, fallback: float = 0.0) -> float:
    """Return *text* as a number; *fallback* when it is none."""
    try:
        found = float(text or "")
    except ValueError:
        return fallback
    return found if math.isfinite(found) else fallback


def within(least: float, found: float, most: float) -> float:
    """Return *found*, or the bound it goes beyond: a broken file must not break the page."""
    return min(max(least, found), most)


def is_on(element: Element | None) -> bool:
    """Return whether an on/off property stands and is not switched off (ECMA-376-1 § 17.17.4)."""
    return element is not None and attribute(element) not in {"0", "false", "off", "none"}


class Part(Struct, frozen=True):
    """One XML part, with what its relationships point to.

    Attributes:
        name: its path in the package, `word/document.xml`.
        root: its root element.
        targets: relationship id -> path in the package, or an outside address.
        kinds: relationship id -> last word of the relationship's type, `header`.
    """

    name: str
    root: Element
    targets: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    def related(self, kind: str) -> str:
        """Return the path of the first relationship of *kind*; empty when there is none."""
        return next((self.targets[key] for key, found in self.kinds.items() if found == kind), "")


class WordFile:
    """A DOCX held in memory."""

    def __init__(
        self, blobs: Mapping[str, bytes], roots: Mapping[str, Element] | None = None
    ) -> None:
        """Hold the unpacked *blobs* and find the main part; *roots* are of parts already parsed."""
        self._blobs, self._roots = blobs, roots or {}
        self._parts: dict[str, Part] = {}
        package, kinds = _relations(blobs, "")
        main = next((package[key] for key, kind in kinds.items() if kind == "officeDocument"), "")
        if main not in blobs:
            raise _no_word_file()
        self.main = self.part(main)
        if self.main.root.tag == _STRICT:
            msg = "this Word file is of the form 'Strict Open XML'"
            raise ConversionError(msg, hint="Open it in Word and save it as 'Word Document'.")
        if self.main.root.tag != ns("w:document"):
            raise _no_word_file()

    def blob(self, name: str) -> bytes | None:
        """Return the bytes of the part *name*, or None."""
        return self._blobs.get(name)

    def part(self, name: str) -> Part:
        """Return the XML part *name*."""
        if name not in self._parts:
            known = name in self._roots
            root = self._roots[name] if known else parsed(self._blobs[name])
            self._parts[name] = Part(name, root, *_relations(self._blobs, name))
        return self._parts[name]

    def side(self, kind: str) -> Part | None:
        """Return the part that the main part names by *kind* (`styles`, `numbering`), or None."""
        name = self.main.related(kind)
        return self.part(name) if name in self._blobs else None

    def furniture(self) -> Iterator[Part]:
        """Yield every header and footer part."""
        for key, kind in self.main.kinds.items():
            if kind in {"header", "footer"} and self.main.targets[key] in self._blobs:
                yield self.part(self.main.targets[key])


def open_word(data: bytes) -> WordFile:
    """Return the Word file in *data*.

    Raises:
        ConversionError: it is no DOCX, is damaged, or is of the old form.
    """
    return WordFile(unpacked(data))


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the members of the Word file in *data* by name, none of them larger than it says.

    Raises:
        ConversionError: it is no ZIP, is damaged, of the old form, or unpacks to too much.
    """
    if data.startswith(_OLD_WORD):
        msg = "this is an old Word file (.doc) or one with a password"
        raise ConversionError(msg, hint="Open it in Word and save it as .docx, without a password.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            members = packed.infolist()
            size, stored = (sum(getattr(m, n) for m in members) for n in _SIZES)
            bomb = size > _SMALL and size > _PACKED * stored
            if size > _LARGEST or bomb or len(members) > _MEMBERS:
                msg = "this Word file is too large once unpacked"
                raise ConversionError(msg, hint="Make its pictures smaller in Word.")
            return {member.filename: packed.read(member) for member in members}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, OSError, RuntimeError,
            NotImplementedError, ValueError) as error:  # fmt: skip
        raise _no_word_file() from error


def _no_word_file() -> ConversionError:
    return ConversionError(
        "this is no Word file (.docx)", hint="Open it in Word and save it as .docx."
    )


def parsed(blob: bytes) -> Element:
    """Return the root of an XML part; nothing outside the file is ever read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(blob, parser)
    except etree.XMLSyntaxError as error:
        msg = "this Word file is damaged"
        raise ConversionError(msg, hint="Open it in Word and save it again.") from error


def _relations(blobs: Mapping[str, bytes], name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the targets and kinds of the relationships of the part *name* (ECMA-376-2 § 6.5)."""
    folder, _, leaf = name.rpartition("/")
    blob = blobs.get(posixpath.join(folder, "_rels", f"{leaf}.rels"))
    targets: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for relation in [] if blob is None else parsed(blob):
        if local(relation) != "Relationship":
            continue
        key, target = str(relation.get("Id")), str(relation.get("Target", ""))
        if relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        targets[key] = target
        kinds[key] = str(relation.get("Type", "")).rpartition("/")[2]
    return targets, kinds

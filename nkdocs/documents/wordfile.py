"""A Word file as its parts: read with limits, written the same bytes for the same content.

OOXML: ECMA-376 part 1 (WordprocessingML), part 2 (packages).
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from nkdocs.errors import TemplateError

NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NS}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
BODY = "word/document.xml"
MAX_BYTES, MAX_PARTS, MAX_RATIO, SMALL = 200_000_000, 2_000, 200, 20_000_000
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}


class WordFile:
    """The parts of a DOCX, in their order."""

    def __init__(self, parts: dict[str, bytes]) -> None:
        """Hold *parts* by name."""
        self.parts = parts
        self._trees: dict[str, Any] = {}

    @classmethod
    def read(cls, data: bytes, name: str) -> "WordFile":
        """Read a DOCX; *name* is what messages call it.

        Raises:
            TemplateError: it is no DOCX, damaged, or larger than a letter can be.
        """
        if data.startswith(b"\xd0\xcf\x11\xe0"):
            msg = f"{name} is an old .doc file (or one with a password)"
            raise TemplateError(msg, hint="Open it in Word and save it as .docx.")
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _check_size(archive, name)
                parts = {i.filename: archive.read(i) for i in archive.infolist()}
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
            msg = f"{name} is not a Word file, or it is damaged"
            raise TemplateError(msg, hint="Open it in Word and save it as .docx.") from None
        if BODY not in parts:
            msg = f"{name} is not a Word document (it has no {BODY})"
            raise TemplateError(msg, hint="Save it in Word as .docx.")
        file = cls(parts)
        file.tree(BODY, name)
        return file

    def tree(self, part: str, name: str = "the document") -> Any:  # noqa: ANN401 - lxml element
        """Return the XML of a part, parsed once; changes to it are written by `data`.

        Raises:
            TemplateError: the part is not well-formed.
        """
        if part not in self._trees:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            try:
                self._trees[part] = etree.fromstring(self.parts[part], parser)
            except etree.XMLSyntaxError:
                msg = f"{name}: the part {part} is damaged"
                raise TemplateError(msg, hint="Open it in Word and save it again.") from None
        return self._trees[part]

    def story_parts(self) -> list[str]:
        """Return the parts that hold text: the body, then headers, footers and notes."""
        kinds = ("word/header", "word/footer", "word/footnotes", "word/endnotes")
        rest = [p for p in self.parts if p.startswith(kinds) and p.endswith(".xml")]
        return [BODY, *sorted(rest)]

    def data(self) -> bytes:
        """Return the file's bytes: fixed times, fixed order, so equal content is equal bytes."""
        for part, tree in self._trees.items():
            self.parts[part] = etree.tostring(
                tree, xml_declaration=True, encoding="UTF-8", standalone=True
            )
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for part in sorted(self.parts, key=lambda p: (p != "[Content_Types].xml", p)):
                info = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o600 << 16
                archive.writestr(info, self.parts[part])
        return out.getvalue()


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    infos = archive.infolist()
    unpacked = sum(i.file_size for i in infos)
    packed = sum(i.compress_size for i in infos) or 1
    huge = unpacked > SMALL and unpacked / packed > MAX_RATIO
    if len(infos) > MAX_PARTS or unpacked > MAX_BYTES or huge:
        msg = f"{name} unpacks to more than a letter can be"
        raise TemplateError(msg, hint="Make the file anew in Word from its text.")


def paragraphs(tree: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml elements
    """Yield every paragraph of a part in order, those in tables and boxes included."""
    return iter(tree.iter(f"{W}p"))


def text_of(element: Any) -> str:  # noqa: ANN401 - lxml element
    """Return what a paragraph says: tabs and breaks as characters, deletions left out."""
    out: list[str] = []
    for piece in _pieces(element):
        if piece.tag == f"{W}t":
            out.append(piece.text or "")
        elif piece.tag == f"{W}tab":
            out.append("\t")
        elif piece.tag in {f"{W}br", f"{W}cr"}:
            out.append("\n")
        elif piece.tag == f"{W}noBreakHyphen":
            out.append("\u2011")
    return "".join(out)


def _pieces(element: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml elements
    for child in element:
        if child.tag in _SKIPPED or child.tag in (f"{W}pPr", f"{W}rPr"):
            continue
        if child.tag == f"{W}p":  # a text box: its paragraphs are told by themselves
            continue
        yield child
        yield from _pieces(child)


def paragraph_numbers(body: Any, styles: Any) -> dict[Any, int]:  # noqa: ANN401 - lxml elements
    """Return the number that Word prints before each paragraph numbered 1, 2, 3 at level 0.

    OOXML: ECMA-376 part 1, 17.9 (numbering), 17.3.1.19 (numPr).
    """
    by_style = _style_numbers(styles)
    counts: dict[str, int] = {}
    numbers: dict[Any, int] = {}
    for paragraph in paragraphs(body):
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val", "") if style is not None else ""
        number = _num_id(own) if own is not None else by_style.get(name, "")
        level = own.find(f"{W}ilvl") if own is not None else None
        if number and number != "0" and (level is None or level.get(f"{W}val") == "0"):
            counts[number] = counts.get(number, 0) + 1
            numbers[paragraph] = counts[number]
    return numbers


def _style_numbers(styles: Any) -> dict[str, str]:  # noqa: ANN401 - lxml element
    if styles is None:
        return {}
    found: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        numbering = style.find(f"{W}pPr/{W}numPr")
        if numbering is not None:
            found[style.get(f"{W}styleId", "")] = _num_id(numbering)
    return found


def _num_id(numbering: Any) -> str:  # noqa: ANN401 - lxml element
    found = numbering.find(f"{W}numId")
    return str(found.get(f"{W}val", "")) if found is not None else ""

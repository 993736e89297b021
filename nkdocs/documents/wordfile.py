"""A Word file as its parts: read with limits, changed, written the same bytes for the same content.

`nkdocs.convert.wordfile` opens Word files for reading; this one is for changing them.
OOXML: ECMA-376 part 1 (WordprocessingML), part 2 (packages).
"""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from lxml import etree

from nkdocs.convert import wordfile
from nkdocs.convert.wordfile import child, ns
from nkdocs.documents.packed import Members, all_pressed, archive, opened
from nkdocs.errors import ConversionError, TemplateError

W = ns("w:")
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
BODY = "word/document.xml"
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText"}


class WordFile:
    """The parts of a DOCX, in their order."""

    def __init__(
        self, parts: MutableMapping[str, bytes], trees: Mapping[str, Any] | None = None
    ) -> None:
        """Hold *parts* by name, and the XML of those that are parsed already."""
        self.parts = parts
        self._trees: dict[str, Any] = {**(trees or {})}

    @classmethod
    def read(cls, data: bytes, name: str) -> "WordFile":
        """Read a DOCX; *name* is what messages call it.

        Raises:
            TemplateError: it is no DOCX, damaged, or larger than a letter can be.
        """
        try:
            parts = wordfile.unpacked(data)
        except ConversionError as error:
            msg = f"{name}: {error.message}"
            raise TemplateError(msg, hint=error.hint) from None
        if BODY not in parts:
            msg = f"{name}: this is no Word document (it has no {BODY})"
            raise TemplateError(msg, hint="Save it in Word as .docx.")
        file = cls(parts)
        file.tree(BODY, name)
        return file

    @classmethod
    def own(cls, made: bytes | Members) -> "WordFile":
        """Open a DOCX that a filling has just made; what is not changed stays packed."""
        return cls(made.copy() if isinstance(made, Members) else opened(made))

    def tree(self, part: str, name: str = "the document") -> Any:  # noqa: ANN401 - lxml element
        """Return the XML of a part, parsed once; changes to it are written by `data`.

        Raises:
            TemplateError: the part is not well-formed.
        """
        if part not in self._trees:
            try:
                self._trees[part] = etree.fromstring(self.parts[part], parser())
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
        if isinstance(self.parts, Members):
            return self.parts.archive()
        return archive(all_pressed(self.parts))


def parser() -> Any:  # noqa: ANN401 - lxml's parser
    """Return a strict reader of XML that opens nothing else."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def paragraphs(tree: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml elements
    """Yield every paragraph of a part in order, those in tables and boxes included."""
    return iter(tree.iter(f"{W}p"))


def text_of(element: Any) -> str:  # noqa: ANN401 - lxml element
    """Return what a paragraph says: tabs and breaks as characters, deletions left out."""
    return "".join(text for text, _ in pieces_of(element))


def pieces_of(element: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - lxml elements
    """Yield what a paragraph says, piece by piece, each with the element that says it."""
    for piece in _pieces(element):
        if piece.tag == f"{W}t":
            yield piece.text or "", piece
        elif piece.tag in _SIGNS:
            yield _SIGNS[piece.tag], piece


def texts_of(paragraph: Any) -> list[Any]:  # noqa: ANN401 - lxml elements
    """Return the `w:t` that hold a paragraph's own text, as `text_of` reads it."""
    return [piece for piece in _pieces(paragraph) if piece.tag == f"{W}t"]


def _pieces(element: Any) -> Iterator[Any]:  # noqa: ANN401 - lxml elements
    for inner in element:
        if inner.tag in _SKIPPED or inner.tag in (f"{W}pPr", f"{W}rPr"):
            continue
        if inner.tag == f"{W}p":  # a text box: its paragraphs are told by themselves
            continue
        yield inner
        yield from _pieces(inner)


def paragraph_numbers(word: WordFile) -> dict[Any, int]:
    """Return the number that Word prints before each paragraph of the body numbered 1, 2, 3.

    Counted by the rules of ECMA-376 part 1, 17.9, as the draft engine counts them.
    """
    from nkdocs.convert.draft.numbering import Numbering
    from nkdocs.convert.draft.styles import Styles, list_place

    reader = wordfile.WordFile(word.parts, {BODY: word.tree(BODY)})
    styles = Styles(reader)
    numbering = Numbering(reader, styles)
    numbers: dict[Any, int] = {}
    for paragraph in paragraphs(word.tree(BODY)):
        own = child(paragraph, "pPr")
        shape = styles.shape_changes(styles.paragraph_style(own)) | list_place(own)
        if not shape.get("list_id"):
            continue
        level = shape.get("list_level", 0)
        label = numbering.label(shape["list_id"], level)
        printed = label.text.strip(" .()") if label and level == 0 else ""
        if printed.isdecimal():
            numbers[paragraph] = int(printed)
    return numbers

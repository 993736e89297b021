"""A story of the file - the body, a header, a note - as blocks of lines."""

from collections.abc import Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.convert.draft.blocks import Block, Paragraph, Stack, pile, share_borders
from nkdocs.convert.draft.fonts import Fonts
from nkdocs.convert.draft.inline import Atom, Jump, Reader, Text
from nkdocs.convert.draft.lines import Setter
from nkdocs.convert.draft.numbering import Numbering
from nkdocs.convert.draft.styles import Changes, Look, Styles, merged, read_shape, shape_of
from nkdocs.convert.draft.tables import TableReader
from nkdocs.convert.wordfile import (
    POINTS,
    Element,
    Part,
    WordFile,
    attribute,
    child,
    local,
    ns,
    number,
    value,
    within,
)

_BLOCKS = frozenset({ns("w:p"), ns("w:tbl")})
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_FLUSH_TABLES_SINCE = 15
"""The compatibility mode of Word 2013, from which a table's border stands at the margin."""


class Source(Struct, frozen=True):
    """What all stories of one file share."""

    word: WordFile
    styles: Styles
    fonts: Fonts
    lost: set[str]
    tab: float
    flush: bool


def source_of(word: WordFile, fonts: Fonts, lost: set[str]) -> Source:
    """Return the styles and settings of *word*."""
    settings = word.side("settings")
    root = None if settings is None else settings.root
    mode = next(
        (
            number(attribute(item))
            for item in ([] if root is None else root.iter(ns("w:compatSetting")))
            if attribute(item, "name") == "compatibilityMode"
        ),
        0.0,
    )
    tab = within(9.0, number(value(root, "defaultTabStop"), 720) * POINTS, 300.0)
    return Source(word, Styles(word), fonts, lost, tab, mode >= _FLUSH_TABLES_SINCE)


class Story:
    """Lays out the blocks of one part."""

    def __init__(self, source: Source, part: Part, numbers: dict[str, str]) -> None:
        """Prepare to read *part*; *numbers* holds the values of its counting fields."""
        self._source = source
        self._numbering = Numbering(source.word, source.styles)
        self.reader = Reader(source.word, source.styles, part, numbers, source.lost)

    def blocks(self, elements: Iterable[Element], width: float, table: str = "") -> list[Block]:
        """Return *elements* as blocks in a column of *width*, in the style *table* if in one."""
        found: list[Block] = []
        for element in paragraphs_and_tables(elements):
            if local(element) == "tbl":
                flush = self._source.flush
                reader = TableReader(element, self._source.styles, width, flush=flush)
                found.append(reader.read(self._cell))
            else:
                paragraph = self._paragraph(element, width, table)
                found += [] if paragraph is None else [paragraph]
                boxes, self.reader.boxes = self.reader.boxes, []
                for box in boxes:
                    found += self.blocks(box, width)
        return share_borders(found)

    def stack(self, elements: Iterable[Element], width: float, table: str = "") -> Stack:
        """Return *elements* laid out one below the other."""
        return pile(self.blocks(elements, width, table))

    def _cell(self, cell: Element, width: float, table: str) -> Stack:
        return self.stack(cell, width, table)

    def _paragraph(self, element: Element, width: float, table: str) -> Paragraph | None:
        styles = self._source.styles
        properties = child(element, "pPr")
        style = styles.paragraph_style(properties)
        base = styles.paragraph_look(style, table)
        mark = styles.run_look(base, child(properties, "rPr"))
        changes = self._changes(properties, style, table)
        shape = replace(shape_of(changes), style=style)
        atoms = self.reader.read(element, base)
        if mark.hidden and not atoms and child(properties, "sectPr") is None:
            return None  # Word joins such a paragraph to the next one
        if shape.list_id:
            atoms = self._label(shape.list_id, shape.list_level, mark) + atoms
        setter = Setter(self._source.fonts, shape, mark, width, self._source.tab)
        return Paragraph(shape, setter.set(atoms), width)

    def _changes(self, properties: Element | None, style: str, table: str) -> Changes:
        """Return all that shapes the paragraph, in order (ECMA-376-1 §§ 17.7.2, 17.9.23).

        A list given directly beats the style's indents; the style's own list does not.
        """
        styles = self._source.styles
        direct = read_shape(properties)
        styled = styles.shape_changes(style)
        both = styled | direct
        level: Changes = {}
        if both.get("list_id"):
            level = self._numbering.changes(both["list_id"], both.get("list_level", 0))
        changes = styles.base_shape(table)
        order = (styled, level, direct) if "list_id" in direct else (level, styled, direct)
        for extra in order:
            changes = merged(changes, extra)
        return changes

    def _label(self, list_id: int, level: int, mark: Look) -> list[Atom]:
        label = self._numbering.label(list_id, level)
        if label is None or not label.text:
            return []
        look = self._source.styles.run_look(replace(mark, underlined=False), label.properties)
        if self._numbering.is_bullet(list_id, level):
            look = replace(look, font="Times New Roman")  # not Symbol: its signs are translated
        text = label.text.upper() if look.capitals else label.text
        atoms: list[Atom] = [Text(text, replace(look, hidden=False), own=True)]
        if label.suffix == "tab":
            atoms.append(Jump(look, "label"))
        elif label.suffix == "space":
            atoms.append(Text(" ", look, own=True))
        return atoms


def paragraphs_and_tables(elements: Iterable[Element]) -> Iterator[Element]:
    """Yield paragraphs and tables, also those inside content controls and insertions."""
    for element in elements:
        if element.tag in _BLOCKS:
            yield element
        elif local(element) in _WRAPPERS:
            yield from paragraphs_and_tables(element)

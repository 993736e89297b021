"""One document drawn: body, notes, header and footer, and on every page that it is a draft."""

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.convert.draft.blocks import Block, Paragraph, Stack
from nkdocs.convert.draft.flow import Flow, Section, Sheet, read_sections
from nkdocs.convert.draft.fonts import Fonts
from nkdocs.convert.draft.lost import find_lost
from nkdocs.convert.draft.paint import Painter
from nkdocs.convert.draft.story import Source, Story, source_of
from nkdocs.convert.draft.styles import Edge, Look
from nkdocs.convert.wordfile import WordFile, attribute, child, is_on

MARK = "Draft made without Word or LibreOffice \u2013 not for filing"
"""What every page says, at its upper edge."""

_MARK_LOOK = Look(font="Arial", size=7.0)
_MARK_BASE = 16.0
_LEAST_HEADER = 24.0
"""Room over the header for the mark; where there is less, it stands at the lower edge."""


class Drawing(Struct):
    """One Word file being drawn.

    Attributes:
        shown: the header and footer parts drawn.
        extra: what was written that the document does not say, or says only once.
        pages: how many there are.
    """

    word: WordFile
    fonts: Fonts
    lost: set[str] = field(default_factory=set)
    shown: dict[str, None] = field(default_factory=dict)
    extra: list[str] = field(default_factory=list)
    pages: int = 0

    def pdf(self) -> bytes:
        """Return the PDF."""
        source = source_of(self.word, self.fonts, self.lost)
        self.lost |= find_lost(self.word, source.styles)
        sheets = self._sheets(source)
        painter = Painter(self.lost)
        for sheet in sheets:
            numbers = {
                "PAGE": sheet.label,
                "NUMPAGES": str(len(sheets)),
                "SECTIONPAGES": str(sum(other.part == sheet.part for other in sheets)),
            }
            self._page(sheet, numbers, source, painter)
        self.extra, self.pages = painter.extra, len(sheets)
        return painter.bytes()

    def named_lost(self) -> tuple[str, ...]:
        """Return in words what could not be drawn as Word would draw it."""
        named = sorted(self.lost)
        if self.fonts.undrawable:
            codes = ", ".join(f"U+{ord(sign):04X}" for sign in sorted(self.fonts.undrawable))
            named.append(f"characters that no typeface here has, drawn as a box: {codes}")
        if self.fonts.replaced:
            fonts = ", ".join(sorted(self.fonts.replaced))
            named.append(f"typefaces, others stand for them and lines may end elsewhere: {fonts}")
        return tuple(named)

    def _sheets(self, source: Source) -> list[Sheet]:
        """Lay the body out on pages, its notes at the end."""
        settings = self.word.side("settings")
        even = settings is not None and is_on(child(settings.root, "evenAndOddHeaders"))
        flow = Flow(lambda section, kind: self._heights(section, kind, source), even)
        story = Story(source, self.word.main, {})
        sections = read_sections(self.word)
        for index, (section, elements) in enumerate(sections, 1):
            blocks = story.blocks(elements, section.column)
            if index == len(sections):
                blocks += self._notes(story, source, section.column)
            flow.add(section, blocks)
        return flow.sheets

    def _heights(self, section: Section, kind: str, source: Source) -> tuple[float, float]:
        header, footer = (
            self._furniture(section, kind, side, source, {}).height for side in ("header", "footer")
        )
        return header, footer

    def _furniture(
        self, section: Section, kind: str, side: str, source: Source, numbers: dict[str, str]
    ) -> Stack:
        name = section.furniture.get((side, kind))
        if name is None:
            return Stack()
        part = self.word.part(name)
        return Story(source, part, numbers).stack(part.root, section.column)

    def _notes(self, story: Story, source: Source, width: float) -> list[Block]:
        """Return the footnotes and endnotes referred to, under a line."""
        blocks: list[Block] = []
        for count, (kind, key) in enumerate(story.reader.notes, 1):
            part = self.word.side(f"{kind}s")
            for note in [] if part is None else part.root:
                if part is not None and attribute(note, "id") == key:
                    teller = Story(source, part, {})
                    teller.reader.note_number = count
                    blocks += teller.blocks(note, width)
        if blocks and isinstance(blocks[0], Paragraph):
            first = blocks[0]
            edges = {"top": Edge(0.5, 4.0)}
            blocks[0] = replace(first, shape=replace(first.shape, borders=edges, before=18.0))
        return blocks

    def _page(
        self, sheet: Sheet, numbers: dict[str, str], source: Source, painter: Painter
    ) -> None:
        section = sheet.section
        painter.begin_page(section.width, section.height, numbers)
        for side in ("header", "footer"):
            stack = self._furniture(section, sheet.kind, side, source, numbers)
            down = section.header if side == "header" else section.height - section.footer
            name = section.furniture.get((side, sheet.kind), "")
            painter.repeated = name in self.shown
            painter.stack(stack, section.left, down - (stack.height if side == "footer" else 0.0))
            painter.repeated = False
            if name:
                self.shown[name] = None
            if side == "header":
                for x, y, item in sheet.items:
                    painter.item(item, x, y)
        at_top = section.header >= _LEAST_HEADER
        base = _MARK_BASE if at_top else section.height - _MARK_BASE / 2
        painter.note(MARK, self.fonts.face(_MARK_LOOK), section.width / 2, base)

"""The paper of a bundle that nkdocs itself draws: cover page and tab sheets, and what they need.

Black on white, Letter, one serif face; Korean in Nanum Myeongjo. USCIS wants dividers of plain
paper, "large bold font centered on the page" (USCIS, tips for filing by mail), and immigration
courts a cover with the filer's block, the caption and the next hearing (ICPM 3.3(c)).
"""

import unicodedata
from collections.abc import Sequence
from typing import Any, Literal, Self

from msgspec import Struct

from nkdocs._resources import font
from nkdocs.bundle.layout import PreparedLike
from nkdocs.citations.pagemap import Entry
from nkdocs.diagnostics import Finding, Severity

WIDE, HIGH = 612.0, 792.0
LEFT, RIGHT, TOP, FOOT = 72.0, 540.0, 72.0, 720.0
_FILES = {
    ("serif", ""): "LiberationSerif-Regular.ttf",
    ("serif", "B"): "LiberationSerif-Bold.ttf",
    ("serif", "I"): "LiberationSerif-Italic.ttf",
    ("hangul", ""): "NanumMyeongjo.ttf",
    ("hangul", "B"): "NanumMyeongjoBold.ttf",
}


class Face(Struct, frozen=True):
    """A size and cut of the serif face: "", "B" (bold) or "I" (italic)."""

    size: float
    cut: Literal["", "B", "I"] = ""

    @property
    def lead(self) -> float:
        """From one line to the next, in points."""
        return self.size * 1.25


class Rect(Struct, frozen=True):
    """A rectangle of a page, from its lower left corner, in points."""

    x0: float
    y0: float
    x1: float
    y1: float


class Spot(Struct, frozen=True):
    """A place on a drawn page that leads to another page.

    Attributes:
        page: the drawn page it is on, from 0.
        to: the printed number of the page it leads to.
        figure: where that number is printed; None when it is not.
        away: the page stands in another file, and no link leads there.
    """

    page: int
    area: Rect
    to: int
    figure: Rect | None = None
    away: bool = False


class Respondent(Struct, frozen=True):
    """One respondent in the caption."""

    name: str
    native: str = ""
    a_number: str = ""


class Cover(Struct, frozen=True, kw_only=True):
    """What the first page of a bundle says; what is empty is left out.

    Attributes:
        title: "Respondent's Exhibits".
        forum: the court or office it goes to, line by line.
        proceeding: "In removal proceedings"; never assumed, for it may be another kind.
        custody: "DETAINED" or "NON-DETAINED", printed at the upper right.
        filer: name, organisation, address, telephone, e-mail and EOIR ID of the filer, by line.
        lines: further lines under the title.
    """

    title: str
    forum: tuple[str, ...] = ()
    respondents: tuple[Respondent, ...] = ()
    matter: str = "In the Matter of"
    proceeding: str = ""
    custody: str = ""
    judge: str = ""
    hearing: str = ""
    filer: tuple[str, ...] = ()
    date: str = ""
    lines: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Return everything it prints."""
        people = [t for r in self.respondents for t in (r.name, r.native, r.a_number)]
        plain = (self.title, self.matter, self.proceeding, self.custody, self.judge, self.hearing)
        return (*plain, self.date, *self.forum, *self.filer, *self.lines, *people)


class Paper:
    """Letter pages that are drawn on from the top down; heights here count from the upper edge.

    Used in a `with` statement: the fonts' files stay open as long as it is in use.
    """

    def __init__(self) -> None:
        """Begin without a page."""
        import datetime as dt

        from fpdf import FPDF

        self._pdf = FPDF(unit="pt", format="letter")
        self._pdf.set_margin(0)
        self._pdf.c_margin = 0
        self._pdf.set_auto_page_break(False)
        self._pdf.set_creation_date(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))

    def __enter__(self) -> Self:
        """Begin to draw."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the fonts' files."""
        held: Any
        for held in self._pdf.fonts.values():
            held.ttfont.close()

    @property
    def page(self) -> int:
        """The page being drawn, from 0."""
        return int(self._pdf.page) - 1

    def turn(self) -> float:
        """Begin a new page and return the height of its first line."""
        self._pdf.add_page()
        return TOP

    def lacking(self, text: str) -> list[str]:
        """Return the characters of *text* that no font here can print."""
        letters = set(_clean(text)) - {"\n"}
        for family in ("serif", "hangul"):
            letters = self._missing(family, "", letters) if letters else letters
        return sorted(letters)

    def broken(self, text: str, face: Face, width: float) -> list[str]:
        """Return *text* in lines no wider than *width*; a word that is wider is cut."""
        lines = []
        for paragraph in _clean(text).split("\n"):
            line = ""
            for word in paragraph.split(" "):
                joined = f"{line} {word}" if line else word
                if self.across(joined, face) <= width:
                    line = joined
                    continue
                lines += [line] if line else []
                *full, line = self._cut(word, face, width)
                lines += full
            lines.append(line)
        return lines

    def _cut(self, word: str, face: Face, width: float) -> list[str]:
        """Return a word in pieces no wider than *width*: an address on the web, for example."""
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.across(pieces[-1] + letter, face) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces

    def across(self, text: str, face: Face) -> float:
        """Return how wide *text* is."""
        plain = _clean(text)
        self._take(plain, face)
        return float(self._pdf.get_string_width(plain))

    def _take(self, text: str, face: Face) -> None:
        """Take up a face; Korean letters come from the other family, loaded when there are any."""
        if self._missing("serif", face.cut, set(text)):
            self._missing("hangul", "B" if face.cut == "B" else "", set())
            self._pdf.set_fallback_fonts(["hangul"], exact_match=False)
        self._pdf.set_font("serif", face.cut, face.size)

    def _missing(self, family: str, cut: str, letters: set[str]) -> set[str]:
        """Return those of *letters* that a font lacks; the font is loaded at its first use."""
        if family + cut not in self._pdf.fonts:
            self._pdf.add_font(family, cut, font(_FILES[family, cut]))
        held: Any = self._pdf.fonts[family + cut]
        return {letter for letter in letters if ord(letter) not in held.cmap}

    def line(self, text: str, face: Face, y: float, x: float, align: str = "L") -> Rect:
        """Draw one line whose upper edge is *y*: from *x*, up to *x* ("R") or around *x* ("C")."""
        width = self.across(text, face)
        left = {"L": x, "R": x - width, "C": x - width / 2}[align]
        self._pdf.set_xy(left, y)
        with self._pdf.local_context():  # a line that ends in Hangul leaves its font behind
            self._pdf.cell(width, face.lead, _clean(text))
        return Rect(left, HIGH - y - face.lead, left + width, HIGH - y)

    def rule(self, y: float, x0: float = LEFT, x1: float = RIGHT, weight: float = 0.5) -> None:
        """Draw a horizontal rule."""
        self._pdf.set_line_width(weight)
        self._pdf.line(x0, y, x1, y)

    def box(self, area: Rect, weight: float = 0.8) -> None:
        """Draw the outline of a rectangle."""
        self._pdf.set_line_width(weight)
        self._pdf.rect(area.x0, HIGH - area.y1, area.x1 - area.x0, area.y1 - area.y0)

    def finished(self) -> bytes:
        """Return the PDF."""
        return bytes(self._pdf.output())


def _clean(text: str) -> str:
    """Return *text* with composed letters (macOS writes Hangul in pieces) and plain spaces."""
    return unicodedata.normalize("NFC", text).replace("\t", " ").replace("\r", "")


def unprintable(paper: Paper, subject: str, texts: Sequence[str]) -> list[Finding]:
    """Return a finding if *texts* hold characters that would print as empty boxes."""
    lacking = paper.lacking("".join(texts))
    if not lacking:
        return []
    codes = ", ".join(f"U+{ord(char):04X}" for char in lacking[:8])
    return [
        Finding(
            code="X602",
            severity=Severity.ERROR,
            kind="block",
            subject=subject,
            message=f"'{subject}' has characters that the fonts cannot print: {codes}",
            hint="Write the title, or name the file, in English or Korean letters; what the "
            "exhibit itself says stays.",
        )
    ]


_TEXT, _STRONG, _SMALL = Face(12), Face(12, "B"), Face(10.5)
_MIDDLE = WIDE / 2


def draw_cover(paper: Paper, cover: Cover, extent: str, volume: str = "") -> None:
    """Draw the cover page; what does not fit goes on over the next page."""
    y = _heads(paper, cover, paper.turn())
    y = max(y + 30, 186) if cover.forum else y
    for line in cover.forum:
        y = _centred(paper, line.upper(), _STRONG, y)
    if cover.respondents:
        y = _caption(paper, cover, y + 26)
    if cover.judge or cover.hearing:
        y = _bench(paper, cover, y + 18)
    y = max(y + 44, 400 if cover.respondents else 270)
    paper.rule(y - 16, weight=1.2)
    y = _centred(paper, cover.title.upper(), Face(17, "B"), y)
    y = _centred(paper, volume, _STRONG, y + 6) if volume else y
    y = _centred(paper, extent, _TEXT, y + 6)
    for line in cover.lines:
        y = _centred(paper, line, _TEXT, y + 4)
    paper.rule(y + 16, weight=1.2)
    if cover.date:
        y = _room(paper, y + 40, _TEXT.lead)
        paper.line(cover.date, _TEXT, max(y, 660), _MIDDLE, "C")


def _heads(paper: Paper, cover: Cover, y: float) -> float:
    """Draw the filer's block at the left and the custody mark at the right."""
    if cover.custody:
        mark = paper.line(cover.custody.upper(), Face(14, "B"), y, RIGHT - 10, "R")
        paper.box(Rect(mark.x0 - 10, mark.y0 - 4, mark.x1 + 10, mark.y1 + 4), 1.2)
    for number, text in enumerate(cover.filer):
        face = _STRONG if not number else _SMALL
        for line in paper.broken(text, face, 290):
            y = _room(paper, y, face.lead)
            paper.line(line, face, y, LEFT)
            y += face.lead
    return y


def _caption(paper: Paper, cover: Cover, y: float) -> float:
    """Draw the caption: the respondents, the line of brackets, the file numbers."""
    rows = [(f"{cover.matter}:", _TEXT, "")] if cover.matter else []
    rows += [("", _TEXT, "")] if cover.matter else []
    for person in cover.respondents:
        native = f" ({person.native})" if person.native else ""
        number = f"File No. {person.a_number}" if person.a_number else ""
        names = paper.broken(person.name + native, _STRONG, 262)
        rows += [(name, _STRONG, "" if at else number) for at, name in enumerate(names)]
    rows += [("", _TEXT, ""), (f"{cover.proceeding}.", _TEXT, "")] if cover.proceeding else []
    for left, face, right in rows:
        y = _room(paper, y, 16)
        paper.line(left, face, y, LEFT + (14 if face is _STRONG else 0))
        paper.line(")", _TEXT, y, 352)
        paper.line(right, _STRONG, y, 376)
        y += 16
    return y


def _bench(paper: Paper, cover: Cover, y: float) -> float:
    """Draw the judge and the next hearing, each under its name."""
    columns = (
        ("Immigration Judge", cover.judge, LEFT),
        ("Next Hearing", cover.hearing, LEFT + 240),
    )
    ends = [y]
    for label, text, x in columns:
        if text:
            paper.line(label, Face(10, "I"), y, x)
            lines = paper.broken(text, _TEXT, 220)
            for number, line in enumerate(lines):
                paper.line(line, _TEXT, y + 14 + number * _TEXT.lead, x)
            ends.append(y + 14 + len(lines) * _TEXT.lead)
    return max(ends)


def _centred(paper: Paper, text: str, face: Face, y: float) -> float:
    for line in paper.broken(text, face, RIGHT - LEFT):
        y = _room(paper, y, face.lead)
        paper.line(line, face, y, _MIDDLE, "C")
        y += face.lead
    return y


def _room(paper: Paper, y: float, height: float) -> float:
    """Return *y*, or the top of a new page when *height* does not fit under it."""
    return y if y + height <= FOOT else paper.turn()


def draw_tab(paper: Paper, entry: Entry, exhibit: PreparedLike, notes: Sequence[str]) -> list[Spot]:
    """Draw a tab sheet, one page however long the title, and return what leads to its parts.

    The first spot is the name of the tab; it leads back to the index (its `to` is 0 until then).
    """
    paper.turn()
    y = 262.0
    name = paper.line(f"TAB {entry.tab}", Face(60, "B"), y, _MIDDLE, "C")
    spots = [Spot(paper.page, name, 0)]
    y += Face(60).lead + 6
    paper.rule(y, _MIDDLE - 60, _MIDDLE + 60, 1)
    y += 22
    wide = RIGHT - LEFT - 20
    ends = FOOT - 20 * len(exhibit.parts) - 16 * len(notes) - 30
    sizes = [Face(size) for size in (18, 15, 12, 10, 8, 6, 4, 2)]
    fitting = (f for f in sizes if y + len(paper.broken(entry.title, f, wide)) * f.lead <= ends)
    face = next(fitting, sizes[-1])
    for line in paper.broken(entry.title, face, wide):
        paper.line(line, face, y, _MIDDLE, "C")
        y += face.lead
    y += 6
    for note in notes:
        for line in paper.broken(note, Face(11, "I"), wide):
            paper.line(line, Face(11, "I"), y, _MIDDLE, "C")
            y += 15
    return spots + _contents(paper, entry, exhibit, y + 26)


def _contents(paper: Paper, entry: Entry, exhibit: PreparedLike, y: float) -> list[Spot]:
    """Draw the list of an exhibit's parts with their pages; of a plain exhibit only its pages."""
    if len(entry.runs) == 1 and not exhibit.parts[0].label:
        run = entry.runs[0]
        words = f"Page{'s' if run.last > run.first else ''} {span(run.first, run.last)}"
        area = paper.line(words, _SMALL, y, _MIDDLE, "C")
        return [Spot(paper.page, area, run.first, area)]
    spots = []
    x0, x1 = _MIDDLE - 130, _MIDDLE + 130
    for part, run in zip(exhibit.parts, entry.runs, strict=True):
        text = paper.line(part.label, _SMALL, y, x0)
        figure = paper.line(span(run.first, run.last), _SMALL, y, x1, "R")
        paper.rule(y + 16, x0, x1, 0.25)
        spots.append(Spot(paper.page, Rect(x0, text.y0 - 2, x1, text.y1 + 2), run.first, figure))
        y += 20
    return spots


def span(first: int, last: int) -> str:
    """Write the pages of an exhibit: "12" or "12-18", with an en dash."""
    return f"{first}" if first == last else f"{first}\u2013{last}"

"""Draws the demo's papers: one sign at the start of a line says what the line is.

The forms are told in tests/demo_texts/README.txt.
"""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from nkdocs._resources import font

NOTE = "Fictional sample made for nkdocs"
_INK, _GREY, _BLUE, _STAMP = (20, 20, 20), (120, 120, 120), (28, 62, 110), (62, 84, 158)
_SIGNED = (24, 38, 98)
_MARGIN, _LEADING = 72.0, 15.5
_DESTINATION = re.compile(r"^(?P<text>.*?)(?:\s*\{(?P<name>[a-z]+)\})?$")


@dataclass(frozen=True, slots=True)
class Form:
    """How a paper looks.

    Attributes:
        title: what the file's properties say.
        made: the day in the file's properties.
        size: letter or a4.
        face: serif or sans.
        letters: how tall the letters of the text are, in points.
        numbered: whether the paper has page numbers of its own, and a title over each page.
    """

    title: str
    made: dt.date
    size: str = "letter"
    face: str = "serif"
    letters: float = 11.5
    numbered: bool = False


class Paper(FPDF):
    """A paper with the faces of nkdocs and the small line that tells what it is."""

    MARKDOWN_LINK_COLOR: Any = _BLUE
    MARKDOWN_LINK_UNDERLINE = False

    def __init__(self, form: Form) -> None:
        """Set the page, the faces and the properties."""
        super().__init__(unit="pt", format=form.size)
        self.form = form
        self.notes: list[str] = []
        for family, files in (("serif", "LiberationSerif"), ("sans", "LiberationSans")):
            self.add_font(family, "", font(f"{files}-Regular.ttf"))
            self.add_font(family, "B", font(f"{files}-Bold.ttf"))
        self.add_font("korean", "", font("NanumMyeongjo.ttf"))
        self.set_fallback_fonts(["korean"])
        self.set_margins(_MARGIN, _MARGIN - 6, _MARGIN)
        self.set_auto_page_break(auto=False)
        self.set_title(form.title)
        self.set_subject(NOTE)
        self.set_creation_date(dt.datetime(form.made.year, form.made.month, form.made.day,
                                           tzinfo=dt.UTC))  # fmt: skip

    def footer(self) -> None:
        """Print the footnotes of the page, its number, and the line that says it is a sample."""
        if self.notes:
            self._footnotes()
        self.set_text_color(*_GREY)
        self.set_font("sans", size=7)
        self.set_xy(_MARGIN, self.h - 46)
        self.cell(self.epw, 9, NOTE, align="C")

    def header(self) -> None:
        """Print the title of a report over each page but the first, and the page's own number."""
        if self.form.numbered and self.page_no() > 1:
            self.set_text_color(*_GREY)
            self.set_font("serif", size=10)
            self.set_xy(_MARGIN, 44)
            self.cell(self.epw, 12, self.form.title)
            self.set_xy(_MARGIN, 44)
            self.cell(self.epw, 12, str(self.page_no()), align="R")
            self.set_xy(_MARGIN, 82)

    def _footnotes(self) -> None:
        """Print the footnotes above the foot; each is a place a link can name."""
        self.set_text_color(*_INK)
        top = self.h - 60 - 14.0 * len(self.notes)
        self.set_line_width(0.5)
        self.line(_MARGIN, top - 5, _MARGIN + 140, top - 5)
        self.set_font("serif", size=9.5)
        for number, note in enumerate(self.notes):
            self.set_xy(_MARGIN, top + 14 * number)
            self.set_link(y=self.y, x=_MARGIN, name=f"note-{note.partition('.')[0]}")
            self.multi_cell(self.epw, 12, note, align="L", markdown=True)
        self.notes = []


def draw(paper: Paper, text: str) -> None:
    """Draw *text* page by page, each form of line in its own way."""
    for page in text.strip("\n").split("\n====\n"):
        paper.add_page()
        for line in page.split("\n"):
            sign, _, rest = line.partition(" ")
            _plain(paper)
            _FORMS.get(sign, _paragraph)(paper, rest if sign in _FORMS else line)
        if paper.y > paper.h - 74:
            msg = f"page {paper.page_no()} of '{paper.form.title}' is too full"
            raise ValueError(msg)


def finished(paper: Paper) -> bytes:
    """Return the bytes of the PDF, with the files of its fonts closed."""
    data = bytes(paper.output())
    for held in paper.fonts.values():
        if hasattr(held, "ttfont"):
            held.ttfont.close()
    return data


def flourish(name: str, width: float, height: float) -> list[tuple[float, float]]:
    """Return a curve that runs like a signature; the same for the same *name*."""
    signs = [ord(sign) * 7 % 19 for sign in name if sign.isalpha()]
    pace = 20 + signs[0] % 9
    points = []
    for step in range(pace * len(signs) + 1):
        at = step / (pace * len(signs))
        near, capital = signs[min(step // pace, len(signs) - 1)], step < pace or 0 < at - 0.5 < 0.09
        turn = 2 * math.pi * step / pace
        tall = (0.48 if capital else 0.07 + 0.011 * near) * (1 - 0.3 * at)
        x = at * width + (0.02 + 0.0022 * near) * width * math.sin(turn + near / 4)
        y = height * (0.62 - tall * math.cos(turn) - 0.1 * math.sin(at * 4 + signs[0] / 5))
        points.append((x, y))
    return [*points, (width * 1.18, height * (0.2 + 0.03 * signs[1]))]


def _plain(paper: Paper, weight: Literal["", "B"] = "", size: float = 0) -> None:
    """Set ink and face; without *size*, the letters of the text."""
    paper.set_text_color(*_INK)
    paper.set_draw_color(*_INK)
    paper.set_font(paper.form.face, weight, size or paper.form.letters)


def _write(paper: Paper, text: str, align: str = "L", leading: float = _LEADING) -> None:
    """Print lines over the whole width, with links where they stand."""
    paper.multi_cell(paper.epw, leading, text, align=align, markdown="](#" in text,
                     new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip


def _paragraph(paper: Paper, text: str) -> None:
    """Print a paragraph; an empty line is the space between two."""
    if text:
        _write(paper, text, leading=paper.form.letters * 1.35)
    else:
        paper.ln(_LEADING / 2)


def _letterhead(paper: Paper, text: str) -> None:
    """Print who writes, with a rule under it."""
    name, *lines = text.split(" | ")
    paper.set_text_color(*_BLUE)
    paper.set_font("sans", "B", 15)
    _write(paper, name, leading=20)
    paper.set_font("sans", "", 8.5)
    _write(paper, "  ·  ".join(lines), leading=12)
    paper.set_draw_color(*_BLUE)
    paper.set_line_width(1.2)
    paper.line(_MARGIN, paper.y + 4, paper.w - _MARGIN, paper.y + 4)
    paper.ln(20)


def _title(paper: Paper, text: str) -> None:
    """Print the title in the middle."""
    paper.ln(8)
    cover = paper.form.numbered and paper.page_no() == 1
    _plain(paper, "B", 30 if cover else 17)
    _write(paper, text, "C", 38 if cover else 22)
    paper.ln(6)


def _heading(paper: Paper, text: str) -> None:
    """Print a heading; a named one stands in the outline and can be linked to."""
    told = _DESTINATION.match(text)
    words, name = (told["text"], told["name"]) if told else (text, "")
    if name:
        paper.start_section(words)
        paper.set_link(y=paper.y, x=_MARGIN, name=name)
    paper.ln(4)
    _plain(paper, "B", 15 if name else 12.5)
    _write(paper, words, leading=20)
    paper.ln(2)


def _small_heading(paper: Paper, text: str) -> None:
    """Print a smaller heading."""
    if paper.form.numbered:
        paper.start_section(text, level=1)
    _plain(paper, "B")
    _write(paper, text, leading=paper.form.letters * 1.35)


def _middle(paper: Paper, text: str) -> None:
    """Print a line in the middle."""
    _write(paper, text, "C")


def _row(paper: Paper, text: str) -> None:
    """Print a label and what it says."""
    label, _, value = text.partition(" :: ")
    top, wide = paper.y, 60.0 if label.endswith(":") else 165.0
    _plain(paper, "B", 10.5)
    paper.multi_cell(wide, _LEADING + 1, label, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    bottom = paper.y
    _plain(paper)
    paper.set_xy(_MARGIN + wide, top)
    paper.multi_cell(paper.epw - wide, _LEADING + 1, value, align="L", markdown="](#" in value,
                     new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip
    paper.set_y(max(bottom, paper.y) + 1)


def _point(paper: Paper, text: str) -> None:
    """Print a point of a list."""
    paper.set_x(_MARGIN + 8)
    paper.cell(12, _LEADING, "•")
    paper.multi_cell(paper.epw - 20, _LEADING, text, align="L",
                     new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip


def _signature(paper: Paper, text: str) -> None:
    """Draw a curve as if by hand, and the line it stands on."""
    paper.ln(4)
    left, top = _MARGIN + 10, paper.y
    paper.set_draw_color(*_SIGNED)
    paper.set_line_width(1.1)
    paper.polyline([(left + x, top + y) for x, y in flourish(text, 110, 34)])
    paper.set_draw_color(*_GREY)
    paper.set_line_width(0.5)
    paper.line(_MARGIN, top + 36, _MARGIN + 210, top + 36)
    paper.set_y(top + 40)


def _stamp(paper: Paper, text: str) -> None:
    """Draw a stamp, a little aslant, at the right."""
    lines = text.split(" | ")
    wide, tall = 168.0, 16.0 + 15 * len(lines)
    left, top = paper.w - _MARGIN - wide, paper.y + 8
    with paper.rotation(4, left + wide / 2, top + tall / 2):
        paper.set_draw_color(*_STAMP)
        paper.set_text_color(*_STAMP)
        paper.set_line_width(1.6)
        paper.rect(left, top, wide, tall)
        paper.set_font("sans", "B", 10.5)
        for number, line in enumerate(lines):
            paper.set_xy(left, top + 8 + 15 * number)
            paper.cell(wide, 15, line, align="C")
    paper.set_xy(_MARGIN, top + tall + 14)


def _rule(paper: Paper, text: str) -> None:
    """Draw a thin line over the whole width."""
    paper.set_draw_color(*_GREY)
    paper.set_line_width(0.6)
    paper.line(_MARGIN, paper.y + 5, paper.w - _MARGIN, paper.y + 5)
    paper.ln(11)
    if text:
        _write(paper, text)


def _contents(paper: Paper, text: str) -> None:
    """Print a line of the contents: a chapter that can be clicked, and its page at the right."""
    words, _, rest = text.partition(" :: ")
    name, _, number = rest.partition(" ")
    paper.set_text_color(*_BLUE)
    paper.cell(paper.epw - 40, 22, words, link=f"#{name}")
    _plain(paper)
    paper.cell(40, 22, number, align="R", link=f"#{name}", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _gap(paper: Paper, text: str) -> None:
    """Leave room, as many points as told."""
    paper.ln(float(text))


def _footnote(paper: Paper, text: str) -> None:
    """Keep a footnote for the foot of this page."""
    paper.notes.append(text)


_FORMS: dict[str, Callable[[Paper, str], None]] = {
    "!": _letterhead, "=": _title, "#": _heading, "##": _small_heading, ".": _paragraph,
    ">": _middle, "@": _row, "*": _point, "~": _signature, "%": _stamp, "--": _rule,
    "^": _footnote, "[]": _contents, "_": _gap,
}  # fmt: skip

"""Plain text becomes PDF pages, line by line as it stands."""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from nkdocs._resources import font
from nkdocs.convert.normal import normalise
from nkdocs.convert.wordmatch import unmatched, words_in
from nkdocs.convert.words import pdf_words
from nkdocs.errors import ExhibitError

if TYPE_CHECKING:
    from fpdf import FPDF

_FACES = ("LiberationSerif-Regular.ttf", "NanumMyeongjo.ttf")
_SIZE, _LEADING, _MARGIN = 11.0, 14.0, 72.0


@dataclass(frozen=True, slots=True)
class TextPages:
    """Text as a PDF.

    Attributes:
        encoding: how the bytes were read: utf-8, utf-16 or cp949 (Korean Windows).
        lost: characters no font of ours can draw, as code points ("U+6F22").
    """

    pdf: bytes
    encoding: str
    lost: tuple[str, ...] = ()


def text_pages(data: bytes) -> TextPages:
    """Return plain text as Letter pages; long lines are broken, none is cut.

    Raises:
        ExhibitError: the bytes are no text in an encoding we know.
    """
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

    text, encoding = _read(data)
    pdf = FPDF(unit="pt", format="letter")
    pdf.set_creation_date(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    drawn: set[str] = {" "}
    for face in _FACES:
        pdf.add_font(face, fname=font(face))
        loaded = pdf.fonts[face.lower()]
        drawn |= {chr(code) for code in loaded.cmap} if isinstance(loaded, TTFFont) else set()
    pdf.set_font(_FACES[0], size=_SIZE)
    pdf.set_fallback_fonts(list(_FACES[1:]))
    pdf.add_page()
    for line in text.expandtabs(8).split("\n"):
        _draw(pdf, line or " ")
    lost = sorted(set(text) - drawn - set("\n\t"))
    points = tuple(f"U+{ord(char):04X}" for char in lost)
    made = normalise(bytes(pdf.output()))
    if unmatched(words_in(text, lost), pdf_words(made)):
        msg = "words of the text are missing from its pages"
        raise ExhibitError(msg, hint="Print it to PDF from the program that shows it.")
    return TextPages(made, encoding, points)


def _draw(pdf: "FPDF", line: str) -> None:
    """Draw a line of the text, broken where the paper ends.

    Each piece is drawn with a graphics state of its own: fpdf2 forgets that a piece ending in
    Hangul has changed the font, and what follows would be drawn in none.
    """
    from fpdf.enums import MethodReturnValue

    lines = MethodReturnValue.LINES
    broken = pdf.multi_cell(0, _LEADING, line, align="L", dry_run=True, output=lines)
    for piece in cast("list[str]", broken):
        if pdf.will_page_break(_LEADING):
            pdf.add_page()
        at = pdf.get_y()
        with pdf.local_context():
            pdf.cell(0, _LEADING, piece)
        pdf.set_xy(_MARGIN, at + _LEADING)


def _read(data: bytes) -> tuple[str, str]:
    """Decode text; what it says of its encoding first, then what fits without a fault."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp949"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        return text.replace("\f", "\n").replace("\v", "\n"), encoding.removesuffix("-sig")
    msg = "the text is neither UTF-8 nor Korean Windows (cp949)"
    raise ExhibitError(msg, hint="Save it as UTF-8.")

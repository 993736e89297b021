"""Plain text becomes PDF pages, line by line as it stands."""

import datetime as dt
import functools
import unicodedata
from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from nkdocs._resources import font
from nkdocs.convert.normal import normalise
from nkdocs.convert.wordmatch import unmatched, words_in
from nkdocs.convert.words import pdf_words
from nkdocs.errors import ExhibitError

if TYPE_CHECKING:
    from fpdf import FPDF

_FACES = ("LiberationSerif-Regular.ttf", "NanumMyeongjo.ttf")
_FEW = 0.1  # share of the letters of a text
_SIZE, _LEADING, _MARGIN = 11.0, 14.0, 72.0


class TextPages(Struct, frozen=True):
    """Text as a PDF.

    Attributes:
        encoding: how the bytes were read: utf-8, utf-16 or cp949 (Korean Windows).
        lost: letters no font of ours can draw, as code points ("U+6F22"), where they are so many
            that nobody could read the text without them.
        named: characters no font of ours can draw that stand in the text by name, such as
            "U+1F600 GRINNING FACE"; of these, what has no shape anywhere is left out.
    """

    pdf: bytes
    encoding: str
    lost: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def text_pages(data: bytes) -> TextPages:
    """Return plain text as Letter pages; long lines are broken, none is cut.

    Raises:
        ExhibitError: the bytes are no text in an encoding we know.
    """
    from fpdf import FPDF

    text, encoding = read(data)
    pdf = FPDF(unit="pt", format="letter")
    pdf.set_creation_date(dt.datetime(2000, 1, 1, tzinfo=dt.UTC))
    pdf.set_margins(_MARGIN, _MARGIN, _MARGIN)
    pdf.set_auto_page_break(auto=True, margin=_MARGIN)
    for face in _FACES:
        pdf.add_font(face, fname=font(face))
    pdf.set_font(_FACES[0], size=_SIZE)
    pdf.set_fallback_fonts(list(_FACES[1:]))
    pdf.add_page()
    lost = _unreadable(text)
    text, named = by_name(text, keep=lost)
    for line in text.expandtabs(8).split("\n"):
        _draw(pdf, line or " ")
    points = tuple(f"U+{ord(char):04X}" for char in lost)
    made = normalise(bytes(pdf.output()))
    if unmatched(words_in(text, lost), pdf_words(made)):
        msg = "words of the text are missing from its pages"
        raise ExhibitError(msg, hint="Print it to PDF from the program that shows it.")
    return TextPages(made, encoding, points, named)


def by_name(text: str, *, keep: Collection[str] = ()) -> tuple[str, tuple[str, ...]]:
    """Return *text* with each character by name that our fonts cannot draw, and those names.

    What has no shape anywhere is left out, and among the names too; *keep* stays as it is.
    """
    signs = {char: _name(char) for char in _unknown(text) if char not in keep}
    drawn = text.translate({ord(c): f"[{n}]" if _is_seen(c) else "" for c, n in signs.items()})
    return drawn, tuple(signs.values())


def _unreadable(text: str) -> list[str]:
    """Return the letters that our fonts cannot draw, if they are too many to be named."""
    letters = Counter(char for char in text if unicodedata.category(char).startswith("L"))
    lost = [char for char in _unknown(text) if char in letters]
    share = sum(letters[char] for char in lost) / max(letters.total(), 1)
    return lost if share > _FEW else []


def _unknown(text: str) -> list[str]:
    """Return the characters of *text* that our fonts cannot draw, in order."""
    return sorted(set(text) - _drawn() - set("\n\t"))


@functools.cache
def _drawn() -> frozenset[str]:
    """Return the characters that our fonts have."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types

    codes: set[int] = set()
    for face in _FACES:
        with TTFont(font(face), lazy=True) as loaded:
            codes.update(loaded.getBestCmap())
    return frozenset(map(chr, codes)) | {" "}


def _name(char: str) -> str:
    """Return what a character is called (Unicode, chapter 4): U+1F600 GRINNING FACE."""
    name = unicodedata.name(char, "")
    name = "" if name.endswith(f"-{ord(char):04X}") else name  # CJK UNIFIED IDEOGRAPH-674E
    return f"U+{ord(char):04X} {name}".rstrip()


def _is_seen(char: str) -> bool:
    """Whether a character has a shape; a variation selector or a mark of direction has none."""
    return unicodedata.category(char) != "Cf" and "VARIATION SELECTOR" not in _name(char)


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


def read(data: bytes) -> tuple[str, str]:
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

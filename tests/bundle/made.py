"""Exhibits made up for tests: small PDFs, and the shapes in which intake hands them over."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
from fpdf import FPDF

from nkdocs._resources import font
from nkdocs.bundle.binding import Binding, Listing
from nkdocs.bundle.feet import feet
from nkdocs.bundle.sheets import Cover, Respondent
from nkdocs.bundle.venues import Venue, shipped_venues

COVER = Cover(
    title="Respondent\u2019s Exhibits",
    forum=("Immigration Court", "New York, New York"),
    respondents=(Respondent("SEO Yun Hui", "서윤희", "A000-000-021"),),
    custody="Detained",
    judge="Hon. Dana Whitfield",
    hearing="February 11, 2027, at 9:00 a.m.",
    filer=("Jordan Lee, Esq.", "EOIR ID AB000000", "jlee@clinic.example"),
    date="November 20, 2026",
)


@dataclass(frozen=True, slots=True)
class FakePart:
    """A part of an exhibit."""

    part: str
    label: str
    data: bytes
    sources: tuple[int, ...]

    @property
    def feet(self) -> tuple[int, ...]:
        """What is taken of each page's foot."""
        return feet(self.data)


@dataclass(frozen=True, slots=True)
class FakeExhibit:
    """An exhibit ready to be bound."""

    id: str
    title: str
    parts: tuple[FakePart, ...]


def pdf(pages: int, text: str = "a page") -> bytes:
    """Return a PDF of Letter pages that say *text* and their number."""
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=12)
    for number in range(1, pages + 1):
        drawn.add_page()
        drawn.text(72, 72, f"{text}, sheet {number}")
    return closed(drawn)


def closed(drawn: FPDF) -> bytes:
    """Return the PDF, with the files of its fonts closed."""
    data = bytes(drawn.output())
    held: Any
    for held in drawn.fonts.values():
        if hasattr(held, "ttfont"):
            held.ttfont.close()
    return data


def paragraph(text: str, *, bold: bool = False) -> bytes:
    """Return a PDF with *text* as one paragraph that wraps; with *bold*, `**so**` is bold."""
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_margin(72)
    for cut, file in (("", "Regular"), ("B", "Bold")):
        drawn.add_font("serif", cut, font(f"LiberationSerif-{file}.ttf"))
    drawn.add_page()
    drawn.set_font("serif", size=12)
    drawn.multi_cell(0, 16, text, markdown=bold)
    return closed(drawn)


def raw(
    contents: Sequence[bytes],
    *,
    page: dict[str, Any] | None = None,
    root: dict[str, Any] | None = None,
    share: bool = False,
) -> bytes:
    """Return a PDF with a page for each content stream, and any keys one likes.

    With *share* all pages use the first stream.
    """
    import pikepdf

    made = pikepdf.new()
    streams = [made.make_stream(content) for content in contents]
    for number in range(len(streams)):
        leaf = made.add_blank_page(page_size=(612, 792))
        leaf.obj.Contents = streams[0 if share else number]
        for key, value in (page or {}).items():
            leaf.obj[key] = value
    for key, value in (root or {}).items():
        made.Root[key] = value
    out = io.BytesIO()
    made.save(out, deterministic_id=True)
    return out.getvalue()


def heavy(seed: str, pages: int, size: int) -> bytes:
    """Return a PDF whose pages hold *size* bytes each that no compression makes smaller."""
    chance = random.Random(seed)  # noqa: S311 - the same bytes in every run
    return raw([b"% " + chance.randbytes(size).hex().encode() for _ in range(pages)])


def exhibit(
    name: str, pages: int = 2, data: bytes | None = None, title: str = ""
) -> FakeExhibit:
    """Return an exhibit of one part."""
    part = FakePart("main", "", data or pdf(pages, name), tuple(range(1, pages + 1)))
    return FakeExhibit(name, title or f"Exhibit {name}", (part,))


def triple(name: str) -> FakeExhibit:
    """Return a translated exhibit: two pages English, one certificate, three pages Korean."""
    lengths = (("translation", "English translation", 2),
               ("certificate", "Certificate of translation", 1),
               ("original", "Original (Korean)", 3))  # fmt: skip
    parts = (FakePart(part, label, pdf(n, label), tuple(range(1, n + 1)))
             for part, label, n in lengths)  # fmt: skip
    return FakeExhibit(name, "Resident registration card 주민등록증", tuple(parts))


def venue(name: str = "generic", *, tab_sheets: bool = True, max_mb: float = 0) -> Venue:
    """Return a venue's profile with other rules."""
    profile = shipped_venues()[name]
    return profile.model_copy(
        update={
            "tab_sheets": profile.tab_sheets.model_copy(update={"value": tab_sheets}),
            "max_mb": profile.max_mb.model_copy(update={"value": max_mb}),
        }
    )


def binding(
    listings: dict[str, Listing] | None = None, *, rules: Venue | None = None, **other: Any  # noqa: ANN401 - fields of Binding
) -> Binding:
    """Return how to bind, with the sample cover."""
    return Binding(
        filing="evidence", cover=COVER, venue=rules or venue(), listings=listings or {}, **other
    )


def texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    held = pypdfium2.PdfDocument(data)
    try:
        return [str(page.get_textpage().get_text_bounded()) for page in held]
    finally:
        held.close()

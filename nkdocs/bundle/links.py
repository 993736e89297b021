"""Cites in a finished document: where they stand, and which page of the bundle each means.

The print decides: what a reader sees, "Tab C at 41", is read from the finished PDF with the boxes
of its letters, whoever made the PDF and whoever typed the cite (DESIGN 8.7).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from nkdocs.citations.cite import PRINTED
from nkdocs.citations.pagemap import Entry, PageMap
from nkdocs.diagnostics import Finding, Place, Severity, State

if TYPE_CHECKING:
    import pypdfium2

Box = tuple[float, float, float, float]
# A cite to an earlier filing, "Resp't's Exs., Tab B at 12, filed ...": its pages are not here.
_EARLIER = re.compile(r"Exs\.,[\s\u00a0]+\Z")


class FoundCite(Struct, frozen=True):
    """A cite printed in a PDF.

    Attributes:
        page_index: the page of the PDF it stands on, from 0.
        text: as printed, its spaces made plain: "Tab C at 41".
        page: the printed number it names, 0 for the whole exhibit; `last` ends a range.
        rects: its boxes on the page, one a line.
        earlier: it names an exhibit of an earlier filing.
        volume: the file it names, of a bundle in several; 0 where it names none.
    """

    page_index: int
    text: str
    tab: str
    page: int
    last: int
    paragraph: int
    rects: tuple[Box, ...]
    earlier: bool = False
    volume: int = 0


class Link(Struct, frozen=True):
    """A place of a lead document that leads to a page of the bundle, named by its number."""

    page_index: int
    rects: tuple[Box, ...]
    to_page: int


def found_cites(data: bytes) -> tuple[FoundCite, ...]:
    """Return every cite printed in a PDF, in reading order."""
    import pypdfium2

    out: list[FoundCite] = []
    pdf = pypdfium2.PdfDocument(data)
    try:
        for number, page in enumerate(pdf):
            text = page.get_textpage()
            out += _on_page(text, number)
            text.close()
            page.close()
    finally:
        pdf.close()
    return tuple(out)


def resolved(
    found: Sequence[FoundCite], pages: PageMap
) -> tuple[tuple[Link, ...], tuple[Finding, ...]]:
    """Return the links of the cites that lead somewhere, and a finding for each that does not.

    Cites to earlier filings lead nowhere and are right; so are those to another volume, as a link
    into another file breaks when it is renamed.
    """
    links, findings = [], []
    for cite in found:
        if cite.earlier:
            continue
        wrong = _fault(cite, pages)
        if wrong:
            findings.append(_finding(cite, wrong))
        else:
            entry = pages.under(cite.tab)
            whole = (entry.sheet or entry.first) if entry else 0
            if pages.volume(cite.page or whole) <= 1:
                links.append(Link(cite.page_index, cite.rects, cite.page or whole))
    return tuple(links), tuple(findings)


def expected_missing(recorded: Sequence[str], found: Sequence[FoundCite]) -> list[str]:
    """Return the *recorded* cites (as `fill` printed them) that the PDF does not show.

    A cite recorded twice must be found twice.
    """
    left = Counter(cite.text for cite in found)
    missing = []
    for text in recorded:
        plain = _plain(text)
        if left[plain]:
            left[plain] -= 1
        else:
            missing.append(text)
    return missing


def typed_by_hand(recorded: Sequence[str], found: Sequence[FoundCite]) -> list[FoundCite]:
    """Return the cites in the PDF that nobody recorded: someone typed them in Word.

    The mark of a cite that is still open, "Tab ?", is none.
    """
    known = Counter(_plain(text) for text in recorded)
    out = []
    for cite in found:
        if known[cite.text]:
            known[cite.text] -= 1
        elif cite.tab != "?":
            out.append(cite)
    return out


def _on_page(text: "pypdfium2.PdfTextPage", number: int) -> list[FoundCite]:
    """Return the cites of one page."""
    letters = _letters(text)
    out = []
    for match in PRINTED.finditer(letters):
        count = text.count_rects(match.start(), match.end() - match.start())
        rects = tuple(_lines([text.get_rect(n) for n in range(count)]))
        out.append(
            FoundCite(
                number,
                _plain(match[0]),
                match["tab"],
                int(match["page"] or 0),
                int(match["last"] or 0),
                int(match["paragraph"] or 0),
                rects,
                bool(_EARLIER.search(letters[: match.start()])),
                int(match["volume"] or 0),
            )
        )
    return out


def _letters(text: "pypdfium2.PdfTextPage") -> str:
    """Return a page's letters, one for each place in PDFium's own count.

    `get_text_range` leaves some out, and then boxes and letters would not agree.
    """
    from pypdfium2.raw import FPDFText_GetUnicode

    out = []
    for place in range(text.count_chars()):
        code = FPDFText_GetUnicode(text, place)
        # 0x02 is how PDFium gives a hyphen at the end of a line.
        letter = "-" if code == 2 else chr(code) if 0 < code < 0x110000 else " "  # noqa: PLR2004
        out.append(letter)
    return "".join(out)


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield one box a line, with a little air; PDFium begins a new one where the font changes."""
    lines: list[Box] = []
    for x0, y0, x1, y1 in boxes:
        middle = (y0 + y1) / 2
        if lines and lines[-1][1] < middle < lines[-1][3]:
            a, b, c, d = lines[-1]
            lines[-1] = (min(a, x0), min(b, y0), max(c, x1), max(d, y1))
        else:
            lines.append((x0, y0, x1, y1))
    for x0, y0, x1, y1 in lines:
        yield round(x0 - 1, 2), round(y0 - 2, 2), round(x1 + 1, 2), round(y1 + 2, 2)


def _plain(text: str) -> str:
    """Return the cite in *text* with plain single spaces, so that print and record compare."""
    match = PRINTED.search(text)
    words = re.sub(r"[\s\u00a0]+", " ", match[0] if match else text).strip()
    return re.sub(r"([-\u2013]) ", "\u2013", words.replace("-", "\u2013")).replace(" ,", ",")


def _fault(cite: FoundCite, pages: PageMap) -> str:
    """Return what is wrong with a cite, or nothing."""
    entry = pages.under(cite.tab)
    if cite.tab == "?":
        return f"page {cite.page_index + 1} cites an exhibit that has no tab yet"
    if entry is None:
        return f"page {cite.page_index + 1} cites Tab {cite.tab}, which does not exist"
    first = entry.sheet or entry.first
    ends = [n for n in (cite.page, cite.last) if n]
    if any(not first <= n <= entry.last for n in ends) or ends != sorted(ends):
        where = f"Tab {cite.tab} is {first}\u2013{entry.last}"
        return f"page {cite.page_index + 1} cites '{cite.text}', but {where}"
    named = cite.volume and {pages.volume(n) or 1 for n in ends or [first]}
    if named and named != {cite.volume}:
        return f"page {cite.page_index + 1} cites '{cite.text}', which stands in another volume"
    if cite.paragraph and entry.paragraphs and not _holds(entry, cite):
        return f"page {cite.page_index + 1} cites '{cite.text}'; that paragraph stands elsewhere"
    return ""


def _holds(entry: Entry, cite: FoundCite) -> bool:
    """Return whether the paragraph a cite names begins on the page it names."""
    begins = [entry.page(page) for number, page in entry.paragraphs.values()
              if number == cite.paragraph]  # fmt: skip
    return not begins or cite.page in begins


def _finding(cite: FoundCite, message: str) -> Finding:
    return Finding(
        code="L601",
        severity=Severity.ERROR,
        counts=State.FOR_SIGNATURE,
        message=message,
        place=Place(part=f"page {cite.page_index + 1}"),
        subject=cite.text,
        cure="counsel",
        hint="Correct the cite, or list the exhibit in the filing, and build again.",
        facts=cite.text,
    )

"""On which page of a PDF a paragraph begins."""

import io
import re
from collections.abc import Mapping

_WORDS = 8


def paragraph_pages(pdf: bytes, paragraphs: Mapping[int, str]) -> dict[int, int]:
    """Return for each numbered paragraph the page (from 1) of *pdf* on which it begins.

    Paragraphs are looked for one after the other by their first words, punctuation and spaces
    left out; one that is not found is left out of the result.

    Args:
        pdf: the converted document.
        paragraphs: number -> text, in order.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    try:
        pages = [_letters(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()
    starts, total = [], 0
    for text in pages:
        starts.append(total)
        total += len(text)
    whole, at = "".join(pages), 0
    found: dict[int, int] = {}
    for number, text in sorted(paragraphs.items()):
        wanted = _letters(" ".join(text.split()[:_WORDS]))
        spot = whole.find(wanted, at) if wanted else -1
        if spot >= 0:
            found[number] = sum(1 for start in starts if start <= spot)
            at = spot + len(wanted)
    return found


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()

"""A file at a glance: how many pages it has and a line of its text, for those who choose one.

It runs in the workshop's child, as all opening of people's files does. Nothing is repaired or
judged here beyond what a look needs: intake says later what is wrong with a file.
"""

import io
import re
from collections.abc import Iterator

from msgspec import Struct

from nkdocs.bundle import filetypes
from nkdocs.errors import NkdocsError

_READ = 3  # pages in which a line is looked for
_LONGEST = 70  # characters
_WORDS = re.compile(r"[^\W\d_]{3,}|[가-힣]{2,}")


class Glance(Struct, frozen=True):
    """What is seen of a file.

    Attributes:
        pages: how many it has; 0 where that is not known before it is converted.
        line: the first line with words; empty for pictures and scans.
        about: whether the pages are those of the draft engine, not the document's own.
        fault: why it cannot be opened, in words.
    """

    pages: int = 0
    line: str = ""
    about: bool = False
    fault: str = ""


def glance(kind: str, data: bytes) -> Glance:
    """Return what is seen of a file of *kind* (`filetypes.kind`).

    Raises:
        UnusableError: it is a PDF that cannot be opened.
    """
    if kind == filetypes.PDF:
        return _pdf(data)
    if kind == filetypes.PICTURE:
        return Glance(_frames(data))
    if kind == filetypes.WORD:
        return _word(data)
    if kind in {filetypes.TEXT, filetypes.MAIL}:
        wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
        text = data.decode("utf-16" if wide else "utf-8", "ignore")
        return Glance(line=_first(text.splitlines()))
    return Glance()


def _pdf(data: bytes) -> Glance:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        from nkdocs.bundle.hygiene import clean

        document = pypdfium2.PdfDocument(clean(data).data)  # repaired, or told why it cannot be
    try:
        count = len(document)
        pages = (document[n].get_textpage() for n in range(min(count, _READ)))
        texts = (page.get_text_bounded() for page in pages)
        return Glance(count, _first(line for text in texts for line in text.splitlines()))
    except pypdfium2.PdfiumError:
        return Glance(len(document))
    finally:
        document.close()


def _frames(data: bytes) -> int:
    """Return how many pages a picture makes: a TIFF file may hold several."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except (OSError, ValueError, Image.DecompressionBombError):
        return 1  # HEIC, or damaged: intake tells


def _word(data: bytes) -> Glance:
    """Return what the draft engine makes of a Word document, else its first words."""
    from nkdocs.convert.draft.engine import DraftEngine
    from nkdocs.convert.words import docx_words

    try:
        seen = _pdf(DraftEngine().convert({"file": data})["file"].data)
    except NkdocsError:
        seen = Glance()
    try:
        line = _first([" ".join(docx_words(data)[:20])])
    except NkdocsError:
        line = ""
    return Glance(seen.pages, line or seen.line, about=bool(seen.pages))


def _first(lines: Iterator[str] | list[str]) -> str:
    """Return the first line that has words, in at most as many characters as a menu holds."""
    plain = (" ".join("".join(c for c in line if c.isprintable()).split()) for line in lines)
    return next((line[:_LONGEST] for line in plain if _WORDS.search(line)), "")

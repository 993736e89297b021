"""Letters made for tests, and what can be seen on the pages drawn of them."""

import io
from collections.abc import Callable

import docx
import pypdfium2
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from nkdocs.convert.draft.drawing import MARK
from nkdocs.convert.draft.engine import DraftEngine
from nkdocs.convert.pdf import Pdf

Writer = Callable[[Document], object]


def made_letter(write: Writer) -> bytes:
    """Return a letter that *write* has filled."""
    document = docx.Document()
    document.styles["Normal"].font.name = "Times New Roman"
    write(document)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def draw_letter(write: Writer) -> Pdf:
    """Return the draft of a letter that *write* has filled."""
    return DraftEngine().convert({"letter": made_letter(write)})["letter"]


def texts_of(pdf: Pdf) -> list[str]:
    """Return the text of each page, without the mark."""
    document = pypdfium2.PdfDocument(pdf.data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [text.replace(MARK, "").replace("\r\n", "\n").strip() for text in texts]


def colour_at(pdf: Pdf, x: float, y: float, page: int = 0) -> tuple[int, int, int]:
    """Return the colour of a point, in points from the upper left corner."""
    document = pypdfium2.PdfDocument(pdf.data)
    red, green, blue = document[page].render(scale=2).to_pil().getpixel((int(x * 2), int(y * 2)))
    document.close()
    return red, green, blue


def box_of(pdf: Pdf, words: str, page: int = 0) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of *words*, from the upper left corner."""
    document = pypdfium2.PdfDocument(pdf.data)
    text = document[page].get_textpage()
    found = text.search(words).get_next()
    assert found is not None, f"not on the page: {words}"
    text.count_rects(*found)
    left, bottom, right, top = text.get_rect(0)
    height = document[page].get_height()
    document.close()
    return left, height - top, right, height - bottom


def add_field(paragraph: object, instruction: str) -> None:
    """Add a complex field with a stored result that is wrong."""
    for kind in ("begin", "instruction", "separate", "result", "end"):
        run = paragraph.add_run()  # type: ignore[attr-defined]  # python-docx has no types
        if kind == "result":
            run.text = "99"
        elif kind == "instruction":
            element = OxmlElement("w:instrText")
            element.text = f" {instruction} "
            run._r.append(element)  # noqa: SLF001 - python-docx has no other way
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)  # noqa: SLF001 - python-docx has no other way


def append_xml(document: Document, xml: str) -> None:
    """Put a paragraph or table given as XML before the last section's properties."""
    spaces = nsdecls("w", "r")
    document.element.body.insert(-1, parse_xml(xml.replace(">", f" {spaces}>", 1)))


def break_page(document: Document) -> None:
    """End the page."""
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

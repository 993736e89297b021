"""PDFs made by hand for tests: good ones, odd ones, damaged ones."""

import io
import random
from collections.abc import Sequence

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, String

from nkdocs._working import Content

LINES = b"BT /F1 24 Tf 72 700 Td (%s) Tj ET"


def document(*texts: str, size: tuple[float, float] = (612, 792)) -> pikepdf.Pdf:
    """Return a PDF with one page for each text."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    )
    for text in texts:
        page = pdf.add_blank_page(page_size=size)
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
        page.obj.Contents = pdf.make_stream(LINES % text.encode())
    return pdf


def saved(pdf: pikepdf.Pdf, encryption: pikepdf.Encryption | None = None) -> bytes:
    """Return the file's bytes."""
    out = io.BytesIO()
    same = encryption is None  # the bytes of an encrypted file differ each time
    pdf.save(out, encryption=encryption or False, compress_streams=False, deterministic_id=same)
    return out.getvalue()


def three(*, flips: int = 0) -> bytes:
    """Return a PDF of three pages, some of its bits turned over."""
    data = bytearray(saved(document("Page one", "Page two", "Page three")))
    chance = random.Random(flips)  # noqa: S311 - the same bits in every run
    for _ in range(flips):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def page_with(box: str = "[0 0 612 792]", more: str = "", content: bytes = LINES % b"Hi") -> bytes:
    """Return a PDF whose one page says of its size what is given, right or wrong."""
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox {box} {more}/Contents 4 0 R"
        f"/Resources<</Font<</F1 {font}>>>>>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (size, table, size, len(out))
    )


def form(value: str, *, look: bool = False, name: str = "A-number", most: int = 0) -> bytes:
    """Return a form with one field; *look* gives it a picture of its own, which is empty."""
    pdf = document("The form")
    font = pdf.pages[0].obj.Resources.Font.F1
    field = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String(name), V=String(value),
        Rect=Array([72, 600, 272, 620]), F=4, DA=String("/F1 10 Tf 0 g"),
    )  # fmt: skip
    if most:
        field.Ff, field.MaxLen = 1 << 24, most
    if look:
        field.AP = Dictionary(N=pdf.make_stream(b"/Tx BMC EMC", Type=Name.XObject,
                              Subtype=Name.Form, BBox=Array([0, 0, 200, 20])))  # fmt: skip
    widget = pdf.make_indirect(field)
    pdf.pages[0].obj.Annots = Array([widget])
    resources = Dictionary(Font=Dictionary(F1=font))
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), DR=resources)
    return saved(pdf)


def texts(pdf: Content) -> list[str]:
    """Return what each page says, as PDFium reads it."""
    doc = pypdfium2.PdfDocument(bytes(pdf))
    try:
        return [page.get_textpage().get_text_range() for page in doc]
    finally:
        doc.close()


def sizes(pdf: bytes) -> list[list[int]]:
    """Return each page's MediaBox."""
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        return [[int(v) for v in page.mediabox] for page in doc.pages]


def picture(pdf: bytes, page: int = 0, dpi: int = 24) -> "Sequence[int]":
    """Return the grey values of a page's picture, row by row."""
    doc = pypdfium2.PdfDocument(pdf)
    try:
        return bytes(doc[page].render(scale=dpi / 72).to_pil().convert("L").tobytes())
    finally:
        doc.close()

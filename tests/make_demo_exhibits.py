"""Makes the exhibits of the fictional demo case; every word, face and number in them is invented.

    python -m tests.make_demo_exhibits [FOLDER]

What the papers say stands in tests/demo_texts. The same bytes come out in each run with the same
libraries (another version of Pillow or libheif may pack a picture otherwise).
"""

import datetime as dt
import hashlib
import io
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests import demo_pictures
from tests.demo_paper import NOTE, Form, Paper, draw, finished

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "answers" / "demo" / "exhibits"
TEXTS = ROOT / "tests" / "demo_texts"
OWNER = "the clerk's own"

FORMS: Mapping[str, Form] = {
    "id-card-certificate": Form("Certificate of Translation", dt.date(2026, 11, 10)),
    "settlement-record": Form("Certificate of Settlement Support", dt.date(2020, 1, 15), "a4"),
    "i-589-receipt": Form("Notice of Receipt of Application", dt.date(2023, 1, 19)),
    "clinic-letter": Form("Letter of October 30, 2026", dt.date(2026, 10, 30)),
    "record-check": Form("Result of Record Check", dt.date(2026, 10, 5), face="sans"),
    "country-report": Form("Families Without a Door", dt.date(2025, 6, 2), letters=13,
                           numbered=True),
    "pd-request-as-sent": Form("Request for Prosecutorial Discretion", dt.date(2023, 2, 6)),
    "refusal-email": Form("RE: Request for prosecutorial discretion", dt.date(2023, 3, 16),
                          face="sans"),
}  # fmt: skip

HOURS = {
    "2024": (10.5, 12.0, 11.0, 10.5, 12.5, 11.0, 8.0, 8.5, 11.5, 12.0, 13.0, 14.5),
    "2025": (11.0, 2.0, 10.0, 11.5, 12.0, 10.5, 8.0, 9.0, 11.5, 3.5, 12.0, 14.0),
    "2026": (11.0, 10.5, 12.0, 11.5, 12.5, 10.0, 8.5, 9.0, 11.0, 12.0),
}
"""Hours month by month; few in the months in which the boy was in hospital."""


def paper(name: str) -> bytes:
    """Return a paper of tests/demo_texts as a PDF."""
    sheet = Paper(FORMS[name])
    draw(sheet, _text(name))
    return finished(sheet)


def locked_receipt() -> bytes:
    """Return the receipt as courts send it: it opens for all, but is encrypted (AES-256).

    The key is drawn from a fixed text, not by chance, so that each run gives the same bytes.
    """
    from fpdf.enums import AccessPermission, EncryptionMethod

    sheet = Paper(FORMS["i-589-receipt"])
    sheet.set_encryption(OWNER, "", EncryptionMethod.AES_256, AccessPermission.none())
    drawn = iter(range(10**6))

    def fixed(size: int) -> bytes:
        return hashlib.shake_256(f"nkdocs demo {next(drawn)}".encode()).digest(size)

    handler: Any = sheet._security_handler  # noqa: SLF001 - the one place it can be told
    handler.get_random_bytes = fixed
    draw(sheet, _text("i-589-receipt"))
    return finished(sheet)


def scan() -> bytes:
    """Return the settlement record as a scanned PDF: pictures of pages, and no text."""
    import img2pdf

    pages = demo_pictures.scanned(paper("settlement-record"))
    made = dt.datetime(2026, 11, 5, 10, 30, tzinfo=dt.UTC)
    return bytes(img2pdf.convert(*pages, creationdate=made, moddate=made, producer="Sample Scanner",
                                 engine=img2pdf.Engine.internal))  # fmt: skip


def hours() -> bytes:
    """Return the record of volunteer hours, with sums that are right."""
    lines = ["MAPLE ROW MEALS", "Unpaid hours of SEO Yun Hui, January 2024 to October 2026", "",
             "Hours of each month, by quarters", ""]  # fmt: skip
    for year, months in HOURS.items():
        for first in range(0, len(months), 3):
            spent = months[first : first + 3]
            row = "     ".join(f"{one:04.1f}" for one in spent)
            lines.append(f"{year}-{first + 1:02} to {first + len(spent):02}          {row}")
        lines += [f"Sum of {year}: {sum(months):.1f} hours", ""]
    lines += [f"Sum of all months: {sum(sum(m) for m in HOURS.values()):.1f} hours", "",
              "Meals for the old, cooked and brought by the neighbors of Maple Row, Fairmont.",
              "From the sign-in book of the kitchen. Nobody is paid.",
              "Kept by Dana Oyelaran, kitchen coordinator, 000-555-0171, on November 2, 2026.",
              "", NOTE, ""]  # fmt: skip
    return "\n".join(lines).encode()


def support_letter() -> bytes:
    """Return the neighbor's letter as a Word file with a letterhead."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    word = _word("Letter of Ruth Halloran", dt.datetime(2026, 10, 12))  # noqa: DTZ001 - Word's clock has no zone
    head, *body = _text("support-letter").strip().split("\n\n")
    name, *lines = head.split("\n")
    top = word.add_paragraph()
    top.alignment = WD_ALIGN_PARAGRAPH.CENTER
    printed = top.add_run(name)
    printed.bold, printed.font.size = True, Pt(17)
    printed.font.color.rgb = RGBColor(0x5A, 0x2E, 0x46)
    small = word.add_paragraph()
    small.alignment = WD_ALIGN_PARAGRAPH.CENTER
    small.paragraph_format.space_after = Pt(22)
    small.add_run("  ·  ".join(lines)).font.size = Pt(9.5)
    for piece in body:
        said = word.add_paragraph()
        said.paragraph_format.space_after = Pt(9)
        for number, line in enumerate(piece.split("\n")):
            if number:
                said.add_run().add_break()
            said.add_run(line).italic = line.startswith("/s/")
    return _saved(word)


def translation() -> bytes:
    """Return the translation of the card as a Word file with a small table."""
    from docx.shared import Inches, Pt

    word = _word("Resident registration card, English translation", dt.datetime(2026, 11, 10))  # noqa: DTZ001
    title = word.add_paragraph()
    title.paragraph_format.space_after = Pt(4)
    head = title.add_run("Resident Registration Card")
    head.bold, head.font.size = True, Pt(16)
    under = word.add_paragraph("English translation of a card in Korean (one page, front)")
    under.paragraph_format.space_after = Pt(12)
    rows = [line.split(" :: ") for line in _text("id-card-en").strip().split("\n")]
    table = word.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    table.columns[0].width, table.columns[1].width = Inches(2.1), Inches(4.4)
    for left, right in rows:
        cells = table.add_row().cells
        for cell, text, width in ((cells[0], left, 2.1), (cells[1], right, 4.4)):
            cell.width = Inches(width)
            cell.paragraphs[0].paragraph_format.space_before = Pt(3)
            cell.paragraphs[0].paragraph_format.space_after = Pt(3)
            cell.paragraphs[0].add_run(text).bold = text is left
    last = word.add_paragraph("Words in square brackets are the translator's.")
    last.paragraph_format.space_before = Pt(10)
    return _saved(word)


EXHIBITS: Mapping[str, Callable[[], bytes]] = {
    "id-card.jpg": demo_pictures.card_photo,
    "id-card-en.docx": translation,
    "id-card-certificate.pdf": lambda: paper("id-card-certificate"),
    "settlement-record.pdf": scan,
    "i-589-receipt.pdf": locked_receipt,
    "clinic-letter.tiff": lambda: demo_pictures.faxed(paper("clinic-letter")),
    "support-letter.docx": support_letter,
    "volunteer-hours.txt": hours,
    "choir-photo.heic": demo_pictures.choir_photo,
    "record-check.pdf": lambda: paper("record-check"),
    "country-report.pdf": lambda: paper("country-report"),
    "pd-request-as-sent.pdf": lambda: paper("pd-request-as-sent"),
    "refusal-email.pdf": lambda: paper("refusal-email"),
}
"""Each exhibit file of the demo, and what makes it."""


def _text(name: str) -> str:
    """Return what a paper says."""
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


def _word(title: str, made: dt.datetime) -> Any:  # noqa: ANN401 - python-docx names no type for it
    """Return an empty Letter document with our faces and the line that says it is a sample."""
    import docx
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt

    word = docx.Document()
    told = word.core_properties
    told.title, told.author, told.subject = title, "", NOTE
    told.created = told.modified = made
    told.comments = told.last_modified_by = ""
    page = word.sections[0]
    page.page_width, page.page_height = Inches(8.5), Inches(11)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Inches(1)
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Serif", Pt(11.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "NanumMyeongjo")
    normal.paragraph_format.space_after = Pt(0)
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    foot.add_run(NOTE).font.size = Pt(7.5)
    return word


def _saved(word: Any) -> bytes:  # noqa: ANN401 - python-docx names no type for it
    """Return the bytes of a Word file, with no time of day in its parts."""
    held, out = io.BytesIO(), io.BytesIO()
    word.save(held)
    with zipfile.ZipFile(held) as parts, zipfile.ZipFile(out, "w") as fixed:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, parts.read(name))
    return out.getvalue()


def main(folder: Path = FOLDER) -> None:
    """Write all exhibits of the demo into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in EXHIBITS.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))

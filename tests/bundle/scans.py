"""Scans drawn for tests with the fonts that ship, and stand-ins for the programs that read them."""

import io
import sys
import zlib
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from nkdocs._resources import font
from nkdocs.convert import ocr

needs_ocr = pytest.mark.skipif(
    bool(ocr.lacking()), reason="OCRmyPDF and Tesseract with English and Korean are not installed"
)
ENGLISH = ("DECLARATION OF THE COUSIN", "I was born in Musan in the winter of 1985.",
           "My sister stayed behind in Hoeryong.")  # fmt: skip
KOREAN = ("나는 함경북도 무산에서 태어났습니다.", "국가보위부 사람들이 밤에 찾아왔습니다.",
          "저는 두만강을 건너 중국으로 갔습니다.")  # fmt: skip
_DPI, _SIZE = 200, (1700, 2200)

# It reads nothing: on each page whose corner is light it finds the words of the file `says`, and
# it fails at a file with a page whose corner is dark, as the real one may at a page.
_READS = """#!{python}
import pathlib, sys
sys.path[:0] = {path!r}
here = pathlib.Path(__file__).parent
if "--version" in sys.argv:
    print("9.9.9")
    raise SystemExit
with (here / "asked").open("a") as log:
    log.write("x")
import pikepdf
from nkdocs.bundle.searchable import Word, lay, unseen_font
says = (here / "says").read_text("utf-8")
with pikepdf.open(sys.argv[-2]) as pdf:
    font = unseen_font(pdf)
    for page in pdf.pages:
        raw = page.Resources.XObject.NKpage.read_bytes()
        if raw[0] < 90:
            raise SystemExit(7)
        words = says.split()
        lay(pdf, page, [Word(72.0 + 60 * n, 700.0, 50.0, 12.0, 0, w + " " * (n + 1 < len(words)))
                        for n, w in enumerate(words)], font)
    pdf.save(sys.argv[-1])
    pathlib.Path(sys.argv[sys.argv.index("--sidecar") + 1]).write_text(
        "\\f".join(says for _ in pdf.pages), "utf-8")
"""


def scan(*lines: str, turn: int = 0, corner: int = 255) -> Image.Image:
    """Return a picture of a page that says *lines*; *corner* is the grey of its upper left one."""
    image = Image.new("L", _SIZE, 255)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(lines):
        face = "LiberationSerif-Regular.ttf" if line.isascii() else "NanumMyeongjo.ttf"
        kind = ImageFont.truetype(str(font(face)), 40)
        pen.text((200, 250 + 90 * number), line, font=kind, fill=0)
    pen.rectangle((0, 0, 40, 40), fill=corner)
    return image.rotate(turn, expand=True)


def bound(*pictures: Image.Image) -> bytes:
    """Return a PDF of scanned pages."""
    pdf = pikepdf.new()
    for picture in pictures:
        wide, high = (side * 72 / _DPI for side in picture.size)
        image = pdf.make_stream(
            zlib.compress(picture.tobytes()), Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Image, Width=picture.width, Height=picture.height,
            ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
            Filter=pikepdf.Name.FlateDecode,
        )  # fmt: skip
        page = pdf.add_blank_page(page_size=(wide, high))
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
        page.Contents = pdf.make_stream(f"q {wide} 0 0 {high} 0 0 cm /Im Do Q".encode())
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def looks(pdf: bytes) -> list[bytes]:
    """Return the pixels of each page."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=0.7, grayscale=True).to_pil().tobytes() for page in document]
    finally:
        document.close()


def stand_in(folder: Path, says: str = "the cousin declares") -> Path:
    """Return a program that takes OCRmyPDF's options and reads the same words everywhere.

    How often it was started is the length of the file `asked` beside it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "says").write_text(says, "utf-8")
    roots = [str(Path(ocr.__file__).parents[2]), *(p for p in sys.path if p)]
    return program(folder / "ocrmypdf", _READS.format(python=sys.executable, path=roots))


def starts(reader: Path) -> int:
    """Return how often a stand-in was started to read."""
    asked = reader.parent / "asked"
    return len(asked.read_text("ascii")) if asked.exists() else 0


def tesseract(folder: Path, packs: Sequence[str] = ("eng", "kor", "osd")) -> Path:
    """Return a program that says which language packs it has, and nothing else."""
    said = "\\n".join(("List of available languages:", *packs))
    return program(folder / "tesseract", f"#!/bin/sh\nprintf '{said}\\n'\n")


def program(file: Path, text: str) -> Path:
    """Write a program."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    file.chmod(0o755)
    return file

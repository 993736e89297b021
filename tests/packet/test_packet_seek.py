"""The search for leaks looks where a name can hide, and says where it cannot look."""

import base64
import io
import unicodedata
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from nkdocs.answers.purposes import Purpose
from nkdocs.bundle.blackout import blacked
from nkdocs.diagnostics import Finding
from nkdocs.packet import redact
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.seek import Seeker
from tests.packet.papers import nkdocs, written
from tests.packet.test_packet_redact import case

NAME = "So Ra Quiverton"
Maker = Callable[[], bytes]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return the case that is looked for."""
    return open_desk(case(tmp_path_factory.mktemp("seek")))


@pytest.fixture(scope="module")
def seeker(desk: Desk) -> Seeker:
    """Return what searches for it."""
    return redact.seeker(desk, redact.Wish(Purpose.TRAINING))


def found(seeker: Seeker, folder: Path, name: str, data: bytes) -> list[Finding]:
    """Search one file."""
    (folder / name).write_bytes(data)
    return seeker.folder(folder / name)[0]


def word(change: Callable[[Any], None]) -> Maker:
    """Return what makes a Word file with something in it."""

    def make() -> bytes:
        document: Any = docx.Document()
        document.add_paragraph("Nothing here.")
        change(document)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    return make


def _author(document: Any) -> None:  # noqa: ANN401 - python-docx
    document.core_properties.author = NAME


def _split(document: Any) -> None:  # noqa: ANN401 - python-docx
    paragraph = document.paragraphs[0]
    for piece in ("So ", "Ra Qui", "ver", "ton"):
        paragraph.add_run(piece).bold = piece == "ver"


def _header(document: Any) -> None:  # noqa: ANN401 - python-docx
    document.sections[0].header.paragraphs[0].text = NAME


def pdf(change: Callable[[pikepdf.Pdf], None]) -> Maker:
    """Return what makes a PDF with something in it."""

    def make() -> bytes:
        with pikepdf.open(io.BytesIO(written("Nothing here."))) as opened:
            change(opened)
            out = io.BytesIO()
            packed = pikepdf.ObjectStreamMode.generate
            opened.save(out, compress_streams=True, object_stream_mode=packed)
            return out.getvalue()

    return make


def _info(opened: pikepdf.Pdf) -> None:
    opened.docinfo["/Author"] = NAME


def _xmp(opened: pikepdf.Pdf) -> None:
    with opened.open_metadata() as told:
        told["dc:creator"] = [NAME]


def _outline(opened: pikepdf.Pdf) -> None:
    with opened.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Declaration of {NAME}", 0))


def _note(opened: pikepdf.Pdf) -> None:
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents=NAME
    )
    opened.pages[0].Annots = pikepdf.Array([opened.make_indirect(note)])


def _attached(opened: pikepdf.Pdf) -> None:
    opened.attachments["x.bin"] = pikepdf.AttachedFileSpec(opened, _zip())


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/notes.txt", f"about {NAME}\n" * 50)
    return out.getvalue()


def _boxed() -> bytes:
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=12)
    drawn.add_page()
    drawn.text(72, 72, f"My name is {NAME}.")
    drawn.rect(60, 50, 400, 40, style="F")
    return bytes(drawn.output())


def _png() -> bytes:
    told = PngInfo()
    told.add_itxt("Comment", NAME, zip=True)
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "PNG", pnginfo=told)
    return out.getvalue()


def _jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x9C9D] = f"{NAME}\0".encode("utf-16-le")  # XPAuthor
    out = io.BytesIO()
    Image.new("L", (8, 8)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def _mail() -> bytes:
    mail = EmailMessage()
    mail["Subject"] = "Papers"
    mail.set_content("Attached.")
    mail.add_attachment(_zip(), maintype="application", subtype="zip", filename="papers.zip")
    return bytes(mail)


HIDDEN = [
    ("split.docx", word(_split), "L801"),
    ("author.docx", word(_author), "L802"),
    ("header.docx", word(_header), "L802"),
    ("info.pdf", pdf(_info), "L803"),
    ("xmp.pdf", pdf(_xmp), "L803"),
    ("outline.pdf", pdf(_outline), "L803"),
    ("note.pdf", pdf(_note), "L803"),
    ("attached.pdf", pdf(_attached), "L803"),
    ("boxed.pdf", _boxed, "L803"),
    ("text.png", _png, "L803"),
    ("exif.jpg", _jpeg, "L803"),
    ("archive.zip", _zip, "L803"),
    ("mail.eml", _mail, "L801"),
    ("plain.txt", f"x {NAME} y".encode, "L801"),
    ("wide.txt", lambda: f"x {NAME} y".encode("utf-16"), "L801"),
    ("korean.txt", "이름은 퀴버소라이다".encode, "L801"),
    ("apart.txt", lambda: unicodedata.normalize("NFD", "퀴버소라").encode(), "L801"),
    ("windows.txt", lambda: "퀴버소라".encode("cp949"), "L801"),
    ("escaped.json", lambda: b'{"x": "\\ud034\\ubc84\\uc18c\\ub77c"}', "L803"),
    ("address.html", lambda: b"<a href='x/So%20Ra%20Quiverton'>y</a>", "L801"),
    ("coded.md", lambda: base64.b64encode(f"this is about {NAME}, whom we know".encode()), "L801"),
    ("binary.bin", lambda: b"\0\1\2" * 9 + f"{NAME} and more".encode() + b"\xff\0", "L803"),
]


@pytest.mark.parametrize(("name", "make", "code"), HIDDEN, ids=[n for n, _, _ in HIDDEN])
def test_name_is_found_where_it_hides(
    seeker: Seeker, tmp_path: Path, name: str, make: Maker, code: str
) -> None:
    """This test ensures that no container keeps a name from the search."""
    findings = found(seeker, tmp_path, name, make())

    assert code in {f.code for f in findings}
    assert "quiverton" not in " ".join(f"{f.message} {f.subject}" for f in findings).casefold()


@pytest.mark.parametrize("name", [n for n, _, _ in HIDDEN if n.endswith(("docx", "pdf", "png"))])
def test_the_same_without_the_name_is_clean(seeker: Seeker, tmp_path: Path, name: str) -> None:
    """This test ensures that the search does not cry wolf."""
    clean = {"docx": word(lambda _: None), "pdf": pdf(lambda _: None)}
    data = clean[name[-4:].lstrip(".")]() if not name.endswith("png") else _zip()[:0]

    assert found(seeker, tmp_path, name, data) == []


def test_file_name_is_searched(seeker: Seeker, tmp_path: Path) -> None:
    """A clean file with the wrong name is a leak."""
    (finding,) = {f.code: f for f in found(seeker, tmp_path, "sora_quiverton.txt", b"x")}.values()

    assert finding.code == "L804"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("locked.age", b"age-encryption.org/v1\n-> X25519 abc"),
        ("broken.zip", b"PK\x03\x04 and then nothing"),
        ("broken.pdf", b"%PDF-1.7\nnothing of a PDF"),
    ],
)
def test_what_cannot_be_searched_is_told(
    seeker: Seeker, tmp_path: Path, name: str, data: bytes
) -> None:
    """This test ensures that a sealed file is never called clean."""
    assert {f.code for f in found(seeker, tmp_path, name, data)} == {"F030"}


def test_command_searches_any_folder(desk: Desk, tmp_path: Path) -> None:
    """0 and nothing found; 6 and where, never what."""
    (tmp_path / "notes.txt").write_text("nothing")
    clean = nkdocs("redact", desk.case.folder, "--for", "public", "--search", tmp_path)
    (tmp_path / "notes.txt").write_text(f"about {NAME}")
    leaking = nkdocs("redact", desk.case.folder, "--search", tmp_path, "--json")

    assert (clean.code, leaking.code) == (0, 6)
    assert "1 files searched, nothing found" in clean.out
    assert "Quiverton" not in leaking.out + leaking.err


def test_covered_words_are_gone_from_the_pixels() -> None:
    """This test ensures that a box is paint, not a layer: where a word stood all is black."""
    plain = blacked(written("Quiverton"), lambda _: [])
    hidden = blacked(written("Quiverton"), lambda text: [(0, len(text.rstrip()))])

    assert (plain.left_out, hidden.left_out) == ((), ())
    assert hidden.boxes >= len("Quiverton")
    assert _greys(hidden.pdf) < _greys(plain.pdf)


def _greys(data: bytes) -> int:
    """Return how many different greys stand on the first page: letters have soft edges."""
    import pypdfium2

    page = pypdfium2.PdfDocument(data)[0]
    image = page.render(scale=2, grayscale=True).to_pil().convert("L")
    return sum(image.histogram()[60:200])

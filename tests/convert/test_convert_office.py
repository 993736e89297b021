"""LibreOffice, started once, and its work looked over."""

import io
import os
import socketserver
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest

from nkdocs.convert.office import Office, find_office
from nkdocs.errors import ConversionError

OFFICE = find_office()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
PICTURE = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:extent cx="1000000" cy="1000000"/><wp:docPr id="1" name="p"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://'
    'schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="1" name="p"/>'
    '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.'
    'org/officeDocument/2006/relationships" r:link="rIdX"/></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="1000000" cy="1000000"/></a:xfrm><a:prstGeom prst="rect"/>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)
RELATION = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/image" Target="{}" TargetMode="External"/></Relationships>'
)


def _docx(*lines: str) -> bytes:
    out = io.BytesIO()
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def _linked(target: str) -> bytes:
    """Return a letter that shows a picture from elsewhere."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_docx("The letter"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml":
                text = text.replace(b"</w:r>", f"{PICTURE}</w:r>".encode(), 1)
            if name == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", RELATION.format(target).encode())
            new.writestr(name, text)
    return out.getvalue()


def _office(seconds: float = 120) -> Office:
    assert OFFICE is not None
    return Office(OFFICE, seconds=seconds)


def _faults(office: Office, documents: dict[str, bytes]) -> list[tuple[str, str]]:
    with pytest.raises(ConversionError) as caught:
        office.convert(documents)
    faults = caught.value.faults
    return [(getattr(f, "code", ""), getattr(f, "subject", "")) for f in faults]


def _pictures(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        return sum(len(page.get_images()) for page in doc.pages)


@pytest.fixture
def server() -> Iterator[tuple[str, list[bytes]]]:
    """Return the address of a server on this computer, and what it is asked."""
    asked: list[bytes] = []

    class Listener(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline())

    with socketserver.TCPServer(("127.0.0.1", 0), Listener) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_address[1]}/p.png", asked
        listening.shutdown()
        thread.join()


def test_office_named_by_the_environment_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NKDOCS_SOFFICE names the program."""
    program = tmp_path / "soffice"
    program.touch()
    monkeypatch.setenv("NKDOCS_SOFFICE", str(program))

    assert find_office() == program


@pytest.mark.parametrize("value", ["", "/nowhere/soffice"])
def test_office_can_be_ruled_out(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty or wrong NKDOCS_SOFFICE means none, whatever is installed."""
    monkeypatch.setenv("NKDOCS_SOFFICE", value)

    assert find_office() is None


def test_program_that_does_nothing_is_not_believed(tmp_path: Path) -> None:
    """Exit code 0 without a PDF is a failure."""
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)

    assert _faults(Office(program), {"a.docx": _docx("Hi")}) == [("C003", "a.docx")]


def test_program_that_cannot_start_is_a_failure(tmp_path: Path) -> None:
    """Nor is a program that is none."""
    assert _faults(Office(tmp_path / "none"), {"a.docx": _docx("Hi")}) == [("C003", "a.docx")]


def test_program_that_prints_something_else_is_found_out(tmp_path: Path) -> None:
    """A PDF with a page and without the letter's words is no letter."""
    blank = tmp_path / "blank.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(blank)
    program = tmp_path / "soffice"
    program.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\n'
        f'mkdir -p "$2" && cp {blank} "$2/00000.pdf"\n'
    )
    program.chmod(0o755)

    assert _faults(Office(program), {"a.docx": _docx("The letter")}) == [("C005", "a.docx")]


@pytest.mark.skipif(os.name == "nt", reason="process groups are POSIX")
def test_program_out_of_time_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it started is ended with it, and its folder goes."""
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(work))
    mark = tmp_path / "alive"
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n(sleep 2; touch {mark}) &\nsleep 60\n")
    program.chmod(0o755)

    faults = _faults(Office(program, seconds=0.3), {"a.docx": _docx("Hi")})
    threading.Event().wait(2.2)

    assert faults == [("C002", "a.docx")]
    assert not mark.exists()
    assert not list(work.iterdir())


def test_nothing_to_convert_starts_nothing(tmp_path: Path) -> None:
    """No document, no program."""
    assert Office(tmp_path / "none").convert({}) == {}


@needs_office
def test_letters_become_pdf_with_all_words() -> None:
    """Korean and English letters, many in one start, none changed by its name."""
    documents = {"-x; rm.docx": _docx("Dear Ms. Seo", "서윤희 씨"), "b": _docx(*["Line"] * 90)}

    made = _office().convert(documents)

    doc = pypdfium2.PdfDocument(made["-x; rm.docx"].data)
    text = doc[0].get_textpage().get_text_range()
    doc.close()
    assert list(made) == list(documents)
    assert "서윤희" in text
    assert made["b"].maker.startswith("LibreOffice ")


@needs_office
def test_same_letter_gives_the_same_bytes() -> None:
    """Dates, names and identifiers of a run do not stay in the PDF."""
    documents = {"a.docx": _docx("Dear Ms. Seo")}

    first, second = (_office().convert(documents)["a.docx"].data for _ in range(2))

    assert first == second
    assert b"/CreationDate" not in first
    assert b"/Producer" not in first


@needs_office
def test_every_bad_document_is_named() -> None:
    """Bad files among good ones are all reported in one error."""
    good = _docx("Hello")
    documents = {"good": good, "cut": good[:3000], "web": b"<html>", "empty": b""}

    assert _faults(_office(), documents) == [("C003", "cut"), ("C001", "web"), ("C001", "empty")]


@needs_office
def test_linked_picture_is_not_fetched(server: tuple[str, list[bytes]]) -> None:
    """A letter cannot phone home (TRUST 4.8: by default LibreOffice asks three times)."""
    address, asked = server

    made = _office().convert({"a": _linked(address)})

    assert asked == []
    assert _pictures(made["a"].data) == 0


@needs_office
def test_linked_file_of_this_computer_is_not_read(samples: Path) -> None:
    """A letter cannot bring pictures of the computer into a PDF."""
    target = (samples / "images" / "Portrait_1.jpg").as_uri()

    made = _office().convert({"a": _linked(target)})

    assert _pictures(made["a"].data) == 0


@needs_office
def test_korean_is_set_in_a_korean_serif() -> None:
    """This test ensures that no sans of another country stands in for Batang."""
    from tests.word_source import build

    letter = build("[title x]\n[body]\nBody| 나는 조선에서 태여났습니다.\n")

    made = _office().convert({"a": letter})["a"].data

    with pikepdf.open(io.BytesIO(made)) as pdf:
        faces = {str(f.BaseFont) for page in pdf.pages for f in page.Resources.Font.values()}
    assert any("NanumMyeongjo" in f or "Batang" in f for f in faces), faces

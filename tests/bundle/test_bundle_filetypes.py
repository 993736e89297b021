"""What a file is, by its first bytes."""

import io
import zipfile

import pytest

from nkdocs.bundle import filetypes
from nkdocs.bundle.faults import UnusableError
from tests.bundle.crafted import three


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return out.getvalue()


def _old(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        pytest.param(three(), "a.txt", filetypes.PDF, id="pdf-by-another-name"),
        pytest.param(b"junk" * 200 + three(), "a.pdf", filetypes.PDF, id="junk-before"),
        pytest.param(b"\xff\xd8\xff\xe1..", "a.pdf", filetypes.PICTURE, id="jpeg"),
        pytest.param(b"\x89PNG\r\n\x1a\n..", "a", filetypes.PICTURE, id="png"),
        pytest.param(b"II*\x00....", "a", filetypes.PICTURE, id="tiff"),
        pytest.param(b"\x00\x00\x00\x18ftypheic", "a.jpg", filetypes.PICTURE, id="heic"),
        pytest.param(_zip("word/document.xml"), "a.doc", filetypes.WORD, id="docx"),
        pytest.param("김우심".encode(), "a.txt", filetypes.TEXT, id="text"),
        pytest.param("김우심".encode("utf-16"), "a.txt", filetypes.TEXT, id="wide-text"),
        pytest.param(_old("WordDocument"), "a.docx", "doc", id="old-word"),
        pytest.param(b"From: x@y.example\n\nHi", "a.eml", filetypes.MAIL, id="mail"),
        pytest.param(b"{\\rtf1 hi}", "a.doc", "rtf", id="rtf"),
        pytest.param(_zip("content.xml"), "a.odt", "odt", id="odt"),
    ],
)
def test_kind_is_read_from_the_bytes(data: bytes, name: str, kind: str) -> None:
    """Endings lie; first bytes do not."""
    assert filetypes.kind(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "code", "detail"),
    [
        pytest.param(b"", "a.pdf", "X105", "", id="empty"),
        pytest.param(b"\n<!DOCTYPE html><html>", "a.pdf", "X108", "", id="web-page"),
        pytest.param(b"Hello", "a.pdf", "X107", "", id="text-as-pdf"),
        pytest.param(b"\x00\x01\x02", "a.txt", "X107", "", id="bytes-as-text"),
        pytest.param(_old("EncryptedPackage"), "a.docx", "X111", "", id="locked-word"),
        pytest.param(_old("Workbook"), "a.xls", "X109", "sheet", id="old-excel"),
        pytest.param(_zip("xl/workbook.xml"), "a.pdf", "X109", "sheet", id="excel"),
        pytest.param(_zip("a.pdf"), "a.zip", "X109", "archive", id="archive"),
        pytest.param(b"PK\x03\x04broken", "a.docx", "X114", "", id="cut-docx"),
        pytest.param(b"\x00\x00\x00\x18ftypmp42", "a.mp4", "X109", "film", id="film"),
        pytest.param(b"\x00\x00\x00\x18ftypM4A ", "a.m4a", "X109", "sound", id="voice-memo"),
        pytest.param(_old("__properties_version1.0"), "a.msg", "X109", "message", id="outlook"),
    ],
)
def test_what_cannot_be_pages_is_named(data: bytes, name: str, code: str, detail: str) -> None:
    """Each wrong kind of file has its own fault, and so its own next step."""
    with pytest.raises(UnusableError) as caught:
        filetypes.kind(data, name)

    assert (caught.value.note.code, caught.value.note.detail) == (code, detail)

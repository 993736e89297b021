"""What a file is, by its first bytes and not by its name."""

import io
import zipfile
from pathlib import PurePath

from nkdocs.bundle.faults import Note, UnusableError

PDF, PICTURE, WORD, TEXT, MAIL = "pdf", "picture", "word", "text", "mail"
OFFICE = ("doc", "rtf", "odt")  # what LibreOffice alone can open
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM")
_HEIC = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
_OTHER = (
    (b"{\\rtf", "rtf"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"#!AMR", "sound"),
    (b"\xff\xfb", "sound"),
    (b"\x1aE\xdf\xa3", "film"),
    (b"\x00\x00\x01\xba", "film"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"HWP Document File", "hwp"),
)
_INSIDE = (  # a part of a ZIP file, and what the file then is
    ("word/document.xml", WORD),
    ("xl/workbook.xml", "sheet"),
    ("ppt/presentation.xml", "slides"),
    ("Contents/section0.xml", "hwp"),
    ("content.xml", "odt"),
    ("Index/Document.iwa", "pages"),
)
_SEALED = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_NAMES = {".doc": "X110", ".docx": "X114", ".docm": "X114"}  # named so, and nothing else
_OLE_KINDS = {
    "WordDocument": "doc",
    "Workbook": "sheet",
    "PowerPoint Document": "slides",
    "HwpSummaryInformation": "hwp",
    "__properties_version1.0": "message",
}


def kind(data: bytes, name: str) -> str:
    """Return PDF, PICTURE, WORD, TEXT, MAIL or one of OFFICE.

    *name* decides what plain text or a broken file is.

    Raises:
        UnusableError: it is something else, and what.
    """
    if not data:
        raise UnusableError(Note("X105"))
    if b"%PDF-" in data[:1024]:
        return PDF
    if data.startswith(_SEALED):
        raise UnusableError(Note("X119"))
    if _is_picture(data):
        return PICTURE
    other, suffix = _other(data), PurePath(name).suffix.lower()
    if other in {WORD, *OFFICE}:
        return other
    if other == "archive" and suffix in _WORD_NAMES:
        raise UnusableError(Note(_WORD_NAMES[suffix]))
    if other:
        raise UnusableError(Note("X109", other))
    if _is_web_page(data):
        raise UnusableError(Note("X108"))
    return _words(data, suffix)


def _is_picture(data: bytes) -> bool:
    heic = data[4:8] == b"ftyp" and data[8:12] in _HEIC
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return heic or webp or data.startswith(_PICTURES)


def _other(data: bytes) -> str:
    """Return WORD or a kind named in faults.ADVICE, or nothing."""
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(_OLE):
        return _ole(data)
    if data[4:8] == b"ftyp":
        return "sound" if data[8:11] == b"M4A" else "film"
    if data[:4] == b"RIFF":
        return "sound" if data[8:12] == b"WAVE" else "film"
    return next((what for start, what in _OTHER if data.startswith(start)), "")


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "archive"
    return next((what for part, what in _INSIDE if part in names), "archive")


def _ole(data: bytes) -> str:
    """Tell files of Office's old container (MS-CFB) apart by the names of their streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnusableError(Note("X111"))
    kinds = _OLE_KINDS.items()
    return next((what for name, what in kinds if name.encode("utf-16-le") in data), "archive")


def _is_web_page(data: bytes) -> bool:
    start = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script"))


def _words(data: bytes, suffix: str) -> str:
    """Plain text has no mark of its own: here the name must say that it is meant."""
    if suffix == ".eml":
        return MAIL
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if suffix in {".txt", ".text"} and (wide or b"\x00" not in data):
        return TEXT
    raise UnusableError(Note("X107"))



"""Everything a file says anywhere in it, to be searched: bytes, parts, text layers, properties.

DOCX, XLSX and other ZIP files part by part; PDF object by object, its streams opened, with its
pages' text, outline, annotations and XMP; pictures with EXIF and XMP; e-mails with what hangs on
them; one in another to some depth. What cannot be looked into is told, never passed over.
"""

import gzip
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from pikepdf import Object

_DEEP = 4
_MOST = 400_000_000  # bytes unpacked from one file
_TAGS = re.compile(r"<[^>]{0,20000}>")
_BREAKS = re.compile(r"</(?:\w+:)?(?:p|tr|tc|si|row|li|div|h\d)>|<(?:\w+:)?(?:br|tab|cr)\b[^>]*>")
_ASCII = re.compile(rb"[\x20-\x7e\n\t]{8,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e]){4,}")
_ODD = re.compile(rb"[^A-Za-z0-9 .,'@_/:;()\n\t-]")
_MOSTLY = 6  # one odd character in so many: what is compressed has more
_BYTES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_JSON = re.compile(r"\\u([0-9A-Fa-f]{4})")
_BLOCK = re.compile(rb"(?:^[A-Za-z0-9+/]{60,}={0,2}\r?\n)+", re.MULTILINE)
_BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


class Piece(Struct, frozen=True):
    """What one part of a file says.

    Attributes:
        part: which part: "word/document.xml", "page 3", "EXIF"; empty for the whole file.
        text: what it says.
        raw: the text was gathered from bytes that may be no text at all.
        data: the bytes themselves, where names may stand in any encoding.
    """

    part: str
    text: str
    raw: bool = False
    data: bytes = b""


class SealedError(Exception):
    """A file, or a part of it, cannot be looked into; the message says which and why."""

    def __init__(self, part: str, why: str) -> None:
        """Say *why* the *part* cannot be searched; the whole file has no name here."""
        super().__init__(f"{part or 'it'} {why}")


Reader = Callable[[bytes, str, str, int], Iterator[Piece]]


def pieces(data: bytes, name: str = "", part: str = "", depth: int = 0) -> Iterator[Piece]:
    """Yield what *data*, a file called *name*, says in each of its parts.

    Raises:
        SealedError: it is encrypted, damaged, or too large or too deep to be searched.
    """
    if depth > _DEEP or len(data) > _MOST:
        raise SealedError(part, "is too deep or too large")
    inner = _inner(data)
    mail = b"MIME-Version" in data[:4000] or name.lower().endswith((".eml", ".mht"))
    if inner is None and mail:  # its attachments are read as what they are
        bare = _BLOCK.sub(b"", data)
        yield from _plain(bare, part)
        yield Piece(part, "", data=bare)
        yield from _mail(data, name, part, depth)
        return
    yield Piece(part, _gathered(data), raw=not _is_text(data), data=data)
    if inner is not None:
        yield from inner(data, name, part, depth)
    elif _is_text(data):
        yield from _plain(data, part)


def _inner(data: bytes) -> Reader | None:
    """Return what reads the inside of *data*, None if it has none."""
    if data[:4] == b"PK\x03\x04":
        return _zipped
    if b"%PDF-" in data[:1024]:
        return _pdf
    if data[:2] == b"\x1f\x8b":
        return _gzipped
    if data.startswith((b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED")):
        return _encrypted
    pictures = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8", b"RIFF", b"BM")
    if data.startswith(pictures) or data[4:8] == b"ftyp":
        return _picture
    return None


def _where(part: str, name: str) -> str:
    return f"{part} > {name}" if part else name


def _is_text(data: bytes) -> bool:
    head = data[:100_000]
    return b"\0" not in head and not any(c < 9 for c in head[:4000])  # noqa: PLR2004 - controls


def _gathered(data: bytes) -> str:
    """Return what can be read in bytes as they stand: runs of letters of one or two bytes."""
    found = _ASCII.findall(data)
    text = _is_text(data)
    runs = [m.decode("ascii") for m in found if text or len(_ODD.findall(m)) * _MOSTLY < len(m)]
    runs += [m.decode("utf-16-le") for m in _WIDE.findall(data)]
    runs += [m.decode("utf-16-be") for m in _WIDE_BIG.findall(data)]
    return "\n".join(runs)


def _plain(data: bytes, part: str) -> Iterator[Piece]:
    """Yield text as it is, and with its escapes and tags undone."""
    for encoding in ("utf-8", "cp949"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        text = data.decode("latin-1")
    yield Piece(part, text)
    undone = _JSON.sub(lambda m: chr(int(m[1], 16)), _percent(text))
    if "<" in undone and ">" in undone:
        broken = _BREAKS.sub("\n", undone)
        yield Piece(part, html.unescape(_TAGS.sub("", broken)))
        yield Piece(part, html.unescape(" ".join(re.findall(r"=\"([^\"]*)\"", undone))))
    if undone != text:
        yield Piece(part, undone)
    for found in _BASE64.findall(data):
        text = _of_base64(found)
        if text:
            yield Piece(_where(part, "base64"), text, raw=True)


def _percent(text: str) -> str:
    def undo(match: re.Match[str]) -> str:
        return bytes.fromhex(match[0].replace("%", "")).decode("utf-8", "replace")

    return _BYTES.sub(undo, text)


def _of_base64(found: bytes) -> str:
    import base64
    import binascii

    try:
        data = base64.b64decode(found + b"=" * (-len(found) % 4))
    except binascii.Error:
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _gathered(data)


def _zipped(data: bytes, name: str, part: str, depth: int) -> Iterator[Piece]:
    del name
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(i.file_size for i in archive.infolist()) > _MOST:
                raise SealedError(part, "is too large")
            yield Piece(part, archive.comment.decode("utf-8", "replace"))
            for info in archive.infolist():
                where = _where(part, info.filename)
                yield Piece(_where(part, "file name"), _percent(info.filename))
                if info.flag_bits & 1:
                    raise SealedError(where, "is encrypted")
                yield from pieces(archive.read(info), info.filename, where, depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error):
        raise SealedError(part, "is a damaged archive") from None


def _gzipped(data: bytes, name: str, part: str, depth: int) -> Iterator[Piece]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            inner = packed.read(_MOST + 1)
    except (OSError, EOFError, zlib.error):
        raise SealedError(part, "is damaged") from None
    yield from pieces(inner, name.removesuffix(".gz"), _where(part, "unpacked"), depth + 1)


def _encrypted(data: bytes, name: str, part: str, depth: int) -> Iterator[Piece]:
    del data, name, depth
    raise SealedError(part, "is encrypted (age)")
    yield  # a reader, as the others


def _mail(data: bytes, name: str, part: str, depth: int) -> Iterator[Piece]:
    del name
    message = message_from_bytes(data, policy=policy.default)
    for header, value in message.items():
        yield Piece(_where(part, header), str(value))
    for inner in message.walk():
        if inner.is_multipart():
            continue
        held = inner.get_payload(decode=True)
        called = inner.get_filename() or inner.get_content_type()
        if isinstance(held, bytes):
            yield from pieces(held, called, _where(part, called), depth + 1)


def _picture(data: bytes, name: str, part: str, depth: int) -> Iterator[Piece]:
    """Yield what a picture tells beside its pixels."""
    del name, depth
    from PIL import ExifTags, Image, UnidentifiedImageError
    from pillow_heif import HeifImagePlugin  # noqa: F401 - importing it teaches Pillow HEIC

    try:
        with Image.open(io.BytesIO(data)) as picture:
            told = [f"{key} {_said(value)}" for key, value in picture.info.items()]
            exif = picture.getexif()
            for ifd in (None, *ExifTags.IFD):
                held = exif if ifd is None else exif.get_ifd(ifd)
                told += [f"{key} {_said(value)}" for key, value in dict(held).items()]
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return  # its bytes were searched; it is no picture that anybody can open
    yield Piece(_where(part, "picture properties"), "\n".join(told))


def _said(value: object) -> str:
    if isinstance(value, bytes):
        wide = value.decode("utf-16-le", "ignore") if value[1:2] == b"\0" else ""
        return f"{value.decode('utf-8', 'ignore')}\n{_gathered(value)}\n{wide}"
    return str(value)


def _pdf(data: bytes, name: str, part: str, depth: int) -> Iterator[Piece]:
    """Yield the pages' text, every string and every stream, opened, of a PDF."""
    del name
    import pikepdf
    import pypdfium2

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            spent = 0
            yield Piece(_where(part, "properties and strings"), "\n".join(_strings(pdf.trailer)))
            for number, held in enumerate(pdf.objects, 1):
                where = _where(part, f"object {number}")
                yield Piece(where, "\n".join(_strings(held)))
                if isinstance(held, pikepdf.Stream):
                    inner = _stream(held)
                    spent += len(inner)
                    if spent > _MOST:
                        raise SealedError(part, "is too large")
                    yield from pieces(inner, "", where, depth + 1)
        document = pypdfium2.PdfDocument(data)
    except pikepdf.PasswordError:
        raise SealedError(part, "is locked by a password") from None
    except (pikepdf.PdfError, pypdfium2.PdfiumError, RuntimeError):
        raise SealedError(part, "is a damaged PDF") from None
    try:
        for number, page in enumerate(document, 1):
            text = page.get_textpage().get_text_bounded()
            yield Piece(_where(part, f"page {number}"), unicodedata.normalize("NFC", text))
            page.close()
    finally:
        document.close()


def _stream(held: "Object") -> bytes:
    import pikepdf

    try:
        if held.get("/Subtype") == pikepdf.Name.Image:  # pixels say nothing; JPEG may tell more
            return bytes(held.read_raw_bytes())
        return bytes(held.read_bytes())
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError):
        return bytes(held.read_raw_bytes())  # a picture's own form: JPEG, with what it tells


def _strings(held: "Object", deep: int = 0) -> Iterator[str]:
    """Yield every string in an object, those it refers to left to their own turn."""
    import pikepdf

    if deep > _DEEP * 5 or (deep and getattr(held, "is_indirect", False)):
        return
    if isinstance(held, pikepdf.String):
        yield str(held)
        yield _gathered(bytes(held))
    elif isinstance(held, pikepdf.Name):
        yield str(held)
    elif isinstance(held, pikepdf.Array):
        for value in held:
            yield from _strings(value, deep + 1)
    elif isinstance(held, (pikepdf.Dictionary, pikepdf.Stream)):
        for key, value in held.items():
            yield str(key)
            yield from _strings(value, deep + 1)

"""The same PDF, as the same bytes: without dates, makers and names."""

import io
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from nkdocs._working import Content, Kept

if TYPE_CHECKING:
    from pikepdf import Pdf

_OPEN = Path("/proc/self/fd")


@contextmanager
def as_file(data: Content) -> Iterator[Path | io.BytesIO]:
    """Give *data* to qpdf as a file, which it reads by itself; bytes go through Python, piecewise.

    Bytes become a file without a name that is kept in memory, where the system has such.
    """
    if isinstance(data, Kept):
        yield data.path
        return
    with ExitStack() as held:
        at: Path | io.BytesIO = io.BytesIO(data)
        if hasattr(os, "memfd_create") and _OPEN.is_dir():
            with suppress(OSError):  # no room for it: then through Python
                file = held.enter_context(os.fdopen(os.memfd_create("nkdocs"), "wb", 0))
                if file.write(data) == len(data):
                    at = _OPEN / str(file.fileno())
        yield at


def normalise(pdf: bytes) -> bytes:
    """Return *pdf* without what differs from run to run or tells who made it, and when.

    The document information and XMP metadata (ISO 32000-2, 14.3) go, from the file and from its
    parts; /ID is made from the content. Pages, links, bookmarks and page labels stay.

    Raises:
        pikepdf.PdfError: it is broken, or has no page.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as doc:
        if not doc.pages:
            msg = "a PDF without pages"
            raise pikepdf.PdfError(msg)
        for key in ("/Info", "/DocChecksum", "/ID"):
            if key in doc.trailer:
                del doc.trailer[key]
        for obj in doc.objects:
            if isinstance(obj, (pikepdf.Dictionary, pikepdf.Stream)):
                for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                    if key in obj:
                        del obj[key]
        out = io.BytesIO()
        doc.save(out, deterministic_id=True, preserve_pdfa=False)
    return out.getvalue()


def saved(pdf: "Pdf", place: Path | None = None) -> bytes:
    """Return a PDF that was changed: same content, same bytes, as the next reader takes it.

    It is left at *place*, too, if there is one and it has room. The /ID is the same for all: these
    files are read by nkdocs alone, and to work one out means reading all of a file once more.
    """
    if place:
        try:
            _save(pdf, place)
            return place.read_bytes()
        except OSError:  # no room
            place.unlink(missing_ok=True)
    out = io.BytesIO()
    _save(pdf, out)
    return out.getvalue()


def _save(pdf: "Pdf", out: Path | io.BytesIO) -> None:
    from pikepdf import ObjectStreamMode, StreamDecodeLevel

    pdf.save(
        out,
        static_id=True,
        encryption=False,
        preserve_pdfa=False,
        stream_decode_level=StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.disable,  # pypdf reads these files next
    )

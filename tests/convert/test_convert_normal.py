"""PDFs without dates and makers."""

import io

import pikepdf
from pikepdf import Dictionary, Name, String

from nkdocs.convert.jpeg import stripped
from nkdocs.convert.normal import normalise


def _dated(day: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page().obj
        page.PieceInfo = Dictionary(App=Dictionary(Private=String(day)))
        page.Metadata = pdf.make_stream(day.encode(), Type=Name.Metadata)
        pdf.docinfo["/Author"] = "Jane Lawyer"
        pdf.docinfo["/CreationDate"] = f"D:{day}"
        pdf.trailer["/DocChecksum"] = Name("/" + day)
        with pdf.open_metadata() as meta:
            meta["dc:creator"] = ["Jane Lawyer"]
        pdf.save(out)
    return out.getvalue()


def test_files_of_two_days_become_one() -> None:
    """What differs from run to run is gone, and so is the name of who made it."""
    first, second = normalise(_dated("20260101")), normalise(_dated("20261120"))

    assert first == second
    assert b"Jane Lawyer" not in first


def test_links_stay() -> None:
    """Pages and what stands on them are not touched."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
                          A=Dictionary(S=Name.URI, URI=String("https://x.example")))  # fmt: skip
        pdf.add_blank_page().obj.Annots = pikepdf.Array([link])
        pdf.save(out)

    with pikepdf.open(io.BytesIO(normalise(out.getvalue()))) as pdf:
        assert str(pdf.pages[0].obj.Annots[0].A.URI) == "https://x.example"


def test_jpeg_keeps_what_draws_it() -> None:
    """Fill bytes, restart markers and stuffed zeros in the coded data are no end."""
    scan = b"\xff\xda\x00\x04xx" + b"a\xff\x00b\xff\xd0c\xff\xff\x00d"
    photo = b"\xff\xd8\xff\xe1\x00\x06Exif\xff\xee\x00\x04ab" + scan + b"\xff\xd9trailer"

    assert stripped(photo) == b"\xff\xd8\xff\xee\x00\x04ab" + scan + b"\xff\xd9"

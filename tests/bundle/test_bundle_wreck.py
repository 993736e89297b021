"""What a damaged PDF names and no longer holds: told, and a fault where a page would be empty."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.hygiene import clean
from tests.bundle.crafted import document, saved, three


def _cut(*, resources_last: bool = True) -> bytes:
    """Return a file whose pages come first and whose fonts stood behind the cut."""
    out = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    out += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>\nendobj\n"
    out += b"3 0 obj\n<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 5 0 R>>\nendobj\n"
    text = b"BT /F1 24 Tf 72 700 Td (Hello) Tj ET"
    out += b"4 0 obj\n<</Length %d>>stream\n%s\nendstream\nendobj\n" % (len(text), text)
    font = b"6 0 R" if resources_last else b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return out + b"5 0 obj\n<</Font<</F1 %s>>>>\nendobj\n6 0 obj\n<<" % font


def test_page_whose_font_is_cut_away_stops_the_bundle() -> None:
    """A repaired page that draws with what the file no longer holds would be bound empty."""
    with pytest.raises(UnusableError) as caught:
        clean(_cut())

    assert (caught.value.note.code, caught.value.note.detail) == ("X223", "1")
    assert clean(_cut(), expect=1).total == 1
    assert clean(_cut(resources_last=False)).repaired


def test_repaired_file_tells_pages_before_and_after() -> None:
    """REPAIRED goes with what the file said of its pages and what could be read of them."""
    told = {n.code: n.detail for n in clean(three()[:-200]).notes}

    assert told["X301"] == "it spoke of 3 pages, and 3 pages"


@pytest.mark.parametrize(("user", "password"), [("", ""), ("u", "u")])
def test_protected_file_is_told(user: str, password: str) -> None:
    """Whoever binds a protected file learns that its pages in the bundle are not protected."""
    data = saved(document("Hello"), pikepdf.Encryption(owner="o", user=user))

    assert "X328" in {n.code for n in clean(data, password=password).notes}
    assert "X328" not in {n.code for n in clean(saved(document("Hello"))).notes}


@pytest.mark.parametrize("broken", [True, False])
def test_broken_font_is_told(*, broken: bool) -> None:
    """A file that opens well and whose font is broken may show nothing: it is said."""
    pdf = document("Hello")
    raw = zlib.compress(bytes(range(256)) * 40)
    file = pdf.make_stream(b"")
    file.write(raw[:30] + bytes(40) + raw[70:] if broken else raw, filter=Name.FlateDecode)
    font = pdf.pages[0].obj.Resources.Font.F1
    font.FontDescriptor = pdf.make_indirect(
        Dictionary(Type=Name.FontDescriptor, FontName=Name.Odd, FontFile2=file)
    )
    out = io.BytesIO()
    pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)

    assert ("X329" in {n.code for n in clean(out.getvalue()).notes}) is broken

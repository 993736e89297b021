"""Layers that are off leave the file."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from nkdocs.bundle.hygiene import clean
from tests.bundle.crafted import document, picture, saved, texts

CONTENT = (
    b"BT /F1 24 Tf 72 700 Td (Seen) Tj ET\n"
    b"/OC /L BDC 0 0 300 300 re f BT /F1 24 Tf 72 400 Td (Unseen) Tj ET EMC\n"
)


def _layered(*, off: bool, **usage: object) -> bytes:
    pdf = document("")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    for key, value in usage.items():
        layer[f"/{key}"] = value
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(CONTENT)
    page.Resources.Properties = Dictionary(L=layer)
    automatic = Array([Dictionary(Event=Name.Print, OCGs=Array([layer]))]) if usage else Array([])
    states = Dictionary(OFF=Array([layer] if off else []), AS=automatic)
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=states)
    return saved(pdf)


def test_layer_that_is_off_is_taken_out() -> None:
    """What the viewer did not show is neither seen in the bundle nor found in its text."""
    data = _layered(off=True)

    result = clean(data)

    assert texts(result.data) == ["Seen"]
    assert picture(result.data) == picture(data)
    assert ("X312", "1") in {(note.code, note.detail) for note in result.notes}


def test_layer_that_is_on_stays() -> None:
    """A layer that is shown is part of the page."""
    data = _layered(off=False)

    result = clean(data)

    assert "Unseen" in texts(result.data)[0]
    assert "X312" not in {note.code for note in result.notes}


def test_layer_that_prints_stays() -> None:
    """What appears on paper is what the court would have got."""
    data = _layered(off=True, Usage=Dictionary(Print=Dictionary(PrintState=Name.ON)))

    assert "Unseen" in texts(clean(data).data)[0]


def test_picture_on_a_layer_that_is_off_is_taken_out() -> None:
    """An object that belongs to a hidden layer is not drawn and not kept."""
    with pikepdf.open(io.BytesIO(_layered(off=True))) as pdf:
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(
            Im=pdf.make_stream(b"0 0 9 9 re f % PRIVILEGED", Type=Name.XObject, Subtype=Name.Form,
                               BBox=Array([0, 0, 9, 9]), OC=page.Resources.Properties.L)
        )  # fmt: skip
        page.Contents = pdf.make_stream(CONTENT + b"/Im Do")
        data = saved(pdf)

    result = clean(data)

    assert b"/Im Do" not in result.data
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        streams = [o.read_bytes() for o in pdf.objects if isinstance(o, pikepdf.Stream)]
    assert not any(b"PRIVILEGED" in stream for stream in streams)

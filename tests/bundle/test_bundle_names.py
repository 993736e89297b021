"""Names in a PDF that are no UTF-8: older programs wrote them in the code page of their country."""

import pytest
from pikepdf import Array, Dictionary, Name, String

from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.hygiene import clean
from nkdocs.bundle.pages import build_bundle
from tests.bundle.crafted import document, saved, texts
from tests.bundle.made import FakeExhibit, FakePart, binding

_OLD = {b"Mxnn": b"M\xe4nn", b"Xberschrift": b"\xdcberschrift", b"/F1": b"/F\xe9",
        b"/Helvetica": b"/\xb1\xbc\xb8\xb2\xc3\xbcM\xe6T"}  # fmt: skip


def test_names_of_an_old_code_page_cost_nothing() -> None:
    """In the states of a box, in the structure, in fonts: the file is sound, and is bound."""
    pdf = document("Hello there")
    page = pdf.pages[0].obj
    look = pdf.make_stream(
        b"q 0 0 10 10 re S Q", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10])
    )
    box = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("sex"), V=Name.Mxnn,
            AS=Name.Mxnn, Rect=Array([72, 600, 82, 610]), F=4,
            AP=Dictionary(N=Dictionary(Mxnn=look, Off=look)),
        )
    )  # fmt: skip
    page.Annots, pdf.Root.AcroForm = Array([box]), Dictionary(Fields=Array([box]))
    page.NKkept = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Xberschrift))
    data = saved(pdf)
    for new, old in _OLD.items():
        data = data.replace(new, old)

    cleaned = clean(data)
    made = build_bundle(
        [FakeExhibit("a", "A", (FakePart("main", "", cleaned.data, cleaned.sources),))], binding()
    )

    assert [n.code for n in cleaned.notes] == ["X304"]
    assert any("Hello there" in text for text in texts(made.volumes[0].data))


def test_box_that_is_not_drawn_as_it_is_ticked_is_still_told() -> None:
    """Whatever its state is called."""
    pdf = document("The form")
    look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    box = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Btn, T=String("sex"), V=Name.Mxnn,
            AS=Name.Off, Rect=Array([72, 600, 82, 610]), F=4,
            AP=Dictionary(N=Dictionary(Mxnn=look, Off=look)),
        )
    )  # fmt: skip
    pdf.pages[0].obj.Annots, pdf.Root.AcroForm = Array([box]), Dictionary(Fields=Array([box]))
    data = saved(pdf).replace(b"Mxnn", b"M\xe4nn")

    with pytest.raises(UnusableError) as caught:
        clean(data)
    assert (caught.value.note.code, "sex" in caught.value.note.detail) == ("X212", True)

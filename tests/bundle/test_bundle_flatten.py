"""Forms and marks drawn into the page."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.hygiene import clean
from tests.bundle.crafted import document, form, picture, saved, texts


def _filled(path: Path, field: str, value: str) -> bytes:
    """Fill every text field whose name holds *field*, as a careless program does: no pictures."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for widget in page.obj.get("/Annots", []):
                if field in str(widget.get("/T", "")):
                    widget.V = String(value)
        return saved(pdf)


def _marked(kind: str, *, look: bool = True, **more: Any) -> bytes:  # noqa: ANN401 - what pikepdf takes
    pdf = document("Evidence")
    mark = Dictionary(Type=Name.Annot, Rect=Array([60, 690, 300, 730]), F=4, **more)
    mark.Subtype = Name("/" + kind)
    if look:
        black = pdf.make_stream(b"0 0 240 40 re f", Type=Name.XObject, Subtype=Name.Form,
                                BBox=Array([0, 0, 240, 40]))  # fmt: skip
        mark.AP = Dictionary(N=black)
    pdf.pages[0].obj.Annots = Array([mark])
    return saved(pdf)


def _fault(data: bytes) -> tuple[str, str]:
    with pytest.raises(UnusableError) as caught:
        clean(data)
    return caught.value.note.code, caught.value.note.detail


@pytest.mark.parametrize("number", ["000000021", "000000022"])
def test_a_number_of_an_official_form_survives(samples: Path, number: str) -> None:
    """Each G-28 keeps its own A-number, whatever the other says."""
    data = _filled(samples / "pdf_uscis" / "g-28.pdf", "ANumber", number)

    result = clean(data)

    pages = ["".join(text.split()) for text in texts(result.data)]
    assert number in pages[1]
    assert b"/AcroForm" not in result.data


def test_asylum_form_keeps_its_a_number_on_every_page(samples: Path) -> None:
    """The I-589 repeats the A-number on its supplements."""
    data = _filled(samples / "pdf_uscis" / "i-589.pdf", "ANumber", "000000023")

    pages = ["".join(text.split()) for text in texts(clean(data).data)]

    assert [i for i, text in enumerate(pages) if "000000023" in text] == [0, 1, 10, 11]


def test_story_of_many_lines_survives(samples: Path) -> None:
    """A story in a box of several lines is broken into lines, not cut."""
    story = "They came at night and asked about the films my cousin had copied in Musan. " * 3
    data = _filled(samples / "pdf_uscis" / "i-589.pdf", "PBL2_TextField", story.strip())

    shown = "".join("".join(texts(clean(data).data)).split())

    assert shown.count("copiedinMusan.") == 3


def test_value_longer_than_its_field_is_a_fault(samples: Path) -> None:
    """An A-number that its boxes cut off would be a wrong one."""
    data = _filled(samples / "pdf_uscis" / "g-28.pdf", "ANumber", "A000000021")

    assert _fault(data) == ("X212", "Pt3Line9_ANumber[0] (page 2)")


def test_value_without_picture_is_drawn() -> None:
    """A field that a program filled without drawing it is drawn."""
    assert "000-000-021" in texts(clean(form("000-000-021")).data)[0]


def test_value_that_cannot_be_drawn_is_a_fault() -> None:
    """Hangul in a Latin field font is no reason to print question marks."""
    assert _fault(form("서윤희"))[0] == "X212"


def test_stale_picture_is_told() -> None:
    """A field whose picture shows another value than it holds must be looked at."""
    notes = {note.code: note.detail for note in clean(form("000-000-021", look=True)).notes}

    assert notes["X305"] == "A-number (page 1)"


def test_stale_picture_is_drawn_anew_where_the_form_asks() -> None:
    """/NeedAppearances says that the pictures are not up to date."""
    with pikepdf.open(io.BytesIO(form("000-000-021", look=True))) as pdf:
        pdf.Root.AcroForm.NeedAppearances = True
        data = saved(pdf)

    assert "000-000-021" in texts(clean(data).data)[0]


def test_radio_button_shows_its_one_choice() -> None:
    """Of two buttons the one chosen is drawn, and only that."""
    pdf = document("Married?")
    looks = {n: pdf.make_stream(c, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
             for n, c in (("on", b"0 0 9 9 re f"), ("off", b""))}  # fmt: skip
    group = pdf.make_indirect(Dictionary(FT=Name.Btn, Ff=1 << 15, T=String("m"), V=Name.Yes))
    kids = [
        pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, Parent=group, F=4, AS=state,
                Rect=Array([x, 600, x + 9, 609]),
                AP=Dictionary(N=Dictionary({f"/{on}": looks["on"], "/Off": looks["off"]})),
            )
        )
        for x, on, state in ((100, "Yes", Name.Yes), (200, "No", Name.Off))
    ]  # fmt: skip
    group.Kids = Array(kids)
    pdf.pages[0].obj.Annots = Array(kids)
    pdf.Root.AcroForm = Dictionary(Fields=Array([group]))

    seen = picture(clean(saved(pdf)).data, dpi=72)

    assert (seen[612 * (792 - 604) + 104], seen[612 * (792 - 604) + 204]) == (0, 255)


@pytest.mark.parametrize("kind", ["FreeText", "Ink", "Stamp", "Square", "Highlight"])
def test_drawn_mark_stays_as_printed(kind: str) -> None:
    """A black box over a name, a signature, a stamp: what is seen in print stays, and is told."""
    data = _marked(kind)

    result = clean(data)

    assert picture(result.data) == picture(_marked("Square"))
    assert {"X307"} <= {note.code for note in result.notes}
    assert b"/Annots" not in result.data


def test_comment_on_a_mark_goes() -> None:
    """The comment that hangs on a highlight does not reach the bundle."""
    result = clean(_marked("Highlight", Contents=String("PRIVILEGED")))

    assert b"PRIVILEGED" not in result.data
    assert "X306" in {note.code for note in result.notes}


def test_mark_without_picture_is_a_fault() -> None:
    """A box that viewers draw by themselves may hide a name: it is not dropped."""
    assert _fault(_marked("Square", look=False)) == ("X212", "Square on page 1")


def test_redaction_not_applied_is_a_fault() -> None:
    """Marked for redaction is not redacted."""
    assert _fault(_marked("Redact")) == ("X214", "1")


def test_hidden_mark_is_not_shown() -> None:
    """What the viewer hid stays unseen."""
    pdf_data = _marked("Stamp")
    with pikepdf.open(io.BytesIO(pdf_data)) as pdf:
        pdf.pages[0].obj.Annots[0].F = 2
        hidden = saved(pdf)

    assert picture(clean(hidden).data) == picture(saved(document("Evidence")))

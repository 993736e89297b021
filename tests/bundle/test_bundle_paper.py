"""Every page on Letter, upright."""

import io

import pikepdf
import pytest

from nkdocs.bundle.faults import UnusableError
from nkdocs.bundle.hygiene import clean
from tests.bundle.crafted import page_with, picture, sizes, texts

UPRIGHT, LYING = [0, 0, 612, 792], [0, 0, 792, 612]
BAR = b"0 0 100 20 re f BT /F1 12 Tf 150 150 Td (Hi) Tj ET"  # a black bar at the lower left


def _codes(data: bytes) -> set[str]:
    return {note.code for note in clean(data).notes}


@pytest.mark.parametrize(
    ("box", "more", "paper"),
    [
        pytest.param("[0 0 612 792]", "", UPRIGHT, id="letter"),
        pytest.param("[0 0 611.9 792.4]", "", UPRIGHT, id="nearly-letter"),
        pytest.param("[0 0 595 842]", "", UPRIGHT, id="a4"),
        pytest.param("[0 0 612 1008]", "", UPRIGHT, id="legal"),
        pytest.param("[0 0 842 595]", "", LYING, id="a4-on-its-side"),
        pytest.param("[0 0 792 612]", "", LYING, id="letter-on-its-side"),
        pytest.param("[0 0 595 842]", "/Rotate 90", LYING, id="turned"),
        pytest.param("[0 0 842 595]", "/Rotate -90", UPRIGHT, id="turned-back"),
        pytest.param("[0 0 3024 4032]", "", UPRIGHT, id="photo-as-page"),
        pytest.param("[612 792 0 0]", "", UPRIGHT, id="corners-swapped"),
        pytest.param("[-306 -396 306 396]", "", UPRIGHT, id="origin-in-the-middle"),
        pytest.param("[0 0 306 396]", "/UserUnit 2", UPRIGHT, id="half-size-doubled"),
        pytest.param("[0 0 612 792]", "/CropBox [0 0 300 200]", LYING, id="cropped"),
        pytest.param("[0 0 612 792]", "/CropBox [900 900 999 999]", UPRIGHT, id="crop-outside"),
    ],
)
def test_page_becomes_letter(box: str, more: str, paper: list[int]) -> None:
    """Whatever its size and rotation, the page is Letter, upright, with its words."""
    result = clean(page_with(box, more, BAR))

    assert sizes(result.data) == [paper]
    assert texts(result.data) == ["Hi"]
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        assert not {"/Rotate", "/CropBox", "/UserUnit"} & set(pdf.pages[0].obj.keys())


@pytest.mark.parametrize("turn", [0, 90, 180, 270, -90])
def test_turned_page_reads_as_it_did(turn: int) -> None:
    """The picture of a rotated Letter page is the picture of the cleaned one."""
    data = page_with(more=f"/Rotate {turn}", content=BAR)

    after = picture(clean(data).data)

    different = sum(abs(a - b) > 64 for a, b in zip(picture(data), after, strict=True))
    assert different < 10


def test_letter_page_keeps_its_content_byte_for_byte() -> None:
    """A page that is Letter already is not touched."""
    result = clean(page_with(content=BAR))

    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes().strip() == BAR


def test_what_is_cropped_away_stays_unseen_and_is_told() -> None:
    """CropBox hides a part; made smaller, the page does not show it, and people are warned."""
    data = page_with(more="/CropBox [0 100 612 400]", content=BAR)

    result = clean(data)

    assert min(picture(result.data)[-792 // 3 :]) == 255  # the bar below is not to be seen
    assert "X311" in {note.code for note in result.notes}


@pytest.mark.parametrize(
    "box", ["[0 0 0 0]", "[0 0 30000 20000]", "[0 0 30 30]"], ids=["empty", "huge", "tiny"]
)
def test_odd_size_is_told(box: str) -> None:
    """A size that is no paper's is put right, and reported."""
    assert "X310" in _codes(page_with(box))


@pytest.mark.parametrize("box", ["[/a /b /c /d]", "[0 0 612]", "null"])
def test_broken_size_is_letter(box: str) -> None:
    """A box that says nothing is read as Letter, and reported."""
    data = page_with(box)

    assert sizes(clean(data).data) == [UPRIGHT]
    assert _codes(data) & {"X301", "X310"}


def test_absurd_size_is_a_fault() -> None:
    """Nobody can see what is drawn on a page of 350 kilometres."""
    with pytest.raises(UnusableError) as caught:
        clean(page_with("[0 0 1000000000 1000000000]"))

    assert caught.value.note.code == "X210"


@pytest.mark.parametrize("loose", [b"q q q 2 0 0 2 0 0 cm ", b"Q Q Q "], ids=["open", "closed"])
def test_unbalanced_page_is_enclosed(loose: bytes) -> None:
    """A `q` without `Q` cannot move a stamp that is put on the page later."""
    result = clean(page_with(content=loose + BAR))

    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes().split()[-3:] == [b"/NKpage", b"Do", b"Q"]


def test_damaged_content_is_a_fault() -> None:
    """A page whose content cannot be unpacked is named."""
    data = page_with(content=b"not zipped at all!").replace(
        b"/Length 18", b"/Length 18/Filter/FlateDecode"
    )

    with pytest.raises(UnusableError) as caught:
        clean(data)

    assert (caught.value.note.code, caught.value.note.detail) == ("X215", "1")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"q (a Q here) Tj", id="in-a-string"),
        pytest.param(b"q /Q gs", id="a-name"),
        pytest.param(b"q [(a)] TJ Q Q[1] 0 d", id="before-an-array"),
        pytest.param(b"Q q", id="backwards"),
        pytest.param(b"q 1 w (never closed Q", id="open-string"),
        pytest.param(b"q % Q", id="in-a-comment"),
        pytest.param(b"q (a \\) Q) Tj", id="escaped"),
        pytest.param(b"q (a (Q) Q) Tj", id="string-in-a-string"),
        pytest.param(b"q (100 %) Tj % (Q", id="in-a-comment-after-a-percentage"),
        pytest.param(b"q % (\n(a) Tj % Q )", id="parenthesis-in-a-comment"),
        pytest.param(b"q <51> Tj /F(Q) gs", id="in-a-string-after-a-name"),
        pytest.param(b"q BI /W 1 /H 1 /BPC 8 /CS /G ID Q EI", id="in-a-picture"),
    ],
)
def test_states_left_open_are_never_taken_for_closed(content: bytes) -> None:
    """A stamp after them would stand where nobody looks: such a page is drawn as a form."""
    made = clean(page_with(content=content))

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert "/NKpage" in pdf.pages[0].resources.get("/XObject", {})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"q (100 % of BI, a \\) Q) Tj Q", id="in-strings"),
        pytest.param(b"q (a (Q) Q) Tj Q", id="string-in-a-string"),
        pytest.param(b"q (a) Tj Q % (", id="comment"),
        pytest.param(b"q[(a)]TJ Q\nq<51>Tj Q", id="close-together"),
    ],
)
def test_states_that_are_closed_leave_the_page_as_it_is(content: bytes) -> None:
    """Whatever stands in strings and comments."""
    made = clean(page_with(content=content))

    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert pdf.pages[0].obj.Contents.read_bytes() == content

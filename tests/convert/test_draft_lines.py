"""Lines: where they end, where tabs lead, and how numbers are written."""

import pytest

from nkdocs.convert.draft.fonts import Fonts
from nkdocs.convert.draft.inline import Break, Jump, Text
from nkdocs.convert.draft.lines import Line, Setter
from nkdocs.convert.draft.numbering import counted
from nkdocs.convert.draft.pieces import Gap, Piece, may_break
from nkdocs.convert.draft.styles import Look, Shape, Tab

LOOK = Look(size=12.0)


def _texts(line: Line) -> str:
    return "".join(item.ink.text for item in line.items if isinstance(item.ink, Piece))


@pytest.mark.parametrize(
    ("before", "after", "may"),
    [
        pytest.param("-", "b", True, id="after-a-hyphen"),
        pytest.param("0", "-", False, id="before-a-hyphen"),
        pytest.param("-", "0", False, id="inside-an-A-number"),
        pytest.param("한", "글", False, id="inside-a-Korean-word"),
        pytest.param("漢", "字", True, id="between-ideographs"),
        pytest.param("字", "\uff0c", False, id="before-a-closing-sign"),
        pytest.param("(", "漢", False, id="after-an-opening-sign"),
    ],
)
def test_lines_end_only_where_they_may(before: str, after: str, *, may: bool) -> None:
    """Hyphens and ideographs allow a line's end, names and numbers do not."""
    assert may_break(before, after) is may


def test_words_of_several_runs_stay_one_word() -> None:
    """A word whose middle is bold is not parted at the run's end."""
    bold = Look(size=12.0, bold=True)
    setter = Setter(Fonts(), Shape(), LOOK, 100.0)

    lines = setter.set([Text("aaaa bbbb cc", LOOK), Text("CCCC", bold), Text("cccc dd", LOOK)])

    assert [_texts(line) for line in lines] == ["aaaa bbbb", "ccCCCCcccc dd"]


def test_a_right_tab_ends_its_text_at_the_stop() -> None:
    """Page numbers of a list stand flush right."""
    shape = Shape(tabs={200.0: Tab("right", "dot")})

    (line,) = Setter(Fonts(), shape, LOOK, 200.0).set(
        [Text("Index", LOOK), Jump(LOOK), Text("12", LOOK)]
    )

    assert line.items[-1].end == pytest.approx(200.0)
    assert isinstance(line.items[1].ink, Gap)
    assert line.items[1].ink.leader == "dot"


def test_a_hanging_paragraph_has_a_stop_at_its_indent() -> None:
    """The text after a list number begins where the next lines begin."""
    shape = Shape(left=36.0, first=-18.0)

    lines = Setter(Fonts(), shape, LOOK, 200.0).set(
        [Text("1.", LOOK, own=True), Jump(LOOK, "label"), Text("word " * 20, LOOK)]
    )

    assert lines[0].items[-1].x == pytest.approx(36.0)
    assert lines[1].items[0].x == pytest.approx(36.0)


def test_justified_lines_reach_the_right_edge_but_the_last() -> None:
    """Spaces widen until the line is full; the last line stays as it is."""
    lines = Setter(Fonts(), Shape(align="both"), LOOK, 200.0).set([Text("some words " * 9, LOOK)])

    assert all(line.items[-1].end == pytest.approx(200.0) for line in lines[:-1])
    assert lines[-1].items[-1].end < 190


def test_a_page_break_ends_line_and_page() -> None:
    """Text after the break begins a line of the next page."""
    lines = Setter(Fonts(), Shape(), LOOK, 200.0).set(
        [Text("one", LOOK), Break(page=True), Text("two", LOOK)]
    )

    assert [line.ends_page for line in lines] == [True, False]


def test_korean_does_not_make_a_line_higher() -> None:
    """A Korean name keeps the line spacing of the letter."""
    latin, korean = (
        Setter(Fonts(), Shape(), LOOK, 200.0).set([Text(text, LOOK)])[0].height
        for text in ("Seo", "서윤희")
    )

    assert latin == korean


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        pytest.param(4, "lowerRoman", "iv", id="roman"),
        pytest.param(1994, "upperRoman", "MCMXCIV", id="large-roman"),
        pytest.param(28, "lowerLetter", "bb", id="letters-double-after-z"),
        pytest.param(3, "ganada", "다", id="korean"),
        pytest.param(12, "ordinal", "12th", id="ordinal"),
        pytest.param(22, "ordinal", "22nd", id="second"),
        pytest.param(7, "decimalZero", "07", id="zero"),
        pytest.param(7, "none", "", id="none"),
        pytest.param(7, "aiueo", "7", id="unknown-counts-in-digits"),
    ],
)
def test_numbers_are_written_in_their_format(count: int, form: str, text: str) -> None:
    """List and page numbers follow the number format of the file."""
    assert counted(count, form) == text

"""Rows of a list become the answers of cases: nothing is guessed, nothing is dropped."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.batch import rows, tables
from nkdocs.batch.columns import known
from nkdocs.batch.gathering import Gathered
from nkdocs.diagnostics import Finding
from nkdocs.errors import AnswersError
from nkdocs.kinds.registry import KINDS
from tests.batch.office import written
from tests.documents.letters import catalogue


def looked(folder: Path, *lines: str, encoding: str = "utf-8") -> rows.Table:
    """Return a list of clients that was looked through."""
    return rows.look_through(written(folder, *lines, encoding=encoding), catalogue())


def gathered(folder: Path, *lines: str) -> dict[str, Gathered]:
    """Return what the rows of each case say."""
    return dict(looked(folder, *lines).each())


def faults(folder: Path, *lines: str) -> list[Finding]:
    """Return what is wrong with a list as a whole."""
    with pytest.raises(AnswersError) as caught:
        looked(folder, *lines)
    return [f for f in caught.value.faults if isinstance(f, Finding)]


@pytest.mark.parametrize(
    "encoding", [pytest.param("utf-8"), pytest.param("utf-8-sig"), pytest.param("cp949")]
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_of_office_programs(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    """UTF-8 with or without mark, and the Korean encoding of Windows, in every locale's CSV."""
    head = separator.join(["case", "respondents[].name.native", "pd.theory"])
    row = separator.join(["a", "서윤희", '"one\r\ntwo, three; four"'])

    (key, found), *_ = looked(tmp_path, head, row, encoding=encoding).each()

    assert key == "a"
    assert found.data["respondents"][0]["name"] == {"native": "서윤희"}
    assert found.data["pd"] == {"theory": "one\r\ntwo, three; four"}


def test_korean_encoding_of_windows_is_said(tmp_path: Path) -> None:
    """Whoever gets strange letters knows why."""
    table = looked(tmp_path, "case,office.name", "a,병원", encoding="cp949")

    assert "cp949" in table.notes[0]


@pytest.mark.parametrize(
    "data", [pytest.param("case\r\n".encode("utf-16"), id="utf-16"),
             pytest.param(b"case,office.name\r\na,\xff\xfe\xfd\r\n", id="neither"),
             pytest.param(b"case\0\r\n", id="nul")],
)  # fmt: skip
def test_other_encodings_are_refused(tmp_path: Path, data: bytes) -> None:
    """No letter is printed from characters that were guessed."""
    file = tmp_path / "list.csv"
    file.write_bytes(data)

    with pytest.raises(AnswersError):
        rows.look_through(file, catalogue())


def test_rows_of_one_case_make_the_items_of_its_lists(tmp_path: Path) -> None:
    """A row with the same key adds an item; inner lists go with the item of their row."""
    found = gathered(
        tmp_path,
        "case,office.name,respondents[].id,respondents[].name,respondents[].entries[].when,family[].name",
        "a,Clinic,yun,SEO Yun,autumn 2021,SEO Bo",
        "a,,yun,,winter 2009,",
        "a,Clinic,ha,KIM Ha,2019,SEO Da",
        "b,,,CHO Mi,,",
    )

    people = found["a"].data["respondents"]
    assert not [*found["a"].broken, *found["a"].faults]
    assert [(p["id"], p["name"]) for p in people] == [("yun", "SEO Yun"), ("ha", "KIM Ha")]
    assert [[e["when"] for e in p["entries"]] for p in people] == [
        ["autumn 2021", "winter 2009"], ["2019"]
    ]  # fmt: skip
    assert [p["name"] for p in found["a"].data["family"]] == ["SEO Bo", "SEO Da"]
    assert [p["id"] for p in found["b"].data["respondents"]] == ["respondent"]


def test_inner_list_without_id_goes_with_the_item_above(tmp_path: Path) -> None:
    """Repeated rows, as people write them: the outer cells blank, or said again."""
    lines = ["a,SEO Yun,2021", "a,,2009", "a,KIM Ha,2019", "a,KIM Ha,2020"]
    head = "case,respondents[].name,respondents[].entries[].when"

    people = gathered(tmp_path, head, *lines)["a"].data["respondents"]

    assert [[e["when"] for e in p["entries"]] for p in people] == [
        ["2021", "2009"],
        ["2019", "2020"],
    ]


def test_two_items_that_read_alike_are_two(tmp_path: Path) -> None:
    """Twins of whom only the relation is known are not made one."""
    found = gathered(tmp_path, "case,family[].relation", "a,child", "a,child")

    assert [p["relation"] for p in found["a"].data["family"]] == ["child", "child"]


def test_none_is_an_empty_list(tmp_path: Path) -> None:
    """It is an answer; a blank cell is not."""
    found = gathered(tmp_path, "case,pd.negatives,family", "a,none,")

    assert found["a"].data["pd"] == {"negatives": []}
    assert "family" not in found["a"].data


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        pytest.param(["case,office.name", "a,One", "a,Two"], "differently", id="conflict"),
        pytest.param(["case,pd.negatives", "a,many"], "or none", id="list-as-text"),
        pytest.param(
            ["case,family,family[].name", "a,none,SEO Bo"], "answered with none", id="none-and-some"
        ),
        pytest.param(["case,office.name", "a,x", "b,x", "a,x"], "sort the sheet", id="apart"),
    ],
)
def test_rows_that_contradict_each_other_break_their_case(
    tmp_path: Path, lines: Sequence[str], why: str
) -> None:
    """It is refused with its cell; no half of it is printed."""
    broken = gathered(tmp_path, *lines)["a"].broken

    assert len(broken) == 1
    assert why in broken[0].message
    assert broken[0].place.line


@pytest.mark.parametrize(
    ("lines", "why", "line"),
    [
        pytest.param(["case,ofice.name", "a,x"], "did you mean 'office.name'", 1, id="unknown"),
        pytest.param(["case,office.name,office.name", "a,x,y"], "stands twice", 1, id="twice"),
        pytest.param(["office.name", "x"], "no column is headed 'case'", 1, id="no-key-column"),
        pytest.param(["case,office.name", ",x"], "does not say", 2, id="no-key"),
        pytest.param(["case,office.name", "a,x,y"], "comma or quote is lost", 2, id="too-many"),
        pytest.param(["case,office.name", "a"], "comma or quote is lost", 2, id="too-few"),
    ],
)
def test_list_that_is_not_whole_stops_before_the_work(
    tmp_path: Path, lines: Sequence[str], why: str, line: int
) -> None:
    """Every fault at once, each with its line."""
    found = faults(tmp_path, *lines)

    assert why in found[0].message
    assert found[0].place.line == line


@pytest.mark.parametrize("heading", ["Case", "CASE", " case ", "case"])
def test_column_case_is_known_however_it_is_written(tmp_path: Path, heading: str) -> None:
    """Programs and people write it with a large letter or with blanks around it."""
    assert list(gathered(tmp_path, f"office.name,{heading}", "One,a", "Two,b")) == ["a", "b"]


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        pytest.param("meta.paper", "'meta.paper' is no answer nkdocs knows; did you mean "
                     "'meta.papers'?", id="slip"),
        pytest.param("client.name", "did you mean 'respondents[].name'?", id="client"),
        pytest.param("Client.A_Number", "did you mean 'respondents[].a_number'?", id="large"),
        pytest.param("x" * 99, f"'{'x' * 39}…' is no answer nkdocs knows", id="long"),
        pytest.param("x\u202ey", "'x\\u202ey' is no answer", id="hidden"),
    ],
)  # fmt: skip
def test_heading_that_is_no_answer_is_quoted(tmp_path: Path, heading: str, why: str) -> None:
    """Cut to a length that a screen takes, and with what was meant where that can be guessed."""
    (found,) = faults(tmp_path, f"case,{heading}", "a,x")

    assert why in found.message
    assert str(found.place).endswith("list.csv:1 column B")


def test_faults_of_headings_are_told_alone(tmp_path: Path) -> None:
    """All of them, and nothing of the rows, whose faults may only follow from them."""
    found = faults(tmp_path, "case,ofice.name,pd.forns", "a,x", ",x,y")

    assert [f.place.part for f in found] == ["column B", "column C"]


def test_headings_that_stand_too_low_are_found(tmp_path: Path) -> None:
    """A title above them is no heading."""
    (found,) = faults(tmp_path, "Our clients,,", "case,office.name,pd.forms", "a,x,y")

    assert "the headings stand in row 2" in found.message


def test_what_the_office_keeps_for_itself_is_not_read(tmp_path: Path) -> None:
    """Columns of notes, and those marked with a sign; it is said, and stays out of every answer."""
    head = "case,Notes,_internal,#,office.name,notes,비고"
    table = looked(tmp_path, head, "a,call her,x,1,One,y,z")
    told = dict(table.each())["a"]

    assert told.data == {"answers": "1", "office": {"name": "One"}}
    assert not told.broken
    assert [note.partition(" (")[0] for note in table.notes] == [f"column {c}" for c in "BCDFG"]
    assert table.notes[0] == "column B ('Notes') is the office's own: not read"


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;"])
def test_separator_that_excel_writes_above_the_headings_counts(tmp_path: Path, first: str) -> None:
    """It is no row, and the list is read with it whatever else its headings hold."""
    found = gathered(tmp_path, first, "case;office.name", 'a;"One, Two"', "b;null")

    assert found["a"].data["office"] == {"name": "One, Two"}
    assert str(found["b"].faults[0].place).endswith("list.csv:4 row 3, column B")


def test_rows_are_numbered_as_spreadsheets_number_them(tmp_path: Path) -> None:
    """A cell with line breaks is one row, and a blank line is one: both numbers are told."""
    lines = ("case,office.name,pd.theory", 'a,"One', 'Two",x', ",,", "b,One,1.23457E+11")

    found = gathered(tmp_path, *lines)

    assert str(found["b"].faults[0].place).endswith("list.csv:5 row 4, column C")


def test_quote_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    """The rest of the list would be one answer."""
    with pytest.raises(AnswersError, match="not written as CSV"):
        looked(tmp_path, "case,office.name", 'a,"x', "b,y")


def test_cell_that_cannot_be_trusted_is_told_with_line_and_column(tmp_path: Path) -> None:
    """The rest of the row counts."""
    found = gathered(tmp_path, "case,respondents[].name,pd.theory", "a,SEO Yun,1.23457E+11")["a"]

    assert str(found.faults[0].place).endswith("list.csv:2 column C")
    assert found.faults[0].code == "A003"
    assert "pd" not in found.data


def test_every_question_has_a_heading() -> None:
    """Lists, items, ids and parts included; no heading means two answers."""
    headings = known(catalogue())

    assert {q.path for q in catalogue().questions.values()} <= set(headings)
    assert {kind for _, kind in headings.values()} <= {*KINDS, "id"}
    assert len({steps for steps, _ in headings.values()}) == len(headings)


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1).map(
    lambda text: f"x{text}x"
)


@given(st.lists(st.tuples(st.sampled_from("abc"), PLAIN, PLAIN), min_size=1, max_size=8))
def test_nothing_of_a_list_is_lost(told: list[tuple[str, str, str]]) -> None:
    """Every text of every row stands in the answers of its case, as it was typed."""
    told.sort(key=lambda row: row[0])
    out = io.StringIO()
    csv.writer(out).writerows([("case", "family[].name", "family[].status"), *told])
    table = rows.Table(Path("list.csv"), catalogue())
    read = tables._of_text(Path("list.csv"), io.StringIO(out.getvalue(), newline=""))  # noqa: SLF001
    ((sheet, heads),) = rows._headed(table, [read])  # noqa: SLF001
    found: dict[str, list[Any]] = {}
    for key, together in rows._together(sheet.rows, heads):  # noqa: SLF001
        taken = Gathered("list.csv", catalogue())
        for row in together:
            taken.take(row, heads)
        assert not taken.broken
        found[key] = [(p["name"], p["status"]) for p in taken.data["family"]]

    assert found == {
        key: [(n, r) for k, n, r in told if k == key] for key in dict.fromkeys(k for k, *_ in told)
    }

"""Which case is which: by where its file stands, whatever way leads there."""

import os
import re
from pathlib import Path

import pytest

from nkdocs import _above
from nkdocs.batch import options
from nkdocs.batch.jobs import Order
from nkdocs.batch.sources import Sources, look_through
from nkdocs.errors import AnswersError, UsageError
from nkdocs.packet.others import case_files
from tests.batch.office import case, office, rows, run, told
from tests.documents.letters import catalogue


def test_a_case_that_links_lead_to_is_one_case(tmp_path: Path) -> None:
    """A link to its file, to a folder above it, and a way round are no other cases."""
    home = office(tmp_path / "home")
    file = case(home, "SEO Yun", 1)
    (tmp_path / "elsewhere").mkdir()
    (linked := tmp_path / "elsewhere/seo.yaml").symlink_to(file)
    (above := tmp_path / "away").symlink_to(home)
    ways = [file, linked, above / file.name, home / "templates/.." / file.name]

    found = look_through(ways, Order("hello"))

    assert found.parts == [file]
    assert [Sources(Order("hello")).place(way) for way in ways] == [str(file.resolve())] * 4


def test_what_stands_above_is_the_nearest_of_its_kind(tmp_path: Path) -> None:
    """A folder of that name is passed over where a file is looked for."""
    (tmp_path / "a/b/office.yaml").mkdir(parents=True)
    (tmp_path / "office.yaml").touch()

    assert _above.above(tmp_path / "a/b", "office.yaml") == (tmp_path / "a/b").resolve()
    found = _above.above(tmp_path / "a/b", "office.yaml", os.path.isfile)
    assert found == tmp_path.resolve()
    assert _above.above(tmp_path / "a/b", "nothing of this name") is None


@pytest.mark.parametrize("typed", [".", "./", "../folder"])
def test_the_folder_one_stands_in_is_a_source(
    home: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """A folder of cases, whatever way it is named from within."""
    (folder := home / "folder").mkdir()
    case(folder, "SEO Yun", 1)
    case(folder, "KIM Min", 2)
    monkeypatch.chdir(folder)

    made = run(home / "out", Path(typed))

    assert told(made) == [("0001", "written"), ("0002", "written")]


def test_the_case_one_stands_in_is_a_source(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the same case as from outside."""
    (folder := home / "seo").mkdir()
    case(folder, "SEO Yun", 1).rename(folder / "answers.yaml")
    first = run(home / "out", folder)
    monkeypatch.chdir(folder)

    again = run(home / "out", Path())

    assert told(first) == [("0001", "written")]
    assert told(again) == [("0001", "unchanged")]


def test_the_root_of_all_folders_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no name, and is a folder as any other."""
    monkeypatch.setattr("os.walk", lambda _: iter([("/", [], ["kim.yaml"])]))

    assert list(case_files(Path("/"))) == [Path("/kim.yaml")]


@pytest.mark.parametrize(
    "said",
    ["", "case", "client.name", "client.name.legal", "client.a_number.last3", "meta.as_of",
     "office.name", "counsel", "respondents.1.name", "respondents.first.id", "family",
     "client.title", "case.stage.label", "pd.forms"],
)  # fmt: skip
def test_answers_that_can_name_files(said: str) -> None:
    """Those of the client, of the case, of one item; a person is named by the name."""
    options.name_by(catalogue(), said)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("cleint.name", "did you mean client.name?"),
        ("client.nmae", "did you mean client.name?"),
        ("client.name.legl", "did you mean client.name.legal?"),
        ("respondents.lead.name", "did you mean client.name?"),
        ("respondents.0.name", "did you mean client.name?"),
        ("client.name.legal.upper", "there is no such answer"),
        ("office.name.upper", "there is no such answer"),
        ("family.1.verb", "there is no such answer"),
        ("pd.theori", "did you mean pd.theory?"),
        ("pd", "several answers"),
        ("events", "several answers"),
        ("today", "there is no such answer"),
    ],
)
def test_what_names_no_file_is_refused_at_the_start(said: str, why: str) -> None:
    """With what was meant, where that can be guessed."""
    with pytest.raises(UsageError, match=re.escape(why)):
        options.name_by(catalogue(), said)


@pytest.mark.parametrize("said", ["cleint.name=x", "pd.theori=x", "meta.as_of=some day"])
def test_answers_for_all_that_cannot_be_taken_are_refused_once(home: Path, said: str) -> None:
    """Before any letter, for files as for rows; whoever gives them sees what is wrong."""
    for source in (case(home, "SEO Yun", 1), rows(home, "KIM Ha")):
        with pytest.raises(UsageError) as caught:
            look_through([source], Order("hello", sets=(said,)))

        (fault,) = caught.value.faults
        assert str(fault).startswith("--set: A00")
        assert "some day" not in str(fault)


def test_answer_of_an_item_is_given_to_cases_with_files(home: Path) -> None:
    """Each has items of its own, by their ids; a list has columns for them."""
    order = Order("hello", sets=("respondents.one.a_number=A000-000-009",))

    found = look_through([case(home, "SEO Yun", 1)], order)

    assert found.total == 1
    with pytest.raises(UsageError, match="item of a list"):
        look_through([rows(home, "KIM Ha")], order)


def test_list_in_a_folder_of_cases_is_not_taken_and_that_is_said(home: Path) -> None:
    """A folder is one of cases; the list may be of the same clients. Named itself it is taken."""
    case(home, "SEO Yun", 1)
    file = rows(home, "KIM Ha")
    for name in ("~$list.xlsx", ".list.csv", "report.csv"):
        (home / name).touch()

    alone = look_through([home], Order("hello"))
    both = look_through([home, file], Order("hello"))

    assert alone.notes == [f"{file} was not taken: name it too for letters of its rows"]
    assert (alone.total, both.total, both.notes) == (1, 2, [])


def test_folder_with_nothing_but_a_list_names_it(home: Path) -> None:
    """It holds no case; the next step is the list itself."""
    file = rows(home, "KIM Ha")

    with pytest.raises(AnswersError) as caught:
        look_through([home], Order("hello"))

    assert str(file) in caught.value.hint

"""`check --against`: other cases are read when they are named, and never shown."""

from pathlib import Path

import pytest

from nkdocs.errors import AnswersError, UsageError
from nkdocs.packet import facts, others, review
from nkdocs.packet.bind import gathered
from tests.packet.demo import changed, copied, desk
from tests.packet.papers import demo, nkdocs


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the demo case, its exhibits all PDF: how they are drawn is no matter here."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    return demo(tmp_path / "desk/demo")


def another(folder: Path, name: str = "lee") -> Path:
    """Return the demo case as another client's: with other A-numbers."""
    case = copied(folder / name)
    changed(case, "a_number: A000-000-021", "a_number: A000-000-031")
    changed(case, "a_number: A000-000-022", "a_number: A000-000-032")
    return case


def test_nothing_is_read_unasked(case: Path, tmp_path: Path) -> None:
    """A case beside this one stays closed."""
    another(tmp_path / "desk")

    assert not [f for f in review.case(desk(case), []) if f.code in {"L002", "L421"}]


def test_words_of_another_client_are_told_once_with_their_places(
    case: Path, tmp_path: Path
) -> None:
    """One line for the other case; it is named by its path."""
    lee = another(tmp_path / "others")

    said = nkdocs("check", case, "--against", lee)

    assert said.out.count("L421") == 1
    assert str(lee) in said.out
    assert "demo/answers.yaml:" in next(x for x in said.out.splitlines() if "L421" in x)


def test_same_client_in_two_matters_is_a_note(case: Path, tmp_path: Path) -> None:
    """Her own story is no boilerplate."""
    again = copied(tmp_path / "others")

    found = review.case(desk(case), [], [again])

    assert [f.severity.value for f in found if f.code == "L002"] == ["INFO", "INFO"]
    assert not [f for f in found if f.code == "L421"]


def test_folder_of_cases_is_read_whole_without_this_case_and_without_results(
    case: Path, tmp_path: Path
) -> None:
    """Folders and flat files; what is in out/ is no case."""
    another(tmp_path / "desk", "park")
    (tmp_path / "desk/flat.yaml").write_text("answers: 1\n", encoding="utf-8")
    (tmp_path / "desk/office.yaml").write_text("office: {name: X}\n", encoding="utf-8")
    (case / "out").mkdir()
    (case / "out/kept.yaml").write_text("answers: 1\n", encoding="utf-8")

    found = others.named(desk(case), [tmp_path / "desk"])

    assert [Path(o.name).name for o in found] == ["flat.yaml", "demo"]
    assert [bool(o.prose) for o in found] == [False, True]


def test_path_without_a_case_is_refused(case: Path, tmp_path: Path) -> None:
    """A slip would pass for a clean comparison."""
    (tmp_path / "empty").mkdir()

    with pytest.raises(UsageError):
        others.named(desk(case), [tmp_path / "empty"])
    assert nkdocs("check", tmp_path / "empty", "--against", case).code == 2


def test_case_that_cannot_be_read_stops_the_comparison(case: Path, tmp_path: Path) -> None:
    """It is not left out unseen."""
    (tmp_path / "lee.yaml").write_text("- a\n", encoding="utf-8")

    with pytest.raises(AnswersError):
        others.named(desk(case), [tmp_path / "lee.yaml"])


def test_nothing_of_the_other_client_is_shown(case: Path, tmp_path: Path) -> None:
    """No word of an answer, no name, no number."""
    lee = another(tmp_path / "others")
    changed(lee, "SEO Yun Hui", "CANARY Yun Hui")

    said = nkdocs("check", case, "--against", lee, "--json")

    assert "L421" in said.out
    assert "CANARY" not in said.out
    assert "000-031" not in said.out


def test_request_without_an_exhibit_is_read_as_it_was_frozen(case: Path) -> None:
    """What left the office, not what the answers would say today."""
    changed(case, "    exhibit: [pd-request-as-sent]", "    exhibit: []")
    assert nkdocs("build", case, "pd").code == 0
    assert nkdocs("sent", case, "pd", case / "out/pd/packet.pdf").code == 0

    read = facts.gather(desk(case), ["supervisory-review"], gathered(desk(case))[0])

    assert "through counsel, ask that your office" in read.as_sent

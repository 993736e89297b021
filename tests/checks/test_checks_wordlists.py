"""Words and dates that rules look for, as data that an attorney may change."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.checks.wordlists import Era, WordLists, wordlists
from nkdocs.errors import TemplateError
from tests.checks.cases import catalogue, law, lists


def put(folder: Path, text: str) -> Path:
    """Write lists into *folder* and return it."""
    (folder / "shared").mkdir()
    (folder / "shared/wordlists.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("conclusions:\n- {what: x, words: '('}\n", "wordlists.yaml:2: conclusions.0.words"),
        ("eras:\n- {what: x, words: y, begins: yesterday}\n", "wordlists.yaml:2: eras.0.begins"),
        ("eras:\n- {what: x, words: y, only_with: [Kim]}\n", "eras.0.only_with.0"),
        ("eras: []\nothers: []\n", "others"),
    ],
)
def test_wrong_entry_is_named_with_its_line(tmp_path: Path, text: str, fault: str) -> None:
    """A pattern that is none, a day that is none, a list that is not known."""
    with pytest.raises(TemplateError) as caught:
        wordlists([put(tmp_path, text)])

    assert fault in str(caught.value.faults[0])


def test_lists_of_the_office_come_first(tmp_path: Path) -> None:
    """An empty one switches its rules off."""
    assert wordlists([put(tmp_path, "eras: []\n")]) == WordLists()
    assert wordlists([]) == WordLists()


@pytest.mark.parametrize("era", lists().eras, ids=lambda era: era.what)
@given(st.data())
def test_no_text_that_names_an_era_is_passed_over(era: Era, data: st.DataObject) -> None:
    """What its words match always holds one of the letters without which no text is searched."""
    text = data.draw(st.from_regex(re.compile(era.words, re.ASCII)))

    assert era.only_with
    assert era.may_be_in(text.lower())


def test_shipped_lists_name_questions_and_authorities_that_exist() -> None:
    """A path nobody asks would never be compared."""
    steps = {".".join(q) for q in catalogue().questions}
    people = {name.removeprefix("respondents.[].") for name in steps}

    for fact in (*lists().dated, *lists().counted):
        assert fact.path in steps or fact.path.removeprefix("client.") in people, fact.path
    assert {e.authority for e in lists().eras} - {""} <= set(law())
    assert all(e.first or e.last or law()[e.authority].since for e in lists().eras)

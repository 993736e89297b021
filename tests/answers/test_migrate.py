"""Answers files of an older form come to today's; nothing in them is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs import _yaml
from nkdocs._resources import shipped
from nkdocs.answers import load, migrate

OLD = (
    "answers: 1\n# what the client says\nclient: {dob: about 1986} # counted the Korean way\nx: y\n"
)


def test_renamed_answers_keep_values_and_comments() -> None:
    """A step to the next form renames, counts the form up, and says what it did."""
    steps = {1: migrate.renamed(("client.dob", "client.born"), ("none", "here"))}

    text, told = migrate.to_today(OLD, steps, 2)

    assert told == ["client.dob is now called client.born"]
    data = _yaml.load(text).data
    assert data == {"answers": "2", "client": {"born": "about 1986"}, "x": "y"}
    assert "# what the client says" in text


def test_steps_follow_each_other() -> None:
    """A file two forms old passes through both."""
    steps = {1: migrate.renamed(("x", "z")), 2: migrate.renamed(("z", "w"))}

    text, told = migrate.to_today(OLD, steps, 3)

    assert _yaml.load(text).data["w"] == "y"
    assert len(told) == 2


@given(st.sampled_from(["a: b\n", "# c\r\n\r\na: b\r\n", "\n# c\na:\n- {id: x}\n"]))
def test_file_without_a_form_gets_todays(text: str) -> None:
    """One line is put before the first key; every other byte stays."""
    changed, told = migrate.to_today(text)

    assert told
    assert _yaml.load(changed).data == {"answers": "1", **_yaml.load(text).data}
    assert changed.replace("answers: 1\r\n", "").replace("answers: 1\n", "") == text


@pytest.mark.parametrize("text", ["answers: 1\nx: y\n", "answers: 7\n", "- a\n", "a: [\n", ""])
def test_what_needs_nothing_or_cannot_be_read_stays(text: str) -> None:
    """Today's form, a newer one and a broken file are left alone."""
    assert migrate.to_today(text) == (text, [])


def test_newer_form_says_so() -> None:
    """The reader is told which program to use."""
    fault = load.load("answers: 7\n", "a.yaml").faults[0]

    assert "a newer nkdocs wrote this file" in fault.message


def test_shipped_cases_are_of_todays_form() -> None:
    """No sample needs to be brought up to date."""
    for file in shipped("answers").rglob("answers.yaml"):
        assert migrate.form_of(file.read_text("utf-8")) == migrate.FORM

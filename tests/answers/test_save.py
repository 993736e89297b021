"""One change of an answers file; every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.answers import load, save
from nkdocs.answers.load import CaseFile
from nkdocs.errors import AnswersError

TEXT = """\
# our case
answers: 1
case: {detained: no}  # as of today
events:
- id: arrest-2006
  when: winter 2006   # her words
- id: second
  when: 2009
_done: [events, events.second.people]
"""


def case(text: str = TEXT, office: str = "") -> CaseFile:
    """Return the case that *text* tells."""
    return load.load(text, "seo/answers.yaml", office, "office.yaml")


def test_answer_changes_its_own_line_only() -> None:
    """Comments and layout around it stay."""
    text = save.with_answer(case(), ("events", 0, "when"), "spring 2007")

    assert text == TEXT.replace("winter 2006 ", "spring 2007 ")


def test_group_that_is_not_there_is_made() -> None:
    """An answer deep in nothing makes the way to it."""
    text = save.with_answer(case("answers: 1\n"), ("pd", "opla_office", "name"), "OPLA New York")

    assert case(text).data["pd"] == {"opla_office": {"name": "OPLA New York"}}


def test_list_that_is_not_there_gets_an_item_with_an_id() -> None:
    """The id is made of the answer."""
    text = save.with_answer(case("answers: 1\n"), ("family", 0, "relation"), "older sister")

    assert case(text).data["family"] == [{"id": "older-sister", "relation": "older sister"}]


def test_item_is_added_at_the_end_under_its_name() -> None:
    """The items before it stay byte for byte."""
    text = save.with_item(case(), ("events",), "third", {"when": "2010"})

    assert "- id: third\n  when: 2010" in text.replace("'", "")
    assert text.startswith(TEXT[: TEXT.index("_done")])


def test_item_is_taken_out_with_its_marks() -> None:
    """A list inside the item is no longer said to be complete."""
    data = case(save.without_item(case(), ("events", 1))).data

    assert [e["id"] for e in data["events"]] == ["arrest-2006"]
    assert data["_done"] == ["events"]


def test_last_item_gone_leaves_an_open_list() -> None:
    """No items is not yet the answer "none"."""
    text = save.without_item(case("answers: 1\nevents:\n- id: a\n"), ("events", 0))

    assert not case(text).data["events"]


def test_done_is_noted_once() -> None:
    """Saying it twice changes nothing."""
    once = save.with_done(case("answers: 1\n"), "events")

    assert case(once).data["_done"] == ["events"]
    assert save.with_done(case(once), "events") == once


def test_second_note_stands_below_the_first() -> None:
    """No note is replaced."""
    once = save.with_note(case(), "events.second.when", "ask the cousin")

    twice = save.with_note(case(once), "events.second.when", "asked: 2010")

    assert case(twice).data["_notes"] == {"events.second.when": "ask the cousin\nasked: 2010"}


def test_answer_of_the_office_cannot_be_taken_out_of_the_case() -> None:
    """The message names the file it stands in."""
    with pytest.raises(AnswersError, match=r"office\.yaml"):
        save.without_answer(case(office="office: {name: Hana}"), ("office", "name"))


def test_path_with_ids_finds_its_place() -> None:
    """Ids, and positions of items that have none yet, are understood."""
    data = {"events": [{"id": "a"}, {"when": "2006"}]}

    assert save.spot_of(data, "events.a.when") == ("events", 0, "when")
    assert save.spot_of(data, "events.2.when") == ("events", 1, "when")


def test_unknown_item_is_named_with_those_there_are() -> None:
    """The next step can be read from the message."""
    with pytest.raises(AnswersError, match="no item 'x'; it has: arrest-2006, second"):
        save.spot_of(case().data, "events.x.when")


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        pytest.param("Arrest 2006", "arrest-2006", id="words"),
        pytest.param("mother", "mother-2", id="taken"),
        pytest.param("2006", "event-2006", id="number"),
        pytest.param("어머니", "event", id="hangul"),
        pytest.param("", "event", id="nothing"),
        pytest.param("a " * 60, "-".join("a" * 20), id="long"),
    ],
)
def test_new_id(hint: str, name: str) -> None:
    """An id is short, plain, new and no number."""
    assert save.new_id({"mother"}, hint, "event") == name


@given(
    existing=st.sets(st.from_regex(r"[a-z]{1,3}(-[0-9])?", fullmatch=True)),
    hint=st.text(max_size=60),
)
def test_new_id_is_always_new_and_plain(existing: set[str], hint: str) -> None:
    """Whatever was typed, the id is not taken and holds no dot, blank or Hangul."""
    name = save.new_id(existing, hint, "event")

    assert name not in existing
    assert name.replace("-", "").isalnum()
    assert name.isascii()
    assert not name.isdigit()


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf", "Co", "Cn"]), min_size=1))
def test_any_text_comes_back_as_it_was_given(told: str) -> None:
    """What is saved is what is read."""
    text = save.with_answer(case(), ("events", 1, "told"), told)

    assert case(text).data["events"][1]["told"] == told
    assert case(text).data["events"][0] == case().data["events"][0]

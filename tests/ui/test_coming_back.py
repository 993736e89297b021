"""Going back and forward again, and coming back tomorrow: nobody has to look for the place."""

from pathlib import Path

import pytest

from nkdocs.ui.faces import CLEAR
from nkdocs.ui.prompter import Command, Do
from nkdocs.ui.session import Session
from tests.ui.talk import FakePrompter, book, talk, written

LEAD = "answers: 1\nrespondents:\n- id: lead\n  lead: yes\n  name: SEO Yun Hui\n"
BACK, JUMP = Command(Do.BACK), Command(Do.JUMP, "Detained")


def test_enter_leads_forward_again_over_what_was_gone_back_from(tmp_path: Path) -> None:
    """Who goes back too far passes the questions between once more, answered ones too."""
    opened = book(tmp_path, LEAD + "case:\n  detained: yes\n  facility: Elm\n")

    prompter = talk(
        opened,
        ("Which entries", "none"),
        ("think?", BACK),
        ("Where held", BACK),
        ("Detained", ""),
        ("Where held", "Oak"),
        ("think?", "well"),
    )

    assert "facility: Oak" in written(opened)
    assert prompter.asked[-1] != "Where held?"


def test_a_question_that_came_in_between_is_asked_on_the_way_forward(tmp_path: Path) -> None:
    """What a changed answer opens comes before the question one came from."""
    opened = book(tmp_path, LEAD + "case:\n  detained: no\n")

    prompter = talk(
        opened,
        ("Which entries", "none"),
        ("think?", BACK),
        ("Detained", "yes"),
        ("Where held", "Elm"),
        ("think?", ""),
    )

    assert prompter.asked.count("Where held?") == 1


def test_the_same_command_begins_behind_what_was_answered_last(tmp_path: Path) -> None:
    """What was left open before it comes afterwards, and that is said."""
    opened = book(tmp_path, LEAD)
    first = FakePrompter([("Which entries", JUMP), ("Detained", "no"), ("think?", "well"),
                          ("charges", KeyboardInterrupt())])  # fmt: skip
    with pytest.raises(KeyboardInterrupt):
        Session(opened, first).run()

    prompter = talk(book(tmp_path, written(opened)))

    assert prompter.asked[:2] == ["Which charges?", "Which entries?"]
    assert sum("passed over before" in text for text in prompter.shown) == 1


def test_going_forward_asks_nothing_that_is_no_longer_called_for(tmp_path: Path) -> None:
    """An answer taken out after going back takes its follow-up with it, which is not put then."""
    opened = book(tmp_path, LEAD)

    prompter = talk(
        opened,
        ("Detained", "yes"),
        ("Where held", BACK),
        ("Detained", CLEAR),
        ("think?", ""),
    )  # fmt: skip

    assert prompter.asked.count("Where held?") == 1
    assert not any("0 of" in text for text in prompter.shown)


def test_question_left_open_is_put_again_when_it_is_called_for_again(tmp_path: Path) -> None:
    """It was left open under another answer; passing over it then said nothing about now."""
    opened = book(tmp_path, LEAD)

    talk(
        opened,
        ("Detained", "yes"),
        ("Where held", ""),
        ("think?", BACK),
        ("Where held", BACK),
        ("Detained", "no"),
        ("think?", BACK),
        ("Detained", "yes"),
        ("Where held", "Otay Mesa"),
    )

    assert "facility: Otay Mesa" in written(opened)


def test_another_name_can_be_typed_where_a_name_was_not_found(tmp_path: Path) -> None:
    """In the list of parts `/` went back, and what was typed behind it became an answer."""
    opened = book(tmp_path, LEAD)

    talk(
        opened,
        ("Which entries", Command(Do.JUMP, "born")),
        ("Which part?", Command(Do.JUMP)),
        ("Which part or question", "detained"),
        ("Detained", "no"),
    )

    assert "detained: no" in written(opened)


def test_a_name_that_is_to_be_typed_can_be_gone_back_from(tmp_path: Path) -> None:
    """Back leads to the question, not to a list of all parts."""
    opened = book(tmp_path, LEAD)

    prompter = talk(
        opened, ("Which entries", Command(Do.JUMP)), ("Which part or question", BACK)
    )  # fmt: skip

    assert prompter.asked[2] == "Which entries?"


def test_another_day_is_told_of_nothing(tmp_path: Path) -> None:
    """`~` where no question about harm is open said that 0 questions were left."""
    prompter = talk(book(tmp_path, LEAD), ("Which entries", Command(Do.DAY)))

    assert any("No question about harm is open." in text for text in prompter.shown)

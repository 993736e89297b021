"""Going back and forward again, and coming back tomorrow: nobody has to look for the place."""

from pathlib import Path

import pytest

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

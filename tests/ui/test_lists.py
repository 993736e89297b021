"""Lists in the interview: items are moved, taken out and put back; nothing of them is lost."""

from pathlib import Path

import pytest

from nkdocs._yaml import load, move
from nkdocs.errors import AnswersError
from tests.ui.talk import answers, book, talk, written

TWO = (
    "answers: 1\nrespondents:\n# the mother\n- id: lead\n  lead: yes\n"
    "  name: SEO Yun Hui # as on the NTA\n"
    "# her son\n- {id: son, lead: no, name: HAN Ji Ho, relation: child}\ncase: {detained: no}\n"
)


def test_item_is_moved_with_its_comments(tmp_path: Path) -> None:
    """Its lines stand elsewhere; every byte is kept."""
    opened = book(tmp_path, TWO)

    talk(opened, ("Who is in", "move"), ("Which one", "1"), ("Before which", "0"))

    assert answers(opened).items(("respondents",)) == ["son", "lead"]
    assert sorted(written(opened).splitlines()) == sorted(TWO.splitlines())


def test_item_taken_out_is_put_back_byte_for_byte(tmp_path: Path) -> None:
    """Undo right after leaves the file as it was."""
    opened = book(tmp_path, TWO)

    talk(
        opened,
        ("Who is in", "delete"),
        ("Which one", "0"),
        ("SEO Yun Hui: 2", "yes"),
        ("Who is in", "back"),
    )

    assert written(opened) == TWO


def test_item_is_put_back_where_it_stood_after_other_answers(tmp_path: Path) -> None:
    """Answers given since then are kept; the item has its place and its answers again."""
    opened = book(tmp_path, TWO)
    step = opened.step("respondents")
    assert step is not None

    opened.delete(step, 0)
    opened.put("case.detained", "yes")
    opened.put_back(step)

    told = answers(opened)
    assert told.items(("respondents",)) == ["lead", "son"]
    assert told.data(("respondents", 0, "name")) == "SEO Yun Hui"
    assert told.data(("case", "detained")) == "yes"
    assert opened.removed(step) is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a: [x, y, z]\n", id="in brackets"),
        pytest.param("a:\n- x\n- y # second\n- |\n  z", id="a block at the end of the file"),
        pytest.param(
            "a:\n  - k: 1\n    # inside\n    l: 2\n  - k: 3\n\n  - k: 4\nb: c\n", id="blocks"
        ),
        pytest.param("a:\r\n- x\r\n- y\r\n- z\r\n", id="Windows"),
    ],
)
@pytest.mark.parametrize(("number", "to"), [(0, 2), (2, 0), (1, 2)])
def test_moving_changes_the_order_alone(text: str, number: int, to: int) -> None:
    """Read again it is the same list in the order asked for."""
    before = load(text).data["a"]
    wanted = [n for n in range(3) if n != number]
    wanted.insert(to, number)

    after = load(move(text, ("a",), number, to))

    assert not after.faults
    assert after.data["a"] == [before[n] for n in wanted]


def test_item_that_is_not_there_cannot_be_moved() -> None:
    """It is told, and nothing is changed."""
    with pytest.raises(AnswersError, match="to move"):
        move("a: [x]\n", ("a",), 0, 3)

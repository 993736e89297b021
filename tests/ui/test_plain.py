"""Plain prompts: numbers and lines, no redraw."""

import pytest

from nkdocs.errors import AnswersError
from nkdocs.ui.plain import PlainPrompter
from nkdocs.ui.prompter import Ask, Command, Do, Option

CHOICES = [Option("", "leave open"), Option("a6", "entered"), Option("a7", "no visa")]


def plain(*lines: str) -> tuple[PlainPrompter, list[str]]:
    """Return plain prompts that read *lines*, and what they show."""
    left, shown = list(lines), list[str]()

    def read() -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    return PlainPrompter(read, shown.append), shown


def accept(_: str) -> None:
    """Find nothing wrong."""


def test_line_is_trimmed_and_composed() -> None:
    """Decomposed Hangul is stored composed."""
    prompter, _ = plain(" \u1100\u1175\u11b7 ")

    assert prompter.text(Ask("이름"), accept) == "김"


def test_faulty_line_is_asked_again_with_the_remedy() -> None:
    """The remedy is shown; the second line counts."""
    prompter, shown = plain("x", "2006")

    text = prompter.text(Ask("When?"), lambda typed: None if typed == "2006" else "write a year")

    assert text == "2006"
    assert "  write a year" in shown


@pytest.mark.parametrize(
    ("line", "command"),
    [
        pytest.param("<", Command(Do.BACK), id="back"),
        pytest.param("?", Command(Do.HELP), id="help"),
        pytest.param(">", Command(Do.LEAVE), id="leave"),
        pytest.param("/jour", Command(Do.JUMP, "jour"), id="jump"),
        pytest.param("! ask her", Command(Do.NOTE, "ask her"), id="note"),
    ],
)
def test_sign_is_a_command_everywhere(line: str, command: Command) -> None:
    """A sign means the same in a line, a long text and a menu."""
    assert plain(line)[0].text(Ask("?"), accept) == command
    assert plain(line)[0].text(Ask("?", long=True), accept) == command
    assert plain(line)[0].choose(Ask("?"), CHOICES) == command
    assert plain(line)[0].several(Ask("?"), CHOICES) == command


def test_doubled_sign_is_an_answer() -> None:
    """A text that begins with a slash can be typed."""
    assert plain("//s/ Kim")[0].text(Ask("?"), accept) == "/s/ Kim"


def test_long_text_ends_with_a_dot() -> None:
    """Empty lines belong to the text."""
    prompter, _ = plain("one", "", "two", ".", "next")

    assert prompter.text(Ask("Tell", long=True), accept) == "one\n\ntwo"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        pytest.param("2", "a6", id="number"),
        pytest.param("a7", "a7", id="key"),
        pytest.param("No visa", "a7", id="label"),
        pytest.param("ent", "a6", id="start-of-a-label"),
        pytest.param("", "", id="enter"),
    ],
)
def test_choice_is_made_by_number_or_word(line: str, key: str) -> None:
    """A number, a key, a label or its beginning chooses; Enter takes the first."""
    assert plain(line)[0].choose(Ask("?"), CHOICES) == key


def test_wrong_number_is_asked_again() -> None:
    """A number outside the menu chooses nothing."""
    prompter, shown = plain("9", "2")

    assert prompter.choose(Ask("?"), CHOICES) == "a6"
    assert "  Type a number from 1 to 3, or words of its line." in shown


def test_several_are_chosen_with_commas() -> None:
    """Numbers and words may be mixed, each once."""
    assert plain("2, a7, 2")[0].several(Ask("?"), CHOICES) == ("a6", "a7")


def test_end_of_input_is_an_error_of_the_answers() -> None:
    """Exit code 4, with what to do."""
    with pytest.raises(AnswersError, match="no more answers on the input") as caught:
        plain()[0].text(Ask("?"), accept)

    assert caught.value.exit_code == 4


def test_shown_text_cannot_move_the_cursor() -> None:
    """Control characters of a template are written as escapes."""
    prompter, shown = plain()

    prompter.show("a\x1b[2Jb\u202e")

    assert shown == ["a\\x1b[2Jb\\u202e"]


@pytest.mark.parametrize(
    ("typed", "key"), [("Federal Plaza", "ny"), ("she/her", "she"), ("new york, 26", "ny")]
)
def test_words_of_a_line_choose_it(typed: str, key: str) -> None:
    """What a new user types from a page of facts is understood where it can mean one line alone."""
    prompter, _ = plain(typed)
    options = [Option("", "leave open"), Option("ny", "New York, 26 Federal Plaza"),
               Option("she", "she"), Option("he", "he")]  # fmt: skip

    assert prompter.choose(Ask("?"), options) == key

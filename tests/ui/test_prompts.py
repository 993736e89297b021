"""Prompts of the terminal, driven through a pipe."""

import unicodedata
from collections.abc import Callable

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nkdocs.ui.prompter import Ask, Command, Do, Option
from nkdocs.ui.prompts import TerminalPrompter

CHOICES = [Option("", "leave open"), Option("yes", "yes", letter="y"), Option("no", "no")]
MANY = [Option(str(n), f"section {n}") for n in range(50)]


def drive(keys: str, ask: Callable[[TerminalPrompter], object]) -> object:
    """Return what *ask* gets when *keys* are typed."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        return ask(TerminalPrompter())


def line(prompter: TerminalPrompter) -> object:
    """Ask for a line of text in which only "x" is wrong."""
    return prompter.text(Ask("이름"), lambda typed: "write more" if typed == "x" else None)


def story(prompter: TerminalPrompter) -> object:
    """Ask for a long text."""
    return prompter.text(Ask("Tell", long=True), lambda _: None)


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        pytest.param(unicodedata.normalize("NFD", "김하늘") + " \r", "김하늘", id="hangul"),
        pytest.param("ab\x02", Command(Do.BACK), id="ctrl-b"),
        pytest.param("?\r", Command(Do.HELP), id="help"),
        pytest.param("/jour\r", Command(Do.JUMP, "jour"), id="jump"),
        pytest.param("x\ry\r", "xy", id="fault-keeps-what-was-typed"),
        pytest.param("\r", "", id="empty"),
    ],
)
def test_line(keys: str, reply: object) -> None:
    """A line gives its text or a command."""
    assert drive(keys, line) == reply


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        pytest.param("one\rtwo\x1b\r", "one\ntwo", id="escape-enter-ends"),
        pytest.param("\r", "", id="enter-on-nothing-leaves-open"),
        pytest.param("!later\r", Command(Do.NOTE, "later"), id="command-ends-at-once"),
    ],
)
def test_long_text(keys: str, reply: object) -> None:
    """Enter makes lines; it ends what is no text yet."""
    assert drive(keys, story) == reply


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        pytest.param("\r", "", id="enter-leaves-open"),
        pytest.param("y\r", "yes", id="letter"),
        pytest.param("3\r", "no", id="number"),
        pytest.param("2\r", "yes", id="number-of-a-line-with-a-letter"),
        pytest.param("?", Command(Do.HELP), id="help"),
        pytest.param("\x02", Command(Do.BACK), id="ctrl-b"),
    ],
)
def test_menu(keys: str, reply: object) -> None:
    """A menu gives a key or a command."""
    assert drive(keys, lambda p: p.choose(Ask("Detained?"), CHOICES)) == reply


def test_long_menu_is_filtered_by_typing() -> None:
    """A menu with more lines than keys is searched."""
    assert drive("49\r", lambda p: p.choose(Ask("Which?"), MANY)) == "49"


def test_several_are_marked_with_space() -> None:
    """Space marks, Enter ends."""
    keys = drive(" \x1b[B\x1b[B \r", lambda p: p.several(Ask("Which?"), CHOICES))

    assert keys == ("", "no")


def test_ctrl_c_is_not_an_answer() -> None:
    """Ctrl-C interrupts; it never becomes None."""
    with pytest.raises(KeyboardInterrupt):
        drive("\x03", line)

"""Plain prompts: numbers and lines, no redraw."""

import os
from pathlib import Path

import pytest

from nkdocs.convert.editor import edited
from nkdocs.errors import AnswersError, MissingProgramError
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


def test_long_text_is_written_in_the_editor_on_request() -> None:
    """A line of $ opens what stands there; what is left in it is the answer, paragraphs kept."""
    given: list[str] = []

    def edit(text: str) -> str:
        given.append(text)
        return f"{text} And then.\n\n한 문단 더."

    said: list[str] = []
    ask = Ask("What happened?", default="They came.", long=True)
    prompter = PlainPrompter(iter(["$"]).__next__, said.append, edit)

    assert prompter.text(ask, lambda _: None) == "They came. And then.\n\n한 문단 더."
    assert given == ["They came."]
    assert any("$EDITOR" in line for line in said)


def test_editor_that_is_not_there_loses_nothing() -> None:
    """The reason is told, and the text can be typed as ever; without an editor $ is a text."""

    def edit(_: str) -> str:
        msg = "there is no editor"
        raise MissingProgramError(msg, hint="Name yours in EDITOR.")

    said: list[str] = []
    ask = Ask("What happened?", long=True)
    failing = PlainPrompter(iter(["$", "They came.", "."]).__next__, said.append, edit)
    without = PlainPrompter(iter(["$", "."]).__next__, said.append)

    assert failing.text(ask, lambda _: None) == "They came."
    assert without.text(ask, lambda _: None) == "$"
    assert any("there is no editor" in line for line in said)


@pytest.mark.skipif(os.name != "posix", reason="an editor made of a shell's script")
def test_editor_works_on_a_file_of_the_owner_alone_that_goes_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is left behind; an editor that fails leaves the text as it was."""
    script = tmp_path / "my editor"
    log = tmp_path / "log"
    script.write_text(
        f'#!/bin/sh\nstat -c %a "$1" > {log}; echo "$1" >> {log}; echo more >> "$1"\n', "utf-8"
    )
    script.chmod(0o700)
    monkeypatch.setenv("VISUAL", f"'{script}'")

    told = edited("일 one\n")

    rights, file = log.read_text("utf-8").split()
    assert told == "일 one\nmore"
    assert rights == "600"
    assert not Path(file).exists()
    monkeypatch.setenv("VISUAL", "false")
    with pytest.raises(MissingProgramError, match="ended with a fault"):
        edited("text")

"""Prompts of the terminal, driven through a pipe."""

import io
import threading
import unicodedata
from collections.abc import Callable
from functools import partial

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output

from nkdocs.ui.prompter import Ask, Command, Do, Option
from nkdocs.ui.prompts import TerminalPrompter
from tests.documents.letters import catalogue

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


def test_a_line_put_again_knows_nothing_of_the_one_before() -> None:
    """Each has its own default; no arrow, undo or search brings back what another was answered."""

    def three(prompter: TerminalPrompter) -> list[object]:
        asks = [Ask("a", default="first "), Ask("b"), Ask("c", default="third ")]
        return [prompter.text(ask, lambda _: None) for ask in asks]

    found = drive("secret\r" + "\x1b[A\x1b[A\x1f\x12sec\x02" + "\x1b[A\x1f" + "x\r", three)
    assert found == ["first secret", Command(Do.BACK), "third x"]


def test_a_line_after_a_long_text_is_a_line() -> None:
    """Enter ends the line and not the text before it; both may take turns."""

    def turns(prompter: TerminalPrompter) -> list[object]:
        return [story(prompter), line(prompter), story(prompter), line(prompter)]

    found = drive("one\rtwo\x1b\r" + "three\r" + "four\r\x1b\r" + "x\ry\r", turns)
    assert found == ["one\ntwo", "three", "four", "xy"]


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


@pytest.mark.parametrize("size", [1, 2, 8, 9, 10, 11, 20, 31, 32, 60])
@pytest.mark.parametrize("letter", ["", "y", "2"])
def test_a_menu_of_any_length_opens_and_gives_its_choice(size: int, letter: str) -> None:
    """Enter takes what is marked, however many there are and whatever key an option has."""
    options = [Option(f"k{n}", f"choice {n}", letter=letter if n == 0 else "") for n in range(size)]
    options[-1] = Option("last", "the last", marked=True)

    chosen = drive("\r", lambda prompter: prompter.choose(Ask("Which?"), options))

    assert chosen == "last"


def test_every_question_of_the_product_opens_in_a_terminal() -> None:
    """No question's own choices break the prompt that shows them; the same menu is opened once."""
    asked = catalogue().questions.values()
    menus = {(q.kind.name, tuple(q.options.choices.items())) for q in asked if q.options.choices}

    for kind, choices in menus:
        options = [Option("", "leave open"), *(Option(key, told) for key, told in choices)]
        shown = TerminalPrompter.several if kind == "many" else TerminalPrompter.choose
        nothing = () if kind == "many" else ""
        assert drive("\r", partial(shown, ask=Ask("Which?"), options=options)) == nothing
    assert {kind for kind, _ in menus} == {"choice", "many"}


@pytest.mark.parametrize(
    ("keys", "reply"),
    [
        pytest.param("york 26\r", "k2", id="words-in-any-place"),
        pytest.param("26 york\r", "k2", id="in-any-order"),
        pytest.param("nowhere\r\x15york 26\r", "k2", id="what-fits-nothing-answers-nothing"),
    ],
)
def test_a_long_menu_is_searched_by_words(keys: str, reply: str) -> None:
    """Typing "New York 26" finds the court on 26 Federal Plaza, though a comma stands between."""
    courts = ["New York, New York (290 Broadway)", "New York, New York (26 Federal Plaza)"]
    menu = [Option("", "leave open"), *(Option(f"k{n}", c) for n, c in enumerate(courts, 1))]
    others = [Option(f"o{n}", f"other court {n}") for n in range(40)]

    assert drive(keys, lambda p: p.choose(Ask("Court"), [*menu, *others])) == reply


def test_help_can_be_asked_for_behind_what_was_refused() -> None:
    """The text that was refused stays in the line; `?` behind it is no part of it."""
    assert drive("x\r?\r", lambda p: p.text(Ask("a"), lambda t: "no" if "x" in t else None)) == (
        Command(Do.HELP)
    )
    assert drive("who?\r", line) == "who?"


def test_letters_choose_nothing_in_a_list_of_many() -> None:
    """What is typed by mistake does not choose all."""
    chosen = drive("ai \r", lambda p: p.several(Ask("Which?"), MANY[:3]))

    assert chosen == ("0",)


def test_many_are_returned_in_the_order_in_which_they_were_chosen() -> None:
    """Who would rather have the second takes it first: a request names them in that order."""
    chosen = drive("\x1b[B \x1b[A \r", lambda p: p.several(Ask("Which?"), MANY[:3]))

    assert chosen == ("1", "0")


CIRCUITS = [Option("", "leave open"), *(Option(f"k{n}", f"{name} Circuit") for n, name in enumerate(
    "First Second Third Fourth Fifth Sixth Seventh Eighth Ninth Tenth Eleventh D.C.".split(), 1
))]  # fmt: skip
PRONOUNS = [Option("", "leave open"), *(Option(p, p) for p in ("she", "he", "they"))]
FORMS = [Option("", "leave open"), Option("e28", "Form EOIR-28"), Option("g28", "Form G-28")]


@pytest.mark.parametrize(
    ("menu", "keys", "reply"),
    [
        pytest.param(CIRCUITS, "Second Circuit\r", "k2", id="its-letters-are-keys-of-others"),
        pytest.param(CIRCUITS, "second\r", "k2", id="one-word"),
        pytest.param(CIRCUITS, "d\r", "k12", id="a-key-alone"),
        pytest.param(CIRCUITS, "34\r", "k3", id="a-key-corrects-a-key"),
        pytest.param(CIRCUITS, "R. Castellane\r\x153\r", "k2", id="typed-ahead"),
        pytest.param(PRONOUNS, "she\r", "she", id="she"),
        pytest.param(PRONOUNS, "he\r", "he", id="the-word-itself-before-what-has-it-inside"),
        pytest.param(PRONOUNS, "x\x7fthey\r", "they", id="backspace"),
        pytest.param(FORMS, "E-28\r", "e28", id="a-short-name"),
        pytest.param(FORMS, "14 Nov 2022\r\x15g\r", "g28", id="a-date-is-no-form"),
        pytest.param(FORMS, "서류\r\x15\r", "", id="hangul"),
        pytest.param(FORMS, "\x1b[200~Form G-28\x1b[201~\r", "g28", id="pasted"),
        pytest.param(CHOICES, "yes\r", "yes", id="yes"),
        pytest.param(CHOICES, "no\r", "no", id="no"),
    ],
)
def test_words_typed_into_a_menu_lead_to_their_line(
    menu: list[Option], keys: str, reply: str
) -> None:
    r"""Each letter used to be a key: "Second Circuit" gave the eleventh, "she" left it open.

    What fits nothing is not taken for an answer; Ctrl-U (here \x15) empties the line.
    """
    assert drive(keys, lambda p: p.choose(Ask("Which?"), menu)) == reply


class _Screen(io.StringIO):
    """A terminal that never says where its cursor is, as one at the end of a slow line."""

    def isatty(self) -> bool:
        """Be one."""
        return True


def test_a_slow_terminal_puts_no_warning_into_the_interview() -> None:
    """After two seconds without a report of the cursor, prompt_toolkit wrote into the screen."""
    screen = _Screen()
    output = Vt100_Output(screen, lambda: Size(rows=30, columns=100), term="xterm")
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=output):
        typing = threading.Timer(2.6, pipe.send_text, ["y\r"])
        typing.start()
        assert line(TerminalPrompter()) == "y"
        typing = threading.Timer(2.6, pipe.send_text, ["y\r"])
        typing.start()
        assert TerminalPrompter().choose(Ask("Detained?"), CHOICES) == "yes"
    assert "WARNING" not in screen.getvalue()


def test_enter_behind_the_help_of_a_menu_answers_nothing() -> None:
    """In a line `?` needs Enter; in a menu that Enter left open what was to be explained."""

    def twice(prompter: TerminalPrompter) -> list[object]:
        one = [prompter.choose(Ask("Detained?"), CHOICES) for _ in range(2)]
        return [*one, *(prompter.several(Ask("Which?"), CHOICES) for _ in range(2))]

    help_ = Command(Do.HELP)
    assert drive("?\ry\r" + "?\r \r", twice) == [help_, "yes", help_, ("",)]

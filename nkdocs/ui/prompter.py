"""What the session needs of a terminal, and the commands that may stand in place of an answer."""

import enum
import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from msgspec import Struct

Fault: TypeAlias = Callable[[str], str | None]
"""Says what is wrong with a typed text and how to write it, None if nothing is."""


class Do(enum.Enum):
    """What a person may do instead of answering."""

    BACK = "<"
    HELP = "?"
    JUMP = "/"
    NOTE = "!"
    REVIEW = "="
    LEAVE = ">"
    DAY = "~"


class Command(Struct, frozen=True):
    """Something to do, and the words typed behind its sign: `/journey`, `!ask her cousin`."""

    do: Do
    text: str = ""


class Ask(Struct, frozen=True):
    """One question as it is shown.

    Attributes:
        hint: lines beneath the question.
        default: the text an empty line keeps.
        long: whether the answer may have several lines.
        keys: one line that names the commands; empty where they mean nothing.
    """

    title: str
    hint: tuple[str, ...] = ()
    default: str = ""
    long: bool = False
    keys: str = ""


class Option(Struct, frozen=True):
    """One line of a menu; *letter* is a key that leads to it."""

    key: str
    label: str
    marked: bool = False
    letter: str = ""


class Prompter(Protocol):
    """Shows and asks. Ctrl-C passes as KeyboardInterrupt; the end of input is an AnswersError."""

    @property
    def columns(self) -> int:
        """The columns of the screen; plenty where it breaks no lines."""

    def show(self, text: str) -> None:
        """Show a text."""

    def text(self, ask: Ask, fault: Fault) -> str | Command:
        """Return what is typed, once *fault* finds none; an empty text keeps the default."""

    def choose(self, ask: Ask, options: Sequence[Option]) -> str | Command:
        """Return the key of the option chosen; the marked one (else the first) needs only Enter."""

    def pick(self, ask: Ask, options: Sequence[Option], fault: Fault) -> str | Command:
        """Return the key of the option whose number or words are typed, or a text of one's own.

        What is typed and fits no option must have no *fault*; an empty text keeps the default.
        """

    def several(self, ask: Ask, options: Sequence[Option]) -> tuple[str, ...] | Command:
        """Return the keys of the options chosen; those that are marked are chosen already."""


def matching(typed: str, options: Sequence[Option]) -> list[Option]:
    """Return the options that *typed* means: one by its number or key, else all it is a part of."""
    if typed.isdecimal() and 1 <= int(typed) <= len(options):
        return [options[int(typed) - 1]]
    word = typed.casefold()
    exact = [o for o in options if word == o.key.casefold()]
    return exact or [o for o in options if word in o.label.casefold()]


def likeliest(typed: str, lines: Sequence[str]) -> list[int]:
    """Return which *lines* (from 0) have every word of *typed*, the likeliest first.

    First the line itself, then what begins with it, then what has words that begin so.
    """
    words = re.findall(r"\w+", typed.casefold())
    ranks: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        text = line.casefold()
        own = re.findall(r"\w+", text)
        if words and all(word in text for word in words):
            begun = all(any(o.startswith(w) for o in own) for w in words)
            rank = 0 if own == words else 1 if own[: len(words)] == words else 3 - begun
            ranks.append((rank, number))
    return [number for _, number in sorted(ranks)]


def command(typed: str) -> Command | None:
    """Return the command that *typed* is, None if it is an answer.

    A text that itself begins with `/` or `!` is typed with the sign doubled.
    """
    text = typed.strip()
    for do in (Do.BACK, Do.HELP, Do.REVIEW, Do.LEAVE, Do.DAY):
        if text == do.value:
            return Command(do)
    if "\n" in text or text[:2] in {"//", "!!"}:
        return None
    for do in (Do.JUMP, Do.NOTE):
        if text.startswith(do.value):
            return Command(do, text[1:].strip())
    return None


def answer(typed: str) -> str:
    """Return *typed* as an answer: composed Hangul, trimmed, a doubled sign single."""
    text = unicodedata.normalize("NFC", typed).strip()
    return text[1:] if text[:2] in {"//", "!!"} else text

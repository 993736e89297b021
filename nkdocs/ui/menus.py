"""A menu in a terminal in which keys, numbers and words of a line lead to it.

A key alone leads to its line. What is typed further is words: the lines that have them all are
left, the likeliest first. What fits no line answers nothing.
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from nkdocs.ui.columns import width
from nkdocs.ui.prompter import Command, Do, Option

_DONE = "done (10 selections)"  # how questionary ends a list of many
_AROUND = 5  # columns of "? " before a title, the space behind it, and brackets
_LETTERS = "123456789abcdefghilmopqrstuvwxz"
_SOON = 0.5  # seconds in which nobody has read a help
_MENU_KEYS = (Do.HELP, Do.JUMP, Do.NOTE, Do.REVIEW, Do.LEAVE, Do.DAY, Do.BACK)


class Menu(Protocol):
    """The menu of a question."""

    is_answered: bool

    def get_pointed_at(self) -> Any:  # noqa: ANN401 - a line of questionary's
        """Return the line the pointer is at."""

    def get_selected_values(self) -> Sequence[Any]:
        """Return the lines that are chosen, where several may be."""


class Led(Protocol):
    """A menu that is led by what is typed.

    Attributes:
        typed: what was typed so far.
        letters: the keys, and the line (from 0) that each leads to.
        lost: whether what is typed fits no line.
    """

    typed: str
    letters: Mapping[str, int]

    @property
    def lost(self) -> bool:
        """Whether what is typed fits no line."""

    def put(self, text: str) -> None:
        """Take *text* for what has been typed so far."""


class Title:
    """The words above a menu; an answer that has no room behind them gets a line of its own."""

    def __init__(self, text: str, columns: int, *, many: bool = False) -> None:
        """Show *text* on a screen of so many *columns*; *many* lines may be chosen, or one."""
        self._text, self._columns, self._many = text, columns, many
        self.menu: Menu | None = None

    def __str__(self) -> str:
        """Return the words, with the end of their line where the answer needs it."""
        menu = self.menu
        if menu is None or not menu.is_answered:
            return self._text
        told = menu.get_selected_values() if self._many else [menu.get_pointed_at()]
        said = str(told[0].title) if len(told) == 1 else _DONE
        begun = width(self._text.split("\n")[-1]) + _AROUND
        return self._text if begun + width(said) < self._columns else f"{self._text}\n "


def by_words(menu: Led, keys: KeyBindings) -> None:
    """Let *menu* be led by its letters and by words; *keys* get what that takes."""

    def typed(event: KeyPressEvent) -> None:
        if event.data.isprintable() and (menu.typed + event.data).strip():
            menu.put(menu.typed + event.data)

    def pasted(event: KeyPressEvent) -> None:
        menu.put((menu.typed + " ".join(event.data.split())).strip())

    keys.add(Keys.BracketedPaste, eager=True)(pasted)
    keys.add("c-u", eager=True)(lambda _: menu.put(""))
    keys.add("backspace", eager=True)(lambda _: menu.put(menu.typed[:-1]))
    keys.add("enter", filter=Condition(lambda: menu.lost), eager=True)(lambda _: None)
    for key in (Keys.Any, *menu.letters):
        keys.add(key, eager=True)(typed)


def letters_of(options: Sequence[Option]) -> list[str]:
    """Return a key for each option, its number if it can; none if there are too many options."""
    if len(options) > len(_LETTERS):
        return []
    own = {o.letter for o in options}
    spare = (x for x in _LETTERS[len(options) :] if x not in own)
    letters = [
        o.letter or (_LETTERS[n] if _LETTERS[n] not in own else next(spare, ""))
        for n, o in enumerate(options)
    ]
    return letters if all(letters) else []


def nothing(_: KeyPressEvent) -> None:
    """Do nothing."""


def leave(do: Do) -> Any:  # noqa: ANN401 - a handler of prompt_toolkit
    """Return a handler that ends a question with the command *do*."""

    def handler(event: KeyPressEvent) -> None:
        event.app.exit(result=Command(do))

    return handler


def menu_keys(*, after_help: bool) -> KeyBindings:
    """Return the keys that work in a menu: Ctrl-B and the signs of the commands.

    Enter at once behind a `?`, which a line needs there, answers nothing *after_help*.
    """
    keys, end = KeyBindings(), [time.monotonic() + _SOON]
    if after_help:
        soon = Condition(lambda: bool(end) and time.monotonic() < end[0])
        keys.add("enter", filter=soon, eager=True)(lambda _: end.clear())
    keys.add("c-b", eager=True)(leave(Do.BACK))
    for do in _MENU_KEYS:
        keys.add(do.value, eager=True)(leave(do))
    return keys

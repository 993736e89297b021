"""A menu in a terminal in which keys, numbers and words of a line lead to it.

A key alone leads to its line. What is typed further is words: the lines that have them all are
left, the likeliest first. What fits no line answers nothing.
"""

from collections.abc import Mapping
from typing import Any, cast

import questionary
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from questionary.prompts.common import InquirerControl

from nkdocs.ui.columns import width
from nkdocs.ui.prompter import likeliest

_DONE = "done (10 selections)"  # how questionary ends a list of many
_AROUND = 5  # columns of "? " before a title, the space behind it, and brackets


class _Words(InquirerControl):
    """The lines of a menu, as far as they fit what is typed."""

    nothing = ""
    typed = ""
    start = 0
    letters: Mapping[str, int] = {}

    @property
    def filtered_choices(self) -> list[questionary.Choice]:
        """Return the choices that fit, the likeliest first; one that says so if none does."""
        if not self.search_filter:
            return self.choices
        fits = likeliest(self.search_filter, [str(c.title) for c in self.choices])
        self.found_in_search = bool(fits)
        told: Any = [("class:text", self.nothing)]  # a line without a key
        none = questionary.Choice(told, self.choices[0].value)
        return [self.choices[n] for n in fits] or [none]

    def put(self, text: str) -> None:
        """Take *text* for what has been typed so far."""
        own = bool(text) and all(sign in self.letters for sign in text)
        lines = [str(c.title).casefold() for c in self.choices]
        words = len(text) > 1 and any(line.startswith(text) for line in lines)
        if own and not words:  # y, and then n: the second key corrects the first
            text = text[-1]
            self.search_filter, self.pointed_at = None, self.letters[text]
        else:
            self.search_filter, self.pointed_at = text or None, 0 if text else self.start
        self.typed = text

    @property
    def lost(self) -> bool:
        """Whether what is typed fits no line."""
        return bool(self.search_filter) and not likeliest(
            str(self.search_filter), [str(c.title) for c in self.choices]
        )


class Title:
    """The words above a menu; an answer that has no room behind them gets a line of its own."""

    def __init__(self, text: str, columns: int) -> None:
        """Show *text* on a screen of so many *columns*."""
        self._text, self._columns = text, columns
        self.menu: InquirerControl | None = None

    def __str__(self) -> str:
        """Return the words, with the end of their line where the answer needs it."""
        menu = self.menu
        if menu is None or not menu.is_answered:
            return self._text
        told = [menu.get_pointed_at()] if isinstance(menu, _Words) else menu.get_selected_values()
        said = str(told[0].title) if len(told) == 1 else _DONE
        begun = width(self._text.split("\n")[-1]) + _AROUND
        return self._text if begun + width(said) < self._columns else f"{self._text}\n "


def by_words(
    question: questionary.Question, nothing: str, letters: Mapping[str, int], keys: KeyBindings
) -> None:
    """Let the menu of *question* be led by *letters* (its lines from 0) and by words.

    *keys* get what that takes; *nothing* stands in place of the lines where no line fits.
    """
    (found,) = menus(question)
    found.__class__ = _Words
    menu = cast("_Words", found)
    menu.nothing, menu.letters, menu.start = nothing, letters, menu.pointed_at

    def typed(event: KeyPressEvent) -> None:
        if event.data.isprintable() and (menu.typed + event.data).strip():
            menu.put(menu.typed + event.data)

    def pasted(event: KeyPressEvent) -> None:
        menu.put((menu.typed + " ".join(event.data.split())).strip())

    keys.add(Keys.BracketedPaste, eager=True)(pasted)
    keys.add("c-u", eager=True)(lambda _: menu.put(""))
    keys.add("backspace", eager=True)(lambda _: menu.put(menu.typed[:-1]))
    keys.add("enter", filter=Condition(lambda: menu.lost), eager=True)(lambda _: None)
    for key in (Keys.Any, *letters):
        keys.add(key, eager=True)(typed)


def menus(question: questionary.Question) -> list[InquirerControl]:
    """Return the menu of *question*."""
    controls: Any = question.application.layout.find_all_controls()
    return [c for c in controls if isinstance(c, InquirerControl)]

"""Prompts in a terminal. The only module that knows questionary.

Only `unsafe_ask` is used: `ask` turns Ctrl-C into the answer None (UX.md section 5.1).
"""

import os
import sys
from collections.abc import Mapping, Sequence
from typing import Any, cast

import questionary
from prompt_toolkit.application.current import AppSession, get_app_session
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Always, Condition, has_focus
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent, merge_key_bindings
from questionary.prompts.common import InquirerControl

from nkdocs.diagnostics import shown
from nkdocs.ui.columns import cut, wrapped
from nkdocs.ui.menus import Title, by_words, leave, letters_of, menu_keys, nothing
from nkdocs.ui.plain import no_more
from nkdocs.ui.prompter import Ask, Command, Do, Fault, Option, answer, command, likeliest, matching
from nkdocs.ui.words import Words

_STYLE = questionary.Style(
    [
        ("qmark", "bold"),
        ("question", "bold"),
        ("answer", ""),
        ("instruction", ""),
        ("highlighted", "bold"),
        ("bottom-toolbar", "noreverse"),
        ("validation-toolbar", "bold"),
    ]
)
_LONG = (
    "Enter makes a new line; Esc Enter ends.",
    "Ctrl-X Ctrl-E opens it in your own editor ($EDITOR).",
)
_FEW = 9  # options that are shown before anything is typed
_POINTER = 8  # columns before a line of a menu


def usable() -> bool:
    """Whether this console can show the prompts; mintty on Windows cannot."""
    if sys.platform != "win32":
        return True
    from prompt_toolkit.output import create_output, win32

    try:
        create_output()
    except win32.NoConsoleScreenBufferError:
        return False
    return True


class TerminalPrompter:
    """Asks with line editing, menus that move with the arrow keys, and Ctrl-B for back."""

    def __init__(self, *, editor: bool = True, language: str = "en") -> None:
        """Give long texts to the user's own editor on request, unless there is to be no *editor*.

        An editor works on a file in the clear, which a locked case must never leave behind.
        """
        self._editor, self._words = editor, Words(language)
        self._helped = False  # whether help was what was asked for last
        self._lines: dict[tuple[AppSession, bool, bool], _Line] = {}

    @property
    def columns(self) -> int:
        """The columns of the screen as it is now."""
        return _columns()

    def show(self, text: str) -> None:
        """Show a text."""
        sys.stdout.write(f"{_fitted(shown(text, breaks=True))}\n")
        sys.stdout.flush()

    def text(self, ask: Ask, fault: Fault) -> str | Command:
        """Return what is typed; a long text ends with Escape, Enter."""
        form = get_app_session(), ask.long, bool(ask.keys)
        line = self._lines.get(form)
        if line is None:
            line = self._lines[form] = _Line(long=ask.long, editor=self._editor, keys=form[-1])
        hint = [*ask.hint, *(map(self._words, _LONG[: 1 + self._editor]) if ask.long else ())]
        typed = line.ask(_message(ask.title, hint, "\n  >"), ask, fault)
        if isinstance(typed, Command):
            return typed
        return command(typed) or answer(typed)

    def choose(self, ask: Ask, options: Sequence[Option]) -> str | Command:
        """Return the key of the option chosen."""
        letters: Sequence[str | None] = letters_of(options)
        short = bool(letters)
        choices = [
            questionary.Choice(_label(o), o.key, shortcut_key=letter)
            for o, letter in zip(options, letters or [None] * len(options), strict=True)
        ]
        start = next((c for c, o in zip(choices, options, strict=True) if o.marked), choices[0])
        way = "arrows, number or words; then Enter"
        way = way if short else "words of it, or arrows; then Enter"
        title = Title(_message(ask.title, ()), _columns())
        question = questionary.select(
            cast("str", title),
            choices,
            default=start,
            use_shortcuts=short,
            use_jk_keys=False,
            instruction=_how(ask, self._words(way)),
            style=_STYLE,
        )
        keys = menu_keys(after_help=self._helped)
        lines = {letter: n for n, letter in enumerate(letters) if letter}
        for number in range(1, min(len(letters), 9) + 1):  # a line's number leads to it too
            lines.setdefault(str(number), number - 1)
        (found,) = _menus(question)
        found.__class__ = _Words
        title.menu = menu = cast("_Words", found)
        menu.nothing = self._words("nothing fits; Backspace takes it back")
        menu.letters, menu.start = lines, menu.pointed_at
        by_words(menu, keys)
        chosen = self._ask(question, keys)
        return chosen if isinstance(chosen, Command) else str(chosen)

    def pick(self, ask: Ask, options: Sequence[Option], fault: Fault) -> str | Command:
        """Return the key of the option typed or completed, or a text of one's own."""

        def valid(typed: str) -> bool | str:
            text = answer(typed)
            if not text or command(typed):
                return True
            fits = matching(text, options)
            if len(fits) > 1:
                fit = self._words("{count} fit:").format(count=len(fits))
                return f"{fit} {', '.join(o.key for o in fits[:_FEW])}"
            return bool(fits) or fault(text) or True

        lines = [f"{n}. {o.label}" for n, o in enumerate(options[:_FEW], 1)]
        more = self._words("… {count} more: type a part of the name.")
        lines += [more.format(count=len(options) - _FEW)] if len(options) > _FEW else []
        question = questionary.autocomplete(
            _message(ask.title, [*ask.hint, *lines], "\n  >"),
            [shown(o.key) for o in options] or [""],
            default=ask.default,
            meta_information={shown(o.key): shown(o.label[len(o.key) :]) for o in options},
            match_middle=True,
            validate=valid,
            validate_while_typing=False,
            style=_STYLE,
            bottom_toolbar=shown(ask.keys) or None,
        )
        typed = self._ask(question, _text_keys(question, long=False))
        if isinstance(typed, Command):
            return typed
        found = command(typed)
        fits = matching(answer(typed), options) if answer(typed) and not found else []
        return found or (fits[0].key if len(fits) == 1 else answer(typed))

    def several(self, ask: Ask, options: Sequence[Option]) -> tuple[str, ...] | Command:
        """Return the keys of the options chosen, in the order in which they were."""
        choices = [questionary.Choice(_label(o), o.key, checked=o.marked) for o in options]
        title = Title(_message(ask.title, ()), _columns(), many=True)
        question = questionary.checkbox(
            cast("str", title),
            choices,
            use_jk_keys=False,
            instruction=_how(ask, self._words("arrows, space chooses, Enter ends")),
            style=_STYLE,
        )
        (title.menu,) = _menus(question)
        keys = menu_keys(after_help=self._helped)
        for letter in "ai":  # choose all, choose the others: nobody is told, and words have them
            keys.add(letter, eager=True)(nothing)
        chosen = self._ask(question, keys)
        if isinstance(chosen, Command):
            return chosen
        order = [v for menu in _menus(question) for v in menu.selected_options]
        return tuple(str(key) for key in sorted(chosen, key=order.index))

    def _ask(self, question: questionary.Question, keys: KeyBindings) -> Any:  # noqa: ANN401
        _bind(question, keys)
        given = _asked(question)
        self._helped = given == Command(Do.HELP)
        return given


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


def _menus(question: questionary.Question) -> list[InquirerControl]:
    """Return the menu of *question*."""
    controls: Any = question.application.layout.find_all_controls()
    return [c for c in controls if isinstance(c, InquirerControl)]


class _Line:
    """A line to type in, put again and again: making a new one takes as long as asking it."""

    def __init__(self, *, long: bool, editor: bool, keys: bool) -> None:
        """Make a line, or the room for a *long* text; *keys* are shown beneath it."""
        self._title, self._keys = "", ""
        self._fault: Fault = _sound
        self._help = False  # whether help was asked for behind a text that has a fault
        self._question = questionary.text(
            cast("str", self),  # drawn anew each time, as `__str__` says it
            validate=self._valid,
            validate_while_typing=False,
            multiline=long,
            enable_open_in_editor=long and editor,
            tempfile_suffix=".txt",
            instruction="" if long else None,
            style=_STYLE,
            bottom_toolbar=(lambda: self._keys) if keys else None,
            history=DummyHistory(),  # what was answered before is not offered
        )
        _bind(self._question, _text_keys(self._question, long=long))
        _room_for_refusals(self._question)

    def __str__(self) -> str:
        """Return what is asked now."""
        return self._title

    def ask(self, title: str, ask: Ask, fault: Fault) -> Any:  # noqa: ANN401 - as _asked
        """Return what is typed below *title*, or the command that was given instead."""
        self._title, self._keys, self._fault = title, shown(ask.keys), fault
        self._help = False
        app = self._question.application
        app.layout.focus(DEFAULT_BUFFER)
        app.current_buffer.reset(Document(ask.default))
        typed = _asked(self._question)
        return Command(Do.HELP) if self._help else typed

    def _valid(self, typed: str) -> bool | str:
        text = answer(typed)
        wrong = None if not text or command(typed) else self._fault(text)
        self._help = bool(wrong) and text.endswith(Do.HELP.value)
        return True if self._help else _fitted(wrong or "") or True


def _sound(_: str) -> None:
    """Find no fault."""


def _bind(question: questionary.Question, keys: KeyBindings) -> None:
    """Let *keys* work beside the question's own, and no warning of a slow screen stand in it."""
    app = question.application
    app.renderer.cpr_not_supported_callback = None
    own = [app.key_bindings] if app.key_bindings else []
    app.key_bindings = merge_key_bindings([*own, keys])


def _room_for_refusals(question: questionary.Question) -> None:
    """Let the line beneath *question* that says what is wrong be as high as its words need."""
    for window in question.application.layout.find_all_windows():
        text = getattr(window.content, "text", None)
        if getattr(text, "__qualname__", "").startswith("ValidationToolbar"):
            window.height, window.dont_extend_height = None, Always()


def _asked(question: questionary.Question) -> Any:  # noqa: ANN401 - what each question returns
    """Return what is answered to *question*."""
    try:
        return question.unsafe_ask()
    except EOFError:
        no_more()


def _message(title: str, hint: Sequence[str], end: str = "") -> str:
    begin = wrapped(f"  {title}", _columns() - 1)[2:]  # "? " and what continues it
    lines = "".join(f"\n{_fitted(f'  {line}')}" for line in hint)
    return shown(f"{begin}{lines}", breaks=True) + end


def _columns() -> int:
    """Return the columns of the screen; plenty where there is none."""
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns
    except (OSError, ValueError):
        return 1000


def _label(option: Option) -> str:
    """Return a line of a menu, which is not broken, with an ellipsis where it is cut."""
    return cut(shown(option.label), _columns() - _POINTER)


def _fitted(text: str) -> str:
    """Return *text* with its lines broken between words, as the screen is now."""
    return wrapped(text, _columns())


def _how(ask: Ask, way: str) -> str:
    """Return what stands between a menu and its title, and goes when it is answered."""
    keys = (way, ask.keys) if ask.keys else (f"({way})",)  # on 60 columns each has its line
    lines = [*ask.hint, *keys]
    return "".join(f"\n{_fitted(f'  {shown(line, breaks=True)}')}" for line in lines)


def _text_keys(question: questionary.Question, *, long: bool) -> KeyBindings:
    """Return the keys that work in a line: Ctrl-B; Enter ends a long text that is none yet."""
    keys = KeyBindings()
    keys.add("c-b", eager=True)(leave(Do.BACK))
    if long:
        app = question.application

        def no_text_yet() -> bool:
            typed = app.current_buffer.text
            return not typed.strip() or command(typed) is not None

        @keys.add("enter", filter=Condition(no_text_yet) & ~has_focus("search"), eager=True)
        def _(event: KeyPressEvent) -> None:
            event.current_buffer.validate_and_handle()

    return keys

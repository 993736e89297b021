"""Plain prompts: numbered choices and one line of input each; no redraw, no colour, no boxes.

For screen readers, dumb terminals and pipes (UX.md section 5.2).
"""

import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from nkdocs.diagnostics import shown
from nkdocs.errors import AnswersError, MissingProgramError
from nkdocs.ui.prompter import Ask, Command, Do, Fault, Option, answer, command, matching
from nkdocs.ui.words import Words

_END, _EDIT = ".", "$"
_MENU = 30  # lines of a menu that a part of a name leads through


class PlainPrompter:
    """Asks line by line."""

    columns = 1000  # nothing is broken: whoever reads the lines does it

    def __init__(
        self,
        read: Callable[[], str],
        write: Callable[[str], None],
        edit: Callable[[str], str] | None = None,
        words: Words | None = None,
    ) -> None:
        """Read a line with *read*, which raises EOFError at the end; show with *write*.

        *edit* gives a long text to an editor and returns it; None where there is to be none.
        """
        self._read, self._write, self._edit = read, write, edit
        self._words = words or Words()
        self._told: set[str] = set()

    def show(self, text: str) -> None:
        """Show a text."""
        self._write(shown(text, breaks=True))

    def text(self, ask: Ask, fault: Fault) -> str | Command:
        """Return what is typed; a long text ends with a line that holds one dot."""
        end = self._words("End with a line that holds only .")
        hint = [*ask.hint, *([end] if ask.long else [])]
        if ask.long and self._edit:
            told = "A line that holds only $ opens your own editor ($EDITOR)."
            hint.append(self._words(told))
        self._question(ask, hint, ask.default)
        kept = ask.default
        while True:
            typed = self._lines() if ask.long else self._line()
            if ask.long and self._edit and typed.strip() == _EDIT:
                typed = kept = self._in_editor(kept)
            found = command(typed)
            if found is not None:
                return found
            text = answer(typed)
            wrong = fault(text) if text else None
            if wrong is None:
                return text
            self.show(f"  {wrong}")

    def choose(self, ask: Ask, options: Sequence[Option]) -> str | Command:
        """Return the key of the option whose number, key or label is typed."""
        start = next((o for o in options if o.marked), options[0])
        self._question(ask, ask.hint, start.label)
        self._menu(options)
        while True:
            typed = self._line()
            found = command(typed)
            if found is not None:
                return found
            if not answer(typed):
                return start.key
            chosen = _option(answer(typed), options)
            if chosen is not None:
                return chosen.key
            told = self._words("Type a number from 1 to {count}, or words of its line.")
            self.show(f"  {told.format(count=len(options))}")

    def pick(self, ask: Ask, options: Sequence[Option], fault: Fault) -> str | Command:
        """Return the key of the option whose number or words are typed, or a text of one's own."""
        self._question(ask, ask.hint, ask.default)
        there = list(options)
        self._few(there)
        while True:
            typed = self._line()
            found = command(typed)
            if found is not None:
                return found
            text = answer(typed)
            fits = matching(text, there) or matching(text, options) if text else []
            if len(fits) == 1:
                return fits[0].key
            if fits:
                there = fits
                self._few(there)
                continue
            wrong = fault(text) if text else None
            if wrong is None:
                return text
            self.show(f"  {wrong}")

    def _few(self, options: Sequence[Option]) -> None:
        """Show a menu as far as a person reads one; parts of the names lead to the rest."""
        self._menu(options[:_MENU])
        if len(options) > _MENU:
            more = len(options) - _MENU
            told = self._words("… {count} more: type a part of the name.")
            self.show(f"  {told.format(count=more)}")

    def several(self, ask: Ask, options: Sequence[Option]) -> tuple[str, ...] | Command:
        """Return the keys of the options whose numbers are typed, with commas."""
        marked = [o for o in options if o.marked]
        hint = (*ask.hint, self._words("Type the numbers, with commas between them."))
        self._question(ask, hint, ", ".join(o.label for o in marked))
        self._menu(options)
        while True:
            typed = self._line()
            found = command(typed)
            if found is not None:
                return found
            words = [w for w in answer(typed).replace(";", ",").split(",") if w.strip()]
            chosen = [_option(word.strip(), options) for word in words]
            if not words:
                return tuple(o.key for o in marked)
            if all(chosen):
                return tuple(dict.fromkeys(o.key for o in chosen if o))
            told = self._words("Type numbers from 1 to {count}, with commas between them.")
            self.show(f"  {told.format(count=len(options))}")

    def _question(self, ask: Ask, hint: Sequence[str], default: str) -> None:
        self.show(ask.title)
        for line in hint:
            self.show(f"  {line}")
        if default:
            self.show(f"  {self._words('Enter:')} {default}")
        if ask.keys and ask.keys not in self._told:
            self._told.add(ask.keys)
            self.show(f"  ({ask.keys})")

    def _menu(self, options: Sequence[Option]) -> None:
        for number, option in enumerate(options, 1):
            self.show(f"  {number}. {option.label}")

    def _line(self) -> str:
        try:
            return self._read()
        except EOFError:
            no_more()

    def _in_editor(self, text: str) -> str:
        """Return *text* as it was left in the editor; nothing if there is none that works."""
        try:
            told = self._edit(text) if self._edit else ""
        except MissingProgramError as error:
            self.show(f"  {error.message}. {error.hint}")
            return self._lines()
        return told

    def _lines(self) -> str:
        lines = [self._line()]
        if lines[0].strip() == _EDIT and self._edit:
            return _EDIT
        if not lines[0].strip() or (command(lines[0]) and lines[0].strip() != Do.NOTE.value):
            return lines[0]
        while lines[-1].strip() != _END:
            lines.append(self._line())
        return "\n".join(lines[:-1])


def _option(typed: str, options: Sequence[Option]) -> Option | None:
    """Return the option whose number, key or label is *typed*, or is a part of one label."""
    if typed.isdecimal() and 1 <= int(typed) <= len(options):
        return options[int(typed) - 1]
    word = typed.casefold()
    exact = [o for o in options if word in {o.key.casefold(), o.label.casefold(), o.letter or " "}]
    begun = [o for o in options if o.label.casefold().startswith(word)]
    first = word.partition("/")[0]  # she/her
    inside = [o for o in options if first != word and o.label.casefold() == first]
    inside = inside or [o for o in options if len(word) > 1 and word in o.label.casefold()]
    found = exact or begun or inside
    return found[0] if len(found) == 1 else None


def no_more() -> NoReturn:
    """Say that the input ended before the questions did."""
    msg = "no more answers on the input"
    raise AnswersError(msg, hint="What was answered is saved; the same command goes on from there.")


def standard(*, interactive: bool, editor: bool = False, language: str = "en") -> PlainPrompter:
    """Return plain prompts on standard input and, since stdout is for results, standard error.

    With *editor* long texts can be written in the user's own editor, where a person types.
    """

    def read() -> str:
        if interactive:
            return input("> ")  # readline knows the width of Hangul; it needs the prompt
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.rstrip("\r\n")

    def write(text: str) -> None:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()

    if not (interactive and editor):
        return PlainPrompter(read, write, words=Words(language))
    from nkdocs.convert.editor import edited

    return PlainPrompter(read, write, edited, Words(language))

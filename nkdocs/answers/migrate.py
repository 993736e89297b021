"""Answers files of an older form, brought to the form of today; comments and order stay. Pure.

The first key says the form: `answers: 1`. Each step brings a file from one form to the next and
says what it changed. A step is written when a form changes, and is never taken out again.
"""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from nkdocs import _yaml
from nkdocs.errors import AnswersError

Step = Callable[[str], tuple[str, list[str]]]
"""Takes a text of one form; returns it in the next, and what was changed, one line each."""

FORM = 1  # of today


def with_form(text: str) -> tuple[str, list[str]]:
    """Return a file without a form, as they were written at first, with `answers: 1` on top."""
    keys = _yaml.load(text).keys
    line, column = min(spot for path, spot in keys.items() if len(path) == 1)
    if column != 1:
        msg = "an answers file in { } cannot be brought to the form of today"
        raise AnswersError(msg, hint="Begin it with 'answers: 1', one key a line.")
    lines = text.splitlines(keepends=True)
    end = "\r\n" if lines[line - 1].endswith("\r\n") else "\n"
    lines.insert(line - 1, f"answers: 1{end}")
    return "".join(lines), [f"line {line}: 'answers: 1' was put first (the form of the file)"]


def renamed(*pairs: tuple[str, str]) -> Step:
    """Return a step in which answers have other names: (old, new), below the same groups."""

    def step(text: str) -> tuple[str, list[str]]:
        told = []
        for old, new in pairs:
            before, after = tuple(old.split(".")), tuple(new.split("."))
            data = _yaml.load(text).data
            for name in before:
                data = data.get(name) if isinstance(data, dict) else None
            if data is not None:
                text = _yaml.put(_yaml.remove(text, before), after, data)
                told.append(f"{old} is now called {new}")
        return text, told

    return step


STEPS: Mapping[int, Step] = MappingProxyType({0: with_form})


def to_today(
    text: str, steps: Mapping[int, Step] = STEPS, form: int = FORM
) -> tuple[str, Sequence[str]]:
    """Return *text* in today's form, and what was changed; as it is where nothing has to be.

    A file that cannot be read, or of a form that is not known here, stays as it is too: whoever
    reads it says what is wrong.
    """
    told: list[str] = []
    while (now := form_of(text)) is not None and now < form and now in steps:
        try:
            changed, lines = steps[now](text)
            text = changed if now == 0 else _yaml.put(changed, ("answers",), str(now + 1))
        except AnswersError:
            break
        told += lines
    return text, told


def form_of(text: str) -> int | None:
    """Return the form of a file, 0 where it has answers and says none; None if it has no form."""
    loaded = _yaml.load(text)
    if loaded.faults or not isinstance(loaded.data, dict) or not loaded.data:
        return None
    said = loaded.data.get("answers", "0")
    return int(said) if isinstance(said, str) and said.isdecimal() else None

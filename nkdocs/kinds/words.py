"""Answers in words: a line, a story, yes or no, one choice or several."""

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from msgspec import Struct

from nkdocs._jinja import NON_ANSWERS, View, nth
from nkdocs.kinds.kind import (
    Data,
    KindError,
    Options,
    Schema,
    clean,
    listed,
    one_line,
    plainly,
    several,
)

SCALAR = ["string", "number", "boolean"]
"""What an editor may take a plain word for, before our loader reads it as text."""


class Story(View, Struct, frozen=True):
    """A text of one or more paragraphs."""

    paragraphs: tuple[str, ...]
    template_names: ClassVar[frozenset[str]] = frozenset({"paragraphs"})

    def __str__(self) -> str:
        """Write the paragraphs with an empty line between them."""
        return "\n\n".join(self.paragraphs)


class YesNo(View, Struct, frozen=True, eq=False):
    """Yes or no: a truth value that prints as a word."""

    yes: bool

    def __bool__(self) -> bool:
        """Be true for yes."""
        return self.yes

    def __str__(self) -> str:
        """Write "yes" or "no"."""
        return "yes" if self.yes else "no"

    def __eq__(self, other: object) -> bool:
        """Equal the same answer, its word or its truth value."""
        if isinstance(other, str):
            return str(self) == other
        return self.yes == bool(other) if isinstance(other, (YesNo, bool)) else NotImplemented

    def __hash__(self) -> int:
        """Hash as the word."""
        return hash(str(self))


class Choice(View, Struct, frozen=True, eq=False):
    """One of a question's choices: its stored key and its printed label."""

    key: str
    label: str
    template_names: ClassVar[frozenset[str]] = frozenset({"key", "label"})

    def __str__(self) -> str:
        """Write the label."""
        return self.label

    def __eq__(self, other: object) -> bool:
        """Equal the same choice, or its key as text."""
        if isinstance(other, Choice):
            return (self.key, self.label) == (other.key, other.label)
        return self.key == other if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        """Hash as the key."""
        return hash(self.key)


class Many(View, Struct, frozen=True):
    """Several of a question's choices, in the order given."""

    choices: tuple[Choice, ...]
    template_names: ClassVar[frozenset[str]] = frozenset({"first", "last"})

    def lookup(self, name: str) -> object:
        """Return the first or last choice; of any other key whether it was chosen."""
        own = name in self.template_names or name in {"owed", *NON_ANSWERS}
        return View.lookup(self, name) if own else name in self

    def __iter__(self) -> Iterator[Choice]:
        """Yield the choices."""
        return iter(self.choices)

    def __reversed__(self) -> Iterator[Choice]:
        """Yield the choices, the last first."""
        return reversed(self.choices)

    def __len__(self) -> int:
        """Count the choices; none is false."""
        return len(self.choices)

    def __contains__(self, key: object) -> bool:
        """Whether a choice, or the choice with this key, was made."""
        return any(choice == key for choice in self.choices)

    def item(self, index: int) -> object:
        """Return choice *index*, from 0; a gap if there is none."""
        return nth(self.choices, index)

    @property
    def first(self) -> object:
        """The first choice."""
        return self.item(0)

    @property
    def last(self) -> object:
        """The last choice."""
        return self.item(-1)

    def __str__(self) -> str:
        """Write the labels as a sentence names them."""
        return listed(self.choices)


class TextKind:
    """One line of text; its value is the text itself."""

    name = "text"

    def parse(self, data: Data, options: Options) -> str:
        """Return the cleaned line, without the words that papers print before it."""
        line = one_line(data, "write one line of text")
        if not options.without:
            return line
        words = "|".join(re.escape(word) for word in options.without)
        return re.sub(rf"^(?:(?:{words})\.? +)+(?=\S)", "", line, flags=re.IGNORECASE)

    def written(self, value: str) -> Data:
        """Return the line."""
        return value

    def schema(self, options: Options) -> Schema:
        """Return the schema of a line."""
        del options
        return {"type": SCALAR}

    def said(self, value: str) -> str:
        """Say nothing: the line says it all."""
        del value
        return ""


class StoryKind:
    """Paragraphs of text."""

    name = "story"

    def parse(self, data: Data, options: Options) -> Story:
        """Return the paragraphs: an empty line divides them, single breaks become spaces."""
        del options
        if not isinstance(data, str):
            msg = "write it as text, with an empty line between paragraphs"
            raise KindError(msg)
        whole = clean(data, paragraphs=True)
        pieces = re.split(r"\n\s*\n", whole) if "\n" in whole else [whole]
        told = (" ".join(line.strip() for line in p.split("\n")).strip() for p in pieces)
        story = Story(tuple(p for p in told if p))
        if not story.paragraphs:
            msg = "it is empty; write what happened"
            raise KindError(msg)
        return story

    def written(self, value: Story) -> Data:
        """Return the paragraphs as text."""
        return str(value)

    def schema(self, options: Options) -> Schema:
        """Return the schema of a text."""
        del options
        return {"type": SCALAR}

    def said(self, value: Story) -> str:
        """Say how many paragraphs it is."""
        count = len(value.paragraphs)
        return f"Understood: {count} paragraphs." if count > 1 else ""


_TRUTH = {
    **dict.fromkeys(("yes", "y", "true", "예", "네", "응"), True),
    **dict.fromkeys(("no", "n", "false", "아니요", "아니오", "아뇨"), False),
}


class YesNoKind:
    """Yes or no."""

    name = "yesno"

    def parse(self, data: Data, options: Options) -> YesNo:
        """Return the answer, in English or Korean."""
        del options
        word = plainly(one_line(data, "write yes or no"))
        if word not in _TRUTH:
            msg = "write yes or no"
            raise KindError(msg)
        return YesNo(_TRUTH[word])

    def written(self, value: YesNo) -> Data:
        """Return the word."""
        return str(value)

    def schema(self, options: Options) -> Schema:
        """Return the schema of yes and no."""
        del options
        return {"enum": ["yes", "no", True, False]}

    def said(self, value: YesNo) -> str:
        """Say the word."""
        return f"Understood: {value}."


class ChoiceKind:
    """One of the choices a question offers."""

    name = "choice"

    def parse(self, data: Data, options: Options) -> Choice:
        """Return the choice whose key or label this is."""
        how = f"write one of: {', '.join(options.choices)}"
        return _chosen(one_line(data, how), options, how)

    def written(self, value: Choice) -> Data:
        """Return the key."""
        return value.key

    def schema(self, options: Options) -> Schema:
        """Return the schema of the choices."""
        return {"oneOf": [{"const": k, "title": v} for k, v in options.choices.items()]}

    def said(self, value: Choice) -> str:
        """Say the label."""
        return f"Understood: {value}."


class ManyKind:
    """Several of the choices a question offers."""

    name = "many"

    def parse(self, data: Data, options: Options) -> Many:
        """Return the choices of a list, or of one line with commas; each may stand once."""
        how = f"choose from: {', '.join(options.choices)}"
        if isinstance(data, str) and _find(clean(data), options):
            data = [data]
        names = several(data, ",;", how)
        found = [_chosen(name, options, how, number) for number, name in enumerate(names, 1)]
        if len(set(found)) < len(found):
            msg = "a choice is named twice; name each once"
            raise KindError(msg)
        return Many(tuple(found))

    def written(self, value: Many) -> Data:
        """Return the keys."""
        return [choice.key for choice in value.choices]

    def schema(self, options: Options) -> Schema:
        """Return the schema of a list of choices."""
        one = ChoiceKind().schema(options)
        return {"anyOf": [{"type": "array", "items": one, "uniqueItems": True}, one]}

    def said(self, value: Many) -> str:
        """Say the labels."""
        return f"Understood: {value}." if value.choices else "Understood: none."


def _find(text: str, options: Options) -> Choice | None:
    """Return the choice with this key, else with its key or a label written a little otherwise."""
    if text in options.choices:
        return Choice(text, options.choices[text])
    near: Literal[0, 1]
    for near in (0, 1):
        for pair in options.choices.items():
            if _loose(pair[near]) == _loose(text):
                return Choice(*pair)
    korean = (key for key, label in options.korean.items() if _loose(label) == _loose(text))
    return next((Choice(key, options.choices[key]) for key in korean), None)


def _loose(text: str) -> str:
    return re.sub(r"[\s_-]+", " ", plainly(text)).strip()


def _chosen(text: str, options: Options, how: str, number: int = 0) -> Choice:
    choice = _find(text, options)
    if choice is None:
        near = [k for k, label in options.choices.items() if _part_of(text, label)]
        guess = f"did you mean {near[0]}? " if len(near) == 1 else ""
        raise KindError(guess + how, str(number or ""))
    return choice


def _part_of(text: str, label: str) -> bool:
    """Whether *label* tells what *text* does and more: "26 Federal Plaza", "Second"."""
    words = _loose(text)
    return len(words) > 1 and words in _loose(label)

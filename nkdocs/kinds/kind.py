"""What every kind of answer has, and the one cleaning that all text goes through (TRUST.md R1)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias, TypeVar

from msgspec import Struct, field

from nkdocs._patterns import lazily
from nkdocs.errors import AnswersError

Data: TypeAlias = "str | Sequence[Data] | Mapping[str, Data]"
"""An answer as it stands in the file: every scalar is text."""

Schema: TypeAlias = dict[str, object]
"""A JSON schema, for editors."""

_GONE = dict.fromkeys((0x200B, 0x2060, 0xFEFF))
_SPACES = dict.fromkeys((0xA0, 0x2007, 0x202F), " ")
_BREAKS = re.compile("\r\n?|\u2028")
_TOP = "".join(chr(plane * 0x10000 + end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF))
# All of them are unprintable to Python too, beside others (tests/kinds/test_cleaning.py).
REFUSED = lazily(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # order of right-to-left text
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff" + _TOP +  # halves of a pair; never characters
    "\ue000-\uf8ff\U000f0000-\U0010fffd"  # private use: the program's own marks
    "\U000e0000-\U000e007f]"  # tags: text that nobody sees
)
_CALLED = {0: "null", 7: "bell", 8: "backspace", 0xB: "vertical tab", 0xC: "page break",
           0x1B: "escape", 0x7F: "delete"}  # fmt: skip


class KindError(AnswersError):
    """An answer is not written as its kind.

    The message names the remedy, never what was typed; `part` names the part of a mapping, or
    the number of a list's item, that is wrong.
    """

    def __init__(self, message: str, part: str = "") -> None:
        """Say what to do in *message*, about *part* if it is not the whole answer."""
        super().__init__(f"{part}: {message}" if part else message)
        self.part = part


class Options(Struct, frozen=True, kw_only=True):
    """What a question says about its own answers.

    Attributes:
        choices: stored key and printed label of each choice.
        korean: what a choice is called on a Korean screen; papers print the label.
        unknowns: whether "does not know" and its like are answers.
        singular: what one item of a list is called.
        without: words that papers print before a line of text themselves, so they are no part
            of it: "Judge".
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    korean: Mapping[str, str] = field(default_factory=dict)
    unknowns: bool = False
    singular: str = ""
    without: tuple[str, ...] = ()

    def called(self, key: str, language: str = "en") -> str:
        """Return what the choice *key* is called on a screen in *language*."""
        return (self.korean.get(key) if language == "ko" else "") or self.choices.get(key, key)


PLAIN = Options()

V = TypeVar("V")


class KindOf(Protocol[V]):
    """A kind whose values are of one type."""

    @property
    def name(self) -> str:
        """What questions call the kind."""

    def parse(self, data: Data, options: Options) -> V:
        """Return the value of an answer.

        Raises:
            KindError: it is not written as this kind.
        """

    def written(self, value: V) -> Data:
        """Return the value as it is stored; parsed again it is the same value."""

    def schema(self, options: Options) -> Schema:
        """Return the JSON schema of an answer, for editors."""

    def said(self, value: V) -> str:
        """Return what the interview says back; empty when the answer says it all."""


Kind: TypeAlias = KindOf[Any]


def clean(text: str, *, paragraphs: bool = False) -> str:
    """Return *text* as it is stored and printed: NFC, trimmed, one kind of line break.

    Zero-width spaces go and no-break spaces become spaces, which changes nothing that can be
    seen (UX.md section 4). What cannot be stored or printed is refused, never dropped.

    Raises:
        KindError: a character cannot be printed, or one line is wanted and there are more.
    """
    if text.isascii() and text.isprintable():
        return text.strip()  # the greater part of all answers, and nothing to clean
    lines = _BREAKS.sub("\n", text).replace("\u2029", "\n\n")
    bad = None if lines.replace("\n", "").isprintable() else REFUSED.search(lines)
    if bad:
        raise KindError(_unprintable(lines, bad.start()))
    out = unicodedata.normalize("NFC", lines.translate(_GONE).translate(_SPACES)).strip()
    if not paragraphs and "\n" in out:
        msg = "write it on one line"
        raise KindError(msg)
    return out


def _unprintable(text: str, at: int) -> str:
    """Say which character, at index *at*, cannot be printed."""
    line, start = text.count("\n", 0, at) + 1, text.rfind("\n", 0, at)
    code = ord(text[at])
    called = _CALLED.get(code) or unicodedata.name(text[at], "").lower()
    place = f"line {line}, " if "\n" in text else ""
    what = f"U+{code:04X}" + (f" ({called})" if called else "")
    return f"{place}character {at - start} is {what}, which cannot be printed; delete it"


def one_line(data: Data, how: str) -> str:
    """Return the cleaned text of an answer that is one line; *how* says how to write it.

    Raises:
        KindError: it is no text, empty, of several lines, or cannot be printed.
    """
    if not isinstance(data, str):
        msg = f"write it as one line of text: {how}"
        raise KindError(msg)
    text = clean(data)
    if not text:
        msg = f"it is empty; {how}"
        raise KindError(msg)
    return text


def plainly(text: str) -> str:
    """Return *text* for matching: wide forms narrow, small letters, single spaces."""
    folded = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return " ".join(folded.casefold().split())


_NOTHING = frozenset(
    ["no", "none", "n/a", "na", "not yet", "none yet", "nothing", "no one", "nobody",
     "아니", "아니요", "아니오", "없음", "없다", "없습니다", "없어요", "아직 없음"]
)  # fmt: skip


def says_nothing(text: str) -> bool:
    """Whether *text* only says that there is nothing to tell: "none", "not yet", "없음"."""
    return plainly(text).rstrip(".") in _NOTHING


def several(data: Data, split: str, how: str) -> list[str]:
    """Return the cleaned texts of a list, or of one line divided at the characters of *split*.

    Raises:
        KindError: an item is no text, empty or cannot be printed; its number is the part.
    """
    if isinstance(data, Mapping):
        msg = f"write a list: {how}"
        raise KindError(msg)
    whole: Sequence[Data] = re.split(f"[{split}]", data) if isinstance(data, str) else data
    out = []
    for number, item in enumerate(whole, 1):
        try:
            out.append(one_line(item, how))
        except KindError as error:
            raise KindError(error.message, str(number)) from None
    return out


def parts(data: Mapping[str, Data], names: Sequence[str], what: str) -> dict[str, Data]:
    """Return the parts of a mapping that are filled in.

    Raises:
        KindError: a key is none of *names*.
    """
    if not set(data) <= set(names):
        msg = f"the parts of {what} are {listed(names)}; take out what is none of them"
        raise KindError(msg)
    return {name: data[name] for name in names if data.get(name, "") not in ("", [], {})}


def part_line(data: Mapping[str, Data], name: str) -> str:
    """Return the cleaned text of one part of a mapping, empty if it is not there.

    Raises:
        KindError: it is not one line of text; *name* is the part.
    """
    if name not in data:
        return ""
    try:
        return one_line(data[name], "write text")
    except KindError as error:
        raise KindError(error.message, name) from None


def listed(items: Iterable[object], word: str = "and") -> str:
    """Return items as a sentence names them: "A", "A and B", "A, B, and C"."""
    names = [str(item) for item in items]
    if len(names) > 2:  # noqa: PLR2004 - from the third item on there are commas
        return f"{', '.join(names[:-1])}, {word} {names[-1]}"
    return f" {word} ".join(names)

"""Words and dates that rules look for: data that an attorney can read and change."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated

from nkdocs import _kept, _yaml
from nkdocs._forms import After, Form, FormError
from nkdocs._resources import read_once
from nkdocs.errors import TemplateError
from nkdocs.kinds.kind import KindError
from nkdocs.kinds.points import read_point

_FILE = "shared/wordlists.yaml"


def _is_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        msg = f"this is no pattern: {error}"
        raise ValueError(msg) from None
    return text


def _is_day(text: str) -> str:
    try:
        known = not text or read_point(text) is not None
    except KindError:
        known = False
    if not known:
        msg = "write a day, a month or a year: 2011-12-17, 2020-12 or 1999"
        raise ValueError(msg)
    return text


def _is_small(text: str) -> str:
    if not text or text != text.lower():
        msg = "write it in small letters"
        raise ValueError(msg)
    return text


_Small = Annotated[str, After(_is_small)]
_Pattern = Annotated[str, After(_is_pattern)]
_Day = Annotated[str, After(_is_day)]


class Phrase(Form, frozen=True, kw_only=True):
    """Words that do not belong into sworn text, and what they are called."""

    words: _Pattern
    what: str


class Era(Form, frozen=True, kw_only=True):
    """What began or ended on a day, so that it has no place before or after it.

    Attributes:
        words: what names it in a text, as it would be told of the time it was there.
        unless: words near it with which the sentence is true at any time.
        only_with: letters of which a text holds one if it names it; other texts are not searched.
        authority: an authority of the registry whose first day is its own.
    """

    what: str
    words: _Pattern
    unless: _Pattern = ""
    only_with: tuple[_Small, ...] = ()
    begins: _Day = ""
    ends: _Day = ""
    authority: str = ""
    source: str = ""

    def may_be_in(self, small: str) -> bool:
        """Whether a text, given in *small* letters, can name it."""
        return not self.only_with or any(letters in small for letters in self.only_with)

    @cached_property
    def named(self) -> re.Pattern[str]:
        """What finds its name in a text."""
        return re.compile(self.words)

    @cached_property
    def first(self) -> dt.date | None:
        """The first day on which it could be."""
        point = read_point(self.begins) if self.begins else None
        return point.first if point else None

    @cached_property
    def last(self) -> dt.date | None:
        """The last day on which it could be."""
        point = read_point(self.ends) if self.ends else None
        return point.last if point else None


class Fact(Form, frozen=True, kw_only=True):
    """How a sentence tells of something that an answer dates or counts.

    Attributes:
        path: the answer; of the lead respondent below `client`.
        words: the words that come right before the date or the sum.
    """

    path: str
    words: _Pattern


class WordLists(Form, frozen=True, kw_only=True):
    """All of them."""

    conclusions: tuple[Phrase, ...] = ()
    eras: tuple[Era, ...] = ()
    dated: tuple[Fact, ...] = ()
    counted: tuple[Fact, ...] = ()


def wordlists(folders: Sequence[Path]) -> WordLists:
    """Return the lists from the first of *folders* that has them.

    Raises:
        TemplateError: the file is wrong; each fault names its entry.
    """
    file = next((f for folder in folders if (f := folder / _FILE).is_file()), None)
    return _lists(file, read_once(file)) if file else WordLists()


@lru_cache(maxsize=4)
def _lists(file: Path, data: bytes) -> WordLists:
    """Return the lists that *data*, what stands in *file*, tells; read once for many cases."""
    (kept,) = _kept.forms(file, data, lambda: [_read(file, data).plain()])
    return WordLists(
        conclusions=tuple(Phrase(**entry) for entry in kept["conclusions"]),
        eras=tuple(Era(**entry) for entry in kept["eras"]),
        dated=tuple(Fact(**entry) for entry in kept["dated"]),
        counted=tuple(Fact(**entry) for entry in kept["counted"]),
    )


def _read(file: Path, data: bytes) -> WordLists:
    loaded = _yaml.load(_yaml.read(data))
    faults = [f"{file}:{line}: {why}" for line, _, why in loaded.faults]
    lists = WordLists()
    try:
        lists = WordLists.checked(loaded.data or {})
    except FormError as error:
        for wrong in error.wrongs:
            line = loaded.places.get(wrong.place[:2], (1, 1))[0]
            faults.append(f"{file}:{line}: {wrong.at}: {wrong.said}")
    if faults:
        msg = "the lists of words are wrong"
        raise TemplateError(msg, faults=faults)
    return lists

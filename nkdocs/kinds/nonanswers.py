"""Honest answers that are no value: "does not know", "was told by the cousin: March 2006"."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, Self, get_args

from msgspec import Struct

from nkdocs._jinja import STRING_METHODS, View
from nkdocs._patterns import lazily
from nkdocs.kinds.kind import Data, clean, plainly

How = Literal["does not know", "does not remember", "declines"]
HOWS: tuple[How, ...] = get_args(How)

_HOWS: dict[str, How] = {
    **dict.fromkeys(
        ("does not know", "do not know", "doesn't know", "don't know", "i do not know",
         "i don't know", "unknown", "not known", "not sure",
         "모름", "모른다", "모릅니다", "모르겠습니다"), "does not know"),
    **dict.fromkeys(
        ("does not remember", "do not remember", "doesn't remember", "don't remember",
         "i do not remember", "i don't remember", "기억나지 않음", "기억이 나지 않습니다",
         "기억나지 않습니다", "기억 안 남"), "does not remember"),
    **dict.fromkeys(
        ("declines", "declines to answer", "i decline", "대답하지 않겠습니다", "답변 거부"),
        "declines"),
}  # fmt: skip
_LONGEST = 2 * max(map(len, _HOWS))  # with blanks around and between the words
_PRINTED = {"declines": "declines to answer"}
_PHRASES = {
    "does not know": "on a date I do not know",
    "does not remember": "on a date I do not remember",
    "declines": "on a date I prefer not to state",
}
_TOLD = re.compile(  # a story joins single line breaks, so the teller's name may hold one
    r"was told by (?P<by>(?:[^:\n]|\n(?!\n))+):\s*(?P<value>.+)", re.DOTALL | re.IGNORECASE
)
_TOLD_KEY = lazily(r"was told by (?P<by>[^:\n]+)", re.IGNORECASE)


class NonAnswer(View, Struct, frozen=True, eq=False):
    """An answer that says honestly that there is no value.

    It is false in conditions, empty in loops, and neither before nor after anything, as a missing
    answer is; but it is an answer, and prints as one.
    """

    how: How

    def lookup(self, name: str) -> object:
        """Return `phrase` for sworn text, a method of its text, else the answer itself."""
        if name == "phrase":
            return _PHRASES[self.how]
        if name == "Phrase":
            return _PHRASES[self.how].capitalize().replace(" i ", " I ")
        if name == "how":
            return self.how
        return getattr(str(self), name) if name in STRING_METHODS else self

    def item(self, index: int) -> Self:
        """Return the answer itself: there are no items."""
        del index
        return self

    def __call__(self, *_: object, **__: object) -> Self:
        """Return the answer itself: what a method would tell of a value is not known."""
        return self

    def __bool__(self) -> bool:
        """Be false."""
        return False

    def __len__(self) -> int:
        """Be empty."""
        return 0

    def __iter__(self) -> Iterator[object]:
        """Be empty."""
        return iter(())

    def __contains__(self, _: object) -> bool:
        """Be empty."""
        return False

    def __eq__(self, other: object) -> bool:
        """Equal the same non-answer, or its words."""
        return self.how == (other.how if isinstance(other, NonAnswer) else other)

    def __hash__(self) -> int:
        """Hash as the words."""
        return hash(self.how)

    def __lt__(self, _: object) -> bool:
        """Be neither before nor after anything."""
        return False

    __gt__ = __le__ = __ge__ = __lt__

    def __str__(self) -> str:
        """Write the words that follow the person's name."""
        return _PRINTED.get(self.how, self.how)


class Told(View, Struct, frozen=True, eq=False):
    """A value that someone else told; it stands for the value everywhere, and knows `by`."""

    by: str
    value: object

    def lookup(self, name: str) -> object:
        """Return `by`, or what the value has by that name; sworn text says who told it."""
        if name == "by":
            return self.by
        if name in {"phrase", "Phrase"} and isinstance(self.value, View):
            return f"{self.value.lookup(name)}, as {self.by} told me,"
        if name == "paragraphs" and isinstance(self.value, View):
            first, *rest = [str(p) for p in self.value.lookup(name)]  # type: ignore[attr-defined]
            return [f"{self.by[:1].upper()}{self.by[1:]} told me: {first}", *rest]
        if isinstance(self.value, View):
            return self.value.lookup(name)
        return getattr(str(self), name) if name in STRING_METHODS else View.lookup(self, name)

    def item(self, index: int) -> object:
        """Return an item of the value."""
        return self.value.item(index) if isinstance(self.value, View) else View.item(self, index)

    def __bool__(self) -> bool:
        """Be as true as the value."""
        return bool(self.value)

    def __len__(self) -> int:
        """Be as long as the value."""
        return len(self.value) if hasattr(self.value, "__len__") else len(str(self.value))

    def __iter__(self) -> Iterator[object]:
        """Yield the items of the value."""
        return iter(self.value) if hasattr(self.value, "__iter__") else iter(())

    def __contains__(self, item: object) -> bool:
        """Whether the value has *item*."""
        return item in self.value if hasattr(self.value, "__contains__") else False

    def __eq__(self, other: object) -> bool:
        """Equal what the value equals; another told value only if by the same person."""
        if isinstance(other, Told):
            return (self.by, self.value) == (other.by, other.value)
        return bool(self.value == other)

    def __hash__(self) -> int:
        """Hash as the value."""
        return hash(self.value)

    def __lt__(self, other: object) -> bool:
        """Compare as the value does."""
        return bool(self.value < value_of(other))  # type: ignore[operator]

    def __gt__(self, other: object) -> bool:
        """Compare as the value does."""
        return bool(self.value > value_of(other))  # type: ignore[operator]

    def __le__(self, other: object) -> bool:
        """Compare as the value does."""
        return bool(self.value <= value_of(other))  # type: ignore[operator]

    def __ge__(self, other: object) -> bool:
        """Compare as the value does."""
        return bool(self.value >= value_of(other))  # type: ignore[operator]

    def __str__(self) -> str:
        """Write the value."""
        return str(self.value)


def value_of(answer: object) -> object:
    """Return what was told when *answer* is hearsay, else the answer itself."""
    return answer.value if isinstance(answer, Told) else answer


def non_answer(data: Data) -> NonAnswer | None:
    """Return the non-answer that *data* is, None if it is something else."""
    if not isinstance(data, str) or len(data) > _LONGEST or data[:1].isdigit():
        return None  # by far the most
    how = _HOWS.get(plainly(data).replace("\u2019", "'").rstrip("."))
    return NonAnswer(how) if how else None


def told(data: Data) -> tuple[str, Data] | None:
    """Return by whom something was told, and what; None if nothing was.

    Without quotes, YAML reads `was told by my aunt: 2006` as a mapping of one key: taken as well.
    """
    if isinstance(data, str):
        if "told" not in data.lower():
            return None
        found = _TOLD.fullmatch(clean(data, paragraphs=True))
        by = " ".join(found["by"].split()) if found else ""
        return (by, found["value"]) if found and by else None
    if isinstance(data, Mapping) and len(data) == 1:
        key, value = next(iter(data.items()))
        found = _TOLD_KEY.fullmatch(clean(key))
        return (found["by"].strip(), value) if found else None
    return None

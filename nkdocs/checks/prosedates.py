"""Times that a text names, read as answers are read, and compared by their own exactness."""

import re
from collections.abc import Iterator

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.kinds.dates import Dated
from nkdocs.kinds.kind import KindError, Options
from nkdocs.kinds.points import MONTHS
from nkdocs.kinds.whens import When, WhenKind

_MONTH = "(?:" + "|".join(f"{m}|{m[:3]}\\.?" for m in MONTHS) + r"|Sept\.?)"
_YEAR = r"(?:19|20)\d{2}(?!\d)(?!-\d)"
_ONE = (
    rf"(?:{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+{_YEAR}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"
    rf"|(?:(?:early|mid|late)[\s-]+)?{_MONTH}(?:\s+of|,)?\s+{_YEAR}"
    rf"|(?:the\s+)?(?:early\s+|mid-?\s*|late\s+)?(?:spring|summer|autumn|fall|winter)"
    rf"(?:\s+of)?\s+{_YEAR}"
    r"|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)|(?<!\d)\d{1,2}/\d{1,2}/\d{4}(?!\d)"
    rf"|(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?<![\d-]){_YEAR}(?:['’]?s\b)?)"
)
_ABOUT = r"(?:(?:or\s+)?(?:about|around|approximately)\s+)?"
_TIME = lazily(rf"between\s+{_ABOUT}{_ONE},?\s+and\s+{_ONE}|{_ABOUT}{_ONE}", re.IGNORECASE)
_PART = lazily(r"\b(?:early|late|mid)-?\s*(?=spring|summer|autumn|fall|winter)", re.IGNORECASE)


class Named(Struct, frozen=True):
    """A time that a text names, and where in it."""

    start: int
    end: int
    when: When


def times(text: str) -> Iterator[Named]:
    """Yield the times that *text* names, in order; what cannot be read is none."""
    for found in _TIME.finditer(text) if text else ():  # most exhibits are not read
        words = _PART.sub("", " ".join(found[0].split())).replace("’", "'")
        try:
            when = WhenKind().parse(words, Options())
        except KindError:
            continue
        yield Named(found.start(), found.end(), when)


def agree(one: Dated, other: Dated) -> bool:
    """Whether two times can be one."""
    return one.earliest <= other.latest and other.earliest <= one.latest

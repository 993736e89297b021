"""The approximate date: an honest "winter 2008" that is never guessed into a day.

Uncertainty lives in the text of the date and nowhere else (DESIGN 8.4); checks see the first and
the last possible day.
"""

import datetime as dt
import re
from typing import ClassVar

from msgspec import Struct

from nkdocs.kinds.dates import Dated, long_day
from nkdocs.kinds.kind import Data, KindError, Options, Schema, one_line
from nkdocs.kinds.points import MONTHS, Point, plain_words, read_point

_HOW = (
    "write what is known: 2006, March 2006, winter 2009, about 1998, 2006-03..2006-05 "
    "or 2006-03-05"
)
_ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")  # as most times are stored
_ABOUT = re.compile(
    r"(?:(?:in |on )?(?:or )?about|around|approximately|roughly|circa|approx\.?|ca?\.|~|약|대략|"
    r"perhaps|probably|maybe) ?"
)
_WITHIN = re.compile(
    r"(?P<frame>.*\d{4}(?:-\d{1,2})?) (?:about|around|approximately|약|대략) ?(?P<day>\D+ \d+)"
)
_ABOUT_END = re.compile(r" ?(?:(?:경|쯤|무렵)(?:에)?|\?|or so|or thereabouts)$")
_BETWEEN = re.compile(
    r"between (?P<a>.+) and (?P<b>.+)|from (?P<c>.+) (?:to|until|through) (?P<d>.+)"
)
_TO = re.compile(r" ?(?:\.{2,3}|[\u2013\u2014~]| - | to | until | through ) ?")
_SHORT_TO = re.compile(r"(?P<a>[0-9]{4}|[a-z]{3,9}\.?)-(?P<b>[0-9]{4}|[a-z]{3,9}\.? [0-9]{4})")
_SLACK = {"day": 15, "month": 31, "year": 366}


class When(Dated, Struct, frozen=True):
    """A time as it is known: a point, or a span between two points; maybe only about.

    Attributes:
        end: the last point of a span, None for a single point.
        about: it may lie a little outside; checks allow half a month around a day, a month
            around a month or season, a year around a year.
    """

    start: Point
    end: Point | None = None
    about: bool = False
    template_names: ClassVar[frozenset[str]] = frozenset(
        {"Phrase", "about", "age", "exact", "format", "order", "phrase", "text", "year"}
    )

    @property
    def first(self) -> dt.date:
        """The first day the words themselves name."""
        return self.start.first

    @property
    def last(self) -> dt.date:
        """The last day the words themselves name."""
        return (self.end or self.start).last

    @property
    def order(self) -> str:
        """What a chronology is sorted by: the days that the words name, "about" or not."""
        return f"{self.first} {self.last}"

    @property
    def earliest(self) -> dt.date:
        """The first possible day, the slack of "about" included."""
        return self.first - self._slack(self.start)

    @property
    def latest(self) -> dt.date:
        """The last possible day, the slack of "about" included."""
        return self.last + self._slack(self.end or self.start)

    def _slack(self, point: Point) -> dt.timedelta:
        return dt.timedelta(days=_SLACK[point.whole] if self.about else 0)

    @property
    def exact(self) -> bool:
        """Whether it is one known day."""
        return bool(self.start.day) and self.end is None and not self.about

    @property
    def year(self) -> int | str:
        """The year; text where one number would say more than is known ("about 1998")."""
        first, last = self.first.year, self.last.year
        if first == last and not self.about:
            return first
        years = str(first) if first == last else f"{first}\u2013{last}"
        if self.start.decade and self.end is None:
            years = str(self.start)
        return f"about {years}" if self.about else years

    @property
    def text(self) -> str:
        """The time as it is written: "about March 2006", "March to May 2006"."""
        about = "about " if self.about else ""
        if self.end is None:
            return f"{about}{self.start}"
        return f"{about}{_shortened(str(self.start), self.start, self.end)} to {self.end}"

    @property
    def phrase(self) -> str:
        """The time as sworn text says it: "on March 5, 2006", "in the winter of 2008"."""
        if self.end is not None:
            left = _shortened(self.start.noun, self.start, self.end)
            comma = "," if left.count(",") else ""
            about = "about " if self.about else ""
            return f"between {about}{left}{comma} and {self.end.noun}"
        word = "on" if self.start.day else "in"
        if not self.about:
            return f"{word} {self.start.noun}"
        known = self.start.month or self.start.part or self.start.decade
        return f"{word} or about {self.start.noun}" if known else f"in about {self.start.noun}"

    @property
    def Phrase(self) -> str:  # noqa: N802 - the template's name, as They is of they
        """The phrase as a sentence begins with it."""
        return self.phrase[:1].upper() + self.phrase[1:]

    def __str__(self) -> str:
        """Write the time."""
        return self.text


def _shortened(text: str, start: Point, end: Point) -> str:
    """Return the start of a span without the year it shares with the end."""
    kept = start.decade or end.decade or text.endswith(f" of {start.year}")
    if start.year != end.year or kept:
        return text
    return text.removesuffix(f" {start.year}").removesuffix(",")


def possible_days(first: dt.date, last: dt.date) -> str:
    """Return a span of days in words, in months or years where it is whole ones."""
    after = last + dt.timedelta(days=1)
    if first == last:
        return long_day(first)
    if (first.day, after.day) != (1, 1):
        return f"between {long_day(first)} and {long_day(last)}"
    if (first.month, after.month) == (1, 1):
        years = f"between {first.year} and {last.year}"
        return str(first.year) if first.year == last.year else years
    left, right = (f"{MONTHS[d.month - 1]} {d.year}" for d in (first, last))
    if left == right:
        return left
    return f"between {left.split()[0] if first.year == last.year else left} and {right}"


class WhenKind:
    """An approximate date."""

    name = "when"

    def parse(self, data: Data, options: Options) -> When:
        """Return the time; numbers with slashes are read as month/day/year."""
        del options
        text = one_line(data, _HOW)
        words, about = (text, False) if _ISO.fullmatch(text) else _about(plain_words(text))
        point = read_point(words)
        if point is not None:
            return When(point, None, about)
        inner = _inside(words)
        if inner is not None:
            return When(inner, None, about=True)
        left, right = _ends(words)
        left, about_left = _about(left)
        right, about_right = _about(right)
        last = read_point(right)
        year = f"{last.year}{'s' if last.decade else ''}" if last else ""
        start = read_point(left) or read_point(f"{left} {year}")
        if start is None or last is None:
            raise KindError(_how(words))
        if start.first > last.first or start.last > last.last:
            msg = "the span ends before it begins; write its earlier end first, with its year"
            raise KindError(msg)
        return When(start, None if start == last else last, about or about_left or about_right)

    def written(self, value: When) -> Data:
        """Return the words, and ISO text for an exact day."""
        return value.start.first.isoformat() if value.exact else value.text

    def schema(self, options: Options) -> Schema:
        """Return the schema of a time; an editor takes a year for a number."""
        del options
        examples = ["2006", "March 2006", "winter 2009", "about 1998", "2006-03..2006-05"]
        return {"type": ["string", "integer"], "examples": examples}

    def said(self, value: When) -> str:
        """Say which days are possible; of an "about" also how far checks reach."""
        if not value.about:
            return f"Understood: {possible_days(value.first, value.last)}."
        reach = f"{long_day(value.earliest)} and {long_day(value.latest)}"
        return f"Understood: {value}; checks allow the days between {reach}."


def _about(words: str) -> tuple[str, bool]:
    """Return *words* without "about" or a leading "in" or "on", and whether "about" was there."""
    found = _ABOUT.match(words)
    rest = words[found.end() :] if found else re.sub(r"^(?:in|on|since) ", "", words)
    kept = _ABOUT_END.sub("", rest)
    return kept.strip(), bool(found) or kept != rest


def _inside(words: str) -> Point | None:
    """Return the day about which something was in a time: "autumn 2021, around Oct 3"."""
    found = _WITHIN.fullmatch(words)
    frame = read_point(found["frame"]) if found else None
    if found is None or frame is None:
        return None
    for year in range(frame.first.year, frame.last.year + 1):
        point = read_point(f"{found['day']} {year}")
        if point is not None and frame.first <= point.first <= point.last <= frame.last:
            return point
    return None


def _how(words: str) -> str:
    """Say how a time is written, and first that a day was named without its year."""
    no_year = re.search("[0-9]", words) and not re.search("[0-9]{4}", words)
    return f"say the year too; {_HOW}" if no_year else _HOW


def _ends(words: str) -> tuple[str, str]:
    """Return the two ends of a span as written.

    Raises:
        KindError: it is no span.
    """
    found = _BETWEEN.fullmatch(words)
    short = _SHORT_TO.fullmatch(words)
    if found:
        left, right = found["a"] or found["c"], found["b"] or found["d"]
    elif short:
        left, right = short["a"], short["b"]
    else:
        left, *more = _TO.split(words)
        if len(more) != 1:
            raise KindError(_how(words))
        right = more[0]
    return left.strip(), right.strip()

"""Dates: a day, a day and an hour, and the approximate date that declarations need."""

import datetime as dt
import re
from typing import ClassVar

from msgspec import Struct

from nkdocs._jinja import Missing, View
from nkdocs._patterns import lazily
from nkdocs.errors import TemplateError
from nkdocs.kinds.kind import Data, KindError, Options, Schema, one_line, plainly, says_nothing
from nkdocs.kinds.points import MONTHS, plain_words, read_point

_NOON = 12


class Dated(View):
    """A value in time: the days from `earliest` to `latest` are possible.

    "Before" and "after" in a condition mean surely so: they hold when they hold for all possible
    days. Days and ISO text may be compared too.
    """

    __slots__ = ()

    @property
    def earliest(self) -> dt.date:
        """The first possible day."""
        raise NotImplementedError

    @property
    def latest(self) -> dt.date:
        """The last possible day."""
        raise NotImplementedError

    @property
    def order(self) -> str:
        """What a chronology is sorted by, as text: the first day, then the last."""
        return f"{self.earliest} {self.latest}"

    def format(self, pattern: str = "long") -> str:
        """Return the day by a pattern of CLDR: `MM/dd/yyyy`, `MMMM d, yyyy`, `long`, `short`.

        What is not known to the day is written in its own words: nothing is guessed into a day.

        Raises:
            TemplateError: the pattern names what is no part of a day.
        """
        day = formatted(self.earliest, pattern)
        return day if self.earliest == self.latest else str(self)

    def age(self, on: object) -> int | Missing:
        """Return the whole years from this day to *on*; a gap where that is not known."""
        return years(self.earliest, self.latest, _span(on))

    def __lt__(self, other: object) -> bool:
        """Whether this is surely before *other*."""
        span = _span(other)
        return self.latest < span[0] if span else NotImplemented

    def __gt__(self, other: object) -> bool:
        """Whether this is surely after *other*."""
        span = _span(other)
        return self.earliest > span[1] if span else NotImplemented

    def __le__(self, other: object) -> bool:
        """Whether this is surely not after *other*, or may be the same days."""
        span = _span(other)
        same = span == (self.earliest, self.latest)
        return same or self.latest <= span[0] if span else NotImplemented

    def __ge__(self, other: object) -> bool:
        """Whether this is surely not before *other*, or may be the same days."""
        span = _span(other)
        same = span == (self.earliest, self.latest)
        return same or self.earliest >= span[1] if span else NotImplemented


def _span(other: object) -> tuple[dt.date, dt.date] | None:
    if isinstance(other, Dated):
        return other.earliest, other.latest
    if isinstance(other, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", other):
        other = dt.date.fromisoformat(other)
    return (other, other) if isinstance(other, dt.date) else None


class Date(Dated, Struct, frozen=True, eq=False):
    """A day."""

    day: dt.date
    template_names: ClassVar[frozenset[str]] = frozenset(
        {"age", "format", "iso", "long", "order", "year"}
    )

    @property
    def earliest(self) -> dt.date:
        """The day."""
        return self.day

    @property
    def latest(self) -> dt.date:
        """The day."""
        return self.day

    @property
    def iso(self) -> str:
        """The day as 2024-03-05."""
        return self.day.isoformat()

    @property
    def long(self) -> str:
        """The day as "March 5, 2024"."""
        return long_day(self.day)

    @property
    def year(self) -> int:
        """The year."""
        return self.day.year

    def __str__(self) -> str:
        """Write the day as a lawyer does."""
        return self.long

    def __eq__(self, other: object) -> bool:
        """Equal the same day, a day of the calendar, or its ISO text."""
        if isinstance(other, str):
            return self.iso == other
        return self.day == (other.day if isinstance(other, Date) else other)

    def __hash__(self) -> int:
        """Hash as the day."""
        return hash(self.day)


class Datetime(Dated, Struct, frozen=True):
    """A day and an hour."""

    moment: dt.datetime
    template_names: ClassVar[frozenset[str]] = frozenset(
        {"age", "date", "format", "iso", "long", "order", "time", "year"}
    )

    @property
    def earliest(self) -> dt.date:
        """The day."""
        return self.moment.date()

    @property
    def latest(self) -> dt.date:
        """The day."""
        return self.moment.date()

    @property
    def date(self) -> Date:
        """The day alone."""
        return Date(self.moment.date())

    @property
    def iso(self) -> str:
        """The moment as 2027-02-11 09:00."""
        return f"{self.moment:%Y-%m-%d %H:%M}"

    @property
    def year(self) -> int:
        """The year."""
        return self.moment.year

    @property
    def time(self) -> str:
        """The hour as "9:00 a.m."."""
        half = "a.m." if self.moment.hour < _NOON else "p.m."
        return f"{self.moment.hour % _NOON or _NOON}:{self.moment.minute:02} {half}"

    @property
    def long(self) -> str:
        """The moment as "February 11, 2027, at 9:00 a.m."."""
        return f"{self.date}, at {self.time}"

    def __str__(self) -> str:
        """Write the moment as a lawyer does."""
        return self.long

    def __lt__(self, other: object) -> bool:
        """Whether this is before *other*; two moments of a day by the hour."""
        if isinstance(other, Datetime):
            return self.moment < other.moment
        return Dated.__lt__(self, other)

    def __gt__(self, other: object) -> bool:
        """Whether this is after *other*; two moments of a day by the hour."""
        if isinstance(other, Datetime):
            return self.moment > other.moment
        return Dated.__gt__(self, other)


_CLDR = lazily(r"'([^']*)'|y+|M+|d+|[^A-Za-z']+|[A-Za-z]")
_NAMED = {"long": "MMMM d, yyyy", "full": "MMMM d, yyyy", "medium": "MMM d, yyyy",
          "short": "M/d/yy"}  # fmt: skip


def formatted(day: dt.date, pattern: str) -> str:
    """Return a day by a pattern of Unicode's CLDR (UTS 35, date field symbols y, M, d).

    Raises:
        TemplateError: the pattern names what is no part of a day.
    """
    month = MONTHS[day.month - 1]
    words = {
        "yyyy": f"{day.year:04}", "y": str(day.year), "yy": f"{day.year % 100:02}",
        "MMMM": month, "MMM": month[:3], "MM": f"{day.month:02}", "M": str(day.month),
        "dd": f"{day.day:02}", "d": str(day.day),
    }  # fmt: skip
    out = []
    for piece in _CLDR.finditer(_NAMED.get(pattern, pattern)):
        text = piece[0]
        if text[0].isalpha() and text not in words:
            msg = f"'{text}' in the pattern '{pattern}' is no part of a day"
            raise TemplateError(msg, hint="Write it like MM/dd/yyyy or MMMM d, yyyy.")
        out.append(piece[1] if piece[1] is not None else words.get(text, text))
    return "".join(out)


def years(first: dt.date, last: dt.date, on: tuple[dt.date, dt.date] | None) -> int | Missing:
    """Return the whole years from a day between *first* and *last* to the day *on*.

    Where the possible days give different ages, or there is no day *on*, it is a gap.
    """
    ages = {
        end.year - day.year - ((end.month, end.day) < (day.month, day.day))
        for end in on or ()
        for day in (first, last)
    }
    return ages.pop() if len(ages) == 1 else Missing("age", "age: the day is not known exactly")


def long_day(day: dt.date) -> str:
    """Return a day as "March 5, 2024"."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


_DATE = "write the date as year-month-day, like 2019-03-07, or March 7, 2019"
_MOMENT = "write day and time, like 2027-02-11 09:00"
_MORE = "write day and time alone, like 2027-02-11 09:00; what follows them is asked elsewhere"
_NONE = "leave it empty if there is none"
_BEFORE = re.compile(r"(?:yes\b[,;:]? ?|예,? )?(?:(?:by|until|till|on) )?(?=.)")
_TIME = re.compile(
    r"(?P<date>.+?)(?:t| |, ?)(?:at )?"
    r"(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::00)?)? ?(?P<half>[ap]\.?m\.?)?"
)


def _day(text: str, how: str) -> dt.date:
    if says_nothing(text):
        raise KindError(_NONE)
    point = read_point(_BEFORE.sub("", plain_words(text), count=1))
    if point is None or not point.day:
        no_year = re.search(r"[0-9]", text) and not re.search(r"[0-9]{4}", text)
        raise KindError(f"say the year too; {how}" if no_year else how)
    return point.first


def _leads_with_a_moment(text: str) -> bool:
    """Whether day and hour stand before the last comma of *text*."""
    found = _TIME.fullmatch(text.rpartition(",")[0])
    return found is not None and bool(found["minute"] or found["half"])


class DateKind:
    """A day that is known exactly."""

    name = "date"

    def parse(self, data: Data, options: Options) -> Date:
        """Return the day; numbers with slashes are read as month/day/year."""
        del options
        return Date(_day(one_line(data, _DATE), _DATE))

    def written(self, value: Date) -> Data:
        """Return the day as ISO text."""
        return value.iso

    def schema(self, options: Options) -> Schema:
        """Return the schema of a day."""
        del options
        return {"type": "string", "examples": ["2026-03-05", "March 5, 2026"]}

    def said(self, value: Date) -> str:
        """Say the day in words, which shows a month and day that were exchanged."""
        return f"Understood: {value}."


class DatetimeKind:
    """A day and an hour."""

    name = "datetime"

    def parse(self, data: Data, options: Options) -> Datetime:
        """Return the moment; without "a.m." or "p.m." the hour counts to 23 and has minutes."""
        del options
        text = plainly(one_line(data, _MOMENT))
        found = _TIME.fullmatch(text)
        if found is None or not (found["minute"] or found["half"]):
            raise KindError(_MORE if _leads_with_a_moment(text) else _MOMENT)
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
        if found["half"]:
            if not 1 <= hour <= _NOON:
                raise KindError(_MOMENT)
            hour = hour % _NOON + (_NOON if found["half"].startswith("p") else 0)
        try:
            time = dt.time(hour, minute)
        except ValueError:
            msg = f"there is no such time; {_MOMENT}"
            raise KindError(msg) from None
        return Datetime(dt.datetime.combine(_day(found["date"], _MOMENT), time))

    def written(self, value: Datetime) -> Data:
        """Return the moment as 2027-02-11 09:00."""
        return value.iso

    def schema(self, options: Options) -> Schema:
        """Return the schema of a moment."""
        del options
        return {"type": "string", "examples": ["2027-02-11 09:00"]}

    def said(self, value: Datetime) -> str:
        """Say the moment in words."""
        return f"Understood: {value}".removesuffix(".") + "."

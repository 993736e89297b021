"""A point of time as exactly as someone knows it: a day, a month, a season, a year, a decade.

It is read from words and never guessed into a day (UX.md section 4). Years of the Juche calendar
(year 1 is 1912) and Korean dates are read too.
"""

import calendar
import datetime as dt
import re

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.kinds.kind import KindError, plainly

MONTHS = tuple(calendar.month_name)[1:]
FIRST_YEAR, LAST_YEAR = 1900, 2100
_JUCHE = 1911
_DECEMBER = 12
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_THIRDS = ("early", "mid", "late")
_SAID = {"beginning|start": "early", "middle": "mid", "end": "late"}
_SHORT = {"sept": 9} | {
    name.lower()[:size]: number for number, name in enumerate(MONTHS, 1) for size in (3, 99)
}
_KOREAN = {"봄": "spring", "여름": "summer", "가을": "autumn", "겨울": "winter",
           "초반": "early", "중반": "mid", "후반": "late", "초": "early", "말": "late",
           "부터": "..", "까지": ""}  # fmt: skip
_MONTH = "|".join(sorted(_SHORT, key=len, reverse=True))
_WORD = "|".join((*_THIRDS, *_SEASONS))


class Point(Struct, frozen=True):
    """A point of time.

    Attributes:
        month: 0 when it is not known.
        day: 0 when it is not known.
        part: a season, or the early, mid or late part of a month, year or decade.
        decade: the ten years that begin with `year` are meant.
    """

    year: int
    month: int = 0
    day: int = 0
    part: str = ""
    decade: bool = False

    @property
    def first(self) -> dt.date:
        """The first day it can be."""
        year, month, day = self.year, self.month or 1, self.day or 1
        if self.part in _SEASONS:
            month = _SEASONS[self.part]
        elif self.part and self.decade:
            year += {"early": 0, "mid": 4, "late": 7}[self.part]
        elif self.part and self.month:
            day = {"early": 1, "mid": 11, "late": 21}[self.part]
        elif self.part:
            month = {"early": 1, "mid": 5, "late": 9}[self.part]
        return dt.date(year, month, day)

    @property
    def last(self) -> dt.date:
        """The last day it can be. Winter 2008 ends in February 2009."""
        if self.day:
            return self.first
        if self.part in _SEASONS:
            return _month_end(self.year, _SEASONS[self.part] + 2)
        if self.decade:
            return dt.date(self.year + {"early": 3, "mid": 6}.get(self.part, 9), 12, 31)
        if self.month and self.part in {"early", "mid"}:
            return self.first + dt.timedelta(days=9)
        months = {"early": 4, "mid": 8}.get(self.part, 12)
        return _month_end(self.year, self.month or months)

    @property
    def whole(self) -> str:
        """What it is known to: "day", "month" or "year"."""
        if self.day:
            return "day"
        return "month" if self.month or self.part in _SEASONS else "year"

    def __str__(self) -> str:
        """Write it as a lawyer does: "March 5, 2006", "winter 2008", "mid-1990s"."""
        if self.day:
            return f"{MONTHS[self.month - 1]} {self.day}, {self.year}"
        month = MONTHS[self.month - 1] if self.month else ""
        base = " ".join(t for t in (month, f"{self.year}{'s' if self.decade else ''}") if t)
        if not self.part:
            return base
        return f"{self.part}{'-' if self.part == 'mid' else ' '}{base}"

    @property
    def noun(self) -> str:
        """How a sentence names it: "March 2006", "the winter of 2008", "the mid-1990s"."""
        if self.part in _SEASONS:
            return f"the {self.part} of {self.year}"
        return f"the {self}" if self.decade else str(self)


def _month_end(year: int, month: int) -> dt.date:
    year, month = (year + 1, month - _DECEMBER) if month > _DECEMBER else (year, month)
    return dt.date(year, month, calendar.monthrange(year, month)[1])


_FORMS = {
    form: lazily(form)
    for form in (
        r"(?P<year>\d{4})[-./] ?(?P<month>\d{1,2})(?:[-./] ?(?P<day>\d{1,2}))?\.?",
        r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
        r"(?P<month>\d{1,2})/(?P<year>\d{4})",
        rf"(?:(?P<part>{'|'.join(_THIRDS)}) )?(?P<name>{_MONTH})\.? (?P<year>\d{{4}})",
        rf"(?P<name>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<name>{_MONTH})\.? (?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}) (?P<name>{_MONTH})\.?(?: (?P<day>\d{{1,2}}))?",
        rf"(?:(?P<part>{_WORD}) )?(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}}) (?P<part>{_WORD})",
        r"(?P<year>\d{4})-(?P<month>\d{1,2}) (?P<part>early|mid|late)",
        rf"(?:(?P<part>{'|'.join(_THIRDS)}) )?(?P<year>\d{{3}}0)(?P<decade>)'?s",
        rf"(?P<year>\d{{3}}0)(?P<decade>)s (?P<part>{'|'.join(_THIRDS)})",
    )
}


_WORDS_FIRST = {form: _FORMS[form] for form in _FORMS if not form.startswith(r"(?P<year>\d{")}


_THIRD = lazily(r"\b(early|mid|late)-")
_IDLE = lazily(r"\b(?:of|the)\b")


def plain_words(text: str) -> str:
    """Return *text* with Korean and Juche dates turned into the forms that are read.

    Raises:
        KindError: a Juche year and the year in brackets behind it differ.
    """
    words = plainly(text)
    if words.isascii() and "juche" not in words:
        return _spaced(words)
    words = re.sub(r"(?:juche|주체) ?(\d{1,3})(?!\d)", lambda m: str(_JUCHE + int(m[1])), words)
    both = re.search(r"(\d{4})년? ?\((\d{4})년?\)", words)
    if both and both[1] != both[2]:
        msg = "the Juche year and the year in brackets differ; write the one that is right"
        raise KindError(msg)
    words = words.replace(both[0], both[1] + "년 ") if both else words
    words = re.sub(r"(\d{3}0)년대", r"\1s ", words)
    words = re.sub(
        r"(\d{4})년 ?(?:(\d{1,2})월)? ?(?:(\d{1,2})일)?",
        lambda m: "-".join(t for t in m.groups() if t) + " ",
        words,
    )
    for korean, english in _KOREAN.items():
        words = words.replace(korean, english)
    return _spaced(words)


def _spaced(words: str) -> str:
    """Return *words* without what says nothing: commas, "of", "the", the hyphen of "mid-"."""
    for said, third in _SAID.items() if " of" in words else ():
        words = re.sub(rf"\b(?:the )?(?:{said}) of\b", third, words)
    if "," in words or "-" in words:
        words = _THIRD.sub(r"\1 ", words.replace(",", " "))
    return " ".join(_IDLE.sub(" ", words).split())


def read_point(words: str) -> Point | None:
    """Return the point of time that *words* (of `plain_words`) name, None if they name none.

    Raises:
        KindError: there is no such month, day or year.
    """
    forms = _FORMS if words[:1].isdigit() else _WORDS_FIRST
    found = next((m for m in (form.fullmatch(words) for form in forms.values()) if m), None)
    if found is None:
        return None
    told = found.groupdict()
    month = _SHORT[told["name"]] if told.get("name") else int(told.get("month") or 0)
    decade = told.get("decade") is not None
    numbers = (told.get("month"), told.get("day"))
    if any(n is not None and not int(n) for n in numbers):
        msg = "months and days begin with 1; leave out what is not known, as in 2006 or 2006-03"
        raise KindError(msg)
    return _possible(
        Point(int(told["year"]), month, int(told.get("day") or 0), told.get("part") or "", decade)
    )


def _possible(point: Point) -> Point:
    """Return *point*, which must stand in the calendar."""
    if not FIRST_YEAR <= point.year <= LAST_YEAR:
        msg = f"the year must be from {FIRST_YEAR} to {LAST_YEAR}, in four digits"
        raise KindError(msg)
    if point.month > _DECEMBER:
        msg = "the month must be from 1 to 12; write the day as year-month-day, like 2019-03-07"
        raise KindError(msg)
    if point.day > (calendar.monthrange(point.year, point.month)[1] if point.month else 31):
        msg = "that month has no such day; write the day as year-month-day, like 2019-03-07"
        raise KindError(msg)
    return point

"""Days of a case moved for a copy: in their order, within their month or year, none where it was.

Stories tell months, so days stay in theirs in a training copy; a public copy tells years alone.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from itertools import groupby


def moved(days: Iterable[dt.date], *, months: bool) -> dict[dt.date, dt.date]:
    """Return for each of *days* another one of the same month (else of the same year).

    The new days keep the order of the old ones, and none of them is an old one, unless a month
    or a year is too full for that.
    """
    every = sorted(set(days))
    made: dict[dt.date, dt.date] = {}
    for _, group in groupby(every, key=lambda d: (d.year, d.month if months else 0)):
        old = list(group)
        made |= dict(zip(old, _spread(old, set(every), months=months), strict=True))
    return made


def _spread(old: list[dt.date], taken: set[dt.date], *, months: bool) -> list[dt.date]:
    """Return as many days as there are *old* ones, evenly apart in their month or year."""
    first = old[0].replace(day=1) if months else dt.date(old[0].year, 1, 1)
    size = calendar.monthrange(first.year, first.month)[1] if months else 365
    whole = [first + dt.timedelta(days=n) for n in range(size)]
    free = [day for day in whole if day not in taken]
    free = free if len(free) >= len(old) else whole
    return [free[(n + 1) * len(free) // (len(old) + 1)] for n in range(len(old))]

"""When somebody was born, by the calendar in which everything else is dated."""

import datetime as dt

from msgspec import Struct

from nkdocs.answers.view import Item
from nkdocs.checks.facts import dated, key
from nkdocs.kinds.dates import Dated

#: Days by which a lunar date falls later than the solar one of the same figures: the lunar year
#: begins between January 21 and February 20, and a leap month moves what comes after it.
_LATER = (17, 54)


class Birth(Struct, frozen=True):
    """A birth, as exactly as it is known.

    Attributes:
        earliest: its first possible day by the solar calendar; `latest` its last.
        told: the birthday as it was told, by whatever calendar.
    """

    earliest: dt.date
    latest: dt.date
    told: Dated

    def __str__(self) -> str:
        """Name the birthday as it was told, and the span of days that is meant if it is another."""
        moved = (self.earliest, self.latest) != (self.told.earliest, self.told.latest)
        return f"{self.told} lunar" if moved else str(self.told)


def birth(person: Item) -> Birth | None:
    """Return when a person was born, None if no time is told."""
    born = dated(person.lookup("born"))
    if born is None:
        return None
    lunar = key(person.lookup("born_calendar")) == "lunar"
    first, last = _LATER if lunar else (0, 0)
    return Birth(_later(born.earliest, first), _later(born.latest, last), born)


def _later(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))

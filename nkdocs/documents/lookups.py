"""What a template may look up: the guidance of a day, and a paper as it was sent."""

import datetime as dt
from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from nkdocs._jinja import Missing, View
from nkdocs.authorities import Registry
from nkdocs.kinds.dates import Date

_WAYS = {
    "email": "by e-mail",
    "eservice": "through ICE eService",
    "ecas": "through ECAS",
    "mail": "by mail",
    "hand": "by hand",
}


class Guidance(View, Struct, frozen=True):
    """One row of guidance; *current* says whether it covers the day of the case as well."""

    id: str
    cite: str
    current: bool
    template_names: ClassVar[frozenset[str]] = frozenset({"cite", "current", "id"})

    def __str__(self) -> str:
        """Print the citation."""
        return self.cite


class Sent(View, Struct, frozen=True):
    """A paper as the record of what was sent has it.

    Attributes:
        document: what led the filing.
        how: the channel, as it was recorded.
        asked: the forms of discretion it asked for, in words; empty if nobody can tell.
    """

    document: str
    filing: str
    on: Date
    how: str
    asked: str = ""
    template_names: ClassVar[frozenset[str]] = frozenset({"asked", "channel", "filing", "on"})

    @property
    def channel(self) -> str:
        """How it left, as it goes on from "sent"."""
        return _WAYS.get(self.how, f"by {self.how}")

    def __str__(self) -> str:
        """Print the day."""
        return str(self.on)


class Lookups(View):
    """Looks up law by its day, and papers by the record of the case."""

    __slots__ = ("registry", "served")

    def __init__(self, registry: Registry, served: Sequence[Sent]) -> None:
        """Look in *registry* and among the papers *served*, in the order they were sent."""
        self.registry, self.served = registry, tuple(served)

    def guidance(self, day: object) -> list[Guidance]:
        """Return the guidance of *day* that the attorney confirmed in the case; none by itself.

        Rows overlap; whether one helps the client is counsel's to say, by confirming it.
        """
        if not isinstance(day, Date):
            return []
        law = self.registry
        return [Guidance(a.id, a.cite, law.current(a)) for a in law.guidance(day.day)]

    def sent(self, document: object, by: object = None) -> object:
        """Return the last filing that *document* led and that was sent by that day.

        What is missing if there is none; without a day the last one there is.
        """
        last = by.day if isinstance(by, Date) else dt.date.max
        found = [s for s in self.served if s.document == document and s.on.day <= last]
        return max(found, key=lambda s: s.on.day) if found else Missing(f"sent {document}")

"""The registry of authorities: which law stands, since when, and who confirmed it.

An authority is printed as settled only when the registry says it is in force on the day (entries
established by reading, marks A and B), or when the attorney confirmed it in the case. All others
ship `unverified` and give way to neutral wording (DESIGN 8.13).
"""

import datetime as dt
import difflib
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal

from msgspec import field

from nkdocs import _kept, _yaml
from nkdocs._forms import After, Form, FormError
from nkdocs._jinja import View
from nkdocs.errors import TemplateError


def _is_day(text: str) -> str:
    """Refuse what is no day, month or year; an open end is empty."""
    if text:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
            msg = "write a day as 2004-10-18, 2004-10 or 2004"
            raise ValueError(msg)
        _days(text)
    return text


_Day = Annotated[str, After(_is_day)]
_OPENING = {"'": "\u2018", '"': "\u201c"}


class Authority(Form, frozen=True, kw_only=True):
    """One law, rule, decision, memo or report.

    Attributes:
        known_as: names by which letters speak of guidance: Doyle, Mayorkas.
        expedited_removal_status: what it makes of expedited removal in the interior, if anything.
    """

    id: str
    cite: str
    kind: Literal[
        "statute", "regulation", "precedent", "memo", "eo", "report", "foreign_law", "guidance",
        "rule", "policy", "order", "treaty", "secondary",
    ]  # fmt: skip
    status: Literal[
        "in_force", "rescinded", "vacated", "published_but_enjoined", "lapsed", "superseded",
        "unverified",
    ]  # fmt: skip
    mark: Literal["A", "B", "B-", "C", "X"] = "X"
    in_force: dict[Literal["from", "to"], _Day] = field(default_factory=dict)
    weight: dict[str, list[str]] = field(default_factory=dict)
    quotes: dict[str, str] = field(default_factory=dict)
    adverse: list[str] = field(default_factory=list)
    followed: list[str] = field(default_factory=list)
    not_followed: list[str] = field(default_factory=list)
    source: str = ""
    note: str = ""
    known_as: list[str] = field(default_factory=list)
    expedited_removal_status: Literal["", "active", "stayed"] = ""
    verified: dict[str, str] = field(default_factory=dict)

    @property
    def since(self) -> dt.date | None:
        """The first day on which it can have been in force, None where none is recorded."""
        first = self.in_force.get("from", "")
        return _days(first)[0] if first else None

    def covers(self, day: dt.date) -> bool:
        """Whether *day* lies between the dates of the entry; an open end counts as covered."""
        first, last = (self.in_force.get(k, "") for k in ("from", "to"))
        begun = not first or _days(first)[0] <= day
        return begun and (not last or day <= _days(last)[1])

    def stands(self, day: dt.date) -> bool:
        """Whether the registry itself says that the authority is in force on *day*."""
        return self.status == "in_force" and self.mark in {"A", "B"} and self.covers(day)


class Cited(View):
    """An authority as a template sees it, on the day of the case."""

    __slots__ = ("cite", "confirmed", "id", "quotes", "since")
    template_names = frozenset({"cite", "confirmed", "quote", "id", "since"})

    def __init__(self, authority: Authority, *, confirmed: bool) -> None:
        """Show *authority*; *confirmed* says whether it may be printed as settled."""
        self.id, self.cite, self.confirmed = authority.id, authority.cite, confirmed
        self.quotes = authority.quotes
        self.since = authority.in_force.get("from", "")  # 2024-07-29, or as much as is known

    @property
    def quote(self) -> str:
        """The first stored quotation as it is printed; empty if there is none.

        Quotations are stored with the straight marks of a keyboard. Printed among curly ones they
        would be the only straight marks of the page; `quotes` stays what a check compares with.
        """
        return _curled(next(iter(self.quotes.values()), "").strip())

    def __bool__(self) -> bool:
        """Be true when the authority may be printed as settled."""
        return self.confirmed

    def __str__(self) -> str:
        """Print the citation."""
        return self.cite


class Registry(View):
    """Every authority, on one day, with what the case itself confirmed."""

    __slots__ = ("_confirmed", "_day", "_known", "asked")

    def __init__(
        self, known: Mapping[str, Authority], day: dt.date | None, confirmed: Sequence[str] = ()
    ) -> None:
        """Look at *known* authorities on *day* (None: none stands confirmed)."""
        self._known, self._day, self._confirmed = known, day, frozenset(confirmed)
        self.asked: dict[str, bool] = {}

    def __iter__(self) -> Iterator[Authority]:
        """Yield the authorities."""
        return iter(self._known.values())

    def get(self, name: str) -> Authority:
        """Return one authority.

        Raises:
            TemplateError: it is not in the registry; the message suggests the nearest id.
        """
        if name not in self._known:
            near = difflib.get_close_matches(name, self._known, 1)
            guess = f"; did you mean '{near[0]}'?" if near else ""
            msg = f"no authority '{name}' in the registry{guess}"
            raise TemplateError(msg, hint="See templates/shared/authorities.yaml.")
        return self._known[name]

    def find(self, name: str) -> Authority | None:
        """Return one authority, None if it is not in the registry."""
        return self._known.get(name)

    def confirmed(self, name: str) -> bool:
        """Whether the authority may be printed as settled on the day."""
        authority = self.get(name)
        known = self._day is not None and authority.stands(self._day)
        return known or name in self._confirmed

    def authority(self, name: str) -> Cited:
        """Return the authority for a template, which asks whether it is confirmed."""
        self.asked[name] = self.confirmed(name)
        return Cited(self.get(name), confirmed=self.asked[name])

    def current(self, authority: Authority) -> bool:
        """Whether the dates of *authority* cover the day of the case."""
        return self._day is not None and authority.covers(self._day)

    def guidance(self, day: dt.date) -> list[Authority]:
        """Return the guidance of *day* that was confirmed in the case itself (LAW 1.1).

        What the registry says of guidance is not enough: rows overlap, some stand against the
        client, and none is printed that no attorney chose.
        """
        return [a for a in self.on(day) if a.kind == "guidance" and a.id in self._confirmed]

    def on(self, day: dt.date) -> list[Authority]:
        """Return every authority whose dates cover *day*; rows overlap, all are given."""
        return [a for a in self if a.covers(day)]


def load(folders: Sequence[Path]) -> dict[str, Authority]:
    """Return the registry from the first of *folders* that has one.

    Raises:
        TemplateError: the file is wrong; each fault names its entry.
    """
    file = next(
        (f for folder in folders if (f := folder / "shared/authorities.yaml").is_file()), None
    )
    if file is None:
        return {}
    data = file.read_bytes()
    kept = _kept.forms(file, data, lambda: [a.plain() for a in _read(file, data).values()])
    return {entry["id"]: Authority(**entry) for entry in kept}


def _read(file: Path, data: bytes) -> dict[str, Authority]:
    """Return the registry that *data*, what stands in *file*, tells."""
    loaded = _yaml.load(_yaml.read(data))
    faults = [f"{file}:{line}: {why}" for line, _, why in loaded.faults]
    found: dict[str, Authority] = {}
    for number, entry in enumerate(loaded.data if isinstance(loaded.data, list) else ()):
        try:
            authority = Authority.checked(entry)
        except FormError as error:
            line = loaded.places.get((number,), (1, 1))[0]
            faults += [f"{file}:{line}: {wrong.at}: {wrong.said}" for wrong in error.wrongs]
            continue
        if authority.id in found:
            faults.append(f"{file}: the authority '{authority.id}' stands twice")
        found[authority.id] = authority
    if faults:
        msg = "the registry of authorities is wrong"
        raise TemplateError(msg, faults=faults)
    return found


def _curled(text: str) -> str:
    """Return *text* with the quotation marks and apostrophes of print; no word changes."""
    opened = re.sub(r"(?<![^\s(\[\u2014])(['\"])", lambda m: _OPENING[m[1]], text)
    return opened.replace("'", "\u2019").replace('"', "\u201d")


@functools.lru_cache(maxsize=512)
def _days(text: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a partial date (2004, 2004-10) can mean."""
    year, month, day = (*(int(p) for p in text.split("-")), 0, 0)[:3]
    first = dt.date(year, month or 1, day or 1)
    if day:
        return first, first
    after = dt.date(year + 1, 1, 1) if month in {0, 12} else dt.date(year, month + 1, 1)
    return first, after - dt.timedelta(days=1)

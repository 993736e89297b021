"""Whose rules a filing follows: venue profiles, dated and with their sources, rule by rule.

A rule that no person has confirmed may warn, never stop work (BUNDLES.md, certainty marks). The
profiles are data: `templates/shared/venues.yaml`, to which an office or a case may add its own.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from nkdocs import _yaml
from nkdocs._resources import shipped
from nkdocs.diagnostics import Finding, Severity, State
from nkdocs.errors import TemplateError

T = TypeVar("T")
_MB = 1_000_000
_PROFILES = "shared/venues.yaml"
# An e-mail holds 57 bytes of a file in a line of 76 letters and its end (RFC 2045, 6.8).
_HELD, _LINE = 57, 78
_WORDS = 100_000  # bytes for the head of an e-mail and its text


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Verified(_Entry):
    """Who read a rule live, and when; empty until then."""

    on: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$")
    by: str = ""


class Rule(_Entry, Generic[T]):
    """One rule of a venue.

    Attributes:
        certainty: read (its text was read), part (the source broke off), recall (general
            knowledge), assumption (a working value of this project).
    """

    value: T
    certainty: Literal["read", "part", "recall", "assumption"]
    source: str = ""
    verified: Verified = Verified()

    @property
    def firm(self) -> bool:
        """Whether breaking it may stop work: its text was read and a person confirmed it."""
        return self.certainty == "read" and bool(self.verified.on and self.verified.by)


def _yes(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


YesNo = Annotated[bool, BeforeValidator(_yes)]


class Venue(_Entry):
    """A venue's rules for a bundle.

    Attributes:
        max_mb: the largest file it takes, in megabytes of 1,000,000 bytes; 0 for no limit.
        limit_on: what may be so large: a file, or the e-mail that it goes in, as it is sent.
        tab_sheets: whether a sheet with the tab's name stands before each exhibit.
        stamp: where the page number stands.
        marks: how passages are marked: highlighted, or with a box and a bar at the margin.
        colors: whether a page may say something by color; not where all is read in black.
        naming: how files are named.
        service: whether a proof of service goes along.
        cover: what the first page must say.
        notes: other rules that people must keep, each with its source.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str
    max_mb: Rule[float]
    limit_on: Rule[Literal["file", "message"]] = Rule(value="file", certainty="assumption")
    tab_sheets: Rule[YesNo]
    stamp: Rule[Literal["bottom-center", "bottom-right"]]
    marks: Rule[Literal["highlight", "box"]] = Rule(value="highlight", certainty="assumption")
    colors: Rule[YesNo] = Rule(value=True, certainty="assumption", source="no rule was read")
    naming: Rule[str] | None = None
    service: Rule[str] | None = None
    cover: Rule[str] | None = None
    notes: tuple[Rule[str], ...] = ()

    @property
    def reminders(self) -> tuple[Rule[str], ...]:
        """What people must see to themselves: naming, service and cover, then all others."""
        own = (self.naming, self.service, self.cover)
        return (*(rule for rule in own if rule), *self.notes)


class _Profiles(_Entry):
    venues: Literal["1"]
    profiles: tuple[Venue, ...]


def read_venues(text: str, *, name: str = _PROFILES) -> dict[str, Venue]:
    """Return the profiles written in *text*, by id.

    Raises:
        TemplateError: the text is not a list of profiles; its faults name line and key.
    """
    loaded = _yaml.load(text)
    faults = [f"{name}:{line}: {said}" for line, _, said in loaded.faults]
    if faults:
        msg = f"{name} cannot be read"
        raise TemplateError(msg, hint="Correct the lines named.", faults=faults)
    try:
        profiles = _Profiles.model_validate(loaded.data).profiles
    except ValidationError as error:
        faults = [_fault(name, loaded, dict(e)) for e in error.errors(include_input=False)]
        msg = f"{name} does not describe venues"
        raise TemplateError(msg, hint="Correct the keys named.", faults=faults) from None
    ids = [venue.id for venue in profiles]
    twice = [n for n, one in enumerate(ids) if one in ids[:n]]
    if twice:
        faults = [
            f"{name}:{loaded.places['profiles', n, 'id'][0]}: profiles.{n}.id: "
            f"'{ids[n]}' stands there twice"
            for n in twice
        ]
        msg = f"{name} does not describe venues"
        raise TemplateError(msg, hint="Give each venue an id of its own.", faults=faults)
    return {venue.id: venue for venue in profiles}


def shipped_venues() -> dict[str, Venue]:
    """Return the profiles that ship."""
    return read_venues((shipped("templates") / Path(_PROFILES)).read_text("utf-8"))


def found(folders: Iterable[Path]) -> dict[str, Venue]:
    """Return the venues of the template *folders* and those shipped; the first folder's prevail.

    Raises:
        TemplateError: files are not written as expected; the faults of all are named.
    """
    known: dict[str, Venue] = {}
    wrong: list[TemplateError] = []
    for folder in dict.fromkeys((*folders, shipped("templates"))):
        file = folder / _PROFILES
        if file.is_file():
            try:
                text = _yaml.read(file.read_bytes(), name=str(file))
                known = {**read_venues(text, name=str(file)), **known}
            except TemplateError as error:
                wrong.append(error)
    if wrong:
        faults = [fault for error in wrong for fault in error.faults]
        raise TemplateError("; ".join(map(str, wrong)), hint=wrong[0].hint, faults=faults)
    return known


def largest(venue: Venue) -> int:
    """Return how many bytes a file may have, 0 for no limit; in an e-mail it takes a third more."""
    limit = int(venue.max_mb.value * _MB)
    if not limit or venue.limit_on.value == "file":
        return limit
    return max((limit - _WORDS) // _LINE * _HELD, 1)


def taken(venue: Venue) -> str:
    """Return the limit in words: "25 MB a file", "20 MB a message, so about 14.5 MB a file"."""
    said = f"{venue.max_mb.value:g} MB a {venue.limit_on.value}"
    if venue.limit_on.value == "file":
        return said
    return f"{said}, so about {largest(venue) / _MB:.1f} MB a file"


def reminded(rule: Rule[str]) -> str:
    """Return a rule in words, with how certain it is and where it was read, and when."""
    if rule.firm:
        return f"{rule.value} ({rule.source}; confirmed {rule.verified.on})"
    known = {"read": "read", "part": "read in part", "recall": "not read"}.get(rule.certainty, "")
    sure = f"{known}, not confirmed since" if known else "a working value, confirm it"
    return f"{rule.value} ({rule.source}; {sure})" if rule.source else f"{rule.value} ({sure})"


def over_limit(size: int, venue: Venue, subject: str) -> list[Finding]:
    """Return a finding if a file of *size* bytes is larger than *venue* takes."""
    if not venue.max_mb.value or size <= largest(venue):
        return []
    sure = venue.limit_on.firm or size > venue.max_mb.value * _MB
    return [_over(f"the file has {size / _MB:.1f} MB", size, venue, subject, sure=sure)]


def message_over_limit(size: int, venue: Venue, subject: str) -> list[Finding]:
    """Return a finding if an e-mail of *size* bytes, as sent, is larger than *venue* takes."""
    limit = venue.max_mb.value * _MB
    if venue.limit_on.value == "file" or not limit or size <= limit:
        return []
    what = f"the e-mail has {size / _MB:.1f} MB as it is sent"
    return [_over(what, size, venue, subject, sure=venue.limit_on.firm)]


def _over(what: str, size: int, venue: Venue, subject: str, *, sure: bool) -> Finding:
    """Return the finding; *sure*: if the limit is right, this breaks it."""
    limit = venue.max_mb
    firm = limit.firm and sure
    said = "" if firm else "; nobody has confirmed this limit yet"
    return Finding(
        code="L608",
        severity=Severity.ERROR if firm else Severity.WARN,
        counts=State.FINAL,
        message=f"{what}, {venue.title} takes {taken(venue)}{said}",
        subject=subject,
        source=limit.source,
        cure="volunteer",
        hint="Scan the largest pages at 200 dpi, in grey.",
        facts=f"{size // _MB} {limit.value:g}",
    )


def _fault(name: str, loaded: _yaml.Loaded, error: dict[str, Any]) -> str:
    """Return one fault of a profile with its line; pydantic's path may end inside a union."""
    path: _yaml.Path = tuple(error["loc"])
    while path and path not in loaded.places:
        path = path[:-1]
    line = loaded.places[path][0] if path else 1
    return f"{name}:{line}: {'.'.join(map(str, error['loc']))}: {error['msg']}"

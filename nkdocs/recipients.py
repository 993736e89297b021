"""Who receives a filing: dated profiles of offices and courts, none verified as they ship.

The profiles are data, `templates/shared/recipients.yaml`. What one says may warn; only what this
office verified itself may stop work or address an e-mail, and for ninety days at most.
"""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import field

from nkdocs import _kept, _yaml
from nkdocs._forms import After, Before, Form, FormError, Wrong, is_id
from nkdocs.errors import TemplateError

FILE = "shared/recipients.yaml"
_DAYS = 90  # after which a channel, an address or a rule must be confirmed anew
Part = Literal["a_number", "name", "form", "hearing", "detained"]


def _a_day(text: str) -> str:
    if not re.fullmatch(r"([0-9]{4}-[0-9]{2}-[0-9]{2})?", text):
        msg = "write a day as 2026-11-20"
        raise ValueError(msg)
    if text:
        dt.date.fromisoformat(text)
    return text


_Day = Annotated[str, After(_a_day)]


class Verified(Form, frozen=True, kw_only=True):
    """Who of this office confirmed a profile, and when; empty until then."""

    on: _Day = ""
    by: str = ""


def _yes(value: object) -> object:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


YesNo = Annotated[bool, Before(_yes)]


class Recipient(Form, frozen=True, kw_only=True):
    """What one recipient wants, as far as it is known.

    Attributes:
        channel: how it takes papers; empty if that is not known.
        email: its address; it is used only while the profile is verified.
        subject: its pattern of a subject line; empty for the one of mail.yaml.
        subject_has: what it wants to see in the subject line.
        max_mb: the largest message or file it takes, in megabytes of 1,000,000 bytes; 0 if that
            is not known.
        negatives: whether it requires a section on adverse factors.
        rap_sheet: whether it wants proof of the criminal record.
        do_not_send: words in the titles of what it does not want to be sent.
        source: where this was read, and from when it is.
    """

    id: Annotated[str, After(is_id)]
    title: str
    channel: Literal["", "email", "eservice", "ecas", "mail", "hand"] = ""
    email: str = ""
    subject: str = ""
    subject_has: tuple[Part, ...] = ()
    max_mb: float = 0
    negatives: YesNo = False
    rap_sheet: YesNo = False
    do_not_send: tuple[str, ...] = ()
    source: str = ""
    verified: Verified = field(default_factory=Verified)

    def current(self, day: dt.date | None) -> bool:
        """Whether this office verified the profile within ninety days before *day*."""
        if not self.verified.on or not self.verified.by or day is None:
            return False
        age = (day - dt.date.fromisoformat(self.verified.on)).days
        return 0 <= age <= _DAYS


class _Profiles(Form, frozen=True, kw_only=True):
    recipients: Literal["1"]
    profiles: tuple[Recipient, ...]


def load(folders: Sequence[Path]) -> dict[str, Recipient]:
    """Return the profiles of the template *folders* by id; the first folder's prevail.

    Raises:
        TemplateError: a file does not describe recipients; its faults name line and key.
    """
    found: dict[str, Recipient] = {}
    for folder in folders:
        file = folder / FILE
        if file.is_file():
            found = {**_profiles(file, file.read_bytes()), **found}
    return found


def _profiles(file: Path, data: bytes) -> dict[str, Recipient]:
    """Return the profiles that *data*, what stands in *file*, tells."""

    def written() -> list[dict[str, Any]]:
        text = _yaml.read(data, name=str(file))
        return [p.plain() for p in read(text, name=str(file)).values()]

    found = {}
    for entry in _kept.forms(file, data, written):
        verified = Verified(**entry["verified"])
        found[entry["id"]] = Recipient(**{**entry, "verified": verified})
    return found


def read(text: str, *, name: str = FILE) -> dict[str, Recipient]:
    """Return the profiles written in *text*, by id.

    Raises:
        TemplateError: the text is not a list of profiles.
    """
    loaded = _yaml.load(text)
    faults = [f"{name}:{line}: {said}" for line, _, said in loaded.faults]
    if not faults:
        try:
            profiles = _Profiles.checked(loaded.data).profiles
        except FormError as error:
            faults = [_fault(name, loaded, wrong) for wrong in error.wrongs]
        else:
            return {profile.id: profile for profile in profiles}
    msg = f"{name} does not describe recipients"
    raise TemplateError(msg, hint="Correct the lines named.", faults=faults)


def _fault(name: str, loaded: _yaml.Loaded, wrong: Wrong) -> str:
    path: _yaml.Path = wrong.place
    while path and path not in loaded.places:
        path = path[:-1]
    line = loaded.places[path][0] if path else 1
    return f"{name}:{line}: {wrong.at}: {wrong.said}"


def profile_of(recipient: str, known: Mapping[str, Recipient]) -> Recipient | None:
    """Return the profile of a filing's *recipient*, else that of the kind of office it is.

    "opla-new-york" is described by a profile of that id, else by "opla". The profile of a kind
    has no address: `address_of` gives one for the very office only.
    """
    name = recipient
    while name not in known and "-" in name:
        name = name.rpartition("-")[0]
    return known.get(name)


def address_of(recipient: str, known: Mapping[str, Recipient], day: dt.date | None) -> str:
    """Return the e-mail address of *recipient* if this office verified it; else nothing."""
    found = known.get(recipient)
    return found.email if found is not None and found.current(day) else ""

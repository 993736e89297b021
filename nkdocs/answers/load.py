"""Reads an answers file with `office.yaml` beneath it, which counts where the case is silent."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from nkdocs import _yaml
from nkdocs.answers import migrate
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.interview.engine import at

OFFICE_KEYS = ("office", "counsel", "settings")
_NOTHING: tuple[Any, ...] = (None, "", {})
_PEOPLE = ("supervisor",)  # groups below those keys; every other mapping is one answer
Spot = tuple[str | int, ...]


class CaseFile(Struct, frozen=True, dict=True):
    """What an answers file says, with its text and the place of everything in it.

    Attributes:
        data: every answer as text, lists and mappings of text; `office.yaml` merged beneath.
        text: the file's own text, for edits that keep its comments.
        faults: what is wrong with its writing.
        migrated: what was changed to bring it from an older form to today's; *text* has it.
    """

    name: str
    text: str
    data: dict[str, Any]
    loaded: _yaml.Loaded
    office: _yaml.Loaded | None = None
    office_name: str = ""
    faults: tuple[Finding, ...] = ()
    migrated: tuple[str, ...] = ()
    office_text: str = ""

    @cached_property
    def memo(self) -> dict[str, Any]:
        """What others work out of this very file, by its name; a changed copy has none."""
        return {}

    def place(self, spot: Spot) -> Place:
        """Return where an answer stands; where its nearest parent stands if it does not."""
        loaded, name = self.loaded, self.name
        if self.office and self._of_office(spot):
            loaded, name = self.office, self.office_name
        while True:
            found = loaded.where(spot)
            if found or not spot:
                return Place(name, *(found or (1, 1)))
            spot = spot[:-1]

    def reread(self, text: str) -> "CaseFile":
        """Return the case with *text* in place of its own."""
        return replace(_told(text, self.name, self.office, self.office_name),
                       office_text=self.office_text)  # fmt: skip

    def _of_office(self, spot: Spot) -> bool:
        """Whether `office.yaml` is where *spot* stands, or ought to stand."""
        own, office = self.loaded.data, self.office.data if self.office else None
        if not spot or spot[0] not in OFFICE_KEYS or at(own, spot) not in _NOTHING:
            return False
        return at(office, spot) not in _NOTHING or spot[0] not in _mapping(own)


def load(text: str, name: str, office_text: str = "", office_name: str = "") -> CaseFile:
    """Return the case that *text* tells; nothing is raised, faults are in it."""
    office = _yaml.known(office_text) if office_text.strip() else None
    return replace(_told(text, name, office, office_name), office_text=office_text)


def _told(text: str, name: str, office: _yaml.Loaded | None, office_name: str) -> CaseFile:
    loaded = _yaml.known(text)
    changed: Sequence[str] = ()
    if not loaded.faults and _mapping(loaded.data).get("answers") != str(migrate.FORM):
        text, changed = migrate.to_today(text)
        loaded = _yaml.known(text)
    faults = [_fault(name, *fault) for fault in loaded.faults]
    faults += [_fault(office_name, *fault) for fault in _office_faults(office)] if office else []
    if loaded.data is not None and not isinstance(loaded.data, dict):
        why = "begin with 'answers: 1', then keys with values; this is a list or one text"
        faults.append(_fault(name, 1, 1, why))
    own = _mapping(loaded.data)
    if not faults and own.get("answers") != str(migrate.FORM):
        line, column = loaded.places.get(("answers",), (1, 1))
        newer = (migrate.form_of(text) or 0) > migrate.FORM
        why = f"the first key must be 'answers: {migrate.FORM}' (the form of this file)"
        ours = f"this one reads 'answers: {migrate.FORM}'"
        why = f"a newer nkdocs wrote this file; use that one ({ours})" if newer else why
        faults.append(_fault(name, line, column, why))
    beneath = {k: v for k, v in _mapping(office.data).items() if k in OFFICE_KEYS} if office else {}
    data = {**own, **{k: _over(own.get(k, ""), v) for k, v in beneath.items()}}
    return CaseFile(name, text, data, loaded, office, office_name, tuple(faults), tuple(changed))


def _office_faults(office: _yaml.Loaded) -> list[tuple[int, int, str]]:
    """Return what is wrong with the writing of an office's file, or that it is none."""
    if office.faults or not office.data or not {*_mapping(office.data)}.isdisjoint(OFFICE_KEYS):
        return [*office.faults]
    keys = ", ".join(OFFICE_KEYS)
    return [(1, 1, f"this is no office.yaml: it has none of its keys ({keys})")]


def _over(own: Any, office: Any) -> Any:  # noqa: ANN401 - text, list or mapping of text
    """Return what the case says over what the office says.

    A case that names somebody else takes nothing of the office's person: one attorney's number
    must never stand beside another's name.
    """
    if own in _NOTHING:
        return office
    if not isinstance(own, dict) or not isinstance(office, dict):
        return own
    if own.get("name", "") not in ("", office.get("name")):
        return own
    said = {k: v for k, v in own.items() if v not in _NOTHING}
    nested = {k: _over(v, office.get(k, "")) for k, v in said.items() if k in _PEOPLE}
    return {**office, **said, **nested}


def _mapping(data: object) -> Mapping[str, Any]:
    return data if isinstance(data, dict) else {}


def _fault(name: str, line: int, column: int, why: str) -> Finding:
    return Finding(
        code="A001",
        severity=Severity.ERROR,
        message=why,
        place=Place(name, line, column),
        hint="Mend this line and run again; nothing was changed.",
    )

"""Which authorities stand on a day, and what the attorney confirmed in the case."""

import datetime as dt

from nkdocs import _resources, authorities
from nkdocs.answers import save
from nkdocs.authorities import Registry
from nkdocs.packet.desk import Desk


def rows(desk: Desk | None, day: dt.date, kind: str = "") -> list[dict[str, str]]:
    """Return the authorities whose dates cover *day*; rows of guidance overlap, all are given.

    Args:
        desk: a case, for its registry and its confirmations; None for what ships.
        day: the day asked about.
        kind: only this kind, all if empty.
    """
    known = desk.shelf.law if desk else authorities.load([_resources.shipped("templates")])
    noted = desk.file.data.get("_confirmed") if desk else None
    said = noted if isinstance(noted, dict) else {}
    registry = Registry(known, day, tuple(said))
    return [
        {
            "id": a.id,
            "cite": a.cite,
            "kind": a.kind,
            "status": a.status,
            "mark": a.mark,
            "settled": "yes" if registry.confirmed(a.id) else "no",
            "confirmed": _told(said.get(a.id)),
        }
        for a in registry.on(day)
        if kind in {"", a.kind}
    ]


def _told(noted: object) -> str:
    if not isinstance(noted, dict):
        return ""
    return f"confirmed by {noted.get('by', '?')} on {noted.get('on', '?')}"


def confirm(desk: Desk, name: str, *, by: str, source: str, on: dt.date) -> None:
    """Note in the case that an attorney read an authority; the registry stays as it is.

    Raises:
        TemplateError: it is not in the registry; the message suggests the nearest id.
    """
    desk.registry().get(name)
    told = {"on": on.isoformat(), "by": by, "source": source}
    desk.case.save(save.with_confirmed(desk.file, name, told))

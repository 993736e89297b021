"""The sign-off sheet: what the supervisor is shown before anything leaves the office."""

from collections.abc import Iterator, Mapping
from typing import Any

from nkdocs.diagnostics import Finding, Severity
from nkdocs.documents.fill import Shown
from nkdocs.errors import NkdocsError
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import papers
from nkdocs.packet.standing import code_of, marks

ID = "sign-off"
_GROUPS = ("hurts the client", "clerk will reject", "ask yourself")


def sheet(desk: Desk) -> dict[str, object]:
    """Return what the sheet may name: open findings, acceptances, what changed since a review."""
    now = marks(desk)
    standing, changes = _since(desk, now)
    return {
        "findings": [Shown(**_told(f)) for f in _open(desk)],
        "accepted": [Shown(**entry) for entry in _accepted(desk)],
        "changes": [Shown(path=path, what=what) for path, what in changes],
        "sheet": Shown(code=code_of(now), standing=standing, papers="; ".join(_leaving(desk))),
    }


def _leaving(desk: Desk) -> Iterator[str]:
    """Yield the titles of what leaves the office, also of a companion whose document stays."""
    for document in desk.documents():
        if document.audience != "internal":
            yield document.title
        else:
            yield from (f.title for _, f in papers(desk, [document]) if f.audience != "internal")


def record(desk: Desk) -> dict[str, object]:
    """Return what the manifest keeps of a sheet: what stood in the case when it was printed."""
    now = marks(desk)
    return {"standing": code_of(now), "marks": now}


def _open(desk: Desk) -> list[Finding]:
    """Return what is open or was found in the whole case, worst first; notes are left out."""
    try:
        from nkdocs.packet import review  # of all exhibits and papers: only the sheet asks for it

        found = review.case(desk, [])
    except NkdocsError as error:  # a sheet is never refused for what is wrong in the case
        found = [f for f in error.faults if isinstance(f, Finding)]
    shown = [f for f in found if f.severity is not Severity.INFO and f.code != "L011"]
    order = {group: n for n, group in enumerate(_GROUPS)}
    return sorted(
        shown,
        key=lambda f: (order.get(f.group, len(order)), f.severity is not Severity.ERROR, f.code),
    )


def _told(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": str(finding.place),
        "source": finding.source,
        "cure": finding.cure,
        "next": finding.hint,
        "group": finding.group or "the files themselves",
        "counts": finding.counts.value,
    }


def _accepted(desk: Desk) -> Iterator[dict[str, object]]:
    entries = desk.file.data.get("_accepted")
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield {key: str(entry.get(key, "")) for key in ("code", "at", "reason", "by", "on")}


def _since(desk: Desk, now: Mapping[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Return how the case stands to its recorded review, and what changed since."""
    told: Any = desk.answers().value(("review", "sha256"))
    code = str(told).strip().casefold() if told else ""
    if not code:
        return "none", []
    if code_of(now).startswith(code):
        return "same", []
    then = _marks_at(desk, code)
    if then is None:
        return "unknown", []
    changes = [(path, "new") for path in now if path not in then]
    changes += [(path, "changed") for path in now if then.get(path, now[path]) != now[path]]
    changes += [(path, "taken out") for path in then if path not in now]
    return "changed", sorted(changes)


def _marks_at(desk: Desk, code: str) -> dict[str, str] | None:
    """Return what stood in the case when the sheet of *code* was printed, if it is recorded."""
    for entry in reversed(desk.case.manifest()):
        if entry.get("document") == ID and str(entry.get("standing", "")).startswith(code):
            kept = entry.get("marks")
            return kept if isinstance(kept, dict) else None
    return None

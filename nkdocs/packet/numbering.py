"""Numbers others may have seen: late exhibits go to the end, supplements continue, moves are told.

Once a bundle was made final its order is kept, whatever the answers list in between, until someone
asks for other numbers; what was served is frozen and is never bound again (DESIGN 8.6).
"""

from collections.abc import Sequence

from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.bundle.layout import tab_number
from nkdocs.citations.pagemap import Entry, PageMap, thawed
from nkdocs.diagnostics import Finding, Severity, State
from nkdocs.errors import UsageError
from nkdocs.packet.desk import Desk


def kept(desk: Desk, filing: Filing) -> PageMap | None:
    """Return the numbers of *filing* as they were last made, None if no final was ever made."""
    records = [
        r for r in desk.case.manifest()
        if r.get("kind") == "bundle" and r.get("filing") == filing.id and r.get("pages")
    ]  # fmt: skip
    if not any(r.get("state") == State.FINAL.value for r in records):
        return None
    return thawed(records[-1]["pages"])


def in_order(
    desk: Desk, filing: Filing, listed: Sequence[Exhibit]
) -> tuple[list[Exhibit], list[Finding]]:
    """Return the exhibits as they are to be bound, and those that were put at the end."""
    before = kept(desk, filing)
    if before is None:
        return [*listed], []
    places = {entry.id: number for number, entry in enumerate(before.entries)}
    known = sorted((e for e in listed if e.id in places), key=lambda e: places[e.id])
    late = [e for e in listed if e.id not in places]
    ordered = [*known, *late]
    return ordered, [_late(e) for e in late if [*listed].index(e) != ordered.index(e)]


def begins(desk: Desk, filing: Filing) -> tuple[int, int]:
    """Return how many tabs came before, and the number of the first page.

    Raises:
        UsageError: the filing that it continues was not sent yet.
    """
    if not filing.continues:
        return 0, 1
    served = desk.case.served().get(filing.continues)
    if served is None:
        msg = f"the filing '{filing.id}' continues '{filing.continues}', which was not sent yet"
        hint = f"Next: nkdocs sent {desk.case.name} {filing.continues} FILE"
        raise UsageError(msg, hint=hint)
    return tab_number(served.entries[-1].tab) + 1, served.last + 1


def moved(desk: Desk, filing: Filing, pages: PageMap) -> list[Finding]:
    """Return a finding if numbers differ from those of the final made before."""
    before = kept(desk, filing)
    if before is None:
        return []
    now = {entry.id: entry for entry in pages.entries}
    told = [
        f"'{old.id}' was {_where(old)}, {f'is {_where(now[old.id])}' if old.id in now else 'left'}"
        for old in before.entries
        if old.id not in now or _where(old) != _where(now[old.id])
    ]
    if not told:
        return []
    return [
        Finding(
            code="X606",
            severity=Severity.WARN,
            message=f"numbers moved since the final was made: {'; '.join(told[:5])}"
            + (f"; and {len(told) - 5} more" if len(told) > 5 else ""),  # noqa: PLR2004 - a line
            subject=filing.id,
            cure="counsel",
            hint="If someone has the earlier numbers, tell them; nkdocs diff OLD NEW lists all.",
            facts="; ".join(told),
        )
    ]


def _where(entry: Entry) -> str:
    return f"Tab {entry.tab} at {entry.sheet or entry.first}\u2013{entry.last}"


def _late(exhibit: Exhibit) -> Finding:
    return Finding(
        code="X607",
        severity=Severity.INFO,
        kind="note",
        message=f"exhibit '{exhibit.id}' came after the final was made and stands at the end",
        subject=exhibit.id,
        cure="counsel",
        hint="To number in the order listed, before it is served: --renumber",
    )

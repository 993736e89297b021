"""Commands that show where a case stands: status, timeline."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec import to_builtins

from nkdocs.cli.common import (
    CasePath,
    Json,
    Office,
    answering,
    day_of,
    envelope,
    give,
    open_case,
    say,
    today,
)

if TYPE_CHECKING:
    from nkdocs.packet.status import Day, Made, Status

_WIDTH = 100  # columns where nobody's terminal tells


def register(app: typer.Typer) -> None:
    """Add the commands to *app*."""
    app.command()(answering(status))
    app.command()(answering(timeline))


def status(
    case: CasePath,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every line of every list.")] = False,
    on: Annotated[
        str, typer.Option("--on", metavar="DAY", help="As of this day, YYYY-MM-DD; else today.")
    ] = "",
    office: Office = None,
    json: Json = False,
) -> None:
    """Show where a case stands; writes nothing.

    What is answered and open, which papers and filings are ready or why not, the days ahead, and
    what was edited or changed since. Exhibits are not opened: `nkdocs check` does that.
    """
    from nkdocs.packet import status as stands

    desk = open_case(case, office)
    found = stands.status(desk, day_of(on) or today())
    if json:
        give(envelope("status", ok=True, data=to_builtins(found) | {"days": _days(found)}))
        return
    for line in _lines(found, most=10_000 if every else 3):
        give(line)
    more = "interview" if found.required or found.wrong else "check"
    say(f"Next: nkdocs {more} {case}")


def _days(found: "Status") -> list[dict[str, object]]:
    return [to_builtins(day.due) | {"days_left": day.left} for day in found.days]


def _lines(found: "Status", most: int) -> Iterator[str]:
    """Yield what a person reads; of each list the first *most* lines."""
    yield found.name or "No respondent is named yet."
    wrong = f" · {found.wrong} need a look" if found.wrong else ""
    required = f"{found.open} open, {found.required} of them required"
    yield f"Answers: {found.answered} given · {required} · {len(found.idle)} idle{wrong}"
    left = [f"{p.title} {p.open} of {p.asked}" for p in found.parts if p.open]
    yield from _some("  open: ", left, most)
    yield from _some("  idle: ", list(found.idle), most)
    yield from _made("Documents", found.documents, most)
    yield from _made("Filings", found.filings, most)
    if found.days:
        yield "Days ahead"
        yield from (_day(day) for day in found.days)


def _some(head: str, lines: list[str], most: int) -> Iterator[str]:
    if lines:
        rest = f", {len(lines) - most} more with --all" if len(lines) > most else ""
        yield head + ", ".join(lines[:most]) + rest


def _made(head: str, made: "tuple[Made, ...]", most: int) -> Iterator[str]:
    if made:
        yield head
    for one in made:
        done = one.state.startswith(("sent", "signed"))
        ready = "" if done else " · not ready" if one.why else " · ready for signature"
        yield f"  {one.id}  {one.title}: {one.state}{ready}"
        yield from (f"      {line}" for line in one.why[:most])
        if len(one.why) > most:
            yield f"      {len(one.why) - most} more with --all"
        yield from (f"      since: {line}" for line in one.changed)


def _day(day: "Day") -> str:
    left = f"in {day.left} day{'' if day.left == 1 else 's'}" if day.left else "today"
    if day.left < 0:
        left = f"PAST, {-day.left} day{'' if day.left == -1 else 's'} ago"
    due = day.due
    about = f" ({due.about})" if due.about else ""
    basis = f"; {due.basis}" if due.basis else ""
    return f"  {due.on.isoformat()}  {left}: {due.what}{about}  [{due.path}{basis}]"


def timeline(
    case: CasePath,
    *,
    picture: Annotated[
        Path | None,
        typer.Option("--svg", metavar="FILE", help="Draw it into this file as a picture."),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", envvar="NKDOCS_PLAIN", help="Draw with - = * alone.")
    ] = False,
    office: Office = None,
    json: Json = False,
) -> None:
    """Draw a case on an axis of time.

    Stays, events, steps of the case, hearings and deadlines. An approximate date is drawn as the
    days that are possible; months of which nothing is told are marked.
    """
    from nkdocs.checks import chronology
    from nkdocs.packet.facts import gather
    from nkdocs.ui import axis

    desk = open_case(case, office)
    facts = gather(desk, [d.id for d in desk.documents()])
    marks, untimed = chronology.marks(facts), chronology.untimed(facts)
    name = str(getattr(desk.answers().client, "lookup", lambda _: "")("name") or "")
    if picture is not None:
        drawn = axis.svg(marks, " · ".join(t for t in (name, "timeline") if t), facts.day)
        picture = desk.case.export(picture, drawn.encode("utf-8"))
    if json:
        data = {"marks": to_builtins(marks), "untimed": untimed}
        give(envelope("timeline", ok=True, data=data))
        return
    if picture is not None:
        give(f"{picture}  {len(marks)} marks")
        return
    signs = axis.ASCII if plain or not _drawable(axis.LINES) else axis.LINES
    for line in axis.drawn(marks, _columns(), signs):
        give(line)
    say(axis.legend(signs) if marks else "No answer has a time yet.")
    if untimed:
        say(f"Without a time, and so not drawn: {', '.join(untimed)}")
    say(f"Next: nkdocs check {case}")


def _columns() -> int:
    return shutil.get_terminal_size((_WIDTH, 24)).columns if sys.stdout.isatty() else _WIDTH


def _drawable(signs: object) -> bool:
    """Whether standard output can show the signs."""
    try:
        str(signs).encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True

"""Commands about the law: which authorities stand on a day, and the attorney's confirmation."""

from pathlib import Path
from typing import Annotated

import typer

from nkdocs.cli.common import (
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
from nkdocs.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command()(answering(authorities))


def authorities(  # noqa: PLR0913 - one argument an option of the command
    case: Annotated[
        Path | None, typer.Argument(metavar="CASE", help="A case, for its day and registry.")
    ] = None,
    *,
    on: Annotated[
        str,
        typer.Option("--on", metavar="DAY", help="The day, YYYY-MM-DD; the case's, or today."),
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help="Only guidance, statute, regulation, …")
    ] = "",
    confirm: Annotated[
        str,
        typer.Option(
            "--confirm", metavar="ID", help="Note in the case that you confirmed this authority."
        ),
    ] = "",
    by: Annotated[
        str, typer.Option("--by", metavar="NAME", help="With --confirm: who read it.")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="WHERE", help="With --confirm: where it was read.")
    ] = "",
    office: Office = None,
    json: Json = False,
) -> None:
    """List the authorities of a day, and where each stands.

    What is not confirmed prints neutral wording. `--confirm ID --by NAME --source WHERE` notes in
    the case that an attorney read it and takes it as law on the case's day.
    """
    from nkdocs.packet import law

    desk = open_case(case, office) if case else None
    if confirm:
        if desk is None or not by or not source:
            msg = "a confirmation needs the case, --by and --source"
            raise UsageError(msg, hint="nkdocs authorities CASE --confirm ID --by JL --source …")
        with desk.case.locked():
            law.confirm(desk, confirm, by=by, source=source, on=today())
        give(f"{confirm} confirmed by {by} on {today().isoformat()}, in {desk.case.shown}")
        say(f"Next: nkdocs fill {case}")
        return
    day = day_of(on) or (desk.day if desk else None) or today()
    rows = law.rows(desk, day, kind)
    if json:
        give(envelope("authorities", ok=True, data={"on": day.isoformat(), "rows": rows}))
        return
    for row in rows:
        settled = "may be printed" if row["settled"] == "yes" else row["status"].replace("_", " ")
        give(f"{row['id']}  {row['cite']}")
        who = row["confirmed"] or "confirmed by nobody"
        give(f"    {settled}; established: {row['mark']}; {who}")
    say(f"{len(rows)} authorities cover {day.isoformat()}. Next: nkdocs why ID")

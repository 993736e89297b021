"""Commands that help: demo, doctor, why."""

import platform
from pathlib import Path
from typing import Annotated

import typer

from nkdocs.cli.common import (
    Json,
    Office,
    answering,
    checked_folder,
    end,
    envelope,
    give,
    open_case,
    say,
    show_findings,
)
from nkdocs.diagnostics import State
from nkdocs.errors import NkdocsError


def begin(app: typer.Typer) -> None:
    """Add the command to start with to *app*."""
    app.command()(answering(demo))


def register(app: typer.Typer) -> None:
    """Add the other commands to *app*."""
    app.command()(answering(why))
    app.command()(answering(doctor))


def demo(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where the fictional case is put.")
    ] = Path("nkdocs-demo"),
    *,
    json: Json = False,
) -> None:
    """Make a fictional case, its documents and its filings.

    Asks nothing. Everything in it is made up; nothing is filed anywhere.
    """
    from nkdocs.packet import build as building
    from nkdocs.packet import fill as filling
    from nkdocs.packet import show
    from nkdocs.packet.filings import wanted

    target = checked_folder(folder)
    fresh = show.copy_sample(target)
    desk = open_case(target)
    say(f"A fictional case {'was put' if fresh else 'is'} in {target}.")
    tell = say if json else give  # standard output is the one JSON object then
    with desk.case.locked():
        made = filling.fill(desk, [], State.DRAFT)
        filling.write(desk, made)
        for outcome in made.outcomes:
            tell(f"{desk.case.out / outcome.name}  {outcome.title}")
        data = []
        for built in building.build_all(desk, wanted(desk, []), State.DRAFT):
            filing = built.filing
            building.write(desk, built)
            names = [n for n in built.files if n.startswith(f"{filing.id}/")]
            packet = f"{filing.id}/packet.pdf"
            name = (packet if packet in names else names[0]).partition("/")[2]
            tell(
                f"{desk.case.out / filing.id / name}  {built.pages.total} pages of exhibits, "
                f"{built.linked} cites linked, verified"
            )
            makers = ", ".join(sorted(set(built.makers.values())))
            say(f"  PDFs made by {makers}; all of it is a draft" if makers else "  a draft")
            data.append({"filing": filing.id, "file": name, "makers": makers})
    if json:
        give(envelope("demo", ok=True, data=data))
    say(f"Open {desk.case.out} and look. Next: nkdocs check {target}")


def doctor(
    case: Annotated[
        Path | None, typer.Argument(metavar="CASE", help="Look at a case's folder too.")
    ] = None,
    *,
    office: Office = None,
    git: Annotated[
        bool,
        typer.Option("--git", help="Look whether git would take in the files of real people."),
    ] = False,
    json: Json = False,
) -> None:
    """Say what is missing on this computer, and how to mend it.

    With a case also what stands in its folder that is no part of it: copies that a synchroniser
    made, documents that are open, a lock that was interrupted.

    With --git look at the repository of this folder instead: whether files of real people are in
    it, or would be after the next commit. As a hook before every commit it stops such a commit.
    """
    from nkdocs.packet import show, surroundings

    if git:
        _doctor_git(json=json)
        return
    parts = show.parts()
    found = surroundings.around(open_case(case, office).case) if case else []
    if json:
        data = [{"part": p.name, "found": p.found, "mend": p.mend} for p in parts]
        ok = all(p.found or not p.needed for p in parts)
        give(envelope("doctor", ok=ok, data=data, findings=found))
        return
    give(f"Python {platform.python_version()} on {platform.system()}")
    for part in parts:
        give(f"  {'ok     ' if part.found else 'missing'}  {part.name}: {part.found or part.what}")
        if not part.found:
            give(f"           {part.mend}")
    if case:
        give(show_findings(found, every=True) or f"Nothing found around the files of {case}.")


def _doctor_git(*, json: bool) -> None:
    """Tell what of real people is, or would be, in the repository of this folder.

    Raises:
        Exit: something is; the code is that of a failed check.
    """
    from nkdocs import _resources
    from nkdocs.diagnostics import stop
    from nkdocs.packet import gitguard

    told = gitguard.guard(Path.cwd(), [_resources.shipped("templates")])
    if json:
        data = {"repository": str(told.top or ""), "not_ignored": told.open, "hook": told.hooked}
        give(envelope("doctor", ok=not told.findings, data=data, findings=told.findings))
    elif told.top is None:
        give("This folder is in no git repository (or git is not installed): nothing to commit.")
    else:
        give(f"git repository {told.top}")
        if told.open:
            give(f"  it would take in, unasked: {', '.join(told.open)}")
            give("  Add these lines to its .gitignore:")
            for line in gitguard.LINES:
                give(f"    {line}")
        if not told.hooked:
            give("  To have every commit looked at before it is made:")
            give(f"    printf '#!/bin/sh\\n{gitguard.HOOK}\\n' > {told.hook}")
            give(f"    chmod +x {told.hook}")
    try:
        stop(told.findings)
    except NkdocsError as error:
        end(error)
    if not json and told.top is not None:
        give("No file of a real person is in it, and none would be committed.")


def why(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="A finding's code, an answer's path, an authority."),
    ],
    case: Annotated[
        Path | None, typer.Option("--case", metavar="CASE", help="With a case's own templates.")
    ] = None,
    *,
    json: Json = False,
    office: Office = None,
) -> None:
    """Explain a finding, a question or an authority."""
    from nkdocs.packet import show

    told = show.why(name, open_case(case, office) if case else None)
    if json:
        give(envelope("why", ok=True, data=told))
        return
    for key, text in told.items():
        if isinstance(text, str):
            give(f"{key}: {text or 'none'}")
        else:
            give("\n    ".join([f"{key}:", *text]) if text else f"{key}: no Word file")

"""Commands that make papers: fill, build, check."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nkdocs.cli.common import (
    AsState,
    CasePath,
    Json,
    Ocr,
    Office,
    PasswordFile,
    Quiet,
    Renumber,
    answering,
    end,
    envelope,
    give,
    open_case,
    passwords,
    questions,
    reading,
    say,
    show_findings,
)
from nkdocs.diagnostics import Finding, Severity, State, counting
from nkdocs.errors import NkdocsError, UsageError

if TYPE_CHECKING:
    from nkdocs.bundle.recognise import Recogniser
    from nkdocs.packet.build import Built
    from nkdocs.packet.desk import Desk

Documents = Annotated[
    list[str] | None,
    typer.Argument(metavar="DOCUMENT", help="Which documents; all if none."),
]
Force = Annotated[
    bool, typer.Option("--force", help="Fill edited documents anew; each keeps a backup.")
]
DryRun = Annotated[bool, typer.Option("-n", "--dry-run", help="Say what would be written.")]
Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="An answer for this run only; repeatable."),
]


_BESIDE = {
    "email.txt": "what to do before sending, and the words of the e-mail",
    "email.eml": "an unsent e-mail with the packet; look at its To: line",
    "cited.txt": "which exhibit is cited where",
    "upload-checklist.txt": "what to upload, in order",
}


def register(app: typer.Typer) -> None:
    """Add the commands to *app*."""
    app.command()(answering(fill))
    app.command()(answering(build))
    app.command()(answering(check))


def fill(  # noqa: PLR0913 - one argument an option of the command
    case: CasePath,
    documents: Documents = None,
    *,
    state: AsState = State.DRAFT,
    pdf: Annotated[bool, typer.Option("--pdf", help="Make a PDF of each document too.")] = False,
    force: Force = False,
    dry_run: DryRun = False,
    sets: Sets = None,
    office: Office = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fill the documents of a case in Word.

    A draft unless told otherwise. In a draft an open answer is a highlighted blank. The other
    states refuse what is open.
    """
    from nkdocs.packet import fill as filling

    desk = _with_sets(open_case(case, office), sets or [])
    with desk.case.locked():
        made = filling.fill(desk, documents or [], state, pdf=pdf, force=force)
        kept = () if dry_run else filling.write(desk, made)
    if json:
        data = [
            {"file": o.name, "title": o.title, "what": o.what, "open": o.open, "maker": o.maker}
            for o in made.outcomes
        ]
        give(envelope("fill", ok=True, data=data, findings=made.findings))
        return
    for outcome in made.outcomes:
        gaps = f", {questions(outcome.open)} open" if outcome.open else ""
        what = f"would be {outcome.what}" if dry_run and outcome.what == "written" else outcome.what
        maker = f", PDF by {outcome.maker}" if outcome.maker else ""
        give(f"{desk.case.result(outcome.name)}  {outcome.title}: {what}{gaps}{maker}")
        for line in outcome.lost:
            say(f"  the PDF does not show: {line}")
    for name in kept:
        say(f"kept as a backup: {name}")
    if not quiet:
        _tell(made.findings, state, case)
        say(f"Next: nkdocs {'build' if desk.filings else 'check'} {case}")


def build(  # noqa: PLR0913 - one argument an option of the command
    case: CasePath,
    filings: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILING", help="Which filings; all if none."),
    ] = None,
    *,
    state: AsState = State.DRAFT,
    force: Annotated[
        bool, typer.Option("--force", help="Replace packets someone changed; keeps a backup.")
    ] = False,
    renumber: Renumber = False,
    dry_run: DryRun = False,
    ocr: Ocr = False,
    password_file: PasswordFile = None,
    office: Office = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Build filings: letter, exhibits and links as one PDF.

    The finished file is read back: every cite must lead to the page whose number it prints.
    """
    from nkdocs.packet import build as building
    from nkdocs.packet.filings import wanted

    desk = open_case(case, office, passwords(password_file))
    desk = reading(desk, keep=not dry_run) if ocr else desk
    with desk.case.locked():
        these = wanted(desk, filings or [])
        made = building.build_all(desk, these, state, renumber=renumber)
        if not dry_run:
            for built in made:
                for name in building.write(desk, built, force=force):
                    say(f"kept as a backup: {name}")
    findings = list(
        {(f.code, f.subject, f.message): f for built in made for f in built.findings}.values()
    )
    if json:
        give(envelope("build", ok=True, data=[_data(b) for b in made], findings=findings))
        return
    for built in made:
        _show_built(desk, built, quiet=quiet)
    if not quiet:
        _tell(findings, state, case)


def _data(built: "Built") -> dict[str, object]:
    return {
        "filing": built.filing.id,
        "files": sorted(built.files),
        "pages": built.pages.written(),
        "cites_linked": built.linked,
        "cited": [
            {"exhibit": c.exhibit, "filing": c.filing, "document": c.document,
             "paragraph": c.paragraph or c.place, "numbered": bool(c.paragraph), "text": c.text}
            for c in built.cited
        ],
        "made_by": dict(built.makers),
    }  # fmt: skip


def _show_built(desk: "Desk", built: "Built", *, quiet: bool) -> None:
    def where(name: str) -> Path:
        return desk.case.result(f"{built.filing.id}/{name}")

    pages = built.pages
    tabs = f"Tabs {pages.entries[0].tab}–{pages.entries[-1].tab}" if pages.entries else "no tabs"
    tabs = f"Tab {pages.entries[0].tab}" if len(pages.entries) == 1 else tabs
    names = [n.partition("/")[2] for n in built.files if "/exhibits" in n]
    for name in names:
        part = "" if len(names) == 1 else f" (part {names.index(name) + 1} of {len(names)})"
        give(f"{where(name)}  pages {pages.start}–{pages.last}, {tabs}, verified{part}")
    if f"{built.filing.id}/packet.pdf" in built.files:
        give(f"{where('packet.pdf')}  letter and exhibits, {built.linked} cites linked, verified")
    for name, told in _BESIDE.items():
        if f"{built.filing.id}/{name}" in built.files:
            give(f"{where(name)}  {told}")
    for name, maker in () if quiet else built.makers.items():
        say(f"  {name}: PDF by {maker}")
    for text in built.typed:
        say(f"  a cite typed by hand was linked: {text}")
    for line in built.lost:
        say(f"  the PDF does not show: {line}")


def check(  # noqa: PLR0913 - one argument an option of the command
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="A case, a folder of exhibits, or exhibit files."),
    ],
    *,
    state: AsState = State.DRAFT,
    every: Annotated[bool, typer.Option("--all", help="Show every finding.")] = False,
    documents: Annotated[
        list[str] | None,
        typer.Option("-d", "--document", metavar="DOCUMENT", help="Only for this; repeatable."),
    ] = None,
    against: Annotated[
        list[Path] | None,
        typer.Option(
            "--against",
            metavar="PATH",
            help="Compare with another case, or a folder of cases; repeatable.",
        ),
    ] = None,
    venue: Annotated[
        str,
        typer.Option("--venue", metavar="VENUE", help="Whose rules bare files are to follow."),
    ] = "",
    ocr: Ocr = False,
    password_file: PasswordFile = None,
    office: Office = None,
    json: Json = False,
) -> None:
    """Say what is wrong and what is missing; writes nothing.

    Ends with 0 when nothing stops the state asked for, with 4, 6, 8 or 9 when something does.
    """
    from nkdocs.packet import review

    name = str(paths[0])
    follow = f"nkdocs build {name}"
    tried = passwords(password_file)
    if review.is_case(paths):
        if venue:
            msg = "--venue is for bare files; the filings of a case name their own"
            raise UsageError(msg, hint=f"Leave it out: nkdocs check {name}")
        desk = open_case(paths[0], office, tried)
        desk = reading(desk, keep=False) if ocr else desk
        found = review.case(desk, documents or [], against or [])
    elif against:
        msg = "--against compares a case, and no case is named"
        raise UsageError(msg, hint="For example: nkdocs check kim --against cases")
    else:
        found = review.files(paths, venue or "generic", tried, _scans(paths) if ocr else None)
        follow = f"nkdocs bundle {' '.join(str(p) for p in paths)}"
        follow += f" --venue {venue}" if venue else ""
    if json:
        give(envelope("check", ok=not counting(found, state), findings=found))
    else:
        _show_checked(found, state, name, follow, every=every)
    try:
        review.stop_at(found, state)
    except NkdocsError as error:
        end(error)


def _scans(paths: Sequence[Path]) -> "Recogniser":
    """Return what reads scans among bare files; what a bundle of them kept is looked up."""
    from nkdocs.packet import scans

    results = paths[0] / "out" if len(paths) == 1 and paths[0].is_dir() else None
    return scans.reading_files(results, say, keep=False)


def _show_checked(
    found: Sequence[Finding], state: State, case: str, follow: str, *, every: bool
) -> None:
    """Show what a check found: findings by group, open questions as one line unless all."""
    open_ = [f for f in found if f.code == "A004"]
    rest = [f for f in found if f.code != "A004"]
    shown = [*open_, *rest] if every else rest
    text = show_findings(shown, every=every, more=f"nkdocs check {case} --all")
    give(text or "Nothing found.")
    if open_:
        say(f"{len(open_)} required questions are open. Next: nkdocs interview {case}")
    if not counting(found, state):
        say(f"Nothing stops the {state.value} documents.")
    ranked = sorted(rest, key=lambda f: list(Severity).index(f.severity))
    worst = next((f for f in ranked if f.severity is not Severity.INFO), None)
    say(f"Next: nkdocs why {worst.code}" if worst else f"Next: {follow}")


def _tell(findings: Sequence[Finding], state: State, case: Path) -> None:
    """Show findings to the person at the terminal."""
    open_ = sum(f.code == "A004" for f in findings)
    rest = [f for f in findings if f.code != "A004"]
    text = show_findings(rest, more=f"nkdocs check {case} --all")
    if text:
        say(text)
    if open_ and state is State.DRAFT:
        are = "is" if open_ == 1 else "are"
        say(f"{questions(open_)} {are} open; the draft's first page lists them.")


def _with_sets(desk: "Desk", sets: Sequence[str]) -> "Desk":
    """Return the desk with the answers given on the command line, for this run only."""
    if not sets:
        return desk
    from nkdocs.packet.desk import with_sets

    return with_sets(desk, sets)

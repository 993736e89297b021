"""Copies that leave the case: redact, and the search for what would give somebody away."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nkdocs.answers.purposes import Purpose
from nkdocs.cli.common import (
    CasePath,
    Json,
    Office,
    Quiet,
    answering,
    end,
    envelope,
    give,
    lines,
    open_case,
    say,
)
from nkdocs.errors import ChecksFailedError, UsageError

if TYPE_CHECKING:
    from nkdocs.packet.desk import Desk
    from nkdocs.packet.redact import Wish


def register(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command()(answering(redact))


def redact(  # noqa: PLR0913 - one argument an option of the command
    case: CasePath,
    *,
    purpose: Annotated[
        Purpose | None,
        typer.Option("--for", help="Whom the copy is for: training keeps months and provinces."),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FOLDER", help="The new folder of the copy."),
    ] = None,
    search: Annotated[
        Path | None,
        typer.Option("--search", metavar="PATH", help="Only search a file or folder for leaks."),
    ] = None,
    cover: Annotated[
        list[str] | None,
        typer.Option("--cover", metavar="TEXT", help="Cover this phrase too; may be repeated."),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option("--keep", metavar="WORD", help="A word that may stay; may be repeated."),
    ] = None,
    quiet: Quiet = False,
    office: Office = None,
    json: Json = False,
) -> None:
    """Make a confidential copy of a case, or search for leaks.

    Pseudonyms and relations instead of names, no numbers and addresses, moved days, coarse places,
    exhibits as pictures. Every byte is searched; one hit, and no copy is made. With --search only
    a file or folder is searched for what would tell who the case is about.
    """
    lacking = purpose is None or output is None
    if (search is None and lacking) or (search is not None and output is not None):
        msg = "say whom the copy is for and where it goes, or what to search"
        raise UsageError(
            msg, hint="nkdocs redact CASE --for training -o FOLDER, or: redact CASE --search PATH"
        )
    from nkdocs.packet import redact as copying

    desk = open_case(case, office)
    wish = copying.Wish(purpose or Purpose.TRAINING, tuple(cover or ()), tuple(keep or ()))
    if search is not None or output is None:
        _search(desk, wish, search or Path(), json=json)
        return
    made = copying.redact(desk, wish, output, (lambda _: None) if quiet else say)
    if json:
        data = {
            "folder": str(made.folder), "files": made.files, "papers": made.papers,
            "left_out": made.left_out, "edited": made.edited, "dropped": made.dropped,
        }  # fmt: skip
        give(envelope("redact", ok=True, data=data))
        return
    give(f"{made.folder}  {made.files} files, every byte of them searched")
    for name, pages in made.left_out.items():
        say(f"  {name}: {pages} pages are pictures and were left out")
    for name in made.edited:
        say(f"  {name} was edited in Word; the copy is filled from the answers")
    if not quiet:
        say("A story can be recognized by whoever knows it: read the copy before you give it away,")
        say('and have covered what you find: nkdocs redact … --cover "the words"')


def _search(desk: "Desk", wish: "Wish", path: Path, *, json: bool) -> None:
    """Search, tell what was found, and end with 6 if anything was.

    Raises:
        Exit: something was found.
    """
    from nkdocs.packet import redact as copying

    found, count = copying.search(desk, wish, path)
    if json:
        give(envelope("redact", ok=not found, data={"searched": count}, findings=found))
    else:
        for finding in found:
            give("\n".join(lines(finding)))
    if found:
        msg = f"{path} tells who the case is about: {len(found)} places in {count} files"
        end(ChecksFailedError(msg, hint="Do not give it away; nothing was changed."))
    if not json:
        give(f"{count} files searched, nothing found.")

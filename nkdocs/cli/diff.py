"""The command that tells in words what changed in a letter."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nkdocs.cli.common import Json, Office, answering, envelope, give, open_case, say
from nkdocs.errors import UsageError

if TYPE_CHECKING:
    from nkdocs.documents.differences import Change


def register(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command()(answering(diff))


def diff(
    first: Annotated[
        Path, typer.Argument(metavar="A", help="A Word file, the older one; or a case.")
    ],
    second: Annotated[
        str,
        typer.Argument(
            metavar="[B]", help="The newer Word file; or a document of the case, all if none."
        ),
    ] = "",
    *,
    json: Json = False,
    office: Office = None,
) -> None:
    """Tell in words what changed between two versions of a letter.

    `nkdocs diff old.docx new.docx` compares two files. `nkdocs diff CASE [DOCUMENT]` tells what
    someone edited: the letter in out/ against what would be filled from the answers today.
    """
    rows = _files(first, second) if first.suffix.lower() == ".docx" else None
    if rows is None:
        from nkdocs.packet.changed import since_filled

        desk = open_case(first, office)
        rows = dict(since_filled(desk, [second] if second else []))
    if json:
        data = {name: [_data(change) for change in changes] for name, changes in rows.items()}
        give(envelope("diff", ok=True, data=data))
        return
    for name, changes in rows.items():
        give(name)
        for line in [str(change) for change in changes] or ["nothing changed"]:
            give(f"  {line}")
    count = sum(map(len, rows.values()))
    say(f"{count} changes in {len(rows)} files." if rows else "Nobody edited a document.")


def _files(first: Path, second: str) -> dict[str, list["Change"]]:
    """Return what changed from one file to the other.

    Raises:
        UsageError: one of them is missing, or is no file.
    """
    from nkdocs.documents.differences import changes

    other = Path(second)
    for path in (first, other):
        if not second or not path.is_file():
            msg = f"there is no file {path}" if second else "a Word file is compared with another"
            raise UsageError(msg, hint="Write: nkdocs diff old.docx new.docx")
    told = changes(first.read_bytes(), other.read_bytes(), (first.name, other.name))
    return {f"{first.name} → {other.name}": told}


def _data(change: "Change") -> dict[str, object]:
    """Return a change as plain data."""
    return {name: getattr(change, name) for name in change.__slots__}

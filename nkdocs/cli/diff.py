"""The command that tells in words what changed in a letter or in a bundle."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import asdict

from nkdocs.cli.common import (
    Json,
    Office,
    answering,
    content_of,
    envelope,
    give,
    open_case,
    say,
    standing,
)
from nkdocs.errors import UsageError

if TYPE_CHECKING:
    from nkdocs.bundle.moved import Difference
    from nkdocs.documents.differences import Change


def register(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command()(answering(diff))


def diff(
    first: Annotated[
        Path,
        typer.Argument(metavar="A", help="The older Word file or bundle (PDF); or a case."),
    ],
    second: Annotated[
        str,
        typer.Argument(
            metavar="[B]", help="The newer file; or a document of the case, all if none."
        ),
    ] = "",
    *,
    json: Json = False,
    office: Office = None,
) -> None:
    """Tell in words what changed between two versions of a letter or a bundle.

    `nkdocs diff old.docx new.docx` compares two letters; `nkdocs diff old.pdf new.pdf` says which
    exhibits of a bundle moved, came, left or changed (for volumes, name two folders that hold
    them). `nkdocs diff CASE [DOCUMENT]` tells what someone edited: the letter in out/ against what
    would be filled from the answers today. Files of a locked case are opened with its key.
    """
    if _bundle(first) and second:
        _moved(first, Path(second), json=json)
        return
    rows = _files(first, second) if _ending(first) == ".docx" else None
    if rows is None:
        from nkdocs.packet.changed import since_filled

        desk = open_case(first, office)
        rows = dict(since_filled(desk, [second] if second else []))
    if json:
        data = {name: [asdict(change) for change in changes] for name, changes in rows.items()}
        give(envelope("diff", ok=True, data=data))
        return
    for name, changes in rows.items():
        give(name)
        for line in [str(change) for change in changes] or ["nothing changed"]:
            give(f"  {line}")
    count = sum(map(len, rows.values()))
    say(f"{count} changes in {len(rows)} files." if rows else "Nobody edited a document.")


def _bundle(path: Path) -> list[Path]:
    """Return the PDFs of a finished bundle: one file, or a folder's volumes in their order."""
    if _ending(path) == ".pdf":
        return [path]
    from nkdocs.cases import is_here

    if is_here(path) or not path.is_dir():  # a case, or nothing
        return []
    held = [file for file in path.iterdir() if file.is_file() and _ending(file) == ".pdf"]
    return sorted(held, key=_volume)


def _ending(path: Path) -> str:
    """Return the ending of a file as it is called when it is not sealed."""
    from nkdocs.vault import unsealed

    return unsealed(path).suffix.lower()


def _volume(path: Path) -> tuple[int, str]:
    """Return by what volumes are sorted: Part10 stands behind Part2."""
    from nkdocs.vault import unsealed

    number = re.search(r"(\d+)$", unsealed(path).stem)
    return (int(number[1]) if number else 0, path.name)


def _moved(old: Path, new: Path, *, json: bool) -> None:
    """Show what became of each exhibit of a bundle.

    Raises:
        UsageError: one of them is missing.
    """
    from nkdocs.bundle.moved import compared

    for path in (old, new):
        if not _bundle(path) or not standing(path).exists():
            msg = f"there is no bundle {path}"
            raise UsageError(msg, hint="Write: nkdocs diff old.pdf new.pdf")
    told = compared(*([content_of(p) for p in _bundle(path)] for path in (old, new)))
    if json:
        give(envelope("diff", ok=True, data=[_row(d) for d in told]))
        return
    for difference in told:
        if difference.kind != "same":
            give(str(difference))
    same = sum(d.kind == "same" for d in told)
    differ = len(told) - same
    what = "1 exhibit differs" if differ == 1 else f"{differ} exhibits differ"
    say(f"{what}; {same} stand where they stood.")


def _row(told: "Difference") -> dict[str, object]:
    """Return what became of an exhibit as plain data."""
    sides = {
        name: bound and {"tab": bound.tab, "first": bound.first, "last": bound.last}
        for name, bound in (("old", told.old), ("new", told.new))
    }
    held = told.new or told.old
    title = held.title if held else ""
    return {"kind": told.kind, "title": title, **sides, "changed": list(told.changed)}


def _files(first: Path, second: str) -> dict[str, list["Change"]]:
    """Return what changed from one file to the other.

    Raises:
        UsageError: one of them is missing, or is no file.
    """
    from nkdocs.documents.differences import changes

    other = Path(second)
    for path in (first, other):
        if not second or not standing(path).is_file():
            msg = f"there is no file {path}" if second else "a Word file is compared with another"
            raise UsageError(msg, hint="Write: nkdocs diff old.docx new.docx")
    told = changes(content_of(first), content_of(other), (first.name, other.name))
    return {f"{first.name} → {other.name}": told}

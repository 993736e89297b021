"""The command new: a case folder, from a folder of files if there is one."""

import shutil
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace

from nkdocs.cli.common import Json, answering, envelope, give, say, today
from nkdocs.diagnostics import Finding, Place, Severity, shown, stop
from nkdocs.errors import FileBusyError, UsageError

if TYPE_CHECKING:
    from nkdocs.answers.entries import Exhibit


def register(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command()(answering(new))


_SHOWN = 8  # names on one line
_SCHEMA = "nkdocs.schema.json"
_HEADER = f"""\
# yaml-language-server: $schema={_SCHEMA}
# The answers of one case: everything nkdocs knows about it, written once for all documents.
# `nkdocs interview` asks and writes it; it may be edited by hand in any text editor.
# Privileged and confidential: keep this folder to yourself, and never send this file.
"""


def new(
    case: Annotated[Path, typer.Argument(metavar="CASE", help="The folder to make for the case.")],
    *,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FOLDER", help="A folder of files: they become its exhibits."
        ),
    ] = None,
    json: Json = False,
) -> None:
    """Make a case folder, for your eyes only.

    It holds answers.yaml and a folder exhibits. With --from the files of a folder are copied into
    exhibits and listed by what their names say, or else what the files say of themselves: the
    title they keep or their first line, the day of an e-mail or the only day at the head.
    """
    from nkdocs import _atomic

    if case.suffix in {".yaml", ".yml"}:
        msg = f"{case.name} is the name of a file; a case is a folder"
        raise UsageError(msg, hint=f"Next: nkdocs new {case.with_suffix('')}")
    if case.is_symlink() or case.is_file() or (case.is_dir() and any(case.iterdir())):
        msg = f"{case} is there already"
        raise FileBusyError(msg, hint=f"Choose another name, or: nkdocs interview {case}")
    if source is not None and not source.is_dir():
        msg = f"there is no folder {source}"
        raise UsageError(msg, hint="Name the folder that holds the files.")
    parent = _atomic.folder(case.absolute().parent)
    try:
        with _atomic.begun(parent) as made:
            begun = made / "case"
            count, asked = _fill(begun, source)
            if case.is_dir():
                case.rmdir()  # empty: it was looked into above
            begun.rename(case)
    except OSError as error:
        msg = f"{case} cannot be made ({error.strerror})"
        raise FileBusyError(msg, hint="Choose another folder; nothing was left behind.") from None
    if json:
        give(envelope("new", ok=True, data={"case": str(case), "exhibits": count, "asked": asked}))
        return
    say(f"made {case} with {count} exhibits" if source else f"made {case}")
    if asked:
        say(f"Title or date of {len(asked)} of them was read from the file; look whether it is "
            f"right: {', '.join(asked[:_SHOWN])}{' …' if len(asked) > _SHOWN else ''}")  # fmt: skip
    say("The papers carry today's date; /papers carry in the interview changes it.")
    say(f"Next: nkdocs interview {case}")


def _fill(folder: Path, source: Path | None) -> tuple[int, list[str]]:
    """Make the files of a new case in *folder*.

    Return how many exhibits it has, and the files that were asked for a title or a day.
    """
    from nkdocs import _atomic, _yaml

    _atomic.folder(folder / "exhibits")
    data: dict[str, _yaml.Value] = {"answers": "1", "meta": {"as_of": today().isoformat()}}
    exhibits: list[Exhibit] = []
    asked: list[str] = []
    if source is not None:
        from nkdocs.bundle.exhibits import described, from_files

        root, exhibits = from_files([source])
        files = {_nfc(p.relative_to(root).as_posix()): p for p in root.rglob("*")}
        names = _copy({e.file: files[_nfc(e.file)] for e in exhibits}, folder / "exhibits")
        copied = [replace(e, file=names[e.file]) for e in exhibits]
        told, asked = described(folder / "exhibits", copied)
        data["exhibits"] = [_entry(e) for e in told]
    from nkdocs.packet import show

    _atomic.save(folder / _SCHEMA, show.editor_schema(None).encode("utf-8"))
    text = _HEADER + _yaml.dump(data)
    _atomic.save(folder / "answers.yaml", text.encode("utf-8"))
    return len(exhibits), asked


def _copy(files: dict[str, Path], folder: Path) -> dict[str, str]:
    """Copy *files* into *folder*; return the name each got, without what no answer can hold.

    Raises:
        ExhibitError: some cannot be copied; all of them are named.
    """
    from nkdocs import _atomic

    names: dict[str, str] = {}
    faults = []
    for name, file in files.items():
        target = folder / "".join("_" if shown(c) != c else c for c in name)
        while target.exists():
            target = target.with_stem(f"{target.stem}-2")
        names[name] = target.relative_to(folder).as_posix()
        try:
            _atomic.folder(target.parent)
            if not file.is_file():
                raise FileNotFoundError  # a broken link, a pipe: told with the rest
            shutil.copyfile(file, target)
            target.chmod(0o600)
        except OSError as error:
            if error.errno in _atomic.FULL:
                raise
            why = error.strerror or "it is no ordinary file, or a link that leads nowhere"
            faults.append(
                Finding(
                    code="X103",
                    severity=Severity.ERROR,
                    message=f"it cannot be copied: {why}",
                    place=Place(name),
                    hint="Allow yourself to read it, or take it out of the folder.",
                )
            )
    stop(faults)
    return names


def _entry(exhibit: "Exhibit") -> dict[str, str]:
    told = {"id": exhibit.id, "title": exhibit.title, "file": f"exhibits/{exhibit.file}"}
    more = {"section": exhibit.section, "date": exhibit.date}
    return {**told, **{key: text for key, text in more.items() if text}}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)

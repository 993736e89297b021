"""Commands around the answers: new, interview, schema."""

import enum
import os
import shutil
import sys
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nkdocs.cli.common import (
    CasePath,
    Json,
    Office,
    answering,
    envelope,
    give,
    open_case,
    say,
    today,
)
from nkdocs.diagnostics import Finding, Place, Severity, State, shown, stop
from nkdocs.errors import AnswersError, FileBusyError, UsageError

if TYPE_CHECKING:
    from nkdocs.answers.entries import Exhibit
    from nkdocs.packet.desk import Desk
    from nkdocs.ui.book import Book
    from nkdocs.ui.prompter import Prompter


class Language(enum.StrEnum):
    """The languages questions are asked in."""

    EN = "en"
    KO = "ko"


def register(app: typer.Typer) -> None:
    """Add the commands to *app*."""
    app.command()(answering(new))
    app.command()(answering(interview))
    app.command()(answering(schema))


# new

_HEADER = """\
# The answers of one case: everything nkdocs knows about it, written once for all documents.
# `nkdocs interview` asks and writes it; it may be edited by hand in any text editor.
# Privileged and confidential: keep this folder to yourself, and never send this file.
"""


def new(
    case: Annotated[
        Path, typer.Argument(metavar="CASE", help="The folder to make for the case.")
    ],
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
    exhibits and listed by what their names say.
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
            count = _fill(begun, source)
            if case.is_dir():
                case.rmdir()  # empty: it was looked into above
            begun.rename(case)
    except OSError as error:
        msg = f"{case} cannot be made ({error.strerror})"
        raise FileBusyError(msg, hint="Choose another folder; nothing was left behind.") from None
    if json:
        give(envelope("new", ok=True, data={"case": str(case), "exhibits": count}))
        return
    say(f"made {case} with {count} exhibits" if source else f"made {case}")
    say(f"Next: nkdocs interview {case}")


def _fill(folder: Path, source: Path | None) -> int:
    """Make the files of a new case in *folder*; return how many exhibits it has."""
    from nkdocs import _atomic, _yaml

    _atomic.folder(folder / "exhibits")
    data: dict[str, _yaml.Value] = {"answers": "1", "meta": {"as_of": today().isoformat()}}
    exhibits: list[Exhibit] = []
    if source is not None:
        from nkdocs.bundle.exhibits import from_files

        root, exhibits = from_files([source])
        files = {_nfc(p.relative_to(root).as_posix()): p for p in root.rglob("*")}
        names = _copy({e.file: files[_nfc(e.file)] for e in exhibits}, folder / "exhibits")
        data["exhibits"] = [_entry(e, names[e.file]) for e in exhibits]
    text = _HEADER + _yaml.dump(data)
    _atomic.save(folder / "answers.yaml", text.encode("utf-8"))
    return len(exhibits)


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


def _entry(exhibit: "Exhibit", file: str) -> dict[str, str]:
    told = {"id": exhibit.id, "title": exhibit.title, "file": f"exhibits/{file}"}
    more = {"section": exhibit.section, "date": exhibit.date}
    return {**told, **{key: text for key, text in more.items() if text}}


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


# interview


def interview(  # noqa: PLR0913 - one argument an option of the command
    case: CasePath,
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT", help="Which documents to ask for; all if none."),
    ] = None,
    *,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Save an answer first; repeatable."),
    ] = None,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Ask nothing; list what is open.")
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", envvar="NKDOCS_PLAIN", help="No menus, line by line.")
    ] = False,
    lang: Annotated[Language, typer.Option("--lang", help="The language to ask in.")] = Language.EN,
    client_view: Annotated[
        bool, typer.Option("--client-view", help="Only what the client beside you may see.")
    ] = False,
    office: Office = None,
    json: Json = False,
) -> None:
    """Ask what the documents still need.

    Every answer is saved at once. Leave with Ctrl-C whenever you like; the same command goes on
    from there.
    """
    from nkdocs.ui.book import Book

    desk = open_case(case, office)
    named = desk.documents(documents) if documents else []
    book = Book(desk.case, desk.catalogue, named, client_view=client_view)
    _set(book, sets or [])
    if no_input or json:
        _list_open(book, json=json)
        return
    for fault in () if client_view else desk.faults():
        say(f"{fault}")
    from nkdocs.ui.session import Session

    prompter, is_plain = _prompter(plain=plain)
    session = Session(book, prompter, lang.value, plain=is_plain)
    last = _age(desk.case.where(desk.case.file))
    outcome = session.run(_header(desk, [d.title for d in book.documents]), last)
    if outcome.open:
        say(f"{outcome.open} questions are open, {outcome.required} of them required.")
    say(f"Next: nkdocs fill {case}")


def _prompter(*, plain: bool) -> tuple["Prompter", bool]:
    """Return what asks, and whether it is the plain one."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if not plain and interactive and os.environ.get("TERM") != "dumb":
        from nkdocs.ui import prompts

        if prompts.usable():
            return prompts.TerminalPrompter(), False
        say("This console shows no menus; Windows Terminal or PowerShell does.")
    from nkdocs.ui.plain import standard

    return standard(interactive=interactive), True


def _header(desk: "Desk", titles: list[str]) -> str:
    name = str(getattr(desk.answers().client, "lookup", lambda _: "")("name") or "")
    return " · ".join(t for t in (shown(name), ", ".join(titles)) if t)


def _age(file: Path) -> str:
    """Say how long ago the answers were saved."""
    seconds = max(0.0, time.time() - file.stat().st_mtime)
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(seconds // size)
        if count:
            return f"last saved {count} {unit}{'s' if count > 1 else ''} ago"
    return "last saved just now"


def _set(book: "Book", sets: list[str]) -> None:
    """Save the answers of `--set`, all of them or none."""
    checked, faults = [], []
    for given in sets:
        path, equals, text = given.partition("=")
        try:
            if not equals:
                msg = "write --set path=value"
                raise AnswersError(msg)  # noqa: TRY301 - collected with the others
            checked.append((path.strip(), book.checked(path.strip(), text)))
        except AnswersError as error:
            faults.append(
                Finding(
                    code="A003",
                    severity=Severity.ERROR,
                    message=error.message,
                    place=Place("--set"),
                    hint=error.hint,
                )
            )
    stop(faults)
    for path, data in checked:
        book.put(path, data)


def _list_open(book: "Book", *, json: bool) -> None:
    """List what is open with path, place and question; required ones end with exit code 4."""
    from nkdocs.answers.validate import missing, validate

    report = validate(book.answers, list(book.documents))
    left = sorted(book.plan.open, key=lambda s: not s.required)
    wrong = [f for f in report.faults if f.counts is not State.FINAL]
    required = [s for s in left if s.required]
    if json:
        data = [
            {
                "path": s.path,
                "kind": s.question.kind.name,
                "required": s.required,
                "file": book.file.name,
                "line": book.file.place(s.spot).line,
                "question": s.question.prompt.en,
            }
            for s in left
        ]
        findings = [*wrong, *missing(book.answers, required)]
        give(envelope("interview", ok=not findings, data={"open": data}, findings=findings))
        if findings:
            raise typer.Exit(AnswersError.exit_code)
        return
    for step in left:
        mark = "required" if step.required else "open"
        place = book.file.place(step.spot)
        give(f"{place.file}:{place.line}  {mark}  {step.path}  {step.question.prompt.en}")
    if wrong or required:
        msg = f"{len(required)} required questions are open"
        msg += f", {len(wrong)} answers need a look" if wrong else ""
        raise AnswersError(msg, hint=f"Next: nkdocs interview {book.case.name}", faults=wrong)


# schema


def schema(
    case: Annotated[
        Path | None,
        typer.Argument(metavar="CASE", help="A case with templates of its own; not needed else."),
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="The file to write, else it is printed."
        ),
    ] = None,
    office: Office = None,
) -> None:
    """Print the JSON schema of an answers file, for editors.

    Then put this first into an answers file: # yaml-language-server: $schema=FILE
    """
    import json

    from nkdocs import _atomic, _resources
    from nkdocs.answers.entries import Exhibit, Filing
    from nkdocs.interview import load
    from nkdocs.interview.schema import schema as made

    templates = [_resources.shipped("templates")]
    catalogue = open_case(case, office).catalogue if case else load.load(templates)
    entries = {"exhibits": Exhibit.model_json_schema(), "filings": Filing.model_json_schema()}
    text = json.dumps(made(catalogue, entries), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        give(text.rstrip("\n"))
        return
    if output.exists() and not _is_schema(output):
        msg = f"{output} is there already, and is no schema"
        raise FileBusyError(msg, hint="Name another file, nkdocs.schema.json for example.")
    _atomic.save(output, text.encode("utf-8"), mode=0o644, backup=output.exists())
    say(f"wrote {output}")


def _is_schema(file: Path) -> bool:
    """Whether *file* is a JSON schema, which may be made anew."""
    import json

    try:
        told = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and "$schema" in told

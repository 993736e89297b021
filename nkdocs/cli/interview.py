"""Commands around the answers: interview, schema."""

import enum
import os
import sys
import time
from collections.abc import Callable
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
from nkdocs.errors import AnswersError, FileBusyError

if TYPE_CHECKING:
    from nkdocs.packet.desk import Desk
    from nkdocs.ui.book import Book
    from nkdocs.ui.prompter import Prompter
    from nkdocs.ui.words import Words


class Language(enum.StrEnum):
    """The languages questions are asked in."""

    EN = "en"
    KO = "ko"


def register(app: typer.Typer) -> None:
    """Add the commands to *app*."""
    app.command()(answering(interview))
    app.command()(answering(schema))


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
    notes: Annotated[
        list[str] | None,
        typer.Option("--note", metavar="PATH=TEXT", help="Save a note to yourself; repeatable."),
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
    from_notes: Annotated[
        bool,
        typer.Option("--from-notes", help="Answers from counsel's notes, to be read back."),
    ] = False,
    read_back: Annotated[
        bool, typer.Option("--read-back", help="Go through what came from notes, to confirm it.")
    ] = False,
    asked: Annotated[
        str, typer.Option("--ask", metavar="PATH", help="With --json: this question.")
    ] = "",
    after: Annotated[
        str, typer.Option("--after", metavar="PATH", help="With --json: the next after this.")
    ] = "",
    office: Office = None,
    json: Json = False,
) -> None:
    """Ask what the documents still need.

    Every answer is saved at once. Leave with Ctrl-C whenever you like; the same command goes on
    from there. With --json it prints the next question and ends, so that another program can ask;
    with --no-input it lists what is open.
    """
    from nkdocs.interview.load import with_entries
    from nkdocs.ui.book import Book
    from nkdocs.ui.entries import Entries

    desk = open_case(case, office)
    for line in desk.case.migrate():
        say(f"{desk.case.shown}: {line}")
    named = desk.documents(documents) if documents else []
    source = "counsel_notes" if from_notes else ""
    asked_too = with_entries(desk.catalogue, desk.templates)
    book = Book(
        desk.case, asked_too, named, client_view=client_view, source=source, entries=Entries(desk)
    )
    saved = _set(book, sets or [], notes or [])
    if no_input:
        _list_open(book, json=json)
        return
    if json:
        _give_next(book, saved, lang.value, asked, after)
        return
    for fault in () if client_view else desk.faults():
        say(f"{fault}")
    from nkdocs.packet.uses import Uses
    from nkdocs.ui.session import Session

    prompter, is_plain = _prompter(plain=plain, editor=desk.case.vault is None, language=lang.value)
    findings = _findings(case, office, documents or [])
    uses = Uses(desk.catalogue, desk.templates).told
    session = Session(book, prompter, lang.value, plain=is_plain, findings=findings, uses=uses)
    header = _header(desk, [d.title for d in book.documents])
    if read_back:
        outcome = session.read_back(today().isoformat(), header)
    else:
        outcome = session.run(header, _age(desk.case.where(desk.case.file), session.words))
    if outcome.open:
        told = session.words("{open} questions open, {required} of them required")
        say(f"{told.format(open=outcome.open, required=outcome.required)}.")
    say(f"{session.words('Next:')} nkdocs fill {case}")


def _prompter(*, plain: bool, editor: bool, language: str) -> tuple["Prompter", bool]:
    """Return what asks, and whether it is the plain one."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if not plain and interactive and os.environ.get("TERM") != "dumb":
        from nkdocs.ui import prompts

        if prompts.usable():
            return prompts.TerminalPrompter(editor=editor, language=language), False
        say("This console shows no menus; Windows Terminal or PowerShell does.")
    from nkdocs.ui.plain import standard

    return standard(interactive=interactive, editor=editor, language=language), True


def _findings(
    case: Path, office: Path | None, documents: list[str]
) -> Callable[[bool], list[Finding]]:
    """Return what tells what the checks find then: in the answers, or as `nkdocs check` does."""

    def found(whole: bool) -> list[Finding]:  # noqa: FBT001 - the review's question
        from nkdocs.packet import review
        from nkdocs.packet.facts import check

        desk = open_case(case, office)
        if whole:
            return review.case(desk, documents)
        return [*desk.faults(), *check(desk, [d.id for d in desk.documents(documents)])]

    return found


def _header(desk: "Desk", titles: list[str]) -> str:
    name = str(getattr(desk.answers().client, "lookup", lambda _: "")("name") or "")
    return " · ".join(t for t in (shown(name), ", ".join(titles)) if t)


def _age(file: Path, words: "Words") -> str:
    """Say how long ago the answers were saved."""
    seconds = max(0.0, time.time() - file.stat().st_mtime)
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        count = int(seconds // size)
        if count:
            told = words(f"last saved {{count}} {unit}{'s' if count > 1 else ''} ago")
            return told.format(count=count)
    return words("last saved just now")


def _set(book: "Book", sets: list[str], notes: list[str]) -> list[dict[str, str]]:
    """Save the answers of `--set`, then the notes, all of them or none; return what was saved."""
    from nkdocs.ui import changes

    checked, told, faults = [], [], []
    for name, given in [*(("--set", g) for g in sets), *(("--note", g) for g in notes)]:
        path, equals, text = given.partition("=")
        try:
            if not equals:
                msg = f"write {name} path=value"
                raise AnswersError(msg)  # noqa: TRY301 - collected with the others
            if name == "--set":
                checked.append(changes.read(book, path.strip(), text))
            else:
                told.append((changes.known(book, path.strip()), text.strip()))
        except AnswersError as error:
            faults.append(
                Finding(
                    code="A003",
                    severity=Severity.ERROR,
                    message=error.message,
                    place=Place(name),
                    hint=error.hint,
                )
            )
    stop(faults)
    done = [{"path": changes.make(book, c), "said": c.said} for c in checked]
    for path, text in told:
        book.note_at(path, text)
    return done


def _give_next(
    book: "Book", saved: list[dict[str, str]], language: str, asked: str, after: str
) -> None:
    """Give what was saved and the next question as data."""
    from nkdocs.ui import single

    after = after or (saved[-1]["path"] if saved else "")
    step = single.wanted(book, asked, after)
    if asked and step is None:
        msg = f"{asked} is not asked in this case"
        raise AnswersError(msg, hint="nkdocs interview CASE --no-input lists what is asked.")
    data = {
        "saved": saved,
        "progress": single.progress(book),
        "next": single.told(book, step, language, after) if step else None,
    }
    give(envelope("interview", ok=True, data=data))


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
    from nkdocs import _atomic
    from nkdocs.packet import show

    text = show.editor_schema(open_case(case, office) if case else None)
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

"""The commands `nkdocs template …`: the Word side."""

import enum
from pathlib import Path
from typing import Annotated

import typer

from nkdocs.cli.common import (
    Json,
    answering,
    as_data,
    checked_folder,
    end,
    envelope,
    give,
    lines,
    questions,
    say,
)
from nkdocs.diagnostics import Severity
from nkdocs.errors import FileBusyError, NkdocsError

template_app = typer.Typer(
    help="The Word templates: list, show, fields, check, new, copy.", no_args_is_help=True
)


class Reader(enum.StrEnum):
    """Who reads a paper."""

    INTERNAL = "internal"
    CLIENT = "client"
    COURT = "court"
    OPLA = "opla"


CaseFolder = Annotated[
    Path | None,
    typer.Option("--case", metavar="FOLDER", help="With the templates of a case or office folder."),
]
For = Annotated[
    Reader, typer.Option("--for", help="Who reads it, for a Word file that is no document yet.")
]


def register(app: typer.Typer) -> None:
    """Add the commands to *app*."""
    app.add_typer(template_app, name="template")
    template_app.command("list")(answering(template_list, "template list"))
    template_app.command("show")(answering(template_show, "template show"))
    template_app.command("fields")(answering(template_fields, "template fields"))
    template_app.command("check")(answering(template_check, "template check"))
    template_app.command("new")(answering(template_new, "template new"))
    template_app.command("copy")(template_copy)


def template_list(*, case: CaseFolder = None, json: Json = False) -> None:
    """List the documents, their Word files, and which stand in place of shipped ones."""
    from nkdocs.packet import templates

    rows = templates.templates(_folder(case))
    if json:
        give(envelope("template list", ok=True, data=rows))
        return
    for row in rows:
        give(f"{row['document']}  {row['title']}  ({row['audience']}): {row['files']}")
        for line in filter(None, row["shadows"].split("; ")):
            give(f"    {line}")


def template_show(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The document, for example pd-request.")
    ],
    case: CaseFolder = None,
    *,
    json: Json = False,
) -> None:
    """Show what a document is made of, what it requires."""
    from nkdocs.packet import templates

    told = templates.template(document, _folder(case))
    if json:
        give(envelope("template show", ok=True, data=told))
        return
    for key, text in told.items():
        if text:
            give(f"{key}: {text}")


def template_fields(
    name: Annotated[
        str, typer.Argument(metavar="DOCUMENT|FILE", help="A document, or a Word file.")
    ],
    case: CaseFolder = None,
    *,
    reader: For = Reader.INTERNAL,
    json: Json = False,
) -> None:
    """List every blank of a template: paragraph, answer, kind, question."""
    from nkdocs.packet import templates

    rows = templates.blanks(name, _folder(case), reader)
    if json:
        give(envelope("template fields", ok=True, data=rows))
        return
    place = ""
    for row in rows:
        here = f"{row['file']}, {row['part']} paragraph {row['paragraph']}: {row['text']}"
        if here != place:
            place = here
            give(here)
        known = [str(row["kind"])] if row["kind"] else []
        told = ", ".join([*known, *([] if row["use"] == "printed" else [str(row["use"])])])
        asked = row["question"] if known else "no question asks it"
        give(f"    {row['answer']}  {f'({told})  ' if told else ''}{asked}")
    for todo in dict.fromkeys(str(row["next"]) for row in rows if row["next"]):
        count = sum(row["next"] == todo for row in rows)
        say(f"No question asks {count} of them. Next: {todo}")
    if not rows:
        give("No blank that a question fills.")


def template_check(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT|FILE", help="Which documents or Word files; all if none."),
    ] = None,
    case: CaseFolder = None,
    *,
    reader: For = Reader.INTERNAL,
    json: Json = False,
) -> None:
    """Check Word templates: tags, blocks, names, and who may see what they print."""
    from nkdocs.diagnostics import stop
    from nkdocs.packet import templates

    found = templates.check(names or [], _folder(case), reader)
    wrong = [f for f in found if f.severity is Severity.ERROR]
    doubts = [f for f in found if f.severity is not Severity.ERROR]
    if json:
        give(envelope("template check", ok=not wrong, data=[as_data(f) for f in found]))
    else:
        for finding in doubts:
            give("\n".join(lines(finding)))
    try:
        stop(wrong)
    except NkdocsError as error:
        end(error)
    if not json:
        give(f"No fault found, {len(doubts)} to look at." if doubts else "No fault found.")


def template_new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A Word file with tags in it.")],
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="The case (or office) folder it is put in.")
    ],
    *,
    reader: Annotated[Reader, typer.Option("--for", help="Who reads it.")] = Reader.INTERNAL,
    title: Annotated[str, typer.Option("--title", help="What it is called.")] = "",
    json: Json = False,
) -> None:
    """Begin a document from the tags of a Word file.

    Its questions are guessed from its own names; what the product asks already is not asked twice.
    """
    from nkdocs.packet import templates

    made = templates.new(file, _present(folder), reader, title)
    if json:
        data = {"document": made.document, "files": [str(f) for f in made.files],
                "questions": made.questions, "sections": list(made.sections),
                "left": list(made.left), "put_in": list(made.put_in)}  # fmt: skip
        give(envelope("template new", ok=True, data=data))
        return
    for path in made.files:
        give(str(path))
    for name in made.put_in:
        say(f"The text of {name} now stands where it was included")
    for name in made.left:
        say(f"Not taken over: {name}")
    used = ", ".join(made.sections) or "none"
    say(f"{questions(made.questions)} of its own; sections of the product used: {used}")
    todo = f"Word the questions in {made.files[0].name} with a text editor, then"
    if not made.questions:
        todo = f"Mend the tags in {made.files[1]}, then" if made.left else (
            "Its tags need no new question. Next")  # fmt: skip
    say(f"{todo}: nkdocs template check {made.document} --case {folder}")


def template_copy(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The document, for example pd-request.")
    ],
    case: Annotated[
        Path,
        typer.Argument(metavar="FOLDER", help="The case (or office) folder it is copied to."),
    ],
) -> None:
    """Copy a document's Word files into a case or office folder, to change them there."""
    from nkdocs.packet import templates

    for file in templates.copy(document, _present(case)):
        give(str(file))
    say(f"Change it in Word, save, then: nkdocs template check {document} --case {case}")


def _folder(case: Path | None) -> Path | None:
    return checked_folder(case) if case else None


def _present(case: Path) -> Path:
    """Return *case* if it is there.

    Raises:
        FileBusyError: it is not.
    """
    folder = checked_folder(case)
    if not folder.exists():
        msg = f"there is no folder {folder}"
        raise FileBusyError(msg, hint="Name the folder of a case or of the office.")
    return folder

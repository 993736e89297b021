"""What the commands share: opening a case, showing findings, the JSON envelope."""

import contextvars
import datetime as dt
import functools
import inspect
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, ParamSpec, TextIO, TypeVar

import typer
from msgspec.structs import replace

from nkdocs.diagnostics import Finding, Severity, State, shown
from nkdocs.errors import NkdocsError, UsageError
from nkdocs.ui.columns import wrapped

if TYPE_CHECKING:
    from nkdocs.bundle.passwords import Passwords
    from nkdocs.packet.desk import Desk
    from nkdocs.vault import Keys

_P = ParamSpec("_P")
_R = TypeVar("_R")
CasePath = Annotated[
    Path, typer.Argument(metavar="CASE", help="The case: its folder, or its answers file.")
]
AsState = Annotated[
    State, typer.Option("--as", help="How far it has come: draft, for-signature or final.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object, for other programs.")]
Preview = Annotated[
    bool, typer.Option("--preview", help="All pages small on one picture (PNG) beside the bundle.")
]
Ocr = Annotated[
    bool, typer.Option("--ocr", help="Recognise the text of scans, English and Korean (slow).")
]
Renumber = Annotated[
    bool, typer.Option("--renumber", help="Number in the order listed, though a final was made.")
]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say only what is wrong.")]
Office = Annotated[
    Path | None,
    typer.Option(
        "--office", metavar="FILE", envvar="NKDOCS_OFFICE", help="The office's office.yaml."
    ),
]
Identity = Annotated[
    list[Path] | None,
    typer.Option(
        "--identity",
        metavar="FILE",
        envvar="NKDOCS_IDENTITY",
        help="A file with your age key, for a locked case; repeatable.",
    ),
]
PasswordFile = Annotated[
    Path | None,
    typer.Option(
        "--password-file", metavar="FILE",
        help="Passwords of protected exhibits, one a line; asked for at a terminal otherwise.",
    ),
]  # fmt: skip
GROUPS = ("hurts the client", "clerk will reject", "ask yourself")

_KEYS: "contextvars.ContextVar[Keys | None]" = contextvars.ContextVar("keys", default=None)


def today() -> dt.date:
    """Return today's date; no other module reads the clock."""
    return dt.datetime.now(tz=dt.UTC).astimezone().date()


def day_of(text: str) -> dt.date | None:
    """Return the day of `--on`, None if none is given.

    Raises:
        UsageError: it is not a day.
    """
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        msg = "--on is not a day"
        raise UsageError(msg, hint="Write it as 2026-11-20.") from None


def open_case(
    path: Path, office: Path | None = None, tried: "Passwords | None" = None
) -> "Desk":
    """Open the case at *path* with everything at hand; *tried* opens protected exhibits."""
    from nkdocs.packet.desk import open_desk

    desk = open_desk(path, office=office, keys=_KEYS.get())
    return replace(desk, passwords=tried) if tried else desk


def content_of(file: Path) -> bytes:
    """Return what a file holds that was named, with the keys given if it is sealed."""
    from nkdocs.packet import sealed

    return sealed.contents(file, _KEYS.get())


def standing(file: Path) -> Path:
    """Return where a file stands that was named, which may be sealed under another name."""
    from nkdocs.packet import sealed

    return sealed.where(file)


def reading(desk: "Desk", *, keep: bool) -> "Desk":
    """Return *desk* with what recognises the text of scans; what it reads is kept, or not."""
    from nkdocs.packet import scans

    return scans.reading(desk, say, keep=keep)


def passwords(file: Path | None) -> "Passwords":
    """Return what gives the passwords to try for a protected exhibit.

    Those of the file first; then a person at a terminal is asked, three times at most. A password
    is never an argument: other people on the machine could read it in the list of processes.

    Raises:
        UsageError: the file cannot be read.
    """
    from nkdocs.bundle.passwords import trying

    try:
        lines = file.read_text("utf-8-sig").splitlines() if file else []
    except (OSError, ValueError):
        msg = f"the passwords in {file} cannot be read"
        raise UsageError(msg, hint="Name a text file in UTF-8 with one password a line.") from None
    asks = sys.stdin.isatty() and sys.stderr.isatty()
    before: list[str] = []
    return trying([line for line in lines if line], (lambda f: _asked(f, before)) if asks else None)


def _asked(file: str, before: list[str]) -> str:
    """Ask the person at the terminal for the password of a file; what is typed is not shown.

    The files that were asked for *before* tell when the answer to the last question was wrong.
    """
    wrong = "That does not open it. " if before[-1:] == [file] else ""
    before.append(file)
    try:
        return asked(f"{wrong}Password of {file} (Enter: none): ")
    except EOFError:  # Ctrl-D
        return ""


def questions(number: int) -> str:
    """Return a number of questions in words."""
    return f"{number} question{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """Say something to the person at the terminal (standard error)."""
    typer.echo(_fitted(shown(text, breaks=True), sys.stderr), err=True)


def give(text: str) -> None:
    """Give a result (standard output)."""
    typer.echo(_fitted(shown(text, breaks=True), sys.stdout))


def _fitted(text: str, stream: TextIO) -> str:
    """Return *text* broken between words where *stream* is a terminal; JSON stays as it is."""
    if text[:1] in {"{", "["} or not stream.isatty():
        return text
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        return text
    return wrapped(text, columns)


def envelope(command: str, *, ok: bool, data: Any = None, findings: Iterable[Finding] = ()) -> str:  # noqa: ANN401
    r"""Return the one JSON form of every command's result.

    All of it is ASCII: so `give` finds nothing to escape in its own way, which no JSON reader
    takes (`\x85`), and a terminal or pipe of any encoding can carry it.
    """
    return json.dumps(
        {
            "nkdocs": 1,
            "command": command,
            "ok": ok,
            "data": data,
            "findings": [as_data(f) for f in findings],
        },
        indent=2,
    )


def give_long(
    command: str, *, ok: bool, data: Mapping[str, object], name: str, items: Iterable[object]
) -> None:
    """Give what `envelope` would make with all *items* in the list *name* of *data*, one by one.

    *data* holds that list empty, in its place; of the items one is in memory at a time.
    """
    whole = envelope(command, ok=ok, data=data)
    before, after = whole.split(f'"{name}": []')  # the quotes of a text are written \"
    typer.echo(f'{before}"{name}": [', nl=False)
    lead = inner = "\n" + " " * 6
    for item in items:
        typer.echo(lead + json.dumps(item, indent=2).replace("\n", inner), nl=False)
        lead = f",{inner}"
    typer.echo(f"{'' if lead == inner else inner[:-2]}]{after}")


def as_data(finding: Finding) -> dict[str, object]:
    """Return a finding as plain data."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "class": finding.kind,
        "counts": finding.counts.value,
        "file": finding.place.file,
        "line": finding.place.line,
        "column": finding.place.column,
        "part": finding.place.part,
        "paragraph": finding.place.paragraph,
        "text": finding.place.text,
        "subject": finding.subject,
        "message": finding.message,
        "source": finding.source,
        "cure": finding.cure,
        "next": finding.hint,
        "fingerprint": finding.fingerprint,
    }


def answering(command: Callable[_P, _R], name: str = "") -> Callable[_P, _R]:
    """Let a command that was given --json tell what stops it as data, too.

    One that opens a case (it takes --office) takes --identity besides, and opens locked ones.
    """
    told = inspect.signature(command)
    opens = "office" in told.parameters

    @functools.wraps(command)
    def run(*given: _P.args, **named: _P.kwargs) -> _R:
        if opens:
            _KEYS.set(keys(named.pop("identity", None)))
        try:
            return command(*given, **named)
        except NkdocsError as error:
            stopped = error
        except OSError as error:
            from nkdocs import _atomic

            stopped = _atomic.full(error)
        if named.get("json"):
            give(_failed(name or command.__name__, stopped))
        raise stopped

    if opens:
        more = inspect.Parameter(
            "identity", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Identity
        )
        both = told.replace(parameters=[*told.parameters.values(), more])
        vars(run)["__signature__"] = both  # what Typer reads
    return run


def keys(files: object) -> "Keys":
    """Return the keys in *files*; a passphrase is asked for at the terminal, and nowhere else."""
    from nkdocs.vault import Keys

    named = [file for file in files if isinstance(file, Path)] if isinstance(files, list) else []
    return Keys(named, asked if _has_terminal() else None)


def the_keys() -> "Keys":
    """Return the keys the command was given, none where it was given none."""
    from nkdocs.vault import Keys

    return _KEYS.get() or Keys()


def asked(question: str) -> str:
    """Return the passphrase typed at the terminal: not shown, never from a pipe or a variable."""
    import getpass

    return getpass.getpass(shown(question))


def _has_terminal() -> bool:
    if sys.platform == "win32":
        return sys.stdin.isatty()
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True


def _failed(command: str, error: NkdocsError) -> str:
    """Return the envelope of a command that was stopped."""
    found = [f for f in error.faults if isinstance(f, Finding)]
    told = {"error": error.message, "next": error.hint, "exit_code": error.exit_code}
    rest = [str(f) for f in error.faults if not isinstance(f, Finding)]
    return envelope(command, ok=False, data={**told, "faults": rest}, findings=found)


def end(error: NkdocsError) -> NoReturn:
    """End a command whose result is given already: tell the error, and its exit code.

    Raises:
        Exit: always.
    """
    for line in show_error(error):
        say(line)
    raise typer.Exit(error.exit_code)


def lines(finding: Finding) -> list[str]:
    """Return a finding as the lines a person reads."""
    where = shown(finding.place)
    head = f"  {where}  {finding.code} {finding.severity}  {finding.message}"
    who = f"Who can cure it: {finding.cure}" if finding.cure else ""
    below = ". ".join(t.rstrip(".") for t in (finding.hint, who, finding.source) if t)
    return [head, *([f"      {below}."] if below else [])]


def show_findings(
    findings: Sequence[Finding], *, every: bool = False, most: int = 10, more: str = ""
) -> str:
    """Return findings by group, worst first, at most *most* unless *every* is asked for.

    What is left out is counted, with *more*, the command that shows it.
    """
    order = {Severity.ERROR: 0, Severity.WARN: 1, Severity.INFO: 2}
    wanted = [f for f in findings if every or f.severity is not Severity.INFO]
    ranked = sorted(wanted, key=lambda f: order[f.severity])
    kept = ranked if every else ranked[:most]
    out: list[str] = []
    for group in dict.fromkeys((*GROUPS, *(f.group for f in kept))):
        these = [f for f in kept if f.group == group]
        if these:
            out += [group or "the files themselves", *(line for f in these for line in lines(f))]
    left = len(findings) - len(kept)
    if left and kept:
        out.append(f"{len(kept)} shown, {left} more" + (f": {more}" if more else "."))
    return "\n".join(out)


def show_error(error: NkdocsError) -> list[str]:
    """Return the lines that tell an error: what, where, next step."""
    out = [f"nkdocs: {error.message}"]
    hints = [str(getattr(fault, "hint", "")) for fault in error.faults]
    several = len({hint for hint in hints if hint}) > 1
    for fault, hint, following in zip(error.faults, hints, [*hints, ""][1:], strict=True):
        out.append(f"  {shown(fault)}")
        if several and hint and hint != following:
            out.append(f"      {hint}")
    last = [error.hint] if error.hint not in hints else []
    last += [] if several else hints
    return [*out, *(f"  {hint}" for hint in dict.fromkeys(last) if hint)]


def checked_folder(path: Path) -> Path:
    """Return *path* if results may be written there.

    Raises:
        UsageError: it is a file.
    """
    if path.exists() and not path.is_dir():
        msg = f"{path} is a file, not a folder"
        raise UsageError(msg, hint="Name a folder for the results.")
    return path

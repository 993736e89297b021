"""The application: every command, and the one place that turns errors into exit codes."""

import io
import platform
import sys
import traceback
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated

import typer

from nkdocs.cli import batch, begin, cases, law, overview, papers, templates, tools
from nkdocs.cli import interview as interviews
from nkdocs.cli.common import say, show_error
from nkdocs.errors import NkdocsError

app = typer.Typer(
    name="nkdocs",
    help="Assemble legal documents and exhibit bundles: interview, check, fill, build.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,  # let NkdocsError pass through to main()
    pretty_exceptions_show_locals=False,  # locals hold the client's answers
)
tools.begin(app)  # in the order in which a case comes to need them: so --help lists them
begin.register(app)
interviews.register(app)
papers.register(app)
cases.register(app)
overview.register(app)
batch.register(app)
law.register(app)
tools.register(app)
templates.register(app)


def _version(value: bool) -> None:  # noqa: FBT001 - Typer's callback signature
    if value:
        typer.echo(f"nkdocs {_number()}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Assemble legal documents and exhibit bundles: interview, check, fill, build.

    Start with `nkdocs demo`. Not legal advice: the attorney who signs confirms the law.
    """
    del show


def main() -> int:
    """Run the command line; turn every error into a message and an exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr: Hangul on a Western pipe
    try:
        app()  # Typer ends by itself: 0, its own usage errors 2, Ctrl-C 130
    except NkdocsError as error:
        for line in show_error(error):
            say(line)
        return error.exit_code
    except Exception as error:  # noqa: BLE001 - last resort: say where, never what was answered
        say(report(error))
        return 1
    return 0


def report(error: BaseException) -> str:
    """Return the kind and place of *error* and the versions; never its text or any value.

    The text of an exception may quote an answer: it is left out.
    """
    frames = traceback.extract_tb(error.__traceback__)
    head = [
        f"nkdocs: this is a defect in nkdocs ({type(error).__name__}); please report these lines:",
        f"  nkdocs {_number()}, Python {platform.python_version()}, {platform.system()}",
    ]
    return "\n".join([*head, *(f"  {f.name} ({f.filename}:{f.lineno})" for f in frames)])


def _number() -> str:
    try:
        return version("nkdocs")
    except PackageNotFoundError:
        return "(not installed)"

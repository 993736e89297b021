"""The application: every command, and the one place that turns errors into exit codes."""

import io
import sys
from typing import Annotated

import typer

from nkdocs.cli import (
    batch,
    begin,
    cases,
    copies,
    crash,
    diff,
    law,
    locks,
    overview,
    papers,
    templates,
    tools,
)
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
copies.register(app)
overview.register(app)
batch.register(app)
diff.register(app)
law.register(app)
locks.register(app)
tools.register(app)
templates.register(app)

_debug: list[bool] = []  # whether --debug was asked for in this run


def _version(value: bool) -> None:  # noqa: FBT001 - Typer's callback signature
    if value:
        typer.echo(f"nkdocs {crash.number()}")
        raise typer.Exit


@app.callback()
def _options(
    *,
    show: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
    debug: Annotated[
        bool,
        typer.Option(
            "--debug", help="If nkdocs fails, show also what may quote answers; it says so first."
        ),
    ] = False,
) -> None:
    """Assemble legal documents and exhibit bundles: interview, check, fill, build.

    Start with `nkdocs demo`. Not legal advice: the attorney who signs confirms the law.
    """
    del show
    if debug:
        _debug.append(True)
        say(crash.REVEALS)


def main() -> int:
    """Run the command line; turn every error into a message and an exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr: Hangul on a Western pipe
    _debug.clear()
    crash.keep_quiet()
    try:
        app()  # Typer ends by itself: 0, its own usage errors 2, Ctrl-C 130
    except NkdocsError as error:
        for line in show_error(error):
            say(line)
        return error.exit_code
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001 - last resort: say where, never what was answered
        say(crash.report(error, debug=bool(_debug)))
        return 1
    return 0

"""The application without a command: its name, its help, and the options of all commands."""

from typing import Annotated

import typer

from nkdocs.cli import crash
from nkdocs.cli.common import say

debugging: list[bool] = []  # whether --debug was asked for in this run


def _version(value: bool) -> None:  # noqa: FBT001 - Typer's callback signature
    if value:
        typer.echo(f"nkdocs {crash.number()}")
        raise typer.Exit


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
        debugging.append(True)
        say(crash.REVEALS)


def bare() -> typer.Typer:
    """Return the application without a command."""
    app = typer.Typer(
        name="nkdocs",
        help="Assemble legal documents and exhibit bundles: interview, check, fill, build.",
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,  # of whoever calls it without `main`, as tests do
        pretty_exceptions_show_locals=False,  # locals hold the client's answers
    )
    app.callback()(_options)
    return app

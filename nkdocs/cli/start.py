"""Starts a command: loads the room it stands in alone, and turns errors into exit codes."""

import atexit
import gc
import importlib
import io
import sys
from collections.abc import Sequence

import typer
from typer.main import get_command
from typer.models import CommandInfo

from nkdocs.cli import crash
from nkdocs.cli.bare import bare, debugging
from nkdocs.cli.common import say, show_error
from nkdocs.cli.options import read_plainly
from nkdocs.errors import NkdocsError

#: The commands whose room needs none of the others, and the module of that room.
ROOMS = {
    "new": "begin", "interview": "interview", "schema": "interview", "fill": "papers",
    "build": "papers", "check": "papers", "bundle": "cases", "sign": "cases", "sent": "cases",
    "redact": "copies", "status": "overview", "timeline": "overview", "batch": "batch",
    "diff": "diff", "authorities": "law", "lock": "locks", "unlock": "locks", "why": "tools",
    "doctor": "tools",
}  # fmt: skip
# At the end everything goes at once: Python need not first look through it for circles. Files and
# children are closed by those that opened them, never by being thrown away.
atexit.register(gc.freeze)


def for_words(words: Sequence[str]) -> typer.Typer:
    """Return the application that answers *words*: with one room, or with all of them.

    Whatever does not begin with the name of a command (help, options, a slip) needs them all.
    """
    room = ROOMS.get(words[0]) if words else None
    if room is None:
        from nkdocs.cli.app import app

        return app
    one = bare()
    importlib.import_module(f"nkdocs.cli.{room}").register(one)
    one.registered_commands = [c for c in one.registered_commands if _name(c) == words[0]]
    return one


def _name(command: CommandInfo) -> str:
    return command.name or str(getattr(command.callback, "__name__", ""))


def main() -> int:
    """Run the command line; turn every error into a message and an exit code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # as stderr: Hangul on a Western pipe
    debugging.clear()
    crash.keep_quiet()
    try:
        command = get_command(for_words(sys.argv[1:]))
        read_plainly(command)
        command()  # Typer ends by itself: 0, its own usage errors 2, Ctrl-C 130
    except NkdocsError as error:
        for line in show_error(error):
            say(line)
        return error.exit_code
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001 - last resort: say where, never what was answered
        say(crash.report(error, debug=bool(debugging)))
        return 1
    return 0

"""A command is answered by its own room alone, as the whole application would answer it."""

import subprocess
import sys

import pytest
import typer
from typer.testing import CliRunner

from nkdocs.cli.app import app
from nkdocs.cli.start import ROOMS, for_words

ELSEWHERE = {"demo", "template"}  # `demo` comes first in the help; `template` is of two rooms
WATCHED = """
import sys
sys.argv = ["nkdocs", "status", "nowhere"]
from nkdocs.cli import main
main()
print(*(name for name in sys.modules if name.startswith("nkdocs.cli.")))
"""


def test_every_command_has_a_room() -> None:
    """A new one is entered in the table, or named here with its reason."""
    commands = getattr(typer.main.get_command(app), "commands", {})

    assert set(ROOMS) | ELSEWHERE == set(commands)


@pytest.mark.parametrize("command", sorted(ROOMS))
def test_a_room_says_the_same_of_its_command(command: str) -> None:
    """The help is that of the whole application, its first line included."""
    one, whole = (
        CliRunner().invoke(a, [command, "--help"], prog_name="nkdocs")
        for a in (for_words([command]), app)
    )

    assert one.exit_code == 0
    assert f"nkdocs {command} " in one.output
    assert one.output == whole.output


@pytest.mark.parametrize("words", [[], ["--help"], ["--debug", "fill"], ["fil"], ["template"]])
def test_whatever_else_is_said_goes_to_the_whole_application(words: list[str]) -> None:
    """Options before a command, and slips, whose answer suggests the nearest command."""
    assert for_words(words) is app


def test_no_other_room_is_loaded() -> None:
    """`status` loads neither the commands of the Word side nor those of the night run."""
    run = [sys.executable, "-c", WATCHED]
    done = subprocess.run(run, capture_output=True, text=True, check=True)

    rooms = {f"nkdocs.cli.{room}" for room in ROOMS.values()}
    assert rooms & set(done.stdout.split()) == {"nkdocs.cli.overview"}

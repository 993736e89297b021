"""The help of the whole program is a page kept ready: it appears at once and is never stale."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import sys
from nkdocs.cli import main
sys.argv = ["/somewhere/nkdocs", *sys.argv[1:]]
try:
    code = main()
finally:
    print("typer" in sys.modules, file=sys.stderr)
sys.exit(code)
"""


def run(columns: str, *words: str) -> tuple[str, bool]:
    """Return what the program says in a terminal so wide, and whether Typer was needed."""
    around = {**os.environ, "COLUMNS": columns}
    command = [sys.executable, "-c", WATCHED, *words]
    done = subprocess.run(command, env=around, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr.strip() == "True"


def test_help_needs_no_typer() -> None:
    """It is the page that `tests.doc_pages` writes, whose staleness has a test of its own."""
    told, live = run("120", "--help")

    assert not live
    page = Path(__file__).parents[2] / "nkdocs" / "cli" / "help.txt"
    assert told == page.read_text("utf-8")


@pytest.mark.parametrize("columns", ["60", "wide"])
def test_help_fits_a_narrow_terminal(columns: str) -> None:
    """Where the page would not fit, or nobody knows, the help is made anew."""
    told, live = run(columns, "--help")

    assert live
    if columns == "60":
        assert max(map(len, told.splitlines())) <= 60


def test_help_of_a_command_is_its_own() -> None:
    """The ready page is that of the whole program alone."""
    told, live = run("120", "fill", "--help")

    assert live
    assert "Usage: " in told
    assert " fill " in told.splitlines()[0]

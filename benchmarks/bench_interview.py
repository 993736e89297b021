# ruff: noqa: INP001 - a script, not a package
"""How long the next prompt takes after an answer: ours, plain questionary, copier.

Run `python benchmarks/bench_interview.py [--copier PYTHON] [ANSWERS]`. Each way puts questions in
a terminal of prompt_toolkit whose keys come from a pipe; ours saves each answer in a case that
holds four hundred. The ways take turns; quote the ratios of the medians, never the times.

`--copier` names a Python in whose environment copier is installed: it asks the same number of
questions there, and its `--help` is compared too.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import questionary
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from nkdocs._resources import shipped
from nkdocs.packet.desk import open_desk
from nkdocs.ui.book import Book
from nkdocs.ui.prompts import TerminalPrompter
from nkdocs.ui.session import Session

ROUNDS = 3
PATH = "case.judge"

_COPIER = """
import sys, tempfile, time
from pathlib import Path
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
import copier
count = int(sys.argv[1])
with tempfile.TemporaryDirectory() as folder:
    source = Path(folder) / "t"
    source.mkdir()
    lines = "".join(f"q{n}: {{type: str, default: ''}}\\n" for n in range(count))
    (source / "copier.yml").write_text(lines)
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text("answer\\r" * count)
        begun = time.process_time()
        copier.run_copy(str(source), str(Path(folder) / "out"), quiet=True)
        print((time.process_time() - begun) / count)
"""
_TYPER = "import typer\napp = typer.Typer()\n@app.callback()\ndef main(): pass\napp()"


def typed(ask: Callable[[], None], keys: str) -> float:
    """Return the seconds that *ask* takes when *keys* are typed."""
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        pipe.send_text(keys)
        begun = time.process_time()
        ask()
        return time.process_time() - begun


def plain(count: int) -> float:
    """Ask lines with questionary alone; return the seconds for each."""

    def ask() -> None:
        for number in range(count):
            questionary.text(f"Question {number}?").unsafe_ask()

    return typed(ask, "answer\r" * count) / count


class Repeated(Session):
    """A session that puts one question again and again, as if each were the next."""

    def repeat(self, path: str, count: int) -> None:
        """Ask *path* so often; every answer is saved, and the next question looked for."""
        for _ in range(count):
            step = self.book.step(path)
            assert step is not None  # noqa: S101 - a script
            self._once(step)


def ours(case: Path, count: int) -> float:
    """Ask a line of a case of four hundred answers; return the seconds for each."""
    desk = open_desk(case)
    book = Book(desk.case, desk.catalogue, desk.documents())
    session = Repeated(book, TerminalPrompter())
    keys = "".join(f"\x05 {n}\r" for n in range(count))  # the end of the line, and something more
    out, sys.stdout = sys.stdout, Path("/dev/null").open("w")  # noqa: SIM115 - for a moment
    try:
        return typed(lambda: session.repeat(PATH, count), keys) / count
    finally:
        sys.stdout = out


def program(*words: str) -> float:
    """Return the seconds of CPU time that a program takes."""
    begun = os.times()
    subprocess.run(words, check=True, capture_output=True)  # noqa: S603 - our own words
    ended = os.times()
    return ended.children_user + ended.children_system - begun.children_user - begun.children_system


def main() -> None:
    """Measure, and print the ratios."""
    reader = argparse.ArgumentParser()
    reader.add_argument("count", nargs="?", type=int, default=60)
    reader.add_argument("--copier", default="")
    given = reader.parse_args()
    ways: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "demo"
        shutil.copytree(shipped("answers") / "demo", case)
        for _ in range(ROUNDS):
            ways.setdefault("plain questionary", []).append(plain(given.count))
            ways.setdefault("ours, saving included", []).append(ours(case, given.count))
            if given.copier:
                words = (given.copier, "-c", _COPIER, str(given.count))
                done = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - as above
                ways.setdefault("copier, nothing saved", []).append(float(done.stdout))
    _show(ways, "plain questionary")
    helps: dict[str, list[float]] = {}
    for _ in range(ROUNDS * 2):
        helps.setdefault("an empty Typer app", []).append(
            program(sys.executable, "-c", _TYPER, "--help")
        )
        helps.setdefault("nkdocs --help", []).append(
            program(str(Path(sys.executable).with_name("nkdocs")), "--help")
        )
        if given.copier:
            helps.setdefault("copier --help", []).append(
                program(given.copier, "-m", "copier", "--help")
            )
    _show(helps, "an empty Typer app")


def _show(ways: dict[str, list[float]], base: str) -> None:
    medians = {name: statistics.median(times) for name, times in ways.items()}
    for name, median in medians.items():
        print(f"{name}: {median / medians[base]:.2f} ({median * 1000:.1f} ms here)")  # noqa: T201 - a script


if __name__ == "__main__":
    main()

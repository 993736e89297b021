# ruff: noqa: INP001 - a script, not a package
"""What whole commands cost, started anew each time, against an empty Typer command.

Run `python benchmarks/bench_command.py [ROUNDS]`. Another case is filled before anything is
measured: what is kept on disk then is what comes with the program, none of the answers. All
modules stand compiled, as pip leaves them. The ways take turns; quote the ratios of the medians
of CPU time, never the times.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from nkdocs._resources import shipped

DOCUMENT = "asylum-declaration"  # it is no filing's: no exhibit is opened
EMPTY = """import typer
app = typer.Typer()
@app.command()
def main(name: str = "") -> None:
    typer.echo(name)
app()
"""
#: What pip writes as the command `nkdocs`.
COMMAND = "import sys\nfrom nkdocs.cli import main\nsys.exit(main())\n"


def cost(command: list[str], around: dict[str, str]) -> float:
    """Return the CPU seconds of *command* and all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True, env=around)  # noqa: S603 - our own
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure, and print the ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as place:
        names = ("case", "other", "empty.py", "nkdocs-command.py")
        case, other, empty, command_file = (Path(place) / name for name in names)
        shutil.copytree(shipped("answers") / "demo", case)
        shutil.copytree(shipped("answers") / "samples" / "ninth-circuit", other)
        empty.write_text(EMPTY)
        command_file.write_text(COMMAND)
        around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        around |= {"PYTHONPYCACHEPREFIX": f"{place}/pyc", "XDG_CACHE_HOME": f"{place}/cache"}
        own = [sys.executable, str(command_file)]
        ways = {
            "an empty Typer command": [sys.executable, str(empty)],
            "nkdocs fill CASE DOCUMENT, for the first time": [*own, "fill", str(case), DOCUMENT],
            "the same again, unchanged": [*own, "fill", str(case), DOCUMENT],
            "nkdocs status CASE": [*own, "status", str(case)],
        }
        for command in (ways["an empty Typer command"], [*own, "fill", str(other), DOCUMENT],
                        [*own, "status", str(other)]):  # fmt: skip
            cost(command, around)
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(rounds):
            shutil.rmtree(case / "out", ignore_errors=True)
            for name, command in ways.items():
                times[name].append(cost(command, around))
    medians = {name: statistics.median(found) for name, found in times.items()}
    base = medians["an empty Typer command"]
    for name, median in medians.items():
        print(f"{name}: {median / base:.2f} ({median * 1000:.0f} ms here)")  # noqa: T201 - a script


if __name__ == "__main__":
    main()

# ruff: noqa: INP001 - a script, not a package
"""The night run beside what an office would write itself: a loop of docxtpl and SafeLoader.

Run `PYTHONPATH=. python benchmarks/bench_batch.py letters|pdf [NUMBER] [ROUNDS]`, or
`rows [NUMBER] [WORKERS]`. Each way is a whole process of its own, started in turn; quote the
ratios of the medians of CPU time (children included), never the times: they belong to the machine.
With NODE_MODULES naming the folder where docxtemplater, pizzip and js-yaml are installed,
docxtemplater takes part. Before anything is measured the letters are compared.
"""

import contextlib
import csv
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench_fill import said
from night import LOOP, Night, Stories

from nkdocs.documents import edited

ROOT = Path(__file__).resolve().parents[1]
PEER = Path(__file__).with_name("peer_docxtemplater.js")
#: The columns of a list, and what stands in a row of it: of each list one item.
COLUMNS = {
    "case": "{n}", "meta.as_of": "2026-11-20", "appearance.form": "eoir-28",
    "case.proceeding": "removal_240", "case.stage": "individual_set",
    "case.court": "eoir-new-york-federal-plaza", "case.circuit": "ca2",
    "case.judge": "R. Castellane", "case.pleadings": "denied",
    "case.nta_date": "2021-10-05", "case.detained": "no",
    "case.next_hearing.kind": "individual", "case.next_hearing.when": "2027-02-11 09:00",
    "case.i589.filed": "yes", "case.i589.filed_on": "2023-01-19", "case.i589.received_by": "court",
    "respondents[].lead": "yes", "respondents[].name": "SEO Number{n}",
    "respondents[].a_number": "A000-{a:03d}-{b:03d}", "respondents[].pronoun": "she",
    "respondents[].born": "about 1986", "respondents[].language": "Korean",
    "respondents[].birth_place": "Musan County, North Korea",
    "respondents[].understands_english": "no", "respondents[].reads_english": "no",
    "dprk.lived": "yes", "dprk.province": "North Hamgyong Province",
    "dprk.exit_when": "winter 2008", "dprk.childhood": "I was born there.",
    "dprk.exit_reason": "I was afraid.",
    "dprk.occupation": "I worked in a food workshop.", "china.lived": "no",
    "family[].relation": "mother", "family[].status": "does not know", "family[].country": "KP",
    "events[].when": "winter 2006", "events[].where": "Musan, North Korea",
    "events[].told": "{told}", "events[].who": "Two men.",
}  # fmt: skip


def cost(command: Sequence[object], allowed: Sequence[int] = (0,)) -> float:
    """Return the CPU seconds of a process and its children."""
    around = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    around |= {"PYTHONPATH": str(ROOT)}  # what is installed is compiled
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = subprocess.DEVNULL
    done = subprocess.run(  # noqa: S603 - our own commands
        [*map(str, command)], env=around, check=False, stdout=quiet, stderr=subprocess.PIPE
    )
    if done.returncode not in allowed:
        raise SystemExit(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def nkdocs(*arguments: object) -> float:
    """Return what a command of ours costs."""
    return cost([sys.executable, "-m", "nkdocs", *arguments])


def compared(ways: dict[str, Callable[[], float]], rounds: int, letters: int) -> None:
    """Let the ways take turns; print medians by letter and ratios against the first way."""
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            costs[name].append(way())
    base = statistics.median(costs[next(iter(ways))])
    for name, taken in costs.items():
        middle = statistics.median(taken)
        out(f"{name:34} {1000 * middle / letters:8.2f} ms a letter   {base / middle:6.2f} x")


def letters(number: int, rounds: int) -> None:
    """YAML cases to DOCX: the peers' loops, ours the first night, ours the second night."""
    with tempfile.TemporaryDirectory() as work:
        few = Path(work) / "few"
        few.mkdir()
        for way in _ways(Night(few, 3)).values():
            way()
        _alike(few)
        every = Path(work) / "every"
        every.mkdir()
        compared(_ways(Night(every, number)), rounds, number)


def _ways(night: Night) -> dict[str, Callable[[], float]]:
    """Return the ways to make the letters of a night, by name; each returns what it cost."""
    turn = iter(range(10_000))
    nights: list[Path] = []

    def ours() -> float:
        return nkdocs("batch", night.cases, "-d", "letter", "-o", nights[-1], "-j", 1, "-q")

    def loop() -> float:
        made = night.folder / f"loop-{next(turn)}"
        return cost([sys.executable, "-c", LOOP, night.flat, made, night.word])

    def node() -> float:
        made = night.folder / f"node-{next(turn)}"
        return cost(["node", PEER, os.environ["NODE_MODULES"], night.flat, made, night.node])

    def anew() -> float:  # a new folder, as the loops have: near deleted files ext4 is slow
        nights.append(night.folder / f"night-{next(turn)}")
        return ours()

    ways: dict[str, Callable[[], float]] = {"docxtpl + SafeLoader": loop}
    if "NODE_MODULES" in os.environ:
        ways["docxtemplater + js-yaml"] = node
    return {**ways, "nkdocs batch -j 1": anew, "the same, unchanged": ours}


def _alike(folder: Path) -> None:
    """Require that everybody's letter of the third case says the same.

    Raises:
        SystemExit: it does not.
    """
    files = [*folder.glob("loop-*/00002.docx"), *folder.glob("node-*/00002.docx")]
    theirs = [said(file.read_bytes()) for file in files]
    (ours,) = folder.glob("night-*/letter/0003.docx")
    mine = edited.unmark(ours.read_bytes(), "a letter")
    if not all(one == said(mine) for one in theirs):
        msg = "the letters differ: nothing is measured"
        raise SystemExit(msg)
    out(f"the letters of {len(theirs)} peers say the same as ours: {len(theirs[0])} paragraphs")


def pdf(number: int, rounds: int) -> None:
    """DOCX to PDF: one soffice a file (of the first twenty) against the whole batch."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        night = Night(folder, number)
        first = folder / "first"
        nkdocs("batch", night.cases, "-d", "letter", "-o", first, "-q")
        words = sorted((first / "letter").glob("*.docx"))[:20]
        turn = iter(range(10_000))

        def each() -> float:
            made, home = folder / f"each-{next(turn)}", folder / "home"
            convert = ["soffice", "--headless", f"-env:UserInstallation={home.as_uri()}"]
            convert += ["--convert-to", "pdf", "--outdir", str(made)]
            return sum(cost([*convert, word]) for word in words) * number / len(words)

        def ours() -> float:
            made = folder / f"ours-{next(turn)}"
            return nkdocs("batch", night.cases, "-d", "letter", "-o", made, "-j", 2, "--pdf", "-q")

        compared({"one soffice a file": each, "nkdocs batch -j 2 --pdf": ours}, rounds, number)


def rows(number: int, workers: int) -> None:
    """A CSV of any length: time for each tenth of it, and the most memory of each process."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        Night(folder, 0)
        file, made = folder / "list.csv", folder / "out"
        with file.open("w", encoding="utf-8", newline="") as text:
            line = csv.writer(text)
            line.writerow(COLUMNS)
            for n in range(number):
                own = {"n": n, "a": n // 1000, "b": n % 1000, "told": Stories(n).words(25)}
                line.writerow([cell.format(**own) for cell in COLUMNS.values()])
        command = [sys.executable, "-m", "nkdocs", "batch", file, "-d", "letter", "-o", made, "-q",
                   "-j", workers]  # fmt: skip
        began = last = time.monotonic()
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*map(str, command)], env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
        )  # fmt: skip
        tenths = [made / f"letter/{number * n // 10:04d}.docx" for n in range(1, 11)]
        most: dict[str, int] = {}
        while process.poll() is None:
            _look(process.pid, most)
            if tenths and tenths[0].exists():
                now = time.monotonic()
                size = {name: f"{kb // 1024} MB" for name, kb in most.items()}
                out(f"{tenths.pop(0).stem:>8} rows  {now - last:6.0f} s  {size}")
                last = now
            time.sleep(0.5)
        size = {name: f"{kb // 1024} MB" for name, kb in most.items()}
        out(f"exit {process.returncode}, {time.monotonic() - began:.0f} s, at most {size}")


def _look(pid: int, most: dict[str, int]) -> None:
    """Note the most memory (kB) that a process and its children have had so far."""
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    with contextlib.suppress(OSError):
        for number, child in enumerate([str(pid), *listed.read_text("ascii").split()]):
            told = Path(f"/proc/{child}/status").read_text("ascii")
            peak = next((ln.split()[1] for ln in told.splitlines() if ln.startswith("VmHWM")), "0")
            name = f"worker {number}" if number else "writer"
            most[name] = max(most.get(name, 0), int(peak))


def out(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    chosen = {"letters": (letters, 1000), "pdf": (pdf, 100), "rows": (rows, 100_000)}
    measure, usual = chosen[sys.argv[1]]
    given = [int(argument) for argument in sys.argv[2:]]
    measure(*(given + [usual, 2 if measure is rows else 3][len(given) :]))

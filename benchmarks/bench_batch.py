# ruff: noqa: INP001 - a script, not a package
"""The night run beside what an office would write itself: a loop of docxtpl and SafeLoader.

Run `python benchmarks/bench_batch.py letters|pdf|rows [NUMBER] [ROUNDS]`. Each way is a
whole process of its own, started in turn; quote the ratios of the medians of CPU time (children
included), never the times: they belong to the machine.
"""

import csv
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import docx

ROOT = Path(__file__).resolve().parents[1]
INTERVIEW = """document: letter
title: A letter
audience: court
use: [meta, office, respondents, identity, family, events]
files:
- {file: letter.docx, title: A letter, audience: court}
questions: []
"""
PARAGRAPH = (
    "We write about your case before the immigration court, which is now open. This letter says "
    "what we have done, what happens next, and what we need from you. Please read it with care, "
    "bring it to our next meeting, and call us at any time if something has changed since then."
)
LINES = (
    "{{ office.name }}",
    "Dear {{ respondents[0].name.legal }},",
    "Your A-number is {{ respondents[0].a_number }}; you were born in {{ respondents[0].born }}.",
    *(f"{n}. {PARAGRAPH}" for n in range(1, 13)),
    "{%p for one in family %}",
    "Of your family we have written down your {{ one.relation }} in {{ one.country }}.",
    "{%p endfor %}",
    "{%p for event in events %}",
    "You told us of {{ event.when }}: {{ event.told }}",
    "{%p endfor %}",
    *(f"{n}. {PARAGRAPH}" for n in range(13, 22)),
    "{%p if meta.as_of %}",
    "Written on {{ meta.as_of }} by {{ office.name }}.",
    "{%p endif %}",
)
TOLD = (
    "Number {number}: two men from the security department came at night. They asked about the "
    "films that my cousin had copied, and about the telephone that was found with the neighbor."
)
SYLLABLES = "ba de fi go hu ka le mi no pu ra se ti vo wu".split()
LOOP = """
import sys, pathlib, yaml
from docxtpl import DocxTemplate
out = pathlib.Path(sys.argv[2]); out.mkdir()
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.yaml")):
    if file.name == "office.yaml":
        continue
    answers = yaml.safe_load(file.read_text("utf-8"))
    word = DocxTemplate(sys.argv[3])
    word.render(answers, autoescape=True)
    word.save(out / (file.stem + ".docx"))
"""


def case(number: int) -> str:
    """Return the answers of one client, whose story is nobody else's: about a hundred lines."""
    own = random.Random(number)  # noqa: S311 - the same in every run
    lines = ["answers: 1", "meta: {as_of: 2026-11-20}", "office: {name: A clinic}", "respondents:"]
    lines += [f"- id: r{number}", "  lead: yes", f"  name: {{legal: SEO Number{number}}}"]
    digits = f"A000-{number // 1000:03d}-{number % 1000:03d}"
    lines += [f"  a_number: {digits}", "  born: about 1986", "  pronoun: she", "family:"]
    for n in range(8):
        lines += [f"- id: f{n}", f"  name: {{legal: SEO Family{n}}}"]
        lines += ["  relation: child", "  country: KP"]
    lines += ["events:"]
    for n in range(8):
        told = " ".join("".join(own.choices(SYLLABLES, k=3)) for _ in range(30))
        lines += [f"- id: e{n}", "  when: winter 2006", "  where: {country: KP, place: Musan}"]
        lines += ["  harm: [detention]", f"  told: '{told}'"]
    return "\n".join(lines) + "\n"


def prepared(folder: Path, number: int) -> Path:
    """Make an office with its letter and *number* cases; return the template."""
    own = folder / "templates" / "letter"
    own.mkdir(parents=True)
    (folder / "office.yaml").write_text("office: {}\n", "utf-8")
    (own / "interview.yaml").write_text(INTERVIEW, "utf-8")
    word = own / "letter.docx"
    drawn = docx.Document()  # with the styles that Word documents carry
    drawn.sections[0].header.paragraphs[0].text = "{{ office.name }}"
    drawn.sections[0].footer.paragraphs[0].text = "A-number {{ respondents[0].a_number }}"
    for line in LINES:
        drawn.add_paragraph(line)
    drawn.save(str(word))
    cases = folder / "cases"
    cases.mkdir()
    for n in range(number):
        (cases / f"{n:05d}.yaml").write_text(case(n), "utf-8")
    return word


def cost(command: Sequence[object], allowed: Sequence[int] = (0,)) -> float:
    """Return the CPU seconds of a process and its children."""
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
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
    """YAML cases to DOCX: the loop, ours the first night, ours the second night."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        word = prepared(folder, number)
        turn = iter(range(10_000))

        def ours() -> float:
            made = folder / f"ours-{next(turn)}"
            return nkdocs("batch", folder / "cases", "-d", "letter", "-o", made, "-j", 1, "-q")

        def again() -> float:
            made = folder / "ours-again"
            return nkdocs("batch", folder / "cases", "-d", "letter", "-o", made, "-j", 1, "-q")

        def loop() -> float:
            made = folder / f"loop-{next(turn)}"
            return cost([sys.executable, "-c", LOOP, folder / "cases", made, word])

        again()
        compared({"docxtpl + SafeLoader": loop, "nkdocs batch -j 1": ours,
                  "nkdocs batch -j 1, unchanged": again}, rounds, number)  # fmt: skip


def pdf(number: int, rounds: int) -> None:
    """DOCX to PDF: one soffice a file (of the first twenty) against the whole batch."""
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        prepared(folder, number)
        first = folder / "first"
        nkdocs("batch", folder / "cases", "-d", "letter", "-o", first, "-q")
        words = sorted((first / "letter").glob("*.docx"))[:20]
        turn = iter(range(10_000))

        def each() -> float:
            made, home = folder / f"each-{next(turn)}", folder / "home"
            convert = ["soffice", "--headless", f"-env:UserInstallation={home.as_uri()}"]
            convert += ["--convert-to", "pdf", "--outdir", str(made)]
            return sum(cost([*convert, word]) for word in words) * number / len(words)

        def ours() -> float:
            made = folder / f"ours-{next(turn)}"
            return nkdocs("batch", folder / "cases", "-d", "letter", "-o", made, "-j", 2, "--pdf",
                          "-q")  # fmt: skip

        compared({"one soffice a file": each, "nkdocs batch -j 2 --pdf": ours}, rounds, number)


def rows(number: int, rounds: int) -> None:
    """A CSV of any length: memory of the largest process, and time against a tenth of it."""
    del rounds
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        prepared(folder, 0)
        for count in (number // 10, number):
            file = folder / f"list-{count}.csv"
            with file.open("w", encoding="utf-8", newline="") as text:
                line = csv.writer(text)
                line.writerow(["case", "meta.as_of", "respondents[].name.legal", "events[].told"])
                for n in range(count):
                    line.writerow([n, "2026-11-20", f"SEO Number{n}", TOLD.format(number=n)])
            began = time.monotonic()
            used = nkdocs("batch", file, "-d", "letter", "-o", folder / f"out-{count}", "-q")
            most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            took = time.monotonic() - began
            out(f"{count:8} rows  {1000 * used / count:7.2f} ms CPU a letter  {took:7.0f} s  "
                f"at most {most} MB a process")  # fmt: skip


def out(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    chosen = {"letters": (letters, 1000), "pdf": (pdf, 100), "rows": (rows, 100_000)}
    measure, usual = chosen[sys.argv[1]]
    given = [int(argument) for argument in sys.argv[2:]]
    measure(*(given + [usual, 3][len(given) :]))

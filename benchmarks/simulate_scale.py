# ruff: noqa: INP001 - a script, not a package
"""What a night needs: workers that take letters from one queue, one writer, a disk that syncs.

Run `python benchmarks/simulate_scale.py`. Costs are those measured by bench_batch.py and
bench_bundle.py on this computer; change them below. The queue, the writer and crashes are
simulated event by event, for a share of the letters, and scaled.
"""

import heapq
import random
import sys
from dataclasses import dataclass

SHARE = 20_000  # letters that are simulated of a night


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds of CPU, and of the writer's disk.

    Attributes:
        letter: one DOCX by a worker.
        pdf: its PDF, LibreOffice started once for many.
        write: what the one writing process takes for a letter: its CPU on a quiet disk (2 ms were
            measured), or its waiting on a busy one (19 ms).
        start: a worker's start: it is a copy of the process that writes.
        crash: letters of a hundred thousand that take their worker with them.
    """

    letter: float = 0.005
    pdf: float = 0.11
    write: float = 0.002
    start: float = 0.2
    crash: float = 2.0
    size: int = 16  # letters of a task


@dataclass(frozen=True, slots=True)
class Night:
    """What came out: hours, and how busy workers and writer were."""

    hours: float
    workers: float
    writer: float


def night(letters: int, cores: int, costs: Costs, *, pdf: bool) -> Night:
    """Let *cores* workers make *letters*; one writer takes in what they bring."""
    chance = random.Random(1)  # noqa: S311 - a simulation
    many = min(letters, SHARE)
    each = costs.letter + (costs.pdf if pdf else 0.0)
    free = [costs.start] * cores
    heapq.heapify(free)
    writer = busy = written = 0.0
    left = many
    while left:
        size = min(costs.size, left)
        left -= size
        begun = heapq.heappop(free)
        took = size * each * chance.uniform(0.7, 1.3)
        if chance.random() < size * costs.crash / 100_000:
            took += costs.start * 4 + size * each  # halved until it is known which letter it was
        busy += took
        done = begun + took
        writer = max(writer, done) + size * costs.write
        written += size * costs.write
        heapq.heappush(free, max(done, writer - costs.size * costs.write * cores * 2))
    span = max(writer, *free)
    scale = letters / many
    return Night(span * scale / 3600, busy / (span * cores), written / span)


def out(line: str) -> None:
    """Print one line."""
    sys.stdout.write(line + "\n")


def main() -> None:
    """Print a row for each office."""
    plans = [("laptop", 2, 300), ("laptop", 4, 1_000), ("office server", 16, 20_000),
             ("office server", 16, 100_000), ("network", 64, 1_000_000),
             ("network", 256, 1_000_000), ("network", 1024, 1_000_000)]  # fmt: skip
    ways = [("letters (DOCX)", Costs(), False), ("letters with PDFs", Costs(), True),
            ("letters (DOCX), busy disk", Costs(write=0.019), False)]  # fmt: skip
    for title, costs, pdf in ways:
        out(title)
        for name, cores, letters in plans:
            made = night(letters, cores, costs, pdf=pdf)
            out(
                f"  {name:14} {cores:5} cores {letters:9,} letters {made.hours:8.2f} h  "
                f"workers busy {made.workers:4.0%}  writer busy {made.writer:4.0%}"
            )


if __name__ == "__main__":
    main()

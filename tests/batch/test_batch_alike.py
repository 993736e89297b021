"""Clients who look alike: the same pairs in every run, told wherever a run reports."""

import csv
import io
from concurrent.futures import Executor, Future
from pathlib import Path

from nkdocs.batch import report
from nkdocs.batch.jobs import Made
from nkdocs.batch.run import Batch, Task, work
from tests.batch.office import case, run, told, written
from tests.packet.papers import nkdocs

HEAD = "case,meta.as_of,respondents[].lead,respondents[].name.legal,respondents[].a_number"
ROWS = ("a,2026-11-20,yes,CHO Mi,A000-000-021", "b,2026-11-20,yes,SEO Yun,A000000021",
        "c,2026-11-20,yes,KIM Ha,A000-000-022")  # fmt: skip
NAMES = ("KIM Ha", "SEO Yun", "CHO Mi", "LEE Ok", "HAN Bi", "O Myong")
TALE = "events:\n- {id: a, when: winter 2006, where: {country: KP}, told: 'Two men from the security department came at night and asked about films we had copied in spring.'}\n"  # noqa: E501 - one paragraph


class Backwards(Executor):
    """An executor whose workers end in the other order than they began."""

    def __init__(self) -> None:
        """Have nothing to do yet."""
        self.waiting: list[tuple[Future[list[Made]], Task]] = []

    def submit(self, fn: object, /, *args: Task, **_: object) -> "Future[list[Made]]":  # type: ignore[override]
        """Keep a task until all are there, then do the last one first."""
        assert fn is work
        future: Future[list[Made]] = Future()
        self.waiting.append((future, args[0]))
        if len(self.waiting) == len(NAMES):
            for late, task in reversed(self.waiting):
                late.set_result(work(task))
        return future


def pairs(made: Batch) -> list[tuple[str, str, str]]:
    """Return which cases are alike, and in what."""
    return [(number, other, f.code) for number, other, f in made.alike]


def test_pairs_do_not_hang_on_who_is_ready_first(home: Path) -> None:
    """All tell the same tale; the first of the list is the one the others are compared with."""
    files = [case(home, name, n, TALE) for n, name in enumerate(NAMES, 1)]

    for number, pool in enumerate((None, Backwards())):
        made = run(home / f"out-{number}", *files, pool=pool, workers=len(NAMES))
        assert pairs(made) == [(f"000{n}", "0001", "L421") for n in range(2, len(NAMES) + 1)]


def test_one_a_number_of_two_clients_needs_a_person(home: Path) -> None:
    """Both of them do, in every report and in every run; who has her own does not."""
    head, rows = f"{HEAD},family", [f"{row},none" for row in ROWS]
    file = written(home, head, *rows)

    for made in (run(home / "out", file), run(home / "out", file)):
        report.write(made)
        same = [[f.message for f in o.findings if f.code == "L002"] for o in made.outcomes]
        assert same == [["0002 has the same A-number"], ["0001 has the same A-number"], []]
        table = list(csv.reader(io.StringIO((home / "out/report.csv").read_text("utf-8-sig"))))
        assert [row[-1] for row in table] == ["alike", "0002 (L002)", "0001 (L002)", ""]
        assert [row[3] for row in table[1:3]] == ["yes", "yes"]
        assert made.outcomes.people == sum(o.person for o in made.outcomes)
    assert len(told(made)) == 3


def test_screen_names_pairs_by_number(home: Path) -> None:
    """What they share, and no client."""
    done = nkdocs("batch", written(home, HEAD, *ROWS), "-d", "hello", "-o", home / "out")

    assert "Alike: 1 pair of clients\n" in done.err
    assert "  0002 and 0001  the same A-number\n" in done.err
    assert "CHO" not in done.err

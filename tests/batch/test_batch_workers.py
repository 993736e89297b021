"""Workers on this computer: one that dies or hangs costs its task, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from nkdocs.batch.workers import (
    WorkerDiedError,
    WorkerHungError,
    WorkerLostError,
    Workers,
    begins,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="process groups are of POSIX")


@dataclass(frozen=True)
class Wish:
    """What a task shall do, and how long it may take."""

    do: str
    seconds: float = 30.0
    file: str = ""


def act(wish: Wish) -> tuple[int, str]:
    """Do what is wished; this runs in a worker."""
    if wish.do == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if wish.do == "fail":
        raise ValueError(wish.do)
    if wish.do == "hang":
        started = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path(wish.file).write_text(str(started.pid), "utf-8")
        time.sleep(600)
    return os.getpid(), wish.do


@pytest.fixture(scope="module")
def two() -> Iterator[Workers]:
    """Return two workers that serve all tests of this file."""
    with Workers(2) as workers:
        yield workers


def lives(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return False


def test_tasks_are_answered_by_processes(two: Workers) -> None:
    """None of them this one, and each serves many tasks."""
    answers = [two.submit(act, Wish(str(n))) for n in range(20)]

    told = [future.result(120) for future in answers]

    assert [do for _, do in told] == [str(n) for n in range(20)]
    assert os.getpid() not in {pid for pid, _ in told}
    assert len({pid for pid, _ in told}) <= 2


def test_worker_that_dies_costs_its_own_task(two: Workers) -> None:
    """The tasks before and after it are answered."""
    wishes = ["a", "die", "b", "fail", "c"]
    futures = [two.submit(act, Wish(do)) for do in wishes]

    errors = [type(future.exception(120)) for future in futures]

    assert errors == [type(None), WorkerDiedError, type(None), ValueError, type(None)]


def test_worker_that_hangs_is_ended_with_all_it_started(two: Workers, tmp_path: Path) -> None:
    """Its task alone is lost; no process stays."""
    note = tmp_path / "pid"
    hung = two.submit(act, Wish("hang", 4.0, str(note)))
    after = [two.submit(act, Wish(str(n))) for n in range(4)]

    assert isinstance(hung.exception(120), WorkerHungError)
    assert [future.result(120)[1] for future in after] == ["0", "1", "2", "3"]
    until = time.monotonic() + 10
    while lives(int(note.read_text("utf-8"))) and time.monotonic() < until:
        time.sleep(0.05)
    assert not lives(int(note.read_text("utf-8")))


def part(wish: Wish) -> str:
    """Begin five parts, and do at the fourth what is wished."""
    for number in range(5):
        begins(number, wish.seconds)
        if number == 3:
            act(wish)
    if wish.do == "slow":
        begins(None, 30.0)
        time.sleep(2 * wish.seconds)
    return wish.do


@pytest.mark.parametrize(("do", "error"), [("die", WorkerDiedError), ("hang", WorkerHungError)])
def test_lost_worker_has_told_where_it_was(
    two: Workers, tmp_path: Path, do: str, error: type[WorkerLostError]
) -> None:
    """So only that part is suspected; where none was told, nothing is known."""
    lost = two.submit(part, Wish(do, 2.0, str(tmp_path / "pid"))).exception(120)
    dumb = two.submit(act, Wish("die")).exception(120)

    assert isinstance(lost, error)
    assert lost.at == 3
    assert isinstance(dumb, WorkerDiedError)
    assert dumb.at is None


def test_each_part_has_its_own_time(two: Workers) -> None:
    """What is told of the last part counts, not what the whole was given."""
    assert two.submit(part, Wish("slow", 1.0)).result(120) == "slow"


def test_work_that_is_called_off_ends_soon(tmp_path: Path) -> None:
    """Ctrl-C does not wait for a hung letter."""
    workers = Workers(1)
    note = tmp_path / "pid"
    hung = workers.submit(act, Wish("hang", 600.0, str(note)))
    waiting = workers.submit(act, Wish("never"))
    until = time.monotonic() + 60
    while not note.exists() and time.monotonic() < until:
        time.sleep(0.05)
    began = time.monotonic()

    workers.shutdown(cancel_futures=True)

    assert time.monotonic() - began < 10
    assert waiting.cancelled()
    assert hung.exception(1)
    with pytest.raises(RuntimeError):
        workers.submit(act, Wish("late"))


UNWANTED = """
import sys
from nkdocs.batch.workers import Workers
from tests.batch import test_batch_workers as own

Workers(4, own.later, (float(sys.argv[1]),)).shutdown(cancel_futures=True)
"""


def later(seconds: float) -> None:
    """Take a while to be ready."""
    time.sleep(seconds)


@pytest.mark.parametrize("seconds", [0, 0.3])
def test_workers_that_are_not_wanted_any_more_go_without_a_word(seconds: float) -> None:
    """Whether they were ready already or not."""
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-c", UNWANTED, str(seconds)]

    done = subprocess.run(
        command, capture_output=True, timeout=120, cwd=root, check=False,
        env={**os.environ, "PYTHONPATH": root},
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


COPIES = """
import sys, time
from nkdocs.batch.workers import Workers
from tests.batch import test_batch_workers as own

own.KEPT.append("read before")
workers = Workers(2)
told = [workers.submit(own.kept, own.Wish(str(n))) for n in range(2)]
print(*[word for future in told for word in future.result(60)], flush=True)
if sys.argv[1] == "stay":
    time.sleep(600)
workers.shutdown()
"""
KEPT: list[str] = []


def kept(wish: Wish) -> tuple[int, str]:
    """Say what this worker has had from the beginning."""
    time.sleep(1)  # until the other has begun, too
    return os.getpid(), f"{wish.do}:{len(KEPT)}"


def script(what: str) -> "subprocess.Popen[str]":
    """Start a process that has two workers, in which nothing else runs."""
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-c", COPIES, what]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=root, env={**os.environ, "PYTHONPATH": root}
    )


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_workers_have_what_was_read_before_they_began() -> None:
    """Templates and law are read once, not once a worker; all of them end at the end."""
    with script("go") as process:
        told, _ = process.communicate(timeout=120)

    assert told.split()[1::2] == ["0:1", "1:1"]
    assert len(set(told.split()[::2])) == 2
    assert process.returncode == 0
    assert not [pid for pid in told.split()[::2] if lives(int(pid))]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")
def test_copies_end_when_their_process_is_killed() -> None:
    """None of them keeps another from seeing that nobody is there any more."""
    with script("stay") as process:
        told = (process.stdout.readline() if process.stdout else "").split()
        process.kill()
        process.wait(60)

    until = time.monotonic() + 20
    while any(lives(int(pid)) for pid in told[::2]) and time.monotonic() < until:
        time.sleep(0.05)
    assert len(told) == 4
    assert not [pid for pid in told[::2] if lives(int(pid))]

"""An interview is killed, again and again: the file is whole, and what was confirmed is in it."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nkdocs.answers.load import load
from nkdocs.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
_JUMP, _ASKED = "/counsel.phone", "telephone number"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


def number(at: int) -> str:
    """Return a fictional telephone number."""
    return f"000-555-{at:04}"


class Talk:
    """One run of the interview, in which one answer is changed again and again."""

    def __init__(self, case: Path) -> None:
        """Start it."""
        words = [sys.executable, "-m", "nkdocs", "interview", str(case), "sign-off"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(  # it is killed in the test itself
            words, text=True, env=environment, stdin=pipe, stderr=pipe, stdout=pipe
        )

    def say(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def until(self, text: str) -> None:
        """Read what it says up to *text*."""
        assert self.process.stderr
        for line in self.process.stderr:
            if text in line:
                return
        raise AssertionError(text)

    def kill(self) -> None:
        """Kill it as a power cut does, and close its pipes."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stderr, self.process.stdout):
            assert stream
            try:
                stream.close()
            except BrokenPipeError:
                continue


def killed(folder: Path, times: int, seed: int) -> list[str]:
    """Kill an interview *times*; return what went wrong."""
    case, chance = folder / "kim", random.Random(seed)  # noqa: S311 - no secret
    assert CliRunner().invoke(app, ["new", str(case)]).exit_code == 0
    wrong, given = [], 0
    for turn in range(times):
        talk = Talk(case)
        talk.until("questions left")
        for _ in range(chance.randint(0, 2)):
            given += 1
            talk.say(_JUMP)
            talk.until(_ASKED)
            talk.say(number(given))
            talk.until("questions left")  # the next question is there: it is saved
        talk.say(_JUMP)
        talk.until(_ASKED)
        talk.say(number(given + 1))
        time.sleep(chance.uniform(0, 0.08))
        talk.kill()
        file = load((case / "answers.yaml").read_text("utf-8"), "answers.yaml")
        told = str(file.data.get("counsel", {}).get("phone", number(0)))
        if file.faults or told not in {number(given), number(given + 1)}:
            wrong.append(f"turn {turn}: {told} where {number(given)} was confirmed")
        given = int(told[-4:])
    return wrong


def test_killed_interview_loses_nothing_that_was_confirmed(tmp_path: Path) -> None:
    """Two kills; the long run takes two hundred."""
    assert not killed(tmp_path, 2, 1)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(4))
def test_interview_killed_two_hundred_times(tmp_path: Path, seed: int) -> None:
    """No file is broken and no confirmed answer is lost."""
    assert not killed(tmp_path, 50, seed)

"""A batch that is killed at any moment ends, after it is run again, as one that never was."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.office import letters, office, rows

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = 40


def started(home: Path, out: Path) -> "subprocess.Popen[bytes]":
    """Start a batch in a process of its own."""
    command = [sys.executable, "-m", "nkdocs", "batch", str(home / "list.csv"), "-d", "hello",
               "-o", str(out), "-j", "2"]  # fmt: skip
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=around, stdout=quiet, stderr=quiet)


def finished(home: Path, out: Path) -> float:
    """Run a batch to its end; return how long it took."""
    began = time.monotonic()
    assert started(home, out).wait(300) == 0
    return time.monotonic() - began


def killed(home: Path, out: Path, after: float) -> None:
    """Kill a batch, and nothing but it, after some seconds."""
    process = started(home, out)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait(60)


def unbroken(home: Path, times: int) -> None:
    """Kill batches at random moments; each must come out like one that was left alone."""
    rows(home, *(f"SEO Number{n}" for n in range(CLIENTS)))
    took = finished(home, home / "whole")
    whole = letters(home / "whole")
    assert len(whole) == CLIENTS
    for number in range(times):
        out = home / f"killed-{number}"
        for _ in range(2):  # the rerun is killed, too
            killed(home, out, random.uniform(0.2, took))  # noqa: S311 - a moment, no secret
        finished(home, out)
        assert letters(out) == whole
        assert not list(out.rglob("*.tmp"))


def test_stopped_batch_says_how_far_it_came(tmp_path: Path) -> None:
    """Ctrl-C: exit code 130, a report of what is done, and the same command does the rest."""
    home = office(tmp_path)
    file, out = rows(home, *(f"SEO Number{n}" for n in range(400))), home / "out"
    command = [sys.executable, "-m", "nkdocs", "batch", str(file), "-d", "hello", "-o", str(out),
               "-j", "1"]  # fmt: skip
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, env=around, stderr=subprocess.PIPE, text=True)
    while not (out / "hello/0001.docx").exists():
        assert process.poll() is None
        time.sleep(0.01)

    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    done = json.loads((out / "report.json").read_text("utf-8"))
    assert done["stopped"]
    assert len(done["letters"]) == done["counts"]["written"] == len(letters(out)) < 400
    told = f"stopped: {len(letters(out))} of 400 cases are done; run the same command again"
    assert told in said
    assert f"S{told[1:]}" in (out / "report.html").read_text("utf-8")
    assert "stopped,yes" in (out / "report.csv").read_text("utf-8")
    again = subprocess.run([*command, "--json"], env=around, capture_output=True, check=True)
    counts = json.loads(again.stdout)["data"]["counts"]
    assert counts["unchanged"] == done["counts"]["written"]
    assert counts["written"] + counts["unchanged"] == 400


@pytest.mark.long
def test_killed_batch_ends_like_an_undisturbed_one(tmp_path: Path) -> None:
    """The same bytes, no leftover, after kill -9 at a hundred random moments."""
    unbroken(office(tmp_path), times=50)

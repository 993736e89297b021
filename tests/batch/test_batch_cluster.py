"""A batch on a cluster: sealed lines only, and a worker that is killed costs nothing."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nkdocs.batch.cluster import checked
from nkdocs.errors import UsageError
from tests.batch.office import letters, office, rows

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = """
import logging
logging.disable()
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        pids = [w.pid for w in made.workers.values()]
        print(made.scheduler_address, *pids, flush=True)
        input()
"""


@pytest.mark.parametrize(
    "address",
    ["tls://server:8786", "tcp://127.0.0.1:8786", "tcp://localhost:1", "tcp://[::1]:8786"],
)
def test_sealed_lines_and_this_computer_will_do(address: str) -> None:
    """Nothing is asked of a network to know it."""
    assert checked(address) == address


@pytest.mark.parametrize(
    "address",
    ["tcp://server:8786", "tcp://10.0.0.1:8786", "server:8786", "ws://localhost:1", "tls://x"],
)
def test_open_lines_are_refused(address: str) -> None:
    """Answers would be read by whoever listens."""
    with pytest.raises(UsageError):
        checked(address)


@pytest.mark.long
def test_killed_worker_of_a_cluster_costs_nothing(tmp_path: Path) -> None:
    """Its letters are made by another; the letters are those of one computer; no name is logged."""
    pytest.importorskip("distributed", reason="Dask is not installed")
    home = office(tmp_path)
    rows(home, *(f"SEO Number{n}" for n in range(60)))
    command = [sys.executable, "-m", "nkdocs", "batch", str(home / "list.csv"), "-d", "hello"]
    around = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "-o", str(home / "alone")], env=around, check=True, timeout=300)
    script = home / "cluster.py"
    script.write_text(CLUSTER, "utf-8")
    with (home / "log").open("wb") as log:
        made = subprocess.Popen(
            [sys.executable, str(script)], env=around, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        assert made.stdout
        assert made.stdin
        address, first, _ = made.stdout.readline().split()
        batch = subprocess.Popen(
            [*command, "-o", str(home / "out"), "--cluster", address], env=around,
            stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        until = time.monotonic() + 120
        while not (home / "out/hello").exists() and time.monotonic() < until:
            time.sleep(0.05)
        os.kill(int(first), signal.SIGKILL)
        told, _ = batch.communicate(timeout=300)
        made.stdin.close()
        made.wait(60)
        made.stdout.close()

    assert re.search(r"60 cases: 60 written", told)
    assert letters(home / "out") == letters(home / "alone")
    assert "Number" not in (home / "log").read_text("utf-8")

"""The guards every other test relies on do guard."""

import gc
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def test_network_is_out_of_reach() -> None:
    """A connection that would leave this computer fails the test that makes it."""
    with socket.socket() as sock, pytest.raises(AssertionError, match="reach the network"):
        sock.connect(("192.0.2.1", 80))


def test_names_are_not_looked_up() -> None:
    """A name is not asked of the network either."""
    with pytest.raises(AssertionError, match="asked the network"):
        socket.getaddrinfo("example.org", 80)


def test_the_tests_themselves_are_not_searched_for_garbage() -> None:
    """What was collected is left out, and what a test makes is searched as ever."""
    assert gc.get_freeze_count() > 10_000
    assert gc.isenabled()


def test_loopback_stays_open() -> None:
    """A server of the test's own can be reached."""
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as sock:
        sock.connect(server.getsockname())


def test_home_is_not_the_developers() -> None:
    """What a test writes into the home folder lands in a temporary one."""
    assert Path.home() == Path(os.environ["HOME"])
    assert not list(Path.home().glob(".ssh"))


def test_tree_is_written_as_told(
    build_tree: Callable[[Mapping[str, str | bytes]], Path],
) -> None:
    """Text and bytes, in folders, Korean names included."""
    root = build_tree({"kim/answers.yaml": "answers: 1\n", "kim/exhibits/서류.pdf": b"%PDF"})

    assert (root / "kim/answers.yaml").read_text(encoding="utf-8") == "answers: 1\n"
    assert (root / "kim/exhibits/서류.pdf").read_bytes() == b"%PDF"


@pytest.mark.parametrize(
    ("required", "program", "name"),
    [
        ("NKDOCS_REQUIRE_OFFICE", "NKDOCS_SOFFICE", "LibreOffice"),
        ("NKDOCS_REQUIRE_OCR", "NKDOCS_OCRMYPDF", "OCRmyPDF"),
    ],
)
def test_required_program_that_is_absent_stops_the_run(
    required: str, program: str, name: str
) -> None:
    """With NKDOCS_REQUIRE_… its tests cannot be skipped unseen."""
    told = {n: v for n, v in os.environ.items() if not n.startswith("NKDOCS_REQUIRE")}
    told |= {required: "1", program: ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", __file__]

    run = subprocess.run(
        command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=120, check=False
    )

    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert f"{name} is not found" in run.stdout + run.stderr

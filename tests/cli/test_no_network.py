"""nkdocs opens no connection, nor does anything that it starts (TRUST R24)."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nkdocs.convert.office import find_office

ROOT = Path(__file__).resolve().parents[2]
#: Ends the process, past every handler, at the first socket that is not local to this computer's
#: processes. Children that are copies have it, too.
WATCHED = """
import os, socket, sys
OUTSIDE = {int(socket.AF_INET), int(socket.AF_INET6)}
ASKED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"}
def watch(event, told):
    made = event == "socket.__new__" and int(told[1]) in OUTSIDE
    if made or event in ASKED:
        os.write(2, f"NETWORK {event}".encode())
        os._exit(97)
sys.addaudithook(watch)
"""
RUN = WATCHED + "from nkdocs.cli import main\nraise SystemExit(main())\n"
CASE = """answers: 1
meta: {as_of: 2026-11-20}
respondents: [{id: kim, lead: yes, name: {legal: KIM Ok}}]
exhibits: [{id: letter, title: A letter, file: letter.txt, audience: [opla]}]
filings: [{id: pd, recipient: opla-new-york, venue: generic, lead: pd-request, exhibits: [letter]}]
"""


def watched(code: str, *arguments: object, **told: str) -> "subprocess.CompletedProcess[bytes]":
    """Run Python *code* with these arguments."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, check=False,
        timeout=500, env={**os.environ, "PYTHONPATH": str(ROOT), **told},
    )  # fmt: skip


def test_the_watch_sees_a_socket() -> None:
    """Else the others would prove nothing."""
    assert watched(WATCHED + "socket.socket()").returncode == 97
    assert watched(WATCHED + "socket.getaddrinfo('localhost', 80)").returncode == 97


def test_a_filing_is_filled_and_built_without_a_socket(tmp_path: Path) -> None:
    """From answers to the packet: Word file, exhibit, PDF, verification."""
    (tmp_path / "answers.yaml").write_text(CASE, "utf-8")
    (tmp_path / "letter.txt").write_text("Dear officer,\n", "utf-8")

    done = watched(RUN, "build", tmp_path, "pd", NKDOCS_SOFFICE="")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/pd/packet.pdf").is_file()


@pytest.mark.long
def test_the_demo_needs_no_socket(tmp_path: Path) -> None:
    """All documents, filings and kinds of exhibit; the parent and its copies are watched."""
    done = watched(RUN, "demo", tmp_path / "demo", NKDOCS_SOFFICE="")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "demo/out/pd/packet.pdf").is_file()


@pytest.mark.long
@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_demo_with_libreoffice_opens_none(tmp_path: Path) -> None:
    """Every process of the run, LibreOffice included, as the kernel sees them."""
    record = tmp_path / "calls"
    watch = ["strace", "-f", "-qq", "-e", "trace=socket,connect", "-o", str(record)]
    command = [*watch, sys.executable, "-m", "nkdocs", "demo", str(tmp_path / "demo")]

    done = subprocess.run(command, capture_output=True, check=False, timeout=900,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip

    assert done.returncode == 0, done.stderr
    calls = record.read_text("utf-8", "replace")
    assert re.findall(r".*AF_INET6?\b.*", calls) == []

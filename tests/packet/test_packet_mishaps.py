"""A build that is cut off, crowded out or out of room leaves old files or new ones, all whole."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nkdocs import cases
from nkdocs.case import Hand
from tests.packet.papers import contents, demo, listed, nkdocs

ROOT = Path(__file__).resolve().parents[2]
REVIEW = [
    "review/cited.txt", "review/email.eml", "review/email.txt", "review/exhibits.pdf",
    "review/packet.pdf", "supervisory-review.docx",
]  # fmt: skip
posix = pytest.mark.skipif(os.name == "nt", reason="limits and signals of POSIX")


def results(case: Path) -> dict[str, bytes]:
    """Return what was made of a case, its manifest left out."""
    return {n: d for n, d in contents(case / "out").items() if n != "manifest.jsonl"}


def copied(case: Path, folder: Path) -> Path:
    """Return a copy of a case under the same name."""
    return Path(shutil.copytree(case, folder / case.name))


@contextlib.contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file grow beyond *size* bytes, as on a disk that is nearly full."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, old)


def test_two_folders_give_the_same_bytes(drafted_demo: Path, tmp_path: Path) -> None:
    """Word file, bundle and packet: nothing in them tells where or when they were made."""
    other = demo(tmp_path / "elsewhere" / "demo")

    said = nkdocs("build", other, "review")

    assert said.code == 0, said.err
    here, there = results(other), results(drafted_demo)
    assert sorted(here) == REVIEW
    assert here == {name: there[name] for name in REVIEW}


def test_a_manifest_cut_off_in_its_last_line_is_survived(
    drafted_demo: Path, tmp_path: Path
) -> None:
    """The same case gives the same files; none of them passes for somebody else's."""
    case = copied(drafted_demo, tmp_path)
    manifest = case / "out/manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-30])

    said = nkdocs("build", case, "review")

    assert said.code == 0, said.err
    assert results(case) == results(drafted_demo)
    assert cases.find(case).hand("review/packet.pdf") is Hand.OURS


def test_two_at_once_do_not_meet(drafted_demo: Path) -> None:
    """The second ends with 5 and says which process holds the case."""
    before = contents(drafted_demo)

    with cases.find(drafted_demo).locked():
        said = nkdocs("build", drafted_demo, "review")

    assert said.code == 5
    assert f"process {os.getpid()}" in said.err
    assert contents(drafted_demo) == before


@posix
def test_a_full_disk_leaves_what_was_there(drafted_demo: Path, tmp_path: Path) -> None:
    """The packet does not fit: it is not written, nor are the bundle and the Word file."""
    case = copied(drafted_demo, tmp_path)
    listed(case, "review", lambda ids: ids[:-1])
    before = contents(case)

    with room_for(200_000):
        said = nkdocs("build", case, "review")

    assert said.code == 5
    assert "cannot be written" in said.err
    assert contents(case) == before


@posix
@pytest.mark.long
def test_a_kill_leaves_old_files_or_new_ones(drafted_demo: Path, tmp_path: Path) -> None:
    """Whenever it comes: every file is whole, and the next build ends well."""
    new = copied(drafted_demo, tmp_path / "new")
    listed(new, "review", lambda ids: [*ids[1:], ids[0]])
    assert nkdocs("build", new, "review").code == 0
    wanted, before = contents(new / "out"), contents(drafted_demo / "out")
    for turn in range(15):
        case = copied(drafted_demo, tmp_path / str(turn))
        listed(case, "review", lambda ids: [*ids[1:], ids[0]])

        process = subprocess.Popen(
            [sys.executable, "-m", "nkdocs", "build", str(case), "review"],
            cwd=ROOT,
            env={**os.environ, "NKDOCS_SOFFICE": ""},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(random.uniform(0.5, 3.5))  # noqa: S311 - any moment will do
        process.send_signal(signal.SIGKILL)
        process.wait()

        now = contents(case / "out")
        whole = {n: d for n, d in now.items() if not n.endswith(".tmp")}
        assert all(d in {before.get(n), wanted.get(n)} for n, d in whole.items()), turn
        said = nkdocs("build", case, "review")
        assert said.code == 0, said.err
        assert {n: results(case)[n] for n in REVIEW} == {n: wanted[n] for n in REVIEW}

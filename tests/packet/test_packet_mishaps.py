"""A build that is cut off, crowded out or out of room leaves old files or new ones, all whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nkdocs import case as cases
from tests.packet.papers import contents, demo, listed, nkdocs

ROOT = Path(__file__).resolve().parents[2]
LIMITED = """
import resource, signal, sys
if __name__ == "__main__":
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
    sys.argv[1:2] = []
    from nkdocs import cli
    sys.exit(cli.main())
"""
posix = pytest.mark.skipif(os.name == "nt", reason="limits and signals of POSIX")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its review letter built; the tests copy it."""
    case = demo(tmp_path_factory.mktemp("one") / "demo")
    said = nkdocs("build", case, "review")
    assert said.code == 0, said.err
    return case


def copied(case: Path, folder: Path) -> Path:
    """Return a copy of a case under the same name."""
    return Path(shutil.copytree(case, folder / case.name))


def run(*command: object) -> "subprocess.Popen[str]":
    """Start Python with *command* as if LibreOffice were not installed."""
    return subprocess.Popen(
        [sys.executable, *map(str, command)],
        cwd=ROOT,
        env={**os.environ, "NKDOCS_SOFFICE": "", "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_folders_give_the_same_bytes(built: Path, tmp_path: Path) -> None:
    """Word file, bundle, packet and manifest: nothing tells where or when they were made."""
    other = demo(tmp_path / "elsewhere" / "demo")

    said = nkdocs("build", other, "review")

    assert said.code == 0, said.err
    assert contents(other / "out") == contents(built / "out")


def test_a_manifest_cut_off_in_its_last_line_is_survived(built: Path, tmp_path: Path) -> None:
    """The same case gives the same files; none of them passes for somebody else's."""
    case = copied(built, tmp_path)
    manifest = case / "out/manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-30])

    said = nkdocs("build", case, "review")

    assert said.code == 0, said.err
    now, before = contents(case / "out"), contents(built / "out")
    assert {n: d for n, d in now.items() if n != "manifest.jsonl"} == {
        n: d for n, d in before.items() if n != "manifest.jsonl"
    }
    assert cases.find(case).hand("review/packet.pdf") is cases.Hand.OURS


def test_two_at_once_do_not_meet(built: Path) -> None:
    """The second ends with 5 and says which process holds the case."""
    before = contents(built)

    with cases.find(built).locked():
        said = nkdocs("build", built, "review")

    assert said.code == 5
    assert f"process {os.getpid()}" in said.err
    assert contents(built) == before


@posix
@pytest.mark.parametrize("room", [20_000, 200_000])
def test_a_full_disk_leaves_what_was_there(built: Path, tmp_path: Path, room: int) -> None:
    """The bundle does not fit, or the packet: neither is written, nor is the Word file."""
    case = copied(built, tmp_path)
    listed(case, "review", lambda ids: ids[:-1])
    before = contents(case)

    process = run("-c", LIMITED, room, "build", case, "review")
    _, err = process.communicate(timeout=120)

    assert process.returncode == 5, err
    assert "cannot be written" in err
    assert contents(case) == before


@posix
@pytest.mark.long
def test_a_kill_leaves_old_files_or_new_ones(built: Path, tmp_path: Path) -> None:
    """Whenever it comes: every file is whole, and the next build ends well."""
    new = copied(built, tmp_path / "new")
    listed(new, "review", lambda ids: [*ids[1:], ids[0]])
    assert nkdocs("build", new, "review").code == 0
    wanted, before = contents(new / "out"), contents(built / "out")
    for turn in range(40):
        case = copied(built, tmp_path / str(turn))
        listed(case, "review", lambda ids: [*ids[1:], ids[0]])

        process = run("-m", "nkdocs", "build", case, "review")
        time.sleep(random.uniform(0.5, 3.5))  # noqa: S311 - any moment will do
        process.send_signal(signal.SIGKILL)
        process.communicate()

        now = contents(case / "out")
        whole = {n: d for n, d in now.items() if not n.endswith(".tmp")}
        assert all(d in {before.get(n), wanted.get(n)} for n, d in whole.items()), turn
        said = nkdocs("build", case, "review")
        assert said.code == 0, said.err
        after = contents(case / "out")
        assert {n: after[n] for n in wanted if n != "manifest.jsonl"} == {
            n: d for n, d in wanted.items() if n != "manifest.jsonl"
        }

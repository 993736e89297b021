"""What a locked case leaves on the disk: every file created on the way is listed and looked at."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from nkdocs import _working
from nkdocs.convert.office import Office, find_office
from nkdocs.errors import MissingProgramError
from tests.bundle.scans import ENGLISH, bound, needs_ocr, scan
from tests.files.harness import files
from tests.locks.keys import CANARY, lock, person
from tests.locks.test_lock_command import demo, tiny

STRACE = shutil.which("strace") or ""
TRACED = bool(STRACE) and not subprocess.run(
    [STRACE, "-o", os.devnull, sys.executable, "-c", ""], capture_output=True, check=False
).returncode
MEMORY = _working.memory()
needs_memory = pytest.mark.skipif(MEMORY is None, reason="no folder in memory (/dev/shm) here")
# Devices; when root runs it, the stamp that LibreOffice puts into its own folder, and the list of
# installed typefaces that fontconfig keeps for everybody.
ELSEWHERE = (
    "/dev/", "/proc/", "/usr/lib/libreoffice/share/uno_packages/", "/var/cache/fontconfig/",
)  # fmt: skip
_CREATED = re.compile(r'(?:openat\(AT_FDCWD[^,]*, |open\(|creat\()"([^"]+)"[^\n]*O_CREAT')
_MOVED = re.compile(r'rename(?:at2?)?\([^"\n]*"[^"]+"[^"\n]*"([^"]+)"')
_INSIDE = re.compile(r"\.nkdocs-[0-9a-f]{8}-\d+-.+\.tmp|\..+\.lock|.+\.age|lock\.yaml")
_IN_BATCH = re.compile(
    r"\.nkdocs-[0-9a-f]{8}-\d+-.+\.tmp|\..+\.lock|.+\.age|manifest\.jsonl|report\.\w+"
)


def _is_copy(path: Path, copy: Path) -> bool:
    """Whether a path is a copy's, in its place or on its way there."""
    inside = path.relative_to(copy.parent).parts if path.is_relative_to(copy.parent) else ("",)
    return inside[0] == copy.name or inside[0].startswith(".nkdocs-copy-")


def created(trace: Path) -> set[Path]:
    """Return every path that a traced command and its children created or moved a file to."""
    text = trace.read_text("utf-8", "replace")
    return {Path(name) for found in (_CREATED, _MOVED) for name in found.findall(text)}


@needs_memory
@pytest.mark.skipif(not TRACED, reason="strace is not installed, or may not trace here")
@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([["bundle", "CASE"]], id="tiny"),
        pytest.param([["batch", "CASE", "-d", "pd-request", "-o", "BATCH", "-j", "2"]], id="batch"),
        pytest.param(
            [["bundle", "CASE", "--ocr"]], id="scans", marks=[pytest.mark.long, needs_ocr]
        ),
        pytest.param(
            [["interview", "CASE", "--no-input", "--set", "case.judge=Immigration Judge Doe"],
             ["check", "CASE"], ["fill", "CASE", "pd-request", "--pdf"], ["build", "CASE", "pd"],
             ["batch", "CASE", "-d", "pd-request", "-o", "BATCH", "-j", "2", "--pdf", "--check"],
             ["redact", "CASE", "--for", "public", "-o", "COPY"],
             ["redact", "CASE", "--search", "COPY"]],
            id="demo",
            marks=[pytest.mark.long,
                   pytest.mark.skipif(not find_office(), reason="LibreOffice is not installed")],
        ),
    ],
)  # fmt: skip
def test_only_sealed_files_and_files_in_memory_are_created(
    tmp_path: Path, steps: list[list[str]], request: pytest.FixtureRequest
) -> None:
    """Interview, check, fill with LibreOffice, build, batch: on the disk nothing but age files.

    What a batch keeps in the clear (its manifest and reports) holds no canary. A copy is plain by
    its purpose, and is written when it was searched; its search finds no canary either.
    """
    kim, park = tmp_path / "kim", person(tmp_path)
    (demo if "demo" in request.node.callspec.id else tiny)(kim)
    if "scans" in request.node.callspec.id:
        text = (kim / "answers.yaml").read_text("utf-8").replace("lease.txt", "lease.pdf")
        (kim / "answers.yaml").write_text(text, "utf-8")
        (kim / "exhibits/lease.pdf").write_bytes(bound(scan(*ENGLISH)))
    lock(kim, park.keys, recipients=(park.public,))
    home, temp, out = tmp_path / "home", tmp_path / "tmp", tmp_path / "letters"
    named = {"CASE": str(kim), "BATCH": str(out), "COPY": str(tmp_path / "copy")}
    for folder in (home, temp):
        folder.mkdir()
    env = {**os.environ, "HOME": str(home), "TMPDIR": str(temp), "PYTHONDONTWRITEBYTECODE": "1"}
    for number, step in enumerate(steps):
        trace = tmp_path / f"trace-{number}"
        command = [sys.executable, "-m", "nkdocs", *(named.get(a, a) for a in step)]
        ended = subprocess.run(
            [STRACE, "-f", "-qq", "-s", "4096", "-o", str(trace), "-e",
             "trace=open,openat,creat,rename,renameat,renameat2", *command,
             "--identity", str(park.file)],
            capture_output=True, text=True, env=env, check=False,
        )  # fmt: skip
        assert ended.returncode in {0, 4, 6}, ended.stderr

        for path in created(trace):
            in_case = path.is_relative_to(kim) and _INSIDE.fullmatch(path.name)
            kept = path.parent == home / ".cache/nkdocs"  # compiled templates, looked at below
            away = str(path).startswith(ELSEWHERE) or path.is_relative_to(str(MEMORY))
            in_batch = path.is_relative_to(out) and _IN_BATCH.fullmatch(path.name)
            in_copy = _is_copy(path, Path(named["COPY"]))
            assert in_case or kept or away or in_batch or in_copy, path

    shipped = {n: data for n, data in files(home).items() if n.endswith(".tpl")}
    assert files(home) == shipped
    assert not [n for n, data in shipped.items() if CANARY.split()[0].encode() in data]
    assert not files(temp)
    for place in (kim, out, Path(named["COPY"])):
        assert not [n for n, data in files(place).items() if CANARY.encode() in data]
    assert files(out) or not any("BATCH" in step for step in steps)
    assert MEMORY is not None
    assert not list(MEMORY.glob(f"nkdocs-work-{os.getpid()}-*"))


@needs_memory
def test_a_folder_in_memory_goes_with_its_work_and_that_of_a_killed_process_with_the_next() -> None:
    """Nothing of a paper stays there, however a command ended."""
    code = (
        "import os, signal\nfrom nkdocs import _working\n"
        "with _working.folder(in_memory=True) as f:\n"
        "    (f / 'paper.docx').write_bytes(b'canary')\n    print(f, flush=True)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True,
                            check=False)  # fmt: skip
    left = Path(killed.stdout.strip())
    assert (left / "paper.docx").exists()

    with _working.folder(in_memory=True) as here:
        assert not left.exists()
        assert here.stat().st_mode & 0o777 == 0o700
        (here / "a").write_bytes(b"x")

    assert not here.exists()


def test_what_a_killed_process_left_on_the_disk_goes_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders of dead processes are removed, those of living ones stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                           capture_output=True, text=True, check=True)  # fmt: skip
    dead, alive = int(ended.stdout), os.getpid()
    for pid in (dead, alive):
        (tmp_path / f"nkdocs-work-{pid}-x").mkdir()

    with _working.folder():
        pass

    assert [p.name for p in tmp_path.iterdir()] == [f"nkdocs-work-{alive}-x"]


@pytest.mark.parametrize("mounts", ["", "/dev/sda1 /dev/shm ext4 rw 0 0\n"])
def test_where_no_folder_is_in_memory_libreoffice_is_refused(
    tmp_path: Path, mounts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that only looks like memory is none; the message says what can be done instead."""
    table = tmp_path / "mounts"
    table.write_text(mounts)
    assert _working.memory(table) is None
    monkeypatch.setattr(_working, "memory", lambda: None)

    with pytest.raises(MissingProgramError) as caught:
        Office(Path(sys.executable), in_memory=True).convert({"a.docx": b"PK"})

    assert "nkdocs unlock" in caught.value.hint

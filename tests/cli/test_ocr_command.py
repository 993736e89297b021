"""--ocr on bundle, build and check: what is kept, where, and what is said when it cannot be."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs import _working
from tests.bundle.crafted import texts
from tests.bundle.scans import bound, scan, stand_in, starts, tesseract
from tests.files.harness import files
from tests.packet.papers import nkdocs

Run = Callable[..., tuple[int, str, str]]
CASE = """answers: 1
meta: {as_of: 2026-11-20}
exhibits:
- {id: lease, title: Lease, file: exhibits/lease.pdf, audience: [court]}
filings:
- {id: evidence, recipient: eoir, venue: generic, exhibits: [lease]}
"""
WORDS = "the landlord attests"


@pytest.fixture
def run() -> Run:
    """Run a command in this process: its exit code, what it gave, what it said."""

    def run(*words: object) -> tuple[int, str, str]:
        said = nkdocs(*words)
        return said.code, said.out, said.err

    return run


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a stand-in for the program that reads scans."""
    bins = tmp_path / "bin"
    made = stand_in(bins, WORDS)
    tesseract(bins)
    monkeypatch.setenv("PATH", f"{bins}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("NKDOCS_OCRMYPDF", str(made))
    return made


@pytest.fixture
def kim(tmp_path: Path) -> Path:
    """Return a case with a scan."""
    case = tmp_path / "kim"
    (case / "exhibits").mkdir(parents=True)
    (case / "answers.yaml").write_text(CASE, "utf-8")
    (case / "exhibits/lease.pdf").write_bytes(bound(scan("the lease")))
    return case


def test_what_was_read_is_kept_in_the_case_for_its_owner_alone(
    run: Run, reader: Path, kim: Path
) -> None:
    """Bundle and build read once; check looks it up and writes nothing."""
    code, _, said = run("bundle", kim, "--ocr")
    assert (code, starts(reader)) == (0, 1)
    assert "reading 1 page of exhibits/lease.pdf" in said
    (kept,) = (kim / "out/ocr").iterdir()
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert any(WORDS in t for t in texts((kim / "out/evidence/exhibits.pdf").read_bytes()))

    before = files(kim)
    _, given, _ = run("check", kim, "--ocr", "--json")
    codes = {f["code"] for f in json.loads(given)["findings"]}
    assert ("X322" in codes, "X302" in codes) == (True, False)
    assert run("build", kim, "--ocr", "-n")[0] == 0
    assert (starts(reader), files(kim)) == (1, before)


def test_check_and_a_dry_run_keep_nothing(run: Run, reader: Path, kim: Path) -> None:
    """They read, and write nothing."""
    before = files(kim)

    run("check", kim, "--ocr")
    run("build", kim, "--ocr", "-n")

    assert (starts(reader), files(kim)) == (2, before)


def test_nothing_is_read_unasked(run: Run, reader: Path, kim: Path) -> None:
    """Without --ocr the page is named, and no program started."""
    code, given, _ = run("bundle", kim, "--json")

    assert (code, starts(reader)) == (0, 0)
    told = {f["code"]: f for f in json.loads(given)["findings"]}
    assert "--ocr" in told["X302"]["next"]


def test_missing_program_stops_before_anything_is_written(
    run: Run, kim: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3, and what to install; doctor tells the same."""
    monkeypatch.setenv("NKDOCS_OCRMYPDF", "")
    before = files(kim)

    for words in (("bundle", kim), ("build", kim), ("check", kim), ("check", kim / "exhibits")):
        code, _, said = run(*words, "--ocr")
        assert (code, "ocrmypdf tesseract-ocr-kor" in said) == (3, True)

    assert files(kim) == before
    parts = json.loads(run("doctor", "--json")[1])["data"]
    assert [p["found"] for p in parts if p["part"] == "OCRmyPDF"] == [""]


def test_folder_keeps_beside_its_bundle_and_files_keep_nothing(
    run: Run, reader: Path, kim: Path, tmp_path: Path
) -> None:
    """What was read of a folder stands where its bundle does."""
    folder = kim / "exhibits"

    assert run("bundle", folder, "--ocr")[0] == 0
    assert run("check", folder, "--ocr")[0] == 0
    assert starts(reader) == 1
    assert len(list((folder / "out/ocr").iterdir())) == 1
    assert run("bundle", folder / "lease.pdf", "-o", tmp_path / "x.pdf", "--ocr")[0] == 0
    assert (starts(reader), len(list(folder.rglob("*.json")))) == (2, 1)


@pytest.mark.skipif(_working.memory() is None, reason="no folder in memory (/dev/shm) here")
def test_locked_case_keeps_only_sealed_words(
    run: Run, reader: Path, kim: Path, tmp_path: Path
) -> None:
    """Nothing of it stands in the clear, and it is looked up with the key."""
    keys = pytest.importorskip("tests.locks.keys", reason="the extra 'lock' is not installed")
    park = keys.person(tmp_path)
    keys.lock(kim, park.keys, recipients=(park.public,))

    for _ in range(2):
        code, _, said = run("bundle", kim, "--ocr", "--identity", park.file)
        assert code == 0, said

    assert starts(reader) == 1
    (kept,) = (kim / "out/ocr").iterdir()
    assert kept.suffix == ".age"
    assert not [n for n, data in files(kim).items() if b"landlord" in data]


def test_parts_of_a_case_that_are_not_locked_keep_nothing_in_the_clear(
    run: Run, reader: Path, kim: Path, tmp_path: Path
) -> None:
    """Where only the exhibits are locked their words are not kept."""
    keys = pytest.importorskip("tests.locks.keys", reason="the extra 'lock' is not installed")
    park = keys.person(tmp_path)
    keys.lock(kim, park.keys, recipients=(park.public,), parts=("exhibits",))

    assert run("bundle", kim, "--ocr", "--identity", park.file)[0] == 0

    assert (starts(reader), (kim / "out/ocr").exists()) == (1, False)

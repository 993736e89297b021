"""Confidential copies and supplements of a locked case."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs import _working
from nkdocs.packet.seek import Seeker
from tests.bundle.made import pdf
from tests.files.harness import files
from tests.locks.keys import Person, contents, lock, person
from tests.packet.papers import nkdocs
from tests.packet.test_packet_numbering import LISTED
from tests.packet.test_packet_redact import CANARIES, case

MEMORY = _working.memory()


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Return somebody with a key."""
    return person(tmp_path_factory.mktemp("park"))


@pytest.fixture(scope="module")
def clear(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a case full of canaries: only to read."""
    return case(tmp_path_factory.mktemp("clear"))


@pytest.fixture
def real(tmp_path: Path, clear: Path, park: Person) -> Path:
    """Return that case, locked, a copy of the test's own."""
    folder = Path(shutil.copytree(clear, tmp_path / "real" / clear.name))
    lock(folder, park.keys, recipients=(park.public,))
    assert not [n for n in files(folder) if not n.endswith(".age") and n != "lock.yaml"]
    return folder


def test_a_copy_of_a_locked_case_is_the_one_of_the_open_case(
    tmp_path: Path, clear: Path, real: Path, park: Person
) -> None:
    """The same bytes; the case stays sealed as it was, and nothing is left in memory."""
    before = files(real)

    for folder, keys in ((real, ["--identity", park.file]), (clear, [])):
        out = tmp_path / f"copy-{'real' if keys else 'clear'}" / "copy"
        said = nkdocs("redact", folder, "--for", "training", "-o", out, *keys)
        assert said.code == 0, said.err

    assert files(tmp_path / "copy-real") == files(tmp_path / "copy-clear")
    assert files(real) == before
    assert MEMORY is None or not list(MEMORY.glob(f"nkdocs-work-{os.getpid()}-*"))


def test_without_a_key_no_copy_is_begun(tmp_path: Path, real: Path) -> None:
    """Exit code 5, and the next step."""
    said = nkdocs("redact", real, "--for", "public", "-o", tmp_path / "copy")

    assert (said.code, (tmp_path / "copy").exists()) == (5, False)
    assert "--identity" in said.err


def test_a_search_knows_a_locked_case_and_says_what_it_cannot_read(
    tmp_path: Path, real: Path, park: Person
) -> None:
    """A note that tells is found, a clean one is not; a sealed file is not called clean."""
    (tmp_path / "found").mkdir()
    (tmp_path / "found/note.txt").write_text("Our client is So Ra Quiverton.", "utf-8")
    (tmp_path / "clean.txt").write_text("Our client is well.", "utf-8")
    keys = ("--identity", park.file)

    told = nkdocs("redact", real, "--search", tmp_path / "found", *keys)
    clean = nkdocs("redact", real, "--search", tmp_path / "clean.txt", *keys)
    closed = nkdocs("redact", real, "--search", real / "exhibits", *keys)

    assert (told.code, clean.code, closed.code) == (6, 0, 6)
    assert "L801" in told.out
    assert "F030" in closed.out
    assert not any(c in told.out + told.err for c in CANARIES)


@pytest.mark.skipif(MEMORY is None, reason="no folder in memory (/dev/shm) here")
def test_an_unsearched_copy_of_a_locked_case_is_never_on_the_disk(
    tmp_path: Path, real: Path, park: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is made and searched in memory: one with a leak leaves no trace beside its place."""
    seen: list[set[Path]] = []
    search: Callable[..., object] = Seeker.folder

    def looked(self: object, top: Path) -> object:
        seen.append({top, *(p for p in tmp_path.glob(".*"))})
        return search(self, top)

    monkeypatch.setattr(Seeker, "folder", looked)

    said = nkdocs("redact", real, "--for", "public", "-o", tmp_path / "copy", "--identity",
                  park.file)  # fmt: skip

    assert said.code == 0, said.err
    assert len(seen) == 1
    assert all(path.is_relative_to(str(MEMORY)) for path in seen[0])


def test_without_a_folder_in_memory_it_is_said(
    tmp_path: Path, real: Path, park: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The copy is made all the same, and whoever makes it knows where it was meanwhile."""
    monkeypatch.setattr(_working, "memory", lambda: None)

    said = nkdocs("redact", real, "--for", "public", "-o", tmp_path / "copy", "--identity",
                  park.file)  # fmt: skip

    assert said.code == 0, said.err
    assert "no folder in memory" in said.err
    shutil.rmtree(tmp_path / "copy")
    assert not list(tmp_path.glob(".nkdocs-copy-*"))


def evidence(folder: Path) -> Path:
    """Make a case with a filing and a supplement to it."""
    (folder / "exhibits").mkdir(parents=True)
    for name, pages in (("a", 2), ("b", 3), ("c", 4)):
        (folder / f"exhibits/{name}.pdf").write_bytes(pdf(pages, name))
    (folder / "answers.yaml").write_text(LISTED, "utf-8")
    return folder


SENT = (
    ("bundle", "--filing", "evidence", "--as", "final"),
    ("sent", "evidence", "CASE/out/evidence/exhibits.pdf", "--on", "2026-11-21"),
    ("bundle", "--filing", "more", "--as", "final"),
    ("check",),
    ("status", "--on", "2026-11-22"),
)


def test_a_supplement_of_a_locked_case_goes_on_from_what_was_sent(
    tmp_path: Path, park: Person
) -> None:
    """Bind, send, bind the supplement: codes and files as in the clear, and all of it sealed."""
    kim, clear = evidence(tmp_path / "a/kim"), evidence(tmp_path / "b/kim")
    lock(kim, park.keys, recipients=(park.public,))

    early = nkdocs("bundle", kim, "--filing", "more", "--identity", park.file)
    assert early.code == 2
    assert "was not sent yet" in early.err
    for command, *rest in SENT:
        told = []
        for at in (kim, clear):
            words = [w.replace("CASE", str(at)) for w in rest]
            told.append(nkdocs(command, at, *words, "--identity", park.file))
        assert told[0].code == told[1].code == 0, (command, told)

    sealed, plain = contents(kim, park.keys), contents(clear, park.keys)
    assert set(sealed) == set(plain)
    assert [n for n in plain if sealed[n] != plain[n]] == []
    assert {n for n in files(kim) if not n.endswith(".age")} == {"lock.yaml"}
    assert {"served/evidence.pdf", "served/evidence.yaml", "out/more/exhibits.pdf"} <= set(plain)

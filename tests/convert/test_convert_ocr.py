"""The program that reads scans: found, missing by name, stopped with all it started."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from nkdocs import _working
from nkdocs.convert import ocr
from nkdocs.convert.ocr import Reader
from nkdocs.errors import MissingProgramError
from tests.bundle.scans import program, stand_in, tesseract


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of programs before which no other is found."""
    bins = tmp_path / "bin"
    bins.mkdir()
    monkeypatch.setenv("PATH", f"{bins}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("NKDOCS_OCRMYPDF", str(bins / "ocrmypdf"))
    return bins


def test_missing_program_is_named_with_the_next_step(folder: Path) -> None:
    """It ends with exit code 3."""
    assert ocr.find_program() is None

    with pytest.raises(MissingProgramError) as caught:
        ocr.reader()

    assert (caught.value.exit_code, "OCRmyPDF" in caught.value.message) == (3, True)
    assert "apt-get install" in caught.value.hint
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("packs", "named"),
    [(("eng", "osd"), ["Korean (kor)"]), (("osd",), ["English (eng)", "Korean (kor)"]),
     (("eng", "kor"), [])],
)  # fmt: skip
def test_missing_language_is_named_with_what_to_install(
    folder: Path, packs: tuple[str, ...], named: list[str]
) -> None:
    """A Korean page read as English would be words that stand nowhere."""
    stand_in(folder)
    tesseract(folder, packs)

    missing = ocr.lacking()

    assert [what.partition(" for ")[2] for what, _ in missing] == named
    for what, mend in missing:
        assert f"tesseract-ocr-{what[-4:-1]}" in mend
    if not named:
        assert ocr.reader().name.startswith("OCRmyPDF 9.9.9 with Tesseract")


def test_program_that_hangs_is_ended_with_what_it_started(folder: Path, tmp_path: Path) -> None:
    """Nothing of it runs on, and no file is left; neither has anything been read."""
    started = tmp_path / "started"
    slow = program(folder / "ocrmypdf", f"#!/bin/sh\nsleep 300 &\necho $! > {started}\nsleep 300\n")

    found = Reader(slow, seconds=1, each=0).read(b"%PDF-", 1)

    assert found is None
    child = int(started.read_text("ascii"))
    for _ in range(100):
        if not _runs(child):
            break
        time.sleep(0.05)
    assert not _runs(child)
    assert not _left()


def test_what_it_writes_for_itself_goes_with_it(folder: Path, tmp_path: Path) -> None:
    """Its temporary folder, and that of what it starts, lie in ours."""
    told = tmp_path / "told"
    program(folder / "ocrmypdf", f'#!/bin/sh\necho x > "$TMPDIR/left"\necho "$TMPDIR" > {told}\n')

    assert Reader(folder / "ocrmypdf").read(b"%PDF-", 1) is None

    assert not Path(told.read_text("utf-8").strip()).exists()
    assert not _left()


@pytest.mark.skipif(_working.memory() is None, reason="no folder in memory (/dev/shm) here")
def test_pages_of_a_locked_case_are_read_in_memory(folder: Path, tmp_path: Path) -> None:
    """None of them touches a disk."""
    told = tmp_path / "told"
    program(folder / "ocrmypdf", f"#!/bin/sh\npwd > {told}\n")

    Reader(folder / "ocrmypdf", in_memory=True).read(b"%PDF-", 1)

    memory = _working.memory()
    assert memory is not None
    assert Path(told.read_text("utf-8").strip()).is_relative_to(memory)


def _left() -> list[Path]:
    places = [Path(tempfile.gettempdir()), _working.memory() or Path()]
    return [f for place in places for f in place.glob(f"nkdocs-work-{os.getpid()}-*")]


def _runs(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"

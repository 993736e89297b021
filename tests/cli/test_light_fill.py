"""Filling a letter loads what a letter needs: a fact that no clock has to tell."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nkdocs._resources import shipped

#: What other commands need: exhibits, converters, spreadsheets, the questions' reader, a network.
ELSEWHERE = (
    "nkdocs.batch", "nkdocs.bundle", "nkdocs.convert.office", "nkdocs.convert.ocr",
    "nkdocs.convert.readable", "nkdocs.convert.words", "xml.parsers",
    "nkdocs.convert.draft.engine", "nkdocs.documents.apart", "nkdocs.interview.load",
    "nkdocs.interview.names", "nkdocs.packet.bind", "nkdocs.packet.build", "nkdocs.packet.pdfs",
    "nkdocs.cli.app", "concurrent", "cryptography", "docx", "docxtpl", "fpdf", "http", "img2pdf",
    "multiprocessing", "openpyxl", "PIL", "pikepdf", "prompt_toolkit", "pydantic", "pypdf",
    "pypdfium2", "pyrage", "questionary", "rich", "ssl", "urllib.request", "xml.sax",
)  # fmt: skip
LIGHT = {"nkdocs.bundle", "nkdocs.bundle.passwords"}  # how passwords are tried; it holds no PDF
WATCHED = """
import sys
from nkdocs.cli import main
try:
    main()
finally:
    print("\\n", *sys.modules, file=sys.stderr)
"""


@pytest.mark.parametrize("command", [["fill", "case", "asylum-declaration"], ["status", "case"]])
def test_a_letter_loads_nothing_that_others_need(tmp_path: Path, command: list[str]) -> None:
    """Once the program's own questions and templates are kept on this computer."""
    shutil.copytree(shipped("answers") / "demo", tmp_path / "case")
    around = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    run = [sys.executable, "-c", WATCHED, *command]

    _, told = (
        subprocess.run(run, env=around, cwd=tmp_path, capture_output=True, text=True, check=True)
        for _ in range(2)
    )

    loaded = set(told.stderr.splitlines()[-1].split()) - LIGHT
    assert "nkdocs.checks.run" in loaded
    heavy = [m for m in loaded for e in ELSEWHERE if m == e or m.startswith(f"{e}.")]
    assert heavy == []


def test_no_plug_in_of_a_library_is_shown_what_was_answered(tmp_path: Path) -> None:
    """Another program's package beside ours may tell pydantic to show it all that is checked."""
    shutil.copytree(shipped("answers") / "demo", tmp_path / "case")
    about = tmp_path / "spy-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: spy\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pydantic]\nspy = spy:seen\n")
    (tmp_path / "spy.py").write_text("seen = None\n")
    answers = tmp_path / "case/answers.yaml"
    told_wrong = answers.read_text("utf-8").replace("expect_pages: 2", "expect_pages: two")
    answers.write_text(told_wrong, "utf-8")  # what is right is read without pydantic
    beside = os.pathsep.join((str(tmp_path), os.environ.get("PYTHONPATH", "")))
    around = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": beside}

    told = subprocess.run(
        [sys.executable, "-c", WATCHED, "fill", "case", "asylum-declaration"],
        env=around, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    loaded = told.stderr.splitlines()[-1].split()
    assert "pydantic" in loaded
    assert "spy" not in loaded

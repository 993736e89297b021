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
    "nkdocs.convert.draft.engine", "nkdocs.documents.apart", "nkdocs.interview.load",
    "nkdocs.interview.names", "nkdocs.packet.bind", "nkdocs.packet.build", "nkdocs.packet.pdfs",
    "nkdocs.cli.app", "concurrent", "cryptography", "docx", "docxtpl", "fpdf", "http", "img2pdf",
    "multiprocessing", "openpyxl", "PIL", "pikepdf", "prompt_toolkit", "pypdf", "pypdfium2",
    "pyrage", "questionary", "rich", "ssl", "urllib.request", "xml.sax",
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

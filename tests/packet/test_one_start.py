"""The letters of several filings become PDFs in one start of LibreOffice, which costs a second."""

import os
from pathlib import Path

import pytest

from nkdocs.convert.office import find_office
from nkdocs.packet import build as building
from nkdocs.packet.filings import wanted
from tests.packet.demo import DRAFT, copied, desk, needs_office

pytestmark = [
    needs_office,
    pytest.mark.skipif(os.name == "nt", reason="the program that counts is a shell script"),
]
COUNTED = '#!/bin/sh\necho "$@" >> {log}\nexec {office} "$@"\n'


@pytest.fixture
def starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file that has a line for each start of LibreOffice."""
    log, program = tmp_path / "starts", tmp_path / "soffice"
    program.write_text(COUNTED.format(log=log, office=find_office()))
    program.chmod(0o755)
    monkeypatch.setenv("NKDOCS_SOFFICE", str(program))
    return log


def test_letters_of_several_filings_are_made_together(tmp_path: Path, starts: Path) -> None:
    """Two letters, one start; the name of the program is asked once; every packet is whole."""
    case = copied(tmp_path)
    at = desk(case)
    made = building.build_all(at, wanted(at, ["pd", "review"]), DRAFT)

    told = starts.read_text().splitlines()
    letters = [line for line in told if line.count("/in/") == 2]
    assert len(letters) == 1, told
    assert sum("--version" in line for line in told) == 1
    assert [built.linked > 5 for built in made] == [True, True]
    assert all(f"{built.filing.id}/packet.pdf" in built.files for built in made)


def test_two_filings_with_one_letter_say_each_its_own(tmp_path: Path, starts: Path) -> None:
    """The letter cites other pages in each: it becomes a PDF twice, and both are right."""
    case = copied(tmp_path)
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    assert text.count("lead: supervisory-review") == 1
    file.write_text(text.replace("lead: supervisory-review", "lead: pd-request"), "utf-8")
    at = desk(case)
    made = building.build_all(at, wanted(at, ["pd", "review"]), DRAFT)

    assert all(built.linked for built in made)
    told = [line for line in starts.read_text().splitlines() if "/in/" in line]
    letters = [told[-2], told[-1]]  # what was bound before stands before
    assert [line.count("/in/") for line in letters] == [1, 1], told
    assert made[0].files["pd/packet.pdf"] != made[1].files["review/packet.pdf"]

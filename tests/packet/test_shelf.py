"""What cases have in common is read once and kept, a case's own templates never."""

from pathlib import Path

import pytest

from nkdocs import _resources
from nkdocs.batch import desks
from nkdocs.case import Case
from nkdocs.diagnostics import State
from nkdocs.documents import compiled, kept
from nkdocs.packet.desk import open_desk, shelf_of
from nkdocs.packet.fill import fill
from tests.documents.letters import template

OWN = "section: own\ntitle: O\nquestions:\n- {ask: a.b, kind: text, prompt: P, audience: [court]}\n"
NOTE = """document: note
title: A note
audience: court
use: [meta, office]
files:
- {file: note.docx, title: A note, audience: court}
questions: []
"""


@pytest.mark.parametrize(("where", "own"), [("", 1), ("office", 1), ("case", 0)])
def test_questions_are_kept_unless_a_case_brings_its_own(
    where: str, own: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They might hold what is the client's; those of the program and of the office do not."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    case, office = tmp_path / "case", tmp_path / "office"
    for folder in (case, office):
        folder.mkdir()
    if where:
        (tmp_path / where / "templates/shared").mkdir(parents=True)
        (tmp_path / where / "templates/shared/own.yaml").write_text(OWN)

    found = shelf_of(Case(case / "answers.yaml", case, office / "office.yaml"))

    assert (("a", "b") in found.catalogue.questions) == bool(where)
    others = 2  # of the law and of recipients, which ship
    assert len(list((tmp_path / "cache").glob("nkdocs/*"))) == others + own


def test_a_batch_keeps_the_questions_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A night run starts as soon as a single letter."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    case = tmp_path / "case"
    case.mkdir()

    desks._shelf.cache_clear()  # noqa: SLF001 - as a new process would begin
    desks.shelf_for(Case(case / "answers.yaml", case))

    catalogue, law, recipients = 1, 1, 1
    assert len(list((tmp_path / "cache").glob("nkdocs/*"))) == catalogue + law + recipients


def test_every_file_that_a_letter_may_be_made_of_is_in_the_fingerprint(tmp_path: Path) -> None:
    """Its name, its place and its bytes; a program's own leavings and notes are not."""
    office = tmp_path / "templates"
    place = office / "letter" / "parts"
    place.mkdir(parents=True)

    def seen() -> str:
        desks._shelf.cache_clear()  # noqa: SLF001 - as a new process would begin
        case = Case(tmp_path / "case" / "answers.yaml", tmp_path / "case", tmp_path / "office.yaml")
        return desks.shelf_for(case).mark

    prints = [seen()]
    for name, data in (("a.docx", b"1"), ("a.docx", b"2"), ("b.py", b"2"), ("c.yaml", b"")):
        (place / name).write_bytes(data)
        prints.append(seen())
    (place / "a.docx").rename(place.parent / "a.docx")
    prints.append(seen())
    assert len({*prints}) == len(prints)

    for name in ("note.txt", "__pycache__/b.cpython-311.pyc"):
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(b"")
    assert seen() == prints[-1]


@pytest.mark.parametrize("stand", [".", "case"])
def test_a_letter_template_of_a_case_is_not_kept_wherever_one_stands(
    stand: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may hold what is the client's: named from within the case's folder, too."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    case = tmp_path / "case"
    (case / "templates/note").mkdir(parents=True)
    (case / "templates/note/interview.yaml").write_text(NOTE)
    word = template("Dear {{ office.name }}:")
    (case / "templates/note/note.docx").write_bytes(word)
    (case / "answers.yaml").write_text("answers: 1\noffice: {name: A Clinic}\n")
    monkeypatch.chdir(case if stand == "." else tmp_path)

    made = fill(open_desk(Path(stand)), ["note"], State.DRAFT)

    assert [paper.name for paper in made.papers] == ["note.docx"]
    assert not (tmp_path / f"cache/nkdocs/{kept.key(word)}.tpl").exists()


def test_a_template_that_ships_is_kept_from_within_a_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`nkdocs fill .` compiles it once, as `nkdocs fill CASE` does."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "answers.yaml").write_text("answers: 1\noffice: {name: A Clinic}\n")
    monkeypatch.chdir(tmp_path)
    compiled.compiled.cache_clear()  # as in a process of its own

    fill(open_desk(Path()), ["supervisory-review"], State.DRAFT)

    shipped = _resources.shipped("templates") / "supervisory-review/supervisory-review.docx"
    assert (tmp_path / f"cache/nkdocs/{kept.key(shipped.read_bytes())}.tpl").exists()

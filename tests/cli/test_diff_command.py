"""What changed in a letter is told in words: two files, or an edited letter against today's."""

import json
import shutil
from pathlib import Path

import docx
import pytest

from nkdocs._resources import shipped
from nkdocs.bundle.pages import build_bundle
from tests.bundle.made import binding, exhibit
from tests.packet.papers import nkdocs

LETTER = "pd-request.docx"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the fictional case, without its exhibits, with its letter filled: only to copy."""
    case = tmp_path_factory.mktemp("case") / "seo"
    case.mkdir()
    for name in ("answers.yaml", "office.yaml"):
        shutil.copyfile(shipped("answers") / "demo" / name, case / name)
    said = nkdocs("fill", case, "pd-request")
    assert said.code == 0, said.err
    return case


@pytest.fixture
def case(filled: Path, tmp_path: Path) -> Path:
    """Return a copy of that case of the test's own."""
    shutil.copytree(filled, tmp_path / "seo")
    return tmp_path / "seo"


def edit(file: Path, old: str, new: str) -> None:
    """Change a word as someone does in Word."""
    document = docx.Document(str(file))
    runs = [run for p in document.paragraphs for run in p.runs if old in run.text]
    runs[0].text = runs[0].text.replace(old, new, 1)
    document.save(str(file))


def test_an_edited_letter_is_told_against_todays(case: Path) -> None:
    """What the attorney wrote, and nothing that only a draft carries; nothing is written."""
    edit(case / "out" / LETTER, "respectfully", "most respectfully")
    before = {f: f.read_bytes() for f in case.rglob("*") if f.is_file()}

    said = nkdocs("diff", case)

    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == LETTER
    assert len(lines) == 2
    assert "“most” was put in" in lines[1]
    assert {f: f.read_bytes() for f in case.rglob("*") if f.is_file()} == before


def test_an_answer_that_changed_since_is_told_too(case: Path) -> None:
    """The letter in out/ says what the answers said then."""
    answers = case / "answers.yaml"
    text = answers.read_text("utf-8")
    answers.write_text(text.replace("410 Larch", "411 Larch"), "utf-8")
    office = case / "office.yaml"
    office.write_text(office.read_text("utf-8").replace("410 Larch", "411 Larch"), "utf-8")

    said = nkdocs("diff", case, "pd-request")

    assert "(a date or number): “411” became “410”" in said.out


def test_two_files_are_compared(case: Path) -> None:
    """As data, too."""
    new = case / "out" / LETTER
    old = case / "old.docx"
    shutil.copyfile(new, old)
    edit(new, "respectfully", "most respectfully")

    told = json.loads(nkdocs("diff", old, new, "--json").out)

    (changes,) = told["data"].values()
    assert [(c["what"], c["touches"]) for c in changes] == [("changed", "words")]


def test_nothing_edited_is_said(case: Path) -> None:
    """And what is missing is named, with the next step."""
    assert "Nobody edited" in nkdocs("diff", case).err
    assert nkdocs("diff", case / "out" / LETTER).code == 2
    missing = nkdocs("diff", case, "supervisory-review")
    assert missing.code == 2
    assert "nkdocs fill" in missing.err


def _bundle(file: Path, *names: str) -> Path:
    """Write a bundle of exhibits of two pages each."""
    volumes = build_bundle([exhibit(name, 2) for name in names], binding()).volumes
    file.write_bytes(volumes[0].data)
    return file


def test_a_bundle_is_told_by_its_exhibits(tmp_path: Path) -> None:
    """Which came, which moved; what stands where it stood is only counted."""
    old = _bundle(tmp_path / "old.pdf", "a", "b")
    new = _bundle(tmp_path / "new.pdf", "a", "x", "b")

    said = nkdocs("diff", old, new)
    told = json.loads(nkdocs("diff", old, new, "--json").out)["data"]

    assert said.code == 0
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["new", "moved"]
    assert "1 stand" in said.err
    assert [d["kind"] for d in told] == ["same", "new", "moved"]
    assert told[2]["new"] == {"tab": "C", "first": 9, "last": 11}


def test_a_bundle_is_compared_with_another(tmp_path: Path) -> None:
    """A file that is not there is named, with what to write."""
    said = nkdocs("diff", _bundle(tmp_path / "old.pdf", "a"), tmp_path / "none.pdf")

    assert said.code == 2
    assert "none.pdf" in said.err


def test_sealed_bundles_are_compared_with_the_key(tmp_path: Path) -> None:
    """In the folder of a locked case, named as they are called or as they stand, and as copies."""
    keys = pytest.importorskip("tests.locks.keys", reason="the extra 'lock' is not installed")
    kim, park = keys.small(tmp_path / "kim"), keys.person(tmp_path)
    (kim / "out/evidence").mkdir()
    now = _bundle(kim / "out/evidence/exhibits.pdf", "a", "x", "b")
    keys.lock(kim, park.keys, recipients=(park.public,))
    old = _bundle(tmp_path / "old.pdf", "a", "b")
    there = now.with_name("exhibits.pdf.age")
    copy = tmp_path / "copies" / there.name
    copy.parent.mkdir()
    shutil.copyfile(there, copy)

    for new in (now, there, copy, copy.parent):
        said = nkdocs("diff", old, new, "--identity", park.file)
        assert (said.code, said.out.split(":")[0]) == (0, "new"), said.err
    assert not now.exists()
    assert nkdocs("diff", there, copy, "--identity", park.file).err.startswith("0 exhibits differ")
    refused = nkdocs("diff", old, there)
    assert (refused.code, "--identity" in refused.err) == (5, True)

"""The catalogue is kept on disk, is the same when it comes back, and is never stale."""

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import astuple

from nkdocs._conditions import Condition
from nkdocs._resources import shipped
from nkdocs.errors import TemplateError
from nkdocs.interview import kept, load
from nkdocs.interview.spec import Catalogue

TREE = Callable[[Mapping[str, str | bytes]], Path]
DOCUMENT = """
document: letter
title: A letter
audience: court
use: [own]
files: [{file: letter.docx, title: A letter, audience: court, when: case.court}]
"""
SECTION = """
section: own
title: Own
questions:
- {ask: case.court, kind: text, prompt: Which court?, audience: [court]}
- {ask: case.people, kind: list, prompt: Who?, audience: [court], when: case.court == 'x'}
"""
READ = """
import sys
from pathlib import Path
from nkdocs.interview import kept
print(len(kept.load([Path(sys.argv[1])], keep=True).questions))
print("nkdocs.interview.load" in sys.modules)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep catalogues in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "nkdocs"


def flat(thing: object) -> object:
    """Return *thing* as values that can be compared, all that a condition is included."""
    if isinstance(thing, Condition):
        return thing.text, thing.names, thing.plain, repr(thing.tree)
    if isinstance(thing, Struct):
        return [flat(value) for value in astuple(thing)]
    if isinstance(thing, Mapping):
        return [(key, flat(value)) for key, value in thing.items()]
    return [flat(value) for value in thing] if isinstance(thing, (list, tuple)) else thing


def kept_files(place: Path) -> list[Path]:
    """Return what is kept."""
    return sorted(place.glob("*")) if place.is_dir() else []


def asked(catalogue: Catalogue) -> list[str]:
    """Return the paths of its questions."""
    return [q.path for q in catalogue.questions.values()]


def test_what_comes_back_is_what_was_read(place: Path) -> None:
    """Every field of every question, section, document and condition that ships."""
    folders = [shipped("templates")]

    first = kept.load(folders, keep=True)
    again = kept.load(folders, keep=True)

    assert len(kept_files(place)) == 1
    assert again is not first
    assert flat(again) == flat(first) == flat(load.load(folders))
    assert all(again.questions[q.steps] is q for s in again.sections.values() for q in s.questions)


def test_the_second_process_reads_no_yaml(build_tree: TREE) -> None:
    """Nor loads what reads it."""
    folder = build_tree({"shared/own.yaml": SECTION, "letter/interview.yaml": DOCUMENT})
    run = [sys.executable, "-c", READ, str(folder)]

    told = [subprocess.run(run, capture_output=True, text=True, check=True) for _ in range(2)]

    assert [t.stdout.split() for t in told] == [["2", "True"], ["2", "False"]]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("shared/own.yaml", SECTION.replace("Who?", "Who!")),
        ("letter/interview.yaml", DOCUMENT.replace("A letter", "Two letter")),
        ("shared/new.yaml", SECTION.replace("own", "new").replace("case", "more")),
    ],
)
def test_a_changed_file_is_read_anew(build_tree: TREE, file: str, text: str) -> None:
    """Whichever it is; a new one too."""
    folder = build_tree({"shared/own.yaml": SECTION, "letter/interview.yaml": DOCUMENT})
    before = flat(kept.load([folder], keep=True))

    build_tree({file: text})

    after = flat(kept.load([folder], keep=True))
    assert after == flat(load.load([folder]))
    assert after != before


def test_a_folder_that_shadows_is_another_catalogue(build_tree: TREE, tmp_path: Path) -> None:
    """The same files below another folder, or another order of folders, are not mistaken."""
    folder = build_tree({"shared/own.yaml": SECTION, "letter/interview.yaml": DOCUMENT})
    office = tmp_path / "office"
    (office / "shared").mkdir(parents=True)
    (office / "shared/own.yaml").write_text(SECTION.replace("case.people", "case.others"))
    kept.load([folder], keep=True)

    found = kept.load([office, folder], keep=True)

    assert asked(found) == ["case.court", "case.others"]
    assert asked(kept.load([folder], keep=True)) == ["case.court", "case.people"]


def test_a_fault_is_told_each_time(place: Path, build_tree: TREE) -> None:
    """What is wrong is not kept."""
    wrong = SECTION.replace("when: case.court", "when: case.cuort")
    folder = build_tree({"shared/own.yaml": wrong, "letter/interview.yaml": DOCUMENT})

    for _ in range(2):
        with pytest.raises(TemplateError):
            kept.load([folder], keep=True)

    assert kept_files(place) == []


def test_what_is_not_to_be_kept_is_not(place: Path, build_tree: TREE) -> None:
    """The questions of a case's own templates may hold what is the client's."""
    folder = build_tree({"shared/own.yaml": SECTION, "letter/interview.yaml": DOCUMENT})

    kept.load([folder], keep=False)

    assert kept_files(place) == []

"""Which case is which: by where its file stands, whatever way leads there."""

import os
from pathlib import Path

import pytest

from nkdocs import _above
from nkdocs.batch.jobs import Order
from nkdocs.batch.sources import Sources, look_through
from nkdocs.packet.others import case_files
from tests.batch.office import case, office, run, told


def test_a_case_that_links_lead_to_is_one_case(tmp_path: Path) -> None:
    """A link to its file, to a folder above it, and a way round are no other cases."""
    home = office(tmp_path / "home")
    file = case(home, "SEO Yun", 1)
    (tmp_path / "elsewhere").mkdir()
    (linked := tmp_path / "elsewhere/seo.yaml").symlink_to(file)
    (above := tmp_path / "away").symlink_to(home)
    ways = [file, linked, above / file.name, home / "templates/.." / file.name]

    found = look_through(ways, Order("hello"))

    assert found.parts == [file]
    assert [Sources(Order("hello")).place(way) for way in ways] == [str(file.resolve())] * 4


def test_what_stands_above_is_the_nearest_of_its_kind(tmp_path: Path) -> None:
    """A folder of that name is passed over where a file is looked for."""
    (tmp_path / "a/b/office.yaml").mkdir(parents=True)
    (tmp_path / "office.yaml").touch()

    assert _above.above(tmp_path / "a/b", "office.yaml") == (tmp_path / "a/b").resolve()
    found = _above.above(tmp_path / "a/b", "office.yaml", os.path.isfile)
    assert found == tmp_path.resolve()
    assert _above.above(tmp_path / "a/b", "nothing of this name") is None


@pytest.mark.parametrize("typed", [".", "./", "../folder"])
def test_the_folder_one_stands_in_is_a_source(
    home: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    """A folder of cases, whatever way it is named from within."""
    (folder := home / "folder").mkdir()
    case(folder, "SEO Yun", 1)
    case(folder, "KIM Min", 2)
    monkeypatch.chdir(folder)

    made = run(home / "out", Path(typed))

    assert told(made) == [("0001", "written"), ("0002", "written")]


def test_the_case_one_stands_in_is_a_source(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is the same case as from outside."""
    (folder := home / "seo").mkdir()
    case(folder, "SEO Yun", 1).rename(folder / "answers.yaml")
    first = run(home / "out", folder)
    monkeypatch.chdir(folder)

    again = run(home / "out", Path())

    assert told(first) == [("0001", "written")]
    assert told(again) == [("0001", "unchanged")]


def test_the_root_of_all_folders_is_looked_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no name, and is a folder as any other."""
    monkeypatch.setattr("os.walk", lambda _: iter([("/", [], ["kim.yaml"])]))

    assert list(case_files(Path("/"))) == [Path("/kim.yaml")]

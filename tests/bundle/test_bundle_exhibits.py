"""Exhibits from files that no answers file lists."""

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nkdocs.bundle.exhibits import from_files

Tree = Callable[[Mapping[str, str | bytes]], Path]


def test_files_stand_in_the_order_people_count(build_tree: Tree) -> None:
    """1, 2, 11 and not 1, 11, 2; the two are never taken for one."""
    folder = build_tree({"11.pdf": "x", "2.pdf": "x", "1.pdf": "x"})

    _, entries = from_files([folder])

    assert [entry.file for entry in entries] == ["1.pdf", "2.pdf", "11.pdf"]


@pytest.mark.parametrize(
    ("name", "title", "date"),
    [
        ("B-02 2024-03-02 Kim declaration.pdf", "Kim declaration", "2024-03-02"),
        ("2024-03-02 Kim declaration.pdf", "Kim declaration", "2024-03-02"),
        ("03_passport.jpg", "passport", ""),
        ("Tab A Household registration.pdf", "Household registration", ""),
        ("12. Photo of the house.heic", "Photo of the house", ""),
        ("G-28 notice.pdf", "G-28 notice", ""),
        ("I-589.pdf", "I-589", ""),
        ("A letter.pdf", "A letter", ""),
        ("1 2019-05 letter.pdf", "letter", "2019-05"),
        ("7.pdf", "7", ""),
        ("진술서.pdf", "진술서", ""),
    ],
)
def test_name_tells_order_date_and_title(
    build_tree: Tree, name: str, title: str, date: str
) -> None:
    """What stands before the title is order and date; a form's number is none."""
    _, (entry,) = from_files([build_tree({name: "x"})])

    assert (entry.title, entry.date) == (title, date)


def test_what_is_no_exhibit_is_left_out(build_tree: Tree) -> None:
    """Our own output, hidden and temporary files, and the case's own files are no exhibits."""
    folder = build_tree({
        "a.pdf": "x", "out/exhibits.pdf": "x", ".hidden.pdf": "x", "~$b.docx": "x",
        "answers.yaml": "x", "Thumbs.db": "x", ".git/x.pdf": "x", "a.pdf.bak": "x",
        "__MACOSX/a.pdf": "x",
    })  # fmt: skip

    _, entries = from_files([folder])

    assert [entry.file for entry in entries] == ["a.pdf"]


def test_unusable_kinds_are_listed(build_tree: Tree) -> None:
    """A film is no exhibit page, but nobody may think it was included: intake names it."""
    _, entries = from_files([build_tree({"hearing.mp4": "x"})])

    assert [entry.file for entry in entries] == ["hearing.mp4"]


def test_subfolder_is_the_section(build_tree: Tree) -> None:
    """People sort exhibits into folders; `exhibits` itself says nothing."""
    folder = build_tree({"Identity/id.pdf": "x", "exhibits/decl.pdf": "x"})

    _, entries = from_files([folder])

    assert {entry.file: entry.section for entry in entries} == {
        "Identity/id.pdf": "Identity",
        "exhibits/decl.pdf": "",
    }


def test_ids_are_plain_and_unique(build_tree: Tree) -> None:
    """Cites need an id of plain letters, one for each exhibit."""
    names = ["a/Café.pdf", "b/cafe.pdf", "진술서.pdf", "신분증.pdf"]
    folder = build_tree(dict.fromkeys(names, "x"))

    _, entries = from_files([folder])

    assert [entry.id for entry in entries] == ["cafe", "cafe-2", "exhibit", "exhibit-2"]


def test_names_are_composed(build_tree: Tree) -> None:
    """A Mac writes Hangul in pieces; titles and ids have it whole."""
    folder = build_tree({unicodedata.normalize("NFD", "김우심.pdf"): "x"})

    _, (entry,) = from_files([folder])

    assert (entry.title, entry.file) == ("김우심", "김우심.pdf")


def test_bare_files_share_their_folder(build_tree: Tree) -> None:
    """Files named one by one are found from the folder that holds them all."""
    folder = build_tree({"a/x.pdf": "1", "b/y.pdf": "2"})

    found, entries = from_files([folder / "b" / "y.pdf", folder / "a" / "x.pdf"])

    assert (found, [entry.file for entry in entries]) == (folder, ["b/y.pdf", "a/x.pdf"])


def test_files_named_one_by_one_keep_their_order(tmp_path: Path) -> None:
    """What a person put in order stays so; what the shell sorted is sorted as people do."""
    for name in ("b.txt", "a.txt", "1.txt", "11.txt", "2.txt"):
        (tmp_path / name).write_text("x", "utf-8")

    chosen = from_files([tmp_path / "b.txt", tmp_path / "a.txt"])[1]
    globbed = from_files([tmp_path / n for n in ("1.txt", "11.txt", "2.txt")])[1]

    assert [e.file for e in chosen] == ["b.txt", "a.txt"]
    assert [e.file for e in globbed] == ["1.txt", "2.txt", "11.txt"]


def test_a_name_with_control_characters_is_shown_harmless(tmp_path: Path) -> None:
    """The file is an exhibit like any other; its title cannot move a cursor."""
    (tmp_path / "note\x1b[31mred.txt").write_text("x", "utf-8")

    (entry,) = from_files([tmp_path])[1]

    assert entry.title == "note\\x1b[31mred"
    assert (tmp_path / entry.file).is_file()


def test_files_may_be_named_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`nkdocs bundle ../scans/a.pdf b.pdf` names two files, whatever folder one stands in."""
    for name in ("scans/a.pdf", "here/b.pdf"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_bytes(b"%PDF")
    monkeypatch.chdir(tmp_path / "here")

    folder, entries = from_files([Path("../scans/a.pdf"), Path("b.pdf")])

    assert folder == tmp_path.resolve()
    assert [e.file for e in entries] == ["scans/a.pdf", "here/b.pdf"]

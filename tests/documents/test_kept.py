"""A compiled template is kept on disk for its owner, used again, and never trusted when damaged."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs import _kept
from nkdocs.documents import compiled, kept
from tests.documents.letters import said, template

WORD = template("Dear {{ name }}:", "{% if x %}{{ x }}{% endif %} end.", header="{{ name }}")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep compiled templates in a folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "nkdocs"


def letter() -> bytes:
    """Return the letter, as a program that was just started makes it."""
    compiled.compiled.cache_clear()
    names = {"name": "Kim & Lee", "x": 3}
    return compiled.fill(WORD, names, str, name="letter.docx", keep=True).data()


def files(place: Path) -> list[Path]:
    """Return what is kept."""
    return sorted(place.glob("*")) if place.is_dir() else []


def test_it_is_compiled_once_and_gives_the_same_bytes(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second program does not open the template in docxtpl at all."""
    first = letter()
    assert len(files(place)) == 1
    monkeypatch.delattr(compiled, "_opened")

    assert letter() == first
    assert said(first) == ["Dear Kim & Lee:", "3 end."]


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of Linux and macOS")
def test_it_is_for_its_owner_alone(place: Path) -> None:
    """File and folder, whatever the umask."""
    old = os.umask(0)
    try:
        letter()
    finally:
        os.umask(old)

    assert [oct(f.stat().st_mode & 0o777) for f in files(place)] == ["0o600"]
    assert oct(place.stat().st_mode & 0o777) == "0o700"


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:0],
        lambda data: data[:-1],
        lambda data: data + b"x",
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: bytes(len(data)),
        lambda data: data[:32],
    ],
)
def test_what_is_damaged_is_not_read(place: Path, damage: Callable[[bytes], bytes]) -> None:
    """The letter comes out the same, and a good file takes the place of the bad one."""
    first = letter()
    (file,) = files(place)
    good = file.read_bytes()
    file.write_bytes(damage(good))

    assert letter() == first
    assert _kept.load(file.stem) is not None


def test_a_good_file_under_another_name_is_not_read(place: Path) -> None:
    """What was compiled from another template is not taken for this one."""
    letter()
    (file,) = files(place)
    other = kept.key(template("Another."))
    file.rename(place / f"{other}.tpl")

    assert _kept.load(other) is None


def test_where_nothing_can_be_kept_the_letter_comes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be made hinders nobody."""
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert said(letter())[0] == "Dear Kim & Lee:"


def test_a_template_of_a_case_is_not_kept(place: Path) -> None:
    """It may hold what is the client's: only templates of the program and the office are kept."""
    compiled.compiled.cache_clear()

    compiled.fill(WORD, {"name": "x", "x": 0}, str, name="letter.docx")

    assert files(place) == []


def test_old_files_make_room(place: Path) -> None:
    """The folder does not grow without end."""
    place.mkdir(parents=True)
    for number in range(260):
        (place / f"{number}.tpl").write_bytes(b"old")

    letter()

    assert len(files(place)) <= 201

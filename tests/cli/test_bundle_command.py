"""nkdocs bundle, check and new on files that no case lists."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from nkdocs import cli
from tests.bundle.crafted import document, saved
from tests.bundle.made import pdf
from tests.locks.terminal import typed

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process: its exit code, and all that it said."""

    def run(*words: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["nkdocs", *map(str, words)])
        try:
            code = cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    return run


def test_bundle_of_bare_files_tells_what_check_tells(run: Run, tmp_path: Path) -> None:
    """The same report twice is said when it is bound, not only when someone asked before."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.pdf").write_bytes(pdf(1, "the same"))

    code, said = run("bundle", tmp_path, "-o", tmp_path / "out.pdf")

    assert code == 0
    assert "X401" in said


@pytest.mark.parametrize(("words", "expected"), [("no\nswallow\n", 0), ("no\n", 8), (None, 8)])
def test_password_file_opens_protected_exhibits(
    run: Run, tmp_path: Path, words: str | None, expected: int
) -> None:
    """One password a line; without the right one the file is named, and nothing is written."""
    folder, given = tmp_path / "files", tmp_path / "passwords.txt"
    folder.mkdir()
    locked = saved(document("x"), pikepdf.Encryption(owner="o", user="swallow"))
    (folder / "a.pdf").write_bytes(locked)
    if words:
        given.write_text(words)
    options = ["--password-file", given] if words else []

    code, said = run("bundle", folder, "-o", tmp_path / "out.pdf", *options)

    assert code == expected
    assert (tmp_path / "out.pdf").exists() is (expected == 0)
    assert "swallow" not in said
    assert ("a.pdf" in said and "--password-file" in said) is (expected != 0)


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_password_is_asked_for_at_the_terminal(tmp_path: Path) -> None:
    """A wrong one is said to be wrong, none is shown, and the right one opens the next file too."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a.pdf", "b.pdf"):
        locked = saved(document(name), pikepdf.Encryption(owner="o", user="swallow"))
        (folder / name).write_bytes(locked)

    code, said = typed(
        ["bundle", folder], [("Password of a.pdf", "sparrow"), ("does not open it", "swallow")]
    )

    assert code == 0
    assert said.count("Password of") == 2
    assert not [word for word in ("sparrow", "swallow") if word in said]
    assert (folder / "out/exhibits.pdf").exists()


def test_password_file_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    """It is said before any file is opened."""
    (tmp_path / "a.pdf").write_bytes(pdf(1))

    code, said = run("check", tmp_path, "--password-file", tmp_path / "none.txt")

    assert (code, "none.txt" in said) == (2, True)


def test_venue_of_a_check_is_for_bare_files(run: Run, tmp_path: Path) -> None:
    """A case names its venues in its filings."""
    (tmp_path / "answers.yaml").write_text("answers: 1\n")

    code, said = run("check", tmp_path, "--venue", "eoir-ecas")

    assert (code, "bare files" in said) == (2, True)


def test_new_case_asks_files_whose_names_say_nothing(run: Run, tmp_path: Path) -> None:
    """The title comes from the first line, and the user is told to look at it."""
    source, case = tmp_path / "scans", tmp_path / "kim"
    source.mkdir()
    (source / "scan 0001.pdf").write_bytes(pdf(1, "Medical Report"))

    code, said = run("new", case, "--from", source)

    assert code == 0
    assert "scan 0001.pdf" in said
    assert "title: Medical Report, sheet 1" in (case / "answers.yaml").read_text()

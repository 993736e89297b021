"""Files of real people do not get into a repository unseen."""

import json
import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from nkdocs import cases
from nkdocs._resources import shipped
from nkdocs.packet.exposed import exposed, of_list
from nkdocs.packet.gitguard import LINES, guard
from tests.packet.papers import nkdocs

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
REAL = "-".join(("A123", "456", "789"))  # no sample number: made here, so that it stands in no file
ROOT = Path(__file__).resolve().parents[2]


def answers(number: str) -> str:
    """Return a small answers file."""
    return f"# a case\nanswers: 1\nrespondents:\n- {{id: kim, lead: yes, a_number: {number}}}\n"


def git(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run git in *folder*, with no settings but these."""
    program = shutil.which("git") or "git"
    named = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    return subprocess.run(
        [program, *named, *words], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty repository, and stand in it."""
    git(tmp_path, "init", "-q")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_real_case_is_named_with_all_its_files(repository: Path) -> None:
    """The answers, what lies beside them, and any other file with a real number."""
    for name in ("kim/answers.yaml", "kim/exhibits/id.txt", "flat.yaml", "notes/list.csv"):
        (repository / name).parent.mkdir(parents=True, exist_ok=True)
        (repository / name).write_text(answers(REAL) if name.endswith("yaml") else f"x, {REAL}\n")

    said = nkdocs("doctor", "--git", "--json")

    found = {f["file"] for f in json.loads(said.out)["findings"]}
    assert said.code == 6
    assert found == {"kim/answers.yaml", "kim/exhibits/id.txt", "flat.yaml", "notes/list.csv"}
    assert "456" not in said.out + said.err


def test_sample_and_ignored_cases_are_no_fault(repository: Path) -> None:
    """Made-up people may be committed; what git ignores would not be."""
    for name, number in (("sample", "A000-000-021"), ("real", REAL)):
        (repository / name).mkdir()
        (repository / name / "answers.yaml").write_text(answers(number))
    (repository / ".gitignore").write_text("/real/\n")

    assert nkdocs("doctor", "--git").code == 0


def test_lines_that_are_told_keep_a_case_out(repository: Path) -> None:
    """What doctor says to add is enough, and then it says so no more."""
    before = nkdocs("doctor", "--git")
    (repository / ".gitignore").write_text("\n".join(LINES) + "\n")

    after = nkdocs("doctor", "--git")

    assert "kim/answers.yaml" in before.out
    assert all(f"    {line}\n" in before.out for line in LINES)
    assert "kim/answers.yaml" not in after.out


def test_shipped_ignore_file_keeps_a_case_out() -> None:
    """A case of real people in a checkout of nkdocs, and what is built from it."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")

    told = guard(ROOT, [shipped("templates")])

    assert told.open == ()
    assert told.findings == ()


def test_hook_that_is_told_stops_a_commit(repository: Path) -> None:
    """The line that doctor prints is run as it stands; then a real case cannot be committed."""
    told = nkdocs("doctor", "--git").out
    lines = [x.strip() for x in told.splitlines() if "pre-commit" in x]
    program = repository / "bin"
    program.mkdir()
    python = ROOT / ".venv/bin/python"
    if not python.exists():
        pytest.skip("there is no .venv")
    (program / "nkdocs").write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {python} -m nkdocs "$@"\n')
    (program / "nkdocs").chmod(0o700)
    subprocess.run(["/bin/sh", "-c", "\n".join(lines)], cwd=repository, check=True)
    path = {**os.environ, "PATH": f"{program}:{os.environ['PATH']}"}

    (repository / "answers.yaml").write_text(answers(REAL))
    git(repository, "add", "answers.yaml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", path["PATH"])
        stopped = git(repository, "commit", "-qm", "x")
        (repository / "answers.yaml").write_text(answers("A000-000-021"))  # not staged: no help
        still = git(repository, "commit", "-qm", "x")
        git(repository, "add", "answers.yaml")
        made = git(repository, "commit", "-qm", "x")

    assert (stopped.returncode, still.returncode, made.returncode) == (1, 1, 0), made.stderr
    assert "L808" in stopped.stderr
    assert "nothing" not in nkdocs("doctor", "--git").out


def test_outside_a_repository_there_is_nothing_to_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No repository, no fault."""
    monkeypatch.chdir(tmp_path)

    said = nkdocs("doctor", "--git")

    assert said.code == 0
    assert "no git repository" in said.out


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.parametrize(
    ("number", "mode", "reached"), [(REAL, 0o644, True), (REAL, 0o600, False),
                                    ("A000-000-021", 0o644, False)],
)  # fmt: skip
def test_answers_that_everybody_can_read_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: str, mode: int, *, reached: bool
) -> None:
    """L805 where a file is open and so is the way to it; made-up people are no secret."""
    file = tmp_path / "answers.yaml"
    file.write_text(answers(number))
    file.chmod(mode)
    monkeypatch.setattr("nkdocs.packet.exposed._is_open", lambda _: True)

    told = exposed(cases.find(tmp_path))

    assert bool(told) == reached


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_closed_folder_keeps_an_open_file_safe(tmp_path: Path) -> None:
    """Nobody gets to a file through a folder that only its owner enters."""
    (tmp_path / "answers.yaml").write_text(answers(REAL))
    (tmp_path / "answers.yaml").chmod(0o644)
    tmp_path.chmod(stat.S_IRWXU)

    assert exposed(cases.find(tmp_path)) == ()


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
def test_a_real_number_at_the_end_of_a_long_list_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spreadsheet is looked through piece by piece, to its last row."""
    monkeypatch.setattr("nkdocs.packet.exposed._is_open", lambda _: True)
    for name, last, reached in (("one", REAL, True), ("two", "A000-000-021", False)):
        file = tmp_path / f"{name}.csv"
        file.write_text("A000-000-021\n" * 50_000 + last)
        file.chmod(0o644)

        assert bool(of_list(file, tmp_path / "none")) == reached


def test_git_is_asked_again_when_its_rules_change(repository: Path) -> None:
    """What it leaves out is kept for a folder, until a rule or the folder changes."""
    (repository / "answers.yaml").write_text(answers(REAL))
    (repository / "answers.yaml").chmod(0o600)
    case = cases.find(repository)
    assert [how for _, how in exposed(case)] == ["is not ignored by git, and would be committed"]

    (repository / ".gitignore").write_text("answers.yaml\n")

    assert exposed(case) == ()


def test_a_flat_file_beside_a_repository_of_its_own_papers_is_looked_at_alone(
    tmp_path: Path,
) -> None:
    """Each file is asked about in the repository that it lies in: `kim.yaml` not in that of kim."""
    file = tmp_path / "kim.yaml"
    for one in (file, tmp_path / "kim/out/manifest.jsonl"):
        one.parent.mkdir(parents=True, exist_ok=True)
        one.write_text(answers(REAL))
        one.chmod(0o600)
    git(tmp_path / "kim", "init", "-q")

    found = exposed(cases.find(file))

    assert found == (("out/manifest.jsonl", "is not ignored by git, and would be committed"),)

"""The commands lock and unlock, and every other command on a case that is locked."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs import cases, cli, vault
from nkdocs._resources import shipped
from nkdocs.case import sha256
from nkdocs.packet.others import case_files
from tests.files.harness import files
from tests.locks import keys as made
from tests.locks.keys import CANARY, FILES, contents, lock, person, small
from tests.locks.terminal import typed

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Here = Callable[..., tuple[int, str, str]]
POSIX = pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
SECRET = "horse-battery-staple-orchid"  # noqa: S105 - of a case made up here


@pytest.fixture
def run_here(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Here:
    """Run a command in this process, which has a temporary folder of its own."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    monkeypatch.setattr(tempfile, "tempdir", None)
    (tmp_path / "tmp").mkdir()

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["nkdocs", *map(str, arguments)])
        try:
            code = cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


@pytest.fixture
def run() -> Run:
    """Run a command in another process, without a terminal."""

    def run(*arguments: object, **env: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "nkdocs", *map(str, arguments)],
            capture_output=True, text=True, timeout=120, check=False, start_new_session=True,
            stdin=subprocess.DEVNULL, env={**os.environ, "NKDOCS_SOFFICE": "", **env},
        )  # fmt: skip

    return run


@POSIX
def test_a_passphrase_is_typed_twice_and_opens_the_case(tmp_path: Path) -> None:
    """Nothing of it is shown; a wrong one opens nothing, the right one everything."""
    kim = small(tmp_path / "kim")
    typing = [("New passphrase", SECRET), ("The same again", SECRET)]

    code, shown = typed(["lock", kim], typing)

    assert code == 0, shown
    assert SECRET not in shown
    assert not [n for n in files(kim) if not n.endswith(".age") and n != vault.LOCK]
    code, shown = typed(["unlock", kim], [("Passphrase", "wrong"), ("Passphrase", SECRET)])
    assert code == 0, shown
    assert files(kim) == FILES


@POSIX
@pytest.mark.long
def test_a_passphrase_can_be_changed_and_is_refused_when_short(tmp_path: Path) -> None:
    """The old one no longer opens key.age, the new one does; a short one changes nothing."""
    kim = small(tmp_path / "kim")
    code, shown = typed(["lock", kim], [("New passphrase", "short")])
    assert (code, files(kim)) == (2, FILES), shown
    code, shown = typed(["lock", kim, "-p"], [("New passphrase", "x" * 12), ("again", "y" * 12)])
    assert (code, files(kim)) == (2, FILES), shown
    typed(["lock", kim], [("New passphrase", SECRET), ("again", SECRET)])
    new = SECRET[::-1]
    answers = [("New passphrase", new), ("again", new), ("Passphrase for", SECRET)]

    code, shown = typed(["lock", kim, "-p"], answers)

    assert code == 0, shown
    code, shown = typed(["interview", kim, "--no-input", "--json"], [("Passphrase for", new)])
    assert '"nkdocs": 1' in shown
    with pytest.raises(made.pyrage.DecryptError):
        made.pyrage.passphrase.decrypt((kim / vault.KEY).read_bytes(), SECRET)
    assert typed(["unlock", kim], [("Passphrase", new)])[0] == 0
    assert files(kim) == FILES


def test_without_a_terminal_no_passphrase_is_taken(tmp_path: Path, run: Run) -> None:
    """Not from a pipe, an argument or a variable: exit 5, and public keys are offered instead."""
    kim = small(tmp_path / "kim")

    ended = run("lock", kim, NKDOCS_PASSPHRASE=SECRET)

    assert ended.returncode == 5
    assert "-r AGE1" in ended.stderr
    assert files(kim) == FILES


def test_the_keys_of_the_office_lock_its_cases(
    tmp_path: Path, run_here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    """lock-recipients.txt beside office.yaml is taken when no key is named."""
    park, jung = person(tmp_path, "park"), person(tmp_path, "jung")
    kim = small(tmp_path / "cases/kim")
    (tmp_path / "cases/office.yaml").write_text("office: {name: Clinic}\n")
    names = f"# keys of the office\n{park.public}\n\n{jung.public}\n"
    (tmp_path / "cases/lock-recipients.txt").write_text(names)

    code, told, said = run_here("lock", kim, "--json")

    assert code == 0, said
    assert json.loads(told)["data"]["recipients"] == [park.public, jung.public]
    for one in (park, jung):
        assert contents(kim, one.keys)["answers.yaml"] == {FILES["answers.yaml"]}
    monkeypatch.setenv("NKDOCS_IDENTITY", str(jung.file))
    assert run_here("interview", kim, "--no-input", "--json")[0] == 4  # questions are open


def test_a_secret_key_given_as_a_recipient_is_not_repeated(tmp_path: Path, run: Run) -> None:
    """The mistake is named; the key is on no screen and in no file."""
    kim = small(tmp_path / "kim")
    secret = person(tmp_path).file.read_text("ascii").splitlines()[1]

    ended = run("lock", kim, "-r", secret)

    assert ended.returncode == 2
    assert "secret key" in ended.stderr
    assert secret not in ended.stdout + ended.stderr
    assert files(kim) == FILES


def test_without_pyrage_the_package_is_named(tmp_path: Path) -> None:
    """Exit 3 and the line that installs it; the case is as it was."""
    kim = small(tmp_path / "kim")
    code = "import sys; sys.modules['pyrage'] = None; from nkdocs.cli import main; sys.exit(main())"

    ended = subprocess.run(
        [sys.executable, "-c", code, "lock", str(kim), "-r", "age1x"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert ended.returncode == 3
    assert "nkdocs[lock]" in ended.stderr
    assert files(kim) == FILES


SMALL = f"""answers: 1
meta: {{as_of: 2026-11-20}}
exhibits:
- {{id: lease, title: Lease, file: exhibits/lease.txt, audience: [court]}}
filings:
- {{id: evidence, recipient: eoir, venue: generic, exhibits: [lease]}}
_notes:
  case.judge: {CANARY}
"""
STEPS = [
    ["interview", "CASE", "--no-input", "--set", "case.judge=Immigration Judge Doe"],
    ["bundle", "CASE"],
    ["timeline", "CASE", "--svg", "CASE/out/timeline.svg"],
    ["diff", "CASE"],
    ["schema", "CASE"],
]
MORE = [
    ["interview", "CASE", "--no-input", "--set", "case.judge=Immigration Judge Doe"],
    ["check", "CASE"],
    ["fill", "CASE"],
    ["fill", "CASE", "pd-request", "--force"],
    ["build", "CASE"],
    ["build", "CASE", "pd"],
    ["bundle", "CASE", "--filing", "evidence"],
    ["sign", "CASE", "asylum-declaration"],
    ["why", "pd.forms", "--case", "CASE"],
    ["authorities", "CASE", "--json"],
    ["interview", "CASE", "--json"],
    ["status", "CASE", "--on", "2026-11-20"],
    ["diff", "CASE", "pd-request"],
    ["doctor", "CASE"],
    ["bundle", "CASE", "--filing", "evidence", "--preview"],
]


STALE = "evidence/exhibits_Part2.pdf"  # of an earlier bundle, which had two parts


def demo(folder: Path) -> None:
    """Put the demo case into *folder*, a canary in its answers."""
    shutil.copytree(shipped("answers") / "demo", folder, ignore=shutil.ignore_patterns("out", ".*"))
    text = (folder / "answers.yaml").read_text("utf-8")
    (folder / "answers.yaml").write_text(f"{text}_notes:\n  case.judge: {CANARY}\n", "utf-8")


def tiny(folder: Path) -> None:
    """Make a case with one exhibit."""
    (folder / "exhibits").mkdir(parents=True)
    (folder / "answers.yaml").write_text(SMALL, "utf-8")
    (folder / "exhibits/lease.txt").write_text(f"The lease of {CANARY.split()[0]}.", "utf-8")


@pytest.mark.parametrize(
    ("make", "steps"),
    [pytest.param(tiny, STEPS, id="tiny"),
     pytest.param(demo, MORE, id="demo", marks=pytest.mark.long)],
)  # fmt: skip
def test_every_command_works_on_a_locked_case_and_keeps_it_locked(
    tmp_path: Path, run_here: Here, make: Callable[[Path], None], steps: list[list[str]]
) -> None:
    """The same exit codes and papers as in the clear, only age files in the case, no canary.

    The home folder and the temporary folder are searched too.
    """
    kim, clear, park = tmp_path / "kim", tmp_path / "clear/kim", person(tmp_path)
    for folder in (kim, clear):
        folder.parent.mkdir(exist_ok=True)
        make(folder)
        stale = {"kind": "bundle", "path": STALE, "sha256": sha256(b"old"), "filing": "evidence"}
        cases.find(folder).write({STALE: b"old"}, [stale])
    lock(kim, park.keys, recipients=(park.public,))

    for step in steps:
        told = [run_here(*(a.replace("CASE", str(at)) for a in step), "--identity", park.file)
                for at in (kim, clear)]  # fmt: skip

        assert told[0][0] == told[1][0], told
        assert CANARY not in "".join(map(str, told))
    assert {n for n in files(kim) if not n.endswith(".age")} <= {vault.LOCK, "office.yaml"}
    assert CANARY.encode() in next(iter(contents(kim, park.keys)["answers.yaml"]))
    places = [kim, Path.home(), Path(os.environ["TMPDIR"])]
    assert not [n for p in places for n, data in files(p).items() if CANARY.encode() in data]
    assert not files(Path(os.environ["TMPDIR"]))
    sealed, plain = contents(kim, park.keys), contents(clear, park.keys)
    assert set(sealed) == set(plain)
    assert [n for n in plain if _told(n, sealed[n]) != _told(n, plain[n])] == []
    assert sum(n.startswith("out/") for n in plain) >= 2
    assert f"out/{STALE}" not in plain, "a part that the bundle no longer has"


def _told(name: str, held: set[bytes]) -> object:
    """Return what a file says; of a page map that is kept the map, whose mark tells of the lock."""
    return [json.loads(data)["map"] for data in held] if name.startswith("out/pages/") else held


def test_another_case_that_is_locked_can_be_compared(tmp_path: Path, run_here: Here) -> None:
    """`check --against` finds locked cases, opens them with the same keys, or says it cannot."""
    own, kim, park = tmp_path / "own", tmp_path / "all/kim", person(tmp_path)
    own.mkdir()
    (own / "answers.yaml").write_text("answers: 1\n")
    tiny(kim)
    lock(kim, park.keys, recipients=(park.public,))

    told = run_here("check", own, "--against", kim.parent, "--identity", park.file)
    refused = run_here("check", own, "--against", kim.parent)

    assert told[0] == 0, told
    assert refused[0] == 5
    assert "locked" in refused[2]


def test_locked_cases_are_found_among_others(tmp_path: Path) -> None:
    """A folder, a flat case, and a case by its own path: each once, by its name in the clear."""
    kim, park = tmp_path / "kim", person(tmp_path)
    tiny(kim)
    (tmp_path / "lee.yaml").write_text("answers: 1\n")
    for path in (kim, tmp_path / "lee.yaml"):
        lock(path, park.keys, recipients=(park.public,))

    found = [*case_files(tmp_path), *case_files(tmp_path / "lee.yaml")]

    assert found == [tmp_path / "lee.yaml", kim / "answers.yaml", tmp_path / "lee.yaml"]


def test_a_folder_of_locked_exhibits_is_not_bound_without_them(
    tmp_path: Path, run_here: Here
) -> None:
    """Bare files: a sealed one is named with the next step, never left out without a word."""
    kim, park = tmp_path / "kim", person(tmp_path)
    tiny(kim)
    lock(kim, park.keys, recipients=(park.public,))
    (kim / "exhibits/plain.txt").write_text("plain")

    code, _, said = run_here("bundle", kim / "exhibits", "-o", tmp_path / "all.pdf")

    assert code == 8
    assert "lease.txt.age" in said
    assert "--identity" in said
    assert not (tmp_path / "all.pdf").exists()


SAVING = """
import sys
from pathlib import Path
from nkdocs import cases, errors
from nkdocs.vault import Keys
case = cases.find(Path(sys.argv[1]), keys=Keys([Path(sys.argv[2])]))
left = 10
while left:
    try:
        with case.locked():
            text = case.load().text
            case.save(text + "# more\\n")
            left -= 1
    except errors.FileBusyError:
        pass
"""


def test_no_answer_of_two_processes_is_lost_in_a_locked_case(tmp_path: Path) -> None:
    """Two that save at once wait for each other; the file stays sealed all the time."""
    kim, park = small(tmp_path / "kim"), person(tmp_path)
    lock(kim, park.keys, recipients=(park.public,))
    command = [sys.executable, "-c", SAVING, str(kim), str(park.file)]
    pair = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]

    assert [process.communicate(timeout=120)[1] for process in pair] == ["", ""]

    (text,) = contents(kim, park.keys)["answers.yaml"]
    assert text.count(b"# more") == 20
    assert not (kim / "answers.yaml").exists()


@POSIX
def test_a_link_in_a_case_is_told_as_left_in_the_clear(tmp_path: Path, run_here: Here) -> None:
    """What it leads to stands elsewhere and is not touched."""
    kim, park = small(tmp_path / "kim"), person(tmp_path)
    victim = tmp_path / "elsewhere.pdf"
    victim.write_bytes(b"canary")
    (kim / "exhibits/linked.pdf").symlink_to(victim)

    code, _, said = run_here("lock", kim, "-r", park.public)

    assert code == 0
    assert "still in the clear" in said
    assert "linked.pdf" in said
    assert victim.read_bytes() == b"canary"

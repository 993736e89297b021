"""When nkdocs fails, no word of the client is told or left behind; --debug says what it reveals."""

import logging
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

import pytest
import typer

from nkdocs import cli
from nkdocs.cli import crash
from nkdocs.cli.app import app

CANARY = "A000-000-077 CANARY 카나리아"
ANSWERS = f"""answers: 1
meta: {{as_of: 2026-11-20}}
respondents:
- {{id: kim, lead: yes, name: {{legal: "{CANARY}"}}}}
exhibits:
- {{id: lease, title: Lease, file: exhibits/lease.txt, audience: [court]}}
filings:
- {{id: evidence, recipient: eoir, venue: generic, exhibits: [lease]}}
"""
COMMANDS = {
    "authorities": ["CASE"],
    "batch": ["CASE", "-d", "pd-request", "-o", "CASE/letters", "-j", "1"],
    "build": ["CASE"],
    "bundle": ["CASE"],
    "check": ["CASE"],
    "demo": ["CASE/demo"],
    "diff": ["CASE"],
    "doctor": ["CASE"],
    "fill": ["CASE"],
    "interview": ["CASE", "--set", "case.judge=Doe", "--no-input"],
    "lock": ["CASE", "-r", "age1tcjv4r75kd24utzdv7evkum3ctzd0rgsdgxtznl8he2fhtm7n4psqf598d"],
    "new": ["CASE/new", "--from", "CASE/exhibits"],
    "redact": ["CASE", "--for", "training", "-o", "CASE/copy"],
    "schema": ["CASE"],
    "sent": ["CASE", "evidence", "CASE/exhibits/lease.txt"],
    "sign": ["CASE", "asylum-declaration"],
    "status": ["CASE"],
    "template check": ["pd-request", "--case", "CASE"],
    "template copy": ["pd-request", "CASE"],
    "template fields": ["pd-request", "--case", "CASE"],
    "template list": [],
    "template new": ["CASE/exhibits/letter.docx", "CASE"],
    "template sheet": ["pd-request", "-o", "CASE/sheet.xlsx", "--case", "CASE"],
    "template show": ["pd-request"],
    "timeline": ["CASE", "--svg", "CASE/timeline.svg"],
    "unlock": ["CASE"],
    "why": ["L202", "--case", "CASE"],
}
EARLY, LATE, DEEP = 3, 40, 20_000


def names(group: object, above: str = "") -> Iterator[str]:
    """Yield the words that call each command."""
    for name, command in getattr(group, "commands", {}).items():
        inner = list(names(command, f"{above}{name} "))
        yield from inner or [f"{above}{name}"]


def crashing(after: int) -> Callable[[FrameType, str, object], None]:
    """Return a watcher that fails at the call number *after* of a function below the commands.

    The text of the error is the canary, as that of an error about an answer would be.
    """
    left = after

    def watch(frame: FrameType, event: str, _: object) -> None:
        nonlocal left
        name = frame.f_globals.get("__name__", "")
        below = name.startswith("nkdocs.") and not name.startswith("nkdocs.cli")
        if event == "call" and below:
            left -= 1
            if left == 0:
                raise RuntimeError(CANARY)

    return watch


def test_every_command_is_made_to_crash() -> None:
    """A new command must be added to the list above, or nobody knows what it tells."""
    assert set(names(typer.main.get_command(app))) <= set(COMMANDS)


@pytest.mark.parametrize("after", [EARLY, LATE, pytest.param(DEEP, marks=pytest.mark.long)])
@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_crash_leaves_no_word_of_the_client(
    command: str,
    after: int,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Not on the screen, not in the home, temporary or working folder: only the answers file."""
    for name in ("work", "tmp", "kim/exhibits"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "kim/answers.yaml").write_text(ANSWERS, "utf-8")
    (tmp_path / "kim/exhibits/lease.txt").write_text("The lease.", "utf-8")
    monkeypatch.chdir(tmp_path / "work")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    arguments = [a.replace("CASE", str(tmp_path / "kim")) for a in COMMANDS[command]]
    monkeypatch.setattr(sys, "argv", ["nkdocs", *command.split(), *arguments])

    sys.setprofile(crashing(after))
    try:
        code = cli.main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.setprofile(None)

    shown = capsys.readouterr()
    if after == EARLY or code == 1:  # a small command has ended by then
        assert code == 1
        assert "this is a defect in nkdocs (RuntimeError)" in shown.err
    assert "A000-000-077" not in shown.out + shown.err
    assert "카나리아" not in shown.out + shown.err
    left = [p for place in (tmp_path, Path.home()) for p in place.rglob("*") if p.is_file()]
    assert {p.name for p in left if CANARY.encode() in p.read_bytes()} <= {"answers.yaml"}


def test_debug_says_first_what_it_reveals_and_then_reveals_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The warning stands before anything else; the report that may be sent stands apart."""
    monkeypatch.setattr(sys, "argv", ["nkdocs", "--debug", "template", "list"])

    sys.setprofile(crashing(EARLY))
    try:
        code = cli.main()
    finally:
        sys.setprofile(None)

    err = capsys.readouterr().err
    assert code == 1
    assert err.startswith("--debug: if nkdocs fails")
    before, _, after = err.partition("-- from here on it may quote")
    assert CANARY not in before
    assert CANARY in after


def test_debug_is_not_kept_for_the_next_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was asked for once holds once."""
    for arguments in (["--debug", "template", "list"], ["template", "list"]):
        monkeypatch.setattr(sys, "argv", ["nkdocs", *arguments])
        sys.setprofile(crashing(EARLY))
        try:
            cli.main()
        finally:
            sys.setprofile(None)

    assert CANARY not in capsys.readouterr().err.rpartition("this is a defect")[2]


def test_a_report_names_no_folder_of_the_user() -> None:
    """Where nkdocs is installed tells who somebody is: only the place within it is told."""
    with pytest.raises(OSError, match="seo") as caught:
        (Path("/home/seo yun hui") / "x").read_bytes()

    told = crash.report(caught.value)

    assert "seo" not in told
    assert str(Path.home()) not in told
    assert "test_crash_reports.py:" in told


def test_libraries_say_nothing_by_themselves() -> None:
    """A library's log and warning may quote a page: neither reaches the terminal."""
    code = (
        "import logging, warnings\nfrom nkdocs.cli import crash\ncrash.keep_quiet()\n"
        f"logging.getLogger('fpdf').warning({CANARY!r})\nwarnings.warn({CANARY!r})\n"
    )

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ended.stdout + ended.stderr == ""
    assert logging.getLogger().level == logging.WARNING


@pytest.mark.skipif(os.name != "posix", reason="images of memory are POSIX's")
def test_no_image_of_the_memory_is_written_when_the_program_dies() -> None:
    """A core file would hold every answer."""
    code = (
        "import resource\nfrom nkdocs.cli import crash\ncrash.keep_quiet()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE)[0])"
    )

    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert ended.stdout == "0\n"

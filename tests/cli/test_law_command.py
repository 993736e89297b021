"""The command about the law: what stands on a day, and the attorney's own confirmation."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from nkdocs import cli
from nkdocs._resources import shipped


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: object
) -> tuple[int, str, str]:
    """Run a command in this process."""
    monkeypatch.setattr(sys, "argv", ["nkdocs", *map(str, arguments)])
    code = cli_code()
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def cli_code() -> int:
    """Return the exit code of the command line."""
    try:
        return cli.main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Copy the fictional case's answers."""
    for name in ("answers.yaml", "office.yaml"):
        shutil.copyfile(shipped("answers") / "demo" / name, tmp_path / name)
    return tmp_path


def test_guidance_of_a_day_is_listed_with_its_standing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In December 2022 only inherent discretion stood; nothing is given as settled."""
    arguments = ("authorities", "--on", "2022-12-15", "--kind", "guidance", "--json")

    code, out, _ = run(monkeypatch, capsys, *arguments)

    rows = json.loads(out)["data"]["rows"]
    assert code == 0
    assert "opla-inherent-2022" in {r["id"] for r in rows}
    assert {r["settled"] for r in rows} == {"no"}


def test_a_confirmation_is_noted_in_the_case_and_nowhere_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], demo: Path
) -> None:
    """It names who, when and where; the rest of the file stays byte for byte."""
    before = (demo / "answers.yaml").read_text("utf-8")
    registry = (shipped("templates") / "shared/authorities.yaml").read_bytes()
    told = ("--confirm", "arizona-2012", "--by", "MO", "--source", "read on the court's page")

    code = run(monkeypatch, capsys, "authorities", demo, *told)[0]
    _, out, _ = run(monkeypatch, capsys, "authorities", demo, "--json")

    row = next(r for r in json.loads(out)["data"]["rows"] if r["id"] == "arizona-2012")
    after = (demo / "answers.yaml").read_text("utf-8")
    assert (code, row["settled"]) == (0, "yes")
    assert "MO" in row["confirmed"]
    assert set(before.splitlines()) <= set(after.splitlines())
    assert (shipped("templates") / "shared/authorities.yaml").read_bytes() == registry


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(("--confirm", "arizona-2012"), 2, id="without-name-and-source"),
        pytest.param(("--confirm", "arizna-2012", "--by", "x", "--source", "y"), 9, id="unknown"),
        pytest.param(("--on", "yesterday"), 2, id="no-day"),
    ],
)
def test_what_cannot_be_noted_is_refused_with_the_next_step(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    demo: Path,
    arguments: tuple[str, ...],
    expected: int,
) -> None:
    """Nothing is written."""
    before = (demo / "answers.yaml").read_bytes()

    code, out, err = run(monkeypatch, capsys, "authorities", demo, *arguments)

    assert (code, out) == (expected, "")
    assert err.startswith("nkdocs: ")
    assert (demo / "answers.yaml").read_bytes() == before

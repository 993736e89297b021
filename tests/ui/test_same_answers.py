"""Whoever asks, the answers file is the same: another program, pipes, a terminal."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nkdocs.cli.app import app
from tests.ui.driven import Client, by_json, by_pipe


def begun(folder: Path) -> Path:
    """Return a new case in *folder*."""
    result = CliRunner().invoke(app, ["new", str(folder / "kim")])
    assert result.exit_code == 0
    return folder / "kim"


def twins(tmp_path: Path) -> tuple[Path, Path]:
    """Return two new cases that are the same."""
    first = begun(tmp_path)
    shutil.copytree(first, tmp_path / "twin" / "kim")
    return first, tmp_path / "twin" / "kim"


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param(("sign-off",), id="a short one"),
        pytest.param(("asylum-declaration",), id="declaration", marks=pytest.mark.long),
        pytest.param(("pd-request", "supervisory-review"), id="letters", marks=pytest.mark.long),
        pytest.param(("i589-answers", "late-filing-motion"), id="court", marks=pytest.mark.long),
    ],
)
def test_json_and_pipes_give_the_same_bytes(tmp_path: Path, documents: tuple[str, ...]) -> None:
    """One question at a time as data, or line by line through a pipe: byte for byte."""
    first, second = twins(tmp_path)
    client = Client(documents)

    by_json(first, client)
    code, said = by_pipe(second, client)

    assert (code, "no more answers on the input" in said) == (0, False), said[-2000:]
    one, two = (c / "answers.yaml" for c in (first, second))
    assert one.read_text("utf-8") == two.read_text("utf-8")
    assert len(client.given) > 10

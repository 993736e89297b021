"""Types and lint are law: both run as tests, over package and tests alike."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(["mypy", "--no-error-summary"], id="mypy-strict"),
        pytest.param(["ruff", "check", "--quiet"], id="ruff-all"),
    ],
)
def test_source_is_clean(tool: list[str]) -> None:
    """The tool finds nothing to say."""
    command = [sys.executable, "-m", *tool]

    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout) == (0, ""), run.stdout + run.stderr

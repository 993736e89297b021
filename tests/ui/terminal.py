"""A real terminal for tests: nkdocs runs in tmux, keys are typed, the screen is read."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pytest

ROOT = Path(__file__).resolve().parents[2]
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
PATIENCE = 25  # seconds for a busy computer


class Terminal:
    """A terminal of its own server, so that no other is touched."""

    def __init__(self, *words: object, columns: int = 90, rows: int = 40, **more: str) -> None:
        """Start `nkdocs` with *words* in it, and *more* in its environment."""
        self._name = f"nkdocs-{uuid.uuid4().hex[:12]}"
        told = {"PYTHONPATH": str(ROOT), "TERM": "screen-256color", "LANG": "C.UTF-8", **more}
        env = " ".join(f"{key}={shlex.quote(value)}" for key, value in told.items())
        command = shlex.join([sys.executable, "-m", "nkdocs", *map(str, words)])
        line = f"env {env} {command}; echo ended with $?; sleep 120"
        size = ["-x", str(columns), "-y", str(rows)]
        self._tmux("new-session", "-d", "-s", "t", *size, line)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the terminal and what runs in it."""
        self._tmux("kill-server", check=False)

    def _tmux(self, *words: str, check: bool = True) -> str:
        environment = {**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
        command = ["tmux", "-u", "-L", self._name, "-f", "/dev/null", *words]
        done = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", env=environment,
            check=check, timeout=PATIENCE,
        )  # fmt: skip
        return done.stdout

    def screen(self) -> str:
        """Return what is seen now."""
        return self._tmux("capture-pane", "-p", "-t", "t")

    def history(self) -> str:
        """Return everything that was shown, lines that were wrapped joined again."""
        return self._tmux("capture-pane", "-p", "-J", "-S", "-", "-t", "t")

    def wait(self, seen: str | Callable[[str], bool]) -> str:
        """Wait until *seen* is on the screen; return the screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            shown = self.screen()
            if seen(shown) if callable(seen) else seen in shown:
                return shown
            time.sleep(0.05)
        msg = f"{seen!r} never came; the screen was:\n{self.screen()}"
        raise AssertionError(msg)

    def type(self, text: str) -> None:
        """Type *text* as it stands."""
        self._tmux("send-keys", "-t", "t", "-l", text)

    def press(self, *keys: str) -> None:
        """Press keys by their names in tmux: Enter, C-b, Escape, Down."""
        self._tmux("send-keys", "-t", "t", *keys)

    def enter(self, text: str = "") -> None:
        """Type *text* and press Enter."""
        if text:
            self.type(text)
        self.press("Enter")

    def resize(self, columns: int, rows: int = 40) -> None:
        """Make the window another size."""
        self._tmux("resize-window", "-t", "t", "-x", str(columns), "-y", str(rows))

    def wait_for_number(self, text: str, count: int) -> None:
        """Wait until *text* was shown *count* times in all."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.history().count(text) >= count:
                return
            time.sleep(0.05)
        msg = f"{text!r} was not shown {count} times; the screen was:\n{self.screen()}"
        raise AssertionError(msg)

    def choose(self, label: str) -> None:
        """Press the key that stands before *label* in the menu on the screen, and Enter."""
        found = re.findall(rf"([0-9a-z])\) {re.escape(label)}\s*$", self.screen(), re.MULTILINE)
        assert found, (label, self.screen())
        self.enter(found[-1])

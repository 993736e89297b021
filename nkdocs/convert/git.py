"""Asks git what a repository holds, or would hold after `git add`; it never changes anything."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from nkdocs._above import above

_SECONDS = 60


def top_of(folder: Path) -> Path | None:
    """Return the top folder of the repository around *folder*, None if there is none."""
    return above(folder, ".git")


def is_there() -> bool:
    """Whether git is installed."""
    return shutil.which("git") is not None


def held(top: Path) -> list[str]:
    """Return the files that are in the repository, or would be after `git add --all`."""
    return _listed(_git(top, "ls-files", "-z", "--cached", "--others", "--exclude-standard"))


def staged(top: Path) -> list[str]:
    """Return the files that the next commit adds or changes."""
    return _listed(_git(top, "diff", "--cached", "--name-only", "--diff-filter=d", "-z"))


def staged_bytes(top: Path, name: str) -> bytes:
    """Return a file as the next commit would have it."""
    return _git(top, "show", f":{name}")


def ignored(top: Path, names: Sequence[str]) -> set[str]:
    """Return those of *names* that git leaves out."""
    given = b"\0".join(os.fsencode(name) for name in names)
    return set(_listed(_git(top, "check-ignore", "-z", "--no-index", "--stdin", given=given)))


def hook(top: Path) -> Path:
    """Return where the hook stands that runs before a commit."""
    told = _git(top, "rev-parse", "--git-path", "hooks/pre-commit").decode("utf-8", "replace")
    return top / told.strip()


def _listed(told: bytes) -> list[str]:
    return [os.fsdecode(name) for name in told.split(b"\0") if name]


def _git(top: Path, *words: str, given: bytes = b"") -> bytes:
    """Return what git says; nothing if it says no."""
    program = shutil.which("git") or "git"
    run = subprocess.run(  # noqa: S603 - the program found above, words of our own
        [program, "-C", str(top), *words],
        input=given,
        capture_output=True,
        timeout=_SECONDS,
        check=False,
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
    )
    return run.stdout

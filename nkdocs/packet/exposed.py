"""Which files of a case other people can reach: by their rights, or through a git repository."""

import os
from collections.abc import Iterator
from pathlib import Path

from nkdocs.case import Case
from nkdocs.convert import git
from nkdocs.packet.gitguard import is_sample

_READ, _ENTER = 0o004, 0o001  # of everybody


def exposed(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the files with the client's data that others can reach, and how.

    The case of made-up people, whose A-numbers are sample numbers, is nobody's secret.
    """
    try:
        if is_sample(case.file.read_text("utf-8", "replace")):
            return ()
    except OSError:
        return ()
    return tuple(_reached(case))


def _reached(case: Case) -> Iterator[tuple[str, str]]:
    files = [f for f in (case.file, case.out / "manifest.jsonl") if f.is_file()]
    for file in files if os.name == "posix" else ():
        if file.stat().st_mode & _READ and _is_open(file.resolve().parent):
            yield _named(case, file), "can be read by every user of this computer"
    top = git.top_of(case.folder)
    if top is None or not git.is_there():
        return
    inside = [file.resolve().relative_to(top.resolve()).as_posix() for file in files]
    left = set(inside) - git.ignored(top, inside)
    for file, name in zip(files, inside, strict=True):
        if name in left:
            yield _named(case, file), "is not ignored by git, and would be committed"


def _named(case: Case, file: Path) -> str:
    return case.shown if file == case.file else f"out/{file.name}"


def _is_open(folder: Path) -> bool:
    """Whether everybody can enter a folder and all those above it."""
    return all(p.stat().st_mode & _ENTER for p in (folder, *folder.parents))

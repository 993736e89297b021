"""Which files of a case other people can reach: by their rights, or through a git repository."""

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

from nkdocs.case import Case
from nkdocs.convert import git
from nkdocs.packet.gitguard import has_real_number, is_sample

_READ, _ENTER = 0o004, 0o001  # of everybody
_LINES = 20_000  # of a file, looked at together: no answers file has more


def exposed(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the files with the client's data that others can reach, and how.

    The case of made-up people, whose A-numbers are sample numbers, is nobody's secret.
    """
    try:
        seen = case.file.stat()
        if _sample(case.file, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size):
            return ()
    except OSError:
        return ()
    return tuple(_reached(case))


@lru_cache(maxsize=8)
def _sample(file: Path, *_: int) -> bool:
    """Whether the case is a fictional one; a spreadsheet of many cases is read once for all.

    It is read to the first number that is no sample, and never held whole if it is long.
    """
    found = False
    with file.open(encoding="utf-8", errors="replace") as text:
        while block := "".join(islice(text, _LINES)):
            if has_real_number(block):
                return False
            found = found or is_sample(block)
    return found


def _reached(case: Case) -> Iterator[tuple[str, str]]:
    files = [f for f in (case.file, case.out / "manifest.jsonl") if f.is_file()]
    for file in files if os.name == "posix" else ():
        if file.stat().st_mode & _READ and _is_open(file.resolve().parent):
            yield _named(case, file), "can be read by every user of this computer"
    top = git.top_of(case.folder)
    if top is None or not git.is_there():
        return
    inside = [file.resolve().relative_to(top.resolve()).as_posix() for file in files]
    left = {name for name in inside if name not in _ignored(top, name)}
    for file, name in zip(files, inside, strict=True):
        if name in left:
            yield _named(case, file), "is not ignored by git, and would be committed"


def _ignored(top: Path, name: str) -> frozenset[str]:
    """Return what git leaves out in the folder of *name*: asked once for all that lies there."""
    folder = (top / name).parent
    rules = [place / ".gitignore" for place in (folder, *folder.parents)]
    told = [top / ".git/info/exclude", folder, *(f for f in rules if f.is_relative_to(top))]
    return _asked(top, folder, tuple(_stamp(file) for file in told))


def _stamp(file: Path) -> int:
    """Return what changes when a file, or what lies in a folder, is changed; 0 for none."""
    try:
        return file.stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=64)
def _asked(top: Path, folder: Path, _: tuple[int, ...]) -> frozenset[str]:
    names = [f.relative_to(top).as_posix() for f in folder.iterdir() if f.is_file()]
    return frozenset(git.ignored(top, names))


def _named(case: Case, file: Path) -> str:
    return case.shown if file == case.file else f"out/{file.name}"


def _is_open(folder: Path) -> bool:
    """Whether everybody can enter a folder and all those above it."""
    return all(p.stat().st_mode & _ENTER for p in (folder, *folder.parents))

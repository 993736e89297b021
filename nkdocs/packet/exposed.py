"""Which files of a case other people can reach: by their rights, or through a git repository."""

import os
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from nkdocs._above import above
from nkdocs.case import Case
from nkdocs.convert import git
from nkdocs.packet.gitguard import has_real_number, is_sample

_READ, _ENTER = 0o004, 0o001  # of everybody
_BLOCK = 1 << 20  # of a file, looked at together: no answers file has more


def exposed(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the files with the client's data that others can reach, and how.

    The case of made-up people, whose A-numbers are sample numbers, is nobody's secret.
    """
    readable, top = [*_readable(case)], git.top_of(case.folder)
    if (not readable and top is None) or _is_nobodys(case.file):
        return ()
    return (*readable, *(_committed(case, top) if top and git.is_there() else ()))


def _is_nobodys(file: Path) -> bool:
    """Whether a case's file is of made-up people, or is not there."""
    try:
        seen = file.stat()
        return _sample(file, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size)
    except OSError:
        return True


@lru_cache(maxsize=8)
def _sample(file: Path, *_: int) -> bool:
    """Whether the case is a fictional one; a spreadsheet of many cases is read once for all.

    It is read to the first number that is no sample, and never held whole if it is long.
    """
    found = False
    with file.open("rb") as data:
        while block := data.read(_BLOCK) + data.readline():  # no number is cut in two
            text = block.decode("utf-8", "replace")
            if has_real_number(text):
                return False
            found = found or is_sample(text)
    return found


def _files(case: Case) -> list[Path]:
    """Return the files that tell of the client, those that are there."""
    return [f for f in (case.file, case.told) if f.is_file()]


def _readable(case: Case) -> Iterator[tuple[str, str]]:
    for file in _files(case) if os.name == "posix" else ():
        really = file.resolve() if file.is_symlink() else file
        if really.stat().st_mode & _READ and _is_open(really.parent):
            yield _named(case, file), "can be read by every user of this computer"


def _committed(case: Case, top: Path) -> Iterator[tuple[str, str]]:
    files = _files(case)
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
    return above(folder, "", _is_shut) is None


def _is_shut(folder: str) -> bool:
    return not os.stat(folder).st_mode & _ENTER  # noqa: PTH116 - asked of every letter

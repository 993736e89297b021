"""Which files of a case other people can reach: by their rights, or through a git repository."""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from nkdocs._above import upward
from nkdocs.case import Case
from nkdocs.convert import git
from nkdocs.packet.gitguard import is_sample_number, numbers

_READ, _ENTER = 0o004, 0o001  # of everybody
_BLOCK = 1 << 20  # of a file, looked at together: no answers file has more


def exposed(case: Case) -> tuple[tuple[str, str], ...]:
    """Return the files with the client's data that others can reach, and how.

    The case of made-up people, whose A-numbers are sample numbers, is nobody's secret. A row of a
    list has no file of its own.
    """
    if not case.has_file:
        return ()
    found = _reached(case.file, (case.file, case.manifest_file))
    return tuple((_named(case, file), how) for file, how in found)


def of_list(file: Path, beside: Path) -> tuple[tuple[str, str], ...]:
    """Return the same of a list of clients, and of a file with names of theirs *beside* it."""
    return tuple((str(reached), how) for reached, how in _reached(file, (file, beside)))


def _reached(told: Path, files: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return those of *files* that others can reach, and how, where *told* is of real people."""
    there = [(f, f.resolve() if f.is_symlink() else f) for f in files if f.is_file()]
    readable = [file for file, really in there if _is_readable(really)]
    held = [(*one, top) for one in there if (top := git.top_of(one[1].parent))]
    if not (readable or held) or _is_nobodys(told):
        return []
    left = [*_committed(held)] if held and git.is_there() else []
    return [
        *((file, "can be read by every user of this computer") for file in readable),
        *((file, "is not ignored by git, and would be committed") for file in left),
    ]


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
            told = numbers(block.decode("utf-8", "replace"))
            if not all(map(is_sample_number, told)):
                return False
            found = found or bool(told)
    return found


def _is_readable(file: Path) -> bool:
    return os.name == "posix" and bool(file.stat().st_mode & _READ) and _is_open(file.parent)


def _committed(held: Sequence[tuple[Path, Path, Path]]) -> Iterator[Path]:
    """Yield those of the files *held* by a repository, with its top, that git takes in."""
    for file, really, top in held:
        name = really.resolve().relative_to(top).as_posix()
        if name not in _ignored(top, name):
            yield file


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
    return all(map(_is_entered, upward(folder)))


def _is_entered(folder: str) -> bool:
    try:
        return bool(os.stat(folder).st_mode & _ENTER)  # noqa: PTH116 - asked of every letter
    except OSError:  # below one that is not ours to look into: others may
        return True

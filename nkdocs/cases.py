"""Where cases are found: a folder with its answers file, or a flat file that acts as one.

Whoever wants a case asks here; its files are read and written through `case`.
"""

import os
from functools import lru_cache
from pathlib import Path

from nkdocs import vault
from nkdocs._above import above
from nkdocs.case import ANSWERS, Case
from nkdocs.errors import AnswersError
from nkdocs.vault import Keys


def is_here(path: Path) -> bool:
    """Whether the folder *path* is a case: its answers file is in it, sealed or not."""
    file = path / ANSWERS
    return file.is_file() or vault.sealed(file).is_file()


def find(path: Path, *, office: Path | None = None, keys: Keys | None = None) -> Case:
    """Return the case at *path*: a case folder, its answers file, or a flat answers file.

    Args:
        path: the folder or the file; a sealed file is named with or without `.age`.
        office: the office's file, where it is not to be looked for.
        keys: what opens a locked case.

    Raises:
        AnswersError: there is none.
        FileBusyError: files stand there sealed and not sealed, and differ.
    """
    if path.is_dir():
        file, folder = path / ANSWERS, path
        if not is_here(path):
            msg = f"no answers file at {file}"
            raise AnswersError(msg, hint=f"Next: nkdocs new CASE --from {path}")
        return _opened(file, folder, office or office_above(folder), keys)
    path = vault.unsealed(path)
    written = path.suffix.lower() in {".yaml", ".yml"}
    if not path.is_file() and not vault.sealed(path).is_file():
        what = "answers file" if written else "case"
        msg = f"no {what} at {path}"
        name = path.stem or "CASE"
        raise AnswersError(msg, hint=f"Check the path, or begin one: nkdocs new {name}")
    if not written:
        msg = f"{path} is no answers file"
        raise AnswersError(msg, hint="Name a case folder, or its answers file (.yaml).")
    folder = path.parent if path.name == ANSWERS else path.with_suffix("")
    return _opened(path, folder, office or office_above(path.parent), keys)


def _opened(file: Path, folder: Path, office: Path | None, keys: Keys | None) -> Case:
    """Return a case with its vault, if it is locked."""
    return Case(file, folder, office, vault.at(folder, file, keys), keys)


def office_above(folder: Path) -> Path | None:
    """Return the nearest `office.yaml` in *folder* or above it, None if there is none."""
    found = above(folder, "office.yaml", os.path.isfile)
    return _office_in(found) if found else None


@lru_cache(maxsize=64)
def _office_in(folder: Path) -> Path:
    """Return the office's file in *folder*, one and the same for all cases of the office."""
    return folder / "office.yaml"

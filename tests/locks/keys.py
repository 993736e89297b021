"""Keys and small cases for tests of locked cases; nothing here is ever a real person's."""

import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nkdocs import case as cases
from nkdocs import vault
from nkdocs.case import Case
from nkdocs.packet import locking
from nkdocs.packet.locking import Done, Wish
from nkdocs.vault import Keys

pyrage: Any = pytest.importorskip("pyrage", reason="the extra 'lock' (pyrage) is not installed")
CANARY = "A000-000-044 CANARY 카나리아"
FILES = {
    "answers.yaml": f"answers: 1\n# {CANARY}\nmeta: {{as_of: 2026-11-20}}\n".encode(),
    "answers.yaml.bak": b"answers: 1\n",
    "exhibits/lease.pdf": b"%PDF canary " * 40,
    "exhibits/deep/photo.jpg": b"\xff\xd8 canary",
    "out/manifest.jsonl": b'{"path": "a.docx"}\n',
}
AGE, KEYGEN = (shutil.which(name) or "" for name in ("age", "age-keygen"))
needs_age = pytest.mark.skipif(
    not AGE or not KEYGEN, reason="the program age is not installed (Debian's package age)"
)


@dataclass(frozen=True)
class Person:
    """Somebody with an age key: where its file is, and the public half."""

    file: Path
    public: str

    @property
    def keys(self) -> Keys:
        """What this person opens cases with."""
        return Keys([self.file])


def person(folder: Path, name: str = "park") -> Person:
    """Make a key as age-keygen writes it."""
    identity = pyrage.x25519.Identity.generate()
    file = folder / f"{name}.key"
    file.write_text(f"# created: 2026-11-20\n{identity}\n", "ascii")
    return Person(file, str(identity.to_public()))


def small(folder: Path) -> Path:
    """Make a case of five files."""
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def lock(path: Path, keys: Keys | None = None, **wish: Any) -> Done:  # noqa: ANN401 - fields of a Wish
    """Lock a case as the command does."""
    held = keys or Keys()
    case = cases.find(path, keys=held)
    with case.locked():
        return locking.lock(case, Wish(**wish), held)


def unlock(path: Path, keys: Keys, *parts: str) -> Done:
    """Unlock a case as the command does."""
    case = opened(path, keys)
    with case.locked():
        return locking.unlock(case, parts)


def opened(path: Path, keys: Keys) -> Case:
    """Return a case with the keys that open it."""
    return cases.find(path, keys=keys)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}


def contents(folder: Path, keys: Keys) -> dict[str, set[bytes]]:
    """Return what each file of a case holds, in whichever form it stands there; in both, both."""
    identities = keys.of_files()
    found: dict[str, set[bytes]] = {}
    for name, data in files(folder).items():
        if name in {vault.LOCK, vault.KEY} or Path(name).name.startswith("."):
            continue
        plain = name.removesuffix(vault.ENDING)
        text = data if plain == name else bytes(pyrage.decrypt(data, identities))
        found.setdefault(plain, set()).add(text)
    return found


_STEPS = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod"}


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do *work* in a child that kills itself before its *step*th touch of the disk.

    Returns whether it was killed; once it is not, every step has been tried.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the test runner may have threads
        child = os.fork()
    if child == 0:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in _STEPS:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must not go on with the tests
            os._exit(1)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)

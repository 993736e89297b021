"""Keys and small cases for tests of locked cases; nothing here is ever a real person's."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from nkdocs import cases, vault
from nkdocs.case import Case
from nkdocs.packet import locking
from nkdocs.packet.locking import Done, Wish
from nkdocs.vault import Keys
from tests.files.harness import files

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

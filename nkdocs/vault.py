"""A case at rest as age files: which of its files are sealed, for whom, sealing and opening.

The form is age's own (age-encryption.org/v1): `age -d -i KEY FILE` opens each file without nkdocs.
Beside them `lock.yaml` says what is sealed and for which public keys; it holds no secret. A
passphrase protects one key of the case, `key.age`, and that key the files: it is asked for once,
and `age -d -i key.age FILE` asks for it too.
"""

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, SupportsBytes

from msgspec import Struct

from nkdocs import _yaml
from nkdocs.errors import FileBusyError, MissingProgramError, UsageError

LOCK, KEY, ENDING = "lock.yaml", "key.age", ".age"
BEFORE = ".before-form-"  # in the name of an answers file as it was in an older form
SEALING, RESEALING, OPENING = "sealing", "resealing", "opening"
ANSWERS = "answers"  # the part of a case that is always sealed
_VERSION = "1"
_INSTALL = "Install it: pip install 'nkdocs[lock]'"
_TRIES = 3
_HEADER = """\
# Which files of this case are age files (age-encryption.org), and for which keys. It holds no
# secret, but nkdocs seals for the keys it names: nobody else may change it. To open a file
# without nkdocs: age -d -i KEY FILE.age (with a passphrase KEY is key.age; never delete that).
"""


class Terms(Struct, frozen=True):
    """What `lock.yaml` says.

    Attributes:
        recipients: the public keys of those who can open the files.
        passphrase: the public key of `key.age`, empty where no passphrase opens them.
        parts: what is sealed: `answers`, and files or folders of the case.
        armor: whether the files are text, for mail and paper.
        unfinished: what was begun and did not end: SEALING, RESEALING or OPENING; else empty.
    """

    recipients: tuple[str, ...] = ()
    passphrase: str = ""
    parts: tuple[str, ...] = ()
    armor: bool = False
    unfinished: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """Every public key that files are sealed for."""
        own = (self.passphrase,) if self.passphrase else ()
        return tuple(dict.fromkeys((*self.recipients, *own)))

    def written(self) -> bytes:
        """Return the text of `lock.yaml`."""
        data: dict[str, _yaml.Value] = {
            "lock": _VERSION,
            "recipients": [*self.recipients],
            "passphrase": self.passphrase,
            "parts": [*self.parts],
            "armor": "yes" if self.armor else "no",
        }
        if self.unfinished:
            data["unfinished"] = self.unfinished
        return (_HEADER + _yaml.dump(data)).encode()


def read_terms(data: bytes, name: str) -> Terms:
    """Return what a `lock.yaml` says.

    Raises:
        FileBusyError: it is damaged; nothing may be written by it.
    """
    loaded = _yaml.load(_yaml.read(data, name=name))
    told = loaded.data if isinstance(loaded.data, dict) and not loaded.faults else {}
    lists = [told.get(key) for key in ("recipients", "parts")]
    if told.get("lock") != _VERSION or not all(
        isinstance(one, list) and all(isinstance(item, str) for item in one) for one in lists
    ):
        msg = f"{name} is damaged, or of a newer nkdocs"
        raise FileBusyError(msg, hint="Restore it from a backup, or run nkdocs lock CASE again.")
    recipients, parts = (tuple(one or ()) for one in lists)
    passphrase, unfinished = (str(told.get(key) or "") for key in ("passphrase", "unfinished"))
    return Terms(recipients, passphrase, parts, told.get("armor") == "yes", unfinished)


def sealed(path: Path) -> Path:
    """Return where *path* stands when it is sealed."""
    return path.with_name(path.name + ENDING)


def unsealed(path: Path) -> Path:
    """Return what *path* is called when it is not sealed; itself if it is not."""
    return path.with_name(path.name.removesuffix(ENDING)) if path.suffix == ENDING else path


def is_version(path: Path, answers: Path) -> bool:
    """Whether *path* is the file of *answers*, or one that was kept of how it was."""
    if path.parent != answers.parent:
        return False
    old = path.name.startswith(f"{answers.stem}{BEFORE}")
    return old or path.name in {answers.name, f"{answers.name}.bak"}


def versions(answers: Path) -> tuple[Path, ...]:
    """Return the file of *answers* and those kept of how it was, as they are called unsealed."""
    there = (unsealed(file) for file in sorted(answers.parent.glob(f"*{BEFORE}*")))
    kept = (file for file in there if is_version(file, answers))
    return tuple(dict.fromkeys((answers, answers.with_name(f"{answers.name}.bak"), *kept)))


class Keys:
    """The keys of the person at the keyboard: files that hold them, and who asks a passphrase.

    They are read when the first sealed file is opened, once.
    """

    def __init__(
        self,
        files: Sequence[Path] = (),
        ask: Callable[[str], str] | None = None,
        secrets: Sequence[str] = (),
    ) -> None:
        """Use the identities in *files*; *ask* shows a question and returns a passphrase.

        A process that may read no file of keys is given them as *secrets*, as `secrets` told.
        """
        self.files, self._ask = tuple(files), ask
        self._opened: dict[Path, list[Any]] = {}
        self._held = [_age().x25519.Identity.from_str(secret) for secret in secrets]

    @property
    def some(self) -> bool:
        """Whether a key was named or given; it may still not fit."""
        return bool(self.files or self._held)

    def secrets(self) -> tuple[str, ...]:
        """Return the identities of the files as they are written, for a process of one's own.

        Raises:
            UsageError: a file is not there or holds no identity.
            FileBusyError: it is sealed, and its passphrase is not given.
        """
        return tuple(str(one) for one in self.of_files())

    @property
    def can_ask(self) -> bool:
        """Whether there is somebody to ask."""
        return self._ask is not None

    def of_files(self) -> list[Any]:
        """Return the identities in the files that were named.

        Raises:
            UsageError: a file is not there or holds no identity.
            FileBusyError: it is sealed, and its passphrase is not given.
        """
        return [*self._held, *(one for file in self.files for one in self.of(file))]

    def of(self, file: Path) -> list[Any]:
        """Return the identities in *file*, which may itself be sealed with a passphrase."""
        if file not in self._opened:
            try:
                data = file.read_bytes()
            except OSError as error:
                msg = f"the key file {file} cannot be read ({error.strerror})"
                raise UsageError(msg, hint="Name the file that holds your age key.") from None
            if data.startswith((b"age-encryption.org/", b"-----BEGIN AGE")):
                data = self._asked(data, file)
            self._opened[file] = _identities(data, file)
        return self._opened[file]

    def prove(self, file: Path, passphrase: str) -> None:
        """Open *file* with a *passphrase* that is known already, and remember what it holds.

        Raises:
            FileBusyError: what stands on the disk is not opened by it.
        """
        age = _age()
        try:
            data = bytes(age.passphrase.decrypt(file.read_bytes(), passphrase))
        except age.DecryptError:
            msg = f"{file} cannot be opened with the passphrase it was just sealed with"
            raise FileBusyError(msg, hint="Look at the disk; no file was sealed yet.") from None
        self._opened[file] = _identities(data, file)

    def _asked(self, data: bytes, file: Path) -> bytes:
        """Return what a file sealed with a passphrase holds."""
        if self._ask is None:
            msg = f"{file} needs a passphrase, and there is no terminal to ask for it"
            raise FileBusyError(msg, hint="Run it in a terminal, or name a key: --identity FILE")
        age = _age()
        for _ in range(_TRIES):
            try:
                return bytes(age.passphrase.decrypt(data, self._ask(f"Passphrase for {file}: ")))
            except age.DecryptError:
                continue
        msg = f"that is not the passphrase of {file}"
        raise FileBusyError(msg, hint="Nothing was opened or changed. Try again.")


def _identities(data: bytes, file: Path) -> list[Any]:
    age = _age()
    lines = (line.strip() for line in data.decode("utf-8", "replace").splitlines())
    try:
        found = [age.x25519.Identity.from_str(t) for t in lines if t and not t.startswith("#")]
    except age.IdentityError:
        found = []
    if not found:
        msg = f"{file} holds no age key"
        raise UsageError(msg, hint="It has a line AGE-SECRET-KEY-1…; age-keygen makes one.")
    return found


class Vault(Struct, frozen=True):
    """The age files of one case.

    Attributes:
        folder: the case's folder, where `lock.yaml` and `key.age` stand.
        answers: the answers file, as it is called when it is not sealed.
        terms: what `lock.yaml` says; None where it is lost and files can only be opened.
    """

    folder: Path
    answers: Path
    terms: Terms | None
    keys: Keys

    def covers(self, path: Path) -> bool:
        """Whether the file at *path* is to be sealed; what is sealed already stays so."""
        if is_version(path, self.answers):
            return True
        if sealed(path).exists():
            return True
        if self.terms is None or not path.is_relative_to(self.folder):
            return False
        steps = path.relative_to(self.folder)
        own = {LOCK, KEY}
        inside = {steps.as_posix(), *(p.as_posix() for p in steps.parents)}
        return steps.name not in own and not inside.isdisjoint(self.terms.parts)

    def seal(self, data: bytes) -> bytes:
        """Return *data* as an age file.

        Raises:
            FileBusyError: nobody knows for whom; or a public key is wrong.
            MissingProgramError: pyrage is not installed.
        """
        if self.terms is None or not self.terms.keys:
            msg = f"{self.folder / LOCK} is missing: it says whom this case is locked for"
            raise FileBusyError(msg, hint="Restore it, or name the keys: nkdocs lock CASE -r AGE1…")
        if not self.terms.recipients and not (self.folder / KEY).is_file():
            msg = f"{self.folder / KEY} is missing: without it no passphrase opens this case"
            raise FileBusyError(msg, hint="Restore it from a backup; nothing was written.")
        return seal(data, self.terms.keys, armor=self.terms.armor)

    def open(self, data: bytes, name: str) -> bytes:
        """Return what the age file *name* holds.

        Raises:
            FileBusyError: the keys do not open it, or it is damaged.
            MissingProgramError: pyrage is not installed.
        """
        age, tried = _age(), False
        for identities in self._bunches():
            tried = True
            try:
                return bytes(age.decrypt(data, identities))
            except age.DecryptError:
                if self._fits(identities):
                    msg = f"{name} is damaged: its key fits, and it cannot be opened"
                    raise FileBusyError(msg, hint="Restore it from a backup.") from None
        said = "the keys given do not open it" if tried else "no key was given"
        msg = f"{name} is locked, and {said}"
        raise FileBusyError(msg, hint="Name the file that holds your key: --identity FILE")

    def shut(self, files: Mapping[Path, SupportsBytes]) -> dict[Path, SupportsBytes]:
        """Return *files* as they go to the disk: what is covered sealed, under its sealed name."""
        return {
            sealed(path) if self.covers(path) else path:
            self.seal(bytes(data)) if self.covers(path) else data
            for path, data in files.items()
        }  # fmt: skip

    def whole(self) -> None:
        """See to it that a file that stands there sealed and not sealed is the same one.

        Raises:
            FileBusyError: two differ, and only a person can tell which one counts.
        """
        for path in self.twice():
            there = sealed(path)
            if self.open(there.read_bytes(), str(there)) != path.read_bytes():
                msg = f"{path} and {there.name} are both there and differ"
                hint = "Keep the one that counts and move the other away; nothing was changed."
                raise FileBusyError(msg, hint=hint)

    def twice(self) -> Iterator[Path]:
        """Give the files that stand there sealed and not sealed: someone was interrupted."""
        beside = versions(self.answers)
        inside = (unsealed(p) for p in sorted(self.folder.rglob(f"*{ENDING}")))
        for path in dict.fromkeys((*beside, *inside)):
            if path.is_file() and sealed(path).is_file() and path.name != "key":
                yield path

    def _bunches(self) -> Iterator[list[Any]]:
        """Give the keys from files first; a passphrase is asked for only if they do not fit."""
        if self.keys.some:
            yield self.keys.of_files()
        asks = self.keys.can_ask or not self.keys.some  # else the keys do not fit, and that is told
        if (self.folder / KEY).is_file() and asks:
            yield self.keys.of(self.folder / KEY)

    def _fits(self, identities: Sequence[Any]) -> bool:
        """Whether one of the keys is one that the files are sealed for."""
        own = {str(identity.to_public()) for identity in identities}
        return self.terms is not None and not own.isdisjoint(self.terms.keys)


def at(folder: Path, answers: Path, keys: Keys | None = None) -> Vault | None:
    """Return the vault of the case in *folder*, None if the case is not locked."""
    file = folder / LOCK
    if not file.is_file():
        is_sealed = not answers.is_file() and sealed(answers).is_file()
        return Vault(folder, answers, None, keys or Keys()) if is_sealed else None
    return Vault(folder, answers, read_terms(file.read_bytes(), str(file)), keys or Keys())


def seal(data: bytes, keys: Sequence[str], *, armor: bool = False) -> bytes:
    """Return *data* as an age file for the public *keys*."""
    age = _age()
    return bytes(age.encrypt(data, [recipient(key) for key in keys], armored=armor))


def recipient(key: str) -> Any:  # noqa: ANN401 - pyrage has no types
    """Return a public key that files can be sealed for.

    Raises:
        UsageError: it is none; the message does not repeat it, it may be a secret key.
    """
    age = _age()
    try:
        return age.x25519.Recipient.from_str(key)
    except age.RecipientError:
        secret = key.upper().startswith("AGE-SECRET-KEY-")
        what = "a secret key; never pass one around" if secret else "no public age key"
        msg = f"what was given as a recipient is {what}"
        raise UsageError(msg, hint="A public key begins with age1…") from None


def key_file(passphrase: str, identity: Any = None) -> tuple[bytes, str]:  # noqa: ANN401 - pyrage has no types
    """Return `key.age`, a case's key sealed with *passphrase*, and its public key.

    Args:
        passphrase: what opens it from now on.
        identity: the key; a new one is made when None.
    """
    age = _age()
    identity = identity or age.x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# public key: {public}\n{identity}\n".encode()
    return bytes(age.passphrase.encrypt(text, passphrase, armored=True)), public


def read_recipients(data: bytes, name: str) -> tuple[str, ...]:
    """Return the public keys in a recipients file: one a line, # begins a remark.

    Raises:
        UsageError: a line is no public key, or there is none.
    """
    lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
    found = []
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#"):
            try:
                recipient(line)
            except UsageError as error:
                msg = f"{name}:{number}: {error.message}"
                raise UsageError(msg, hint=error.hint) from None
            found.append(line)
    if not found:
        msg = f"{name} names nobody"
        raise UsageError(msg, hint="Write one public key (age1…) a line.")
    return tuple(found)


@functools.cache
def _age() -> Any:  # noqa: ANN401 - pyrage has no types
    try:
        import pyrage
    except ImportError:
        msg = "pyrage, which locks and opens cases, is not installed"
        raise MissingProgramError(msg, hint=_INSTALL) from None
    return pyrage

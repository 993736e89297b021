"""Locks a case and unlocks it: its files become age files, and age files its files again.

At no moment is a file in neither form: the new one is on the disk, and where a key is at hand was
opened and compared, before the old one goes. `lock.yaml` is there before the first file is sealed,
and goes after the last is open; while it says what is `unfinished` the same command finishes it.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from nkdocs import _atomic, vault
from nkdocs.case import Case
from nkdocs.errors import FileBusyError, NkdocsError, UsageError
from nkdocs.vault import KEY, LOCK, Keys, Terms, Vault

_OWN = ("exhibits", "out", "served", "signed")  # sealed also while they are not there yet
_OPEN = {"templates", "office.yaml", LOCK, KEY}  # hold no client, or must be read first
_BUSY = ("~$", ".~lock.")


class Wish(Struct, frozen=True):
    """How a case is to be locked.

    Attributes:
        recipients: public keys of those who shall open it, beside those who can already.
        passphrase: the passphrase that shall open it too; empty for none, or for the old one.
        parts: what is sealed beside the answers; everything when empty.
        armor: whether the files shall be text.
    """

    recipients: tuple[str, ...] = ()
    passphrase: str = ""
    parts: tuple[str, ...] = ()
    armor: bool = False


class Done(Struct, frozen=True):
    """What was done: files that changed their form, those in the clear, whether a key was tried."""

    files: tuple[Path, ...]
    clear: tuple[Path, ...]
    terms: Terms
    tried: bool = False


def lock(case: Case, wish: Wish, keys: Keys) -> Done:
    """Seal the files of *case*; finish what was interrupted.

    Raises:
        UsageError: nobody could open it, or none of the keys at hand is among those named.
        FileBusyError: a file is open elsewhere, stands there in two forms, or cannot be opened.
    """
    case.whole()
    old = case.vault
    _stop_busy(case)
    key, terms = _terms(case, wish, keys)
    shut = Vault(case.folder, case.file, terms, keys)
    tried = _tried(shut, keys)
    again = old is not None and (
        old.terms is None
        or old.terms.unfinished == vault.RESEALING
        or (old.terms.keys, old.terms.armor) != (terms.keys, terms.armor)
    )
    if again:
        _try_one(case)
    _atomic.folder(case.folder)
    what = vault.RESEALING if again else vault.SEALING
    begun = replace(terms, unfinished=what).written()
    _atomic.save_all(({case.folder / KEY: key} if key else {}) | {case.folder / LOCK: begun})
    if key:
        keys.prove(case.folder / KEY, wish.passphrase)
        tried = True
    for path in _sealed(case) if again else ():
        there = vault.sealed(path)
        _atomic.save(there, shut.seal(shut.open(there.read_bytes(), str(there))))
    done = []
    for path in unlocked(shut):
        _seal(shut, path, tried=tried)
        done.append(path)
    _atomic.save(case.folder / LOCK, terms.written())
    return Done(tuple(done), tuple(_clear(shut)), terms, tried)


def unlock(case: Case, parts: Sequence[str]) -> Done:
    """Open the files of *case*, or only those of *parts*; without parts it is locked no more.

    Raises:
        UsageError: it is not locked, or a part is not in it.
        FileBusyError: files cannot be opened; the others are, and the case stays locked.
    """
    shut = case.vault
    if shut is None:
        msg = f"{case.name} is not locked"
        raise UsageError(msg, hint=f"Next: nkdocs lock {case.name}")
    case.whole()
    _stop_busy(case)
    wanted = _checked(case, parts)
    terms = shut.terms or Terms()
    _try_one(case)
    if not wanted and shut.terms and shut.terms.unfinished != vault.RESEALING:
        _atomic.save(case.folder / LOCK, replace(terms, unfinished=vault.OPENING).written())
    done, faults = [], []
    for path in _sealed(case):
        if not wanted or _is_in(case, path, wanted):
            try:
                _open(shut, path)
                done.append(path)
            except NkdocsError as error:
                faults.append(error)
    if faults:
        msg = f"{len(faults)} of {len(faults) + len(done)} files could not be opened"
        told = [error.message for error in faults]
        raise FileBusyError(msg, hint=faults[0].hint, faults=told)
    if wanted:
        terms = replace(terms, parts=tuple(p for p in terms.parts if p not in wanted))
        if shut.terms:
            _atomic.save(case.folder / LOCK, terms.written())
    else:
        _atomic.remove(case.folder / LOCK)  # first: without its key nobody must seal by it
        _atomic.remove(case.folder / KEY)
    return Done(tuple(done), (), terms, tried=True)


def _try_one(case: Case) -> None:
    """Open one sealed file before anything is written.

    Raises:
        FileBusyError: the keys at hand do not open it.
    """
    for path in list(_sealed(case))[:1]:
        there = vault.sealed(path)
        case.unseal(there.read_bytes(), str(there))


def _terms(case: Case, wish: Wish, keys: Keys) -> tuple[bytes, Terms]:
    """Return what `key.age` shall hold, empty where it stays, and the new terms."""
    key, file = b"", case.folder / KEY
    old = case.vault.terms if case.vault else None
    public = old.passphrase if old else ""
    known = file.is_file() and (public or any(_sealed(case)))
    if wish.passphrase:  # the key stays the same: what it sealed is opened by it for ever
        key, public = vault.key_file(wish.passphrase, keys.of(file)[0] if known else None)
    elif known and not public:  # lock.yaml was lost
        public = str(keys.of(file)[0].to_public())
    for one in wish.recipients:
        vault.recipient(one)
    terms = Terms(
        tuple(dict.fromkeys((*(old.recipients if old else ()), *wish.recipients))),
        public,
        _parts(case, wish, old),
        wish.armor or bool(old and old.armor),
    )
    if not terms.keys:
        msg = "nobody could open the case: no key and no passphrase was named"
        raise UsageError(msg, hint="Name a public key (-r AGE1…), a file of keys (-R FILE), or -p.")
    return key, terms


def _parts(case: Case, wish: Wish, old: Terms | None) -> tuple[str, ...]:
    """Return the parts to seal: those named and those that are sealed already, or everything."""
    named = _checked(case, wish.parts)
    if not named:
        there = case.folder.iterdir() if case.folder.is_dir() else ()
        held = (p for p in there if p.name not in _OPEN and not _is_ours(p.name))
        named = (*(vault.unsealed(p).name for p in held), *_OWN)
    own = case.file.name if case.file.parent == case.folder else ""
    every = {vault.ANSWERS, *named, *(old.parts if old else ())} - {own, f"{own}.bak"}
    return tuple(sorted(every))


def _checked(case: Case, parts: Sequence[str]) -> tuple[str, ...]:
    """Return *parts* as they are written in `lock.yaml`: paths in the case, without `.age`.

    Raises:
        UsageError: one is not in the case.
    """
    found = []
    for part in parts:
        path = Path(part)
        if path.is_absolute() or path.exists():  # typed with the case in front, as shells do
            inside = path.absolute().is_relative_to(case.folder.absolute())
            path = path.absolute().relative_to(case.folder.absolute()) if inside else path
        name = vault.unsealed(path).as_posix()
        there = case.there(case.folder / name) or name in {*_OWN, vault.ANSWERS}
        if not there or ".." in path.parts or path.is_absolute() or name == ".":
            msg = f"{part} is not in the case"
            raise UsageError(msg, hint="Name a folder or file of it: exhibits, out, out/a.docx")
        found.append(name)
    return tuple(found)


def _tried(shut: Vault, keys: Keys) -> bool:
    """Try whether a key at hand opens what is sealed now; return whether there was one.

    Raises:
        UsageError: there is one, and it does not.
    """
    if not keys.files or shut.terms is None:
        return False
    own = {str(one.to_public()) for one in keys.of_files()}
    if own.isdisjoint(shut.terms.keys):
        msg = "the key of --identity is not among those the case would be locked for"
        raise UsageError(msg, hint="Name its public key too: -r AGE1…; nothing was changed.")
    return True


def _seal(shut: Vault, path: Path, *, tried: bool) -> None:
    """Seal one file: the sealed one is on the disk, and read back, before the other goes."""
    data, there = path.read_bytes(), vault.sealed(path)
    _atomic.save(there, shut.seal(data))
    if tried and shut.open(there.read_bytes(), str(there)) != data:
        msg = f"{there} does not hold what {path.name} holds"
        raise FileBusyError(msg, hint=f"{path.name} was kept. Look at the disk, run again.")
    _atomic.remove(path)


def _open(shut: Vault, path: Path) -> None:
    """Open one file: it is on the disk before the sealed one goes."""
    there = vault.sealed(path)
    _atomic.save(path, shut.open(there.read_bytes(), str(there)))
    _atomic.remove(there)


def _files(case_folder: Path, answers: Path) -> Iterator[Path]:
    """Give every ordinary file of a case, sealed or not; links are left alone."""
    both = [p for b in vault.versions(answers) for p in (b, vault.sealed(b))]
    inside = sorted(case_folder.rglob("*")) if case_folder.is_dir() else []
    for path in dict.fromkeys((*both, *inside)):
        if path.is_file() and not path.is_symlink() and not _is_ours(path.name):
            yield path


def _is_ours(name: str) -> bool:
    """Whether a file is a lock or a leftover of nkdocs, which holds nothing or is swept."""
    return name.startswith(".nkdocs-") or (name.startswith(".") and name.endswith(".lock"))


def unlocked(shut: Vault) -> Iterator[Path]:
    """Give the files that are to be sealed and are not."""
    for path in _files(shut.folder, shut.answers):
        if path.suffix != vault.ENDING and shut.covers(path):
            yield path


def _sealed(case: Case) -> Iterator[Path]:
    """Give the files that are sealed, as they are called when they are not."""
    for path in _files(case.folder, case.file):
        if path.suffix == vault.ENDING and path != case.folder / KEY:
            yield vault.unsealed(path)


def _clear(shut: Vault) -> Iterator[Path]:
    """Give the files of the case that stay in the clear."""
    for path in _files(shut.folder, shut.answers):
        inside = path.relative_to(shut.folder) if path.is_relative_to(shut.folder) else path
        if path.suffix != vault.ENDING and inside.parts[0] not in _OPEN:
            yield path
    if shut.folder.is_dir():  # what a link leads to stands somewhere else
        yield from (path for path in sorted(shut.folder.rglob("*")) if path.is_symlink())


def _is_in(case: Case, path: Path, parts: Sequence[str]) -> bool:
    if vault.is_version(path, case.file):
        return vault.ANSWERS in parts
    inside = path.relative_to(case.folder)
    return not {p.as_posix() for p in (inside, *inside.parents)}.isdisjoint(parts)


def _stop_busy(case: Case) -> None:
    """Stop while somebody has a document open: what is saved later would be in the clear.

    Raises:
        FileBusyError: Word or LibreOffice has one open.
    """
    for path in _files(case.folder, case.file):
        if path.name.startswith(_BUSY):
            msg = f"a document in {path.parent} is open in Word or LibreOffice ({path.name})"
            hint = f"Close it there; if none is open, delete {path.name}. Nothing was changed."
            raise FileBusyError(msg, hint=hint)

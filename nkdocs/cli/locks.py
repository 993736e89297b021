"""Commands that lock a case and unlock it: age files on the disk, opened in memory only."""

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nkdocs.cli.common import (
    CasePath,
    Identity,
    Json,
    answering,
    asked,
    envelope,
    give,
    keys,
    say,
)
from nkdocs.errors import FileBusyError, UsageError

if TYPE_CHECKING:
    from nkdocs.case import Case
    from nkdocs.packet.locking import Done
    from nkdocs.vault import Keys

OFFICE_KEYS = "lock-recipients.txt"
_SHORTEST = 12
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
_SHOWN = 6

Parts = Annotated[
    list[str] | None,
    typer.Argument(metavar="PART", help="Folders or files of the case; everything if none."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to *app*."""
    app.command()(answering(lock))
    app.command()(answering(unlock))


def lock(  # noqa: PLR0913 - one argument an option of the command
    case: CasePath,
    parts: Parts = None,
    *,
    recipients: Annotated[
        list[str] | None,
        typer.Option("-r", "--recipient", metavar="AGE1…", help="A public age key; repeatable."),
    ] = None,
    files: Annotated[
        list[Path] | None,
        typer.Option(
            "-R", "--recipients-file", metavar="FILE", help="Public keys, one a line; repeatable."
        ),
    ] = None,
    passphrase: Annotated[
        bool, typer.Option("-p", "--passphrase", help="Ask for a passphrase that opens it too.")
    ] = False,
    armor: Annotated[
        bool, typer.Option("-a", "--armor", help="Write text, which mail and paper can carry.")
    ] = False,
    identity: Identity = None,
    json: Json = False,
) -> None:
    """Encrypt a case on the disk, as age files.

    Answers, exhibits and results; or the answers and the parts you name. Every command works on
    the locked case with --identity or its passphrase. Without a key named, the office's
    lock-recipients.txt (beside office.yaml) is taken, else a passphrase is asked for. Keys named
    later are added; to take somebody's key away, unlock the case and lock it anew.
    """
    from nkdocs import cases
    from nkdocs.packet import locking

    held = keys(identity)
    found = cases.find(case, keys=held)
    public = _public(found, recipients or [], files or [])
    fresh = found.vault is None or found.vault.terms is None
    secret = _new_passphrase(case) if passphrase or (fresh and not public) else ""
    wish = locking.Wish(public, secret, tuple(parts or ()), armor)
    with found.locked():
        done = locking.lock(found, wish, held)
    if json:
        give(envelope("lock", ok=True, data=_data(done)))
        return
    give(f"{case} is locked; files sealed now: {len(done.files)}")
    _show_terms(done)
    say(f"Next: nkdocs check {case}, as before. To edit in Word: nkdocs unlock {case} out")


def unlock(
    case: CasePath,
    parts: Parts = None,
    *,
    identity: Identity = None,
    json: Json = False,
) -> None:
    """Decrypt a case on the disk, or the parts you name.

    With parts the case stays locked; the next `nkdocs lock CASE` seals them again.
    """
    from nkdocs import cases
    from nkdocs.packet import locking

    held: Keys = keys(identity)
    found = cases.find(case, keys=held)
    with found.locked():
        done = locking.unlock(found, parts or [])
    if json:
        give(envelope("unlock", ok=True, data=_data(done)))
        return
    give(f"{case} is {'open in part' if parts else 'unlocked'}; files opened: {len(done.files)}")
    say("They can now be read by whoever opens the folder, its backups or its synchronised copies.")
    say(f"Next: nkdocs lock {case}")


def _data(done: "Done") -> dict[str, object]:
    return {
        "files": [str(file) for file in done.files],
        "clear": [str(file) for file in done.clear],
        "recipients": [*done.terms.recipients],
        "passphrase": bool(done.terms.passphrase),
        "tried": done.tried,
    }


def _show_terms(done: "Done") -> None:
    """Say who can open the case, what stays in the clear, and what locking cannot do."""
    count = len(done.terms.recipients)
    who = [f"{count} key{'s' if count > 1 else ''}"] if count else []
    who += ["the passphrase (with key.age)"] if done.terms.passphrase else []
    say(f"It can be opened with {' or '.join(who)}; nobody can help who loses them.")
    if not done.tried:
        say("No key was at hand, so it was not tried whether it opens. Try: nkdocs check CASE "
            "--identity FILE")  # fmt: skip
    for file in done.clear[:_SHOWN]:
        say(f"  still in the clear: {file}")
    if len(done.clear) > _SHOWN:
        say(f"  and {len(done.clear) - _SHOWN} more files")
    say("What was in the clear before may still be in backups, in synchronised folders and in free "
        "parts of the disk.")  # fmt: skip


def _public(case: "Case", recipients: Sequence[str], files: Sequence[Path]) -> tuple[str, ...]:
    """Return the public keys that were named; those of the office for a case not yet locked."""
    from nkdocs import vault

    office = case.office.parent / OFFICE_KEYS if case.office else None
    named = list(files)
    if not recipients and not files and case.vault is None and office and office.is_file():
        named = [office]
    found = list(recipients)
    for file in named:
        try:
            found += vault.read_recipients(file.read_bytes(), str(file))
        except OSError as error:
            msg = f"{file} cannot be read ({error.strerror})"
            raise UsageError(msg, hint="Name a file of public keys, one a line.") from None
    return tuple(found)


def _new_passphrase(case: Path) -> str:
    """Ask for a new passphrase twice; one is made where none is typed.

    Raises:
        FileBusyError: there is no terminal.
        UsageError: it is too short, or was not typed the same twice.
    """
    if not keys(None).can_ask:
        msg = "a passphrase is asked for at a terminal, and there is none"
        raise FileBusyError(msg, hint="Name public keys instead: nkdocs lock CASE -r AGE1…")
    first = asked(f"New passphrase for {case} (leave it empty and one is made): ")
    if not first:
        made = "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(5))
        asked(f"The passphrase is {made}  Write it down, then press Enter. ")
        return made
    if len(first) < _SHORTEST:
        msg = f"the passphrase has fewer than {_SHORTEST} letters"
        raise UsageError(msg, hint="Take four or more words at random; nothing was changed.")
    if asked("The same again: ") != first:
        msg = "the two passphrases differ"
        raise UsageError(msg, hint="Try again; nothing was changed.")
    return first

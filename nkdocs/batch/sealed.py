"""Letters of locked cases in a batch: sealed for the keys of their own case, as `fill` seals them.

The folder of a batch is one for many cases, with keys that differ; its manifest and its reports
are in the clear. So nothing but number, path, code and place of a locked case's findings gets
there. The keys stay in the memory of the command and of its workers.
"""

from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from nkdocs.batch.jobs import Job, Made
from nkdocs.case import Record, sha256
from nkdocs.diagnostics import Finding, Place, said_of
from nkdocs.errors import NkdocsError
from nkdocs.vault import Keys, sealed

_HELD: list[Keys] = []
_OF_FILES = frozenset("FP")  # findings about names of files and about programs


def hold(secrets: Sequence[str]) -> None:
    """Keep the age identities of this run for this process: what each worker begins with."""
    _HELD[:] = [Keys(secrets=secrets)] if secrets else []


def held() -> Keys:
    """Return the keys of this run; there is nobody to ask for a passphrase."""
    return _HELD[0] if _HELD else Keys()


def shut(job: Job, made: Made) -> Made:
    """Return what was made as it may leave the worker: of a locked case sealed, and told briefly.

    A case that cannot be sealed for (its `key.age` is gone) fails alone.
    """
    vault = made.vault
    if vault is None:
        return made
    try:
        files = {str(sealed(Path(name))): vault.seal(data) for name, data in made.files.items()}
    except NkdocsError as error:
        return Made(
            job.number, "failed", message=error.message, hint=error.hint, code=error.exit_code,
            sketch=made.sketch,
        )  # fmt: skip
    told = {str(sealed(Path(str(record["path"])))): record for record in made.records}
    open_step = f"What it says: nkdocs check {job.path} --identity FILE"
    plain = not made.message or said_of(made.code) is None
    return replace(
        made,
        vault=None,
        files=files,
        records=tuple(_record(told[name], name, files[name]) for name in told if name in files),
        findings=tuple(_brief(f, open_step) for f in made.findings),
        message=made.message if plain else str(said_of(made.code)),
        hint=made.hint if plain else open_step,
    )


def brief(findings: Sequence[Finding], path: str) -> list[Finding]:
    """Return findings about a locked case and another one as a report in the clear tells them."""
    return [_brief(f, f"What it says: nkdocs check {path} --against … --identity FILE")
            for f in findings]  # fmt: skip


def _brief(finding: Finding, hint: str) -> Finding:
    if finding.code[0] in _OF_FILES:
        return finding
    message = f"{finding.group or 'found'}; the case is locked, so it is not told here"
    place = Place(finding.place.file, finding.place.line)
    return replace(
        finding, message=message, hint=hint, place=place, also=(), subject=message, facts=""
    )


def _record(record: Record, name: str, data: bytes) -> Record:
    """Return what the manifest keeps of a sealed letter: enough to guard it."""
    return {
        "kind": record["kind"],
        "path": name,
        "sha256": sha256(data),
        "state": record.get("state", ""),
        "sealed": True,
    }

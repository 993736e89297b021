"""Filings as the case lists them: which are wanted, what stands of them, what they may not hold."""

import difflib
from collections.abc import Sequence

from nkdocs.answers.entries import Filing
from nkdocs.answers.validate import entry_faults
from nkdocs.case import Record, sha256
from nkdocs.diagnostics import Finding, Place, Severity, State, stop
from nkdocs.errors import FileBusyError, UsageError
from nkdocs.packet import privileged
from nkdocs.packet.bind import Bound
from nkdocs.packet.desk import Desk
from nkdocs.vault import unsealed


def wanted(desk: Desk, names: Sequence[str]) -> list[Filing]:
    """Return the filings *names*, all that were not sent yet if none is named.

    Raises:
        AnswersError: an entry of the exhibits or filings is wrong; it would be left out unseen.
        UsageError: one is not known, or there is none to build.
    """
    stop(entry_faults(desk.file))
    served = desk.case.served()
    known = {f.id: f for f in desk.filings}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            guess = f"; did you mean '{near[0]}'?" if near else ""
            msg = f"there is no filing '{name}'{guess}"
            raise UsageError(msg, hint=f"Known are: {', '.join(known) or 'none'}.")
        if name in served:
            msg = f"the filing '{name}' was sent; it is frozen in served/{name}.pdf"
            raise FileBusyError(msg, hint="For what follows, list a new filing (a supplement).")
    found = [known[name] for name in names] or [f for f in known.values() if f.id not in served]
    if not found:
        msg = "the case lists no filing to build"
        raise UsageError(msg, hint="List one under filings: in the answers, or use nkdocs bundle.")
    return found


def stop_forbidden(desk: Desk, found: Sequence[Finding], filing: Filing) -> None:
    """Raise if a filing holds what its recipient may not see: in no state, and never accepted.

    What is internal is looked for here again, so that no weighing of findings lets it pass.

    Raises:
        ChecksFailedError: it does.
    """
    told = [f for f in found if f.code == "L612" and f.subject.startswith(f"{filing.id}.")]
    for exhibit in desk.exhibits:
        inside = exhibit.id in filing.exhibits and "internal" in exhibit.audience
        if inside and f"{filing.id}.{exhibit.id}" not in {f.subject for f in told}:
            told.append(privileged.forbidden(desk, filing, exhibit.id, "it is internal"))
    stop(told)


def bundle_records(bound: Bound, state: State) -> list[Record]:
    """Return what the manifest says of a bundle: each file, and the page map over all of them."""
    return [
        {
            "kind": "bundle",
            "path": name,
            "sha256": sha256(data),
            "state": state.value,
            "filing": bound.filing.id,
            "total": bound.bundle.pages.total,
            "pages": bound.bundle.pages.written(),
            "files": dict(f for e in bound.prepared for f in e.sha256 if f[0]),
            "pages_of": {e.id: e.counts for e in bound.prepared},
        }
        for name, data in bound.files.items()
    ]


def left_over(desk: Desk, bound: Bound) -> list[str]:
    """Return the files of an earlier bundle of this filing that it no longer has."""
    folder = desk.case.out / bound.filing.id
    files = sorted({unsealed(file).name for file in folder.glob("exhibits*.pdf*")})
    there = (f"{bound.filing.id}/{name}" for name in files if name.endswith(".pdf"))
    known = {r.get("path") for r in desk.case.manifest() if r.get("kind") == "bundle"}
    return [name for name in there if name in known and name not in bound.files]


def changed(name: str) -> Finding:
    """Return the fault of a result that someone changed since it was built."""
    return Finding(
        code="F002",
        severity=Severity.ERROR,
        message=f"{name} was changed since nkdocs built it, and is kept",
        place=Place(f"out/{name}"),
        subject=name,
        hint="Move it away, or replace it and keep a backup: --force",
    )

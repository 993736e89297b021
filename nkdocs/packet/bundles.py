"""The exhibit bundles of a case: one for each filing not yet sent, or one for all exhibits."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from nkdocs.answers.entries import Filing
from nkdocs.answers.validate import entry_faults
from nkdocs.bundle.preview import contact_sheet
from nkdocs.case import Hand, Record, sha256
from nkdocs.diagnostics import Finding, State, counting, stop
from nkdocs.errors import UsageError
from nkdocs.packet import filings, privileged
from nkdocs.packet.bind import Bound, bind
from nkdocs.packet.desk import Desk
from nkdocs.packet.facts import check
from nkdocs.packet.listed import listed

# Foreign without translation; empty or turned pages; A-numbers of strangers.
_TOLD = {"L604", "L605", "L610"}


def wanted(desk: Desk, name: str) -> list[Filing]:
    """Return the filing *name*, or every unsent one; all exhibits where none is listed.

    Raises:
        AnswersError: an entry of the exhibits or filings is wrong.
        UsageError: there is no such filing, or no exhibit.
    """
    stop(entry_faults(desk.file))
    if desk.filings or name:
        return filings.wanted(desk, [name] if name else [])
    ids = tuple(e.id for e in desk.exhibits)
    if not ids:
        msg = "the case lists no exhibits"
        raise UsageError(msg, hint="List them under exhibits: in the answers, or name files.")
    return [Filing(id="all", recipient="eoir", venue="generic", exhibits=ids)]


def make(desk: Desk, filing: Filing, state: State, *, renumber: bool = False) -> Bound:
    """Bind the exhibits of *filing* in memory.

    A bundle is clean by default; what makes a filing forbidden stops it in every state.
    """
    filings.stop_forbidden(desk, check(desk, ()), filing)
    bound = bind(desk, listed(desk, filing, state, renumber=renumber))
    stop(privileged.within(desk, filing, bound.prepared))
    checked = check(desk, (), bound.prepared, bound=bound.bundle.pages)
    found = desk.unaccepted([*_of_exhibits(checked, filing)])
    bound = replace(bound, findings=(*bound.findings, *found))
    if state is not State.DRAFT:
        stop(counting(bound.findings, state))
    return bound


def _of_exhibits(found: Sequence[Finding], filing: Filing) -> Iterator[Finding]:
    """Yield what the rules find in the pages of a filing's exhibits.

    A translation is asked for where the filing goes to the court or to USCIS.
    """
    for finding in found:
        ours = finding.subject.split(" ")[0] in filing.exhibits
        court = filing.audience == "court" or finding.code != "L604"
        if finding.code in _TOLD and ours and court:
            yield finding


def write(
    desk: Desk, bundles: Sequence[Bound], state: State, *, force: bool = False
) -> tuple[str, ...]:
    """Write the bundles; return the names of the backups that were kept.

    Raises:
        FileBusyError: someone changed one since it was built.
    """
    files = {name: data for b in bundles for name, data in b.files.items()}
    stale = [name for b in bundles for name in filings.left_over(desk, b)]
    changed = [n for n, data in files.items() if desk.case.differs(n, data)]
    changed += [name for name in stale if desk.case.hand(name) is not Hand.OURS]
    if not force:
        stop(filings.changed(name) for name in changed)
    records = [r for b in bundles for r in filings.bundle_records(b, state)]
    kept = tuple(desk.case.back_up(name) for name in changed)
    desk.case.write(files, records)
    desk.case.remove(stale)
    return kept


def write_previews(desk: Desk, bundles: Sequence[Bound], state: State) -> list[str]:
    """Write a picture of all pages of each bundle; return their names.

    Raises:
        FileBusyError: someone changed one.
    """
    pictures = {
        f"{b.filing.id}/exhibits.png": contact_sheet([v.data for v in b.bundle.volumes])
        for b in bundles
    }
    stop(filings.changed(name) for name, data in pictures.items() if desk.case.differs(name, data))
    records: list[Record] = [
        {"kind": "preview", "path": name, "sha256": sha256(data), "state": state.value}
        for name, data in pictures.items()
    ]
    desk.case.write(pictures, records)
    return [*pictures]

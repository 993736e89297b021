"""Checks a case, or bare exhibit files, without writing anything."""

from collections.abc import Sequence
from pathlib import Path

from nkdocs.answers import validate
from nkdocs.case import ANSWERS
from nkdocs.diagnostics import Finding, State, counting, stop
from nkdocs.errors import NkdocsError, UsageError
from nkdocs.packet import loose, mail, privileged
from nkdocs.packet.bind import gathered
from nkdocs.packet.desk import Desk
from nkdocs.packet.facts import check
from nkdocs.packet.others import named as cases_named
from nkdocs.packet.papers import Circumstances, make, papers
from nkdocs.packet.placed import Places
from nkdocs.packet.served import changed_since_signing


def is_case(paths: Sequence[Path]) -> bool:
    """Whether *paths* name one case and not exhibits.

    Raises:
        UsageError: there is nothing at a path.
    """
    missing = [str(p) for p in paths if not p.exists()]
    first = paths[0]
    if len(paths) == 1 and first.suffix.lower() in {".yaml", ".yml"}:
        return True  # opening it says what is missing
    if missing:
        msg = f"there is nothing at {', '.join(missing)}"
        raise UsageError(msg, hint="Check the path.")
    return len(paths) == 1 and (first / ANSWERS).is_file()


def case(desk: Desk, names: Sequence[str], against: Sequence[Path] = ()) -> list[Finding]:
    """Return everything found in a case: answers, exhibits, documents as filled or edited.

    Args:
        desk: the case.
        names: the documents to look at; without names those the case needs.
        against: other cases it is compared with.
    """
    others = cases_named(desk, against)
    documents = desk.documents(names)
    chosen = [d.id for d in documents]
    findings = list(desk.faults())
    report = validate.validate(desk.answers(), documents)
    findings += validate.missing(desk.answers(), report.open)
    prepared, faults = gathered(desk)
    findings += faults
    findings += [f for one in desk.filings for f in privileged.within(desk, one, prepared)]
    made, places = [], Places(desk)
    around = Circumstances(maps=tuple(desk.case.served().values()))
    for document, file in papers(desk, documents):
        try:
            paper = make(desk, document, file, around)
            made.append(places.in_filing(paper, around) if paper.kept else paper)
        except NkdocsError as error:
            findings += [f for f in error.faults if isinstance(f, Finding)]
    findings += [f for p in made if p.kept for f in p.findings]
    unsent = [f for f in desk.filings if f.id not in desk.case.served()]
    mails = mail.facts(desk, unsent)
    findings += check(desk, chosen, prepared, made, others, mails)
    findings += changed_since_signing(desk)
    return list({(f.code, f.subject, f.message): f for f in findings}.values())


def files(paths: Sequence[Path]) -> list[Finding]:
    """Return what is wrong with bare exhibit files."""
    _, made = loose.gather(paths, draft=True)
    return list(made.findings)


def stop_at(findings: Sequence[Finding], state: State) -> None:
    """Raise what counts at *state*; an exhibit that cannot be read counts in every state."""
    unreadable = [f for f in findings if f.code.startswith("X") and f.severity.value == "ERROR"]
    stop({id(f): f for f in (*counting(findings, state), *unreadable)}.values())

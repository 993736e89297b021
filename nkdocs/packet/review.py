"""Checks a case, or bare exhibit files, without writing anything."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from nkdocs.answers import validate
from nkdocs.bundle import survey
from nkdocs.bundle.binding import absent_key_pages
from nkdocs.bundle.intake import Intake, Prepared
from nkdocs.bundle.passwords import Passwords, no_passwords
from nkdocs.bundle.recognise import Recogniser
from nkdocs.bundle.venues import Venue, reminded
from nkdocs.cases import is_here
from nkdocs.checks.facts import ExhibitFact
from nkdocs.checks.files import is_foreign, uncertain
from nkdocs.checks.strangers import numbers_shown
from nkdocs.diagnostics import Finding, Place, Severity, State, counting, stop
from nkdocs.errors import NkdocsError, UsageError
from nkdocs.packet import loose, mail, privileged
from nkdocs.packet.bind import gathered
from nkdocs.packet.desk import Desk
from nkdocs.packet.facts import check, exhibit_fact
from nkdocs.packet.listed import venue_of
from nkdocs.packet.others import named as cases_named
from nkdocs.packet.papers import Circumstances, make, papers
from nkdocs.packet.placed import Places
from nkdocs.packet.served import changed_since_signing
from nkdocs.packet.surroundings import around as around_files
from nkdocs.vault import unsealed


def is_case(paths: Sequence[Path]) -> bool:
    """Whether *paths* name one case and not exhibits.

    Raises:
        UsageError: there is nothing at a path.
    """
    missing = [str(p) for p in paths if not p.exists()]
    first = paths[0]
    if len(paths) == 1 and unsealed(first).suffix.lower() in {".yaml", ".yml"}:
        return True  # opening it says what is missing
    if missing:
        msg = f"there is nothing at {', '.join(missing)}"
        raise UsageError(msg, hint="Check the path.")
    return len(paths) == 1 and is_here(first)


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
    prepared, faults = gathered(desk, style="box")  # our own mark is no color of the page
    findings += faults
    findings += desk.unaccepted(_surveyed(desk, prepared))
    findings += _key_pages(desk, prepared)
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
    findings += check(desk, chosen, prepared, made, others, mails=mails)
    findings += changed_since_signing(desk)
    findings += desk.unaccepted(around_files(desk.case))
    return list({(f.code, f.subject, f.message): f for f in findings}.values())


def _surveyed(desk: Desk, prepared: Sequence[Prepared]) -> list[Finding]:
    """Return what the exhibits of each unsent filing show together; of all if there is none."""
    served = desk.case.served()
    filings = [f for f in desk.filings if f.id not in served]
    if not filings:
        return survey.surveyed(prepared, venue_of(desk, "generic"))
    several = len(filings) > 1
    return [
        replace(finding, message=f"filing '{filing.id}': {finding.message}")
        if several and not finding.place.file
        else finding
        for filing in filings
        for finding in survey.surveyed(
            [p for p in prepared if p.id in filing.exhibits], venue_of(desk, filing.venue)
        )
    ]


def _key_pages(desk: Desk, prepared: Sequence[Prepared]) -> Iterator[Finding]:
    """Yield the key pages that an exhibit's file does not have."""
    named = {e.id: e.key_pages for e in desk.exhibits}
    for exhibit in prepared:
        yield from absent_key_pages(exhibit, named.get(exhibit.id, ()))


def files(
    paths: Sequence[Path],
    venue: str = "generic",
    passwords: Passwords = no_passwords,
    ocr: Recogniser | None = None,
) -> list[Finding]:
    """Return what is wrong with bare exhibit files, for a venue.

    Raises:
        UsageError: there is nothing to bind, or no such venue.
    """
    rules = loose.venue_named(venue, paths)
    return told(loose.gather(paths, draft=True, passwords=passwords, ocr=ocr)[1], rules)


def told(made: Intake, rules: Venue) -> list[Finding]:
    """Return what is to be told of bare files that were read, each and together, for a venue."""
    read = [exhibit_fact(prepared) for prepared in made.prepared]
    return [*made.findings, *survey.surveyed(made.prepared, rules), *_said(read), *_reminded(rules)]


def _reminded(venue: Venue) -> Iterator[Finding]:
    """Yield the venue's rules that no program can keep; what is not confirmed says so."""
    for rule in venue.reminders:
        yield Finding(
            code="X411", severity=Severity.INFO, kind="note", subject=venue.id, cure="volunteer",
            message=f"{venue.title}: {reminded(rule)}", source=rule.source, hint="",
        )  # fmt: skip


_CERTIFIES = re.compile(r"certif.{0,400}translat|competent to translate", re.IGNORECASE | re.DOTALL)


def _said(read: Sequence[ExhibitFact]) -> Iterator[Finding]:
    """Yield what the words of bare files tell; whose they are nobody has said."""
    people: dict[str, list[str]] = {}
    translated = any(_CERTIFIES.search(fact.text) for fact in read)
    for fact in read:
        turn = "Turn these pages in a PDF program and save the file, or scan them again."
        for pages, what, hint in (
            (fact.blank, "nothing stands", "Scan these pages again, or leave them out."),
            (fact.turned, "the text is turned", turn),
        ):
            if pages:
                yield _warned("X407", fact, f"{', '.join(pages)}: {what}", hint)
        if is_foreign(fact.text) and not translated:
            yield _warned(
                "X408", fact, "it reads as another language, and no translation is certified",
                "A court and USCIS want an English translation with the translator's certificate.",
            )  # fmt: skip
        if _CERTIFIES.search(fact.text) and (lacking := uncertain(fact.text)):
            yield _warned(
                "X409", fact, f"as a certificate of translation it lacks {' and '.join(lacking)}",
                "The immigration court wants the translator's address and telephone number.",
            )  # fmt: skip
        for number in set(numbers_shown(fact.text)):
            people.setdefault(number, []).append(fact.id)
    if len(people) > 1:
        rare = min(people, key=lambda number: len(people[number]))
        fact = next(f for f in read if f.id == people[rare][0])
        yield _warned(
            "X410", fact, f"the files print {len(people)} different A-numbers, one of them here",
            "If a person is a stranger to this case, redact the page.",
        )  # fmt: skip


def _warned(code: str, fact: ExhibitFact, message: str, hint: str) -> Finding:
    file = fact.files[0][0] if fact.files else ""
    return Finding(
        code=code, severity=Severity.WARN, subject=fact.id, place=Place(file), message=message,
        hint=hint, cure="volunteer", facts=message,
    )  # fmt: skip


def stop_at(findings: Sequence[Finding], state: State) -> None:
    """Raise what counts at *state*; an exhibit that cannot be read counts in every state."""
    unreadable = [f for f in findings if f.code.startswith("X") and f.severity.value == "ERROR"]
    stop({id(f): f for f in (*counting(findings, state), *unreadable)}.values())

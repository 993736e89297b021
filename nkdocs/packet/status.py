"""How a case stands, at a glance: answers, papers, filings, days ahead. Nothing is written.

No exhibit is opened and nothing is converted, so that it takes a moment: `check` looks deeper.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from nkdocs.answers.entries import Filing
from nkdocs.answers.save import spot_of
from nkdocs.answers.validate import Report, entry_faults, validate
from nkdocs.case import Hand, Record, sha256
from nkdocs.checks import ahead
from nkdocs.checks.ahead import Due
from nkdocs.diagnostics import Finding, State, counting
from nkdocs.errors import AnswersError, FileBusyError
from nkdocs.interview.engine import Standing, at
from nkdocs.packet.desk import Desk
from nkdocs.packet.facts import check, gather
from nkdocs.packet.papers import papers, used_fingerprint

_PASSED = 60  # days for which a day that is past is still told
_NAMED = 3  # of the answers that changed


class Part(Struct, frozen=True):
    """A section of the interview: how many of its questions are open, how many are asked."""

    title: str
    open: int
    asked: int


class Made(Struct, frozen=True):
    """A document or a filing: how far it has come, and what stands in the way of the next step.

    Attributes:
        state: not begun, draft, for-signature, final, signed or sent.
        why: what keeps it from being made for signature, each as one line; empty if nothing
            known does.
        changed: what was edited or changed since it was made, each as one line.
    """

    id: str
    title: str
    state: str
    why: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


class Day(Struct, frozen=True):
    """A day, and how many days are left until it; less than 0 when it is past."""

    due: Due
    left: int


class Status(Struct, frozen=True):
    """How a case stands.

    Attributes:
        idle: the paths of answers that are there and do not count now.
        wrong: how many answers are not written rightly.
        days: the days ahead, after those that passed lately.
    """

    name: str
    answered: int
    open: int
    required: int
    wrong: int
    idle: tuple[str, ...]
    parts: tuple[Part, ...]
    documents: tuple[Made, ...]
    filings: tuple[Made, ...]
    days: tuple[Day, ...] = ()


def status(desk: Desk, today: dt.date) -> Status:
    """Return how the case stands on *today*."""
    documents = desk.documents()
    report = validate(desk.answers(), documents)
    asked = [s for s in report.plan.steps if s.standing is not Standing.IDLE]
    facts = gather(desk, [d.id for d in documents])
    days = [Day(due, (due.on - today).days) for due in ahead.days(facts)]
    return Status(
        str(getattr(desk.answers().client, "lookup", lambda _: "")("name") or ""),
        sum(s.answered for s in asked),
        sum(not s.answered for s in asked),
        len(report.open),
        len(report.faults),
        tuple(path for path in report.idle if _there(desk, path)),
        tuple(_parts(report)),
        tuple(_document(desk, d.id, d.title) for d in documents),
        tuple(_filing(desk, f) for f in desk.filings),
        tuple(d for d in days if d.left >= -_PASSED),
    )


def _parts(report: Report) -> Iterator[Part]:
    for section in report.plan.sections:
        open_, asked = report.plan.count(section.id)
        if asked:
            yield Part(section.title.en, open_, asked)


def _there(desk: Desk, path: str) -> bool:
    """Whether something stands at a path (with item ids)."""
    try:
        return at(desk.file.data, spot_of(desk.file.data, path)) not in (None, "", {})
    except AnswersError:
        return False


# Documents


def _document(desk: Desk, name: str, title: str) -> Made:
    records = [r for r in desk.case.manifest() if r.get("document") == name]
    signed = next((r for r in reversed(records) if r.get("kind") == "signed"), None)
    filled = {str(r["path"]): r for r in records if r.get("kind") == "document"}  # the newest
    changed = [
        *_edited(desk, name),
        *_answers_changed(desk, [signed] if signed else filled.values()),
    ]
    if signed:
        return Made(name, title, f"signed on {signed['signed_on']}", (), tuple(changed))
    lead = filled.get(desk.catalogue.documents[name].files[0].file)
    state = str(lead["state"]) if lead else "not begun"
    return Made(name, title, state, tuple(_hindering(desk, [name])), tuple(changed))


def _hindering(desk: Desk, names: Sequence[str]) -> Iterator[str]:
    """Yield what keeps documents from being made for signature, as far as answers tell."""
    report = validate(desk.answers(), [desk.catalogue.documents[n] for n in names])
    if report.open:
        yield _counted(len(report.open), "required question is open", "required questions are open")
    found = [*report.faults, *check(desk, names)]
    yield from dict.fromkeys(_line(f) for f in counting(found, State.FOR_SIGNATURE))


def _line(finding: Finding) -> str:
    return f"{finding.code} {finding.message}"


def _edited(desk: Desk, name: str) -> Iterator[str]:
    """Yield the files of a document that someone edited."""
    for _, file in papers(desk, [desk.catalogue.documents[name]]):
        if desk.case.hand(file.file) in {Hand.EDITED, Hand.UNKNOWN}:
            yield f"{file.file} was edited, and is kept as it is"


def _answers_changed(desk: Desk, records: Iterable[Record]) -> Iterator[str]:
    """Yield how many answers changed since the papers that *records* tell of were made."""
    used = {path: mark for record in records for path, mark in record.get("used", {}).items()}
    changed = sorted(path for path, mark in used.items() if used_fingerprint(desk, path) != mark)
    if changed:
        named = ", ".join(changed[:_NAMED]) + (", …" if len(changed) > _NAMED else "")
        count = _counted(len(changed), "answer has changed", "answers have changed")
        yield f"{count}: {named}"


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"


# Filings


def _filing(desk: Desk, filing: Filing) -> Made:
    title = " · ".join(t for t in (filing.title or filing.lead, filing.recipient) if t)
    sent = next(
        (
            r
            for r in reversed(desk.case.manifest())
            if r.get("kind") == "sent" and r.get("filing") == filing.id
        ),
        None,
    )
    if sent:
        return Made(filing.id, title, f"sent on {sent['on']} by {sent['channel']}")
    last = desk.case.last(f"{filing.id}/exhibits.pdf", "bundle")
    state = str(last["state"]) if last else "not begun"
    why = dict.fromkeys([*_missing(desk, filing), *_hindering(desk, _documents(desk, filing))])
    return Made(filing.id, title, state, tuple(why), tuple(_exhibits_changed(desk, filing, last)))


def _documents(desk: Desk, filing: Filing) -> list[str]:
    """Return the documents of a filing that are not signed yet: its lead, and exhibits."""
    made = {e.id: e.document for e in desk.exhibits}
    names = [filing.lead, *(made.get(name, "") for name in filing.exhibits)]
    signed = {r.get("document") for r in desk.case.manifest() if r.get("kind") == "signed"}
    return [n for n in dict.fromkeys(names) if n in desk.catalogue.documents and n not in signed]


def _missing(desk: Desk, filing: Filing) -> Iterator[str]:
    """Yield the broken entries, and the files of exhibits that are not there."""
    yield from (_line(f) for f in entry_faults(desk.file))
    if not filing.exhibits and not filing.lead:
        yield "it lists no exhibit"
    for exhibit in desk.exhibits:
        if exhibit.id not in filing.exhibits:
            continue
        for file in filter(None, (exhibit.file, exhibit.translation, exhibit.certificate)):
            if _bytes(desk, file) is None:
                yield f"exhibit {exhibit.id}: there is no {file}"


def _exhibits_changed(desk: Desk, filing: Filing, last: Record | None) -> Iterator[str]:
    """Yield what changed since the filing was built: exhibits' files, and its own results."""
    if last is None:
        return
    for name, mark in dict(last.get("files") or {}).items():
        data = _bytes(desk, name)
        if data is None:
            yield f"{name} is no longer there"
        elif sha256(data) != mark:
            yield f"{name} has changed since it was bound"
    for name in ("exhibits.pdf", "packet.pdf", "email.txt", "email.eml"):
        if desk.case.hand(f"{filing.id}/{name}") is Hand.EDITED:
            yield f"{filing.id}/{name} was changed by hand"
    listed = {str(e.get("id")) for e in dict(last.get("pages") or {}).get("entries", ())}
    if listed and listed != set(filing.exhibits):
        yield "its list of exhibits has changed since it was bound"


def _bytes(desk: Desk, name: str) -> bytes | None:
    """Return a file of the case, None if it cannot be read."""
    try:
        return desk.case.read(name)
    except FileBusyError:
        return None

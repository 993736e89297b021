"""The papers of a case: which there are, filled or as someone edited them, never overwritten."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs._patterns import lazily
from nkdocs.answers import validate
from nkdocs.case import Hand, Record, sha256
from nkdocs.checks.facts import Found
from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import Finding, Place, Severity, State
from nkdocs.documents.draft import Note
from nkdocs.documents.fill import Setting, as_draft, fill
from nkdocs.documents.filled import Filled
from nkdocs.documents.marks import PrintedCite, names
from nkdocs.documents.wordfile import WordFile
from nkdocs.interview.spec import Document, TemplateFile
from nkdocs.packet.desk import Desk

_REMARK = lazily(r" \([^()]*\)$")
_WORDS = 60  # letters of what is marked yellow, in a message
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


class Paper(Struct, frozen=True):
    """One paper: what a template's file makes.

    Attributes:
        name: its file in `out/`.
        hand: whose the file in `out/` is now.
        printed: makes the paper as it is to be printed or sent: without a draft's tear-off page.
        stored: the paper as it stands, or is to stand, in `out/`.
        cites: the cites it prints.
        names: its named paragraphs and their numbers.
        findings: faults of filling it, and of cites in an edited one.
        refreshed: (old, new) cites brought up to date in an edited file.
        record: what the manifest will say of it.
    """

    document: Document
    file: TemplateFile
    name: str
    hand: Hand
    printed: Callable[[], bytes]
    stored: bytes
    cites: tuple[PrintedCite, ...]
    names: Mapping[str, int]
    record: Record
    findings: tuple[Finding, ...] = ()
    refreshed: tuple[tuple[str, str], ...] = ()

    @property
    def docx(self) -> bytes:
        """The paper as it is to be printed or sent; made when it is first asked for."""
        return self.printed()

    def whole(self) -> "Paper":
        """Return the paper with all that stands in `out/`, a draft's tear-off page included."""
        return replace(self, printed=lambda: self.stored)

    @property
    def kept(self) -> bool:
        """Whether someone else wrote the file in `out/`, so that it is the source."""
        return self.hand in {Hand.EDITED, Hand.UNKNOWN}


class Circumstances(Struct, frozen=True):
    """What a paper is filled in.

    Attributes:
        maps: page maps for its cites, its own filing's first.
        exhibits: of its filing, for lists of attachments.
        notes: findings for the draft's tear-off page.
        anew: fill even where someone edited the file in `out/` (it was backed up).
        internal: what only papers for nobody outside the office may name.
        noted: the record tells each answer that the paper used, as a case's own manifest does.
    """

    state: State = State.DRAFT
    maps: tuple[PageMap, ...] = ()
    exhibits: tuple[Mapping[str, str], ...] = ()
    filing: Mapping[str, str] | None = None
    notes: tuple[Finding, ...] = ()
    anew: bool = False
    internal: Mapping[str, object] = field(default_factory=dict)
    noted: bool = True


def papers(desk: Desk, documents: Sequence[Document]) -> Iterator[tuple[Document, TemplateFile]]:
    """Yield the files that *documents* fill in this case: those whose condition holds."""
    answers = desk.answers()
    for document in documents:
        for file in document.files:
            if file.when is None or answers.holds(file.when, document.item):
                yield document, file


def lead_file(document: Document) -> TemplateFile:
    """Return the file that is the document itself; the others are its companions."""
    return document.files[0]


def pdf_name(paper: str) -> str:
    """Return the name of a paper's PDF in `out/`."""
    return str(PurePosixPath(paper).with_suffix(".pdf"))


def make(desk: Desk, document: Document, file: TemplateFile, around: Circumstances) -> Paper:
    """Return a paper: filled anew, or as it was edited, with its cites up to date.

    Nothing is written. What is open or wrong is in the paper's findings.
    """
    hand = desk.case.hand(file.file)
    if hand in {Hand.EDITED, Hand.UNKNOWN} and not around.anew:
        return _edited(desk, document, file, around, hand)
    where, template = desk.shelf.template(document, file)
    answers = desk.answers(file.audience, document)
    setting = Setting(
        desk.registry(),
        around.state,
        around.maps,
        around.exhibits,
        around.filing,
        desk.day,
        _item(desk, document),
        around.internal,
        desk.sent(),
        keep=not _within(where, desk.case.folder),
        foreign=not _within(where, desk.templates[-1]),
    )
    filled = fill(template, answers, setting, name=str(where), title=file.title)
    findings = [*_gaps(desk, document, filled), *_lost(filled, file)]
    if around.state is State.DRAFT:
        notes = None if around.internal else _notes(findings, around.notes)  # it tells them itself
        stored = as_draft(filled.members, notes, file.title)
    else:
        stored = filled.docx
    record: Record = {
        "kind": "document",
        "path": file.file,
        "document": document.id,
        "state": around.state.value,
        "sha256": sha256(stored),
        "template": _mark(template),
        "answers": desk.answers_mark,
        "cites": [[c.written, c.printed] for c in filled.cites],
        "names": dict(filled.names),
        "authorities": dict(filled.authorities),
    }
    if around.noted:
        record["used"] = {path: used_fingerprint(desk, path) for path in filled.used}
    return Paper(
        document,
        file,
        file.file,
        hand,
        cache(lambda: _printed(filled, file, around.state)),
        stored,
        filled.cites,
        filled.names,
        record,
        tuple(findings),
    )


_mark = lru_cache(maxsize=64)(sha256)  # of a template, which many cases share


def _within(file: Path, folder: Path) -> bool:
    """Whether *file* lies in *folder*, by its name; `is_relative_to` takes ten times as long."""
    if file.is_absolute() != folder.is_absolute():  # within a case it is called "."
        file, folder = file.absolute(), folder.absolute()
    return file.parts[: len(folder.parts)] == folder.parts


def _printed(filled: Filled, file: TemplateFile, state: State) -> bytes:
    """Return a paper as it is to be printed or sent."""
    draft = state is State.DRAFT
    return as_draft(filled.members, None, file.title) if draft else filled.docx


def _item(desk: Desk, document: Document) -> tuple[str, tuple[str | int, ...]] | None:
    """Return what a document about one item of a list calls it, and where it stands."""
    if not document.each:
        return None
    return desk.catalogue.questions[document.each].singular, document.item


def _edited(
    desk: Desk, document: Document, file: TemplateFile, around: Circumstances, hand: Hand
) -> Paper:
    """Return a paper that someone edited: it is the source; its cites are refreshed."""
    from nkdocs.citations.doubts import plain
    from nkdocs.documents import edited
    from nkdocs.packet import stale

    docx = desk.case.read(f"out/{file.file}")
    last = desk.case.last(file.file, "document") or {}
    recorded = [PrintedCite(w, p) for w, p in last.get("cites", ())]
    apart = stale.apart(desk, docx, file.file)
    now = edited.refresh(docx, recorded, around.maps, file.file, apart)
    draft, clean = around.state is State.DRAFT, edited.unmark(now.docx, file.file)
    used = edited.torn_off(now.docx, file.file) if draft else clean
    doubtful = stale.doubtful(desk, docx, file.file, around.maps[0] if around.filing else None)
    lost = {doubt.text for doubt, told in doubtful or () if told}
    unclear = [(old, why) for old, why in now.unclear if plain(old) not in lost]
    findings = [_unclear(desk, file, old, why) for old, why in unclear]
    findings += [_gone(desk, file, old) for old in now.gone if plain(old) not in lost]
    findings += _left(desk, file, now.docx, around.state)
    findings = [*desk.unaccepted(findings), *(f for _, told in doubtful or () for f in told)]
    record: Record = {
        **last,
        "kind": "document",
        "path": file.file,
        "document": document.id,
        "state": around.state.value,
        "sha256": sha256(now.docx),
        "edited": True,
        "cites": [[c.written, c.printed] for c in now.cites],
        **stale.record(doubtful, last, [old for old, _ in now.unclear]),
    }
    found = names(WordFile.read(used, file.file))
    return Paper(
        document,
        file,
        file.file,
        hand,
        lambda: used,
        now.docx,
        now.cites,
        found,
        record,
        tuple(findings),
        now.changed,
    )


def used_fingerprint(desk: Desk, path: str) -> str:
    """Return twelve characters that change when the answer at *path* does."""
    data = _at(desk.file.data, path)
    if isinstance(data, list):  # of items: which there are; what they say has paths of its own
        data = [d.get("id", "") if isinstance(d, dict) else d for d in data]
    told = _JSON.encode([path, data])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _at(data: object, path: str) -> object:
    """Return what stands at a path with item ids."""
    for step in _steps(path):
        if isinstance(data, list):
            data = next((d for d in data if isinstance(d, dict) and d.get("id") == step), None)
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def _steps(path: str) -> list[str]:
    """Return the steps of a path; the Korean of an answer stands under the whole path of it."""
    return path.split(".", 1) if path.startswith("_ko.") else path.split(".")


def _gaps(desk: Desk, document: Document, filled: Filled) -> Iterator[Finding]:
    """Yield a fault for every answer that is required or printed, and not there."""
    answers = desk.answers()
    report = validate.validate(answers, [document])
    told = {f.subject: f for f in validate.missing(answers, report.open)}
    if document.base:  # what is open of the other items hinders their own documents
        mine, every = answers.path(document.item), answers.path(document.each)
        told = {
            at: f
            for at, f in told.items()
            if not at.startswith(f"{every}.") or at.startswith(f"{mine}.")
        }
    yield from told.values()
    for path, prompt in filled.open.items():
        if path not in told:
            yield Finding(
                code="A004",
                severity=Severity.ERROR,
                message=f"{path} is open: {prompt}",
                place=desk.file.place(spot_of(desk, path)),
                subject=path,
                cure="counsel",
                counts=State.FOR_SIGNATURE,
                hint="Next: nkdocs interview",
            )
    yield from (f for f in report.faults if f.code != "A004")


def spot_of(desk: Desk, path: str) -> tuple[str | int, ...]:
    """Return where the answer at *path* (with item ids) stands in the data."""
    spot: list[str | int] = []
    data: object = desk.file.data
    for step in _steps(path):
        if isinstance(data, list):
            at = next(
                (n for n, d in enumerate(data) if isinstance(d, dict) and d.get("id") == step), None
            )
            if at is None:
                break
            spot.append(at)
            data = data[at]
        else:
            spot.append(step)
            data = data.get(step) if isinstance(data, dict) else None
    return tuple(spot)


def _lost(filled: Filled, file: TemplateFile) -> Iterator[Finding]:
    """Yield a fault for each cite that leads nowhere; an internal paper may name any exhibit."""
    internal = file.audience == "internal"
    for written, why in filled.lost.items():
        yield Finding(
            code="A006",
            severity=Severity.WARN if internal else Severity.ERROR,
            message=f"the cite {written} leads nowhere: {why}",
            subject=written,
            cure="counsel",
            counts=State.FOR_SIGNATURE,
            hint="List the exhibit in the filing, or mend the cite.",
        )


def _notes(gaps: Sequence[Finding], found: Sequence[Finding]) -> list[Note]:
    """Return the lines of a draft's tear-off page: what is open, then what was found."""
    notes = [Note("Open questions", f.message, str(f.place)) for f in gaps if f.code == "A004"]
    notes += [
        Note("Answers that need a look", f.message, str(f.place)) for f in gaps if f.code != "A004"
    ]
    groups = ("hurts the client", "clerk will reject", "ask yourself", "")
    for group in groups:
        head = f"Found: {group}" if group else "Found"
        notes += [
            Note(head, f"{f.code} {f.severity}: {f.message}", f.source)
            for f in found
            if f.group == group and f.severity is not Severity.INFO
        ]
    return notes


def _unclear(desk: Desk, file: TemplateFile, old: str, why: str) -> Finding:
    told = {"cite": old, "guess": f"in the edited document it cannot be brought up to date: {why}"}
    return desk.worded(Found("L601", old, facts=told, place=Place(f"out/{file.file}")))


def _gone(desk: Desk, file: TemplateFile, old: str) -> Finding:
    told = {"what": f"What {file.file} printed as “{old}”"}
    return desk.worded(Found("L602", old, facts=told, place=Place(f"out/{file.file}")))


def _left(desk: Desk, file: TemplateFile, docx: bytes, state: State) -> Iterator[Finding]:
    """Yield what is left of a draft, all of one kind in one line; yellow that is not ours last."""
    from nkdocs.documents import edited

    left: dict[str, list[tuple[str, int]]] = {}
    for spot, what in edited.leftovers(docx, file.file, _asked(desk)):
        left.setdefault(what, []).append(spot)
    for what, spots in left.items():
        more = f" ({len(spots)} times)" if len(spots) > 1 else ""
        found = _leftover(desk, file, what, more, edited.listed(spots))
        near = ", ".join(edited.quoted(docx, file.file, spots))
        yield replace(found, message=f"{found.message} — {near}") if near else found
    yellow = [*edited.yellow(docx, file.file)] if state is not State.DRAFT else []
    if yellow:
        cut = (f"{said[:_WORDS]}{'…' * (len(said) > _WORDS)}" for _, said in yellow)
        words = ", ".join(f"“{said}”" for said in cut)
        where = edited.listed(spot for spot, _ in yellow)
        found = _leftover(desk, file, "yellow text", f", {words},", where)
        hint = "Take the yellow off in Word, unless it is to be printed."
        yield replace(found, severity=Severity.WARN, kind="ack", hint=hint)


def _asked(desk: Desk) -> set[str]:
    """Return what the questions of the interview ask, without remarks in brackets too."""
    texts = (t for q in desk.catalogue.questions.values() for t in (q.prompt.en, q.prompt.ko) if t)
    plain = {" ".join(text.split()) for text in texts}
    return plain | {_REMARK.sub("", text) for text in plain}


def _leftover(desk: Desk, file: TemplateFile, what: str, more: str, where: str) -> Finding:
    """Return the finding of what is left of a draft."""
    place, told = Place(f"out/{file.file}", part=where), {"what": f"{what}{more}"}
    found = Found("L005", f"{file.file} {what}", (), told, read=f"{where}{more}", place=place)
    return desk.worded(found)

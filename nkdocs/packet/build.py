"""One filing, start to finish: exhibits bound, lead document filled, cites linked, all verified."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs._working import Content
from nkdocs.answers.entries import Filing
from nkdocs.bundle import links
from nkdocs.bundle.pages import build_packet
from nkdocs.case import Hand, Record, sha256
from nkdocs.citations.cite import PRINTED, cite_of
from nkdocs.citations.pagemap import PageMap
from nkdocs.convert.pdf import Pdf
from nkdocs.diagnostics import Finding, Place, Severity, State, counting, stop
from nkdocs.packet import cited as citing
from nkdocs.packet import laid, mail, pdfs, privileged, stale
from nkdocs.packet.bind import Bound, bind
from nkdocs.packet.desk import Desk
from nkdocs.packet.facts import check
from nkdocs.packet.filings import bundle_records, changed, left_over, stop_forbidden
from nkdocs.packet.listed import exhibits_of, listed
from nkdocs.packet.papers import Circumstances, Paper, lead_file, make, pdf_name
from nkdocs.packet.served import changed_since_signing

_KINDS = {"cited.txt": "cites", "email.txt": "mail", "upload-checklist.txt": "mail"}


class Built(Struct, frozen=True):
    """A filing, ready to be written.

    Attributes:
        files: what is to be written, by path in `out/`.
        stale: files of an earlier build that this one does not have.
        backups: edited Word files whose cites are refreshed; a copy is kept first.
        makers: who made each paper's PDF.
        typed: cites that somebody typed by hand; they are linked.
        cited: every place of its papers that cites an exhibit.
        wrong: what was kept of where its exhibits lie, and is not so.
    """

    filing: Filing
    pages: PageMap
    files: Mapping[str, Content]
    records: tuple[Record, ...]
    stale: tuple[str, ...]
    findings: tuple[Finding, ...]
    papers: tuple[Paper, ...]
    backups: tuple[str, ...] = ()
    makers: Mapping[str, str] = field(default_factory=dict)
    typed: tuple[str, ...] = ()
    linked: int = 0
    lost: tuple[str, ...] = ()
    cited: tuple[citing.Cited, ...] = ()
    wrong: tuple[str, ...] = ()


def build(desk: Desk, filing: Filing, state: State, *, renumber: bool = False) -> Built:
    """Build *filing* in memory; nothing is written.

    With *renumber* it is numbered as it is listed, although a final was made in another order.

    Raises:
        NkdocsError: whatever stops it, all of one kind at once.
    """
    return build_all(desk, [filing], state, renumber=renumber)[0]


def build_all(
    desk: Desk, filings: Sequence[Filing], state: State, *, renumber: bool = False
) -> list[Built]:
    """Build *filings* in memory as `build` does each; their letters become PDFs together.

    Raises:
        NkdocsError: whatever stops one of them, all of one kind at once.
    """
    ready = [_ready(desk, filing, state, renumber=renumber) for filing in filings]
    leads = [one.lead for one in ready if one.lead]
    if len({lead.name for lead in leads}) < len(leads):  # one name, two letters: each by itself
        made = [pdfs.to_pdf(desk, [one.lead], state) if one.lead else {} for one in ready]
    else:
        made = [pdfs.to_pdf(desk, leads, state) if leads else {}] * len(ready)
    as_listed = state is State.DRAFT and not renumber
    both = zip(ready, made, strict=True)
    return [_built(desk, one, letters, state, as_listed=as_listed) for one, letters in both]


class _Ready(Struct, frozen=True):
    """A filing whose exhibits are bound and whose letter is filled and checked."""

    filing: Filing
    bound: Bound
    lead: Paper | None
    papers: tuple[Paper, ...]
    findings: tuple[Finding, ...]


def _ready(desk: Desk, filing: Filing, state: State, *, renumber: bool) -> _Ready:
    """Bind the exhibits of a filing and fill its letter with their pages."""
    wanted = [name for name in (filing.lead, *_documents(desk, filing)) if name]
    notes = check(desk, wanted)
    stop_forbidden(desk, notes, filing)
    bound = bind(desk, listed(desk, filing, state, notes, renumber=renumber))
    stop(privileged.within(desk, filing, bound.prepared))
    lead = _lead(desk, filing, bound, state, notes)
    papers = (*bound.papers, *([lead] if lead else []))
    found = [*bound.findings, *(lead.findings if lead else ())]
    if state is not State.DRAFT:
        found += [f for f in desk.faults() if f not in found]
    mails = mail.facts(desk, [filing])
    found += [
        f
        for f in check(
            desk, wanted, bound.prepared, papers, mails=mails, bound=bound.bundle.pages
        )
        if f.code != "L607" or not f.subject.startswith(f"{filing.id}.")  # it is bound anew here
    ]
    found += changed_since_signing(desk)
    found = list({(f.code, f.subject, f.message): f for f in found}.values())
    stop(counting(found, state))
    return _Ready(filing, bound, lead, papers, tuple(found))


def _built(
    desk: Desk, ready: _Ready, letters: Mapping[str, Pdf], state: State, *, as_listed: bool
) -> Built:
    """Put letter and exhibits together, and read back what came out."""
    filing, bound, lead, papers = ready.filing, ready.bound, ready.lead, ready.papers
    made = {**bound.made, **({lead.name: letters[lead.name]} if lead else {})}
    packet, told = _packet(desk, lead, bound, made)
    stop(counting(told.findings, state))
    found = [*ready.findings, *pdfs.unused(desk, papers, made)]
    files = _files(desk, bound, papers, made)
    files |= {f"{filing.id}/packet.pdf": packet} if packet else {}
    sent = _sent(filing, lead, packet, bound, made)
    earlier = _earlier(desk, filing)
    where = citing.places(papers, bound.bundle.pages, earlier)
    if lead:
        table = citing.table(where, bound.bundle.pages, earlier)
        files[f"{filing.id}/cited.txt"] = table.encode()
    beside = mail.accompany(desk, filing, state, sent, exhibits_of(desk, bound.bundle.pages))
    stop(counting(beside.findings, state))
    files |= beside.files
    known = {p.name: p.record for p in papers if p.name in files}
    known |= _with_typed(lead, told.typed, bound.bundle.pages)
    known |= pdfs.theirs_used(papers, made, state)
    return Built(
        filing,
        bound.bundle.pages,
        files,
        tuple(_records(files, known, filing, state, bound)),
        tuple(left_over(desk, bound)),
        (*found, *told.findings, *beside.findings),
        papers,
        tuple(p.name for p in papers if p.refreshed),
        {name: pdf.maker for name, pdf in made.items()},
        told.typed,
        told.linked,
        tuple(line for pdf in made.values() for line in pdf.lost),
        tuple(where),
        wrong=tuple(laid.contradicted(desk, filing, bound.bundle.pages)) if as_listed else (),
    )


def _earlier(desk: Desk, filing: Filing) -> list[PageMap]:
    """Return the page maps of the other filings, those that were sent."""
    return [pages for name, pages in desk.case.served().items() if name != filing.id]


def _documents(desk: Desk, filing: Filing) -> list[str]:
    """Return the documents among a filing's exhibits."""
    known = {e.id: e.document for e in desk.exhibits}
    return [known[name] for name in filing.exhibits if known.get(name)]


def _lead(
    desk: Desk, filing: Filing, bound: Bound, state: State, notes: Sequence[Finding]
) -> Paper | None:
    if not filing.lead:
        return None
    document = desk.documents([filing.lead])[0]
    pages = bound.bundle.pages
    maps = (pages, *_earlier(desk, filing))
    around = Circumstances(state, maps, exhibits_of(desk, pages), _shown(filing), tuple(notes))
    return make(desk, document, lead_file(document), around)


def _shown(filing: Filing) -> dict[str, str]:
    return {"id": filing.id, "recipient": filing.recipient, "venue": filing.venue}


class _Told(Struct):
    findings: tuple[Finding, ...] = ()
    typed: tuple[str, ...] = ()
    linked: int = 0


def _packet(
    desk: Desk, lead: Paper | None, bound: Bound, made: Mapping[str, Pdf]
) -> tuple[bytes, _Told]:
    """Return the packet, and what its cites told; no packet without a lead document."""
    if lead is None:
        return b"", _Told()
    pdf = made[lead.name]
    found = links.found_cites(pdf.data)
    linked, faults = links.resolved(found, bound.bundle.pages)
    wrong = [f for f in faults if not stale.is_doubted(lead.record, f.subject)]  # told with it
    printed = [c.printed for c in lead.cites if not c.printed.startswith("[")]
    missing = [] if lead.kept else links.expected_missing(_here(printed), found)
    typed = links.typed_by_hand(_here(printed), found)
    findings = desk.unaccepted([*wrong, *(_vanished(lead, text) for text in missing)])
    packet = build_packet(pdf.data, bound.bundle, linked, lead_title=lead.file.title)
    return packet, _Told(tuple(findings), tuple(c.text for c in typed), len(linked))


def _here(printed: Sequence[str]) -> list[str]:
    """Return printed cites without the words around the tab that name an earlier filing.

    One that goes over into another volume is found in a PDF as one in each.
    """
    return [one for text in printed for one in _each(text)]


def _each(text: str) -> list[str]:
    return [found[0] for found in PRINTED.finditer(text)] or [text]


def _vanished(lead: Paper, text: str) -> Finding:
    return Finding(
        code="C002",
        severity=Severity.ERROR,
        message=f"the cite “{text}” is not found in the PDF of {lead.name}",
        place=Place(f"out/{lead.name}"),
        subject=text,
        kind="block",
        hint="Convert it anew; if it stays, report this as a defect of nkdocs.",
    )


def _files(
    desk: Desk,
    bound: Bound,
    papers: Sequence[Paper],
    made: Mapping[str, Pdf],
) -> dict[str, Content]:
    """Return what is to be written; a file that someone else made is left alone."""
    files = bound.files
    for paper in papers:
        if not paper.kept or paper.refreshed:
            files[paper.name] = paper.stored
        name = pdf_name(paper.name)
        theirs = desk.case.hand(name) in {Hand.UNKNOWN, Hand.EDITED}
        if not theirs and paper.record.get("state") != State.DRAFT.value:
            files[name] = made[paper.name].data
    return files


def _sent(
    filing: Filing,
    lead: Paper | None,
    packet: bytes,
    bound: Bound,
    made: Mapping[str, Pdf],
) -> list[mail.Sending]:
    """Return what of a filing is sent, in order: the packet, or each part of it to the court.

    The court's system takes no submissions combined in one file.
    """
    what = "exhibits" if lead else filing.title or "exhibits"
    bundle = [mail.Sending(name, what, data) for name, data in bound.files.items()]
    if len(bundle) > 1:
        bundle = [replace(b, what=f"{what}, part {n} of {len(bundle)}")
                  for n, b in enumerate(bundle, 1)]  # fmt: skip
    if lead is None:
        return bundle
    if filing.audience == "court":
        letter = mail.Sending(pdf_name(lead.name), lead.file.title, made[lead.name].data)
        return [letter, *bundle]
    return [mail.Sending(f"{filing.id}/packet.pdf", lead.file.title, packet), *bundle[1:]]


def _with_typed(lead: Paper | None, typed: Sequence[str], pages: PageMap) -> dict[str, Record]:
    """Return the record of an edited lead with the cites typed by hand: they move from now on.

    Those in doubt do not. It is kept at each build: it tells by which numbers the letter stands.
    """
    if lead is None or not lead.kept:
        return {}
    sound = [text for text in typed if not stale.is_doubted(lead.record, text)]
    written = [(cite_of(text, pages), text) for text in sound]
    added = [[str(cite), text] for cite, text in written if cite is not None]
    return {lead.name: {**lead.record, "cites": [*lead.record["cites"], *added]}}


def _records(
    files: Mapping[str, Content],
    papers: Mapping[str, Record],
    filing: Filing,
    state: State,
    bound: Bound,
) -> list[Record]:
    """Return what the manifest says of the files, and of edited papers that are left alone."""
    records: list[Record] = list(papers.values())
    for name, data in files.items():
        if name in papers:
            continue
        if name in bound.files:
            continue
        kind = "pdf" if "/" not in name else _kind(name)
        record: Record = {"kind": kind, "path": name, "sha256": sha256(data), "state": state.value}
        if "/" in name:
            record |= {"filing": filing.id, "total": bound.bundle.pages.total}
        records.append(record)
    return [*bundle_records(bound, state), *records]


def _kind(name: str) -> str:
    """Return what a file of a filing is, for the manifest."""
    return "mail" if name.endswith(".eml") else _KINDS.get(name.rpartition("/")[2], "packet")


def write(desk: Desk, built: Built, *, force: bool = False) -> tuple[str, ...]:
    """Write a filing; return the names of the backups that were kept.

    Raises:
        FileBusyError: someone changed a packet since it was built.
    """
    touched = [n for n, data in built.files.items() if "/" in n and desk.case.differs(n, data)]
    touched += [name for name in built.stale if desk.case.hand(name) is not Hand.OURS]
    if not force:
        stop(changed(name) for name in touched)
    kept = tuple(desk.case.back_up(name) for name in (*touched, *built.backups))
    desk.case.write(built.files, built.records)
    desk.case.remove((*built.stale, *built.wrong))
    return kept

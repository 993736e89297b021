"""Fills the documents of a case, each whole or not at all, all faults in one run."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs.case import Hand, Record, sha256
from nkdocs.convert.pdf import Pdf
from nkdocs.diagnostics import Finding, Place, Severity, State, counting, stop
from nkdocs.interview.spec import Document
from nkdocs.packet import signoff
from nkdocs.packet.desk import Desk
from nkdocs.packet.facts import check
from nkdocs.packet.papers import Circumstances, Paper, make, papers, pdf_name
from nkdocs.packet.placed import Places, keep


class Outcome(Struct, frozen=True):
    """What became of one paper.

    Attributes:
        what: written, up to date, kept (someone edited it), or refreshed (its cites).
        open: how many of its questions are open.
    """

    name: str
    title: str
    what: str
    open: int = 0
    maker: str = ""
    lost: tuple[str, ...] = ()


class Filling(Struct, frozen=True):
    """Papers ready to be written.

    Attributes:
        papers: all of them, those too that stand in `out/` as they are.
        laid: where exhibits lie, kept for the next run, by path in `out/`.
    """

    outcomes: tuple[Outcome, ...]
    files: dict[str, bytes]
    records: tuple[Record, ...]
    findings: tuple[Finding, ...]
    backups: tuple[str, ...]
    papers: tuple[Paper, ...] = ()
    laid: Mapping[str, bytes] = field(default_factory=dict)


def fill(  # noqa: PLR0913 - how it is filled, all by name
    desk: Desk,
    names: Sequence[str],
    state: State,
    *,
    pdf: bool = False,
    force: bool = False,
    edited: bool = False,
    noted: bool = True,
) -> Filling:
    """Fill the documents *names* (all if none is named) in memory; nothing is written.

    Args:
        desk: the case.
        names: which documents.
        state: how far they have come.
        pdf: make a PDF of each, too.
        force: fill edited ones anew.
        edited: an edited one that is named is used as it is.
        noted: the records tell which answers each used.

    Raises:
        AnswersError: the state allows no gap and there are gaps; every one is named.
        FileBusyError: a document was asked for by name and someone edited it.
        NkdocsError: whatever else stops it.
    """
    documents = desk.documents(names)
    notes = check(desk, [d.id for d in documents])
    checked = {documents[0].id: tuple(notes)} if len(documents) == 1 else {}
    around = Circumstances(state, tuple(desk.case.served().values()), anew=force, noted=noted)
    places = Places(desk)
    made = list(_made(documents, around, checked, places))
    if names and not edited:
        stop(_asked_anew(made))
    findings = [*notes, *(f for p in made for f in p.findings)]
    if state is not State.DRAFT:  # a draft is never refused for what is missing or found
        findings += desk.faults()
    findings = list({(f.code, f.subject, f.message): f for f in findings}.values())
    stop(counting(findings, state) if state is not State.DRAFT else ())
    whole = [p.whole() for p in made] if state is State.DRAFT else made
    printed: dict[str, Pdf] = {}
    files: dict[str, bytes] = {}
    records: list[Record] = []
    if pdf:
        from nkdocs.packet import pdfs

        printed = pdfs.to_pdf(desk, whole, state)
        findings += pdfs.unused(desk, made, printed)
        records += pdfs.theirs_used(made, printed, state).values()
    outcomes = []
    for paper in made:
        what = _what(desk, paper)
        if what in {"written", "refreshed"}:
            files[paper.name] = paper.stored
            records.append(paper.record)
        own = printed.get(paper.name)
        name = pdf_name(paper.name) if own else ""
        if own is not None and desk.case.hand(name) in {Hand.ABSENT, Hand.OURS}:
            files[name] = own.data
            records.append(
                {"kind": "pdf", "path": name, "sha256": sha256(own.data), "state": state.value}
            )
        gaps = sum(f.code == "A004" for f in paper.findings)
        maker, lost = (own.maker, own.lost) if own else ("", ())
        outcomes.append(Outcome(paper.name, paper.file.title, what, gaps, maker, lost))
    theirs = [p.name for p in made if p.hand in {Hand.EDITED, Hand.UNKNOWN}]
    backups = tuple(name for name in theirs if name in files)
    done = (tuple(outcomes), files, tuple(records), tuple(findings), backups)
    return Filling(*done, papers=tuple(made), laid=places.kept)


def write(desk: Desk, filling: Filling) -> tuple[str, ...]:
    """Write what was filled; return the names of the backups that were kept."""
    kept = tuple(desk.case.back_up(name) for name in filling.backups)
    desk.case.write(filling.files, filling.records)
    keep(desk.case, filling.laid)
    return kept


def _made(
    documents: Sequence[Document],
    general: Circumstances,
    checked: dict[str, tuple[Finding, ...]],
    places: Places,
) -> Iterator[Paper]:
    """Make every paper; one that cites exhibits is made once more with its filing's page map.

    What was *checked* already, by document, is not checked again.
    """
    desk = places.desk
    for document, file in papers(desk, documents):
        if document.id not in checked:
            checked[document.id] = tuple(check(desk, [document.id]))
        notes = checked[document.id]
        around = replace(general, notes=notes)
        if document.id == signoff.ID:
            around = replace(around, internal=signoff.sheet(desk))
            paper = make(desk, document, file, around)
            yield replace(paper, record={**paper.record, **signoff.record(desk)})
            continue
        yield places.in_filing(make(desk, document, file, around), around)


def _what(desk: Desk, paper: Paper) -> str:
    if paper.kept and paper.record.get("edited"):
        return "refreshed" if paper.refreshed else "kept"
    last = desk.case.last(paper.name, "document") if paper.hand is Hand.OURS else None
    same = last is not None and last.get("sha256") == paper.record["sha256"]
    return "up to date" if same else "written"


def _asked_anew(made: Sequence[Paper]) -> Iterator[Finding]:
    """Yield a fault for every paper asked for by name that someone edited (DESIGN 2)."""
    for paper in made:
        if paper.kept and paper.record.get("edited") and not paper.refreshed:
            yield Finding(
                code="F001",
                severity=Severity.ERROR,
                message=f"{paper.name} was edited since nkdocs wrote it, and is kept",
                place=Place(f"out/{paper.name}"),
                subject=paper.name,
                hint="Go on with the edited file (nkdocs build), or fill it anew and keep a "
                "backup: --force",
            )

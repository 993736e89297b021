"""The day of signing: everything that is needed on paper, as one file to print.

The document is printed for signature as `fill` prints it, so that its scan can be taken in
afterwards. What arises at signing stands on ruled lines; nothing is dated in advance.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.bundle.pages import joined
from nkdocs.bundle.scan import count_pages
from nkdocs.case import Record, sha256
from nkdocs.diagnostics import State, counting, stop
from nkdocs.documents import edited
from nkdocs.documents.fill import Shown
from nkdocs.documents.marks import numbered_texts
from nkdocs.documents.wordfile import WordFile
from nkdocs.errors import FileBusyError, UsageError
from nkdocs.interview.spec import Document
from nkdocs.packet import fill, pdfs
from nkdocs.packet.desk import Desk
from nkdocs.packet.filings import changed
from nkdocs.packet.papers import Circumstances, Paper, lead_file, make, pdf_name

_DAY = "signing-day"
_SCRIPT = "readback-script.docx"
_MEMO = "consent-memo.docx"
_STATE = State.FOR_SIGNATURE


class Kit(Struct, frozen=True):
    """The file to print, and what it holds.

    Attributes:
        file: its path in `out/`.
        parts: title and number of pages of each paper in it, in order.
        command: the line that takes in the scan afterwards.
        filling: the document itself, printed for signature.
    """

    file: str
    data: bytes
    parts: tuple[tuple[str, int], ...]
    command: str
    filling: fill.Filling


def kit(desk: Desk, name: str) -> Kit:
    """Return the papers of the day on which the document *name* is signed; nothing is written.

    Raises:
        UsageError: it is a paper that nobody signs.
        FileBusyError: it was signed already, or a PDF that says something else is in the way.
        NkdocsError: whatever stops a document that is printed for signature.
    """
    document = desk.documents([name])[0]
    _signable(desk, document)
    filling = fill.fill(desk, [name], _STATE, pdf=True, edited=True)
    text = pdf_name(lead_file(document).file)
    printed = _printed(desk, filling, text)
    command = f"nkdocs sign {desk.case.name} {name} --scan signed.pdf --on YYYY-MM-DD"
    memo = [*_memo(desk, document)]
    facts = {
        "document": name,
        "title": document.title,
        "pages": count_pages(printed, text),
        "paragraphs": _paragraphs(desk, filling, lead_file(document).file) or "",
        "memo": bool(memo),
        "sworn": _sworn(document),
        "command": command,
    }
    papers = [*_of_the_day(desk, document, facts), *memo]
    stop(counting([f for paper in papers for f in paper.findings], _STATE))
    made = pdfs.to_pdf(desk, papers, _STATE)
    day = [(p.file.title, made[p.name].data) for p in papers if p not in memo]
    rest = [(p.file.title, made[p.name].data) for p in memo]
    parts = [*day, (document.title, printed), *rest]
    counted = tuple((title, count_pages(data, title)) for title, data in parts)
    file = f"sign/{name}-kit.pdf"
    return Kit(file, joined(parts, "Papers for the day of signing"), counted, command, filling)


def write(desk: Desk, made: Kit) -> tuple[str, ...]:
    """Write the kit and the document printed for signature; return the backups that were kept.

    Raises:
        FileBusyError: someone changed the kit since it was made.
    """
    if desk.case.differs(made.file, made.data):
        stop([changed(made.file)])
    kept = fill.write(desk, made.filling)
    told: Record = {
        "kind": "kit",
        "path": made.file,
        "sha256": sha256(made.data),
        "state": _STATE.value,
    }
    desk.case.write({made.file: made.data}, [told])
    return kept


def _signable(desk: Desk, document: Document) -> None:
    if document.audience == "internal":
        msg = f"{document.id} is a paper of the office's own; nobody signs it for a filing"
        raise UsageError(msg, hint="Name a document that leaves the office.")
    signed = [r for r in desk.case.manifest()
              if r.get("kind") == "signed" and r.get("document") == document.id]  # fmt: skip
    if signed:
        msg = f"{document.id} was signed on {signed[-1].get('signed_on')}; the scan is the document"
        raise FileBusyError(msg, hint="What is different now goes into a supplemental declaration.")


def _printed(desk: Desk, filling: fill.Filling, name: str) -> bytes:
    """Return the PDF that the manifest will know as printed for signature.

    Raises:
        FileBusyError: one that is not ours, and says something else, has its name.
    """
    if name in filling.files:
        return filling.files[name]
    if any(record.get("path") == name for record in filling.records):
        return desk.case.read(f"out/{name}")
    msg = f"out/{name} is not nkdocs' own and does not say what the document says"
    raise FileBusyError(msg, hint="Save it from Word as PDF anew, or move that PDF away.")


def _paragraphs(desk: Desk, filling: fill.Filling, name: str) -> int:
    """Return the number of the last numbered paragraph, 0 without one."""
    docx = filling.files.get(name) or desk.case.read(f"out/{name}")
    return max(numbered_texts(WordFile.read(edited.unmark(docx, name), name)), default=0)


def _sworn(document: Document) -> bool:
    return document.id.endswith("declaration")


def _of_the_day(desk: Desk, document: Document, facts: dict[str, object]) -> Iterator[Paper]:
    """Yield the papers for the day itself; a text that is not sworn is not read back."""
    day = desk.catalogue.documents[_DAY]
    around = Circumstances(_STATE, internal={"kit": Shown(**facts)})
    for file in day.files:
        if file.file != _SCRIPT or _sworn(document):
            yield make(desk, day, file, around)


def _memo(desk: Desk, document: Document) -> Iterator[Paper]:
    """Yield the consent memo, if discretion is asked for; a witness has nothing to consent to.

    What else the request lacks does not concern it: only what the memo itself reads counts.
    """
    request = desk.catalogue.documents.get("pd-request")
    if request is None or document.id == "witness-declaration":
        return
    for file in request.files:
        if file.file == _MEMO and (file.when is None or desk.answers().holds(file.when, ())):
            paper = make(desk, request, file, Circumstances(_STATE))
            yield _with_own_gaps(paper)


def _with_own_gaps(paper: Paper) -> Paper:
    used: Sequence[str] = tuple(paper.record.get("used", ()))
    kept = tuple(f for f in paper.findings if f.code != "A004" or f.subject in used)
    return replace(paper, findings=kept)

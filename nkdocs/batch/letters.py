"""Makes the letters of one case of a batch, and the PDFs of many at once."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from msgspec.structs import replace

from nkdocs import _filenames
from nkdocs.batch import alike
from nkdocs.batch.columns import head_of
from nkdocs.batch.desks import case_of, desk_of, inputs
from nkdocs.batch.jobs import Job, Made, Order
from nkdocs.batch.journal import THEIRS
from nkdocs.case import Record, sha256
from nkdocs.convert.pdf import Pdf
from nkdocs.diagnostics import Finding, Place, Severity, State, stop
from nkdocs.errors import NkdocsError
from nkdocs.interview.spec import Document, path
from nkdocs.packet import advocacy, fill
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import pdf_name

_OF_FILES = ("nkdocs interview", "in the file")  # next steps of those who have an answers file


def make(job: Job, order: Order) -> Made:
    """Make the letters of one case; whatever is wrong with it is in what is returned."""
    made = _tried(job, order)
    if job.data is None:
        return made
    findings = tuple(
        replace(f, hint=_of_row(job, f.subject)) if _is_of_file(f.hint) else f
        for f in made.findings
    )
    hint = _of_row(job, "") if _is_of_file(made.hint) else made.hint
    return replace(made, findings=findings, hint=hint)


def _is_of_file(hint: str) -> bool:
    return any(words in hint for words in _OF_FILES)


def _of_row(job: Job, subject: str) -> str:
    """Return the next step for a row: its answers stand in no file that is edited or asked for."""
    if not subject:
        return "Answer or mend it in the spreadsheet, then run again."
    head = head_of(subject.split("."), job.heads)
    if head is None:
        return "Give it a column of the spreadsheet (nkdocs template sheet has them all)."
    return f"Answer or mend it in the column '{path(head[1])}' of the spreadsheet, then run again."


def _tried(job: Job, order: Order) -> Made:
    vault = None
    try:
        stop(job.broken)
        case = case_of(job, order)
        vault = case.vault
        at = desk_of(job, order, case)
        try:
            made = _made(job, order, at)
            return replace(made, vault=vault) if vault else made
        finally:
            at.forget()
    except NkdocsError as error:
        found = tuple(f for f in error.faults if isinstance(f, Finding))
        return Made(
            job.number, "failed", findings=found, message=error.message, hint=error.hint,
            code=error.exit_code, vault=vault,
        )  # fmt: skip
    except Exception as error:  # noqa: BLE001 - a defect costs its own letter; its text may quote answers
        message = f"a defect of nkdocs ({type(error).__name__})"
        hint = "Run nkdocs fill with this case alone, and report what it says."
        return Made(job.number, "failed", message=message, hint=hint, code=1)


def _made(job: Job, order: Order, at: Desk) -> Made:
    """Make the letters of a case, unless those of the last run still stand."""
    marks = inputs(job, order, at)
    if marks != job.known:
        return _written(job, order, at, marks)
    return Made(job.number, "unchanged", inputs=marks, sketch=tuple(alike.sketches(at.answers())))


def _written(job: Job, order: Order, at: Desk, marks: str) -> Made:
    """Fill the documents of a case, without its PDFs."""
    if order.state is State.FINAL:
        stop(advocacy.unready(at, order.document, own_case=job.data is None))
    documents = at.documents([order.document])
    made = fill.fill(at, [order.document], order.state, edited=True, noted=False)
    findings = list(made.findings)
    if order.check:
        from nkdocs.packet import review

        findings += review.case(at, [d.id for d in documents])
    findings = list({(f.code, f.subject, f.message): f for f in findings}.values())
    names = _names(job, order, at, documents)
    theirs = [p.name for p in made.papers if p.hand in THEIRS]
    findings += [_kept(job, name) for name in theirs]
    own = [p for p in made.papers if p.name not in theirs]
    files = {names[p.name]: p.stored for p in own}
    records = tuple(_record(p.record, names) for p in own)
    what = "written" if files and not theirs else "kept"
    return Made(
        job.number, what, files, records=records, inputs=marks, findings=tuple(findings),
        sketch=tuple(alike.sketches(at.answers())),
    )  # fmt: skip


def _kept(job: Job, name: str) -> Finding:
    """Say that somebody edited a letter in the case's own folder, where it goes on."""
    return Finding(
        code="F001",
        severity=Severity.WARN,
        message=f"{name} was edited in the case's own folder: it is the source, no other is made",
        place=Place(f"{job.path}/out/{name}"),
        subject=name,
        hint=f"Go on with the edited file: nkdocs build {job.path}",
    )


def _record(record: Record, names: Mapping[str, str]) -> Record:
    """Return what the manifest keeps of a letter: enough to guard, to prove and to refresh it."""
    short = {k: v for k, v in record.items() if k != "names"}
    return {**short, "path": names.get(str(record["path"]), str(record["path"]))}


def _names(job: Job, order: Order, at: Desk, documents: Sequence[Document]) -> dict[str, str]:
    """Return what each paper's file is called among the results: a folder for each paper.

    A name tells nothing of the client, unless `name_by` asks for it: never an answer of a locked
    case, since names of files are not sealed.
    """
    called = job.number
    if order.name_by and (order.name_by == "case" or at.case.vault is None):
        said = _said(job, order, at)
        called = _filenames.output_name(f"{job.number} {said}") if said else job.number
    found = {}
    for number, document in enumerate(documents, 1):
        for file in document.files:
            folder = _folder(file.source or file.file)
            own = f"{called}-{number}" if document.each and len(documents) > 1 else called
            found[file.file] = f"{folder}/{own}.docx"
    return found


@lru_cache(maxsize=64)
def _folder(name: str) -> str:
    """Return what the folder of the letters of a template's file *name* is called."""
    return Path(name).stem


def _said(job: Job, order: Order, at: Desk) -> str:
    """Return the answer that names the files, empty where there is none."""
    if order.name_by == "case":
        return job.key or Path(job.path).stem.removesuffix("answers") or at.case.name
    answers = at.answers()
    steps = [int(s) - 1 if s.isdigit() else s for s in order.name_by.split(".")]
    value = answers.client if steps[0] == "client" else answers.value((steps[0],))
    for step in steps[1:]:
        value = value.item(step) if isinstance(step, int) else value.lookup(step)  # type: ignore[attr-defined]
    return str(value) if value else ""


def with_pdfs(made: Sequence[Made], order: Order) -> list[Made]:
    """Return what was made with a PDF of each Word file; the converter is started once for all.

    Once more for letters of locked cases, in memory. A letter of which no PDF can be made fails
    alone.
    """
    sealed = [one for one in made if one.vault and one.files]
    done = {one.number: one for one in made if not one.files}
    for these, in_memory in ((sealed, True), ([m for m in made if m.files and not m.vault], False)):
        if these:
            ready = _printed(these, order.state, in_memory=in_memory)
            done |= {one.number: one for one in ready}
    return [done[one.number] for one in made]


def _printed(made: Sequence[Made], state: State, *, in_memory: bool) -> list[Made]:
    words = {name: data for one in made for name, data in one.files.items()}
    try:
        done, faults = _converted(words, state, in_memory=in_memory)
    except NkdocsError as error:
        return [_without(one, error) for one in made]
    return [_with_pdf(one, done, faults, state) for one in made]


def _converted(
    words: Mapping[str, bytes], state: State, *, in_memory: bool
) -> tuple[dict[str, Pdf], dict[str, Finding]]:
    from nkdocs.convert.office import Office  # most batches are of Word files alone
    from nkdocs.packet import pdfs

    tool = pdfs.converter(state, in_memory=in_memory)
    if isinstance(tool, Office):
        return tool.convert_each(words)
    return tool.convert(words), {}


def _with_pdf(
    made: Made, done: Mapping[str, Pdf], faults: Mapping[str, Finding], state: State
) -> Made:
    wrong = [faults[name] for name in made.files if name in faults]
    if wrong:
        return Made(
            made.number, "failed", findings=(*wrong, *made.findings), code=7,
            message="the conversion to PDF failed", hint=wrong[0].hint, sketch=made.sketch,
            vault=made.vault,
        )  # fmt: skip
    files, records = dict(made.files), list(made.records)
    for name in made.files:
        own = pdf_name(name)
        files[own] = done[name].data
        records.append(
            {"kind": "pdf", "path": own, "sha256": sha256(files[own]), "state": state.value}
        )
    return replace(made, files=files, records=tuple(records))


def _without(made: Made, error: NkdocsError) -> Made:
    found = tuple(f for f in error.faults if isinstance(f, Finding))
    return Made(
        made.number, "failed", findings=(*found, *made.findings), message=error.message,
        hint=error.hint, code=error.exit_code, sketch=made.sketch, vault=made.vault,
    )  # fmt: skip

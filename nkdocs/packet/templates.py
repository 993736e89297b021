"""The Word templates: which there are and where, what they ask, what is wrong with them."""

import base64
import difflib
import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from nkdocs import _atomic, _resources, authorities
from nkdocs.convert import fonts
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.documents import apart, doctor, fields, find, included, scaffold
from nkdocs.errors import FileBusyError, TemplateError, UsageError
from nkdocs.interview import load as interviews
from nkdocs.interview.names import Names
from nkdocs.interview.spec import Catalogue, Document, Pattern, TemplateFile
from nkdocs.interview.vocabulary import OF_CONDITIONS
from nkdocs.packet import mailwords

_INTERVIEW = "interview.yaml"


class Shelf(Struct, frozen=True):
    """Where templates are looked for, and what is asked there.

    Attributes:
        folders: those that shadow the others first.
    """

    folders: Sequence[Path]
    catalogue: Catalogue


class Sheet(Struct, frozen=True):
    """One Word file to be looked at.

    Attributes:
        document: the document it belongs to; None for a file of its own.
    """

    path: Path
    data: bytes
    file: TemplateFile
    document: Document | None
    each: Pattern = ()

    @property
    def ships(self) -> bool:
        """Whether it ships with nkdocs; any other is read in a child with limits (TRUST.md R5)."""
        return self.path.resolve().is_relative_to(_resources.shipped("templates").resolve())


def shelf(folder: Path | None = None) -> Shelf:
    """Return the templates of a case or office *folder* and those behind them; else the shipped."""
    own = [p for p in (folder, *(_offices(folder) if folder else ())) if p is not None]
    folders = [f / "templates" for f in dict.fromkeys(own) if (f / "templates").is_dir()]
    return _shelf([*folders, _resources.shipped("templates")])


def _shelf(folders: Sequence[Path]) -> Shelf:
    every = list(dict.fromkeys(folders))
    return Shelf(every, interviews.load(every))


def _offices(folder: Path) -> Iterator[Path]:
    """Yield the folder of the nearest office.yaml, in *folder* or above it."""
    here = folder.resolve()
    yield from [p for p in (here, *here.parents) if (p / "office.yaml").is_file()][:1]


def templates(folder: Path | None) -> list[dict[str, str]]:
    """Return the documents, the Word files that they fill, and where each of those stands."""
    known = shelf(folder)
    rows = []
    for document in known.catalogue.documents.values():
        shadows = [s for s in _shadows(document, known.folders) if s]
        rows.append(
            {
                "document": document.id,
                "title": document.title,
                "audience": document.audience,
                "files": ", ".join(f.file for f in document.files),
                "folder": str(document.folder),
                "shadows": "; ".join(shadows),
            }
        )
    return rows


def _shadows(document: Document, folders: Sequence[Path]) -> Iterator[str]:
    """Yield for each file of a document which other file it stands in front of."""
    for name in (_INTERVIEW, *(f.source or f.file for f in document.files)):
        found = [f for folder in folders if (f := folder / document.folder.name / name).is_file()]
        if len(found) > 1:
            ships = found[-1].is_relative_to(_resources.shipped("templates"))
            what = "the shipped one" if ships else str(found[-1])
            yield f"{found[0]} is used in place of {what}"


def template(document: str, folder: Path | None = None) -> dict[str, str]:
    """Return what a document is made of, by heading.

    Raises:
        UsageError: there is no such document.
    """
    known = shelf(folder)
    catalogue = known.catalogue
    made = _known(catalogue, document)
    always = [q.path for q in catalogue.asked(made) if catalogue.required(q, (made,)) is True]
    return {
        "document": made.id,
        "title": made.title,
        "for": made.audience,
        "files": ", ".join(f"{f.file} ({f.audience})" for f in made.files),
        "sections": ", ".join(catalogue.sections[s].title.en for s in made.sections),
        "always required": ", ".join(always),
        "folder": str(made.folder),
        "shadows": "; ".join(_shadows(made, known.folders)),
    }


def document(name: str, folder: Path | None) -> tuple[Catalogue, Document]:
    """Return every question and the document *name*, as a case or office folder has them.

    Raises:
        UsageError: there is no such document.
    """
    catalogue = shelf(folder).catalogue
    return catalogue, _known(catalogue, name)


def _known(catalogue: Catalogue, document: str) -> Document:
    if document not in catalogue.documents:
        near = difflib.get_close_matches(document, catalogue.documents, 1, 0.4)
        guess = f"; did you mean '{near[0]}'?" if near else ""
        msg = f"there is no document '{document}'{guess}"
        raise UsageError(msg, hint=f"Known are: {', '.join(catalogue.documents)}.")
    return catalogue.documents[document]


def _sheets(names: Sequence[str], known: Shelf, audience: str) -> Iterator[tuple[Shelf, Sheet]]:
    """Yield the Word files of documents and the Word files *names*, each with its questions."""
    for name in names or list(known.catalogue.documents):
        if name.lower().endswith((".docx", ".docm", ".dotx", ".doc")) or "/" in name:
            yield _file(Path(name), known, audience)
            continue
        document = _known(known.catalogue, name)
        for file in document.files:
            where, data = find.template(document, file, known.folders)
            yield known, Sheet(where, data, file, document, document.each)


def _file(path: Path, known: Shelf, audience: str) -> tuple[Shelf, Sheet]:
    """Return a Word file; in a folder of templates it belongs to the document of its folder.

    Raises:
        TemplateError: there is none, or it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"the template {path} cannot be read ({error.strerror})"
        raise TemplateError(msg, hint="Name a Word file or a document.") from None
    home = path.resolve().parent
    if (home / _INTERVIEW).is_file() or home.parent.name == "templates":
        near = _shelf([home.parent, *known.folders])
        for document in near.catalogue.documents.values():
            for file in document.files if document.folder.name == home.name else ():
                if (file.source or file.file) == path.name:
                    return near, Sheet(path, data, file, document, document.each)
    return known, Sheet(path, data, TemplateFile(path.name, path.stem, audience), None)


def check(
    names: Sequence[str], folder: Path | None, audience: str = "internal"
) -> list[Finding]:
    """Return what is wrong with Word templates, and as warnings what is doubtful in them.

    Args:
        names: documents or Word files; all documents if none is named.
        folder: a case or office folder, whose own templates are checked in place of those that
            ship; None for the shipped ones.
        audience: who reads a Word file that belongs to no document.

    Raises:
        UsageError: a document is not known.
    """
    known = shelf(folder)
    here = fonts.installed()
    found: list[Finding] = []
    shelves: dict[int, tuple[Shelf, list[Document]]] = {}
    for near, sheet in _sheets(names, known, audience):
        law = frozenset(authorities.load(near.folders))
        look = partial(doctor.faults, sheet.data, sheet.file, near.catalogue, law,
                       name=str(sheet.path), each=sheet.each, fonts=here)  # fmt: skip
        found += look() if sheet.ships else apart.found_apart(look, str(sheet.path))
        _, looked = shelves.setdefault(id(near), (near, []))
        looked += [sheet.document] if sheet.document else []
    for near, looked in shelves.values():
        found += _unused(near, looked if names else list(near.catalogue.documents.values()))
    return found if names else [*found, *mailwords.faults(known.folders, known.catalogue)]


def _unused(known: Shelf, documents: Sequence[Document]) -> Iterator[Finding]:
    """Yield a warning for each question of one's own that no template and no condition uses.

    Those that ship are there for the checks, too, and are not looked at.
    """
    ships = str(_resources.shipped("templates"))
    asked = {q.steps: q for d in documents for q in known.catalogue.asked(d)}
    own = {s: q for s, q in asked.items() if not q.file.startswith(ships)}
    if not own:
        return
    sections = {q.section for q in own.values()}
    askers = [d for d in known.catalogue.documents.values() if sections & set(d.sections)]
    used = {steps for document in askers for steps in _used(document, known)}
    for condition, steps, _ in interviews.conditions(known.catalogue):
        names = Names(known.catalogue, OF_CONDITIONS)
        names.condition(condition, steps)
        used |= {reach.question.steps for reach in names.reached}
    for steps, question in own.items():
        if steps not in used:
            file, _, line = question.file.rpartition(":")
            yield Finding(
                code="T013",
                severity=Severity.WARN,
                message=f"{question.path} is asked, and no template and no condition uses it",
                place=Place(file, int(line)),
                subject=question.path,
                hint="Use it in the Word file, or take the question out.",
                kind="note",
            )


def _used(document: Document, known: Shelf) -> Iterator[Pattern]:
    for file in document.files:
        where, data = find.template(document, file, known.folders)
        for row in _rows(Sheet(where, data, file, document, document.each), known.catalogue):
            if row["steps"]:
                yield tuple(row["steps"])


def blanks(name: str, folder: Path | None, audience: str = "internal") -> list[dict[str, object]]:
    """Return every blank of a document's Word files, or of one Word file, in order.

    Of one that no question asks kind and question are empty, and `next` is what asks it.

    Raises:
        UsageError: there is no such document.
        TemplateError: a Word file cannot be read.
    """
    rows = []
    for near, sheet in _sheets([name], shelf(folder), audience):
        case = f" --case {folder}" if folder else ""
        todo = f"nkdocs template new {sheet.path} {folder or 'CASE'}"
        todo = f"nkdocs template check {sheet.document.id}{case}" if sheet.document else todo
        for row in _rows(sheet, near.catalogue):
            asked = near.catalogue.questions.get(tuple(row.pop("steps")))
            told = {"kind": "", "question": "", "next": todo}
            if asked:
                told = {"kind": asked.kind.name, "question": asked.prompt.en, "next": ""}
            rows.append({"file": sheet.path.name, **row, **told})
    return rows


def _rows(sheet: Sheet, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Return every use of an answer in a Word file: its place, and the steps of its question.

    Of a name that no question asks there are no steps.
    """
    name = str(sheet.path)

    def look() -> list[dict[str, Any]]:
        return [
            {
                "part": blank.paragraph.part,
                "paragraph": blank.paragraph.number,
                "use": blank.use,
                "text": blank.paragraph.near(),
                "answer": blank.question.path if isinstance(blank, fields.Blank) else blank.name,
                "steps": [*blank.question.steps] if isinstance(blank, fields.Blank) else [],
            }
            for blank in fields.every(
                sheet.data, sheet.file, catalogue, name=name, each=sheet.each
            )
        ]

    return look() if sheet.ships else apart.read_apart(look, name)


def copy(document: str, folder: Path) -> list[Path]:
    """Copy the shipped Word files of a document into *folder*/templates; return the copies.

    Raises:
        UsageError: there is no such document.
        FileBusyError: a file of that name is there and differs.
    """
    known = _known(shelf().catalogue, document)
    copies = []
    for file in known.files:
        source = (known.folder / file.file).read_bytes()
        made = folder / "templates" / known.folder.name / file.file
        if made.exists() and made.read_bytes() != source:
            msg = f"{made} is there already and was changed"
            raise FileBusyError(msg, hint="Move it away first; nothing was overwritten.")
        copies.append((made, source))
    for made, _ in copies:
        _atomic.folder(made.parent)
    _atomic.save_all(dict(copies))
    return [made for made, _ in copies]


class New(Struct, frozen=True):
    """A document that was begun from a Word file.

    Attributes:
        files: those that were made.
        questions: how many it asks of its own.
        sections: of the product that it uses.
        left: names that could not become questions, with the reason; what was not taken over.
        put_in: Word files that it includes, and whose text now stands in it.
    """

    document: str
    files: Sequence[Path]
    questions: int
    sections: Sequence[str]
    left: Sequence[str]
    put_in: Sequence[str] = ()


def new(source: Path, folder: Path, audience: str, title: str = "") -> New:
    """Begin a document from the tags of a Word file, in *folder*/templates.

    Raises:
        TemplateError: it is no Word file.
        FileBusyError: a document of that name is there already.
    """
    known = shelf(folder)
    _, sheet = _file(source, known, audience)
    document = re.sub(r"[^a-z0-9]+", "-", source.stem.lower()).strip("-") or "letter"
    target = folder / "templates" / document
    taken = {*known.catalogue.documents, *known.catalogue.sections, "shared"}
    if document in taken or target.exists():
        what = "document" if target.exists() or document in known.catalogue.documents else "section"
        msg = f"a {what} '{document}' is there already"
        raise FileBusyError(msg, hint="Give the Word file another name, or change that document.")
    data, put_in, left = _whole(sheet)
    made = scaffold.Scaffold.read(apart.read_apart(
        lambda: scaffold.scaffold(data, known.catalogue, audience, name=str(source)).plain(),
        str(source),
    ))  # fmt: skip
    if not made.tags:
        msg = f"{source} has no tags, so there is nothing to ask"
        raise TemplateError(msg, hint="Write {{ name }} where an answer belongs, then run again.")
    called = title or " ".join(source.stem.replace("_", " ").replace("-", " ").split())
    text = scaffold.interview(made, document=document, title=called, audience=audience)
    files = {target / _INTERVIEW: text.encode(), target / f"{document}.docx": data}
    _atomic.folder(target)
    _atomic.save_all(files)
    sections = list(made.sections)
    return New(document, list(files), len(made.questions), sections, [*made.left, *left], put_in)


def _whole(sheet: Sheet) -> tuple[bytes, list[str], list[str]]:
    """Return a Word file with those that it includes, their names, and what was left of them."""

    def near(name: str) -> bytes | None:
        other = sheet.path.parent / name
        return other.read_bytes() if other.is_file() else None

    def look() -> list[Any]:
        made = included.with_included(sheet.data, near, name=str(sheet.path))
        whole = made.word.data() if made.names else sheet.data
        return [base64.b64encode(whole).decode(), list(made.names), made.left]

    told, put_in, left = apart.read_apart(look, str(sheet.path))
    return base64.b64decode(told), put_in, left

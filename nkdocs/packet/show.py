"""What nkdocs can tell of itself: its sample case, its parts, its reasons, its templates."""

import difflib
import importlib.util
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nkdocs import _atomic, _resources, _working, authorities
from nkdocs.case import ANSWERS
from nkdocs.checks.run import wordings
from nkdocs.convert import office
from nkdocs.diagnostics import Finding
from nkdocs.documents import doctor, find
from nkdocs.errors import FileBusyError, UsageError
from nkdocs.interview import load as interviews
from nkdocs.interview.spec import Catalogue, Document, Question, pattern
from nkdocs.packet import mailwords, reasons
from nkdocs.packet.desk import Desk

SAMPLE = "demo"
_FONTS = {
    "Times-metric font (Liberation Serif)": ("LiberationSerif", "Times"),
    "Korean font (Noto CJK, Batang or Nanum)": ("CJK", "Batang", "batang", "Myeong", "malgun"),
}
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts",
                 "/System/Library/Fonts", "C:\\Windows\\Fonts")  # fmt: skip
_FONT_LINE = "sudo apt-get install -y --no-install-recommends fonts-liberation2 fonts-noto-cjk"


@dataclass(frozen=True, slots=True)
class Installed:
    """Something the program uses, and whether it is there.

    Attributes:
        found: where or in which version; empty when it is missing.
        what: what is lost without it.
        mend: the line that mends it.
        needed: whether nothing works without it.
    """

    name: str
    found: str
    what: str
    mend: str
    needed: bool = False


def copy_sample(target: Path) -> bool:
    """Copy the fictional case to *target*; return whether it was not there yet.

    Raises:
        FileBusyError: something else is there.
    """
    source = _resources.shipped("answers") / SAMPLE
    if (target / ANSWERS).is_file():
        if (target / ANSWERS).read_bytes() == (source / ANSWERS).read_bytes():
            return False
        msg = f"{target} holds another case"
        raise FileBusyError(msg, hint="Name another folder: nkdocs demo FOLDER")
    if target.exists() and any(target.iterdir()):
        msg = f"{target} is not empty"
        raise FileBusyError(msg, hint="Name a new folder: nkdocs demo FOLDER")
    for file in sorted(source.rglob("*")):
        if file.is_file() and "out" not in file.relative_to(source).parts:
            copy = target / file.relative_to(source)
            _atomic.folder(copy.parent)
            _atomic.save(copy, file.read_bytes())
    return True


def parts() -> list[Installed]:
    """Return what the program uses on this computer, present or missing."""
    soffice = office.find_office()
    found = [
        Installed(
            "LibreOffice",
            office.Office(soffice).name if soffice else "",
            "needed for final PDFs of documents and for Word files among exhibits",
            office.INSTALL,
        )
    ]
    files = [f for folder in _FONT_FOLDERS for f in _font_files(Path(folder))]
    for name, marks in _FONTS.items():
        known = [f for f in files if any(m in f for m in marks)]
        what = "page counts and Korean come out differently in LibreOffice without it"
        found.append(Installed(name, known[0] if known else "", what, _FONT_LINE))
    own = _resources.font("NanumMyeongjo.ttf")
    what = "needed for covers, indexes and drafts"
    mend = "Install nkdocs again."
    found.append(Installed("Fonts of nkdocs", str(own) if own.is_file() else "", what, mend, True))  # noqa: FBT003 - the field says what it is
    locks = importlib.util.find_spec("pyrage")
    what = "needed to lock cases (nkdocs lock) and to work on locked ones"
    mend = "pip install 'nkdocs[lock]'"
    found.append(Installed("age files (pyrage)", "installed" if locks else "", what, mend))
    memory = _working.memory()
    what = "without it LibreOffice makes no PDF of a locked case"
    mend = "Linux has /dev/shm; elsewhere unlock a case for its final PDFs."
    found.append(Installed("Folder in memory", str(memory or ""), what, mend))
    space = shutil.disk_usage(Path.cwd()).free // 1_000_000
    enough = f"{space} MB free" if space > 500 else ""  # noqa: PLR2004 - a packet takes some hundred
    found.append(Installed("Room on the disk", enough, f"{space} MB free", "Make room."))
    return found


def _font_files(folder: Path) -> list[str]:
    every = (name for _, _, names in os.walk(folder) for name in names)
    return sorted(name for name in every if name.endswith((".ttf", ".ttc", ".otf")))


def _catalogue(desk: Desk | None) -> tuple[Catalogue, Sequence[Path]]:
    if desk is not None:
        return desk.catalogue, desk.templates
    folders = [_resources.shipped("templates")]
    return interviews.load(folders), folders


def why(name: str, desk: Desk | None) -> dict[str, str]:
    """Return what is known of a finding, a question or an authority, by heading.

    Raises:
        UsageError: there is nothing of that name.
    """
    catalogue, folders = _catalogue(desk)
    words = wordings(folders)
    if name.upper() in words:
        word = words[name.upper()]
        source = word.source if isinstance(word.source, str) else "; ".join(word.source)
        return {
            "finding": name.upper(),
            "says": " ".join(word.message.split()),
            "why": " ".join(word.why.split()),
            "weight": f"{word.severity}, counts from {word.counts}, class {word.kind}",
            "source": source,
            "who can cure it": word.cure,
            "next": word.next,
        }
    if told := reasons.why(name.upper()):
        return told
    question = catalogue.questions.get(pattern(name)) or _by_ids(catalogue, name)
    if question is not None:
        return _question(catalogue, question)
    law = authorities.load(folders)
    if name in law:
        known = law[name]
        return {
            "authority": known.cite,
            "stands": known.status,
            "since": known.in_force.get("from", "") or "not recorded",
            "confidence": known.mark,
            "verified": known.verified.get("by", "")
            or "by nobody yet: confirm before relying on it",
            "read at": known.source,
            "note": known.note,
        }
    msg = f"nothing is known of '{name}'"
    raise UsageError(msg, hint="Name a finding (L202), an answer (pd.forms) or an authority.")


def _by_ids(catalogue: Catalogue, name: str) -> Question | None:
    """Return the question of a path written with item ids: events.arrest-2006.when."""
    here: tuple[str, ...] = ()
    for step in name.split("."):
        known = catalogue.questions.get(here)
        here = (*here, "[]") if known is not None and known.is_list else (*here, step)
    return catalogue.questions.get(here)


def _question(catalogue: Catalogue, question: Question) -> dict[str, str]:
    used = [d.id for d in catalogue.documents.values() if question in list(catalogue.asked(d))]
    return {
        "answer": question.path,
        "asks": question.prompt.en,
        "why": question.why or question.help,
        "source": "; ".join(question.source),
        "who may see it": ", ".join(sorted(question.audience)),
        "asked for": ", ".join(used),
        "section": question.section,
    }


def templates() -> list[dict[str, str]]:
    """Return the documents and the Word files that they fill."""
    catalogue, _ = _catalogue(None)
    return [
        {
            "document": d.id,
            "title": d.title,
            "audience": d.audience,
            "files": ", ".join(f.file for f in d.files),
            "folder": str(d.folder),
        }
        for d in catalogue.documents.values()
    ]


def template(document: str) -> dict[str, str]:
    """Return what a document is made of, by heading.

    Raises:
        UsageError: there is no such document.
    """
    catalogue, _ = _catalogue(None)
    known = _known(catalogue, document)
    always = [q.path for q in catalogue.asked(known) if catalogue.required(q, (known,)) is True]
    return {
        "document": known.id,
        "title": known.title,
        "for": known.audience,
        "files": ", ".join(f"{f.file} ({f.audience})" for f in known.files),
        "sections": ", ".join(catalogue.sections[s].title.en for s in known.sections),
        "always required": ", ".join(always),
        "folder": str(known.folder),
    }


def _known(catalogue: Catalogue, document: str) -> Document:
    if document not in catalogue.documents:
        near = difflib.get_close_matches(document, catalogue.documents, 1, 0.4)
        guess = f"; did you mean '{near[0]}'?" if near else ""
        msg = f"there is no document '{document}'{guess}"
        raise UsageError(msg, hint=f"Known are: {', '.join(catalogue.documents)}.")
    return catalogue.documents[document]


def check_templates(names: Sequence[str], folder: Path | None) -> list[Finding]:
    """Return what is wrong with the Word templates of documents.

    Args:
        names: which documents; all if none is named.
        folder: a case or office folder, whose own templates are checked in place of those that
            ship; None for the shipped ones.

    Raises:
        UsageError: a document is not known.
    """
    folders = find.folders(folder) if folder else [_resources.shipped("templates")]
    catalogue = interviews.load(folders)
    for name in names:
        _known(catalogue, name)
    law = frozenset(authorities.load(folders))
    found = []
    for document in catalogue.documents.values():
        if names and document.id not in names:
            continue
        for file in document.files:
            where, data = find.template(document, file, folders)
            found += doctor.faults(data, file, catalogue, law, name=str(where), each=document.each)
    return found if names else [*found, *mailwords.faults(folders, catalogue)]


def copy_template(document: str, folder: Path) -> list[Path]:
    """Copy the shipped Word files of a document into *folder*/templates; return the copies.

    Raises:
        UsageError: there is no such document.
        FileBusyError: a file of that name is there and differs.
    """
    catalogue, _ = _catalogue(None)
    known = _known(catalogue, document)
    copies = []
    for file in known.files:
        source = (known.folder / file.file).read_bytes()
        copy = folder / "templates" / known.folder.name / file.file
        if copy.exists() and copy.read_bytes() != source:
            msg = f"{copy} is there already and was changed"
            raise FileBusyError(msg, hint="Move it away first; nothing was overwritten.")
        _atomic.folder(copy.parent)
        _atomic.save(copy, source)
        copies.append(copy)
    return copies

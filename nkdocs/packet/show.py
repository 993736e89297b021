"""What nkdocs can tell of itself: its sample case, its parts, its reasons, its templates."""

import functools
import importlib.util
import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from nkdocs import _atomic, _resources, _working, authorities
from nkdocs.answers import entries
from nkdocs.case import ANSWERS
from nkdocs.checks.run import wordings
from nkdocs.convert import fonts, ocr, office
from nkdocs.errors import FileBusyError, UsageError
from nkdocs.interview import load as interviews
from nkdocs.interview.schema import schema
from nkdocs.interview.spec import Catalogue, Question, pattern
from nkdocs.packet import reasons
from nkdocs.packet.desk import Desk
from nkdocs.packet.uses import Uses

SAMPLE = "demo"
_FONTS = {
    "Times-metric font (Liberation Serif)": ("LiberationSerif", "Times"),
    "Korean font (Noto CJK, Batang or Nanum)": ("CJK", "Batang", "batang", "Myeong", "malgun"),
}
_FONT_LINE = "sudo apt-get install -y --no-install-recommends fonts-liberation2 fonts-noto-cjk"


class Installed(Struct, frozen=True):
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
    files = [f.name for f in fonts.files()]
    for name, marks in _FONTS.items():
        known = [f for f in files if any(m in f for m in marks)]
        what = "page counts and Korean come out differently in LibreOffice without it"
        found.append(Installed(name, known[0] if known else "", what, _FONT_LINE))
    own = _resources.font("NanumMyeongjo.ttf")
    what = "needed for covers, indexes and drafts"
    mend = "Install nkdocs again."
    found.append(Installed("Fonts of nkdocs", str(own) if own.is_file() else "", what, mend, True))  # noqa: FBT003 - the field says what it is
    found += _scans()
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


def _scans() -> Iterator[Installed]:
    """Yield what recognises the text of scans, and what it lacks."""
    missing = ocr.lacking()
    program = ocr.find_program()
    name = ocr.Reader(program).name if program and not missing else ""
    for what, mend in missing or [("OCRmyPDF", "")]:
        yield Installed(what, name, "needed to recognise the text of scans (--ocr)", mend)


def _catalogue(desk: Desk | None) -> tuple[Catalogue, Sequence[Path]]:
    return _shipped() if desk is None else (desk.catalogue, desk.templates)


@functools.cache
def _shipped() -> tuple[Catalogue, Sequence[Path]]:
    folders = [_resources.shipped("templates")]
    return interviews.load(folders), folders


def editor_schema(desk: Desk | None) -> str:
    """Return the JSON schema of an answers file as text, of a case with its own templates."""
    catalogue, _ = _catalogue(desk)
    return json.dumps(schema(catalogue, entries.schemas()), indent=2) + "\n"


def why(name: str, desk: Desk | None) -> dict[str, str | list[str]]:
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
        return {**told}
    question = catalogue.questions.get(pattern(name)) or _by_ids(catalogue, name)
    if question is not None:
        return _question(catalogue, question, Uses(catalogue, folders))
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


def _question(
    catalogue: Catalogue, question: Question, uses: Uses
) -> dict[str, str | list[str]]:
    used = [d.id for d in catalogue.documents.values() if question in list(catalogue.asked(d))]
    return {
        "answer": question.path,
        "asks": question.prompt.en,
        "why": question.why or question.help,
        "source": "; ".join(question.source),
        "who may see it": ", ".join(sorted(question.audience)),
        "asked for": ", ".join(used),
        "section": question.section,
        "used in": uses.told(question),
    }

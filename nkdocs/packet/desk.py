"""Everything at hand for work on one case: its files, questions, templates, law and day."""

import datetime as dt
import difflib
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs import authorities, cases, recipients
from nkdocs.answers import load, save, validate
from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.answers.load import CaseFile
from nkdocs.answers.view import Answers
from nkdocs.authorities import Authority, Registry
from nkdocs.bundle.passwords import Passwords, no_passwords
from nkdocs.case import Case, sha256
from nkdocs.checks import run
from nkdocs.checks.facts import Found
from nkdocs.checks.wordlists import WordLists, wordlists
from nkdocs.diagnostics import Finding, stop
from nkdocs.documents import find
from nkdocs.documents.lookups import Sent
from nkdocs.errors import UsageError
from nkdocs.interview import kept as interviews
from nkdocs.interview.engine import by_item, needed
from nkdocs.interview.spec import Catalogue, Document, TemplateFile
from nkdocs.kinds.dates import Date
from nkdocs.kinds.kind import listed
from nkdocs.recipients import Recipient
from nkdocs.vault import Keys

if TYPE_CHECKING:
    from nkdocs.bundle.recognise import Recogniser


class Shelf(Struct, frozen=True, dict=True):
    """What cases of one office have in common, each read once: all cases of a batch share it.

    Attributes:
        templates: the folders of templates, those that shadow the others first.
        law: the registry's entries.
        recipients: the profiles of those who receive filings, by id.
        mark: the fingerprint of all that may stand on it, where a batch took one.
    """

    templates: tuple[Path, ...]
    catalogue: Catalogue
    law: dict[str, Authority]
    recipients: dict[str, Recipient]
    mark: str = ""
    _files: dict[tuple[Path, str], tuple[Path, bytes]] = field(default_factory=dict)

    @cached_property
    def wordings(self) -> dict[str, run.Wording]:
        """How findings are worded."""
        return run.wordings(self.templates)

    @cached_property
    def lists(self) -> WordLists:
        """Words and dates that rules look for."""
        return wordlists(self.templates)

    def template(self, document: Document, file: TemplateFile) -> tuple[Path, bytes]:
        """Return the Word file that fills *file* of *document*.

        Raises:
            TemplateError: it is nowhere, or cannot be read.
        """
        key = document.folder, file.source or file.file
        found = self._files.get(key)
        if found is None:
            found = self._files[key] = find.template(document, file, self.templates)
        return found


class Desk(Struct, frozen=True, dict=True):
    """What is at hand for one case.

    Attributes:
        catalogue: what is asked, the documents of its lists' items among it.
        day: `meta.as_of`, the only today; None while it is open.
        passwords: those to try for a protected exhibit.
        ocr: what reads the pages of exhibits that cannot be searched; None leaves them.
    """

    case: Case
    file: CaseFile
    catalogue: Catalogue
    shelf: Shelf
    day: dt.date | None
    passwords: Passwords = no_passwords
    ocr: "Recogniser | None" = None

    @property
    def templates(self) -> tuple[Path, ...]:
        """The folders of templates, those that shadow the others first."""
        return self.shelf.templates

    def answers(self, audience: str | None = None, *documents: Document) -> Answers:
        """Return the answers as *audience* may see them in a paper of *documents*.

        The office's own view is one and the same, so that what was read once stays read.
        """
        own = self._own
        return own if audience is None and not documents else own.seen_by(audience, *documents)

    @cached_property
    def _own(self) -> Answers:
        return Answers(self.file, self.catalogue)

    def forget(self) -> None:
        """Let go of what was read of the answers: nobody works at this desk any more."""
        own = self.__dict__.pop("_own", None)
        if own is not None:
            own.forget()

    @cached_property
    def answers_mark(self) -> str:
        """The SHA-256 of the answers as they are written."""
        return sha256(self.file.text.encode("utf-8", "surrogatepass"))

    def registry(self) -> Registry:
        """Return the law on the case's day, with what the attorney confirmed in the case."""
        told = self.file.data.get("_confirmed")
        confirmed = told.items() if isinstance(told, dict) else ()
        signed = [n for n, e in confirmed if isinstance(e, dict) and e.get("on") and e.get("by")]
        return Registry(self.shelf.law, self.day, signed)

    def documents(self, names: Sequence[str] = ()) -> list[Document]:
        """Return the documents *names*; without names those the case needs (`meta.papers`).

        Raises:
            UsageError: one is not known; the message suggests the nearest.
        """
        known = self.catalogue.documents
        names = [d for name in names for d in self._of_items(name) or [name]]
        for name in names:
            known_document(self.catalogue, name)
        return [known[name] for name in names] or [*needed(self.catalogue, self.answers())]

    def _of_items(self, name: str) -> list[str]:
        """Return the documents that the template *name* has for the items of its list."""
        return [d.id for d in self.catalogue.documents.values() if d.base == name]

    @property
    def exhibits(self) -> list[Exhibit]:
        """The exhibits listed in the answers, read once."""
        return [*self._exhibits]

    @cached_property
    def _exhibits(self) -> list[Exhibit]:
        return validate.exhibits(self.file)

    @property
    def filings(self) -> list[Filing]:
        """The filings listed in the answers."""
        return validate.filings(self.file)

    def filing_of(self, document: str) -> Filing | None:
        """Return the one filing that *document* leads and that was not served yet."""
        led = [f for f in self.filings if f.lead == document]
        served = self.case.served() if led else {}
        return next((f for f in led if f.id not in served), None)

    def sent(self) -> tuple[Sent, ...]:
        """Return what left the office, as the record has it."""
        records = [r for r in self.case.manifest() if r.get("kind") == "sent"]
        if not records:
            return ()
        forms = self.catalogue.questions.get(("pd", "forms"))
        words = forms.options.choices if forms else {}
        leads = {f.id: f.lead for f in self.filings}
        found = []
        for record in records:
            filing = str(record["filing"])
            lead = str(record.get("lead") or leads.get(filing, ""))
            day = Date(dt.date.fromisoformat(str(record["on"])))
            asked = [words.get(key, key) for key in record.get("asked", ())]
            found.append(Sent(lead, filing, day, str(record["channel"]), _in_order(asked)))
        return tuple(found)

    def worded(self, found: Found) -> Finding:
        """Return what was found in this case in the words of findings.yaml."""
        return run.worded(found, self.file, self.shelf.wordings)

    def unaccepted(self, found: Sequence[Finding]) -> list[Finding]:
        """Return *found* without what the attorney accepted in this case."""
        return [*run.accepted(found, self.file)]

    def faults(self) -> list[Finding]:
        """Return what is wrong with the answers as they are written."""
        return list(
            validate.validate(self.answers(), list(self.catalogue.documents.values())).faults
        )


def known_document(catalogue: Catalogue, name: str) -> None:
    """Require that there is a document *name*.

    Raises:
        UsageError: there is none; the message suggests the nearest.
    """
    known = catalogue.documents
    if name not in known:
        near = difflib.get_close_matches(name, known, 1, 0.4)
        guess = f"; did you mean '{near[0]}'?" if near else ""
        msg = f"there is no document '{name}'{guess}"
        raise UsageError(msg, hint=f"Known are: {', '.join(sorted(known))}.")


def _in_order(asked: Sequence[str]) -> str:
    """Return forms of discretion as a letter names them: the first, then the alternatives."""
    first, rest = asked[:1], asked[1:]
    return " and, in the alternative, ".join([*first, *([listed(rest, "or")] if rest else [])])


def with_sets(desk: Desk, sets: Sequence[str]) -> Desk:
    """Return *desk* with answers given as `path=value`, for one run; the file stays as it is.

    Raises:
        UsageError: one is not written as path=value, or names no answer.
    """
    file = desk.file
    for said in sets:
        path, _, value = said.partition("=")
        if not path or "=" not in said:
            msg = "--set is written path=value"
            raise UsageError(msg, hint="For example: --set pd.respond_by=2026-12-20")
        spot = save.spot_of(file.data, path.strip())
        text = save.with_answer(file, spot, value.strip())
        file = load.load(text, file.name, desk.case.office_text(), file.office_name)
    catalogue = desk.shelf.catalogue
    return replace(desk, file=file, catalogue=by_item(catalogue, Answers(file, catalogue)))


def shelf_of(case: Case) -> Shelf:
    """Return what *case* takes from its template folders.

    Raises:
        TemplateError: questions, sections or the registry are wrong.
    """
    templates = tuple(template_folders(case))
    catalogue = _catalogue(case, templates)
    return Shelf(templates, catalogue, authorities.load(templates), recipients.load(templates))


def _catalogue(case: Case, templates: Sequence[Path]) -> Catalogue:
    """Return what *templates* ask; a case's own may hold what is the client's and is not kept."""
    own = any(folder.is_relative_to(case.folder) for folder in templates)
    return interviews.load(templates, keep=not own)


def template_folders(case: Case) -> list[Path]:
    """Return the folders of templates of *case*, those that shadow the others first."""
    return find.folders(case.folder, case.office.parent if case.office else None)


def open_desk(path: Path, *, office: Path | None = None, keys: Keys | None = None) -> Desk:
    """Open the case at *path*; *keys* open it if it is locked.

    Raises:
        AnswersError: there is no case, or its answers file cannot be read as one.
        FileBusyError: it is locked, and no key given opens it.
        TemplateError: questions, sections or the registry are wrong.
    """
    case = cases.find(path, office=office, keys=keys)
    case.whole()
    file = case.load()
    stop(file.faults)
    return desk_for(case, file, shelf_of(case))


def desk_for(case: Case, file: CaseFile, shelf: Shelf) -> Desk:
    """Return the desk for *case* whose answers are *file*, with what stands on *shelf*."""
    answers = Answers(file, shelf.catalogue)
    day = answers.value(("meta", "as_of"))
    catalogue = by_item(shelf.catalogue, answers)
    answers.forget()
    return Desk(
        case,
        file,
        catalogue,
        shelf,
        day.day if isinstance(day, Date) else None,
    )

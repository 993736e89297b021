"""What can be chosen for exhibits and filings: files, documents, recipients, venues.

Their lists have a fixed form (DESIGN 8.4), so an answer is tried in that form before it is saved.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from nkdocs._forms import Form, FormError
from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.answers.load import CaseFile
from nkdocs.bundle import venues
from nkdocs.interview.spec import Pattern
from nkdocs.kinds.kind import Data
from nkdocs.ui.prompter import Option

if TYPE_CHECKING:
    from nkdocs.packet.desk import Desk

EXHIBITS, FILINGS = "exhibits", "filings"
_FILES = ("file", "translation", "certificate")
_PROPOSED = ("title", "date", "section")


class Entries:
    """Offers what a case has for the answers about its exhibits and filings."""

    def __init__(self, desk: "Desk") -> None:
        """Offer what the case at *desk* has."""
        from nkdocs.packet.found import Files

        self._desk, self.files = desk, Files(desk.case)

    def offers(self, steps: Pattern) -> bool:
        """Whether something is offered for the question at *steps*."""
        known = {(EXHIBITS, "document"), (FILINGS, "recipient"), (FILINGS, "venue"),
                 (FILINGS, "lead")}  # fmt: skip
        return _is_file(steps) or (steps[0], steps[-1]) in known

    def options(self, steps: Pattern, file: CaseFile) -> list[Option]:
        """Return what may be chosen at *steps*: files that are not listed in *file* first."""
        if _is_file(steps):
            from nkdocs.packet.found import told

            seen = self.files.glances(self.files.names(listed(file)))
            return [Option(name, _line(name, told(glance))) for name, glance in seen]
        if steps[-1] == "recipient":
            known = {r.id: r.title for r in self._desk.shelf.recipients.values()}
        elif steps[-1] == "venue":
            known = {v.id: v.title for v in venues.found(self._desk.templates).values()}
        else:
            known = {d.id: d.title for d in self._desk.catalogue.documents.values()}
        return [Option(key, _line(key, title)) for key, title in sorted(known.items())]

    def fault(self, steps: Pattern, data: Data) -> str | None:
        """Say why *data* cannot stand at *steps* of an entry, None if it can."""
        form: type[Form] = Exhibit if steps[0] == EXHIBITS else Filing
        name, tried = steps[-1], _entry(steps[0])
        if name == "document":
            tried.pop("file")
        try:
            form.checked({**tried, name: data})
        except FormError as error:
            return error.wrongs[0].said
        if _is_file(steps) and isinstance(data, str):
            return self.files.fault(data) or None
        if name in {"document", "lead", "venue"} and isinstance(data, str):
            known = [o.key for o in self.options(steps, self._desk.file)]
            return None if data in known else f"There is no such {name}. Known: {', '.join(known)}."
        if name == EXHIBITS and any(str(one).startswith("[") for one in data):
            return "A filing holds whole exhibits: name their ids, without a page."
        return None

    def beside(self, steps: Pattern, data: Data) -> dict[str, Data]:
        """Return what the file's name proposes beside *data*, the first answer of a new exhibit."""
        if steps == (EXHIBITS, "[]", "file") and isinstance(data, str):
            entry = self.files.proposed(data)
            return {key: told for key in _PROPOSED if (told := getattr(entry, key, ""))}
        return {}

    def hint(self, steps: Pattern, data: Data) -> str:
        """Return what the id of a new entry is made of."""
        if steps == (EXHIBITS, "[]", "file") and isinstance(data, str):
            entry = self.files.proposed(data)
            return entry.id if entry else ""
        return data if isinstance(data, str) else ""

    def unlisted(self, file: CaseFile) -> list[str]:
        """Return the files of the case's folder of exhibits that no entry of *file* names."""
        return self.files.unlisted(listed(file))


def is_entry(steps: Pattern) -> bool:
    """Whether *steps* lead into the list of exhibits or of filings."""
    return steps[0] in {EXHIBITS, FILINGS}


def listed(file: CaseFile) -> set[str]:
    """Return the files that the exhibits name, as a translation or certificate too."""
    return set(_named(file.data))


def _named(data: Mapping[str, Any]) -> Iterator[str]:
    entries = data.get(EXHIBITS)
    for entry in entries if isinstance(entries, list) else ():
        for key in _FILES if isinstance(entry, dict) else ():
            if isinstance(entry.get(key), str) and entry[key]:
                yield entry[key]


def _is_file(steps: Pattern) -> bool:
    return steps[0] == EXHIBITS and steps[-1] in _FILES


def _entry(name: str) -> dict[str, Any]:
    """Return the least that an entry holds."""
    if name == EXHIBITS:
        return {"id": "one", "title": "One", "file": "one.pdf"}
    return {"id": "one", "recipient": "one"}


def _line(key: str, more: str) -> str:
    return f"{key} · {more}" if more and more != key else key

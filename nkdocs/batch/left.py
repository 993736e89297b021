"""Letters in the folder that a run does not stand behind: whoever prints from it must know."""

import re

from nkdocs.batch.journal import Journal

_LETTER = re.compile(r"[^~.].*\.(?:docx|pdf)(?:\.edited-\d+)?(?:\.age)?")
_COPY = re.compile(r"\.edited-\d+\.")
COPY = "a copy from before --force: delete it if nobody needs it"
EARLIER = "of an earlier run, not made any more: delete it if nobody needs it"
FAILED = "of an earlier run: its case failed in this one"
UNKNOWN = "not written by nkdocs: look whose it is before it is printed"


def left(journal: Journal, document: str) -> list[tuple[str, str]]:
    """Return the letters beside those of *document* that this run is not about, each with why."""
    return [
        (name, _why(name, journal))
        for folder in journal.folders(document)
        for name in sorted(f"{folder}/{file.name}" for file in (journal.folder / folder).iterdir())
        if _LETTER.fullmatch(name, len(folder) + 1) and name not in journal.stood
    ]


def _why(name: str, journal: Journal) -> str:
    if _COPY.search(name):
        return COPY
    if name in journal.behind:
        return FAILED
    return EARLIER if journal.wrote(name) else UNKNOWN

"""Which files of the template folders hold questions, sections and documents."""

from collections.abc import Iterable
from pathlib import Path

#: Files of templates/shared that hold no questions.
_OTHER = {
    "authorities.yaml", "venues.yaml", "recipients.yaml", "mail.yaml", "findings.yaml",
    "countries.yaml", "wordlists.yaml", "confidential.yaml",
}  # fmt: skip
#: Questions about the lists of fixed form, exhibits and filings; only the interview asks them.
ENTRIES = ("exhibits.yaml", "filings.yaml")


def find_files(folders: Iterable[Path]) -> tuple[dict[str, Path], dict[str, Path]]:
    """Return the section files and the interview files of *folders*; the first folder wins."""
    sections: dict[str, Path] = {}
    documents: dict[str, Path] = {}
    for folder in folders:
        for file in sorted((folder / "shared").glob("*.yaml")):
            if file.name not in {*_OTHER, *ENTRIES}:
                sections.setdefault(file.name, file)
        for file in sorted(folder.glob("*/interview.yaml")):
            documents.setdefault(file.parent.name, file)
    return sections, documents

"""Where templates are: in the case, in the office, among those that ship."""

from collections.abc import Sequence
from pathlib import Path

from nkdocs import _resources
from nkdocs.errors import TemplateError
from nkdocs.interview.spec import Document, TemplateFile


def folders(case: Path, office: Path | None = None) -> list[Path]:
    """Return the template folders of a case, those that shadow the others first.

    Args:
        case: the case's folder.
        office: the office's folder, where `office.yaml` stands.
    """
    found = (own(folder) for folder in (case, office) if folder is not None)
    return [*(folder for folder in found if folder), _resources.shipped("templates")]


def own(folder: Path) -> Path | None:
    """Return the templates in the *folder* of a case or an office, None if it has none."""
    found = folder / "templates"
    return found if found.is_dir() else None


def template(
    document: Document, file: TemplateFile, where: Sequence[Path]
) -> tuple[Path, bytes]:
    """Return the Word file that fills *file* of *document*, the first found in *where*.

    Raises:
        TemplateError: it is nowhere, or cannot be read.
    """
    name = file.source or file.file
    for folder in where:
        found = folder / document.folder.name / name
        if found.is_file():
            try:
                return found, _resources.read_once(found)
            except OSError as error:
                msg = f"the template {found} cannot be read ({error.strerror})"
                raise TemplateError(msg, hint="Close it in Word and check its rights.") from None
    msg = f"the Word file {name} of the document '{document.id}' is missing"
    raise TemplateError(msg, hint=f"It belongs in {document.folder}.")

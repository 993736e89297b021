"""Where an interview was left: behind what was answered last, as the file before it tells."""

from nkdocs.answers.load import CaseFile
from nkdocs.errors import NkdocsError
from nkdocs.interview.engine import Spot
from nkdocs.ui.book import Book


def left_at(book: Book) -> Spot | None:
    """Return the place of the answer of *book* that was given last; None where it is not known.

    Every change keeps the file before it as `.bak`: what differs is what was answered then.
    """
    file = book.case.file
    try:
        before = book.file.reread(file.with_name(f"{file.name}.bak").read_text("utf-8"))
    except (OSError, ValueError, NkdocsError):
        return None  # the first session, or a locked case
    told = [s for s in book.plan.steps if s.answered and not s.question.is_list]
    changed = [s for s in told if _other(before, book.file, s.path)]
    return changed[0].spot if len(changed) == 1 else None


def _other(before: CaseFile, now: CaseFile, path: str) -> bool:
    """Whether the answer at *path* is not what it was; list items are found by their ids."""
    return _data(before, path) != _data(now, path)


def _data(file: CaseFile, path: str) -> object:
    """Return what stands at *path*, None if nothing does."""
    here: object = file.data
    for part in path.split("."):
        if isinstance(here, list):
            here = next((i for i in here if isinstance(i, dict) and i.get("id") == part), None)
        elif isinstance(here, dict):
            here = here.get(part)
        else:
            return None
    return here

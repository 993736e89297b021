"""Where an answer comes from: its path, who told it, and what the office noted of it (`_about`).

Only papers that stay in the office may print it: notes and sources are the office's own.
"""

from collections.abc import Iterator
from typing import Any

from nkdocs._jinja import Missing, View
from nkdocs.answers.view import Answers, Group, Items
from nkdocs.errors import TemplateError
from nkdocs.kinds.nonanswers import Told

_SOURCES = {
    "client": "from the client",
    "document": "from a document",
    "prior_statement": "from an earlier statement",
    "counsel_notes": "from counsel's notes",
}


class Origins(View):
    """Says of answers where they come from."""

    __slots__ = ("answers",)

    def __init__(self, answers: Answers) -> None:
        """Look at *answers*."""
        self.answers = answers

    def origin(self, where: object, name: str = "") -> str:
        """Return the path of the answer *name* of *where*, and what is known of its source.

        An answer that is open says so: the sheet then names the question that fills the box.

        Raises:
            TemplateError: the paper leaves the office, or *where* holds no answers.
        """
        if self.answers.audience is not None:
            msg = "origin() tells of the office's notes, and this paper leaves the office"
            raise TemplateError(msg, hint="Take it out of the template.")
        if isinstance(where, Missing):
            return f"open: asked by {where.path}"
        if isinstance(where, Items):
            path = self.answers.path(where.spot)
            there = self.answers.has(where.spot)
            return _joined(path, self.about(path)) if there else f"open: asked by {path}"
        if not isinstance(where, Group):
            msg = "origin() is told something that holds no answers"
            raise TemplateError(msg, hint="Write it as origin(client, 'born').")
        return self._of(where, name)

    def _of(self, group: Group, name: str) -> str:
        found = group.lookup(name) if name else group
        if isinstance(found, (Items, Missing)):
            return self.origin(found)
        path = self.answers.path((*group.spot, name) if name else group.spot)
        told = [f"told by {found.by}"] if isinstance(found, Told) else []
        told += self._tellers(found) if isinstance(found, Group) else []
        return _joined(path, *told, self.about(path))

    def _tellers(self, group: Group) -> Iterator[str]:
        """Yield which answers of *group* somebody else told; a row shows several at once."""
        for name in sorted(group.children()):
            found = group.lookup(name)
            if isinstance(found, Told):
                yield f"{name}: told by {found.by}"

    def about(self, path: str) -> str:
        """Return what the office noted of the answer at *path*, or of the nearest one around it."""
        notes = self.answers.case.data.get("_about")
        while isinstance(notes, dict) and path:
            if isinstance(note := notes.get(path), dict):
                return _worded(note)
            path = path.rpartition(".")[0]
        return ""


def _worded(note: dict[str, Any]) -> str:
    """Return a note of `_about` in words."""
    source, exhibit = str(note.get("source") or ""), str(note.get("exhibit") or "")
    confirmed, remark = str(note.get("confirmed_on") or ""), str(note.get("note") or "")
    told = _SOURCES.get(source, f"from {source}" if source else "")
    if source == "counsel_notes" and not confirmed:
        told += ", not confirmed by the client"
    named = f"exhibit {exhibit}" if exhibit else ""
    read = f"confirmed {confirmed}" if confirmed else ""
    return _joined(told, named, read, f"note: {remark}" if remark else "")


def _joined(*pieces: str) -> str:
    return "; ".join(piece for piece in pieces if piece)

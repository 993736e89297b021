"""How values are written in a document, and the functions a template may call."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from nkdocs._jinja import Missing, View
from nkdocs.answers.view import Items
from nkdocs.citations.cite import Cite, parse, printed, unresolved
from nkdocs.citations.pagemap import PageMap, UnknownCiteError
from nkdocs.documents import marks
from nkdocs.errors import TemplateError
from nkdocs.kinds.kind import listed


@dataclass(slots=True)
class Told:
    """What happened while a document's values were written.

    Attributes:
        open: path -> question of each answer that was printed and is not there.
        lost: cites that lead nowhere, each with the reason.
    """

    open: dict[str, str] = field(default_factory=dict)
    lost: dict[str, str] = field(default_factory=dict)


class Cites(View):
    """Resolves cites in the page map of the filing, then in those of earlier filings."""

    __slots__ = ("maps", "told")

    def __init__(self, maps: Sequence[PageMap], told: Told) -> None:
        """Look cites up in *maps*, the filing's own first."""
        self.maps, self.told = tuple(maps), told

    def cite(self, what: object, page: object = 0, last: object = 0, part: str = "") -> str:
        """Return a cite for a template: `cite('hrw24', 3)`, `cite(event.exhibit)`."""
        if isinstance(what, Missing) or not what:
            return self.resolve(Cite("?")) if isinstance(what, Missing) else ""
        if isinstance(what, Cite):
            return self.resolve(what)
        if isinstance(what, str):
            mark = page if isinstance(page, str) else ""
            number = page if isinstance(page, int) else 0
            end = last if isinstance(last, int) else 0
            return self.resolve(Cite(what, number, end, mark, part))
        refs = what if isinstance(what, Iterable) else ()
        return "; ".join(self.resolve(r if isinstance(r, Cite) else Cite(str(r))) for r in refs)

    def mark(self, name: object) -> str:
        """Name the numbered paragraph in which the tag stands, for cites to it."""
        return marks.named(str(name))

    def resolve(self, cite: Cite) -> str:
        """Return what *cite* prints, marked so that it is found again."""
        why = ""
        for pages in self.maps:
            try:
                return marks.cited(str(cite), printed(cite, pages))
            except UnknownCiteError as error:
                why = why or str(error)
        self.told.lost[str(cite)] = why or "no filing with this document as its lead lists it"
        return marks.blank(f"{marks.LOST}{cite}", unresolved(cite)[1:-1])

    def within(self, text: str) -> str:
        """Return an answer's text with its cites resolved; what `cite` gave stays as it is."""
        if "[@" not in text or marks.holds(text):
            return text
        return "".join(p if isinstance(p, str) else self.resolve(p) for p in parse(text))


def writer(cites: Cites, told: Told) -> Callable[[object], object]:
    """Return the function that writes a printed value as a lawyer writes it."""

    def write(value: object) -> object:
        if isinstance(value, Items) and not value:
            value = value.gap()
        if isinstance(value, Missing):
            told.open.setdefault(value.path, value.prompt)
            return marks.blank(value.path, value.prompt)
        if value is None:
            msg = "a tag prints nothing at all (None)"
            raise TemplateError(msg, hint="Name an answer, or guard the tag with {% if %}.")
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, (list, tuple)):
            return listed([str(write(v)) for v in value])
        return cites.within(str(value))

    return write

"""How values are written in a document, and the functions a template may call."""

from collections.abc import Callable, Iterable, Sequence

from jinja2 import Undefined
from msgspec import Struct, field

from nkdocs._jinja import BLANK, END, MID, Missing, View
from nkdocs._patterns import lazily
from nkdocs.citations.cite import Cite, parse, printed, unresolved
from nkdocs.citations.pagemap import PageMap, UnknownCiteError
from nkdocs.documents import marks
from nkdocs.errors import TemplateError
from nkdocs.kinds.kind import listed
from nkdocs.kinds.nonanswers import NonAnswer

_UNREAD = lazily(r"\[@[^\]\n]{0,60}\]?")


class Told(Struct):
    """What happened while a document's values were written.

    Attributes:
        lost: cites that lead nowhere, each with the reason.
    """

    lost: dict[str, str] = field(default_factory=dict)


_NOWHERE = "no filing that this document leads lists it, or its exhibits cannot be bound yet"


class Cites(View):
    """Resolves cites in the page map of the filing, then in those of earlier filings."""

    __slots__ = ("maps", "told")

    def __init__(self, maps: Sequence[PageMap], told: Told) -> None:
        """Look cites up in *maps*, the filing's own first."""
        self.maps, self.told = tuple(maps), told

    def cite(self, what: object, page: object = 0, last: object = 0, part: str = "") -> str:
        """Return a cite for a template: `cite('hrw24', 3)`, `cite(event.exhibit)`.

        Raises:
            TemplateError: it is told to cite what is no exhibit, or a page that is no number.
        """
        if isinstance(what, (Missing, NonAnswer)):
            return str(what)
        if isinstance(what, Cite):
            return self.resolve(what)
        if isinstance(what, str):
            mark = page if isinstance(page, str) else ""
            number = 0 if mark else page
            if not what or type(number) is not int or type(last) is not int:
                msg = f"cite() is told a page of '{what}' that is no number"
                raise TemplateError(msg, hint="Write it as cite('exhibit', 3).")
            return self.resolve(Cite(what, number, last, mark, part))
        if not isinstance(what, Iterable):
            msg = "cite() is told something that names no exhibit"
            raise TemplateError(msg, hint="Give it an exhibit's id, or an answer that names them.")
        return "; ".join(self.resolve(r if isinstance(r, Cite) else Cite(str(r))) for r in what)

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
        self.told.lost[str(cite)] = why or _NOWHERE
        return f"{BLANK}{marks.LOST}{cite}{MID}{unresolved(cite)}{END}"

    def within(self, text: str) -> str:
        """Return an answer's text with its cites resolved; what `cite` gave stays as it is."""
        return "".join(
            piece if marked else self._resolved(piece) for piece, marked in marks.pieces(text)
        )

    def _resolved(self, text: str) -> str:
        out = []
        for piece in parse(text):
            if isinstance(piece, Cite):
                out.append(self.resolve(piece))
                continue
            out.append(piece)
            for bad in _UNREAD.findall(piece):
                self.told.lost[bad] = "it is not written as [@exhibit, 3]"
        return "".join(out)


def writer(cites: Cites) -> Callable[[object], object]:
    """Return the function that writes a printed value as a lawyer writes it."""

    def write(value: object) -> object:
        text = value if type(value) is str else _text(value)
        return marks.kept(cites.within(text) if "[@" in text else text)

    return write


def _text(value: object) -> str:
    """Return a printed value as text.

    Raises:
        TemplateError: it is nothing that can be printed.
    """
    if type(value) is str:
        return value
    if isinstance(value, Undefined):
        str(value)  # raises, and names what is not known
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return listed([_text(v) for v in value])
    if isinstance(value, (str, int, float, View, Cite)):
        return str(value)
    msg = f"a tag prints what is no answer ({type(value).__name__})"
    raise TemplateError(msg, hint="Name an answer, or guard the tag with {% if %}.")

"""The fixed forms in an answers file: the lists `exhibits:` and `filings:`.

Tabs, page counts and who cites an exhibit are computed, never stored (DESIGN 8.4).
"""

import inspect
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from msgspec import Meta, ValidationError, convert

from nkdocs._forms import After, Before, Form, is_id
from nkdocs.kinds.kind import KindError, Schema, clean
from nkdocs.kinds.words import SCALAR

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

Audience = Literal["internal", "client", "court", "opla"]
_ID = r"^[a-z0-9][a-z0-9-]*$"
_MOST = 100_000  # pages of an exhibit; a slip must not fill the memory


def _is_page(number: int) -> int:
    if number <= 0:
        msg = "pages are counted from 1"
        raise ValueError(msg)
    return number


def _pages(text: object) -> object:
    """Read a choice of pages, "1-6, 9", as numbers; all pages when empty."""
    if not isinstance(text, str):
        return text
    out: list[int] = []
    for piece in filter(None, (p.strip() for p in text.split(","))):
        first, _, last = piece.partition("-")
        if not first.strip().isdecimal() or not (last or first).strip().isdecimal():
            msg = "write pages as 1-6, 9"
            raise ValueError(msg)
        if len((last or first).strip()) > len(str(_MOST)):
            msg = "no exhibit has so many pages"
            raise ValueError(msg)
        out += range(int(first), int(last or first) + 1)
    return tuple(out)


# What bounds a field stands twice: for msgspec, which reads what is sound, and in words.
_Id = Annotated[str, Meta(pattern=_ID), After(is_id)]
_PageNumber = Annotated[int, Meta(gt=0), After(_is_page)]
Pages = Annotated[tuple[int, ...], Before(_pages)]


def _cleaned(value: object) -> object:
    """Pass a text through the cleaning of all answers (TRUST.md R1)."""
    if not isinstance(value, str):
        return value
    try:
        return clean(value)
    except KindError as error:
        raise ValueError(error.message) from None


class _Entry(Form, frozen=True, kw_only=True, forbid_unknown_fields=True):
    @classmethod
    def checked(cls, told: object) -> Self:
        """Return what a file tells of an entry, which holds texts alone.

        What is sound is read at once; only for what is not is pydantic asked.

        Raises:
            FormError: it is none; everything that is wrong with it is named.
        """
        try:
            return convert(_plain(told), cls)
        except (ValidationError, ValueError):
            return super().checked(told)

    @classmethod
    def _read(cls, part: "CoreSchema") -> "CoreSchema":
        """Return what checks a field: every text is cleaned first."""
        from pydantic_core import core_schema

        return core_schema.no_info_before_validator_function(_cleaned, part)


class AlreadyFiled(_Entry, frozen=True, kw_only=True):
    """Where an exhibit stands in a filing that was served before."""

    filing: str
    tab: str = ""
    page: int = 0


class Spot(_Entry, frozen=True, kw_only=True):
    """A place on a page of the source: a rectangle in points, or words that stand there."""

    page: _PageNumber
    box: tuple[float, float, float, float] | None = None
    text: str = ""

    def __post_init__(self) -> None:
        """Refuse a place that is named twice, or not at all."""
        if bool(self.box) == bool(self.text):
            msg = "name either a box, as [x0, y0, x1, y1], or a text"
            raise ValueError(msg)


class Exhibit(_Entry, frozen=True, kw_only=True):
    """One exhibit of the case.

    `file` is the original; `translation` and `certificate` stand beside it. An exhibit made by a
    template names its `document`; once signed, the scan is recorded in the manifest. `url` is where
    the whole source can be read, `excerpt_of` the work of which it is a part, `authenticity` what
    shows that it is genuine. `redact` and `marks` are about pages of the file itself.
    """

    id: _Id
    title: str = ""
    file: str = ""
    document: str = ""
    section: str = ""
    date: str = ""
    source: str = ""
    url: str = ""
    accessed_on: str = ""
    language: str = "English"
    translation: str = ""
    certificate: str = ""
    translator: str = ""
    pages: Pages = ()
    expect_pages: int = 0
    relevance: str = ""
    key_pages: Pages = ()
    audience: tuple[Audience, ...] = ("court",)
    country_conditions: bool = False
    excerpt_of: str = ""
    already_filed: AlreadyFiled | None = None
    produced_by: str = ""
    copy_of_original_available: Literal["", "yes", "no"] = ""
    authenticity: str = ""
    identity_only: bool = False
    redact: tuple[Spot, ...] = ()
    marks: tuple[Spot, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an exhibit of two sources, of none, or without a title."""
        if bool(self.file) == bool(self.document):
            msg = "name either a file or a document"
            raise ValueError(msg)
        if not self.title and not self.document:
            msg = "give the exhibit a title"
            raise ValueError(msg)

    @property
    def foreign(self) -> bool:
        """Whether the original is in another language than English."""
        return self.language.strip().lower() not in {"", "english", "en"}


class Filing(_Entry, frozen=True, kw_only=True):
    """One filing: a recipient, a lead document, its own exhibits, tabs and pages.

    A supplement names the filing sent before whose tabs and pages it `continues`.
    """

    id: _Id
    recipient: str
    venue: str = "generic"
    lead: str = ""
    title: str = ""
    exhibits: tuple[str, ...] = ()
    continues: str = ""
    service: Literal["", "ecas", "eservice", "mail", "hand", "email"] = ""

    @property
    def audience(self) -> Audience:
        """Whom the filing goes to; the recipient gives the audience (DESIGN 8.15)."""
        kind = self.recipient.split("-")[0].lower()
        known: dict[str, Audience] = {"eoir": "court", "uscis": "court", "bia": "court"}
        if kind in {"opla", "ero", "cbp", "ice", "issuing"}:
            return "opla"
        return known.get(kind, "court")


#: What an editor may take an answer for, before our loader reads it as text.
_TYPED = {"string": SCALAR, "integer": ["integer", "string"], "boolean": ["boolean", "string"],
          "id": ["string", "integer"], "pages": ["array", "string", "integer"]}  # fmt: skip


def schemas() -> dict[str, Schema]:
    """Return the JSON schema of an entry of each list, for editors; `$defs` are told once."""
    from msgspec.json import schema_components

    known = {"exhibits": Exhibit, "filings": Filing}
    links, parts = schema_components([*known.values()], ref_template="#/$defs/{name}")
    for part in parts.values():
        part["description"] = inspect.cleandoc(part["description"])
        for told in part["properties"].values():
            _as_written(told)
    return {key: {**link, "$defs": parts} for key, link in zip(known, links, strict=True)}


def _as_written(told: Schema) -> None:
    """Let the schema of a field say what stands in the file where its form has something else."""
    kind, items = told.get("type"), told.get("items")
    if kind == "string" and "pattern" in told:
        kind = "id"
    elif items == {"type": "integer"}:
        kind = "pages"
    elif isinstance(items, dict):
        _as_written(items)
    if kind in _TYPED:
        told["type"] = _TYPED[kind]


def _plain(told: object) -> object:
    """Return an entry's texts cleaned, those of the parts in it too.

    What its form has as a number, pages, yes or no is read as that; the rest is refused later.
    """
    if isinstance(told, dict):
        return {key: _READERS.get(key, _same)(_plain(value)) for key, value in told.items()}
    if isinstance(told, list) and all(isinstance(part, dict) for part in told):
        return [_plain(part) for part in told]
    return _cleaned(told)


def _same(value: object) -> object:
    return value


def _number(text: object) -> object:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdecimal() else text


def _measure(text: object) -> object:
    known = isinstance(text, str) and re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", text)
    return float(known[0]) if known else text


def _several(read: Callable[[object], object], told: object) -> object:
    return [*map(read, told)] if isinstance(told, list) else told


def _flag(text: object) -> object:
    known = {"yes": True, "no": False, "true": True, "false": False}
    return known.get(text, text) if isinstance(text, str) else text


def _numbers(told: object) -> object:
    return _several(_number, _pages(told))


_READERS: dict[Any, Callable[[object], object]] = {
    "pages": _numbers, "key_pages": _numbers, "expect_pages": _number, "page": _number,
    "box": partial(_several, _measure), "country_conditions": _flag, "identity_only": _flag,
}  # fmt: skip

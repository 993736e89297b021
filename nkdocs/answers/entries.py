"""The fixed forms in an answers file: the lists `exhibits:` and `filings:`.

Tabs, page counts and who cites an exhibit are computed, never stored (DESIGN 8.4).
"""

from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from nkdocs.kinds.kind import KindError, clean

Audience = Literal["internal", "client", "court", "opla"]
_ID = r"^[a-z0-9][a-z0-9-]*$"


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
        out += range(int(first), int(last or first) + 1)
    return tuple(out)


Pages = Annotated[tuple[int, ...], BeforeValidator(_pages)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @field_validator("*", mode="before")
    @classmethod
    def _cleaned(cls, value: object) -> object:
        """Pass every text through the cleaning of all answers (TRUST.md R1)."""
        if not isinstance(value, str):
            return value
        try:
            return clean(value)
        except KindError as error:
            raise ValueError(error.message) from None


class AlreadyFiled(_Entry):
    """Where an exhibit stands in a filing that was served before."""

    filing: str
    tab: str = ""
    page: int = 0


class Spot(_Entry):
    """A place on a page of the source: a rectangle in points, or words that stand there."""

    page: int = Field(gt=0)
    box: tuple[float, float, float, float] | None = None
    text: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> "Spot":
        if bool(self.box) == bool(self.text):
            msg = "name either a box, as [x0, y0, x1, y1], or a text"
            raise ValueError(msg)
        return self


class Exhibit(_Entry):
    """One exhibit of the case.

    `file` is the original; `translation` and `certificate` stand beside it. An exhibit made by a
    template names its `document`; once signed, the scan is recorded in the manifest. `url` is where
    the whole source can be read, `excerpt_of` the work of which it is a part, `authenticity` what
    shows that it is genuine. `redact` and `marks` are about pages of the file itself.
    """

    id: str = Field(pattern=_ID)
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

    @model_validator(mode="after")
    def _one_source(self) -> "Exhibit":
        if bool(self.file) == bool(self.document):
            msg = "name either a file or a document"
            raise ValueError(msg)
        if not self.title and not self.document:
            msg = "give the exhibit a title"
            raise ValueError(msg)
        return self

    @property
    def foreign(self) -> bool:
        """Whether the original is in another language than English."""
        return self.language.strip().lower() not in {"", "english", "en"}


class Filing(_Entry):
    """One filing: a recipient, a lead document, its own exhibits, tabs and pages.

    A supplement names the filing sent before whose tabs and pages it `continues`.
    """

    id: str = Field(pattern=_ID)
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

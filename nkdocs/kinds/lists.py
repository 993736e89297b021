"""Plain lists: lines of text, and the exhibits an answer leans on."""

import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

from msgspec import Struct

from nkdocs._jinja import View, nth
from nkdocs.citations.cite import Cite, parse
from nkdocs.kinds.kind import (
    Data,
    KindError,
    Options,
    Schema,
    listed,
    one_line,
    says_nothing,
    several,
)


class Items(View, Struct, frozen=True):
    """A list of texts."""

    items: tuple[str, ...]
    template_names: ClassVar[frozenset[str]] = frozenset({"first", "last"})

    def __iter__(self) -> Iterator[str]:
        """Yield the texts."""
        return iter(self.items)

    def __reversed__(self) -> Iterator[str]:
        """Yield the texts, the last first."""
        return reversed(self.items)

    def __len__(self) -> int:
        """Count the texts; none is false."""
        return len(self.items)

    def __contains__(self, text: object) -> bool:
        """Whether *text* is one of the texts."""
        return text in self.items

    def item(self, index: int) -> object:
        """Return text *index*, from 0; a gap if there is none."""
        return nth(self.items, index)

    @property
    def first(self) -> object:
        """The first text."""
        return self.item(0)

    @property
    def last(self) -> object:
        """The last text."""
        return self.item(-1)

    def __str__(self) -> str:
        """Write the texts as a sentence names them."""
        return listed(self.items)


class ExhibitRefs(View, Struct, frozen=True):
    """The exhibits that prove an answer, each as a cite."""

    cites: tuple[Cite, ...]
    template_names: ClassVar[frozenset[str]] = frozenset({"first", "last"})

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the exhibits."""
        return tuple(cite.id for cite in self.cites)

    def __iter__(self) -> Iterator[Cite]:
        """Yield the cites; printed, each is what is typed in an answer, and resolves."""
        return iter(self.cites)

    def __len__(self) -> int:
        """Count the exhibits; none is false."""
        return len(self.cites)

    def __contains__(self, name: object) -> bool:
        """Whether the exhibit with this id is among them."""
        return name in self.ids

    def item(self, index: int) -> object:
        """Return cite *index*, from 0; a gap if there is none."""
        return nth(self.cites, index)

    @property
    def first(self) -> object:
        """The first cite."""
        return self.item(0)

    @property
    def last(self) -> object:
        """The last cite."""
        return self.item(-1)

    def __str__(self) -> str:
        """Write the cites, joined "; "."""
        return "; ".join(map(str, self.cites))


class TextsKind:
    """A list of lines, of one's own words."""

    name = "texts"

    def parse(self, data: Data, options: Options) -> Items:
        """Return the lines; one line of text is a list of one, or divided at semicolons."""
        del options
        return Items(tuple(several(data, ";", "write each item as one line of text")))

    def written(self, value: Items) -> Data:
        """Return the lines."""
        return list(value.items)

    def schema(self, options: Options) -> Schema:
        """Return the schema of a list of lines."""
        del options
        one = {"type": ["string", "number", "boolean"]}
        return {"anyOf": [{"type": "array", "items": one}, one]}

    def said(self, value: Items) -> str:
        """Say the lines."""
        return f"Understood: {value}." if value.items else "Understood: none."


class ListKind(TextsKind):
    """A list whose items have answers of their own; questions ask those, not this kind."""

    name = "list"

    def parse(self, data: Data, options: Options) -> Items:
        """Return the ids of the items, as far as they have one."""
        if isinstance(data, (str, Mapping)):
            msg = "it is a list; start each item with -"
            raise KindError(msg)
        ids = [item.get("id", "") if isinstance(item, Mapping) else item for item in data]
        return super().parse([item for item in ids if item], options)

    def schema(self, options: Options) -> Schema:
        """Return the schema of a list of mappings."""
        del options
        return {"type": "array", "items": {"type": "object"}}


_EXHIBITS = 'write the ids of exhibits, like decl-cousin, or with a page "[@decl-cousin, 3]"'

_NO_EXHIBIT = "leave it empty while there is no exhibit for it"


class ExhibitsKind:
    """The exhibits that prove an answer."""

    name = "exhibits"

    def parse(self, data: Data, options: Options) -> ExhibitRefs:
        """Return the cites of a list, or of one line in which they stand."""
        del options
        if isinstance(data, str) and says_nothing(data):
            raise KindError(_NO_EXHIBIT)
        whole: Data = _cut(one_line(data, _EXHIBITS)) if isinstance(data, str) else data
        cites = [_cite(text, n) for n, text in enumerate(several(whole, ";", _EXHIBITS), 1)]
        if len(set(cites)) < len(cites):
            msg = "an exhibit is named twice at the same place; name it once"
            raise KindError(msg)
        return ExhibitRefs(tuple(cites))

    def written(self, value: ExhibitRefs) -> Data:
        """Return the ids, and the cites where they name a page or part."""
        return [c.id if c == Cite(c.id) else str(c) for c in value.cites]

    def schema(self, options: Options) -> Schema:
        """Return the schema of a list of cites."""
        del options
        one = {"type": "string"}
        return {"anyOf": [{"type": "array", "items": one}, one]}

    def said(self, value: ExhibitRefs) -> str:
        """Say nothing: ids stay as typed."""
        del value
        return ""


def _cut(text: str) -> list[str]:
    """Return the cites of one line: between brackets, commas belong to the cite."""
    return [t for t in (p.strip() for p in re.split(r"[;,](?![^\[]*\])", text)) if t]


def _cite(text: str, number: int) -> Cite:
    """Return the cite that *text*, item *number* of the list, is."""
    found = parse(text if text.startswith("[") else f"[@{text}]")
    if len(found) != 1 or not isinstance(found[0], Cite):
        raise KindError(_EXHIBITS, str(number) if number > 1 else "")
    return found[0]

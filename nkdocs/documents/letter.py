"""A template as it was compiled, and a letter on its way: the parts that were filled, the rest."""

from collections.abc import Mapping, Sequence
from types import CodeType
from typing import Any, Self

import jinja2
from msgspec import Struct, field

from nkdocs.documents.packed import Member, Members, unpressed
from nkdocs.documents.proof import Proof

DECLARED = "<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


class Part(Struct, frozen=True):
    """A part of a template that is filled.

    Attributes:
        name: its path in the package.
        source: what was compiled, a paragraph a line.
        before: what stands in the part before the text that is filled.
        after: what stands behind it.
    """

    name: str
    source: str
    before: str
    after: str
    code: CodeType
    proof: Proof
    template: jinja2.Template


class Compiled(Struct, frozen=True):
    """A compiled template: the parts to fill, and every other member as it is packed.

    Attributes:
        names: every name that stands in a tag of it.
    """

    members: Mapping[str, Member]
    parts: Sequence[Part]
    names: frozenset[str]

    def source(self, part: str) -> str:
        """Return the source of a part, empty if it is not filled."""
        return next((p.source for p in self.parts if p.name == part), "")

    def plain(self) -> tuple[Any, ...]:
        """Return it as plain values and code, to be kept."""
        parts = tuple(
            (p.name, p.source, p.before, p.after, p.code, p.proof.plain()) for p in self.parts
        )
        return dict(self.members), parts, self.names

    @classmethod
    def read(cls, plain: tuple[Any, ...], environment: jinja2.Environment) -> Self:
        """Return what was kept."""
        members, parts, names = plain
        return cls(members, [
            Part(name, source, before, after, code, Proof(*proof), program(code, environment))
            for name, source, before, after, code, proof in parts
        ], names)  # fmt: skip


def program(code: CodeType, environment: jinja2.Environment) -> jinja2.Template:
    """Return compiled code as a template of *environment*."""
    return jinja2.Template.from_code(environment, code, environment.make_globals(None))


class FilledPart(Struct):
    """A part of a letter.

    Attributes:
        pieces: what it is made of, in order.
        values: the positions in *pieces* of what was printed, each proven to stand in the text
            of a run; None where that is not proven, and *pieces* is one.
        printed: the texts that were printed, still to be looked for where *values* is None.
        tree: its XML, where it had to be parsed.
        joined: the pieces put together; whoever changes one joins them again.
    """

    name: str
    pieces: list[str]
    values: list[int] | None
    printed: Sequence[str] = ()
    tree: Any = None
    joined: str = ""

    def join(self) -> str:
        """Put the pieces together, and return the whole part."""
        self.joined = "".join(self.pieces)
        return self.joined

    @property
    def xml(self) -> str:
        """The whole part."""
        return self.joined or self.join()


class Letter(Struct):
    """A filled template: its parts, and the members that are copied as they are."""

    members: Mapping[str, Member]
    parts: list[FilledPart]
    changed: dict[str, bytes] = field(default_factory=dict)

    def unpacked(self) -> dict[str, bytes]:
        """Return every part as it is now."""
        own = {part.name: part.xml.encode("utf-8") for part in self.parts}
        rest = {n: unpressed(m) for n, m in self.members.items() if n not in own}
        return {**rest, **own, **self.changed}

    def packed(self) -> Members:
        """Return the parts of the Word file; what is new among them is not yet pressed."""
        texts = {part.name: part.xml.encode("utf-8") for part in self.parts}
        return Members({**self.members, **texts, **self.changed})

    def data(self) -> bytes:
        """Return the Word file."""
        return self.packed().archive()

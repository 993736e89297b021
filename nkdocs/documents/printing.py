"""The environment of compiled templates: what a tag prints goes to the letter's own writer.

Jinja would hand it to a function that finds the writer, and then escape what it gave, in three
calls more for each tag of each letter. Here the code of a template calls the writer itself, and
the writer escapes (`Printed`).
"""

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

from jinja2 import nodes
from jinja2.compiler import Frame
from markupsafe import escape

from nkdocs._jinja import Environment, Generator

#: Under which name a letter's context holds its writer; no template can write it.
WRITER = " writer"
Finalize: TypeAlias = Callable[[object], object]


class OwnState(Exception):  # noqa: N818 - it is no error
    """A value that only docxtpl itself can put in its place."""


class _Printing(Generator):
    """Writes what a tag prints as a call of the letter's writer."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        del node, frame, finalize
        self.write(f"context.parent[{WRITER!r}](")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:  # noqa: ANN401
        del node, frame, finalize
        self.write(")")


class _Environment(Environment):
    """The environment of templates whose tags call the letter's writer."""

    code_generator_class = _Printing


@cache
def environment() -> Environment:
    """Return the one environment of compiled templates."""
    return _Environment()


class Printed:
    """What the tags of one part printed, in turn.

    Attributes:
        texts: as they were worded.
        escaped: as they stand in the part.
    """

    __slots__ = ("escaped", "texts")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.texts: list[str] = []
        self.escaped: list[str] = []

    def writer(self, write: Finalize) -> Callable[[object], str]:
        """Return what writes a value as *write* does, escapes it and keeps both.

        Raises of a value:
            OwnState: it cannot be printed as text.
        """
        texts, escaped_texts = self.texts, self.escaped

        def escaped(value: object) -> str:
            text = write(value)
            if type(text) is not str:
                raise OwnState
            texts.append(text)
            if "&" in text or "<" in text or ">" in text or '"' in text or "'" in text:
                text = str.__str__(escape(text))  # Markup would escape what is added to it
            escaped_texts.append(text)
            return text

        return escaped

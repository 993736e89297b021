"""Which required questions have no answer: asked of every letter of a night run.

Most questions are not required, and most of the others are answered. What may be lacking at all is
worked out once for a catalogue and its documents; of an answer that is there nothing is asked.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from msgspec import Struct

from nkdocs._conditions import Condition
from nkdocs.interview.engine import (
    Known,
    Spot,
    Standing,
    Step,
    asked_with,
    at,
    given,
    is_idle,
    item_id,
    places,
    sections_of,
)
from nkdocs.interview.spec import ITEM, Catalogue, Document, Pattern, Question, Section


class Written(Known, Protocol):
    """What is answered so far, as it is written."""

    def data(self, spot: Spot) -> Any:  # noqa: ANN401 - text, list or mapping of text
        """Return the text, list or mapping at *spot*, None if there is none."""


class _Wanted(Struct, frozen=True, eq=False):
    """A question that may be required somewhere, or whose items have such a question.

    Attributes:
        need: whether it is required; a condition says when.
        steps: its path: from the top, or from the item with which it is asked.
        said: the same, as a path is written.
        inner: what may be lacking of each of its items.
    """

    question: Question
    section: Section
    need: bool | Condition
    steps: Pattern
    said: str
    inner: "tuple[_Wanted, ...]"


def lacking(
    catalogue: Catalogue, documents: Sequence[Document], known: Written
) -> tuple[Step, ...]:
    """Return the steps of the plan for *documents* that are required and have no answer."""
    found: list[Step] = []
    for wanted in _all_wanted(catalogue, documents):
        if ITEM in wanted.steps:
            for spot, path in places(known, wanted.steps):
                found += _lacking(wanted, known, spot, path, known.data(spot))
        elif not (data := known.data(wanted.steps)) or wanted.inner:
            found += _lacking(wanted, known, wanted.steps, wanted.said, data)
    return tuple(found)


def _lacking(
    wanted: _Wanted, known: Written, spot: Spot, path: str, data: Any  # noqa: ANN401 - text, lists, mappings
) -> Iterator[Step]:  # fmt: skip
    """Yield what is lacking at *spot*, where *data* is written, the items of a list first."""
    question, section = wanted.question, wanted.section
    if wanted.inner and data and isinstance(data, list):
        if not is_idle(known, question, section, spot):
            for number, item in enumerate(data):
                for child in wanted.inner:
                    told = at(item, child.steps)
                    if child.inner or not given(told, child.question):
                        called = f"{path}.{item_id(item, number)}.{child.said}"
                        here = (*spot, number, *child.steps)
                        yield from _lacking(child, known, here, called, told)
    elif wanted.need and not given(data, question) and not is_idle(known, question, section, spot):
        need = wanted.need
        if need is True or known.holds(need, spot):
            yield Step(question, spot, path, Standing.OPEN, required=True)


def _all_wanted(catalogue: Catalogue, documents: Sequence[Document]) -> tuple[_Wanted, ...]:
    """Return what may be lacking of the questions of *documents*, in the order they are asked."""
    kept = catalogue.grown.kept
    key = tuple((d.sections, d.require) for d in documents)
    if key not in kept:
        tightened = frozenset[Pattern]().union(*(d.require for d in documents))
        kept[key] = tuple(
            wanted
            for section in sections_of(catalogue, documents)
            for question in section.tops
            for wanted in _wanted(question, section, question.steps, tightened)
        )
    found: tuple[_Wanted, ...] = kept[key]
    return found


def _wanted(
    question: Question, section: Section, steps: Pattern, tightened: frozenset[Pattern]
) -> Iterator[_Wanted]:
    """Yield *question* with what is asked with its items, if anything of it may be lacking."""
    need = True if question.steps in tightened else question.required
    inner = tuple(
        wanted
        for child, below, _ in (asked_with(section, question) if question.is_list else ())
        for wanted in _wanted(child, section, below, tightened)
    )
    if need or inner:
        yield _Wanted(question, section, need, steps, ".".join(steps), inner)

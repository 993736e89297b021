"""Every answer of a case, one by one, with the question that asks it."""

from collections.abc import Collection, Iterator
from typing import Any

from nkdocs.answers.load import CaseFile, Spot
from nkdocs.interview.engine import pattern
from nkdocs.interview.spec import Catalogue, Question

Leaf = tuple[Spot, Question, Any]


def leaves(
    case: CaseFile, catalogue: Catalogue, roots: Collection[str] = ()
) -> Iterator[Leaf]:
    """Yield place, question and text of each answer, of *roots* alone if any are named.

    What no question asks is left out.
    """
    for key, data in case.data.items():
        if not roots or key in roots:
            yield from _below(data, (key,), catalogue)


def _below(data: Any, spot: Spot, catalogue: Catalogue) -> Iterator[Leaf]:  # noqa: ANN401 - YAML
    question = catalogue.questions.get(pattern(spot))
    if question is not None and not question.is_list:
        if data not in (None, "", {}):
            yield spot, question, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _below(value, (*spot, key), catalogue)
    elif isinstance(data, list) and question is not None:
        for number, item in enumerate(data):
            yield from _below(item, (*spot, number), catalogue)


def texts(data: object) -> Iterator[str]:
    """Yield every text in an answer, whatever its form."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from texts(value)
    elif isinstance(data, (list, tuple)):
        for value in data:
            yield from texts(value)

"""What stands in the file, and what was typed: one as the other, and what is wrong with it."""

from collections.abc import Mapping

from nkdocs.interview.engine import Step
from nkdocs.kinds.kind import Data, KindError
from nkdocs.kinds.registry import parse_answer, written_answer


def fault_of(step: Step, data: Data) -> str | None:
    """Say what is wrong with *data* as an answer to *step*, None if nothing is."""
    try:
        parse_answer(step.question.kind, data, step.question.options)
    except KindError as error:
        return error.message
    return None


def stored(step: Step, data: Data) -> Data:
    """Return *data*, which has no fault, as it is stored."""
    kind, options = step.question.kind, step.question.options
    return written_answer(kind, parse_answer(kind, data, options))


def as_text(data: "Data | None") -> str:
    """Return what is stored as the text that a line begins with."""
    if data is None or isinstance(data, str):
        return data or ""
    plain = not isinstance(data, Mapping) and all(isinstance(item, str) for item in data)
    return "; ".join(str(item) for item in data) if plain else ""


def as_parts(data: "Data | None", first: str) -> dict[str, Data]:
    """Return what is stored part by part; one line is the *first* part."""
    if isinstance(data, Mapping):
        return dict(data)
    return {first: data} if data else {}

"""The answers as they are written: texts, lists and mappings of texts, and their places."""

from collections.abc import Sequence
from typing import Any

from nkdocs.answers.load import CaseFile
from nkdocs.interview.engine import Spot, at, given, item_id, pattern
from nkdocs.interview.spec import Catalogue, Question


class Written:
    """What a case's answers file holds, parsed by nobody, and which questions ask it."""

    def __init__(self, case: CaseFile, catalogue: Catalogue) -> None:
        """Look into *case*, whose questions are in *catalogue*."""
        self.case = case
        self.catalogue = catalogue

    def data(self, spot: Spot) -> Any:  # noqa: ANN401 - text, list or mapping of text
        """Return the text, list or mapping at *spot*, None if there is none."""
        return at(self.case.data, spot)

    def path(self, spot: Spot) -> str:
        """Return *spot* with the ids of list items in place of their positions."""
        return ".".join(
            item_id(self.data(spot[: end + 1]), step) if isinstance(step, int) else step
            for end, step in enumerate(spot)
        )

    def items(self, spot: Spot) -> Sequence[str]:
        """Return the ids of the items of the list at *spot*."""
        data = self.data(spot)
        return [item_id(d, n) for n, d in enumerate(data)] if isinstance(data, list) else []

    def done(self, spot: Spot) -> bool:
        """Whether the list at *spot* is said to be complete."""
        marked = self.case.data.get("_done", [])
        return isinstance(marked, list) and self.path(spot) in marked

    def question(self, spot: Spot) -> Question | None:
        """Return the question that asks the answer at *spot*."""
        return self.catalogue.questions.get(pattern(spot))

    def has(self, spot: Spot) -> bool:
        """Whether there is an answer (not empty) at *spot*; an empty list is an answer."""
        data = self.data(spot)
        return given(data, self.question(spot) if data == [] else None)

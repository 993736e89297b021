"""What an audience may see of the answers, and what a document saw of them."""

from dataclasses import dataclass, field
from typing import NoReturn

from nkdocs._jinja import View
from nkdocs.errors import TemplateError
from nkdocs.interview.spec import Pattern

#: The audiences that are not the office itself.
OUTSIDE = frozenset({"client", "court", "opla"})


class ForbiddenPathError(TemplateError):
    """A document reaches an answer that its audience may not see."""


class Forbidden(View):
    """Answers that this audience may not see: any use of them is an error."""

    __slots__ = ("error",)

    def __init__(self, error: ForbiddenPathError) -> None:
        """Remember the *error* that any use raises."""
        self.error = error

    def lookup(self, name: str) -> NoReturn:
        """Raise."""
        del name
        raise self.error

    def item(self, index: int) -> NoReturn:
        """Raise."""
        del index
        raise self.error

    def _raise(self) -> NoReturn:
        raise self.error

    __bool__ = __len__ = __iter__ = __str__ = _raise


@dataclass(slots=True)
class Usage:
    """What a document used of the answers while it was filled."""

    paths: dict[str, Pattern] = field(default_factory=dict)

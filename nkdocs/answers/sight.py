"""What an audience may see of the answers, and what a document saw of them."""

from collections.abc import Callable
from typing import NoReturn, TypeAlias

from msgspec import Struct, field

from nkdocs import _resources
from nkdocs._conditions import Condition
from nkdocs._jinja import View
from nkdocs.errors import TemplateError
from nkdocs.interview.engine import Spot, within
from nkdocs.interview.spec import Pattern, Question

#: The audiences that are not the office itself.
OUTSIDE = frozenset({"client", "court", "opla"})


class ForbiddenPathError(TemplateError):
    """A document reaches an answer that its audience may not see.

    Attributes:
        own: where the answer is asked, `file:line`, if no shipped question asks it.
    """

    own = ""


def check_audience(question: Question, audience: str | None) -> None:
    """Require that *audience* may see the answer to *question*; None, the office, sees all.

    Raises:
        ForbiddenPathError: it may not.
    """
    if audience is not None and audience not in question.audience:
        may = ", ".join(sorted(question.audience))
        asks = f"a document for {audience} asks for '{question.path}'"
        msg = f"{asks}, which only {may} may see"
        error = ForbiddenPathError(msg, hint="Take it out of the template, loops and ifs too.")
        ships = question.file.startswith(str(_resources.shipped("templates")))
        error.own = "" if ships else question.file
        raise error


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


Paths: TypeAlias = dict[str, Pattern]


class Usage(Struct):
    """What a document used of the answers while it was filled, by path with item ids.

    What is kept is read apart: another dict stands here meanwhile, and is kept with it.
    """

    paths: Paths = field(default_factory=dict)


class Conditions:
    """The conditions of a case as they were answered, for all views of it.

    Attributes:
        asking: those that are just being answered.
    """

    __slots__ = ("_circles", "_hanging", "_known", "asking")

    def __init__(self) -> None:
        """Know none yet."""
        self.asking: set[tuple[str, Spot]] = set()
        self._known: dict[tuple[str, Spot], tuple[bool, Paths]] = {}
        self._hanging: set[tuple[str, Spot]] = set()
        self._circles = 0

    def ask(
        self,
        condition: Condition,
        spot: Spot,
        resolve: Callable[[str, Spot], object],
        usage: Usage,
    ) -> tuple[bool, Paths]:
        """Return whether *condition* holds at *spot*, and what it read.

        Args:
            condition: what is asked.
            spot: the answer that hangs on it; a circle of such answers counts as met.
            resolve: says what a name means at a spot.
            usage: where what is looked up is noted.
        """
        asking = (condition.text, within(spot))
        if asking in self._known:
            return self._known[asking]
        circle = (condition.text, spot)
        if circle in self.asking:
            self._circles += 1
            return True, {}
        circles, before, used = self._circles, usage.paths, Paths()
        self.asking.add(circle)
        usage.paths = used
        try:
            found = condition.holds(lambda name: resolve(name, spot))
        finally:
            usage.paths = before
            self.asking.discard(circle)
        if circles == self._circles or not self.asking:  # within a circle it may be otherwise
            self._known[asking] = found, used
        return found, used

    def hang(
        self,
        condition: Condition,
        spot: Spot,
        resolve: Callable[[str, Spot], object],
        usage: Usage,
    ) -> bool:
        """Return whether *condition* hangs at *spot* on an open answer; a circle of them does not.

        It takes what `ask` takes, and notes nothing as used.
        """
        circle = (condition.text, spot)
        if circle in self._hanging:
            return False
        before, usage.paths = usage.paths, Paths()
        self._hanging.add(circle)
        try:
            return condition.hangs(lambda name: resolve(name, spot))
        finally:
            usage.paths = before
            self._hanging.discard(circle)

"""The answers as templates, conditions and checks see them: parsed, read-only, for one audience.

Everything is worked out on demand: an answer is parsed when it is first looked up, its condition
is asked then, and an idle answer is not seen at all (DESIGN 8.3). The view of an audience raises
on a path that audience may not see, and drops list items that are not disclosed (DESIGN 8.15).
"""

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from nkdocs._jinja import Condition, Missing, UnknownNameError, View
from nkdocs.answers.load import CaseFile
from nkdocs.errors import TemplateError
from nkdocs.interview.engine import Spot
from nkdocs.interview.spec import ITEM, Catalogue, Document, Pattern, Question, path
from nkdocs.kinds.kind import KindError
from nkdocs.kinds.pronouns import PRONOUN_NAMES, pronoun_form
from nkdocs.kinds.registry import parse_answer

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


class Answers:
    """One case's answers for one audience (None: the office itself, which sees everything)."""

    def __init__(
        self,
        case: CaseFile,
        catalogue: Catalogue,
        audience: str | None = None,
        *documents: Document,
    ) -> None:
        """Look at *case* through the questions of *catalogue*, for a paper of *documents*."""
        self.case = case
        self.documents = documents
        self.catalogue = catalogue
        self.audience = audience if audience in OUTSIDE else None
        self.usage = Usage()
        self._asking: set[tuple[int, Spot]] = set()
        self._values: dict[Spot, object] = {}
        self._office: Answers | None = None
        self.root = Group(self, (), (), "")

    def names(self) -> dict[str, object]:
        """Return what a template may name at its top: the answers' keys, `client`, `today`."""
        names: dict[str, object] = {}
        for name in sorted(self.catalogue.children(())):
            try:
                names[name] = self.root.lookup(name)
            except ForbiddenPathError as error:
                names[name] = Forbidden(error)
        names |= {"client": self.client, "today": self.value(("meta", "as_of"))}
        self.usage.paths.clear()  # handing a name over is not yet using it
        return names

    @property
    def client(self) -> object:
        """The lead respondent."""
        people = self.root.lookup("respondents")
        if not isinstance(people, Items) or not len(people):
            return Missing("respondents", "Who is the respondent?")
        lead = [p for p in people if p.raw("lead") in {"yes", "true", "y"}]
        return lead[0] if lead else people.item(0)

    def value(self, spot: Spot) -> object:
        """Return the value at *spot* (keys and positions), `Missing` if there is none."""
        here: object = self.root
        for step in spot:
            if not isinstance(here, View):
                return Missing(".".join(map(str, spot)))
            here = here.item(step) if isinstance(step, int) else here.lookup(step)
        return here

    # What the engine asks (nkdocs.interview.engine.Known)

    def has(self, spot: Spot) -> bool:
        """Whether there is an answer (not empty) at *spot*; an empty list is an answer."""
        data = self.data(spot)
        if data == []:  # "none" for a list of items; of choices it names nothing
            question = self.question(spot)
            return question is None or question.kind.name != "many"
        return data is not None and data not in ("", {})

    def items(self, spot: Spot) -> Sequence[str]:
        """Return the ids of the items of the list at *spot*."""
        data = self.data(spot)
        return [item_id(d, n) for n, d in enumerate(data)] if isinstance(data, list) else []

    def done(self, spot: Spot) -> bool:
        """Whether the list at *spot* is said to be complete."""
        marked = self.case.data.get("_done", [])
        return isinstance(marked, list) and self.path(spot) in marked

    def holds(self, condition: Condition, spot: Spot) -> bool:
        """Whether *condition* holds for the answer at *spot*; a circle of them counts as met.

        It is asked of all answers: what a condition reads it does not show to an audience.
        """
        if self.audience is not None:
            return self._all().holds(condition, spot)
        asking = (id(condition), spot)
        if asking in self._asking:
            return True
        self._asking.add(asking)
        try:
            return condition.holds(lambda name: self.resolve(name, spot))
        finally:
            self._asking.discard(asking)

    def _all(self) -> "Answers":
        """Return the answers as the office itself sees them, with this view's note of use."""
        if self._office is None:
            self._office = Answers(self.case, self.catalogue)
            self._office.usage = self.usage
        return self._office

    def offered(self, question: Question, spot: Spot) -> list[str]:
        """Return the keys of the choices of *question* that the case allows at *spot*.

        One that is not allowed today stays where it was answered; a finding tells of it.
        """
        limits = question.limits
        return [
            key
            for key in question.options.choices
            if key not in limits or self.holds(limits[key], spot)
        ]

    # Reading

    def data(self, spot: Spot) -> Any:  # noqa: ANN401 - text, list or mapping of text
        """Return the text, list or mapping at *spot*, None if there is none."""
        here: Any = self.case.data
        for step in spot:
            if isinstance(step, int):
                here = here[step] if isinstance(here, list) and step < len(here) else None
            else:
                here = here.get(step) if isinstance(here, dict) else None
        return here

    def path(self, spot: Spot) -> str:
        """Return *spot* with the ids of list items in place of their positions."""
        names: list[str] = []
        for end, step in enumerate(spot):
            names.append(
                item_id(self.data(spot[: end + 1]), step) if isinstance(step, int) else step
            )
        return ".".join(names)

    def question(self, spot: Spot) -> Question | None:
        """Return the question that asks the answer at *spot*."""
        steps = tuple(ITEM if isinstance(s, int) else s for s in spot)
        return self.catalogue.questions.get(steps)

    def resolve(self, name: str, spot: Spot) -> object:
        """Return what *name* means in a condition at *spot*.

        Inside a list item its own answers stand under their bare names, the items around it
        under the singular of their list (DESIGN 8.16).
        """
        for end in range(len(spot), 0, -1):
            if not isinstance(spot[end - 1], int):
                continue
            item = self.value(spot[:end])
            if isinstance(item, Item):
                if name in item.children() or name in {"id", "index"}:
                    return item.lookup(name)
                if name == item.singular:
                    return item
        if name == "client":
            return self.client
        if name == "today":
            return self.value(("meta", "as_of"))
        return self.root.lookup(name)

    def counts(self, question: Question, spot: Spot) -> bool:
        """Whether the answer to *question* at *spot* counts: no condition of it fails."""
        section = self.catalogue.sections[question.section]
        return all(self.holds(c, spot) for c in (section.when, question.when) if c is not None)

    def check_audience(self, question: Question) -> None:
        """Raise if this view's audience may not see the answer to *question*."""
        if self.audience is not None and self.audience not in question.audience:
            may = ", ".join(sorted(question.audience))
            msg = (
                f"a document for {self.audience} asks for '{question.path}', "
                f"which only {may} may see"
            )
            raise ForbiddenPathError(msg, hint="Take it out of the template, loops and ifs too.")

    def parsed(self, question: Question, spot: Spot) -> object:
        """Return the value of an answer; `Missing` if it is empty, idle or not written rightly."""
        if spot not in self._values:
            self._values[spot] = self._parsed(question, spot)
        return self._values[spot]

    def _parsed(self, question: Question, spot: Spot) -> object:
        data = self.data(spot)
        owed = functools.partial(self.owed, question, spot)
        gap = Missing(self.path(spot), question.prompt.en, owed)
        if data is None or data in ("", {}) or not self.counts(question, spot):
            return gap
        try:
            return parse_answer(question.kind, data, question.options)
        except KindError:
            return gap

    def owed(self, question: Question, spot: Spot) -> bool:
        """Whether an answer at *spot* is required and not given."""
        need = self.catalogue.required(question, self.documents)
        required = need if isinstance(need, bool) else self.holds(need, spot)
        return required and self.data(spot) in (None, "", {}) and self.counts(question, spot)


class Group(View):
    """Answers under one key."""

    __slots__ = ("answers", "name", "spot", "steps")

    def __init__(self, answers: Answers, steps: Pattern, spot: Spot, name: str) -> None:
        """Stand at *spot*, whose questions stand under *steps*."""
        self.answers, self.steps, self.spot, self.name = answers, steps, spot, name

    def children(self) -> frozenset[str]:
        """Return the names that stand here."""
        return self.answers.catalogue.children(self.steps)

    def lookup(self, name: str) -> object:
        """Return an answer, a group of answers or a list of items."""
        answers, steps, spot = self.answers, (*self.steps, name), (*self.spot, name)
        question = answers.catalogue.questions.get(steps)
        if question is None:
            if name not in self.children():
                raise UnknownNameError(name, path(self.steps), sorted(self.children()))
            return Group(answers, steps, spot, name)
        answers.check_audience(question)
        answers.usage.paths[answers.path(spot)] = steps
        if question.is_list:
            return Items(answers, question, spot)
        return answers.parsed(question, spot)

    def __bool__(self) -> bool:
        """Be true when anything is answered here."""
        return any(self._tells(name) for name in self.children())

    def _tells(self, name: str) -> bool:
        """Whether this audience may see that *name* is answered; idle answers are not seen."""
        try:
            found = self.lookup(name)
        except ForbiddenPathError:
            return False
        return bool(found) if isinstance(found, (Group, Items)) else not isinstance(found, Missing)

    def __str__(self) -> str:
        """Refuse to be printed: a group is no text."""
        msg = f"'{path(self.steps)}' is a group of answers; print one of them"
        raise TemplateError(msg)


class Item(Group):
    """One item of a list, with answers of its own, an `id`, and for people their pronouns."""

    __slots__ = ("index", "singular")

    def __init__(self, answers: Answers, question: Question, spot: Spot, index: int) -> None:
        """Stand at *spot*, item *index* (from 1, of those that are seen) of a list."""
        super().__init__(answers, (*question.steps, ITEM), spot, question.singular)
        self.index = index
        self.singular = question.singular

    @property
    def id(self) -> str:
        """The item's id, given once and never renumbered."""
        last = self.spot[-1]
        return item_id(self.answers.data(self.spot), last if isinstance(last, int) else 0)

    def raw(self, name: str) -> str:
        """Return the text of an answer as it is written, empty if there is none."""
        data = self.answers.data((*self.spot, name))
        return data.strip().lower() if isinstance(data, str) else ""

    def lookup(self, name: str) -> object:
        """Return an answer of the item, its id or index, or a pronoun form of a person."""
        if name == "id":
            return self.id
        if name == "index":
            return self.index
        if name in PRONOUN_NAMES and name not in self.children() and "pronoun" in self.children():
            return pronoun_form(name, self.raw("pronoun"), super().lookup("name"))
        return super().lookup(name)


class Items(View):
    """The items of a list that this audience may see."""

    __slots__ = ("_seen", "answers", "question", "spot")
    template_names = frozenset({"first", "last", "none"})

    def __init__(self, answers: Answers, question: Question, spot: Spot) -> None:
        """Show the list that *question* asks, at *spot*."""
        self.answers, self.question, self.spot = answers, question, spot
        self._seen = list(self._visible())

    def _visible(self) -> Iterator[Item]:
        answers, question = self.answers, self.question
        if not answers.counts(question, self.spot):
            return
        seen = 0
        for number in range(len(answers.items(self.spot))):
            spot = (*self.spot, number)
            rule = question.disclose_when if answers.audience else None
            if rule is None or answers.holds(rule, spot):
                seen += 1  # the numbers of what is seen do not tell that something is left out
                yield Item(answers, question, spot, seen)

    def __iter__(self) -> Iterator[Item]:
        """Yield the items; which there are is used from then on, too."""
        self.answers.usage.paths[self.answers.path(self.spot)] = self.question.steps
        return iter(self._seen)

    def __len__(self) -> int:
        """Count the items."""
        return len(self._seen)

    def __bool__(self) -> bool:
        """Be true when there are items."""
        return bool(self._seen)

    def gap(self) -> Missing:
        """Return what stands for the list where it is empty."""
        return Missing(self.answers.path(self.spot), self.question.prompt.en)

    def item(self, index: int) -> object:
        """Return an item by position, from 0."""
        if -len(self._seen) <= index < len(self._seen):
            return self._seen[index]
        return Missing(f"{self.answers.path(self.spot)}.{index + 1}", self.question.prompt.en)

    def lookup(self, name: str) -> object:
        """Return the `first` or `last` item; whether the answer is `none`, or is still `owed`."""
        if name in {"first", "last"}:
            return self.item(0 if name == "first" else -1)
        if name == "owed":
            return self.answers.owed(self.question, self.spot)
        if name == "none":
            counts = self.answers.counts(self.question, self.spot)
            return counts and self.answers.data(self.spot) == []
        return super().lookup(name)

    def __str__(self) -> str:
        """Refuse to be printed: loop over the items instead."""
        msg = f"'{self.question.path}' is a list; print its items in a loop"
        raise TemplateError(msg)


def item_id(data: object, position: int) -> str:
    """Return the id of a list's item, or its number from 1 while it has none."""
    name = data.get("id") if isinstance(data, Mapping) else None
    return name if isinstance(name, str) and name else str(position + 1)

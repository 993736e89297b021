"""The answers as templates, conditions and checks see them: parsed, read-only, for one audience.

Everything is worked out on demand: an answer is parsed when it is first looked up, its condition
is asked then, and an idle answer is not seen at all (DESIGN 8.3). The view of an audience raises
on a path that audience may not see, and drops list items that are not disclosed (DESIGN 8.15).
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias
from weakref import WeakSet

from nkdocs._conditions import Condition
from nkdocs._jinja import Missing, UnknownNameError, View
from nkdocs.answers.load import CaseFile
from nkdocs.answers.sight import (
    OUTSIDE,
    Conditions,
    Forbidden,
    ForbiddenPathError,
    Paths,
    Usage,
    check_audience,
)  # fmt: skip
from nkdocs.answers.written import Written
from nkdocs.errors import TemplateError
from nkdocs.interview.engine import Spot, item_id
from nkdocs.interview.spec import ITEM, Branch, Catalogue, Document, Pattern, Question, path
from nkdocs.kinds.kind import KindError, listed
from nkdocs.kinds.pronouns import PRONOUN_NAMES, pronoun_form
from nkdocs.kinds.registry import known_answer

_PERSON = frozenset({"name", "pronoun"})  # what stands in the answers of one
#: A value with what is used of the answers with it: one path and its steps, or several paths.
_Seen: TypeAlias = tuple[object, str, Any]
_UNREAD = object()  # no answer, as None might be one


class Answers(Written):
    """One case's answers for one audience (None: the office itself, which sees everything)."""

    def __init__(
        self, case: CaseFile, catalogue: Catalogue,
        audience: str | None = None, *documents: Document,
    ) -> None:  # fmt: skip
        """Look at *case* through the questions of *catalogue*, for a paper of *documents*."""
        super().__init__(case, catalogue)
        self.documents = documents
        self.audience = audience if audience in OUTSIDE else None
        self.usage = Usage()
        self.conditions = Conditions()
        self.parsed: dict[Spot, object] = {}  # the values of what was read so far, idle or not
        self._office: Answers | None = None
        self._views: WeakSet[Answers] | None = None
        self.memo: dict[str, Any] = {}  # what others work out of these answers, by its name
        self._root: Group | None = None

    @property
    def root(self) -> "Group":
        """All answers, by the names at their top."""
        if self._root is None:
            self._root = Group(self, self.catalogue.tree, (), "", self.case.data)
        return self._root

    def seen_by(self, audience: str | None, *documents: Document) -> "Answers":
        """Return what *audience* may see: nothing is read again, each view notes its own use."""
        view = Answers(self.case, self.catalogue, audience, *documents)
        view.parsed = self.parsed
        view._office = None if self.audience or self.documents else self
        self._views = WeakSet() if self._views is None else self._views
        self._views.add(view)
        return view

    def forget(self) -> None:
        """Let go of all that was read, here and in the views that were made of it.

        Answers and their groups hold each other: what is forgotten is freed at once, where Python
        would look for it later, a fifth of the time of a letter. What is asked next is read anew.
        """
        for view in self._views or ():
            view.forget()
        self.parsed, self._office, self._root, self.memo = {}, None, None, {}
        self.conditions = Conditions()

    def names(self, used: Container[str] | None = None) -> dict[str, object]:
        """Return what a template may name at its top: keys (those *used*), `client`, `today`."""
        names: dict[str, object] = {}
        for name in (n for n in self.catalogue.children(()) if used is None or n in used):
            try:
                names[name] = self.root.lookup(name)
            except ForbiddenPathError as error:
                names[name] = Forbidden(error.with_traceback(None))  # it holds its callers
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
            here = here.lookup(step) if type(step) is str else here.item(step)  # type: ignore[arg-type] # a position
        return here

    def holds(self, condition: Condition, spot: Spot) -> bool:
        """Whether *condition* holds for the answer at *spot*; a circle of them counts as met.

        It is asked of all answers: what a condition reads it does not show to an audience. What
        it read is used wherever it is asked.
        """
        office = self._of_all()
        found, used = office.conditions.ask(condition, spot, office.resolve, office.usage)
        self.usage.paths.update(used)
        return found

    def _of_all(self) -> "Answers":
        self._office = None if self.audience is None else self._office or self.seen_by(None)
        return self._office or self

    def hangs(self, condition: Condition, spot: Spot) -> bool:
        """Whether *condition*, which does not hold at *spot*, hangs on an answer that is open."""
        of_all = self._of_all()
        return of_all.conditions.hang(condition, spot, of_all.resolve, of_all.usage)

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
        """Whether the answer to *question* at *spot* counts: see `met`."""
        return self.met(self.catalogue.conditions(question), spot)

    def met(self, whens: Sequence[Condition], spot: Spot) -> bool:
        """Whether an answer at *spot* counts: each of *whens* holds, or hangs on an open answer."""
        for when in whens:  # not all(): asked of every answer, in a third of its time
            if not self.holds(when, spot) and not (self.has(spot) and self.hangs(when, spot)):
                return False
        return True

    def read(self, question: Question, spot: Spot, data: Any, at: str = "") -> object:  # noqa: ANN401
        """Return what *data* says, `Missing` if it is empty, idle or wrong; *at* is its path."""
        return self.told(question, self.catalogue.conditions(question), spot, data, at)

    def told(
        self, question: Question, whens: Sequence[Condition], spot: Spot, data: Any, at: str = ""  # noqa: ANN401
    ) -> object:  # fmt: skip
        """Return what `read` does, where it is known *whens* an answer to *question* counts."""
        if (data or data == []) and (not whens or self.met(whens, spot)):
            try:
                return self.understood(question, spot, data)
            except KindError:  # a fault of its own tells of it
                return Missing(at or self.path(spot), question.prompt.en, wrong=True)
        owed = partial(self.owed, question, spot)
        return Missing(at or self.path(spot), question.prompt.en, owed)

    def understood(self, question: Question, spot: Spot, data: Any) -> object:  # noqa: ANN401
        """Return the value of what is written at *spot*, whether it counts or not.

        Raises:
            KindError: it is not written as its kind.
        """
        found = self.parsed.get(spot, _UNREAD)
        if found is _UNREAD:
            found = self.parsed[spot] = known_answer(question.kind, data, question.options)
        return found

    def owed(self, question: Question, spot: Spot) -> bool:
        """Whether an answer at *spot* is required and not given."""
        need = self.catalogue.required(question, self.documents)
        required = need if isinstance(need, bool) else self.holds(need, spot)
        return required and self.data(spot) in (None, "", {}) and self.counts(question, spot)


class Group(View):
    """Answers under one key."""

    __slots__ = ("_data", "_seen", "answers", "at", "branch", "spot")

    def __init__(self, answers: Answers, branch: Branch, spot: Spot, at: str, data: object) -> None:
        """Stand at *spot*, whose path is *at*, over *data* that questions below *branch* ask."""
        self.answers, self.branch, self.spot, self.at = answers, branch, spot, at
        self._data: Mapping[str, Any] = data if isinstance(data, dict) else {}
        self._seen: dict[str, _Seen] = {}

    @property
    def steps(self) -> Pattern:
        """The path of the questions that are asked here."""
        return self.branch.steps

    def raw(self, name: str) -> str:
        """Return the text of an answer as it is written, empty if there is none."""
        data = self._data.get(name)
        return data.strip().lower() if isinstance(data, str) else ""

    def children(self) -> frozenset[str]:
        """Return the names that stand here."""
        return self.branch.names

    def lookup(self, name: str) -> object:
        """Return an answer, a group of answers or a list of items; of a person a pronoun's form."""
        told, at, used = self._seen.get(name) or self._look(name)
        if at:
            self.answers.usage.paths[at] = used
        elif used:
            self.answers.usage.paths.update(used)
        return told

    def _look(self, name: str) -> _Seen:
        """Return what *name* is, and what is used with it.

        A list that is looked at while a condition is being asked is not kept: it may change.
        """
        branch = self.branch.below.get(name)
        if branch is None:
            return self._form(name)
        answers, question, spot = self.answers, branch.question, (*self.spot, name)
        at = f"{self.at}.{name}" if self.at else name
        data = self._data.get(name)
        if question is None:
            seen: _Seen = Group(answers, branch, spot, at, data), "", ()
            self._seen[name] = seen
            return seen
        check_audience(question, answers.audience)
        if not branch.is_list and not branch.whens:  # it reads nothing else
            seen = self._seen[name] = answers.told(question, (), spot, data, at), at, branch.steps
            return seen
        usage, used = answers.usage.paths, {at: branch.steps}
        answers.usage.paths = used
        try:
            told: object = (
                Items(answers, branch, question, spot, at)
                if branch.is_list
                else answers.told(question, branch.whens, spot, data, at)
            )
        finally:
            answers.usage.paths = usage
        seen = told, "", used
        if not branch.is_list or not answers.conditions.asking:
            self._seen[name] = seen
        return seen

    def _form(self, name: str) -> _Seen:
        """Return a form of a person's pronoun, as `they`; whoever uses it uses the name."""
        if name not in PRONOUN_NAMES or not self.children() >= _PERSON:
            raise UnknownNameError(name, path(self.steps), sorted(self.children()))
        person = self.lookup("name")
        _, at, used = self._seen["name"]
        seen = self._seen[name] = pronoun_form(name, self.raw("pronoun"), person), at, used
        return seen

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
        """Write the name, of what has one; any other group is no text and is refused."""
        if "name" in self.children():
            return str(self.lookup("name"))
        msg = f"'{path(self.steps)}' is a group of answers; print one of them"
        raise TemplateError(msg)


class Item(Group):
    """One item of a list, with answers of its own, an `id`, and for people their pronouns."""

    __slots__ = ("id", "index", "singular")

    def __init__(self, listed: "Items", spot: Spot, index: int) -> None:
        """Stand at *spot*, item *index* (from 1, of those seen) of the list *listed*."""
        data, last = listed.answers.data(spot), spot[-1]
        self.id = item_id(data, last if isinstance(last, int) else 0)
        super().__init__(listed.answers, listed.branch, spot, f"{listed.at}.{self.id}", data)
        self.index = index
        self.singular = listed.question.singular
        self._seen = {"id": (self.id, "", ()), "index": (index, "", ())}

    @property
    def steps(self) -> Pattern:
        """The path of the questions that are asked of each item."""
        return (*self.branch.steps, ITEM)


class Items(View):
    """The items of a list that this audience may see."""

    __slots__ = ("_found", "_used", "answers", "at", "branch", "question", "spot")
    template_names = frozenset({"first", "last", "none"})

    def __init__(
        self, answers: Answers, branch: Branch, question: Question, spot: Spot, at: str
    ) -> None:
        """Show the list that *question* asks at *branch*; it is at *spot*, whose path is *at*."""
        self.answers, self.branch, self.question = answers, branch, question
        self.spot, self.at = spot, at
        self._used: Paths = {}
        asking = answers.conditions.asking
        self._found: list[Item] | None = list(self._visible()) if asking else None

    @property
    def _seen(self) -> list[Item]:
        """The items, looked for when they are first wanted."""
        usage, before = self.answers.usage, self.answers.usage.paths
        if self._found is None:
            usage.paths = self._used
            try:
                self._found = list(self._visible())
            finally:
                usage.paths = before
        before.update(self._used)
        return self._found

    def _visible(self) -> Iterator[Item]:
        answers, question = self.answers, self.question
        if not answers.met(self.branch.whens, self.spot):
            return
        seen = 0
        for number in range(len(answers.items(self.spot))):
            spot = (*self.spot, number)
            rule = question.disclose_when if answers.audience else None
            if rule is None or answers.holds(rule, spot):
                seen += 1  # the numbers of what is seen do not tell that something is left out
                yield Item(self, spot, seen)

    def __iter__(self) -> Iterator[Item]:
        """Yield the items; which there are is used from then on, too."""
        self.answers.usage.paths[self.at] = self.question.steps
        return iter(self._seen)

    def __len__(self) -> int:
        """Count the items."""
        return len(self._seen)

    def __bool__(self) -> bool:
        """Be true when there are items."""
        return bool(self._seen)

    def item(self, index: int) -> object:
        """Return an item by position, from 0."""
        if -len(self._seen) <= index < len(self._seen):
            return self._seen[index]
        return Missing(f"{self.at}.{index + 1}", self.question.prompt.en)

    def lookup(self, name: str) -> object:
        """Return the `first` or `last` item; whether the answer is `none`, or is still `owed`."""
        if name in {"first", "last"}:
            return self.item(0 if name == "first" else -1)
        if name == "owed":
            return self.answers.owed(self.question, self.spot)
        if name == "none":
            counts = self.answers.met(self.branch.whens, self.spot)
            return counts and self.answers.data(self.spot) == []
        if name in self.branch.names:
            msg = f"'{self.question.path}.{name}' is asked of each item; print it in a loop"
            raise TemplateError(msg, hint="Write {% for one in many %}{{ one." + name + " }} …")
        return super().lookup(name)

    def __str__(self) -> str:
        """Write the names of what has names, a blank of nothing; any other list is refused."""
        if not self:
            return str(Missing(self.at, self.question.prompt.en))
        if "name" in self.branch.names:
            return listed([str(item) for item in self])
        msg = f"'{self.question.path}' is a list; print its items in a loop"
        raise TemplateError(msg)

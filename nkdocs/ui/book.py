"""The case while it is being told: what is open, and each answer saved the moment it is given.

Every change takes the case's lock, reads the file anew, finds its place by the ids of list items
and writes the file whole: an editor that is open beside the interview loses nothing.
"""

import difflib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from nkdocs.answers import save
from nkdocs.answers.load import CaseFile
from nkdocs.answers.view import Answers
from nkdocs.case import Case
from nkdocs.diagnostics import stop
from nkdocs.errors import AnswersError
from nkdocs.interview.engine import Plan, Spot, Standing, Step, needed, plan
from nkdocs.interview.spec import ITEM, Catalogue, Document
from nkdocs.kinds.kind import Data, KindError
from nkdocs.kinds.registry import parse_answer, written_answer

_PLAIN_HINTS = {"text", "choice", "name", "person"}  # their words name an item by themselves
_NUMBERED_HINTS = {"when", "date", "datetime", "country", "number"}


class _Sound(Answers):
    """Answers of which only those count that are written rightly: the others are asked again."""

    def has(self, spot: Spot) -> bool:
        """Whether there is an answer at *spot* that can be read."""
        if not super().has(spot):
            return False
        question = self.question(spot)
        if question is None or question.is_list:
            return True
        try:
            parse_answer(question.kind, self.data(spot), question.options)
        except KindError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Draft:
    """A list item that is being asked for and has no answer yet: it is in no file."""

    list: Spot
    id: str

    def holds(self, spot: Spot, items: Sequence[str]) -> bool:
        """Whether *spot* is in this item, the last of *items*."""
        return spot[: len(self.list) + 1] == (*self.list, len(items) - 1)


class Book:
    """One case, its questions, and the documents they are asked for."""

    def __init__(
        self,
        case: Case,
        catalogue: Catalogue,
        documents: Sequence[Document],
        *,
        client_view: bool = False,
    ) -> None:
        """Open *case*; *client_view* leaves out every question the client may not see.

        Without *documents* it asks for those the case needs, which answers may change.

        Raises:
            AnswersError: the file cannot be read.
        """
        self.case, self.catalogue, self.named = case, catalogue, tuple(documents)
        self.client_view = client_view
        self.saved = 0
        self.draft: Draft | None = None
        self.file, self.answers, self.plan = self._opened(self._read())

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents it asks for: those named, else those the case needs."""
        return self.named or needed(self.catalogue, self.answers)

    def _read(self) -> CaseFile:
        file = self.case.load()
        stop(file.faults)
        return file

    def _opened(self, file: CaseFile) -> tuple[CaseFile, Answers, Plan]:
        answers = _Sound(file, self.catalogue)
        documents = self.named or needed(self.catalogue, answers)
        made = plan(self.catalogue, documents, answers)
        if self.client_view:
            seen = tuple(s for s in made.steps if "client" in s.question.audience)
            made = Plan(seen, made.sections)
        return file, answers, made

    def _write(self, change: Callable[[CaseFile], str]) -> None:
        """Save what *change* makes of the file as it is now."""
        with self.case.locked():
            file = self._read()
            text = change(file)
            if text != file.text:
                self.case.save(text)
        self.saved += 1
        self.draft = None
        self.file, self.answers, self.plan = self._opened(self._read())

    def step(self, path: str) -> Step | None:
        """Return the step at *path*."""
        return next((s for s in self.plan.steps if s.path == path), None)

    def present(self, step: Step) -> "Data | None":
        """Return the answer to *step* as it is stored, None without one."""
        data: Data | None = self.answers.data(step.spot)
        return data if Answers.has(self.answers, step.spot) else None

    # Changes

    def answer(self, step: Step, data: Data) -> Step:
        """Save *data* as the answer to *step*; return the step as it is called now."""
        draft = self.around(step)
        if draft is None:
            self._write(lambda f: save.with_answer(f, save.spot_of(f.data, step.path), data))
            return self.step(step.path) or step
        hint = _hint(step, data, self._singular(draft.list))
        return self._keep(draft, step, hint, save.nested(step.spot[len(draft.list) + 1 :], data))

    def checked(self, path: str, text: str) -> Data:
        """Return *text* as the answer at *path* is stored; a list takes only "none".

        Raises:
            AnswersError: there is no such answer, or the text is not written as its kind.
        """
        spot = save.spot_of(self.file.data, path)
        question = self.answers.question(spot)
        if question is None:
            raise _unknown(self.catalogue, spot, path)
        if question.is_list:
            if text.strip() in {"none", "[]"} and not self.answers.items(spot):
                return []
            msg = f"{path} is a list; --set gives answers of its items, or none to an empty one"
            raise AnswersError(msg, hint="nkdocs interview adds items and takes them out.")
        try:
            value = parse_answer(question.kind, text, question.options)
        except KindError as error:
            msg = f"{path}: {error.message}"
            raise AnswersError(msg, hint="Nothing was changed.") from None
        return written_answer(question.kind, value)

    def put(self, path: str, data: Data) -> None:
        """Save a checked answer at *path*."""
        self._write(lambda f: save.with_answer(f, save.spot_of(f.data, path), data))

    def clear(self, step: Step) -> None:
        """Take the answer to *step* out of the file."""
        self._write(lambda f: save.without_answer(f, save.spot_of(f.data, step.path)))

    def none(self, step: Step) -> None:
        """Save that the list at *step* has no items."""
        self._write(lambda f: save.with_answer(f, save.spot_of(f.data, step.path), []))

    def done(self, step: Step) -> None:
        """Save that the list at *step* is complete."""
        self._write(lambda f: save.with_done(f, step.path))

    def note(self, step: Step, text: str) -> Step:
        """Save a note about the answer to *step*; return the step as it is called now."""
        step = self._settled(step)
        self._write(lambda f: save.with_note(f, step.path, text))
        return self.step(step.path) or step

    def delete(self, step: Step, number: int) -> None:
        """Take item *number* (from 0) of the list at *step* out of the file."""
        path = self.answers.path((*step.spot, number))
        self._write(lambda f: save.without_item(f, save.spot_of(f.data, path)))

    # Items that are being added

    def add(self, step: Step) -> Spot:
        """Begin a new item of the list at *step*, in no file yet; return where it stands."""
        step = self._settled(step)
        self.drop()
        ids = self.answers.items(step.spot)
        self._begin(Draft(step.spot, save.new_id(ids, "", step.question.singular or "item")))
        return (*step.spot, len(ids))

    def drop(self) -> None:
        """Forget the item that is being added and has no answer."""
        if self.draft is not None:
            self.draft = None
            self.file, self.answers, self.plan = self._opened(self._read())

    def _begin(self, draft: Draft) -> None:
        file = self.file.reread(save.with_item(self.file, draft.list, draft.id, {}))
        self.draft = draft
        self.file, self.answers, self.plan = self._opened(file)

    def around(self, step: Step) -> Draft | None:
        """Return the item being added, if *step* is in it."""
        draft = self.draft
        held = draft is not None and draft.holds(step.spot, self.answers.items(draft.list))
        return draft if held else None

    def _settled(self, step: Step) -> Step:
        """Return *step* when the item it is in, if it was being added, is in the file."""
        draft = self.around(step)
        return step if draft is None else self._keep(draft, step, "", {})

    def _keep(self, draft: Draft, step: Step, hint: str, answers: dict[str, Data]) -> Step:
        """Save the item being added with its first *answers*; return *step* with its new id."""
        ids = list(self.answers.items(draft.list))[:-1]
        name = save.new_id(ids, hint, self._singular(draft.list))
        path = self.answers.path(draft.list)
        rest = step.path.removeprefix(f"{path}.{draft.id}")
        self._write(lambda f: save.with_item(f, save.spot_of(f.data, path), name, answers))
        return self.step(f"{path}.{name}{rest}") or step

    def _singular(self, spot: Spot) -> str:
        steps = tuple(ITEM if isinstance(s, int) else s for s in spot)
        question = self.catalogue.questions.get(steps)
        return (question.singular if question else "") or "item"

    # What is shown

    def label(self, spot: Spot, language: str = "en") -> str:
        """Return what tells an item of a list from the others: two short answers, or a story."""
        told, stories = [], []
        for step in self.plan.steps:
            if step.spot[: len(spot)] != spot or not step.answered or step.question.is_list:
                continue
            value = self.answers.parsed(step.question, step.spot)
            if step.question.kind.name == "story" and value:
                stories.append(" ".join(str(value).split()))
            elif value and not _says_little(step, value):
                key = str(getattr(value, "key", ""))
                called = step.question.options.called(key, language) if key else ""
                told.append(called or str(value))
        shown = ", ".join((told + stories)[:2])[:70]
        return shown or self.answers.path(spot).rpartition(".")[2]

    def idle(self) -> list[Step]:
        """Return the steps whose answers are there and do not count now."""
        return [
            s
            for s in self.plan.steps
            if s.standing is Standing.IDLE and self.present(s) is not None
        ]


def _says_little(step: Step, value: object) -> bool:
    """Whether an answer tells nothing of its item: yes, no, unknown, several at once."""
    bare = getattr(value, "key", "") in {"yes", "no", "unknown"}
    return bare or step.question.kind.name in {"yesno", "many"}


def _unknown(catalogue: Catalogue, spot: Spot, path: str) -> AnswersError:
    """Return the error for a *path* that no question asks."""
    steps = tuple(ITEM if isinstance(s, int) else s for s in spot)
    for end in range(1, len(steps)):
        question = catalogue.questions.get(steps[:end])
        if question is not None and question.is_list and steps[end] != ITEM:
            msg = f"{question.path} has no items yet"
            return AnswersError(msg, hint="nkdocs interview adds the first one.")
    known = sorted(catalogue.children(steps[:-1]))
    near = difflib.get_close_matches(steps[-1], known, 1)
    guess = f"; did you mean '{near[0]}'?" if near else ""
    return AnswersError(
        f"{path} is not an answer nkdocs knows{guess}", hint="Next: nkdocs template show DOCUMENT"
    )


def _hint(step: Step, data: Data, singular: str) -> str:
    """Return the words that the id of an item is made of, whose first answer is *data*."""
    if step.question.kind.name == "yesno":
        return str(step.spot[-1]) if data == "yes" else ""
    if not isinstance(data, str):
        legal = data.get("legal", "") if isinstance(data, dict) else ""
        return legal if isinstance(legal, str) else ""
    if step.question.kind.name in _NUMBERED_HINTS:
        return f"{singular} {data}"
    return data if step.question.kind.name in _PLAIN_HINTS else ""

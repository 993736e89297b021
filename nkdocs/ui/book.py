"""The case while it is being told: what is open, and each answer saved the moment it is given.

Every change takes the case's lock, reads the file anew, finds its place by the ids of list items
and writes the file whole: an editor that is open beside the interview loses nothing.
"""

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from nkdocs.answers import save
from nkdocs.answers.load import CaseFile
from nkdocs.answers.view import Answers
from nkdocs.case import Case
from nkdocs.diagnostics import stop
from nkdocs.interview.engine import Plan, Spot, Standing, Step, at, needed, pattern, plan
from nkdocs.interview.spec import Catalogue, Document, Pattern, Question
from nkdocs.kinds.kind import Data, KindError
from nkdocs.kinds.registry import parse_answer
from nkdocs.ui.columns import cut
from nkdocs.ui.entries import Entries, is_entry

_PLAIN_HINTS = {"text", "choice", "name", "person"}  # their words name an item by themselves
_LABEL = 70  # columns of what tells an item from the others
_NUMBERED_HINTS = {"when", "date", "datetime", "country", "number"}


_Told = tuple[Pattern, str]  # a question and an answer to it, as it is written


class _Sound(Answers):
    """Answers of which only those count that are written rightly: the others are asked again."""

    def __init__(self, case: CaseFile, catalogue: Catalogue, known: dict[_Told, bool]) -> None:
        """Look at *case*; what is *known* to be sound is not read again with every question."""
        super().__init__(case, catalogue)
        self._known = known

    def has(self, spot: Spot) -> bool:
        """Whether there is an answer at *spot* that can be read."""
        data = self.data(spot)
        if data is None or data in ("", {}):  # most of what is asked about
            return False
        question = self.question(spot)
        if data == [] or question is None or question.is_list:
            return super().has(spot)
        told = (question.steps, data) if isinstance(data, str) else None
        if told is None:
            return _is_sound(question, data)
        if told not in self._known:
            self._known[told] = _is_sound(question, data)
        return self._known[told]


def _is_sound(question: Question, data: Data) -> bool:
    try:
        parse_answer(question.kind, data, question.options)
    except KindError:
        return False
    return True


class Draft(Struct, frozen=True):
    """A list item that is being asked for and has no answer yet: it is in no file."""

    list: Spot
    id: str

    def holds(self, spot: Spot, items: Sequence[str]) -> bool:
        """Whether *spot* is in this item, the last of *items*."""
        return spot[: len(self.list) + 1] == (*self.list, len(items) - 1)


class Removed(Struct, frozen=True):
    """A list item that was taken out, as long as the interview lasts.

    Attributes:
        before: the file's text before, put back as it was if nothing else changed since.
        after: the file's text after.
    """

    list: str
    number: int
    label: str
    data: Mapping[str, Data]
    before: str
    after: str


class Book:
    """One case, its questions, and the documents they are asked for."""

    def __init__(
        self,
        case: Case,
        catalogue: Catalogue,
        documents: Sequence[Document],
        *,
        client_view: bool = False,
        source: str = "",
        entries: Entries | None = None,
    ) -> None:
        """Open *case*; *client_view* leaves out every question the client may not see.

        *entries* offers what exhibits and filings may name, where *catalogue* asks about them.

        Answers are noted to come from *source*, if one is given, until the client confirms them.

        Without *documents* it asks for those the case needs, which answers may change.

        Raises:
            AnswersError: the file cannot be read.
        """
        self.case, self.catalogue, self.named = case, catalogue, tuple(documents)
        self.client_view, self.source, self.entries = client_view, source, entries
        self.saved = 0
        self.draft: Draft | None = None
        self._removed: list[Removed] = []
        self._sound: dict[_Told, bool] = {}
        self._saved_file = self._stopped(case.load())
        self.file, self.answers, self.plan = self._opened(self._saved_file)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents it asks for: those named, else those the case needs."""
        return self.named or needed(self.catalogue, self.answers)

    def _read(self) -> CaseFile:
        """Return the file as it stands on the disk."""
        self._saved_file = self._stopped(self.case.reload(self._saved_file))
        return self._saved_file

    @staticmethod
    def _stopped(file: CaseFile) -> CaseFile:
        stop(file.faults)
        return file

    def _opened(self, file: CaseFile) -> tuple[CaseFile, Answers, Plan]:
        answers = _Sound(file, self.catalogue, self._sound)
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
                known = self._stopped(file.reread(text))  # what cannot be read is never written
                self.case.save(text)
                self._saved_file = known
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
            self.put(step.path, data)
            return self.step(step.path) or step
        hint = _hint(step, data, self._singular(draft.list))
        more: dict[str, Data] = {}
        if self.entries and is_entry(step.question.steps):
            hint = self.entries.hint(step.question.steps, data)
            more = self.entries.beside(step.question.steps, data)
        told = save.nested(step.spot[len(draft.list) + 1 :], data)
        return self._keep(draft, step, hint, {**told, **more})

    def put(self, path: str, data: Data) -> None:
        """Save a checked answer at *path*."""
        self._write(
            lambda f: self._sourced(f, save.with_answer(f, save.spot_of(f.data, path), data), path)
        )

    def _sourced(self, file: CaseFile, text: str, path: str) -> str:
        """Return *text*, what *file* becomes, with the source of the answer at *path* noted."""
        told = file.data.get("_about")
        if not self.source and not (isinstance(told, dict) and path in told):
            return text
        return save.with_source(file.reread(text), path, self.source)

    def unconfirmed(self) -> list[Step]:
        """Return the steps whose answers came from notes and wait for the client."""
        waiting = set(save.unconfirmed(self.file.data))
        return [s for s in self.plan.steps if s.answered and s.path in waiting]

    def confirm(self, step: Step, on: str) -> None:
        """Save that the client confirmed the answer to *step*."""
        self._write(lambda f: save.with_confirmation(f, step.path, on))

    def take_out(self, path: str) -> None:
        """Take the answer, or the list's item, at *path* out of the file."""

        def change(file: CaseFile) -> str:
            spot = save.spot_of(file.data, path)
            item = isinstance(spot[-1], int)
            return (save.without_item if item else save.without_answer)(file, spot)

        self._write(change)

    def clear(self, step: Step) -> None:
        """Take the answer to *step* out of the file."""
        self.take_out(step.path)

    def none(self, step: Step) -> None:
        """Save that the list at *step* has no items."""
        self.answer(step, [])

    def mark_done(self, path: str) -> None:
        """Save that the list at *path* is complete."""
        self._write(lambda f: save.with_done(f, path))

    def done(self, step: Step) -> None:
        """Save that the list at *step* is complete."""
        self.mark_done(step.path)

    def note(self, step: Step, text: str) -> Step:
        """Save a note about the answer to *step*; return the step as it is called now."""
        step = self._settled(step)
        self.note_at(step.path, text)
        return self.step(step.path) or step

    def note_at(self, path: str, text: str) -> None:
        """Save a note about what stands at *path*."""
        self._write(lambda f: save.with_note(f, path, text))

    # Items of lists

    def delete(self, step: Step, number: int) -> None:
        """Take item *number* (from 0) of the list at *step* out of the file; it can be put back."""
        spot = (*step.spot, number)
        label, before, data = self.label(spot), self.file.text, dict(self.answers.data(spot))
        self.take_out(self.answers.path(spot))
        after = self.file.text
        self._removed.append(Removed(step.path, number, label, data, before, after))

    def removed(self, step: Step) -> Removed | None:
        """Return the item of the list at *step* that was taken out last."""
        return next((r for r in reversed(self._removed) if r.list == step.path), None)

    def put_back(self, step: Step) -> None:
        """Put the item taken out last back where it stood."""
        gone = self.removed(step)
        if gone is None:
            return

        def change(file: CaseFile) -> str:
            if file.text == gone.after:
                return gone.before
            spot, rest = save.spot_of(file.data, step.path), dict(gone.data)
            name = str(rest.pop("id", "")) or save.new_id((), "", self._singular(step.spot))
            back = file.reread(save.with_item(file, spot, name, rest))
            last = len(at(back.data, spot)) - 1
            return save.with_moved(back, (*spot, last), min(gone.number, last))

        self._write(change)
        self._removed.remove(gone)

    def move(self, step: Step, number: int, to: int) -> None:
        """Move item *number* of the list at *step* so that it stands at *to* (from 0)."""
        self.shift(self.answers.path((*step.spot, number)), to)

    def shift(self, path: str, to: int) -> None:
        """Move the list's item at *path* so that it stands at *to* (from 0)."""
        self._write(lambda f: save.with_moved(f, save.spot_of(f.data, path), to))

    def count_answers(self, spot: Spot) -> int:
        """Return how many answers stand in the item at *spot*."""
        return sum(s.answered for s in self.plan.steps if s.spot[: len(spot)] == spot)

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
        told = f"{path}.{name}{rest}"

        def change(file: CaseFile) -> str:
            text = save.with_item(file, save.spot_of(file.data, path), name, answers)
            return self._sourced(file, text, told) if answers else text

        self._write(change)
        return self.step(told) or step

    def _singular(self, spot: Spot) -> str:
        question = self.catalogue.questions.get(pattern(spot))
        return (question.singular if question else "") or "item"

    # What is shown

    def label(self, spot: Spot, language: str = "en") -> str:
        """Return what tells an item of a list from the others: two short answers, or a story."""
        told: list[str] = []
        stories: list[str] = []
        for step in self.plan.steps:
            if step.spot[: len(spot)] != spot or not step.answered or step.question.is_list:
                continue
            value = self.answers.read(
                step.question, step.spot, self.answers.data(step.spot)
            )
            if step.question.kind.name == "story" and value:
                stories.append(" ".join(str(value).split()))
            elif value and not _says_little(step, value):
                key = str(getattr(value, "key", ""))
                called = step.question.options.called(key, language) if key else ""
                named = step.question.kind.name == "name"
                told.insert(0 if named else len(told), called or str(value))
        shown = cut(", ".join((told + stories)[:2]), _LABEL)
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

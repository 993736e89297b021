"""One change of the answers, written as PATH=VALUE: for `--set`, and for other front ends.

Beside an answer in the form of its kind a value may be: `-` takes the answer or the item out;
of a list, `none` says that it has no items and `no more` that it is complete. A `+` in the path
stands for a new item: `events.+.when=winter 2006` begins one with this answer. `before ID` and
`last` move an item: `exhibits.id-card=before declaration`.
"""

import difflib
import json
from collections.abc import Mapping

from msgspec import Struct

from nkdocs.answers import save
from nkdocs.errors import AnswersError
from nkdocs.interview.engine import Spot, Standing, Step, at, pattern
from nkdocs.interview.spec import ITEM, Catalogue, Question
from nkdocs.kinds.kind import Data, KindError
from nkdocs.kinds.registry import parse_answer, said_answer, written_answer
from nkdocs.ui.book import Book
from nkdocs.ui.entries import is_entry

NEW, CLEAR = "+", "-"
_NONE, _DONE = {"none", "[]"}, {"no more", "done"}
_STRUCTURED = {"name", "place", "many", "exhibits", "texts", "address"}


class Change(Struct, frozen=True):
    """A change that can be made.

    Attributes:
        data: the answer as it is stored; None takes it out, or says that a list is complete.
        to: where an item is moved, counted from 0 among the others; None moves none.
        said: what was understood.
    """

    path: str
    question: Question
    data: "Data | None"
    said: str = ""
    done: bool = False
    to: int | None = None


def read(book: Book, path: str, text: str) -> Change:
    """Return the change that `path=text` asks for; nothing is changed yet.

    Raises:
        AnswersError: there is no such answer, or the text is not written as its kind.
        UsageError: the path is a key of the program's.
    """
    save.no_key(path)
    question, item = _question(book, path)
    if item:
        return _item(book, path, question, text.strip())
    if question.is_list:
        return _list(book, path, question, text.strip())
    if text.strip() == CLEAR and at(book.file.loaded.data, _spot(book, path)) is not None:
        return Change(path, question, None, "Taken out.")
    try:
        value = parse_answer(question.kind, _typed(question, text), question.options)
    except KindError as error:
        msg = f"{path}: {error.message}"
        raise AnswersError(msg, hint="Nothing was changed.") from None
    data = written_answer(question.kind, value)
    if book.entries and is_entry(question.steps):
        wrong = book.entries.fault(question.steps, data)
        if wrong:
            msg = f"{path}: {wrong}"
            raise AnswersError(msg, hint="Nothing was changed.")
    return Change(path, question, data, said_answer(question.kind, value))


def make(book: Book, change: Change) -> str:
    """Save *change*; return the path of its answer as it is called now.

    Raises:
        AnswersError: it cannot be saved.
    """
    path = change.path
    if NEW in path.split("."):
        return _added(book, change)
    if change.to is not None:
        book.shift(path, change.to)
    elif change.done:
        book.mark_done(path)
    elif change.data is not None:
        book.put(path, change.data)
    else:
        book.take_out(path)
    return path


def known(book: Book, path: str) -> str:
    """Return *path* if an answer or a list's item can stand there.

    Raises:
        AnswersError: there is no such answer.
    """
    _question(book, path)
    return path


def begin(book: Book, path: str) -> Step:
    """Return the first question of a new item of the list at *path*; nothing is saved yet.

    Raises:
        AnswersError: no such list is asked.
    """
    step = book.step(path)
    if step is None or not step.question.is_list:
        msg = f"no list {path} is asked in this case"
        raise AnswersError(msg, hint="nkdocs interview CASE --no-input lists what is asked.")
    spot = book.add(step)
    return next(s for s in book.plan.steps if s.spot[: len(spot)] == spot)


def shown_path(book: Book, step: Step) -> str:
    """Return the path of *step*, with + for an item that is in no file yet."""
    draft = book.around(step)
    if draft is None:
        return step.path
    before = f"{book.answers.path(draft.list)}."
    return f"{before}{NEW}{step.path.removeprefix(before).removeprefix(draft.id)}"


def _added(book: Book, change: Change) -> str:
    before, _, rest = change.path.partition(f".{NEW}.")
    begin(book, before)
    inside = f"{before}.{book.draft.id if book.draft else ''}.{rest}"
    step = book.step(inside)
    begins = step is None or not step.question.on_request or step.standing is not Standing.IDLE
    if step is None or not begins or change.data is None or NEW in rest.split("."):
        book.drop()
        msg = f"a new item of {before} cannot begin with {rest}"
        raise AnswersError(msg, hint="Begin with one of its plain answers.")
    return book.answer(step, change.data).path


def _item(book: Book, path: str, question: Question, text: str) -> Change:
    """Return the change of an item as a whole: taken out, or moved."""
    if text == CLEAR:
        return Change(path, question, None, "Taken out.")
    spot = _spot(book, path)
    ids = list(book.answers.items(spot[:-1]))
    own = ids[int(spot[-1])]
    rest = [name for name in ids if name != own]
    before = text.removeprefix("before ").strip()
    if text == "last":
        return Change(path, question, None, "Moved to the end.", to=len(rest))
    if text.startswith("before ") and before in rest:
        return Change(path, question, None, f"Moved before {before}.", to=rest.index(before))
    msg = f"{path} is an item of a list; name one of its answers, or write - to delete it"
    hint = f"For example: --set {path}.NAME=VALUE; `before ID` and `last` move it."
    raise AnswersError(msg, hint=hint)


def _list(book: Book, path: str, question: Question, text: str) -> Change:
    there = book.answers.items(_spot(book, path))
    if text in _NONE and not there:
        return Change(path, question, [], "Understood: none.")
    if text in _DONE and there:
        return Change(path, question, None, "Understood: no more.", done=True)
    msg = f"{path} is a list: write none, no more, or an answer of a new item ({path}.+.NAME=VALUE)"
    raise AnswersError(msg, hint="nkdocs interview adds items and takes them out.")


def _typed(question: Question, text: str) -> Data:
    """Return *text*, or what it holds if it is JSON and the kind has parts."""
    if question.kind.name not in _STRUCTURED or not text.lstrip().startswith(("{", "[")):
        return text
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if _is_text(found) else text


def _is_text(data: object) -> bool:
    """Whether *data* holds text alone, in lists and mappings."""
    if isinstance(data, list):
        return all(_is_text(d) for d in data)
    if isinstance(data, Mapping):
        return all(_is_text(d) for d in data.values())
    return isinstance(data, str)


def _spot(book: Book, path: str) -> Spot:
    """Return where *path* stands; below a new item nowhere yet."""
    before, plus, rest = path.partition(f".{NEW}.")
    spot = save.spot_of(book.file.data, before)
    if not plus:
        return spot
    return (*spot, len(book.answers.items(spot)), *rest.split("."))


def _question(book: Book, path: str) -> tuple[Question, bool]:
    """Return the question at *path*, and whether the path names an item of its list.

    Raises:
        AnswersError: there is none.
    """
    spot = _spot(book, path)
    question = book.answers.question(spot)
    if question is not None:
        return question, False
    around = book.answers.question(spot[:-1])
    if around is not None and around.is_list and isinstance(spot[-1], int):
        return around, True
    raise _unknown(book.catalogue, spot, path)


def _unknown(catalogue: Catalogue, spot: Spot, path: str) -> AnswersError:
    """Return the error for a *path* that no question asks."""
    steps = pattern(spot)
    for end in range(1, len(steps)):
        question = catalogue.questions.get(steps[:end])
        if question is not None and question.is_list and steps[end] != ITEM:
            msg = f"{question.path} has no items yet"
            hint = f"Begin the first one: --set {question.path}.+.NAME=VALUE, or in the interview."
            return AnswersError(msg, hint=hint)
    known = sorted(catalogue.children(steps[:-1]))
    near = difflib.get_close_matches(steps[-1], known, 1)
    guess = f"; did you mean '{near[0]}'?" if near else ""
    return AnswersError(
        f"{path} is not an answer nkdocs knows{guess}", hint="Next: nkdocs template show DOCUMENT"
    )

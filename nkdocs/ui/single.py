"""One question at a time as data, for a front end of another kind: a form, an editor, a page.

Nothing is remembered between two questions but the answers file itself: the front end says after
which question it wants the next, or which it wants.
"""

from nkdocs.interview.engine import Standing, Step, offered
from nkdocs.kinds.registry import schema_answer
from nkdocs.ui.book import Book
from nkdocs.ui.changes import NEW, begin, shown_path
from nkdocs.ui.ways import FACES

Told = dict[str, object]


def wanted(book: Book, asked: str = "", after: str = "") -> Step | None:
    """Return the step *asked*, else the first open one after *after*, else the first open one.

    Raises:
        AnswersError: a path names a new item of something that is no list.
    """
    if asked.endswith(f".{NEW}"):
        return begin(book, asked.removesuffix(f".{NEW}"))
    if asked:
        return book.step(asked)
    list_, plus, rest = after.partition(f".{NEW}.")
    if plus:  # a question of a new item was left open: the item is begun anew, past it
        begin(book, list_)
        after = f"{list_}.{book.draft.id if book.draft else ''}.{rest}"
    before = book.step(after) if after else None
    if before is not None and before.question.on_request and not plus:
        return _following(book, before)
    step = book.plan.next(before.spot if before else None)
    if plus and (step is None or book.around(step) is None):
        book.drop()  # nothing of it was answered
        return book.step(list_)
    return step


def _following(book: Book, before: Step) -> Step | None:
    """Return the next question of the same exhibit or filing, its list after the last one."""
    steps = [s for s in book.plan.steps if s.standing is not Standing.IDLE]
    spots = [s.spot for s in steps]
    at = spots.index(before.spot) + 1 if before.spot in spots else 0
    if before.question.is_list or not at:
        return book.plan.next(before.spot)
    inside = steps[at] if at < len(steps) and steps[at].spot[:2] == before.spot[:2] else None
    return inside or next((s for s in steps if s.spot == before.spot[:1]), None)


def progress(book: Book) -> Told:
    """Return how far the interview has come."""
    asked = [s for s in book.plan.steps if s.open or s.answered]
    return {
        "asked": len(asked),
        "open": len(book.plan.open),
        "required": sum(s.required for s in book.plan.open),
        "idle": [s.path for s in book.idle()],
    }


def told(book: Book, step: Step, language: str = "en", after: str = "") -> Told:
    """Return a question with everything a front end shows of it.

    `wrapped` says that nothing open follows *after*: the question stands before it.
    """
    question, face = step.question, FACES[step.question.kind.name]
    offered = book.entries is not None and book.entries.offers(question.steps)
    before = book.plan.before(step.spot)
    data: Told = {
        "path": shown_path(book, step),
        "kind": question.kind.name,
        "way": "pick" if offered else face.way,
        "section": _section(book, step, language),
        "question": question.prompt.say(language),
        "reviewed_by": question.prompt.reviewed_by if language == "ko" else "",
        "help": question.advice.say(language),
        "example": question.sample.say(language),
        "required": step.required,
        "harm": question.harm,
        "standing": step.standing.value,
        "answer": book.present(step),
        "unknowns": question.options.unknowns,
        "audience": sorted(question.audience),
        "before": before.path if before else "",
        "wrapped": _wrapped(book, step, after),
        "schema": schema_answer(question.kind, question.options),
    }
    if not book.client_view:
        data |= {"why": question.why, "source": list(question.source)}
    if face.parts:
        data["parts"] = dict(face.parts)
    if offered and book.entries is not None:
        data["choices"] = [
            {"key": o.key, "label": o.label, "offered": True}
            for o in book.entries.options(question.steps, book.file)
        ]
    elif question.options.choices or question.kind.name == "person":
        data["choices"] = _choices(book, step, language)
    if question.is_list:
        data |= _list(book, step, language)
    return data


def _section(book: Book, step: Step, language: str) -> Told:
    section = book.catalogue.sections[step.question.section]
    asked = [
        s
        for s in book.plan.steps
        if s.question.section == section.id and s.standing is not Standing.IDLE
    ]
    at = next((n for n, s in enumerate(asked, 1) if s.spot == step.spot), 0)
    return {
        "id": section.id,
        "title": section.title.say(language),
        "at": at,
        "of": len(asked),
        "last": asked[-1].path if asked else "",
    }


def _wrapped(book: Book, step: Step, after: str) -> bool:
    spots = [s.spot for s in book.plan.steps]
    paths = [s.path for s in book.plan.steps]
    return after in paths and spots.index(step.spot) <= paths.index(after)


def _choices(book: Book, step: Step, language: str) -> list[Told]:
    options = step.question.options
    if step.question.kind.name == "person":
        named = enumerate(book.answers.items(("people",)))
        return [
            {"key": i, "label": book.label(("people", n), language), "offered": True}
            for n, i in named
        ]
    allowed = offered(book.answers, step.question, step.spot)
    return [
        {"key": key, "label": options.called(key, language), "offered": key in allowed}
        for key in options.choices
    ]


def _list(book: Book, step: Step, language: str) -> Told:
    items = book.answers.items(step.spot)
    return {
        "singular": step.question.singular,
        "done": book.answers.done(step.spot),
        "items": [
            {"id": name, "label": book.label((*step.spot, n), language)}
            for n, name in enumerate(items)
        ],
    }

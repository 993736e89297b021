"""Which questions a case still has to answer, and which one comes next. Pure.

The engine knows no file, clock or terminal: it walks the questions of the chosen documents over
what is answered, and says of each answer whether it is used, open or idle (DESIGN 8.3).
"""

import enum
import functools
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from msgspec import Struct
from msgspec.structs import replace

from nkdocs._conditions import Condition
from nkdocs.interview.spec import ITEM, Catalogue, Document, Pattern, Question, Section

Spot = tuple[str | int, ...]  # where an answer stands in the data: ("events", 0, "when")


class Standing(enum.StrEnum):
    """How an answer stands."""

    USED = "used"
    OPEN = "open"
    IDLE = "idle"


class Known(Protocol):
    """What is answered so far."""

    def has(self, spot: Spot) -> bool:
        """Whether there is an answer (not empty) at *spot*; an empty list is an answer."""

    def items(self, spot: Spot) -> Sequence[str]:
        """Return the ids of the items of the list at *spot*."""

    def done(self, spot: Spot) -> bool:
        """Whether the list at *spot* is said to be complete."""

    def holds(self, condition: Condition, spot: Spot) -> bool:
        """Whether *condition* holds for the answer at *spot*."""

    def hangs(self, condition: Condition, spot: Spot) -> bool:
        """Whether *condition*, which does not hold at *spot*, hangs on an answer that is open."""


class Step(Struct, frozen=True):
    """One question at one place: of `events[].when` there is a step for every event."""

    question: Question
    spot: Spot
    path: str
    standing: Standing
    required: bool

    @property
    def answered(self) -> bool:
        """Whether there is an answer that counts."""
        return self.standing is Standing.USED

    @property
    def open(self) -> bool:
        """Whether it is asked for and empty; what is asked on request only is never open."""
        return self.standing is Standing.OPEN and not self.question.on_request


class Plan(Struct, frozen=True):
    """Every step of an interview, in the order it asks them."""

    steps: tuple[Step, ...]
    sections: tuple[Section, ...]

    @property
    def open(self) -> tuple[Step, ...]:
        """The steps that are asked for and empty."""
        return tuple(s for s in self.steps if s.open)

    def next(
        self, after: Spot | None = None, skipped: frozenset[Spot] = frozenset()
    ) -> Step | None:
        """Return the first open step after the one at *after*, else the first open one at all.

        *skipped* steps are left open and not offered.
        """
        start = next((i + 1 for i, s in enumerate(self.steps) if s.spot == after), 0)
        ahead = (*self.steps[start:], *self.steps[:start])
        return next(
            (s for s in ahead if s.open and s.spot not in skipped), None
        )

    def before(self, spot: Spot) -> Step | None:
        """Return the step asked before the one at *spot*, leaving out idle ones."""
        asked = [s for s in self.steps if s.standing is not Standing.IDLE]
        at = next((i for i, s in enumerate(asked) if s.spot == spot), 0)
        return asked[at - 1] if at else None

    def count(self, section: str) -> tuple[int, int]:
        """Return how many steps of a section are open, and how many are asked at all."""
        steps = [s for s in self.steps if s.question.section == section]
        asked = [s for s in steps if s.standing is not Standing.IDLE]
        return sum(s.open for s in asked), len(asked)


def plan(catalogue: Catalogue, documents: Sequence[Document], known: Known) -> Plan:
    """Return the plan of the interview for *documents* over what is *known*.

    Sections that are asked on request come last, whatever the documents are.

    Every step stands in it once, in the order of the sections; the steps of a list's items stand
    where the list is asked, the list's own question after them.
    """
    sections = sections_of(catalogue, documents)
    walk = _Walk(documents, known)
    steps = [step for section in sections for step in walk.section(section)]
    used = {s.question.section for s in steps}
    return Plan(tuple(steps), tuple(s for s in sections if s.id in used))


def sections_of(catalogue: Catalogue, documents: Sequence[Document]) -> list[Section]:
    """Return the sections of *documents* in their order; those on request come last."""
    named = [name for d in documents for name in d.sections]
    named += [name for name, section in catalogue.sections.items() if section.on_request]
    return [catalogue.sections[name] for name in dict.fromkeys(named)]


def needed(catalogue: Catalogue, known: Known) -> tuple[Document, ...]:
    """Return the documents whose condition holds over what is *known*, by id."""
    documents = (document for _, document in sorted(catalogue.documents.items()))
    return tuple(d for d in documents if d.when is None or known.holds(d.when, d.item))


def by_item(catalogue: Catalogue, known: Known) -> Catalogue:
    """Return *catalogue* with a document for each item of the lists that have one each.

    Its id and its files end in the item's id: `witness-declaration-cousin`. Without items the
    document stands for the first one to come.
    """
    made: dict[str, Document] = {}
    for document in catalogue.documents.values():
        names = known.items(document.each) if document.each else ()
        if document.each and not names:
            document = replace(document, item=(*document.each, 0))  # noqa: PLW2901
        made |= {d.id: d for d in _for_items(document, names)} if names else {document.id: document}
    return replace(catalogue, documents=made)


def _for_items(document: Document, names: Sequence[str]) -> Iterator[Document]:
    for number, name in enumerate(names):
        files = tuple(
            replace(f, file=f"{f.file.removesuffix('.docx')}-{name}.docx", source=f.file)
            for f in document.files
        )
        yield replace(
            document,
            id=f"{document.id}-{name}",
            base=document.id,
            title=f"{document.title} ({name})",
            files=files,
            item=(*document.each, number),
        )


class _Walk:
    """A walk over the questions."""

    def __init__(self, documents: Sequence[Document], known: Known) -> None:
        self.known = known
        self.tightened = frozenset[Pattern]().union(*(d.require for d in documents))

    def section(self, section: Section) -> Iterator[Step]:
        """Yield the steps of a section."""
        for question in section.tops:
            for spot, path in places(self.known, question.steps):
                yield from self.at(question, section, spot, path, idle=False)

    def at(
        self, question: Question, section: Section, spot: Spot, path: str, *, idle: bool
    ) -> Iterator[Step]:
        """Yield the step of *question* at *spot*, those of a list's items before its own."""
        own = self.step(question, section, spot, path, idle=idle)
        names = self.known.items(spot) if question.is_list else ()
        if names:
            off = own.standing is Standing.IDLE
            inner = asked_with(section, question)
            for number, name in enumerate(names):
                for child, steps, said in inner:
                    here, called = (*spot, number, *steps), f"{path}.{name}.{said}"
                    yield from self.at(child, section, here, called, idle=off)
        yield own

    def step(
        self, question: Question, section: Section, spot: Spot, path: str, *, idle: bool
    ) -> Step:
        """Return the step of *question* at *spot*."""
        off = idle or is_idle(self.known, question, section, spot)
        standing = Standing.IDLE if off else Standing.OPEN
        if not off and self.known.has(spot):
            more = question.is_list and self.known.items(spot) and not self.known.done(spot)
            standing = Standing.OPEN if more else Standing.USED
        need = question.steps in self.tightened or question.required
        required = need if isinstance(need, bool) else self.known.holds(need, spot)
        return Step(question, spot, path, standing, required=required and not off)


def is_idle(known: Known, question: Question, section: Section, spot: Spot) -> bool:
    """Whether *question* is not asked at *spot*: a condition of it, or its section's, fails.

    While nobody can say whether it fails, what is answered already counts, and nothing is asked.
    """
    first, then = section.when, question.when
    return (first is not None and _fails(known, first, spot)) or (
        then is not None and _fails(known, then, spot)
    )


def _fails(known: Known, when: Condition, spot: Spot) -> bool:
    return not known.holds(when, spot) and not (known.has(spot) and known.hangs(when, spot))


def offered(known: Known, question: Question, spot: Spot) -> list[str]:
    """Return the keys of the choices of *question* that the case allows at *spot*.

    One that is not allowed today stays where it was answered; a finding tells of it.
    """
    choices, limits = question.options.choices, question.limits
    return [key for key in choices if key not in limits or known.holds(limits[key], spot)]


def places(known: Known, steps: Pattern) -> Iterator[tuple[Spot, str]]:
    """Yield where the answers of a path stand: its spot, and its path with item ids."""
    if ITEM not in steps:
        yield steps, ".".join(steps)
        return
    found: list[tuple[Spot, tuple[str, ...]]] = [((), ())]
    for step in steps:
        if step != ITEM:
            found = [((*spot, step), (*names, step)) for spot, names in found]
            continue
        found = [
            ((*spot, number), (*names, name))
            for spot, names in found
            for number, name in enumerate(known.items(spot))
        ]
    for spot, names in found:
        yield spot, ".".join(names)


def asked_with(section: Section, question: Question) -> list[tuple[Question, Pattern, str]]:
    """Return the questions asked with the items of a list, with their path from the item on."""
    depth = len(question.steps) + 1
    found = section.inner.get(question.steps, ())
    return [(q, q.steps[depth:], ".".join(q.steps[depth:])) for q in found]


def given(data: object, question: Question | None) -> bool:
    """Whether *data* answers *question*; an empty list says "none", but of choices nothing."""
    if data:
        return True
    return data == [] and (question is None or question.kind.name != "many")


def at(data: Any, spot: Spot) -> Any:  # noqa: ANN401 - text, list or mapping of text
    """Return what stands at *spot* of *data*, None if nothing does."""
    for step in spot:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            return None
    return data


def within(spot: Spot) -> Spot:
    """Return the innermost item around *spot*: what a condition at *spot* means hangs on it."""
    for end in range(len(spot), 0, -1):
        if isinstance(spot[end - 1], int):
            return spot[:end]
    return ()


@functools.lru_cache(maxsize=10_000)
def pattern(spot: Spot) -> Pattern:
    """Return the path of the question that asks what stands at *spot*."""
    return tuple(ITEM if isinstance(step, int) else step for step in spot)


def item_id(data: object, position: int) -> str:
    """Return the id of a list's item, or its number from 1 while it has none."""
    name = data.get("id") if isinstance(data, dict) else None
    return name if isinstance(name, str) and name else str(position + 1)

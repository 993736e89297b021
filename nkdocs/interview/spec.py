"""What a question, a section and a document are, and the catalogue of all of them.

A path such as `respondents[].entries[].manner` names a question; `[]` stands for any item of a
list. It is defined by exactly one question of the product (DESIGN 8.1).
"""

from collections.abc import Hashable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct, field
from msgspec.structs import force_setattr

from nkdocs._conditions import Condition
from nkdocs.kinds.kind import Kind, Options

Pattern = tuple[str, ...]
ITEM = "[]"
#: What an answers file holds besides answers, and keys that begin with `_`.
OWN_KEYS = frozenset({"answers", "exhibits", "filings"})


def own_key(name: str) -> bool:
    """Whether a key of an answers file is the program's: no question is asked for it."""
    return name in OWN_KEYS or name.startswith("_")


def pattern(path: str) -> Pattern:
    """Return the steps of a path: `events[].when` -> ("events", "[]", "when")."""
    return tuple(path.replace("[]", ".[]").split("."))


def lists_of(steps: Pattern) -> list[Pattern]:
    """Return the paths of the lists that a path stands in, the outermost first."""
    return [steps[:i] for i, step in enumerate(steps) if step == ITEM]


def path(steps: Pattern) -> str:
    """Return steps as a path, the reverse of `pattern`."""
    return ".".join(steps).replace(".[]", "[]")


class Wording(Struct, frozen=True):
    """Words in English and, where the client answers, in Korean; who reviewed the Korean."""

    en: str
    ko: str = ""
    reviewed_by: str = ""

    def say(self, language: str = "en") -> str:
        """Return the words in *language*, in English if there are none."""
        return (self.ko if language == "ko" else "") or self.en


class Question(Struct, frozen=True):
    """One question.

    Attributes:
        kind: what the answer can be.
        advice: how to answer.
        sample: an answer as it may be written.
        required: whether a document that asks it cannot do without it; a condition says when.
        when: the condition under which it is asked and its answer counts.
        audience: who may see its answer in a document.
        disclose_when: of a list: items that do not meet it reach no document that leaves the
            office.
        limits: of a choice, the condition under which it is offered; one that was given stays.
        harm: whether it asks about harm that was suffered; such questions are left as a block.
        on_request: whether it is only asked of who goes there; without an answer it is not open.
        file: where it is defined, for messages.
    """

    steps: Pattern
    kind: Kind
    options: Options
    prompt: Wording
    section: str
    audience: frozenset[str]
    advice: Wording = Wording("")
    why: str = ""
    source: tuple[str, ...] = ()
    sample: Wording = Wording("")
    required: bool | Condition = False
    when: Condition | None = None
    singular: str = ""
    disclose_when: Condition | None = None
    limits: Mapping[str, Condition] = field(default_factory=dict)
    harm: bool = False
    on_request: bool = False
    file: str = ""

    @property
    def path(self) -> str:
        """The question's path."""
        return path(self.steps)

    @property
    def help(self) -> str:
        """How to answer, in English."""
        return self.advice.en

    @property
    def example(self) -> str:
        """An answer as it may be written, in English."""
        return self.sample.en

    @property
    def is_list(self) -> bool:
        """Whether the answer is a list of items with answers of their own."""
        return self.kind.name == "list"


class Section(Struct, frozen=True):
    """Questions that belong together.

    Attributes:
        tops: those that are not asked with the items of one of its lists.
        inner: of each of its lists the questions that are asked with its items.
    """

    id: str
    title: Wording
    questions: tuple[Question, ...]
    when: Condition | None = None
    tops: tuple[Question, ...] = ()
    inner: Mapping[Pattern, tuple[Question, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Tell the questions of items from the others."""
        own = {q.steps for q in self.questions}
        inner: dict[Pattern, list[Question]] = {}
        for question in self.questions:
            lists = lists_of(question.steps)
            if not own.isdisjoint(lists):
                inner.setdefault(lists[-1], []).append(question)
        held = {id(q) for found in inner.values() for q in found}
        force_setattr(self, "tops", tuple(q for q in self.questions if id(q) not in held))
        force_setattr(self, "inner", {at: tuple(found) for at, found in inner.items()})

    @property
    def on_request(self) -> bool:
        """Whether none of its questions is asked of who does not go there."""
        return bool(self.questions) and all(q.on_request for q in self.questions)


class TemplateFile(Struct, frozen=True):
    """One Word file that a document fills.

    Attributes:
        file: its name among the results.
        source: its name in the template folder, where that is another.
    """

    file: str
    title: str
    audience: str
    when: Condition | None = None
    source: str = ""


class Boxes(Struct, frozen=True):
    """Boxes of a government form, and the answers that fill each of them.

    Attributes:
        part: the part of the form, as the form calls it.
        of: the list of whose items the boxes speak; empty for boxes of the case.
        where: which of its items.
        fills: the answers of each box; every place of them must be answered.
        enough: the boxes of which one answer anywhere is enough.
        needs: a box that is open while none of the lists that name it has such an item.
        needed: when it is; without a condition always.
    """

    part: str
    of: Pattern
    where: Condition | None
    fills: Mapping[str, tuple[Pattern, ...]]
    enough: frozenset[str] = frozenset()
    needs: str = ""
    needed: Condition | None = None


class Document(Struct, frozen=True):
    """What one template folder makes: which sections it asks and which files it fills.

    Attributes:
        when: the condition under which it is among the papers of a case.
        each: the list of whose items each has a document of its own.
        item: where the item stands that this document is about.
        base: the template's own id, where this is the document of one item.
        boxes: of a form that it answers box by box.
    """

    id: str
    title: str
    audience: str
    sections: tuple[str, ...]
    require: frozenset[Pattern]
    files: tuple[TemplateFile, ...]
    folder: Path
    when: Condition | None = None
    each: Pattern = ()
    item: tuple[str | int, ...] = ()
    base: str = ""
    boxes: tuple[Boxes, ...] = ()

    def file(self, name: str) -> TemplateFile:
        """Return the file *name*."""
        return next(f for f in self.files if f.file == name)


class Branch(Struct, eq=False):
    """What stands at a path, in the tree of all paths.

    Attributes:
        question: what is asked there; None of a group of answers and of the item of a list.
        whens: the conditions under which an answer counts, the section's first.
        below: what stands under each name; of a list what stands in its items.
        names: the names below.
        proves: whether an answer here or below names exhibits.
    """

    steps: Pattern
    question: Question | None = None
    is_list: bool = False
    whens: tuple[Condition, ...] = ()
    below: dict[str, "Branch"] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    proves: bool = False


class Grown(Struct, eq=False):
    """What is worked out of all questions and sections, and holds for every case.

    Attributes:
        tree: every path and its question.
        kept: what others work out of them, by what it was asked for.
    """

    questions: Mapping[Pattern, Question]
    sections: Mapping[str, Section]
    tree: Branch
    kept: dict[Hashable, Any] = field(default_factory=dict)


class Catalogue(Struct, frozen=True, eq=False):
    """Every question, section and document found."""

    sections: Mapping[str, Section]
    documents: Mapping[str, Document]
    questions: Mapping[Pattern, Question]
    names: Mapping[Pattern, frozenset[str]] = field(default_factory=dict)
    _grown: list[Grown] = field(default_factory=list)

    @property
    def grown(self) -> Grown:
        """What is worked out of the questions and sections; it is made once."""
        for grown in self._grown:
            if grown.questions is self.questions and grown.sections is self.sections:
                return grown
        self._grown.append(Grown(self.questions, self.sections, _tree(self)))
        return self._grown[-1]

    @property
    def tree(self) -> Branch:
        """Every path and its question, to be walked step by step."""
        return self.grown.tree

    def children(self, steps: Pattern) -> frozenset[str]:
        """Return the names below a path, empty if there are none."""
        return self.names.get(steps, frozenset())

    def conditions(self, question: Question) -> tuple[Condition, ...]:
        """Return the conditions under which an answer to *question* counts: its section's first."""
        first = self.sections[question.section].when
        return tuple(c for c in (first, question.when) if c is not None)

    def asked(self, document: Document) -> Iterator[Question]:
        """Yield the questions of a document, in the order they are asked."""
        for section in document.sections:
            yield from self.sections[section].questions

    def required(self, question: Question, documents: tuple[Document, ...]) -> bool | Condition:
        """Whether *question* is required by the question itself or by one of *documents*."""
        tightened = any(question.steps in d.require for d in documents)
        return True if tightened else question.required


def _tree(catalogue: Catalogue) -> Branch:
    """Return the tree of every path of *catalogue*."""
    root = Branch(())
    for steps, question in catalogue.questions.items():
        here, proves = root, question.kind.name == "exhibits"
        for end, step in enumerate(steps, 1):
            # the items of a list stand where the list does: a list has nothing else below it
            here = here if step == ITEM else here.below.setdefault(step, Branch(steps[:end]))
            here.proves |= proves
        here.question, here.is_list = question, question.is_list
        here.whens = catalogue.conditions(question)
    pending = [root]
    while pending:
        here = pending.pop()
        here.names = frozenset(here.below)
        pending += here.below.values()
    return root


def names_below(questions: Mapping[Pattern, Question]) -> dict[Pattern, frozenset[str]]:
    """Return for every path that has something below it the names there."""
    below: dict[Pattern, set[str]] = {}
    for steps in questions:
        for end in range(len(steps)):
            below.setdefault(steps[:end], set()).add(steps[end])
    return {steps: frozenset(names - {ITEM}) for steps, names in below.items()}

"""Reads questions, sections and documents from the template folders, every fault in one run.

Folders shadow file by file: the case's, the office's, the shipped ones (DESIGN 8.1).
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, TypeVar

import jinja2
from msgspec.structs import replace
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from nkdocs import _yaml
from nkdocs._conditions import Condition
from nkdocs.diagnostics import Finding, Place, Severity, stop
from nkdocs.errors import AnswersError
from nkdocs.interview import paths
from nkdocs.interview.boxes import BoxesForm, boxes, unasked
from nkdocs.interview.files import ENTRIES, find_files
from nkdocs.interview.names import Names
from nkdocs.interview.spec import (
    ITEM,
    Boxes,
    Catalogue,
    Document,
    Pattern,
    Question,
    Section,
    TemplateFile,
    Wording,
    names_below,
    pattern,
)
from nkdocs.interview.vocabulary import OF_CONDITIONS
from nkdocs.kinds.kind import Options
from nkdocs.kinds.registry import KINDS

_Audience = Literal["internal", "client", "court", "opla"]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Wording(_Form):
    en: str
    ko: str = ""
    reviewed_by: str = ""


class _Choice(_Wording):
    when: str = ""


class _Question(_Form):
    ask: str = Field(pattern=r"^[a-z_][a-z0-9_]*(\[\])?(\.[a-z_][a-z0-9_]*(\[\])?)*$")
    kind: str
    prompt: _Wording | str
    audience: list[_Audience] = Field(min_length=1)
    help: _Wording | str = ""
    why: str = ""
    source: list[str] | str = []
    choices: dict[str, str | _Choice] = {}
    required: str = "no"
    when: str = ""
    singular: str = ""
    disclose_when: str = ""
    example: _Wording | str = ""
    unknowns: bool = False
    without: list[str] = []
    harm: bool = False


class _Section(_Form):
    section: str
    title: _Wording | str
    when: str = ""
    harm: bool = False
    on_request: bool = False
    questions: list[_Question]


class _File(_Form):
    file: str = Field(pattern=r"^[a-z0-9-]+\.docx$")
    title: str
    audience: _Audience
    when: str = ""


class _Document(_Form):
    document: str
    title: str
    audience: _Audience
    when: str = ""
    each: str = ""
    use: list[str]
    files: list[_File] = Field(min_length=1)
    require: list[str] = []
    questions: list[_Question] = []
    boxes: list[BoxesForm] = []


_T = TypeVar("_T", bound=_Form)


class _Reader:
    """Collects sections and documents and every fault of their files.

    Of two files that cannot both be right the one is at fault whose folder shadows the other's.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = folders
        self.faults: list[Finding] = []
        self.questions: dict[Pattern, Question] = {}
        self._conditions: dict[str, Condition] = {}

    def fault(self, file: Path, line: int, message: str, hint: str = "") -> None:
        self.faults.append(
            Finding(
                code="T001",
                severity=Severity.ERROR,
                message=message,
                place=Place(str(file), line),
                hint=hint or "Mend the file and run again.",
            )
        )

    def form(self, file: Path, form: type[_T]) -> tuple[_T | None, _yaml.Loaded]:
        """Return what *file* says in a fixed form, None if it is broken."""
        try:
            text = _yaml.read(file.read_bytes(), name=str(file))
        except (AnswersError, OSError) as error:
            self.fault(file, 1, getattr(error, "message", "it cannot be read"))
            return None, _yaml.Loaded()
        loaded = _yaml.load(text)
        for line, _, why in loaded.faults:
            self.fault(file, line, why)
        if loaded.faults:
            return None, loaded
        try:
            return form.model_validate(loaded.data), loaded
        except ValidationError as error:
            for wrong in error.errors(include_input=False, include_url=False):
                spot, place = (1, 1), wrong["loc"]
                while place and place not in loaded.places:
                    place = place[:-1]
                spot = loaded.where(place) or spot
                name = ".".join(map(str, wrong["loc"]))
                self.fault(file, spot[0], f"{name}: {wrong['msg']}")
        return None, loaded

    def condition(self, text: str, file: Path, line: int) -> Condition | None:
        """Return a condition, None without one."""
        if not text:
            return None
        try:
            known = self._conditions.get(text) or Condition(text)  # many are asked of many answers
            self._conditions[text] = known
        except jinja2.TemplateSyntaxError as error:
            self.fault(file, line, f"this condition cannot be read: {error.message}")
            return None
        return known

    def section(self, file: Path) -> Section | None:
        """Return the section that *file* defines."""
        form, loaded = self.form(file, _Section)
        if form is None:
            return None
        asked = self.asked(form.questions, form.section, file, loaded)
        questions = tuple(
            replace(q, harm=q.harm or form.harm, on_request=form.on_request) for q in asked
        )
        self.questions |= {q.steps: q for q in questions}
        when = self.condition(form.when, file, 1)
        return Section(form.section, _wording(form.title), questions, when)

    def asked(
        self, forms: Sequence[_Question], section: str, file: Path, loaded: _yaml.Loaded
    ) -> tuple[Question, ...]:
        """Return the questions of a section; a path defined twice is a fault."""
        out = []
        for number, form in enumerate(forms):
            line = loaded.places.get(("questions", number), (1, 1))[0]
            question = self.question(form, section, file, line)
            if question is None:
                continue
            if (other := self.questions.get(question.steps)) is not None:
                wrong, right = self.at_fault(question, other)
                self.fault(*place(wrong), f"'{form.ask}' is asked already in {right.file}")
                continue
            self.questions[question.steps] = question
            out.append(question)
        return tuple(out)

    def at_fault(self, one: Question, other: Question) -> tuple[Question, Question]:
        """Return two questions that cannot both be asked, the one that is to go first."""

        def nearness(question: Question) -> int:
            file, _ = place(question)
            return next((n for n, f in enumerate(self.folders) if file.is_relative_to(f)), 0)

        return (other, one) if nearness(other) < nearness(one) else (one, other)

    def placed(self) -> None:
        """Note every question that stands where none can, each once."""
        told: set[Pattern] = set()
        for question, other, why in paths.misplaced(self.questions):
            wrong = self.at_fault(question, other)[0] if other else question
            if wrong.steps in told:
                continue
            told.add(wrong.steps)
            said = why if wrong is question else f"{question.path} is asked within it"
            hint = "Ask it elsewhere, or take it out and write the tag in Word as this asks it."
            if other and other.is_list:
                hint = f"Write {other.path}[] and the answer's name, or take it out, and run again."
            self.fault(*place(wrong), f"'{wrong.path}' cannot be asked here: {said}", hint)

    def question(self, form: _Question, section: str, file: Path, line: int) -> Question | None:
        """Return one question."""
        if form.kind not in KINDS:
            self.fault(file, line, f"'{form.ask}': there is no kind '{form.kind}'")
            return None
        if file.name not in ENTRIES and (why := paths.reserved(pattern(form.ask))):
            self.fault(file, line, f"'{form.ask}' cannot be asked: {why}",
                       "Give it another name, here and in Word, and run again.")  # fmt: skip
            return None
        choices = {k: v if isinstance(v, str) else v.en for k, v in form.choices.items()}
        korean = {k: v.ko for k, v in form.choices.items() if not isinstance(v, str) and v.ko}
        limits = {
            key: condition
            for key, choice in form.choices.items()
            if isinstance(choice, _Choice)
            and (condition := self.condition(choice.when, file, line)) is not None
        }
        required = form.required.strip().lower()
        fixed = {"yes": True, "no": False, "": False}.get(required)
        need = self.condition(form.required, file, line) if fixed is None else fixed
        return Question(
            steps=pattern(form.ask),
            kind=KINDS[form.kind],
            options=Options(
                choices=choices, korean=korean, unknowns=form.unknowns, without=tuple(form.without)
            ),
            prompt=_wording(form.prompt),
            section=section,
            audience=frozenset(form.audience),
            advice=_wording(form.help),
            why=form.why.strip(),
            source=(form.source,) if isinstance(form.source, str) else tuple(form.source),
            sample=_wording(form.example),
            required=bool(need) if not isinstance(need, Condition) else need,
            when=self.condition(form.when, file, line),
            singular=form.singular,
            disclose_when=self.condition(form.disclose_when, file, line),
            limits=limits,
            harm=form.harm,
            file=f"{file}:{line}",
        )

    def document(self, file: Path, sections: dict[str, Section]) -> Document | None:
        """Return the document whose interview.yaml is *file*; its own questions are a section."""
        form, loaded = self.form(file, _Document)
        if form is None:
            return None
        own = self.asked(form.questions, form.document, file, loaded)
        use = list(form.use)
        if own:
            sections[form.document] = Section(form.document, Wording(form.title), own)
            use.append(form.document)
        for name in use:
            if name not in sections:
                self.fault(file, 1, f"there is no section '{name}'")
        for name in form.require:
            if pattern(name) not in self.questions:
                self.fault(file, 1, f"'{name}' is required here and asked nowhere")
        files = tuple(
            TemplateFile(f.file, f.title, f.audience, self.condition(f.when, file, 1))
            for f in form.files
        )
        return Document(
            form.document,
            form.title,
            form.audience,
            tuple(s for s in use if s in sections),
            frozenset(pattern(name) for name in form.require),
            files,
            file.parent,
            self.condition(form.when, file, 1),
            self.list_of(form.each, file),
            boxes=tuple(self.boxes(b, file) for b in form.boxes),
        )

    def boxes(self, form: BoxesForm, file: Path) -> Boxes:
        """Return boxes of a form; the paths that fill them are asked somewhere."""
        made = boxes(form, lambda text: self.condition(text, file, 1))
        for name in unasked(made, self.questions):
            self.fault(file, 1, f"'{name}' fills a box here and is asked nowhere")
        return made

    def list_of(self, name: str, file: Path) -> Pattern:
        """Return the path of the list that has a document for each of its items."""
        question = self.questions.get(pattern(name))
        if name and (question is None or not question.is_list or ITEM in question.steps):
            self.fault(file, 1, f"each: '{name}' is no list of its own")
        return pattern(name) if name else ()


def place(question: Question) -> tuple[Path, int]:
    """Return the file in which a question stands, and the line."""
    file, _, line = question.file.rpartition(":")
    return Path(file), int(line)


def _wording(form: _Wording | str) -> Wording:
    if isinstance(form, str):
        return Wording(form.strip())
    return Wording(form.en.strip(), form.ko.strip(), form.reviewed_by.strip())


def load(folders: Sequence[Path]) -> Catalogue:
    """Return everything that the template *folders* define, the first folder shadowing the next.

    Raises:
        TemplateError: one or more files are wrong; each fault names file and line.
    """
    reader = _Reader(folders)
    section_files, document_files = find_files(folders)
    sections = {s.id: s for f in section_files.values() if (s := reader.section(f)) is not None}
    documents: dict[str, Document] = {}
    for file in document_files.values():
        document = reader.document(file, sections)
        if document is not None:
            documents[document.id] = document
    reader.placed()
    stop(reader.faults)
    found = Catalogue(sections, documents, reader.questions, names_below(reader.questions))
    stop(_condition_faults(found))
    return found


def with_entries(catalogue: Catalogue, folders: Sequence[Path]) -> Catalogue:
    """Return *catalogue* with the questions about exhibits and filings.

    Raises:
        TemplateError: the file of these questions is wrong.
    """
    reader = _Reader(folders)
    sections = dict(catalogue.sections)
    for name in ENTRIES:
        there = (folder / "shared" / name for folder in folders)
        file = next((f for f in there if f.is_file()), None)
        section = reader.section(file) if file else None
        sections |= {section.id: section} if section else {}
    stop(reader.faults)
    questions = {**catalogue.questions, **reader.questions}
    names = names_below(questions)
    found = replace(catalogue, sections=sections, questions=questions, names=names)
    stop(_condition_faults(found))
    return found


def conditions(catalogue: Catalogue) -> Iterator[tuple[Condition, Pattern, str]]:
    """Yield every condition, the path of the question or item it is about, and its place."""
    told: list[tuple[Condition | bool | None, Pattern, str]] = []
    for section in catalogue.sections.values():
        told += [(section.when, (), f"section '{section.id}'")]
    for question in catalogue.questions.values():
        told += [(c, question.steps, question.file) for c in (question.when, question.required)]
        told += [(question.disclose_when, (*question.steps, ITEM), question.file)]
        told += [(c, question.steps, question.file) for c in question.limits.values()]
    for document in catalogue.documents.values():
        place = str(document.folder / "interview.yaml")
        at = (*document.each, ITEM) if document.each else ()
        told += [(c, at, place) for c in (document.when, *(f.when for f in document.files))]
        told += [(b.where, (*b.of, ITEM), place) for b in document.boxes]
        told += [(b.needed, (), place) for b in document.boxes]
    yield from ((c, steps, place) for c, steps, place in told if isinstance(c, Condition))


def _condition_faults(catalogue: Catalogue) -> Iterator[Finding]:
    """Yield a fault for every condition that names what no question asks."""
    for condition, steps, place in conditions(catalogue):
        names = Names(catalogue, OF_CONDITIONS)
        names.condition(condition, steps)
        for _, wrong in names.wrong:
            yield Finding(
                code="T001",
                severity=Severity.ERROR,
                message=f"the condition “{condition.text}”: {wrong}",
                place=Place(place),
                hint="Mend the condition and run again.",
            )

"""What is wrong with a Word template, found without filling it: tags, names, audiences.

Every name a template uses is followed to the question that asks it, through loops and
conditions; a name that no question asks, or whose answer the document's audience may not see, is
a fault (DESIGN 8.1, 8.15).
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import jinja2
from jinja2 import nodes

from nkdocs._jinja import Environment
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.errors import TemplateError
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, TemplateFile
from nkdocs.interview.spec import path as written
from nkdocs.kinds.pronouns import PRONOUN_NAMES

#: Names a template may use that are no answers.
GIVEN = frozenset(
    {"client", "today", "cite", "mark", "authority", "state", "exhibits", "filing", "loop"}
)
_BLOCK = re.compile(r"\{%(p|tr|tc|r)\s")
_ALONE = re.compile(r"^\s*(\{%(?:p|tr)\s.*?%\}\s*)+$", re.DOTALL)
_UNCHECKED: Pattern = ("?",)


def faults(
    template: bytes, file: TemplateFile, catalogue: Catalogue, law: frozenset[str], *, name: str
) -> list[Finding]:
    """Return everything that is wrong with a template.

    Args:
        template: the Word file.
        file: which document's file it is; its audience decides what it may reach.
        catalogue: the questions.
        law: ids of the authorities in the registry.
        name: what messages call the template.
    """
    from nkdocs.documents.compiled import sources

    word = WordFile.read(template, name)
    found = list(_beside(word, name))
    doctor = _Doctor(catalogue, file.audience, law, name)
    for part, source in sources(template).items():
        found += doctor.part(part, source)
    return found


def _beside(word: WordFile, name: str) -> Iterator[Finding]:
    """Yield a fault for text beside a tag that swallows its paragraph: it would vanish."""
    for part in word.story_parts():
        for number, paragraph in enumerate(paragraphs(word.tree(part)), 1):
            text = text_of(paragraph)
            if _BLOCK.search(text) and not _ALONE.match(text):
                yield _fault(
                    "T005",
                    name,
                    f"{part.removeprefix('word/').removesuffix('.xml')} paragraph {number}",
                    f"text beside a {{%p … %}} tag would be dropped: “{text.strip()[:60]}”",
                    "Give the tag a paragraph of its own.",
                )


def _fault(code: str, name: str, part: str, message: str, hint: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.ERROR,
        message=message,
        place=Place(name, part=part),
        hint=hint,
    )


@dataclass(slots=True)
class _Doctor:
    catalogue: Catalogue
    audience: str
    law: frozenset[str]
    name: str

    def part(self, part: str, source: str) -> Iterator[Finding]:
        """Yield the faults of one part of the template."""
        try:
            tree = Environment().parse(source)
        except jinja2.TemplateSyntaxError as error:
            lines = source.splitlines()
            said = lines[error.lineno - 1] if error.lineno <= len(lines) else ""
            quoted = re.sub(r"<[^>]+>", "", said).strip()[:60]
            message = f"a tag cannot be read: {error.message} — “{quoted}”"
            yield _fault("T002", self.name, part, message, "Mend the tag in Word.")
            return
        except TemplateError as error:
            yield _fault("T002", self.name, part, error.message, error.hint)
            return
        yield from self.walk(tree.body, part, {})

    def walk(
        self, body: list[nodes.Node], part: str, scope: Mapping[str, Pattern]
    ) -> Iterator[Finding]:
        """Yield the faults of *body*; *scope* holds the names that loops and sets gave."""
        known = dict(scope)
        for node in body:
            if isinstance(node, nodes.For):
                yield from self.expression(node.iter, part, known)
                inner = {**known, **_targets(node.target, self.items(node.iter, known))}
                yield from self.walk(node.body, part, inner)
                yield from self.walk(node.else_, part, known)
            elif isinstance(node, nodes.If):
                yield from self.expression(node.test, part, known)
                for branch in (node.body, node.elif_, node.else_):
                    yield from self.walk(list(branch), part, known)
            elif isinstance(node, nodes.Assign):
                yield from self.expression(node.node, part, known)
                known |= _targets(node.target, self.steps(node.node, known) or _UNCHECKED)
            elif isinstance(node, (nodes.Output, nodes.ExprStmt)):
                for child in node.iter_child_nodes():
                    yield from self.expression(child, part, known)
            elif not isinstance(node, nodes.TemplateData):
                yield from self.expression(node, part, known)

    def expression(
        self, node: nodes.Node, part: str, scope: Mapping[str, Pattern]
    ) -> Iterator[Finding]:
        """Yield the faults of an expression: each name in it is followed as far as it goes."""
        if isinstance(node, (nodes.Getattr, nodes.Name)):
            yield from self.name_fault(node, part, scope)
            if isinstance(node, nodes.Getattr):
                inner = node.node
                while isinstance(inner, (nodes.Getattr, nodes.Getitem)):
                    inner = inner.node
                if not isinstance(inner, nodes.Name):
                    yield from self.expression(inner, part, scope)
            return
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            yield from self.law_fault(node, part)
        for child in node.iter_child_nodes():
            yield from self.expression(child, part, scope)

    def law_fault(self, node: nodes.Call, part: str) -> Iterator[Finding]:
        """Yield a fault for an authority that the registry does not hold."""
        named = node.args[0] if node.args else None
        function = node.node.name if isinstance(node.node, nodes.Name) else ""
        if (
            function == "authority"
            and isinstance(named, nodes.Const)
            and named.value not in self.law
        ):
            near = difflib.get_close_matches(str(named.value), self.law, 1)
            guess = f"; did you mean '{near[0]}'?" if near else ""
            message = f"no authority '{named.value}' in the registry{guess}"
            yield _fault("T006", self.name, part, message, "See authorities.yaml.")

    def name_fault(
        self, node: nodes.Node, part: str, scope: Mapping[str, Pattern]
    ) -> Iterator[Finding]:
        """Yield the fault of one name: unknown, or not for this audience."""
        chain = _chain(node)
        if not chain or chain[0] in GIVEN - {"client"}:
            return
        steps = self.start(chain[0], scope)
        if steps is None:
            yield self.unknown(chain[0], (), part)
            return
        yield from self.hidden(steps, part)
        for name in chain[1:]:
            if steps == _UNCHECKED:
                return
            question = self.catalogue.questions.get(steps)
            if question is not None and not question.is_list:
                return  # a name of the value itself: its kind answers for it
            if question is not None:
                if name in {"first", "last"}:
                    steps = (*steps, ITEM)
                    continue
                return
            children = self.catalogue.children(steps)
            own = steps and steps[-1] == ITEM and name in {"id", "index", *PRONOUN_NAMES}
            if name not in children:
                if not own:
                    yield self.unknown(name, steps, part)
                return
            steps = (*steps, name)
            yield from self.hidden(steps, part)

    def start(self, name: str, scope: Mapping[str, Pattern]) -> Pattern | None:
        """Return what the first name of a chain stands for, None if it is unknown."""
        if name in scope:
            return scope[name]
        if name == "client":
            return ("respondents", ITEM)
        return (name,) if name in self.catalogue.children(()) else None

    def hidden(self, steps: Pattern, part: str) -> Iterator[Finding]:
        """Yield a fault if the audience may not see the answer at *steps*."""
        question = self.catalogue.questions.get(steps)
        outside = self.audience != "internal"
        if question is not None and outside and self.audience not in question.audience:
            may = ", ".join(sorted(question.audience))
            message = f"{written(steps)} may be seen by {may}, and this is for {self.audience}"
            yield _fault("T004", self.name, part, message, "Take it out, loops and ifs too.")

    def unknown(self, name: str, steps: Pattern, part: str) -> Finding:
        """Return the fault of a name that does not exist."""
        known = sorted(self.catalogue.children(steps) | (GIVEN if not steps else frozenset()))
        near = difflib.get_close_matches(name, known, 1)
        owner = f"{written(steps)}." if steps else ""
        guess = f"; did you mean {owner}{near[0]}?" if near else ""
        message = f"you wrote {owner}{name}, which is no answer{guess}"
        return _fault("T003", self.name, part, message, "Mend the name in Word.")

    def steps(self, node: nodes.Node, scope: Mapping[str, Pattern]) -> Pattern | None:
        """Return the path that an expression names, None if it is something else."""
        chain = _chain(node)
        start = (
            self.start(chain[0], scope) if chain and chain[0] not in GIVEN - {"client"} else None
        )
        if start is None or start == _UNCHECKED:
            return None
        steps = start
        for name in chain[1:]:
            listed = self.catalogue.questions.get(steps)
            last = listed is not None and listed.is_list and name in {"first", "last"}
            steps = (*steps, ITEM if last else name)
        return steps

    def items(self, node: nodes.Node, scope: Mapping[str, Pattern]) -> Pattern:
        """Return the path of what a loop goes through."""
        inner = node
        while isinstance(inner, (nodes.Filter, nodes.Getitem)) and inner.node is not None:
            inner = inner.node
        steps = self.steps(inner, scope)
        question = self.catalogue.questions.get(steps) if steps else None
        return (*question.steps, ITEM) if question is not None and question.is_list else _UNCHECKED


def _chain(node: nodes.Node) -> list[str]:
    """Return the names of `a.b.c`, empty for anything else."""
    names: list[str] = []
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        if isinstance(node, nodes.Getattr):
            names.append(node.attr)
        else:
            return []
        node = node.node
    return [node.name, *reversed(names)] if isinstance(node, nodes.Name) else []


def _targets(node: nodes.Node, steps: Pattern) -> dict[str, Pattern]:
    if isinstance(node, nodes.Name):
        return {node.name: steps}
    return {n.name: _UNCHECKED for n in node.find_all(nodes.Name)}

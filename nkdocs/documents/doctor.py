"""What is wrong with a Word template, found without filling it: tags, blocks, names, audiences.

Every fault is told in one run, with its part and paragraph. Every name a template uses is
followed to the question that asks it, through loops and on every way through its conditions; a
name that no question asks, or whose answer the document's audience may not see, is a fault
(DESIGN 8.1, 8.15).
"""

import datetime as dt
import difflib
import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import jinja2
from jinja2 import nodes
from msgspec import Struct, field

from nkdocs._jinja import Environment
from nkdocs.diagnostics import Finding
from nkdocs.documents import leftovers, trial
from nkdocs.documents.blocks import UNREAD, Blocks, read_template
from nkdocs.documents.clean import clean
from nkdocs.documents.tags import (
    NUMBER,
    Fault,
    Paragraph,
    finding,
    numbered,
    part_names,
    read,
)
from nkdocs.documents.wordfile import WordFile
from nkdocs.errors import TemplateError
from nkdocs.interview.faces import ANY, Reach
from nkdocs.interview.names import Names
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, TemplateFile
from nkdocs.interview.vocabulary import OF_INTERNAL, OF_MAIL, OF_TEMPLATES, Face
from nkdocs.kinds.dates import formatted

_ELSEWHERE = {
    "default": "what is missing prints as a marked blank by itself; for other words write "
    "{{ name or 'other words' }}",
    "safe": "answers are always printed as typed",
    "map": "write a loop, or join(', ', attribute='name')",
    "attr": "write the name after a dot",
    "format": "write {{ name }}; dates print as a lawyer writes them",
    "include_docx_template": "begin the document with nkdocs template new, which puts the text of "
    "a file that lies beside this one in its place; or copy it there in Word",
    "other_parties": "DHS is the other side: write its name; nkdocs template new asks for others",
    "children": "write {% for relative in family %}; nkdocs template new asks for others",
    "markdown": "answers are printed as typed: take the filter out",
    "inline_markdown": "answers are printed as typed: take the filter out",
    "current_datetime": "a paper has a day and no clock: write {{ today }}",
    "showifdef": "what is missing prints as a marked blank by itself; else write {% if name %}",
    "defined": "write {% if name %}: what is not answered is false",
    "comma_and_list": "a list prints with its commas and its “and” by itself",
    "currency": "ask it as the kind money, which prints as money",
}
_UNASKED = (
    "Mend the name in Word, or ask it: nkdocs template new makes questions of a file's own names, "
    "and an interview.yaml that is there already takes one more."
)
_DEEP = "blocks or operators stand too deep in each other to be read"
_LESS_DEEP = "Close blocks earlier, and write long conditions in several tags."


def faults(  # noqa: PLR0913 - facts of one template, by name
    template: bytes,
    file: TemplateFile,
    catalogue: Catalogue,
    law: frozenset[str],
    *,
    name: str,
    each: Pattern = (),
    fonts: frozenset[str] | None = None,
) -> list[Finding]:
    """Return everything that is wrong with a template, and as warnings what is doubtful.

    Args:
        template: the Word file.
        file: which document's file it is; its audience decides what it may reach.
        catalogue: the questions.
        law: ids of the authorities in the registry.
        name: what messages call the template.
        each: the list of whose items each fills it; the template calls one by its singular.
        fonts: the families on this computer in small letters; None leaves them unlooked at.
    """
    word, parts = opened(template, name)
    doctor = _Doctor(catalogue, file.audience, law, name, *scope_of(file, catalogue, each))
    for fault in leftovers.left(word, parts):
        doctor.say(fault)
    for fault in leftovers.strange_fonts(word, parts, fonts) if fonts is not None else ():
        doctor.say(fault)
    for fault in leftovers.remote(word, parts):
        doctor.say(fault)
    try:
        clean(word, title=file.title, day=None)
    except TemplateError as error:
        doctor.say(Fault("T007", Paragraph("", 0, "", None), error.message, error.hint))
    for part, called in parts.items():
        doctor.part(called, read(word, part, called))
    doctor.as_filled(word, parts)
    return doctor.sorted([*parts.values()])


def opened(template: bytes, name: str) -> tuple[WordFile, dict[str, str]]:
    """Return a template with its paragraphs numbered, and what its parts are called."""
    word = WordFile.read(template, name)
    numbered(word)
    return word, part_names(word)


def scope_of(
    file: TemplateFile, catalogue: Catalogue, each: Pattern
) -> tuple[Mapping[str, Face], Mapping[str, Face]]:
    """Return the names that are no answers, and the item that each copy of a file is about."""
    given = OF_INTERNAL if file.audience == "internal" else OF_TEMPLATES
    scope: dict[str, Face] = {catalogue.questions[each].singular: (*each, ITEM)} if each else {}
    return given, scope


def text_faults(pattern: str, catalogue: Catalogue, audience: str, *, name: str) -> list[Finding]:
    """Return what is wrong with a pattern of plain text for *audience*: tags, names, audience."""
    doctor = _Doctor(catalogue, audience, frozenset(), name, OF_MAIL)
    doctor.plain("", pattern, [])
    return doctor.sorted([])


class _Doctor(Struct):
    catalogue: Catalogue
    audience: str
    law: frozenset[str]
    name: str
    given: Mapping[str, Face]
    scope: Mapping[str, Face] = field(default_factory=dict)
    found: list[Fault] = field(default_factory=list)

    def say(self, fault: Fault) -> None:
        """Keep a fault, once."""
        if fault not in self.found:
            self.found.append(fault)

    def sorted(self, parts: Sequence[str]) -> list[Finding]:
        """Return what was found in the order in which it stands in Word."""
        order = {part: n for n, part in enumerate(parts)}
        spots = [(order.get(f.paragraph.part, 99), f.paragraph.number, not f.error, n)
                 for n, f in enumerate(self.found)]  # fmt: skip
        return [finding(self.found[n], self.name) for _, _, _, n in sorted(spots)]

    def part(self, called: str, paragraphs: Sequence[Paragraph]) -> None:
        """Look at the tags of one part, each by itself and all together."""
        blocks = Blocks()
        blocks.follow(paragraphs)
        for fault in blocks.faults:
            self.say(fault)
        spots = {p.number: p for p in paragraphs}
        told = {n: [t.text for t in blocks.found if t.paragraph.number == n] for n in spots}
        try:
            self._names(read_template(blocks.source), spots, told)
        except RecursionError:
            self.say(Fault("T002", Paragraph(called, 0, "", None), _DEEP, _LESS_DEEP))

    def _names(
        self,
        tree: nodes.Template,
        spots: Mapping[int, Paragraph],
        tags: Mapping[int, Sequence[str]],
    ) -> None:
        """Follow the names of *tree*, whose lines are the paragraphs *spots* with their *tags*."""

        def say(code: str, line: int, message: str, hint: str, *, error: bool = True) -> None:
            spot = spots.get(line) or next(iter(spots.values()), Paragraph("", 0, "", None))
            self.say(Fault(code, spot, message, hint, _near(message, tags.get(line, ())), error))

        names = Names(self.catalogue, {**self.given, UNREAD: ANY})
        names.walk(tree.body, dict(self.scope))
        for line, wrong in names.wrong:
            called = re.match(r"you wrote (\w+)(?:\( \)|,)", wrong)
            hint = _ELSEWHERE.get(called[1], "") if called else ""
            unasked = wrong.endswith("which is no answer")  # and nothing like it is one
            what = "name" if wrong.startswith("you wrote") else "tag"
            usual = _UNASKED if unasked else f"Mend the {what} in Word."
            say("T003", line, wrong, _sentence(hint) or usual)
        for line, doubt in names.doubts:
            say("T003", line, doubt, "Set it on every way, before the condition.", error=False)
        for reach in names.reached:
            if message := self._hidden(reach):
                say("T004", reach.line, message, "Take it out, loops and ifs too.")
        for line, law in names.law:
            if law not in self.law:
                guess = _guess(law, self.law)
                say("T006", line, f"no authority '{law}' in the registry{guess}",
                    "See authorities.yaml.")  # fmt: skip
        for line, message, hint in _strange(tree):
            say("T009", line, message, hint)

    def _hidden(self, reach: Reach) -> str:
        """Return why the audience may not see an answer, empty if it may."""
        question = reach.question
        if self.audience in {"internal", *question.audience}:
            return ""
        may = ", ".join(sorted(question.audience))
        return f"{question.path} may be seen by {may}, and this is for {self.audience}"

    def as_filled(self, word: WordFile, parts: Mapping[str, str]) -> None:
        """Look once more at each part as it is filled: descriptions, fields, the form of the file.

        What was told already is not told again.
        """
        from nkdocs.documents.compiled import sources

        broken = {f.paragraph.part for f in self.found if f.code in {"T002", "T005", "T008"}}
        for key, source in sources(word.data(), self.name).items():
            part = "word/document.xml" if key == "body" else f"word/{key}.xml"
            called = parts.get(part, key)
            if called not in broken:
                self.plain(called, source, read(word, part, called) if part in parts else [])

    def plain(self, part: str, source: str, paragraphs: Sequence[Paragraph]) -> None:
        """Look at the Jinja source of a part; tell what was not told of it already."""
        spots = {p.number: p for p in paragraphs}
        lines, at = {}, 0
        for number, line in enumerate(source.splitlines(), 1):
            found = re.search(rf'{NUMBER}="(\d+)"', line)
            at = int(found[1]) if found else at
            lines[number] = spots.get(at) or Paragraph(part, at, re.sub("<[^>]+>", "", line), None)
        before = {(f.paragraph.part, f.message) for f in self.found}
        own = _Doctor(self.catalogue, self.audience, self.law, self.name, self.given, self.scope)
        try:
            tree = Environment().parse(source)
            own._names(tree, lines, {})
        except RecursionError:
            self.say(Fault("T002", Paragraph(part, 0, "", None), _DEEP, _LESS_DEEP))
            return
        except jinja2.TemplateSyntaxError as error:
            if not any(f.error and f.paragraph.part == part for f in self.found):
                self.say(Fault("T002", lines.get(error.lineno, Paragraph(part, 0, "", None)),
                               f"a tag cannot be read: {error.message}",
                               "Mend the tag in Word."))  # fmt: skip
            return
        for fault in own.found:
            if fault.error and (part, fault.message) not in before:
                self.say(fault)
        if spots and (way := trial.breaks(tree)):
            self.say(Fault("T008", Paragraph(part, 0, "", None), f"where {way}, what comes out is "
                           "no Word file", "Look where each block begins and ends: in the same "
                           "cell, box or link."))  # fmt: skip


def _strange(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    """Yield each filter and test that no template may use: line, message, hint."""
    env = Environment()
    for told, pattern in _patterns(tree):
        if not isinstance(pattern, str):
            yield told.lineno, "the form of a day stands in quotes", "Write format('MM/dd/yyyy')."
            continue
        try:
            formatted(dt.date.min, pattern)
        except TemplateError as error:
            yield told.lineno, error.message, error.hint
    for node, kind, name in _used(tree):
        known: Mapping[str, object] = env.filters if kind == "filter" else env.tests
        if name not in known:
            known_ones = f"Known are: {', '.join(sorted(env.filters))}."
            usual = known_ones if kind == "filter" else "Write == and a value."
            hint = _sentence(_ELSEWHERE.get(name, "")) or usual
            sign = "|" if kind == "filter" else "is "
            yield node.lineno, f"there is no {kind} '{name}'{_guess(name, known, sign)}", hint
        elif isinstance(node, nodes.Filter) and name == node.name and (
            wrong := _misfit(node, env.filters[name])
        ):  # fmt: skip
            yield node.lineno, wrong, "Write in its brackets what it needs, with commas between."


def _misfit(node: nodes.Filter, made: Callable[..., object]) -> str:
    """Return why what stands in the brackets of a filter does not fit it, empty if it does."""
    inner = inspect.unwrap(made)
    before = 1 + hasattr(inner, "jinja_pass_arg")
    given = [None] * (before + len(node.args))
    if node.dyn_args or node.dyn_kwargs:
        return ""
    try:
        inspect.signature(inner).bind(*given, **{str(k.key): None for k in node.kwargs})
    except TypeError as error:
        missing = re.search(r"missing a required .*argument: '(\w+)'", str(error))
        wrong = f"lacks '{missing[1]}'" if missing else "has more than it takes"
        return f"|{node.name} {wrong} in its brackets"
    except ValueError:  # Python does not tell what it takes
        return ""
    return ""


def _patterns(tree: nodes.Template) -> Iterator[tuple[nodes.Call | nodes.Filter, object]]:
    """Yield each pattern of a day that is written out."""
    every: list[nodes.Call | nodes.Filter] = [*tree.find_all(nodes.Call)]
    for node in (*every, *tree.find_all(nodes.Filter)):
        called = node.node.attr if isinstance(node, nodes.Call) and isinstance(
            node.node, nodes.Getattr) else getattr(node, "name", "")  # fmt: skip
        first = node.args[0] if called in {"format", "format_date"} and node.args else None
        if isinstance(first, nodes.Const):
            yield node, first.value


def _used(tree: nodes.Template) -> Iterator[tuple[nodes.Expr, str, str]]:
    """Yield each filter and test, also those that a filter is told to make of items."""
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        yield node, "filter" if isinstance(node, nodes.Filter) else "test", node.name
        at = {"select": 0, "reject": 0, "selectattr": 1, "rejectattr": 1}.get(node.name, 99)
        for told in node.args[at : at + 1] if isinstance(node, nodes.Filter) else ():
            if isinstance(told, nodes.Const):
                yield node, "test", str(told.value)


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def _guess(name: str, known: "frozenset[str] | Mapping[str, object]", sign: str = "") -> str:
    near = difflib.get_close_matches(name, list(known), 1)
    return f"; did you mean {sign or chr(39)}{near[0]}{'' if sign else chr(39)}?" if near else ""


def _near(message: str, tags: Sequence[str]) -> str:
    """Return the tag that a message is about, the first that holds the name in it."""
    said = [*re.findall(r"you wrote \.?([\w.\[\]]+)", message), *re.findall(r"'(\w+)'", message),
            *re.findall(r"[\w.\[\]]+", message)]  # fmt: skip
    names = [re.split(r"[.\[\]]+", s.strip(".[]"))[-1] for s in said]
    first = tags[0] if tags else ""
    hits = (t for n in names if n for t in tags
            if re.search(rf"\b{re.escape(n)}\b", t, re.IGNORECASE))  # fmt: skip
    return next(hits, first)

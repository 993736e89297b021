"""What is wrong with a Word template, found without filling it: tags, names, audiences.

Every name a template uses is followed to the question that asks it, through loops and
conditions; a name that no question asks, or whose answer the document's audience may not see, is
a fault (DESIGN 8.1, 8.15).
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import jinja2

from nkdocs._jinja import Environment
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.documents.clean import clean
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.errors import TemplateError
from nkdocs.interview.names import OF_INTERNAL, OF_MAIL, OF_TEMPLATES, Face, Names
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, TemplateFile

_BLOCK = re.compile(r"\{[%#](p|tr|tc)\s|\{\{(p|tr|tc)\s")
_ALONE = re.compile(r"^\s*(\{([%#])(?:p|tr|tc)\s((?![%#]\}).)*\2\}\s*)+$", re.DOTALL)
_RUN = re.compile(r"\{[%{](r)\s")


def faults(
    template: bytes,
    file: TemplateFile,
    catalogue: Catalogue,
    law: frozenset[str],
    *,
    name: str,
    each: Pattern = (),
) -> list[Finding]:
    """Return everything that is wrong with a template.

    Args:
        template: the Word file.
        file: which document's file it is; its audience decides what it may reach.
        catalogue: the questions.
        law: ids of the authorities in the registry.
        name: what messages call the template.
        each: the list of whose items each fills it; the template calls one by its singular.
    """
    from nkdocs.documents.compiled import sources

    word = WordFile.read(template, name)
    found = list(_beside(word, name))
    try:
        clean(word, title=file.title, day=None)
    except TemplateError as error:
        found.append(_fault("T007", name, "", error.message, error.hint))
    given = OF_INTERNAL if file.audience == "internal" else OF_TEMPLATES
    scope: dict[str, Face] = {}
    if each:
        scope[catalogue.questions[each].singular] = (*each, ITEM)
    doctor = _Doctor(catalogue, file.audience, law, name, given, scope)
    for part, source in sources(template, name).items():
        found += doctor.part(part, source)
    return found


def text_faults(pattern: str, catalogue: Catalogue, audience: str, *, name: str) -> list[Finding]:
    """Return what is wrong with a pattern of plain text for *audience*: tags, names, audience."""
    return list(_Doctor(catalogue, audience, frozenset(), name, OF_MAIL).part("", pattern))


def _beside(word: WordFile, name: str) -> Iterator[Finding]:
    """Yield a fault for text beside a tag that swallows its paragraph: it would vanish."""
    for part in word.story_parts():
        for number, paragraph in enumerate(paragraphs(word.tree(part)), 1):
            text = text_of(paragraph)
            if _RUN.search(text):
                place = f"{part.removeprefix('word/').removesuffix('.xml')} paragraph {number}"
                yield _fault("T005", name, place, "a tag {%r … %} or {{r … }} drops the run it "
                             "stands in", "Use {% … %} and {{ … }}.")  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class _Doctor:
    catalogue: Catalogue
    audience: str
    law: frozenset[str]
    name: str
    given: Mapping[str, Face]
    scope: Mapping[str, Face] = field(default_factory=dict)

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
        except RecursionError:
            message = "a tag is nested too deeply to be read"
            yield _fault("T002", self.name, part, message, "Write it in several tags.")
            return
        names = Names(self.catalogue, self.given)
        names.walk(tree.body, dict(self.scope))
        for wrong in dict.fromkeys(names.wrong):
            yield _fault("T003", self.name, part, wrong, "Mend the name in Word.")
        for question in {q.steps: q for q in names.reached}.values():
            if self.audience != "internal" and self.audience not in question.audience:
                may = ", ".join(sorted(question.audience))
                message = f"{question.path} may be seen by {may}, and this is for {self.audience}"
                yield _fault("T004", self.name, part, message, "Take it out, loops and ifs too.")
        for law in dict.fromkeys(names.law):
            if law not in self.law:
                near = difflib.get_close_matches(law, self.law, 1)
                guess = f"; did you mean '{near[0]}'?" if near else ""
                message = f"no authority '{law}' in the registry{guess}"
                yield _fault("T006", self.name, part, message, "See authorities.yaml.")

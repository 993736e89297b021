"""The blanks of a Word template: where each answer is used, and for what."""

from collections.abc import Iterator, Mapping

from jinja2 import nodes
from msgspec import Struct

from nkdocs.documents.blocks import UNREAD, Blocks, read_template
from nkdocs.documents.doctor import opened, scope_of
from nkdocs.documents.guesses import ASKED_OF, ENDS, OF_ITEMS
from nkdocs.documents.tags import Paragraph, read
from nkdocs.documents.uses import Use, Uses
from nkdocs.interview.faces import ANY
from nkdocs.interview.names import Names
from nkdocs.interview.spec import ITEM, Catalogue, Pattern, Question, TemplateFile
from nkdocs.interview.spec import path as written
from nkdocs.interview.vocabulary import Face
from nkdocs.kinds.pronouns import PRONOUN_NAMES


class Part(Struct, frozen=True):
    """One part of a template, its tags as a Jinja template with a line for each paragraph.

    Attributes:
        source: those tags as they are typed.
        tree: what they are, AssemblyLine's names as ours.
    """

    name: str
    paragraphs: dict[int, Paragraph]
    source: str
    tree: nodes.Template


class Blank(Struct, frozen=True):
    """One use of an answer.

    Attributes:
        question: what asks it.
        use: `printed`, `condition` or `loop`.
    """

    paragraph: Paragraph
    question: Question
    use: str


class Unasked(Struct, frozen=True):
    """One use of a name that no question asks; `use` as of a blank."""

    paragraph: Paragraph
    name: str
    use: str


def parts_of(template: bytes, name: str) -> Iterator[Part]:
    """Yield the parts of a template, whatever is wrong with its tags.

    Raises:
        TemplateError: it is no Word file.
    """
    word, called = opened(template, name)
    for part, shown in called.items():
        paragraphs = read(word, part, shown)
        blocks = Blocks()
        blocks.follow(paragraphs)
        tree = read_template(blocks.source)
        yield Part(shown, {p.number: p for p in paragraphs}, blocks.source, tree)


def blanks(
    template: bytes, file: TemplateFile, catalogue: Catalogue, *, name: str, each: Pattern = ()
) -> Iterator[Blank]:
    """Yield every use of an answer in a template, in the order in which it stands in Word."""
    for blank in every(template, file, catalogue, name=name, each=each):
        if isinstance(blank, Blank):
            yield blank


def every(
    template: bytes, file: TemplateFile, catalogue: Catalogue, *, name: str, each: Pattern = ()
) -> Iterator[Blank | Unasked]:
    """Yield every use of an answer, and of a name that may become one, in Word's order."""
    given, scope = scope_of(file, catalogue, each)
    for part in parts_of(template, name):
        names = Names(catalogue, {**given, UNREAD: ANY})
        names.walk(part.tree.body, dict(scope))
        uses = dict.fromkeys((r.line, r.question.steps, r.use) for r in names.reached)
        found: list[tuple[int, Blank | Unasked]] = [
            (line, Blank(part.paragraphs[line], catalogue.questions[steps], use))
            for line, steps, use in uses
        ]
        found += _unasked(part, catalogue, names.given, scope)
        yield from (blank for _, blank in sorted(found, key=lambda told: told[0]))


def _unasked(
    part: Part, catalogue: Catalogue, given: Mapping[str, Face], scope: Mapping[str, Face]
) -> Iterator[tuple[int, Unasked]]:
    """Yield each use of a name of a part that no question asks, with its line."""
    uses = Uses()
    uses.walk(part.tree.body, {n: f if isinstance(f, tuple) else None for n, f in scope.items()})
    own = ((line, steps_of(path, uses.found, catalogue), use) for line, path, use in uses.seen
           if path[0] not in given)  # fmt: skip
    for line, path, use in dict.fromkeys(own):
        if path[-1] != ITEM and not asking(path, catalogue)[0]:
            yield line, Unasked(part.paragraphs[line], written(path), use)


def steps_of(path: Pattern, found: Mapping[Pattern, Use], catalogue: Catalogue) -> Pattern:
    """Return the steps of a name: `client`, and the first or last of a list, as items of it."""
    own: Pattern = ("respondents", ITEM) if path[0] == "client" else path[:1]
    for step in path[1:]:
        asked = catalogue.questions.get(own)
        listed = asked.is_list if asked else own in found and found[own].looped
        own = (*own, ITEM if listed and step in ENDS else step)
    return own


def asking(path: Pattern, catalogue: Catalogue) -> tuple[bool, list[Question]]:
    """Return whether the product asks *path*, or parts of it, and the questions it hangs on."""
    group = bool(catalogue.children(path))
    for end in range(len(path), 0, -1):
        question = catalogue.questions.get(path[:end])
        if question is None:
            continue
        rest, of_list = path[end:], ASKED_OF | ENDS
        if question.is_list and rest and rest[0] != ITEM and rest[-1] not in of_list:
            return False, []
        pronoun = catalogue.questions.get((*path[:end], ITEM, "pronoun"))
        if path[-1] in PRONOUN_NAMES and pronoun:
            return True, [question, pronoun]
        known = not question.is_list or rest in {(), (ITEM,)} or rest[-1] in of_list | OF_ITEMS
        return known or group, [question]
    return group, []

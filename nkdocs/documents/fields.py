"""The blanks of a Word template: where each answer is used, and for what."""

from collections.abc import Iterator

from jinja2 import nodes
from msgspec import Struct

from nkdocs.documents.blocks import UNREAD, Blocks, read_template
from nkdocs.documents.doctor import opened, scope_of
from nkdocs.documents.tags import Paragraph, read
from nkdocs.interview.faces import ANY
from nkdocs.interview.names import Names
from nkdocs.interview.spec import Catalogue, Pattern, Question, TemplateFile


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
        use: `printed`, `condition` or `loop`.
    """

    paragraph: Paragraph
    question: Question
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
    given, scope = scope_of(file, catalogue, each)
    for part in parts_of(template, name):
        names = Names(catalogue, {**given, UNREAD: ANY})
        names.walk(part.tree.body, dict(scope))
        uses = dict.fromkeys((r.line, r.question.steps, r.use) for r in names.reached)
        for line, steps, use in sorted(uses, key=lambda told: told[0]):
            yield Blank(part.paragraphs[line], catalogue.questions[steps], use)

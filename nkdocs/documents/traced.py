"""In which tag of a template an error arose, and in which paragraph of Word that tag stands.

Jinja tells the line of an error, and a line holds a whole paragraph and the `{%p … %}` behind it:
docxtpl takes their paragraphs away. So the part is run once more with each tag on a line of its
own, and the tag is looked up in the same part with Word's paragraphs numbered.
"""

import re
from collections import deque
from collections.abc import Callable, Iterator

import jinja2
from msgspec import Struct

from nkdocs._jinja import Environment
from nkdocs.documents.faults import LONGEST, Traced, line_of, plain
from nkdocs.documents.tags import NUMBER, Paragraph, numbered, part_names, read
from nkdocs.documents.wordfile import WordFile
from nkdocs.errors import TemplateError

_BEGINS = {"variable_begin", "block_begin"}
_PARAGRAPH = re.compile(r"<w:p(?: [^>]*)?(?<!/)>|</w:p>")
_NUMBERED = re.compile(rf'{NUMBER}="(\d+)"')
_TAG = re.compile(r"\{([{%]).*?[%}]\}", re.DOTALL)


class _Spread(Struct, frozen=True):
    """A source with each tag on a line of its own.

    Attributes:
        begins: the line on which each tag begins.
        whole: whether all of it could be read.
    """

    text: str
    begins: list[int]
    whole: bool

    def tag_on(self, line: int) -> int:
        """Return which tag stands on *line*."""
        return max(sum(begin <= line for begin in self.begins) - 1, 0)


def failing(
    source: str, environment: Environment, run: Callable[[jinja2.Template], Iterator[str]]
) -> int | None:
    """Return which tag of *source* cannot be read or filled, counted from 0; None: none is found.

    Args:
        source: of a part.
        environment: what it is read with.
        run: fills a template as the part was filled.
    """
    spread = _spread(source, environment)
    if not spread.begins:
        return None
    if not spread.whole:
        return len(spread.begins) - 1
    try:
        deque(run(environment.from_string(environment.parse(spread.text))), maxlen=0)
    except Exception as error:  # noqa: BLE001 - whatever it is, it arose before and is told there
        line = line_of(error)
        return spread.tag_on(line) if line else None
    return None


def traced(
    template: bytes, part: str, tag: int, sources: Callable[[bytes, str], str]
) -> Traced | None:
    """Return where tag number *tag* of a part stands in Word; None if it is not found.

    Args:
        template: the Word file.
        part: its part, as `word/header1.xml`.
        tag: the number, from 0.
        sources: gives the source of the part of a template.
    """
    from nkdocs.documents.clean import clean

    try:
        word = WordFile.read(template, part)
        numbered(word)
        names = part_names(word)
        told = read(word, part, names[part])
        clean(word, title="", day=None)
        source = sources(word.data(), part)
    except (TemplateError, KeyError):
        return None
    for at, (paragraph, text) in enumerate(_standing(source, told)):
        if at == tag and paragraph is not None:
            typed = _typed(paragraph.text, text)
            near = paragraph.near(" ".join(typed.split()), LONGEST)
            return Traced(paragraph.part, paragraph.number, near, typed)
    return None


def _standing(source: str, told: list[Paragraph]) -> Iterator[tuple[Paragraph | None, str]]:
    """Yield for each tag of a source its paragraph, None if it is in none, and its text."""
    spread, by = _spread(source, Environment()), {p.number: p for p in told}
    left = [n for n in by if f'{NUMBER}="{n}"' not in spread.text]  # docxtpl took them away
    open_, last = list[int](), 0
    for piece in re.split(r"(?=\n\{)", spread.text):
        found = _TAG.match(piece, 1)
        if found:
            text = found[0]
            if not open_:
                wanted = plain(text)
                last = next((n for n in left if n > last and wanted in plain(by[n].text)), last)
            yield by.get(open_[-1] if open_ else last), text
        for mark in _PARAGRAPH.finditer(piece):
            number = _NUMBERED.search(mark[0])
            if mark[0].startswith("</"):
                del open_[-1:]
            else:
                open_.append(int(number[1]) if number else 0)
                last = max(last, open_[-1])


def _typed(text: str, tag: str) -> str:
    """Return *tag* as it is typed in the *text* of a paragraph."""
    wanted = plain(tag)
    return next((t[0] for t in _TAG.finditer(text) if plain(t[0]) == wanted), tag)


def _spread(source: str, environment: Environment) -> _Spread:
    pieces, begins, line, whole = list[str](), list[int](), 1, True
    try:
        for _, token, value in environment.lexer.tokeniter(source, None):
            if token in _BEGINS:
                pieces.append("\n")
                line += 1
                begins.append(line)
            pieces.append(value)
            line += value.count("\n")
    except jinja2.TemplateSyntaxError:
        whole = False
    return _Spread("".join(pieces), begins, whole)

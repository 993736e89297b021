"""Where an answer is used: the paragraphs of the templates that print it or hang on it."""

import functools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from nkdocs.documents import fields, find
from nkdocs.errors import TemplateError
from nkdocs.interview.spec import Catalogue, Document, Pattern, Question

_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}")
_VALUE = re.compile(r"\{\{\s*(.*?)\s*\}\}")
_NAME = re.compile(r"(?:[a-z_]+(?:\[\d+\])?\.)*([a-z_]+)")
_MOST = 90  # characters of a paragraph that are shown


class Place(Struct, frozen=True):
    """One paragraph of a Word template that uses an answer.

    Attributes:
        part: as Word calls it: body, header, footnotes.
        printed: whether the answer stands in the paragraph; else it decides what does.
        text: the beginning of the paragraph, its answers in [ ].
    """

    file: str
    part: str
    paragraph: int
    printed: bool
    text: str


class Uses:
    """The uses of answers in the templates of a case; each template is read when first wanted."""

    def __init__(self, catalogue: Catalogue, folders: Sequence[Path]) -> None:
        """Look at the documents of *catalogue*, whose templates stand in *folders*."""
        self.catalogue, self.folders = catalogue, tuple(folders)
        self._read = functools.cache(self._of)

    def __call__(self, question: Question, documents: Sequence[Document] = ()) -> list[Place]:
        """Return where the answers to *question* are used, in *documents* or in all there are."""
        among = documents or tuple(self.catalogue.documents.values())
        names = dict.fromkeys(d.base or d.id for d in among)
        return [place for name in names for place in self._read(name).get(question.steps, ())]

    def told(self, question: Question, documents: Sequence[Document] = ()) -> list[str]:
        """Return the same in lines: what is printed with its words, then what hangs on it."""
        places = self(question, documents)
        lines = [f"{_where(p)}: {p.text}" for p in places if p.printed]
        deciding: dict[str, list[str]] = {}
        for place in places:
            if not place.printed:
                own = "" if place.part == "body" else f"{place.part} "
                deciding.setdefault(place.file, []).append(f"{own}{place.paragraph}")
        return lines + [
            f"{file}: decides what stands at paragraph{'s' * (len(at) > 1)} {', '.join(at)}"
            for file, at in deciding.items()
        ]

    def _of(self, name: str) -> dict[Pattern, list[Place]]:
        found: dict[Pattern, list[Place]] = {}
        for document in self.catalogue.documents.values():
            if name in {document.base or document.id, document.id}:
                for steps, place in self._places(document):
                    found.setdefault(steps, []).append(place)
                break  # the papers of a list's items have one template
        return found

    def _places(self, document: Document) -> Iterator[tuple[Pattern, Place]]:
        for file in document.files:
            called = file.source or file.file
            try:
                _, data = find.template(document, file, self.folders)
                each = document.each
                blanks = list(fields.blanks(data, file, self.catalogue, name=called, each=each))
            except TemplateError:  # `template check` says what is wrong with it
                continue
            printed = {(b.question.steps, id(b.paragraph)) for b in blanks if b.use == "printed"}
            seen = set()
            for blank in blanks:
                key = blank.question.steps, id(blank.paragraph)
                if key not in seen:
                    seen.add(key)
                    near = blank.paragraph
                    yield key[0], Place(
                        called, near.part, near.number, key in printed, _words(near.text)
                    )


def _where(place: Place) -> str:
    own = "" if place.part == "body" else f"{place.part}, "
    return f"{place.file}, {own}paragraph {place.paragraph}"


def _words(text: str) -> str:
    """Return a paragraph of a template without its statements, the last name of each value."""
    bare = _VALUE.sub(lambda found: f"[{_called(found[1])}]", text)
    line = " ".join(_STATEMENT.sub("", bare).split())
    return line if len(line) <= _MOST else f"{line[:_MOST]}…"


def _called(value: str) -> str:
    """Return the last of the names of an answer; of what is worked out no name is told."""
    found = _NAME.fullmatch(value)
    return found[1].replace("_", " ") if found else "…"

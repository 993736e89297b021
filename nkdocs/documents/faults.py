"""Says where in a template a fault arose: part, paragraph, the words around it."""

import difflib
import re
import traceback
from collections.abc import Iterable

import jinja2

from nkdocs._patterns import lazily
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.errors import TemplateError

_TAG = lazily(r"<[^>]+>")
_UNKNOWN = lazily(r"'(\w+)' is undefined")
_LONGEST = 120
#: What a template that is wrong may end in while it is compiled or filled.
FAULTS = (TemplateError, jinja2.TemplateError, SyntaxError, TypeError, ValueError, RecursionError,
          ArithmeticError, AttributeError, LookupError, MemoryError)  # fmt: skip


def spot(part: str) -> str:
    """Return what messages call a part: `header1`; the body is `body`."""
    name = part.lstrip("/").removeprefix("word/").removesuffix(".xml")
    return "body" if name == "document" else name


def lined(source: str) -> str:
    """Return *source* with each paragraph on a line of its own, as docxtpl compiles it."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def line_of(error: BaseException) -> int:
    """Return the line of the template's source that *error* arose in, 0 if it is not known."""
    line = getattr(error, "lineno", None)
    for frame in traceback.extract_tb(error.__traceback__):
        if line is None and frame.filename in {"<template>", "<unknown>"}:
            line = frame.lineno
    return line or 0


def explained(
    error: Exception,
    names: Iterable[str],
    *,
    name: str,
    template: bytes,
    part: str = "",
    source: str = "",
) -> TemplateError:
    """Say where in the template *error* arose, in the words of someone who uses Word.

    Args:
        error: what went wrong.
        names: what the template may name, for a suggestion.
        name: what messages call the template.
        template: the template's bytes.
        part: the part that was compiled or filled.
        source: its source, a paragraph a line.
    """
    quoted = _quoted(source, line_of(error))
    said = getattr(error, "message", None) or str(error)
    if not isinstance(error, (jinja2.TemplateError, TemplateError)):
        said = "a value or tag here cannot be printed"
    if isinstance(error, MemoryError):
        said = "a tag here makes more than a letter can hold"
    if unknown := _UNKNOWN.fullmatch(said):
        near = difflib.get_close_matches(unknown[1], list(names), 1)
        said = f"'{unknown[1]}' is not a name nkdocs knows"
        said += f"; did you mean '{near[0]}'?" if near else ""
    where = spot(part)
    number = _number(template, part, quoted) if quoted else 0
    fault = Finding(
        code="T002",
        severity=Severity.ERROR,
        message=said + (f" — in the paragraph “{quoted}”" if quoted else ""),
        place=Place(name, part=f"{where} paragraph {number}" if number else where),
        hint="Open the template in Word, mend the tag, save, and run again.",
    )
    return TemplateError(f"the template {name} cannot be filled", hint=fault.hint, faults=[fault])


def _quoted(source: str, line: int) -> str:
    """Return the start of the paragraph that stands on *line* of a part's source."""
    lines = source.splitlines()
    found = _TAG.sub("", lines[line - 1]) if 0 < line <= len(lines) else ""
    import html  # it brings a table of 2,000 names

    return html.unescape(found).strip()[:_LONGEST]


def _number(template: bytes, part: str, quoted: str) -> int:
    """Return the number, from 1, of the paragraph of a part that says *quoted*; 0 if none does."""
    from nkdocs.documents.wordfile import WordFile, paragraphs, text_of

    try:
        tree = WordFile.read(template, part).tree(part.lstrip("/"))
    except (TemplateError, KeyError):
        return 0
    wanted = _plain(quoted)
    for number, paragraph in enumerate(paragraphs(tree), 1):
        said = _plain(text_of(paragraph))
        if wanted in said or (said and wanted.startswith(said)):
            return number
    return 0


def _plain(text: str) -> str:
    """Return *text* as docxtpl leaves it: straight quotes, no marks of paragraph or row."""
    straight = text.translate(str.maketrans("“”‘’", "\"\"''"))
    return "".join(re.sub(r"(\{[{%#])(?:p|tr|tc|r)\s", r"\1", straight).split())

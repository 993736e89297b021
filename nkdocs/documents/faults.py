"""Says where in a template a fault arose: part, paragraph, the words around it."""

import difflib
import re
import traceback
from collections.abc import Iterable

import jinja2
from msgspec import Struct
from msgspec.structs import replace

from nkdocs import _resources
from nkdocs._patterns import lazily
from nkdocs.answers.sight import ForbiddenPathError
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.errors import TemplateError

_TAG = lazily(r"<[^>]+>")
_UNKNOWN = lazily(r"'(\w+)' is undefined")
_PATH = lazily(r"'([\w\[\].-]+)\.(\w+)'")
_LACKING = lazily(r"'[\w.]+ object' has no attribute '(\w+)'")
_UNCALLED = lazily(r".* is not safely callable", re.DOTALL)
_NO_BRACKETS = "what stands before ( ) takes no brackets; write it without"
#: What Python says, and what it means in a template.
_REASONS = (
    (r"(\w+)\(\) missing (\d+) required",
     "{0} is told too little: {1} more is needed in its brackets"),
    (r"(\w+)\(\) takes .* given", "{0} is told too much in its brackets"),
    (r"(\w+)\(\) got an unexpected keyword argument '(\w+)'", "{0} takes no {1}="),
    (r"(\w+)\(\) got multiple values for argument '(\w+)'", "{0} is told its {1} twice"),
    (r"^'([<>]=?)' not supported", "the two sides of {0} cannot be compared"),
    (r"^unsupported operand type\(s\) for (\S+):",
     "{0} cannot be reckoned of what stands on its two sides; texts are joined with ~"),
    (r"^can only concatenate", "+ joins no text to what is none; write ~ in its place"),
    (r"object is not callable", _NO_BRACKETS),
    (r"object is not iterable", "a loop or a filter goes through what is no list"),
    (r"has no len\(\)", "what is counted is no list"),
)  # fmt: skip
_MENDED = "Open the template in Word, mend the tag, save, and run again."
#: Characters of a paragraph that a message shows.
LONGEST = 120
#: What a template that is wrong may end in while it is compiled or filled.
FAULTS = (TemplateError, jinja2.TemplateError, SyntaxError, TypeError, ValueError, RecursionError,
          ArithmeticError, AttributeError, LookupError, MemoryError)  # fmt: skip


class Traced(Struct, frozen=True):
    """Where in Word an error arose.

    Attributes:
        part: in a Word user's words.
        number: of the paragraph.
        near: the text around the tag.
        tag: as the author typed it.
    """

    part: str
    number: int
    near: str
    tag: str


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
    for frame, number in () if line else traceback.walk_tb(error.__traceback__):
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:
            line = template.get_corresponding_lineno(number)
        elif frame.f_code.co_filename in {"<template>", "<unknown>"}:  # one that Jinja has mended
            line = number
    return line or 0


def explained(  # noqa: PLR0913 - facts of one fault, by name
    error: Exception,
    names: Iterable[str],
    *,
    name: str,
    template: bytes,
    part: str = "",
    source: str = "",
    at: Traced | None = None,
) -> TemplateError:
    """Say where in the template *error* arose, in the words of someone who uses Word.

    Args:
        error: what went wrong.
        names: what the template may name, for a suggestion.
        name: what messages call the template.
        template: the template's bytes.
        part: the part that was compiled or filled.
        source: its source, a paragraph a line.
        at: the tag and its paragraph, if they were found.
    """
    said = _said(error, names, at.tag if at else "")
    if at is not None:
        where, number, quoted = at.part, at.number, at.near
    else:
        quoted, where = _quoted(source, line_of(error)), spot(part)
        number = _number(template, part, quoted) if quoted else 0
    fault = Finding(
        code="T002",
        severity=Severity.ERROR,
        message=said + (f" — in the paragraph “{quoted}”" if quoted else ""),
        place=Place(name, part=f"{where} paragraph {number}" if number else where,
                    paragraph=number, text=quoted),
        hint=getattr(error, "hint", "") or _MENDED,
    )  # fmt: skip
    own = error.own if isinstance(error, ForbiddenPathError) else ""
    if own and name.startswith(str(_resources.shipped("templates"))):  # what ships is not at fault
        file, _, line = own.rpartition(":")
        hint = f"Let it see the answer (audience), or ask under another name; {name} ships so."
        fault = replace(fault, message=said, place=Place(file, int(line)), hint=hint)
    return TemplateError(f"the template {name} cannot be filled", hint=fault.hint, faults=[fault])


def _said(error: Exception, names: Iterable[str], tag: str) -> str:
    """Return what is wrong, in the names that the author wrote."""
    said = getattr(error, "message", None) or str(error)
    if isinstance(error, MemoryError):
        return "a tag here makes more than a letter can hold"
    if not isinstance(error, (jinja2.TemplateError, TemplateError)):
        return _reason(error)
    if _UNCALLED.fullmatch(said):  # it shows the value, which may be a client's
        return _NO_BRACKETS
    if lacking := _LACKING.fullmatch(said):
        return f"what stands before .{lacking[1]} has no such part"
    if unknown := _UNKNOWN.fullmatch(said):
        near = difflib.get_close_matches(unknown[1], list(names), 1)
        said = f"'{unknown[1]}' is not a name nkdocs knows"
        return said + (f"; did you mean '{near[0]}'?" if near else "")
    return _as_written(said, tag)


def _as_written(said: str, tag: str) -> str:
    """Return a message with a path as *tag* writes it: `client.name` for `respondents[].name`."""
    path = _PATH.match(said)
    wrote = re.search(rf"([A-Za-z_][\w.]*(?:\[[^]]*\][\w.]*)*)\.{path[2]}\b", tag) if path else None
    return said.replace(f"'{path[1]}.", f"'{wrote[1]}.") if path and wrote else said


def _reason(error: Exception) -> str:
    """Return what Python could not do, without its values: they may be a client's."""
    if isinstance(error, ZeroDivisionError):
        return "something is divided by zero"
    for pattern, words in _REASONS if isinstance(error, TypeError) else ():
        if found := re.search(pattern, str(error), re.DOTALL):
            return words.format(*found.groups())
    return "a value or tag here cannot be printed"


def _quoted(source: str, line: int) -> str:
    """Return the start of the paragraph that stands on *line* of a part's source."""
    lines = source.splitlines()
    found = _TAG.sub("", lines[line - 1]) if 0 < line <= len(lines) else ""
    import html  # it brings a table of 2,000 names

    return html.unescape(found).strip()[:LONGEST]


def _number(template: bytes, part: str, quoted: str) -> int:
    """Return the number, from 1, of the paragraph of a part that says *quoted*; 0 if none does."""
    from nkdocs.documents.wordfile import WordFile, paragraphs, text_of

    try:
        tree = WordFile.read(template, part).tree(part.lstrip("/"))
    except (TemplateError, KeyError):
        return 0
    wanted = plain(quoted)
    for number, paragraph in enumerate(paragraphs(tree), 1):
        said = plain(text_of(paragraph))
        if wanted in said or (said and wanted.startswith(said)):
            return number
    return 0


def plain(text: str) -> str:
    """Return *text* as docxtpl leaves it: straight quotes, no marks of paragraph or row."""
    straight = text.translate(str.maketrans("“”‘’", "\"\"''"))
    return "".join(re.sub(r"(\{[{%#])(?:p|tr|tc|r)\s", r"\1", straight).split())

"""Fills a Word template: the one owner of docxtpl.

docxtpl drops what it cannot parse without a word (docxtpl/template.py, fix_tables, recover=True);
here a part that is not well-formed is an error, every value is escaped, and an unknown name
stops the work with the paragraph it stands in.
"""

import difflib
import io
import re
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import jinja2
from docxtpl import DocxTemplate
from lxml import etree

from nkdocs._jinja import Environment
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.errors import TemplateError

_TAG = re.compile(r"<[^>]+>")
_INSIDE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_UNKNOWN = re.compile(r"'(\w+)' is undefined")
_FAULTS = (TemplateError, jinja2.TemplateError, etree.XMLSyntaxError, UnicodeEncodeError, TypeError,
           ValueError, RecursionError)  # fmt: skip


class _StrictTemplate(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """docxtpl that refuses a part it cannot read, where docxtpl would shorten the letter.

    It fills notes once (docxtpl fills them once a section, so answers would be read as tags), and
    no properties of the file, which hold no answers.
    """

    def patch_xml(self, src_xml: str) -> str:
        """Write `&` in a tag as what it is; docxtpl does so with `<` and `>` alone."""
        return _INSIDE.sub(lambda tag: tag[0].replace("&amp;", "&"), super().patch_xml(src_xml))

    def render_properties(self, context: Any, jinja_env: Any = None) -> None:  # noqa: ANN401
        del context, jinja_env

    def render_footnotes(self, context: Any, jinja_env: Any = None) -> None:  # noqa: ANN401
        for part in self._notes():
            xml = self.render_xml_part(self.patch_xml(_text(part)), part, context, jinja_env)
            part._blob = xml.encode("utf-8")  # noqa: SLF001 - as docxtpl itself does

    def _notes(self) -> list[Any]:
        """Return the parts that hold footnotes and endnotes."""
        parts = self.docx.part.package.parts
        return [p for p in parts if str(p.content_type).endswith(("footnotes+xml", "endnotes+xml"))]

    def fix_tables(self, xml: Any) -> Any:  # noqa: ANN401 - docxtpl's own signature
        source = xml.encode("utf-8") if isinstance(xml, str) else xml
        etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True))
        return super().fix_tables(xml)


def fill(
    template: bytes,
    names: Mapping[str, object],
    finalize: Callable[[object], object],
    *,
    name: str,
) -> bytes:
    """Return the DOCX that *template* gives for *names*.

    Args:
        template: the template's bytes.
        names: what the template may name.
        finalize: how a printed value is written.
        name: what messages call the template.

    Raises:
        TemplateError: a name is unknown, a tag is wrong, or the result is not a Word file.
    """
    word = _opened(template, name)
    try:
        word.render(dict(names), Environment(finalize), autoescape=True)
        out = io.BytesIO()
        word.save(out)
    except _FAULTS as error:
        raise _explained(error, word, names, name) from None
    return out.getvalue()


def _opened(template: bytes, name: str) -> _StrictTemplate:
    """Return the template, opened.

    Raises:
        TemplateError: Word would open it, but not as a document: a macro file, a workbook.
    """
    word = _StrictTemplate(io.BytesIO(template))
    try:
        word.init_docx()
    except (ValueError, KeyError, etree.XMLSyntaxError):
        msg = f"{name}: this is no plain Word document (macros, a template, or damaged)"
        raise TemplateError(msg, hint="Save it in Word as 'Word Document (.docx)'.") from None
    return word


def sources(template: bytes, name: str) -> dict[str, str]:
    """Return the Jinja source that docxtpl makes of each part of a template, by part.

    Raises:
        TemplateError: it is no Word document.
    """
    word = _opened(template, name)
    found = {"body": _lined(word.patch_xml(word.get_xml()))}
    for kind in (word.HEADER_URI, word.FOOTER_URI):
        for key, part in word.get_headers_footers(kind):
            found[_place(part) or key] = _lined(word.patch_xml(word.get_part_xml(part)))
    notes = {_place(part): _lined(word.patch_xml(_text(part))) for part in word._notes()}  # noqa: SLF001
    return {**found, **notes}


def _text(part: Any) -> str:  # noqa: ANN401 - python-docx's part
    return str(part.blob.decode("utf-8"))


def _place(part: object) -> str:
    """Return what messages call a part: `header1`; the body is `body`."""
    spot = str(getattr(part, "partname", "")).removeprefix("/word/").removesuffix(".xml")
    return "body" if spot == "document" else spot


def _lined(source: str) -> str:
    """Return *source* with each paragraph on a line of its own, as docxtpl compiles it."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _explained(
    error: Exception, word: _StrictTemplate, names: Mapping[str, object], name: str
) -> TemplateError:
    """Say where in the template *error* arose, in the words of someone who uses Word."""
    part = getattr(word, "current_rendering_part", None)
    quoted = _paragraph(word, part, _line(error))
    said = getattr(error, "message", None) or str(error)
    if not isinstance(error, (jinja2.TemplateError, TemplateError)):
        said = "a value or tag here cannot be printed"
    if unknown := _UNKNOWN.fullmatch(said):
        near = difflib.get_close_matches(unknown[1], names, 1)
        said = f"'{unknown[1]}' is not a name nkdocs knows"
        said += f"; did you mean '{near[0]}'?" if near else ""
    fault = Finding(
        code="T002",
        severity=Severity.ERROR,
        message=said + (f" — in the paragraph “{quoted}”" if quoted else ""),
        place=Place(name, part=_place(part)),
        hint="Open the template in Word, mend the tag, save, and run again.",
    )
    return TemplateError(f"the template {name} cannot be filled", hint=fault.hint, faults=[fault])


def _line(error: Exception) -> int:
    """Return the line of the template's source that *error* arose in, 0 if it is not known."""
    line = getattr(error, "lineno", None)
    for frame in traceback.extract_tb(error.__traceback__):
        if line is None and frame.filename in {"<template>", "<unknown>"}:
            line = frame.lineno
    return line or 0


def _paragraph(word: _StrictTemplate, part: Any, line: int) -> str:  # noqa: ANN401
    """Return the start of the paragraph that stands on *line* of a part's source."""
    if not line or part is None:
        return ""
    word.render_init()
    place = _place(part)
    own = word.get_xml() if place == "body" else _text(part)
    if place.startswith(("header", "footer")):
        own = word.get_part_xml(part)
    lines = _lined(word.patch_xml(own)).splitlines()
    found = _TAG.sub("", lines[line - 1]) if line <= len(lines) else ""
    return found.strip()[:120]

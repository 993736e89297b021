"""Fills a Word template: the one owner of docxtpl.

docxtpl drops what it cannot parse without a word (docxtpl/template.py, fix_tables, recover=True);
here a part that is not well-formed is an error, every value is escaped, and an unknown name
stops the work with the paragraph it stands in.
"""

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


class _StrictTemplate(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
    """docxtpl that refuses a part it cannot read, where docxtpl would shorten the letter."""

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
    word = _StrictTemplate(io.BytesIO(template))
    try:
        word.render(dict(names), Environment(finalize), autoescape=True)
        out = io.BytesIO()
        word.save(out)
    except TemplateError as error:
        raise _explained(error, word, name) from None
    except (jinja2.TemplateError, etree.XMLSyntaxError, UnicodeEncodeError, TypeError) as error:
        raise _explained(error, word, name) from None
    return out.getvalue()


def sources(template: bytes) -> dict[str, str]:
    """Return the Jinja source that docxtpl makes of each part of a template, by part."""
    word = DocxTemplate(io.BytesIO(template))
    word.init_docx()
    found = {"body": _lined(word.patch_xml(word.get_xml()))}
    for kind in (word.HEADER_URI, word.FOOTER_URI):
        for key, part in word.get_headers_footers(kind):
            name = str(getattr(part, "partname", key)).removeprefix("/word/").removesuffix(".xml")
            found[name] = _lined(word.patch_xml(word.get_part_xml(part)))
    return found


def _lined(source: str) -> str:
    """Return *source* with each paragraph on a line of its own, as docxtpl compiles it."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _explained(error: Exception, word: DocxTemplate, name: str) -> TemplateError:
    """Say where in the template *error* arose, in the words of someone who uses Word."""
    quoted = _paragraph(word, _line(error))
    said = getattr(error, "message", None) or str(error)
    if not isinstance(error, (jinja2.TemplateError, TemplateError)):
        said = "a value or tag here cannot be printed"
    part = getattr(word, "current_rendering_part", None)
    spot = str(getattr(part, "partname", "")).removeprefix("/word/").removesuffix(".xml")
    where = {"document": "body", "": ""}.get(spot, spot)
    fault = Finding(
        code="T002",
        severity=Severity.ERROR,
        message=said + (f" — in the paragraph “{quoted}”" if quoted else ""),
        place=Place(name, part=where),
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


def _paragraph(word: DocxTemplate, line: int) -> str:
    """Return the start of the paragraph that stands on *line* of the body's source."""
    if not line:
        return ""
    word.render_init()
    lines = _lined(word.patch_xml(word.get_xml())).splitlines()
    found = _TAG.sub("", lines[line - 1]) if line <= len(lines) else ""
    return found.strip()[:120]

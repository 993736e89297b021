"""Takes out of a filled document what its template or an earlier case left in it.

Author, company, revision, thumbnail, comments, tracked changes, hidden text, links to other
files: none of it reaches the letter (TRUST.md 4.4, R15).
"""

import datetime as dt
import re
from typing import Any
from xml.sax.saxutils import escape

from lxml import etree

from nkdocs.documents.wordfile import W, WordFile

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DROPPED = re.compile(
    r"^(docProps/(custom\.xml|thumbnail\..*)|word/(comments|commentsExtended|commentsIds|"
    r"commentsExtensible|people)\.xml|customXml/.*)$"
)
_CORE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
    "<dc:title>{title}</dc:title><dc:creator></dc:creator>"
    "<cp:lastModifiedBy></cp:lastModifiedBy><cp:revision>1</cp:revision>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created>'
    '<dcterms:modified xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:modified>'
    "</cp:coreProperties>"
)
_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    'extended-properties"><Application>nkdocs</Application></Properties>'
)
_COMMENTS = {f"{W}{n}" for n in ("commentRangeStart", "commentRangeEnd", "commentReference",
                                 "annotationRef", "proofErr", "lastRenderedPageBreak")}  # fmt: skip
_DELETED = {f"{W}del", f"{W}moveFrom", f"{W}moveFromRangeStart", f"{W}moveFromRangeEnd",
            f"{W}moveToRangeStart", f"{W}moveToRangeEnd", f"{W}rPrChange", f"{W}pPrChange",
            f"{W}sectPrChange", f"{W}tblPrChange", f"{W}trPrChange", f"{W}tcPrChange"}  # fmt: skip
_INSERTED = {f"{W}ins", f"{W}moveTo"}
_RSID = re.compile(rf"^{re.escape(W)}(rsid\w*)$")


def clean(word: WordFile, *, title: str, day: dt.date | None) -> None:
    """Take out of *word* everything that is not this document's own text and form.

    Args:
        word: the filled document, changed in place.
        title: the document's title; it holds no client data.
        day: the case's own day, which stands as the file's date.
    """
    for part in [p for p in word.parts if _DROPPED.match(p)]:
        del word.parts[part]
    shown = day or dt.date(1980, 1, 1)
    word.parts["docProps/core.xml"] = _CORE.format(title=escape(title), day=shown).encode()
    word.parts["docProps/app.xml"] = _APP.encode()
    for part in [p for p in word.parts if p.endswith(".rels")]:
        _clean_relations(word.tree(part))
    _forget(word.tree("[Content_Types].xml"))
    for part in word.story_parts():
        _clean_text(word.tree(part))
    if "word/settings.xml" in word.parts:
        _clean_settings(word.tree("word/settings.xml"))


def _clean_relations(tree: Any) -> None:  # noqa: ANN401 - lxml element
    """Drop relations to what is gone, to attached templates, and to other files but web links."""
    for relation in tree.findall(f"{_RELS}Relationship"):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        gone = kind in {"comments", "commentsExtended", "commentsIds", "commentsExtensible",
                        "people", "thumbnail", "custom-properties", "customXml",
                        "attachedTemplate"}  # fmt: skip
        outside = relation.get("TargetMode") == "External" and kind != "hyperlink"
        if gone or outside:
            tree.remove(relation)


def _forget(types: Any) -> None:  # noqa: ANN401 - lxml element
    for override in list(types):
        name = override.get("PartName", "").lstrip("/")
        if _DROPPED.match(name):
            types.remove(override)


def _clean_text(tree: Any) -> None:  # noqa: ANN401 - lxml element
    for element in list(tree.iter()):
        for attribute in [a for a in element.attrib if _RSID.match(a)]:
            del element.attrib[attribute]
        parent = element.getparent()
        if parent is None:
            continue
        if element.tag in _COMMENTS or element.tag in _DELETED:
            parent.remove(element)
        elif element.tag in _INSERTED:
            at = parent.index(element)
            parent[at : at + 1] = list(element)
        elif element.tag == f"{W}r" and element.find(f"{W}rPr/{W}vanish") is not None:
            parent.remove(element)


def _clean_settings(tree: Any) -> None:  # noqa: ANN401 - lxml element
    for name in ("rsids", "attachedTemplate", "docVars", "trackRevisions", "mailMerge"):
        for element in tree.findall(f"{W}{name}"):
            tree.remove(element)


def keep_xml(text: str) -> Any:  # noqa: ANN401 - lxml element
    """Return WordprocessingML as an element; *text* is ours, with the prefix `w`."""
    wrapped = f'<root xmlns:w="{W[1:-1]}">{text}</root>'
    return etree.fromstring(wrapped)

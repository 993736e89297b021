"""Takes out of a template what its author or an earlier case left in it, before it is filled.

Author, company, revision, thumbnail, comments, tracked changes, hidden text, links to other
files: none of it reaches the letter, and no tag in it is filled (TRUST.md 4.4, R15).
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from nkdocs._patterns import lazily
from nkdocs.convert.draft.styles import Styles
from nkdocs.convert.wordfile import WordFile as Reader
from nkdocs.convert.wordfile import child, is_on
from nkdocs.documents.wordfile import W, WordFile
from nkdocs.errors import TemplateError

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DROPPED = lazily(
    r"^(docProps/(custom\.xml|thumbnail\..*)|word/(comments\w*|people)\.xml|customXml/.*|"
    r"package/services/metadata/.*|_xmlsignatures/.*|docMetadata/.*)$"
)
_FIELDS = lazily(r"\s*(INCLUDE\w*|DDE\w*|LINK|DATABASE|RD)\b", re.IGNORECASE)
#: The part that holds the properties of a file.
CORE = "docProps/core.xml"
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
_RSID = lazily(rf"^{re.escape(W)}(rsid\w*)$")


def clean(word: WordFile, *, title: str, day: dt.date | None) -> None:
    """Take out of *word* everything that is not the document's own text and form.

    Args:
        word: the template, changed in place.
        title: the document's title; it holds no client data.
        day: the case's own day, which stands as the file's date.

    Raises:
        TemplateError: it shows what stands in other files, or takes in another document.
    """
    for part, number, called in taken_in(word):
        at = f", behind paragraph {number}" if number else ""
        raise _linked(part, f"a document that Word takes in as it opens the letter ({called})", at)
    for part in [p for p in word.parts if _DROPPED.match(p)]:
        del word.parts[part]
    word.parts[CORE] = core(title, day)
    if "docProps/app.xml" in word.parts:
        word.parts["docProps/app.xml"] = _APP.encode()
    for part in [p for p in word.parts if p.endswith(".rels")]:
        _clean_relations(word.tree(part), part)
    _forget(word.tree("[Content_Types].xml"))
    hidden = hidden_styles(word)
    for part in word.story_parts():
        _refuse_fields(word.tree(part), part)
        _clean_text(word.tree(part), hidden)
    if "word/settings.xml" in word.parts:
        _clean_settings(word.tree("word/settings.xml"))


def escaped(text: str) -> str:
    """Return *text* as XML holds it between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def core(title: str, day: dt.date | None) -> bytes:
    """Return the properties of a file: its title and the case's day, and nobody's name."""
    shown = day or dt.date(1980, 1, 1)
    return _CORE.format(title=escaped(title), day=shown).encode()


def hidden_styles(word: WordFile) -> frozenset[str]:
    """Return the styles that hide their text (ECMA-376 part 1, 17.3.2.41), by themselves or not."""
    styles = Styles(Reader(word.parts))
    tree = word.tree("word/styles.xml") if "word/styles.xml" in word.parts else ()
    names = [s.get(f"{W}styleId", "") for s in tree if s.tag == f"{W}style"]
    return frozenset(n for n in names if n and styles.look_changes(n).get("hidden"))


def _clean_relations(tree: Any, part: str) -> None:  # noqa: ANN401 - lxml element
    """Drop relations to what is gone and to attached templates; refuse linked pictures.

    Raises:
        TemplateError: the template shows a picture that stands in another file.
    """
    for relation in tree.findall(f"{_RELS}Relationship"):
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        target = relation.get("Target", "").lstrip("/")
        gone = kind in _GONE or _DROPPED.match(target) or target == "docProps/thumbnail.jpeg"
        outside = relation.get("TargetMode") == "External" and kind != "hyperlink"
        if outside and kind not in _GONE | {"mailMergeSource", "mailMergeHeaderSource", "frame"}:
            raise _linked(part, f"a link of the kind '{kind}' to another file")
        if gone or outside:
            tree.remove(relation)


def _linked(part: str, what: str, at: str = "") -> TemplateError:
    spot = part.removeprefix("word/").removesuffix(".xml")
    msg = f"the template holds {what}, in {spot}{at}"
    return TemplateError(msg, hint="In Word, put the thing itself in the template, or delete it.")


def taken_in(word: WordFile) -> Iterator[tuple[str, int, str]]:
    """Yield each document that Word takes in when it opens the file, `w:altChunk`.

    With it the part that it stands in, the number of the paragraph before it, and what the package
    calls it. None is filled or read here (ECMA-376 part 1, 17.17.2.1).
    """
    for part in word.story_parts():
        folder, _, name = part.rpartition("/")
        rels = f"{folder}/_rels/{name}.rels"
        told = word.tree(rels) if rels in word.parts else ()
        targets = {r.get("Id"): str(r.get("Target")) for r in told
                   if r.get("Type", "").endswith("/aFChunk")}  # fmt: skip
        number = 0
        for element in word.tree(part).iter(f"{W}p", f"{W}altChunk"):
            number += element.tag == f"{W}p"
            if element.tag == f"{W}altChunk":
                key = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
                target = targets.pop(key, "")
                yield part, number, f"altChunk {_within(folder, target)}".strip()
        yield from ((part, 0, f"altChunk {_within(folder, t)}") for t in targets.values())


def _within(folder: str, target: str) -> str:
    """Return the name of a part that a relation of one in *folder* leads to."""
    return target.lstrip("/") if target.startswith("/") or not target else f"{folder}/{target}"


def _refuse_fields(tree: Any, part: str) -> None:  # noqa: ANN401 - lxml element
    """Refuse fields that show other files: what stands in them is nobody's letter."""
    for field in shows_files(tree):
        raise _linked(part, f"the field {field}, which shows another file")


def shows_files(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml element
    """Yield the name of each field that shows another file."""
    for field in field_codes(tree):
        if found := _FIELDS.match(field):
            yield found[1].upper()


def field_codes(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml element
    """Yield the instruction of each field, as Alt+F9 shows it."""
    told, said = "", []
    for element in tree.iter(f"{W}instrText", f"{W}fldSimple", f"{W}fldChar"):
        if element.tag == f"{W}instrText":
            told += element.text or ""
        else:
            said += [told, element.get(f"{W}instr", "")]
            told = ""
    yield from (code for code in (*said, told) if code.strip())


_GONE = frozenset({"comments", "commentsExtended", "commentsIds", "commentsExtensible", "people",
                   "thumbnail", "custom-properties", "customXml", "attachedTemplate"})  # fmt: skip


def _forget(types: Any) -> None:  # noqa: ANN401 - lxml element
    for override in list(types):
        name = override.get("PartName", "").lstrip("/")
        if _DROPPED.match(name):
            types.remove(override)


def _clean_text(tree: Any, hidden: frozenset[str]) -> None:  # noqa: ANN401 - lxml element
    for row in [r for r in tree.iter(f"{W}tr") if child(r, "trPr", "del") is not None]:
        row.getparent().remove(row)
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
        elif element.tag == f"{W}r" and is_hidden(element, hidden):
            parent.remove(element)


def is_hidden(run: Any, hidden: frozenset[str]) -> bool:  # noqa: ANN401 - lxml element
    """Whether a run is hidden: by itself, else by its own style, else by its paragraph's."""
    own = child(run, "rPr", "vanish")
    if own is not None:
        return is_on(own)
    paragraph = next(run.iterancestors(f"{W}p"), None)
    named = (child(run, "rPr", "rStyle"), child(paragraph, "pPr", "pStyle"))
    return any(s is not None and s.get(f"{W}val") in hidden for s in named)


def _clean_settings(tree: Any) -> None:  # noqa: ANN401 - lxml element
    for name in ("rsids", "attachedTemplate", "docVars", "trackRevisions", "mailMerge"):
        for element in tree.findall(f"{W}{name}"):
            tree.remove(element)


def keep_xml(text: str) -> Any:  # noqa: ANN401 - lxml element
    """Return WordprocessingML as an element; *text* is ours, with the prefix `w`."""
    wrapped = f'<root xmlns:w="{W[1:-1]}">{text}</root>'
    return etree.fromstring(wrapped)

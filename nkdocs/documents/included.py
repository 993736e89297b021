"""Puts Word files that a template includes into it: `{{p include_docx_template("caption.docx") }}`.

AssemblyLine's templates share captions and signature blocks so. Here the text of the other file is
copied to where its tag stands, once, when a document is begun from a template: what is filled then
is one file, that its author can read and check. Styles of the same name stay as the template has
them, as when text is pasted in Word.
"""

import ast
import copy
import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree
from msgspec import Struct, field

from nkdocs.documents.tags import Fault, Paragraph, Tag, numbered, part_names, read, tags
from nkdocs.documents.wordfile import BODY, W, WordFile
from nkdocs.errors import TemplateError

_CALL = "include_docx_template"
_DEEP = 5
_STYLES, _NUMBERS = "word/styles.xml", "word/numbering.xml"
_RELS, _TYPES = "word/_rels/document.xml.rels", "[Content_Types].xml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_LATER = re.compile(r"\{http://schemas\.microsoft\.com/office/word/20(?!06/)")
_LEFT_OUT = ("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "proofErr")
_REFUSED = {"footnoteReference": "a footnote", "endnoteReference": "an endnote",
            "sectPr": "a section break", "object": "an embedded object"}  # fmt: skip


class Made(Struct):
    """A template with what it includes.

    Attributes:
        names: the files that were put in.
        left: what was not taken over from them, in words.
    """

    word: WordFile
    names: dict[str, None] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)


def with_included(data: bytes, near: Callable[[str], bytes | None], *, name: str) -> Made:
    """Return a template with the files that it includes put in.

    Args:
        data: the template.
        near: gives the Word file of a name that lies beside the template, None if none does.
        name: what messages call the template.

    Raises:
        TemplateError: it is no Word file, a file it includes is not there or cannot be put in.
    """
    made = Made(WordFile.read(data, name))
    for depth in range(_DEEP + 1):
        found = list(_included(made.word))
        if not found:
            return made
        if depth == _DEEP:
            msg = f"{name}: the files that it includes include each other"
            raise TemplateError(msg, hint="Write the text where it belongs.")
        for paragraph, tag in found:
            _put(made, paragraph, *_told(tag, name), near, name)
    return made


def _included(word: WordFile) -> Iterator[tuple[Paragraph, Tag]]:
    """Yield the paragraphs of the body that are nothing but a tag that includes a file."""
    numbered(word)
    called = part_names(word)[BODY]
    for paragraph in read(word, BODY, called):
        for tag in tags(paragraph) if _CALL in paragraph.text else ():
            alone = not isinstance(tag, Fault) and paragraph.text.strip() == tag.text.strip()
            if isinstance(tag, Tag) and alone and tag.inside.startswith(_CALL):
                yield paragraph, tag


def _told(tag: Tag, name: str) -> tuple[str, dict[str, str]]:
    """Return the file that a tag names, and what it sets for it, as it is typed."""
    try:
        call: Any = ast.parse(tag.inside.strip(), mode="eval").body
        file = ast.literal_eval(call.args[0])
        own = {str(k.arg): ast.get_source_segment(tag.inside.strip(), k.value) or "''"
               for k in call.keywords}  # fmt: skip
    except (SyntaxError, ValueError, AttributeError, IndexError):  # it is no call, or of nothing
        msg = f"{name}: the tag {tag.text[:80]} cannot be read"
        hint = 'Write {{p include_docx_template("file.docx") }}.'
        raise TemplateError(msg, hint=hint) from None
    return str(file), own


def _put(
    made: Made,
    paragraph: Paragraph,
    file: str,
    own: dict[str, str],
    near: Callable[[str], bytes | None],
    name: str,
) -> None:
    """Put a file in the place of the paragraph that includes it."""
    data = near(posixpath.basename(file.replace("\\", "/")))
    if data is None:
        msg = f"{name}: it includes {file}, which does not lie beside it"
        raise TemplateError(msg, hint=f"Put {file} into the same folder, then run again.")
    other = WordFile.read(data, file)
    for refused, called in _REFUSED.items():
        inside = other.tree(BODY).iter(f"{W}p") if refused == "sectPr" else [other.tree(BODY)]
        if any(next(e.iter(f"{W}{refused}"), None) is not None for e in inside):
            msg = f"{name}: {file} holds {called}, which is not put into another file"
            raise TemplateError(msg, hint="Copy its text to this place in Word.")
    if file not in made.names and _has_heads(other):
        made.left.append(f"{file}: its headers and footers")
    made.names[file] = None
    body = other.tree(BODY).find(f"{W}body")
    news = [_set(key, value) for key, value in own.items()]
    news += [copy.deepcopy(e) for e in body if e.tag != f"{W}sectPr"]
    for new in news:
        _bare(new)
    _styles(made.word, other, news)
    _lists(made.word, other, news)
    _links(made.word, other, news)
    at = paragraph.element
    for new in news:
        at.addprevious(new)
    at.getparent().remove(at)


def _has_heads(word: WordFile) -> bool:
    """Whether a header or footer of a file says anything."""
    heads = [p for p in word.story_parts() if p.startswith(("word/header", "word/footer"))]
    return any("".join(word.tree(p).itertext()).strip() for p in heads)


def _set(name: str, value: str) -> Any:  # noqa: ANN401 - lxml element
    """Return a paragraph that gives *name* a value."""
    paragraph = etree.Element(f"{W}p")
    text = etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t")
    text.text = f"{{%p set {name} = {value} %}}"
    return paragraph


def _bare(element: Any) -> None:  # noqa: ANN401 - lxml element
    """Take out what belongs to the other file alone: bookmarks, ids, what later Words add."""
    for inner in list(element.iter(etree.Element)):
        for key in [k for k in inner.attrib if _LATER.match(k) or "rsid" in k]:
            del inner.attrib[key]
        gone = inner.tag in {f"{W}{n}" for n in _LEFT_OUT} or _LATER.match(str(inner.tag))
        if gone and inner.getparent() is not None:
            inner.getparent().remove(inner)


def _styles(word: WordFile, other: WordFile, news: list[Any]) -> None:
    """Bring the styles along that the template does not have, and those they build on."""
    if not {_STYLES} <= {*word.parts} & {*other.parts}:
        return
    ours, theirs = word.tree(_STYLES), other.tree(_STYLES)
    has = {s.get(f"{W}styleId") for s in ours.findall(f"{W}style")}
    known = {s.get(f"{W}styleId"): s for s in theirs.findall(f"{W}style")}
    kinds = [f"{W}{n}" for n in ("pStyle", "rStyle", "tblStyle", "basedOn", "link", "next")]
    wanted = [e.get(f"{W}val") for new in news for e in new.iter(*kinds)]
    while wanted:
        style = wanted.pop()
        if style not in has and style in known:
            has.add(style)
            made = copy.deepcopy(known[style])
            made.attrib.pop(f"{W}default", None)
            _bare(made)
            ours.append(made)
            news.append(made) if made.find(f".//{W}numId") is not None else None
            wanted += [e.get(f"{W}val") for e in made.iter(*kinds)]


def _lists(word: WordFile, other: WordFile, news: list[Any]) -> None:
    """Give the numbered paragraphs lists of their own, as the other file has them."""
    used = [e for new in news for e in new.iter(f"{W}numId")]
    if not used or _NUMBERS not in other.parts:
        return
    if _NUMBERS not in word.parts:
        word.parts[_NUMBERS] = f'<w:numbering xmlns:w="{W[1:-1]}"/>'.encode()
        _related(word, "numbering", "numbering.xml")
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
        types = word.tree(_TYPES)
        namespace = types.tag.rpartition("}")[0] + "}"
        etree.SubElement(types, f"{namespace}Override", PartName=f"/{_NUMBERS}", ContentType=kind)
    ours, theirs = word.tree(_NUMBERS), other.tree(_NUMBERS)
    numbers: dict[str, str] = {}
    for e in used:
        old = e.get(f"{W}val", "")
        found = next((n for n in theirs.findall(f"{W}num") if n.get(f"{W}numId") == old), None)
        if found is not None and old not in numbers:
            numbers[old] = _list(ours, theirs, found)
        e.set(f"{W}val", numbers.get(old, old))


def _list(ours: Any, theirs: Any, number: Any) -> str:  # noqa: ANN401 - lxml elements
    """Copy one list with its look; return its new id."""
    look = number.find(f"{W}abstractNumId").get(f"{W}val")
    made, shape = copy.deepcopy(number), None
    for known in theirs.findall(f"{W}abstractNum"):
        shape = copy.deepcopy(known) if known.get(f"{W}abstractNumId") == look else shape
    at = str(max([int(a.get(f"{W}abstractNumId")) for a in ours.findall(f"{W}abstractNum")] or [0])
             + 1)  # fmt: skip
    new = str(max([int(n.get(f"{W}numId")) for n in ours.findall(f"{W}num")] or [0]) + 1)
    if shape is not None:
        for key in ("nsid", "tmpl"):
            for gone in shape.findall(f"{W}{key}"):
                shape.remove(gone)
        shape.set(f"{W}abstractNumId", at)
        first = ours.find(f"{W}num")
        ours.append(shape) if first is None else first.addprevious(shape)
    made.set(f"{W}numId", new)
    made.find(f"{W}abstractNumId").set(f"{W}val", at)
    ours.append(made)
    return new


def _links(word: WordFile, other: WordFile, news: list[Any]) -> None:
    """Bring pictures and links along."""
    if _RELS not in other.parts:
        return
    known = {r.get("Id"): r for r in other.tree(_RELS)}
    for element in (e for new in news for e in new.iter(etree.Element)):
        for key in [k for k in element.attrib if k.startswith(f"{{{_RELATED}}}")]:
            relation = known.get(element.get(key))
            if relation is not None:
                element.set(key, _link(word, other, relation))


def _link(word: WordFile, other: WordFile, relation: Any) -> str:  # noqa: ANN401 - lxml element
    """Copy what a relation leads to; return its new id."""
    target, kind = relation.get("Target"), relation.get("Type").rsplit("/", 1)[-1]
    if relation.get("TargetMode") == "External":
        return _related(word, kind, target, external=True)
    part = posixpath.normpath(posixpath.join("word", target))
    ending = posixpath.splitext(part)[1]
    new = next(f"media/included{n}{ending}" for n in range(1, 9999)
               if f"word/media/included{n}{ending}" not in word.parts)  # fmt: skip
    word.parts[f"word/{new}"] = other.parts[part]
    types = word.tree(_TYPES)
    if not any(t.get("Extension", "").lower() == ending[1:].lower() for t in types):
        known = [t for t in other.tree(_TYPES) if t.get("Extension", "").lower() == ending[1:]]
        types[:0] = [copy.deepcopy(t) for t in known[:1]]
    return _related(word, kind, new)


def _related(word: WordFile, kind: str, target: str, *, external: bool = False) -> str:
    """Add a relation of the body; return its id."""
    relations = word.tree(_RELS)
    has = {r.get("Id") for r in relations}
    new = next(f"rIncluded{n}" for n in range(1, 9999) if f"rIncluded{n}" not in has)
    made = etree.SubElement(relations, f"{_PACKAGE}Relationship", Id=new,
                            Type=f"{_RELATED}/{kind}", Target=target)  # fmt: skip
    if external:
        made.set("TargetMode", "External")
    return new

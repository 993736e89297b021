"""The tags of a Word template, paragraph by paragraph, and how they are miswritten in Word.

A tag is read as docxtpl reads it (docxtpl 0.20, template.py, patch_xml): put together from the
pieces that Word cut it into, curly quotes made straight, tabs and line breaks in it left out.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.documents.wordfile import BODY, W, WordFile, paragraphs, pieces_of

_MARK = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_LEVEL = re.compile(r"(p|tr|tc|r) ")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
_APART = re.compile(r"(?:\{\s+[{%]|｛+).*?(?:[%}]\s*\}|｝+|$)|[%}]\s+\}|｝+")
_LEAVES = ("drawing", "pict", "object", "sectPr", "footnoteReference", "endnoteReference")
_LEAF = {"sectPr": "a section break", "footnoteReference": "a footnote",
         "endnoteReference": "an endnote"}  # fmt: skip
_CALLED = {"p": "paragraph", "tr": "row", "tc": "cell", "r": "text"}
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
NUMBER = "nkdocs-paragraph"


class Paragraph(Struct, frozen=True, eq=False):
    """A paragraph of a part.

    Attributes:
        part: in a Word user's words: body, header, footnotes.
        number: counted in its part, those in tables and boxes included.
        element: its XML.
    """

    part: str
    number: int
    text: str
    element: Any

    def near(self, word: str = "", most: int = 80) -> str:
        """Return the text around *word*, or its beginning, on one line."""
        line = " ".join(self.text.split())
        at = max(line.find(word) - most // 3, 0) if word else 0
        cut = line[at : at + most]
        return ("…" if at else "") + cut + ("…" if at + most < len(line) else "")


class Tag(Struct, frozen=True, eq=False):
    """One tag.

    Attributes:
        opener: `{{`, `{%` or `{#`.
        level: `p`, `tr`, `tc` or `r` when the tag takes that much away around it, else empty.
        inside: what stands in it, quotes straightened.
        text: the tag as it is typed.
        holder: the XML that it takes away, or the text in which it stands.
    """

    paragraph: Paragraph
    opener: str
    level: str
    inside: str
    text: str
    holder: Any

    @property
    def word(self) -> str:
        """The first word inside: `if`, `endfor`."""
        found = re.match(r"[^\W\d]\w*", self.inside)
        return found[0] if found else ""

    @property
    def curly(self) -> bool:
        """Whether curly quotes stand in it."""
        return any(c in self.text for c in "“”‘’")


class Fault(Struct, frozen=True):
    """What is wrong in one paragraph, in words; *near* is the text that it is about."""

    code: str
    paragraph: Paragraph
    message: str
    hint: str
    near: str = ""
    error: bool = True


def finding(fault: Fault, name: str) -> Finding:
    """Return what messages say of a fault of the template *name*."""
    spot = fault.paragraph
    quoted = spot.near(" ".join(fault.near.split()))
    told = f" — “{quoted}”" if quoted and f"“{quoted}”" not in fault.message else ""
    where = f" paragraph {spot.number}" if spot.number else ""
    return Finding(
        code=fault.code,
        severity=Severity.ERROR if fault.error else Severity.WARN,
        message=fault.message + told,
        place=Place(name, part=f"{spot.part}{where}", paragraph=spot.number, text=quoted),
        hint=fault.hint,
        kind="ack" if fault.error else "note",
    )


def part_names(word: WordFile) -> dict[str, str]:
    """Return what a Word user calls each part that holds text."""
    names = {p: p.removeprefix("word/").removesuffix(".xml") for p in word.story_parts()}
    names[BODY] = "body"
    rels = "word/_rels/document.xml.rels"
    links = {r.get("Id"): f"word/{r.get('Target')}" for r in word.tree(rels)} if (
        rels in word.parts) else {}  # fmt: skip
    sections = list(word.tree(BODY).iter(f"{W}sectPr"))
    for number, section in enumerate(sections, 1):
        for kind in ("header", "footer"):
            for reference in section.findall(f"{W}{kind}Reference"):
                part = links.get(next((v for k, v in reference.attrib.items()
                                       if k.endswith("}id")), ""), "")  # fmt: skip
                when = {"first": "first-page ", "even": "even-page "}.get(
                    reference.get(f"{W}type", ""), "")  # fmt: skip
                where = f" of section {number}" if len(sections) > 1 else ""
                if names.get(part, "").startswith(kind) and names[part][len(kind) :].isdigit():
                    names[part] = f"{when}{kind}{where}"
    return names


def numbered(word: WordFile) -> None:
    """Write on each paragraph its number, which stays while others are taken out."""
    for part in word.story_parts():
        told = [p for p in paragraphs(word.tree(part)) if not _is_second(p)]
        for number, paragraph in enumerate(told, 1):
            paragraph.set(NUMBER, str(number))


def _is_second(paragraph: Any) -> bool:  # noqa: ANN401 - lxml element
    """Whether it is what older versions of Word show of a text box: the same text once more."""
    return next(paragraph.iterancestors(_CHOICE), None) is not None


def read(word: WordFile, part: str, name: str) -> list[Paragraph]:
    """Return the paragraphs of a part that `numbered` counted."""
    return [
        Paragraph(name, int(p.get(NUMBER)), "".join(t for t, _ in pieces_of(p)), p)
        for p in paragraphs(word.tree(part))
        if p.get(NUMBER)
    ]


def tags(paragraph: Paragraph) -> Iterator[Tag | Fault]:
    """Yield the tags of a paragraph in order, and what is wrong with how they are typed."""
    text, open_ = paragraph.text, None
    owners = [owner for piece, owner in pieces_of(paragraph.element) for _ in piece]
    for mark in _MARK.finditer(text):
        if open_ is not None and open_[0] == "{#" and mark[0] != "#}":
            continue
        if mark[0] in _ENDS:
            if open_ is not None:
                yield _unclosed(paragraph, open_.start(), mark.start())
            open_ = mark
        elif open_ is None:
            yield _stray(paragraph, mark)
        elif mark[0] != _ENDS[open_[0]]:
            raw = text[open_.start() : mark.end()]
            yield Fault("T002", paragraph, f"a tag begins with {open_[0]} and ends with {mark[0]}",
                        f"End it with {_ENDS[open_[0]]}.", raw)  # fmt: skip
            open_ = None
        else:
            yield from _tag(paragraph, open_.start(), owners[open_.start() : mark.end()])
            open_ = None
    if open_ is not None:
        yield _unclosed(paragraph, open_.start(), len(text))
    yield from _apart(paragraph)


def _unclosed(paragraph: Paragraph, start: int, end: int) -> Fault:
    raw = paragraph.text[start:end]
    one = re.search(r"(?<!\})[}%](?![}%])", raw[2:])
    said = f"a tag begins with {raw[:2]} and does not end in this paragraph"
    said += f": it ends with one {one[0]} where {_ENDS[raw[:2]]} is needed" if one else ""
    return Fault("T002", paragraph, said, f"Write {_ENDS[raw[:2]]} where the tag ends.", raw[:60])


def _stray(paragraph: Paragraph, mark: "re.Match[str]") -> Fault:
    before = paragraph.text[: mark.start()]
    opener = next(o for o, end in _ENDS.items() if end == mark[0])
    one = before.rfind("{")
    raw = paragraph.text[max(one, mark.start() - 30, 0) : mark.end()]
    said = f"a tag ends with {mark[0]} and does not begin in this paragraph"
    said += f": it begins with one {{ where {opener} is needed" if one >= 0 else ""
    return Fault("T002", paragraph, said, f"Write {opener} where the tag begins.", raw)


def _apart(paragraph: Paragraph) -> Iterator[Fault]:
    """Yield a fault for braces with a blank between them, and for wide ones."""
    for found in _APART.finditer(paragraph.text):
        wide = found[0][0] in "｛｝"
        what = "a wide brace of the Korean keyboard" if wide else "a blank between two braces"
        yield Fault("T002", paragraph, f"{what} makes no tag: “{found[0][:60]}”",
                    "Write {{ name }} or {% … %}, the braces side by side.", found[0])  # fmt: skip


def _tag(paragraph: Paragraph, start: int, owners: "list[Any]") -> Iterator[Tag | Fault]:
    """Yield the tag at *start*; *owners* are the elements that hold its characters."""
    raw = paragraph.text[start : start + len(owners)]
    kept = [(c, owner) for c, owner in zip(raw, owners, strict=True) if owner.tag == f"{W}t"]
    text = "".join(c for c, _ in kept)
    if len({_chain(owner) for _, owner in kept}) > 1:
        yield Fault("T002", paragraph, "only a part of the tag is a link or a content control, "
                    "which cuts it in two", "Delete the tag in Word and type it again in one go, "
                    "outside the link.", raw)  # fmt: skip
        return
    if within := _within(paragraph, kept[0][1], kept[-1][1]):
        yield Fault("T005", paragraph, f"{within} stands within a tag, and would be dropped",
                    "Put it before or after the tag.", raw)  # fmt: skip
    inside = text[2:-2].translate(_CURLY)
    found = _LEVEL.match(inside)
    level = found[1] if found else ""
    bare = re.sub(r"^[-+]|[-+]$", "", inside[len(level) :]).strip()
    holder = _holder(paragraph, level) if level in {"p", "tr", "tc"} else kept[0][1]
    yield Tag(paragraph, text[:2], level, bare, raw, holder)


def _within(paragraph: Paragraph, first: Any, last: Any) -> str:  # noqa: ANN401 - lxml elements
    """Return what besides text stands between the first and the last piece of a tag."""
    if first is last:
        return ""
    between = False
    for element in paragraph.element.iter(*(f"{W}{n}" for n in ("t", *_LEAVES))):
        if between and element is last:
            break
        if between and element.tag != f"{W}t":
            return _LEAF.get(element.tag.removeprefix(W), "a picture")
        between = between or element is first
    return ""


def _chain(element: Any) -> tuple[str, ...]:  # noqa: ANN401 - lxml element
    """Return the names of what stands around a piece of text, up to its paragraph."""
    names = []
    for above in element.iterancestors():
        if above.tag == f"{W}p":
            break
        names.append(str(above.tag))
    return tuple(names)


def chain(tag: Tag) -> tuple[str, ...]:
    """Return what stands around a tag inside its paragraph."""
    return () if tag.level in _CALLED and tag.level != "r" else _chain(tag.holder)


def _holder(paragraph: Paragraph, level: str) -> Any:  # noqa: ANN401 - lxml element
    """Return what a tag of *level* takes away; None when it does not stand in one."""
    if level == "p":
        return paragraph.element
    return next(paragraph.element.iterancestors(f"{W}{level}"), None)


def lost(tag: Tag, text: str) -> Iterator[Fault]:
    """Yield what is lost where *tag* takes away more than itself; *text* is all that stands there.

    docxtpl replaces the whole paragraph, row or cell by the tag, the last of them if there are
    several.
    """
    what = _CALLED.get(tag.level, "")
    lead = f"{tag.opener}{tag.level} … {_ENDS[tag.opener]}"
    if tag.opener == "{{" and tag.inside.startswith("include_docx_template"):
        return  # told of as a name
    if tag.level == "r" or (tag.level and tag.opener == "{{"):
        what = "run" if tag.level == "r" else what
        yield Fault("T005", tag.paragraph, f"a tag {lead} takes its {what} away: what stands in "
                    "it would be dropped", "Use {% … %} and {{ … }}.", tag.text)  # fmt: skip
    elif tag.level and tag.holder is None:
        yield Fault("T005", tag.paragraph, f"a tag {lead} stands in no table {what}",
                    "Move it into the table, or write {%p … %}.", tag.text)  # fmt: skip
    elif tag.level and re.search(r"[}%]", tag.inside):
        yield Fault("T002", tag.paragraph, f"a tag {lead} may hold neither }} nor %",
                    "Work it out in a {% set … %} of its own before.", tag.text)  # fmt: skip
    elif tag.level:
        rest = re.sub(r"\{#.*?#\}", "", text.replace(tag.text, "", 1)).strip()
        leaves = [n for n in _LEAVES if next(tag.holder.iter(f"{W}{n}"), None) is not None]
        if _MARK.search(rest) and not re.sub(r"\{%.*?%\}", "", rest).strip():
            if text.find(tag.text) > text.find("{%"):  # told of the first of them
                return
            yield Fault("T005", tag.paragraph, f"two tags stand in one {what}, and only the last "
                        f"is filled: “{' '.join(text.split())[:60]}”",
                        f"Give each tag a {what} of its own.", tag.text)  # fmt: skip
        elif rest:
            yield Fault("T005", tag.paragraph, f"text beside a {{%{tag.level} … %}} tag would be "
                        f"dropped: “{' '.join(rest.split())[:60]}”",
                        f"Give the tag a {what} of its own.", tag.text)  # fmt: skip
        elif leaves:
            called = _LEAF.get(leaves[0], "a picture")
            yield Fault("T005", tag.paragraph, f"{called} beside a {{%{tag.level} … %}} tag would "
                        "be dropped", f"Give the tag a {what} of its own.", tag.text)  # fmt: skip

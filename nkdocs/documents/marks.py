"""Marks that a filled document carries for a moment: blanks, cites, paragraph names.

While a template is filled they are written with characters of Unicode's private use area, which
no answer may hold; afterwards they are taken out and become what they stand for: a highlighted
blank, a recorded cite, a Word bookmark that names a numbered paragraph.
"""

import copy
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from msgspec import Struct, field

from nkdocs._jinja import BLANK, END, MID
from nkdocs._patterns import lazily
from nkdocs.documents.letter import DECLARED, Letter
from nkdocs.documents.wordfile import (
    BODY,
    XML_SPACE,
    W,
    WordFile,
    paragraph_numbers,
    paragraphs,
    parser,
    text_of,
    texts_of,
)
from nkdocs.errors import TemplateError

_CITE, _NAME, _APART = "\ue001", "\ue002", "\ue005"
_MARK = re.compile(f"([{BLANK}{_CITE}{_NAME}])([^{MID}]*){MID}([^{END}]*){END}")
_OURS = re.compile("[\ue000-\ue005]")
_RUNS = re.compile(f"[{BLANK}{_NAME}]")  # what changes the runs around it
_CELL_END = "</w:tc>"
_NO_END = frozenset({"</w:tcPr>", "<w:tcPr/>", "</w:tbl>"})  # behind which a cell may not end
_ESCAPE = lazily("(?<=[{}%])(?=_[{}%])")  # docxtpl/template.py, render_xml_part
_BOOKMARK = "nk_"
#: Begins the key of a blank that stands for a cite whose exhibit has no place yet.
LOST = "cite "


def cited(written: str, printed: str) -> str:
    """Return the mark of a cite: how it is written in answers, what it prints."""
    return f"{_CITE}{written}{MID}{printed}{END}"


def named(name: str) -> str:
    """Return the mark that names the paragraph it stands in."""
    return f"{_NAME}{name}{MID}{END}"


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield *text* in pieces, with whether each is a mark; no answer can hold one."""
    end = 0
    for found in _MARK.finditer(text):
        yield text[end : found.start()], False
        yield found[0], True
        end = found.end()
    yield text[end:], False


def kept(text: str) -> str:
    """Return *text* so that docxtpl, which reads `{_{` as an escape of its own, leaves it whole."""
    return _ESCAPE.sub(_APART, text) if "_" in text else text


def plain(text: str) -> str:
    """Return *text* with its marks replaced by what they print."""
    return text if text.isascii() else _MARK.sub(r"\3", text).replace(_APART, "")


def blanks(text: str) -> dict[str, str]:
    """Return the open answers that *text* prints: path, and the question in brackets."""
    return {found[2]: found[3] for found in _MARK.finditer(text) if found[1] == BLANK}


class PrintedCite(Struct, frozen=True):
    """A cite as a document prints it."""

    written: str
    printed: str


class Marks(Struct):
    """What the marks of a document said."""

    blanks: dict[str, str] = field(default_factory=dict)  # path of an open answer -> its question
    cites: list[PrintedCite] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)  # paragraph name -> its printed number


def settle(word: WordFile) -> Marks:
    """Turn every mark of *word* into what it stands for, and return what they said."""
    marks = Marks()
    for part in word.story_parts():
        _settle_tree(word.tree(part), marks)
    marks.names = names(word)
    return marks


def settle_letter(letter: Letter) -> Marks:
    """Turn every mark of *letter* into what it stands for, and return what they said.

    A part that prints cites alone is settled where they stand; one with an open answer, a named
    paragraph or a cell that came out empty is parsed, for these change what is around them.

    Raises:
        TemplateError: the template took a mark apart.
    """
    marks = Marks()
    for part in letter.parts:
        pieces, spots = part.pieces, part.values or ()
        marked = [n for n in spots if not pieces[n].isascii() and _OURS.search(pieces[n])]
        runs = any(_RUNS.search(pieces[n]) for n in marked)
        if part.values is None or runs or _bare_cell(part.xml):
            tree = etree.fromstring(part.xml.encode("utf-8"), parser())
            _settle_tree(tree, marks)
            part.pieces = [DECLARED, etree.tostring(tree, encoding="unicode")]
            part.values, part.tree = None, tree
            part.join()
        elif marked:
            for number in marked:
                pieces[number] = _settle_piece(pieces[number], marks)
            part.join()
    body = next((p for p in letter.parts if p.name == BODY), None)
    if body is not None and _BOOKMARK in body.xml:
        parsed = {} if body.tree is None else {BODY: body.tree}
        marks.names = names(WordFile(letter.packed(), parsed))
    return marks


def _bare_cell(xml: str) -> bool:
    """Whether a cell of *xml* ends without a paragraph."""
    at = xml.find(_CELL_END)
    while at >= 0:
        before = xml[xml.rfind("<", 0, at) : at].rstrip()
        begins = before.startswith(("<w:tc>", "<w:tc ")) and before.endswith(">")
        if begins or before in _NO_END:
            return True
        at = xml.find(_CELL_END, at + 1)
    return "<w:tc/>" in xml


def _settle_piece(piece: str, marks: Marks) -> str:
    """Return the escaped text of a printed value with its cites printed.

    Raises:
        TemplateError: the template took a mark apart.
    """
    import html  # it brings a table of 2,000 names, and few texts cite

    def print_cite(found: re.Match[str]) -> str:
        marks.cites.append(PrintedCite(html.unescape(found[2]), html.unescape(found[3])))
        return found[3]

    text = _MARK.sub(print_cite, piece.replace(_APART, ""))
    if _OURS.search(text):
        raise _taken_apart()
    return text


def _taken_apart() -> TemplateError:
    msg = "a tag takes an open answer or a cite apart"
    return TemplateError(msg, hint="Print the answer as it is, guarded with {% if %}.")


def _settle_tree(tree: Any, marks: Marks) -> None:  # noqa: ANN401 - lxml element
    """Settle the marks of a part."""
    named_paragraphs: list[tuple[str, Any]] = []
    for paragraph in paragraphs(tree):
        for text in texts_of(paragraph):
            if text.text and _OURS.search(text.text):
                _settle_text(text, marks, named_paragraphs, paragraph)
    _bookmark(named_paragraphs)
    _fill_cells(tree)


def _fill_cells(tree: Any) -> None:  # noqa: ANN401 - lxml element
    """Give a cell that came out empty its paragraph (ECMA-376 part 1, 17.4.65): Word wants one."""
    for cell in tree.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            etree.SubElement(cell, f"{W}p")


def _settle_text(
    text: Any,  # noqa: ANN401 - lxml element
    marks: Marks,
    named_paragraphs: list[tuple[str, Any]],
    paragraph: Any,  # noqa: ANN401 - lxml element
) -> None:
    """Settle the marks of one `w:t`; a blank gets a run of its own.

    Raises:
        TemplateError: the template took a mark apart.
    """
    text.text = text.text.replace(_APART, "")
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _MARK.finditer(text.text):
        pieces.append((text.text[end : found.start()], False))
        kind, key, printed = found.groups()
        if kind == BLANK and key.startswith(LOST):
            marks.cites.append(PrintedCite(key.removeprefix(LOST), printed))
        elif kind == BLANK:
            marks.blanks.setdefault(key.lower(), printed[1:-1])
        elif kind == _CITE:
            marks.cites.append(PrintedCite(key, printed))
        else:
            named_paragraphs.append((key, paragraph))
        pieces.append((printed, kind == BLANK))
        end = found.end()
    pieces.append((text.text[end:], False))
    if any(_OURS.search(piece) for piece, _ in pieces):
        raise _taken_apart()
    joined: list[tuple[str, bool]] = []
    for piece, marked in pieces:
        if joined and joined[-1][1] == marked:
            joined[-1] = (joined[-1][0] + piece, marked)
        elif piece:
            joined.append((piece, marked))
    _split(text, joined)


def _split(text: Any, pieces: list[tuple[str, bool]]) -> None:  # noqa: ANN401 - lxml element
    """Give the run of *text* one run for each of *pieces*, the marked ones highlighted."""
    text.set(XML_SPACE, "preserve")
    if len(pieces) <= 1 and not any(marked for _, marked in pieces):
        text.text = pieces[0][0] if pieces else ""
        return
    run = text.getparent()
    before, after = list(text.itersiblings(preceding=True))[::-1], list(text.itersiblings())
    runs = []
    for number, (piece, marked) in enumerate(pieces):
        new = etree.Element(f"{W}r", nsmap=run.nsmap)
        properties = run.find(f"{W}rPr")
        if properties is not None:
            new.append(copy.deepcopy(properties))
        if number == 0:
            new[len(new):] = [e for e in before if e.tag != f"{W}rPr"]
        written = etree.SubElement(new, f"{W}t")
        written.text = piece
        written.set(XML_SPACE, "preserve")
        if marked:
            highlight(new)
        if number == len(pieces) - 1:
            new[len(new):] = after  # moved, not copied: marks in it are still to be settled
        runs.append(new)
    parent, at = run.getparent(), run.getparent().index(run)
    parent[at : at + 1] = runs


#: Elements that stand before `w:noProof` in a run's properties, and behind `w:highlight`
#: (ECMA-376 part 1, 17.3.2.28).
_BEFORE = [f"{W}{n}" for n in ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps",
                               "strike", "dstrike", "outline", "shadow", "emboss",
                               "imprint")]  # fmt: skip
_AFTER = [f"{W}{n}" for n in ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs",
                              "em", "lang", "eastAsianLayout", "specVanish", "oMath")]  # fmt: skip


def highlight(run: Any) -> None:  # noqa: ANN401 - lxml element
    """Mark a run yellow, and as ours: its spelling is not checked.

    Word keeps both where somebody writes over it, and an author's own yellow has the one alone.
    """
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    unmarked(run)
    at = next((i for i, e in enumerate(properties) if e.tag in _AFTER), len(properties))
    properties.insert(at, etree.Element(f"{W}highlight", {f"{W}val": "yellow"}))
    at = next((i for i, e in enumerate(properties) if e.tag not in _BEFORE), len(properties))
    properties.insert(at, etree.Element(f"{W}noProof"))


def is_marked(run: Any) -> bool:  # noqa: ANN401 - lxml element
    """Whether a run is marked as `highlight` marks one."""
    found = [run.find(f"{W}rPr/{W}{name}") is not None for name in ("highlight", "noProof")]
    return all(found)


def unmarked(run: Any) -> None:  # noqa: ANN401 - lxml element
    """Take from a run what `highlight` gives it."""
    for name in ("highlight", "noProof"):
        for mark in run.findall(f"{W}rPr/{W}{name}"):
            mark.getparent().remove(mark)


def _bookmark(named_paragraphs: list[tuple[str, Any]]) -> None:
    """Put a Word bookmark around each named paragraph; the name survives edits in Word."""
    for number, (name, paragraph) in enumerate(named_paragraphs):
        start = etree.Element(f"{W}bookmarkStart")
        start.set(f"{W}id", str(9000 + number))
        start.set(f"{W}name", _BOOKMARK + name.replace("-", "_"))
        end = etree.Element(f"{W}bookmarkEnd")
        end.set(f"{W}id", str(9000 + number))
        paragraph.insert(1 if paragraph.find(f"{W}pPr") is not None else 0, start)
        paragraph.append(end)


def names(word: WordFile) -> dict[str, int]:
    """Return the named paragraphs of a Word file and the number each prints."""
    numbers = paragraph_numbers(word)
    found: dict[str, int] = {}
    for start in word.tree(BODY).iter(f"{W}bookmarkStart"):
        name = start.get(f"{W}name", "")
        paragraph = next((a for a in start.iterancestors(f"{W}p")), None)
        if name.startswith(_BOOKMARK) and paragraph in numbers:
            found[name.removeprefix(_BOOKMARK).replace("_", "-")] = numbers[paragraph]
    return found


def numbered_texts(word: WordFile) -> dict[int, str]:
    """Return the text of every numbered paragraph by its number; of a pair, the English one."""
    found: dict[int, str] = {}
    for paragraph, number in paragraph_numbers(word).items():
        found.setdefault(number, text_of(paragraph))
    return found

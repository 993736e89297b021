"""What changed between two versions of a letter, told in words, paragraph by paragraph.

The marks that only a draft carries (the tear-off page, DRAFT on every page) are no difference.
Paragraphs are matched by their text, and within a pair the words; how it looks is compared by
the style alone.
"""

import copy
import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct

from nkdocs.documents.edited import unmark
from nkdocs.documents.tags import part_names
from nkdocs.documents.wordfile import W, WordFile, paragraphs, text_of

_CITE = re.compile(r"\b(Tab|Exs?\.|\u00b6)\W")
_ON = {"1", "true", "on"}
_PAGES = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES)\b")
_FIGURE = re.compile(r"\d")
_ALIKE, _AROUND, _FEW = 0.5, 3, 3


class Change(Struct, frozen=True):
    """One difference.

    Attributes:
        what: `changed`, `new`, `gone`, `moved` or `style`.
        part: body, header, first-page footer, …
        old: the number of the paragraph in the first version; 0 if it is not there.
        new: the number in the second.
        words: what changed, in words.
        touches: `cite`, `figure` or `words`: what a reader must look at first.
    """

    what: str
    part: str
    old: int
    new: int
    words: str
    touches: str = "words"

    def __str__(self) -> str:
        """Write it on one line."""
        at = {
            "new": f"¶ {self.new} is new",
            "gone": f"¶ {self.old} was taken out",
            "moved": f"¶ {self.old} is now ¶ {self.new}",
            "style": f"¶ {self.new} looks otherwise",
        }.get(self.what, f"¶ {self.new}")
        mark = {"cite": " (a cite)", "figure": " (a date or number)"}.get(self.touches, "")
        return f"{self.part} {at}{mark}: {self.words}"


class _Paragraph(Struct, frozen=True):
    number: int
    text: str
    style: str
    called: str  # its style


def changes(old: bytes, new: bytes, names: tuple[str, str]) -> list[Change]:
    """Return what changed from *old* to *new*, Word files called *names*.

    Raises:
        TemplateError: one of them is no Word file.
    """
    first, second = (
        WordFile.read(unmark(data, name), name)
        for data, name in zip((old, new), names, strict=True)
    )
    found: list[Change] = []
    parts = [_called(word) for word in (first, second)]
    for called in dict.fromkeys((*parts[0], *parts[1])):
        pair = [list(_told(word, own.get(called, ""))) for word, own in
                zip((first, second), parts, strict=True)]  # fmt: skip
        found += _moved(list(_compared(called, *pair)))
    return found


def _called(word: WordFile) -> dict[str, str]:
    """Return the parts of a file by what a Word user calls them: their files may be named anew."""
    return {called: part for part, called in part_names(word).items()}


def _told(word: WordFile, part: str) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a part that say something, numbered from 1."""
    if part not in word.parts:
        return
    styles = _styles(word)
    for number, paragraph in enumerate(paragraphs(word.tree(part)), 1):
        if text := " ".join(text_of(_uncounted(paragraph)).split()):
            yield _Paragraph(number, text, style := _style(paragraph), styles.get(style, style))


def _uncounted(paragraph: Any) -> Any:  # noqa: ANN401 - lxml elements
    """Return a paragraph without page numbers, which each program counts for itself."""
    if next(paragraph.iter(f"{W}instrText", f"{W}fldSimple"), None) is None:
        return paragraph
    bare, code, shows = copy.deepcopy(paragraph), "", False
    for element in list(bare.iter(f"{W}fldSimple", f"{W}fldChar", f"{W}instrText", f"{W}t")):
        if element.tag == f"{W}fldSimple":
            told = element.iter(f"{W}t") if _PAGES.match(element.get(f"{W}instr", "")) else ()
        elif element.tag == f"{W}fldChar":
            kind = element.get(f"{W}fldCharType")
            code = "" if kind == "begin" else code
            shows, told = kind == "separate" and bool(_PAGES.match(code)), ()
        elif element.tag == f"{W}instrText":
            code, told = code + (element.text or ""), ()
        else:
            told = (element,) if shows else ()
        for text in told:
            text.text = ""
    return bare


def _styles(word: WordFile) -> dict[str, str]:
    """Return what each style is called, empty for the one of plain text."""
    part = "word/styles.xml"
    every = word.tree(part).iter(f"{W}style") if part in word.parts else ()
    return {s.get(f"{W}styleId", ""): "" if s.get(f"{W}default") in _ON else _name(s)
            for s in every if s.get(f"{W}type") == "paragraph"}  # fmt: skip


def _name(style: Any) -> str:  # noqa: ANN401 - lxml element
    found = style.find(f"{W}name")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _style(paragraph: Any) -> str:  # noqa: ANN401 - lxml element
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if found is None else str(found.get(f"{W}val", ""))


def _looks_alike(one: _Paragraph, other: _Paragraph) -> bool:
    """Whether the style is the same; LibreOffice gives other ids to some, other names to some."""
    return one.style == other.style or one.called.lower() == other.called.lower()


def _compared(part: str, old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Iterator[Change]:
    """Yield the differences of a part in its order."""
    texts = [p.text for p in old], [p.text for p in new]
    matcher = difflib.SequenceMatcher(None, *texts, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            for before, after in zip(old[a:b], new[c:d], strict=True):
                if not _looks_alike(before, after):
                    words = f"{before.called or 'plain'} became {after.called or 'plain'}"
                    yield Change("style", part, before.number, after.number, words)
        else:
            yield from _replaced(part, old[a:b], new[c:d])


def _replaced(part: str, old: Sequence[_Paragraph], new: Sequence[_Paragraph]) -> Iterator[Change]:
    """Yield the differences of a stretch in which no paragraph is the same."""
    at = 0
    for after in new:
        rest = old[at:]
        alike = [_alike(before.text, after.text) for before in rest]
        if not alike or max(alike) < _ALIKE:
            yield Change("new", part, 0, after.number, f"“{after.text}”", _touches(after.text))
            continue
        best = alike.index(max(alike))
        yield from (_gone(part, before) for before in rest[:best])
        yield _rewritten(part, rest[best], after)
        at += best + 1
    yield from (_gone(part, before) for before in old[at:])


def _alike(one: str, other: str) -> float:
    """Return how much of two paragraphs is the same; of a few words one stands for the other."""
    if max(len(one.split()), len(other.split())) <= _FEW:
        return _ALIKE
    return difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _gone(part: str, before: _Paragraph) -> Change:
    return Change("gone", part, before.number, 0, f"“{before.text}”", _touches(before.text))


def _rewritten(part: str, before: _Paragraph, after: _Paragraph) -> Change:
    """Return the change of a paragraph: each place with the words around it."""
    old, new = before.text.split(), after.text.split()
    said, touched = [], []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what == "equal":
            continue
        was, now = " ".join(old[a:b]), " ".join(new[c:d])
        left = " ".join(new[max(0, c - _AROUND) : c])
        where = f" after “{left}”" if left else " at the beginning"
        said.append(
            f"“{was}” became “{now}”{where}"
            if was and now
            else f"“{now}” was put in{where}"
            if now
            else f"“{was}” was taken out{where}"
        )
        beside = f"{left} " if _CITE.search(f"{left} ") else ""
        touched.append(_touches(f"{beside}{was} {now}"))
    worst = next((t for t in ("cite", "figure") if t in touched), "words")
    return Change("changed", part, before.number, after.number, "; ".join(said), worst)


def _touches(text: str) -> str:
    """Return what a changed text touches."""
    if _CITE.search(text):
        return "cite"
    return "figure" if _FIGURE.search(text) else "words"


def _moved(found: list[Change]) -> list[Change]:
    """Return *found* with what was taken out and put in elsewhere, word for word, told as moved."""
    gone = {c.words: c for c in found if c.what == "gone"}
    out: list[Change] = []
    used = set()
    for change in found:
        if change.what == "new" and change.words in gone:
            before = gone.pop(change.words)
            used.add(id(before))
            out.append(
                Change("moved", change.part, before.old, change.new, change.words, change.touches)
            )
        else:
            out.append(change)
    return [c for c in out if id(c) not in used]

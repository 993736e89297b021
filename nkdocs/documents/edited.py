"""A Word file that someone edited: what it says, and its cites brought up to date in place."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.citations.cite import PRINTED, Cite, parse, printed
from nkdocs.citations.doubts import Apart, Spot, Standing, in_words, place_mark, plain, prints
from nkdocs.citations.pagemap import PageMap, UnknownCiteError
from nkdocs.documents import draft, marks
from nkdocs.documents.clean import taken_in
from nkdocs.documents.marks import PrintedCite
from nkdocs.documents.tags import part_names
from nkdocs.documents.wordfile import (
    BODY,
    XML_SPACE,
    W,
    WordFile,
    paragraphs,
    text_of,
    texts_of,
)

_GAP = "[ \u00a0\u202f]"
_ALIKE = "one typed by hand that was in doubt prints the same, and which is which cannot be told"
_BLANK = lazily(r"\[[^\[\]]{3,}\]")
_WORDS, _QUOTES = 60, 3  # letters of a quote; so many places are quoted
_TAG = re.compile(r"\{\{|\}\}|\{%|%\}")  # a half of one, too: somebody deleted the other
_NUMBER = re.compile(r"(?<=^header|^footer)\d+$")  # of a part that no page shows any more
_CHANGES = tuple(f"{W}{n}" for n in ("ins", "del", "moveFrom", "moveTo"))


class Refreshed(Struct, frozen=True):
    """An edited document with its cites as today's page map has them.

    Attributes:
        changed: (old, new) text of every cite that moved.
        gone: cites that were recorded and no longer stand in the document.
        unclear: cites that cannot be brought up to date, each with the reason.
        cites: what stands in the document now, the unclear ones as they stood before; one that
            was recorded twice stands twice, or its second print would pass for one typed by hand.
    """

    docx: bytes
    changed: tuple[tuple[str, str], ...] = ()
    gone: tuple[str, ...] = ()
    unclear: tuple[tuple[str, str], ...] = ()
    cites: tuple[PrintedCite, ...] = ()


def refresh(
    docx: bytes,
    recorded: Sequence[PrintedCite],
    maps: Sequence[PageMap],
    name: str,
    doubted: Apart | None = None,
) -> Refreshed:
    """Bring the cites of an edited document up to date where their text is unambiguous.

    A printed cite stood for one page when it was recorded, so every place where its text stands
    moves with it: but for those where one stands that was typed by hand and is in doubt.
    """
    apart = doubted or {}
    moved: dict[str, str] = {}
    unclear: dict[str, str] = {}
    now: list[PrintedCite] = []
    for cite in recorded:
        try:
            new = _today(cite.written, maps)
        except UnknownCiteError as error:
            unclear[cite.printed] = str(error)
            continue
        alike = any(apart.get(t, frozenset()) is None for t in prints(cite.printed))
        if alike and _plain(new) != _plain(cite.printed):
            unclear[cite.printed] = _ALIKE
            continue
        now.append(PrintedCite(cite.written, new))
        if moved.setdefault(cite.printed, new) != new:
            unclear[cite.printed] = "two cites printed the same text and now differ"
    moved = {old: new for old, new in moved.items() if old not in unclear}
    word = WordFile.read(docx, name)
    seen = _replace(word, moved, apart)
    known = {c.printed for c in recorded}
    changed = tuple((o, n) for o, n in moved.items() if o in seen and _plain(o) != _plain(n))
    stuck = _standing(word, list(unclear))
    standing = [c for c in now if any(moved.get(o) == c.printed for o in seen)]
    standing += [c for c in recorded if c.printed in stuck]
    return Refreshed(
        word.data() if changed else docx,
        changed,
        tuple(sorted(known - seen - set(unclear))),
        tuple((old, why) for old, why in unclear.items() if old in stuck),
        tuple(standing),
    )


def _today(written: str, maps: Sequence[PageMap]) -> str:
    cite = next((c for c in parse(written) if isinstance(c, Cite)), None)
    if cite is None:
        msg = "it does not name an exhibit"
        raise UnknownCiteError(msg)
    first: UnknownCiteError | None = None
    for pages in maps:
        try:
            return printed(cite, pages)
        except UnknownCiteError as error:
            first = first or error
    raise first or UnknownCiteError("no filing that this document leads lists it")


def _pattern(texts: Sequence[str]) -> re.Pattern[str]:
    """Return what finds printed cites, with spaces and dashes of any kind, longest first."""
    longest = sorted(map(_plain, texts), key=len, reverse=True)
    words = [[re.escape(w).replace("\u2013", "[-\u2013]") for w in t.split(" ")] for t in longest]
    forms = [_GAP.join(own) for own in words]
    # not within another cite: "Tab C" in "Tab CA" or "Tab C at 4", "at 4" in "at 4-5", and not
    # the words of a cite to an earlier filing, whose pages never move
    after = rf"(?!\w)(?!{_GAP}+at{_GAP}+\d)(?![-\u2013]\d)"
    return re.compile(rf"(?<!\w)(?<!Exs\.,{_GAP})(?:" + "|".join(forms) + ")" + after)


def _plain(text: str) -> str:
    return re.sub(_GAP, " ", text).replace("-", "\u2013")


def _standing(word: WordFile, texts: Sequence[str]) -> set[str]:
    """Return which of *texts* stand in the document."""
    plain = {_plain(t): t for t in texts}
    found: set[str] = set()
    if not texts:
        return found
    finder = _pattern(texts)
    for part in word.story_parts():
        for paragraph in paragraphs(word.tree(part)):
            found |= {plain[_plain(m[0])] for m in finder.finditer(text_of(paragraph))}
    return found


def standing(docx: bytes, name: str) -> list[Standing]:
    """Return the cites that stand in a document, in reading order; those to earlier filings not."""
    word = WordFile.read(docx, name)
    return [
        Standing(own, spot, place_mark(text, *found.span()), in_words(own, text[found.end() :]))
        for spot, paragraph in _unmarked(word)
        for text in [text_of(paragraph)]
        for found in PRINTED.finditer(text)
        for own in [plain(found[0])]
        if found["tab"] != "?" and not text[: found.start()].rstrip().endswith("Exs.,")
    ]


def _placed(word: WordFile) -> Iterator[tuple[Spot, Any]]:
    """Yield every paragraph with its spot; the body needs no name."""
    for part in word.story_parts():
        where = _called(word, part)
        for number, paragraph in enumerate(paragraphs(word.tree(part)), 1):
            yield (where, number), paragraph


def _unmarked(word: WordFile) -> Iterator[tuple[Spot, Any]]:
    """Yield every paragraph but those of a draft's own marks, which are counted as Word shows them.

    The marks are taken out.
    """
    placed = [*_placed(word)]
    _unmark(word)
    left = {p for part in word.story_parts() for p in paragraphs(word.tree(part))}
    yield from ((spot, paragraph) for spot, paragraph in placed if paragraph in left)


def quoted(docx: bytes, name: str, spots: Sequence[Spot], cite: str = "") -> list[str]:
    """Return some words of the paragraphs at the first of *spots*: around a cite, or the first."""
    told = {spot: text_of(p) for spot, p in _placed(WordFile.read(docx, name))}
    lines = [" ".join(told.get(spot, "").split()) for spot in spots[:_QUOTES]]
    return [f"“{_cut(line, plain(line).find(cite))}”" for line in lines if line]


def _cut(line: str, at: int) -> str:
    """Return the words around a place in a line, whole ones."""
    start = line.rfind(" ", 0, max(at - _WORDS // 2, 0)) + 1
    end = len(line) if len(line) <= start + _WORDS else line.rfind(" ", start, start + _WORDS)
    end = start + _WORDS if end <= start else end
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _called(word: WordFile, part: str) -> str:
    """Return what a Word user calls a part, nothing of the body."""
    return "" if part == BODY else _NUMBER.sub("", part_names(word)[part])


def listed(spots: Iterable[Spot]) -> str:
    """Write spots on one line: "paragraph 3, 7; header, paragraph 1"."""
    numbers: dict[str, list[str]] = {}
    for where, number in spots:
        numbers.setdefault(f"{where}, " if where else "", []).append(str(number))
    return "; ".join(f"{where}paragraph {', '.join(own)}" for where, own in numbers.items())


def _replace(word: WordFile, moved: Mapping[str, str], doubted: Apart) -> set[str]:
    """Replace printed cites in place, no doubted ones; return those that stood in the document."""
    seen: set[str] = set()
    if not moved:
        return seen
    finder, plain = _pattern(list(moved)), {_plain(old): old for old in moved}
    for part in word.story_parts():
        for paragraph in paragraphs(word.tree(part)):
            texts = [t for t in texts_of(paragraph) if t.text]
            joined = "".join(t.text for t in texts)
            for found in reversed(list(finder.finditer(joined))):
                old = plain[_plain(found[0])]
                if _is_doubted(joined, found, doubted):
                    continue
                seen.add(old)
                if moved[old] != old:
                    _splice(texts, found.start(), found.end(), moved[old])
    return seen


def _is_doubted(text: str, found: re.Match[str], doubted: Apart) -> bool:
    """Whether a cite stands where one was typed by hand that is in doubt."""
    if not doubted:
        return False
    cites = PRINTED.finditer(text, found.start(), found.end())
    return any(
        place_mark(text, *cite.span()) in (doubted.get(plain(cite[0])) or ()) for cite in cites
    )


def _splice(texts: Sequence[Any], start: int, end: int, new: str) -> None:
    """Put *new* in place of the characters from *start* to *end*, across runs if need be."""
    at = 0
    for text in texts:
        length = len(text.text)
        first, last = max(start - at, 0), min(end - at, length)
        if first < last:
            text.text = text.text[:first] + new + text.text[last:]
            text.set(XML_SPACE, "preserve")
            run = text.getparent()
            if new:
                marks.unmarked(run)
            new = ""
        at += length


def unmark(docx: bytes, name: str) -> bytes:
    """Return an edited draft without the draft's own marks.

    These are the tear-off page, DRAFT on each page, and the yellow of blanks that were filled in.
    """
    word = WordFile.read(docx, name)
    _unmark(word)
    return word.data()


def _unmark(word: WordFile) -> None:
    for part in [p for p in word.story_parts() if p.startswith("word/header")]:
        for paragraph in list(paragraphs(word.tree(part))):
            if text_of(paragraph).strip() == draft.MARK:
                if len(paragraph.getparent()) == 1:  # a header holds one paragraph at least
                    paragraph.addnext(etree.Element(f"{W}p"))
                paragraph.getparent().remove(paragraph)
    _tear_off(word)
    for part in word.story_parts():
        for paragraph in paragraphs(word.tree(part)):
            _filled_in(paragraph)


def _filled_in(paragraph: Any) -> None:  # noqa: ANN401 - lxml element
    """Take the yellow off blanks of ours in which somebody wrote; other yellow is the author's."""
    for runs in _yellow(paragraph):
        if not _BLANK.search(_said(runs)):
            for run in filter(marks.is_marked, runs):
                marks.unmarked(run)


def torn_off(docx: bytes, name: str) -> bytes:
    """Return an edited draft without its tear-off page: that page is internal."""
    word = WordFile.read(docx, name)
    _tear_off(word)
    return word.data()


def _tear_off(word: WordFile) -> None:
    """Take out the first section if it is the internal page, whatever was edited in it."""
    body = word.tree(BODY).find(f"{W}body")
    first = _first_section(body)
    if any(draft.is_ours(text_of(element)) for element in first):
        for element in first:
            body.remove(element)


def _first_section(body: Any) -> list[Any]:  # noqa: ANN401 - lxml elements
    """Return what stands before the first section break within the body, nothing without one."""
    elements = list(body)
    ends = (n for n, e in enumerate(elements) if e.find(f"{W}pPr/{W}sectPr") is not None)
    return elements[: next(ends, -1) + 1]


def leftovers(docx: bytes, name: str, asked: Collection[str] = ()) -> Iterator[tuple[Spot, str]]:
    """Yield what a final may not hold, each with its spot.

    That is open blanks of ours, highlighted or with one of the questions *asked* in its brackets,
    tags or halves of them, marks of a draft, tracked changes, and other documents: Word takes them
    in when it opens this one. A draft's own marks are none of it: a final goes without them.
    """
    word = WordFile.read(docx, name)
    for part, number, called in taken_in(word):
        yield (_called(word, part), number), f"a document that Word takes in ({called})"
    for spot, paragraph in _unmarked(word):
        text = text_of(paragraph)
        if draft.is_ours(text):
            yield spot, "the mark of a draft"
        if _TAG.search(unicodedata.normalize("NFKC", text)):
            yield spot, "a template tag"
        if next(paragraph.iter(*_CHANGES), None) is not None:
            yield spot, "a tracked change"  # LibreOffice prints what was deleted
        if any(_BLANK.search(_said(runs)) for runs in _yellow(paragraph)) or any(
            " ".join(found[0][1:-1].split()) in asked for found in _BLANK.finditer(text)
        ):
            yield spot, "an open blank"


def yellow(docx: bytes, name: str) -> Iterator[tuple[Spot, str]]:
    """Yield the words that are highlighted and no blanks, each with its spot."""
    for spot, paragraph in _unmarked(WordFile.read(docx, name)):
        for runs in _yellow(paragraph):
            said = " ".join(_said(runs).split())
            if said and not _BLANK.search(said):
                yield spot, said


def _yellow(paragraph: Any) -> Iterator[list[Any]]:  # noqa: ANN401 - lxml elements
    """Yield the yellow runs of a paragraph that stand together: Word cuts runs where it likes."""
    own = [r for r in paragraph.iter(f"{W}r") if next(r.iterancestors(f"{W}p")) is paragraph]
    for is_yellow, runs in itertools.groupby(own, _is_yellow):
        if is_yellow:
            yield list(runs)


def _is_yellow(run: Any) -> bool:  # noqa: ANN401 - lxml element
    mark = run.find(f"{W}rPr/{W}highlight")
    return mark is not None and mark.get(f"{W}val") == "yellow"


def _said(runs: Iterable[Any]) -> str:
    return "".join(t.text or "" for run in runs for t in run.iter(f"{W}t"))


def is_blank(run: Any) -> bool:  # noqa: ANN401 - lxml element
    """Whether a run is a highlighted blank of ours."""
    return _is_yellow(run) and _BLANK.search(_said([run])) is not None

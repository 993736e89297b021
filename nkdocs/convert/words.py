"""Proof that no word of a Word document is missing from its PDF.

The words of the DOCX are read here on their own way, not by the engine that draws them, so that
what the engine overlooks is found.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from nkdocs.convert.wordfile import (
    Element,
    WordFile,
    attribute,
    child,
    is_on,
    local,
    ns,
    open_word,
    value,
)

COUNTING_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Fields whose stored result is not the document's text: every program counts anew."""

_WORD = re.compile(r"[^\W_]+")
_GONE = frozenset(
    "del moveFrom Fallback pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr rt".split()
)
_SPACES = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TEXT = frozenset({ns("w:t"), ns("m:t")})
_LINE_END_HYPHENS = re.compile("[\u0002\ufffe]")  # as PDFium writes a hyphen at a line's end


def docx_words(data: bytes) -> list[str]:
    """Return every visible word of a DOCX in order: body, tables, notes, headers and footers.

    Tracked deletions, hidden text, comments, page numbers and automatic list numbers are left out.

    Raises:
        ConversionError: *data* is no Word file.
    """
    word = open_word(data)
    parts = [part.name for part in word.furniture()]
    return body_words(word) + furniture_words(word, parts)


def pdf_words(data: bytes) -> list[str]:
    """Return every word of a PDF in the order of its text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
        return [found for text in texts for found in words_in(text)]
    finally:
        document.close()


def missing_words(docx: bytes, pdf: bytes) -> list[str]:
    """Return the words of the DOCX that the PDF does not have, each as often as it lacks it.

    Line breaks, hyphens, ligatures, capitals and the form of Hangul syllables make no difference;
    a header counts once, and only if a page must show it.

    Raises:
        ConversionError: *docx* is no Word file.
    """
    import pypdfium2

    word = open_word(docx)
    document = pypdfium2.PdfDocument(pdf)
    pages = len(document)
    document.close()
    needed = body_words(word) + furniture_words(word, shown_furniture(word, pages))
    return unmatched(needed, pdf_words(pdf))


def body_words(word: WordFile, unseen: Collection[str] = ()) -> list[str]:
    """Return the visible words of the body and of its notes; *unseen* characters as spaces."""
    hidden = _HiddenStyles(word)
    found = words_in(_visible(word.main.root, hidden), unseen)
    for kind in ("footnote", "endnote"):
        part = word.side(f"{kind}s")
        called = {attribute(call, "id") for call in word.main.root.iter(ns(f"w:{kind}Reference"))}
        for note in [] if part is None else part.root:
            if attribute(note, "id") in called:
                found += words_in(_visible(note, hidden), unseen)
    return found


def furniture_words(
    word: WordFile, parts: Iterable[str], unseen: Collection[str] = ()
) -> list[str]:
    """Return the visible words of the header and footer *parts*; *unseen* characters as spaces."""
    hidden = _HiddenStyles(word)
    texts = [_visible(word.part(name).root, hidden) for name in parts]
    return [found for text in texts for found in words_in(text, unseen)]


def shown_furniture(word: WordFile, pages: int) -> list[str]:
    """Return the headers and footers that a PDF of so many *pages* must show.

    In a document of several sections, only those of each section's first page are sure: the
    section may be one page long. A section without its own takes them from the one before
    (ECMA-376-1 § 17.10.1).
    """
    settings = word.side("settings")
    even = settings is not None and is_on(child(settings.root, "evenAndOddHeaders"))
    sections = list(word.main.root.iter(ns("w:sectPr")))
    known: dict[tuple[str, str], str] = {}
    shown: dict[str, None] = {}
    for section in sections:
        for reference in section:
            if local(reference) in {"headerReference", "footerReference"}:
                key = (local(reference), attribute(reference, "type") or "default")
                known[key] = word.main.targets.get(str(reference.get(ns("r:id"))), "")
        if value(section, "type") == "continuous" and section is not sections[0]:
            continue
        wanted = {"first" if is_on(child(section, "titlePg")) else "default"}
        if len(sections) == 1 and pages > 1:
            wanted |= {"even"} if even else {"default"}
        if len(sections) == 1 and pages > 2:  # noqa: PLR2004 - the third page is the next odd one
            wanted.add("default")
        shown |= dict.fromkeys(name for key, name in known.items() if key[1] in wanted)
    return [name for name in shown if word.blob(name) is not None]


def unmatched(needed: Sequence[str], present: Sequence[str]) -> list[str]:
    """Return the words of *needed* that *present* lacks, each as often as it is lacking.

    A word cut by a line's end stands as two in *present*, and two that touch stand as one: both
    are found, from words that nothing else needs.
    """
    have = [_key(found) for found in present]
    lacking = Counter(_key(found) for found in needed) - Counter(have)
    if not lacking:
        return []
    spare = Counter(have) - Counter(_key(found) for found in needed)
    _mend_cut(lacking, spare, have)
    _mend_joined(lacking, spare)
    lost = []
    for found in needed:
        if lacking[_key(found)] > 0:
            lacking[_key(found)] -= 1
            lost.append(found)
    return lost


def _mend_cut(lacking: Counter[str], spare: Counter[str], have: Sequence[str]) -> None:
    """Strike from *lacking* the words that stand in neighbouring pieces, all of them spare."""
    for start, first in enumerate(have):
        joined, pieces = first, [first]
        for following in have[start + 1 : start + 40]:
            joined += following
            pieces.append(following)
            if not any(wanted.startswith(joined) for wanted in +lacking):
                break
            if lacking[joined] > 0 and not Counter(pieces) - spare:
                lacking[joined] -= 1
                spare.subtract(pieces)
                break


def _mend_joined(lacking: Counter[str], spare: Counter[str]) -> None:
    """Strike from *lacking* the words that stand joined to each other in one spare word."""
    for long in list((+spare).elements()):
        for cut in range(1, len(long)):
            pair = Counter((long[:cut], long[cut:]))
            if not pair - lacking:
                lacking.subtract(pair)
                break


def words_in(text: str, unseen: Collection[str] = ()) -> list[str]:
    """Return the words of *text*: runs of letters and digits, composed, without invisible signs.

    The characters of *unseen* count as spaces.
    """
    text = unicodedata.normalize("NFC", _LINE_END_HYPHENS.sub("-", text))
    text = "".join(
        " " if sign in unseen else sign for sign in text if unicodedata.category(sign) != "Cf"
    )
    return _WORD.findall(unicodedata.normalize("NFKC", text))


def _key(found: str) -> str:
    """Return what two forms of a word share; right-to-left words may be drawn either way."""
    key = unicodedata.normalize("NFKC", found.casefold())
    if any(unicodedata.bidirectional(sign) in {"R", "AL"} for sign in key):
        return min(key, key[::-1])
    return key


def _visible(element: Element, hidden: "_HiddenStyles") -> str:
    return "".join(_Reader(hidden).text(element))


class _HiddenStyles:
    """Which styles hide their text (`w:vanish`, ECMA-376-1 § 17.3.2.41)."""

    def __init__(self, word: WordFile) -> None:
        styles = word.side("styles")
        found = [] if styles is None else list(styles.root.iter(ns("w:style")))
        self._styles: Mapping[str | None, Element] = {
            attribute(style, "styleId"): style for style in found
        }
        self._usual = next(
            (
                attribute(style, "styleId")
                for style in found
                if attribute(style, "type") == "paragraph"
                and attribute(style, "default") in {"1", "true"}
            ),
            None,
        )

    def hides(self, run: Element, paragraph_style: str | None) -> bool:
        """Return whether *run* is hidden by itself or by its styles."""
        own = child(run, "rPr", "vanish")
        if own is not None:
            return is_on(own)
        by_run = self._of(value(run, "rPr", "rStyle"))
        return bool(self._of(paragraph_style or self._usual) if by_run is None else by_run)

    def _of(self, style: str | None) -> bool | None:
        for _ in range(20):  # a chain of styles; a circle of them would never end
            if style not in self._styles:
                return None
            said = child(self._styles[style], "rPr", "vanish")
            if said is not None:
                return is_on(said)
            style = value(self._styles[style], "basedOn")
        return None


class _Reader:
    """Reads the visible text of one story; a field may run over several paragraphs."""

    def __init__(self, hidden: _HiddenStyles) -> None:
        self._hidden = hidden
        self._fields: list[tuple[str, bool]] = []  # instruction, whether its result is being read
        self._style: str | None = None

    def text(self, element: Element) -> Iterator[str]:
        """Yield the text of *element* piece by piece."""
        name = local(element)
        if name in _GONE or not name or (name == "tr" and is_on(child(element, "trPr", "del"))):
            return
        if name == "p":
            yield from self._paragraph(element)
        elif name == "r" and element.tag == ns("w:r"):
            if not self._hidden.hides(element, self._style):
                yield from self._inside(element)
            else:
                self._step(element)
        elif name == "fldSimple" and _instruction(attribute(element, "instr")) in COUNTING_FIELDS:
            return
        elif element.tag in _TEXT:
            if self._readable():
                yield str(element.text or "")
        elif name in {"fldChar", "instrText"}:
            self._field(element)
        else:
            yield _SPACES.get(name, "")
            yield from self._inside(element)

    def _inside(self, element: Element) -> Iterator[str]:
        for inner in element:
            yield from self.text(inner)

    def _paragraph(self, element: Element) -> Iterator[str]:
        outer, self._style = self._style, value(element, "pPr", "pStyle")
        yield "\n"
        yield from self._inside(element)
        yield "\n"
        self._style = outer

    def _step(self, run: Element) -> None:
        """Follow the fields of a hidden run without reading its text."""
        for inner in run:
            if local(inner) in {"fldChar", "instrText"}:
                self._field(inner)

    def _field(self, element: Element) -> None:
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(("", False))
        elif self._fields:
            instruction, reading = self._fields.pop()
            if kind == "separate":
                self._fields.append((instruction, True))
            elif kind is None:
                self._fields.append((instruction + str(element.text or ""), reading))

    def _readable(self) -> bool:
        return all(
            reading and _instruction(text) not in COUNTING_FIELDS for text, reading in self._fields
        )


def _instruction(text: str | None) -> str:
    """Return the name of a field: the first word of its instruction."""
    return ((text or "").split() or [""])[0].upper()

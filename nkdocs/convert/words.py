"""Proof that no word of a Word document is missing from its PDF.

The words of the DOCX are read here on their own way, not by the engine that draws them, so that
what the engine overlooks is found.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache

from nkdocs._patterns import lazily
from nkdocs.convert.wordfile import (
    Element,
    WordFile,
    attribute,
    child,
    is_on,
    local,
    ns,
    open_word,
    parsed,
    value,
)
from nkdocs.convert.wordmatch import unmatched, words_in

COUNTING_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
"""Fields whose stored result is not the document's text: every program counts anew."""

_GONE = frozenset(
    "del moveFrom Fallback pPr rPr tblPr tblGrid trPr tcPr sectPr sdtPr sdtEndPr rt".split()
)
_LINE_END = lazily("[\u0002\ufffe]\\s*")  # as PDFium writes a hyphen at a line's end
_SPACES = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_TEXT = {ns("w:t"): "r", ns("m:t"): "p"}


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
    """Return every word of a PDF in the order of its text; what stands off the paper is none."""
    return [found for page in _words_by_page(data) for found in page]


def _words_by_page(data: bytes) -> list[list[str]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return [words_in(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def pdf_text(data: bytes) -> str:
    """Return what a PDF says, on one line; a hyphen at a line's end goes with its break."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return on_one_line(texts)


def on_one_line(texts: Iterable[str]) -> str:
    """Return the texts of pages on one line; a hyphen at a line's end goes with its break."""
    return " ".join(_LINE_END.sub("", " ".join(texts)).split())


def pages_sideways(data: bytes) -> int:
    """Return how many pages of a PDF are wider than high."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return sum(page.get_width() > page.get_height() for page in document)
    finally:
        document.close()


def missing_words(docx: bytes, pdf: bytes) -> list[str]:
    """Return the words of the DOCX that the PDF does not have, each as often as it lacks it.

    Line breaks, hyphens, ligatures, capitals and the form of Hangul syllables make no difference;
    a header counts once, and only if a page must show it.

    Raises:
        ConversionError: *docx* is no Word file.
    """
    word = open_word(docx)
    pages = _words_by_page(pdf)
    needed = body_words(word) + furniture_words(word, shown_furniture(word, len(pages)))
    return unmatched(needed, [found for page in pages for found in page])


def body_words(word: WordFile, unseen: Collection[str] = ()) -> list[str]:
    """Return the visible words of the body and of its notes; *unseen* characters as spaces."""
    hidden = _hidden_styles(word)
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
    hidden = _hidden_styles(word)
    texts = [_visible(word.part(name).root, hidden) for name in parts]
    return [found for text in texts for found in words_in(text, unseen)]


def heading_rows(word: WordFile) -> list[str]:
    """Return the words of the rows that a table repeats at the head of every page it goes on to."""
    hidden = _hidden_styles(word)
    rows = (r for r in word.main.root.iter(ns("w:tr")) if is_on(child(r, "trPr", "tblHeader")))
    return [found for row in rows for found in words_in(_visible(row, hidden))]


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


def _visible(element: Element, hidden: "_HiddenStyles") -> str:
    return "".join(_Reader(hidden).text(element))


def _hidden_styles(word: WordFile) -> "_HiddenStyles":
    """Return what hides text in *word*; letters of one template have the same styles."""
    return _hidden_by(word.blob(word.main.related("styles")) or b"")


@lru_cache(maxsize=16)
def _hidden_by(styles: bytes) -> "_HiddenStyles":
    return _HiddenStyles(styles)


class _HiddenStyles:
    """Which styles hide their text (`w:vanish`, ECMA-376-1 § 17.3.2.41)."""

    def __init__(self, styles: bytes) -> None:
        found = list(parsed(styles).iter(ns("w:style"))) if styles else []
        self._styles: Mapping[str | None, Element] = {
            attribute(style, "styleId"): style for style in found
        }
        self._any = any(child(style, "rPr", "vanish") is not None for style in found)
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
        if not self._any:
            return False
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
        self._within = ""  # the innermost of paragraph and run; text elsewhere is not shown

    def text(self, element: Element) -> Iterator[str]:
        """Yield the text of *element* piece by piece."""
        name = local(element)
        if name in _GONE or not name or (name == "tr" and is_on(child(element, "trPr", "del"))):
            return
        if name == "p":
            yield from self._paragraph(element)
        elif element.tag == ns("w:r"):
            yield from self._run(element)
        elif name == "fldSimple" and _instruction(attribute(element, "instr")) in COUNTING_FIELDS:
            yield " "
        elif element.tag in _TEXT:
            if self._within == _TEXT[element.tag] and self._readable():
                yield str(element.text or "")
        elif name in {"fldChar", "instrText"}:
            yield self._field(element)
        else:
            yield _SPACES.get(name, "")
            yield from self._inside(element)

    def _inside(self, element: Element) -> Iterator[str]:
        for inner in element:
            yield from self.text(inner)

    def _paragraph(self, element: Element) -> Iterator[str]:
        outer = self._style, self._within
        self._style, self._within = value(element, "pPr", "pStyle"), "p"
        yield "\n"
        yield from self._inside(element)
        yield "\n"
        self._style, self._within = outer

    def _run(self, element: Element) -> Iterator[str]:
        if self._hidden.hides(element, self._style):
            self._step(element)
        elif self._within:
            self._within = "r"
            yield from self._inside(element)
            self._within = "p"

    def _step(self, run: Element) -> None:
        """Follow the fields of a hidden run without reading its text."""
        for inner in run:
            if local(inner) in {"fldChar", "instrText"}:
                self._field(inner)

    def _field(self, element: Element) -> str:
        """Follow a field; return a space where a number will stand between two words."""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(("", False))
        elif self._fields:
            instruction, reading = self._fields.pop()
            if kind == "end":
                return " " if _instruction(instruction) in COUNTING_FIELDS else ""
            if kind == "separate":
                self._fields.append((instruction, True))
            else:
                text = "" if kind else str(element.text or "")
                self._fields.append((instruction + text, reading))
        return ""

    def _readable(self) -> bool:
        return all(
            reading and _instruction(text) not in COUNTING_FIELDS for text, reading in self._fields
        )


def _instruction(text: str | None) -> str:
    """Return the name of a field: the first word of its instruction."""
    return ((text or "").split() or [""])[0].upper()

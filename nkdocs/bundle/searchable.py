"""Words that were read on a scan, laid over it unseen: it can be searched and looks as it did.

All of it runs in the workshop's child. What is laid over a page is drawn here, from words and
their places alone: nothing that another program wrote enters a bundle.
"""

import functools
import io
import math
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pypdfium2
    from pikepdf import Object, Page, Pdf

MARK = "/NKread"  # in the stream of such words, so that a page is known to show what it showed
_FONT = "/NKunseen"  # no other font of a page is called so
_SCALE = 300 / 72 - 1e-9  # pixels a point, so that no page gets one more by rounding
_EM = 500  # thousandths of the height of a line: every letter is half as wide as it is high
_SAME_DAY = 3_029_529_600  # January 1, 2000, in seconds since 1904
_SAME = 0.02  # part of a width by which two are still the same
_SPACE = 0.25  # of the height of a line
_CORNER = {0: (0, 1), 90: (2, 1), 180: (2, 3), 270: (0, 3)}  # of a box: where its word begins
_ALONG = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


class Word(NamedTuple):
    """A word and its place, in points from the lower left corner of the page.

    Attributes:
        x: where it begins, at the foot of its letters.
        wide: how long it is, in the direction in which it runs.
        high: how high its line is.
        turn: that direction in degrees: 0, or 90 for upwards, 180, 270.
        text: the word; a space at its end says that the line goes on.
    """

    x: float
    y: float
    wide: float
    high: float
    turn: int
    text: str


class _Letter(NamedTuple):
    char: str
    box: tuple[float, float, float, float]
    turn: int


def pictured(pdf: bytes, pages: Sequence[int]) -> bytes:
    """Return a PDF of pictures, as large as they are, of *pages* (from 0) of a clean PDF."""
    import pikepdf
    import pypdfium2

    source = pypdfium2.PdfDocument(pdf)
    made = pikepdf.new()
    try:
        for number in pages:
            page = source[number]
            size = page.get_size()
            shown = page.render(scale=_SCALE, grayscale=True, may_draw_forms=False)
            image = shown.to_pil().convert("L")
            page.close()
            picture = made.make_stream(
                zlib.compress(image.tobytes(), 1),
                Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=image.width,
                Height=image.height, ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=8,
                Filter=pikepdf.Name.FlateDecode,
            )  # fmt: skip
            leaf = made.add_blank_page(page_size=size)
            leaf.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(NKpage=picture))
            content = f"q {size[0]:g} 0 0 {size[1]:g} 0 0 cm /NKpage Do Q\n"
            leaf.Contents = made.make_stream(content.encode("ascii"))
        out = io.BytesIO()
        made.save(out)
    finally:
        source.close()
    return out.getvalue()


def words_of(pdf: bytes, texts: Sequence[str]) -> list[list[Word]]:
    """Return the words of each page of a PDF that reads scans, in the order they are read.

    Args:
        pdf: pictures with their words.
        texts: the same words with the spaces between them: the places of Korean syllables do
            not tell which of them are one word.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = (list(_letters(page)) for page in document)
        return [_words(letters, text) for letters, text in zip(pages, texts, strict=False)]
    finally:
        document.close()


def _letters(page: "pypdfium2.PdfPage") -> "Iterator[_Letter]":
    """Give a page's letters in the order in which they stand in the file, spaces among them."""
    import pypdfium2.raw as pdfium

    told = page.get_textpage()
    left, low = page.get_mediabox()[:2]
    for number in range(told.count_chars()):
        code = pdfium.FPDFText_GetUnicode(told, number)
        char = "-" if code in {0x02, 0xFFFE} else chr(code)  # how a hyphen at a line's end is told
        made_up = pdfium.FPDFText_IsGenerated(told, number) == 1
        angle = pdfium.FPDFText_GetCharAngle(told, number)
        x0, y0, x1, y1 = told.get_charbox(number, loose=True)
        turn = round(-math.degrees(max(angle, 0)) / 90) * 90 % 360
        if made_up or char.isspace():
            yield _Letter(" ", (0, 0, 0, 0) if made_up else (x0, y0, x1, y1), turn)
        elif char.isprintable() and code <= 0xFFFF:  # noqa: PLR2004 - what one letter of ours can be
            yield _Letter(char, (x0 - left, y0 - low, x1 - left, y1 - low), turn)
    told.close()


def _words(letters: "Sequence[_Letter]", text: str) -> list[Word]:
    """Return letters as words: as *text* has them, or as spaces stand between them."""
    ink = [letter for letter in _stretched(letters) if letter.char != " "]
    plain = "".join(letter.char for letter in ink)
    if plain != "".join(text.split()):
        text = "".join(letter.char for letter in letters)
    words, at = [], 0
    for line in text.splitlines():
        named = line.split()
        for number, word in enumerate(named, 1):
            made = _word(ink[at : at + len(word)], word + " " * (number < len(named)))
            at += len(word)
            words += [made] if made else []
    return words


def _stretched(letters: "Sequence[_Letter]") -> "Iterator[_Letter]":
    """Give the letters as wide as they are seen.

    Tesseract's own PDF draws each word with a space at its end, squeezed into the word's place.
    """
    begin = 0
    for end in range(len(letters) + 1):
        if end < len(letters) and letters[end].char != " ":
            continue
        word, space = letters[begin:end], letters[end : end + 1]
        if word and space and space[0].box != (0, 0, 0, 0):
            yield from _stretched_word(word, space[0])
        else:
            yield from word
        begin = end + 1


def _stretched_word(word: "Sequence[_Letter]", space: _Letter) -> "Iterator[_Letter]":
    across = 0 if word[0].turn % 180 == 0 else 1
    widths = [one.box[across + 2] - one.box[across] for one in (*word, space)]
    start = word[0].box[across if word[0].turn in {0, 90} else across + 2]
    squeezed = max(widths) - min(widths) <= _SAME * max(widths)
    factor = len(widths) / len(word) if squeezed else 1.0
    for letter in word:
        box = list(letter.box)
        for side in (across, across + 2):
            box[side] = start + (box[side] - start) * factor
        yield letter._replace(box=(box[0], box[1], box[2], box[3]))


def _word(letters: "Sequence[_Letter]", text: str) -> Word | None:
    if not letters:
        return None
    turn = letters[0].turn
    box = (min(one.box[0] for one in letters), min(one.box[1] for one in letters),
           max(one.box[2] for one in letters), max(one.box[3] for one in letters))  # fmt: skip
    size = (box[2] - box[0], box[3] - box[1])
    wide, high = size if turn % 180 == 0 else size[::-1]
    x, y = (box[side] for side in _CORNER[turn])
    return Word(round(x, 1), round(y, 1), round(wide, 1), round(high, 1), turn, text)


def lay(pdf: "Pdf", page: "Page", words: Sequence[Word], font: "Object") -> None:
    """Lay *words* over a page, unseen; its own content stays byte for byte."""
    import pikepdf

    held = page.obj.get("/Resources")
    resources = pikepdf.Dictionary()  # private copies: pages may share theirs
    for key, value in held.items() if isinstance(held, pikepdf.Dictionary) else ():
        resources[key] = value
    fonts = pikepdf.Dictionary()
    old = resources.get("/Font")
    for key, value in old.items() if isinstance(old, pikepdf.Dictionary) else ():
        fonts[key] = value
    fonts[_FONT] = font
    resources.Font = fonts
    page.obj.Resources = resources
    stream = pdf.make_stream(_drawn(words))
    stream[MARK] = True
    contents = page.obj.get("/Contents")
    whole = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    page.obj.Contents = pikepdf.Array([stream, *(c for c in whole if c is not None)])


def _drawn(words: Sequence[Word]) -> bytes:
    """Return what draws words as text that is neither filled nor stroked (ISO 32000-2, 9.3.6)."""
    out = ["q BT 3 Tr"]
    following = [*words[1:], None] if words else []
    for word, after in zip(words, following, strict=True):
        text = word.text.rstrip(" ")
        if not text or word.wide <= 0 or word.high <= 0:
            continue
        wide, gap = _spaced(word, after)
        place = " ".join(f"{v:g}" for v in (*_ALONG[word.turn], word.x, word.y))
        stretch = 100_000 * wide / (_EM * word.high * len(text))
        out.append(f"{_FONT} {word.high:g} Tf {stretch:.2f} Tz {place} Tm <{_hex(text)}> Tj")
        if gap:
            out.append(f"{100_000 * gap / (_EM * word.high):.2f} Tz <0020> Tj")
    return "\n".join([*out, "ET Q\n"]).encode("ascii")


def _spaced(word: Word, after: Word | None) -> tuple[float, float]:
    """Return how wide a word and the space after it are drawn.

    A space that is too narrow is none to a reader: the word makes room for it.
    """
    if not word.text.endswith(" "):
        return word.wide, 0.0
    least = _SPACE * word.high
    if after is None or after.turn != word.turn:
        return word.wide, least
    a, b, *_ = _ALONG[word.turn]
    gap = (after.x - word.x) * a + (after.y - word.y) * b - word.wide
    if not -word.high < gap < 10 * word.high:  # it is no neighbour
        return word.wide, least
    return max(word.wide - max(least - gap, 0.0), word.wide / 2), max(gap, least)


def _hex(text: str) -> str:
    return text.encode("utf-16-be", "replace").hex()


def unseen_font(pdf: "Pdf") -> "Object":
    """Return a font of empty letters: each code is its own character, none of them has ink."""
    import pikepdf
    from pikepdf import Name

    none = pdf.make_stream(_font_file())
    described = pikepdf.Dictionary(
        Type=Name.FontDescriptor, FontName=Name.NKunseen, Flags=4, FontBBox=[0, 0, _EM, 1000],
        ItalicAngle=0, Ascent=1000, Descent=0, CapHeight=1000, StemV=80, FontFile2=none,
    )  # fmt: skip
    inner = pikepdf.Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.NKunseen, DW=_EM,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        FontDescriptor=pdf.make_indirect(described),
        CIDToGIDMap=pdf.make_stream(bytes(1 << 17)),
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.NKunseen,
            Encoding=Name("/Identity-H"), DescendantFonts=[pdf.make_indirect(inner)],
            ToUnicode=pdf.make_stream(_to_unicode()),
        )
    )  # fmt: skip


def _to_unicode() -> bytes:
    """Return the CMap that says of each code that it is that character (ISO 32000-2, 9.10.3)."""
    rows = [f"<{n:02X}00> <{n:02X}FF> <{n:02X}00>" for n in range(256) if not 0xD8 <= n <= 0xDF]  # noqa: PLR2004 - halves of a pair
    blocks = [rows[n : n + 100] for n in range(0, len(rows), 100)]
    ranges = [line for b in blocks for line in (f"{len(b)} beginbfrange", *b, "endbfrange")]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /NKunseen def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <FFFF>", "endcodespacerange",
        *ranges,
        "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", "",
    ]  # fmt: skip
    return "\n".join(lines).encode("ascii")


@functools.cache
def _font_file() -> bytes:
    """Return a TrueType file whose only letter is a line that encloses nothing: without ink.

    pdfium passes over text whose letters take no place.
    """
    from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # ships no types
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]

    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((_EM, 1000))
    pen.closePath()
    made = FontBuilder(1000, isTTF=True)
    made.setupGlyphOrder([".notdef"])
    made.setupGlyf({".notdef": pen.glyph()})
    made.setupHorizontalMetrics({".notdef": (_EM, 0)})
    made.setupHorizontalHeader(ascent=1000, descent=0)
    made.font["head"].created = made.font["head"].modified = _SAME_DAY
    made.font.recalcTimestamp = False
    out = io.BytesIO()
    made.font.save(out)
    return out.getvalue()

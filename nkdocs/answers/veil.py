"""Covers in a text whatever may tell who it is about: what is known, and what is not known.

A copy that leaves the case cannot rely on a list of names: prose tells of people and places that
no answer lists. So a capital letter is covered unless its word is known to be harmless, and so is
every long number, address and exact day. Too much is covered rather than too little.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence

from msgspec import Struct, field

from nkdocs.answers import vague
from nkdocs.answers.leaks import Dictionary, Words
from nkdocs.citations import cite
from nkdocs.citations.cite import Cite
from nkdocs.kinds.points import MONTHS

GAP = "[…]"
_MONTH = "|".join((*MONTHS, *(f"{m[:3]}\\.?" for m in MONTHS), "Sept\\.?"))
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_MORE_DAYS = rf"(?:\s*(?:,|and|or|to|through|until|[-–])\s*{_DAY}(?!\d))*"  # October 5 and 6
_ONES = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_SPELLED = (
    rf"(?:(?:twenty|thirty)[-\s])?(?:{_ONES})|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    r"fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?i)(?P<on>\b[Oo]n\s+(?:or\s+about\s+)?)?"
    rf"(?:(?<!\w)(?P<month>{_MONTH})\s+{_DAY}(?!\d){_MORE_DAYS}(?:\s*,?\s+(?P<year>{_YEAR})\b)?"
    rf"|(?:\bthe\s+)?\b(?:{_DAY}|{_SPELLED})\s+(?:of\s+)?(?P<month2>{_MONTH})(?:\s*,?\s+(?P<year2>{_YEAR}))?\b"
    rf"|(?<!\w)(?P<year3>{_YEAR})[-./](?P<number>0?[1-9]|1[0-2])[-./]{_DAY}(?![\d-])"
    rf"|(?<![\d/-])(?P<number2>0?[1-9]|1[0-2])[/.-]{_DAY}[/.-](?P<year4>{_YEAR})\b)"
)
_MONTH_YEAR = re.compile(rf"(?i)(?<!\w)(?:{_MONTH})\s*,?\s+(?P<year>{_YEAR})\b")
_CONTACT = re.compile(
    r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()]{1,200}\.[^\s@<>,;:\"().]+"  # e-mail
    r"|\b(?:https?://|www\.)\S+"
    r"|(?<!\w)[\w-]{1,63}(?:\.[\w-]{1,63}){0,20}\.(?:com|org|net|edu|gov|info|kr|cn)\b\S*"
)
_FORM = re.compile(r"(?:I|G|N|EOIR|AR|DS)-\d{1,3}[A-Z]?")
_FIGURES = re.compile(r"(?<![\w$])(?:A#?[-\s]?)?[+(]?\d[\d().\-‐–/ ]{3,}\d(?!\w)")
_MIXED = re.compile(r"(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{5,}(?!\w)")
_HARMLESS = re.compile(rf"{_YEAR}(?:\s?[-–]\s?(?:{_YEAR}|\d\d))?|\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}")
_ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th|s)|\d+-(?:year|month|day|week|hour)s?(?:-old)?", re.IGNORECASE
)
_FOREIGN = re.compile(
    r"[\u1100-\u11ff\u2e80-\u2fdf\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\ua960-\ua97f"
    r"\uac00-\ud7ff\uf900-\ufaff\u0400-\u052f]+"
    r"(?:[\s·,.]*[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7ff\u0400-\u052f]+)*"
)
_WORD = re.compile(r"[^\W\d_]+(?:[’'‐-][^\W\d_]+)*")
_SMALL = re.compile(r"(?<![\w@./:-])[a-z]{2,}(?![\w@-]|[.:/]\w)")
_INITIALS = re.compile(r"(?:\b[A-Z]\.\s*)+$")
_ROAD = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Place|Pl|Way|"
    r"Terrace|Highway|Hwy|Suite|Ste|Apt|Apartment|Unit|Floor|Box|[Dd]ong|[Rr]o|[Gg]il)"
)
_ADDRESS = re.compile(
    rf"\b\d+\w?\s+(?:[A-Z][\w’'.-]*\s+){{1,3}}{_ROAD}\b\.?"
    rf"(?:,?\s+(?:Apt|Suite|Ste|Unit|Apartment|Floor)\.?\s+\w+)?"
)
_ADDRESS_LINE = re.compile(
    rf"^(?=.*\d)(?=.*\b(?:{_ROAD}|District|[A-Z]\w+-(?:dong|ro|gil|gu|si))\b).*$", re.MULTILINE
)
_HOUSE = re.compile(r"(?<!\w)\d{1,5}\w? $")
_LEADING = re.compile(
    r"\b(?:New|North|South|East|West|Saint|St\.|San|Santa|Los|Las|Fort|Ft\.|Lake|Mount|Mt\.|El) $"
)
_ADDRESS_WORDS = 16
_TITLES = frozenset("mr mrs ms dr prof rev hon st no jr sr esq fr col gen lt sgt mt".split())
_OPENING = "\"'“‘«([{\u2014–"
_ENDING = ".!?:"


class Span(Struct, frozen=True):
    """A piece of a text that is covered, and what stands in its place."""

    start: int
    end: int
    cover: str = GAP


class Veil(Struct):
    """What is covered in the texts of one case.

    Attributes:
        months: whether a month may stay; else only the year does.
        called: what stands in the place of a person, by the answer of the name: whole, alone.
        proper: words that had a capital in the middle of a sentence of the case.
    """

    leaks: Dictionary
    words: Words
    months: bool
    called: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    proper: frozenset[str] = frozenset()

    def cover(self, text: str, *, known: bool = False) -> str:
        """Return *text* as a copy may print it; cites stay what they are."""
        pieces = cite.parse(unicodedata.normalize("NFC", text))
        covered = (self._covered(p, known=known) for p in pieces if isinstance(p, str))
        return "".join(str(p) if isinstance(p, Cite) else next(covered) for p in pieces)

    def _covered(self, text: str, *, known: bool) -> str:
        out, end = [], 0
        for span in self.spans(text, known=known):
            out += [text[end : span.start], span.cover]
            end = span.end
        return "".join([*out, text[end:]])

    def spans(self, text: str, *, page: bool = False, known: bool = False) -> list[Span]:
        """Return what is covered in *text* (composed), in its order, none within another.

        Args:
            text: what is read.
            page: it is read from a page: a new line begins no sentence.
            known: only what the dictionary knows, as in a printed report.
        """
        found = list(self._known(text))
        if not known:
            found += [*self._dates(text), *_numbers(text)]
            found += [Span(m.start(), m.end()) for m in _FOREIGN.finditer(text)]
            found += self._capitals(text, page=page)
            found += [Span(m.start(), m.end()) for m in _ADDRESS.finditer(text)]
            found += self._addresses(text) if page else ()
            found += (Span(*told) for told in vague.doors(text))
            found += () if self.months else (Span(*told) for told in vague.spans(text))
        return _joined(text, found)

    def _known(self, text: str) -> Iterator[Span]:
        for hit, start, end in self.leaks.found(text):
            if hit.what == "day":
                continue
            whole, alone = self.called.get(hit.path, (GAP, GAP))
            single = not re.search(r"[\s\-‐.,_]", text[start:end]) and text[start:end].isascii()
            yield Span(start, end, alone if single else whole)
        for hit, start, end in self.leaks.found(text):
            if hit.what == "day":
                year = text[end - 4 : end]
                yield Span(start, end, year if year.isdecimal() else GAP)

    def _dates(self, text: str) -> Iterator[Span]:
        for found in _DATE.finditer(text):
            year = next((found[k] for k in ("year", "year2", "year3", "year4") if found[k]), "")
            month = found["month"] or found["month2"] or ""
            number = found["number"] or found["number2"]
            name = _month(month) or (MONTHS[int(number) - 1] if number else "")
            kept = " ".join(t for t in (name if self.months else "", year) if t)
            on = ("In " if (found["on"] or "o")[0] == "O" else "in ") if found["on"] else ""
            yield Span(found.start(), found.end(), f"{on}{kept}" if kept else GAP)
        if not self.months:
            for found in _MONTH_YEAR.finditer(text):
                yield Span(found.start(), found.end(), found["year"])

    def _capitals(self, text: str, *, page: bool) -> Iterator[Span]:
        headings: dict[int, bool] = {}  # by where a line begins: it may be long
        for found in _WORD.finditer(text):
            word = re.sub(r"[’']s?$", "", found[0])
            if not any(c.isupper() for c in word) or self.harmless(word):
                continue
            small = word.lower()
            first = begins(text, found.start(), page=page)
            if first and _within(small, self.words.common) and small not in self.proper:
                continue
            line = text.rfind("\n", 0, found.start()) + 1 if page else 0
            if page and line not in headings:
                headings[line] = self._heading(text, line)
            if page and headings[line]:
                continue
            start = found.start()
            if leading := _LEADING.search(text[max(0, start - 12) : start]):
                start = max(0, start - 12) + leading.start()
            if page and (house := _HOUSE.search(text[max(0, start - 9) : start])):
                start = max(0, start - 9) + house.start()
            if before := _INITIALS.search(text[max(0, start - 9) : start]):
                start = max(0, start - 9) + before.start()
            yield Span(start, found.start() + len(word))

    def _addresses(self, text: str) -> Iterator[Span]:
        """Yield the lines of a page that are an address: a road, a figure, a name not known."""
        for line in _ADDRESS_LINE.finditer(text):
            names = [w for w in _WORD.findall(line[0]) if w[:1].isupper() and not self.harmless(w)]
            if names and len(_WORD.findall(line[0])) < _ADDRESS_WORDS:
                yield Span(line.start(), line.end())

    def harmless(self, word: str) -> bool:
        """Whether a word with a capital gives nobody away."""
        small = word.lower()
        return len(small) == 1 or _within(small, self.words.public)

    def _heading(self, text: str, at: int) -> bool:
        """Whether the line that begins at *at* is a heading: three words or more, all known."""
        line = text[at : (text.find("\n", at) + 1 or len(text) + 1) - 1]
        words = [re.sub(r"[’']s?$", "", w.lower()) for w in _WORD.findall(line)]
        known = self.words.common | self.words.public
        return len(words) > 2 and all(_within(w, known) for w in words) and not (  # noqa: PLR2004
            set(words) & self.proper
        )


def _month(word: str) -> str:
    small = word.rstrip(".").lower()[:3]
    return next((m for m in MONTHS if small and m.lower().startswith(small)), "")


def _within(word: str, known: Collection[str]) -> bool:
    """Whether a word is known, or each of the parts between its hyphens."""
    plain = word.replace("’", "'")
    return plain in known or all(p in known for p in re.split(r"[-‐]", plain.split("'")[0]))


def begins(text: str, at: int, *, page: bool = False) -> bool:
    """Whether a sentence begins at *at*."""
    before = text[max(0, at - 200) : at]
    bare = before.rstrip(_OPENING + " \t\xa0")
    line = bare.rstrip()
    if not line:
        return True
    if line != bare and not page:
        return True
    if any(c in '“"' for c in before[len(bare) :]):
        return True
    if line[-1] not in _ENDING:
        return False
    last = re.search(r"([^\W\d_]+)\.$", line)
    return not last or (last[1].lower() not in _TITLES and len(last[1]) > 1)


def proper_words(texts: Sequence[str], words: Words) -> frozenset[str]:
    """Return the words that have a capital in the middle of a sentence and are not public."""
    found = set()
    for text in texts:
        composed = unicodedata.normalize("NFC", text)
        for match in _WORD.finditer(composed):
            word = re.sub(r"[’']s?$", "", match[0])
            capital = word[:1].isupper() and len(word) > 1
            if capital and not begins(composed, match.start()):
                small = word.lower()
                if not _within(small, words.public):
                    found.add(small)
    return frozenset(found)


def named_words(texts: Sequence[str], words: Words) -> frozenset[str]:
    """Return the words with a capital in names, places and addresses that are not known."""
    found = {w.lower() for text in texts for w in _WORD.findall(text) if w[:1].isupper()}
    return frozenset(
        w for w in found if len(w) > 2 and not _within(w, words.public | words.common)  # noqa: PLR2004 - So, An
    )


def small_words(texts: Sequence[str]) -> frozenset[str]:
    """Return the words that are written small in sentences; addresses of the web are none."""
    return frozenset(word for text in texts for word in _SMALL.findall(text))


def _numbers(text: str) -> Iterator[Span]:
    """Yield e-mails, addresses of the web, telephone and other long numbers."""
    yield from (Span(m.start(), m.end()) for m in _CONTACT.finditer(text))
    for found in _FIGURES.finditer(text):
        figures = sum(c.isdecimal() for c in found[0])
        if figures > 4 and not _HARMLESS.fullmatch(found[0].strip()):  # noqa: PLR2004 - a year
            yield Span(found.start(), found.end())
    for found in _MIXED.finditer(text):
        if not _FORM.fullmatch(found[0]) and not _ORDINAL.fullmatch(found[0]):
            yield Span(found.start(), found.end())


def _joined(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans in order; those that overlap, or that only a space keeps apart, are one."""
    out: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not out or span.start >= out[-1].end:
            near = out and out[-1].cover == span.cover == GAP
            if near and not text[out[-1].end : span.start].strip(" \t\xa0-‐,"):
                out[-1] = Span(out[-1].start, span.end)
            else:
                out.append(span)
        elif span.end > out[-1].end:
            out[-1] = Span(out[-1].start, span.end, out[-1].cover)
    return out

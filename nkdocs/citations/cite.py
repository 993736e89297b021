"""Cites: how they are written in answers, what they print, and where their links go.

In an answer a cite is data, `[@hrw24, 3]`, and never evaluated. Printed it is plain text held
together by no-break spaces, `Tab C at 41`, so that it is found again in the finished PDF and in
a Word file someone has edited.
"""

from collections.abc import Iterator

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.citations.pagemap import Entry, PageMap, UnknownCiteError

NBSP = "\u00a0"
_WRITTEN = lazily(
    r"\[@(?P<id>[A-Za-z0-9][A-Za-z0-9_-]*)"
    r"(?:\s*,\s*(?:(?P<page>\d{1,5})(?:\s*[-\u2013]\s*(?P<last>\d{1,5}))?|(?P<mark>[A-Za-z][\w-]*)))?"
    r"(?:\s*,\s*(?P<part>translation|certificate|original|attachment-[\d-]+))?\s*\]"
)
PRINTED = lazily(
    r"\b(?:Vol\.[ \u00a0\n\r]+(?P<volume>\d{1,3}),[ \u00a0\n\r]+)?"
    r"\bTab[ \u00a0\n\r]+(?P<tab>[A-Z]{1,3}(?![A-Za-z])|\?)"
    r"(?:[ \u00a0\n\r]+at[ \u00a0\n\r]+(?P<page>\d{1,6})(?:[-\u2013][\n\r]*(?P<last>\d{1,6}))?"
    r"(?:,?[ \u00a0\n\r]+\u00b6[ \u00a0\n\r]*(?P<paragraph>\d{1,4}))?)?"
)


class Cite(Struct, frozen=True):
    """A reference to an exhibit: the whole of it, a page, a range, or a named paragraph."""

    id: str
    page: int = 0
    last: int = 0
    mark: str = ""
    part: str = ""

    def __str__(self) -> str:
        """Write the cite as it is typed in an answer."""
        pages = f"{self.page}-{self.last}" if self.last else str(self.page or "")
        return f"[@{', '.join(t for t in (self.id, pages or self.mark, self.part) if t)}]"


def parse(text: str) -> list[str | Cite]:
    """Split *text* into plain pieces and the cites between them."""
    out: list[str | Cite] = []
    end = 0
    for found in _WRITTEN.finditer(text) if "[@" in text else ():
        out += [text[end : found.start()]] if found.start() > end else []
        out.append(
            Cite(
                found["id"],
                int(found["page"] or 0),
                int(found["last"] or 0),
                found["mark"] or "",
                found["part"] or "",
            )
        )
        end = found.end()
    return [*out, text[end:]] if end < len(text) else out


def target(cite: Cite, pages: PageMap) -> int:
    """Return the printed number of the page a cite's link goes to.

    Raises:
        UnknownCiteError: the exhibit, page or paragraph is not in the filing.
    """
    entry = pages.entry(cite.id)
    if cite.mark:
        return entry.page(_paragraph(cite, pages)[1], cite.part)
    if not cite.page:
        return entry.sheet or entry.first
    if cite.last and cite.last < cite.page:
        msg = f"the pages {cite.page}-{cite.last} of exhibit '{cite.id}' run backwards"
        raise UnknownCiteError(msg)
    if cite.last:
        entry.page(cite.last, cite.part)
    return entry.page(cite.page, cite.part)


def printed(cite: Cite, pages: PageMap) -> str:
    """Return what a cite prints: "Tab C", "Tab C at 41", "Tab C at 41-43", "Tab A at 9, ¶ 14".

    Of a bundle in several files it names the file too: "Vol. 2, Tab M at 340". A range that goes
    over from one file to the next prints as a cite to each, "Vol. 3, Tab L at 64-68; Vol. 4, Tab L
    at 72-75": between them stand the next one's cover, index and tab sheet.

    Raises:
        UnknownCiteError: the exhibit, page or paragraph is not in the filing.
    """
    at = target(cite, pages)
    whole = cite.mark or not cite.page
    ranges = [(at, at)] if whole else [*_stretches(cite, pages, at)]
    texts = [_in_one_file(cite, pages, first, last) for first, last in ranges]
    if not pages.filed:
        return "; ".join(texts)
    # each by itself is known for a cite to an earlier filing
    said = "; Exs., ".join(texts)
    return f"Resp\u2019t\u2019s Exs., {said}, {pages.filed}"


def _in_one_file(cite: Cite, pages: PageMap, first: int, last: int) -> str:
    """Return what a cite prints of the pages from *first* to *last*, which stand in one file."""
    volume = pages.volume(first)
    words = [*(["Vol.", f"{volume},"] if volume else []), "Tab", pages.entry(cite.id).tab]
    if cite.mark:
        words += ["at", f"{first},", "\u00b6", str(_paragraph(cite, pages)[0])]
    elif cite.page:
        words += ["at", str(first) if last == first else f"{first}\u2013{last}"]
    return NBSP.join(words)


def _stretches(cite: Cite, pages: PageMap, first: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last printed number of what a cite names in each volume."""
    entry = pages.entry(cite.id)
    end = entry.page(cite.last, cite.part) if cite.last else first
    if pages.volume(first) == pages.volume(end):
        yield first, end
        return
    part = cite.part or entry.runs[0].part
    held: dict[int, list[int]] = {}
    for run in entry.runs:
        if run.part == part and run.last >= first and run.first <= end:
            there = held.setdefault(pages.volume(run.first), [])
            there += [max(run.first, first), min(run.last, end)]
    for numbers in held.values():
        yield min(numbers), max(numbers)


def cite_of(text: str, pages: PageMap) -> Cite | None:
    """Return the cite that leads where *text* does in this page map, None if none does.

    A page number of a tab sheet leads to the whole exhibit.
    """
    found = PRINTED.search(text)
    entry = pages.under(found["tab"]) if found else None
    if found is None or entry is None:
        return None
    first, last = (_source(entry, int(found[n] or 0)) for n in ("page", "last"))
    names = {number: name for name, (number, _) in entry.paragraphs.items()}
    mark = names.get(int(found["paragraph"] or 0), "")
    if found["page"] and not (first or mark or int(found["page"]) == entry.sheet):
        return None
    part = first[1] if first and first[1] != entry.runs[0].part else ""
    page = first[0] if first and not mark else 0
    return Cite(entry.id, page, last[0] if last and page else 0, mark, part)


def _source(entry: Entry, number: int) -> tuple[int, str] | None:
    """Return which page of which part of an exhibit became the page printed *number*."""
    for run in entry.runs:
        if run.first <= number <= run.last:
            return run.pages[number - run.first], run.part
    return None


def unresolved(cite: Cite) -> str:
    """Return what a cite prints in a draft while its exhibit has no place yet."""
    at = f"at {cite.page}" if cite.page else cite.mark and f"at {cite.mark}"
    return "[" + NBSP.join(["Tab", "?", *(at.split() if at else [])]) + f": {cite.id}]"


def _paragraph(cite: Cite, pages: PageMap) -> tuple[int, int]:
    entry = pages.entry(cite.id)
    if cite.mark not in entry.paragraphs:
        names = ", ".join(entry.paragraphs) or "none"
        msg = f"exhibit '{cite.id}' has no paragraph named '{cite.mark}' (named: {names})"
        raise UnknownCiteError(msg)
    return entry.paragraphs[cite.mark]

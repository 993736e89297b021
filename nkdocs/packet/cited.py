"""Which exhibit is cited where: by document and paragraph, and which ones nobody cites.

It is read from the papers as they stand, so that cites somebody typed in Word are in it too, and
those to an earlier filing by its filed numbers.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nkdocs.citations.cite import PRINTED, Cite, cite_of, parse
from nkdocs.citations.pagemap import Entry, PageMap
from nkdocs.documents.told import numbered_paragraphs
from nkdocs.packet.papers import Paper

# What stands before a cite to an earlier filing, and behind it: "Resp't's Exs., ..., filed DAY".
_BEFORE = re.compile(r"(?:\S+\s+)?Exs\.,\s*\Z")
_BEHIND = re.compile(r"\s*,\s*(?P<filed>filed\s+[A-Z][a-z]+\s+\d{1,2},\s+\d{4})")


class Cited(Struct, frozen=True):
    """One place that cites an exhibit.

    Attributes:
        exhibit: its id; empty where the cite names a filing of which nothing was kept.
        paragraph: the number the paragraph prints, 0 where it prints none.
        place: which paragraph of the document it is, from 1.
        text: the cite as printed, its spaces made plain.
        filing: the id of the filing that holds the exhibit; empty where that is not known.
    """

    exhibit: str
    document: str
    paragraph: int
    place: int
    text: str
    filing: str = ""


def places(papers: Sequence[Paper], pages: PageMap, earlier: Sequence[PageMap] = ()) -> list[Cited]:
    """Return every cite of an exhibit in *papers*, in reading order.

    Args:
        papers: the papers of a filing.
        pages: the filing's own page map.
        earlier: those of the filings that were sent.
    """
    return [found for paper in papers for found in _of(paper, pages, earlier)]


def _of(paper: Paper, pages: PageMap, earlier: Sequence[PageMap]) -> Iterator[Cited]:
    for place, (number, text) in enumerate(numbered_paragraphs(paper.docx, paper.name), 1):
        for match in PRINTED.finditer(text):
            before = _BEFORE.search(text[: match.start()])
            if before:
                behind = _BEHIND.match(text, match.end())
                whole = text[before.start() : behind.end() if behind else match.end()]
                words = " ".join(whole.split())
                filed = " ".join(behind["filed"].split()) if behind else ""
                then = [m for m in earlier if m.filed == filed]
                exhibit, filing = _meant(paper, match[0], words, then)
                yield Cited(exhibit, paper.name, number, place, words, filing)
            elif cite := cite_of(match[0], pages):
                words = " ".join(match[0].split())
                yield Cited(cite.id, paper.name, number, place, words, pages.filing)


def _meant(paper: Paper, text: str, words: str, maps: Sequence[PageMap]) -> tuple[str, str]:
    """Return the exhibit and filing that a cite by filed numbers means; nothing if none has them.

    Two filings may have been sent on one day: what the paper was filled with decides.
    """
    found = [(cite.id, m.filing) for m in maps if (cite := cite_of(text, m))]
    written = [c.written for c in paper.cites if " ".join(c.printed.split()) == words]
    filled = {one.id for text in written for one in parse(text) if isinstance(one, Cite)}
    return next((one for one in found if one[0] in filled), found[0] if found else ("", ""))


def table(found: Sequence[Cited], pages: PageMap, earlier: Sequence[PageMap] = ()) -> str:
    """Return the table as text: exhibit by exhibit, then what is cited of earlier filings."""
    lines = ["For the office only: which exhibit is cited where.", ""]
    for entry in pages.entries:
        own = _row(entry, [c for c in found if _is(c, entry, pages)])
        lines += own or [_head(entry), "    nowhere"]
    for sent in earlier:
        rows = [_row(e, [c for c in found if _is(c, e, sent)]) for e in sent.entries]
        if any(rows):
            lines += ["", f"Of the filing '{sent.filing}', {sent.filed}:"]
            lines += [line for row in rows for line in row]
    lost = [c for c in found if not c.exhibit]
    if lost:
        lines += ["", "Of no filing that was sent from here:", *map(_line, lost)]
    return "\n".join(lines) + "\n"


def _is(one: Cited, entry: Entry, pages: PageMap) -> bool:
    return (one.exhibit, one.filing) == (entry.id, pages.filing)


def _row(entry: Entry, own: Sequence[Cited]) -> list[str]:
    return [_head(entry), *map(_line, own)] if own else []


def _head(entry: Entry) -> str:
    return f"Tab {entry.tab}  {entry.title}"


def _line(one: Cited) -> str:
    at = f"\u00b6 {one.paragraph}" if one.paragraph else f"paragraph {one.place}"
    return f"    {one.document} {at}: {one.text}"

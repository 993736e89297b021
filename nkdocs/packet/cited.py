"""Which exhibit is cited where: by document and paragraph, and which ones nobody cites.

It is read from the papers as they stand, so that cites somebody typed in Word are in it too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nkdocs.citations.cite import PRINTED, cite_of
from nkdocs.citations.pagemap import PageMap
from nkdocs.documents.told import numbered_paragraphs
from nkdocs.packet.papers import Paper


@dataclass(frozen=True, slots=True)
class Cited:
    """One place that cites an exhibit.

    Attributes:
        paragraph: the number the paragraph prints, 0 where it prints none.
        place: which paragraph of the document it is, from 1.
        text: the cite as printed, its spaces made plain.
    """

    exhibit: str
    document: str
    paragraph: int
    place: int
    text: str


def places(papers: Sequence[Paper], pages: PageMap) -> list[Cited]:
    """Return every cite of an exhibit of the filing in *papers*, in reading order."""
    return [found for paper in papers for found in _of(paper, pages)]


def _of(paper: Paper, pages: PageMap) -> Iterator[Cited]:
    for place, (number, text) in enumerate(numbered_paragraphs(paper.docx, paper.name), 1):
        for match in PRINTED.finditer(text):
            earlier = text[: match.start()].rstrip("\u00a0 ").endswith("Exs.,")
            cite = None if earlier else cite_of(match[0], pages)
            if cite is not None:
                words = " ".join(match[0].split())
                yield Cited(cite.id, paper.name, number, place, words)


def table(found: Sequence[Cited], pages: PageMap) -> str:
    """Return the table as text, exhibit by exhibit."""
    lines = ["For the office only: which exhibit is cited where.", ""]
    for entry in pages.entries:
        own = [one for one in found if one.exhibit == entry.id]
        lines.append(f"Tab {entry.tab}  {entry.title}")
        lines += [f"    {_where(one)}: {one.text}" for one in own] or ["    nowhere"]
    return "\n".join(lines) + "\n"


def _where(one: Cited) -> str:
    at = f"\u00b6 {one.paragraph}" if one.paragraph else f"paragraph {one.place}"
    return f"{one.document} {at}"

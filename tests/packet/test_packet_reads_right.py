"""Every paper of every fictional case, read as a supervisor reads: word by word, for slips."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import pytest
from msgspec.structs import replace

from nkdocs._resources import shipped
from nkdocs.answers.load import load
from nkdocs.documents.wordfile import BODY, W, WordFile, text_of
from nkdocs.interview.engine import by_item
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.papers import Circumstances, make, papers
from tests import word_style
from tests.packet import court
from tests.packet.test_packet_by_item import WITNESSES

PAPERS = (
    "pd-request", "supervisory-review", "asylum-declaration", "witness-declaration",
    "supplemental-declaration", "prehearing-statement", "late-filing-motion", "court-papers",
)  # fmt: skip
CASES = ("demo", "asylum-only", "late-filer", "ninth-circuit")
RANKS = {
    word_style.style_id(name): rank
    for name, rank in {
        "Title": 0, "Page Title": 0, "Heading 1": 1, "Declaration Heading": 1, "Memo Heading": 1,
        "Read-back Title": 1, "Paired Heading": 1, "Heading 2": 2, "Country Heading": 2,
    }.items()
}  # fmt: skip
"""How high a heading stands; one that no text follows before the next as high is empty."""
SLIPS = {
    "a word stands twice": re.compile(r"\b(?!that\b|had\b)([A-Za-z]+) \1\b", re.IGNORECASE),
    "two prepositions": re.compile(r"\b(?:on|in|at|near) (?:on|in|at|near) ", re.IGNORECASE),
    "a space before a mark": re.compile(r" [,.;:!?](?:\s|$)"),
    "two marks": re.compile(r"(?<!\.)\.\.(?!\.)|,,|;\.|,\.|;;|::|[.!?][”’]\.|\?\.|!\.|:\."),
    "two spaces": re.compile(r"[a-z,;.]  +[A-Za-z“]"),
    "a straight quotation mark": re.compile(r"[\"']"),
    "what only programs say": re.compile(r"\bNone\b(?!,| of\b)|Missing\(|Undefined|\{\{|\[\]|<"),
    "an empty bracket": re.compile(r"\(\s*\)|“\s*”"),
}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its style, or a table with what its rows say."""

    style: str
    text: str


@cache
def read(name: str) -> Mapping[str, tuple[Block, ...]]:
    """Return every paper of a case, its blocks in order; no converter, no page map."""
    desk = _desk(name)
    exhibits = tuple({"id": e.id, "title": e.title or e.id, "tab": "A"} for e in desk.exhibits)
    around = Circumstances(exhibits=exhibits)
    made = [make(desk, d, f, around) for d, f in papers(desk, desk.documents(PAPERS))]
    return {paper.name: tuple(_blocks(paper.docx)) for paper in made}


def _desk(name: str) -> Desk:
    """Return a case; the demo with all that its papers for the court ask for."""
    if name != "demo":
        return open_desk(shipped("answers") / "samples" / name)
    desk = court.desk()
    told = court.text() + WITNESSES.replace("PROOF", "I heard her weep.")
    file = load(told, "answers.yaml", desk.case.office_text())
    assert not file.faults, file.faults
    whole = replace(desk, file=file)
    return replace(whole, catalogue=by_item(whole.catalogue, whole.answers()))


def _blocks(docx: bytes) -> list[Block]:
    word = WordFile.read(docx, "a paper")
    body = word.tree(BODY).find(f"{W}body")
    found = []
    for block in body if body is not None else ():
        style = block.find(f"{W}pPr/{W}pStyle")
        name = style.get(f"{W}val") if style is not None else ""
        if block.tag == f"{W}tbl":
            said = "\n".join(text_of(p) for p in block.iter(f"{W}p"))
            found.append(Block("", said))
        elif block.tag == f"{W}p" and text_of(block).strip():
            found.append(Block(name or "", text_of(block)))
    return found


def sentences(block: Block) -> list[str]:
    """Return the lines of a block without marked blanks, whose words are a question's."""
    plain = re.sub(r"\[[^\]\n]*\]", "_", block.text.replace("\u00a0", " "))
    return plain.split("\n")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("slip", SLIPS)
def test_no_paper_has_a_slip_of_the_pen(case: str, slip: str) -> None:
    """This test ensures that what is assembled from pieces reads as if it were written at once."""
    found = [
        (name, text)
        for name, blocks in read(case).items()
        for block in blocks
        for text in sentences(block)
        if SLIPS[slip].search(text)
    ]

    assert not found


@pytest.mark.parametrize("case", CASES)
def test_every_quotation_that_is_opened_is_closed(case: str) -> None:
    """This test ensures that no quotation swallows the words after it."""
    found = [
        (name, block.text)
        for name, blocks in read(case).items()
        for block in blocks
        if block.text.count("“") != block.text.count("”")
    ]

    assert not found


def _translated(name: str, block: Block, after: Block) -> bool:
    """Whether the title of a bilingual edition stands again below it, in Korean."""
    titles = block.style == after.style == "Title"
    return name.endswith("-korean.docx") and titles and bool(re.search("[가-힣]", after.text))


@pytest.mark.parametrize("case", CASES)
def test_no_heading_stands_over_nothing(case: str) -> None:
    """This test ensures that a part nobody needs is not announced; one title may stand twice."""
    found = [
        (name, block.text)
        for name, blocks in read(case).items()
        for block, after in zip(blocks, [*blocks[1:], None], strict=True)
        if block.style in RANKS and (not after or RANKS.get(after.style, 9) <= RANKS[block.style])
        and not (after and _translated(name, block, after))
    ]

    assert not found


def test_every_kind_of_paper_is_read() -> None:
    """This test ensures that the tests above see what they are about."""
    names = {name for case in CASES for name in read(case)}

    assert len(names) > len(PAPERS)
    assert all(len(blocks) > 5 for case in CASES for blocks in read(case).values())

"""Any one required answer is taken away: a blank where it stood, a name on the page, a fault."""

import copy
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import etree
from msgspec.structs import replace

from nkdocs.answers import validate
from nkdocs.diagnostics import State, counting
from nkdocs.documents.wordfile import BODY, W, WordFile, paragraphs, text_of
from nkdocs.interview.engine import Step
from nkdocs.interview.spec import Document
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, Paper, make, papers
from tests.packet import shipped

RULED = re.compile(r"_{4,}")
"""A blank to be filled by hand, as certificates have them."""
SAMPLED = 4
"""Answers of each document that the plain run takes away; the long run takes away every one."""



@dataclass(frozen=True, slots=True)
class Said:
    """What a draft says: its text, the blanks it marks, and the tear-off page."""

    text: str
    blanks: Counter[str]
    page: str


@pytest.fixture(scope="module", params=shipped.CASES)
def desk(request: pytest.FixtureRequest, laid: Callable[[str], Desk]) -> Desk:
    """Return the desk of each case in turn."""
    return laid(request.param)


def without(desk: Desk, step: Step) -> Desk:
    """Return the case with one answer blank."""
    data: Any = copy.deepcopy(desk.file.data)
    here = data
    for key in step.spot[:-1]:
        here = here[key]
    here[step.spot[-1]] = ""
    return replace(desk, file=replace(desk.file, data=data))


def marks(paragraph: etree._Element) -> Iterator[str]:
    """Yield the texts of a paragraph that are marked yellow."""
    for run in paragraph.iter(f"{W}r"):
        if run.find(f"{W}rPr/{W}highlight") is not None:
            yield "".join(t.text or "" for t in run.iter(f"{W}t"))


def made(desk: Desk, document: Document) -> dict[str, Paper]:
    """Return the papers of a document as drafts outside any filing."""
    return {f.file: make(desk, d, f, Circumstances()) for d, f in papers(desk, [document])}


def said(paper: Paper) -> Said:
    """Return what a draft says."""
    word = WordFile.read(paper.docx, paper.name)
    told = [p for part in word.story_parts() for p in paragraphs(word.tree(part))]
    text = "\n".join(text_of(p) for p in told)
    blanks = Counter(mark for paragraph in told for mark in marks(paragraph))
    blanks["a ruled line"] = len(RULED.findall(text))
    whole = WordFile.read(paper.stored, paper.name)
    page = "\n".join(text_of(p) for p in paragraphs(whole.tree(BODY)))
    return Said(text, blanks, page)


def holes(desk: Desk, document: Document, most: int | None) -> Iterator[str]:
    """Yield what goes wrong when single required answers of a document are taken away."""
    plan = validate.validate(desk.answers(), [document]).plan
    steps = [s for s in plan.steps if s.required and s.answered]
    assert len(steps) > 10, document.id
    if most is not None:
        steps = random.Random(document.id).sample(steps, most)  # noqa: S311 - a choice to repeat
    before = {name: said(paper) for name, paper in made(desk, document).items()}
    for step in steps:
        for name, paper in made(without(desk, step), document).items():
            yield from (f"{name}, {step.path}: {why}" for why in _wrong(paper, step, before))


def _wrong(paper: Paper, step: Step, before: dict[str, Said]) -> Iterator[str]:
    now = said(paper)
    open_ = {f.subject for f in counting(paper.findings, State.FINAL) if f.code == "A004"}
    if step.path not in open_:
        yield "the final names no fault"
    if counting([f for f in paper.findings if f.code == "A004"], State.DRAFT):
        yield "the draft is refused"
    if f"{step.path} is open" not in now.page:
        yield "not on the tear-off page"
    was = before.get(paper.name)
    if paper.file.audience == "internal":
        return
    if was is not None and now.text != was.text and not now.blanks - was.blanks:
        yield "the text is another, and no blank is marked"


def test_required_answer_that_is_gone_leaves_a_blank_and_a_name(desk: Desk) -> None:
    """This test ensures that no answer is missed in silence; a few of each document."""
    found = [hole for document in desk.documents() for hole in holes(desk, document, SAMPLED)]

    assert found == []


@pytest.mark.long
def test_every_required_answer_that_is_gone_leaves_a_blank_and_a_name(desk: Desk) -> None:
    """This test ensures that no answer is missed in silence: all of every document."""
    found = [hole for document in desk.documents() for hole in holes(desk, document, None)]

    assert found == []

"""The fictional demo case is sound, and the checks say so."""

from pathlib import Path

import pytest

from nkdocs.bundle.intake import Prepared
from nkdocs.diagnostics import Finding, Severity, State, counting
from nkdocs.packet import facts, papers
from nkdocs.packet.bind import gathered
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.papers import Circumstances
from tests.checks.cases import ALL

DEMO = Path(__file__).resolve().parents[2] / "answers" / "demo"


@pytest.fixture(scope="module")
def desk() -> Desk:
    """Return the demo case."""
    return open_desk(DEMO)


@pytest.fixture(scope="module")
def exhibits(desk: Desk) -> tuple[Prepared, ...]:
    """Return the exhibits of the demo case, read once."""
    return gathered(desk)[0]


@pytest.fixture(scope="module")
def found(desk: Desk, exhibits: tuple[Prepared, ...]) -> list[Finding]:
    """Return what is found over answers, exhibits and papers, once."""
    made = [
        papers.make(desk, document, file, Circumstances())
        for document, file in papers.papers(desk, desk.documents())
    ]
    return facts.check(desk, ALL, exhibits, made)


def test_nothing_stops_the_final(found: list[Finding]) -> None:
    """Not one ERROR."""
    assert counting(found, State.FINAL) == []


def test_budget_of_a_sound_case_is_kept(found: list[Finding]) -> None:
    """At most ten lines at draft (PRACTICE, section 15)."""
    assert len([f for f in found if f.severity is not Severity.INFO]) <= 10


def test_no_sentence_concedes(found: list[Finding]) -> None:
    """L217 is of use only while it is quiet."""
    assert "L217" not in {f.code for f in found}


def test_refusal_was_read_and_the_quotation_stands_in_it(
    desk: Desk, exhibits: tuple[Prepared, ...], found: list[Finding]
) -> None:
    """Silence is worth something because the words were compared."""
    prepared = [p for p in exhibits if p.id in {"refusal-email", "clinic-letter"}]
    texts = {e.id: e.text for e in facts.gather(desk, ALL, prepared).exhibits or ()}

    assert "declines to exercise" in texts["refusal-email"]
    assert texts["clinic-letter"] == ""
    assert "L302" not in {f.code for f in found}


def test_unconfirmed_law_of_each_letter_is_told_once(found: list[Finding]) -> None:
    """What the templates asked for reaches the checks."""
    assert [f.subject for f in found if f.code == "L703"] == [
        "pd-request.docx", "supervisory-review.docx",
    ]  # fmt: skip


def test_tear_off_page_of_a_draft_is_not_the_paper(desk: Desk, found: list[Finding]) -> None:
    """Its notes are ours and leave with the page."""
    document = desk.documents(["pd-request"])[0]
    around = Circumstances(notes=tuple(found))
    paper = papers.make(desk, document, papers.lead_file(document), around)
    read = facts.gather(desk, ALL, papers=[paper]).documents or ()

    assert not [p for p in read[0].paragraphs if "await" in p or "to be confirmed" in p]


def test_original_request_was_read_as_it_was_sent(
    desk: Desk, exhibits: tuple[Prepared, ...]
) -> None:
    """Of the exhibit; so silence about repeats and numbers is worth something."""
    prepared = [p for p in exhibits if p.id in {"pd-request-as-sent", "country-report"}]
    read = facts.gather(desk, ALL, prepared)

    assert "Quince Street Health Center of January 30, 2023" in read.as_sent
    assert [bool(e.text) for e in read.exhibits or () if e.id == "country-report"] == [False]


def test_words_of_the_template_are_known_apart_from_the_answers(desk: Desk) -> None:
    """Piece by piece between the tags."""
    document = desk.documents(["pd-request"])[0]
    paper = papers.make(desk, document, papers.lead_file(document), Circumstances())
    read = (facts.gather(desk, ALL, papers=[paper]).documents or ())[0]

    assert any("longstanding authority" in piece for piece in read.template)
    assert not [piece for piece in read.template if "{" in piece or "Seo" in piece]

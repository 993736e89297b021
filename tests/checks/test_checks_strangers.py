"""A-numbers of people who have no part in the case."""

import pytest

from tests.checks.cases import DECLARATION, PD, case, findings, found, the, told, with_paper

BASE = """respondents:
- {id: seo, lead: yes, a_number: A000-000-021}
- {id: han, a_number: A000000022}
family: [{id: aunt, relation: aunt, a_number: A000-000-023}]
"""


def says(text: str) -> str:
    """Return answers whose letter says *text*."""
    return f'{BASE}pd: {{theory: "{text}"}}\n'


@pytest.mark.parametrize(
    "number",
    ["A000-000-099", "A 000 000 099", "A000000099", "A# 000-000-099", "A-Number: 000-000-099",
     "Alien Registration Number 000000099", "A00-000-099", "A\u2011000\u2011000\u2011099"],
)  # fmt: skip
def test_number_of_a_stranger_is_a_block(number: str) -> None:
    """However it is written; it is never shown."""
    finding = the(found(says(f"See the case of {number}."), "L003"))

    assert told(finding) == ("ERROR", "for-signature", "block", 6)
    assert finding.subject == "pd.theory"
    assert "099" not in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "A000-000-021 and A000-000-022.",
        "Her aunt, A000-000-023.",
        "An older A00-000-021.",
        "See Y-Z-, A000 000 099 (BIA May 1, 2020) (unpublished).",
        "Call A000-000-0991 or 000-555-0133.",
        "Exhibit A 2012 and Tab A at 300.",
    ],
)
def test_number_that_belongs_or_is_none(text: str) -> None:
    """Respondents, riders, listed relatives, published decisions."""
    assert not found(says(text), "L003")


def test_number_that_stays_in_the_office_is_no_leak() -> None:
    """Counsel's own notes may name another case."""
    text = BASE + 'pd: {case_strength: "Like A000-000-099."}\n'

    assert not found(text, "L003", PD)


def test_answer_for_another_audience_is_not_in_this_paper() -> None:
    """Events never reach OPLA."""
    text = BASE + 'events: [{id: a, told: "With A000-000-099."}]\n'

    assert not found(text, "L003", PD)
    assert the(found(text, "L003", DECLARATION)).subject == "events.a.told"


def test_number_typed_into_a_paper() -> None:
    """It is found where it stands, and one of an answer is told once."""
    facts = with_paper(case(says("Of A000-000-099."), PD), "Of A000-000-099.", "And A000-000-098.")
    own, typed = findings(facts, "L003")

    assert own.subject == "pd.theory"
    assert (typed.place.file, typed.place.part) == ("out/pd-request.docx", "paragraph 2")

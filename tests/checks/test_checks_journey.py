"""The journey, third countries, proof that cannot be had, earlier statements."""

import pytest

from tests.checks.cases import DECLARATION, PD, found, the, told

MOTION = """case: {pending_motions: [{id: aca, kind: aca, by: dhs, country: HN}]}
claim: {countries: [{id: x, country: COUNTRY, fear: FEAR}]}
"""


def motion(country: str, fear: str = "They would send me on.") -> str:
    """Return a case in which DHS asks to send the client to Honduras."""
    return MOTION.replace("COUNTRY", country).replace("FEAR", fear)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (motion("KP"), 1),
        (motion("HN", "''"), 1),
        (motion("HN"), 0),
        (motion("KP").replace("kind: aca", "kind: pretermit"), 0),
        (motion("HN", "'', no_fear_reason: she has family there"), 0),
    ],
)
def test_third_country_that_dhs_names_has_a_part_of_its_own(text: str, count: int) -> None:
    """A reason for none is an answer."""
    found_ = found(text, "L411", DECLARATION)

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 2)] * count


JOURNEY = """respondents: [{id: seo, lead: yes, entries: [{id: e, when: October 2021}]}]
dprk: {lived: yes, exit_when: LEFT}
china: {lived: yes, entered: winter 2008, left: CHINA}
rok: {lived: yes, contact: {entered: October 2011, left: September 2021}}
transit:
- {id: laos, country: LA, from: July 2011, to: October 2011}
"""


def journey(china: str = "summer 2011", left: str = "winter 2008") -> str:
    """Return a journey over China, Laos and South Korea."""
    return JOURNEY.replace("CHINA", china).replace("LEFT", left)


def test_months_that_no_stay_covers_are_one_line() -> None:
    """At transit, with first and last month."""
    finding = the(found(journey("March 2010"), "L412", DECLARATION))

    assert told(finding) == ("WARN", "draft", "ack", 6)
    assert finding.also[0].line == 3
    assert "15 months, from 2010-04 to 2011-06" in finding.message


@pytest.mark.parametrize(
    "text",
    [journey(), journey("does not remember"), journey("''"), journey(left="does not know"),
     journey("March 2010").split("transit")[0]],
)  # fmt: skip
def test_journey_without_a_gap_or_not_yet_told(text: str) -> None:
    """What she does not remember is an answer; seasons are taken as long as they can be."""
    assert not found(text, "L412", DECLARATION)


@pytest.mark.parametrize(
    ("efforts", "count"), [("''", 1), ("I wrote to them.", 0), ("does not know", 0)]
)
def test_proof_that_cannot_be_had_was_sought(efforts: str, count: int) -> None:
    """Or it is said why not."""
    gap = f"{{id: a, item: papers, why: lost, efforts: {efforts}}}"
    text = f"evidence:\n  unavailable:\n  - {gap}\n"
    found_ = found(text, "L415", DECLARATION)

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 4)] * count


@pytest.mark.parametrize(
    ("correction", "chosen", "count"),
    [("''", DECLARATION, 1), ("I meant both.", DECLARATION, 0), ("''", PD, 0)],
)
def test_contradiction_that_counsel_noted_is_explained(
    correction: str, chosen: str, count: int
) -> None:
    """The finding names no words of it."""
    text = (
        "statements:\n"
        f"- {{id: cfi, kind: credible_fear, contradictions: Sekret, correction: {correction}}}\n"
    )
    found_ = found(text, "L416", chosen)

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 3)] * count
    assert all("Sekret" not in str(f) for f in found_)

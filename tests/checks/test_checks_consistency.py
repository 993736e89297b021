"""Answers that cannot both be true, and events without a date."""

import pytest

from tests.checks.cases import found, the, told

EVENTS = """respondents: [{id: seo, lead: yes, born: about 1986}]
events:
- {id: a, when: WHEN, whom: WHOM}
"""


@pytest.mark.parametrize(
    ("when", "whom", "count"),
    [
        ("1980", "me", 1),
        ("1980", "", 1),
        ("1980", "family", 0),
        ("about 1987", "me", 0),
        ("does not remember", "me", 0),
    ],
)
def test_nothing_happened_to_the_client_before_birth(when: str, whom: str, count: int) -> None:
    """To relatives it did; what is only about so is no contradiction."""
    found_ = found(EVENTS.replace("WHEN", when).replace("WHOM", whom), "L420")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 4)] * count
    assert all(f.also[0].line == 2 for f in found_)


@pytest.mark.parametrize(
    ("when", "count"),
    [
        ("", 1),
        ("winter 2006", 0),
        ("does not know", 0),
        ("does not remember", 0),
        ("declines", 0),
        ('"was told by my aunt: 1980"', 0),
    ],
)
def test_honest_answer_is_an_answer(when: str, count: int) -> None:
    """Only an empty one is a gap."""
    found_ = found(f"events: [{{id: a, when: {when}}}]", "L418")

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 2)] * count


@pytest.mark.parametrize(
    ("entered", "left", "weights"),
    [
        ("2011-10-05", "2011-10-04", ["ERROR"]),
        ("October 2011", "2010", ["WARN"]),
        ("2011", "March 2011", []),
        ("October 2011", "does not know", []),
    ],
)
def test_dates_are_compared_by_their_own_exactness(
    entered: str, left: str, weights: list[str]
) -> None:
    """Exact against exact stops; the rest is a warning."""
    text = f"rok:\n  lived: yes\n  contact:\n    entered: {entered}\n    left: {left}\n"
    found_ = found(text, "L501")

    assert [f.severity.value for f in found_] == weights
    assert all((f.place.line, f.also[0].line) == (5, 6) for f in found_)
    assert all(f.subject == "rok.contact.entered/rok.contact.left" for f in found_)


JOURNEY = """case: {i589: {filed: yes, filed_on: FILED}}
respondents:
- id: seo
  entries:
  - {id: visit, when: 2015-05-01}
  - {id: flight, when: 2021-10-01, last: yes}
rok: {lived: yes, contact: {left: September 2021}}
transit:
- {id: mexico, country: MX, from: FROM, to: 2021-09-30}
"""


@pytest.mark.parametrize(
    ("filed", "from_", "subjects"),
    [
        ("2023-01-19", "2021-09-15", []),
        ("2019-01-19", "2021-09-15", []),
        ("2014-01-19", "2021-09-15", ["respondents.seo.entries.visit.when/case.i589.filed_on"]),
        (
            "2023-01-19",
            "2021-12-01",
            [
                "transit.mexico.from/transit.mexico.to",
                "transit.mexico.from/respondents.seo.entries.flight.when",
            ],
        ),
    ],
)
def test_journey_is_told_in_order(filed: str, from_: str, subjects: list[str]) -> None:
    """An earlier visit is no contradiction, nor is a trip after the filing."""
    text = JOURNEY.replace("FILED", filed).replace("FROM", from_)

    assert [f.subject for f in found(text, "L501")] == subjects


def test_stays_follow_each_other() -> None:
    """The second begins after the first."""
    text = "transit:\n- {id: a, country: LA, from: 2012}\n- {id: b, country: TH, from: 2011}\n"

    assert the(found(text, "L501")).subject == "transit.a.from/transit.b.from"


@pytest.mark.parametrize(
    ("leads", "count"),
    [("yes yes", 1), ("no no", 1), ("yes no", 0), ("yes ", 0), (" no", 0)],
    ids=["two", "none", "one", "one-asked-so-far", "still-open"],
)
def test_one_respondent_is_the_lead(leads: str, count: int) -> None:
    """Two leads are named with both lines; while it is still asked nothing is said."""
    first, second = leads.split(" ")
    text = f"respondents:\n- {{id: a, lead: {first}}}\n- {{id: b, lead: {second}}}\n"

    found_ = found(text, "L008")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 4)] * count


@pytest.mark.parametrize(("number", "count"), [("A000-000-021", 1), ("A000-000-022", 0), ("", 0)])
def test_everybody_has_a_number_of_their_own(number: str, count: int) -> None:
    """Two respondents with one A-number are named with both lines."""
    text = (
        "respondents:\n- {id: a, a_number: A000-000-021}\n"
        f"- {{id: b, a_number: '{number}'}}\n- {{id: c}}\n"
    )

    found_ = found(text, "L009")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 4)] * count
    assert all(f.also[0].line == 3 for f in found_)

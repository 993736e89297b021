"""Ages that do not fit, and births at ages at which none give birth."""

import datetime as dt

import pytest

from nkdocs.answers.view import Item
from nkdocs.checks.births import birth
from nkdocs.checks.facts import Facts, client
from tests.checks.cases import case, found, told

AGE = """respondents: [{id: seo, lead: yes, sex: SEX, born: 1986-03-01}]
events:
- {id: a, when: 2006-06-01, whom: me, age: AGE, age_counted: COUNTED}
"""


@pytest.mark.parametrize(
    ("age", "counted", "count"),
    [
        (20, "western", 0),
        (22, "western", 0),
        (23, "western", 1),
        (17, "western", 1),
        (22, "korean_chinese", 0),
        (24, "korean_chinese", 0),
        (25, "korean_chinese", 1),
        (18, "korean_chinese", 1),
        (24, "''", 0),
    ],
)
def test_age_is_allowed_two_years_by_its_way_of_counting(
    age: int, counted: str, count: int
) -> None:
    """It is a warning, told at the age, with the date of birth."""
    text = AGE.replace("AGE", str(age)).replace("COUNTED", counted).replace("SEX", "female")
    found_ = found(text, "L420")

    assert [told(f) for f in found_] == [
        ("WARN", "for-signature", "ack", 4)
    ] * count
    assert all(f.also[0].line == 2 for f in found_)


@pytest.mark.parametrize(
    ("person", "event", "count"),
    [
        ("korean_chinese", "", 0),
        ("western", "", 1),
        ("korean_chinese", "western", 1),
        ("western", "korean_chinese", 0),
        ("does not know", "", 0),
    ],
)
def test_person_counts_ages_as_told_once(person: str, event: str, count: int) -> None:
    """Unless an event says otherwise."""
    text = AGE.replace("AGE", "24", 1).replace("SEX", "female")
    text = text.replace("1986-03-01}", f"1986-03-01, age_counted: {person}}}")
    text = text.replace("COUNTED", event or "''")

    assert len(found(text, "L420")) == count


@pytest.mark.parametrize(
    ("calendar", "when", "count"),
    [
        ("solar", "1990-12-26", 0),
        ("lunar", "1990-12-26", 1),
        ("lunar", "1991-02-20", 0),
        ("does not know", "1990-12-26", 0),
        ("solar", "1990-12-19", 1),
    ],
)
def test_lunar_birthday_falls_later(calendar: str, when: str, count: int) -> None:
    """By the calendar in which the event is dated."""
    text = f"""respondents: [{{id: seo, lead: yes, born: 1990-12-20, born_calendar: {calendar}}}]
events: [{{id: a, when: {when}, whom: me, told: It was cold.}}]
"""

    assert [f.severity.value for f in found(text, "L420")] == ["ERROR"] * count


@pytest.mark.parametrize(
    ("lunar", "solar"),
    [
        ("1990-01-01", "1990-01-27"),
        ("1985-01-01", "1985-02-20"),
        ("1966-03-01", "1966-03-22"),
        ("2023-08-15", "2023-09-29"),
        ("2023-12-30", "2024-02-09"),
        ("2017-07-01", "2017-08-22"),
        ("2012-04-01", "2012-04-21"),
    ],
)
def test_span_of_a_lunar_birthday_holds_its_day(lunar: str, solar: str) -> None:
    """New years early and late, before and after a leap month."""
    text = f"respondents: [{{id: seo, lead: yes, born: {lunar}, born_calendar: lunar}}]"
    born = birth(the_client(case(text)))

    assert born is not None
    assert born.earliest <= dt.date.fromisoformat(solar) <= born.latest


def the_client(facts: Facts) -> Item:
    """Return the lead respondent."""
    lead = client(facts)
    assert lead is not None
    return lead


BIRTHS = """respondents:
- {id: seo, lead: yes, sex: SEX, born: 1986}
- {id: han, relation: RELATION, born: BORN}
"""


@pytest.mark.parametrize(
    ("born", "relation", "sex", "count"),
    [
        ("1994", "child", "female", 1),
        ("2045", "child", "female", 1),
        ("2015", "child", "female", 0),
        ("1994", "sibling", "female", 0),
        ("1994", "child", "male", 0),
    ],
)
def test_mother_was_old_enough(born: str, relation: str, sex: str, count: int) -> None:
    """And not too old; of a father nothing is said."""
    text = BIRTHS.replace("BORN", born).replace("RELATION", relation).replace("SEX", sex)

    assert [f.place.line for f in found(text, "L420")] == [4] * count


def test_pregnancy_that_was_ended_by_force() -> None:
    """An event of her own."""
    text = """respondents: [{id: seo, lead: yes, born: 1986}]
events: [{id: a, when: 1995, whom: me, harm: [forced_abortion]}]
"""

    assert [f.severity.value for f in found(text, "L420")] == ["WARN"]

"""Ages that do not fit, and births at ages at which none give birth."""

import pytest

from tests.checks.cases import found, told

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

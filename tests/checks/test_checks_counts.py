"""Ages, and how many children, brothers and sisters there are."""

import pytest

from tests.checks.cases import case, findings, found, the, told, with_oath, with_paper

BASE = """respondents: [{id: seo, lead: yes, name: {legal: SEO Yun Hui}, born: 1986-03-01, age_counted: COUNTED}]
family:
- {id: brother, relation: brother, kin: sibling}
- {id: girl, relation: daughter, kin: child}
events:
- {id: arrest, when: winter 2006, whom: me, age: 20, told: "I was AGE years old. It was cold."}
_done: [respondents, family]
"""  # noqa: E501 - one line an answer


def base(age: str = "twenty", counted: str = "western") -> str:
    """Return a case with a brother, a daughter, and an age that is told twice."""
    return BASE.replace("AGE", age).replace("COUNTED", counted)


@pytest.mark.parametrize(
    ("asked", "line"), [("has_children: no", 5), ("has_siblings: no", 4), ("has_children: yes", 0)]
)
def test_none_are_told_and_some_are_listed(asked: str, line: int) -> None:
    """Exact against exact: one of the two answers is wrong."""
    found_ = found(f"{base()}background: {{{asked}}}", "L502")

    assert [told(f) for f in found_] == [("ERROR", "for-signature", "ack", 9)] * bool(line)
    assert all(f.also[0].line == line for f in found_)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("I have no children.", 1),
        ("I have two children.", 1),
        ("I have one child.", 0),
        ("I am their only child.", 1),
        ("I have three brothers and sisters.", 0),
        ("I have a brother.", 0),
        ("She said, \u201cI have no children.\u201d", 0),
        ("I have no child of that house.", 1),
    ],
)
def test_sworn_text_counts_as_the_lists_do(sentence: str, count: int) -> None:
    """More than are listed is a contradiction only where the list was said to be complete."""
    found_ = findings(with_oath(case(base()), sentence), "L502")

    assert [f.severity.value for f in found_] == ["WARN"] * count


def test_list_that_is_not_complete_contradicts_no_larger_number() -> None:
    """Somebody may be missing in it."""
    facts = case(base().replace("[respondents, family]", "[family]"))

    assert not findings(with_oath(facts, "I have two children."), "L502")
    assert findings(with_oath(facts, "I have no children."), "L502")


@pytest.mark.parametrize(
    ("sentence", "counted", "count"),
    [
        ("In 2006 I was twenty years old.", "western", 0),
        ("I was 24 years old in March 2006.", "western", 1),
        ("I was 24 years old in March 2006.", "korean_chinese", 0),
        ("When I was ten, in 1991, we moved.", "western", 1),
        ("When I was ten, in 1996, we moved.", "western", 0),
        ("When I was ten, my father died. That was in 1991.", "western", 0),
        ("I was 24 years old, and in 2009 it was over.", "western", 0),
    ],
)
def test_age_beside_its_time_fits_the_birthday(sentence: str, counted: str, count: int) -> None:
    """Two years to either side, by the way in which the client counts."""
    found_ = findings(with_oath(case(base(counted=counted)), sentence), "L502")

    assert [f.severity.value for f in found_] == ["WARN"] * count


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Ms. Seo is a forty-year-old cook.", 0),
        ("Ms. Seo is forty, and ill.", 0),
        ("Ms. Seo is 34 years old.", 1),
        ("Ms. Seo is one of two witnesses.", 0),
        ("Ms. Park is 34 years old.", 0),
    ],
)
def test_letter_tells_the_age_of_its_day(sentence: str, count: int) -> None:
    """Of the client alone, by the western count."""
    assert len(findings(with_paper(case(base()), sentence), "L502")) == count


def test_story_of_an_event_tells_its_age() -> None:
    """The answer that asks for it is printed beside the story."""
    finding = the(found(base("nineteen"), "L502"))

    assert told(finding) == ("WARN", "for-signature", "ack", 7)
    assert "events.arrest.told and events.arrest.age differ in an age" in finding.message
    assert not found(base(), "L502")

"""What is told of a time at which it cannot have been."""

import pytest

from tests.checks.cases import DECLARATION, PD, found, the, told

EVENT = """events:
- id: a
  when: WHEN
  told: "TOLD"
"""


def event(when: str, said: str) -> str:
    """Return a case with one event."""
    return EVENT.replace("WHEN", when).replace("TOLD", said)


ACT = "I was charged under the Reactionary Ideology and Culture Rejection Act."


def test_law_that_was_not_made_yet() -> None:
    """Both places are shown; the day is the registry's."""
    finding = the(found(event("2013", f"It was cold. {ACT}"), "L419", DECLARATION))

    assert told(finding) == ("WARN", "draft", "ack", 5)
    assert finding.also[0].line == 4
    assert "events.a.told sentence 2" in finding.message
    assert "2020-12-01" in finding.message


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2021", ACT),
        ("about 2020", ACT),
        ("2013", "Later the Reactionary Ideology and Culture Rejection Act made it worse."),
        ("2013", "In 2021 my cousin was charged under the Reactionary Thought Rejection Law."),
        ("2015", "They still had the portrait of Kim Jong Il on the wall."),
        ("2015", "They sang a song that Kim Jong Il gave to the army."),
        ("2010", "Kim Jong Il visited our factory."),
        ("2015", "Kim Jong Un visited our factory."),
        ("does not remember", ACT),
    ],
)
def test_what_can_have_been(when: str, said: str) -> None:
    """What is said of a name is looked at, and the sentence's own date first."""
    assert not found(event(when, said), "L419", DECLARATION)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2015", "Kim Jong Il visited our factory and we stood in rows."),
        ("1996", "It was ordered by Kim Il Sung."),
        ("2005", "Kim Jong Un ordered that the families be moved."),
        ("1997", "We were in Hanawon for three months."),
        ("2018", "The school was closed because of COVID."),
        ("2008", "In 2014 Kim Jong Il visited our county."),
    ],
)
def test_what_cannot_have_been(when: str, said: str) -> None:
    """The dead do not act."""
    assert the(found(event(when, said), "L419", DECLARATION)).subject.startswith("events.a.told ")


def test_story_without_a_date_of_its_own_is_judged_by_its_sentences() -> None:
    """Childhood has no date."""
    text = f'dprk: {{lived: yes, childhood: "{ACT}"}}\n'

    assert not found(text, "L419", DECLARATION)
    assert found(text.replace("charged", "charged in 2013"), "L419", DECLARATION)
    assert not found(text.replace("charged", "charged in 2013"), "L419", PD)

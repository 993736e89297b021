"""One place, spelled in two ways."""

import pytest

from tests.checks.cases import DECLARATION, case, findings, found, the, told, with_paper

EVENTS = """respondents: [{id: seo, lead: yes, name: {legal: NA Chongjin, also: [Na Cheongjin]}}]
events:
- {id: a, when: 2006, where: {country: KP, place: "FIRST"}}
- {id: b, when: 2008, where: {country: KP, place: "SECOND"}, told: "TOLD"}
"""


def events(first: str, second: str = "Musan County", said: str = "x") -> str:
    """Return a case with events at two places."""
    return EVENTS.replace("FIRST", first).replace("SECOND", second).replace("TOLD", said)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Hoeryong", "Hoeryeong"), ("Kilju County", "Gilju"), ("Onseong", "Onsong County")],
)
def test_two_romanisations_of_one_place(first: str, second: str) -> None:
    """One line a pair, both answers named."""
    found_ = found(events(first, second), "L503", DECLARATION)

    assert told(the(found_)) == ("WARN", "draft", "ack", 5)
    assert found_[0].also[0].line == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [("Hyesan", "Hyesan City"), ("Onsong", "Unsong"), ("Ch’ŏngjin", "Chongjin"),
     ("Sinuiju", "Musan"), ("North Hamgyong", "South Hamgyong")],
)  # fmt: skip
def test_other_places_and_marks_above_letters(first: str, second: str) -> None:
    """Other vowels are other places; apostrophes and breves are no other spelling."""
    assert not found(events(first, second), "L503", DECLARATION)


def test_story_that_spells_it_otherwise() -> None:
    """Told once, at the story; a person's name is none of it."""
    text = events("Kilju", said="Gilju was dark. Cheongjin and Gilju again.")

    assert the(found(text, "L503", DECLARATION)).subject == "events.a.where/events.b.told"


def test_paper_that_spells_it_otherwise() -> None:
    """At its paragraph."""
    facts = with_paper(case(events("Kilju"), DECLARATION), "We left.", "We left Gilju.")
    finding = the(findings(facts, "L503"))

    assert (finding.place.file, finding.place.part) == ("out/pd-request.docx", "paragraph 2")

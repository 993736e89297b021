"""What a paper tells beyond what was chosen."""

import pytest

from tests.checks.cases import DECLARATION, PD, case, findings, found, the, told, with_paper

STORY = "Two men from the security department came at night to my uncle’s house by the river"
BASE = f"""pd: {{disclosure_level: LEVEL}}
events:
- {{id: a, when: 2006, where: {{country: KP, place: Musan County}}, told: "{STORY}."}}
- {{id: b, when: 2022, where: {{country: US, place: New York}}, told: "It was warm."}}
"""
REPEATED = f"She writes: {STORY}."
PLACE = "It happened in Musan County."


@pytest.mark.parametrize(
    ("level", "paragraphs", "count"),
    [
        ("none", (REPEATED,), 1),
        ("none", (PLACE,), 1),
        ("summary", (REPEATED,), 0),
        ("summary", (REPEATED, PLACE), 1),
        ("declaration_attached", (REPEATED, PLACE), 0),
        ("none", ("Her application tells of detention.", "She lives in New York."), 0),
    ],
)
def test_letter_keeps_to_the_level_that_was_chosen(
    level: str, paragraphs: tuple[str, ...], count: int
) -> None:
    """One line a letter; a summary may quote one fact."""
    found_ = findings(with_paper(case(BASE.replace("LEVEL", level), PD), *paragraphs), "L504")

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 0)] * count
    assert all(f.also[0].line == 2 and "uncle" not in f.message for f in found_)


def test_declaration_tells_what_it_tells() -> None:
    """Only letters to OPLA are looked at."""
    text = BASE.replace("LEVEL", "none")

    assert not findings(with_paper(case(text), REPEATED, document=DECLARATION), "L504")


NAMES = """respondents: [{id: seo, lead: yes, name: {legal: SEO Yun Hui, pseudonym: Usha}}]
family:
- {id: aunt, relation: aunt, name: {legal: RI Ok Sun, native: 리옥순}}
- {id: son, relation: son, name: SEO Yun Hui}
"""


def test_pseudonym_has_no_place_in_a_filing() -> None:
    """The legal name has."""
    facts = with_paper(case(NAMES), "I, SEO Yun Hui.", "Known as Usha.", document=DECLARATION)
    finding = the(findings(facts, "L505"))

    assert told(finding) == ("ERROR", "for-signature", "ack", 0)
    assert (finding.place.part, finding.also[0].line) == ("paragraph 2", 2)
    assert "Usha" not in finding.message


@pytest.mark.parametrize(
    ("sentence", "count"),
    [("My aunt Ri Ok Sun.", 0), ("My aunt RI Ok Sun.", 1), ("리옥순", 1), ("My aunt.", 0),
     ("I, SEO Yun Hui, say.", 0)],
)  # fmt: skip
def test_relative_is_not_named(sentence: str, count: int) -> None:
    """By relation; the applicant's own name is no relative's."""
    found_ = findings(with_paper(case(NAMES), sentence, document=DECLARATION), "L807")

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 0)] * count
    assert all("Ok" not in f.message and f.also[0].line == 4 for f in found_)


@pytest.mark.parametrize(
    ("place", "country", "count"),
    [("Sambong-ri, Onsong", "KP", 1), ("a village near Longjing", "CN", 1),
     ("Musan County", "KP", 0), ("Ansan, Wongok-dong", "KR", 0)],
)  # fmt: skip
def test_village_is_not_named_where_relatives_live(place: str, country: str, count: int) -> None:
    """In North Korea and China the county is enough."""
    text = f'events:\n- {{id: a, when: 2006, where: {{country: {country}, place: "{place}"}}}}\n'

    assert [told(f) for f in found(text, "L807")] == [("WARN", "draft", "ack", 3)] * count


@pytest.mark.parametrize(("choice", "count"), [("relation", 1), ("initials", 1), ("full", 0)])
def test_full_names_may_be_allowed(choice: str, count: int) -> None:
    """The case decides how relatives may be named (meta.third_party_naming)."""
    text = f"meta: {{third_party_naming: {choice}}}\n{NAMES}"

    found_ = findings(with_paper(case(text), "My aunt RI Ok Sun.", document=DECLARATION), "L807")

    assert len(found_) == count

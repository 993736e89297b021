"""The leak dictionary finds a person in whatever spelling, form and script, and nobody else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkdocs import _resources
from nkdocs.answers import load
from nkdocs.answers.leaks import Dictionary, Hit, Words, dictionary
from nkdocs.interview import load as interviews
from nkdocs.kinds import romanised

CATALOGUE = interviews.load([_resources.shipped("templates")])
CASE = """
answers: 1
respondents:
- id: seo-yun
  lead: yes
  name: {legal: SEO Yun Hui, native: 서윤희, also: [So Yun-hui]}
  a_number: A000-000-021
  phone: 000-555-0199
  address: 14 Birch Lane, Fairmont, NY 00010
  birth_place: {place: "Musan County, North Hamgyong Province", country: KP}
events:
- {id: arrest, when: 2006-03-05, where: {country: KP, place: Musan}}
people:
- {id: friend, name: Ruth Halloran, email: yuni@example.org}
counsel: {name: Miriam Okafor, eoir_id: ZZ000021}
"""


@pytest.fixture(scope="module")
def leaks() -> Dictionary:
    """Return the dictionary of the case above."""
    common = Words(frozenset({"so"}), frozenset({"county", "north"}))
    return dictionary(load.load(CASE, "answers.yaml"), CATALOGUE, common, {"hamgyong"})


@pytest.mark.parametrize(
    "text",
    [
        "SEO Yun Hui", "Yun Hui Seo", "seo, yun-hui", "Suh Yoon Hee", "Sŏ Yun-hŭi", "SO YUNHUI",
        "Ms. Seo’s son", "seo_yun_hui.pdf", "SeoYunHui", "서윤희", "서 윤희는", "윤희가",
        unicodedata.normalize("NFD", "서윤희"), "So\nYun\nHui", "A000-000-021", "A 000 000 021",
        "Alien No. 000000021", "A000000021", "000-555-0199", "(000) 555-0199", "555 0199",
        "write to YUNI@example.org", "14 Birch Lane", "March 5, 2006", "5 Mar 2006", "2006-03-05",
        "03/05/2006", "3.5.2006", "D:20060305101500Z", "in Musan County", "Attorney Okafor",
        "MIRIAM OKAFOR", "ZZ 000021", "seo-yun",
    ],
)  # fmt: skip
def test_person_is_found(leaks: Dictionary, text: str) -> None:
    """This test ensures that no usual form of a name, number, contact, day or place slips by."""
    assert leaks.search(text)


@pytest.mark.parametrize(
    "text",
    [
        "see you in the summer", "so you see", "A000-000-022", "0000000210 00000 n", "000-555-0198",
        "March 2006", "March 6, 2006", "2006", "North Hamgyong Province", "his seoul trip",
        "Miriam said", "14 Oak Lane", "Sunhui", "museum",
    ],
)  # fmt: skip
def test_others_are_not(leaks: Dictionary, text: str) -> None:
    """This test ensures that what is somebody else's, or nobody's, does not stop a copy."""
    found = {hit for hit in leaks.search(text) if hit.path != "counsel.name"}

    assert not found


def test_finding_names_the_answer_and_where_it_stands(leaks: Dictionary) -> None:
    """The path has positions, not ids: ids are often made from names."""
    text = "She is called Suh Yoon-Hee here."

    (hit, start, end), *_ = leaks.found(text)

    assert (hit.path, hit.what, text[start:end]) == ("respondents.1.name", "name", "Suh Yoon-Hee")


syllables = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)


@settings(max_examples=40, deadline=None)
@given(st.data(), st.text(syllables, min_size=3, max_size=3))
def test_every_spelling_of_every_syllable_is_found(data: st.DataObject, native: str) -> None:
    """Whoever's name it is, and however its syllables are spelled, together or apart."""
    made = Dictionary()
    made.name(romanised.spellings("", "", native), Hit("respondents.1.name", "name"))
    parts = [
        data.draw(st.sampled_from(sorted(romanised.spelled(s, surname=n == 0))))
        for n, s in enumerate(native)
    ]
    gap = data.draw(st.sampled_from(["", " ", "-"]))
    first, given_ = parts[0], gap.join(parts[1:])
    text = data.draw(st.sampled_from([f"{first} {given_}", f"{given_} {first}"]))

    assert made.search(text.title())


@pytest.mark.parametrize(("one", "other"), [("yun", "yoon"), ("hui", "hee"), ("lee", "ri")])
def test_spelling_tells_the_others(one: str, other: str) -> None:
    """Without Hangul the other spellings follow from the one that is known."""
    assert other in romanised.alike(one)


def test_an_answer_that_there_is_no_number_is_no_number() -> None:
    """`does not remember` for a passport is said of other things too; hearsay hides no number."""
    text = """
answers: 1
respondents:
- id: one
  i94: {has: yes, number: "was told by the cousin: 99 887766"}
  travel_document: {passport_number: does not remember}
background: {schools: [{id: first, name: "was told by the cousin: Marlowin School"}]}
"""

    made = dictionary(load.load(text, "answers.yaml"), CATALOGUE, Words())

    assert not made.search("He does not remember.")
    assert made.search("number 99887766")
    assert made.search("the Marlowin School")

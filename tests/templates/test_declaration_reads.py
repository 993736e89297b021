"""The sworn declaration as it is read aloud: nothing untrue, nothing twice, nothing idle."""

import re

import pytest

from tests.documents.letters import said
from tests.templates.test_bilingual_edition import CASE, EDITION, ENGLISH, numbered, paper
from tests.templates.test_shipped_templates import TEMPLATES, _paragraphs

LEG = "{{id: {id}, country: {country}, from: {when}, to: {to}, told: We walked., {facts}}}"
NO = "status_offered: no, asylum_sought: no, why_not_stay: I was afraid."


def leg(country: str, facts: str = NO, when: str = "May 2011", to: str = "June 2011") -> str:
    """Return one country on the way."""
    return LEG.format(id=country.lower(), country=country, when=when, to=to, facts=facts)


def told(case: str, state: str = "") -> list[str]:
    """Return the numbered paragraphs of the declaration."""
    return [text for _, text in numbered(paper(ENGLISH, f"{state}{case}"))]


def changed(*changes: tuple[str, str]) -> str:
    """Return the compact case with each of *changes* made once."""
    text = CASE
    for old, new in changes:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize("end", [".”", "!”", "?”", '."', ".’", "."])
def test_an_answer_that_ends_a_sentence_gets_no_second_period(end: str) -> None:
    """This test ensures that a quotation at the end of an answer ends the sentence."""
    mark = "'" if '"' in end else '"'
    who = f"{mark}It was Bo{end}{mark}"

    texts = told(f"events:\n- {{id: a, when: 2006, told: I ran., who: {who}}}\n")

    assert f"It was Bo{end}" in texts


def test_no_tag_of_a_shipped_template_holds_a_curly_quotation_mark() -> None:
    """This test ensures that no comparison fails in silence: in a tag they become straight."""
    texts = [t for template in TEMPLATES for t in _paragraphs(template)]

    tags = [tag for text in texts for tag in re.findall(r"\{[{%].*?[%}]\}", text)]

    assert tags
    assert not [tag for tag in tags if re.search("[“”‘’]", tag)]


def test_an_earlier_statement_is_not_said_to_be_about_the_events() -> None:
    """This test ensures that who stated only a travel purpose swears to nothing more."""
    texts = told(
        "statements: [{id: a, kind: border, when: 2021-10-03, correction: I said too little.}]\n"
    )

    assert "I made an earlier statement, to officers at the border, on October 3, 2021." in texts
    assert not [t for t in texts if "these events" in t]


def test_countries_that_share_their_answers_are_told_of_once() -> None:
    """This test ensures that ten countries do not bring ten times the same two sentences."""
    texts = told(f"transit: [{leg('LA')}, {leg('TH')}, {leg('MX')}]\n")

    whole = " ".join(texts)
    assert (
        "I was not offered papers to stay in any of these countries: Laos, Thailand, and Mexico. "
        "I did not ask for asylum in any of them. Below I say of each why I did not stay there."
    ) in texts
    assert whole.count("papers to stay") == 1
    assert "I came to Laos in May 2011 and left it in June 2011. We walked." in texts
    assert texts.count("I was afraid.") == 3


def test_a_country_with_another_answer_keeps_its_own_sentences() -> None:
    """This test ensures that an offer, or what is not known, is never lost in the crowd."""
    offered = "status_offered: yes, asylum_sought: no"

    texts = told(f"transit: [{leg('LA')}, {leg('TH', offered)}, {leg('MX')}]\n")

    assert any("these countries: Laos and Mexico. I" in t for t in texts)
    assert "I was offered papers to stay there. I did not ask for asylum there." in texts


def test_why_is_announced_only_where_it_is_told() -> None:
    """This test ensures that no promise of the declaration stays open."""
    silent = "status_offered: no, asylum_sought: no"

    texts = told(f"transit: [{leg('LA')}, {leg('TH', silent)}]\n")

    assert any(t.endswith("I did not ask for asylum in any of them.") for t in texts)


def test_a_stay_within_one_month_names_it_once() -> None:
    """This test ensures that nobody came in December and left in December."""
    texts = told(f"transit: [{leg('LA', when='December 2009', to='December 2009')}]\n")

    assert "I was in Laos in December 2009. We walked." in texts


def test_what_cannot_be_shown_stands_with_its_reason() -> None:
    """This test ensures that a gap and its reason are one paragraph."""
    texts = told("evidence: {unavailable: [{id: a, item: my card., why: They took it.}]}\n")

    assert "I cannot show my card. They took it." in texts


READS = (("understands_english: no", "understands_english: yes\n  reads_english: yes"),)
HEARS = (("understands_english: no", "understands_english: yes\n  reads_english: no"),)
ALONE = (("interpreter: {person: cho, language: Korean, helpers: my attorney}\n", ""),)


@pytest.mark.parametrize("name", [ENGLISH, EDITION])
@pytest.mark.parametrize(
    ("changes", "certificate"),
    [
        ((), 1),
        (READS, 0),
        ((*READS, *ALONE), 0),
        (HEARS, 1),
        ((*HEARS, *ALONE), 0),
    ],
)
def test_an_interpreter_certifies_only_what_was_interpreted(
    name: str, changes: tuple[tuple[str, str], ...], certificate: int
) -> None:
    """This test ensures that who follows English has no certificate without an interpreter."""
    case = changed(*changes)
    if (name, ALONE[0]) == (EDITION, changes[-1] if changes else None):
        case = case.replace("  interpreter.language: 조선말\n", "")
        case = case.replace("  interpreter.helpers: 쓸 때 변호사가 도와주었습니다.\n", "")

    texts = said(paper(name, case).docx)

    assert sum(t.startswith("Certificate of interpretation") for t in texts) == certificate
    assert sum("am competent to interpret" in t for t in texts) == certificate


def test_an_affirmative_case_has_neither_court_nor_hearing() -> None:
    """This test ensures that a paper for USCIS announces no hearing."""
    case = changed(("proceeding: removal_240", "proceeding: affirmative_uscis"))

    texts = said(paper(ENGLISH, case).docx)

    assert "U.S. CITIZENSHIP AND IMMIGRATION SERVICES" in texts
    assert not [t for t in texts if "hearing" in t.lower() or "IMMIGRATION COURT" in t]


def test_who_never_lived_in_china_or_south_korea_has_no_part_on_them() -> None:
    """This test ensures that a heading stands only over what was lived."""
    china = re.search(r"china: \{.*?\}\n", CASE, re.DOTALL)
    assert china

    texts = said(paper(ENGLISH, changed((china[0], "china: {lived: no}\n"))).docx)

    assert "My life in North Korea" in texts
    assert not {"China", "South Korea"} & set(texts)

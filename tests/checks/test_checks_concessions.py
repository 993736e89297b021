"""What a letter to OPLA must not state as fact while pleadings are open."""

import pytest

from nkdocs.checks.facts import Facts
from tests.checks.cases import DECLARATION, PD, REVIEW, case, findings, found, the, told, with_paper

BASE = """case: {proceeding: removal_240, pleadings: PLEADINGS}
respondents:
- id: seo
  birth_place: {place: "Musan County, North Hamgyong Province", country: KP}
  nationality: [{id: kp, country: KP}, {id: kr, country: KR}]
  entries: [{id: e, when: autumn 2021, where: near Otay Mesa}]
"""


def letter(sentence: str, pleadings: str = "denied") -> str:
    """Return answers whose letter says *sentence*."""
    return f"{BASE.replace('PLEADINGS', pleadings)}pd:\n  theory: |\n    {sentence}\n"


STATED = [
    ("She entered the United States in October 2021.", "entry"),
    ("The respondents came to the United States on foot.", "entry"),
    ("Since arriving in the U.S. she has worked.", "entry"),
    ("She crossed the border at night.", "entry"),
    ("They crossed near Otay Mesa.", "entry"),
    ("He is present without inspection.", "entry"),
    ("Mr. Han was paroled.", "entry"),
    ("She was admitted on a tourist visa.", "entry"),
    ("They overstayed.", "entry"),
    ("Ms. Seo arrived in autumn 2021 with her son.", "entry"),
    ("Her son was with her; their arrival in October 2021 was by night.", "entry"),
    ("She was born in Musan County.", "alienage"),
    ("Ms. Seo, born in 1986 in North Korea, is a singer.", "alienage"),
    ("The boy was born abroad.", "alienage"),
    ("She is a citizen of South Korea.", "alienage"),
    ("The respondents are nationals and citizens of the Republic of Korea.", "alienage"),
    ("Ms. Seo is a North Korean defector.", "alienage"),
    ("Ms. Seo, a North Korean woman, sings.", "alienage"),
    ("She is not a citizen of the United States.", "alienage"),
    ("She is not a U.S. citizen.", "alienage"),
    ("The respondent is a noncitizen.", "alienage"),
    ("She holds a South Korean passport.", "South Korean status"),
    ("She has the citizenship of the Republic of Korea.", "South Korean status"),
    ("They were resettled in South Korea.", "South Korean status"),
]


@pytest.mark.parametrize(("sentence", "what"), STATED)
def test_sentence_states_what_the_government_must_prove(sentence: str, what: str) -> None:
    """Each is shown with the line of its answer, and can be accepted one by one."""
    finding = the(found(letter(sentence), "L217", PD))

    assert told(finding) == ("ERROR", "for-signature", "ack", 9)
    assert what in finding.message
    assert finding.subject == "pd.theory sentence 1"


HARMLESS = [
    "The Notice alleges that she entered the United States near Otay Mesa.",
    "The respondents denied the allegation that they were not admitted or paroled.",
    "Whether she was born in North Korea is in dispute.",
    "To the extent the Department contends that she is a national of South Korea, she objects.",
    "Counsel's appearance is entered on Form EOIR-28.",
    "People who are sent back to North Korea are punished.",
    "North Korean women in China have no papers.",
    "An interpreter of Korean is needed; she speaks Korean.",
    "Her son, who is eleven, was admitted to the hospital in Boston.",
    "She has come to every hearing and every appointment.",
    "The clinic's letter arrived in October 2025.",
    "Her daughter is a United States citizen.",
    "She is a member of a Korean choir and lives in New York.",
    "She came whenever the United States asked her to.",
    "The application was received in January 2023.",
]


@pytest.mark.parametrize("sentence", HARMLESS)
def test_sentence_that_concedes_nothing(sentence: str) -> None:
    """The check is of use only while it is quiet."""
    assert not found(letter(sentence), "L217")


@pytest.mark.parametrize(("pleadings", "count"), [("not_taken", 1), ("admitted", 0)])
def test_pleadings_decide(pleadings: str, count: int) -> None:
    """What was admitted may be stated."""
    assert len(found(letter("She crossed the border.", pleadings), "L217")) == count


@pytest.mark.parametrize("chosen", [REVIEW, DECLARATION])
def test_answer_counts_for_the_letter_that_prints_it(chosen: str) -> None:
    """The declaration tells the court everything."""
    assert not found(letter("She crossed the border."), "L217", chosen)


def test_every_sentence_is_a_finding_of_its_own() -> None:
    """An acceptance names one; a title with a dot ends no sentence."""
    two = found(letter("Ms. Seo crossed the border. She sings. He overstayed."), "L217")

    assert [f.subject for f in two] == ["pd.theory sentence 1", "pd.theory sentence 3"]
    assert two[0].fingerprint != two[1].fingerprint


def test_undisclosed_fact_is_not_printed_and_not_checked() -> None:
    """It stays in the office."""
    negatives = (
        "pd:\n  negatives:\n"
        "  - {id: a, known_to_dhs: no, disclose: DISCLOSE, fact: He overstayed.}\n"
    )
    text = BASE.replace("PLEADINGS", "denied") + negatives

    assert not found(text.replace("DISCLOSE", "no"), "L217")
    assert the(found(text.replace("DISCLOSE", "yes"), "L217")).place.line == 10


def test_words_of_the_government_are_its_own() -> None:
    """The Notice and the refusal are quoted."""
    text = """case: {proceeding: removal_240, stage: master, nta_date: 2021-10-05,
  nta_allegations: that they entered the United States}
sr: {decision: {channel: email, quote: She entered the United States.}}
"""

    assert not found(text, "L217")


def paper(*paragraphs: str) -> Facts:
    """Return facts with an edited letter."""
    return with_paper(case(letter("She crossed the border [@map, 1]."), PD), *paragraphs)


def test_sentence_written_into_the_letter_is_found_there() -> None:
    """An edited letter is read as it stands."""
    found = findings(paper("Dear Counsel:", "She sings. She was paroled."), "L217")

    assert found[1].place.file == "out/pd-request.docx"
    assert found[1].place.part == "paragraph 2"
    assert found[1].subject == "pd-request.docx paragraph 2 sentence 2"


def test_sentence_of_an_answer_is_told_once() -> None:
    """In the letter its cite is printed otherwise than it is typed."""
    assert len(findings(paper("Dear Counsel: She crossed the border Tab C at 4."), "L217")) == 1


def test_quoted_paragraph_is_not_ours() -> None:
    """The decision may say what it likes."""
    quoted = paper("“The respondent entered the United States without inspection.”")

    assert len(findings(quoted, "L217")) == 1

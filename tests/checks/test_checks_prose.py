"""Sworn text as prose: numbers, the first person, no law, its length."""

import pytest
from msgspec.structs import replace

from nkdocs.checks.facts import DocumentFact
from tests.checks.cases import DECLARATION, PD, case, findings, the, told, with_oath, with_paper

BASE = """respondents: [{id: seo, lead: yes, name: {legal: SEO Yun Hui}}]
rok: {lived: yes}
events:
- {id: a, when: 2006, told: "TOLD"}
"""
NUMBERED = "I was born in Musan County, in the mountains above the river."


def test_paragraph_without_a_number_is_counted_once_for_the_paper() -> None:
    """One line, at the first of them; headings have no number."""
    facts = with_oath(case(""), NUMBERED, "#My life in North Korea", f"#{NUMBERED}", f"#{NUMBERED}")
    finding = the(findings(facts, "L405"))

    assert told(finding) == ("WARN", "draft", "ack", 0)
    assert (finding.place.file, finding.place.part) == (
        "out/asylum-declaration.docx", "paragraph 4",
    )  # fmt: skip
    assert "2 without a number" in finding.message


@pytest.mark.parametrize(
    "text",
    ["#“They told us that we would be moved to the interior before the winter.”",
     "#나는 함경북도 무산군에서 태여났습니다."],
    ids=["quotation", "translation"],
)  # fmt: skip
def test_quotation_or_translation_without_a_number_is_only_told(text: str) -> None:
    """In the bilingual edition the second text has none."""
    assert the(findings(with_oath(case(""), NUMBERED, text), "L405")).severity.value == "INFO"


def test_beginning_in_both_languages_and_a_translators_certificate_are_no_sworn_text() -> None:
    """The edition begins twice, and who translated it swears to nothing."""
    begun = "나의 진술은 다음과 같습니다. 진술하는 사람: 서윤희."
    edition = with_oath(case(""), f"#{begun}", NUMBERED)
    paper = DocumentFact(
        "certificate-of-translation.docx", DECLARATION, "court", (), ("It is true.",) * 2,
        numbers=(0, 0),
    )  # fmt: skip

    assert not findings(replace(edition, documents=(*(edition.documents or ()), paper)), "L405")
    assert not findings(replace(edition, documents=(paper,)), "L417")


def test_numbered_text_in_the_first_person_is_sound() -> None:
    """Headings, the caption and the certificate are no sworn text."""
    facts = with_oath(case(""), NUMBERED, "#China", "She said that she was too old.")
    letter = with_paper(facts, "The respondent was born abroad.")

    assert not findings(letter, "L405")


@pytest.mark.parametrize(
    ("sentence", "weight"),
    [
        ("The respondent was held for eleven days.", "WARN"),
        ("Ms. Seo was held for eleven days.", "WARN"),
        ("They wrote: “the applicant is from the South.”", "INFO"),
        ("Ms. Park held my hand.", ""),
        ("He said that people like me have no name.", ""),
    ],
)
def test_declarant_speaks_of_herself_as_i(sentence: str, weight: str) -> None:
    """What others wrote of her is quoted."""
    found_ = findings(with_oath(case(BASE.replace("TOLD", "x"), DECLARATION), sentence), "L405")

    assert [f.severity.value for f in found_] == ([weight] if weight else [])


def test_sentence_of_an_answer_is_told_at_its_line() -> None:
    """Where it can be mended."""
    text = BASE.replace("TOLD", "It was cold. The applicant was held.")
    facts = with_oath(case(text, DECLARATION), "It was cold. The applicant was held.")
    finding = the(findings(facts, "L405"))

    assert told(finding) == ("WARN", "draft", "ack", 5)
    assert finding.subject == "events.a.told not in the first person"


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("I have a well-founded fear of going back.", 1),
        ("They did it on account of my political opinion.", 2),
        ("I belong to a particular social group.", 1),
        ("The police were unable or unwilling to help.", 1),
        ("See 8 C.F.R. § 208.13.", 1),
        ("He said: “This is on account of your political opinion.”", 0),
        ("I am afraid to go back, because they hated my uncle.", 0),
        ("I did not ask for asylum there.", 0),
        ("It was a matter of one radio.", 0),
        ("See Matter of B-R- on that.", 1),
        ("They asked about my opinion of the leader.", 0),
    ],
)
def test_words_of_the_law_do_not_belong_into_her_mouth(sentence: str, count: int) -> None:
    """What somebody said to her does."""
    found_ = findings(with_oath(case(""), sentence), "L406")

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 0)] * count


def test_law_in_a_letter_is_where_it_belongs() -> None:
    """Only sworn text is looked at."""
    facts = with_paper(case("", PD), "She has a well-founded fear.")

    assert not findings(facts, "L406")


@pytest.mark.parametrize(("words", "count"), [(300, 1), (4000, 0), (9000, 1)])
def test_length_is_told(words: int, count: int) -> None:
    """An INFO and no more."""
    facts = with_oath(case(""), *[" ".join(["word"] * 100) + "."] * (words // 100))

    assert [told(f) for f in findings(facts, "L417")] == [("INFO", "draft", "note", 0)] * count


def test_length_of_what_is_still_open_is_not_told() -> None:
    """A blank stands for what is not written yet."""
    assert not findings(with_oath(case(""), "I lived in […]."), "L417")

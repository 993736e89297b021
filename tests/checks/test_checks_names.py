"""Spellings of names in exhibits, and the client's pronoun in what a template says."""

import pytest

from tests.checks.cases import (
    PD,
    REVIEW,
    case,
    findings,
    the,
    told,
    with_exhibit,
    with_paper,
)

NAMES = """respondents:
- id: seo
  lead: yes
  pronoun: she
  name: {legal: SEO Yun Hui, also: [So Yun-hui]}
- {id: han, lead: no, pronoun: he, name: HAN Ji Ho}
family:
- {id: brother, name: SEO Yun Ho}
exhibits:
- {id: card, title: Card, file: a.pdf}
- {id: report, title: Report, file: b.pdf, country_conditions: yes}
"""


@pytest.mark.parametrize(
    "text", ["Name: SUH Yun Hee Date", "Yoon-hui Seo came", "We treat Seo, Yun Hi here"]
)
def test_spelling_that_is_not_listed(text: str) -> None:
    """Both places are shown; the spelling itself is not."""
    finding = the(findings(with_exhibit(case(NAMES), "card", text), "L004"))

    assert told(finding) == ("WARN", "draft", "ack", 6)
    assert finding.also[0].line == 11
    assert "card" in finding.message
    assert not [w for w in text.split() if len(w) > 4 and w in finding.message]


@pytest.mark.parametrize(
    "text",
    [
        "Name SEO Yun Hui Other names So Yun-hui Year 1986",
        "Yun Hui Seo and Han Ji Ho came. Ms. Seo sang.",
        "Her brother SEO Yun Ho wrote.",
        "Summit Youth Hall, Seoul Yongsan Hills",
        "",
    ],
)
def test_spellings_that_are_listed_and_other_names_are_quiet(text: str) -> None:
    """In either order, beside other words, of listed relatives."""
    assert not findings(with_exhibit(case(NAMES), "card", text), "L004")


def test_country_reports_speak_of_others() -> None:
    """They are not looked at."""
    assert not findings(with_exhibit(case(NAMES), "report", "SUH Yun Hee"), "L004")


def test_several_exhibits_are_one_line_a_person() -> None:
    """The finding lists them."""
    facts = with_exhibit(with_exhibit(case(NAMES), "card", "SUH Yun Hee"), "scan", "SUH Yun Hee")

    assert "(1): card, scan" in the(findings(facts, "L004")).message


ALONE = 'respondents:\n- {id: seo, lead: yes,\n   pronoun: she}\npd: {theory: "He is her son."}\n'
TEMPLATE = ("asks for written assurance that the Department does not intend to place",)
WRONG = "Ms. Seo asks for written assurance that the Department does not intend to place him there."


def test_pronoun_of_another_client() -> None:
    """In words of the template, with the paragraph and the answer."""
    facts = with_paper(case(ALONE), "Request", WRONG, template=TEMPLATE)
    finding = the(findings(facts, "L006"))

    assert told(finding)[:3] == ("WARN", "draft", "ack")
    assert str(finding.place) == "out/pd-request.docx paragraph 2"
    assert finding.also[0].line == 4


@pytest.mark.parametrize(
    ("text", "paragraph", "template"),
    [
        (ALONE, WRONG.replace("him", "her"), TEMPLATE),
        (ALONE, WRONG.replace("him", "them"), TEMPLATE),
        (ALONE, WRONG, ()),
        (ALONE, "As the respondent says, nobody asked his brother.", ("The respondent",)),
        (ALONE, f"{WRONG} He is her son.", TEMPLATE),
        (ALONE.replace("she", "he"), WRONG.replace("Ms. ", ""), TEMPLATE),
        (ALONE + "- ", WRONG, TEMPLATE),
    ],
)
def test_right_pronouns_and_prose_are_quiet(
    text: str, paragraph: str, template: tuple[str, ...]
) -> None:
    """An answer may speak of several people; so may a letter for several respondents."""
    text = text.replace("pd:", "- {id: han, lead: no}\npd:").removesuffix("- ") if text.endswith(
        "- ") else text  # fmt: skip

    assert not findings(with_paper(case(text, PD, REVIEW), paragraph, template=template), "L006")

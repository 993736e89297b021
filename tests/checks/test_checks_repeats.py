"""Letters that say again what stands elsewhere, and numbers that changed on the way."""

import pytest
from msgspec.structs import replace

from nkdocs.checks.facts import Facts, OtherCase
from tests.checks.cases import PD, REVIEW, case, findings, the, told, with_paper

STORY = (
    "She has lived beside the same choir for three years and sings in it every Sunday morning. "
    "Her son was ill in the winter and she carried him to the clinic through the snow at night. "
    "She peels potatoes for the old people of the street and knows who may not have salt. "
    "Nobody in the building has ever heard her complain of anything but the stairs and the cold."
)
OTHER = (
    "He repairs bicycles in a yard behind the station and teaches children to true a wheel. "
    "On Fridays he reads letters aloud to a neighbor whose eyes are bad, and writes the answers. "
    "In April he found a purse with two months of rent in it and walked four miles to return it. "
    "The priest of the parish says that the boiler runs because of him and for no other reason."
)


def request(text: str = STORY) -> Facts:
    """Return facts of a request whose theory is *text*."""
    return case(f'pd:\n  theory: "{text}"\n', PD)


def test_letter_of_ones_own_is_no_boilerplate() -> None:
    """Another client's words, and the template's, are compared."""
    facts = replace(with_paper(request(), STORY, template=(OTHER,)),
                    others=(OtherCase("cases/lee", prose=(OTHER,)),))  # fmt: skip

    assert not findings(facts, "L215")


def test_letter_that_is_the_templates_or_an_example() -> None:
    """Only what tells of the client is counted."""
    finding = the(findings(with_paper(request(), STORY, template=(STORY,)), "L215"))

    assert told(finding) == ("WARN", "draft", "ack", 3)
    assert "100 %" in finding.message


@pytest.mark.parametrize(("half", "count"), [(STORY + OTHER, 0), (STORY + STORY + OTHER, 1)])
def test_boilerplate_begins_above_sixty_percent(half: str, count: int) -> None:
    """Half of it is not yet."""
    facts = replace(request(half), others=(OtherCase("cases/lee", prose=(STORY,)),))

    assert len(findings(facts, "L215")) == count


def test_boilerplate_names_the_other_case_by_its_path_alone() -> None:
    """Nothing of it is shown."""
    facts = replace(request(), others=(OtherCase("cases/lee", prose=(STORY,)),))
    finding = the(findings(facts, "L215"))

    assert "cases/lee" in finding.message
    assert "choir" not in f"{finding.message} {finding.facts}"


def review(reason: str, sent: str) -> Facts:
    """Return facts of a letter of review and of the request as it was sent."""
    text = (
        "sr:\n  original_request:\n    date: 2023-02-06\n    exhibit: [sent]\n  reasons:\n"
        f'  - id: a\n    kind: unexplained\n    said: "{reason}"\n'
    )
    return replace(case(text, REVIEW), as_sent=f"February 6, 2023. Dear Counsel: {sent}")


def test_first_request_sent_again() -> None:
    """Compared with what left the office."""
    finding = the(findings(review(STORY, STORY), "L306"))

    assert told(finding) == ("WARN", "draft", "ack", 5)


AGAIN = f"{OTHER} She sings in it every Sunday morning."


@pytest.mark.parametrize(
    ("reason", "sent"), [(OTHER, STORY), (STORY, ""), ("She sings.", STORY), (AGAIN, STORY)]
)
def test_letter_that_brings_something_new(reason: str, sent: str) -> None:
    """Other words; no text to compare with; a sentence taken up again."""
    assert not findings(review(reason, sent), "L306")


def test_first_request_that_was_pasted_into_the_edited_letter() -> None:
    """The paper is read, not the answers alone."""
    facts = with_paper(review("She sings.", STORY), STORY, document=REVIEW)

    assert findings(facts, "L306")
    assert not findings(with_paper(review("She sings.", STORY), STORY, document=REVIEW,
                                   template=(STORY,)), "L306")  # fmt: skip


SENT = "Ms. Seo has attended the clinic on 24 days and was examined on March 3, 2022."


@pytest.mark.parametrize(
    ("said", "count"),
    [
        (SENT, 0),
        (SENT.replace("24", "42"), 1),
        (SENT.replace("March 3", "March 13"), 1),
        (SENT.replace("24", "42").replace("attended", "now attended"), 0),
        ("The choir has 24 members, and a hall on Elm Street seats 300 of its friends.", 0),
        ("The decision came on March 16, 2023.", 0),
    ],
)
def test_number_that_differs_from_the_first_request(said: str, count: int) -> None:
    """In sentences that are the same but for it, unless a word says that something changed."""
    assert [told(f) for f in findings(review(said, SENT), "L307")] == (
        [("WARN", "draft", "ack", 9)] * count
    )


def test_date_of_the_first_request_is_the_one_it_carries() -> None:
    """The paper itself tells it."""
    facts = replace(review("She sings.", SENT), as_sent=f"February 7, 2023. {SENT}")

    assert told(the(findings(facts, "L307"))) == ("WARN", "draft", "ack", 4)


def test_new_fact_may_have_new_numbers() -> None:
    """That is what it is for."""
    text = review("She sings.", SENT).answers.case.text
    new = SENT.replace("24", "42")
    text += f'  new_facts:\n  - {{id: b, arose: 2025, fact: "{new}"}}\n'
    facts = replace(case(text.removeprefix("answers: 1\n"), REVIEW), as_sent=SENT)

    assert not [f for f in findings(facts, "L307") if "new_facts" in f.message]


def test_number_written_into_the_letter_is_told_there() -> None:
    """By file and paragraph."""
    facts = with_paper(review("She sings.", SENT), "Re:", SENT.replace("24", "42"),
                       document=REVIEW)  # fmt: skip

    assert str(the(findings(facts, "L307")).place) == "out/supervisory-review.docx paragraph 2"

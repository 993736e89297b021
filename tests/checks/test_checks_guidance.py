"""Guidance that a letter names as if it were in force."""

import datetime as dt

import pytest

from tests.checks.cases import PD, REVIEW, case, confirming, findings, found, the, told, with_paper


def asks(theory: str) -> str:
    """Return answers of a request that says *theory*."""
    return f'pd:\n  theory: "{theory}"\n'


@pytest.mark.parametrize(
    "sentence",
    [
        "The Doyle memorandum directs attorneys to weigh her health.",
        "Under the Mayorkas guidelines she is no priority.",
        "Mayorkas priorities do not reach her.",
        "The memorandum of Principal Legal Advisor Trasviña asks for this.",
        "The factors of Director Morton favor her.",
        "Secretary Kelly's memorandum leaves room.",
        "The Huffman memorandum leaves room.",
    ],
)
def test_memo_that_is_not_in_force_is_cited_as_current(sentence: str) -> None:
    """Rescinded, vacated, or established by nobody."""
    finding = the(found(asks(sentence), "L213", PD))

    assert told(finding) == ("ERROR", "for-signature", "ack", 3)
    assert finding.place.file == "answers.yaml"
    assert sentence not in finding.message


@pytest.mark.parametrize(
    "sentence",
    [
        "The factors formerly stated in the Doyle memorandum favor her.",
        "The former Mayorkas guidelines would have favored her.",
        "The Doyle memorandum, since rescinded, named health as a factor.",
        "Ms. Kelly, who wrote to us of the guidance of her church, supports her.",
        "Short of a hearing, the policy of the clinic is rest.",
        "Her doctor, Dr. Johnson, gives guidance every month.",
        "The Office has longstanding authority.",
    ],
)
def test_memo_may_be_named_for_what_it_was(sentence: str) -> None:
    """And people of those names are no memoranda."""
    assert not found(asks(sentence), "L213", PD)


def test_memo_was_current_on_its_day() -> None:
    """The registry's dates are asked for the day of the papers; the case may confirm it."""
    text = asks("The Doyle memorandum directs attorneys to weigh her health.")

    assert not findings(confirming(case(text, PD), "doyle-2023"), "L213")
    assert not found(text, "L213", PD, day=dt.date(2024, 1, 5))
    assert found(text, "L213", PD, day=dt.date(2023, 7, 27))


def test_memo_written_into_the_paper_is_told_there() -> None:
    """What an answer says already is told once, of the answer."""
    sentence = "The Doyle memorandum directs attorneys to weigh her health."
    both = with_paper(case(asks(sentence), PD), "Counsel writes.", sentence)
    alone = with_paper(case("", PD), "Counsel writes.", sentence)

    assert the(findings(both, "L213")).place.line == 3
    assert str(the(findings(alone, "L213")).place) == "out/pd-request.docx paragraph 2"


def review(said: str, refused: str = "2022-12-15") -> str:
    """Return answers of a letter of review."""
    return (
        f"sr:\n  decision: {{date: {refused}, channel: email}}\n  reasons:\n"
        f'  - {{id: a, kind: wrong_law, said: No reason is given.,\n     matters: "{said}"}}\n'
    )


THEN = "When the request was declined, the Doyle memorandum applied."


def test_guidance_was_not_in_force_on_the_day_of_the_decision() -> None:
    """In December 2022 neither Mayorkas nor Doyle's priorities were applied."""
    finding = the(found(review(THEN), "L305", REVIEW))

    assert told(finding) == ("ERROR", "for-signature", "ack", 6)
    assert "2022-12-15" in finding.message


@pytest.mark.parametrize(
    "refused", ["2022-05-01", "2023-08-01", "2025-01-20", "December 2022", ""]
)
def test_guidance_that_was_or_may_have_been_in_force(refused: str) -> None:
    """Told of that day it is neither current nor wrong; a part of a date is not sure."""
    text = review(THEN, refused)

    assert not found(text, "L305", REVIEW)
    assert not found(text, "L213", REVIEW)


def test_letter_of_review_may_not_cite_it_as_current_either() -> None:
    """In force on the day of the decision, and no more."""
    text = review("The Doyle memorandum directs attorneys to weigh her health.", "2023-08-01")

    assert told(the(found(text, "L213", REVIEW))) == ("ERROR", "for-signature", "ack", 6)
    assert not found(text, "L305", REVIEW)


def test_words_of_the_refusal_are_not_ours() -> None:
    """OPLA may cite what it likes."""
    text = 'sr: {decision: {channel: email, quote: "The Doyle memorandum is applied."}}\n'

    assert not found(text, "L213", REVIEW)

"""What a copy covers in prose and on pages, and what it leaves readable."""

import time

import pytest

from nkdocs import _resources
from nkdocs.answers import load
from nkdocs.answers.leaks import dictionary
from nkdocs.answers.veil import GAP, Veil
from nkdocs.interview import load as interviews
from nkdocs.packet.harmless import words

CASE = """
answers: 1
respondents:
- {id: seo-yun, lead: yes, name: {legal: SEO Yun Hui, native: 서윤희}, a_number: A000-000-021}
"""


@pytest.fixture(scope="module")
def veil() -> Veil:
    """Return the veil of a training copy."""
    catalogue = interviews.load([_resources.shipped("templates")])
    leaks = dictionary(load.load(CASE, "answers.yaml"), catalogue, words())
    called = {"respondents.1.name": ("Respondent A", "A")}
    return Veil(leaks, words(), True, called, frozenset({"grace"}))  # noqa: FBT003 - months stay


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Ms. Seo’s son sings.", "Ms. A’s son sings."),
        ("SEO Yun Hui was born in Incheon.", "Respondent A was born in […]."),
        ("I met Ruth Halloran, a neighbor.", "I met […], a neighbor."),
        ("We came to Fairmont by bus.", "We came to […] by bus."),
        ("R. Castellane presided.", "[…] presided."),
        ("Grace came later.", "[…] came later."),
        ("It was on March 5, 2006, at night.", "It was in March 2006, at night."),
        ("On 2006-03-05 she left.", "In March 2006 she left."),
        ("I remember the twenty-second of April 2004.", "I remember April 2004."),
        ("By the 3rd of May it was over.", "By May it was over."),
        ("Call 000-555-0177 or (000) 555-0177.", "Call […] or […]."),
        ("Write to ruth@example.org.", "Write to […]."),
        ("The receipt IOE0912345678 came.", "The receipt […] came."),
        ("서윤희는 무산에서 왔습니다", "[…]"),
        ("She lives at 14 Birch Lane, Apt 3.", "She lives at […]."),
        ("A letter ([@clinic, 2]) says so.", "A letter ([@clinic, 2]) says so."),
    ],
)
def test_text_is_covered(veil: Veil, text: str, covered: str) -> None:
    """This test ensures that people, places, days and numbers that no answer lists are covered."""
    assert veil.cover(text) == covered


@pytest.mark.parametrize(
    "text",
    [
        "I was born in North Korea. In the winter of 2008 we crossed the river.",
        "The State Security Department asked for 8,000 yuan.",
        "Form I-589 was filed with the Immigration Court in January 2023.",
        "He said, “That is all.” Then they left.",
        "Her son, who is seven, was in the third year.",
    ],
)
def test_what_tells_nobody_stays(veil: Veil, text: str) -> None:
    """This test ensures that a copy can still be read and learned from."""
    assert veil.cover(text) == text


def test_new_line_of_a_page_begins_no_sentence(veil: Veil) -> None:
    """A name that a page breaks off, or that stands on a line of its own, is covered."""
    text = "signed by\nTable\nHope Winter"

    spans = veil.spans(text, page=True)

    assert all(text[s.start : s.end].strip() for s in spans)
    assert "Hope" not in _left(text, veil)


def _left(text: str, veil: Veil) -> str:
    for span in reversed(veil.spans(text, page=True)):
        text = text[: span.start] + GAP + text[span.end :]
    return text


def test_public_report_keeps_its_names(veil: Veil) -> None:
    """Of what anybody can read elsewhere only the people of the case are covered."""
    text = "Kim Jong Un spoke in Hamhung; SEO Yun Hui was there."

    assert veil.cover(text, known=True) == "Kim Jong Un spoke in Hamhung; Respondent A was there."


@pytest.mark.parametrize(
    "piece", ["a1-", "1 ", "1 Aa ", "x Street 1 ", "a@", "a.", "a-b.", "A. ", "Abc ", "123 ", "-"]
)
def test_no_page_takes_long(veil: Veil, piece: str) -> None:
    """Whoever made an exhibit may have made it to hold the copying up."""
    text = piece * (20_000 // len(piece))
    began = time.process_time()

    assert veil.spans(text, page=True) is not None

    assert time.process_time() - began < 3

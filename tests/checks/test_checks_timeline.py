"""Dates and sums in papers and exhibits against the answers."""

import pytest
from msgspec.structs import replace

from nkdocs.checks.facts import ExhibitFact
from nkdocs.checks.prosedates import times
from nkdocs.checks.sums import sums
from tests.checks.cases import case, findings, found, the, told, with_oath, with_paper

BASE = """respondents: [{id: seo, lead: yes, born: about 1986}]
case: {proceeding: removal_240, stage: master, nta_date: 2021-10-05, i589: {filed: yes, filed_on: 2023-01-19, exhibit: [receipt]}}
dprk: {lived: yes, exit_when: winter 2008, broker: yes, broker_paid: USD 2375}
rok: {lived: yes, contact: {entered: October 2011, settlement_money: KRW 7000000}}
china: {lived: yes, sold: yes, sold_price: CNY 8000}
events:
- {id: arrest, when: winter 2006, told: "It was cold."}
"""  # noqa: E501 - one line an answer
I589 = "Form I-589, asylum and related protection, filed {} (Tab E)."


@pytest.mark.parametrize(
    ("sentence", "path"),
    [
        ("I left North Korea in March 2009.", "dprk.exit_when"),
        ("Ms. Seo left North Korea in the spring of 2009.", "dprk.exit_when"),
        ("I came to South Korea in 2012, and I was glad.", "rok.contact.entered"),
        ("I was born in 1979.", "respondents.seo.born"),
        (I589.format("January 9, 2023"), "case.i589.filed_on"),
        ("The asylum application was received by the court on March 3, 2023.",
         "case.i589.filed_on"),
        ("The Notice to Appear, dated October 6, 2021, says so.", "case.nta_date"),
    ],
)  # fmt: skip
def test_date_right_behind_the_words_for_a_dated_thing(sentence: str, path: str) -> None:
    """A warning at the paragraph; the answer is named."""
    finding = the(findings(with_paper(case(BASE), "First.", sentence), "L501"))

    assert told(finding)[:3] == ("WARN", "for-signature", "ack")
    assert finding.place.part == "paragraph 2"
    assert finding.subject == f"pd-request.docx paragraph 2/{path}"


def test_sentence_of_an_answer_is_told_with_both_lines() -> None:
    """Of the story, and of the date."""
    text = BASE.replace("It was cold.", "I left North Korea in March 2009.")
    facts = with_oath(case(text), "I left North Korea in March 2009.")
    finding = the(findings(facts, "L501"))

    assert (finding.place.line, finding.also[0].line) == (8, 4)


@pytest.mark.parametrize(
    "sentence",
    [
        "I left North Korea in the winter of 2008.",
        "I left North Korea in February 2009.",
        "I left North Korea in about 2008.",
        "In March 2009 my aunt was moved.",
        "My sister left North Korea in 2015.",
        "The application says that I came to South Korea in 2012.",
        "He wrote: “I came to South Korea in 2012.”",
        I589.format("January 19, 2023"),
        "The work permit was filed March 3, 2024.",
        "A hearing set for March 3, 2024, was continued.",
        "Her daughter was born in 2012.",
    ],
)
def test_date_that_agrees_or_is_of_something_else(sentence: str) -> None:
    """A season holds its months; what others say, and other people, are left alone."""
    assert not findings(with_paper(case(BASE), sentence), "L501")


@pytest.mark.parametrize(
    ("first", "count"),
    [
        ("It happened in March 2009, in Musan County.", 1),
        ("It happened in January 2007, in Musan County.", 0),
        ("It happened between May 2007 and October 2008.", 1),
        ("It happened at night.", 0),
    ],
)
def test_named_paragraph_keeps_the_date_of_its_event(first: str, count: int) -> None:
    """Edited in Word, say; later sentences tell of other times."""
    facts = with_oath(case(BASE), f"{first} In 2015 I told it.", names="arrest")
    found_ = findings(facts, "L501")

    assert [f.subject for f in found_] == [
        "asylum-declaration.docx ¶ 1/events.arrest.when"
    ] * count
    assert all(f.place.part == "¶ 1" for f in found_)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Received Jan 19, 2023 by the court", 0),
        ("Received 01/19/2023; notice of 03/02/2023", 0),
        ("Received January 9, 2023", 1),
        ("Receipt of January 2023", 0),
        ("", 0),
    ],
)
def test_receipt_prints_the_day_of_filing(text: str, count: int) -> None:
    """One that prints no whole day, or cannot be read, says nothing."""
    listed = BASE + "exhibits: [{id: receipt, title: Receipt, file: a.pdf}]\n"
    facts = replace(case(listed), exhibits=(ExhibitFact("receipt", text=text),))

    assert [told(f) for f in findings(facts, "L501")] == [
        ("WARN", "for-signature", "ack", 3)
    ] * count


HISTORY = """case:
  i589: {filed: yes, filed_on: 2023-01-19, exhibit: [receipt]}
  history:
  - {id: filed, when: WHEN, what: Filed, exhibit: [PROOF]}
"""


@pytest.mark.parametrize(
    ("when", "proof", "weights"),
    [
        ("2023-01-20", "receipt", ["ERROR"]),
        ("December 2022", "receipt", ["WARN"]),
        ("January 2023", "receipt", []),
        ("2023-01-20", "letter", []),
    ],
)
def test_one_exhibit_proves_one_date(when: str, proof: str, weights: list[str]) -> None:
    """Exact against exact stops; the rest is a warning."""
    found_ = found(HISTORY.replace("WHEN", when).replace("PROOF", proof), "L501")

    assert [f.severity.value for f in found_] == weights
    assert all((f.place.line, f.also[0].line) == (5, 3) for f in found_)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("As far as I know, the price was CNY 12,000.", 1),
        ("They paid for me twelve thousand yuan.", 1),
        ("They paid for me eight thousand yuan.", 0),
        ("The price was CNY 8,000.", 0),
        ("A neighbor was sold for 20,000 yuan.", 0),
        ("The price was CNY 12,000, he said, not CNY 8,000.", 0),
        ("I was paid KRW 5,000,000 as settlement money.", 1),
        ("I was paid seven million won as settlement money.", 0),
        ("My uncle paid the broker $2,735.", 1),
        ("My uncle paid the broker $2,375.", 0),
        ("The rent was $2,735.", 0),
    ],
)
def test_sum_that_an_answer_holds(sentence: str, count: int) -> None:
    """Only one sum, in its currency, in a sentence that says what it was for."""
    found_ = findings(with_paper(case(BASE), sentence), "L502")

    assert [told(f)[:3] for f in found_] == [("WARN", "for-signature", "ack")] * count


@pytest.mark.parametrize(
    ("text", "amount"),
    [("two hundred and fifty dollars", 250), ("$1.5 million", 1_500_000), ("8,000 yuan", 8000),
     ("fifteen thousand yuan", 15000), ("twenty-five baht", 25)],
)  # fmt: skip
def test_sums_are_read_in_figures_and_in_words(text: str, amount: int) -> None:
    """As people write them."""
    assert [int(found_) for _, _, found_ in sums(text)] == [amount]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("in the winter of 2008 and on March 5, 2006", ["winter 2008", "March 5, 2006"]),
        ("between May 2007 and October 2008", ["May 2007 to October 2008"]),
        ("in or about March 2006", ["about March 2006"]),
        ("Thu, 16 Mar 2023", ["March 16, 2023"]),
        ("the years 2009-2011, A000-2020-1", []),
    ],
)
def test_times_are_read_as_answers_are(text: str, read: list[str]) -> None:
    """What cannot be read is none."""
    assert [str(t.when) for t in times(text)] == read


@pytest.mark.parametrize("said", ["I was born in 1948.", "I was sold for 5000 yuan."])
def test_witness_who_speaks_of_herself_contradicts_nobody(said: str) -> None:
    """In her declaration "I" is another person than the client."""
    facts = with_paper(case(BASE), said, document="witness-declaration")

    assert not [*findings(facts, "L501"), *findings(facts, "L502")]


@pytest.mark.parametrize(
    ("calendar", "count"), [("solar", 1), ("lunar", 0), ("does not know", 1)]
)
def test_birthday_by_the_other_calendar_is_no_contradiction(calendar: str, count: int) -> None:
    """The same day is told in another paper as it falls by the solar one."""
    born = f"born: 1990-12-20, born_calendar: {calendar}"
    facts = case(BASE.replace("born: about 1986", born))

    assert len(findings(with_oath(facts, "I was born on February 4, 1991."), "L501")) == count
    assert findings(with_oath(facts, "I was born on May 4, 1991."), "L501")

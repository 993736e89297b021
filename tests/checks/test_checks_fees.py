"""Fees of pending applications, late reviews, and the office's own numbers of days."""

import datetime as dt

import pytest

from tests.checks.cases import PD, REVIEW, found, the, told

PAID = "asylum_paid: yes, annual_due: 2027-01-19, annual_paid: yes"


def pending(fees: str, *, own: str = "own", filed: str = "2023-01-19", more: str = "") -> str:
    """Return answers of a person with a pending application."""
    return (
        f"case: {{i589: {{filed: yes, filed_on: {filed}}}{more}}}\n"
        f"respondents:\n- {{id: seo, lead: yes, i589: {own},\n   fees: {{{fees}}}}}\n"
    )


def test_fees_that_are_paid_are_not_told() -> None:
    """The next one is due in two months."""
    assert not found(pending(PAID), "L108")


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        (PAID.replace("asylum_paid: yes", "asylum_paid: no"), "fee for filing is not paid"),
        (PAID.replace("2027-01-19", "2026-12-10"), "the annual fee is due on 2026-12-10"),
        (PAID.replace("2027-01-19", "2026-01-19"), "was due on 2026-01-19; enter the next"),
        (
            PAID.replace("2027-01-19, annual_paid: yes", "2026-01-19"),
            "was due on 2026-01-19; it is not told as paid",
        ),
        (PAID.replace("annual_paid: yes", "annual_paid: no"), "the last annual fee is not paid"),
    ],
)
def test_fee_is_missing_or_overdue(fees: str, said: str) -> None:
    """One line, with the day it was or is due."""
    finding = the(found(pending(fees), "L108"))

    assert told(finding) == ("WARN", "draft", "ack", 5)
    assert said in finding.message
    assert finding.subject == "respondents.seo.fees"


def test_day_of_the_annual_fee_that_nobody_entered_is_reckoned() -> None:
    """From the day of filing."""
    finding = the(found(pending("asylum_paid: yes"), "L108"))

    assert "2027-01-19" in finding.message


def test_filing_was_free_before_the_law() -> None:
    """Of a newer application an open answer is told."""
    fees = "annual_due: 2027-01-19"

    assert not found(pending(fees), "L108")
    newer = the(found(pending(fees, filed="2026-02-02"), "L108"))
    assert "whether the fee for filing" in newer.message


@pytest.mark.parametrize("own", ["none", "derivative"])
def test_rider_without_an_application_owes_nothing(own: str) -> None:
    """What is told of one who rides along is told all the same."""
    assert not found(pending("asylum_paid: yes", own=own), "L108")
    assert bool(found(pending("asylum_paid: no", own=own), "L108")) is (own == "derivative")


@pytest.mark.parametrize(
    "text",
    [
        pending("asylum_paid: no").replace("filed: yes, ", "filed: no, "),
        pending("asylum_paid: no").replace("filed: yes, ", "filed: yes, withholding_only: yes, "),
        pending("asylum_paid: no", more=", stage: final_order"),
    ],
)
def test_no_fee_without_a_pending_application_for_asylum(text: str) -> None:
    """Not filed; withholding alone; decided for good."""
    assert not found(text, "L108")


def test_no_fee_before_the_law() -> None:
    """The registry says from when."""
    assert not found(pending("asylum_paid: no"), "L108", day=dt.date(2025, 7, 3))
    assert found(pending("asylum_paid: no"), "L108", day=dt.date(2025, 7, 4))


REFUSED = "sr:\n  decision: {date: 2026-10-21, channel: email}\n"


def test_review_long_after_the_refusal() -> None:
    """Thirty days are not late, thirty-one are."""
    finding = the(found(REFUSED.replace("10-21", "10-20"), "L109", REVIEW))

    assert told(finding) == ("WARN", "draft", "ack", 3)
    assert "31 days" in finding.message
    assert not found(REFUSED, "L109", REVIEW)
    assert not found(REFUSED.replace("10-21", "10-20"), "L109", PD)


def test_days_are_the_offices() -> None:
    """What the office counts as late, and how long its filings take."""
    near = "case:\n  proceeding: removal_240\n  court: eoir-boston\n"
    near += "  next_hearing: {kind: master, when: 2027-01-04 09:00}\n"
    longer = f"{near}settings: {{filing_lead_days: 60}}\n"

    assert not found(f"{REFUSED.replace('10-21', '10-01')}settings: {{review_days: 60}}\n", "L109")
    assert found(f"{REFUSED}settings: {{review_days: 14}}\n", "L109")
    assert not found(near, "L106")
    assert "filings take 60" in the(found(longer, "L106")).message

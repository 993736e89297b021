"""The one-year deadline, hearings and filing days."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.checks.deadlines import anniversary, federal_holidays, one_year_deadline
from nkdocs.diagnostics import Severity
from tests.checks.cases import DECLARATION, PD, found, the, told

ARRIVALS = [  # LAW, section 8.1
    ("2021-04-15", "2022-04-15"),
    ("2021-05-01", "2022-05-02"),
    ("2022-07-04", "2023-07-05"),
    ("2023-05-27", "2024-05-28"),
    ("2022-12-31", "2024-01-02"),
    ("2024-02-29", "2025-02-28"),
]
DAYS = st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31))


@pytest.mark.parametrize(("arrival", "deadline"), ARRIVALS)
def test_year_ends_on_the_next_business_day(arrival: str, deadline: str) -> None:
    """The six values of the reference."""
    assert one_year_deadline(dt.date.fromisoformat(arrival)) == dt.date.fromisoformat(deadline)


@given(DAYS)
def test_deadline_is_a_day_on_which_one_can_file(arrival: dt.date) -> None:
    """Never a weekend, never a holiday, never before the anniversary, at most four days later."""
    deadline = one_year_deadline(arrival)

    assert deadline.weekday() < 5
    assert deadline not in federal_holidays(deadline.year)
    assert dt.timedelta(0) <= deadline - anniversary(arrival) <= dt.timedelta(4)


@given(DAYS)
def test_later_arrival_never_has_the_earlier_deadline(arrival: dt.date) -> None:
    """Time runs one way."""
    assert one_year_deadline(arrival) <= one_year_deadline(arrival + dt.timedelta(1))


@pytest.mark.parametrize(
    "day",
    ["2021-06-18", "2021-12-31", "2022-01-17", "2022-02-21", "2022-05-30", "2022-06-20",
     "2022-09-05", "2022-10-10", "2022-11-11", "2022-11-24", "2022-12-26", "2026-07-03"],
)  # fmt: skip
def test_holiday_is_observed_on_a_working_day(day: str) -> None:
    """The days of 5 U.S.C. 6103; on a weekend the Friday before or the Monday after."""
    observed = dt.date.fromisoformat(day)

    assert observed in federal_holidays(observed.year)


def test_juneteenth_was_no_holiday_before_2021() -> None:
    """Pub. L. 117-17 is of June 17, 2021."""
    assert dt.date(2020, 6, 19) not in federal_holidays(2020)


def arrived(when: str, more: str = "", person: str = "") -> str:
    """Return answers of one person who arrived once."""
    entry = f"entries: [{{id: e, when: {when}, last: yes}}]"
    return f"respondents:\n- {{id: seo, lead: yes, {person}\n   {entry}}}\n{more}"


@pytest.mark.parametrize(
    ("when", "severity", "said"),
    [
        ("2026-01-10", "INFO", "52 days are left; the application is due by 2027-01-11"),
        ("2025-12-20", "INFO", "31 days are left"),
        ("2025-12-18", "WARN", "urgent: 28 days are left"),
        ("2025-11-20", "WARN", "urgent: 0 days are left"),
        ("2025-11-18", "WARN", "urgent: nothing was filed, and the application was due by"),
    ],
)
def test_unfiled_application_says_how_long_there_is(when: str, severity: str, said: str) -> None:
    """Under thirty days it is urgent; it never stops a paper."""
    finding = the(found(arrived(when), "L101"))

    assert told(finding) == (severity, "draft", "ack", 4)
    assert said in finding.message
    assert finding.subject == "seo"


def test_part_of_a_date_counts_from_its_earliest_day() -> None:
    """Spring 2026 begins on the first of March, and the finding says so."""
    finding = the(found(arrived("spring 2026"), "L101"))

    assert "2027-03-01, counted from the earliest day the answer can mean" in finding.message


FILED = "case: {i589: {filed: yes, filed_on: 2023-01-19}}\n"


def test_filing_on_the_last_day_is_timely() -> None:
    """Saturday's anniversary leaves the Monday."""
    on_time = "case: {i589: {filed: yes, filed_on: 2022-05-02}}\n"

    assert not found(arrived("2021-05-01", on_time), "L101")
    assert found(arrived("2021-05-01", on_time.replace("05-02", "05-03")), "L101")


@pytest.mark.parametrize(
    ("oneyear", "excused"),
    [
        ("", False),
        ("oneyear: {exception: none}", False),
        ("oneyear: {exception: illness}", False),
        ("oneyear: {exception: illness, facts: She was ill.}", True),
    ],
)
def test_late_filing_needs_an_exception_and_its_facts(oneyear: str, *, excused: bool) -> None:
    """The key 'none' is no exception, and a name alone is no fact."""
    late = found(arrived("autumn 2021", FILED + oneyear), "L101")

    assert bool(late) is not excused
    assert [f.also[0].line for f in late] == [5] * len(late)


@pytest.mark.parametrize(
    ("more", "person"),
    [
        ("case: {proceeding: withholding_only}", ""),
        ("", "i589: derivative,"),
        ("", "i589: none,"),
    ],
)
def test_deadline_of_another_is_not_counted(more: str, person: str) -> None:
    """Withholding-only has none; a derivative rides on the lead's."""
    assert not found(arrived("2025-11-01", more, person), "L101")


def test_no_day_no_deadline() -> None:
    """While the case has no day of its own nothing is reckoned."""
    assert not found(arrived("does not remember"), "L101")


def test_leap_day_is_noted() -> None:
    """The 28th is used, the earlier day."""
    finding = the(found(arrived("2024-02-29", FILED.replace("2023", "2025")), "L105"))

    assert told(finding) == ("INFO", "draft", "note", 4)
    assert "2025-02-28" in finding.message


def test_entry_marked_last_is_not_the_latest() -> None:
    """Both places are shown; a short trip is arguable, so it is a warning."""
    entries = """respondents:
- id: seo
  entries:
  - {id: one, when: 2019-05-01, last: yes}
  - {id: two, when: March 2020}
"""

    finding = the(found(entries, "L102"))

    assert told(finding) == ("WARN", "draft", "ack", 5)
    assert finding.also[0].line == 6
    assert not found(entries.replace("March 2020", "about 2019"), "L102")


def hearing(when: str, more: str = "") -> str:
    """Return answers with a next hearing."""
    return (
        "case:\n  court: eoir-boston\n  proceeding: removal_240\n"
        f"  next_hearing: {{kind: master, when: {when}}}\n{more}"
    )


@pytest.mark.parametrize(
    ("when", "severity"), [("2026-11-19 09:00", "ERROR"), ("2026-12-01 09:00", "WARN")]
)
def test_hearing_is_past_or_near(when: str, severity: str) -> None:
    """What is past must be brought up to date before anything is signed."""
    finding = the(found(hearing(when), "L106", DECLARATION))

    assert told(finding) == (severity, "for-signature", "ack", 5)


@pytest.mark.parametrize(
    ("when", "deadline", "count"),
    [
        ("2027-02-11 09:00", "", 0),
        ("2026-12-01 09:00", "2026-11-25", 0),
        ("2027-02-11 09:00", "2026-11-01", 1),
    ],
)
def test_order_of_the_judge_prevails(when: str, deadline: str, count: int) -> None:
    """An ordered day that is to come settles it; one that is past is told."""
    more = f"  filing_deadline: {{date: {deadline}}}\n" if deadline else ""

    assert len(found(hearing(when, more), "L106")) == count


def test_letter_after_the_hearing_is_told_of_letters_only() -> None:
    """Hearings move: a warning."""
    finding = the(found(hearing("2026-11-19 09:00"), "L107", PD))

    assert told(finding) == ("WARN", "draft", "ack", 5)
    assert finding.severity is Severity.WARN
    assert not found(hearing("2026-11-19 09:00"), "L107", DECLARATION)


def test_an_application_filed_on_an_open_day_is_not_called_unfiled() -> None:
    """What is asked for is the day."""
    text = (
        "respondents: [{id: a, entries: [{id: e, when: 2021-10-03, last: yes}]}]\n"
        "case: {i589: {filed: yes}}\n"
    )

    assert "filed is open" in the(found(text, "L101")).message

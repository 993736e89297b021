"""The order of time: stays, possible days, gaps, and the days that lie ahead."""

import datetime as dt

from nkdocs.checks import ahead, chronology
from tests.checks.cases import case

PERSON = "respondents:\n- id: seo\n  lead: yes\n  born: about 1986\n"
JOURNEY = (
    PERSON + "  entries: [{id: otay, when: 2021-10-03, last: yes}]\n"
    "dprk: {lived: yes, exit_when: winter 2008}\n"
    "china: {lived: yes, entered: winter 2008, left: summer 2011}\n"
    "transit: []\n"
)


def test_stay_shows_what_is_possible_and_what_is_sure() -> None:
    """Between two approximate dates only the days between them are surely of the stay."""
    china = next(m for m in chronology.marks(case(JOURNEY)) if m.label == "China")

    assert (china.first, china.last) == (dt.date(2008, 12, 1), dt.date(2011, 8, 31))
    assert china.sure == (dt.date(2009, 2, 28), dt.date(2011, 6, 1))
    assert china.when == "winter 2008 to summer 2011"


def test_months_of_which_nothing_is_told_are_marked() -> None:
    """From the last stay to the entry nothing is known: a gap, no guess."""
    gaps = [m for m in chronology.marks(case(JOURNEY)) if m.kind == chronology.GAP]

    assert [(m.first, m.last) for m in gaps] == [(dt.date(2011, 9, 1), dt.date(2021, 9, 30))]


def test_event_without_a_time_is_named_and_not_drawn() -> None:
    """Who does not remember is not given a day; the path is told instead."""
    facts = case("events:\n- {id: a, when: does not remember}\n- {id: b, when: winter 2006}\n")

    assert chronology.untimed(facts) == ["events.a.when"]
    assert [m.path for m in chronology.marks(facts)] == ["events.b.when"]


def test_idle_stay_is_left_out() -> None:
    """What does not count is not drawn."""
    facts = case(JOURNEY.replace("china: {lived: yes", "china: {lived: no"))

    assert "China" not in {m.label for m in chronology.marks(facts)}


def test_days_ahead_are_answers_or_say_how_they_were_reckoned() -> None:
    """Without an order the day for filings is the office's; with one it is the judge's."""
    court = "case:\n  proceeding: removal_240\n  court: eoir-adelanto\n  i589: {filed: yes}\n"
    hearing = court + "  next_hearing: {kind: individual, when: 2027-02-11 09:00}\n"
    usual = ahead.days(case(hearing + "settings: {filing_lead_days: 15}\n"))
    ordered = ahead.days(case(hearing + "  filing_deadline: {date: 2027-01-12}\n"))

    assert [(d.on.isoformat(), d.what) for d in usual] == [
        ("2027-01-27", "filings should be in"), ("2027-02-11", "hearing"),
    ]  # fmt: skip
    assert "15 days before the hearing" in usual[0].basis
    assert [(d.on.isoformat(), d.path) for d in ordered] == [
        ("2027-01-12", "case.filing_deadline.date"), ("2027-02-11", "case.next_hearing.when"),
    ]  # fmt: skip


def test_one_year_counts_only_while_nothing_is_filed() -> None:
    """From the earliest possible day of entry; once filed it lies no longer ahead."""
    entered = PERSON + "  entries: [{id: a, when: March 2026, last: yes}]\n"
    open_ = ahead.days(case(entered))
    filed = ahead.days(case(entered + "case: {i589: {filed: yes}}\n"))

    assert [(d.on.isoformat(), d.about) for d in open_] == [("2027-03-01", "seo")]
    assert not filed


def test_several_people_are_called_by_their_names() -> None:
    """Whose birth and whose entry it is stands in the label; days are written alike."""
    facts = case(
        "respondents:\n"
        "- {id: seo, lead: yes, name: SEO Yun Hui, born: about 1986,"
        " fees: {annual_due: 2027-01-19}}\n"
        "- {id: han, lead: no, name: HAN Ji Ho, born: June 2015,"
        " entries: [{id: e, when: 2021-10-03}]}\n"
    )

    assert [(m.label, m.when) for m in chronology.marks(facts)] == [
        ("born (SEO Yun Hui)", "about 1986"),
        ("born (HAN Ji Ho)", "June 2015"),
        ("entry to the United States (HAN Ji Ho)", "October 3, 2021"),
        ("asylum application is due (one year) (HAN Ji Ho)", "October 3, 2022"),
        ("annual asylum fee is due (SEO Yun Hui)", "January 19, 2027"),
    ]

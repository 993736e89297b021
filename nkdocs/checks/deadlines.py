"""Deadlines: the one-year bar, hearings, filing days."""

import datetime as dt
from collections.abc import Iterator

from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, Rule, dated, key, last_entry, listed
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Date, Dated

_SOON = 30  # days
_SATURDAY, _SUNDAY = 5, 6
_JUNETEENTH = 2021


def federal_holidays(year: int) -> set[dt.date]:
    """Return the days on which federal holidays are observed in *year*.

    Source:
        5 U.S.C. § 6103(a), (b); Juneteenth by Pub. L. 117-17 (2021). A holiday on a Saturday is
        observed on Friday, on a Sunday on Monday (E.O. 11582). General knowledge, not read on
        the live page.
    """
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= _JUNETEENTH else [])
    days = {_observed(dt.date(year, month, day)) for month, day in fixed}
    days |= {_observed(dt.date(year + 1, 1, 1))}
    weekdays = [(1, 0, 3), (2, 0, 3), (9, 0, 1), (10, 0, 2), (11, 3, 4)]
    days |= {_nth(year, month, weekday, n) for month, weekday, n in weekdays}
    memorial = dt.date(year, 5, 31)
    return days | {memorial - dt.timedelta(days=memorial.weekday())}


def _observed(day: dt.date) -> dt.date:
    shift = {_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0)
    return day + dt.timedelta(days=shift)


def _nth(year: int, month: int, weekday: int, n: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def next_business_day(day: dt.date) -> dt.date:
    """Return *day*, or the first day after it that is no Saturday, Sunday or federal holiday."""
    while day.weekday() >= _SATURDAY or day in federal_holidays(day.year):
        day += dt.timedelta(days=1)
    return day


def anniversary(day: dt.date, years: int = 1) -> dt.date:
    """Return the same day *years* later; of a 29 February the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def one_year_deadline(arrival: dt.date) -> dt.date:
    """Return the last day on which an asylum application is timely.

    The day of arrival is not counted. An arrival on 29 February runs to 28 February, the earlier
    and therefore the safer day; it is rolled forward like any other.

    Source:
        INA § 208(a)(2)(B), 8 U.S.C. § 1158(a)(2)(B); 8 C.F.R. § 1208.4(a)(2)(ii) (roll-forward).
        Text of § 1208.4 as read for the reference of this project, November 2026; an attorney
        has not yet signed for it.
    """
    return next_business_day(anniversary(arrival))


def _one_year(facts: Facts) -> Iterator[Found]:
    """L101, L105: per respondent with an application of their own."""
    answers, day = facts.answers, facts.day
    if day is None or answers.value(("case", "proceeding")) == "withholding_only":
        return
    for person in listed(answers.value(("respondents",))):
        entry = last_entry(person)
        when = dated(entry.lookup("when")) if entry else None
        if entry is None or when is None or key(person.lookup("i589")) in {"derivative", "none"}:
            continue
        yield from _timely(facts, person, entry, when)


def _timely(facts: Facts, person: Item, entry: Item, when: Dated) -> Iterator[Found]:
    arrived, spot = when.earliest, (*entry.spot, "when")
    deadline = one_year_deadline(arrived)
    exact = arrived == when.latest
    told = {
        "person": person.id,
        "deadline": deadline.isoformat(),
        "basis": "the day of arrival" if exact else "the earliest day the answer can mean",
    }
    filed = facts.answers.value(("case", "i589", "filed_on"))
    exception = key(facts.answers.value(("oneyear", "exception")))
    read = f"{arrived}/{filed if isinstance(filed, Date) else ''}/{exception}"
    if (arrived.month, arrived.day) == (2, 29):
        yield Found("L105", person.id, spot, told, read=read)
    how, severity = "", None
    also: tuple[Spot, ...] = ()
    if not isinstance(filed, Date):
        how, severity = _days_left(facts, deadline)
    elif filed.day > deadline and not _excused(facts):
        how, also = "urgent: the application was filed after", (("case", "i589", "filed_on"),)
    if how:
        yield Found("L101", person.id, spot, {**told, "how": how}, also, severity, read)


def _days_left(facts: Facts, deadline: dt.date) -> tuple[str, Severity | None]:
    """Return how an application that was not filed yet stands."""
    left = (deadline - facts.day).days if facts.day else 0
    if facts.answers.value(("case", "i589", "filed")):
        return "when the application was filed is open; it was due by", None
    if left < 0:
        return "urgent: nothing was filed, and the application was due by", None
    urgent = left < _SOON
    told = f"{left} days are left; the application is due by"
    return ("urgent: " if urgent else "") + told, None if urgent else Severity.INFO


def _excused(facts: Facts) -> bool:
    """Whether an exception is named and its facts are told."""
    exception = key(facts.answers.value(("oneyear", "exception")))
    return exception not in {"", "none"} and bool(facts.answers.value(("oneyear", "facts")))


def _latest_entry(facts: Facts) -> Iterator[Found]:
    """L102: the entry marked last is not the latest."""
    for person in listed(facts.answers.value(("respondents",))):
        marked = last_entry(person)
        when = dated(marked.lookup("when")) if marked else None
        if marked is None or when is None:
            continue
        for entry in listed(person.lookup("entries")):
            other = dated(entry.lookup("when"))
            if other is not None and other.earliest > when.latest:
                spot, also = (*marked.spot, "when"), ((*entry.spot, "when"),)
                told = {"person": person.id}
                yield Found("L102", person.id, spot, told, also, read=f"{when}/{other}")


def _hearing(facts: Facts) -> Iterator[Found]:
    """L106, L107: the next hearing and the ordered day against the day of the papers."""
    spot, day = ("case", "next_hearing", "when"), facts.day
    hearing = dated(facts.answers.value(spot))
    if hearing is None or day is None:
        return
    on, subject = hearing.earliest, "case.next_hearing.when"
    told = {"hearing": on.isoformat(), "what": _pressing(facts, on, day)}
    if on < day:
        yield Found("L106", subject, spot, told, severity=Severity.ERROR, read=f"{on}")
        if facts.chosen & {"pd-request", "supervisory-review"}:
            yield Found("L107", subject, spot, told, read=f"{on}")
    elif told["what"]:
        yield Found("L106", subject, spot, told, read=f"{on}/{day}")


def _pressing(facts: Facts, on: dt.date, day: dt.date) -> str:
    """Return what is pressing about a hearing *on* a day; the judge's order prevails."""
    ordered = facts.answers.value(("case", "filing_deadline", "date"))
    left = (on - day).days
    if left < 0:
        return "it is past"
    if isinstance(ordered, Date):
        late = ordered.day < day
        return f"the day the judge set for filings, {ordered.iso}, is past" if late else ""
    return f"it is {left} days away, and filings take {_SOON}" if left < _SOON else ""


RULES: tuple[Rule, ...] = (_one_year, _latest_entry, _hearing)

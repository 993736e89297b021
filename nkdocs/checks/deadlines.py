"""Days that are reckoned: business days, hearings and filing days, reviews, fees."""

import datetime as dt
import functools
from collections.abc import Iterator

from nkdocs._jinja import Missing
from nkdocs.answers.view import Group, Item
from nkdocs.checks.facts import Facts, Found, Rule, dated, items, key
from nkdocs.diagnostics import Severity
from nkdocs.kinds.dates import Date
from nkdocs.kinds.numbers import Number
from nkdocs.kinds.words import YesNo

#: Days, where the office says nothing else: the figure of the Practice Manual is not confirmed.
SOON = 30
_SATURDAY, _SUNDAY = 5, 6
_JUNETEENTH = 2021
_FEES = "pl-119-21"


@functools.lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[dt.date]:
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
    return frozenset(days | {memorial - dt.timedelta(days=memorial.weekday())})


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
    left, lead = (on - day).days, setting(facts, "filing_lead_days")
    if left < 0:
        return "it is past"
    if isinstance(ordered, Date):
        late = ordered.day < day
        return f"the day the judge set for filings, {ordered.iso}, is past" if late else ""
    return f"it is {left} days away, and filings take {lead}" if left < lead else ""


def setting(facts: Facts, name: str) -> int:
    """Return a number of days that the office set, else the usual thirty."""
    told = facts.answers.value(("settings", name))
    return int(told.value) if isinstance(told, Number) else SOON


def _review(facts: Facts) -> Iterator[Found]:
    """L109: review is asked long after the refusal."""
    spot = ("sr", "decision", "date")
    if "supervisory-review" not in facts.chosen:
        return
    refused, days = facts.answers.value(spot), setting(facts, "review_days")
    if not isinstance(refused, Date) or not facts.day:
        return
    passed = (facts.day - refused.day).days
    if passed > days:
        told = {"passed": passed, "days": days}
        yield Found("L109", "sr.decision.date", spot, told, read=f"{refused.iso}/{days}")


def _fees(facts: Facts) -> Iterator[Found]:
    """L108: fees of a pending application, one finding a person.

    They attach to each pending application; whether one for withholding and CAT alone owes them
    is arguable, and not said here. The amount is no business of this check.
    """
    answers, day = facts.answers, facts.day
    law = facts.registry.find(_FEES)
    stage = key(answers.value(("case", "stage")))
    if day is None or law is None or not law.covers(day) or stage == "final_order":
        return
    application = answers.value(("case", "i589"))
    if not isinstance(application, Group) or not application.lookup("filed"):
        return
    if application.lookup("withholding_only"):
        return
    filed = application.lookup("filed_on")
    filed_on = filed.day if isinstance(filed, Date) else None
    newer = filed_on is None or law.covers(filed_on)
    for person in items(facts, "respondents"):
        own = key(person.lookup("i589")) or ("own" if person.lookup("lead") else "derivative")
        if own == "none":
            continue
        lacking = dict(_owed(person, day, filed_on if own == "own" else None, newer=newer))
        if lacking:
            told = {"person": person.id, "what": "; ".join(lacking.values())}
            spot = (*person.spot, "fees", next(iter(lacking)))
            yield Found("L108", f"respondents.{person.id}.fees", spot, told)


def _owed(
    person: Item, day: dt.date, filed: dt.date | None, *, newer: bool
) -> Iterator[tuple[str, str]]:
    """Yield what is open of a person's fees: the answer it is about, and what is to be said.

    Args:
        person: the respondent.
        day: the day of the papers.
        filed: when their own application was filed; None of one that rides on another's.
        newer: whether it was filed under the law of these fees, so that filing cost one.
    """
    fees = person.lookup("fees")
    if not isinstance(fees, Group):
        return
    first, due, paid = (fees.lookup(n) for n in ("asylum_paid", "annual_due", "annual_paid"))
    if isinstance(first, YesNo) and not first:
        yield "asylum_paid", "the fee for filing is not paid"
    elif filed and newer and not isinstance(first, YesNo):
        yield "asylum_paid", "nothing tells whether the fee for filing was paid"
    if isinstance(due, Date) and due.day < day:
        what = "enter the next one" if paid else "it is not told as paid"
        yield "annual_due", f"the annual fee was due on {due.iso}; {what}"
    elif isinstance(due, Date) and (due.day - day).days < SOON:
        yield "annual_due", f"the annual fee is due on {due.iso}"
    elif isinstance(paid, YesNo) and not paid:
        yield "annual_paid", "the last annual fee is not paid"
    elif filed and isinstance(due, Missing):
        years = range(1, max(day.year - filed.year, 0) + 3)
        following = min(d for n in years if (d := anniversary(filed, n)) >= day)
        what = f"a year of its pendency ends on {following.isoformat()}"
        yield "annual_due", f"no day is entered for the annual fee ({what})"


RULES: tuple[Rule, ...] = (_hearing, _review, _fees)

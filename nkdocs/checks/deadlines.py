"""Deadlines: the one-year bar, hearings, filing days."""

import datetime as dt
from collections.abc import Iterator

from nkdocs.answers.view import Item, Items
from nkdocs.checks.facts import Facts, Found, Rule, dated
from nkdocs.diagnostics import Severity
from nkdocs.kinds.dates import Date

_SOON = 30  # days


def federal_holidays(year: int) -> set[dt.date]:
    """Return the days on which federal holidays are observed in *year*.

    Source:
        5 U.S.C. § 6103(a), (b); Juneteenth by Pub. L. 117-17 (2021). A holiday on a Saturday is
        observed on Friday, on a Sunday on Monday (E.O. 11582). General knowledge, not read on
        the live page.
    """
    fixed = [(1, 1), (7, 4), (11, 11), (12, 25)] + ([(6, 19)] if year >= 2021 else [])  # noqa: PLR2004
    days = {_observed(dt.date(year, month, day)) for month, day in fixed}
    days |= {_observed(dt.date(year + 1, 1, 1))}
    weekdays = [(1, 0, 3), (2, 0, 3), (9, 0, 1), (10, 0, 2), (11, 3, 4)]
    days |= {_nth(year, month, weekday, n) for month, weekday, n in weekdays}
    memorial = dt.date(year, 5, 31)
    return days | {memorial - dt.timedelta(days=memorial.weekday())}


def _observed(day: dt.date) -> dt.date:
    shift = {5: -1, 6: 1}.get(day.weekday(), 0)
    return day + dt.timedelta(days=shift)


def _nth(year: int, month: int, weekday: int, n: int) -> dt.date:
    first = dt.date(year, month, 1)
    return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))


def next_business_day(day: dt.date) -> dt.date:
    """Return *day*, or the first day after it that is no Saturday, Sunday or federal holiday."""
    while day.weekday() > 4 or day in federal_holidays(day.year) | federal_holidays(day.year - 1):  # noqa: PLR2004
        day += dt.timedelta(days=1)
    return day


def one_year_deadline(arrival: dt.date) -> dt.date:
    """Return the last day on which an asylum application is timely.

    The day of arrival is not counted. An arrival on 29 February runs to 28 February, the earlier
    and therefore the safer day; it is rolled forward like any other.

    Source:
        INA § 208(a)(2)(B), 8 U.S.C. § 1158(a)(2)(B); 8 C.F.R. § 1208.4(a)(2)(ii) (roll-forward).
        Text of § 1208.4 as read for the reference of this project, November 2026; an attorney
        has not yet signed for it.
    """
    leap = (arrival.month, arrival.day) == (2, 29)
    anniversary = arrival.replace(year=arrival.year + 1, day=28 if leap else arrival.day)
    return next_business_day(anniversary)


def _one_year(facts: Facts) -> Iterator[Found]:
    """L101, L105: per respondent with an application of their own."""
    answers, day = facts.answers, facts.day
    proceeding = answers.value(("case", "proceeding"))
    people = answers.value(("respondents",))
    if day is None or proceeding == "withholding_only" or not isinstance(people, Items):
        return
    for person in people:
        arrival = _last_arrival(person)
        if arrival is None or person.lookup("i589") in ("derivative", "none"):
            continue
        yield from _timely(facts, person, arrival, day)


def _timely(facts: Facts, person: Item, entry: Item, day: dt.date) -> Iterator[Found]:
    when = dated(entry.lookup("when"))
    if when is None:
        return
    arrived = when.earliest
    deadline = one_year_deadline(arrived)
    filed = facts.answers.value(("case", "i589", "filed_on"))
    spot = (*entry.spot, "when")
    told = {
        "deadline": deadline.isoformat(),
        "days": abs((deadline - day).days),
        "basis": "the day of arrival"
        if arrived == when.latest
        else "the earliest day the answer can mean",
        "person": person.id,
    }
    read = f"{arrived}/{filed}/{facts.answers.value(('oneyear', 'exception'))}"
    if (arrived.month, arrived.day) == (2, 29):
        yield Found("L105", person.id, spot, told, read=read)
    if isinstance(filed, Date):
        late = filed.day > deadline
        excused = bool(facts.answers.value(("oneyear", "exception")))
        if late and not excused:
            also = (("case", "i589", "filed_on"),)
            yield Found(
                "L101", person.id, spot, {**told, "how": "was filed after"}, also, read=read
            )
        return
    left = (deadline - day).days
    how = (
        "has passed: the application was due by"
        if left < 0
        else f"has {left} days left: it is due by"
    )
    severity = Severity.INFO if left >= _SOON else None
    excused = left < 0 and bool(facts.answers.value(("oneyear", "exception")))
    if not excused:
        yield Found("L101", person.id, spot, {**told, "how": how}, severity=severity, read=read)


def _last_arrival(person: Item) -> Item | None:
    entries = person.lookup("entries")
    if not isinstance(entries, Items) or not entries:
        return None
    marked = [e for e in entries if e.lookup("last")]
    return marked[0] if marked else list(entries)[-1]


def _latest_entry(facts: Facts) -> Iterator[Found]:
    """L102: the entry marked last is not the latest."""
    people = facts.answers.value(("respondents",))
    for person in people if isinstance(people, Items) else ():
        entries = person.lookup("entries")
        marked = _last_arrival(person)
        when = dated(marked.lookup("when")) if marked else None
        if marked is None or not isinstance(entries, Items) or when is None:
            continue
        for entry in entries:
            other = dated(entry.lookup("when"))
            if other is not None and other.earliest > when.latest:
                yield Found(
                    "L102", person.id, (*marked.spot, "when"), {"person": person.id},
                    ((*entry.spot, "when"),), read=f"{when}/{other}",
                )  # fmt: skip


def _hearing(facts: Facts) -> Iterator[Found]:
    """L106, L107: the next hearing against the day of the papers."""
    spot = ("case", "next_hearing", "when")
    hearing = dated(facts.answers.value(spot))
    if hearing is None or facts.day is None:
        return
    on = hearing.earliest
    left = (on - facts.day).days
    told = {"days": left, "hearing": on.isoformat(), "lead": _SOON, "on": on.isoformat()}
    if left < 0 and facts.chosen & {"pd-request", "supervisory-review"}:
        yield Found("L107", "case.next_hearing.when", spot, told, read=str(on))
    deadline = facts.answers.value(("case", "filing_deadline", "date"))
    ordered = isinstance(deadline, Date) and deadline.day >= facts.day
    if left < 0 or (left < _SOON and not ordered):
        yield Found("L106", "case.next_hearing.when", spot, told, read=f"{on}/{facts.day}")


RULES: tuple[Rule, ...] = (_one_year, _latest_entry, _hearing)

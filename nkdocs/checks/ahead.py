"""The days that lie ahead of a case: hearings, filing days, fees, documents that expire.

Each is an answer, or is reckoned from one by a rule that is named; nothing here is a finding.
"""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from nkdocs.checks.deadlines import setting
from nkdocs.checks.facts import Facts, dated, listed
from nkdocs.checks.oneyear import unfiled
from nkdocs.interview.engine import Spot

_ONE: tuple[tuple[Spot, str], ...] = (
    (("case", "filing_deadline", "date"), "filings are due, as the judge ordered"),
    (("case", "next_hearing", "when"), "hearing"),
    (("pd", "requested_by"), "the request must be with OPLA"),
    (("pd", "respond_by"), "an answer to the request is asked for"),
    (("sr", "respond_by"), "an answer to the review is asked for"),
    (("late", "file_by"), "the late filing is to be made"),
    (("case", "ead", "expires"), "work permit expires"),
)
_EACH: tuple[tuple[Spot, Spot, str], ...] = (
    (("case", "pending_motions"), ("due",), "the answer to a motion is due"),
    (("respondents",), ("fees", "annual_due"), "annual asylum fee is due"),
    (("respondents",), ("i94", "until"), "the period of admission ends"),
    (("respondents",), ("travel_document", "expires"), "travel document expires"),
)


class Due(Struct, frozen=True):
    """A day, what it is, and the answer that tells it.

    Attributes:
        about: the item of a list whose day it is (a respondent, a motion); empty for the case.
        basis: how the day was reckoned; empty where the answer itself is the day.
    """

    on: dt.date
    what: str
    path: str
    about: str = ""
    basis: str = ""


def days(facts: Facts) -> list[Due]:
    """Return every such day of a case, the earliest first, those that are past among them."""
    return sorted(_all(facts), key=lambda due: (due.on, due.path))


def _all(facts: Facts) -> Iterator[Due]:
    answers = facts.answers
    for spot, what in _ONE:
        when = dated(answers.value(spot))
        if when is not None:
            yield Due(when.earliest, what, answers.path(spot))
    for list_, name, what in _EACH:
        for item in listed(answers.value(list_)):
            spot = (*item.spot, *name)
            when = dated(answers.value(spot))
            if when is not None:
                yield Due(when.earliest, what, answers.path(spot), item.id)
    yield from _usual(facts)
    for person, spot, deadline in unfiled(facts):
        yield Due(
            deadline,
            "asylum application is due (one year)",
            answers.path(spot),
            person,
            "one year after the earliest possible day of entry, to the next business day",
        )


def _usual(facts: Facts) -> Iterator[Due]:
    """Yield the day for filings before a hearing where no order sets one."""
    spot = ("case", "next_hearing", "when")
    hearing = dated(facts.answers.value(spot))
    if hearing is None or facts.answers.has(("case", "filing_deadline", "date")):
        return
    lead = setting(facts, "filing_lead_days")
    yield Due(
        hearing.earliest - dt.timedelta(days=lead),
        "filings should be in",
        facts.answers.path(spot),
        basis=f"{lead} days before the hearing, as the office reckons; no order is entered",
    )

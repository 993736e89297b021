"""The one-year deadline of each respondent, and what a late application needs."""

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from nkdocs.answers.view import Item
from nkdocs.checks.deadlines import SOON, one_year_deadline
from nkdocs.checks.facts import Facts, Found, Rule, dated, items, key, last_entry, listed
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Date, Dated

#: Mendez Rojas v. Johnson, settlement approved 2020-11-04: applications of members up to this day
#: are deemed timely. As read in secondary sources; membership is confirmed on the settlement.
CLASS_DAY = dt.date(2022, 4, 22)
_CLASS_YEAR = 2022
_RECEIVED, _MAILED = ("case", "i589", "filed_on"), ("case", "i589", "mailed_on")


class _Year(Struct, frozen=True):
    """The year of one respondent.

    Attributes:
        filed: the day that counts as the day of filing; None while nothing was filed.
        received: the day of receipt.
    """

    person: Item
    spot: Spot
    when: Dated
    deadline: dt.date
    filed: dt.date | None
    received: dt.date | None

    @property
    def late(self) -> bool:
        """Whether an application was filed after the year."""
        return self.filed is not None and self.filed > self.deadline

    @property
    def in_class(self) -> bool:
        """Whether the person may be a member of the Mendez Rojas class, by the entry."""
        return self.when.earliest.year < _CLASS_YEAR


def _years(facts: Facts) -> tuple[_Year, ...]:
    """Return the year of every respondent with an application of their own; worked out once.

    Where only withholding and CAT are asked for there is no such deadline.
    """
    memo = facts.answers.memo
    found: tuple[_Year, ...] = memo.get("years") or memo.setdefault("years", tuple(_each(facts)))
    return found


def _each(facts: Facts) -> Iterator[_Year]:
    """Yield them one by one."""
    answers = facts.answers
    only = answers.value(("case", "i589", "withholding_only"))
    if facts.day is None or only or answers.value(("case", "proceeding")) == "withholding_only":
        return
    received = answers.value(_RECEIVED)
    day = received.day if isinstance(received, Date) else None
    for person in items(facts, "respondents"):
        entry = last_entry(person)
        when = None if entry is None else dated(entry.lookup("when"))
        if entry is None or when is None or key(person.lookup("i589")) in {"derivative", "none"}:
            continue
        deadline = one_year_deadline(when.earliest)
        spot = (*entry.spot, "when")
        yield _Year(person, spot, when, deadline, _counted(facts, day), day)


def _counted(facts: Facts, received: dt.date | None) -> dt.date | None:
    """Return the day of filing: receipt, or mailing where it is proved (8 CFR 1208.4(a)(2)(ii))."""
    mailed = facts.answers.value(_MAILED)
    proved = facts.answers.value(("case", "i589", "mailing_proof"))
    return mailed.day if received and isinstance(mailed, Date) and proved else received


def _deadline(facts: Facts) -> Iterator[Found]:
    """L101, L105: per respondent with an application of their own; nothing here stops a paper."""
    exception = key(facts.answers.value(("oneyear", "exception")))
    for year in _years(facts):
        exact = year.when.earliest == year.when.latest
        told = {
            "person": year.person.id,
            "deadline": year.deadline.isoformat(),
            "basis": "the day of arrival" if exact else "the earliest day the answer can mean",
        }
        read = f"{year.when.earliest}/{year.filed or ''}/{exception}/{_member(facts)}"
        if (year.when.earliest.month, year.when.earliest.day) == (2, 29):
            yield Found("L105", year.person.id, year.spot, told, read=read)
        how, severity = _stands(facts, year)
        also = (_RECEIVED,) if year.late else ()
        told["how"] = how
        if how:
            yield Found("L101", year.person.id, year.spot, told, also, severity, read)


def _stands(facts: Facts, year: _Year) -> tuple[str, Severity | None]:
    """Return how an application stands to its deadline, empty if there is nothing to say."""
    member = _member(facts)
    if year.filed is None:
        return _days_left(facts, year)
    if not year.late:
        return "", None
    in_time = year.in_class and year.filed <= CLASS_DAY
    if in_time and member == "yes":
        return ("deemed met for a member of the Mendez Rojas class (confirm it on the settlement); "
                "the year ended on"), Severity.INFO  # fmt: skip
    excused = _excused(facts)
    if member not in {"yes", "no"} and year.in_class and (in_time or not excused):
        return f"{_ASK}; if not, urgent: the application was filed after", None
    return ("" if excused else "urgent: the application was filed after"), None


_ASK = "first ask whether this person is in the Mendez Rojas class (oneyear.mendez_rojas)"


def _member(facts: Facts) -> str:
    return key(facts.answers.value(("oneyear", "mendez_rojas")))


def _days_left(facts: Facts, year: _Year) -> tuple[str, Severity | None]:
    """Return how an application that was not filed yet stands."""
    left = (year.deadline - facts.day).days if facts.day else 0
    if facts.answers.value(("case", "i589", "filed")):
        return "when the application was filed is open; it was due by", None
    if left < 0:
        first = f"{_ASK}; " if year.in_class and _member(facts) not in {"yes", "no"} else ""
        return f"{first}urgent: nothing was filed, and the application was due by", None
    urgent = left < SOON
    told = f"{left} days are left; the application is due by"
    return ("urgent: " if urgent else "") + told, None if urgent else Severity.INFO


def unfiled(facts: Facts) -> Iterator[tuple[str, Spot, dt.date]]:
    """Yield each person who has not filed yet, the entry that counts, and the last day."""
    if not facts.answers.value(("case", "i589", "filed")):
        yield from ((y.person.id, y.spot, y.deadline) for y in _years(facts) if y.filed is None)


def _excused(facts: Facts) -> bool:
    """Whether an exception is named and its facts are told."""
    return _exception(facts) and bool(facts.answers.value(("oneyear", "facts")))


def _exception(facts: Facts) -> bool:
    return key(facts.answers.value(("oneyear", "exception"))) not in {"", "none"}


def _mailing(facts: Facts) -> Iterator[Found]:
    """L103: only the day of mailing lies within the year, and nothing proves the mailing."""
    mailed = facts.answers.value(_MAILED)
    for year in _years(facts):
        if year.late and isinstance(mailed, Date) and mailed.day <= year.deadline:
            told = {"person": year.person.id, "mailed": mailed.iso,
                    "deadline": year.deadline.isoformat()}  # fmt: skip
            yield Found("L103", year.person.id, _MAILED, told, (_RECEIVED,))


def _reasonable(facts: Facts) -> Iterator[Found]:
    """L104: late, an exception is named, and nothing in the filing tells of the time after it."""
    late = [y.person.id for y in _years(facts) if y.late and not _deemed(facts, y)]
    if not late:
        return
    documents = facts.answers.catalogue.documents
    court = any(documents[d].audience == "court" for d in facts.chosen if d in documents)
    if court and _exception(facts) and not facts.answers.value(("oneyear", "reasonable")):
        told = {"people": ", ".join(late)}
        spot = ("oneyear", "exception")
        yield Found("L104", "oneyear.reasonable", spot, told, (_RECEIVED,))


def _deemed(facts: Facts, year: _Year) -> bool:
    in_time = year.filed is not None and year.filed <= CLASS_DAY
    return in_time and year.in_class and _member(facts) == "yes"


def _latest_entry(facts: Facts) -> Iterator[Found]:
    """L102: the entry marked last is not the latest."""
    for person in items(facts, "respondents"):
        marked = last_entry(person)
        when = None if marked is None else dated(marked.lookup("when"))
        if marked is None or when is None:
            continue
        for entry in listed(person.lookup("entries")):
            other = dated(entry.lookup("when"))
            if other is not None and other.earliest > when.latest:
                spot, also = (*marked.spot, "when"), ((*entry.spot, "when"),)
                told = {"person": person.id}
                yield Found("L102", person.id, spot, told, also, read=f"{when}/{other}")


RULES: tuple[Rule, ...] = (_deadline, _latest_entry, _mailing, _reasonable)

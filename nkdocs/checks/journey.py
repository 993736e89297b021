"""The way from North Korea to the United States, and what the record says of proof."""

import datetime as dt
from collections.abc import Iterator

from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, Rule, client, dated, items, key, listed
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.places import Country

_DECLARATION = "asylum-declaration"
_EXIT: Spot = ("dprk", "exit_when")
_STAYS: tuple[tuple[Spot, Spot, Spot], ...] = (
    (("china", "lived"), ("china", "entered"), ("china", "left")),
    (("rok", "lived"), ("rok", "contact", "entered"), ("rok", "contact", "left")),
)
_YEAR = 12
_Month = int


def _third_country(facts: Facts) -> Iterator[Found]:
    """L411: DHS asks to send her to a third country, and no part tells of a fear there."""
    if _DECLARATION not in facts.chosen:
        return
    told = {
        _code(c)
        for c in items(facts, "claim", "countries")
        if c.lookup("fear") or c.lookup("no_fear_reason")
    }
    for motion in items(facts, "case", "pending_motions"):
        if key(motion.lookup("kind")) == "aca" and _code(motion) not in told - {""}:
            spot = (*motion.spot, "country") if _code(motion) else motion.spot
            yield Found(
                "L411", facts.answers.path(motion.spot), spot, {"motion": motion.id},
                (("claim", "countries"),), read=_code(motion),
            )  # fmt: skip


def _code(item: Item) -> str:
    country = value_of(item.lookup("country"))
    return country.code if isinstance(country, Country) else ""


def _gaps(facts: Facts) -> Iterator[Found]:
    """L412: months between leaving North Korea and the first arrival that no answer covers."""
    open_ = untold(facts) if _DECLARATION in facts.chosen else []
    if open_:
        told = {"count": len(open_), "first": _written(open_[0]), "last": _written(open_[-1])}
        yield Found("L412", "transit", ("transit",), told, (_EXIT,),
                    read=",".join(map(str, open_)))  # fmt: skip


def untold(facts: Facts) -> list[_Month]:
    """Return the months of the journey that no answer covers, counted from the year 0.

    Every stay counts as long as it can have been. Where a time is open, or the client does not
    remember it, nothing can be said.
    """
    answers = facts.answers
    lead = client(facts)
    if lead is None or not answers.has(("transit",)):
        return []
    entries = [(*e.spot, "when") for e in listed(lead.lookup("entries"))]
    stays = [(first, last) for lived, first, last in _STAYS if answers.value(lived)]
    stays += [
        ((*leg.spot, "from"), (*leg.spot, "to")) for leg in items(facts, "transit")
    ]
    known = {s: dated(answers.value(s)) for s in (_EXIT, *entries, *(s for p in stays for s in p))}
    if not entries or any(when is None for when in known.values()):
        return []
    spans = {spot: (_month(w.earliest), _month(w.latest)) for spot, w in known.items() if w}
    covered = {m for a, b in stays for m in range(spans[a][0], spans[b][1] + 1)}
    left, arrived = spans[_EXIT][1], min(spans[e][0] for e in entries)
    return [m for m in range(left + 1, arrived) if m not in covered]


def first_day(month: _Month) -> dt.date:
    """Return the first day of a month."""
    return dt.date(month // _YEAR, month % _YEAR + 1, 1)


def _month(day: dt.date) -> _Month:
    return day.year * _YEAR + day.month - 1


def _written(month: _Month) -> str:
    return f"{month // _YEAR}-{month % _YEAR + 1:02}"


def _no_efforts(facts: Facts) -> Iterator[Found]:
    """L415: proof that cannot be had, without a word on how it was sought."""
    if _DECLARATION not in facts.chosen:
        return
    for gap in items(facts, "evidence", "unavailable"):
        if not facts.answers.has((*gap.spot, "efforts")):
            yield Found("L415", f"evidence.unavailable.{gap.id}", gap.spot, {"item": gap.id})


def _unexplained(facts: Facts) -> Iterator[Found]:
    """L416: counsel has noted that an earlier statement differs, and the client explains nothing.

    Whether it is explained is counsel's choice; the finding stays in the office.
    """
    for statement in items(facts, "statements") if _DECLARATION in facts.chosen else ():
        explained = facts.answers.has((*statement.spot, "correction"))
        if statement.lookup("contradictions") and not explained:
            spot = (*statement.spot, "contradictions")
            yield Found("L416", f"statements.{statement.id}", spot, {"statement": statement.id})


RULES: tuple[Rule, ...] = (_third_country, _gaps, _no_efforts, _unexplained)

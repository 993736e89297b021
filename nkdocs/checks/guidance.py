"""Guidance on discretion that a letter names as if it were in force.

A letter may name a memorandum for what it was ("factors formerly stated in"); what it relies on
must have been in force, on the day of the letter or, for the decision under review, on that day
(LAW, section 1.1). Names are data: `known_as` in the registry.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from nkdocs._patterns import lazily
from nkdocs.authorities import Authority
from nkdocs.checks.facts import Facts, Found, Rule, dated
from nkdocs.checks.law import PAST
from nkdocs.checks.letters import REVIEW, Sentence, at_hand, flagged

_KIND = (
    r"(?:[Mm]emo(?:randum|randa|s)?|[Gg]uidance|[Gg]uidelines?|[Pp]riorit(?:y|ies)|[Ff]ramework|"
    r"[Ff]actors|[Pp]olicy|[Dd]irective)\b"
)
_THEN = lazily(
    r"\b(?:was|were)\s+(?:then\s+)?(?:still\s+)?in\s+(?:force|effect)\b|"
    r"\bat\s+(?:the|that)\s+time\b|\bthen[- ](?:in|current|applicable|governing)\b|"
    r"\bon\s+(?:that|the)\s+(?:day|date)\b|\bwhen\s+(?:the|it|this)\b|\bhad\b|"
    r"\b(?:applied|governed|directed|instructed|required|provided|called|asked|told|allowed)\b",
    re.IGNORECASE,
)
_QUOTE = frozenset({("sr", "decision", "quote"), ("case", "nta_allegations")})
_TODAY, _DECISION = "today", "decision"


def _guidance(facts: Facts) -> Iterator[Found]:
    """L213, L305: guidance cited as in force that was not, today or on the day of the decision."""
    if not at_hand(facts):
        return
    named = _named(facts)
    refused = dated(facts.answers.value(("sr", "decision", "date")))
    for sentence, told in flagged(facts, lambda s: _wrong(s, named, facts), _QUOTE):
        when, names = told.split("/")
        code = "L213" if when == _TODAY else "L305"
        day = facts.day if when == _TODAY or refused is None else refused.earliest
        wrong = {"where": sentence.where, "names": names, "day": f"{day or 'an open day'}"}
        yield Found(code, sentence.where, sentence.spot, wrong, place=sentence.place)


def _named(facts: Facts) -> Mapping[str, list[Authority]]:
    """Return the rows of guidance by the names it is known by."""
    rows: dict[str, list[Authority]] = {}
    for authority in facts.registry:
        for name in authority.known_as:
            rows.setdefault(name, []).append(authority)
    return rows


@lru_cache(maxsize=64)
def _pattern(name: str) -> re.Pattern[str]:
    """Return what finds guidance by a name: the name and what it is, near each other.

    At the head of a sentence "Short" may be a common word, so what it is follows at once.
    """
    said = rf"(?<!Ms\.\s)(?<!Mr\.\s)(?<!Dr\.\s)(?<!Judge\s)\b{re.escape(name)}\b(?:['’]s)?"
    return re.compile(
        rf"^\W*{said}(?:\s+\w+)?\s+{_KIND}|(?<=\w\s){said}[^.;]{{0,60}}?\b{_KIND}|"
        rf"\b{_KIND}[^.;]{{0,60}}?{said}"
    )


def _wrong(
    sentence: Sentence,
    named: Mapping[str, list[Authority]],
    facts: Facts,
) -> str:
    """Return on which day guidance named in a sentence did not stand, and the ids of its rows."""
    if PAST.search(sentence.text):
        return ""
    for name, rows in named.items():
        if name not in sentence.text or not _pattern(name).search(sentence.text):
            continue
        ids = ", ".join(a.id for a in rows)
        if sentence.document == REVIEW and _not_on_decision(rows, facts):
            return f"{_DECISION}/{ids}"
        then = sentence.document == REVIEW and _THEN.search(sentence.text)
        if not then and not _stands(rows, facts):
            return f"{_TODAY}/{ids}"
    return ""


def _stands(rows: Sequence[Authority], facts: Facts) -> bool:
    """Whether guidance is in force on the day of the papers, or this case confirmed it."""
    return any(facts.registry.confirmed(a.id) or _stood(a, facts.day) for a in rows)


def _stood(authority: Authority, day: dt.date | None) -> bool:
    """Whether the registry's dates say that guidance stood on a day, whatever became of it."""
    dated_row = authority.status == "in_force" or bool(authority.in_force.get("to"))
    known = authority.status != "unverified" and dated_row
    return known and day is not None and authority.covers(day)


def _not_on_decision(rows: Sequence[Authority], facts: Facts) -> bool:
    """Whether guidance surely was not in force on the day of the decision."""
    refused = dated(facts.answers.value(("sr", "decision", "date")))
    if refused is None or refused.earliest != refused.latest:
        return False
    return not any(_stood(a, refused.earliest) for a in rows)


RULES: tuple[Rule, ...] = (_guidance,)

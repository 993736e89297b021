"""Ages in papers, and how many children, brothers and sisters there are, against the answers.

Sums of money have rules of their own (sums.py). What lists count is exact only where a list was
said to be complete; until then fewer than a paper tells are no contradiction.
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.answers.view import Item
from nkdocs.checks.ages import added, fits, lived
from nkdocs.checks.births import birth
from nkdocs.checks.facts import Facts, Found, Rule, client, dated, items, key
from nkdocs.checks.passages import Sentence, inside, of_the_case, origin, quoted, sentences, sworn
from nkdocs.checks.prosedates import Named, times
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Date, Dated
from nkdocs.kinds.numbers import Number

_NUMBER = r"(?P<n>\d{1,3}|[A-Za-z]+(?:[- ][a-z]+)?)"
_THEN = lazily(
    rf"(?<![Ww]hen )(?<![Ss]ince )(?<![Uu]ntil )\bI\s+was\s+(?:(?:then|only|about|already)\s+)*"
    rf"{_NUMBER}\s+years\s+old\b"
)
"""An age of which the story itself says the time."""
_AGED = (
    _THEN,
    lazily(rf"\b[Aa]t\s+the\s+age\s+of\s+(?:about\s+)?{_NUMBER}\b"),
    lazily(rf"\b[Ww]hen\s+I\s+was\s+(?:about\s+)?{_NUMBER}(?:\s+years\s+old)?\b"),
)
_BEFORE = lazily(r"[\s,]*(?:(?:then|when|and)\s+)?")
_AFTER = lazily(r"[\s,]*(?:(?:in|on|during|at)\s+)?(?:the\s+)?")
_NOW = r"\s+is\s+(?:now\s+)?(?:an?\s+)?{}(?:[- ]years?[- ]old\b|(?=[,.;]))"
_CHILDREN = lazily(
    r"\bI\s+have\s+(?P<n>no|[a-z]+|\d+)\s+(?:living\s+)?(?:child|children)\b", re.IGNORECASE
)
_CHILDREN_ASKED, _SIBLINGS_ASKED = ("background", "has_children"), ("background", "has_siblings")
_SIBLINGS = lazily(
    r"\bI\s+(?:have|had)\s+(?P<n>no|[a-z]+|\d+)\s+(?:siblings?|brothers?\s+(?:and|or)\s+sisters?)\b"
    r"|\bI\s+(?:am|was)\s+(?:the|their)\s+(?P<only>only)\s+child\b",
    re.IGNORECASE,
)


class _Kin(Struct, frozen=True):
    """Relatives of one kind: what tells of them in prose, and where the answers list them."""

    name: str
    words: re.Pattern[str]
    asked: Spot
    spots: tuple[Spot, ...]
    complete: bool


def _families(facts: Facts) -> Iterator[_Kin]:
    children = [p.spot for p in items(facts, "respondents")
                if key(p.lookup("relation")) == "child"]  # fmt: skip
    children += [c.spot for c in items(facts, "china", "children")]
    children += _of_family(facts, "child")
    lists: list[Spot] = [("respondents",), ("family",)]
    if facts.answers.value(("china", "lived")):
        lists.append(("china", "children"))
    yield _Kin("the number of children", _CHILDREN, _CHILDREN_ASKED,
               tuple(children), _complete(facts, lists))  # fmt: skip
    yield _Kin("the number of brothers and sisters", _SIBLINGS, _SIBLINGS_ASKED,
               tuple(_of_family(facts, "sibling")), complete=False)  # fmt: skip


def _of_family(facts: Facts, kin: str) -> list[Spot]:
    family = items(facts, "family")
    return [p.spot for p in family if key(p.lookup("kin")) == kin]


def _complete(facts: Facts, lists: Sequence[Spot]) -> bool:
    """Whether each list was said to be complete, or to be empty."""
    done = facts.answers.case.data.get("_done")
    known = done if isinstance(done, list) else []
    return all(
        ".".join(map(str, spot)) in known
        or (facts.answers.has(spot) and not items(facts, *spot))
        for spot in lists
    )


def _none_and_some(facts: Facts) -> Iterator[Found]:
    """L502: the answers say that there are none, and list some: one of the two is wrong."""
    asked = (_CHILDREN_ASKED, _SIBLINGS_ASKED)
    none = {spot for spot in asked if str(facts.answers.value(spot)) == "no"}
    for kin in _families(facts) if none else ():
        if kin.spots and kin.asked in none:
            first, second = facts.answers.path(kin.asked), facts.answers.path(kin.spots[0])
            told = {"first": first, "second": second, "what": kin.name}
            yield Found("L502", f"{first}/{second}", kin.asked, told, kin.spots,
                        read=f"no/{len(kin.spots)}")  # fmt: skip


def _told_otherwise(facts: Facts) -> Iterator[Found]:
    """L502: sworn text counts children, or brothers and sisters, otherwise than the answers."""
    documents = of_the_case(facts)
    families = [*_families(facts)] if documents else []
    for document in documents:
        for sentence in sentences(document) if sworn(document) else ():
            for kin in families:
                for found in kin.words.finditer(sentence.text):
                    count = _count(found)
                    fewer = count is not None and count < len(kin.spots)
                    more = count is not None and count > len(kin.spots) and kin.complete
                    if (fewer or more) and not inside(found.start(), quoted(sentence.text)):
                        yield _prose(facts, sentence, (*kin.spots, kin.asked)[0], kin.name,
                                     f"{count}/{len(kin.spots)}")  # fmt: skip


def _count(found: re.Match[str]) -> int | None:
    named = found.groupdict()
    if named.get("only") or (named["n"] or "").lower() == "no":
        return 0
    return _whole(named["n"] or "")


def _whole(words: str) -> int | None:
    from nkdocs.checks.amounts import in_english  # few letters say how many or how old

    numbers = [n for n in in_english(words) if isinstance(n, int)]
    return numbers[0] if len(numbers) == 1 else None


def _ages(facts: Facts) -> Iterator[Found]:
    """L502: an age in a paper is not what the birthday makes it at the time that is told there.

    In sworn text that is the time right beside it, or that of the event which is told; in a letter
    the day of the papers. Two years to either side are allowed, counted as the client counts.
    """
    lead = client(facts)
    documents = [] if lead is None else of_the_case(facts)
    born = birth(lead) if lead is not None and documents else None
    for document in documents if born else ():
        for sentence in sentences(document):
            for found, when, event in _aged(facts, sentence, lead):
                age = _whole(found["n"])
                if born is None or age is None or inside(found.start(), quoted(sentence.text)):
                    continue
                ways = added(lead, event) if sworn(document) else (0, 0)
                if lead is not None and not fits(age, lived(born, when), ways):
                    yield _prose(facts, sentence, (*lead.spot, "born"), "an age",
                                 f"{age}/{born}/{when}")  # fmt: skip


def _aged(
    facts: Facts, sentence: Sentence, lead: Item | None
) -> Iterator[tuple[re.Match[str], Dated, Item | None]]:
    """Yield each age of the client in a sentence, with its time and the event it is of."""
    if not sworn(sentence.document):
        today, name = facts.day, None if lead is None else lead.lookup("name")
        called = re.escape(str(getattr(name, "surname", "") or ""))
        if today and called:
            now = re.compile(rf"\bM(?:r|s|rs|x)\.\s+{called}" + _NOW.format(_NUMBER), re.IGNORECASE)
            yield from ((found, Date(today), None) for found in now.finditer(sentence.text))
        return
    named = list(times(sentence.text))
    for found in (f for pattern in _AGED for f in pattern.finditer(sentence.text)):
        event = _event(facts, sentence)
        when: Dated | None = next((t.when for t in named if _beside(sentence.text, found, t)), None)
        if not named and event is not None and found.re is _THEN:
            when = dated(event.lookup("when"))
        if when is not None:
            yield found, when, event


def _beside(text: str, age: re.Match[str], time: Named) -> bool:
    """Whether a time stands right before or right after an age."""
    before, after = text[time.end : age.start()], text[age.end() : time.start]
    is_before = time.end <= age.start() and _BEFORE.fullmatch(before) is not None
    return is_before or (age.end() <= time.start and _AFTER.fullmatch(after) is not None)


def _event(facts: Facts, sentence: Sentence) -> Item | None:
    """Return the event whose own answer a sentence is."""
    spot = origin(facts, sentence).spot
    events = items(facts, "events")
    return next((e for e in events if spot[: len(e.spot)] == e.spot), None)


def _told_in_event(facts: Facts) -> Iterator[Found]:
    """L502: the story of an event tells another age than the answer that asks for it."""
    for event in items(facts, "events"):
        age = event.lookup("age")
        if not isinstance(age, Number):
            continue
        text = str(event.lookup("told") or "")
        ages = [n for f in _THEN.finditer(text) if (n := _whole(f["n"])) is not None]
        if len(ages) == 1 and ages[0] != int(age):
            spot, also = (*event.spot, "told"), (*event.spot, "age")
            first, second = facts.answers.path(spot), facts.answers.path(also)
            told = {"first": first, "second": second, "what": "an age"}
            yield Found("L502", f"{first}/{second}", spot, told, (also,), Severity.WARN,
                        f"{ages[0]}/{age}")  # fmt: skip


def _prose(facts: Facts, sentence: Sentence, spot: Spot, what: str, read: str) -> Found:
    said = origin(facts, sentence)
    path = facts.answers.path(spot)
    told = {"first": said.where, "second": path, "what": what}
    return Found("L502", f"{said.where}/{path}", said.spot or spot, told, (spot,), Severity.WARN,
                 read, said.place)  # fmt: skip


RULES: tuple[Rule, ...] = (_none_and_some, _told_otherwise, _ages, _told_in_event)

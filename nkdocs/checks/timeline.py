"""Dates in papers and exhibits against the answers they must agree with.

A date in prose is compared only where it is tied to the same thing: by the name of its paragraph,
by words of the list that stand right before it, or by the exhibit that proves it.
"""

import re
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.checks.births import birth
from nkdocs.checks.facts import Facts, Found, Rule, client, dated, items
from nkdocs.checks.letters import sentences as split
from nkdocs.checks.passages import (
    Origin,
    Sentence,
    inside,
    of_the_case,
    origin,
    placed,
    quoted,
    sentences,
)
from nkdocs.checks.prosedates import Named, agree, times
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.dates import Dated
from nkdocs.kinds.lists import ExhibitRefs

_BEFORE_DATE = (
    r"[\s,(]*(?:(?:in|on|since|from|until|during|dated|of|for)\s+)?(?:or\s+)?(?:the\s+)?$"
)
_REPORTED = lazily(
    r"\b(?:says?|said|states?|stated|wr(?:ote|ites?|itten)|reads?|record(?:s|ed)|shows?|claims?|"
    r"alleges?|told|wrong(?:ly)?|mistake|instead|not)\b",
    re.IGNORECASE,
)
_PROVED: tuple[tuple[Spot, Spot], ...] = (
    (("case", "i589", "filed_on"), ("case", "i589", "exhibit")),
    (("sr", "decision", "date"), ("sr", "decision", "exhibit")),
    (("sr", "original_request", "date"), ("sr", "original_request", "exhibit")),
)


def _named_paragraphs(facts: Facts) -> Iterator[Found]:
    """L501: the paragraph of an event, in an edited paper, begins with another date."""
    events = {e.id: e for e in items(facts, "events")}
    for document in facts.documents or ():
        at = {number: n for n, number in enumerate(document.numbers, 1) if number}
        for name, number in document.names.items():
            when = dated(events[name].lookup("when")) if name in events else None
            if when is None or number not in at:
                continue
            first = next(iter(split(document.paragraphs[at[number] - 1])), "")
            told = list(times(first))
            if len(told) == 1 and not agree(told[0].when, when):
                spot = (*events[name].spot, "when")
                yield _prose(facts, placed(document, at[number]), spot, told[0], when)


def _tied_by_words(facts: Facts) -> Iterator[Found]:
    """L501: words that name a dated thing stand right before another date."""
    for document in of_the_case(facts):
        for sentence in sentences(document):
            yield from _in_sentence(facts, sentence)


def _in_sentence(facts: Facts, sentence: Sentence) -> Iterator[Found]:
    text = sentence.text
    spans = quoted(text)
    for time in times(text):
        before = text[: time.start]
        if inside(time.start, spans) or _REPORTED.search(before):
            continue
        for fact in facts.lists.dated:
            if not re.search(rf"(?:{fact.words}){_BEFORE_DATE}", before):
                continue
            spot = spot_of(facts, fact.path)
            when = dated(facts.answers.value(spot)) if spot else None
            said = origin(facts, sentence)
            other = when and _by_moon(facts, spot, time.when)
            if when and not agree(time.when, when) and not other and said.spot != spot:
                here = placed(sentence.document, sentence.at)
                yield _prose(facts, here, spot, time, when, said.spot)


def _by_moon(facts: Facts, spot: Spot, told: Dated) -> bool:
    """Whether a time is a birthday that the answers have by the lunar calendar."""
    lead = client(facts)
    born = birth(lead) if lead is not None and spot == (*lead.spot, "born") else None
    return born is not None and born.earliest <= told.latest and told.earliest <= born.latest


def spot_of(facts: Facts, path: str) -> Spot:
    """Return where the answer of a listed fact stands; `client` is the lead respondent."""
    head, *rest = path.split(".")
    if head != "client":
        return (head, *rest)
    lead = client(facts)
    return () if lead is None else (*lead.spot, *rest)


def _prose(
    facts: Facts, here: Origin, spot: Spot, told: Named, when: Dated, said: Spot = ()
) -> Found:
    first = facts.answers.path(said) if said else here.where
    second = facts.answers.path(spot)
    return Found(
        "L501", f"{first}/{second}", said or spot,
        {"first": first, "second": second, "why": "the dates differ"},
        (spot,) if said else (), Severity.WARN, f"{told.when}/{when}",
        None if said else here.place,
    )  # fmt: skip


def _exhibits(facts: Facts) -> Iterator[Found]:
    """L501: an answer's day is none of those that its exhibit prints."""
    texts = {e.id: f"{e.text} {e.others}" for e in facts.exhibits or ()}
    for spot, proof in _PROVED if texts else ():
        when, refs = dated(facts.answers.value(spot)), facts.answers.value(proof)
        if when is None or not isinstance(refs, ExhibitRefs):
            continue
        for name in refs.ids:
            printed = [t.when for t in times(texts.get(name, "")) if t.when.exact]
            if printed and not any(agree(p, when) for p in printed):
                path = facts.answers.path(spot)
                told = {"first": path, "second": f"exhibit {name}",
                        "why": "it does not print that day"}  # fmt: skip
                yield Found("L501", f"{path}/{name}", spot, told, (proof,), Severity.WARN,
                            f"{when}")  # fmt: skip


def _history(facts: Facts) -> Iterator[Found]:
    """L501: a step of the history and an answer are proved by one exhibit and differ.

    Only two exact days are more than a warning.
    """
    proved = [(spot, when, _one(facts.answers.value(proof))) for spot, proof in _PROVED
              if (when := dated(facts.answers.value(spot)))]  # fmt: skip
    for step in items(facts, "case", "history") if any(one for *_, one in proved) else ():
        told, own = dated(step.lookup("when")), _one(step.lookup("exhibit"))
        for spot, when, one in proved:
            if told and own and own == one and not agree(told, when):
                exact = all(t.earliest == t.latest for t in (told, when))
                here = (*step.spot, "when")
                names = {"first": facts.answers.path(here), "second": facts.answers.path(spot)}
                yield Found(
                    "L501", "/".join(names.values()), here,
                    {**names, "why": "one exhibit proves both"}, (spot,),
                    None if exact else Severity.WARN, f"{told}/{when}",
                )  # fmt: skip


def _one(refs: object) -> str:
    """Return the one exhibit that is named; empty if several are, or none."""
    return refs.ids[0] if isinstance(refs, ExhibitRefs) and len(refs.ids) == 1 else ""


RULES: tuple[Rule, ...] = (_named_paragraphs, _tied_by_words, _exhibits, _history)

"""This case beside others: the same person in two matters, the same words of two clients.

What stands in another client's case is never shown; a finding names its path alone.
"""

import hashlib
from collections.abc import Iterator, Sequence

from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, OtherCase, Rule, client, items
from nkdocs.checks.likeness import Words, alike, runs, words
from nkdocs.checks.printed import prose
from nkdocs.checks.strangers import digits
from nkdocs.interview.engine import Spot

ALIKE = 0.85
_SHORT = 15  # words: a paragraph that is shorter may be said by anybody
Paragraphs = list[tuple[Spot, Words]]


def _two_matters(facts: Facts) -> Iterator[Found]:
    """L002: an A-number of this case stands in another; one client in two matters is normal."""
    for other in facts.others:
        for person in items(facts, "respondents"):
            spot = (*person.spot, "a_number")
            if _numbers(facts, [person]) & other.numbers:
                told = {"person": person.id, "other": other.name}
                yield Found("L002", f"{person.id} {other.name}", spot, told)


def _same_words(facts: Facts) -> Iterator[Found]:
    """L421: paragraphs of two clients that are nearly one; one line for each other case.

    Relatives may have lived through the same: of them the pair is acknowledged, once.
    """
    own = [(spot, said) for spot, text in prose(facts.answers) for part in text.split("\n\n")
           if len(said := words(part)) >= _SHORT] if facts.others else []  # fmt: skip
    known = _by_run(own)
    for other in facts.others:
        if _one_person(facts, other):
            continue
        spots = _found_in(other, own, known)
        if not spots:
            continue
        first, *rest = spots
        related = _relatives(facts, other)
        paths = [facts.answers.path(s) for s in spots]
        told = {"other": other.name, "count": len(spots), "paths": ", ".join(paths),
                "who": "relatives" if related else "another client"}  # fmt: skip
        read = "relatives" if related else _digest(own, spots)
        yield Found("L421", other.name, first, told, tuple(rest), read=read)


def _by_run(own: Paragraphs) -> dict[Words, set[int]]:
    """Return in which paragraphs each run of words stands, for a quick first look."""
    known: dict[Words, set[int]] = {}
    for at, (_, said) in enumerate(own):
        for run in runs(said):
            known.setdefault(run, set()).add(at)
    return known


def _found_in(other: OtherCase, own: Paragraphs, known: dict[Words, set[int]]) -> list[Spot]:
    """Return the answers of which a paragraph stands in another case, in their order."""
    found: set[int] = set()
    for text in other.prose:
        said = words(text)
        near = {at for run in runs(said) for at in known.get(run, ())} - found
        found |= {at for at in near if alike(own[at][1], said, ALIKE)}
    return list(dict.fromkeys(own[at][0] for at in sorted(found)))


def _one_person(facts: Facts, other: OtherCase) -> bool:
    """Whether the lead of this case is in the other: it is her own story then."""
    lead = client(facts)
    return lead is not None and bool(_numbers(facts, [lead]) & other.numbers)


def _relatives(facts: Facts, other: OtherCase) -> bool:
    """Whether somebody of one case is listed in the other, as a respondent or a relative."""
    own, family = (_numbers(facts, items(facts, name))
                   for name in ("respondents", "family"))  # fmt: skip
    return bool(own & (other.numbers | other.family) or family & other.numbers)


def _numbers(facts: Facts, people: Sequence[Item]) -> set[str]:
    """Return the digits of people's A-numbers."""
    spots = [(*p.spot, "a_number") for p in people]
    return {digits(str(facts.answers.data(s))) for s in spots if facts.answers.has(s)}


def _digest(own: Paragraphs, spots: list[Spot]) -> str:
    told = "\x1f".join(" ".join(said) for spot, said in own if spot in spots)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


RULES: tuple[Rule, ...] = (_two_matters, _same_words)

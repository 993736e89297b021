"""What is told of a time at which it cannot have been: a law before it was made, a dead ruler.

What is said is looked at, not the name: "they still had his portrait in 2015" is true. The list
(templates/shared/wordlists.yaml) holds words that tell of an act, and words that make it true.
"""

import datetime as dt
import re
from collections.abc import Iterator

from nkdocs.checks.facts import Facts, Found, Rule, dated
from nkdocs.checks.letters import sentences as split
from nkdocs.checks.printed import printed
from nkdocs.checks.prosedates import times
from nkdocs.checks.wordlists import Era
from nkdocs.interview.engine import Spot

_DECLARATION = "asylum-declaration"


def _anachronisms(facts: Facts) -> Iterator[Found]:
    """L419: a sentence whose own date, or else its event's, lies before or after what it names."""
    if _DECLARATION not in facts.chosen or not facts.lists.eras:
        return
    for spot, text in printed(facts, "court"):
        small, at = text.lower(), _event_date(spot)
        eras = [era for era in facts.lists.eras if era.may_be_in(small)]
        for number, sentence in enumerate(split(text) if eras else (), 1):
            for era in eras:
                if found := _wrong(facts, era, sentence, at):
                    path = facts.answers.path(spot)
                    told = {"where": f"{path} sentence {number}", "what": era.what, "when": found}
                    yield Found("L419", f"{path} {era.what}", spot, told, (at,) if at else ())


def _event_date(spot: Spot) -> Spot:
    """Return where the event is dated whose story stands at *spot*."""
    return (*spot[:2], "when") if spot[0] == "events" else ()


def _wrong(facts: Facts, era: Era, sentence: str, at: Spot) -> str:
    """Return what is wrong with the time of a sentence that names *era*, empty if nothing is.

    The event it belongs to, if any, is dated at *at*.
    """
    if not era.named.search(sentence):
        return ""
    if era.unless and re.search(era.unless, sentence, re.IGNORECASE):
        return ""
    when = dated(facts.answers.value(at)) if at else None
    own = [t.when for t in times(sentence)]
    first = min((t.earliest for t in own), default=when.earliest if when else None)
    last = max((t.latest for t in own), default=when.latest if when else None)
    begins = era.first or _since(facts, era.authority)
    if begins and last and last < begins:
        return f"which began {begins.isoformat()}"
    if era.last and first and first > era.last:
        return f"which ended {era.last.isoformat()}"
    return ""


def _since(facts: Facts, authority: str) -> dt.date | None:
    """Return the first day of an authority of the registry, None if it is not known."""
    known = facts.registry.find(authority)
    return known.since if known else None


RULES: tuple[Rule, ...] = (_anachronisms,)

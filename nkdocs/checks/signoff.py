"""Whether papers that somebody else drafted were looked through by who answers for them."""

from collections.abc import Iterator

from nkdocs.answers.view import Answers
from nkdocs.checks.facts import Facts, Found, Rule, key

_DRAFTERS = frozenset({"law_student", "law_graduate", "volunteer"})
_SHORTEST = 8  # characters of a code that tell one sheet from another


def supervised(answers: Answers) -> bool:
    """Whether the papers are drafted by someone who works under a supervisor."""
    role = key(answers.value(("counsel", "role")))
    partial = key(answers.value(("counsel", "accreditation"))) == "partial"
    return role in _DRAFTERS or partial


def _reviewed(facts: Facts) -> Iterator[Found]:
    """L011: no review is recorded, or the answers changed since.

    What was reviewed is known by the code on the sheet that was signed (review.sha256).
    """
    if not supervised(facts.answers):
        return
    by, on, code = (facts.answers.value(("review", n)) for n in ("by", "on", "sha256"))
    told = str(code).strip().casefold() if code else ""
    if not by or not on:
        what, spot = "no review by the supervisor is recorded", "by" if not by else "on"
    elif str(by).casefold() == str(facts.answers.value(("counsel", "name"))).casefold():
        what, spot = "the review is recorded in the drafter's own name", "by"
    elif len(told) < _SHORTEST:
        what, spot = "the review does not name the code of the sheet that was signed", "sha256"
    elif not facts.standing.startswith(told):
        what, spot = "answers or edited papers have changed since the recorded review", "sha256"
    else:
        return
    yield Found("L011", "review", ("review", spot), {"what": what}, read=f"{what}/{facts.standing}")


RULES: tuple[Rule, ...] = (_reviewed,)

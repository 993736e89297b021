"""Where a question can stand: not at names that nkdocs has itself, nor within another answer."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from nkdocs.interview.spec import ITEM, OWN_KEYS, Pattern, Question
from nkdocs.interview.spec import path as written
from nkdocs.interview.vocabulary import FUNCTIONS, OF_INTERNAL

#: What every template, or its grammar, means by a name.
_MEANT = frozenset({"client", "loop", *FUNCTIONS, *OF_INTERNAL})
_GRAMMAR = frozenset("and or not in is if else true false none".split())
_OF_ITEMS = frozenset({"id", "index"})


def reserved(steps: Pattern) -> str:
    """Return why no question has the name *steps*, empty if one can.

    The questions about exhibits and filings are nkdocs's, and are not asked here.
    """
    top = steps[0]
    if below := next((step for step in steps if step.startswith("_")), ""):
        return f"names that begin with _, as {below} does, are nkdocs's own"
    if top in OWN_KEYS:
        return f"{top} is a part of every answers file"
    if top in _MEANT | _GRAMMAR:
        return f"{top} has a meaning of its own in templates"
    if own := next((s for above, s in pairwise(steps) if above == ITEM and s in _OF_ITEMS), ""):
        return f"every item of a list has {own} of its own"
    return "owed has a meaning of its own behind every answer" if "owed" in steps[1:] else ""


def within(steps: Pattern, questions: Mapping[Pattern, Question]) -> Question | None:
    """Return the question in whose answer the path *steps* stands, None if in none.

    The items of a list may have answers: `events[].when` stands in no other answer.
    """
    for end in range(1, len(steps)):
        question = questions.get(steps[:end])
        if question is not None and not (question.is_list and steps[end] == ITEM):
            return question
    return None


def unlisted(steps: Pattern, questions: Mapping[Pattern, Question]) -> Pattern:
    """Return the list whose items *steps* speaks of, and which no question asks; else nothing."""
    lists = (steps[:end] for end, step in enumerate(steps) if step == ITEM)
    return next((path for path in lists if path not in questions), ())


def misplaced(
    questions: Mapping[Pattern, Question],
) -> Iterator[tuple[Question, Question | None, str]]:
    """Yield each question where none can stand, the one that is in its way, and why."""
    for steps, question in questions.items():
        if list_ := unlisted(steps, questions):
            yield question, None, f"no list {written(list_)} is asked"
        elif other := within(steps, questions):
            what = "is a list, and this names none of its items" if other.is_list else (
                "is one answer, and this would stand in it")  # fmt: skip
            yield question, other, f"{other.path} {what}"

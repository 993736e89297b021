"""Boxes of a government form that no answer fills.

Which answers fill which box is data of the document that answers the form (interview.yaml).
"""

from collections.abc import Iterator, Sequence

from nkdocs.checks.facts import Facts, Found, Rule
from nkdocs.interview.engine import Spot
from nkdocs.interview.spec import ITEM, Boxes, Pattern

_SHOWN = 60  # boxes that one finding names; a form that is hardly begun has more


def _open_boxes(facts: Facts) -> Iterator[Found]:
    """L426: a box that no answer fills, one finding a part of the form.

    Matter of C-A-R-R-, 29 I&N Dec. 13 (BIA 2025): an application with unanswered questions need
    not be considered. An honest "does not know" is an answer; what is not asked fills no box.
    """
    for name in sorted(facts.chosen):
        document = facts.answers.catalogue.documents.get(name)
        boxes = document.boxes if document else ()
        for part in dict.fromkeys(b.part for b in boxes):
            same = [b for b in boxes if b.part == part]
            found = [*_without(facts, same), *(o for b in same for o in _open(facts, b))]
            if found:
                yield _told(facts, name, part, found)


def _told(facts: Facts, name: str, part: str, found: Sequence[tuple[str, Spot]]) -> Found:
    named = [f"{box} ({facts.answers.path(spot)})" for box, spot in found]
    more = len(named) - _SHOWN
    listed = ", ".join(named[:_SHOWN]) + (f", and {more} more" if more > 0 else "")
    told = {"part": part, "count": _count(len(found)), "boxes": listed}
    return Found("L426", f"{name} {part}", found[0][1], told, read="; ".join(named))


def _count(number: int) -> str:
    return f"{number} box is" if number == 1 else f"{number} boxes are"


def _without(facts: Facts, boxes: Sequence[Boxes]) -> Iterator[tuple[str, Spot]]:
    """Yield each box that needs a person, or another item, whom no list holds."""
    for box in dict.fromkeys(b.needs for b in boxes if b.needs):
        same = [b for b in boxes if b.needs == box]
        needed = [b for b in same if b.needed is None or facts.answers.holds(b.needed, ())]
        if len(needed) == len(same) and not any(True for b in same for _ in _items(facts, b)):
            yield box, same[-1].of


def _items(facts: Facts, boxes: Boxes) -> Iterator[Spot]:
    """Yield where the items stand of which *boxes* speak; boxes of the case stand at its top."""
    if not boxes.of:
        yield ()
        return
    for spot in _places(facts, boxes.of):
        question = facts.answers.question(spot)
        counts = question is None or facts.answers.counts(question, spot)
        for number in range(len(facts.answers.items(spot)) if counts else 0):
            item = (*spot, number)
            if boxes.where is None or facts.answers.holds(boxes.where, item):
                yield item


def _open(facts: Facts, boxes: Boxes) -> Iterator[tuple[str, Spot]]:
    """Yield each box that is open, with the place of an answer that would fill it."""
    skip = len(boxes.of) + 1 if boxes.of else 0
    for item in _items(facts, boxes):
        for box, paths in boxes.fills.items():
            spots = [s for p in paths for s in _places(facts, p[skip:], item)]
            counting = [s for s in spots if _counts(facts, s)]
            empty = [s for s in counting if not facts.answers.has(s)]
            if box in boxes.enough:
                empty = empty[:1] if len(empty) == len(counting) else []
            yield from ((box, spot) for spot in empty)


def _counts(facts: Facts, spot: Spot) -> bool:
    question = facts.answers.question(spot)
    return question is not None and facts.answers.counts(question, spot)


def _places(facts: Facts, steps: Pattern, start: Spot = ()) -> Iterator[Spot]:
    """Yield the places of the answers at *steps* below *start*: one for each item of a list."""
    found = [start]
    for step in steps:
        if step != ITEM:
            found = [(*spot, step) for spot in found]
        else:
            found = [(*s, n) for s in found for n in range(len(facts.answers.items(s)))]
    yield from found


RULES: tuple[Rule, ...] = (_open_boxes,)

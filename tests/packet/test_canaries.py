"""What an audience may not see is poisoned, and no byte of a paper for it may show the poison.

`template check` proves it from the templates' tags; this proves it of the papers that come out.
"""

import copy
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from msgspec.structs import replace

from nkdocs._conditions import Condition
from nkdocs.answers.sight import OUTSIDE
from nkdocs.interview.engine import Spot
from nkdocs.interview.spec import ITEM, Pattern, Question
from nkdocs.kinds.kind import KindError
from nkdocs.kinds.registry import parse_answer
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, make, papers
from tests.packet import shipped

CANARY = "Qxz{:04}canary"
MARK = b"canary"


@pytest.fixture(scope="module", params=shipped.CASES)
def desk(request: pytest.FixtureRequest, laid: Callable[[str], Desk]) -> Desk:
    """Return the desk of each case in turn."""
    return laid(request.param)


def places(desk: Desk, steps: Pattern) -> list[Spot]:
    """Return where the answers to a question stand: one place for every item of its lists."""
    spots: list[Spot] = [()]
    for step in steps:
        spots = (
            [(*s, n) for s in spots for n in range(len(desk.answers().items(s)))]
            if step == ITEM
            else [(*s, step) for s in spots]
        )
    return spots


def hidden(desk: Desk, question: Question, spot: Spot, audience: str) -> bool:
    """Whether *audience* may not see the answer at *spot*: by its question, or by its list's."""
    if audience not in question.audience:
        return True
    answers = desk.answers()
    return any(
        rule is not None and not answers.holds(rule, spot[: at + 1])
        for at, step in enumerate(spot)
        if isinstance(step, int)
        for rule in [_rule(desk, spot[:at])]
    )


def _rule(desk: Desk, spot: Spot) -> Condition | None:
    question = desk.answers().question(spot)
    return question.disclose_when if question else None


def poisoned(desk: Desk, audience: str) -> tuple[Desk, int]:
    """Return the case with a canary in every text that *audience* may not see, and their number."""
    data: Any = copy.deepcopy(desk.file.data)
    count = 0
    for steps, question in desk.catalogue.questions.items():
        canary = CANARY.format(count)
        if question.is_list or not _takes(question, canary):
            continue
        for spot in places(desk, steps):
            if hidden(desk, question, spot, audience) and _put(data, spot, canary):
                count += 1
                canary = CANARY.format(count)
    return replace(desk, file=replace(desk.file, data=data)), count


def _takes(question: Question, text: str) -> bool:
    try:
        return text in str(parse_answer(question.kind, text, question.options))
    except KindError:
        return False


def _put(data: Any, spot: Spot, text: str) -> bool:  # noqa: ANN401 - YAML
    """Put *text* at *spot*, in groups that are made for it; whether it could be put there."""
    here = data
    for step in spot[:-1]:
        here = here[step] if isinstance(step, int) else here.setdefault(step, {})
        if not isinstance(here, (dict, list)):
            return False
    here[spot[-1]] = text
    return True


def singing(desk: Desk, audience: str, of: str) -> Iterator[str]:
    """Yield the parts of papers for *of* that show what *audience* may not see."""
    case, count = poisoned(desk, audience)
    assert count > 20
    for document, file in papers(case, case.documents()):
        if file.audience == of:
            made = make(case, document, file, Circumstances())
            for docx in (made.docx, made.stored):
                with zipfile.ZipFile(BytesIO(docx)) as parts:
                    names = (n for n in parts.namelist() if MARK in parts.read(n))
                    yield from (f"{file.file}: {name}" for name in names)


@pytest.mark.parametrize("audience", sorted(OUTSIDE))
def test_no_paper_shows_what_its_reader_may_not_see(desk: Desk, audience: str) -> None:
    """This test ensures that no answer reaches a paper that leaves the office for another."""
    shown = list(singing(desk, audience, audience))

    assert shown == []


def test_canaries_sing_where_they_may(desk: Desk) -> None:
    """This test ensures that the poison would be seen: papers for the court print much of it."""
    shown = list(singing(desk, "opla", "court"))

    assert shown

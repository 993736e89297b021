"""A thousand ways through the shipped interviews: the engine asks what it must, and ends.

A path begins with some questions answered, so that a thousand of them fit into a few seconds; the
long run takes ten thousand, and begins more of them with nothing.
"""

import random
import zlib
from dataclasses import dataclass, field

import pytest

from nkdocs._conditions import Condition
from nkdocs.interview.engine import Plan, Spot, Standing, Step, plan
from nkdocs.interview.spec import Document
from tests.documents.letters import catalogue

ITEMS = 2  # of each list


@dataclass
class Case:
    """A case that is being told: which answers there are, not what they say.

    Conditions hold or fail by the seed and by `world`, which stands for the answers they read:
    another world is an earlier answer that was changed.
    """

    seed: int
    world: int = 0
    answered: set[Spot] = field(default_factory=set)
    lists: dict[Spot, int] = field(default_factory=dict)
    closed: set[Spot] = field(default_factory=set)
    growth: float = 0.05  # how often a list gets an item

    def has(self, spot: Spot) -> bool:
        """Whether there is an answer; an empty list is one."""
        return spot in self.answered

    def items(self, spot: Spot) -> list[str]:
        """Return the items of a list."""
        return [f"i{n}" for n in range(self.lists.get(spot, 0))]

    def done(self, spot: Spot) -> bool:
        """Whether a list is complete."""
        return spot in self.closed

    def holds(self, condition: Condition, spot: Spot) -> bool:
        """Three conditions in four hold."""
        told = f"{self.seed}/{self.world}/{condition.text}/{spot}"
        return zlib.crc32(told.encode()) % 4 > 0

    def hangs(self, condition: Condition, spot: Spot) -> bool:
        """A condition holds or fails."""
        del condition, spot
        return False

    def answer(self, step: Step, chance: random.Random) -> None:
        """Answer *step*: a list gets an item, is closed, or has none."""
        self.answered.add(step.spot)
        if not step.question.is_list:
            return
        count = self.lists.get(step.spot, 0)
        if count < ITEMS and chance.random() < self.growth:
            self.lists[step.spot] = count + 1
        elif count:
            self.closed.add(step.spot)


@dataclass
class Path:
    """One way through an interview."""

    seed: int
    from_nothing: bool = False
    asked: int = 0

    def __post_init__(self) -> None:
        """Choose the documents, and what is answered already."""
        self.chance = random.Random(self.seed)  # noqa: S311 - no secret
        known = list(catalogue().documents.values())
        self.documents: list[Document] = self.chance.sample(known, 1 if self.seed % 10 else 2)
        self.case = Case(self.seed, growth=0.4 if self.from_nothing else 0.05)
        share = 0.0 if self.from_nothing else self.chance.uniform(0.98, 1)
        for step in self.plan().steps:
            if self.chance.random() < share:
                self.case.answer(step, self.chance)

    def plan(self) -> Plan:
        """Return the plan as the case stands."""
        return plan(catalogue(), self.documents, self.case)

    def walk(self) -> None:
        """Answer or leave open until nothing is asked, going back and changing answers on the way.

        Every step of it is looked at.
        """
        here: Spot | None = None
        left: set[Spot] = set()
        while (step := self._next(here, left)) is not None:
            self.asked += 1
            assert self.asked < 5000, "it does not end"
            move = self.chance.random()
            if move < 0.03:
                self._change_and_return()
            if move < 0.15:
                left.add(step.spot)
            else:
                self.case.answer(step, self.chance)
            here = step.spot

    def _next(self, here: Spot | None, left: set[Spot]) -> Step | None:
        now = self.plan()
        step = now.next(here, frozenset(left))
        if step is None:
            assert all(s.spot in left for s in now.open)
            return None
        assert step.standing is Standing.OPEN
        assert step.spot not in left
        self._back_and_forward(now, step)
        return step

    def _back_and_forward(self, now: Plan, step: Step) -> None:
        """Going back one question and forward again leads to the same question."""
        asked = [s for s in now.steps if s.standing is not Standing.IDLE]
        before = now.before(step.spot)
        at = asked.index(step)
        assert before == (asked[at - 1] if at else None)
        assert len({s.spot for s in now.steps}) == len(now.steps)

    def _change_and_return(self) -> None:
        """Another answer makes others idle and keeps them; the first answer brings them back."""
        before, kept = self.plan(), set(self.case.answered)
        self.case.world = 1
        other = self.plan()
        assert self.case.answered == kept
        assert all(s.standing is not Standing.USED or s.spot in kept for s in other.steps)
        self.case.world = 0
        assert self.plan() == before


@pytest.mark.parametrize("hundred", range(10))
def test_engine_asks_what_it_must_and_ends(hundred: int) -> None:
    """Never what is idle, answered or left open; back and forward agree; idle answers return."""
    paths = [Path(100 * hundred + n) for n in range(100)]
    for path in paths:
        path.walk()

    assert sum(p.asked for p in paths) > 100


@pytest.mark.long
@pytest.mark.parametrize("thousand", range(10))
def test_engine_asks_what_it_must_and_ends_ten_thousand_times(thousand: int) -> None:
    """As above, one path in twenty from nothing."""
    for number in range(1000):
        Path(10_000 + 1000 * thousand + number, from_nothing=number % 20 == 0).walk()

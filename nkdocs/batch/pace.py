"""How far a run is, and how long it will still take, told while tasks are under way.

Letters come in shares: with PDFs of a hundred, nearly a minute each. A share that is being worked
on counts by the time it has taken, measured by that of the shares before it.
"""

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from typing import Any

_NEARLY = 0.95  # of a share, until it is there


class Pace:
    """Watches the shares of a run."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Watch a run of *total* cases, which begins now."""
        self._total, self._clock = total, clock
        self._began = clock()
        self._since: dict[Future[Any], float] = {}
        self._seconds, self._cases = 0.0, 0  # of the shares that are done

    def look(self, shares: Iterable[Future[Any]]) -> None:
        """Note which of the *shares* are being worked on."""
        now = self._clock()
        for share in shares:
            if share.running():
                self._since.setdefault(share, now)

    def took(self, share: "Future[Any]", cases: int) -> None:
        """Note that a share of so many *cases* is done."""
        self._seconds += self._clock() - self._since.pop(share, self._began)
        self._cases += cases

    def far(self, done: int, shares: Mapping[Future[Any], int]) -> float:
        """Return how many cases are *done*, those that are being worked on in part."""
        if not self._cases:
            return float(done)
        each, now = self._seconds / self._cases, self._clock()
        begun = (
            min(_NEARLY * shares[share], (now - since) / each if each else 0.0)
            for share, since in self._since.items()
            if share in shares
        )
        return min(done + sum(begun), float(self._total))

    def left(self, far: float) -> float | None:
        """Return the seconds that are left where the run is so *far*; None if nobody can know."""
        if not self._cases or not far:
            return None
        return (self._clock() - self._began) / far * (self._total - far)

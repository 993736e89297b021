"""How far a run is, and how long it will take."""

from concurrent.futures import Future

from nkdocs.batch.pace import Pace


class Clock:
    """A clock that a test turns on."""

    def __init__(self) -> None:
        """Begin at noon."""
        self.now = 43_200.0

    def __call__(self) -> float:
        """Say what time it is."""
        return self.now


def share() -> "Future[None]":
    """A share of cases that a worker has begun."""
    begun: Future[None] = Future()
    begun.set_running_or_notify_cancel()
    return begun


def test_nothing_is_told_before_a_share_is_done() -> None:
    """Nobody can know how long the first takes."""
    clock = Clock()
    pace, first = Pace(400, clock), share()
    pace.look([first])
    clock.now += 50

    assert pace.far(0, {first: 100}) == 0
    assert pace.left(0) is None


def test_a_share_that_is_worked_on_counts_by_its_time() -> None:
    """Two workers, shares of a hundred that take fifty seconds: half of the second ones."""
    clock = Clock()
    pace, shares = Pace(400, clock), [share() for _ in range(4)]
    pace.look(shares[:2])
    clock.now += 50
    for one in shares[:2]:
        pace.took(one, 100)
    pace.look(shares[2:])
    clock.now += 25

    far = pace.far(200, dict.fromkeys(shares[2:], 100))

    assert far == 300
    assert pace.left(far) == 25


def test_a_share_that_waits_or_takes_too_long_is_not_done() -> None:
    """One that waits counts nothing; one that hangs nearly all, and the time left goes on."""
    clock = Clock()
    pace, done, slow, waits = Pace(300, clock), share(), share(), Future[None]()
    pace.look([done, slow, waits])
    clock.now += 10
    pace.took(done, 100)
    clock.now += 990
    under_way: dict[Future[None], int] = {slow: 100, waits: 100}

    far = pace.far(100, under_way)

    assert far == 195
    assert pace.left(far) == 1000 / 195 * 105

"""Work during which Python does not look for dead objects that hold each other."""

import gc
import weakref

import pytest

from nkdocs._unswept import unswept


class Ring:
    """Something that holds itself."""

    def __init__(self) -> None:
        """Hold it."""
        self.own = self


def test_nothing_is_looked_for_meanwhile_and_once_at_the_end() -> None:
    """A circle that was dropped stays until then, and goes although the work failed."""
    assert gc.isenabled()
    rings, stood = [], []

    def work() -> None:
        with unswept():
            rings.append(weakref.ref(Ring()))
            [[n] for n in range(10_000)]  # enough new objects for Python to look
            stood.append(rings[0]() is not None)
            raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - it says nothing
        work()

    assert gc.isenabled()
    assert stood == [True]
    assert rings[0]() is None


def test_what_was_switched_off_before_stays_so() -> None:
    """One inside another, or a program that never looks, is left as it was."""
    with unswept():
        with unswept():
            pass
        assert not gc.isenabled()

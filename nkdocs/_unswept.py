"""Work during which Python does not look for dead objects that hold each other.

It would go through all that is held, again and again while large libraries are read and
thousands of pages are at hand: a tenth of what binding them costs, to find next to nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Do not look meanwhile, but once at the end, among what was made meanwhile.

    What holds no other in a circle goes at once, as ever.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
            gc.collect(0)

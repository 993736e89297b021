"""No child outlives the process that started it, however that one ended: by kill -9, too.

On Linux the system itself ends the child (prctl(2), PR_SET_PDEATHSIG). Elsewhere, and beside it,
each piece of work has a limit of processor time, so that what hangs ends by itself.
"""

import contextlib
import ctypes
import math
import os
import signal
import sys
import threading

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_MORE = 10.0  # seconds of processor time beyond those of the clock that a parent waits


def parent() -> int:
    """Return what a child is given for `follow`: this process, or 0 where it may not follow.

    What the system heeds is the thread that starts the child: only the main one lives as long as
    the process.
    """
    return os.getpid() if threading.current_thread() is threading.main_thread() else 0


def follow(number: int) -> None:
    """End this process when its *parent*, of that number, ends; at once if it has already."""
    if not number or sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != number:
        os._exit(1)


def work_at_most(seconds: float) -> None:
    """Let this process use so many *seconds* of the processor more; then the system ends it."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    most = math.ceil(used.ru_utime + used.ru_stime + seconds + _MORE)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))

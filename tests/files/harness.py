"""Kills and full disks for tests of saving: work in a child, stopped at each touch of the disk."""

import io
import os
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

_STEPS = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.chmod", "os.rmdir"}


def forked(work: Callable[[], object]) -> int:
    """Do *work* in a child; return how it ended, as `os.waitpid` tells it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the test runner may have threads
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must not go on with the tests
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def killed_at(step: int, work: Callable[[], object]) -> bool:
    """Do *work* in a child that kills itself before its *step*th touch of the disk.

    Returns whether it was killed; once it is not, every step has been tried.
    """

    def watched() -> None:
        left = step

        def count(event: str, _: object) -> None:
            nonlocal left
            if event in _STEPS:
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        work()

    status = forked(watched)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def with_room(size: int, work: Callable[[], object]) -> int:
    """Do *work* in a child that can write no file larger than *size*; return its exit code."""

    def limited() -> None:
        import resource

        sys.stdout = sys.stderr = io.StringIO()  # what is said must not count
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        ended = work()
        os._exit(ended if isinstance(ended, int) else 0)

    status = forked(limited)
    assert os.WIFEXITED(status)
    return os.WEXITSTATUS(status)


def run_here(*arguments: object) -> int:
    """Run a command in this process; return its exit code."""
    from nkdocs.cli import main

    sys.argv = ["nkdocs", *map(str, arguments)]
    try:
        return main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*."""
    found = (p for p in sorted(folder.rglob("*")) if p.is_file())
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in found}

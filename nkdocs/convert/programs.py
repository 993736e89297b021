"""Runs another program on files of a client: in a folder of its own, for a while, and wholly ended.

Such programs start others that outlive a simple kill, and write where nobody looks: hence the
process group, and folders for what is temporary that go with the work.
"""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

# A shell starts the program, and beside it one that reads what is never written: when nkdocs is
# gone, by kill -9 too, its end of the pipe is closed, and the whole group is ended.
_TIED = (
    "/bin/sh", "-c",
    'exec 3<&0; (read -r _ <&3; kill -KILL 0) >/dev/null 2>&1 & exec "$@" </dev/null 3<&-',
    "nkdocs",
)  # fmt: skip


_LOOK = 1.0  # seconds between two looks at what is there


class Ended(Struct, frozen=True):
    """How a program ended.

    Attributes:
        code: its exit code; None when it could not be started or was stopped.
        said: what it wrote to its output and its errors.
        late: whether it was stopped because it took too long.
    """

    code: int | None
    said: str = ""
    late: bool = False


def run(
    command: Sequence[str],
    work: Path,
    seconds: float,
    own: Mapping[str, str] | None = None,
    *,
    memory: int = 0,
    results: Path | None = None,
) -> Ended:
    """Run *command* in the folder *work*; nothing of it lives on afterwards.

    Args:
        command: the program's path and its arguments.
        work: the folder of `_working` in which all it makes stays.
        seconds: how long it may take; with *results*, how long until each further file of these.
        own: variables of its environment, besides ours.
        memory: bytes of addresses that each of its processes may take (Linux); 0 for no limit.
        results: the folder into which it puts one file after the other.
    """
    temp = work / "tmp"
    temp.mkdir(exist_ok=True)
    places = ("TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")  # not the user's home
    around = {**os.environ, **dict.fromkeys(places, str(temp)), **(own or {})}
    with _tie() as (shell, end):
        return _heard([*shell, *command], end, around, work, _Watch(seconds, results), memory)


@contextlib.contextmanager
def _tie() -> Iterator[tuple[Sequence[str], int]]:
    """Give what starts a program so that it ends with this process, and what it reads from."""
    if sys.platform == "win32":
        yield (), subprocess.DEVNULL
        return
    end, ours = os.pipe()
    try:
        yield _TIED, end
    finally:
        os.close(end)
        os.close(ours)


def _heard(
    command: Sequence[str],
    end: int,
    around: Mapping[str, str],
    work: Path,
    watch: "_Watch",
    memory: int,
) -> Ended:
    try:
        process = subprocess.Popen(  # noqa: S603 - a program found by us, names of our own
            command,
            stdin=end,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=around,
            cwd=work,
            start_new_session=True,
        )
    except OSError:
        return Ended(None)
    try:
        _limit(process.pid, memory)
        while (left := watch.left()) > 0:
            with contextlib.suppress(subprocess.TimeoutExpired):
                said, _ = process.communicate(timeout=min(left, _LOOK))
                return Ended(process.returncode, said.decode("utf-8", "replace"))
    finally:
        _end(process)
    return Ended(None, late=True)


class _Watch:
    """How long a program may still take: *seconds* from now, and from each further result."""

    def __init__(self, seconds: float, results: Path | None) -> None:
        self._seconds, self._results = seconds, results
        self._until, self._seen = time.monotonic() + seconds, 0

    def left(self) -> float:
        """Return the seconds that are left, none or less when it is over."""
        if self._results is not None and self._results.is_dir():
            count = len([*self._results.iterdir()])
            if count > self._seen:
                self._seen, self._until = count, time.monotonic() + self._seconds
        return self._until - time.monotonic()


def _limit(process: int, memory: int) -> None:
    """Limit a program's memory, and leave no image of it on disk when it fails."""
    if sys.platform == "linux":
        import resource

        with contextlib.suppress(ProcessLookupError, PermissionError):
            resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))
            if memory:
                resource.prlimit(process, resource.RLIMIT_AS, (memory, memory))


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the program and what it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if process.stdout:
        process.stdout.close()
    process.wait()

"""Runs another program on files of a client: in a folder of its own, for a while, and wholly ended.

Such programs start others that outlive a simple kill, and write where nobody looks: hence the
process group, and folders for what is temporary that go with the work.
"""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Ended:
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
) -> Ended:
    """Run *command* in the folder *work*; nothing of it lives on afterwards.

    Args:
        command: the program's path and its arguments.
        work: the folder of `_working` in which all it makes stays.
        seconds: how long it may take.
        own: variables of its environment, besides ours.
        memory: bytes of addresses that each of its processes may take (Linux); 0 for no limit.
    """
    temp = work / "tmp"
    temp.mkdir(exist_ok=True)
    places = ("TMPDIR", "TEMP", "TMP", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")  # not the user's home
    try:
        process = subprocess.Popen(  # noqa: S603 - a program found by us, names of our own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, **dict.fromkeys(places, str(temp)), **(own or {})},
            cwd=work,
            start_new_session=True,
        )
    except OSError:
        return Ended(None)
    try:
        _limit(process.pid, memory)
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return Ended(None, late=True)
    finally:
        _end(process)
    return Ended(process.returncode, said.decode("utf-8", "replace"))


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

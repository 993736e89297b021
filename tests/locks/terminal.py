"""A terminal for commands that ask for a passphrase: a pseudo-terminal and what is typed at it."""

import errno
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_START = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from nkdocs.cli import main
sys.argv[0] = "nkdocs"
sys.exit(main())
"""


def typed(
    arguments: Sequence[object],
    answers: Sequence[tuple[str, str]],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> tuple[int, str]:
    """Run a command at a terminal; when it shows the first of a pair, type the second.

    Returns its exit code and all that the terminal showed.
    """
    ours, theirs = os.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", _START, *map(str, arguments)],
        stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True, cwd=cwd,
        env={**os.environ, **(env or {})},
    )  # fmt: skip
    os.close(theirs)
    seen, left, end = b"", list(answers), time.monotonic() + 90
    searched = 0
    while time.monotonic() < end:
        if left and left[0][0].encode() in seen[searched:]:
            searched = len(seen)
            os.write(ours, f"{left.pop(0)[1]}\n".encode())
        if not select.select([ours], [], [], 0.1)[0]:
            continue
        try:
            chunk = os.read(ours, 4096)
        except OSError as error:
            if error.errno != errno.EIO:  # how Linux tells that the other side is closed
                raise
            break
        if not chunk:
            break
        seen += chunk
    process.kill() if time.monotonic() >= end else None
    code = process.wait()
    os.close(ours)
    assert not left, (left, seen.decode())
    return code, seen.decode().replace("\r\n", "\n")

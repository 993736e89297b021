"""Nothing that nkdocs started outlives it, by kill -9 either."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from nkdocs import _orphans

ROOT = Path(__file__).resolve().parents[2]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells of a parent's end")
POSIX = pytest.mark.skipif(os.name != "posix", reason="there is no kill -9")
EXHIBIT = """
    from nkdocs.bundle.workshop import Job, Limits, Workshop
    from tests.bundle.crafted import page_with
    with Workshop(Limits(seconds=600)) as shop:
        shop.clean(Job("pdf", page_with(content=b"q " * 20_000_000)))
"""
TEMPLATE = """
    import time
    from nkdocs.documents.apart import Limits, filled_apart
    filled_apart(lambda: time.sleep(600), "a.docx", Limits(seconds=600))
"""
OFFICE = """
    import sys
    from pathlib import Path
    from nkdocs.convert.office import Office
    Office(Path(sys.argv[1]), seconds=600).convert_each({"a.docx": b"PK"})
"""
WORKER = """
    import time
    from nkdocs.batch.workers import Workers
    if __name__ == "__main__":
        Workers(3).submit(time.sleep, 600).result()
"""


def family(number: int) -> set[int]:
    """Return the processes that descend from one, as long as it lives."""
    table: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            table.setdefault(parent, []).append(int(folder.name))
    found, left = set(), [number]
    while left:
        own = table.get(left.pop(), [])
        found |= {*own}
        left += own
    return found


def alive(number: int) -> bool:
    """Whether a process runs; one that ended and was not fetched does not."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def until(wanted: object, seconds: float = 30.0) -> bool:
    """Wait until something is so; return whether it came."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if wanted():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@LINUX
@pytest.mark.parametrize(
    ("code", "least"),
    [pytest.param(EXHIBIT, 1, id="exhibit"), pytest.param(TEMPLATE, 1, id="template"),
     pytest.param(OFFICE, 3, id="office"), pytest.param(WORKER, 3, id="worker")],
)  # fmt: skip
def test_children_end_with_a_killed_parent(tmp_path: Path, code: str, least: int) -> None:
    """One that reads an exhibit, fills a template or letters, LibreOffice with all it started."""
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 600 &\nsleep 600\n")
    slow.chmod(0o700)
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(slow)], cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert until(lambda: len(family(process.pid)) >= least)
    time.sleep(0.3)  # into its work
    children = family(process.pid)

    process.send_signal(signal.SIGKILL)
    process.wait()

    assert until(lambda: not any(map(alive, children))), [c for c in children if alive(c)]


@POSIX
def test_work_has_a_limit_of_processor_time() -> None:
    """Where no system tells of the parent's end, what hangs is ended all the same."""
    code = textwrap.dedent("""
        from nkdocs import _orphans
        _orphans._MORE = 0.0
        _orphans.work_at_most(5)
        _orphans.work_at_most(1)
        while True: pass
    """)

    ended = subprocess.run([sys.executable, "-c", code], timeout=60, cwd=ROOT, check=False,
                           env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip

    assert ended.returncode == -signal.SIGXCPU


@LINUX
def test_a_child_whose_parent_is_gone_already_ends_at_once() -> None:
    """The parent may end before the child asked to be told."""
    number = os.fork()
    if number == 0:
        _orphans.follow(2**22)
        os._exit(0)

    assert os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]) == 1

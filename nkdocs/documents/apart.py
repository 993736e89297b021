"""Fills a template that did not ship with nkdocs: in a child with limits of time and memory.

The sandbox lets no template run code or read a file (TRUST.md R4); what it cannot stop is one
that never ends or eats the memory. Here that costs only the child (R5). What the child answers is
JSON and the document's bytes, never pickled objects. Where a process cannot be copied (Windows),
and in a worker, which is such a child itself, the template is filled in place.
"""

import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from nkdocs import _orphans
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.documents.filled import Filled
from nkdocs.documents.marks import PrintedCite
from nkdocs.documents.packed import Members, opened
from nkdocs.errors import TemplateError

_MENDED = "Look for loops within loops and long repetitions; nkdocs template check FILE tells."


@dataclass(frozen=True, slots=True)
class Limits:
    """What filling one template may take: seconds, and bytes of memory more than there are."""

    seconds: float = 30.0
    memory: int = 512 << 20


def filled_apart(work: Callable[[], Filled], name: str, limits: Limits | None = None) -> Filled:
    """Return what *work* fills, done in a child with *limits*; *name* is the template.

    Raises:
        TemplateError: what *work* raised, or it took too long or too much.
    """
    if not _can_copy():
        return work()
    limits = limits or Limits()
    ours, theirs = multiprocessing.Pipe(duplex=False)
    copied = multiprocessing.get_context("fork")
    told = (theirs, work, limits, _orphans.parent())
    child = copied.Process(target=_serve, args=told, daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(limits.seconds):
            msg = f"{name}: filling this template takes longer than {limits.seconds:.0f} seconds"
            raise TemplateError(msg, hint=_MENDED)
        return _read(json.loads(ours.recv_bytes()), ours.recv_bytes(), name)
    except (EOFError, OSError):
        msg = f"{name}: filling this template takes more memory or time than a letter can"
        raise TemplateError(msg, hint=_MENDED) from None
    finally:
        ours.close()
        child.kill()
        child.join()


def _can_copy() -> bool:
    """Whether a child can be made by copying this process."""
    worker = multiprocessing.parent_process() is not None
    return not worker and "fork" in multiprocessing.get_all_start_methods()


def _serve(line: Connection, work: Callable[[], Filled], limits: Limits, parent: int) -> None:
    """Work in the child, and answer; it ends with its *parent*."""
    _orphans.follow(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _limit(limits)
    data = b""
    try:
        made = work()
        data = made.docx
        said = asdict(replace(made, members=Members({})))
        del said["members"]
    except TemplateError as error:
        faults = [
            {**asdict(f), "place": asdict(f.place), "also": []}
            for f in error.faults
            if isinstance(f, Finding)
        ]
        said = {"error": error.message, "hint": error.hint, "faults": faults}
    except MemoryError:
        os._exit(1)
    except Exception as error:  # noqa: BLE001 - told to the parent, by its kind alone
        said = {"error": f"a template cannot be filled ({type(error).__name__})", "hint": "",
                "faults": []}  # fmt: skip
    line.send_bytes(json.dumps(said).encode())
    line.send_bytes(data)


def _limit(limits: Limits) -> None:
    """Limit this process, and leave no image of its memory on disk when it fails."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    seconds = int(limits.seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform != "linux":  # macOS does not heed a limit of memory
        return
    with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - no file of the user's
        pages = int(file.read().split()[0])
    most = pages * os.sysconf("SC_PAGE_SIZE") + limits.memory
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _read(said: dict[str, Any], docx: bytes, name: str) -> Filled:
    """Return what the child says.

    Raises:
        TemplateError: it says that the template is wrong.
    """
    if "error" in said:
        faults = [
            Finding(
                code=str(f["code"]),
                severity=Severity(f["severity"]),
                message=str(f["message"]),
                place=Place(str(f["place"]["file"] or name), part=str(f["place"]["part"])),
                hint=str(f["hint"]),
            )
            for f in said["faults"]
        ]
        raise TemplateError(str(said["error"]), hint=str(said["hint"]), faults=faults)
    return Filled(
        opened(docx),
        {str(k): str(v) for k, v in said["open"].items()},
        {str(k): str(v) for k, v in said["lost"].items()},
        tuple(PrintedCite(str(c["written"]), str(c["printed"])) for c in said["cites"]),
        {str(k): int(v) for k, v in said["names"].items()},
        tuple(str(path) for path in said["used"]),
        {str(k): bool(v) for k, v in said["authorities"].items()},
    )

"""Reads and fills a template that did not ship with nkdocs: in a child with limits.

The sandbox lets no template run code or read a file (TRUST.md R4); what it cannot stop is one
that never ends or eats the memory. Here that costs only the child (R5), whether the template is
filled, checked or asked for its blanks. What the child answers is JSON and a document's bytes,
never pickled objects. Where a process cannot be copied (Windows), and in a worker, which is such a
child itself, the work is done in place.
"""

import contextlib
import json
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import asdict

from nkdocs import _orphans
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.documents.filled import Filled
from nkdocs.documents.marks import PrintedCite
from nkdocs.documents.packed import opened
from nkdocs.errors import TemplateError

_Rows = TypeVar("_Rows")
_MENDED = "Look for loops within loops, long repetitions and very long tags."


class Limits(Struct, frozen=True):
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

    def told() -> tuple[object, bytes]:
        made = work()
        said = asdict(made) | {"cites": [asdict(cite) for cite in made.cites]}
        del said["members"]
        return said, made.docx

    said, docx = _answer(told, name, "filling", limits or Limits())
    return _filled(said, docx)


def found_apart(
    work: Callable[[], list[Finding]], name: str, limits: Limits | None = None
) -> list[Finding]:
    """Return the findings of *work*, a check of the template *name*, done in a child with *limits*.

    Raises:
        TemplateError: what *work* raised, or it took too long or too much.
    """
    if not _can_copy():
        return work()
    said, _ = _answer(lambda: ([_plain(f) for f in work()], b""), name, "checking",
                      limits or Limits())  # fmt: skip
    return [_finding(f, name) for f in said]


def read_apart(work: Callable[[], _Rows], name: str, limits: Limits | None = None) -> _Rows:
    """Return what *work* reads in the template *name*, done in a child with *limits*.

    What it returns is lists and mappings of text, numbers and truth values.

    Raises:
        TemplateError: what *work* raised, or it took too long or too much.
    """
    if not _can_copy():
        return work()
    said: _Rows
    said, _ = _answer(lambda: (work(), b""), name, "reading", limits or Limits())
    return said


def _answer(
    work: Callable[[], tuple[object, bytes]], name: str, doing: str, limits: Limits
) -> tuple[Any, bytes]:
    """Return what a child says that does *work*: something of JSON, and bytes."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    copied = multiprocessing.get_context("fork")
    told = (theirs, work, limits, _orphans.parent())
    child = copied.Process(target=_serve, args=told, daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(limits.seconds):
            msg = f"{name}: {doing} this template takes longer than {limits.seconds:.0f} seconds"
            raise TemplateError(msg, hint=_MENDED)
        said, data = json.loads(ours.recv_bytes()), ours.recv_bytes()
    except (EOFError, OSError):
        msg = f"{name}: {doing} this template takes more memory or time than a letter can"
        raise TemplateError(msg, hint=_MENDED) from None
    finally:
        ours.close()
        _end(child)
        child.join()
    if "error" in said:
        faults = [_finding(f, name) for f in said["faults"]]
        raise TemplateError(str(said["error"]), hint=str(said["hint"]), faults=faults)
    return said["told"], data


def _end(child: BaseProcess) -> None:
    """End a child with all that it may have started; it is a group of its own (`_serve`)."""
    with contextlib.suppress(OSError):  # it is no group yet
        os.killpg(cast("int", child.pid), signal.SIGKILL)
    child.kill()


def _can_copy() -> bool:
    """Whether a child can be made by copying this process."""
    worker = multiprocessing.parent_process() is not None
    return not worker and "fork" in multiprocessing.get_all_start_methods()


def _serve(
    line: Connection,
    work: Callable[[], tuple[object, bytes]],
    limits: Limits,
    parent: int,
) -> None:
    """Work in the child, and answer; it ends with its *parent*."""
    _orphans.follow(parent)
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _limit(limits)
    data = b""
    try:
        told, data = work()
        said: dict[str, object] = {"told": told}
    except TemplateError as error:
        faults = [_plain(f) for f in error.faults if isinstance(f, Finding)]
        said = {"error": error.message, "hint": error.hint, "faults": faults}
    except MemoryError:
        os._exit(1)
    except RecursionError:
        said = {"error": "blocks or operators of a template stand too deep in each other",
                "hint": _MENDED, "faults": []}  # fmt: skip
    except Exception as error:  # noqa: BLE001 - told to the parent, by its kind alone
        said = {"error": f"a template cannot be read or filled ({type(error).__name__})",
                "hint": "", "faults": []}  # fmt: skip
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


def _plain(finding: Finding) -> dict[str, object]:
    """Return a finding of a template as JSON has it."""
    told = {name: getattr(finding, name) for name in ("code", "message", "hint", "kind")}
    return {**told, "severity": finding.severity.value, "place": asdict(finding.place)}


def _finding(said: dict[str, Any], name: str) -> Finding:
    """Return a finding that a child told; *name* is the template."""
    place = said["place"]
    return Finding(
        code=str(said["code"]),
        severity=Severity(said["severity"]),
        message=str(said["message"]),
        place=Place(str(place["file"] or name), part=str(place["part"]),
                    paragraph=int(place["paragraph"]), text=str(place["text"])),
        hint=str(said["hint"]),
        kind=str(said["kind"]),
    )  # fmt: skip


def _filled(said: dict[str, Any], docx: bytes) -> Filled:
    """Return the filled document that a child told."""
    return Filled(
        opened(docx),
        {str(k): str(v) for k, v in said["open"].items()},
        {str(k): str(v) for k, v in said["lost"].items()},
        tuple(PrintedCite(str(c["written"]), str(c["printed"])) for c in said["cites"]),
        {str(k): int(v) for k, v in said["names"].items()},
        tuple(str(path) for path in said["used"]),
        {str(k): bool(v) for k, v in said["authorities"].items()},
    )

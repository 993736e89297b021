"""Where people's files are opened: in a child process with limits of time and memory.

A damaged or hostile file can hang, eat memory or crash a reader; here it costs only itself. One
child serves many good files. What it answers is JSON and bytes, never pickled objects.
"""

import gc
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from msgspec import Struct, field, to_builtins
from msgspec.structs import asdict

from nkdocs import _orphans
from nkdocs._working import Content, Kept, Room, write
from nkdocs.bundle import filetypes
from nkdocs.bundle.faults import Note, UnusableError
from nkdocs.bundle.glance import Glance, glance
from nkdocs.bundle.hygiene import Cleaned, clean
from nkdocs.bundle.marking import Marking, Spot
from nkdocs.bundle.saying import Said
from nkdocs.bundle.saying import said as saying
from nkdocs.bundle.searchable import Word, pictured, words_of
from nkdocs.errors import ExhibitError

_SECONDS, _EACH_MB = 20.0, 2.0
_START = 60.0
_NAMED = 5  # signs told of in one line
_MEMORY = 2 << 30
_SELDOM = 100_000  # objects made for one file, until dead ones that hold each other are sought
_KILLED = -9  # by the system, for want of memory


class Limits(Struct, frozen=True):
    """What one file may take: seconds, more for each megabyte, and bytes of memory."""

    seconds: float = _SECONDS
    each_mb: float = _EACH_MB
    memory: int = _MEMORY


class Job(Struct, frozen=True):
    """A file to be made clean, and how.

    Attributes:
        kind: filetypes.PDF, PICTURE or TEXT.
        pages: the pages to keep, in this order; all when empty.
        expect: the number of pages the original has, when someone counted.
        marking: what is to be redacted and marked.
        read: words that were recognised, by page of the result (from 0).
    """

    kind: str
    data: Content
    password: str = ""
    pages: Sequence[int] = ()
    expect: int = 0
    marking: Marking = field(default_factory=Marking)
    read: Mapping[int, Sequence[Word]] = field(default_factory=dict)


class Workshop:
    """A child process that makes files clean; a new one follows one that had to be stopped."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Set the *limits*; the child starts with the first file."""
        self._limits = limits or Limits()
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def __enter__(self) -> Self:
        """Open the workshop."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it: no child outlives the work."""
        self._stop()

    def clean(self, job: Job, room: Room | None = None) -> Cleaned[Content]:
        """Return the clean PDF of a file, kept in *room* if there is one.

        Raises:
            UnusableError: it cannot be an exhibit, took too long, or broke its reader.
        """
        asked = _telling(job, "clean")
        place = room.free() if room else None
        if place:
            asked["keep"] = str(place)
        said, data = self._asked(asked, job.data)
        if room and place and said.get("kept"):
            return _answer(said, Kept(place, int(said["kept"]), room))
        return _answer(said, data)

    def said(self, job: Job) -> Said:
        """Return what a file says of itself; nothing if it cannot be read.

        Raises:
            UnusableError: it took too long, or broke its reader.
        """
        told, _ = self._asked(_telling(job, "say"), job.data)
        return Said(str(told["title"]), str(told["date"]))

    def look(self, kind: str, data: bytes) -> Glance:
        """Return what is seen of a file at a glance.

        Raises:
            UnusableError: it cannot be opened, took too long, or broke its reader.
        """
        said, _ = self._asked({"kind": kind, "work": "look"}, data)
        if "fault" in said:
            raise UnusableError(Note(str(said["fault"]), str(said["detail"])))
        return Glance(int(said["pages"]), str(said["line"]), bool(said["about"]))

    def pictured(self, pdf: bytes, pages: Sequence[int]) -> bytes:
        """Return a PDF of pictures of *pages* (from 0) of a clean PDF.

        Raises:
            UnusableError: it took too long, or broke its reader.
        """
        return self._asked({"work": "picture", "pages": [*pages]}, pdf)[1]

    def words(self, pdf: bytes, texts: Sequence[str]) -> list[list[Word]]:
        """Return the words of each page of a PDF that reads scans (`searchable.words_of`).

        Raises:
            UnusableError: it took too long, or broke its reader.
        """
        told, _ = self._asked({"work": "words", "texts": [*texts]}, pdf)
        return [[Word(*word) for word in page] for page in told["pages"]]

    def _asked(self, asked: dict[str, object], data: Content) -> tuple[dict[str, Any], bytes]:
        """Let the child do its work on a file; return what it answers."""
        line = self._line or self._start()
        seconds = self._limits.seconds + self._limits.each_mb * len(data) / (1 << 20)
        try:
            here = {"file": str(data.path)} if isinstance(data, Kept) else {}
            line.send_bytes(json.dumps({**asked, **here, "seconds": seconds}).encode())
            line.send_bytes(b"" if isinstance(data, Kept) else data)
            if not line.poll(seconds):
                self._stop()
                raise UnusableError(Note("X204"))
            return json.loads(line.recv_bytes()), line.recv_bytes()
        except (EOFError, OSError):
            killed = self._stop() == _KILLED
            raise UnusableError(Note("X205" if killed else "X206")) from None

    def _start(self) -> Connection:
        """Start a child and wait until it listens."""
        way = _way()
        ours, theirs = way.Pipe()
        process = way.Process(
            target=serve,
            args=(theirs, self._limits.memory, ours, _orphans.parent()),
            daemon=True,
            name="nkdocs exhibits",
        )
        process.start()
        theirs.close()
        self._process, self._line = process, ours
        try:
            ready = ours.poll(_START) and ours.recv_bytes() == b"ready"
        except (EOFError, OSError):
            ready = False
        if not ready:
            self._stop()
            raise UnusableError(Note("X206"))
        return ours

    def _stop(self) -> int | None:
        """End the child; return its exit code."""
        process, line = self._process, self._line
        self._process = self._line = None
        if line:
            line.close()
        if not process:
            return None
        process.join(0.2)
        if process.is_alive():
            process.kill()
        process.join()
        code = process.exitcode
        process.close()
        return code


def _answer(said: dict[str, Any], data: Content) -> Cleaned[Content]:
    """Read what the child says; anything of another form is a fault of the file."""
    if "fault" in said:
        raise UnusableError(Note(str(said["fault"]), str(said["detail"])))
    return Cleaned(
        data,
        int(said["total"]),
        tuple(int(n) for n in said["sources"]),
        tuple(bool(t) for t in said["has_text"]),
        tuple(int(n) for n in said["feet"]),
        bool(said["repaired"]),
        tuple(Note(str(code), str(detail)) for code, detail in said["notes"]),
        tuple(str(paper) for paper in said["papers"]),
        tuple(int(n) for n in said["thin"]),
    )


def _way() -> ForkContext | SpawnContext:
    """Return how a child starts: as a copy of this process where that is safe, else anew.

    A copy has read all programs already and costs a tenth; but a copy of a process with threads
    can stand still for ever.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return multiprocessing.get_context("spawn")
    import pikepdf  # noqa: F401 - read once, for every child
    import pypdfium2  # noqa: F401

    return multiprocessing.get_context("fork")


def serve(line: Connection, memory: int, other: Connection, parent: int = 0) -> None:
    """Work in the child: clean file after file until the line is closed, or the *parent* ends.

    The *other* end is closed here: while it is open, the end of the work would never be seen.
    """
    _orphans.follow(parent)
    other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)  # readers write about bad files to the terminal by themselves
    _limit(memory)
    gc.freeze()  # what is the parent's is not looked through, and so not copied
    gc.set_threshold(_SELDOM)
    line.send_bytes(b"ready")
    while True:
        try:
            asked, data = json.loads(line.recv_bytes()), line.recv_bytes()
        except EOFError:
            return
        try:
            _orphans.work_at_most(float(asked.pop("seconds")))
            data = Path(asked.pop("file")).read_bytes() if "file" in asked else data
            said, result = _work(asked, data)
        except UnusableError as error:
            said, result = {"fault": error.note.code, "detail": error.note.detail}, b""
        except MemoryError:
            said, result = {"fault": "X205", "detail": ""}, b""
        del data
        line.send_bytes(json.dumps(said).encode())
        line.send_bytes(result)
        gc.collect(0)  # what is left of a file, before the next: both may be large


def _telling(job: Job, work: str) -> dict[str, object]:
    """Return what the child is told of a job."""
    return {"kind": job.kind, "password": job.password, "pages": [*job.pages],
            "expect": job.expect, "marking": to_builtins(job.marking), "work": work,
            "read": [*job.read.items()]}  # fmt: skip


def _work(asked: dict[str, Any], data: bytes) -> tuple[dict[str, object], bytes]:
    """Do what is asked: clean a file, picture or read its pages, look at it, say what it says."""
    work, place = asked.pop("work"), asked.pop("keep", "")
    if work == "picture":
        return {}, pictured(data, asked["pages"])
    if work == "words":
        return {"pages": words_of(data, asked["texts"])}, b""
    if work == "look":
        seen = glance(str(asked["kind"]), data)
        return {"pages": seen.pages, "line": seen.line, "about": seen.about}, b""
    read = {int(page): [Word(*word) for word in words] for page, words in asked.pop("read")}
    job = Job(data=data, read=read, **{**asked, "marking": _marking(asked["marking"])})
    if work == "say":
        return asdict(saying(data, job.kind)), b""
    path = Path(place) if place else None
    said, made = _done(job, path)
    return (said | {"kept": len(made)}, b"") if path and _is_kept(path, made) else (said, made)


def _is_kept(path: Path, data: bytes) -> bool:
    """Leave what was made at *path*, unless it is there; tell whether there was room."""
    try:
        if not path.exists():
            write(path, data)
        path.chmod(0o600)
    except OSError:
        path.unlink(missing_ok=True)
        return False
    return True


def _marking(asked: dict[str, Any]) -> Marking:
    """Read what is to be marked as it was sent over the line."""
    redact, marks = (
        tuple(Spot(s["page"], tuple(s["box"]) if s["box"] else None, s["text"]) for s in asked[key])
        for key in ("redact", "marks")
    )
    return Marking(redact, marks, asked["style"])


def _limit(memory: int) -> None:
    """Limit the memory of this process, and leave no image of it on disk when it fails."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "darwin":  # macOS does not heed it
        memory += _size()
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _size() -> int:
    """Return how many bytes of addresses this process has: a copy begins with its parent's."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _done(job: Job, place: Path | None) -> tuple[dict[str, object], bytes]:
    """Clean one file, after making pages of it when it is a picture or text."""
    pdf, notes = _pages(job)
    cleaned = clean(pdf, password=job.password, pages=job.pages, expect=job.expect,
                    marking=job.marking, read=job.read, place=place)  # fmt: skip
    notes += [(note.code, note.detail) for note in cleaned.notes]
    said: dict[str, object] = {
        "total": cleaned.total,
        "sources": cleaned.sources,
        "has_text": cleaned.has_text,
        "thin": cleaned.thin,
        "feet": cleaned.feet,
        "repaired": cleaned.repaired,
        "notes": notes,
        "papers": cleaned.papers,
    }
    return said, cleaned.data


def _pages(job: Job) -> tuple[bytes, list[tuple[str, str]]]:
    """Return the file as PDF, and what is to be noted."""
    if job.kind == filetypes.PICTURE:
        from nkdocs.convert.images import photo_pages

        try:
            return photo_pages(bytes(job.data)), []
        except ExhibitError as error:
            raise UnusableError(Note("X216", error.message)) from None
    if job.kind == filetypes.TEXT:
        from nkdocs.convert.plain import text_pages

        try:
            made = text_pages(bytes(job.data))
        except ExhibitError as error:
            raise UnusableError(Note("X217", error.message)) from None
        if made.lost:
            raise UnusableError(Note("X113", " ".join(made.lost[:10])))
        told = [("X313", "")] if made.encoding == "cp949" else []
        named = ", ".join(made.named[:_NAMED])
        more = f" and {len(made.named) - _NAMED} more" if len(made.named) > _NAMED else ""
        return made.pdf, [*told, *([("X326", named + more)] if named else [])]
    return bytes(job.data), []

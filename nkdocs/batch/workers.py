"""Worker processes on this computer, as an executor whose workers may crash or hang.

Python's own process pool gives up the whole pool with one dead worker and cannot end a hung one.
Here a worker that dies or is out of time costs the one task it had, and another takes its place.

The first ones are copies of this process where that is safe (Linux, while it has no other thread):
what it has read of templates and law they need not read again.
"""

import contextlib
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, ParamSpec, TypeVar

_P = ParamSpec("_P")
_T = TypeVar("_T")
_First = tuple[Callable[..., None] | None, tuple[object, ...]]
_NOTHING: _First = (None, ())
_START = 120.0  # seconds until a new worker answers
_LONG = 3600.0
_LOOK = 0.25  # seconds between two looks whether the work was called off
_GRACE = 3.0  # seconds a worker has to end what it started
_PART, _DONE, _WRONG = "part", "done", "wrong"  # what a worker tells: of a part begun, the end
#: In a worker: the line to who gave it its task.
_told_to: list[Connection] = []


class WorkerLostError(Exception):
    """The worker is lost.

    Attributes:
        at: the part of its task that it had begun last, as it told by `begins`; None if it told
            of none, or was past all of them.
    """

    def __init__(self, at: int | None = None) -> None:
        """Tell at which part it was lost."""
        super().__init__()
        self.at = at


class WorkerDiedError(WorkerLostError):
    """The worker ended without an answer: its memory was gone, or something it used crashed."""


class WorkerHungError(WorkerLostError):
    """The worker told nothing in time and was ended."""


class Workers(Executor):
    """Processes that take one task each; `submit` and `shutdown` are those of any executor."""

    def __init__(
        self,
        count: int,
        initializer: Callable[..., None] | None = None,
        initargs: tuple[object, ...] = (),
    ) -> None:
        """Have *count* workers: copies of this process, or each started with its first task.

        A task may take as long as an attribute `seconds` of its first argument says, and anew from
        each part that it `begins`. Each worker calls *initializer* with *initargs* before its first
        task; these go to it through a pipe.
        """
        self._first: _First = (initializer, initargs)
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._closed = False
        self._off = threading.Event()
        copies: list[_Worker] = []
        while _can_copy() and len(copies) < count:
            copies.append(_Worker(self._first, copies, how="fork"))
        self._threads = [
            threading.Thread(
                target=self._serve, args=copies[n : n + 1], name=f"nkdocs-worker-{n}", daemon=True
            )
            for n in range(count)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Give a task to the next worker that is free."""
        if self._closed:
            msg = "the workers have gone home"
            raise RuntimeError(msg)
        future: Future[_T] = Future()
        seconds = float(getattr(args[0], "seconds", _LONG)) if args else _LONG
        self._tasks.put(_Task(future, (fn, args, kwargs), seconds))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - as every executor
        """End the workers: after their tasks, or at once where *cancel_futures* is told."""
        if cancel_futures:
            with contextlib.suppress(queue.Empty):
                while task := self._tasks.get_nowait():
                    task.future.cancel()
            self._off.set()
        self._closed = True
        for _ in self._threads:
            self._tasks.put(None)
        if wait or cancel_futures:
            for thread in self._threads:
                thread.join()

    def _serve(self, worker: "_Worker | None" = None) -> None:
        """Give one worker its tasks, one after the other; begin a new one where it is lost."""
        while (task := self._tasks.get()) is not None:
            if not task.future.set_running_or_notify_cancel():
                continue
            try:
                worker = worker or _Worker(self._first)
                answer = worker.ask(task.call, task.seconds, self._off)
            except Exception as error:  # noqa: BLE001 - whatever it is, the waiting side is told
                if worker is not None:
                    worker.end()
                worker = None
                task.future.set_exception(error)
            else:
                task.future.set_result(answer)
        if worker is not None:
            worker.end()


class _Task:
    __slots__ = ("call", "future", "seconds")

    def __init__(self, future: "Future[Any]", call: Any, seconds: float) -> None:  # noqa: ANN401
        self.future, self.call, self.seconds = future, call, seconds


def _can_copy() -> bool:
    """Whether a copy of this process can work: no lock is held by a thread it would not have."""
    return sys.platform == "linux" and threading.active_count() == 1


class _Worker:
    """One child process, in a process group of its own."""

    def __init__(
        self, first: _First, beside: "Sequence[_Worker]" = (), *, how: str = "spawn"
    ) -> None:
        """Start it; a copy lets go of the ends that this process has of its line, and of others'.

        It does what is *first*. *beside* it are the copies that were made before.
        """
        around = multiprocessing.get_context(how)
        self._line, theirs = around.Pipe()
        process: Any = around.Process  # type: ignore[attr-defined]
        ours = [self._line, *(w._line for w in beside)] if how == "fork" else []  # noqa: SLF001 - of its own class
        self._process: BaseProcess = process(
            target=serve, args=(theirs, first, *ours), name="nkdocs batch"
        )
        self._process.start()
        theirs.close()
        if not self._line.poll(_START):
            self.end()
            raise WorkerHungError

    def ask(self, call: Any, seconds: float, off: threading.Event) -> Any:  # noqa: ANN401 - a task and its result
        """Return what the worker answers to *call*, unless the work is called *off*.

        Raises:
            WorkerDiedError: it ended without an answer.
            WorkerHungError: it took longer than *seconds*, or than a part of its task may take.
        """
        at: int | None = None
        try:
            if self._line.poll():
                self._line.recv()  # that it is ready
            self._line.send(call)
            kind: str = _PART
            told: Any = at, seconds
            while kind == _PART:
                at, seconds = told
                until = time.monotonic() + seconds
                while not self._line.poll(_LOOK):
                    if off.is_set() or time.monotonic() > until:
                        raise WorkerHungError(at)
                kind, told = self._line.recv()
        except (EOFError, OSError):
            raise WorkerDiedError(at) from None
        if kind == _WRONG:
            raise told
        return told

    def end(self) -> None:
        """End it, and what it started: first asked, then by force."""
        self._line.close()
        process = self._process
        if process.is_alive() and sys.platform != "win32":
            with contextlib.suppress(OSError):
                os.kill(process.pid or 0, signal.SIGTERM)  # it ends LibreOffice on its way out
            process.join(_GRACE)
            with contextlib.suppress(OSError):
                os.killpg(process.pid or 0, signal.SIGKILL)
        elif process.is_alive():
            process.kill()
        process.join()
        process.close()


def serve(line: Connection, first: _First = _NOTHING, *theirs: Connection) -> None:
    """Work in the child: task after task until the line is closed."""
    for end in theirs:
        end.close()  # or nobody would see that the other side is gone
    if sys.platform != "win32":
        os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_watch, daemon=True).start()
    begin, told = first
    if begin is not None:
        begin(*told)
    _told_to[:] = [line]
    with contextlib.suppress(EOFError, ConnectionError):  # the other side wants nothing any more
        line.send("ready")
        while True:
            _answer(line)


def _answer(line: Connection) -> None:
    """Take a task and tell what came of it."""
    fn, args, kwargs = line.recv()
    try:
        answer = _DONE, fn(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - it is told to who asked
        answer = _WRONG, error
    line.send(answer)


def begins(at: int | None, seconds: float) -> None:
    """Tell, from within a task, which part of it begins now, and how long that may take.

    A worker that is lost then is known to be lost at that part; in any other process, and in the
    workers of a cluster, nothing is told.
    """
    for line in _told_to:
        line.send((_PART, (at, seconds)))


def _leave(number: int, frame: object) -> None:
    """Leave by way of every `finally`: LibreOffice is a child and would stay."""
    del number, frame
    raise SystemExit(1)


def _watch() -> None:
    """End this process when its parent is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE)
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

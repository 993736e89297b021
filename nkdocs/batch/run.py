"""A batch from the first case to the last: given out, taken in, written and recorded.

One failure never stops the rest. A worker that is lost has told at which case; that one is tried
alone, and reported as failed if it is lost again. Where nobody told (a cluster, the PDFs of many
letters), what it had is halved and tried again until it is known which case it was.
"""

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from itertools import count, islice

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.batch.alike import SAME_PERSON, Likeness
from nkdocs.batch.desks import compared
from nkdocs.batch.guard import Guard
from nkdocs.batch.jobs import Job, Made, Order, Sketch
from nkdocs.batch.journal import Journal
from nkdocs.batch.left import left
from nkdocs.batch.letters import make, with_pdfs
from nkdocs.batch.outcomes import Outcome, Outcomes, told, worst
from nkdocs.batch.pace import Pace
from nkdocs.batch.sealed import shut
from nkdocs.batch.sources import Sources
from nkdocs.batch.stopping import stoppable
from nkdocs.batch.whose import Whose, contents, others, refuse
from nkdocs.batch.workers import WorkerHungError, begins
from nkdocs.diagnostics import Finding, Severity
from nkdocs.errors import FileBusyError

#: Cases given to a worker at once: of quick ones a tenth of a second of work, for a disk that is
#: waited for seldom, and little lost with a worker; of slow ones; for one start of LibreOffice.
_DOCX, _CHECKED, _PDF = 16, 8, 100
_TICK = 1.0  # seconds after which is told how far the run is, though no share is done
_AHEAD = 2  # tasks that wait for each worker: more would only be kept in memory
_LETTERS, _SWEPT = count(1), 64  # letters of this worker; after how many it is swept


class Task(Struct, frozen=True):
    """Some cases for one worker."""

    jobs: tuple[Job, ...]
    order: Order
    patience: float

    @property
    def seconds(self) -> float:
        """How long it may take before the worker is given up, unless it tells how far it is."""
        return self.patience + len(self.jobs) * (self.patience / 10)

    @property
    def alone(self) -> float:
        """How long one case may take."""
        return replace(self, jobs=self.jobs[:1]).seconds


def work(task: Task) -> list[Made]:
    """Make the letters of a task; this is what a worker does."""
    made = []
    for number, job in enumerate(task.jobs):
        begins(number, task.alone)
        made.append(make(job, task.order))
        if next(_LETTERS) % _SWEPT == 0:
            gc.collect()  # the packages of docxtpl's own way are circles of parts, a megabyte each
    if task.order.pdf:
        begins(None, task.seconds)
        made = with_pdfs(made, task.order)
    return [shut(job, one) for job, one in zip(task.jobs, made, strict=True)]


@dataclass(slots=True)
class Batch:
    """A run over many cases, and what became of each.

    Attributes:
        alike: cases that are alike: the later one, the first one, and what they share.
        unlooked: how many more looked alike, and were not compared.
        stopped: by Ctrl-C before its end.
        left: letters in the folder that this run does not stand behind, each with why.
    """

    sources: Sources
    order: Order
    journal: Journal
    pool: Executor
    workers: int = 1
    force: bool = False
    patience: float = 120.0
    tell: Callable[["Batch"], None] = lambda _: None
    outcomes: Outcomes = field(init=False)
    pace: Pace = field(init=False)
    alike: list[tuple[str, str, Finding]] = field(default_factory=list)
    unlooked: int = 0
    stopped: bool = False
    left: list[tuple[str, str]] = field(default_factory=list)
    _guard: Guard = field(init=False)
    _order: deque[str] = field(default_factory=deque)
    _sketches: dict[str, tuple[Sketch, ...]] = field(default_factory=dict)
    _likeness: Likeness = field(default_factory=Likeness)
    _running: dict["Future[list[Made]]", Task] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep what becomes of the cases beside their letters."""
        self.outcomes = Outcomes(self.journal.folder)
        self.pace = Pace(self.sources.total)
        whose = Whose.of(self.sources, self.journal.folder)
        self._guard = Guard(self.journal, whose, self.force)

    @property
    def failed(self) -> int:
        """How many cases failed so far."""
        return self.outcomes.counts["failed"]

    @property
    def far(self) -> float:
        """How many cases are done, those that are being worked on in part."""
        under_way = {future: len(task.jobs) for future, task in self._running.items()}
        return self.pace.far(len(self.outcomes), under_way)

    def run(self) -> None:
        """Make every letter; what cannot be made is told in its outcome.

        After Ctrl-C what is done stays done, and `stopped` says so.

        Raises:
            UsageError: letters of other clients would be replaced; nothing was begun.
        """
        lists = contents(self.sources)
        self._see_whose()
        if lists != self.journal.lists.get(self.order.document):
            self.journal.made_from(self.order.document, set())
        self._make()
        if self.stopped:
            return
        self._compare()
        self.left = left(self.journal, self.order.document)
        self.journal.made_from(
            self.order.document, set() if self.outcomes.counts["kept"] else lists
        )

    def _make(self) -> None:
        """Give out the cases, and take in what became of them."""
        tasks = self._tasks()
        with stoppable() as asked:
            for task in islice(tasks, self.workers * _AHEAD):
                self._give(task)
            while self._running and not asked():
                done, _ = wait(self._running, _TICK, FIRST_COMPLETED)
                self.pace.look(self._running)
                if not done:
                    self.tell(self)
                for future in done:
                    self._take(future, self._running.pop(future))
                for task in islice(tasks, max(0, self.workers * _AHEAD - len(self._running))):
                    self._give(task)
            self.stopped = asked() and bool(self._running)

    def _see_whose(self) -> None:
        """Refuse to replace other clients' letters, or have them backed up where it is forced."""
        found = others(self.sources, self.journal, self._guard.whose, self.order.document)
        if not self.force:
            refuse(found, self.journal.folder)
        self._guard = replace(self._guard, others=frozenset(found))

    def _tasks(self) -> Iterator[Task]:
        """Yield the cases in shares that keep every worker busy to the end."""
        jobs = self.sources.jobs(self.journal)
        most = _PDF if self.order.pdf else _CHECKED if self.order.check else _DOCX
        share = min(most, -(-self.sources.total // self.workers) or 1)
        while part := tuple(islice(jobs, share)):
            self._order.extend(job.number for job in part)
            yield Task(part, self.order, self.patience)

    def _give(self, task: Task) -> None:
        self._running[self.pool.submit(work, task)] = task

    def _take(self, future: "Future[list[Made]]", task: Task) -> None:
        self.pace.took(future, len(task.jobs))
        error = future.exception()
        if error is None:
            self._settle(task.jobs, future.result())
        elif len(task.jobs) > 1:
            for jobs in _apart(task.jobs, getattr(error, "at", None)):
                self._give(replace(task, jobs=jobs))
            return
        else:
            self._settle(task.jobs, [_lost(task.jobs[0], error)])
        self.tell(self)

    def _settle(self, jobs: Sequence[Job], made: Sequence[Made]) -> None:
        """Write what a worker brought, all of it with one record first."""
        both = zip(jobs, made, strict=True)
        ready = [self._guard.passed(job, one, self.order) for job, one in both]
        files = {name: data for one in ready for name, data in one.files.items()}
        try:
            self.journal.write(files, [r for one in ready for r in one.records])
        except FileBusyError:
            ready = [self._alone(one) for one in ready]  # one file in the way costs its own letter
        for job, one in zip(jobs, ready, strict=True):
            self._look_at(job.number, one.sketch)
            names, found = (*one.files, *one.kept), worst(one.findings)
            if one.what == "unchanged":
                names = self.journal.files(job.number)
                found = tuple(told(old) for old in self.journal.found(job.number))
            self.journal.stood.update(names)
            if one.what == "failed":
                self.journal.behind.update(self.journal.files(job.number))
            said = (one.message, one.hint, one.code)
            self.outcomes.add(Outcome(job.number, job.shown, one.what, names, found, *said))

    def _alone(self, made: Made) -> Made:
        try:
            self.journal.write(made.files, made.records)
        except FileBusyError as error:
            return Made(
                made.number, "failed", findings=made.findings, message=error.message,
                hint=error.hint, code=error.exit_code, sketch=made.sketch,
            )  # fmt: skip
        return made

    def _look_at(self, number: str, sketch: tuple[Sketch, ...]) -> None:
        """Look for likenesses in the order of the list, whoever is ready first."""
        self._sketches[number] = sketch
        while self._order and self._order[0] in self._sketches:
            first = self._order.popleft()
            self._likeness.add(first, self._sketches.pop(first))

    def _compare(self) -> None:
        """Compare in earnest the cases that looked alike."""
        pairs = self._likeness.pairs
        self.unlooked = self._likeness.more
        wanted = {number for pair in pairs for number in pair}
        if not wanted:
            return
        jobs = {j.number: j for j in self.sources.jobs(self.journal) if j.number in wanted}
        firsts: dict[str, list[str]] = {}
        for number, other in pairs:
            firsts.setdefault(other, []).append(number)
        found = {
            (number, other): findings
            for other, numbers in firsts.items()
            for number, findings in compared(
                jobs[other], [jobs[number] for number in numbers], self.order
            )
        }
        for number, other in pairs:
            once = {(f.code, f.message): f for f in found.get((number, other), ())}
            self.alike += [(number, other, f) for f in once.values()]
        for number, other, f in self.alike:
            if f.code == SAME_PERSON:
                self.outcomes.add_to(number, _same_person(other, f.hint))
                self.outcomes.add_to(other, _same_person(number, f.hint))


def _same_person(other: str, hint: str) -> Finding:
    """Say of a case that *other* has its A-number: a batch has one letter for each client."""
    said = f"{other} has the same A-number"
    return Finding(code=SAME_PERSON, severity=Severity.ERROR, message=said, hint=hint)


def _apart(jobs: tuple[Job, ...], at: int | None) -> tuple[tuple[Job, ...], tuple[Job, ...]]:
    """Return what a worker was lost with in two shares: the case *at* which it was, and the rest.

    Halves of it where that is not known.
    """
    if at is None:
        half = len(jobs) // 2
        return jobs[:half], jobs[half:]
    return (jobs[at],), (*jobs[:at], *jobs[at + 1 :])


def _lost(job: Job, error: BaseException) -> Made:
    """Return what is told of a case with which a worker was lost."""
    hung = isinstance(error, (WorkerHungError, TimeoutError))
    how = "it took too long and was stopped" if hung else "its worker ended without an answer"
    hint = f"Try it alone: nkdocs fill {job.path}" if job.data is None else "Look at its row."
    return Made(job.number, "failed", message=how, hint=hint, code=1)

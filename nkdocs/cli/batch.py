"""The night run: many letters from answers files or a spreadsheet."""

import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from nkdocs.cli.common import (
    AsState,
    Json,
    Office,
    Quiet,
    answering,
    checked_folder,
    end,
    give,
    give_long,
    say,
    the_keys,
)
from nkdocs.cli.templates import template_app
from nkdocs.diagnostics import State, counting, stop
from nkdocs.errors import BatchError, FileBusyError, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from nkdocs.batch.outcomes import Outcome
    from nkdocs.batch.run import Batch
    from nkdocs.batch.sources import Sources

_FEW = 10  # cases that are told on the screen
_STOPPED = 130  # the exit code of a run that Ctrl-C ended
_EVERY = 30.0  # seconds between two lines in a log


def register(app: typer.Typer) -> None:
    """Add the command to *app*."""
    app.command()(answering(batch))


def register_sheet() -> None:
    """Add `template sheet` to the commands of the Word side."""
    template_app.command("sheet")(template_sheet)


def batch(  # noqa: PLR0913 - one argument an option of the command
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCES", help="Answers files, case folders, folders of them, .csv or .xlsx."
        ),
    ],
    *,
    document: Annotated[
        str, typer.Option("-d", "--document", metavar="DOCUMENT", help="Which document to fill.")
    ],
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="DIR", help="The folder of the results.")
    ] = Path("batch"),
    workers: Annotated[
        int, typer.Option("-j", "--jobs", metavar="N", min=0, help="Processes; 0: one a core.")
    ] = 0,
    pdf: Annotated[bool, typer.Option("--pdf", help="Make a PDF of each letter too.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Check exhibits and documents too, not only answers.")
    ] = False,
    state: AsState = State.DRAFT,
    name_by: Annotated[
        str,
        typer.Option(
            "--name-by",
            metavar="PATH",
            help="Put this answer into the file names: client.name, or case.",
        ),
    ] = "",
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="An answer for all of them; repeatable."),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Fill edited letters anew; each keeps a backup.")
    ] = False,
    cluster: Annotated[
        str,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="Let a Dask cluster do it: tls://host:8786."
        ),
    ] = "",
    office: Office = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Fill one document for many cases, with one report.

    Run the same command again after a crash or a change: what is done and unchanged is not done
    again, and what somebody edited is never overwritten. What goes to the court or to the other
    side comes out as a draft unless each case has its own consent. Letters of locked cases are
    sealed like their case; name a file with your key: no passphrase is asked for.

    In a spreadsheet each heading is the path of a question. A column headed Notes, or with a
    heading that begins with _ or #, is the office's own and is not read.
    """
    from nkdocs.batch import journal, report, run
    from nkdocs.batch.jobs import Order
    from nkdocs.batch.sources import look_through

    _well_written(sets or [])
    order = Order(document, state, pdf, check, str(office or ""), tuple(sets or ()), name_by)
    found = look_through(sources, order)
    count = min(workers or os.cpu_count() or 1, max(1, found.total))
    secrets = _secrets(found, cluster)
    with (
        _pool(count, cluster, secrets) as (pool, count),
        journal.opened(output) as record,
    ):
        notes = _noted(found, output, quiet=quiet or json)
        with _progress(found.total, quiet=quiet or json) as tell:
            done = run.Batch(found, order, record, pool, count, force=force, tell=tell)
            done.run()
        report.write(done, notes)
    if json:
        data = report.around(done, notes)
        cases = map(report.case, done.outcomes)
        whole = not (done.failed or done.stopped)
        give_long("batch", ok=whole, data=data, name="letters", items=cases)
    else:
        _show(done, output, quiet=quiet)
    if done.stopped:
        say(f"nkdocs: {report.stopped(done)}")
        raise typer.Exit(_STOPPED)
    if done.failed:
        msg = f"{done.failed} of {len(done.outcomes)} cases failed"
        end(BatchError(msg, hint=f"Why, and what next: {output / report.PAGE}"))


def template_sheet(
    document: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="The document, for example pd-request.")
    ],
    *,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="The .xlsx or .csv to write.")
    ],
    case: Annotated[
        Path | None,
        typer.Option(
            "--case", metavar="FOLDER", help="With the templates of a case or office folder."
        ),
    ] = None,
) -> None:
    """Write an empty spreadsheet for a batch: one column a question.

    A workbook has help in each heading, choices to pick from, and a sheet for each list. You may
    add a column headed Notes, or with a heading that begins with _ or #: it is not read.
    """
    from nkdocs import _atomic
    from nkdocs.batch import empty
    from nkdocs.packet import templates

    if output.exists():
        msg = f"{output} is there already"
        raise FileBusyError(msg, hint="Name another file; nothing was overwritten.")
    catalogue, known = templates.document(document, checked_folder(case) if case else None)
    made = empty.empty(catalogue, known, output.suffix.lower())
    _atomic.folder(output.parent)
    _atomic.save(output, made)
    give(str(output))
    say(f"Fill it, one row a case, then: nkdocs batch {output} -d {document}")


def _noted(found: "Sources", output: Path, *, quiet: bool) -> list[str]:
    """Return what is to be known of the run as a whole, after saying it.

    Raises:
        ChecksFailedError: letters in the state that was asked for are not made while it is so.
    """
    about = found.around(output)
    notes = [*found.notes, *(f"{f.code} {f.message} {f.hint}" for f in about)]
    for note in () if quiet else notes:
        say(note)
    stop(counting(about, found.order.state))
    return notes


@contextmanager
def _pool(count: int, address: str, secrets: tuple[str, ...]) -> Iterator[tuple["Executor", int]]:
    """Give who makes the letters: processes on this computer, which get the keys, or a cluster."""
    if address:
        from nkdocs.batch.cluster import cluster

        with cluster(address) as found:
            yield found
        return
    from nkdocs.batch import sealed
    from nkdocs.batch.workers import Workers

    sealed.hold(secrets)
    pool = Workers(count, sealed.hold, (secrets,))
    try:
        yield pool, count
    finally:
        pool.shutdown(cancel_futures=True)
        sealed.hold(())


def _secrets(found: "Sources", cluster: str) -> tuple[str, ...]:
    """Return the keys for locked cases, none where no case is locked.

    Raises:
        UsageError: they would have to go to a cluster.
        FileBusyError: a file of keys has a passphrase, and there is no terminal to ask for it.
    """
    held = the_keys()
    if not held.some or not found.locked:
        return ()
    if cluster:
        msg = "a case is locked, and keys are never sent to a cluster"
        raise UsageError(msg, hint="Run it on this computer, without --cluster.")
    return held.secrets()


def _well_written(sets: list[str]) -> None:
    if any(not said.partition("=")[0] or "=" not in said for said in sets):
        msg = "--set is written path=value"
        raise UsageError(msg, hint="For example: --set meta.as_of=2026-12-20")


def _show(done: "Batch", output: Path, *, quiet: bool) -> None:
    """Show how many came out how, and the first of those that need a person."""
    from nkdocs.batch import report

    number = report.counts(done.outcomes)
    told = ", ".join(f"{number[what]} {what}" for what in report.WHAT if number[what])
    give(f"{output}  {number['cases']} cases: {told or 'none'}; {number['person']} need a person")
    locked = report.locked(done.outcomes)
    if locked and not quiet:
        say(f"  {locked}")
    for one in () if quiet else _first(done):
        reason, step = report.why(one)[0]
        say(f"  {one.number}  {one.source}  {one.what}: {reason}")
        for fault in one.findings[:1] if one.what == "failed" else ():
            say(f"        {fault}")
        if step:
            say(f"        {step}")
    if number["person"] > _FEW and not quiet:
        say(f"  and {number['person'] - _FEW} more")
    if not quiet:
        _show_left(done)
        _show_alike(done)
        say(f"Next: open {output / report.PAGE}")


def _show_left(done: "Batch") -> None:
    """Name the first of the letters that lie in the folder and are not of this run."""
    if done.left:
        say(f"  In the folder, and not of this run: {_many(len(done.left), 'letter')}")
    for name, why in done.left[:_FEW]:
        say(f"  {name}  {why}")
    if len(done.left) > _FEW:
        say(f"  and {len(done.left) - _FEW} more")


def _show_alike(done: "Batch") -> None:
    """Name the first of the clients who are alike, by number."""
    from nkdocs.batch.alike import SAME_PERSON

    if done.alike:
        say(f"  Alike: {_many(len(done.alike), 'pair')} of clients")
    for number, other, found in done.alike[:_FEW]:
        what = "A-number" if found.code == SAME_PERSON else "words"
        say(f"  {number} and {other}  the same {what}")
    if len(done.alike) > _FEW:
        say(f"  and {len(done.alike) - _FEW} more")


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _first(done: "Batch") -> list["Outcome"]:
    """Return the first of those that need a person: failed ones, kept ones, then the others."""
    found: dict[str, list[Outcome]] = {"failed": [], "kept": [], "": []}
    for one in done.outcomes:
        these = found.get(one.what, found[""])
        if one.person and len(these) < _FEW:
            these.append(one)
    return [one for these in found.values() for one in these][:_FEW]


@contextmanager
def _progress(total: int, *, quiet: bool) -> Iterator[Callable[["Batch"], None]]:
    """Give what is told after every task: a bar on a terminal, lines in a log, else nothing."""
    if quiet or not total:
        yield lambda _: None
    elif sys.stderr.isatty():
        with _bar(total) as tell:
            yield tell
    elif _is_log():
        yield _lines(total)
    else:
        yield lambda _: None


def _is_log() -> bool:
    """Whether what is said goes into a file."""
    try:
        return stat.S_ISREG(os.fstat(sys.stderr.fileno()).st_mode)
    except (OSError, ValueError):
        return False


@contextmanager
def _bar(total: int) -> Iterator[Callable[["Batch"], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.fields[ready]}/{task.total}"), TimeElapsedColumn(),
               TextColumn("{task.fields[left]}"))  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, ready=0, left="")
        yield lambda done: bar.update(
            task, completed=done.far, ready=len(done.outcomes), left=_left(done)
        )


def _left(done: "Batch") -> str:
    """Return how long it will still take, in words; nothing while nobody can know."""
    seconds = done.pace.left(done.far)
    if seconds is None:
        return ""
    return f"about {seconds:.0f} s left" if seconds < 100 else f"about {seconds / 60:.0f} min left"  # noqa: PLR2004 - longer is told in minutes


def _lines(total: int) -> Callable[["Batch"], None]:
    """Return what writes a line into a log now and then."""
    last = time.monotonic()

    def tell(done: "Batch") -> None:
        nonlocal last
        now, ready = time.monotonic(), len(done.outcomes)
        if now - last < _EVERY and ready < total:
            return
        last = now
        say(", ".join(filter(None, (f"{ready} of {total}, {done.failed} failed", _left(done)))))

    return tell

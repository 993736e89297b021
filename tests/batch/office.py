"""A small office for tests of batches: one short letter, cases, and lists of them."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import ParamSpec, TypeVar

from nkdocs.batch import journal
from nkdocs.batch.jobs import Order
from nkdocs.batch.run import Batch
from nkdocs.batch.sources import look_through
from nkdocs.diagnostics import State
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from tests.documents.letters import template

_P = ParamSpec("_P")
_T = TypeVar("_T")
INTERVIEW = """document: {name}
title: A letter
audience: {audience}
use: [{use}]
files:
- {{file: {name}.docx, title: A letter, audience: {audience}}}
questions: []
"""
LINES = (
    "Dear {{ client.name }},",
    "Your A-number is {{ client.a_number }}.",
    "{%p for one in family %}",
    "We know of your {{ one.relation }}.",
    "{%p endfor %}",
)
HEAD = "case,meta.as_of,respondents[].lead,respondents[].name.legal,respondents[].a_number"
ROW = "{key},2026-11-20,yes,{name},A000-000-0{number:02d}"
CASE = """answers: 1
meta: {{as_of: 2026-11-20}}
respondents:
- {{id: one, lead: yes, name: {name}, a_number: A000-000-0{number:02d}}}
"""


class Here(Executor):
    """An executor that does each task at once, in this process."""

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Do a task."""
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - as an executor does
            future.set_exception(error)
        return future


def office(folder: Path) -> Path:
    """Make an office with the letters `hello`, `plea`, `motion`, `pair`; return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "office.yaml").write_text("office: {name: A clinic}\n", "utf-8")
    letter(folder, "hello", "client", "meta, respondents, family", *LINES)
    letter(folder, "plea", "opla", "meta", "Dear officer,")
    letter(folder, "motion", "court", "meta", "Dear judge,")
    letter(folder, "pair", "client", "meta, respondents, family", *LINES)
    own = folder / "templates/pair"
    (own / "cover.docx").write_bytes(template("To {{ client.name }}."))
    interview = own / "interview.yaml"
    cover = "- {file: cover.docx, title: A cover, audience: client, when: client.a_number}\n"
    text = interview.read_text("utf-8").replace("questions", f"{cover}questions")
    interview.write_text(text, "utf-8")
    return folder


def letter(folder: Path, name: str, audience: str, use: str, *lines: str) -> None:
    """Make the letter *name* of an office, with its questions and its Word file."""
    own = folder / "templates" / name
    own.mkdir(parents=True)
    text = INTERVIEW.format(name=name, audience=audience, use=use)
    (own / "interview.yaml").write_text(text, "utf-8")
    (own / f"{name}.docx").write_bytes(template(*lines))


def case(folder: Path, name: str, number: int, more: str = "") -> Path:
    """Write a flat case of the client *name*; return its file."""
    file = folder / f"{name.split(maxsplit=1)[0].lower()}.yaml"
    file.write_text(CASE.format(name=name, number=number) + more, "utf-8")
    return file


def rows(folder: Path, *names: str) -> Path:
    """Write a list of clients; return its file."""
    told = [ROW.format(key=f"k{n}", name=name, number=n) for n, name in enumerate(names, 1)]
    return written(folder, HEAD, *told)


def written(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    """Write a list of clients line by line; return its file."""
    file = folder / "list.csv"
    file.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return file


def run(
    out: Path,
    *paths: Path,
    pool: Executor | None = None,
    order: Order | None = None,
    workers: int = 1,
    force: bool = False,
    patience: float = 120.0,
) -> Batch:
    """Run a batch of `hello` over *paths* into *out*, in this process."""
    found = look_through(paths, order or Order("hello"))
    with journal.opened(out) as record:
        made = Batch(
            found, found.order, record, pool or Here(), workers, force=force, patience=patience
        )
        made.run()
    return made


def told(made: Batch) -> list[tuple[str, str]]:
    """Return number and outcome of each case."""
    return [(o.number, o.what) for o in made.outcomes]


def final(document: str) -> Order:
    """Return the order for final letters."""
    return Order(document, State.FINAL)


def said(file: Path) -> str:
    """Return what a letter says, a paragraph a line."""
    word = WordFile.read(file.read_bytes(), file.name)
    return "\n".join(text_of(p) for p in paragraphs(word.tree("word/document.xml")))


def letters(out: Path) -> dict[str, bytes]:
    """Return the letters that stand in *out*, by name."""
    return {f.relative_to(out).as_posix(): f.read_bytes() for f in sorted(out.rglob("*.docx"))}


def codes(findings: Sequence[object]) -> list[str]:
    """Return the codes of findings."""
    return [str(getattr(f, "code", "")) for f in findings]

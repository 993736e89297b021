"""Other cases that a case is compared with: those that were named, and no others.

Of each only what the comparison needs is kept, and a finding tells its path alone.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from nkdocs import cases
from nkdocs.answers.view import Answers, Items
from nkdocs.case import ANSWERS
from nkdocs.cases import is_here
from nkdocs.checks import matters
from nkdocs.checks.facts import OtherCase
from nkdocs.checks.printed import prose
from nkdocs.checks.strangers import digits
from nkdocs.diagnostics import Finding, stop
from nkdocs.errors import UsageError
from nkdocs.packet.desk import Desk
from nkdocs.packet.facts import gather
from nkdocs.vault import BEFORE, LOCK, sealed, unsealed

_NO_CASE = frozenset({"office.yaml", "office.yml", LOCK})
_RESULTS = frozenset({"out", "served", "signed", "exhibits", "templates"})


def named(desk: Desk, paths: Sequence[Path]) -> tuple[OtherCase, ...]:
    """Return the cases at *paths*: cases, or folders of cases; this case itself is left out.

    Raises:
        UsageError: there is nothing at a path, or no case in it.
        AnswersError: a case cannot be read; it would be left out unseen.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        files = list(case_files(path))
        if not files:
            msg = f"there is no case at {path}"
            raise UsageError(msg, hint="Name other cases, or a folder of cases.")
        found |= {file.resolve(): file for file in files}
    found.pop(desk.case.file.resolve(), None)
    return tuple(_read(desk, file) for file in found.values())


def case_files(path: Path) -> Iterator[Path]:
    """Yield the answers files at *path*: a case's own, a flat one, or all of a folder."""
    if not path.is_dir():
        if path.is_file() or sealed(path).is_file():
            yield path
    elif is_here(path):
        yield path / ANSWERS
    else:
        for folder, inner, names in os.walk(path):
            here = Path(folder)
            inner[:] = sorted(n for n in inner if n not in _RESULTS and not n.startswith("."))
            there = sorted({unsealed(Path(n)).name for n in names})
            if ANSWERS in there:
                inner.clear()
                yield here / ANSWERS
                continue
            flat = [n for n in there if n.endswith((".yaml", ".yml")) and n not in _NO_CASE]
            yield from (here / n for n in flat if BEFORE not in n)


def _read(desk: Desk, file: Path) -> OtherCase:
    read = cases.find(file, keys=desk.case.keys).load()
    stop(read.faults)
    name = str(file.parent if file.name == ANSWERS else file)
    return seen(Answers(read, desk.catalogue), name)


def compared(desk: Desk, other: OtherCase) -> list[Finding]:
    """Return what is alike in a case and another one: the same person, the same words."""
    facts = replace(gather(desk, []), others=(other,))
    return desk.unaccepted([desk.worded(found) for rule in matters.RULES for found in rule(facts)])


def seen(answers: Answers, name: str) -> OtherCase:
    """Return what a comparison needs of the case with *answers*, which messages call *name*."""
    texts = [part for _, text in prose(answers) for part in text.split("\n\n")]
    return OtherCase(
        name, _numbers(answers, "respondents"), _numbers(answers, "family"), tuple(texts)
    )


def _numbers(answers: Answers, name: str) -> frozenset[str]:
    people = answers.value((name,))
    spots = [(*p.spot, "a_number") for p in people] if isinstance(people, Items) else []
    return frozenset(digits(str(answers.data(s))) for s in spots if answers.has(s))

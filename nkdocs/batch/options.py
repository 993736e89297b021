"""What the options of a batch name, looked at before any case: one refusal, not one a case."""

import difflib
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from nkdocs._jinja import STRING_METHODS
from nkdocs.answers.load import load
from nkdocs.batch.desks import faults_of_sets
from nkdocs.batch.jobs import Order
from nkdocs.case import Case
from nkdocs.diagnostics import Place, stop
from nkdocs.errors import UsageError
from nkdocs.interview.faces import value_of
from nkdocs.interview.spec import Branch, Catalogue
from nkdocs.kinds.pronouns import PRONOUN_NAMES
from nkdocs.packet.desk import Shelf, known_document

_PEOPLE = "respondents"
_ENDS = ("first", "last")
_LISTED = frozenset({"exhibits", "filings"})


def checked(order: Order, case: Case, shelf: Shelf, *, rows: bool) -> None:
    """Require that what *order* names is known for *case*; *rows* says whether there are lists.

    Raises:
        UsageError: it names no document or answer, or gives one that cannot be taken.
        AnswersError: the office's file that it names is not there, or is none.
    """
    stop(load("answers: 1\n", "", case.office_text(), str(case.office or "")).faults)
    known_document(shelf.catalogue, order.document)
    name_by(shelf.catalogue, order.name_by)
    plain = tuple(s for s in order.sets if not _in_list(shelf.catalogue, s))
    if rows and plain != order.sets:
        msg = "--set names an item of a list"
        raise UsageError(msg, hint="Give it a column of the spreadsheet.")
    wrong = faults_of_sets(plain, case, shelf) if plain else []
    if wrong:
        msg = "--set gives what cannot be taken"
        told = [replace(f, place=Place("--set"), hint="") for f in wrong]
        raise UsageError(msg, hint="Correct it and run again; nothing was written.", faults=told)


def _in_list(catalogue: Catalogue, said: str) -> bool:
    """Whether an answer that is given with `--set` is one of an item of a list."""
    *above, _ = said.partition("=")[0].strip().split(".")
    here: Branch | None = catalogue.tree
    for name in above:
        here = here.below.get(name) if here else None
        if here and here.is_list:
            return True
    return above[:1] != [] and above[0] in _LISTED


def name_by(catalogue: Catalogue, said: str) -> None:
    """Require that *said* is an answer by which files can be named.

    Raises:
        UsageError: it is none; the message suggests the nearest.
    """
    steps = said.split(".")
    if said in {"", "case"}:
        return
    here, item = catalogue.tree, False
    for at, step in enumerate(steps):
        if at == 0 and step == "client":
            here, item = here.below[_PEOPLE], True
        elif here.is_list and not item:
            if step not in _ENDS and not (step.isdigit() and int(step)):
                raise _wrong(steps, at, _ENDS)
            item = True
        elif step not in here.below:
            known = _further(here, item=item)
            if step not in known or at + 1 < len(steps):
                top = () if at else ("client", "case")
                raise _wrong(steps, at, (*known, *here.below, *top))
            return
        else:
            here, item = here.below[step], False
    if (here.question is None or here.is_list) and "name" not in here.names:
        msg = f"--name-by {said}: that holds several answers"
        raise UsageError(msg, hint="Name one of them, for example: --name-by client.name")


def _further(here: Branch, *, item: bool) -> frozenset[str]:
    """Return what may be said behind an answer, or of a person or an item, and is no answer."""
    if here.question is not None and not here.is_list:
        value = value_of(here.question)
        parts = value.names or frozenset()
        if parts >= STRING_METHODS:  # plain text
            return frozenset()
        return frozenset(n for n in parts if not value.calls(n) and n != "owed")
    forms = PRONOUN_NAMES - {"verb"} if here.names >= {"name", "pronoun"} else frozenset[str]()
    return forms | {"id"} if item else forms


def _wrong(steps: Sequence[str], at: int, known: Iterable[str]) -> UsageError:
    near = difflib.get_close_matches(steps[at], sorted(known), 1)
    before, after = steps[:at], steps[at + 1 :]
    meant = [*before, near[0], *after] if near else []
    if before == [_PEOPLE]:
        meant = ["client", *after]
    guess = f"; did you mean {'.'.join(meant)}?" if meant else ""
    msg = f"--name-by {'.'.join(steps)}: there is no such answer{guess}"
    return UsageError(msg, hint="Name an answer that each case has: client.name, or case.")

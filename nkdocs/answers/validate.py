"""What is wrong with the answers, and what is open: every fault in one run.

Faults name the key, the line and the remedy, never what was typed.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, TypeVar, get_args

from msgspec import Struct
from msgspec.structs import fields

from nkdocs._forms import Form, FormError
from nkdocs.answers import korean
from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.answers.load import CaseFile
from nkdocs.answers.view import Answers
from nkdocs.diagnostics import Finding, Severity, State
from nkdocs.interview.engine import Plan, Spot, Standing, Step, plan
from nkdocs.interview.lacking import lacking
from nkdocs.interview.spec import OWN_KEYS, Branch, Document, own_key, path
from nkdocs.kinds.kind import KindError

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,35}")  # a bookmark of Word holds it whole
_Form = TypeVar("_Form", bound=Form)


class Report(Struct, frozen=True, dict=True):
    """What validation found.

    Attributes:
        faults: answers that are not written rightly, unknown keys, broken entries.
        open: the required questions of the chosen documents that have no answer.
    """

    faults: tuple[Finding, ...]
    open: tuple[Step, ...]
    _answers: Answers
    _documents: Sequence[Document]

    @cached_property
    def plan(self) -> Plan:
        """Every step, for the count of what is open and the list of what is idle."""
        return plan(self._answers.catalogue, self._documents, self._answers)

    @property
    def idle(self) -> tuple[str, ...]:
        """Paths of answers that are there and whose condition does not hold."""
        return tuple(s.path for s in self.plan.steps if s.standing is Standing.IDLE)


def validate(answers: Answers, documents: Sequence[Document]) -> Report:
    """Check *answers* against every question, and for what *documents* still need."""
    faults = (
        *answers.case.faults,
        *_Walk(answers).all(),
        *korean.faults(answers),
        *entry_faults(answers.case),
    )
    needed = lacking(answers.catalogue, documents, answers)
    return Report(faults, needed, answers, documents)


def missing(answers: Answers, steps: Sequence[Step]) -> list[Finding]:
    """Return a fault for each required question without an answer, as a final needs them."""
    return [
        Finding(
            code="A004",
            severity=Severity.ERROR,
            message=f"{s.path} is open: {s.question.prompt.en}",
            place=answers.case.place(s.spot),
            subject=s.path,
            cure="counsel",
            counts=State.FOR_SIGNATURE,
            hint="Next: nkdocs interview",
        )
        for s in steps
    ]


class _Walk:
    """Goes through everything an answers file holds."""

    def __init__(self, answers: Answers) -> None:
        self.answers, self.case, self.catalogue = answers, answers.case, answers.catalogue
        self.found: list[Finding] = []

    def all(self) -> list[Finding]:
        """Return every fault."""
        own = {key: data for key, data in self.case.data.items() if not own_key(key)}
        self.group(own, self.catalogue.tree, ())
        return self.found

    def fault(self, code: str, spot: Spot, message: str, hint: str = "") -> None:
        """Note a fault at *spot*."""
        self.found.append(
            Finding(
                code=code,
                severity=Severity.ERROR,
                message=message,
                place=self.case.place(spot),
                subject=self.answers.path(spot),
                counts=State.FOR_SIGNATURE,
                hint=hint or "Mend it in the file, or run nkdocs interview.",
            )
        )

    def group(self, data: dict[str, Any], here: Branch, spot: Spot) -> None:
        """Note the faults of a group of answers, which may be the item of a list."""
        parsed = self.answers.parsed
        for key, value in data.items():
            below, at = here.below.get(key), (*spot, key)
            if below is None:
                if not (key == "id" and here.is_list):
                    self.unknown(at, here.names)
            elif value == "":
                continue
            elif below.is_list:
                self.items(value, below, at)
            elif below.question is not None:
                if at in parsed:
                    continue
                try:
                    self.answers.understood(below.question, at, value)
                except KindError as error:
                    self.fault("A003", at, f"{self.answers.path(at)}: {error}")
            elif isinstance(value, dict):
                self.group(value, below, at)
            else:
                names = ", ".join(sorted(below.names))
                self.fault("A003", at, f"{path(below.steps)} holds answers of its own: {names}")

    def unknown(self, spot: Spot, known: frozenset[str]) -> None:
        """Note the fault of a key that no question asks."""
        near = difflib.get_close_matches(str(spot[-1]), sorted(known | OWN_KEYS), 1)
        guess = f"; did you mean '{near[0]}'?" if near else ""
        name = self.answers.path(spot)
        self.fault("A002", spot, f"{name} is not an answer nkdocs knows{guess}")

    def items(self, data: Any, here: Branch, spot: Spot) -> None:  # noqa: ANN401
        """Note the faults of a list: its items have ids, each once."""
        if not isinstance(data, list):
            self.fault("A003", spot, f"{self.answers.path(spot)} is a list; start items with -")
            return
        seen: set[str] = set()
        for number, item in enumerate(data):
            at = (*spot, number)
            if not isinstance(item, dict):
                self.fault("A003", at, f"{self.answers.path(at)} needs keys of its own")
                continue
            name = item.get("id", "")
            if not isinstance(name, str) or not name:
                list_ = self.answers.path(spot)
                self.fault("A005", at, f"item {number + 1} of {list_} has no id")
            elif not _ID.fullmatch(name):
                why = "write it in small letters, digits and hyphens, 36 at most"
                named = f"the id of item {number + 1} of {self.answers.path(spot)}"
                self.fault("A005", (*at, "id"), f"{named}: {why}")
            elif name in seen:
                self.fault("A005", at, f"the id of {self.answers.path(at)} is used twice")
            seen.add(str(name))
            self.group(item, here, at)


def exhibits(case: CaseFile) -> list[Exhibit]:
    """Return the exhibits that are written rightly, in the order listed."""
    return [*_listed(case, "exhibits", Exhibit)[0]]


def filings(case: CaseFile) -> list[Filing]:
    """Return the filings that are written rightly, in the order listed."""
    return [*_listed(case, "filings", Filing)[0]]


def entry_faults(case: CaseFile) -> list[Finding]:
    """Return what is wrong with the lists of exhibits and filings."""
    listed, wrong = _listed(case, "exhibits", Exhibit)
    led, wrong_too = _listed(case, "filings", Filing)
    faults, known = [*wrong, *wrong_too], [e.id for e in listed]
    ids = [f.id for f in led]
    for number, filing in enumerate(led):
        if filing.continues and filing.continues not in {*ids} - {filing.id}:
            message = f"filing '{filing.id}' continues a filing that is not there"
            faults.append(_entry(case, ("filings", number, "continues"), message))
        for at, name in enumerate(filing.exhibits):
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                guess = f"; did you mean '{near[0]}'?" if near else ""
                message = f"filing '{filing.id}' lists an exhibit that is not there{guess}"
                faults.append(_entry(case, ("filings", number, "exhibits", at), message))
    return faults


def _listed(
    case: CaseFile, key: str, form: type[_Form]
) -> tuple[Sequence[_Form], Sequence[Finding]]:
    """Return the entries that are written rightly, and the faults of the others; read once."""
    if key not in case.memo:
        faults: list[Finding] = []
        case.memo[key] = [*_entries(case, key, form, faults)], faults
    found: tuple[Sequence[_Form], Sequence[Finding]] = case.memo[key]
    return found


def _entries(
    case: CaseFile, key: str, form: type[_Form], faults: list[Finding]
) -> Iterator[_Form]:
    data = case.data.get(key, [])
    if data in ("", []):
        return
    if not isinstance(data, list):
        faults.append(_entry(case, (key,), f"{key} is a list; start each entry with -"))
        return
    seen: set[str] = set()
    for number, entry in enumerate(data):
        try:
            made = form.checked(entry)
        except FormError as error:
            faults += _form_faults(case, (key, number), error, form)
            continue
        name = str(getattr(made, "id", ""))
        if name in seen:
            faults.append(_entry(case, (key, number, "id"), f"{key} has the id '{name}' twice"))
        seen.add(name)
        yield made


def _form_faults(
    case: CaseFile, spot: Spot, error: FormError, form: type[Form]
) -> Iterator[Finding]:
    sentences = {
        "missing": "{key} is missing",
        "extra_forbidden": "{key} is not a key nkdocs knows here",
        "literal_error": "{key} must be one of {expected}",
        "value_error": "{key}: {error}",
        "tuple_type": "{key} is a list: write [a, b]",
        "int_parsing": "{key} must be a number",
        "string_type": "{key} must be one line of text",
        "model_type": "{key} needs keys of its own",
    }
    for wrong in error.wrongs:
        place = (*spot, *wrong.place)
        key = ".".join(str(s + 1) if isinstance(s, int) else s for s in place)
        known = sentences.get(wrong.kind, "{key} is not written as expected")
        text = known.format(key=key, **wrong.more)
        if wrong.kind == "extra_forbidden":
            near = difflib.get_close_matches(str(wrong.place[-1]), _keys(form, wrong.place), 1)
            text += f"; did you mean '{near[0]}'?" if near else ""
        yield _entry(case, place, text)


def _keys(form: type[Form], loc: Sequence[int | str]) -> list[str]:
    """Return the keys that are known where *loc* leads: an entry's own, or those of a part."""
    for step in loc[:-1]:
        if isinstance(step, str):
            inner = _form_in(next(told.type for told in fields(form) if told.name == step))
            if inner is None:
                return []
            form = inner
    return [told.name for told in fields(form)]


def _form_in(annotation: object) -> type[Form] | None:
    """Return the form that a key holds, alone, in a list, or nothing."""
    if isinstance(annotation, type) and issubclass(annotation, Form):
        return annotation
    return next((found for one in get_args(annotation) if (found := _form_in(one))), None)


def _entry(case: CaseFile, spot: Spot, message: str) -> Finding:
    return Finding(
        code="A007",
        severity=Severity.ERROR,
        message=message,
        place=case.place(spot),
        subject=".".join(map(str, spot)),
        hint="Mend the entry and run again.",
    )

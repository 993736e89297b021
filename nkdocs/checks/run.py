"""Runs every rule over the facts of a case and words what they find.

Severity, state, class and wording are data (templates/shared/findings.yaml); a rule only says
what it found and where.
"""

import difflib
import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from msgspec import field
from msgspec.structs import replace

from nkdocs import _kept, _yaml
from nkdocs._forms import Form, FormError
from nkdocs._resources import read_once
from nkdocs.answers.load import CaseFile
from nkdocs.checks import (
    ages,
    anachronisms,
    bilingual,
    boxes,
    candor,
    concessions,
    consistency,
    counts,
    coverage,
    deadlines,
    delivery,
    disclosure,
    exhibits,
    exposure,
    files,
    guidance,
    journey,
    law,
    matters,
    names,
    oneyear,
    privacy,
    prose,
    quotations,
    references,
    repeats,
    review,
    safety,
    signers,
    signoff,
    spellings,
    strangers,
    sums,
    sworn,
    timeline,
)
from nkdocs.checks.facts import Facts, Found, Rule
from nkdocs.diagnostics import Finding, Place, Severity, State
from nkdocs.errors import TemplateError

RULES: tuple[Rule, ...] = (
    *matters.RULES,
    *names.RULES,
    *oneyear.RULES,
    *deadlines.RULES,
    *safety.RULES,
    *concessions.RULES,
    *privacy.RULES,
    *guidance.RULES,
    *strangers.RULES,
    *review.RULES,
    *signers.RULES,
    *repeats.RULES,
    *sworn.RULES,
    *bilingual.RULES,
    *coverage.RULES,
    *prose.RULES,
    *journey.RULES,
    *ages.RULES,
    *anachronisms.RULES,
    *consistency.RULES,
    *boxes.RULES,
    *timeline.RULES,
    *sums.RULES,
    *counts.RULES,
    *spellings.RULES,
    *disclosure.RULES,
    *exhibits.RULES,
    *files.RULES,
    *exposure.RULES,
    *law.RULES,
    *delivery.RULES,
    *signoff.RULES,
    *references.RULES,
    *candor.RULES,
    *quotations.RULES,
)


#: What no acceptance and no office's own weighing can let pass (DESIGN section 2).
_NEVER = frozenset({"L612"})


class Wording(Form, frozen=True, kw_only=True):
    """How a finding is worded and weighed."""

    severity: Literal["ERROR", "WARN", "INFO"]
    counts: Literal["draft", "for-signature", "final"] = "draft"
    kind: Literal["block", "ack", "note"] = "ack"
    group: str = ""
    source: list[str] | str = field(default_factory=list)
    cure: str = ""
    message: str
    next: str = ""
    why: str = ""
    facts: list[str] | str | dict[str, str] = field(default_factory=list)


def wordings(folders: Sequence[Path]) -> dict[str, Wording]:
    """Return the wording of every finding from the first of *folders* that has it.

    Raises:
        TemplateError: the file is wrong.
    """
    found = (f for folder in folders if (f := folder / "shared/findings.yaml").is_file())
    file = next(found, None)
    return _wordings(file, read_once(file)) if file else {}


@functools.lru_cache(maxsize=4)
def _wordings(file: Path, data: bytes) -> dict[str, Wording]:
    """Return the wordings that *data*, what stands in *file*, tells; read once for many cases."""
    kept = _kept.forms(
        file, data, lambda: [(code, word.plain()) for code, word in _read(file, data).items()]
    )
    return {code: Wording(**word) for code, word in kept}


def _read(file: Path, data: bytes) -> dict[str, Wording]:
    loaded = _yaml.load(_yaml.read(data))
    faults = [f"{file}:{line}: {why}" for line, _, why in loaded.faults]
    words: dict[str, Wording] = {}
    for code, entry in (loaded.data if isinstance(loaded.data, dict) else {}).items():
        try:
            words[code] = Wording.checked(entry)
        except FormError as error:
            line = loaded.keys.get((code,), (1, 1))[0]
            where = [(f"{code}.{w.at}".rstrip("."), w.said) for w in error.wrongs]
            faults += [f"{file}:{line}: {at}: {said}" for at, said in where]
    if faults:
        msg = "the wording of the findings is wrong"
        raise TemplateError(msg, faults=faults)
    return words


def run(facts: Facts, words: dict[str, Wording]) -> list[Finding]:
    """Return what every rule finds, worded, without what the attorney accepted."""
    case = facts.answers.case
    found = [worded(f, case, words) for rule in RULES for f in rule(facts)]
    return [*accepted(found, case)]


def worded(found: Found, case: CaseFile, words: dict[str, Wording]) -> Finding:
    """Return a finding about *case* in words.

    Raises:
        TemplateError: findings.yaml has no wording for its code.
    """
    if found.code not in words:
        near = difflib.get_close_matches(found.code, words, 1)
        msg = f"no wording for the finding {found.code} (nearest: {', '.join(near) or 'none'})"
        raise TemplateError(msg, hint="See templates/shared/findings.yaml.")
    word = words[found.code]
    source = "; ".join([word.source] if isinstance(word.source, str) else word.source)
    places = [case.place(spot) for spot in found.also]
    return Finding(
        code=found.code,
        severity=found.severity or Severity(word.severity),
        message=" ".join(word.message.format_map(_Facts(found.facts)).split()),
        place=found.place or (case.place(found.spot) if found.spot else Place(case.name)),
        also=tuple(places),
        subject=found.subject,
        source=source,
        cure=word.cure,
        hint=word.next,
        kind=word.kind,
        counts=State(word.counts),
        group=word.group,
        facts=found.read or "; ".join(f"{k}={v}" for k, v in sorted(found.facts.items())),
    )


class _Facts(dict[str, object]):
    """Values for the placeholders of a wording; one that is not given stays readable."""

    def __missing__(self, key: str) -> str:
        return f"({key.replace('_', ' ')})"


def accepted(found: Sequence[Finding], case: CaseFile) -> Iterator[Finding]:
    """Yield what no acceptance names; one is void when its facts changed, and says so.

    Only what the checks find can be accepted: an open answer or an unreadable exhibit stays.
    """
    entries = case.data.get("_accepted")
    taken = [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []
    for finding in found:
        mine = [e for e in taken if (e.get("code"), e.get("at")) == (finding.code, finding.subject)]
        never = finding.kind == "block" or finding.code in _NEVER or finding.code[0] != "L"
        if never or not mine:
            yield finding
        elif not any(_full(e) and e.get("facts") == finding.fingerprint for e in mine):
            note = f"{finding.message} (It was accepted before; the facts have changed since: "
            yield replace(finding, message=f"{note}{finding.fingerprint}.)")


def _full(entry: dict[str, object]) -> bool:
    return all(entry.get(key) for key in ("reason", "by", "on"))

"""Safety of a request for prosecutorial discretion: dismissal, consent, expedited removal."""

import datetime as dt
from collections.abc import Iterator

from nkdocs.answers.view import Items
from nkdocs.checks.facts import Facts, Found, Rule, dated
from nkdocs.diagnostics import Severity

_PD = frozenset({"pd-request", "supervisory-review"})
_ENDING = ("dismissal", "termination")
_NEEDS_GROUND = {
    "dismissal": ("a1", "a2", "a3", "a4", "a5", "a6", "a7"),
    "termination": ("t_joint", "t_other"),
}
_TWO_YEARS = dt.timedelta(days=730)
_ELSEWHERE = {
    "stay_of_removal": "ERO, on Form I-246",
    "release_parole": "ERO",
    "nta_cancel": "the office that issued the NTA, with Form G-28",
}


def _forms(facts: Facts) -> list[str]:
    """Return the forms of discretion asked for, empty when no PD paper is at hand."""
    if not facts.chosen & _PD:
        return []
    forms = facts.answers.value(("pd", "forms"))
    try:
        return [str(getattr(f, "key", f)) for f in forms]  # type: ignore[attr-defined]
    except TypeError:
        return []


def _asked(facts: Facts) -> str:
    return next((form for form in _forms(facts) if form in _ENDING), "")


def _consent(facts: Facts) -> Iterator[Found]:
    """L201: dismissal or termination without the client's record of consent."""
    form = _asked(facts)
    signed = facts.answers.value(("consent", "pd", "signed_on"))
    if form and not signed:
        yield Found("L201", "consent.pd.signed_on", ("pd", "forms"), {"form": form})


def _expedited(facts: Facts) -> Iterator[Found]:
    """L202: by manner of the last entry, how close expedited removal stands."""
    form, people = _asked(facts), facts.answers.value(("respondents",))
    if not form or not isinstance(people, Items) or facts.day is None:
        return
    for person in people:
        entries = person.lookup("entries")
        entry = list(entries)[-1] if isinstance(entries, Items) and entries else None
        marked = [e for e in entries if e.lookup("last")] if isinstance(entries, Items) else []
        entry = marked[0] if marked else entry
        if entry is None:
            continue
        manner = str(getattr(entry.lookup("manner"), "key", ""))
        when = dated(entry.lookup("when"))
        old = when is not None and facts.day - when.latest >= _TWO_YEARS
        severity = None
        if manner == "without inspection" and old:
            severity = Severity.WARN
        elif manner == "visa":
            severity = Severity.INFO
        told = {"form": form, "manner": manner, "entry": entry.id, "person": person.id}
        yield Found(
            "L202", person.id, (*entry.spot, "manner"), told, severity=severity,
            read=f"{form}/{manner}/{when}/{old}",
        )  # fmt: skip


def _loss(facts: Facts) -> Iterator[Found]:
    """L203: dismissal while an asylum application or a work permit hangs on the case."""
    if "dismissal" in _forms(facts):
        for path in (("case", "i589", "filed"), ("case", "ead", "has")):
            if facts.answers.value(path):
                yield Found("L203", ".".join(path), ("pd", "forms"), {"pending": ".".join(path)})


def _ground(facts: Facts) -> Iterator[Found]:
    """L204: a form that needs a ground and has none; a hook of the NTA where there is no NTA."""
    grounds = facts.answers.value(("pd", "grounds"))
    for form in _forms(facts):
        needed = _NEEDS_GROUND.get(form, ())
        named = any(g in grounds for g in needed) if grounds else False  # type: ignore[operator]
        wrong = (
            form in {"dismissal", "nta_cancel"}
            and facts.answers.value(("case", "proceeding")) == "asylum_only"
        )
        if (needed and not named) or wrong:
            yield Found("L204", form, ("pd", "forms"), {"form": form}, read=f"{form}/{grounds}")


def _addressee(facts: Facts) -> Iterator[Found]:
    """L206: a form that OPLA cannot grant."""
    for form in _forms(facts):
        if form in _ELSEWHERE:
            yield Found("L206", form, ("pd", "forms"), {"form": form, "office": _ELSEWHERE[form]})


def _late_review(facts: Facts) -> Iterator[Found]:
    """L303: a review letter that brings no reason and no new fact is a mere resend."""
    if "supervisory-review" not in facts.chosen:
        return
    reasons = facts.answers.value(("sr", "reasons"))
    new = facts.answers.value(("sr", "new_facts"))
    if not reasons and not new:
        yield Found("L303", "sr.reasons", ("sr", "reasons"))


def _filings(facts: Facts) -> Iterator[Found]:
    """L612: an internal paper or exhibit, or one for somebody else, in a filing."""
    known = {e.id: (n, e) for n, e in enumerate(facts.listed)}
    documents = facts.answers.catalogue.documents
    for number, filing in enumerate(facts.filings):
        if filing.lead and filing.lead in documents:
            lead = documents[filing.lead]
            if lead.audience != filing.audience:
                told = {"exhibit": lead.id, "filing": filing.id, "document": lead.id}
                yield Found("L612", f"{filing.id}.{lead.id}", ("filings", number, "lead"), told)
        for name in filing.exhibits:
            at, exhibit = known.get(name, (0, None))
            if exhibit is not None and (
                filing.audience not in exhibit.audience or "internal" in exhibit.audience
            ):
                told = {"exhibit": name, "filing": filing.id, "document": name}
                yield Found("L612", f"{filing.id}.{name}", ("exhibits", at), told)


RULES: tuple[Rule, ...] = (
    _consent, _expedited, _loss, _ground, _addressee, _late_review, _filings,
)  # fmt: skip

"""Safety of a request for prosecutorial discretion: dismissal, consent, expedited removal."""

from collections.abc import Iterator

from nkdocs.answers.entries import Filing
from nkdocs.checks.deadlines import anniversary
from nkdocs.checks.facts import Facts, Found, Rule, dated, key, keys, last_entry, listed
from nkdocs.citations.cite import Cite, parse
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot

_ENDING = ("dismissal", "termination")
_NEEDS_GROUND = {
    "dismissal": ("a1", "a2", "a3", "a4", "a5", "a6", "a7"),
    "nta_cancel": ("a1", "a2", "a3", "a4", "a5", "a6", "a7"),
    "termination": ("t_joint", "t_other"),
}
_ELSEWHERE = {
    "stay_of_removal": "ERO, on Form I-246",
    "release_parole": "ERO",
    "nta_cancel": "the office that issued the NTA, with Form G-28",
}
_ASKING: dict[str, Spot] = {"pd-request": ("pd", "forms"), "supervisory-review": ("sr", "narrowed")}
_UNSEEN = "its recipient may not see it"
_FEW = 3  # equities with proof


def asked_forms(facts: Facts) -> dict[str, Spot]:
    """Return the forms of discretion that the papers at hand ask for, each with its answer."""
    forms: dict[str, Spot] = {}
    for spot in (spot for document, spot in _ASKING.items() if document in facts.chosen):
        forms = {**dict.fromkeys(keys(facts.answers.value(spot)), spot), **forms}
    return forms


def _ending(facts: Facts) -> tuple[str, Spot] | None:
    """Return the first form that would end the case, with its answer."""
    forms = asked_forms(facts)
    return next(((form, forms[form]) for form in _ENDING if form in forms), None)


def _consent(facts: Facts) -> Iterator[Found]:
    """L201: dismissal or termination without the client's record of consent."""
    ending = _ending(facts)
    if ending and not facts.answers.value(("consent", "pd", "signed_on")):
        yield Found("L201", "consent.pd.signed_on", ending[1], {"form": ending[0]})


def _expedited(facts: Facts) -> Iterator[Found]:
    """L202: by manner of the last entry, how close expedited removal stands."""
    ending = _ending(facts)
    for person in listed(facts.answers.value(("respondents",))) if ending else ():
        entry = last_entry(person)
        if entry is None or ending is None:
            continue
        manner, old = key(entry.lookup("manner")), _two_years(facts, entry.lookup("when"))
        severity = None
        if manner == "without inspection" and old:
            severity = Severity.WARN
        elif manner == "visa":
            severity = Severity.INFO
        told = {"form": ending[0], "person": person.id, "entry": entry.id,
                "manner": manner or "manner not told"}  # fmt: skip
        yield Found(
            "L202", person.id, (*entry.spot, "manner"), told, severity=severity,
            read=f"{ending[0]}/{manner}/{entry.lookup('when')}/{old}",
        )  # fmt: skip


def _two_years(facts: Facts, when: object) -> bool:
    """Whether an entry surely lies two years before the day of the papers."""
    told = dated(when)
    return told is not None and facts.day is not None and anniversary(told.latest, 2) <= facts.day


def _loss(facts: Facts) -> Iterator[Found]:
    """L203: dismissal while an asylum application or a work permit hangs on the case."""
    spot = asked_forms(facts).get("dismissal")
    for path in (("case", "i589", "filed"), ("case", "ead", "has")) if spot else ():
        if facts.answers.value(path):
            yield Found("L203", ".".join(path), spot or (), {"pending": ".".join(path)})


def _ground(facts: Facts) -> Iterator[Found]:
    """L204: a form that needs a ground and has none; a hook of the NTA where there is no NTA.

    The ground is asked for with the request; a letter of review does not name it again.
    """
    grounds = keys(facts.answers.value(("pd", "grounds")))
    no_notice = facts.answers.value(("case", "proceeding")) == "asylum_only"
    for form, spot in asked_forms(facts).items():
        needed = _NEEDS_GROUND.get(form, ()) if spot[0] == "pd" else ()
        groundless = bool(needed) and not set(needed) & set(grounds)
        if groundless or (no_notice and form in {"dismissal", "nta_cancel"}):
            yield Found("L204", form, spot, {"form": form}, read=f"{form}/{grounds}/{no_notice}")


def _addressee(facts: Facts) -> Iterator[Found]:
    """L206: a form that OPLA cannot grant."""
    for form, spot in asked_forms(facts).items():
        if form in _ELSEWHERE:
            yield Found("L206", form, spot, {"form": form, "office": _ELSEWHERE[form]})


def _equities(facts: Facts) -> Iterator[Found]:
    """L214: few equities have proof."""
    equities = listed(facts.answers.value(("pd", "equities")))
    if "pd-request" not in facts.chosen or not equities:
        return
    told = (e.lookup("exhibit") or _cited(str(e.lookup("fact") or "")) for e in equities)
    count = sum(bool(proof) for proof in told)
    if count < _FEW:
        yield Found("L214", "pd.equities", ("pd", "equities"), {"count": f"{count} of "
                    f"{len(equities)}"})  # fmt: skip


def _cited(text: str) -> bool:
    return any(isinstance(piece, Cite) for piece in parse(text))


def _filings(facts: Facts) -> Iterator[Found]:
    """L612: an internal paper or exhibit, or one for somebody else, in a filing."""
    for number, filing in enumerate(facts.filings):
        lead = facts.answers.catalogue.documents.get(filing.lead)
        if lead is not None and lead.audience != filing.audience:
            told = {"filing": filing.id, "document": lead.id, "why": _UNSEEN}
            yield Found("L612", f"{filing.id}.{lead.id}", ("filings", number, "lead"), told)
        for name in filing.exhibits:
            at = next((n for n, e in enumerate(facts.listed) if e.id == name), None)
            if at is not None and _kept_back(facts, filing, at):
                told = {"filing": filing.id, "document": name, "why": _UNSEEN}
                yield Found("L612", f"{filing.id}.{name}", ("exhibits", at), told)


def _kept_back(facts: Facts, filing: Filing, at: int) -> bool:
    """Whether the recipient of *filing* may not see exhibit number *at*."""
    exhibit = facts.listed[at]
    made = facts.answers.catalogue.documents.get(exhibit.document)
    internal = "internal" in exhibit.audience or (made is not None and made.audience == "internal")
    return internal or filing.audience not in exhibit.audience


def _primary(facts: Facts) -> Iterator[Found]:
    """L219: the form asked first is not among the forms that are asked for."""
    first = key(facts.answers.value(("pd", "primary")))
    forms = keys(facts.answers.value(("pd", "forms")))
    if "pd-request" in facts.chosen and first and forms and first not in forms:
        yield Found("L219", "pd.primary", ("pd", "primary"), {"form": first}, (("pd", "forms"),))


RULES: tuple[Rule, ...] = (
    _consent, _expedited, _loss, _ground, _addressee, _equities, _primary, _filings,
)  # fmt: skip

"""Safety of a request for prosecutorial discretion: dismissal, consent, expedited removal."""

from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.answers.entries import Filing
from nkdocs.answers.view import Item
from nkdocs.checks.births import birth
from nkdocs.checks.deadlines import anniversary
from nkdocs.checks.facts import Facts, Found, Rule, dated, items, key, keys, last_entry
from nkdocs.citations.cite import Cite, parse
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot, offered

_ENDING = ("dismissal", "termination")
_NEEDS_GROUND = {
    "dismissal": ("a1", "a2", "a3", "a4", "a5", "a6", "a7"),
    "nta_cancel": ("a1", "a2", "a3", "a4", "a5", "a6", "a7"),
    "termination": ("t_joint", "t_other"),
}
_OPLA = "opla"
_GIVEN_BY = {
    "stay_of_removal": ("ero", "ERO, on Form I-246"),
    "release_parole": ("ero", "ERO"),
    "nta_cancel": ("issuing_office", "the office that issued the NTA, with Form G-28"),
}
_OF_NOTICE = frozenset({"dismissal", "nta_cancel"})
_ASKING: dict[str, Spot] = {"pd-request": ("pd", "forms"), "supervisory-review": ("sr", "narrowed")}
_UNSEEN = "its recipient may not see it"
_FEW = 3  # equities with proof
_OF_AGE = 18
_ARRIVING = frozenset({"parole", "parole at a port of entry", "advance parole", "port of entry"})
_CHIRLA = "chirla-2025"
_NO_NOTICE = frozenset({"asylum_only", "withholding_only"})
_BEFORE_EOIR = frozenset({"eoir-28", "eoir-27", "both"})
#: What a recipient may be: the first part of its id, and whose forms it can grant.
_OFFICES = {
    "ero": {"ero", "issuing_office"},
    "ice": {"ero", "issuing_office"},
    "cbp": {"issuing_office"},
    "uscis": {"issuing_office"},
    "issuing": {"issuing_office"},
}
_NO_ARREST = lazily(r"\bno (arrests?|criminal (record|history))\b|\bnever (been )?arrested\b")
_BARE = frozenset({"none", "no", "nothing", "n/a", "na", "no record", "no criminal record"})


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
    """L201: dismissal or termination without the record of each adult respondent's consent.

    What ends the case ends it for all of them. A day that is still to come records nothing, and
    who is not known to be a minor is no minor.
    """
    ending = _ending(facts)
    if ending is None:
        return
    form, asked = ending
    if not _given(facts, facts.answers.value(("consent", "pd", "signed_on"))):
        told = {"form": form, "person": "the client"}
        yield Found("L201", "consent.pd.signed_on", asked, told)
    for rider in items(facts, "respondents"):
        spot = (*rider.spot, "consent", "pd_signed_on")
        owed = not rider.lookup("lead") and not _minor(facts, rider)
        if owed and not _given(facts, facts.answers.value(spot)):
            told = {"form": form, "person": rider.id}
            yield Found("L201", facts.answers.path(spot), spot, told, (asked,))


def _given(facts: Facts, signed: object) -> bool:
    day = dated(signed)
    return day is not None and (facts.day is None or day.latest <= facts.day)


def _minor(facts: Facts, person: Item) -> bool:
    """Whether a person is surely under eighteen on the day of the papers."""
    born = birth(person)
    return born is not None and facts.day is not None and (
        anniversary(born.earliest, _OF_AGE) > facts.day
    )


def _expedited(facts: Facts) -> Iterator[Found]:
    """L202: by manner of the last entry, how close expedited removal stands."""
    ending = _ending(facts)
    for person in items(facts, "respondents") if ending else ():
        entry = last_entry(person)
        if entry is None or ending is None:
            continue
        manner, old = key(entry.lookup("manner")), _two_years(facts, entry.lookup("when"))
        severity, reach = _reach(facts, entry, manner, old=old)
        told = {"form": ending[0], "person": person.id, "entry": entry.id,
                "manner": manner or "manner not told", "reach": reach}  # fmt: skip
        yield Found(
            "L202", person.id, (*entry.spot, "manner"), told, severity=severity,
            read=f"{ending[0]}/{manner}/{entry.lookup('when')}/{old}/{reach}",
        )  # fmt: skip


def _reach(
    facts: Facts, entry: Item, manner: str, *, old: bool
) -> tuple[Severity | None, str]:
    """Return how severe the danger is, None as the wording has it, and in what it lies."""
    if manner == "visa":
        return Severity.INFO, "an admission on a visa keeps it away, if it can be proved"
    if manner == "esta":
        return None, "a Visa Waiver entrant can be removed without a hearing under INA § 240"
    if manner in _ARRIVING:
        known = facts.registry.find(_CHIRLA)
        if known and facts.registry.confirmed(_CHIRLA) and manner != "port of entry":
            return Severity.WARN, f"it is held off by {_CHIRLA} alone, which this case confirmed"
        return None, (f"DHS claims no limit of time for those paroled or stopped at a port of "
                      f"entry, and {_CHIRLA} is not confirmed")  # fmt: skip
    active = _active(facts)
    if manner != "without inspection" or not old:
        short = "it is not sure that two years have passed" if manner else "how is not told"
        return None, f"{short}; {active}" if active else short
    proof = entry.lookup("proof")
    shown = "exhibits are named for it" if proof else "no exhibit is named for it in its proof"
    return Severity.WARN, "; ".join(
        t for t in (f"the client must prove two years' presence, and {shown}", active) if t
    )


def _active(facts: Facts) -> str:
    """Return what the guidance of the day says of expedited removal, if it says: active."""
    for authority in facts.registry.on(facts.day) if facts.day else ():
        if authority.expedited_removal_status == "active":
            sure = "" if facts.registry.confirmed(authority.id) else ", which nobody confirmed"
            return (f"arrest and removal without a hearing may follow at once, for expedited "
                    f"removal is active in the interior by {authority.id}{sure}")  # fmt: skip
    return ""


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
    forms = asked_forms(facts)
    if not forms:
        return
    grounds = keys(facts.answers.value(("pd", "grounds")))
    no_notice = _no_notice(facts)
    for form, spot in forms.items():
        needed = _NEEDS_GROUND.get(form, ()) if spot[0] == "pd" else ()
        groundless = bool(needed) and not set(needed) & set(grounds)
        if groundless or (no_notice and form in _OF_NOTICE):
            yield Found("L204", form, spot, {"form": form}, read=f"{form}/{grounds}/{no_notice}")


def _no_notice(facts: Facts) -> bool:
    return key(facts.answers.value(("case", "proceeding"))) in _NO_NOTICE


def _addressee(facts: Facts) -> Iterator[Found]:
    """L206: a form that the office addressed cannot grant; a cancellation without Form G-28."""
    appearance = key(facts.answers.value(("appearance", "form")))
    for form, spot in asked_forms(facts).items():
        asked, (gives, office) = _asked_of(facts, spot), _GIVEN_BY.get(form, (_OPLA, "OPLA"))
        unknown = form == "nta_cancel" and appearance not in {"", "g-28", "both"}
        if gives not in asked or unknown:
            told = {"form": form, "office": office}
            yield Found("L206", form, spot, told, read=f"{form}/{'/'.join(sorted(asked))}")


def _asked_of(facts: Facts, spot: Spot) -> set[str]:
    """Return the office that is asked at *spot*, or those it may be.

    The answer says so; without one the recipient of the filing that the letter leads; else OPLA.
    """
    named = key(facts.answers.value(("pd", "addressee_office")))
    if spot[0] == "pd" and named:
        return {named}
    lead = next(document for document, asking in _ASKING.items() if asking == spot)
    to = {f.recipient.split("-")[0].lower() for f in facts.filings if f.lead == lead}
    return {office for kind in to for office in _OFFICES.get(kind, {_OPLA})} or {_OPLA}


def _not_here(facts: Facts) -> Iterator[Found]:
    """L220: a form or relief that this proceeding or stage does not allow.

    The wrong office is L206's, a ground of the Notice where there is none is L204's.
    """
    if facts.chosen.isdisjoint(_ASKING):
        return
    told = {f.subject for f in _addressee(facts)} | (_OF_NOTICE if _no_notice(facts) else set())
    stands = {n: key(facts.answers.value(("case", n))) for n in ("proceeding", "stage")}
    for document, spot in (*_ASKING.items(), ("pd-request", ("pd", "relief_available"))):
        question = facts.answers.question(spot)
        if document not in facts.chosen or question is None:
            continue
        allowed = offered(facts.answers, question, spot)
        for form in keys(facts.answers.value(spot)):
            if form not in allowed and not (form in told and spot in _ASKING.values()):
                path = ".".join(map(str, spot))
                said = {"path": path, "form": form, **stands}
                yield Found("L220", f"{path}.{form}", spot, said)


def _appearance(facts: Facts) -> Iterator[Found]:
    """L207: a joint motion to reopen by somebody who has not appeared before court or Board."""
    spot = asked_forms(facts).get("join_mtr")
    form = key(facts.answers.value(("appearance", "form"))) if spot else ""
    if spot and form not in _BEFORE_EOIR:
        yield Found("L207", "appearance.form", ("appearance", "form"), {}, (spot,), read=form)


def _criminal(facts: Facts) -> Iterator[Found]:
    """L209: arrests are told, and their end is not proved or not asked; one line for all."""
    spot = ("pd", "criminal", "any")
    if not facts.chosen & set(_ASKING) or not facts.answers.value(spot):
        return
    records = items(facts, "pd", "criminal", "records")
    bare = [r.id for r in records if not r.lookup("exhibit") and key(r.lookup("sealed")) != "yes"]
    unasked = [r.id for r in records if key(r.lookup("sealed")) not in {"yes", "no"}]
    what = [] if records else ["none of them is listed in pd.criminal.records"]
    what += [f"no exhibit shows how it ended: {', '.join(bare)}"] if bare else []
    asks = "ask whether it is sealed, juvenile or dismissed"
    what += [f"{asks}: {', '.join(unasked)}"] if unasked else []
    if what:
        yield Found("L209", "pd.criminal", spot, {"what": "; ".join(what)})


def _orientation(facts: Facts) -> Iterator[Found]:
    """L212: pages of a filing for OPLA's mailbox that lie on their side among upright ones."""
    read = {e.id: e for e in facts.exhibits or ()}
    for number, filing in enumerate(facts.filings):
        if filing.audience != "opla" or filing.service in {"mail", "hand"}:
            continue
        lying = {n: read[n].sideways for n in filing.exhibits if n in read and read[n].sideways}
        if lying:
            told = {"filing": filing.id, "count": sum(lying.values()), "exhibits": ", ".join(lying)}
            spot = ("filings", number, "exhibits")
            yield Found("L212", filing.id, spot, told)




def _equities(facts: Facts) -> Iterator[Found]:
    """L214: few equities have proof."""
    equities = items(facts, "pd", "equities") if "pd-request" in facts.chosen else ()
    if not equities:
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
    if "pd-request" not in facts.chosen:
        return
    first = key(facts.answers.value(("pd", "primary")))
    forms = keys(facts.answers.value(("pd", "forms")))
    if first and forms and first not in forms:
        yield Found("L219", "pd.primary", ("pd", "primary"), {"form": first}, (("pd", "forms"),))


def _record(facts: Facts) -> Iterator[Found]:
    """L221: what the record shows is said with a bare "none", or against what counsel knows."""
    spot, known = ("pd", "record_statement"), ("pd", "criminal", "any")
    if "pd-request" not in facts.chosen:
        return
    said = str(facts.answers.value(spot) or "").strip(" .").casefold()
    bare, told = said in _BARE, bool(facts.answers.value(known))
    if bare or (told and _NO_ARREST.search(said)):
        what = "is a bare denial" if bare else "denies what pd.criminal.any says there is"
        yield Found("L221", "pd.record_statement", spot, {"what": what}, () if bare else (known,))


RULES: tuple[Rule, ...] = (
    _consent, _expedited, _loss, _ground, _addressee, _not_here, _appearance, _criminal,
    _orientation, _equities, _primary, _record, _filings,
)  # fmt: skip

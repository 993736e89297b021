"""What a claim must tell: per relief over the filing, per nationality, bars, resettlement."""

from collections.abc import Iterator, Sequence

from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, Rule, client, items, key, keys, listed
from nkdocs.diagnostics import Severity
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.places import Country

_DECLARATION = "asylum-declaration"
_COUNTRIES: Spot = ("claim", "countries")
_SETTLED: Spot = ("firm_resettlement", "facts")
_RELIEF = {"asylum": "asylum", "withholding": "withholding of removal", "cat": "CAT protection"}
_BARS = ("persecutor", "crime", "terrorism", "military", "party", "facts")
_DUAL = "ca2"


def _reliefs(facts: Facts) -> list[str]:
    """Return the relief that is sought, where the countries of the claim were asked about."""
    if _DECLARATION not in facts.chosen or not facts.answers.has(_COUNTRIES):
        return []
    return keys(facts.answers.value(("claim", "relief")))


def _elements(facts: Facts) -> Iterator[Found]:
    """L407: what no part of the filing tells, for each relief that is sought.

    Measured over all countries of the claim and all events (PRACTICE, section 12): protection and
    relocation only where the State is the persecutor in none of them.
    """
    for relief in _reliefs(facts):
        lacking = list(_lacking(facts, relief))
        if lacking:
            told = {"path": "claim.countries", "relief": _RELIEF.get(relief, relief),
                    "what": ", ".join(lacking)}  # fmt: skip
            yield Found("L407", f"claim.countries {relief}", _COUNTRIES, told)


def _lacking(facts: Facts, relief: str) -> Iterator[str]:
    countries = items(facts, *_COUNTRIES)
    if relief == "cat":
        if not _told(countries, "custody"):
            yield "what would be done in custody, and whether officials would know"
        return
    if relief == "asylum":
        own = _codes(_nationalities(facts))
        countries = tuple(c for c in countries if _code(c) != "CN" or "CN" in own)
    events = items(facts, "events")
    yield from _reasons(countries, events)
    hands = {key(c.lookup("state_actor")) for c in countries}
    if "others" in hands and not {"state", "both"} & hands:
        if not _told(countries, "protection"):
            yield "why the State would not protect"
        if not _told(countries, "relocation"):
            yield "why no other part of the country is safe"


def _reasons(countries: Sequence[Item], events: Sequence[Item]) -> Iterator[str]:
    """Yield what asylum and withholding need of harm, its authors and their reason."""
    if not (_told(countries, "fear") or _told(events, "told")):
        yield "harm or fear"
    if not (_told(countries, "who", "state_actor") or _told(events, "who")):
        yield "who would do it"
    if not (_told(countries, "why") or _told(events, "why")):
        yield "why they would do it"
    if not any(keys(c.lookup("grounds")) for c in countries):
        yield "on which ground"


def _told(told: Sequence[Item], *names: str) -> bool:
    return any(item.lookup(name) for item in told for name in names)


def _code(item: Item) -> str:
    country = value_of(item.lookup("country"))
    return country.code if isinstance(country, Country) else ""


def _codes(told: Sequence[Item]) -> set[str]:
    return {_code(item) for item in told} - {""}


def _nationalities(facts: Facts) -> list[Item]:
    """Return the nationalities, not renounced, of the lead and of whoever applies alone."""
    lead = client(facts)
    people = items(facts, "respondents")
    leads = lead.id if lead is not None else None
    applying = [p for p in people if key(p.lookup("i589")) == "own" or p.id == leads]
    held = [n for p in applying for n in listed(p.lookup("nationality"))]
    return [n for n in held if not n.lookup("renounced")]


def _per_nationality(facts: Facts) -> Iterator[Found]:
    """L408: a nationality that the claim leaves out; South Korea is L409's."""
    if "asylum" not in _reliefs(facts):
        return
    claimed = _codes(items(facts, *_COUNTRIES))
    for nationality in _nationalities(facts):
        code = _code(nationality)
        if code and code != "KR" and code not in claimed:
            path = facts.answers.path(nationality.spot)
            yield Found("L408", path, nationality.spot, {"path": path}, (_COUNTRIES,),
                        _by_circuit(facts), f"{code}/{_circuit(facts)}")  # fmt: skip


def _south_korea(facts: Facts) -> Iterator[Found]:
    """L409: South Korea is told of, and neither resettlement nor a claim against it is.

    The facts of resettlement are needed everywhere. One nationality is enough in the Second
    Circuit (Zepeda-Lopez), so there a missing part on South Korea is a warning.
    """
    if "asylum" not in _reliefs(facts):
        return
    lived = facts.answers.value(("rok", "lived"))
    national = "KR" in _codes(_nationalities(facts))
    if not lived and not national:
        return
    read = f"{lived}/{national}/{_circuit(facts)}"
    if str(lived) != "no" and not facts.answers.has(_SETTLED):
        told = {"path": "firm_resettlement.facts", "what": "no facts on firm resettlement"}
        yield Found("L409", "firm_resettlement.facts", _SETTLED, told, read=read)
    if "KR" not in _codes(items(facts, *_COUNTRIES)):
        told = {"path": "claim.countries", "what": "nothing on South Korea"}
        yield Found(
            "L409", "claim.countries", _COUNTRIES, told, severity=_by_circuit(facts), read=read
        )


def _circuit(facts: Facts) -> str:
    return key(facts.answers.value(("case", "circuit")))


def _by_circuit(facts: Facts) -> Severity | None:
    return Severity.WARN if _circuit(facts) == _DUAL else None


def _bars(facts: Facts) -> Iterator[Found]:
    """L413: questions about bars that nobody answered; "does not know" is an answer."""
    if _DECLARATION not in facts.chosen:
        return
    answers, open_ = facts.answers, []
    for name in _BARS:
        question = answers.question(("bars", name))
        if question and answers.counts(question, ("bars", name)):
            open_ += [] if answers.has(("bars", name)) else [f"bars.{name}"]
    if open_:
        yield Found("L413", "bars", ("bars",), {"path": ", ".join(open_)})


RULES: tuple[Rule, ...] = (_elements, _per_nationality, _south_korea, _bars)

"""Sentences of a letter to OPLA that concede what the government has to prove.

For a person charged as present without admission DHS must first prove alienage (8 C.F.R.
§ 1240.8(c)), and the letter goes to DHS. While pleadings were not taken or were denied, no
sentence may state alienage, manner or day of entry, or South Korean status as a fact (PRACTICE,
section 8). The patterns are narrow: general sentences about a country are none of their business.
"""

import hashlib
import re
from collections.abc import Iterator

from nkdocs._patterns import lazily
from nkdocs.checks.facts import Facts, Found, Rule, dated, items, key, listed
from nkdocs.checks.letters import Sentence, at_hand, flagged, letters
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.places import Country
from nkdocs.kinds.places import Place as Locality
from nkdocs.kinds.points import MONTHS

_OPEN = frozenset({"", "not_taken", "denied"})
_DHS_WORDS: frozenset[Spot] = frozenset({("case", "nta_allegations"), ("sr", "decision", "quote")})
_Patterns = dict[str, tuple[re.Pattern[str], ...]]  # by what they find stated


def _one(*forms: str) -> re.Pattern[str]:
    """Return what finds any of *forms*."""
    return lazily("|".join(f"(?:{form})" for form in forms))


_US = r"(?:the\s+)?(?:United\s+States|U\.\s?S\.A?\.?|USA|America)"
_ROK = r"(?:South\s+Korea|the\s+Republic\s+of\s+Korea|(?:the\s+)?ROK)"
_HOMES = ("North Korea", "South Korea", "Korea", "DPRK", "ROK", "Republic of Korea", "China")
_PEOPLE = r"(?:(?:North|South)\s+Korean|Korean|Chinese)"
_IS = r"(?:\b(?:is|are|was|were|as|being)|,)\s+(?:an?\s+|the\s+|both\s+)?"
_WHO = (
    r"(?:[Ss]he|[Hh]e|[Tt]hey|I|[Rr]espondents?|[Cc]lients?|[Ff]amily|[Ss]on|[Dd]aughter|"
    r"[Mm]other|[Cc]hild|M(?:s|r|rs)\.\s+\w+)"
)
_KIND = r"(?:citizen|national|native|defector|refugee|escapee)s?"
_PERSON = (
    rf"(?:{_KIND}|wom[ae]n|m[ae]n|mother|father|child(?:ren)?|boy|girl|person|by\s+birth|who)\b"
)
_WHEN = (
    r"(?:early\s+|late\s+|mid-?)?(?:the\s+)?"
    rf"(?:{'|'.join(MONTHS)}|spring|summer|fall|autumn|winter|\d{{4}})"
)
_ENTERED = r"(?:enter(?:ed|ing)|cross(?:ed|ing)|arriv(?:ed|ing)|c[ao]m(?:e|ing)|flown|flew)"

_TO = (
    r"(?:(?:in|into|to|across|back|again|first|alone|(?:un)?lawfully|(?:il)?legally|on\s+foot|"
    r"from\s+\w+)\s+){0,3}"
)

_ENTRY = _one(
    rf"\b{_ENTERED}\s+{_TO}{_US}",
    rf"\b{_ENTERED}\b[^.;]{{0,40}}\b(?:the\s+border|port\s+of\s+entry|this\s+country)\b",
    r"\bwithout\s+(?:inspection|(?:being|having\s+been)\s+(?:admitted|inspected|paroled))\b",
    r"\bnot\s+(?:then\s+)?(?:admitted|inspected)\s+or\s+paroled\b",
    r"\b(?:was|were|been)\s+paroled\b",
    rf"\b(?:was|were|been)\s+admitted\s+(?:(?:in)?to|in)\s+{_US}",
    (
        r"\b(?:was|were|been)\s+admitted\s+(?:as|on)\s+an?\s+(?:\w+[\s-]+)?"
        r"(?:visa|visitor|tourist|student|nonimmigrant|[A-Z]-?\d)"
    ),
    r"\boverstay(?:ed|ing)?\b",
    (
        r"\b(?:entered|arrived|came)\s+(?:here\s+)?(?:on|with|under)\s+[^.;]{0,30}"
        r"\b(?:visa|passport|ESTA)\b"
    ),
    (
        rf"\b{_WHO}\s+(?:had\s+|first\s+|last\s+)*(?:arrived|entered)\s+(?:here\s+)?"
        rf"(?:in|on|around|about)\s+{_WHEN}"
    ),
    (
        rf"\b(?:her|his|their|respondents?['’]s?)\s+(?:last\s+|only\s+|first\s+)?(?:entry|arrival)\s+"
        rf"(?:(?:in|on|of|around|about)\s+{_WHEN}|(?:at|near|into)\b)"
    ),
)
_STATUS = _one(
    (
        r"\b(?:South\s+Korean|ROK)\s+(?:passports?|citizenship|nationality|residen(?:ce|cy)|"
        r"registration)\b"
    ),
    (
        rf"\b(?:passport|citizenship|nationality|residence|resident)s?\s+(?:card\s+)?"
        rf"(?:of|from|in)\s+{_ROK}\b"
    ),
    rf"\b(?:resettled|settled|naturali[sz]ed)\s+in\s+{_ROK}\b",
    r"\bHanawon\b",
)
_ALIENAGE = _one(
    rf"{_IS}(?:(?!of\b|for\b|in\b)[\w-]+\s+){{0,2}}?{_PEOPLE}s?(?:\s+{_PERSON}|\s*[.,;]|$)",
    rf"{_IS}(?:[\w-]+\s+){{0,2}}?(?:alien|non-?citizen|foreign\s+national)s?\b",
    rf"\bnot\s+(?:an?\s+)?{_US}\s+citizens?\b",
    (
        rf"\bnot\s+(?:an?\s+)?(?:citizen|national)s?(?:\s+(?:or|and|nor)\s+(?:citizen|national)s?)?"
        rf"\s+of\s+{_US}"
    ),
    rf"\bborn\s+(?:abroad|outside\s+{_US})",
)
_HELD_OPEN = lazily(
    r"\ballege|\balleging|\ballegation|\bcharges?\s+(?:that|under)\b|\bconten[dt]|\bconced|"
    r"\bdenie[sd]\s+(?:the|that|each|all|every|both|those|these)\b|\bin\s+dispute\b|"
    r"\bwhether\b|\bto\s+the\s+extent\b|\b[Ii]f\b|\?\s*$",
    re.IGNORECASE,
)
_QUOTED = lazily(r"\s*[“\"].*[”\"]\s*", re.DOTALL)


def _concessions(facts: Facts) -> Iterator[Found]:
    """L217: in the answers that the letters print, then in what was written into them."""
    answers = facts.answers
    if not at_hand(facts) or answers.value(("case", "proceeding")) != "removal_240":
        return
    if key(answers.value(("case", "pleadings"))) not in _OPEN:
        return
    patterns = _patterns(facts)
    for sentence, what in flagged(facts, lambda s: _stated(s, patterns), _DHS_WORDS):
        yield _found(sentence, what)


def _found(sentence: Sentence, what: str) -> Found:
    """Return the finding; of the sentence it keeps a digest alone."""
    digest = hashlib.sha256(letters(sentence.text).encode("utf-8", "surrogatepass")).hexdigest()
    told = {"where": sentence.where, "what": what}
    return Found("L217", sentence.where, sentence.spot, told, read=f"{what}/{digest[:16]}",
                 place=sentence.place)  # fmt: skip


def _stated(sentence: Sentence, patterns: _Patterns) -> str:
    """Return what a sentence states as fact, empty if nothing."""
    if _QUOTED.fullmatch(sentence.whole) or _HELD_OPEN.search(sentence.text):
        return ""
    text = sentence.text
    return next((w for w, forms in patterns.items() if any(f.search(text) for f in forms)), "")


def _patterns(facts: Facts) -> _Patterns:
    """Return what to look for, with the countries and places that the answers name."""
    homes, entries = {*_HOMES}, set[str]()
    for person in items(facts, "respondents"):
        homes |= _names(person.lookup("birth_place"))
        for nationality in listed(person.lookup("nationality")):
            homes |= _names(nationality.lookup("country"))
        for entry in listed(person.lookup("entries")):
            entries |= _names(entry.lookup("where")) if dated(entry.lookup("when")) else set()
    home = _any_of(homes - {"United States"})
    born = (
        rf"(?:\b(?:was|were)|,)\s+born\b[^.;]{{0,40}}?\b(?:in|at|near)\b[^.;]{{0,40}}?\b{home}",
        rf"{_IS}(?:[\w-]+\s+){{0,2}}?{_KIND}\s+(?:and\s+\w+\s+)?of\s+(?:the\s+)?{home}",
    )
    near = (rf"\b{_ENTERED}\b[^.;]{{0,40}}\b{_any_of(entries)}",) if entries else ()
    return {
        "the manner or day of entry": (_ENTRY, *map(lazily, near)),
        "South Korean status": (_STATUS,),
        "alienage": (_ALIENAGE, *map(lazily, born)),
    }


def _any_of(names: set[str]) -> str:
    words = sorted(names, key=lambda n: (-len(n), n))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, n.split())) for n in words) + r")\b"


def _names(value: object) -> set[str]:
    """Return the names in an answer that is a country or a place: words with a capital."""
    told = value_of(value)
    if isinstance(told, Country):
        return {told.name}
    if not isinstance(told, Locality):
        return set()
    names = re.findall(r"[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*", told.place)
    return {n for n in names if len(n) > 2} | (_names(told.country) if told.country else set())  # noqa: PLR2004 - two letters name no place


RULES: tuple[Rule, ...] = (_concessions,)

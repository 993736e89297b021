"""What must not reach DHS although it is in nobody's interest to hide it: where people live.

A home address, an employer, a third person's status or address in anything sent to DHS tells it
whom to look for and where (PRACTICE, section 8). Findings name the answer that is printed, never
what it says; one for each paper and each exhibit.
"""

import hashlib
import re
from collections.abc import Iterator

from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs.answers.view import Item
from nkdocs.checks.facts import Facts, Found, Rule, items
from nkdocs.checks.letters import PD, REVIEW, answers_of, at_hand, at_paragraph, letters
from nkdocs.diagnostics import Place
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.people import Name
from nkdocs.kinds.places import Address

_SHORT = 6  # letters: what is shorter stands in other words
_CERTIFIES = frozenset({"interpreter", "translator"})
_FIRMS = lazily(r"[\s,]+(?:Inc|LLC|L\.L\.C|Ltd|Corp|Co|Company)\.?$", re.IGNORECASE)
_HOUSE = lazily(r"\d+\w?\s+(?:(?:[NSEW]\.?|North|South|East|West|\w{1,2}\.?)\s+)*\w+")
_WHO = (
    r"(?:I|(?:[Mm]y|[Oo]ur|[Hh]er|[Hh]is)\s+(?:wife|husband|partner|brother|sister|mother|father|"
    r"parents|son|daughter|children|cousin|uncle|aunt|friend|family))"
)
_BETWEEN = (
    r"(?:(?:a|an|my|the|now|also|both|still|granted|given|lawful|legal|conditional|here|on|with|as|"
    r"in|holders?|of)\s+){0,6}"
)
_STATUS = lazily(
    rf"\b{_WHO}\s+(?:am|is|are|was|were|became|have\s+been|has\s+been|have|has|had|holds?|held|got|"
    rf"received)\s+{_BETWEEN}(?:permanent\s+residen(?:t|ce|cy)|green\s+card|asylees?|asylum|"
    r"refugees?|undocumented|TPS|temporary\s+protected\s+status|DACA|visa|work\s+permit|parolees?)\b"
)


class _Secret(Struct, frozen=True):
    """Something that is not for DHS.

    Attributes:
        path: the answer that holds it.
        said: its words.
        forms: what finds them, and the surname that must stand near what does not speak for itself.
    """

    path: str
    said: str
    forms: tuple[re.Pattern[str], ...]

    def stands_in(self, text: str) -> bool:
        """Whether *text* tells it, however it is spaced and punctuated."""
        return all(form.search(text) for form in self.forms)


def _secret(path: str, said: str, beside: str = "") -> _Secret:
    return _Secret(path, said, tuple(_pattern(words) for words in (said, beside) if words))


def _pattern(said: str) -> re.Pattern[str]:
    """Return what finds words whatever stands between them."""
    return re.compile(r"\b" + r"\W*".join(re.findall(r"\w+", said)) + r"\b", re.IGNORECASE)


def _leaks(facts: Facts) -> Iterator[Found]:
    """L218: in the letters, then in the exhibits that DHS may see."""
    told = {e.id: e.text for e in facts.exhibits or () if e.text}
    if not at_hand(facts) and not told:
        return
    secrets = list(_secrets(facts))
    for document in (PD, REVIEW):
        yield from _in_letter(facts, document, secrets)
    for number, exhibit in enumerate(facts.listed):
        text = told.get(exhibit.id, "")
        if not text or "opla" not in exhibit.audience:
            continue
        what = [s.path for s in secrets if s.stands_in(text)]
        if _STATUS.search(text) and not exhibit.country_conditions:
            what.append("the immigration status of its writer or a relative")
        if what:
            yield _found(f"exhibit {exhibit.id}", what, secrets, ("exhibits", number))


def _in_letter(facts: Facts, document: str, secrets: list[_Secret]) -> Iterator[Found]:
    """Yield one finding for a letter: at the answer that leaks, else at the paragraph."""
    spots: dict[Spot, list[str]] = {}
    for spot, text in answers_of(facts, document):
        if what := [s.path for s in secrets if s.stands_in(text)]:
            spots[spot] = what
    held = {path for what in spots.values() for path in what}
    places: dict[Place, list[str]] = {}
    for paper in facts.documents or ():
        if paper.document != document or paper.audience != "opla":
            continue
        for number, text in enumerate(paper.paragraphs, 1):
            what = [s.path for s in secrets if s.path not in held and s.stands_in(text)]
            if what:
                places[at_paragraph(paper, number)] = what
    what = [path for found in (*spots.values(), *places.values()) for path in found]
    if what:
        first, *rest = [*spots] or [()]
        place = None if spots else next(iter(places))
        yield _found(document, what, secrets, first, tuple(rest), place)


def _found(
    where: str, what: list[str], secrets: list[_Secret], spot: Spot,
    also: tuple[Spot, ...] = (), place: Place | None = None,
) -> Found:  # fmt: skip
    """Return the finding; of what leaks it keeps a digest alone."""
    names = list(dict.fromkeys(what))
    leaked = "\x1f".join(f"{s.path}={s.said}" for s in secrets if s.path in names)
    digest = hashlib.sha256(leaked.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    told = {"where": where, "what": ", ".join(names)}
    return Found("L218", where, spot, told, also, read=f"{told['what']}/{digest}", place=place)


def _secrets(facts: Facts) -> Iterator[_Secret]:
    """Yield what the answers hold that is not for DHS."""
    for person in items(facts, "respondents"):
        yield from _address(person, "respondents")
        employer = value_of(person.lookup("employer"))
        employer = _FIRMS.sub("", employer) if isinstance(employer, str) else ""
        if len(letters(employer)) >= _SHORT:
            yield _secret(f"respondents.{person.id}.employer", employer)
    for person in items(facts, "people"):
        if str(getattr(person.lookup("role"), "key", "")) not in _CERTIFIES:
            yield from _address(person, "people")
        yield from _status(person, "people")
    for person in items(facts, "family"):
        yield from _status(person, "family")


def _address(person: Item, name: str) -> Iterator[_Secret]:
    """Yield where somebody lives: number and street, however the street is shortened."""
    address = value_of(person.lookup("address"))
    street = "".join(address.street[:1]) if isinstance(address, Address) else ""
    house = _HOUSE.match(street)
    said = house[0] if house else street
    if len(letters(said)) >= _SHORT or house:
        yield _secret(f"{name}.{person.id}.address", said)


def _status(person: Item, name: str) -> Iterator[_Secret]:
    """Yield a third person's status; it is told where the person's surname stands beside it."""
    status, who = value_of(person.lookup("immigration_status")), person.lookup("name")
    if isinstance(status, str) and isinstance(who, Name) and letters(status):
        yield _secret(f"{name}.{person.id}.immigration_status", status, who.surname)


RULES: tuple[Rule, ...] = (_leaks,)

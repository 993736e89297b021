"""Names in exhibits that nobody listed, and pronouns that do not fit the client."""

import difflib
import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from nkdocs._patterns import lazily
from nkdocs.answers.view import Item
from nkdocs.checks.facts import DocumentFact, Facts, Found, Rule, client, items
from nkdocs.checks.letters import OWN, PD, REVIEW, answers_of, at_paragraph, letters, of
from nkdocs.interview.engine import Spot
from nkdocs.kinds.people import Name

_NEAR = 0.85  # of their letters a name and its misspelling share
_SHORT = 5
_NAMED = lazily(r"\b[A-Z][a-z]+(?:-[A-Za-z][a-z]+)?\b|\b[A-Z]{2,}(?:-[A-Z]{2,})?\b")
_VOWELS = {
    **dict.fromkeys(("i", "ee", "ui", "eui", "ie"), "i"),
    **dict.fromkeys(("o", "eo", "eu", "u", "oo", "ou", "eou"), "o"),
    **dict.fromkeys(("e", "ae", "ai", "ei"), "e"),
    **dict.fromkeys(("oe", "oi", "we"), "we"),
}
_CONSONANTS = (
    ("park", "pak"), ("ch", "j"), ("sh", "s"), ("rh", "r"), ("g", "k"), ("d", "t"), ("b", "p"),
    ("r", "l"),
)  # fmt: skip
_FORMS = {
    "she": ("she", "her", "hers", "herself", "Ms.", "Mrs."),
    "he": ("he", "him", "his", "himself", "Mr."),
    "they": ("Mx.",),
}


def _variants(facts: Facts) -> Iterator[Found]:
    """L004: an exhibit spells a respondent's name in a way that is not listed; one line a person.

    Country reports are left out: they speak of other people.
    """
    general = {e.id for e in facts.listed if e.country_conditions}
    texts = {e.id: e.text for e in facts.exhibits or () if e.text and e.id not in general}
    if not texts:
        return
    others = _listed_names(facts)
    for person in items(facts, "respondents"):
        name = person.lookup("name")
        if not isinstance(name, Name) or not name.given:
            continue
        known = {form for said in (name.legal, *name.also, name.pseudonym) for form in _both(said)}
        found = {e: v for e, text in texts.items() if (v := _spelled(text, known, others - known))}
        if found:
            yield _unlisted(facts, person, found)


def _unlisted(facts: Facts, person: Item, found: Mapping[str, set[str]]) -> Found:
    spot = (*person.spot, "name")
    places = {e.id: n for n, e in enumerate(facts.listed)}
    also: tuple[Spot, ...] = tuple(("exhibits", places[e]) for e in found if e in places)
    told = {"person": person.id, "exhibits": ", ".join(found),
            "count": len({v for variants in found.values() for v in variants})}  # fmt: skip
    spelled = "\x1f".join(sorted(f"{e}/{v}" for e, vs in found.items() for v in vs))
    digest = hashlib.sha256(spelled.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Found("L004", f"respondents.{person.id}.name", spot, told, also, read=digest)


def _both(name: str) -> set[str]:
    """Return the letters of a name with the surname first and last."""
    told = Name(name) if any(c.isalpha() for c in name) else None
    pair = (told.surname, told.given) if told else ("", "")
    return {letters("".join(pair)), letters("".join(reversed(pair))), letters(name)} - {""}


def _listed_names(facts: Facts) -> set[str]:
    """Return the letters of the names of everybody the answers list."""
    people = [p for n in ("respondents", "people", "family")
              for p in items(facts, n)]  # fmt: skip
    names = [p.lookup("name") for p in people]
    return {f for n in names if isinstance(n, Name) for t in (n.legal, *n.also) for f in _both(t)}


def _spelled(text: str, known: set[str], others: set[str]) -> set[str]:
    """Return what in *text* is nearly a name that is *known*, and neither that nor another's."""
    found = set()
    for words in _names(text):
        said = letters("".join(words))
        inside = {letters("".join(words[:-1])), letters("".join(words[1:]))}
        if len(said) < _SHORT or any(said in name for name in known | others) or inside & known:
            continue  # a part of a name, or a name and the word beside it, is no other spelling
        anothers = any(_sound(said) == _sound(name) for name in others)
        if not anothers and any(_close(said, name) for name in known):
            found.add(said)
    return found


def _close(one: str, other: str) -> bool:
    """Whether two spellings may be one name: romanised another way, or misspelled."""
    if _sound(one) == _sound(other):
        return True
    if one[0] != other[0] or abs(len(one) - len(other)) > len(other) // 2:
        return False
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR


def _sound(name: str) -> str:
    """Return what romanisations of one Korean name have in common: Seo Yun Hui, Suh Yoon Hee.

    Vowels that stand for each other become one, and so do g and k, d and t, b and p, ch and j,
    l and r; an h that only lengthens a vowel goes.
    """
    for form, sound in _CONSONANTS:
        name = name.replace(form, sound)
    name = re.sub(r"(?<=[aeiou])h(?![aeiou])", "", name)
    return re.sub(r"[aeiou]+", lambda vowels: _VOWELS.get(vowels[0], vowels[0]), name)


def _names(text: str) -> set[tuple[str, ...]]:
    """Return each two or three words with a capital that stand together."""
    found: set[tuple[str, ...]] = set()
    words = list(_NAMED.finditer(text))
    for at in range(len(words)):
        for size in (2, 3):
            group = words[at : at + size]
            gaps = [text[one.end() : two.start()] for one, two in pairwise(group)]
            if len(group) == size and all(gap.strip(",") == " " for gap in gaps):
                found.add(tuple(word[0] for word in group))
    return found


def _of_others(own: str) -> re.Pattern[str]:
    """Return what finds the forms of every other pronoun."""
    wrong = [form for key, forms in _FORMS.items() if key != own for form in forms]
    return lazily(r"\b(?:" + "|".join(map(re.escape, wrong)) + r")(?!\w)", re.IGNORECASE)


_OTHERS = {own: _of_others(own) for own in _FORMS}


def _pronouns(facts: Facts) -> Iterator[Found]:
    """L006: words that a template made speak of the client by another pronoun; one a letter.

    Only in letters with one respondent: prose about several people mixes pronouns, and what an
    answer or somebody's own sentence says is not looked at.
    """
    people = items(facts, "respondents")
    lead = client(facts)
    if len(people) != 1 or lead is None:
        return
    own = lead.raw("pronoun").partition("/")[0].strip()
    if own not in _FORMS:
        return
    for document in (paper for name in (PD, REVIEW) for paper in of(facts, name)):
        numbers = [n for n, text in _own_to_papers(facts, document)
                   if any(_beside(text, f, document) for f in _OTHERS[own].finditer(text))]
        if numbers:
            told = {"document": document.name, "person": lead.id,
                    "paragraphs": ", ".join(map(str, numbers))}  # fmt: skip
            yield Found("L006", document.name, (), told, ((*lead.spot, "pronoun"),),
                        place=at_paragraph(document, numbers[0]))  # fmt: skip


def _own_to_papers(facts: Facts, document: DocumentFact) -> Iterator[tuple[int, str]]:
    """Yield number and text of the paragraphs that no answer filled."""
    answers = [plain for _, text in answers_of(facts, document.document)
               for part in text.split("\n\n") if len(plain := letters(part)) > _SHORT]  # fmt: skip
    for number, text in enumerate(document.paragraphs, 1):
        plain = letters(text)
        if not any(answer in plain for answer in answers):
            yield number, text


def _beside(text: str, found: re.Match[str], document: DocumentFact) -> bool:
    """Whether a template's own words stand right before or right after a pronoun."""
    before, after = letters(text[: found.start()]), letters(text[found.end() :])
    words = [w for w in (before[-OWN:], after[:OWN]) if len(w) == OWN]
    return any(word in letters(piece) for piece in document.template for word in words)


RULES: tuple[Rule, ...] = (_variants, _pronouns)

"""One place, spelled in two ways: two romanisations of a name look like two places."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from nkdocs.checks.facts import Facts, Found, Rule, items
from nkdocs.checks.passages import leaving, placed
from nkdocs.checks.printed import printed, told
from nkdocs.diagnostics import Place
from nkdocs.interview.engine import Spot
from nkdocs.kinds.nonanswers import value_of
from nkdocs.kinds.people import Name
from nkdocs.kinds.places import Place as Locality

# what stands before a word is asked after its capital: capitals are few, and found quickly
_WORD = re.compile(r"[A-Z](?<![\w’'-].)[a-zà-öø-ÿŏŭ]+(?:[’'-]?[a-zà-öø-ÿŏŭ]+)*")
_LEAST = 5  # letters: shorter names are alike by chance
_COMMON = frozenset(
    "county province city north south east west district town village prefecture island hamgyong "
    "pyongan hwanghae gyeonggi river port street near".split()
)
_SOUNDS = (
    ("eo", "o"), ("eu", "u"), ("oo", "u"), ("wu", "u"), ("ee", "i"), ("yi", "i"), ("sh", "s"),
    ("ch", "c"), ("j", "c"), ("kh", "k"), ("g", "k"), ("q", "k"), ("th", "t"), ("d", "t"),
    ("ph", "p"), ("b", "p"), ("l", "r"), ("w", "u"),
)  # fmt: skip


@functools.lru_cache(maxsize=2048)
def sound(word: str) -> str:
    """Return what is left of a name when the ways to romanise it are set aside."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    out = "".join(c for c in plain if c.isalpha() and not unicodedata.combining(c))
    for written, short in _SOUNDS:
        out = out.replace(written, short)
    return re.sub(r"(.)\1+", r"\1", out)


def _variants(facts: Facts) -> Iterator[Found]:
    """L503: a place of the answers is spelled otherwise in another answer, or in a paper."""
    there = _places(facts)
    places = {w: spot for spot, place in there for w in _WORD.findall(place) if _is_name(w)}
    by_sound = {sound(w): w for w in reversed(places)}
    seen, told = set[str](), set[tuple[str, str]]()
    for spot, where, word in _words(facts, there) if places else ():
        if word in seen:
            continue
        seen.add(word)
        first = by_sound.get(sound(word)) if _is_name(word) else None
        if first is None or letters_of(first) == letters_of(word):
            continue
        pair = (first.casefold(), word.casefold())
        if pair in told or pair[1] in _people(facts):
            continue
        told.add(pair)
        path = facts.answers.path(places[first])
        here = facts.answers.path(spot) if spot else str(where)
        yield Found(
            "L503", f"{path}/{here}", spot or places[first], {"first": path, "second": here},
            (places[first],) if spot else (), place=None if spot else where,
            read=sound(word),
        )  # fmt: skip


@functools.lru_cache(maxsize=2048)
def letters_of(word: str) -> str:
    """Return the letters of a word: "Ch'ongjin" and "Chongjin" are one spelling."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in plain if c.isascii() and c.isalpha())


def _places(facts: Facts) -> list[tuple[Spot, str]]:
    """Return the places that are answers of their own, and the province lived in."""
    found = [
        (one.spot, one.value.place)
        for one in told(facts.answers)
        if isinstance(one.value, Locality) and one.value.place
    ]
    province = facts.answers.value(("dprk", "province"))
    if isinstance(value_of(province), str):
        found.append((("dprk", "province"), str(value_of(province))))
    return found


def _is_name(word: str) -> bool:
    return word.casefold() not in _COMMON and len(letters_of(word)) >= _LEAST


def _words(
    facts: Facts, places: Iterable[tuple[Spot, str]]
) -> Iterator[tuple[Spot, Place, str]]:
    """Yield the capitalised words in *places* and stories with their spots, then of papers."""
    nowhere = Place()
    for spot, place in places:
        yield from ((spot, nowhere, word) for word in _WORD.findall(place))
    for spot, text in printed(facts, "court"):
        yield from ((spot, nowhere, word) for word in _WORD.findall(text))
    for document in leaving(facts):
        for at, text in enumerate(document.paragraphs, 1):
            where = placed(document, at).place or nowhere
            yield from (((), where, word) for word in _WORD.findall(text))


def _people(facts: Facts) -> set[str]:
    """Return the words of people's names, which may be spelled in several ways on purpose."""
    words: set[str] = set()
    for root in ("respondents", "people", "family"):
        for person in items(facts, root):
            name = value_of(person.lookup("name"))
            if isinstance(name, Name):
                for spelled in (name.legal, *name.also):
                    words |= {w.casefold() for w in re.findall(r"[\w’'-]+", str(spelled))}
    return words


RULES: tuple[Rule, ...] = (_variants,)

"""The spellings under which a Korean name may stand somewhere, for those who search for it.

A syllable is taken apart (from Hangul, or from a spelling of it), and every part is spelled as
the usual systems do: Revised, McCune-Reischauer, North Korean, and what people write in
passports. More is found than anybody wrote: a search for a leaked name may ask once too often.
"""

import re
import unicodedata

from msgspec import Struct

_FIRST, _LAST = 0xAC00, 0xD7A3
_VOWELS, _FINALS = 21, 28
_INITIAL = (
    "g k", "kk gg", "n", "d t", "tt dd", "r l n", "m", "b p v", "pp bb", "s sh", "ss", "",
    "j ch", "jj tch", "ch", "k kh", "t th", "p ph", "h",
)  # fmt: skip
_VOWEL = (
    "a ah", "ae ai e", "ya yah ia", "yae", "eo o u uh ou", "e eh", "yeo yo you yu yeu young",
    "ye", "o oh", "wa oa", "wae", "oe oi we", "yo yoh", "u oo woo ou wu", "wo weo", "we", "wi ui",
    "yu yoo you yuh", "eu u", "ui ee eui i hi", "i ee yi y e ie",
)  # fmt: skip
_SOUND = {"k": "k g c ck", "n": "n", "t": "t d s", "l": "l r", "m": "m", "p": "p b", "ng": "ng"}
_FINAL = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "p", "l", "l", "p", "l", "m", "p", "p",
    "t", "t", "ng", "t", "t", "k", "t", "p", "t",
)  # fmt: skip
#: Surnames that are written as no system has it.
_SURNAMES = {
    "이": "lee rhee yi ri li i rhie", "리": "lee rhee yi ri li", "박": "park pak bak bahk",
    "최": "choi choe choy ch’oe", "노": "roh noh ro no", "로": "roh noh ro",
    "임": "lim im rim yim", "림": "lim im rim", "유": "yoo yu ryu you", "류": "ryu yoo yu you",
    "양": "yang ryang", "량": "yang ryang", "우": "woo u wu", "강": "kang gang", "김": "kim gim",
    "정": "jung jeong chung chong jong", "조": "cho jo choh", "심": "shim sim", "신": "shin sin",
}  # fmt: skip
_ASIDE = r"[\W_]{0,3}"


def spelled(syllable: str, *, surname: bool = False) -> frozenset[str]:
    """Return the Latin spellings of one syllable of Hangul."""
    at = ord(syllable) - _FIRST
    initial, rest = divmod(at, _VOWELS * _FINALS)
    vowel, final = divmod(rest, _FINALS)
    ends = _SOUND[_FINAL[final]].split() if _FINAL[final] else [""]
    begins = _INITIAL[initial].split() or [""]
    made = {i + v + f for i in begins for v in _VOWEL[vowel].split() for f in ends}
    return frozenset(made | set(_SURNAMES.get(syllable, "").split() if surname else ()))


def alike(spelling: str) -> frozenset[str]:
    """Return the other spellings of a syllable that is spelled so: "yun" may be "yoon".

    What is no Korean syllable is only itself.
    """
    word = _plain(spelling)
    found = {word}
    for initial, vowel, final in _parts(word):
        finals = [_SOUND[f].split() if f else [""] for f in _ends(final)]
        found |= {
            i + v + f
            for begins in _groups(_INITIAL, initial)
            for i in begins
            for vowels in _groups(_VOWEL, vowel)
            for v in vowels
            for ends in finals
            for f in ends
        }
    for names in _SURNAMES.values():
        found |= set(names.split()) if word in names.split() else set()
    return frozenset(found)


def _parts(word: str) -> list[tuple[str, str, str]]:
    initials = {i for group in _INITIAL for i in (group.split() or [""])}
    vowels = {v for group in _VOWEL for v in group.split()}
    finals = {"", *(f for group in _SOUND.values() for f in group.split())}
    cuts = [(a, b) for a in range(3) for b in range(a + 1, len(word) + 1)]
    return [
        (word[:a], word[a:b], word[b:])
        for a, b in cuts
        if word[:a] in initials and word[a:b] in vowels and word[b:] in finals
    ]


def _groups(table: tuple[str, ...], part: str) -> list[list[str]]:
    return [group.split() or [""] for group in table if part in (group.split() or [""])]


def _ends(final: str) -> list[str]:
    return [sound for sound, said in _SOUND.items() if final in said.split()] if final else [""]


def _plain(text: str) -> str:
    """Return a spelling without case, marks and apostrophes: "Sŏ" is "so"."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(c for c in apart if c.isalpha()).casefold()


def syllables(given: str) -> list[list[str]]:
    """Return the ways in which a given name in Latin letters falls into syllables.

    "Yun Hui" and "Yun-hui" say so themselves; "Yunhui" is cut wherever two syllables meet.
    """
    pieces = [p for p in map(_plain, re.split(r"[\s\-‐-–.]+", given)) if p]
    if len(pieces) != 1:
        return [pieces]
    word = pieces[0]
    cuts = [[word[:at], word[at:]] for at in range(2, len(word) - 1)]
    return [pieces, *(c for c in cuts if all(_parts(piece) for piece in c))]


class Spellings(Struct, frozen=True):
    """Every spelling of a full name, as a pattern for plain small letters.

    Attributes:
        pattern: finds the name, surname first or last.
        begins: the first two letters of everything that it finds.
    """

    pattern: str
    begins: frozenset[str]


def spellings(surname: str, given: str, native: str = "") -> Spellings | None:
    """Return the spellings of a full name, None of a name that is not whole.

    Args:
        surname: in Latin letters.
        given: in Latin letters.
        native: the whole name in Hangul, where it is known; its first syllable is the surname.
    """
    family = alike(surname) if surname else frozenset[str]()
    names = [[alike(p) for p in pieces] for pieces in syllables(given)] if given else []
    hangul = [c for c in unicodedata.normalize("NFC", native) if _FIRST <= ord(c) <= _LAST]
    if len(hangul) > 1:
        family |= spelled(hangul[0], surname=True)
        names.append([spelled(s) for s in hangul[1:]])
    family -= {""}
    names = [pieces for pieces in names if pieces and all(p - {""} for p in pieces)]
    if not family or not names:
        return None
    first = _any(family)
    last = "(?:" + "|".join(_ASIDE.join(map(_any, pieces)) for pieces in names) + ")"
    begins = {s[:2] for s in (*family, *(s for pieces in names for s in pieces[0]))}
    begins |= {f"{s}{t[:1]}" for s in family for p in names for t in p[0] if len(s) == 1}
    begins |= {s for s in (*family, *(s for p in names for s in p[0])) if len(s) == 1}
    return Spellings(f"(?:{first}{_ASIDE}{last}|{last}{_ASIDE}{first})", frozenset(begins))


def _any(spellings: frozenset[str]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, spellings), key=lambda s: (-len(s), s)))})"

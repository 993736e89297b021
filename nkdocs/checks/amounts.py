"""Dates and numbers in a text, English or Korean, so that a pair of texts can be compared.

Read are figures, numerals in words, months, and seasons of a year. One and two are compared only
as far as both texts count them: in both languages they are also other words ("one", "both", 한).
Whatever is left over after equal ones are taken out is told; a person looks.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from nkdocs._patterns import lazily

Amount: TypeAlias = "int | str"

_SMALL = frozenset({1, 2})  # also "one", "both", "a pair"
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {w: n for n, w in enumerate(_ONES) if n} | {w: 10 * n for n, w in enumerate(_TENS, 2)}
_ORDINALS = {
    "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9,
    "tenth": 10, "eleventh": 11, "twelfth": 12, "twice": 2, "thrice": 3, "dozen": 12,
}  # fmt: skip
_GREAT = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_SEASON = {"spring": "봄", "summer": "여름", "autumn": "가을", "fall": "가을", "winter": "겨울"}

_NATIVE = {
    "하나": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "석": 3, "서": 3, "네": 4, "넷": 4,
    "넉": 4, "너": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9,
}  # fmt: skip
_NATIVE_TENS = {
    "열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70,
    "여든": 80, "아흔": 90,
}  # fmt: skip
_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "열하루": 11, "열이틀": 12, "열사흘": 13, "열나흘": 14, "보름": 15,
    "스무날": 20,
}  # fmt: skip
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "륙": 6, "육": 6, "칠": 7, "팔": 8, "구": 9}
_UNITS = {"십": 10, "백": 100, "천": 1000}
_MYRIADS = {"만": 10_000, "억": 100_000_000}
_COUNTERS = (
    "년|개월|달|월|일|주|시간|시|분|살|세|명|사람|번|차|개|마리|원|위안|딸라|달러|킬로|메터|미터|리|층|호|"
    "학년|대|세대|집|채|밤|날|해|켤레|째|곳|군데|남자|녀자|여자|아이|남매|식구|장|권|병|그루|척|자루|걸음|마디"
)

_FIGURES = lazily(r"(?<![\d.])(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:st|nd|rd|th|s)?")
_CLOCK = lazily(r"(\d{1,2}):00")
_NAMED = lazily(
    rf"\b(?P<sure>{'|'.join(m for m in _MONTHS if m not in {'March', 'May'})})\b"
    r"|\b(?P<maybe>March|May)(?=,? \d)"
    r"|(?<=\b[io]n )(?P<in>March|May)\b|(?<=\bof )(?P<of>March|May)\b"
    r"|(?<=\bsince )(?P<since>March|May)\b|(?<=\buntil )(?P<until>March|May)\b"
)
_OF_YEAR = lazily(rf"\b({'|'.join(_SEASON)})(?: of)? (\d{{4}})\b", re.IGNORECASE)
_SPOKEN = lazily(
    rf"\b(?:{'|'.join([*_WORDS, *_ORDINALS, *_GREAT])})"
    rf"(?:(?:[ -]| and )(?:{'|'.join([*_WORDS, *_ORDINALS, *_GREAT])}))*\b",
    re.IGNORECASE,
)
_KO_SEASON = lazily(r"(\d{4})년 ?(봄|여름|가을|겨울)")
_KO_MONTH = lazily(r"(\d{1,2}|십[일이]|[일이삼사오륙육유칠팔구십시]) ?월(?!급|세)")
_KO_MONTHS = {"유": 6, "시": 10, "십": 10, "십일": 11, "십이": 12}
_KO_MIXED = lazily(r"\d[\d,]*(?:\.\d+)?(?:[십백천만억] ?(?:\d[\d,]*)?)*")
_KO_SINO = lazily(rf"(?<![가-힣])[일이삼사오륙육칠팔구십백천만억]+(?= ?(?:{_COUNTERS}))")
_KO_DAYS = lazily(rf"(?<![가-힣])(?:{'|'.join(sorted(_DAYS, key=len, reverse=True))})")
_TENS_KO = "|".join(_NATIVE_TENS)
_ONES_KO = "|".join(sorted(_NATIVE, key=len, reverse=True))
_KO_NATIVE = lazily(
    rf"(?<![가-힣])(?:(?P<tens>{_TENS_KO})(?P<ones>{_ONES_KO})?|(?P<one>{_ONES_KO}))"
    rf"(?= ?(?:{_COUNTERS}))"
    rf"|(?<![가-힣])(?P<plain>다섯|여섯|일곱|여덟|아홉)"
)


class Difference(Struct, frozen=True):
    """What one text of a pair counts and the other does not."""

    english: tuple[Amount, ...]
    korean: tuple[Amount, ...]


def differ(english: str, korean: str) -> Difference | None:
    """Return the dates and numbers that only one text of a pair has; None if they agree."""
    ours, theirs = Counter(in_english(english)), Counter(in_korean(korean))
    left, right = (_weighty(c) for c in (ours - theirs, theirs - ours))
    return Difference(left, right) if left or right else None


def _weighty(left: Counter[Amount]) -> tuple[Amount, ...]:
    return tuple(sorted((a for a in left.elements() if a not in _SMALL), key=str))


def in_english(text: str) -> list[Amount]:
    """Return the dates and numbers of an English text."""
    found: list[Amount] = []
    rest = _CLOCK.sub(r"\1", text)
    found += [_SEASON[m[1].lower()] + m[2] for m in _OF_YEAR.finditer(rest)]
    rest = _OF_YEAR.sub(" ", rest)
    found += [_month(_MONTHS.index(m[0]) + 1) for m in _NAMED.finditer(rest)]
    rest = _NAMED.sub(lambda m: " " * len(m[0]), rest)
    mixed = re.compile(r"(\d[\d,]*(?:\.\d+)?) (hundred|thousand|million)\b", re.IGNORECASE)
    found += [round(_number(m[1]) * _GREAT[m[2].lower()]) for m in mixed.finditer(rest)]
    rest = mixed.sub(" ", rest)
    found += [int(_number(m[1])) for m in _FIGURES.finditer(rest)]
    found += [n for m in _SPOKEN.finditer(rest) if (n := _spoken(m[0]))]
    return found


def _month(number: int) -> str:
    return f"{number}월"


def _number(figures: str) -> float:
    return float(figures.replace(",", ""))


def _spoken(words: str) -> int:
    """Return the number that words such as "two thousand and six" say."""
    total = part = 0
    for word in re.split(r"[ -]+", words.lower()):
        if word in _GREAT:
            part = (part or 1) * _GREAT[word]
            if _GREAT[word] > _GREAT["hundred"]:
                total, part = total + part, 0
        else:
            part += _WORDS.get(word, 0) or _ORDINALS.get(word, 0)
    return total + part


def in_korean(text: str) -> list[Amount]:
    """Return the dates and numbers of a Korean text."""
    found: list[Amount] = []
    rest = re.sub(r"(?<=\d) (?=[십백천만억](?:[ 가-힣\d]|$))", "", text)
    found += [m[2] + m[1] for m in _KO_SEASON.finditer(rest)]
    rest = _KO_SEASON.sub(" ", rest)
    found += [_month(_KO_MONTHS.get(m[1]) or _value(m[1])) for m in _KO_MONTH.finditer(rest)]
    rest = _KO_MONTH.sub(" ", rest)
    for form in (_KO_MIXED, _KO_SINO):
        found += [_value(m[0]) for m in form.finditer(rest)]
        rest = form.sub(" ", rest)
    found += [_DAYS[m[0]] for m in _KO_DAYS.finditer(rest)]
    rest = _KO_DAYS.sub(" ", rest)
    found += _native(rest)
    return found


def _native(text: str) -> Iterator[Amount]:
    for m in _KO_NATIVE.finditer(text):
        if m["tens"]:
            yield _NATIVE_TENS[m["tens"]] + _NATIVE.get(m["ones"] or "", 0)
        else:
            yield _NATIVE[m["one"] or m["plain"]]


def _value(text: str) -> int:
    """Return the number of figures, Sino-Korean numerals, or both: 8천, 이천육, 1만 5천."""
    total = part = now = 0.0
    for figures, sign in re.findall(r"(\d[\d,]*(?:\.\d+)?)|([^\d\s])", text):
        if figures:
            now = _number(figures)
        elif sign in _SINO:
            now = _SINO[sign]
        elif sign in _UNITS:
            part, now = part + (now or 1) * _UNITS[sign], 0.0
        elif sign in _MYRIADS:
            total, part, now = total + ((part + now) or 1) * _MYRIADS[sign], 0.0, 0.0
    return int(total + part + now)

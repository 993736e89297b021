"""What a public copy tells less exactly than the case: years for months and seasons, no ages.

Two stories of one year are many; two of one month, of people of one age who heard the same words,
are one. Spelled-out numbers count as figures do.
"""

import re
from collections.abc import Iterator

from nkdocs.kinds.countries import COUNTRIES
from nkdocs.kinds.points import MONTHS

Cover = tuple[int, int, str]
#: Cities that everybody knows; a public copy tells no more than the country.
CITIES = frozenset({"beijing", "pyongyang", "seoul"})
_GAP = "[…]"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = "|".join(MONTHS)
_SURE = "|".join(m for m in MONTHS if m not in {"March", "May"})  # these two are words besides
_PART = r"(?:(?:early|mid|late)[-\s]+|(?:the\s+)?(?:beginning|start|middle|end)\s+of\s+)?"
_SEASON = r"(?:the\s+)?\b(?:spring|summer|autumn|fall|winter)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_NUMBER = rf"(?:\d{{1,3}}|(?:{_TENS})(?:[-\s](?:{_ONES}))?|{_TEENS}|{_ONES})"
_FIGURE = rf"(?:\d+(?:[.,]\d+)?|{_NUMBER}(?:\s+hundred(?:\s+and\s+{_NUMBER})?)?)"
_SOME = rf"{_NUMBER}(?:\s+(?:or|to)\s+{_NUMBER})?"
_ABOUT = r"(?:(?:only|just|about|almost|nearly|over|not\s+yet|already)\s+)?"

_TIMES = (
    re.compile(rf"(?i)(?<!\w){_PART}(?:{_MONTH})\s*,?\s+(?:of\s+)?{_YEAR}\b"),
    re.compile(rf"(?i)(?<!\w){_PART}{_SEASON}\s+(?:of\s+)?{_YEAR}\b"),
    re.compile(rf"(?i)(?<!\w)(?:early|mid|late)[-\s]+{_YEAR}\b"),
    re.compile(rf"(?<![\d-]){_YEAR}-(?:0[1-9]|1[0-2])(?![\d-])"),
)
_BORN = re.compile(
    r"(?i)\bborn\b[^.;:\d]{0,60}?(?P<time>\s(?:in|on)\s+(?:or\s+)?(?:about\s+)?"
    r"(?:(?:the|early|mid|late|beginning|start|middle|end|of|spring|summer|autumn|fall|winter|"
    rf"{_MONTH})\s+){{0,4}}(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{_YEAR})\b"
)
_BARE = (
    re.compile(rf"(?<!\w){_PART}(?P<gap>{_SURE})\b"),
    re.compile(
        r"\b(?:[Ii]n|of|by|to|[Ss]ince|[Uu]ntil|[Ff]rom|[Ee]arly|[Mm]id|[Ll]ate|[Ll]ast|this|next|"
        r"[Bb]etween)\s+(?P<gap>March|May)\b"
    ),
    re.compile(r"\b(?:or|and|that)\s+(?P<gap>March|May)\b(?!\s+(?:I|we|you|he|she|they|it)\b)"),
    re.compile(r"(?m)^[ \t]*(?P<gap>March|May)[ \t]*$"),
)
_AGES = (
    re.compile(rf"(?i)\b(?:year|date)\s+of\s+birth\b[\s:.]*(?P<gap>{_YEAR})\b"),
    re.compile(
        rf"(?i)\b(?P<gap>{_FIGURE}(?:\s+(?:and|or|to|by|x|×)\s+{_FIGURE})?)"
        r"(?=[-\s](?:kilograms?|kg|centimet(?:er|re)s?|cm|pounds|lbs|inches)\b)"
    ),
    re.compile(rf"(?i)\b(?P<gap>{_SOME})[-\s]years?[-\s]old\b"),
    re.compile(rf"(?i)\baged?\s+(?:of\s+)?{_ABOUT}(?P<gap>{_SOME})\b"),
    re.compile(
        r"(?i)\b(?:daughter|son|child|girl|boy|brother|sister|man|woman|person)\s+of\s+"
        rf"{_ABOUT}(?P<gap>{_SOME})\b"
    ),
    re.compile(
        rf"(?i)\b(?:am|is|are|was|were|be|been|became|turned|being)\s+{_ABOUT}(?P<gap>{_SOME})"
        rf"(?=\s*(?:[.,;:!?)”]|$)|\s+(?:when|then|and|at\s+the\s+time|now|years)\b)"
    ),
    re.compile(rf"(?i)\bat\s+{_ABOUT}(?P<gap>(?:{_TENS})(?:[-\s](?:{_ONES}))?|{_TEENS})(?=[\s,.;]"
               r"(?!\s*(?:o’clock|o'clock|hours?|in\s+the|at\s+night)))"),
)  # fmt: skip
_QUOTED = (
    re.compile(r"“(?P<gap>[^“”]{2,600})”"),
    re.compile(r"(?<!\w)\"(?P<gap>[^\"\n]{2,600})\"(?!\w)"),
)
_SUM = re.compile(
    r"(?i)(?<![\w.])(?:(?:CNY|KRW|KPW|USD|RMB|THB|MXN|US\$|[$₩¥€£])\s?\d[\d,.]{0,20}\d|"
    rf"(?:about\s+)?(?:(?<![\d,])\d[\d,]{{0,20}}|(?:{_NUMBER}|hundred|thousand|million|and|a)"
    rf"(?:[-\s]{{1,9}}(?:{_NUMBER}|hundred|thousand|million|and)){{0,12}})\s{{1,9}}"
    r"(?:yuan|won|dollars|baht|pesos|renminbi|kip|dong))\b"
)
_DOOR = re.compile(
    r"\b(?:[Nn]umber|[Nn]o\.|[Rr]oom|[Aa]partment|[Aa]pt\.?|[Uu]nit|[Bb]uilding|[Hh]ouse)\s+"
    r"(?P<gap>\d{1,5}[A-Za-z]?)\b"
)
_CITY = re.compile(rf"\b(?:{'|'.join(map(re.escape, COUNTRIES.values()))})(?P<none>\s+City)\b")


def spans(text: str) -> Iterator[Cover]:
    """Yield what a public copy covers in *text* beyond names and numbers, and by what."""
    for m in _BORN.finditer(text):
        yield (*m.span("time"), f" in the {m['year'][:3]}0s")
    for pattern in _TIMES:
        yield from ((m.start(), m.end(), m["year"]) for m in pattern.finditer(text))
    for pattern in (*_BARE, *_AGES, *_QUOTED):
        yield from ((*m.span("gap"), _GAP) for m in pattern.finditer(text))
    yield from ((m.start(), m.end(), _GAP) for m in _SUM.finditer(text))
    yield from ((*m.span("none"), "") for m in _CITY.finditer(text))


def doors(text: str) -> Iterator[Cover]:
    """Yield the numbers of doors, which no copy tells."""
    yield from ((*m.span("gap"), _GAP) for m in _DOOR.finditer(text))

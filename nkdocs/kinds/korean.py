"""Answers that can be said in Korean without a translator: days, countries, sums, numbers.

Prose never is: nothing here turns words of one language into another (no machine Korean). The
spelling is that of North Korea. Dates are adverbs that a sentence takes as they are.
"""

from nkdocs.kinds.dates import Date
from nkdocs.kinds.nonanswers import NonAnswer
from nkdocs.kinds.numbers import Money, Number
from nkdocs.kinds.people import Name
from nkdocs.kinds.places import Country, Place
from nkdocs.kinds.points import Point
from nkdocs.kinds.whens import When

_COUNTRIES = {
    "KP": "북조선", "KR": "한국", "CN": "중국", "US": "미국", "JP": "일본", "RU": "로씨야",
    "MN": "몽골", "LA": "라오스", "TH": "타이", "VN": "윁남", "KH": "캄보쟈", "MM": "먄마",
    "MX": "메히꼬", "CA": "카나다", "PH": "필리핀", "GB": "영국", "DE": "도이췰란드",
    "FR": "프랑스", "PL": "뽈스까",
}  # fmt: skip
_SEASONS = {"spring": "봄", "summer": "여름", "autumn": "가을", "fall": "가을", "winter": "겨울"}
_THIRDS = {"early": "초", "mid": "중순", "late": "말"}
_MONEY = {"CNY": "원(중국돈)", "KRW": "원(한국돈)", "KPW": "원(조선돈)", "USD": "딸라"}
_UNDATED = {
    "does not know": "날자는 모르지만",
    "does not remember": "날자는 기억나지 않지만",
    "declines": "날자는 말하지 않겠지만",
}
_UNSAID = {
    "does not know": "모릅니다",
    "does not remember": "기억나지 않습니다",
    "declines": "말하고 싶지 않습니다",
}


def in_korean(value: object, kind: str = "") -> str:
    """Return *value*, an answer of *kind*, in Korean; empty where only a person can say it.

    A time is an adverb: "2008년 겨울에", "2006년 3월경에". Of a place only the country is known.
    """
    if isinstance(value, NonAnswer):
        return (_UNDATED if kind in {"when", "date"} else _UNSAID)[value.how]
    if isinstance(value, When):
        return _when(value)
    if isinstance(value, Date):
        return f"{_point(Point(value.year, value.day.month, value.day.day))}에"
    if isinstance(value, Name):
        return f"{value.native}({value.legal})" if value.native else value.legal
    return _named(value)


def _named(value: object) -> str:
    """Return a country, a sum or a number in Korean; empty for anything else."""
    if isinstance(value, Place):
        return _named(value.country) if not value.place else ""
    if isinstance(value, Country):
        return _COUNTRIES.get(value.code, "")
    if isinstance(value, Money):
        return f"{value.amount}{_MONEY[value.currency]}" if value.currency in _MONEY else ""
    return str(value) if isinstance(value, Number) else ""


def _when(value: When) -> str:
    about = "경" if value.about else ""
    if value.end is None:
        return f"{_point(value.start)}{about}에"
    return f"{_point(value.start)}부터 {_point(value.end)}{about}까지 사이에"


def _point(point: Point) -> str:
    words = [f"{point.year}년" + ("대" if point.decade else "")]
    words += [f"{point.month}월"] if point.month else []
    words += [f"{point.day}일"] if point.day else []
    if point.part:
        late = {"mid": "중엽"} if not point.month else {}
        words.append(_SEASONS.get(point.part) or late.get(point.part) or _THIRDS[point.part])
    return " ".join(words)

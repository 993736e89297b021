"""What the interview says back about an answer, in the language of the screen.

Where a value has no Korean of its own, it is said back as it is written.
"""

import datetime as dt

from nkdocs.interview.spec import Question
from nkdocs.kinds.dates import Date, Datetime
from nkdocs.kinds.korean import in_korean
from nkdocs.kinds.nonanswers import NonAnswer, Told, value_of
from nkdocs.kinds.people import Name
from nkdocs.kinds.places import Place
from nkdocs.kinds.registry import said_answer
from nkdocs.kinds.whens import When
from nkdocs.kinds.words import Choice, Many, YesNo
from nkdocs.ui.words import Words


def said(words: Words, question: Question, value: object) -> str:
    """Return what was understood of *value*, an answer to *question*; empty if it says it all."""
    english = said_answer(question.kind, value)
    if words.language == "en":
        return english
    bare = value_of(value)
    own = isinstance(bare, (Choice, Many, YesNo, NonAnswer))
    if not english and not own:
        return ""
    told = in_words(words, question, value) if own else _korean(bare)
    by = f" ({words('told by {by}').format(by=value.by)})" if isinstance(value, Told) else ""
    return f"{words('Understood:')} {told}{by}"


def in_words(words: Words, question: Question, value: object) -> str:
    """Return a value in the language of the screen, as far as it has words of its own."""
    options, language = question.options, words.language
    bare = value_of(value)
    if isinstance(bare, Choice):
        return options.called(bare.key, language)
    if isinstance(bare, Many) and language != "en":
        return ", ".join(options.called(choice.key, language) for choice in bare)
    return words(str(bare)) if isinstance(bare, (YesNo, NonAnswer)) else str(value)


def _korean(value: object) -> str:
    if isinstance(value, When):
        reach = _days(value.earliest, value.latest)
        if value.about:
            return f"{in_korean(value).removesuffix('에')}; {reach} 사이의 날로 봅니다."
        return f"{reach}."
    if isinstance(value, Datetime):
        return f"{_day(value.moment.date())} {value.moment:%H:%M}."
    if isinstance(value, Date):
        return f"{_day(value.day)}."
    if isinstance(value, Name):
        given = f", 이름은 {value.given}" if value.given else ""
        doubt = "" if value.told else " 다른 낱말이 성이면 그것을 대문자로 적으십시오."
        return f"성은 {value.surname}{given}.{doubt}"
    return f"{in_korean(value) or _place(value)}".removesuffix(".") + "."


def _place(value: object) -> str:
    """Return a place, its country in Korean; anything else as it is written."""
    if not isinstance(value, Place) or value.country is None:
        return str(value)
    country = in_korean(value.country) or str(value.country)
    return ", ".join(t for t in (value.place, country) if t)


def _days(first: dt.date, last: dt.date) -> str:
    """Return a span of days, in months or years where it is whole ones."""
    after = last + dt.timedelta(days=1)
    if first == last:
        return _day(first)
    if (first.day, after.day) != (1, 1):
        return f"{_day(first)}부터 {_day(last)}까지"
    if (first.month, after.month) == (1, 1):
        return f"{first.year}년" + ("" if first.year == last.year else f"부터 {last.year}년까지")
    left, right = (f"{d.year}년 {d.month}월" for d in (first, last))
    return left if left == right else f"{left}부터 {right}까지"


def _day(day: dt.date) -> str:
    return f"{day.year}년 {day.month}월 {day.day}일"

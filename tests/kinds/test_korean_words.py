"""What the program says in Korean by itself: dates, countries, sums; and nothing else."""

import pytest

from nkdocs.kinds.korean import in_korean
from nkdocs.kinds.registry import KINDS, parse_answer


@pytest.mark.parametrize(
    ("kind", "written", "korean"),
    [
        ("when", "winter 2006", "2006년 겨울에"),
        ("when", "about March 2006", "2006년 3월경에"),
        ("when", "2006-03-05", "2006년 3월 5일에"),
        ("when", "2007-05..2008-10", "2007년 5월부터 2008년 10월까지 사이에"),
        ("when", "mid-1990s", "1990년대 중엽에"),
        ("when", "early March 2006", "2006년 3월 초에"),
        ("when", "late 2006", "2006년 말에"),
        ("date", "2023-01-19", "2023년 1월 19일에"),
        ("country", "KP", "북조선"),
        ("country", "Bhutan", ""),
        ("money", "CNY 8000", "8,000원(중국돈)"),
        ("money", "UZS 5", ""),
        ("number", "20", "20"),
        ("text", "men in uniform", ""),
        ("story", "I ran.", ""),
        ("place", "Musan", ""),
        ("name", "SEO Yun Hui", "SEO Yun Hui"),
    ],
)
def test_only_what_needs_no_translator_is_said(kind: str, written: str, korean: str) -> None:
    """This test ensures that prose and unknown names are left to a person."""
    value = parse_answer(KINDS[kind], written)

    assert in_korean(value, kind) == korean


def test_a_season_comes_back_the_same_when_read() -> None:
    """This test ensures that the Korean date says the same time as the English one."""
    for written in ("winter 2006", "about March 2006", "2006-03-05", "2007-05..2008-10"):
        value = parse_answer(KINDS["when"], written)
        said = in_korean(value).removesuffix("에").removesuffix(" 사이")

        assert parse_answer(KINDS["when"], said) == value

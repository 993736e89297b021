"""Dates and numbers of a pair of texts: the same in figures, in words, in both languages."""

import pytest

from nkdocs.checks.amounts import differ

AGREE = [
    ("I was held for eleven days in March 2006.", "나는 2006년 3월에 열하루 동안 갇혀 있었습니다."),
    ("He said eight thousand yuan.", "그는 팔천원이라고 하였습니다."),
    ("The price was 8,000 yuan.", "값은 8천원이였습니다."),
    ("About fifteen thousand yuan", "1만 5천원쯤"),
    ("It was two thousand and six.", "이천육년이였습니다."),
    ("Her son was seven.", "아들은 일곱살이였습니다."),
    ("In May 2022 I may have been ill.", "2022년 5월에 나는 앓았을수 있습니다."),
    ("in the winter of 2006", "2006년 겨울에"),
    ("I was in the third year of middle school.", "나는 중학교 3학년이였습니다."),
    ("three generations", "3대"),
    ("more than three hundred hours", "삼백시간 넘게"),
    ("twenty-five women", "녀자 스물다섯명"),
    ("both men, one after the other", "두 남자가 한 사람씩"),
    ("I changed it four times in three weeks.", "나는 3주동안에 네번 바꾸었습니다."),
    ("on March 5, 2006, at 9:00", "2006년 3월 5일 9시에"),
    ("I told your mother.", "네 어머니에게 이 일을 말하였습니다."),
    ("for two years", "2년동안"),
]
DIFFER = [
    ("I was held for eleven days.", "나는 열흘 동안 갇혀 있었습니다."),
    ("in March 2006", "2006년 5월에"),
    ("in March 2006", "2007년 3월에"),
    ("in the winter of 2006", "2006년 가을에"),
    ("eight thousand yuan", "팔백원"),
    ("Her son was seven.", "아들은 여섯살이였습니다."),
    ("three women", "녀자 네명"),
    ("They came.", "그들은 2009년에 왔습니다."),
    ("They came in 2009.", "그들은 왔습니다."),
]


@pytest.mark.parametrize(("english", "korean"), AGREE)
def test_the_same_numbers_agree(english: str, korean: str) -> None:
    """This test ensures that a sound pair is not reported, however its numbers are written."""
    assert differ(english, korean) is None


@pytest.mark.parametrize(("english", "korean"), DIFFER)
def test_another_number_is_found(english: str, korean: str) -> None:
    """This test ensures that a wrong date, age, sum or count is reported."""
    assert differ(english, korean) is not None


def test_it_is_told_which_side_counts_what() -> None:
    """This test ensures that a number of one text is not taken for one of the other."""
    found = differ("seven years, 2006", "여섯해, 2006년")

    assert found is not None
    assert (found.english, found.korean) == ((7,), (6,))

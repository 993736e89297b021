"""What people who had never seen the program typed from a page of facts, and were refused once."""

import pytest

from nkdocs._resources import shipped
from nkdocs.interview.load import load
from nkdocs.kinds.kind import PLAIN, Data, KindError
from nkdocs.kinds.registry import KINDS


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("date", "by Nov 30, 2026", "2026-11-30"),
        ("date", "until 8/30/2028", "2028-08-30"),
        ("date", "yes, January 12, 2027", "2027-01-12"),
        ("date", "예, 2027년 1월 12일", "2027-01-12"),
        ("when", "autumn 2021, around Oct 3", "about October 3, 2021"),
        ("when", "winter 2008, about Jan 5", "about January 5, 2009"),
        ("money", "8,000 위안", "CNY 8,000"),
        ("money", "8000위안", "CNY 8,000"),
        ("money", "8천 위안", "CNY 8,000"),
        ("money", "중국돈 8,000원", "CNY 8,000"),
        ("money", "인민폐 8천원", "CNY 8,000"),
        ("money", "8,000원(중국돈)", "CNY 8,000"),
        ("money", "한국돈 300만 원", "KRW 3,000,000"),
        ("money", "50 딸라", "USD 50"),
        ("anumber", "A 000-000-022,", "A000-000-022"),
        ("anumber", "A000-000-022.", "A000-000-022"),
    ],
)
def test_what_a_person_typed_is_understood(kind: str, typed: str, stored: str) -> None:
    """It is stored as what it plainly means."""
    found = KINDS[kind]

    assert found.written(found.parse(typed, PLAIN)) == stored


def test_other_spellings_may_be_joined_by_or() -> None:
    """Of "So Yun-hui or Seo Yoon-hee" come two names, not one with "or" in it."""
    told = {"legal": "Seo Yun Hui", "native": "서윤희", "also": "So Yun-hui or Seo Yoon-hee"}
    name = KINDS["name"]
    written = name.written(name.parse(told, PLAIN))

    assert isinstance(written, dict)
    assert written["also"] == ["So Yun-hui", "Seo Yoon-hee"]


@pytest.mark.parametrize(
    "typed", ["R. Castellane", "Judge R. Castellane", "the Hon. R. Castellane",
              "Immigration Judge R. Castellane", "IJ R. Castellane"]
)  # fmt: skip
def test_a_judge_is_not_called_judge_twice(typed: str) -> None:
    """Papers print the title themselves."""
    asked = load([shipped("templates")]).questions["case", "judge"]

    assert asked.kind.parse(typed, asked.options) == "R. Castellane"


@pytest.mark.parametrize(
    ("kind", "typed", "remedy"),
    [
        ("date", "no", "leave it empty if there is none"),
        ("date", "December 18", "say the year too"),
        ("when", "around Oct 3", "say the year too"),
        ("when", "autumn 2021, around May 3", "write what is known"),
        ("datetime", "February 11, 2027 at 9 am, in person", "write day and time alone"),
        ("exhibits", "none", "leave it empty while there is no exhibit"),
        ("exhibits", "no", "leave it empty while there is no exhibit"),
        ("exhibits", "없음", "leave it empty while there is no exhibit"),
        ("exhibits", "the E-28", "write the ids of exhibits"),
        ("money", "8천원", "which currency is meant?"),
        ("money", "중국돈 8,000 딸라", "write currency and amount"),
        ("money", "USD 8,000 원", "write currency and amount"),
        ("name", "Seo Yun Hui (서윤희; in older papers So Yun-hui)", "write one name alone"),
        ("name", "한지호 Han Ji Ho", "write one name alone"),
        ("name", "Han Ji Ho 한지호", "write one name alone"),
        ("date", "reached the court Jan 19, 2023", "write the date"),
    ],
)
def test_what_would_be_a_guess_is_refused_with_its_remedy(
    kind: str, typed: Data, remedy: str
) -> None:
    """Nothing is guessed; the message begins with what to do."""
    with pytest.raises(KindError) as caught:
        KINDS[kind].parse(typed, PLAIN)

    assert caught.value.message.startswith(remedy)

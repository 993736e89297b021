"""Approximate dates: what they mean, print and say back."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.kinds.dates import Date, Datetime
from nkdocs.kinds.kind import PLAIN, KindError
from nkdocs.kinds.registry import KINDS
from nkdocs.kinds.whens import When, WhenKind

WHEN, DATE, DATETIME = KINDS["when"], KINDS["date"], KINDS["datetime"]


def when(text: str) -> When:
    """Return an approximate date."""
    value = WHEN.parse(text, PLAIN)
    assert isinstance(value, When)
    return value


@pytest.mark.parametrize(
    ("typed", "text", "phrase", "said"),
    [
        ("2006-03-05", "March 5, 2006", "on March 5, 2006", "March 5, 2006"),
        ("5 March 2006", "March 5, 2006", "on March 5, 2006", "March 5, 2006"),
        ("March 5th, 2006", "March 5, 2006", "on March 5, 2006", "March 5, 2006"),
        ("3/5/2006", "March 5, 2006", "on March 5, 2006", "March 5, 2006"),
        ("2006.3.5", "March 5, 2006", "on March 5, 2006", "March 5, 2006"),
        ("2006년 3월 5일", "March 5, 2006", "on March 5, 2006", "March 5, 2006"),
        ("2006-03", "March 2006", "in March 2006", "March 2006"),
        ("Mar. 2006", "March 2006", "in March 2006", "March 2006"),
        ("03/2006", "March 2006", "in March 2006", "March 2006"),
        ("2006", "2006", "in 2006", "2006"),
        ("winter 2008", "winter 2008", "in the winter of 2008",
         "between December 2008 and February 2009"),
        ("2008년 겨울", "winter 2008", "in the winter of 2008",
         "between December 2008 and February 2009"),
        ("fall of 2021", "fall 2021", "in the fall of 2021",
         "between September and November 2021"),
        ("early 2006", "early 2006", "in early 2006", "between January and April 2006"),
        ("mid-March 2006", "mid-March 2006", "in mid-March 2006",
         "between March 11, 2006 and March 20, 2006"),
        ("2006년 말", "late 2006", "in late 2006", "between September and December 2006"),
        ("the mid-1990s", "mid-1990s", "in the mid-1990s", "between 1994 and 1996"),
        ("1990년대", "1990s", "in the 1990s", "between 1990 and 1999"),
        ("Juche 95", "2006", "in 2006", "2006"),
        ("주체95년 3월", "March 2006", "in March 2006", "March 2006"),
        ("Juche 95 (2006)", "2006", "in 2006", "2006"),
        ("2006-03..2006-05", "March to May 2006", "between March and May 2006",
         "between March and May 2006"),
        ("March to May 2006", "March to May 2006", "between March and May 2006",
         "between March and May 2006"),
        ("between December 2008 and March 2009", "December 2008 to March 2009",
         "between December 2008 and March 2009", "between December 2008 and March 2009"),
        ("from 2006 to 2008", "2006 to 2008", "between 2006 and 2008", "between 2006 and 2008"),
        ("2006년부터 2008년까지", "2006 to 2008", "between 2006 and 2008",
         "between 2006 and 2008"),
        ("2006-03-05..2006-03-09", "March 5 to March 9, 2006",
         "between March 5 and March 9, 2006", "between March 5, 2006 and March 9, 2006"),
        ("2006-03-05..2007-01-09", "March 5, 2006 to January 9, 2007",
         "between March 5, 2006, and January 9, 2007",
         "between March 5, 2006 and January 9, 2007"),
        ("early to mid-1990s", "early 1990s to mid-1990s",
         "between the early 1990s and the mid-1990s", "between 1990 and 1996"),
        ("winter 2008 to March 2009", "winter 2008 to March 2009",
         "between the winter of 2008 and March 2009", "between December 2008 and March 2009"),
    ],
)  # fmt: skip
def test_a_time_is_read_printed_and_said_back(
    typed: str, text: str, phrase: str, said: str
) -> None:
    """It prints as known, swears as known, and says what was understood."""
    value = when(typed)

    assert (str(value), value.phrase) == (text, phrase)
    assert WHEN.said(value) == f"Understood: {said}."


@pytest.mark.parametrize(
    ("typed", "text", "phrase", "year"),
    [
        ("about 1998", "about 1998", "in about 1998", "about 1998"),
        ("~1998", "about 1998", "in about 1998", "about 1998"),
        ("1998년경", "about 1998", "in about 1998", "about 1998"),
        ("about March 2006", "about March 2006", "in or about March 2006", "about 2006"),
        ("on or about March 5, 2006", "about March 5, 2006", "on or about March 5, 2006",
         "about 2006"),
        ("circa winter 2008", "about winter 2008", "in or about the winter of 2008",
         "about 2008\u20132009"),
        ("around 2006-03..2006-05", "about March to May 2006",
         "between about March and May 2006", "about 2006"),
    ],
)  # fmt: skip
def test_about_is_kept_wherever_it_prints(typed: str, text: str, phrase: str, year: str) -> None:
    """A time that is only about so never prints as certain, not even its year."""
    value = when(typed)

    assert value.about
    assert (value.text, value.phrase, value.year) == (text, phrase, year)


@pytest.mark.parametrize(
    ("typed", "year"),
    [("March 2006", 2006), ("winter 2008", "2008\u20132009"), ("2006..2008", "2006\u20132008"),
     ("mid-1990s", "mid-1990s")],
)  # fmt: skip
def test_a_year_says_no_more_than_is_known(typed: str, year: int | str) -> None:
    """A winter belongs to two years."""
    assert when(typed).year == year


def test_about_widens_the_possible_days_and_says_so() -> None:
    """Checks do not find a contradiction where someone said about."""
    value = when("about March 2006")

    assert value.earliest < dt.date(2006, 3, 1) == value.first
    assert WHEN.said(value) == (
        "Understood: about March 2006; checks allow the days between January 29, 2006 and "
        "May 1, 2006."
    )


@pytest.mark.parametrize(
    "typed",
    [
        "2006-13", "2006-00-01", "2006-02-30", "2/29/2023", "13/07/1989", "1899", "2101", "06",
        "3/5/06", "March", "winter", "yesterday", "2006-05..2006-03", "winter to spring 2009",
        "March 2006 to", "2006..2007..2008", "Juche 95 (2007)", "31", "before 2006", "0", "About",
        "628473600",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_with_a_remedy(typed: str) -> None:
    """The message shows how to write it and never what was typed."""
    with pytest.raises(KindError) as caught:
        when(typed)

    assert any(w in caught.value.message for w in ("write", "must be", "leave out"))


def test_a_month_that_is_not_there_is_named_as_such() -> None:
    """Day and month exchanged is the commonest slip."""
    with pytest.raises(KindError, match="the month must be from 1 to 12"):
        when("13/07/1989")


POINTS = [
    "2006", "2006-03", "2006-03-05", "winter 2008", "fall 2021", "early 2006", "mid-2006",
    "late March 2006", "1990s", "mid-1990s",
]  # fmt: skip


@pytest.mark.parametrize("about", ["", "about "])
@pytest.mark.parametrize("start", POINTS)
def test_what_is_sworn_can_be_typed(start: str, about: str) -> None:
    """The phrase of a document, typed as an answer, is the same time."""
    value = when(about + start)

    assert when(value.phrase) == value


@given(
    st.sampled_from(POINTS), st.sampled_from(["", *POINTS]), st.sampled_from(["", "about "])
)
def test_a_written_time_is_the_same_time(start: str, end: str, about: str) -> None:
    """Every time that can be read can be written and read again."""
    try:
        value = when(about + (f"{start}..{end}" if end else start))
    except KindError:
        return

    written = WHEN.written(value)

    assert WHEN.parse(written, PLAIN) == value
    assert value.earliest <= value.first <= value.last <= value.latest


def test_before_and_after_mean_surely() -> None:
    """Overlapping times are neither before nor after one another."""
    winter = when("winter 2008")

    assert winter < when("March 2009")
    assert winter > when("November 2008")
    assert not winter < when("January 2009")
    assert not winter > when("January 2009")
    assert winter < Date(dt.date(2009, 3, 1))
    assert Date(dt.date(2009, 3, 1)) > winter
    assert winter < "2009-03-01"
    assert winter <= when("winter 2008")


def test_only_a_certain_day_is_exact() -> None:
    """A span, a month and an about are not."""
    assert when("2006-03-05").exact
    assert not any(when(t).exact for t in ("2006-03", "about 2006-03-05", "2006..2007"))


@pytest.mark.parametrize(
    "typed",
    ["2024-03-05", "March 5, 2024", "5 March 2024", "3/5/2024", "2024년 3월 5일",
     "\uff12\uff10\uff12\uff14-03-05"],
)  # fmt: skip
def test_a_date_is_one_day(typed: str) -> None:
    """Every accepted form is the same day, printed as a lawyer writes it."""
    value = DATE.parse(typed, PLAIN)

    assert value == Date(dt.date(2024, 3, 5)) == "2024-03-05"
    assert (str(value), value.iso, value.year) == ("March 5, 2024", "2024-03-05", 2024)
    assert DATE.said(value) == "Understood: March 5, 2024."


@pytest.mark.parametrize("typed", ["2024", "March 2024", "7", "628473600", "2024-03-05 09:00"])
def test_a_date_is_not_guessed_from_less(typed: str) -> None:
    """A year, a month or a number of seconds is no day."""
    with pytest.raises(KindError, match="write the date as year-month-day"):
        DATE.parse(typed, PLAIN)


@pytest.mark.parametrize(
    "typed",
    [
        "2027-02-11 09:00", "2027-02-11T09:00", "2/11/2027 9am", "2027-02-11 9:00 a.m.",
        "February 11, 2027, at 9:00 a.m.", "2027-02-11 09:00:00",
    ],
)  # fmt: skip
def test_a_moment_has_day_and_hour(typed: str) -> None:
    """Every accepted form is the same moment."""
    value = DATETIME.parse(typed, PLAIN)

    assert str(value) == "February 11, 2027, at 9:00 a.m."
    assert (str(value.date), value.time) == ("February 11, 2027", "9:00 a.m.")
    assert DATETIME.said(value) == "Understood: February 11, 2027, at 9:00 a.m."


@pytest.mark.parametrize(
    ("typed", "time"),
    [("12:00", "12:00 p.m."), ("00:30", "12:30 a.m."), ("12:30 am", "12:30 a.m."),
     ("1 pm", "1:00 p.m."), ("23:59", "11:59 p.m.")],
)  # fmt: skip
def test_noon_and_midnight_are_told_apart(typed: str, time: str) -> None:
    """The hours around twelve are read rightly."""
    value = DATETIME.parse(f"2027-02-11 {typed}", PLAIN)

    assert isinstance(value, Datetime)
    assert value.time == time


@pytest.mark.parametrize("typed", ["2027-02-11", "2027-02-11 25:00", "2027-02-11 9", "9:00",
                                   "2027-02-11 13 pm", "2027-02-30 09:00"])  # fmt: skip
def test_a_moment_without_a_clear_hour_is_refused(typed: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(KindError):
        DATETIME.parse(typed, PLAIN)


def test_two_moments_of_a_day_are_compared_by_the_hour() -> None:
    """A hearing at nine is before one at ten."""
    nine, ten = (DATETIME.parse(f"2027-02-11 {h}:00", PLAIN) for h in ("09", "10"))

    assert nine < ten
    assert ten > nine
    assert nine < Date(dt.date(2027, 2, 12))


def test_a_chronology_is_sorted_by_what_the_words_name() -> None:
    """By the first day, then the last; a span that is wholly known stands before a looser one."""
    typed = ["winter 2006", "2007", "January 2007", "about March 2007", "2007-01..2008-10"]

    told = sorted((when(text) for text in (*typed[::-1],)), key=lambda value: value.order)

    assert [str(value) for value in told] == [
        "winter 2006", "January 2007", "2007", "January 2007 to October 2008", "about March 2007",
    ]  # fmt: skip


def test_days_and_moments_are_sorted_with_the_rest() -> None:
    """Their order is text of the same form."""
    assert DATE.parse("2006-03-05", PLAIN).order == when("2006-03-05").order
    assert DATETIME.parse("2006-03-05 09:00", PLAIN).order == when("2006-03-05").order


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("October 2021 or so", "about October 2021"),
        ("Oct 2021?", "about October 2021"),
        ("probably 1998", "about 1998"),
        ("since spring 2012", "spring 2012"),
        ("the end of 2021", "late 2021"),
        ("beginning of October 2021", "early October 2021"),
    ],
)
def test_what_people_write_without_being_told_how_is_understood(
    typed: str, understood: str
) -> None:
    """Inputs that new users typed and that were once refused."""
    assert str(WhenKind().parse(typed, PLAIN)) == understood

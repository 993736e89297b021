"""A cite of an edited paper that new numbers left behind is told, and no other."""

import pytest

from nkdocs.citations.doubts import (
    Doubt,
    Known,
    Pair,
    Standing,
    doubts,
    in_words,
    numbers_then,
    plain,
    same_numbers,
)
from nkdocs.citations.pagemap import PageMap
from tests.documents.letters import page_map

THEN = page_map(letter=3, volunteer=1, report=3)  # Tab A at 4-6, Tab B at 8, Tab C at 10-12
NOW = page_map(report=3, volunteer=1, letter=3)  # the first and the last changed places
LETTER = ("[@letter, 2]", "Tab\u00a0A\u00a0at\u00a05")
VOLUNTEER = ("[@volunteer]", "Tab\u00a0B")
REPORT = ("[@report, 3]", "Tab\u00a0C\u00a0at\u00a012")


def found(
    texts: list[str], *recorded: Pair, then: PageMap = THEN, now: PageMap = NOW,
    gone: tuple[Pair, ...] = (), typed: tuple[Pair, ...] = (),
) -> list[Doubt]:  # fmt: skip
    """Return the doubts about a paper in which *texts* stand, each in a paragraph of its own."""
    standing = [Standing(plain(text), ("", number)) for number, text in enumerate(texts, 1)]
    told = doubts(standing, Known(recorded, gone, typed, then, now))
    return [doubt for doubt in told if doubt.moved]


def said(told: list[Doubt]) -> list[tuple[str, str, bool]]:
    """Return what each doubt is about, what that prints today, and whether it is gone."""
    return [(doubt.text, doubt.now, doubt.gone) for doubt in told]


def test_a_cite_changed_by_hand_is_told_twice_over_when_its_exhibit_moved() -> None:
    """What stood there and is gone, and what was typed in its place, with its paragraph."""
    told = found(["Tab B", "Tab A at 4-5"], VOLUNTEER, LETTER)

    assert said(told) == [
        ("Tab A at 4\u20135", "Tab C at 10\u201311", False), ("Tab A at 5", "Tab C at 11", True),
    ]  # fmt: skip
    assert [doubt.spots for doubt in told] == [(("", 2),), (("", 2),)]
    assert "it led to 'letter', now Tab C at 10\u201311" in str(told[0])
    assert "today it leads to 'report'" in str(told[0])
    assert "it stood here and is gone; that page is now Tab C at 11" in str(told[1])


@pytest.mark.parametrize(
    ("texts", "now"),
    [
        (["Tab A at 4-5"], THEN),  # changed, and nothing moved
        ([], THEN),  # deleted with its sentence, and nothing moved
        (["Tab A at 5"], NOW),  # it stands as it was printed, and moves with its page
        (["Tab C at 11"], NOW),  # brought up to date by hand
        (["Tab C at 10\u201311"], NOW),
    ],
)
def test_what_did_not_move_or_was_brought_up_to_date_is_no_fault(
    texts: list[str], now: PageMap
) -> None:
    """There is nothing to read."""
    assert found(texts, LETTER, now=now) == []


def test_a_cite_whose_own_target_did_not_move_may_go() -> None:
    """Others moved; this one would print the same."""
    assert found([], VOLUNTEER) == []


def test_what_looks_like_a_cite_of_today_may_be_one_of_then_that_was_changed() -> None:
    """The page of one cite that is gone has the numbers by which another was changed."""
    told = found(["Tab A at 6"], LETTER, REPORT)

    assert said(told) == [
        ("Tab A at 6", "Tab C at 12", False), ("Tab A at 5", "Tab C at 11", True),
        ("Tab C at 12", "Tab A at 6", True),
    ]  # fmt: skip


def test_a_cite_without_its_page_does_not_stand_for_one_with_a_page() -> None:
    """“Tab A, page 5” reads as the whole tab: the page it names is not seen."""
    now = page_map(letter=3, new=4, volunteer=1)
    told = found(["Tab B"], ("[@volunteer, 1]", "Tab B at 8"), now=now)

    assert ("Tab B at 8", "Tab C at 13", True) in said(told)


def test_a_new_cite_typed_by_the_numbers_of_then_is_told() -> None:
    """Of an exhibit that the letter never cited, too."""
    assert said(found(["Tab C at 11"], VOLUNTEER)) == [("Tab C at 11", "Tab A at 5", False)]
    assert said(found(["Tab B at 8"], VOLUNTEER)) == []


def test_of_an_exhibit_that_left_what_was_typed_is_told_and_what_is_gone_is_not() -> None:
    """Who takes out an exhibit takes out its cites."""
    without = page_map(report=3, volunteer=1)
    told = found(["Tab A at 4"], LETTER, now=without)

    assert said(told) == [("Tab A at 4", "", False)]
    assert "no longer in the filing, and today it leads to 'report'" in str(told[0])
    assert found([], LETTER, now=without) == []


def test_doubts_stay_until_the_sentence_is_mended() -> None:
    """The next build knows only the new numbers, and what was in doubt."""
    def next_time(text: str, now: PageMap = NOW) -> int:
        typed = (("[@letter, 1-2]", "Tab A at 4\u20135"),)
        return len(found([text], then=NOW, now=now, gone=(LETTER,), typed=typed))

    assert next_time("Tab A at 4-5") == 2
    assert next_time("Tab A at 4") == 1
    assert next_time("Tab C at 10-11") == 0
    assert next_time("Tab A at 4-5", THEN) == 0  # they moved back


def test_a_cite_that_is_gone_and_did_not_move_is_kept_for_the_day_on_which_it_does() -> None:
    """Its sentence may still name the page in other words."""
    kept = doubts([], Known((VOLUNTEER,), (LETTER,), (), THEN, THEN))

    assert [(doubt.text, doubt.moved) for doubt in kept] == [
        ("Tab B", False), ("Tab A at 5", False),
    ]  # fmt: skip
    assert said(found([], gone=(LETTER,), then=THEN)) == [("Tab A at 5", "Tab C at 11", True)]


def test_of_one_that_is_gone_without_a_trace_no_place_is_told() -> None:
    """It may have stood anywhere."""
    (told,) = found([], LETTER)

    assert str(told).startswith("it was printed, and is gone; that page is now Tab C at 11")


@pytest.mark.parametrize(
    ("words", "told"),
    [(", page 11", 0), (", p. 11 says", 0), (" pp. 10-11", 0), (", page 5", 1), (", page 111", 1)],
)
def test_one_put_in_words_by_todays_numbers_is_read_and_kept(words: str, told: int) -> None:
    """It does not move by itself: by the numbers of today it is told when they change."""
    worded = in_words("Tab C", words)
    standing = [Standing("Tab C", ("", 1), worded=worded)]
    found = doubts(standing, Known((LETTER, ("[@letter]", "Tab C")), (), (), THEN, NOW))

    assert [d.moved for d in found if d.gone and "at" in d.text] == [bool(told)]
    assert [d.text for d in found if not d.moved] == ["Tab C at 11"] * (not told)


def test_without_a_bundle_the_recorded_cites_tell_the_numbers_of_then() -> None:
    """One page of an exhibit tells where all of them were; a whole tab tells its letter."""
    then = numbers_then((LETTER, VOLUNTEER), NOW)

    assert said(found(["Tab A at 4"], LETTER, VOLUNTEER, then=then)) == [
        ("Tab A at 4", "Tab C at 10", False), ("Tab A at 5", "Tab C at 11", True),
    ]  # fmt: skip
    assert same_numbers((LETTER,), then)
    assert same_numbers((LETTER, VOLUNTEER, REPORT), THEN)
    assert not same_numbers((LETTER,), NOW)


def test_cites_to_earlier_filings_and_open_ones_are_nobodys_doubt() -> None:
    """Their numbers are another filing's, or none yet."""
    earlier = ("[@letter, 2]", "Resp\u2019t\u2019s Exs., Tab A at 5, filed March 2, 2024")

    assert found([], earlier, ("[@letter, 2]", "[Tab\u00a0?\u00a0at\u00a02: letter]")) == []

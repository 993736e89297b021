"""Tabs and page numbers of a bundle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs.bundle.layout import Frame, layout, tab_name
from nkdocs.errors import ExhibitError
from tests.bundle.made import FakeExhibit, FakePart

LENGTHS = st.lists(st.lists(st.integers(1, 9), min_size=1, max_size=3), min_size=1, max_size=60)
PARTS = ("translation", "certificate", "original")


def made(lengths: list[list[int]]) -> list[FakeExhibit]:
    """Return exhibits whose parts have so many pages."""
    return [
        FakeExhibit(
            f"e{number}",
            "An exhibit",
            tuple(
                FakePart(part, part, b"", tuple(range(1, length + 1)))
                for part, length in zip(PARTS, parts, strict=False)
            ),
        )
        for number, parts in enumerate(lengths)
    ]


@pytest.mark.parametrize(
    ("number", "name"),
    [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (702, "AAA")],
)
def test_tab_is_named_like_a_column_of_a_sheet(number: int, name: str) -> None:
    """After Z comes AA."""
    assert tab_name(number) == name


@given(LENGTHS, st.booleans(), st.integers(1, 9), st.integers(1, 5_000))
def test_pages_run_from_the_first_to_the_last_without_a_gap(
    lengths: list[list[int]], sheets: bool, index: int, start: int  # noqa: FBT001 - given
) -> None:
    """Cover, index, tab sheets and parts take every number once, in order."""
    frame = Frame(filing="f", index=index, sheets=sheets, start_page=start)

    pages = layout(made(lengths), frame)

    taken = list(range(start, start + 1 + index))
    for entry in pages.entries:
        taken += [entry.sheet] if entry.sheet else []
        for run in entry.runs:
            taken += range(run.first, run.last + 1)
    assert taken == list(range(start, pages.last + 1))


@given(LENGTHS)
def test_every_page_of_an_exhibit_lies_under_its_tab(lengths: list[list[int]]) -> None:
    """A cite to any source page resolves inside the exhibit."""
    exhibits = made(lengths)

    pages = layout(exhibits, Frame(filing="f"))

    for exhibit in exhibits:
        entry = pages.entry(exhibit.id)
        for part in exhibit.parts:
            for source in part.sources:
                assert entry.sheet < entry.page(source, part.part) <= entry.last


def test_first_exhibit_follows_cover_and_index() -> None:
    """With a cover and an index of one page, Tab A's sheet is page 3."""
    pages = layout(made([[2]]), Frame(filing="f"))

    assert (pages.entries[0].sheet, pages.entries[0].first, pages.total) == (3, 4, 5)


def test_supplement_goes_on_where_the_bundle_ended() -> None:
    """Its tabs and its pages continue."""
    pages = layout(made([[1], [1]]), Frame(filing="f", start_tab=3, start_page=101))

    assert [(e.tab, e.sheet) for e in pages.entries] == [("D", 103), ("E", 105)]


def test_source_pages_that_were_chosen_keep_their_numbers() -> None:
    """Page 9 of the source, the third one taken, is the third page under the tab."""
    chosen = FakeExhibit("e", "An exhibit", (FakePart("main", "", b"", (1, 4, 9)),))

    pages = layout([chosen], Frame(filing="f"))

    assert pages.entry("e").page(9) == 6


@pytest.mark.parametrize(
    ("exhibits", "said"),
    [
        pytest.param([], "the filing has no exhibits", id="none"),
        pytest.param(made([[1]]) * 2, "exhibit 'e0' stands in the filing twice", id="twice"),
        pytest.param([FakeExhibit("e", "t", ())], "exhibit 'e' has no pages", id="no-part"),
        pytest.param(
            [FakeExhibit("e", "t", (FakePart("main", "", b"", ()),))],
            "exhibit 'e' has no pages",
            id="no-page",
        ),
    ],
)
def test_what_cannot_be_bound_is_named(exhibits: list[FakeExhibit], said: str) -> None:
    """An empty filing, an exhibit twice, an exhibit without pages stop the work."""
    with pytest.raises(ExhibitError) as stopped:
        layout(exhibits, Frame(filing="f"))

    assert said in str(stopped.value.faults[0])

"""The page map: exhibit and page, to tab and page."""

from hypothesis import given
from hypothesis import strategies as st

from nkdocs import _yaml
from nkdocs.citations.pagemap import Entry, PageMap, Run, thawed

RUNS = st.builds(
    Run,
    st.sampled_from(["main", "translation", "original"]),
    st.integers(1, 9_000),
    st.lists(st.integers(1, 400), min_size=1, max_size=12, unique=True).map(tuple),
)
WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=12)
ENTRIES = st.builds(
    Entry,
    WORDS,
    st.sampled_from(["A", "Z", "AA"]),
    WORDS,
    st.lists(RUNS, min_size=1, max_size=3).map(tuple),
    st.integers(0, 9_000),
    st.dictionaries(WORDS, st.tuples(st.integers(1, 99), st.integers(1, 40)), max_size=3),
)
MAPS = st.builds(
    PageMap,
    WORDS,
    st.lists(ENTRIES, max_size=4).map(tuple),
    st.integers(1, 9_000),
    st.sampled_from(["", "filed 2024-03-02"]),
    st.integers(1, 500),
)


@given(MAPS)
def test_frozen_page_map_is_the_same_when_thawed(pages: PageMap) -> None:
    """What was served is known later, to the page, through YAML and back."""
    kept = _yaml.load(_yaml.dump(pages.written())).data

    assert thawed(kept) == pages


def test_exhibit_is_found_by_its_tab() -> None:
    """A tab that is not there gives nothing."""
    entry = Entry("hrw", "B", "Report", (Run("main", 5, (1, 2)),))
    pages = PageMap("evidence", (entry,), 6)

    assert pages.under("B") is entry
    assert pages.under("C") is None


def test_last_page_counts_from_the_first() -> None:
    """A supplement of six pages that begins at 215 ends at 220."""
    assert PageMap("evidence", (), 6, start=215).last == 220

"""A cite that somebody typed in Word is read back as the exhibit and page it means."""

import pytest

from nkdocs.citations.cite import cite_of, parse, printed
from nkdocs.citations.pagemap import Entry, PageMap, Run

PAGES = PageMap(
    "pd",
    (
        Entry("letter", "A", "Letter", (Run("main", 4, (1, 2)),), 3, {"arrest": (14, 2)}),
        Entry("card", "B", "Card", (Run("translation", 7, (1, 2)), Run("original", 9, (4, 6))), 6),
    ),
    10,
)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Tab A", "[@letter]"),
        ("Tab A at 5", "[@letter, 2]"),
        ("Tab A at 4\u20135", "[@letter, 1-2]"),
        ("Tab A at 4-5", "[@letter, 1-2]"),
        ("Tab\u00a0A at 5, \u00b6 14", "[@letter, arrest]"),
        ("Tab B at 8", "[@card, 2]"),
        ("Tab B at 10", "[@card, 6, original]"),
        ("Tab B at 6", "[@card]"),
    ],
)
def test_a_typed_cite_is_read_as_its_exhibit_and_page(typed: str, written: str) -> None:
    """What it is read as prints the same place again."""
    cite = cite_of(typed, PAGES)

    assert cite is not None
    assert str(cite) == written
    assert parse(written) == [cite]


@pytest.mark.parametrize("typed", ["Tab A at 5", "Tab A at 4\u20135", "Tab B at 10", "Tab B"])
def test_what_is_read_back_prints_what_was_typed(typed: str) -> None:
    """There and back is the same cite."""
    cite = cite_of(typed, PAGES)

    assert cite is not None
    assert printed(cite, PAGES).replace("\u00a0", " ") == typed


@pytest.mark.parametrize("typed", ["Tab C at 4", "Tab A at 9", "Tab ? at 3", "page 4"])
def test_what_leads_nowhere_is_no_cite(typed: str) -> None:
    """A tab or page that is not there is not guessed."""
    assert cite_of(typed, PAGES) is None

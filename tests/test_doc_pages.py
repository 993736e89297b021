"""The pages that are made from data say what the data say today."""

from collections.abc import Callable

import pytest

from tests.doc_pages import PAGES, ROOT


@pytest.mark.parametrize(("name", "made"), PAGES.items(), ids=PAGES)
def test_a_page_made_from_data_is_not_stale(name: str, made: Callable[[], str]) -> None:
    """A changed finding or authority is in the page; `python -m tests.doc_pages` writes it."""
    assert (ROOT / name).read_text(encoding="utf-8") == made()

"""The letters of the demo case as LibreOffice prints them."""

import io
from pathlib import Path

import pypdf
import pytest

from nkdocs.diagnostics import State
from nkdocs.packet import fill as filling
from tests.packet.demo import copied, desk, needs_office, pages_text

LIMITS = {
    "pd-request": 5,
    "supervisory-review": 3,
    "equities-matrix": 2,
    "joint-motion": 2,
    "joint-motion-order": 1,
    "consent-memo": 2,
}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the PDFs of both letters and their companions, for signature."""
    case: Path = copied(tmp_path_factory.mktemp("letters"))
    names = ["pd-request", "supervisory-review"]
    made = filling.fill(desk(case), names, State.FOR_SIGNATURE, pdf=True)
    return {n.removesuffix(".pdf"): d for n, d in made.files.items() if n.endswith(".pdf")}


@needs_office
def test_the_letters_are_no_longer_than_they_may_be(printed: dict[str, bytes]) -> None:
    """Five pages for the request, three for the review; an order stands on one page."""
    pages = {name: len(pypdf.PdfReader(io.BytesIO(pdf)).pages) for name, pdf in printed.items()}

    assert set(pages) == set(LIMITS)
    assert not {name: count for name, count in pages.items() if count > LIMITS[name]}


@needs_office
def test_the_order_stands_on_a_page_of_its_own(printed: dict[str, bytes]) -> None:
    """The judge signs one sheet, the parties another; alone it is the same order."""
    motion, order = pages_text(printed["joint-motion"])
    (alone,) = pages_text(printed["joint-motion-order"])

    assert "For the Department of Homeland Security" in motion
    assert "Certificate of service" in order
    assert order.split("Page ")[0].split() == alone.split("Page ")[0].split()

"""A filing whose exhibits are cut into several files: its cites, and what is made of them."""

import re
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from tests.bundle.made import heavy
from tests.packet.demo import DRAFT, body, built, changed, copied, edited, jumps

SMALL = (
    "venues: 1\nprofiles:\n- id: opla-email\n  title: a small mailbox\n"
    "  max_mb: {value: 2.5, certainty: assumption}\n"
    "  tab_sheets: {value: yes, certainty: assumption}\n"
    "  stamp: {value: bottom-center, certainty: assumption}\n"
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return the demo case with a report too large for one file, cited over the cut."""
    case = copied(tmp_path)
    (case / "exhibits/country-report.pdf").write_bytes(heavy("report", 8, 400_000))
    (case / "templates/shared").mkdir(parents=True)
    (case / "templates/shared/venues.yaml").write_text(SMALL, "utf-8")
    changed(case, "are treated ([@country-report, 3])", "are treated ([@country-report, 2-7])")
    return case


def _pages(file: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(file)
    try:
        for page in document:
            yield " ".join(page.get_textpage().get_text_range().split())
    finally:
        document.close()


def test_range_over_the_cut_is_found_page_by_page(case: Path) -> None:
    """Each volume named holds its pages under the tab; the first volume's are a link."""
    made = built(case, "pd", DRAFT)
    [said] = re.findall(r"are treated \((.*?)\)", body(case / "out/pd-request.docx"))
    cites = re.findall(r"Vol\. (\d), Tab (\w) at (\d+)(?:–(\d+))?", said)
    entry = made.pages.entry("country-report")

    assert len(cites) > 1
    assert said.count("Vol.") == len(cites) == said.count("; ") + 1
    named = [n for _, _, a, b in cites for n in range(int(a), int(b or a) + 1)]
    assert named == [entry.page(n) for n in range(2, 8)]
    for volume, tab, first, _ in cites:
        texts = [*_pages(case / f"out/pd/exhibits_Part{volume}.pdf")]
        [page] = [t for t in texts if re.search(rf"\b{first} Tab {tab}\b", t)]
        assert "Exhibit" not in page
    there = [jump for jump in jumps((case / "out/pd/packet.pdf").read_bytes())
             if jump.label == cites[0][2]]  # fmt: skip
    assert there
    table = (case / "out/pd/cited.txt").read_text("utf-8").partition("Families Without")[2]
    assert all(one in table for one in said.split("; "))
    assert not [f for f in made.findings if f.code in {"C002", "L601"}]
    assert not made.typed


def test_edited_letter_gets_the_pages_of_each_volume(case: Path) -> None:
    """A cite that was printed when all stood in one file is refreshed, and proved in the PDF."""
    (case / "templates/shared/venues.yaml").write_text(SMALL.replace("2.5", "25"), "utf-8")
    built(case, "pd", DRAFT)
    file = case / "out/pd-request.docx"
    whole = re.findall(r"are treated \((.*?)\)", body(file))
    edited(file, "disloyalty are treated", "disloyalty are truly treated", apart=True)
    (case / "templates/shared/venues.yaml").write_text(SMALL, "utf-8")

    made = built(case, "pd", DRAFT)

    cut = re.findall(r"are truly treated \((.*?)\)", body(file))
    assert [one.count("Tab") for one in whole] == [1]
    assert [one.count("Vol.") > 1 for one in cut] == [True]
    assert (made.backups, made.typed) == (("pd-request.docx",), ())
    assert not [f for f in made.findings if f.code in {"C002", "L601"}]


def test_no_message_is_larger_than_a_mailbox_that_counts_messages_takes(case: Path) -> None:
    """Each part of the filing goes in an e-mail of its own, encoded, with letter and text."""
    by_message = SMALL.replace("2.5,", "4,") + (
        "  limit_on: {value: message, certainty: assumption}\n"
    )
    (case / "templates/shared/venues.yaml").write_text(by_message, "utf-8")

    made = built(case, "pd", DRAFT)

    sizes = [file.stat().st_size for file in (case / "out/pd").glob("*.eml")]
    assert len(sizes) == len(made.pages.volumes) > 1
    assert max(sizes) <= 4_000_000
    assert not [f for f in made.findings if f.code == "L608"]


def test_message_that_its_letter_makes_too_large_is_told(case: Path) -> None:
    """By the venue that counts messages, though the recipient has no profile with a limit."""
    by_message = SMALL.replace("2.5,", "0.5,") + (
        "  limit_on: {value: message, certainty: assumption}\n"
    )
    (case / "templates/shared/venues.yaml").write_text(by_message, "utf-8")

    found = [f for f in built(case, "pd", DRAFT).findings if f.code == "L608"]

    assert "pd sent" in {f.subject for f in found}
    assert all("0.5 MB a message" in f.message for f in found)

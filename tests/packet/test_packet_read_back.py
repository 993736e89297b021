"""The packets of the demo case, read back from the finished files by other means than our own."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from nkdocs.convert.office import find_office
from tests.packet.papers import PRINTED, Book, demo, nkdocs, read

needs_office = pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
PACKETS = ["pd", "review"]


@pytest.fixture(scope="module")
def books(drafted_demo: Path) -> dict[str, Book]:
    """Return the finished packets, and the bundle of the filing that has no lead document."""
    files = {name: drafted_demo / f"out/{name}/packet.pdf" for name in PACKETS}
    files["evidence"] = drafted_demo / "out/evidence/exhibits.pdf"
    return {name: read(file.read_bytes()) for name, file in files.items()}


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
def test_labels_are_roman_before_the_bundle_and_its_own_numbers_in_it(
    books: dict[str, Book], name: str
) -> None:
    """i, ii … for the letter, then 1, 2, 3 … whatever the letter's length."""
    book = books[name]
    roman = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"]

    assert list(book.labels[: book.lead]) == roman[: book.lead]
    assert [int(n) for n in book.labels[book.lead :]] == [
        *range(1, len(book.labels) - book.lead + 1)
    ]


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
def test_the_number_at_the_foot_is_the_page_label(books: dict[str, Book], name: str) -> None:
    """Every page of the bundle shows its label; no page of the letter shows such a number."""
    book = books[name]

    assert [str(n) for n in book.feet[book.lead :]] == list(book.labels[book.lead :])


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
def test_every_row_of_the_index_leads_where_it_says(books: dict[str, Book], name: str) -> None:
    """Every exhibit of the outline has a row, and the row leads to the number it prints."""
    book = books[name]
    index = [h for h in book.hops if "INDEX OF EXHIBITS" in book.texts[h.page]]
    tabs = [re.fullmatch(r"Tab (.+) \u2014 (.+) \(p\. (\d+)\)", t) for t, _ in book.outline]
    wanted = [(f"{m[1]} {m[2]} {m[3]}", int(m[3])) for m in tabs if m]

    assert len(wanted) == {"pd": 7, "review": 4, "evidence": 10}[name]
    for row, first in wanted:
        assert [book.feet[h.to] for h in index if h.line.startswith(row)] == [first]


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
def test_every_key_page_leads_to_the_number_printed(books: dict[str, Book], name: str) -> None:
    """A click on a number under "Key pages" opens the page that shows it at its foot."""
    book = books[name]
    keys = [h for h in book.hops if "Key pages" in h.line]

    assert len(keys) == (2 if name == "review" else 4)
    assert all(int(re.findall(r"\d+", h.words)[0]) == book.feet[h.to] for h in keys)


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
def test_links_within_an_exhibit_stay_within_it(books: dict[str, Book], name: str) -> None:
    """The report's own table of contents still leads to its chapters, under its own tab."""
    book = books[name]
    tab = {n: t.rsplit(" ", 1)[-1] for n, t in enumerate(book.texts) if book.feet[n]}
    own = [h for h in book.hops if h.page > book.lead + 1 and "TAB" not in h.words]

    assert len(own) > (20 if name in {"pd", "evidence"} else 3)
    assert all(tab[h.page] == tab[h.to] for h in own)


@pytest.mark.parametrize("name", PACKETS)
def test_every_cite_of_the_letter_lands_on_the_page_it_names(
    books: dict[str, Book], name: str
) -> None:
    """"Tab C at 41" leads to the page that shows 41 at its foot and Tab C beside it."""
    book = books[name]
    cites = [h for h in book.hops if h.page < book.lead]

    assert len(cites) >= 8
    for hop in cites:
        found = PRINTED.search(hop.words)
        assert found, hop
        tab, page, _ = found.groups()
        assert f"Tab {tab}" in book.texts[hop.to]
        if page:
            assert book.feet[hop.to] == int(page)
            assert book.texts[hop.to].endswith(f"{page} Tab {tab}")
        else:
            assert book.texts[hop.to].startswith(f"TAB {tab} ")


@pytest.mark.parametrize("name", PACKETS)
def test_no_printed_cite_is_left_without_a_link(books: dict[str, Book], name: str) -> None:
    """As many links as the letter's pages print cites."""
    book = books[name]
    printed = sum(len(PRINTED.findall(text)) for text in book.texts[: book.lead])

    assert sum(h.page < book.lead for h in book.hops) == printed


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
def test_the_outline_says_the_number_of_the_page_it_leads_to(
    books: dict[str, Book], name: str
) -> None:
    """Each item "… (p. 12)" opens the page that shows 12 at its foot."""
    book = books[name]
    numbered = [(re.search(r"\(p\. (\d+)\)$", title), page) for title, page in book.outline]

    assert [int(m[1]) for m, _ in numbered if m] == [book.feet[p] for m, p in numbered if m]
    assert len([m for m, _ in numbered if m]) >= 6


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
def test_page_counts_add_up(books: dict[str, Book], drafted_demo: Path, name: str) -> None:
    """Cover, index, tab sheets and every page of every exhibit; the bundle is in the packet."""
    book = books[name]
    bundle = read((drafted_demo / f"out/{name}/exhibits.pdf").read_bytes())
    said = re.search(r"Tabs A\u2013[A-Z]+, pages 1\u2013(\d+)", book.texts[book.lead])

    assert said
    assert int(said[1]) == len(bundle.labels) == len(book.labels) - book.lead
    assert book.texts[book.lead :] == bundle.texts


@pytest.mark.parametrize("name", [*PACKETS, "evidence"])
@pytest.mark.parametrize(("program", "arguments"), [("qpdf", ["--check"]), ("pdfinfo", [])])
def test_other_programs_accept_the_files(
    drafted_demo: Path, name: str, program: str, arguments: list[str]
) -> None:
    """Neither qpdf nor poppler finds anything to complain of."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    file = drafted_demo / f"out/{name}/{'exhibits' if name == 'evidence' else 'packet'}.pdf"

    ran = subprocess.run(
        [found, *arguments, str(file)], capture_output=True, text=True, check=False
    )

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "rror" not in ran.stderr


@needs_office
def test_a_final_made_by_libreoffice_reads_the_same(tmp_path: Path) -> None:
    """Another engine breaks other lines; every cite of the final lands all the same."""
    folder = demo(tmp_path / "demo")

    said = nkdocs("build", folder, "review", "--as", "final", office=True)
    book = read((folder / "out/review/packet.pdf").read_bytes())

    assert said.code == 0, said.err
    assert "DRAFT" not in " ".join(book.texts)
    cites = [(PRINTED.search(h.words), h.to) for h in book.hops if h.page < book.lead]
    assert len(cites) >= 8
    assert all(m and (not m[2] or int(m[2]) == book.feet[to]) for m, to in cites)

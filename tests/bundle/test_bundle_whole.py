"""A bundle as hard as they come, read by poppler: everything that names a page names the same."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pytest

from nkdocs.bundle.binding import Listing
from nkdocs.bundle.links import found_cites, resolved
from nkdocs.bundle.pages import Bundle, build_bundle, build_packet
from nkdocs.citations.cite import Cite, printed
from tests.bundle.made import FakeExhibit, FakePart, binding, paragraph, pdf

COUNT = 28
LONG = "Report on the punishment of persons returned from China to the northern provinces, volume"
_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")


def titled(number: int) -> str:
    """Return a title of 120 letters, every third one in Korean."""
    if number % 3 == 0:
        words = f"제{number}호 증거 북한에서 송환된 사람들의 처벌에 관한 진술서와 번역문 "
        return (words * 4)[:120].strip()
    return f"{LONG} {number} {'of the annual survey of witnesses ' * 2}"[:120].strip()


def exhibits() -> list[FakeExhibit]:
    """Return 28 exhibits of one to three pages, each of which says whose it is."""
    made = []
    for number in range(COUNT):
        pages = number % 3 + 1
        part = FakePart("main", "", pdf(pages, f"exhibit {number}"), tuple(range(1, pages + 1)))
        made.append(FakeExhibit(f"e{number}", titled(number), (part,)))
    return made


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """Return the bundle: key pages and what each shows are in the index."""
    listings = {
        f"e{n}": Listing(date="March 2, 2024", relevance="Shows what happens to those returned.",
                         key_pages=(n % 3 + 1,))
        for n in range(COUNT)
    }  # fmt: skip
    return build_bundle(exhibits(), binding(listings))


def read(file: Path, *options: str) -> list[str]:
    """Return the text of each page as poppler reads it."""
    shown = subprocess.run(
        ["pdftotext", *options, str(file), "-"],  # noqa: S607 - found by the mark
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert shown.stderr == ""
    return shown.stdout.split("\f")[:-1]


@_POPPLER
def test_index_stamp_label_bookmark_and_cite_name_one_page(bundle: Bundle, tmp_path: Path) -> None:
    """On 28 exhibits with titles of 120 letters, a letter first and an index of several pages."""
    cites = [printed(Cite(f"e{n}", n % 3 + 1), bundle.pages) for n in range(COUNT)]
    letter = paragraph(f"See {'; '.join(cites)}.")
    links, faults = resolved(found_cites(letter), bundle.pages)
    file = tmp_path / "packet.pdf"
    file.write_bytes(build_packet(letter, bundle, links))
    reader = pypdf.PdfReader(file)
    lead = len(reader.pages) - bundle.pages.total
    pages = read(file, "-layout")
    index = " ".join(" ".join(pages[lead + 1 : bundle.pages.entries[0].sheet - 1 + lead]).split())

    assert not faults
    assert len(links) == COUNT
    assert bundle.pages.entries[0].sheet > 4  # cover, and an index of at least three pages
    feet = [page.strip().splitlines()[-1].split("Tab")[0].strip() for page in pages[lead:]]
    assert feet == [str(n) for n in range(1, bundle.pages.total + 1)]
    assert reader.page_labels[lead:] == feet
    marks = dict(_bookmarks(reader, reader.outline))
    for number, entry in enumerate(bundle.pages.entries):
        assert f"exhibit {number}, sheet 1" in pages[lead + entry.first - 1]
        assert entry.title.split()[0] in pages[lead + entry.sheet - 1]
        title = f"Tab {entry.tab} \u2014 {titled(number)} (p. {entry.sheet})"
        assert marks[title] == lead + entry.sheet - 1
        assert f"{entry.sheet}\u2013{entry.last}" in index
    for cite, link in zip(cites, links, strict=True):
        named = re.search(r"at\s(\d+)", cite)
        assert named
        assert int(named[1]) == link.to_page
        assert feet[link.to_page - 1] == named[1]
    for link in links:
        notes: Any = reader.pages[link.page_index]["/Annots"]
        held = [note.get_object() for note in notes]
        goals = {tuple(round(float(v), 1) for v in n["/Rect"]): n["/Dest"][0] for n in held}
        where = goals[tuple(round(v, 1) for v in link.rects[0])]
        assert reader.get_page_number(where.get_object()) == lead + link.to_page - 1


def _bookmarks(reader: pypdf.PdfReader, held: Any) -> list[tuple[str, int]]:  # noqa: ANN401 - pypdf nests lists
    out: list[tuple[str, int]] = []
    for item in held:
        if isinstance(item, list):
            out += _bookmarks(reader, item)
        else:
            out.append((str(item.title), reader.get_destination_page_number(item) or 0))
    return out

"""The day of signing: one file to print, refused like a paper for signature, taken in as a scan."""

import shutil
from pathlib import Path

import pytest

from nkdocs.bundle.pages import joined
from tests.packet.demo import needs_office, pages_text
from tests.packet.papers import demo, edit, nkdocs, written

KIT = "out/sign/asylum-declaration-kit.pdf"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with its kit printed: only to read."""
    case = demo(tmp_path_factory.mktemp("kit") / "demo")
    said = nkdocs("sign", case, "asylum-declaration", office=True)
    assert said.code == 0, said.err
    (case / "said.txt").write_text(said.out + said.err, "utf-8")
    return case


def test_papers_are_joined_without_losing_a_page() -> None:
    """The kit has the pages of its papers, in their order."""
    parts = [("one", written("first", pages=2)), ("two", written("second", pages=3))]

    texts = pages_text(joined(parts, "Both"))

    assert [t.strip() for t in texts] == ["first"] * 2 + ["second"] * 3
    assert joined(parts, "Both") == joined(parts, "Both")


@needs_office
def test_the_kit_has_every_paper_of_the_day(printed: Path) -> None:
    """Checklist, script, the document as it was printed for signature, consent memo."""
    pages = pages_text((printed / KIT).read_bytes())
    document = pages_text((printed / "out/asylum-declaration.pdf").read_bytes())
    firsts = [n for n, text in enumerate(pages) if "Page 1 of" in text]

    assert "THE DAY OF SIGNING" in pages[0].upper()
    assert "읽기 전에" in pages[firsts[1]]
    assert pages[firsts[2] : firsts[3]] == document
    assert "CONSENT MEMORANDUM" in pages[firsts[3]].upper()


@needs_office
def test_the_count_told_is_the_sum_of_the_papers(printed: Path) -> None:
    """What the terminal says of each paper adds up to the pages of the file."""
    said = (printed / "said.txt").read_text("utf-8").splitlines()
    papers = [int(line.split(": ")[-1].split()[0]) for line in said if line.startswith("  ")
              and line.rstrip().endswith(("page", "pages"))]  # fmt: skip

    assert len(papers) == 4
    assert sum(papers) == len(pages_text((printed / KIT).read_bytes()))
    assert f"{sum(papers)} pages to print" in said[0]


@needs_office
def test_the_checklist_names_the_command_and_the_pages_to_scan(printed: Path) -> None:
    """What to type afterwards stands on paper."""
    pages = pages_text((printed / KIT).read_bytes())
    said = " ".join(" ".join(pages[:2]).split())
    count = len(pages_text((printed / "out/asylum-declaration.pdf").read_bytes()))

    assert f"all {count} pages, in order" in said
    assert "nkdocs sign demo asylum-declaration --scan signed.pdf --on YYYY-MM-DD" in said


@needs_office
def test_the_scan_is_taken_in_after_the_kit(printed: Path, tmp_path: Path) -> None:
    """Nothing else has to be printed first; afterwards no kit is printed anew."""
    case = Path(shutil.copytree(printed, tmp_path / "demo"))
    scan = tmp_path / "signed.pdf"
    count = len(pages_text((case / "out/asylum-declaration.pdf").read_bytes()))
    scan.write_bytes(written("signed", pages=count))

    taken = nkdocs("sign", case, "asylum-declaration", "--scan", scan, "--on", "2026-07-01")
    again = nkdocs("sign", case, "asylum-declaration", office=True)

    assert taken.code == 0, taken.err
    assert again.code == 5
    assert "supplemental declaration" in again.err


@needs_office
def test_a_copy_of_the_kit_reaches_no_filing(printed: Path, tmp_path: Path) -> None:
    """Its first page says that it is the office's own: L612."""
    case = Path(shutil.copytree(printed, tmp_path / "demo"))
    shutil.copy(case / KIT, case / "exhibits/signed.pdf")
    entry = "- {id: kit, title: Signed, file: exhibits/signed.pdf, audience: [court]}"
    edit(case, "\nfilings:\n", f"\n{entry}\nfilings:\n")
    edit(case, "exhibits: [declaration, ", "exhibits: [kit, declaration, ")

    said = nkdocs("bundle", case, "--filing", "evidence", office=True)

    assert said.code == 6
    assert "L612" in said.err


@needs_office
def test_no_consent_memo_without_a_request(tmp_path: Path) -> None:
    """It is about discretion; where none is asked for there is nothing to consent to."""
    case = demo(tmp_path / "demo")
    edit(case, "  forms: [admin_closure, stipulate_issues, continuance]\n", "")

    said = nkdocs("sign", case, "asylum-declaration", office=True)

    assert said.code == 0, said.err
    assert "Consent memorandum" not in said.out


@needs_office
def test_a_gap_stops_the_kit_like_the_paper(tmp_path: Path) -> None:
    """Exit 4, and nothing is written."""
    case = demo(tmp_path / "demo")
    edit(case, "  nta_date: 2021-10-05\n", "  nta_date: no day\n")

    said = nkdocs("sign", case, "asylum-declaration", office=True)

    assert said.code == 4
    assert not (case / "out").exists()


def test_without_libreoffice_it_says_what_is_missing(tmp_path: Path) -> None:
    """Exit 3, as for every paper that is no draft."""
    case = demo(tmp_path / "demo")

    said = nkdocs("sign", case, "asylum-declaration")

    assert said.code == 3
    assert "LibreOffice" in said.err
    assert not (case / "out/sign").exists()


def test_a_day_without_a_scan_is_refused(tmp_path: Path) -> None:
    """Somebody forgot the scan: nothing is printed in its stead."""
    case = demo(tmp_path / "demo")

    said = nkdocs("sign", case, "asylum-declaration", "--on", "2026-07-01")

    assert said.code == 2
    assert "--scan" in said.err


def test_a_paper_of_the_offices_own_is_not_signed(tmp_path: Path) -> None:
    """The sheet for the supervisor has no day of signing."""
    assert nkdocs("sign", demo(tmp_path / "demo"), "sign-off").code == 2

"""The bundle as a whole: written by pypdf, read back by others."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pypdfium2
import pytest

from nkdocs.bundle.binding import Listing, page_map
from nkdocs.bundle.layout import PreparedLike
from nkdocs.bundle.pages import build_bundle
from nkdocs.bundle.verify import verify_bundle
from nkdocs.diagnostics import Severity
from tests.bundle.made import binding, exhibit, pdf, raw, texts, triple, venue

LISTED = Listing(
    section="Identity",
    date="March 2, 2024",
    source="Human Rights Watch",
    relevance="Shows it.",
    key_pages=(2,),
)


def many(count: int) -> list[PreparedLike]:
    """Return exhibits of two pages each."""
    return [exhibit(f"e{number}") for number in range(count)]


def test_same_inputs_give_the_same_bytes() -> None:
    """Nothing of the moment or of the machine is in the file."""
    first = build_bundle([exhibit("a"), triple("b")], binding({"a": LISTED}))

    assert build_bundle([exhibit("a"), triple("b")], binding({"a": LISTED})).data == first.data


def test_page_map_is_known_before_anything_is_written() -> None:
    """The documents are filled with it; the bundle then has the same."""
    exhibits = [exhibit("a"), triple("b")]

    assert page_map(exhibits, binding({"a": LISTED})) == build_bundle(
        exhibits, binding({"a": LISTED})
    ).pages


def test_thirty_exhibits_reach_tab_ad_and_two_pages_of_index() -> None:
    """Numbers run on through a longer index."""
    bundle = build_bundle(many(30), binding())

    assert bundle.pages.entries[-1].tab == "AD"
    assert bundle.pages.entries[0].sheet == 4
    assert bundle.pages.total == 1 + 2 + 30 * 3


def test_same_file_twice_is_two_exhibits() -> None:
    """Each copy has its own number."""
    data = pdf(2, "twin")

    seen = texts(build_bundle([exhibit("a", 2, data), exhibit("b", 2, data)], binding()).data)

    assert [page.split()[-3:] for page in seen if "twin" in page] == [
        ["4", "Tab", "A"], ["5", "Tab", "A"], ["7", "Tab", "B"], ["8", "Tab", "B"]
    ]  # fmt: skip


def test_venue_without_tab_sheets_gets_none() -> None:
    """The index leads to the exhibit's own first page."""
    bundle = build_bundle(many(2), binding(rules=venue(tab_sheets=False)))

    assert [(e.sheet, e.first) for e in bundle.pages.entries] == [(0, 3), (0, 5)]
    assert "TAB" not in "".join(texts(bundle.data)[2:])


def test_outline_names_tabs_and_parts_with_their_pages() -> None:
    """Cover, index, tabs; the parts of a translation below their tab."""
    data = build_bundle([exhibit("a"), triple("b")], binding()).data

    with pikepdf.open(io.BytesIO(data)) as pdf_, pdf_.open_outline() as outline:
        top = [item.title for item in outline.root]
        below = [item.title for item in outline.root[-1].children]
    assert top == ["Cover (p. 1)", "Index of exhibits (p. 2)", "Tab A \u2014 Exhibit a (p. 3)",
                   "Tab B \u2014 Resident registration card 주민등록증 (p. 6)"]  # fmt: skip
    assert below == ["English translation (p. 7)", "Certificate of translation (p. 9)",
                     "Original (Korean) (p. 10)"]  # fmt: skip


def test_file_opens_at_its_first_page_with_the_outline_beside_it() -> None:
    """At 100 per cent, and it says its title instead of its name."""
    with pikepdf.open(io.BytesIO(build_bundle(many(1), binding()).data)) as held:
        action = held.Root.OpenAction

        assert held.Root.PageMode == "/UseOutlines"
        assert action[0].objgen == held.pages[0].obj.objgen
        assert action[4] == 1


def test_file_says_of_itself_only_a_general_title() -> None:
    """No name, no date, no metadata stream."""
    with pikepdf.open(io.BytesIO(build_bundle(many(1), binding()).data)) as held:
        info = {key: str(value) for key, value in held.docinfo.items()}

        assert info == {"/Title": "Exhibits", "/Producer": "nkdocs"}
        assert "/Metadata" not in held.Root


def test_supplement_continues_tabs_and_numbers() -> None:
    """Stamps, labels and index go on from the earlier bundle."""
    bundle = build_bundle(many(2), binding(start_tab=26, start_page=215))

    seen = texts(bundle.data)
    assert bundle.pages.entries[0].tab == "AA"
    assert seen[0].split()[-1] == "215"
    assert "217\u2013219" in seen[1]
    with pikepdf.open(io.BytesIO(bundle.data)) as held:
        assert held.pages[0].label == "215"


def test_key_page_that_is_not_there_is_reported() -> None:
    """The rest of the index stands; the finding counts from the signature on."""
    bundle = build_bundle([exhibit("a")], binding({"a": Listing(key_pages=(2, 7))}))

    assert [(f.code, f.severity) for f in bundle.findings] == [("X604", Severity.ERROR)]
    assert "Key page: 5" in texts(bundle.data)[1]


def test_file_over_the_limit_of_its_venue_is_reported() -> None:
    """A limit nobody confirmed warns."""
    bundle = build_bundle(many(1), binding(rules=venue(max_mb=0.001)))

    assert [(f.code, f.severity) for f in bundle.findings] == [("L608", Severity.WARN)]


def test_named_places_of_two_exhibits_are_not_confused() -> None:
    """Each link `sec` jumps inside its own exhibit."""
    exhibits = [exhibit(name, 2, _with_named_place(name)) for name in ("a", "b")]

    data = build_bundle(exhibits, binding()).data

    with pikepdf.open(io.BytesIO(data)) as held:
        places = {page.obj.objgen: number for number, page in enumerate(held.pages, 1)}
        for link_page, target in ((4, 5), (7, 8)):
            [link] = held.pages[link_page - 1].obj.Annots
            assert places[link.Dest[0].objgen] == target


def _with_named_place(text: str) -> bytes:
    """Return two pages; the first has a link to the place `sec` on the second."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(2, text)))
    writer.add_named_destination("sec", 1)
    with pikepdf.open(_bytes(writer)) as held:
        held.pages[0].obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot,
                    Subtype=pikepdf.Name.Link,
                    Rect=[72, 700, 200, 720],
                    Dest=pikepdf.String("sec"),
                )
            ]
        )
        out = io.BytesIO()
        held.save(out)
    return out.getvalue()


def _bytes(writer: pypdf.PdfWriter) -> io.BytesIO:
    out = io.BytesIO()
    writer.write(out)
    out.seek(0)
    return out


def test_scripts_and_private_data_of_a_page_stay_behind() -> None:
    """A page that acts when it opens is bound without its action."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    keys = {"/AA": pikepdf.Dictionary(O=script), "/PieceInfo": pikepdf.Dictionary()}

    data = build_bundle([exhibit("a", 1, raw([b""], page=keys))], binding()).data

    assert b"JavaScript" not in data
    assert b"PieceInfo" not in data


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    """A strict reader accepts the bundle."""
    file = tmp_path / "exhibits.pdf"
    file.write_bytes(build_bundle([exhibit("a"), triple("b")], binding({"a": LISTED})).data)

    shown = subprocess.run(
        ["qpdf", "--check", str(file)],  # noqa: S607 - found by the mark above
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (shown.returncode, "No syntax" in shown.stdout) == (0, True)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_poppler_reads_numbers_and_korean(tmp_path: Path) -> None:
    """Every page ends with its number, and the Korean title can be searched."""
    bundle = build_bundle([exhibit("a"), triple("b")], binding({"a": LISTED}))
    file = tmp_path / "exhibits.pdf"
    file.write_bytes(bundle.data)

    shown = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"],  # noqa: S607 - found by the mark above
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    pages = shown.stdout.split("\f")[:-1]
    assert shown.stderr == ""
    feet = [page.strip().splitlines()[-1].split("Tab")[0] for page in pages]
    assert [int(foot) for foot in feet] == list(range(1, bundle.pages.last + 1))
    assert "주민등록증" in pages[1]


@pytest.mark.parametrize("name", ["pdf_court/ca6_1-3.pdf", "pdf_court/vector-pdf.pdf"])
def test_real_court_papers_are_bound(samples: Path, name: str) -> None:
    """Their content is unchanged, which verification proves."""
    data = (samples / name).read_bytes()
    held = pypdfium2.PdfDocument(data)
    count = len(held)
    held.close()

    bundle = build_bundle([exhibit("a", count, data)], binding())

    assert bundle.pages.total == 3 + count


@pytest.mark.long
def test_twenty_thousand_pages_are_bound_and_verified() -> None:
    """Four hundred exhibits of fifty pages."""
    exhibits = [exhibit(f"e{number}", 50) for number in range(400)]

    bundle = build_bundle(exhibits, binding())

    assert bundle.pages.last == bundle.pages.total > 20_400
    verify_bundle(bundle.data, bundle.pages, bundle.spots, exhibits)

"""The demo's exhibits exist, are what the script makes, and agree with the demo's answers."""

import functools
import io
import zipfile
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps, ImageStat

from nkdocs._yaml import load
from nkdocs.packet import loose
from tests import make_demo_exhibits as maker
from tests.demo_paper import NOTE

FOLDER = maker.FOLDER
PDFS = sorted(n for n in maker.EXHIBITS if n.endswith(".pdf") and n != "settlement-record.pdf")
WORDS = sorted(n for n in maker.EXHIBITS if n.endswith(".docx"))
PICTURES = ("id-card.jpg", "clinic-letter.tiff", "choir-photo.heic")


@functools.cache
def made(name: str) -> bytes:
    """Make an exhibit anew, once a run."""
    return maker.EXHIBITS[name]()


def pages(data: bytes) -> list[str]:
    """Return the text of each page, with single spaces."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def frames(data: bytes) -> list[Image.Image]:
    """Return the pictures of a file as a viewer shows them, in grey."""
    import pillow_heif

    pillow_heif.register_heif_opener()
    opened = Image.open(io.BytesIO(data))
    shown = []
    for number in range(getattr(opened, "n_frames", 1)):
        opened.seek(number)
        shown.append(ImageOps.exif_transpose(opened).convert("L"))
    return shown


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """Read the demo's answers."""
    return dict(load((FOLDER.parent / "answers.yaml").read_text(encoding="utf-8")).data)


def test_every_exhibit_of_the_demo_exists(answers: dict[str, Any]) -> None:
    """Files, translations and certificates; and no file lies there unnamed."""
    entries = answers["exhibits"]
    named = {e[k] for e in entries for k in ("file", "translation", "certificate") if e.get(k)}

    assert named == {f"exhibits/{path.name}" for path in FOLDER.iterdir()}
    assert {f"exhibits/{name}" for name in maker.EXHIBITS} == named


def test_all_exhibits_together_are_small() -> None:
    """They ship with the program, so they stay under two megabytes."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 2_000_000


@pytest.mark.parametrize("name", ["record-check.pdf", "i-589-receipt.pdf", "support-letter.docx"])
def test_two_runs_make_the_same_bytes(name: str) -> None:
    """No clock and no chance goes into a file, not even into the key of the encrypted one."""
    assert maker.EXHIBITS[name]() == made(name)


def test_hours_are_what_the_script_makes() -> None:
    """Byte for byte: plain text does not hang on the version of a library."""
    assert (FOLDER / "volunteer-hours.txt").read_bytes() == made("volunteer-hours.txt")


@pytest.mark.parametrize("name", WORDS)
def test_word_file_is_what_the_script_makes(name: str) -> None:
    """Part by part, since packing differs from one zlib to the next."""
    with (
        zipfile.ZipFile(FOLDER / name) as kept,
        zipfile.ZipFile(io.BytesIO(made(name))) as fresh,
    ):
        assert kept.namelist() == fresh.namelist()
        assert kept.read("word/document.xml") == fresh.read("word/document.xml")
        assert kept.read("docProps/core.xml") == fresh.read("docProps/core.xml")


@pytest.mark.parametrize("name", PDFS)
def test_pdf_says_what_the_script_says(name: str) -> None:
    """Each page has the words the script prints on it."""
    assert pages((FOLDER / name).read_bytes()) == pages(made(name))


@pytest.mark.parametrize("name", PICTURES)
def test_picture_looks_as_the_script_draws_it(name: str) -> None:
    """Of one size and nearly the same light everywhere, whatever packed it."""
    pairs = list(zip(frames((FOLDER / name).read_bytes()), frames(made(name)), strict=True))

    assert [kept.size for kept, _ in pairs] == [fresh.size for _, fresh in pairs]
    assert all(ImageStat.Stat(ImageChops.difference(a, b)).mean[0] < 2 for a, b in pairs)


@pytest.mark.parametrize("name", PDFS)
def test_pdf_tells_that_it_is_a_sample(name: str) -> None:
    """On every page, in a small line."""
    assert all(NOTE in page for page in pages((FOLDER / name).read_bytes()))


def test_card_lies_on_its_side_and_tells_where_it_was_taken() -> None:
    """It is there to show that nkdocs turns it and leaves the place out."""
    with Image.open(FOLDER / "id-card.jpg") as card:
        assert card.width < card.height
        assert card.getexif()[0x0112] == 6
        assert card.getexif().get_ifd(0x8825)


def test_scan_has_no_text() -> None:
    """The settlement record is a picture on A4 paper, as old scanners make them."""
    reader = pypdf.PdfReader(FOLDER / "settlement-record.pdf")

    assert [page.extract_text() for page in reader.pages] == ["", ""]
    assert [round(float(page.mediabox.height)) for page in reader.pages] == [842, 842]


def test_receipt_is_encrypted_but_opens() -> None:
    """Its owner's password is asked of nobody who only reads it."""
    reader = pypdf.PdfReader(FOLDER / "i-589-receipt.pdf")

    assert reader.is_encrypted
    assert "January 19, 2023" in reader.pages[0].extract_text()


def test_decision_is_quoted_word_for_word(answers: dict[str, Any]) -> None:
    """What the letter quotes stands in the e-mail; an apostrophe may be curled in print."""
    quote = answers["sr"]["decision"]["quote"].replace("\u2019", "'")

    assert quote in pages((FOLDER / "refusal-email.pdf").read_bytes())[0]


def test_request_says_on_its_second_page_what_the_review_says_of_it() -> None:
    """The clinic's letter came first, and counsel asked to be told the factor."""
    second = pages((FOLDER / "pd-request-as-sent.pdf").read_bytes())[1]

    assert "The first reason of this request is the attached letter" in second
    assert "which factor stood against the request" in second


def test_report_has_its_passages_on_the_cited_pages() -> None:
    """Relatives on page 3, the returned on page 5; with an outline and places to link to."""
    data = (FOLDER / "country-report.pdf").read_bytes()
    reader = pypdf.PdfReader(io.BytesIO(data))

    assert "The relatives of an accused person" in pages(data)[2]
    assert "Those who are returned" in pages(data)[4]
    assert reader.outline
    assert {"relatives", "returned", "note-1"} <= set(reader.named_destinations)


def test_hours_sum_to_more_than_three_hundred() -> None:
    """The sum on the page is the sum of the months."""
    text = (FOLDER / "volunteer-hours.txt").read_text(encoding="utf-8")
    total = sum(sum(months) for months in maker.HOURS.values())

    assert f"Sum of all months: {total:.1f} hours" in text
    assert 300 < total < 400


def test_pages_for_the_government_keep_what_the_client_withholds(answers: dict[str, Any]) -> None:
    """Her consent names no place of birth, passport, way of entry or relative (pd.disclosure)."""
    shown = {e["file"] for e in answers["exhibits"] if "opla" in e["audience"]}
    names = [Path(n).name for n in shown if n.endswith((".pdf", ".txt"))]
    named = [*names, "clinic-letter.txt", "support-letter.txt"]
    text = " ".join(
        " ".join(pages((FOLDER / n).read_bytes())) if n.endswith(".pdf")
        else (maker.TEXTS / n).read_text(encoding="utf-8") if n != "volunteer-hours.txt"
        else (FOLDER / n).read_text(encoding="utf-8")
        for n in named
    )  # fmt: skip

    withheld = ("Musan", "Hamgyong", "passport", "Otay", "Mexico", "Incheon", "Daejeon", "uncle")
    assert not [word for word in withheld if word.casefold() in text.casefold()]


def test_card_stands_upright_in_the_bundle_and_its_place_is_left_out() -> None:
    """The page shows the photo as a viewer does; nothing tells where or with what it was taken."""
    (upright,) = frames((FOLDER / "id-card.jpg").read_bytes())

    bundle, _ = loose.bundle([FOLDER / "id-card.jpg"], draft=True)
    with pypdfium2.PdfDocument(bundle.data) as opened:
        page = opened[len(opened) - 1].render(scale=1).to_pil().convert("L")
    photo = page.crop(page.point(lambda v: 255 * (v < 230)).crop((0, 0, 612, 720)).getbbox())
    away = ImageChops.difference(photo.resize((60, 40)), upright.resize((60, 40)))
    images = [i for p in pypdf.PdfReader(io.BytesIO(bundle.data)).pages for i in p.images]

    assert ImageStat.Stat(away).mean[0] < 6
    assert not [i for i in images if b"Exif" in i.data or b"Sample Phone" in i.data]

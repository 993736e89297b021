"""Real files that nobody of this project made, bound together: nothing lost, nothing mixed up."""

import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from PIL import ImageChops, ImageStat
from PIL.Image import Image

from tests.conftest import SAMPLES
from tests.packet.papers import Book, closing, contents, nkdocs, read

FOLDERS = ("pdf_uscis", "pdf_court", "pdf_odd", "images")
LOCKED = "sample-files__libreoffice-writer-password.pdf"
NUMBERS = {"g-28.pdf": "000000022", "i-589.pdf": "000000021"}

pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample files are not beside this checkout"
)


def with_number(form: Path, number: str) -> bytes:
    """Fill a form's A-number as a careless program does: the value alone, no picture of it."""
    with pikepdf.open(form) as pdf:
        for page in pdf.pages:
            for widget in page.obj.get("/Annots", []):
                if "ANumber" in str(widget.get("/T", "")):
                    widget.V = pikepdf.String(number)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the real files, two forms of it filled for two people."""
    files = tmp_path_factory.mktemp("real") / "files"
    files.mkdir()
    for file in (f for name in FOLDERS for f in sorted((SAMPLES / name).iterdir())):
        if file.name in NUMBERS:
            (files / file.name).write_bytes(with_number(file, NUMBERS[file.name]))
        elif file.name != LOCKED:
            shutil.copy(file, files)
    return files


@pytest.fixture(scope="module")
def bundle(folder: Path) -> bytes:
    """Return the bundle of all of them."""
    target = folder.parent / "bundle.pdf"
    said = nkdocs("bundle", folder, "-o", target)
    assert said.code == 0, said.err
    return target.read_bytes()


@pytest.fixture(scope="module")
def book(bundle: bytes) -> Book:
    """Return the bundle as a reader sees it."""
    return read(bundle)


def tabs(book: Book) -> list[tuple[int, int]]:
    """Return first and last page of every tab's exhibit, from 0, its tab sheet left out."""
    starts = [page for title, page in book.outline if title.startswith("Tab ")]
    return [
        (start + 1, end - 1)
        for start, end in zip(starts, [*starts[1:], len(book.labels)], strict=True)
    ]


def test_every_page_of_every_file_is_there(book: Book, folder: Path) -> None:
    """As many pages under each tab as the file has, in the order of their names."""
    files = sorted(folder.iterdir(), key=lambda f: f.name.casefold())
    wanted = []
    for file in files:
        if file.suffix == ".pdf":
            with pikepdf.open(file) as pdf:
                wanted.append(len(pdf.pages))
        else:
            wanted.append(1)

    assert [last - first + 1 for first, last in tabs(book)] == wanted
    assert len(files) == 26


def test_every_page_shows_its_number(book: Book) -> None:
    """Rotated, cropped, of whatever size: foot and label say the same, without a gap."""
    full = [n for n, foot in enumerate(book.feet) if foot != n + 1]

    assert book.labels == tuple(str(n) for n in range(1, len(book.labels) + 1))
    assert [n for n in full if str(n + 1) not in book.texts[n].split()] == []


def test_two_forms_keep_two_numbers(book: Book, folder: Path) -> None:
    """Fields of the same name in two forms would share one value; here each keeps its own."""
    names = sorted((f.name for f in folder.iterdir()), key=str.casefold)
    shown = {}
    for name in NUMBERS:
        first, last = tabs(book)[names.index(name)]
        shown[name] = "".join("".join(book.texts[first : last + 1]).split())

    for name, number in NUMBERS.items():
        others = [n for other, n in NUMBERS.items() if other != name]
        assert number in shown[name]
        assert not any(other in shown[name] for other in others)


def test_nothing_acts_and_nothing_can_be_changed(bundle: bytes) -> None:
    """No form, no script, no attachment is left in the bundle."""
    with pikepdf.open(io.BytesIO(bundle)) as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Names" not in pdf.Root
        held = [o for o in pdf.objects if isinstance(o, (pikepdf.Dictionary, pikepdf.Stream))]
        kinds = {str(o.get("/Subtype", "")) for o in held} | {str(o.get("/S", "")) for o in held}

    assert kinds & {"/Widget", "/JavaScript", "/FileAttachment", "/Launch", "/Filespec"} == set()


def test_photos_stand_upright_whatever_the_camera_said(
    bundle: bytes, book: Book, folder: Path
) -> None:
    """The same photo in eight orientations gives the same page eight times."""
    names = sorted((f.name for f in folder.iterdir()), key=str.casefold)
    with closing(bundle) as pdf:
        seen = [
            upper(pdf[tabs(book)[names.index(f"Portrait_{n}.jpg")][0]].render(scale=0.3).to_pil())
            for n in range(1, 9)
        ]

    for other in seen[1:]:
        mean = ImageStat.Stat(ImageChops.difference(seen[0], other)).mean
        assert max(mean) < 6


def upper(image: Image) -> Image:
    """Return a page's picture without its foot, where the tab's letter stands."""
    return image.convert("RGB").crop((0, 0, image.width, int(image.height * 0.9)))


def test_a_file_with_a_password_stops_the_bundle_by_name(folder: Path, tmp_path: Path) -> None:
    """Exit 8; the others are not bound without it, and nothing is written."""
    shutil.copy(SAMPLES / "pdf_odd" / LOCKED, tmp_path)
    shutil.copy(folder / "Portrait_1.jpg", tmp_path)
    before = contents(tmp_path)

    said = nkdocs("bundle", tmp_path)

    assert said.code == 8
    assert LOCKED in said.err
    assert contents(tmp_path) == before

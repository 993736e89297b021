"""Photos become upright Letter pages without secrets."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, PngImagePlugin

from nkdocs.convert.images import photo_pages
from nkdocs.errors import ExhibitError


def _drawn(pdf: bytes, page: int = 0) -> Image.Image:
    doc = pypdfium2.PdfDocument(pdf)
    try:
        drawn: Image.Image = doc[page].render(scale=0.5).to_pil().convert("RGB")
    finally:
        doc.close()
    return drawn


def _coded(image: Image.Image, form: str, **how: Any) -> bytes:  # noqa: ANN401 - what Pillow takes
    out = io.BytesIO()
    image.save(out, form, **how)
    return out.getvalue()


def _placed(pdf: bytes) -> list[float]:
    """Return how the picture of the first page is placed (the six numbers before cm)."""
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        words = doc.pages[0].obj.Contents.read_bytes().split()
    return [float(word) for word in words[1:7]]


def _raw(pdf: bytes) -> bytes:
    """Return the data of the first page's picture as they lie in the file."""
    with pikepdf.open(io.BytesIO(pdf)) as doc:
        (image,) = (image for _, image in doc.pages[0].obj.Resources.XObject.items())
        return bytes(image.read_raw_bytes())


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SECRETPHONE"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


@pytest.mark.parametrize("orientation", range(9))
def test_photo_stands_upright(samples: Path, orientation: int) -> None:
    """All eight orientations, mirrored ones too, and Android's 0, look like the first."""
    folder = samples / "images"
    upright = _drawn(photo_pages((folder / "Portrait_1.jpg").read_bytes()))

    turned = _drawn(photo_pages((folder / f"Portrait_{orientation}.jpg").read_bytes()))

    inside = (60, 60, 245, 180)  # above the number that is painted on each
    difference = ImageChops.difference(upright.crop(inside), turned.crop(inside)).convert("L")
    assert sum(difference.histogram()[48:]) < 400


@pytest.mark.parametrize("orientation", range(1, 9))
def test_photo_is_laid_in_without_loss(samples: Path, orientation: int) -> None:
    """A photo of modest size keeps every coded byte, however it is turned."""
    photo = (samples / "images" / f"Portrait_{orientation}.jpg").read_bytes()

    inside = _raw(photo_pages(photo))

    assert photo.endswith(inside[-5000:])


def test_place_and_telephone_never_reach_the_pdf() -> None:
    """EXIF, GPS, XMP and comments are gone, and so is the film behind a "live" photo."""
    photo = _coded(Image.new("RGB", (400, 300), "red"), "JPEG", exif=_exif(6),
                   comment=b"SECRETCOMMENT", xmp=b"<x>SECRETXMP</x>")  # fmt: skip

    pdf = photo_pages(photo + b"SECRETFILM")

    assert b"SECRET" in photo
    assert b"SECRET" not in pdf
    assert b"Exif" not in pdf


@pytest.mark.parametrize("form", ["PNG", "TIFF", "WEBP"])
def test_other_pictures_lose_their_metadata(form: str) -> None:
    """Text chunks and tags go as well."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "SECRET")
    how: dict[str, Any] = {"pnginfo": notes} if form == "PNG" else {}
    picture = _coded(Image.new("RGB", (400, 300), "red"), form, exif=_exif(1), **how)

    assert b"SECRET" not in photo_pages(picture)


@pytest.mark.parametrize(
    ("size", "shown"),
    [
        pytest.param((1600, 1200), (540, 405), id="landscape-to-the-width"),
        pytest.param((1200, 2000), (432, 720), id="portrait-to-the-height"),
        pytest.param((96, 96), (72, 72), id="small-stays-small"),
        pytest.param((1700, 2200), (612, 792), id="scan-of-a-letter-page-fills-the-sheet"),
        pytest.param((1654, 2339), (560, 792), id="scan-of-an-a4-page-fills-the-height"),
    ],
)
def test_photo_fits_within_the_margins(size: tuple[int, int], shown: tuple[int, int]) -> None:
    """Pictures are made smaller, never larger than 96 dpi, in the middle of a Letter page."""
    wide, _, _, high, x, y = _placed(photo_pages(_coded(Image.new("RGB", size), "JPEG")))

    assert (round(wide), round(high)) == shown
    assert (round(2 * x + wide), round(2 * y + high)) == (612, 792)


def test_sharper_than_paper_becomes_300_dpi() -> None:
    """A photo of twelve megapixels is brought to what paper shows."""
    photo = _coded(Image.effect_noise((4032, 3024), 60), "JPEG")

    inside = Image.open(io.BytesIO(_raw(photo_pages(photo))))

    assert inside.size == (2250, 1688)


def test_glass_becomes_white_paper() -> None:
    """Transparent parts are white, not black."""
    image = Image.new("RGBA", (200, 200), (255, 0, 0, 0))

    seen = _drawn(photo_pages(_coded(image, "PNG")))

    assert seen.getpixel((153, 198)) == (255, 255, 255)


def test_scan_of_many_pages_keeps_them_all() -> None:
    """Each page of a TIFF is a page, black and white ones fax-coded."""
    pages = [Image.new("1", (850, 1100), i % 2) for i in range(3)]
    scan = _coded(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")

    pdf = photo_pages(scan)

    with pikepdf.open(io.BytesIO(pdf)) as doc:
        assert len(doc.pages) == 3
    assert [_drawn(pdf, i).getpixel((153, 198)) for i in range(3)] == [
        (0, 0, 0),
        (255, 255, 255),
        (0, 0, 0),
    ]


def test_photo_of_an_iphone_is_read() -> None:
    """HEIC becomes a JPEG of good quality."""
    pillow_heif = pytest.importorskip("pillow_heif")
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (640, 480), (200, 30, 30))).save(out, quality=90)

    seen = _drawn(photo_pages(out.getvalue())).getpixel((153, 198))

    assert isinstance(seen, tuple)
    assert seen[0] > 180
    assert seen[1] < 60


@pytest.mark.parametrize("mode", ["L", "CMYK", "P", "I;16", "LA"])
def test_colours_of_every_kind_are_read(mode: str) -> None:
    """Grey, print colours, palettes and 16 bits come through as grey of the same tone."""
    grey = Image.new("L", (100, 100), 128)
    image = Image.new("I;16", (100, 100), 128 * 257) if mode == "I;16" else grey.convert(mode)

    seen = _drawn(photo_pages(_coded(image, "TIFF" if mode in {"I;16", "CMYK"} else "PNG")))

    pixel = seen.getpixel((153, 198))
    assert isinstance(pixel, tuple)
    assert all(abs(value - 128) < 12 for value in pixel)


@pytest.mark.parametrize("share", [0.1, 0.6])
def test_cut_photo_is_refused(samples: Path, share: float) -> None:
    """Half a photo is no exhibit."""
    photo = (samples / "images" / "Portrait_1.jpg").read_bytes()

    with pytest.raises(ExhibitError):
        photo_pages(photo[: int(len(photo) * share)])


def test_too_many_pixels_are_refused() -> None:
    """A few bytes that claim to be 900 megapixels are not unpacked."""
    bomb = _coded(Image.new("1", (30_000, 30_000)), "PNG")

    with pytest.raises(ExhibitError, match="more pixels"):
        photo_pages(bomb)


def test_same_photo_gives_the_same_bytes(samples: Path) -> None:
    """Two runs give one PDF."""
    photo = (samples / "images" / "Portrait_5.jpg").read_bytes()

    assert photo_pages(photo) == photo_pages(photo)

"""Photos and scans become PDF pages: upright, on Letter, as sharp as they are, nothing hidden."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from nkdocs.convert.jpeg import stripped
from nkdocs.convert.normal import normalise
from nkdocs.errors import ExhibitError

if TYPE_CHECKING:
    import pikepdf
    from PIL import Image

LETTER = (612.0, 792.0)
MARGIN = 36.0
_SHEETS, _ALIKE = (8.5 / 11, 210 / 297), 0.015  # width to height; a photo's 3:4 is neither
_NATURAL = 72 / 96  # points of a pixel: pictures are never shown larger than at 96 dpi
_SHARP = 300  # pixels of an inch on paper; more is not seen, and volumes have a limit
_QUALITY = 90

# How to stand a picture upright, by EXIF orientation (CIPA DC-008, tag 0x0112): the matrix that
# maps the stored picture, as a unit square with its origin bottom left, onto the upright one.
# Mirrored ones (2, 4, 5, 7) are turned as well as rotated ones without touching a pixel.
_UPRIGHT = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


class _Picture(Struct, frozen=True):
    """One picture, ready to be laid into a PDF without change."""

    data: bytes
    width: int
    height: int
    orientation: int = 1

    @property
    def seen(self) -> tuple[int, int]:
        """Width and height of the upright picture."""
        sideways = self.orientation >= 5  # noqa: PLR2004 - 5 to 8 lie on their side
        return (self.height, self.width) if sideways else (self.width, self.height)


def photo_pages(data: bytes) -> bytes:
    """Return a PDF with one Letter page for each picture in *data* (JPEG, PNG, TIFF, HEIC …).

    The page is portrait and the picture upright on it, as its EXIF orientation says; it is made
    smaller to fit within the margins, never larger than its natural size. A JPEG of up to 300
    dpi on paper is laid in as it is, but for its metadata; sharper ones are brought to 300 dpi.
    Transparent parts become white. EXIF, places and thumbnails never reach the PDF.

    Raises:
        ExhibitError: the picture is damaged, too large or of a form that cannot be read.
    """
    import img2pdf
    import pikepdf

    with pikepdf.new() as doc:
        for picture in _pictures(data):
            laid = img2pdf.convert(picture.data, nodate=True, rotation=img2pdf.Rotation.none)
            with pikepdf.open(io.BytesIO(laid)) as one:
                doc.pages.extend(one.pages)
            _lay(doc, doc.pages[-1], picture)
        out = io.BytesIO()
        doc.save(out)
    return normalise(out.getvalue())


def _lay(doc: "pikepdf.Pdf", page: "pikepdf.Page", picture: _Picture) -> None:
    """Put the page's picture upright in the middle of a Letter page."""
    import pikepdf

    wide, high = picture.seen
    scale = _scale(wide, high)
    width, height = wide * scale, high * scale
    x, y = (LETTER[0] - width) / 2, (LETTER[1] - height) / 2
    upright = pikepdf.Matrix(*_UPRIGHT[picture.orientation])
    placed = upright @ pikepdf.Matrix(width, 0, 0, height, x, y)
    numbers = " ".join(f"{v:.4f}" for v in placed.shorthand)
    name = next(iter(page.obj.Resources.XObject.keys()))
    kept = {"/Type", "/Parent", "/Resources"}
    for key in set(page.obj.keys()) - kept:
        del page.obj[key]
    page.obj.MediaBox = pikepdf.Array([0, 0, *(int(v) for v in LETTER)])
    page.obj.Contents = doc.make_stream(f"q {numbers} cm {name} Do Q\n".encode("ascii"))


def _scale(wide: int, high: int) -> float:
    """Return how many points of paper a pixel takes.

    A picture shaped like a sheet of Letter or A4 is the scan of one, with margins of its own.
    """
    sheet = any(abs(wide / high / shape - 1) < _ALIKE for shape in _SHEETS)
    margin = 0.0 if sheet else MARGIN
    room = (LETTER[0] - 2 * margin, LETTER[1] - 2 * margin)
    return min(room[0] / wide, room[1] / high, _NATURAL)


def _pictures(data: bytes) -> Iterator[_Picture]:
    """Give every picture of the file; a TIFF may hold many."""
    from PIL import Image, ImageSequence
    from pillow_heif import HeifImagePlugin  # noqa: F401 - importing it teaches Pillow HEIC

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures and odd tags; an error is raised below
        try:
            with Image.open(io.BytesIO(data)) as image:
                if image.format in {"JPEG", "MPO"}:
                    yield _photo(data, image)
                    return
                for frame in ImageSequence.Iterator(image):
                    yield _frame(frame, lossy=image.format in {"HEIF", "WEBP"})
        except Image.DecompressionBombError as error:
            msg = "the picture has more pixels than can be opened safely"
            raise ExhibitError(msg, hint="Save it smaller (below 170 megapixels).") from error
        except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError) as error:
            msg = "the picture is damaged"
            raise ExhibitError(msg, hint="Take or scan it again.") from error


def _photo(data: bytes, image: "Image.Image") -> _Picture:
    """Return a JPEG as it is, or as sharp as paper needs."""
    orientation = _orientation(image)
    wide, high = _Picture(b"", *image.size, orientation).seen
    dense = _scale(wide, high) * _SHARP / 72
    if dense < 1:
        image.draft(None, (round(image.width * dense), round(image.height * dense)))
    image.load()  # a damaged picture is found here
    if dense >= 1 and image.mode in {"L", "RGB", "CMYK"}:
        try:
            return _Picture(stripped(data), *image.size, orientation)
        except ExhibitError:  # without its end, but Pillow could read all of it
            return _coded(image, orientation)
    return _coded(image, orientation)


def _orientation(image: "Image.Image") -> int:
    """Return the EXIF orientation; 1 for none, for 0 (Android) and for what is not allowed."""
    try:
        number = image.getexif().get(0x0112, 1)
    except (ValueError, SyntaxError, TypeError, KeyError, OSError):  # broken EXIF
        return 1
    return number if number in _UPRIGHT else 1


def _frame(image: "Image.Image", *, lossy: bool) -> _Picture:
    """Return one picture of a file that is not JPEG."""
    from PIL import Image, ImageOps

    image.load()
    upright = ImageOps.exif_transpose(image)
    if upright.mode in {"LA", "PA", "RGBA", "RGBa", "La"} or "transparency" in upright.info:
        glass = upright.convert("RGBA")
        paper = Image.new("RGBA", glass.size, "white")
        upright = Image.alpha_composite(paper, glass).convert("RGB")
    if upright.mode == "1":
        return _exact(upright)
    plain = _eight_bits(upright)
    return _coded(plain, 1) if lossy else _exact(_on_paper(plain))


def _eight_bits(image: "Image.Image") -> "Image.Image":
    """Return the picture in grey or RGB of eight bits."""
    if image.mode in {"I;16", "I;16B", "I;16L", "I", "F"}:
        top = 65535 if image.mode != "F" else 1.0
        return image.convert("F").point(lambda v: v * (255 / top)).convert("L")
    return image if image.mode in {"L", "RGB"} else image.convert("RGB")


def _on_paper(image: "Image.Image") -> "Image.Image":
    """Return the picture with no more pixels than 300 dpi need."""
    from PIL import Image

    dense = _scale(*image.size) * _SHARP / 72
    if dense >= 1:
        return image
    size = (max(1, round(image.width * dense)), max(1, round(image.height * dense)))
    return image.resize(size, Image.Resampling.LANCZOS)


def _coded(image: "Image.Image", orientation: int) -> _Picture:
    """Return the picture as a new JPEG. *orientation* is still to be followed."""
    from PIL import Image

    if orientation >= 5:  # noqa: PLR2004 - 5 to 8 lie on their side
        turned = image.transpose(Image.Transpose.TRANSPOSE)
        image = _on_paper(turned).transpose(Image.Transpose.TRANSPOSE)
    else:
        image = _on_paper(image)
    plain = image if image.mode == "L" else image.convert("RGB")
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=_QUALITY, exif=b"", icc_profile=None)
    return _Picture(stripped(out.getvalue()), *plain.size, orientation)


def _exact(image: "Image.Image") -> _Picture:
    """Return the picture without loss: fax-coded when black and white, else as PNG."""
    from PIL import Image

    clean = Image.new(image.mode, image.size)
    clean.paste(image)  # pixels only: no text chunks, no tags
    out = io.BytesIO()
    if image.mode == "1":
        clean.save(out, "TIFF", compression="group4")
    else:
        clean.save(out, "PNG")
    return _Picture(out.getvalue(), *image.size)

"""Which pages of a PDF are in color, as the eye sees them."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

_SCALE = 0.5  # pixels a point: a word that was highlighted is some hundred of them
_SPREAD = 60  # of 255, between the channels: yellowed paper and the fringes of a scan have less
_FEW = 60  # pixels: fewer are dirt


def colored_pages(pdf: bytes) -> list[int]:
    """Return the pages of *pdf*, from 0, on which colors stand; greys and off-whites are none."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [number for number, page in enumerate(document) if _is_colored(page)]
    finally:
        document.close()


def _is_colored(page: "pypdfium2.PdfPage") -> bool:
    from PIL import ImageChops

    channels = page.render(scale=_SCALE).to_pil().convert("RGB").split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    least = ImageChops.darker(ImageChops.darker(channels[0], channels[1]), channels[2])
    counts = ImageChops.subtract(most, least).histogram()
    return sum(counts[_SPREAD:]) >= _FEW

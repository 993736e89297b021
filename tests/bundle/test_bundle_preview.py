"""All pages of a bundle on one picture."""

import io
import itertools

from PIL import Image

from nkdocs.bundle.preview import contact_sheet
from tests.bundle.made import pdf


def test_every_page_is_on_the_picture() -> None:
    """Of several files too; each a white sheet with its words, none over another."""
    picture = Image.open(io.BytesIO(contact_sheet([pdf(3), pdf(4)]))).convert("L")

    row = [picture.getpixel((x, picture.height // 6)) for x in range(picture.width)]
    whites = sum(a != 255 and b == 255 for a, b in itertools.pairwise(row))
    assert picture.width > picture.height
    assert whites == 4
    assert contact_sheet([pdf(3)]) == contact_sheet([pdf(3)])


def test_many_pages_make_no_huge_picture() -> None:
    """They become smaller."""
    picture = Image.open(io.BytesIO(contact_sheet([pdf(400)])))

    assert picture.width * picture.height < 42_000_000

"""All pages of a bundle small on one picture: people would rather look than read a list."""

import io
import math
from collections.abc import Sequence

_WIDE, _GAP = 150, 8  # pixels of a page, and between pages
_MOST = 40_000_000  # pixels of the picture
_SHAPE = 1.5  # pages beside each other, for each one above another


def contact_sheet(files: Sequence[bytes]) -> bytes:
    """Return a PNG of every page of *files*, in order, as small as their number needs."""
    import pypdfium2
    from PIL import Image

    held = [pypdfium2.PdfDocument(data) for data in files]
    try:
        count = sum(len(doc) for doc in held)
        columns = max(1, math.ceil(math.sqrt(count * _SHAPE)))
        rows = math.ceil(count / columns)
        side = min(_WIDE, int(math.sqrt(_MOST / (columns * rows) / 1.3)) - _GAP)
        box = (side, side * 11 // 8)
        size = columns * (box[0] + _GAP) + _GAP, rows * (box[1] + _GAP) + _GAP
        sheet = Image.new("RGB", size, "#b8b8b8")
        pages = (page for doc in held for page in doc)
        for number, page in enumerate(pages):
            scale = min(box[0] / page.get_width(), box[1] / page.get_height())
            small = page.render(scale=scale).to_pil().convert("RGB")
            x = _GAP + number % columns * (box[0] + _GAP) + (box[0] - small.width) // 2
            y = _GAP + number // columns * (box[1] + _GAP) + (box[1] - small.height) // 2
            sheet.paste(small, (x, y))
            page.close()
    finally:
        for doc in held:
            doc.close()
    out = io.BytesIO()
    sheet.save(out, "PNG", optimize=False)
    return out.getvalue()

"""The draft engine on Word files that nobody of this project wrote."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pypdfium2

from nkdocs.convert.draft.engine import DraftEngine
from nkdocs.convert.pdf import Pdf
from nkdocs.convert.words import missing_words


def _templates(samples: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in sorted((samples / "docx_templates").iterdir())}


@cache
def _drawn(samples: Path) -> Mapping[str, Pdf]:
    """Return every template as it is drawn, once."""
    return DraftEngine().convert(_templates(samples))


def test_every_real_template_is_drawn_without_losing_a_word(samples: Path) -> None:
    """Legal templates of other offices come out whole."""
    files, drawn = _templates(samples), _drawn(samples)

    lost = {name: missing_words(data, drawn[name].data) for name, data in files.items()}
    assert drawn.keys() == files.keys()
    assert {name: words for name, words in lost.items() if words} == {}


def test_no_word_of_a_real_template_stands_off_the_page(samples: Path) -> None:
    """All text lies inside the paper."""
    outside = []
    for name, pdf in _drawn(samples).items():
        document = pypdfium2.PdfDocument(pdf.data)
        for page in document:
            text = page.get_textpage()
            width, height = page.get_size()
            for left, bottom, right, top in map(text.get_rect, range(text.count_rects())):
                if left < 0 or bottom < 0 or right > width or top > height:
                    outside.append(name)
    assert outside == []

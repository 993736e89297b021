"""What of a Word file the draft engine does not draw as Word would: found and named beforehand."""

from collections.abc import Callable

from nkdocs.convert.draft.styles import Styles
from nkdocs.convert.wordfile import (
    Element,
    Part,
    WordFile,
    attribute,
    child,
    is_on,
    local,
    number,
    value,
)

_MARKS = {
    "footnoteReference": "footnotes at the foot of their page (they stand at the end)",
    "endnoteReference": "endnotes as Word sets them (they stand at the end)",
    "commentReference": "comments",
    "framePr": "the frame and place of a framed paragraph",
    "oMath": "formulas (their text stands in one line)",
    "ruby": "phonetic guides",
    "altChunk": "an embedded document",
    "subDoc": "an embedded document",
    "ins": "tracked changes (drawn as accepted)",
    "del": "tracked changes (drawn as accepted)",
    "moveTo": "tracked changes (drawn as accepted)",
    "pgBorders": "the border around the page",
    "lnNumType": "line numbers",
    "background": "the colour of the page",
    "effect": "text effects",
}
_WHEN: dict[str, tuple[Callable[[Element], bool], str]] = {
    "smallCaps": (is_on, "small capitals (drawn as capitals)"),
    "cols": (lambda e: number(attribute(e, "num"), 1) > 1, "columns (drawn as one)"),
    "bidi": (is_on, "writing from right to left"),
    "rtl": (is_on, "writing from right to left"),
    "bidiVisual": (is_on, "writing from right to left"),
    "textDirection": (lambda e: attribute(e) not in {None, "lrTb", "tb"}, "turned text in a cell"),
    "tblpPr": (lambda _: True, "the place of a floating table (it stands in the text)"),
    "bar": (is_on, "bars at tab stops"),
}

def find_lost(word: WordFile, styles: Styles) -> set[str]:
    """Return in words what of *word* is drawn otherwise than Word would, or not at all."""
    lost: set[str] = set()
    for part in (word.main, *word.furniture()):
        lost |= _in_part(part)
        if _has_bands(part, styles):
            lost.add("the bands and bold rows of a table style")
    return lost


def _in_part(part: Part) -> set[str]:
    lost = set()
    for element in part.root.iter():
        name = local(element)
        if name in _MARKS:
            lost.add(_MARKS[name])
        elif name in _WHEN and _WHEN[name][0](element):
            lost.add(_WHEN[name][1])
    return lost


def _has_bands(part: Part, styles: Styles) -> bool:
    """Return whether a table's style looks otherwise in some of its rows (§ 17.7.6)."""
    for table in part.root.iter():
        if local(table) == "tbl":
            style = value(child(table, "tblPr"), "tblStyle") or ""
            if any(child(item, "tblStylePr") is not None for item in styles.chain(style)):
                return True
    return False

"""The typefaces that ship, which of them draws a character, and how wide it is."""

import re
from collections.abc import Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from nkdocs._resources import font
from nkdocs.convert.draft.styles import Look

BOX = "□"
"""What stands in the place of a character that no typeface of ours has."""

_FILES = {
    "serif": "LiberationSerif-Regular.ttf",
    "serifB": "LiberationSerif-Bold.ttf",
    "serifI": "LiberationSerif-Italic.ttf",
    "serifBI": "LiberationSerif-BoldItalic.ttf",
    "sans": "LiberationSans-Regular.ttf",
    "sansB": "LiberationSans-Bold.ttf",
    "korean": "NanumMyeongjo.ttf",
    "koreanB": "NanumMyeongjoBold.ttf",
}
_SANS = re.compile(
    r"arial|helvet|calibri|sans|verdana|tahoma|segoe|aptos|gothic|trebuchet|franklin|malgun|gulim"
    r"|dotum|courier|mono|consol",
    re.IGNORECASE,
)
_SAME_WIDTHS = re.compile(
    r"times|arial|helvet|liberation|batang|myeongjo|malgun|gothic|gulim|dotum|symbol|wingding",
    re.IGNORECASE,
)
_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]"
)
_DRAWN = "☐☑☒✓✔✗✘" + BOX
_DRAWN_WIDTH = 0.8


class Face(Struct, frozen=True, eq=False):
    """One typeface as it is drawn; measures in parts of the type size.

    Attributes:
        family: `serif`, `sans`, `korean`, or `drawn` for the boxes that are drawn as lines.
        style: `B`, `I`, `BI` or nothing, as the file has it.
        slanted: whether the letters are slanted because the typeface has no italic.
        widths: the advance of each character it has.
    """

    family: str
    style: str
    slanted: bool
    widths: Mapping[int, float]
    ascent: float
    descent: float
    gap: float

    def width(self, text: str, size: float) -> float:
        """Return how wide *text* is at *size*, without kerning."""
        widths = self.widths
        return sum(widths[ord(sign)] for sign in text) * size


def file_of(face: Face) -> str:
    """Return the path of the file that *face* is drawn from."""
    return str(font(_FILES[face.family + face.style]))


class Fonts(Struct):
    """Finds the face for each character.

    Attributes:
        faces: those opened so far; documents drawn one after the other may share them.
        undrawable: characters that no face has.
        replaced: typefaces the document asks for whose letters are of other widths than ours.
    """

    faces: dict[str, Face] = field(default_factory=dict)
    undrawable: set[str] = field(default_factory=set)
    replaced: set[str] = field(default_factory=set)

    def face(self, look: Look) -> Face:
        """Return the face of Latin text of this *look*."""
        if look.font and not _SAME_WIDTHS.search(look.font):
            self.replaced.add(look.font)
        return self._styled("sans" if _SANS.search(look.font) else "serif", look)

    def pieces(self, text: str, look: Look) -> list[tuple[Face, str]]:
        """Return *text* cut where the face changes; what cannot be drawn is a box."""
        usual = self.face(look)
        if all(ord(sign) in usual.widths for sign in text):
            return [(usual, text)]
        found: list[tuple[Face, str]] = []
        for sign in text:
            face, drawn = self._for_sign(sign, usual, look)
            if found and found[-1][0] is face:
                found[-1] = (face, found[-1][1] + drawn)
            else:
                found.append((face, drawn))
        return found

    def _for_sign(self, sign: str, usual: Face, look: Look) -> tuple[Face, str]:
        korean = self._styled("korean", look)
        order = [korean, usual] if _EAST_ASIAN.match(sign) else [usual, self._styled("serif", look)]
        for face in (*order, self._styled("sans", look), korean):
            if ord(sign) in face.widths:
                return face, sign
        if sign.isspace():
            return usual, "\u00a0"  # a thin or wide space that no face has
        if sign in _DRAWN:
            return self._styled("drawn", look), sign
        self.undrawable.add(sign)
        return self._styled("drawn", look), BOX

    def _styled(self, family: str, look: Look) -> Face:
        wanted = family + ("B" if look.bold else "") + ("I" if look.italic else "")
        if wanted not in self.faces:
            self.faces[wanted] = self._made(family, bold=look.bold, italic=look.italic)
        return self.faces[wanted]

    def _made(self, family: str, *, bold: bool, italic: bool) -> Face:
        if family == "drawn":
            widths = dict.fromkeys(map(ord, _DRAWN), _DRAWN_WIDTH)
            return Face(family, "", False, widths, 0.8, 0.1, 0.0)  # noqa: FBT003 - a field
        style = ("B" if bold else "") + ("I" if italic and family == "serif" else "")
        slanted = italic and family != "serif"
        upright = self.faces.get(family + style)
        if slanted and upright is not None:
            return replace(upright, slanted=True)
        return Face(family, style, slanted, *_measured(_FILES[family + style]))


def _measured(name: str) -> tuple[Mapping[int, float], float, float, float]:
    """Return the widths, ascent, descent and line gap of a font file."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # ships no types

    with TTFont(font(name), lazy=True) as opened:
        unit = opened["head"].unitsPerEm
        advances = opened["hmtx"].metrics
        widths = {code: advances[glyph][0] / unit for code, glyph in opened.getBestCmap().items()}
        head = opened["hhea"]
        return widths, head.ascent / unit, -head.descent / unit, head.lineGap / unit

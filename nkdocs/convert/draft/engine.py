"""The draft engine: a Word document goes in, a PDF that says it is a draft comes out."""

from collections.abc import Mapping

from msgspec import Struct

from nkdocs.convert.draft.drawing import Drawing
from nkdocs.convert.draft.fonts import Face, Fonts
from nkdocs.convert.pdf import Pdf
from nkdocs.convert.wordfile import open_word
from nkdocs.convert.wordmatch import unmatched, words_in
from nkdocs.convert.words import body_words, furniture_words, pdf_words, shown_furniture
from nkdocs.errors import ConversionError


class DraftEngine(Struct, frozen=True):
    """Draws Word documents as PDF with nothing but what ships; good for drafts only.

    No font of the machine is used, so that every machine draws the same bytes.
    """

    name: str = "the draft engine"
    draft: bool = True

    def convert(self, documents: Mapping[str, bytes]) -> dict[str, Pdf]:
        """Return a draft PDF of each of *documents*, with no word of theirs missing.

        Raises:
            ConversionError: one or more are no Word files, or a word would be missing.
        """
        faces: dict[str, Face] = {}
        drawn: dict[str, Pdf] = {}
        faults: list[ConversionError] = []
        for name, data in documents.items():
            try:
                drawn[name] = _draw(data, Fonts(faces), self.name)
            except ConversionError as error:
                faults.append(ConversionError(f"{name}: {error.message}", hint=error.hint))
        if len(faults) == 1:
            raise faults[0]
        if faults:
            msg = f"{len(faults)} of {len(documents)} documents could not be drawn"
            raise ConversionError(
                msg, hint=faults[0].hint, faults=[fault.message for fault in faults]
            )
        return drawn


def _draw(data: bytes, fonts: Fonts, maker: str) -> Pdf:
    drawing = Drawing(open_word(data), fonts)
    pdf = drawing.pdf()
    _prove(drawing, pdf)
    return Pdf(pdf, maker, draft=True, lost=drawing.named_lost())


def _prove(drawing: Drawing, pdf: bytes) -> None:
    """Raise unless every word of the document stands in *pdf*.

    What the engine itself wrote (the mark, list numbers, headers again on each page) is asked for
    as well: such a word must not stand in for one of the document.
    """
    word, unseen = drawing.word, drawing.fonts.undrawable
    furniture = dict.fromkeys([*shown_furniture(word, drawing.pages), *drawing.shown])
    needed = body_words(word, unseen) + furniture_words(word, furniture, unseen)
    for text in drawing.extra:
        needed += words_in(text, unseen)
    missing = len(unmatched(needed, pdf_words(pdf)))
    if missing:
        msg = f"the draft would lack {missing} {'word' if missing == 1 else 'words'} of it"
        raise ConversionError(msg, hint="Install LibreOffice, or save the PDF from Word.")

"""What a converter gives back, and what a converter is."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct


class Pdf(Struct, frozen=True):
    """A PDF made from a Word document.

    Attributes:
        data: the file's bytes.
        maker: who made it, for people: "LibreOffice 7.4.7.2", "the draft engine", "you, in Word".
        draft: whether only a draft may use it (its pages say so).
        lost: what of the document could not be drawn, in words.
    """

    data: bytes
    maker: str
    draft: bool = False
    lost: tuple[str, ...] = ()


class Converter(Protocol):
    """Turns Word documents into PDF."""

    @property
    def name(self) -> str:
        """Who it is, for people."""

    @property
    def draft(self) -> bool:
        """Whether what it makes is good for drafts only."""

    def convert(self, documents: Mapping[str, bytes]) -> dict[str, Pdf]:
        """Return a PDF for each DOCX of *documents* (by name), all of them or an error.

        Raises:
            ConversionError: one or more failed; its faults name each.
        """

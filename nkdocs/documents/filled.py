"""A filled document, and what its filling told."""

from collections.abc import Mapping

from msgspec import Struct

from nkdocs.documents.marks import PrintedCite
from nkdocs.documents.packed import Members


class Filled(Struct, frozen=True):
    """A filled document and what its filling told.

    Attributes:
        members: the parts of the Word file.
        open: path -> question of what was printed and is not answered.
        lost: cites that lead nowhere, each with the reason.
        names: named paragraphs and their numbers.
        used: paths of the answers it read.
    """

    members: Members
    open: Mapping[str, str]
    lost: Mapping[str, str]
    cites: tuple[PrintedCite, ...]
    names: Mapping[str, int]
    used: tuple[str, ...]
    authorities: Mapping[str, bool]

    @property
    def docx(self) -> bytes:
        """The Word file."""
        return self.members.archive()

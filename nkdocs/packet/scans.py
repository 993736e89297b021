"""Scans that are read for a bundle, and where what was read is kept: beside the results."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from nkdocs import _atomic
from nkdocs.bundle.recognise import Kept, Nowhere, Recogniser
from nkdocs.case import Case
from nkdocs.convert import ocr
from nkdocs.errors import FileBusyError
from nkdocs.packet.desk import Desk

_FOLDER = "ocr"
Tell = Callable[[str], None]


class InCase(Struct, frozen=True):
    """Keeps what was read in `out/ocr` of a case; in the clear only where the case is not locked.

    Attributes:
        keeps: whether it may be written; else it is only looked up.
    """

    case: Case
    keeps: bool

    def fetch(self, name: str) -> bytes | None:
        """Return what was kept under *name*, None if nothing was or it cannot be read."""
        path = self.case.out / _FOLDER / name
        try:
            return self.case.fetch(path) if self.case.there(path) else None
        except OSError:
            return None

    def keep(self, name: str, data: bytes) -> None:
        """Keep *data* under *name*, unless a locked case would show it."""
        vault = self.case.vault
        sealed = vault is None or vault.covers(self.case.out / _FOLDER / name)
        if self.keeps and sealed:
            with suppress(FileBusyError):
                self.case.write({f"{_FOLDER}/{name}": data}, [])


class Beside(Struct, frozen=True):
    """Keeps what was read of bare files in the folder of their results."""

    results: Path
    keeps: bool

    def fetch(self, name: str) -> bytes | None:
        """Return what was kept under *name*, None if nothing was or it cannot be read."""
        try:
            return (self.results / _FOLDER / name).read_bytes()
        except OSError:
            return None

    def keep(self, name: str, data: bytes) -> None:
        """Keep *data* under *name*, for its owner alone."""
        if self.keeps:
            with suppress(FileBusyError):
                _atomic.folder(self.results / _FOLDER)
                _atomic.save(self.results / _FOLDER / name, data)


def reading(desk: Desk, tell: Tell, *, keep: bool) -> Desk:
    """Return *desk* with what reads the scans of its exhibits.

    Raises:
        MissingProgramError: the program or a language is not installed.
    """
    reader = ocr.reader(in_memory=desk.case.vault is not None)
    return replace(desk, ocr=Recogniser(reader, InCase(desk.case, keep), tell))


def reading_files(results: Path | None, tell: Tell, *, keep: bool) -> Recogniser:
    """Return what reads scans among bare files.

    Args:
        results: the folder of results, where what was read is kept; None for nowhere.
        tell: tells who waits how far it is.
        keep: whether it is kept there, or only looked up.

    Raises:
        MissingProgramError: the program or a language is not installed.
    """
    kept: Kept = Beside(results, keep) if results else Nowhere()
    return Recogniser(ocr.reader(), kept, tell)

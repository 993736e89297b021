"""Looks for what tells who a case is about in every byte of a file or folder.

Findings name the file, the part and the answer, never what was found.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from nkdocs.answers.leaks import Dictionary, Hit
from nkdocs.bundle.unpack import Piece, SealedError, pieces
from nkdocs.checks.facts import Found
from nkdocs.checks.run import Wording, worded
from nkdocs.diagnostics import Finding, Place
from nkdocs.errors import UsageError
from nkdocs.packet.desk import Desk
from nkdocs.packet.unread import unsearched

_BODY = ("word/document.xml", "")
_MOST = 400 << 20  # bytes of one file


class Seeker:
    """Searches files for one case's dictionary; what it has seen once it does not search again."""

    def __init__(self, desk: Desk, leaks: Dictionary, words: Mapping[str, Wording]) -> None:
        """Look for *leaks*, and word what is found with *words*."""
        self.desk, self.leaks, self.words = desk, leaks, dict(words)
        self._native = [*leaks.bytes_of_native()]
        self._known: dict[bytes, frozenset[Hit]] = {}

    def folder(self, top: Path) -> tuple[list[Finding], int]:
        """Return what is found in *top*, a file or a folder, and how many files were searched.

        Raises:
            UsageError: there is nothing at *top*.
        """
        if not top.exists():
            msg = f"there is nothing at {top}"
            raise UsageError(msg, hint="Name a file or a folder to be searched.")
        found: list[Finding] = []
        count = 0
        for file, name in _files(top):
            count += 1
            found += self._name(name)
            found += self._file(file, name)
        return found, count

    def _name(self, name: str) -> Iterator[Finding]:
        for hit in sorted(self.leaks.search(name), key=_path):
            yield self._told("L804", hit, name, "")

    def _file(self, file: Path, name: str) -> Iterator[Finding]:
        told: set[tuple[str, str, str]] = set()
        try:
            if file.is_symlink() or not file.is_file() or file.stat().st_size > _MOST:
                yield unsearched(name, "it is a link, no file, or too large")
                return
            for piece in pieces(file.read_bytes(), name):
                code = _code(name, piece.part)
                for hit in sorted(self.hits(piece), key=_path):
                    key = (code, hit.path, piece.part if code != "L803" else "")
                    if key not in told:
                        told.add(key)
                        yield self._told(code, hit, name, piece.part)
        except SealedError as error:
            yield unsearched(name, str(error))
        except OSError as error:
            yield unsearched(name, str(error.strerror))

    def hits(self, piece: Piece) -> frozenset[Hit]:
        """Return what a piece of a file tells."""
        seen = piece.text.encode("utf-8", "surrogatepass") + piece.data
        digest = hashlib.sha256(seen).digest() + bytes([piece.raw])
        if digest not in self._known:
            found = self.leaks.search(piece.text, surely=piece.raw)
            native = {hit for name, hit in self._native if piece.data and name in piece.data}
            self._known[digest] = found | native
        return self._known[digest]

    def _told(self, code: str, hit: Hit, name: str, part: str) -> Finding:
        where = f"{name}, {part}" if part else name
        told = {"where": where, "what": hit.what, "path": hit.path}
        place = Place(name, part=part)
        found = Found(code, f"{where} {hit.path}", (), told, read=hit.path, place=place)
        return worded(found, self.desk.file, self.words)


def _path(hit: Hit) -> tuple[str, str]:
    return hit.path, hit.what


def _code(name: str, part: str) -> str:
    """Return which finding a place has: our text, the rest of a Word file, a PDF or a picture."""
    end = Path(name).suffix.lower()
    if end in {".docx", ".docm", ".xlsx", ".pptx", ".odt"}:
        return "L801" if part in _BODY else "L802"
    return "L801" if end in {".txt", ".md", ".yaml", ".yml", ".csv", ".html", ".eml"} else "L803"


def _files(top: Path) -> Iterator[tuple[Path, str]]:
    """Yield every file, hidden ones too, with its name below *top*."""
    if not top.is_dir():
        yield top, top.name
        return
    for folder, folders, names in os.walk(top):
        folders.sort()
        for name in sorted(names):
            file = Path(folder) / name
            yield file, file.relative_to(top).as_posix()

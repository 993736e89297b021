"""OCRmyPDF reads scans: pictures of pages in, what stands on them out. Nothing is drawn by it.

It is given pictures that we made, never a client's own file, and of its PDF only words and their
places are read (`bundle.searchable`): so a page of an exhibit looks as it did, whatever it does.
Tesseract, which it starts, does the reading.
"""

import functools
import os
import re
import shutil
import sys
from pathlib import Path

from msgspec import Struct

from nkdocs import _working
from nkdocs.convert.programs import run
from nkdocs.errors import MissingProgramError

LANGUAGES = {"eng": "English", "kor": "Korean"}  # Tesseract's names of its packs, and ours
INSTALL = "sudo apt-get install -y --no-install-recommends ocrmypdf tesseract-ocr-kor"
_PACK = "sudo apt-get install -y tesseract-ocr-{}"
_STARTING, _EACH = 90.0, 150.0  # seconds: to start and end, and for each page at the worst
_PAGE = 120  # seconds after which Tesseract gives a page up
_MEMORY = 4 << 30
_COLUMN = "4"  # one column: where it looks for several it overlooks lines of Korean far apart
_SURE = "3"  # of how a page lies; a page of few lines gives no more than 4
_CONFIG = "preserve_interword_spaces 1\n"  # else each syllable of Korean is a word of its own
_SAME = {"PYTHONHASHSEED": "0"}  # it gives the languages in the order of a set: the same each time
_SLOW = re.compile(r"^\s*(\d+)\b.*took too long", re.MULTILINE)
_VERSION = re.compile(r"\d+(?:\.\d+)+")


class Read(Struct, frozen=True):
    """What was read on some pages.

    Attributes:
        pdf: those pages, with the words that were read in their places.
        texts: the words of each page with the spaces between them, line by line.
        slow: the pages (from 0) that took too long and were given up.
    """

    pdf: bytes
    texts: tuple[str, ...]
    slow: frozenset[int] = frozenset()


def find_program() -> Path | None:
    """Return OCRmyPDF's program, or None.

    The environment variable NKDOCS_OCRMYPDF names it before all others; empty, it says that there
    is none. One installed beside nkdocs (`nkdocs[ocr]`) comes before the computer's own.
    """
    told = os.environ.get("NKDOCS_OCRMYPDF")
    if told is not None:
        return Path(told) if told and Path(told).is_file() else None
    beside = shutil.which("ocrmypdf", path=str(Path(sys.executable).parent))
    found = beside or shutil.which("ocrmypdf")
    return Path(found) if found else None


def lacking() -> list[tuple[str, str]]:
    """Return what is missing for reading scans, each with the line that mends it."""
    if find_program() is None:
        return [("OCRmyPDF", INSTALL)]
    known = _languages()
    if not known:
        return [("Tesseract, which OCRmyPDF needs", INSTALL)]
    return [
        (f"Tesseract's language pack for {name} ({code})", _PACK.format(code))
        for code, name in LANGUAGES.items()
        if code not in known
    ]


def reader(*, in_memory: bool = False) -> "Reader":
    """Return what reads scans; with *in_memory* no page touches a disk on its way.

    Raises:
        MissingProgramError: it, Tesseract or a language pack is not installed; or the case is
            locked, and this computer has no folder in memory.
    """
    missing, program = lacking(), find_program()
    if missing or program is None:
        msg = f"--ocr needs {' and '.join(what for what, _ in missing)}: not installed"
        lines = " && ".join(line for _, line in missing)
        raise MissingProgramError(msg, hint=f"Install it: {lines}\n  or leave --ocr away.")
    if in_memory and _working.memory() is None:
        msg = "the case is locked, and this computer has no folder in memory for OCRmyPDF"
        raise MissingProgramError(msg, hint="Leave --ocr away, or unlock the case first.")
    return Reader(program, in_memory=in_memory)


class Reader:
    """OCRmyPDF, started once for some pages."""

    def __init__(
        self,
        program: Path,
        *,
        seconds: float = _STARTING,
        each: float = _EACH,
        in_memory: bool = False,
    ) -> None:
        """Use *program*; a call may take *seconds*, and *each* more for each page."""
        self._program = program
        self._seconds, self._each = seconds, each
        self._in_memory = in_memory

    @functools.cached_property
    def name(self) -> str:
        """Who reads, and in which languages: it is another reader when one of them changes."""
        own = _VERSION.search(_said([str(self._program), "--version"]))
        core = _VERSION.search(_said([_tesseract(), "--version"]))
        versions = [found[0] if found else "?" for found in (own, core)]
        return f"OCRmyPDF {versions[0]} with Tesseract {versions[1]} ({'+'.join(LANGUAGES)})"

    def read(self, pictures: bytes, count: int) -> Read | None:
        """Return what stands on the *count* pages of a PDF of pictures; None if it failed.

        Pages that lie on their side or upside down are read as they are meant; the program turns
        them for that, in its own copy.
        """
        with _working.folder(in_memory=self._in_memory) as work:
            scan, made, text, config = (work / n for n in ("in.pdf", "out.pdf", "text", "config"))
            scan.write_bytes(pictures)
            config.write_text(_CONFIG, encoding="ascii")
            command = [
                str(self._program), "--quiet", "--output-type", "pdf", "--optimize", "0",
                "--language", "+".join(LANGUAGES),
                "--rotate-pages", "--rotate-pages-threshold", _SURE,
                "--jobs", str(min(count, os.cpu_count() or 1)),
                "--tesseract-pagesegmode", _COLUMN, "--tesseract-timeout", str(_PAGE),
                "--tesseract-config", str(config),
                "--sidecar", str(text), str(scan), str(made),
            ]  # fmt: skip
            seconds = self._seconds + self._each * count
            ended = run(command, work, seconds, _SAME, memory=_MEMORY)
            if ended.code != 0 or not made.is_file() or not text.is_file():
                return None
            texts = text.read_text("utf-8", "replace").split("\f")
            slow = frozenset(int(number) - 1 for number in _SLOW.findall(ended.said))
            return Read(made.read_bytes(), tuple(texts[:count]), slow)


def _tesseract() -> str:
    return shutil.which("tesseract") or "tesseract"


def _languages() -> frozenset[str]:
    """Return the packs that Tesseract has; none where it is not installed."""
    listed = _said([_tesseract(), "--list-langs"]) if shutil.which("tesseract") else ""
    return frozenset(listed.split())


def _said(command: list[str]) -> str:
    with _working.folder(in_memory=_working.memory() is not None) as work:
        return run(command, work, _STARTING).said

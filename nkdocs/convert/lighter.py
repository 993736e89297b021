"""A lighter copy of a Word file for LibreOffice to read: without table styles that no table uses.

Word and python-docx leave a hundred table styles in a file that uses none, and LibreOffice works
out every one of them: half of the time that a letter of three pages takes. Left out is only what
nothing in the file names; the file itself stays as it is, and its PDF says and shows the same.
"""

import functools
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping

_STYLES = "word/styles.xml"
#: Parts that may name a table style; the styles once more for Word 2010 are read by nobody else.
_TELLS = re.compile(r"word/(?!styles\.xml|stylesWithEffects\.xml).*\.xml")
_HEAVY = 60_000  # characters of styles: fewer are read in no time
_MOST = 50 << 20  # bytes of all parts together that are looked through
_STYLE = re.compile(r"<w:style\b([^>]*)>.*?</w:style>", re.DOTALL)
_TABLE = re.compile(  # what a table style says of itself that is not the one of plain tables
    r"(?=.*\bw:type=\"table\")(?!.*\bw:default=).*\bw:styleId=\"([^\"&]+)\"", re.DOTALL
)
_NAMED = re.compile(r"\bw:val=[\"']([^\"'<>]*)[\"']")
_ODD = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError,
        UnicodeDecodeError)  # fmt: skip


def lighter(docx: bytes) -> bytes:
    """Return *docx* without the table styles that nothing in it names (ECMA-376-1, 17.7.6).

    Whatever is no Word file, or is written otherwise than Word writes it, comes back as it is.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            return _copied(package) or docx
    except _ODD:
        return docx


def _copied(package: zipfile.ZipFile) -> bytes:
    """Return the lighter copy of a package, not compressed; empty where none is wanted."""
    there = package.infolist()
    if sum(part.file_size for part in there) > _MOST:
        return b""
    parts = {part.filename: package.read(part) for part in there}
    styles = parts[_STYLES].decode("utf-8")
    if len(styles) < _HEAVY or len(parts) < len(there):
        return b""
    told = "".join(parts[name].decode("utf-8") for name in parts if _TELLS.fullmatch(name))
    light = _only(styles, _kept(styles, _NAMED.findall(told)))
    if light == styles:
        return b""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name, data in (parts | {_STYLES: light.encode("utf-8")}).items():
            copy.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _kept(styles: str, named: Iterable[str]) -> frozenset[str]:
    """Return the table styles that are *named*, or are by other styles, or by these in turn."""
    tables = _tables(styles)
    kept: set[str] = set()
    more = {*named, *tables[""]} & tables.keys()
    while more:
        kept |= more
        more = {base for name in more for base in tables[name]} & tables.keys() - kept
    return frozenset(kept)


@functools.lru_cache(maxsize=4)
def _tables(styles: str) -> Mapping[str, frozenset[str]]:
    """Return what each table style names; under the empty name, what styles of other kinds name."""
    found = [(style[0], _TABLE.match(style[1])) for style in _STYLE.finditer(styles)]
    rest = _STYLE.sub(lambda style: "" if _TABLE.match(style[1]) else style[0], styles)
    told = {said[1]: style for style, said in found if said} | {"": rest}
    return {name: frozenset(_NAMED.findall(style)) for name, style in told.items()}


@functools.lru_cache(maxsize=16)
def _only(styles: str, kept: frozenset[str]) -> str:
    """Return *styles* with no table styles but those *kept*, and the one of plain tables."""

    def chosen(style: re.Match[str]) -> str:
        table = _TABLE.match(style[1])
        return style[0] if table is None or table[1] in kept else ""

    return _STYLE.sub(chosen, styles)

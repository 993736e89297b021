"""What a damaged PDF names and no longer holds: the fonts and pictures its pages are drawn with."""

import re
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nkdocs.bundle.paper import Tree

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_DRAWN = re.compile(rb"/([^\s/<>\[\](){}%]+)\s+(?:[-+.\d]+\s+(Tf)|Do)(?![A-Za-z])")
_LARGEST, _BITE = 64 << 20, 1 << 16  # bytes of a font that are looked at, and at once
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_CODED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a byte of a name, written in hexadecimal


def emptied(pdf: "Pdf") -> list[int]:
    """Return the pages (from 0) that draw with a font or picture the file no longer holds.

    A file whose end is missing is put right page by page, and its pages would be bound empty.
    """
    tree = Tree()
    return [number for number, page in enumerate(pdf.pages) if _lacks(page.obj, tree)]


def _lacks(page: "Object", tree: Tree) -> bool:
    import pikepdf

    held = _resources(page, tree)
    for found in set(_DRAWN.findall(_content(page))):
        plain = _CODED.sub(lambda m: bytes.fromhex(m[1].decode()), found[0])
        name, font = "/" + plain.decode("utf-8", "replace"), found[1]
        kind = held.get("/Font" if font else "/XObject") if held is not None else None
        if not isinstance(kind, pikepdf.Dictionary) or kind.get(name) is None:
            return True
    return False


def _resources(page: "Object", tree: Tree) -> "Object | None":
    """Return a page's resources, which may stand further up in the tree of pages."""
    import pikepdf

    held = (page.get("/Resources"), tree.above(page).get("/Resources"))
    return next((one for one in held if isinstance(one, pikepdf.Dictionary)), None)


def _content(page: "Object") -> bytes:
    """Return what a page draws; what cannot be read is told elsewhere."""
    import pikepdf

    held = page.get("/Contents")
    parts = list(held) if isinstance(held, pikepdf.Array) else [held]
    try:
        return b"\n".join(p.read_bytes() for p in parts if isinstance(p, pikepdf.Stream))
    except (pikepdf.PdfError, RuntimeError):
        return b""


def broken_font(obj: "Object") -> bool:
    """Tell whether *obj* describes a font whose file cannot be unpacked: its text may not show."""
    import pikepdf

    files = [obj.get(key) for key in FONT_FILES]
    return any(isinstance(file, pikepdf.Stream) and _broken(file) for file in files)


def _broken(file: "Object") -> bool:
    import pikepdf

    if file.get("/Filter") not in (pikepdf.Name.FlateDecode, pikepdf.Array(["/FlateDecode"])):
        return False
    unpack, count = zlib.decompressobj(), 0
    try:
        for piece in _pieces(file.read_raw_bytes()):
            while piece and count < _LARGEST:
                count += len(unpack.decompress(piece, _BITE))
                piece = unpack.unconsumed_tail  # noqa: PLW2901 - the rest of it
    except zlib.error:
        return True
    except (pikepdf.PdfError, RuntimeError):
        return False
    return False


def _pieces(raw: bytes) -> Iterator[bytes]:
    for start in range(0, len(raw), _BITE):
        yield raw[start : start + _BITE]

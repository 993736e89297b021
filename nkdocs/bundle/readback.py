"""A finished file as it is read back: by pypdf, and by nothing of what wrote it.

pypdf reads the file's table, its catalog and its tree of pages. Of the thousands of pages and
streams that must be looked at, each is read where the table says it stands, at once, if it is
written in the plainest form there is (the number asked for, a dictionary of nothing but names,
numbers and references, the stated length, `endstream`); pypdf reads every other one. So nothing is
taken for granted that a reader does not see, and three thousand pages take moments.
"""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from nkdocs.bundle import stamp

if TYPE_CHECKING:
    from pypdf.generic import DictionaryObject

_DEEP = 50
# ISO 32000-2, 7.3.8 and 7.3.10. A `#` may spell a key in another way, and is left to pypdf.
_PLAIN = re.compile(rb"(\d+) 0 obj\s+<<([^<>()#%]*)>>\s+(endobj\b|stream\r?\n)")
_HEAD = re.compile(rb"(\d+) \d+ obj\b")
_CONTENTS = re.compile(rb"/Contents\s*(?:\[([\d\sR]*)\]|(\d+\s+\d+\s+R))")
_REFERENCE = re.compile(rb"(\d+)\s+0\s+R")
_LENGTH = re.compile(rb"/Length\s+(\d+)\b(?!\s+\d+\s+R)")


class Held:
    """A finished file; each object of it is read only when it is looked at.

    All of it raises PyPdfError where the file is not what a reader expects.
    """

    def __init__(self, data: bytes) -> None:
        """Read the table of a file, its catalog and its tree of pages."""
        from pypdf import PdfReader

        self.data = data
        # Of a BytesIO itself pypdf would make a copy, to see how long it is.
        self._stream = io.BufferedReader(io.BytesIO(data))
        self._reader = PdfReader(self._stream, strict=True)
        root: Any = self._reader.trailer["/Root"]
        self.root = root
        self._places: dict[int, int] = self._reader.xref.get(0, {})
        self._leaves = [*self._pages(root.raw_get("/Pages"), _DEEP)]
        self.places = {leaf.idnum: at for at, leaf in enumerate(self._leaves)}
        self.count = len(self._leaves)

    def __enter__(self) -> Self:
        """Open it to be read."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of it all: pypdf's objects hold each other, and the file, for a long time."""
        self._reader.close()
        self._stream.close()
        self._leaves.clear()
        self.data = b""

    def _pages(self, node: Any, deep: int) -> Iterator[Any]:  # noqa: ANN401 - pypdf's own
        held = node.get_object()
        if "/Kids" not in held:
            yield node
        elif held["/Count"] == len(held["/Kids"]):
            yield from held["/Kids"]  # pages all, and each is looked at later
        elif deep:
            for kid in held["/Kids"]:
                yield from self._pages(kid, deep - 1)

    def leaf(self, number: int) -> "DictionaryObject":
        """Return a page (from 0)."""
        self._plain(self._leaves[number].idnum)
        found: DictionaryObject = self._leaves[number].get_object()
        return found

    def content(self, number: int) -> list[int]:
        """Return the numbers of the content streams of a page (from 0), in order."""
        told, _ = self._plain(self._leaves[number].idnum) or (b"", 0)
        found = _CONTENTS.findall(told)
        if len(found) == 1:
            inner = found[0][0] or found[0][1]
            return [int(number) for number in _REFERENCE.findall(inner)]
        held: Any = self.leaf(number).get("/Contents")
        return [reference.idnum for reference in held] if isinstance(held, list) else []

    def raw(self, number: int) -> bytes:
        """Return the bytes of the stream that is object *number*, as they stand in the file."""
        told, begin = self._plain(number) or (b"", 0)
        length = _LENGTH.search(told)
        if begin and length:
            end = begin + int(length[1])
            if self.data[end : end + 10].lstrip(b"\r\n").startswith(b"endstream"):
                return self.data[begin:end]
        found: Any = self._reader.get_object(number)
        raw: bytes = found._data  # noqa: SLF001 - pypdf gives raw bytes in no other way
        return raw

    def _plain(self, number: int) -> tuple[bytes, int] | None:
        """Return what an object's dictionary holds, and where its stream begins, 0 without one.

        Nothing if it is not written in the plainest form.

        Raises:
            PdfReadError: another object stands there, which pypdf would pass over.
        """
        place = self._places.get(number)
        if place is None:
            return None  # packed into a stream
        found = _PLAIN.match(self.data, place)
        head = found or _HEAD.match(self.data, place)
        if head is None or int(head[1]) != number:
            from pypdf.errors import PdfReadError

            raise PdfReadError
        if found is None:
            return None
        return found[2], found.end() if found[3] != b"endobj" else 0

    def forget(self) -> None:
        """Let go of the objects looked at so far: those of a whole bundle are many, and large."""
        self._reader.resolved_objects.clear()

    def stamp(self, number: int) -> stamp.Stamp | None:
        """Return the stamp of a page (from 0)."""
        streams = self.content(number)
        if not streams:
            return None
        told, _ = self._plain(streams[-1]) or (b"/Filter", 0)
        if b"/Filter" not in told:
            return stamp.parsed(self.raw(streams[-1]))
        held: Any = self._reader.get_object(streams[-1])
        return stamp.parsed(held.get_data())

    def place(self, goal: Any) -> int | None:  # noqa: ANN401 - whatever stands in the PDF
        """Return which page (from 0) a destination leads to."""
        to = goal[0] if isinstance(goal, list) and goal else None
        return self.places.get(getattr(to, "idnum", 0))

    def labels(self) -> Iterator[str]:
        """Yield the number each page is labelled with; "" for one that is not in figures."""
        nums: Any = self.root["/PageLabels"]["/Nums"]
        runs = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        begin, run = 0, {}
        for number in range(self.count):
            if number in runs:
                begin, run = number, runs[number].get_object()
            plain = run.get("/S") == "/D" and "/P" not in run
            yield str(run.get("/St", 1) + number - begin) if plain else ""

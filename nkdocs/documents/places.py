"""Where in the text of a part of a Word file something may be put, found without parsing it.

What a filling writes has one form: the prefix `w`, no comments, no character data. In that form
a part's beginning and its sections are found by their tags, for no answer can hold one: in a text
`<` is always written as `&lt;`. In a part of another form nothing is found.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from lxml import etree
from msgspec import Struct

from nkdocs.documents.wordfile import W, parser

_FAR = 8192  # bytes within which a part's root begins and ends
_TAG = rb"<w:(%s)(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*\s*>"
_ROOT, _BODY = re.compile(_TAG % b"document|hdr"), re.compile(_TAG % b"body")
_PREFIX = re.compile(rb"\sxmlns:w\s*=\s*[\"']" + re.escape(W[1:-1].encode()) + rb"[\"']")
_NAMED = b"xmlns:w="
_OTHER = (b"w:sectPrChange", _NAMED)
_BEGUN = b"<w:sectPr"
_SECTION = re.compile(
    rb"<w:sectPr(?:\s[^<>]*)?/>|(<w:sectPr(?:\s[^<>]*)?>).*?</w:sectPr>", re.DOTALL
)
_END = re.compile(rb"\s*</w:body>")


class Section(Struct, frozen=True):
    """What a section says of its pages.

    Attributes:
        headers: the kinds of headers it has.
        title_page: whether its first page has headers of its own.
        size: size and margins of its pages, as they are written.
    """

    headers: frozenset[str]
    title_page: bool
    size: str


class Places(Struct, frozen=True):
    """Places in a part, in bytes from its beginning.

    Attributes:
        start: behind the tag with which the part begins.
        body: of a document: behind the tag of its body.
        sections: its sections, in order.
        inside: behind the tag of the first section.
        last: whether the last section is the body's own.
    """

    start: int
    body: int | None = None
    sections: Sequence[Section] = ()
    inside: int = 0
    last: bool = False


def find(data: bytes) -> Places | None:
    """Return the places of a header or a document; None where it is written in another form."""
    root = _ROOT.search(data, 0, _FAR)
    whole = root is not None and root[1] == b"document"
    body = _BODY.search(data, root.end(), root.end() + _FAR) if root and whole else None
    tags = [tag for tag in (root, body) if tag]
    if root is None or not all(_PREFIX.search(t[0]) for t in tags if t is root or _NAMED in t[0]):
        return None
    strange = any(data.find(other, tags[-1].end()) >= 0 for other in _OTHER)
    declared = len(b"<?xml ") * data.startswith(b"<?xml ")
    if strange or _opens(data, b"!", tags[-1].end()) or _opens(data, b"?", declared):
        return None
    if not whole:
        return Places(root.end())
    found, at = list[re.Match[bytes]](), data.find(_BEGUN, root.end())
    while at >= 0 and (one := _SECTION.match(data, at)):
        found.append(one)
        at = data.find(_BEGUN, one.end())
    if body is None or at >= 0 or (found and found[0][1] is None):
        return None
    sections = [_read(root[0], f[0]) for f in found]
    last = bool(found) and _END.match(data, found[-1].end()) is not None
    return Places(root.end(), body.end(), sections, found[0].end(1) if found else 0, last)


def _opens(data: bytes, sign: bytes, start: int) -> bool:
    """Whether *sign* follows a `<` behind *start*: it is rarer, and found sooner, than a `<`."""
    at = data.find(sign, start)
    while at >= 0:
        if data.startswith(b"<", at - 1):
            return True
        at = data.find(sign, at + 1)
    return False


def put(data: bytes, more: Mapping[int, str]) -> bytes:
    """Return *data* with texts of XML put in at their places."""
    out, end = [], 0
    for at, text in sorted(more.items()):
        out += [data[end:at], text.encode("utf-8")]
        end = at
    return b"".join([*out, data[end:]])


@lru_cache(maxsize=256)
def _read(root: bytes, text: bytes) -> Section:
    """Return what a section says; it is the template's own, the same in all its letters."""
    tree = etree.fromstring(root + text + b"</w:document>", parser())
    return section(tree[0])


def section(element: Any) -> Section:  # noqa: ANN401 - lxml element
    """Return what a section says."""
    new = etree.Element(f"{W}sectPr", nsmap={"w": W[1:-1]})
    for name in ("pgSz", "pgMar"):
        found = element.find(f"{W}{name}")
        if found is not None:
            etree.SubElement(new, f"{W}{name}", dict(found.attrib))
    size = "".join(etree.tostring(e, encoding="unicode") for e in new)
    kinds = frozenset(h.get(f"{W}type", "") for h in element.findall(f"{W}headerReference"))
    titled = element.find(f"{W}titlePg") is not None
    return Section(kinds, titled, size.replace(f' xmlns:w="{W[1:-1]}"', ""))

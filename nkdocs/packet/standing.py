"""How a case stands: a code that changes when an answer or an edited paper does.

A supervisor's review names the code of the sheet that was signed, so it is known whether what was
reviewed is still what would be sent. What arises at signing, the client's consents and the date of
the papers do not change it.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping

from nkdocs.case import Hand
from nkdocs.packet.desk import Desk

_LEFT_OUT = frozenset({"answers", "consent", "meta", "readback", "review", "signing"})
_PROGRAM = frozenset({"_accepted", "_confirmed"})  # keys of the program's own that change a paper
_REVIEW = "L011"
_CODE = 12


def standing(desk: Desk) -> str:
    """Return the code of the answers and edited papers as they are now."""
    return code_of(marks(desk))


def code_of(known: Mapping[str, str]) -> str:
    """Return the code of *known* marks."""
    return _hashed(json.dumps(known, sort_keys=True))


def marks(desk: Desk) -> dict[str, str]:
    """Return a mark of each answer and of each edited paper that leaves the office, by path."""
    found: dict[str, str] = {}
    for key, value in desk.file.data.items():
        if key in _LEFT_OUT or (key.startswith("_") and key not in _PROGRAM):
            continue
        told = _others(value) if key == "_accepted" else value
        found |= {path: _hashed(text)[:8] for path, text in _leaves(told, key)}
    return found | dict(_edited(desk))


def _others(entries: object) -> object:
    """Return what was accepted besides the lack of a review, of which the code is itself a fact."""
    listed = entries if isinstance(entries, list) else []
    return [e for e in listed if not (isinstance(e, dict) and e.get("code") == _REVIEW)]


def _leaves(data: object, path: str) -> Iterator[tuple[str, str]]:
    """Yield every plain answer below *data* with its path, items of lists by their ids."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, f"{path}.{key}")
    elif isinstance(data, list) and any(isinstance(d, dict) for d in data):
        for number, value in enumerate(data, 1):
            name = value.get("id") if isinstance(value, dict) else None
            yield from _leaves(value, f"{path}.{name or number}")
    elif data not in (None, ""):
        yield path, json.dumps(data, ensure_ascii=False)


def _edited(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield each edited paper with a mark of its words; cites, which move, are left out."""
    from nkdocs.documents import edited
    from nkdocs.documents.told import numbered_paragraphs

    for document in desk.catalogue.documents.values():
        for file in document.files:
            outside = file.audience != "internal"
            if not outside or desk.case.hand(file.file) not in {Hand.EDITED, Hand.UNKNOWN}:
                continue
            docx = edited.unmark(desk.case.read(f"out/{file.file}"), file.file)
            told = (text for _, text in numbered_paragraphs(docx, file.file))
            said = " ".join(" ".join(told).split())
            last = desk.case.last(file.file, "document") or {}
            for _, printed in last.get("cites", ()):
                said = said.replace(" ".join(str(printed).split()), "")
            yield f"out/{file.file}", _hashed(said)[:8]
    for filing in desk.filings:
        name = f"{filing.id}/email.txt"
        if desk.case.hand(name) is Hand.EDITED:
            text = desk.case.read(f"out/{name}").decode("utf-8", "replace")
            yield f"out/{name}", _hashed(text)[:8]


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_CODE]

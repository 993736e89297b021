"""Cites of an edited paper that may be stale: told, and kept in its record, until they are read.

They are looked for where the paper's own filing has its numbers; elsewhere the record keeps what
was in doubt before.
"""

from msgspec.structs import replace

from nkdocs.case import Record
from nkdocs.checks.facts import Found
from nkdocs.citations import doubts
from nkdocs.citations.doubts import Doubt, Known, Pair
from nkdocs.citations.pagemap import PageMap, thawed
from nkdocs.diagnostics import Finding, Place
from nkdocs.documents import edited
from nkdocs.packet.desk import Desk

_GONE, _TYPED = "cites_gone", "cites_doubted"
_HINT = (
    "Read the sentence and correct the cite in Word by today's numbers. If it is right as it "
    "stands, or went with its sentence, this can be accepted."
)
Told = tuple[Doubt, list[Finding]]


def doubtful(desk: Desk, docx: bytes, name: str, now: PageMap | None) -> list[Told] | None:
    """Return the cites of an edited paper that new numbers leave behind, without those accepted.

    One that is gone and whose page has not moved is nothing to be told, and kept: it may yet.

    Args:
        desk: the case.
        docx: the paper as somebody edited it, before its cites are brought up to date.
        name: its file in `out/`.
        now: the numbers of the filing it leads; where they are not known nothing can be said.
    """
    if now is None:
        return None
    last = desk.case.last(name, "document") or {}
    recorded = _pairs(last, "cites")
    then = _then(desk, name, recorded, now)
    known = Known(recorded, _pairs(last, _GONE), _pairs(last, _TYPED), then, now)
    found = doubts.doubts(edited.standing(edited.unmark(docx, name), name), known)
    told = [(d, desk.unaccepted([_finding(desk, name, d)] if d.moved else [])) for d in found]
    return [(doubt, left) for doubt, left in told if left or not doubt.moved]


def record(found: list[Told] | None) -> Record:
    """Return what the manifest keeps of cites in doubt; nothing new where none was looked for."""
    return {
        key: [[doubt.written, doubt.text] for doubt, _ in found if doubt.gone is gone]
        for key, gone in ((_GONE, True), (_TYPED, False))
        if found is not None
    }


def is_doubted(told: Record, typed: str) -> bool:
    """Whether a cite typed by hand is in doubt, so that what it leads to is not what it means."""
    return typed in {text for _, text in _pairs(told, _TYPED)}


def _then(desk: Desk, name: str, recorded: tuple[Pair, ...], now: PageMap) -> PageMap:
    """Return the numbers that a paper was last written with: those bound before, if it has them."""
    bound = None
    before: Record = {}
    for entry in desk.case.manifest():
        if entry.get("kind") == "bundle" and entry.get("filing") == now.filing:
            before = entry.get("pages") or before
        if entry.get("kind") == "document" and entry.get("path") == name:
            bound = before
    pages = thawed(bound) if bound else None
    same = pages is not None and doubts.same_numbers(recorded, pages)
    return pages if pages and same else doubts.numbers_then(recorded, now)


def _pairs(told: Record, key: str) -> tuple[Pair, ...]:
    return tuple((str(written), str(text)) for written, text in told.get(key, ()))


def _finding(desk: Desk, name: str, doubt: Doubt) -> Finding:
    """Return the finding of a cite in doubt."""
    place = Place(f"out/{name}", part=edited.listed(doubt.spots))
    told = {"cite": f"“{doubt.text}”", "guess": str(doubt)}
    return replace(desk.worded(Found("L601", doubt.text, facts=told, place=place)), hint=_HINT)

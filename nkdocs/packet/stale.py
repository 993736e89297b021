"""Cites of an edited paper that may be stale: told, and kept in its record, until they are read.

They are looked for where the paper's own filing has its numbers; elsewhere the record keeps what
was in doubt before.
"""

from collections.abc import Collection

from msgspec.structs import replace

from nkdocs.case import Record
from nkdocs.checks.facts import Found
from nkdocs.citations import doubts
from nkdocs.citations.doubts import Apart, Doubt, Known, Pair
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
    typed, marks = _pairs(last, _TYPED), _marks(last)
    known = Known(recorded, _pairs(last, _GONE), typed, then, now, marks)
    found = doubts.doubts(edited.standing(docx, name), known)
    told = [(d, desk.unaccepted([_finding(desk, docx, name, d)] if d.moved else [])) for d in found]
    return [(doubt, left) for doubt, left in told if left or not doubt.moved]


def apart(desk: Desk, docx: bytes, name: str) -> Apart:
    """Return where cites stand that were in doubt and look like some of the program's own."""
    last = desk.case.last(name, "document") or {}
    marks = _marks(last)
    own = {text for _, printed in _pairs(last, "cites") for text in doubts.prints(printed)}
    if not own & marks.keys():
        return {}
    standing = edited.standing(docx, name)
    return doubts.apart(standing, _pairs(last, "cites"), marks)


def record(found: list[Told] | None, last: Record, unclear: Collection[str]) -> Record:
    """Return what the manifest keeps of cites in doubt; nothing new where none was looked for.

    One that cannot be told from a cite that moved is kept, although it was accepted.
    """
    if found is None:
        return {}
    gone = [[d.written, d.text] for d, _ in found if d.gone]
    typed = [[d.written, d.text, *d.marks] for d, _ in found if not d.gone]
    told = {doubt.text for doubt, _ in found if not doubt.gone}
    alike = {text for printed in unclear for text in doubts.prints(printed)} - told
    typed += [entry for entry in last.get(_TYPED, ()) if entry[1] in alike]
    return {_GONE: gone, _TYPED: typed}


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
    return tuple((str(written), str(text)) for written, text, *_ in told.get(key, ()))


def _marks(told: Record) -> dict[str, tuple[str, ...]]:
    """Return the marks of the places of each cite typed by hand; an old record has none."""
    return {str(text): tuple(map(str, marks)) for _, text, *marks in told.get(_TYPED, ())}


def _finding(desk: Desk, docx: bytes, name: str, doubt: Doubt) -> Finding:
    """Return the finding of a cite in doubt."""
    words = edited.quoted(docx, name, doubt.spots, doubt.text)
    where = edited.listed(doubt.spots)
    place = Place(f"out/{name}", part=where, text=words[0].strip("“…”") if words else "")
    told = {"cite": f"“{doubt.text}”", "guess": str(doubt)}
    found = desk.worded(Found("L601", doubt.text, facts=told, place=place))
    near = f" — {', '.join(words)}" if words else ""
    return replace(found, message=f"{found.message}{near}", hint=_HINT)

"""Cites of an edited paper that the numbers left behind: print cannot tell what they mean now.

A recorded cite that stands as it was printed moves with its page. One that was changed by hand,
and one that was typed, do not: what they meant, the numbers tell that the paper had by then.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nkdocs.citations.cite import PRINTED, Cite, cite_of, parse, printed, target
from nkdocs.citations.pagemap import Entry, PageMap, UnknownCiteError

Pair = tuple[str, str]  # how a cite is written in answers; what it printed, or what was typed
Spot = tuple[str, int]  # a part of a paper, as a Word user calls it, and the paragraph in it
Places = Mapping[str, list["Standing"]]  # where a cite stands, by what it prints
# The marks of the places where a doubted cite stands whose text one of the program's own prints
# too; None where these cannot be told apart.
Apart = Mapping[str, frozenset[str] | None]
_PAGE = re.compile(
    r",?[ \u00a0]+(?:pages?|pp?\.)[ \u00a0]*(?P<page>\d{1,6})(?:[-\u2013](?P<last>\d{1,6}))?\b"
)
_WINDOW = 40  # letters on each side by which a place is known again


class Standing(Struct, frozen=True):
    """A cite that stands in a paper, made `plain`, and where.

    Attributes:
        mark: its `place_mark`.
        worded: how it would print if it is one of a page in words, as "Tab B, page 12" is.
    """

    text: str
    spot: Spot
    mark: str = ""
    worded: str = ""


class Doubt(Struct, frozen=True):
    """A cite that may lead to another page than its sentence speaks of.

    Attributes:
        written: what it meant by the numbers of then.
        text: what it printed then, or what was typed.
        now: what that page prints today; empty where it is not in the filing.
        leads: the exhibit that what was typed leads to today; empty if it leads to none.
        gone: it was printed, and no longer stands in the paper.
        moved: that page has other numbers now; of one that is gone nothing is to be told before.
        spots: where it stands; of one that is gone, where a cite of its tab was typed.
        marks: by which the places of one typed by hand are known again in the next build.
    """

    written: str
    text: str
    now: str
    leads: str = ""
    gone: bool = False
    moved: bool = True
    spots: tuple[Spot, ...] = ()
    marks: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Say what is to be read, the cite itself left out."""
        if self.gone:
            then = "it stood here and" if self.spots else "it was printed, and"
            return f"{then} is gone; that page is now {self.now}: read the sentence"
        one = _cite(self.written)
        then = one.id if one else ""
        where = f"now {self.now}" if self.now else "which is no longer in the filing"
        leads = f"'{self.leads}'" if self.leads != then else "another page of it"
        today = f"leads to {leads}" if self.leads else "leads nowhere"
        return (f"typed by hand; by the numbers before, it led to '{then}', {where}, "
                f"and today it {today}: read the sentence")  # fmt: skip


class Known(Struct, frozen=True):
    """What is known of the cites of a paper.

    Attributes:
        recorded: those recorded when it was written or last brought up to date.
        gone: those that were gone by then, and whose sentence nobody has read since.
        typed: those typed by hand that were in doubt by then, with what they meant.
        then: the numbers by which it was written.
        now: those of today.
        marks: those of the places where the typed ones stood, by what was typed.
    """

    recorded: tuple[Pair, ...]
    gone: tuple[Pair, ...]
    typed: tuple[Pair, ...]
    then: PageMap
    now: PageMap
    marks: Mapping[str, tuple[str, ...]] = {}


def plain(text: str) -> str:
    """Return a cite with single plain spaces, and with the dash that ranges are printed with."""
    return " ".join(text.split()).replace("-", "\u2013")


def place_mark(text: str, start: int, end: int) -> str:
    """Return what a place in a paragraph is known by: the words around it, cites left open."""
    told = (text[:start], text[end:])
    before, after = (re.sub("_+", "_", re.sub(r"\W", "", PRINTED.sub("_", t))) for t in told)
    words = f"{before[-_WINDOW:]}\x1f{after[:_WINDOW]}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def in_words(cite: str, after: str) -> str:
    """Return how a cite would print whose page stands after it in words, else nothing."""
    found = None if " at " in cite else _PAGE.match(after)
    if found is None:
        return ""
    return plain(f"{cite} at {found['page']}" + (f"-{found['last']}" if found["last"] else ""))


def prints(text: str) -> list[str]:
    """Return the cites in what one cite printed: into another volume it goes over as two."""
    return [plain(found[0]) for found in PRINTED.finditer(text)]


def apart(
    standing: Sequence[Standing], recorded: Sequence[Pair], marks: Mapping[str, tuple[str, ...]]
) -> Apart:
    """Tell the doubted cites from those of the program's own that print the same.

    They are told apart if every doubted place is there, with that cite or with the one that
    corrected it, and elsewhere no more stand than were recorded.
    """
    own, there = _own_count(recorded), {cite.mark for cite in standing}
    out: dict[str, frozenset[str] | None] = {}
    for text in marks.keys() & own.keys():
        told = frozenset(marks[text])
        rest = sum(cite.text == text and cite.mark not in told for cite in standing)
        sure = told and (not rest or (told <= there and rest <= own[text]))
        out[text] = told if sure else None
    return out


def _own_count(recorded: Sequence[Pair]) -> Counter[str]:
    return Counter(text for _, told in recorded if _own(told) for text in prints(told))


def same_numbers(recorded: Sequence[Pair], pages: PageMap) -> bool:
    """Whether every cite has the numbers in *pages* that it printed."""
    return all(_stays(pair, pages) for pair in recorded)


def numbers_then(recorded: Sequence[Pair], now: PageMap) -> PageMap:
    """Return the page map by which *recorded* cites were printed, as far as they tell it."""
    entries: dict[str, Entry] = {}
    for written, text in recorded:
        one, found = _cite(written), _own(text)
        entry = next((e for e in now.entries if one and e.id == one.id), None)
        if one is None or found is None or entry is None:
            continue
        told = entries.get(one.id)
        if told is None or (found["page"] and not told.runs):
            entries[one.id] = _as_printed(entry, one, found["tab"], int(found["page"] or 0), now)
    return PageMap(now.filing, tuple(entries.values()), 0)


def _as_printed(entry: Entry, one: Cite, tab: str, page: int, now: PageMap) -> Entry:
    """Return an exhibit where a cite of *page* has it: all its pages moved by as much."""
    try:
        by = page - target(one, now)
    except UnknownCiteError:
        page = by = 0
    if not page:
        return replace(entry, tab=tab, runs=(), sheet=0)
    runs = tuple(replace(run, first=run.first + by) for run in entry.runs)
    return replace(entry, tab=tab, runs=runs, sheet=entry.sheet and entry.sheet + by)


def doubts(standing: Sequence[Standing], known: Known) -> list[Doubt]:
    """Return the cites of a paper that its new numbers left behind, those typed by hand first."""
    own = _own_count(known.recorded)
    held = {text: known.marks.get(text, ()) for _, text in known.typed}
    alike = apart(standing, known.recorded, held)
    places: dict[str, list[Standing]] = {}
    here: set[str] = set()
    for cite in standing:
        only = alike.get(cite.text)
        if cite.text not in own or (cite.text in alike and (only is None or cite.mark in only)):
            places.setdefault(cite.text, []).append(cite)
        if only is None or cite.mark not in only:
            here.add(cite.text)
    gone = [p for p in known.recorded if any(t not in here for t in prints(p[1]))]
    gone = [*dict.fromkeys((*gone, *known.gone))]
    typed = [*_typed(places, [p for p in gone if not _stays(p, known.now)], known)]
    # the places of those that cannot be told apart are not learnt anew: some are sound
    typed = [replace(d, marks=held[d.text]) if alike.get(d.text, ...) is None else d for d in typed]
    sound = [t for t in places if t not in {doubt.text for doubt in typed}]
    worded = [cite_of(cite.worded, known.now) for cite in standing if cite.worded]
    left = _gone(gone, sound, places, known.now)
    return [*typed, *(_put_in_words(doubt, worded) for doubt in left)]


def _put_in_words(doubt: Doubt, worded: Sequence[Cite | None]) -> Doubt:
    """Return a cite that is gone, by today's numbers if it stands in words by them.

    Words do not move with the page: it is kept, and told when the page moves again.
    """
    pair = (doubt.written, doubt.text)
    if not doubt.moved or not any(_shows(cite, pair) for cite in worded):
        return doubt
    return replace(doubt, text=doubt.now, moved=False)


def _typed(places: Places, gone: Sequence[Pair], known: Known) -> Iterator[Doubt]:
    """Yield the cites typed by hand that meant another page by the numbers of then."""
    held = {text: written for written, text in known.typed}
    for text, where in places.items():
        exact = _cite(held[text]) if text in held else cite_of(text, known.then)
        meant, today = exact or _about(text, known.then), cite_of(text, known.now)
        if meant is None or not _differ(text, meant, today, known.now):
            continue
        read = {cite.worded or text for cite in where}
        if not all(_mends(text, cite_of(said, known.now), gone) for said in read):
            leads = today.id if today else ""
            marks = tuple(dict.fromkeys(cite.mark for cite in where))
            today_said = _today(str(meant), known.now)
            yield Doubt(str(meant), text, today_said, leads, spots=_spots(where), marks=marks)


def _gone(
    gone: Sequence[Pair], sound: Sequence[str], places: Places, now: PageMap
) -> Iterator[Doubt]:
    """Yield the cites that are gone, but for those in whose place one by today's numbers stands."""
    for written, text in gone:
        today, found = _today(written, now), _own(text)
        if today and found and not any(_meets(cite_of(t, now), (written, text)) for t in sound):
            near = [cite for t, at in places.items() if found["tab"] == _tab(t) for cite in at]
            where = _spots(near)
            moved = not _stays((written, text), now)
            yield Doubt(written, plain(text), today, gone=True, moved=moved, spots=where)


def _spots(cites: Sequence[Standing]) -> tuple[Spot, ...]:
    return tuple(dict.fromkeys(cite.spot for cite in cites))


def _about(text: str, then: PageMap) -> Cite | None:
    """Return the exhibit that stood under the tab of a cite, whatever page it names."""
    entry = then.under(_tab(text))
    return Cite(entry.id) if entry else None


def _differ(text: str, meant: Cite, today: Cite | None, now: PageMap) -> bool:
    """Whether what was typed means something else today than what was *meant*."""
    if meant.page or meant.mark:
        return today != meant
    entry = now.under(_tab(text))
    return entry is None or entry.id != meant.id


def _mends(text: str, today: Cite | None, gone: Sequence[Pair]) -> bool:
    """Whether what was typed brought a cite that is gone up to date.

    One of the tab of another that is gone may as well be that one, changed by the numbers before.
    """
    stale = any(_tab(old) == _tab(text) for _, old in gone)
    return not stale and any(_shows(today, pair) for pair in gone)


def _shows(today: Cite | None, pair: Pair) -> bool:
    """Whether a cite by today's numbers names the very page that one that is gone did."""
    one = _cite(pair[0])
    if today is None or one is None or (today.id, today.mark) != (one.id, one.mark):
        return False
    return today.page <= one.page <= (today.last or today.page)


def _meets(today: Cite | None, pair: Pair) -> bool:
    """Whether a cite by today's numbers leads where one that is gone did; of a page, to a page."""
    one = _cite(pair[0])
    if today is None or one is None or today.id != one.id:
        return False
    return bool(today.page or today.mark) or not (one.page or one.mark)


def _stays(pair: Pair, pages: PageMap) -> bool:
    """Whether a cite has the tab and page in *pages* that it printed; what is not there stays."""
    one, found = _cite(pair[0]), _own(pair[1])
    if one is None or found is None:
        return True
    try:
        page, entry = target(one, pages), pages.entry(one.id)
    except UnknownCiteError:
        return True
    numbered = entry.paragraphs[one.mark][0] if one.mark else 0
    told = [(int(found[n] or 0), now) for n, now in (("page", page), ("paragraph", numbered))]
    return entry.tab == found["tab"] and all(then in {0, now} for then, now in told)


def _today(written: str, now: PageMap) -> str:
    """Return what a cite prints today, nothing where it leads nowhere."""
    one = _cite(written)
    try:
        return plain(printed(one, now)) if one else ""
    except UnknownCiteError:
        return ""


def _cite(written: str) -> Cite | None:
    return next((one for one in parse(written) if isinstance(one, Cite)), None)


def _own(text: str) -> re.Match[str] | None:
    """Return the first cite in what was printed, None of an earlier filing's or an open one's."""
    found = PRINTED.search(text)
    return None if found is None or found["tab"] == "?" or "Exs.," in text else found


def _tab(text: str) -> str:
    found = PRINTED.search(text)
    return found["tab"] if found else ""

"""What a filing lists, before any of its exhibits is read: entries, papers, cover, numbers."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nkdocs._jinja import Missing
from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.answers.view import Answers, Items
from nkdocs.bundle import venues
from nkdocs.bundle.certificate import Translator
from nkdocs.bundle.sheets import Cover, Respondent
from nkdocs.bundle.venues import Venue
from nkdocs.checks.facts import key
from nkdocs.citations.pagemap import PageMap
from nkdocs.diagnostics import Finding, State
from nkdocs.errors import TemplateError
from nkdocs.kinds.dates import Dated, long_day
from nkdocs.packet import numbering
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, Paper, lead_file, make


class Listed(Struct, frozen=True):
    """What a filing lists.

    Attributes:
        exhibits: in the order in which they are bound, each with its title.
        late: those that were put at the end, as findings.
        tabs: how many tabs came before.
        start: the number of the first page.
        papers: exhibits that are documents, filled or as someone edited them, by exhibit id.
        signed: the records of those that were signed, by exhibit id.
        translators: who signs the certificates that are still to be drawn, by exhibit id.
    """

    filing: Filing
    state: State
    venue: Venue
    cover: Cover
    exhibits: tuple[Exhibit, ...]
    late: tuple[Finding, ...]
    tabs: int
    start: int
    papers: Mapping[str, Paper]
    signed: Mapping[str, Mapping[str, str]]
    translators: Mapping[str, Translator]


def listed(
    desk: Desk,
    filing: Filing,
    state: State,
    notes: Sequence[Finding] = (),
    *,
    renumber: bool = False,
) -> Listed:
    """Return what *filing* lists; its documents are filled, and none of its files is read.

    Args:
        desk: the case.
        filing: which exhibits, for which venue.
        state: how far the documents among the exhibits have come.
        notes: findings for the tear-off pages of drafts.
        renumber: number in the order listed, although a final was made in another.

    Raises:
        TemplateError: there is no such venue.
        UsageError: the filing that it continues was not sent yet.
    """
    venue = venue_of(desk, filing.venue)
    known = {e.id: e for e in desk.exhibits}
    wanted = [known[name] for name in filing.exhibits if name in known]
    late = list[Finding]()
    if not renumber:
        wanted, late = numbering.in_order(desk, filing, wanted)
    tabs, start = numbering.begins(desk, filing)
    papers, signed = _papers(desk, wanted, state, notes)
    titled = tuple(_titled(desk, e) for e in wanted)
    return Listed(
        filing,
        state,
        venue,
        cover(desk, filing, venue),
        titled,
        tuple(late),
        tabs,
        start,
        papers,
        signed,
        translators(desk, titled) if filing.audience == "court" else {},
    )


def exhibits_of(desk: Desk, pages: PageMap) -> tuple[Mapping[str, str], ...]:
    """Return what a template may list of a filing's exhibits: id, title, tab, date."""
    dates = {e.id: e.date for e in desk.exhibits}
    return tuple(
        {"id": e.id, "title": e.title, "tab": e.tab, "date": dates.get(e.id, "")}
        for e in pages.entries
    )


def venue_of(desk: Desk, name: str) -> Venue:
    """Return a venue's profile, from the case's, the office's or the shipped file.

    Raises:
        TemplateError: there is no such venue.
    """
    known = venues.found(desk.templates)
    if name not in known:
        msg = f"there is no venue '{name}'"
        raise TemplateError(msg, hint=f"Known are: {', '.join(known)}.")
    return known[name]


def _papers(
    desk: Desk, wanted: Sequence[Exhibit], state: State, notes: Sequence[Finding]
) -> tuple[dict[str, Paper], dict[str, dict[str, str]]]:
    """Return the exhibits that are documents, and the records of those that were signed."""
    papers: dict[str, Paper] = {}
    signed: dict[str, dict[str, str]] = {}
    for exhibit in wanted:
        if not exhibit.document:
            continue
        record = signed_record(desk, exhibit.document)
        if record is not None:
            signed[exhibit.id] = record
            continue
        document = desk.documents([exhibit.document])[0]
        around = Circumstances(state, tuple(desk.case.served().values()), notes=tuple(notes))
        papers[exhibit.id] = make(desk, document, lead_file(document), around)
    return papers, signed


def signed_record(desk: Desk, document: str) -> dict[str, str] | None:
    """Return the record of a document's signed scan, None while it is not signed."""
    records = [r for r in desk.case.manifest() if r.get("kind") == "signed"]
    return next((r for r in reversed(records) if r.get("document") == document), None)


def signed_paragraphs(record: Mapping[str, object]) -> Mapping[str, tuple[int, int]]:
    """Return the named paragraphs of a signed document, as its record tells them."""
    known = record.get("paragraphs")
    named = known if isinstance(known, dict) else {}
    return {name: (int(n), int(page)) for name, (n, page) in named.items()}


def _titled(desk: Desk, exhibit: Exhibit) -> Exhibit:
    """Return an exhibit with its title, that of its document if it has none of its own."""
    if exhibit.title or not exhibit.document:
        return exhibit
    document = desk.documents([exhibit.document])[0]
    return replace(exhibit, title=document.title)


def translators(desk: Desk, wanted: Sequence[Exhibit]) -> dict[str, Translator]:
    """Return who signs the certificates of translations that have none yet, by exhibit id."""
    people = desk.answers("court").value(("people",))
    known = {p.id: p for p in people} if isinstance(people, Items) else {}
    found = {}
    for exhibit in wanted:
        person = known.get(exhibit.translator)
        if person is None or exhibit.certificate or not exhibit.translation:
            continue
        told = {key: person.lookup(key) for key in ("name", "phone", "address")}
        address = tuple(str(line) for line in getattr(told["address"], "lines", ()))
        name, phone = ("" if isinstance(v, Missing) else str(v)
                       for v in (told["name"], told["phone"]))  # fmt: skip
        found[exhibit.id] = Translator(name, address, phone)
    return found


_PROCEEDINGS = {
    "removal_240": "In removal proceedings",
    "asylum_only": "In asylum-only proceedings",
    "withholding_only": "In withholding-only proceedings",
}
"""What a cover says of the proceedings; where no court sits it says nothing."""


def cover(desk: Desk, filing: Filing, venue: Venue) -> Cover:
    """Return what the bundle's first page says of the case and the filing."""
    answers = desk.answers(filing.audience)
    hearing = answers.value(("case", "next_hearing", "when"))
    detained = answers.value(("case", "detained"))
    people = tuple(_respondents(answers))
    return Cover(
        title=_cover_title(desk, filing, several=len(people) > 1),
        forum=_forum(answers, filing, venue),
        respondents=people,
        proceeding=_PROCEEDINGS.get(key(answers.value(("case", "proceeding"))), ""),
        custody=""
        if isinstance(detained, Missing)
        else ("DETAINED" if detained else "NON-DETAINED"),
        judge=_text(answers, "case", "judge") if filing.audience == "court" else "",
        hearing=str(hearing) if isinstance(hearing, Dated) else "",
        filer=_filer(answers),
        date=long_day(desk.day) if desk.day else "",
    )


def _cover_title(desk: Desk, filing: Filing, *, several: bool) -> str:
    """Return the title on the cover: that of the filing, or what its exhibits support."""
    if not filing.lead:
        own = "Respondents\u2019 Exhibits" if several else "Respondent\u2019s Exhibits"
        return filing.title or own
    lead = filing.title or desk.documents([filing.lead])[0].title
    return f"Exhibits in Support of {lead}"


def _forum(answers: Answers, filing: Filing, venue: Venue) -> tuple[str, ...]:
    court = _text(answers, "case", "court")
    if filing.audience == "court" and filing.recipient.startswith("eoir"):
        head = ("United States Department of Justice", "Executive Office for Immigration Review")
        return (*head, "Immigration Court", court) if court else head
    office_ = _text(answers, "pd", "opla_office", "name") if filing.audience == "opla" else ""
    return (office_,) if office_ else (venue.title,)


def _respondents(answers: Answers) -> list[Respondent]:
    people = answers.value(("respondents",))
    found = []
    for person in people if isinstance(people, Items) else ():
        name = person.lookup("name")
        if isinstance(name, Missing):
            continue
        native = getattr(name, "native", "")
        number = person.lookup("a_number")
        found.append(
            Respondent(
                str(name), str(native or ""), "" if isinstance(number, Missing) else str(number)
            )
        )
    return found


def _filer(answers: Answers) -> tuple[str, ...]:
    lines = [_text(answers, "counsel", "name"), _text(answers, "office", "name")]
    address = answers.value(("office", "address"))
    lines += [str(line) for line in getattr(address, "lines", ())]
    phone = _text(answers, "counsel", "phone") or _text(answers, "office", "phone")
    email = _text(answers, "counsel", "email") or _text(answers, "office", "email")
    eoir = _text(answers, "counsel", "eoir_id")
    return tuple(t for t in (*lines, phone, email, f"EOIR ID {eoir}" if eoir else "") if t)


def _text(answers: Answers, *spot: str) -> str:
    value = answers.value(spot)
    return "" if isinstance(value, Missing) else str(value)

"""The exhibits of a filing: gathered, cleaned, bound, so that every page has its number."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from nkdocs._jinja import Missing
from nkdocs._working import Content
from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.answers.view import Answers, Items
from nkdocs.bundle import binding, intake, venues
from nkdocs.bundle.binding import Binding, Listing
from nkdocs.bundle.certificate import Translator, draw_certificate
from nkdocs.bundle.intake import Prepared
from nkdocs.bundle.pages import Bundle, build_bundle
from nkdocs.bundle.sheets import Cover, Respondent
from nkdocs.bundle.venues import Venue
from nkdocs.bundle.volumes import file_names
from nkdocs.checks.facts import key
from nkdocs.citations.pagemap import PageMap
from nkdocs.convert import office
from nkdocs.convert.pdf import Converter, Pdf
from nkdocs.convert.places import paragraph_pages
from nkdocs.diagnostics import Finding, Severity, State, stop
from nkdocs.documents.marks import numbered_texts
from nkdocs.documents.wordfile import WordFile
from nkdocs.errors import TemplateError
from nkdocs.kinds.dates import Dated, long_day
from nkdocs.packet import numbering, pdfs, privileged
from nkdocs.packet.desk import Desk
from nkdocs.packet.papers import Circumstances, Paper, lead_file, make

_LETTER = 1_000_000  # bytes kept free in the file that begins with the letter
Paragraphs = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Bound:
    """A filing's exhibits as one bundle.

    Attributes:
        papers: exhibits that are documents: filled, or as someone edited them.
        made: their PDFs, by the paper's name.
    """

    filing: Filing
    bundle: Bundle
    prepared: tuple[Prepared, ...]
    findings: tuple[Finding, ...]
    papers: tuple[Paper, ...] = ()
    made: Mapping[str, Pdf] = field(default_factory=dict)

    @property
    def files(self) -> dict[str, Content]:
        """The bundle's files by path in `out/`: exhibits.pdf, or exhibits_Part1.pdf and so on."""
        volumes = self.bundle.volumes
        names = file_names(f"{self.filing.id}/exhibits", len(volumes))
        return {name: volume.file for name, volume in zip(names, volumes, strict=True)}

    @property
    def draft(self) -> bool:
        """Whether pages of the draft engine are in it."""
        return any(p.draft for p in self.made.values())


def bind(
    desk: Desk,
    filing: Filing,
    state: State,
    notes: Sequence[Finding] = (),
    *,
    renumber: bool = False,
) -> Bound:
    """Bind the exhibits of *filing*.

    Args:
        desk: the case.
        filing: which exhibits, for which venue.
        state: how far the documents among the exhibits have come.
        notes: findings for the tear-off pages of drafts.
        renumber: number in the order listed, although a final was made in another.

    Raises:
        ExhibitError: exhibits cannot be used; all of them are named.
        ConversionError, MissingProgramError: a document cannot become a PDF.
    """
    ready = _gather(desk, filing, state, notes, renumber=renumber)
    bundle = build_bundle(ready.intake.prepared, ready.binding)
    lost = [f for p in ready.papers for f in p.findings]
    told = [*ready.late, *bundle.findings, *numbering.moved(desk, filing, bundle.pages)]
    found = (*ready.intake.findings, *desk.unaccepted(told), *lost)
    return Bound(
        filing, bundle, ready.intake.prepared, found, ready.papers, MappingProxyType(ready.made)
    )


def page_map(desk: Desk, filing: Filing, state: State) -> PageMap:
    """Return the page map that the bundle of *filing* will have; none of it is written.

    Raises:
        ExhibitError: exhibits cannot be used; all of them are named.
        ConversionError, MissingProgramError: a document cannot become a PDF.
    """
    ready = _gather(desk, filing, state, ())
    return binding.page_map(ready.intake.prepared, ready.binding)


@dataclass(frozen=True, slots=True)
class _Ready:
    intake: intake.Intake
    binding: Binding
    papers: tuple[Paper, ...]
    made: Mapping[str, Pdf]
    late: tuple[Finding, ...] = ()


def _gather(
    desk: Desk,
    filing: Filing,
    state: State,
    notes: Sequence[Finding],
    *,
    renumber: bool = False,
) -> _Ready:
    """Read and clean the exhibits of *filing*; documents among them become PDFs first."""
    venue = venue_of(desk, filing.venue)
    wanted, late = _listed(desk, filing), list[Finding]()
    if not renumber:
        wanted, late = numbering.in_order(desk, filing, wanted)
    start_tab, start_page = numbering.begins(desk, filing)
    papers, signed = _papers(desk, wanted, state, notes)
    made = pdfs.to_pdf(desk, [p for p in papers.values() if p.name], state) if papers else {}
    sources = {e: made[p.name].data for e, p in papers.items()}
    sources |= {e: desk.case.read(record["file"]) for e, record in signed.items()}
    titled = [_titled(desk, e) for e in wanted]
    if filing.audience == "court":
        sources |= _certificates(desk, titled)
    ready = intake.prepare(
        titled,
        desk.case.folder,
        converter=_word_converter(desk, titled, state),
        made=sources,
        unseal=desk.case.unseal if desk.case.vault else None,
        passwords=desk.passwords,
        style=venue.marks.value,
        ocr=desk.ocr,
    )
    wrong = [*privileged.results(desk, titled), *ready.findings]
    stop(f for f in wrong if f.severity is Severity.ERROR)
    paragraphs = {e: _paragraphs(p, made[p.name].data) for e, p in papers.items()}
    paragraphs |= {e: _signed_paragraphs(record) for e, record in signed.items()}
    bound = Binding(
        filing=filing.id,
        cover=cover(desk, filing, venue),
        venue=venue,
        title=filing.title or "Exhibits",
        listings={e.id: _listing(e, paragraphs.get(e.id, {})) for e in titled},
        draft=any(made[p.name].draft for p in papers.values())
        or any(part.draft for p in ready.prepared for part in p.parts),
        start_tab=start_tab,
        start_page=start_page,
        reserve=_LETTER if filing.lead and filing.audience != "court" else 0,
    )
    return _Ready(ready, bound, tuple(papers.values()), made, tuple(late))


def gathered(
    desk: Desk, wanted: Sequence[Exhibit] | None = None
) -> tuple[tuple[Prepared, ...], list[Finding]]:
    """Return the exhibits that are files (of those *wanted*), clean, and what is wrong."""
    entries = [e for e in (desk.exhibits if wanted is None else wanted) if e.file]
    made = intake.prepare(
        entries,
        desk.case.folder,
        converter=_word_converter(desk, entries, State.DRAFT),
        made=_certificates(desk, entries),
        unseal=desk.case.unseal if desk.case.vault else None,
        passwords=desk.passwords,
        ocr=desk.ocr,
    )
    return made.prepared, [*privileged.results(desk, entries), *made.findings]


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


def _listed(desk: Desk, filing: Filing) -> list[Exhibit]:
    known = {e.id: e for e in desk.exhibits}
    return [known[name] for name in filing.exhibits if name in known]


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


def _titled(desk: Desk, exhibit: Exhibit) -> Exhibit:
    """Return an exhibit with its title, that of its document if it has none of its own."""
    if exhibit.title or not exhibit.document:
        return exhibit
    document = desk.documents([exhibit.document])[0]
    return exhibit.model_copy(update={"title": document.title})


def _certificates(desk: Desk, wanted: Sequence[Exhibit]) -> dict[str, bytes]:
    """Draw the certificates of translations whose translator is named and that have none yet."""
    people = desk.answers("court").value(("people",))
    known = {p.id: p for p in people} if isinstance(people, Items) else {}
    drawn = {}
    for exhibit in wanted:
        person = known.get(exhibit.translator)
        if person is None or exhibit.certificate or not exhibit.translation:
            continue
        told = {key: person.lookup(key) for key in ("name", "phone", "address")}
        address = tuple(str(line) for line in getattr(told["address"], "lines", ()))
        name, phone = ("" if isinstance(v, Missing) else str(v)
                       for v in (told["name"], told["phone"]))  # fmt: skip
        who = Translator(name, address, phone)
        drawn[intake.certificate_of(exhibit.id)] = draw_certificate(
            who, exhibit.language, exhibit.title
        )
    return drawn


def _word_converter(desk: Desk, wanted: Sequence[Exhibit], state: State) -> Converter | None:
    """Return what converts Word files among the exhibits, None without one."""
    names = [n for e in wanted for n in (e.file, e.translation, e.certificate)]
    if not any(n.lower().endswith(".docx") for n in names):
        return None
    return (
        None
        if office.find_office() is None and state is not State.DRAFT
        else pdfs.converter(state, in_memory=desk.case.vault is not None)
    )


def _paragraphs(paper: Paper, pdf: bytes) -> Paragraphs:
    """Return the named paragraphs of a document and the page each begins on."""
    if not paper.names:
        return {}
    texts = numbered_texts(WordFile.read(paper.docx, paper.name))
    pages = paragraph_pages(pdf, texts)
    return {name: (n, pages[n]) for name, n in paper.names.items() if n in pages}


def _signed_paragraphs(record: Mapping[str, object]) -> Paragraphs:
    known = record.get("paragraphs")
    named = known if isinstance(known, dict) else {}
    return {name: (int(n), int(page)) for name, (n, page) in named.items()}


def _listing(exhibit: Exhibit, paragraphs: Paragraphs) -> Listing:
    source = ", ".join(_sources(exhibit))
    return Listing(
        section=exhibit.section,
        date=_printed_day(exhibit.date),
        source=source,
        relevance=exhibit.relevance,
        key_pages=exhibit.key_pages,
        paragraphs=MappingProxyType(dict(paragraphs)),
    )


def _sources(exhibit: Exhibit) -> Iterator[str]:
    """Yield what the index says of where an exhibit comes from."""
    filed = exhibit.already_filed
    told = {
        "excerpt of ": exhibit.excerpt_of,
        "": exhibit.source,
        "produced by ": exhibit.produced_by,
        " ": exhibit.url,
        "accessed ": _printed_day(exhibit.accessed_on),
    }
    yield from (f"{before}{text}".strip() for before, text in told.items() if text)
    if filed:
        page = f" at {filed.page}" if filed.page else ""
        yield f"filed before, Tab {filed.tab}{page}" if filed.tab else "filed before"
    if exhibit.copy_of_original_available == "yes":
        yield "the original can be inspected"


def _printed_day(text: str) -> str:
    """Write an ISO day as papers print it; anything else stays as it is."""
    try:
        return long_day(dt.date.fromisoformat(text))
    except ValueError:
        return text


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

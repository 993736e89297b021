"""The exhibits of a filing: gathered, cleaned, bound, so that every page has its number."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field

from nkdocs._working import Content
from nkdocs.answers.entries import Exhibit, Filing
from nkdocs.bundle import binding, intake
from nkdocs.bundle.binding import Binding, Listing
from nkdocs.bundle.certificate import Translator, draw_certificate
from nkdocs.bundle.intake import Prepared
from nkdocs.bundle.marking import Style
from nkdocs.bundle.pages import Bundle, build_bundle
from nkdocs.bundle.volumes import file_names
from nkdocs.citations.pagemap import PageMap
from nkdocs.convert import office
from nkdocs.convert.pdf import Converter, Pdf
from nkdocs.convert.places import paragraph_pages
from nkdocs.diagnostics import Finding, Severity, State, stop
from nkdocs.documents.marks import numbered_texts
from nkdocs.documents.wordfile import WordFile
from nkdocs.kinds.dates import long_day
from nkdocs.packet import numbering, pdfs, privileged
from nkdocs.packet.desk import Desk
from nkdocs.packet.listed import Listed, signed_paragraphs, translators
from nkdocs.packet.papers import Paper

_LETTER = 1_000_000  # bytes kept free in the file that begins with the letter
Paragraphs = Mapping[str, tuple[int, int]]


class Bound(Struct, frozen=True):
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


def bind(desk: Desk, wanted: Listed) -> Bound:
    """Bind the exhibits of a filing.

    Raises:
        ExhibitError: exhibits cannot be used; all of them are named.
        ConversionError, MissingProgramError: a document cannot become a PDF.
    """
    filing, ready = wanted.filing, _gather(desk, wanted)
    bundle = build_bundle(ready.intake.prepared, ready.binding)
    lost = [f for p in ready.papers for f in p.findings]
    told = [*wanted.late, *bundle.findings, *numbering.moved(desk, filing, bundle.pages)]
    found = (*ready.intake.findings, *desk.unaccepted(told), *lost)
    return Bound(
        filing, bundle, ready.intake.prepared, found, ready.papers, MappingProxyType(ready.made)
    )


def page_map(desk: Desk, wanted: Listed) -> PageMap:
    """Return the page map that the bundle of what is *wanted* will have; none of it is written.

    Raises:
        ExhibitError: exhibits cannot be used; all of them are named.
        ConversionError, MissingProgramError: a document cannot become a PDF.
    """
    ready = _gather(desk, wanted)
    return binding.page_map(ready.intake.prepared, ready.binding)


class _Ready(Struct, frozen=True):
    intake: intake.Intake
    binding: Binding
    papers: tuple[Paper, ...]
    made: Mapping[str, Pdf]


def _gather(desk: Desk, wanted: Listed) -> _Ready:
    """Read and clean the exhibits of a filing; documents among them become PDFs first."""
    filing, state, papers = wanted.filing, wanted.state, wanted.papers
    made = pdfs.to_pdf(desk, [p for p in papers.values() if p.name], state) if papers else {}
    sources = {e: made[p.name].data for e, p in papers.items()}
    sources |= {e: desk.case.read(record["file"]) for e, record in wanted.signed.items()}
    ready = intake.prepare(
        wanted.exhibits,
        desk.case.folder,
        converter=_word_converter(desk, wanted.exhibits, state),
        made=sources | _certificates(wanted.exhibits, wanted.translators),
        unseal=desk.case.unseal if desk.case.vault else None,
        passwords=desk.passwords,
        style=wanted.venue.marks.value,
        ocr=desk.ocr,
    )
    wrong = [*privileged.results(desk, wanted.exhibits), *ready.findings]
    stop(f for f in wrong if f.severity is Severity.ERROR)
    paragraphs = {e: _paragraphs(p, made[p.name].data) for e, p in papers.items()}
    paragraphs |= {e: signed_paragraphs(record) for e, record in wanted.signed.items()}
    bound = Binding(
        filing=filing.id,
        cover=wanted.cover,
        venue=wanted.venue,
        title=filing.title or "Exhibits",
        listings={e.id: _listing(e, paragraphs.get(e.id, {})) for e in wanted.exhibits},
        draft=any(made[p.name].draft for p in papers.values())
        or any(part.draft for p in ready.prepared for part in p.parts),
        start_tab=wanted.tabs,
        start_page=wanted.start,
        reserve=_LETTER if filing.lead and filing.audience != "court" else 0,
    )
    return _Ready(ready, bound, tuple(papers.values()), made)


def gathered(
    desk: Desk, wanted: Sequence[Exhibit] | None = None, style: Style = "highlight"
) -> tuple[tuple[Prepared, ...], list[Finding]]:
    """Return the exhibits that are files (of those *wanted*), clean, and what is wrong."""
    entries = [e for e in (desk.exhibits if wanted is None else wanted) if e.file]
    made = intake.prepare(
        entries,
        desk.case.folder,
        converter=_word_converter(desk, entries, State.DRAFT),
        made=_certificates(entries, translators(desk, entries)),
        unseal=desk.case.unseal if desk.case.vault else None,
        passwords=desk.passwords,
        style=style,
        ocr=desk.ocr,
    )
    return made.prepared, [*privileged.results(desk, entries), *made.findings]


def _certificates(
    wanted: Sequence[Exhibit], translators: Mapping[str, Translator]
) -> dict[str, bytes]:
    """Draw the certificates of translations whose translator is named and that have none yet."""
    return {
        intake.certificate_of(e.id): draw_certificate(translators[e.id], e.language, e.title)
        for e in wanted
        if e.id in translators
    }


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

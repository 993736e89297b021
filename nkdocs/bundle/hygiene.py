"""One exhibit's PDF made clean: on Letter, flat, without secrets, scripts or names that clash.

Runs in a child process (workshop.py), as the file may be damaged or hostile.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from msgspec import Struct

from nkdocs._working import Content
from nkdocs.bundle.faults import Note, UnusableError, amount, ranges
from nkdocs.bundle.feet import ENOUGH, foot, ink, letters_of
from nkdocs.bundle.flatten import Flat, Value, flatten, holds, named
from nkdocs.bundle.jumps import names, relink
from nkdocs.bundle.layers import drop_hidden
from nkdocs.bundle.marking import Marking, marked
from nkdocs.bundle.opening import Task, chosen, counted, looked_at, opened, was_mended
from nkdocs.bundle.paper import Fit, Tree, name_of, plain_tree, put_on_letter
from nkdocs.bundle.searchable import MARK, Word, lay, unseen_font
from nkdocs.bundle.wreck import FONT_FILES, broken_font, emptied
from nkdocs.convert.jpeg import stripped
from nkdocs.convert.normal import saved
from nkdocs.errors import ExhibitError

if TYPE_CHECKING:
    from pikepdf import Object, Pdf
    from pypdfium2 import PdfDocument

# What tells of its maker, or belongs to programs: it may lie in any object of a file.
_PRIVATE = {
    "/Metadata", "/PieceInfo", "/LastModified", "/AF", "/OPI", "/Alternates", "/Ref", MARK,
}  # fmt: skip
_PLAIN = Marking()
_FEW, _COVERS = 40, 0.75  # letters; share of the paper that a picture takes
_UNREAD: Mapping[int, Sequence[Word]] = {}
_FROM_STREAMS = _PRIVATE | {"/F", "/FFilter", "/FDecodeParms"}  # its data in another file
_ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE",
            "/Rendition", "/Movie", "/Sound", "/RichMediaExecute", "/Thread", "/GoTo3DView",
            "/ResetForm", "/Hide", "/SetOCGState", "/Trans"}  # fmt: skip


_Data_co = TypeVar("_Data_co", bound=Content, covariant=True)


class Cleaned(Struct, Generic[_Data_co], frozen=True):
    """A clean PDF: Letter pages, upright, with neither forms nor actions.

    Attributes:
        total: how many pages the source has.
        sources: the source's page number of each page.
        has_text: whether each page can be searched.
        feet: what is taken of each page's foot (feet.py).
        papers: what paper each page was on.
        thin: the pages (from 0) that are a picture with a few words over it, as programs of
            telephones put their own name on a scan: what is in the picture is not searched.
        notes: what is to be reported.
    """

    data: _Data_co
    total: int
    sources: tuple[int, ...]
    has_text: tuple[bool, ...]
    feet: tuple[int, ...]
    repaired: bool = False
    notes: tuple[Note, ...] = ()
    papers: tuple[str, ...] = ()
    thin: tuple[int, ...] = ()


def clean(  # noqa: PLR0913 - one argument for each thing that may be asked of a file
    data: bytes,
    *,
    password: str = "",
    pages: Sequence[int] = (),
    expect: int = 0,
    marking: Marking = _PLAIN,
    read: Mapping[int, Sequence[Word]] = _UNREAD,
    place: Path | None = None,
) -> Cleaned[bytes]:
    """Return the clean form of a PDF, of all its pages or of *pages* in that order.

    *expect* is the number of pages the original has, when someone counted; *marking* what is to
    be redacted and marked; *read* the words that were recognised on pages of the result (from 0).
    The clean form is left at *place*, if there is one and it has room.

    Raises:
        UnusableError: it cannot be an exhibit; its note says why.
    """
    import pikepdf

    task = Task(password, tuple(dict.fromkeys(pages)), expect, marking, read, place)
    try:
        result, undone = _clean(data, task, redraw=False)
        if undone:
            result, undone = _clean(data, task, redraw=True)
    except (pikepdf.PdfError, UnicodeDecodeError):  # an object that nothing needed until now
        raise UnusableError(Note("X202")) from None
    if undone:
        raise UnusableError(Note("X212", named(undone)))
    return result


def _clean(data: bytes, task: Task, *, redraw: bool) -> tuple[Cleaned[bytes], list[str]]:
    """Clean once; also name the fields whose value must be drawn anew, as it cannot be read."""
    pdf, repaired = opened(data, task.password)
    with pdf:
        total, spoke, repaired = counted(pdf, data, task, repaired=repaired)
        notes = list(looked_at(pdf))
        stale = pdf.acroform.needs_appearances and not redraw
        sources = chosen(pdf, total, task.pages)
        if repaired and not task.expect and (bare := emptied(pdf)):
            raise UnusableError(Note("X223", ranges(sources[n] for n in bare)))
        anchors = names(pdf)
        hidden = [sources[i] for i in drop_hidden(pdf)]
        flat = flatten(pdf, sources, redraw=redraw)
        if len(sources) < total or hidden:
            pdf.remove_unreferenced_resources()
        tree = Tree()
        fits = [put_on_letter(pdf, p, n, tree) for p, n in zip(pdf.pages, sources, strict=True)]
        active = relink(pdf, flat.links, fits, anchors) | flat.media
        stripped_off, broken = _strip(pdf)
        active |= stripped_off
        _lay(pdf, task.read)
        fonts = [*_fonts_of(pdf)]
        cleaned = saved(pdf, None if task.marking.redact or task.marking.marks else task.place)
        repaired = repaired or was_mended(pdf)
    told, feet, lost, thin = _read(cleaned, sources, flat.values, fits, fonts)
    notes += _told(flat, fits, sources)
    notes += [Note("X301", _before_and_after(spoke, total))] if repaired else []
    notes += [Note("X305", named(v.name for v in lost))] if lost else []
    notes += [Note("X309", ", ".join(sorted(active)))] if active else []
    notes += [Note("X312", ranges(hidden))] if hidden else []
    notes += [Note("X329", named(sorted(broken)))] if broken else []
    papers = tuple(fit.paper for fit in fits)
    drawn = marked(cleaned, task.marking, sources, fits, task.read.keys())
    notes += drawn.notes
    has_text = tuple(t and n not in drawn.pictures for n, t in enumerate(told))
    few = tuple(n for n in thin if has_text[n] and n not in task.read)
    result = Cleaned(
        drawn.data, total, sources, has_text, feet, repaired, tuple(notes), papers, few
    )
    return result, [v.name for v in lost if v.drawn or stale]


def _before_and_after(spoke: int, total: int) -> str:
    """Write how many pages a damaged file said it has, and how many it has now."""
    before = f"it spoke of {amount(spoke, 'page')}, and " if spoke else ""
    return before + amount(total, "page")


def _strip(pdf: "Pdf") -> tuple[set[str], set[str]]:
    """Take out of the file all that is no page; name the actions that went, and broken fonts."""
    import pikepdf

    active, broken = _catalog_actions(pdf), set[str]()
    for key in set(pdf.Root.keys()) - {"/Type", "/Pages", "/Lang"}:
        del pdf.Root[key]
    plain_tree(pdf)
    for key in ("/Info", "/DocChecksum", "/ID"):
        if key in pdf.trailer:
            del pdf.trailer[key]
    for obj in pdf.objects:
        stream = isinstance(obj, pikepdf.Stream)
        if not stream and not isinstance(obj, pikepdf.Dictionary):
            continue
        keys = obj.keys()
        if "/S" in keys and (kind := name_of(obj.get("/S"))) in _ACTIONS:
            active.add(kind.removeprefix("/"))
        if not keys.isdisjoint(FONT_FILES) and broken_font(obj):
            broken.add(name_of(obj.get("/FontName")).removeprefix("/") or "without a name")
        for key in keys & (_FROM_STREAMS if stream else _PRIVATE):
            del obj[key]
        if stream:
            _strip_photo(obj)
    return active, broken


def _lay(pdf: "Pdf", read: Mapping[int, Sequence[Word]]) -> None:
    """Lay the words that were recognised over their pages."""
    if read:
        font = unseen_font(pdf)
        for index, words in read.items():
            lay(pdf, pdf.pages[index], words, font)


def _catalog_actions(pdf: "Pdf") -> set[str]:
    import pikepdf

    tree = pdf.Root.get("/Names")
    scripts = isinstance(tree, pikepdf.Dictionary) and "/JavaScript" in tree
    return {"JavaScript"} if scripts else set()


def _strip_photo(stream: "Object") -> None:
    """Take EXIF, place and time out of a photo inside the PDF, without touching a pixel."""
    import pikepdf

    filters = stream.get("/Filter")
    whole = [*map(name_of, filters)] if isinstance(filters, pikepdf.Array) else [name_of(filters)]
    if whole not in (["/DCTDecode"], ["/FlateDecode", "/DCTDecode"]):
        return
    raw = stream.read_raw_bytes()
    try:
        photo = raw if len(whole) == 1 else zlib.decompress(raw)
        stream.write(stripped(photo, whole=False), filter=pikepdf.Name.DCTDecode)
    except (ExhibitError, zlib.error):
        return  # no JPEG inside: nothing a camera wrote


class _Fonts(Struct, frozen=True):
    """Which fonts a page has, none where they cannot be told apart; whether it may draw forms."""

    held: frozenset[tuple[int, int]] = frozenset()
    draws: bool = True


def _fonts_of(pdf: "Pdf") -> Iterator[_Fonts]:
    """Yield what each page's resources tell of the text on it; those that share them share it."""
    known: dict[tuple[int, int], _Fonts] = {}
    for page in pdf.pages:
        held = page.obj.get("/Resources")
        mark = getattr(held, "objgen", (0, 0))
        if mark == (0, 0):  # its own, written in the page
            yield _fonts(held)
            continue
        if mark not in known:
            known[mark] = _fonts(held)
        yield known[mark]


def _fonts(resources: "Object | None") -> _Fonts:
    """Return what resources tell of the text on a page."""
    import pikepdf

    if not isinstance(resources, pikepdf.Dictionary):
        return _Fonts()
    known = resources.keys()  # looking for what is not there costs five times as much
    drawn, held = (resources[k] if k in known else None for k in ("/XObject", "/Font"))
    objects = drawn.values() if isinstance(drawn, pikepdf.Dictionary) else ()
    draws = any(getattr(o, "Subtype", None) != pikepdf.Name.Image for o in objects)
    fonts = [*held.values()] if isinstance(held, pikepdf.Dictionary) else []
    if not all(isinstance(font, pikepdf.Dictionary) and font.is_indirect for font in fonts):
        return _Fonts(draws=draws)
    return _Fonts(frozenset(font.objgen for font in fonts), draws)


def _read(
    pdf: bytes, sources: Sequence[int], values: Sequence[Value], fits: Sequence[Fit],
    fonts: Sequence[_Fonts],
) -> tuple[list[bool], tuple[int, ...], list[Value], list[int]]:  # fmt: skip
    """Return what was read on the pages of a cleaned file.

    That is whether each can be searched, what is taken of its foot, the lost values, and the
    pages (from 0) that are a picture with few words.

    Lost is the value of a field that does not stand whole in its box. The finished file is read,
    by another reader than the one that wrote it.

    Raises:
        UnusableError: it cannot be read, or has another number of pages.
    """
    import pypdfium2

    told: list[bool] = []
    feet: list[int] = []
    lost: list[Value] = []
    thin: list[int] = []
    proven: set[frozenset[tuple[int, int]]] = set()
    try:
        doc = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        raise UnusableError(Note("X202")) from None
    try:
        for index, (fit, _) in enumerate(zip(fits, range(len(doc)), strict=True)):
            with _page(doc, index) as page:
                drawn = ink(page, (0, 0, *fit.sheet), draws=fonts[index].draws)
            inside = letters_of(doc, index)
            # Letters are what costs most, so a page is taken at its outlines where a page with
            # the very same fonts could be read already, and an inch of text stands on it.
            held = fonts[index].held
            if not drawn.forms and held in proven and drawn.width > ENOUGH:
                told.append(True)
            else:
                count = sum(c.isalnum() for c in inside(None)) if drawn.found else 0
                told.append(bool(count))
                if 0 < count < _FEW and _is_picture(doc, index):
                    thin.append(index)
                elif count and held and not drawn.forms:
                    proven.add(held)
            feet.append(foot(drawn, inside))
            own = [value for value in values if value.page == index]
            lost += [v for v in own if not holds(inside(_around(v, fit)), v)]
    except pypdfium2.PdfiumError:
        raise UnusableError(Note("X215", str(sources[len(feet)]))) from None
    except ValueError:
        raise UnusableError(Note("X202")) from None
    finally:
        doc.close()
    return told, tuple(feet), lost, thin


def _is_picture(doc: "PdfDocument", number: int) -> bool:
    """Whether one picture covers nearly all of a page (from 0); few are asked."""
    from pypdfium2 import raw

    page = doc[number]
    wide, high = page.get_size()
    held = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    boxes = [picture.get_bounds() for picture in held]
    page.close()
    return any((r - a) * (t - b) > _COVERS * wide * high for a, b, r, t in boxes)


@contextmanager
def _page(doc: "PdfDocument", number: int) -> Iterator[object]:
    """Open a page (from 0) with nothing of pypdfium2 around it: that costs a fifth as much again.

    Raises:
        PdfiumError: it cannot be read.
    """
    from pypdfium2 import PdfiumError, raw

    page = raw.FPDF_LoadPage(doc.raw, number)
    if not page:
        raise PdfiumError
    try:
        yield page
    finally:
        raw.FPDF_ClosePage(page)


def _around(value: Value, fit: Fit) -> tuple[float, float, float, float]:
    """Return the field's box where it stands now, a little wider: letters touch the line."""
    (a, b), (c, d) = fit.at(*value.rect[:2]), fit.at(*value.rect[2:])
    return min(a, c) - 1, min(b, d) - 1, max(a, c) + 1, max(b, d) + 1


def _told(flat: Flat, fits: Sequence[Fit], sources: Sequence[int]) -> Iterator[Note]:
    """Say what was done to forms, marks and sizes; pages by their number in the source."""
    yield from flat.notes()
    if flat.attached:
        yield Note("X308", amount(flat.attached, "file"))
    odd = [n for fit, n in zip(fits, sources, strict=True) if fit.odd]
    cropped = [n for fit, n in zip(fits, sources, strict=True) if fit.cropped]
    if odd:
        yield Note("X310", ranges(odd))
    if cropped:
        yield Note("X311", ranges(cropped))

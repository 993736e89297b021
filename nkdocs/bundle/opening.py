"""A PDF opened: whole, damaged or locked, how many pages it has, and which of them are meant."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from nkdocs.bundle.faults import Note, UnusableError, amount, ranges
from nkdocs.bundle.marking import Marking
from nkdocs.bundle.searchable import Word
from nkdocs.convert.normal import as_file

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_ANSWER = re.compile(rb">\s*[^<>\s][^<>]{2,}</")  # shorter ones, "0", are a form's own defaults
_LIST, _COUNT = re.compile(rb"/Type\s*/Pages|/Kids\s*\["), re.compile(rb"/Count\s+(\d{1,6})\b")
_CARELESS = ("Resources is missing", "appears more than once in the pages tree")  # of qpdf
_MOST_FIELDS = 100_000


class Task(Struct, frozen=True):
    """What is asked of one file."""

    password: str
    pages: tuple[int, ...]
    expect: int
    marking: Marking = field(default_factory=Marking)
    read: Mapping[int, Sequence[Word]] = field(default_factory=dict)
    place: Path | None = None


def opened(data: bytes, password: str) -> "tuple[Pdf, bool]":
    """Open the file as it is, or else repair it; tell which."""
    import pikepdf

    try:
        with as_file(data) as file:
            return pikepdf.open(file, password=password, attempt_recovery=False), False
    except pikepdf.PasswordError:
        raise UnusableError(Note("X201")) from None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        pass  # damaged: qpdf may be able to find its objects again
    try:
        with as_file(data) as file:
            return pikepdf.open(file, password=password), True
    except pikepdf.PasswordError:
        raise UnusableError(Note("X201")) from None
    except (pikepdf.PdfError, RuntimeError, ValueError):
        raise UnusableError(Note("X202")) from None


def looked_at(pdf: "Pdf") -> Iterator[Note]:
    """Look for what makes a file unusable whole, and for what a bundle cannot keep."""
    import pikepdf

    if "/Collection" in pdf.Root:
        raise UnusableError(Note("X213"))
    if pdf.is_encrypted:
        yield Note("X328")
    form = pdf.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary):
        if "/XFA" in form and not _shows_its_data(pdf, form):
            raise UnusableError(Note("X211"))
        if _is_signed(form):
            yield Note("X303")
    tree = pdf.Root.get("/Names")
    files = tree.get("/EmbeddedFiles") if isinstance(tree, pikepdf.Dictionary) else None
    if files is not None and len(pdf.attachments):
        yield Note("X308", amount(len(pdf.attachments), "file"))


def _fields(form: "Object") -> "Iterator[Object]":
    """Give every field of a form, however deep."""
    import pikepdf

    waiting, seen = [form.get("/Fields")], 0
    while waiting and seen < _MOST_FIELDS:
        array = waiting.pop()
        for item in list(array) if isinstance(array, pikepdf.Array) else []:
            if isinstance(item, pikepdf.Dictionary):
                seen += 1
                yield item
                waiting.append(item.get("/Kids"))


def _shows_its_data(pdf: "Pdf", form: "Object") -> bool:
    """Tell whether a form with XFA has ordinary fields, and its answers in them.

    Else its pages exist in Adobe Reader only ("Please wait..." everywhere else), or they show
    an empty form.
    """
    import pikepdf

    fields = list(_fields(form))
    if not fields or bool(pdf.Root.get("/NeedsRendering")):
        return False
    if any("/V" in item for item in fields):
        return True
    packets = form.XFA
    flat = list(packets) if isinstance(packets, pikepdf.Array) else []
    named = zip(flat[::2], flat[1::2], strict=False)
    answers = b"".join(p.read_bytes() for name, p in named if str(name) == "datasets")
    return not _ANSWER.search(answers)


def _is_signed(form: "Object") -> bool:
    import pikepdf

    signatures = (f for f in _fields(form) if f.get("/FT") == pikepdf.Name.Sig)
    return any("/V" in field for field in signatures)


def was_mended(pdf: "Pdf") -> bool:
    """Tell whether qpdf put more right, since last asked, than what is missing by carelessness."""
    told = (str(warning) for warning in pdf.get_warnings())
    return any(not any(small in text for small in _CARELESS) for text in told)


def counted(pdf: "Pdf", data: bytes, task: Task, *, repaired: bool) -> tuple[int, int, bool]:
    """Return how many pages there are, and were said to be; whether the file was mended.

    No repair loses a page, and what the file says of itself is 0 where it says nothing.

    qpdf leaves out what it cannot read as a page and writes down what is left. So another reader
    is asked what the file says of itself, and of a damaged file, every list of pages in it.

    Raises:
        UnusableError: no page, fewer than the file says, or not as many as the user says.
    """
    try:
        total = len(pdf.pages)
    except (RuntimeError, ValueError, TypeError):
        raise UnusableError(Note("X202")) from None
    mended = repaired or was_mended(pdf)
    if not total:
        raise UnusableError(Note("X202" if mended else "X203"))
    if task.expect and task.expect != total:
        raise UnusableError(Note("X208", "it has " + amount(total, "page")))
    known = [_said(data, task.password)]
    if mended:
        known.append(sum(_is_page(obj) for obj in pdf.objects))
        lists = (data[max(0, m.start() - 300) : m.end() + 300] for m in _LIST.finditer(data))
        known += [int(m[1]) for text in lists for m in _COUNT.finditer(text)]
    if not task.expect and total < max(known):
        raise UnusableError(Note("X207", amount(max(known), "page") + f", but {total}"))
    return total, max(known), mended


def _said(data: bytes, password: str) -> int:
    """Return how many pages the file says it has; 0 when it does not say."""
    import pypdfium2

    try:
        doc = pypdfium2.PdfDocument(data, password=password or None)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(doc)
    finally:
        doc.close()


def _is_page(obj: "Object") -> bool:
    import pikepdf

    return isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == pikepdf.Name.Page


def chosen(pdf: "Pdf", total: int, pages: tuple[int, ...]) -> tuple[int, ...]:
    """Leave only the pages asked for, in that order; return their numbers."""
    absent = [number for number in pages if not 1 <= number <= total]
    if absent:
        raise UnusableError(Note("X209", f"page {ranges(absent)} of {total}"))
    numbers = pages or tuple(range(1, total + 1))
    if pages:
        every = list(pdf.pages)
        del pdf.pages[:]
        pdf.pages.extend(every[number - 1] for number in numbers)
    return numbers



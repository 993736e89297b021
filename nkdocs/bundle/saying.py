"""What a file says of itself: a title and a day, for an exhibit whose name says neither.

A day is taken from an e-mail's head, or from the first lines where they hold one day and no other.
What a PDF or Word file keeps as its date is that of a scanner or an editor, not of the paper, so it
is never used. Runs in a child process (workshop.py), as the file may be damaged or hostile.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from email.utils import parsedate_to_datetime

from msgspec import Struct

from nkdocs.bundle import filetypes
from nkdocs.errors import ExhibitError

_LINES, _LONG, _FEW = 12, 120, 4
_MOST = 300_000  # bytes read of a part of a Word file
_MAKERS = re.compile(r"^(?:Microsoft (?:Word|PowerPoint|Excel) - )", re.IGNORECASE)
_FILE = re.compile(r"\.(?:pdf|docx?|hwpx?|txt|rtf|indd|jpe?g|tiff?)$", re.IGNORECASE)
_WORDS = (
    r"(?:scan(?:ned)?|img|image|dsc[nf]?|pxl|photo|picture|doc(?:ument)?|file|page|new|untitled|"
    r"copy|kakaotalk|screenshot|adobe|camscanner|e-?mail|message|of|at|am|pm|"
    r"스캔|사진|문서|이미지|제목 없음)"
)
_MUTE = re.compile(rf"(?:{_WORDS}(?![^\W\d_])|[\W\d_])+", re.IGNORECASE)
_PARAGRAPH = re.compile(r"<w:p[ >].*?</w:p>", re.DOTALL)
_RUN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_TITLE = re.compile(r"<dc:title>([^<]*)</dc:title>")
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
           "september", "october", "november", "december")  # fmt: skip
_MONTH = "|".join(_MONTHS)
_DAYS = (
    re.compile(r"(?P<y>(?:19|20)\d\d)-(?P<n>\d\d)-(?P<d>\d\d)(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d)\s?년\s?(?P<n>\d{1,2})\s?월\s?(?P<d>\d{1,2})\s?일"),
    re.compile(rf"\b(?P<m>{_MONTH})\s+(?P<d>\d{{1,2}}),?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<d>\d{{1,2}})\s+(?P<m>{_MONTH}),?\s+(?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
)


class Said(Struct, frozen=True):
    """A title and a day (ISO 8601); empty where the file does not say."""

    title: str = ""
    date: str = ""


def says_nothing(name: str) -> bool:
    """Tell whether a title read from a file's name is only a counter: "scan 0001", "IMG 4711"."""
    return bool(_MUTE.fullmatch(name))


def said(data: bytes, kind: str) -> Said:
    """Return what a file says of itself; nothing where it cannot be read."""
    try:
        if kind == filetypes.MAIL:
            return _of_mail(data)
        title, lines = _read(data, kind)
    except (ExhibitError, zipfile.BadZipFile, KeyError, ValueError, OSError, RuntimeError):
        return Said()
    texts = [" ".join(line.split()) for line in lines]
    first = [text for text in texts if text][:_LINES]
    return Said(_titled([title, *first]), _day(first))


def _read(data: bytes, kind: str) -> tuple[str, list[str]]:
    """Return the title a file keeps, and the lines it begins with."""
    if kind == filetypes.PDF:
        import pypdfium2

        doc = pypdfium2.PdfDocument(data)
        try:
            title = doc.get_metadata_value("Title")
            return title, doc[0].get_textpage().get_text_range().splitlines()
        finally:
            doc.close()
    if kind == filetypes.WORD:
        from xml.sax.saxutils import unescape

        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            kept = _TITLE.search(_part(packed, "docProps/core.xml"))
            body = _part(packed, "word/document.xml")
        paragraphs = (_RUN.findall(found[0]) for found in _PARAGRAPH.finditer(body))
        return unescape(kept[1]) if kept else "", [unescape("".join(p)) for p in paragraphs]
    if kind == filetypes.TEXT:
        from nkdocs.convert.plain import read

        head = data if len(data) <= _MOST else data[:_MOST].rpartition(b"\n")[0]
        return "", read(head)[0].splitlines()
    return "", []


def _part(packed: zipfile.ZipFile, name: str) -> str:
    if name not in packed.namelist():
        return ""
    with packed.open(name) as part:
        return part.read(_MOST).decode("utf-8", "ignore")


def _of_mail(data: bytes) -> Said:
    from nkdocs.convert import letter

    heads = dict(
        line.split(": ", 1) for line in letter.opened(data).text.split("\n\n")[0].splitlines()
        if ": " in line
    )  # fmt: skip
    try:
        date = parsedate_to_datetime(heads.get("Date", "")).date().isoformat()
    except ValueError:
        date = ""
    subject = _titled([heads.get("Subject", "")])
    return Said(f"E-mail: {subject}" if subject else "", date)


def _titled(candidates: Sequence[str]) -> str:
    """Return the first of the candidates that says something."""
    for text in candidates:
        plain = _MAKERS.sub("", " ".join(text.split()))
        plain = _FILE.sub("", plain).strip(" .:-\u2013")
        letters = sum(1 if c.isascii() else 2 for c in plain if c.isalpha())  # 진술서 is a title
        if letters >= _FEW and not says_nothing(plain):
            return plain if len(plain) <= _LONG else f"{plain[:_LONG].rsplit(' ', 1)[0]} \u2026"
    return ""


def _day(lines: Sequence[str]) -> str:
    """Return the day that stands in the lines, if it is the only one."""
    days = {day for line in lines for day in _days(line)}
    return days.pop() if len(days) == 1 else ""


def _days(line: str) -> Iterator[str]:
    for shape in _DAYS:
        for found in shape.finditer(line):
            parts = found.groupdict()
            month = int(parts["n"]) if parts.get("n") else _MONTHS.index(parts["m"].lower()) + 1
            try:
                yield dt.date(int(parts["y"]), month, int(parts["d"])).isoformat()
            except ValueError:
                continue

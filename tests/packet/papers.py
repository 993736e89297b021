"""The demo case on a desk of its own: commands run in this process, and packets read back.

What reads the packets here shares nothing with nkdocs' own verification: pikepdf for links,
labels and outline, PDFium for what a reader sees at the foot of a page.
"""

import contextlib
import functools
import io
import re
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdfium2
import pytest

from nkdocs import cli
from nkdocs._resources import font
from nkdocs.documents.wordfile import W

DEMO = Path(__file__).resolve().parents[2] / "answers" / "demo"
BEYOND_LATIN = re.compile(r"[^\u0000-\u206f]")
SPACES = re.compile(r"[\s\u00a0]+")
_FOOT = 255  # millimeters, of a page of Letter
PRINTED = re.compile(r"Tab ([A-Z]+)(?![a-z])(?: at (\d+)(?:[-\u2013](\d+))?)?")


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def nkdocs(*arguments: object, office: bool = False) -> Said:
    """Run a command in this process; without *office* as if LibreOffice were not installed."""
    out, err = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        patch.setattr(sys, "argv", ["nkdocs", *map(str, arguments)])
        if not office:
            patch.setenv("NKDOCS_SOFFICE", "")
        try:
            code = cli.main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Said(code, out.getvalue(), err.getvalue())


def demo(folder: Path) -> Path:
    """Copy the demo case to *folder*; its Word exhibits become PDFs, which need no converter."""
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("out", "served", "signed"))
    for name in ("support-letter", "id-card-en"):
        word = folder / f"exhibits/{name}.docx"
        word.with_suffix(".pdf").write_bytes(written(*lines_of(word.read_bytes())))
        word.unlink()
        edit(folder, f"exhibits/{name}.docx", f"exhibits/{name}.pdf")
    return folder


def edit(case: Path, old: str, new: str) -> None:
    """Change one place of a case's answers as an editor would."""
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    file.write_text(text.replace(old, new), "utf-8")


def listed(case: Path, filing: str, change: Callable[[list[str]], list[str]]) -> None:
    """Change which exhibits a filing lists, and in which order."""
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    found = re.search(rf"- id: {filing}\n(?:  .*\n)*?  exhibits: \[(.*)\]\n", text)
    assert found, filing
    new = ", ".join(change(found[1].split(", ")))
    file.write_text(text[: found.start(1)] + new + text[found.end(1) :], "utf-8")


@functools.lru_cache(maxsize=64)
def written(*lines: str, pages: int = 1) -> bytes:
    """Return a PDF that says *lines*, one below the other, and so again on *pages* pages.

    It is kept for the next who asks for the same; a font that no line needs is not read.
    """
    from fpdf import FPDF

    made = FPDF(format="letter")
    made.add_font("serif", fname=font("LiberationSerif-Regular.ttf"))
    if BEYOND_LATIN.search("".join(lines)):
        made.add_font("korean", fname=font("NanumMyeongjo.ttf"))
        made.set_fallback_fonts(["korean"])
    made.set_font("serif", size=11)
    made.set_auto_page_break(False)  # a break within a cell loses the fallback font
    for _ in range(pages):
        made.add_page()
        for line in lines:
            for piece in textwrap.wrap(line, 95 if line.isascii() else 44) or [""]:
                if made.get_y() > _FOOT:
                    made.add_page()
                with made.local_context():  # a line that ends in Hangul leaves its font behind
                    made.cell(0, 6, piece)
                made.ln(6)
    data = bytes(made.output())
    held: Any
    for held in made.fonts.values():
        held.ttfont.close()
    return data


def lines_of(word: bytes) -> list[str]:
    """Return what a Word file says, headers and footers last, without the numbers of pages."""
    found = ["".join(_said(p)) for part in _parts(word) for p in part.iter(f"{W}p")]
    return [line for line in found if line.strip()]


def _parts(word: bytes) -> list[Any]:
    """Return the body of a Word file, then its headers and footers."""
    document: Any = docx.Document(io.BytesIO(word))
    sides = [
        side
        for section in document.sections
        for side in (section.header, section.first_page_header, section.footer,
                     section.first_page_footer)
        if not side.is_linked_to_previous
    ]  # fmt: skip
    return [document.element.body, *(side._element for side in sides)]  # noqa: SLF001 - no other way


def _said(paragraph: Any) -> Iterator[str]:  # noqa: ANN401 - lxml element
    """Yield the text of a paragraph, results of fields left out."""
    within = False
    for element in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}fldChar"):
        if element.tag == f"{W}fldChar":
            within = element.get(f"{W}fldCharType") != "end"
        elif not within and element.getparent().getparent().tag != f"{W}fldSimple":
            yield element.text or " "


def highlighted(word: bytes) -> list[str]:
    """Return the texts of a Word file that are marked yellow, headers and footers last."""
    return [
        "".join(t.text or "" for t in run.iter(f"{W}t"))
        for part in _parts(word)
        for run in part.iter(f"{W}r")
        if run.find(f"{W}rPr/{W}highlight") is not None
    ]


def save_from_word(case: Path, name: str) -> bytes:
    """Put into `out/` the PDF that somebody saved from Word of the document *name*."""
    data = written(*lines_of((case / f"out/{name}.docx").read_bytes()))
    (case / f"out/{name}.pdf").write_bytes(data)
    return data


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below *folder*, locks left out."""
    files = (p for p in folder.rglob("*") if p.is_file() and not p.name.endswith(".lock"))
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def texts(data: bytes) -> list[str]:
    """Return what each page says, single spaces between its words."""
    with closing(data) as pdf:
        return [plain(page.get_textpage().get_text_bounded()) for page in pdf]


def plain(text: str) -> str:
    """Return *text* with single plain spaces."""
    return SPACES.sub(" ", text).strip()


@contextlib.contextmanager
def closing(data: bytes) -> Any:  # noqa: ANN401 - PDFium's document
    """Open a PDF with PDFium and close it."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        yield pdf
    finally:
        pdf.close()


@dataclass(frozen=True, slots=True)
class Hop:
    """A link as a reader meets it: what is printed in its rectangle, and where it leads.

    Attributes:
        page: the page of the file it stands on, from 0; `to` the page it leads to.
        line: the whole line it stands on.
    """

    page: int
    words: str
    line: str
    to: int


@dataclass(frozen=True, slots=True)
class Book:
    """A finished PDF as a reader sees it.

    Attributes:
        labels: the page labels.
        feet: the number printed at the foot of each page, 0 where there is none.
        outline: (title, page of the file) of every item, in order.
    """

    labels: tuple[str, ...]
    feet: tuple[int, ...]
    hops: tuple[Hop, ...]
    outline: tuple[tuple[str, int], ...]
    texts: tuple[str, ...]

    @property
    def lead(self) -> int:
        """How many pages stand before the bundle."""
        return sum(not label.isdecimal() for label in self.labels)


def read(data: bytes) -> Book:
    """Read a finished PDF: links and labels with pikepdf, what is seen with PDFium."""
    with pikepdf.open(io.BytesIO(data)) as pdf, closing(data) as seen:
        places = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        labels = tuple(page.label for page in pdf.pages)
        hops = [
            hop
            for number, page in enumerate(pdf.pages)
            for hop in _hops(page, seen[number], number, places)
        ]
        with pdf.open_outline() as outline:
            items = tuple(
                (str(item.title), places[_goal(item)[0].objgen])
                for top in outline.root
                for item in (top, *top.children)
            )
        feet = tuple(_foot(page) for page in seen)
    return Book(labels, feet, tuple(hops), items, tuple(texts(data)))


def _goal(item: pikepdf.OutlineItem) -> Any:  # noqa: ANN401 - pikepdf's own array
    """Return where an outline item leads, as a place of its own or as an action."""
    held: Any = item.destination if item.destination is not None else item.action
    return held.D if isinstance(held, pikepdf.Dictionary) else held


def _hops(
    page: pikepdf.Page, seen: pypdfium2.PdfPage, number: int, places: dict[tuple[int, int], int]
) -> list[Hop]:
    text = seen.get_textpage()
    out = []
    for annotation in page.obj.get("/Annots", []):
        goal = annotation.get("/Dest")
        if isinstance(goal, pikepdf.Array) and annotation.get("/Subtype") == "/Link":
            x0, y0, x1, y1 = (float(v) for v in annotation["/Rect"])
            words = plain(text.get_text_bounded(x0, y0, x1, y1))
            line = plain(text.get_text_bounded(0, y0, seen.get_width(), y1))
            out.append(Hop(number, words, line, places[goal[0].objgen]))
    text.close()
    return out


def _foot(page: pypdfium2.PdfPage) -> int:
    """Return the number alone in the middle of a page's foot."""
    text = page.get_textpage()
    middle = page.get_width() / 2
    said = plain(text.get_text_bounded(middle - 30, 12, middle + 30, 30))
    text.close()
    return int(said) if said.isdecimal() else 0

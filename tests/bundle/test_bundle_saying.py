"""What files say of themselves, where their names say nothing."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from fpdf import FPDF

from nkdocs.bundle import filetypes
from nkdocs.bundle.exhibits import described, from_files
from nkdocs.bundle.saying import Said, said, says_nothing
from tests.bundle.made import closed

Tree = Callable[[Mapping[str, str | bytes]], Path]
MAIL = (
    b"From: a@clinic.example\nTo: b@clinic.example\nDate: Sat, 2 Mar 2024 10:00:00 +0900\n"
    b"Subject: Your request of February\n\nDear counsel,\n"
)


def paper(*lines: str, title: str = "") -> bytes:
    """Return a PDF of one page that begins with *lines*, made on another day."""
    drawn = FPDF(unit="pt", format="letter")
    drawn.set_font("helvetica", size=12)
    drawn.add_page()
    for number, line in enumerate(lines):
        drawn.text(72, 72 + 20 * number, line)
    if title:
        drawn.set_title(title)
    return closed(drawn)


def word(*lines: str, title: str = "") -> bytes:
    """Return as much of a Word file as is read."""
    out = io.BytesIO()
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("docProps/core.xml", f"<dc:title>{title}</dc:title>")
        packed.writestr("word/document.xml", f"<w:document>{body}</w:document>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "nothing"),
    [
        ("scan 0001", True), ("IMG 4711", True), ("7", True), ("KakaoTalk 20240302 1", True),
        ("스캔 3", True), ("Document (2)", True), ("Kim declaration", False), ("진술서", False),
        ("I-589", False), ("Image of the house", False), ("Docket 3", False),
    ],
)  # fmt: skip
def test_counter_is_no_title(name: str, *, nothing: bool) -> None:
    """What a scanner or telephone calls a file says nothing of it."""
    assert says_nothing(name) is nothing


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (paper("Medical Report", "Seoul, March 2, 2024"), filetypes.PDF,
         Said("Medical Report", "2024-03-02")),
        (paper("Page one", title="World Report 2024"), filetypes.PDF, Said("World Report 2024")),
        (paper("Letter of support", title="Microsoft Word - untitled.docx"), filetypes.PDF,
         Said("Letter of support")),
        (paper("Notice", "March 2, 2024", "Due on 3 April 2024"), filetypes.PDF, Said("Notice")),
        (word("Letter", "2024년 3월 2일"), filetypes.WORD, Said("Letter", "2024-03-02")),
        (word("Dear Judge", title="Declaration of Kim &amp; Lee"), filetypes.WORD,
         Said("Declaration of Kim & Lee")),
        (MAIL, filetypes.MAIL, Said("E-mail: Your request of February", "2024-03-02")),
        ("진술서\n\n2024-03-02\n".encode(), filetypes.TEXT, Said("진술서", "2024-03-02")),
        ("진술서 원본\n2024-03-02\n".encode("cp949"), filetypes.TEXT,
         Said("진술서 원본", "2024-03-02")),
        (b"%PDF-1.7 broken", filetypes.PDF, Said()),
        (b"PK\x03\x04", filetypes.WORD, Said()),
    ],
)  # fmt: skip
def test_file_says_its_title_and_its_only_day(data: bytes, kind: str, expected: Said) -> None:
    """The title it keeps, or its first line; two days at the head are none."""
    assert said(data, kind) == expected


def test_name_prevails_over_what_the_file_says(build_tree: Tree) -> None:
    """Only what a name leaves open is read; ids follow the titles, and stay different."""
    report = paper("Medical Report", "March 2, 2024")
    folder = build_tree({
        "2023-01-05 Kim letter.pdf": report, "Park letter.pdf": report, "scan 1.pdf": report,
        "scan 2.pdf": report, "scan 3.pdf": b"%PDF-1.7 broken",
    })  # fmt: skip

    entries, asked = described(*from_files([folder]))

    assert [(e.title, e.date) for e in entries] == [
        ("Kim letter", "2023-01-05"), ("Park letter", "2024-03-02"),
        ("Medical Report", "2024-03-02"), ("Medical Report", "2024-03-02"), ("scan 3", ""),
    ]  # fmt: skip
    assert [e.id for e in entries[2:]] == ["medical-report", "medical-report-2", "scan-3"]
    assert asked == ["Park letter.pdf", "scan 1.pdf", "scan 2.pdf"]

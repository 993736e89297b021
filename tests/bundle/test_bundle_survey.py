"""What a look at all exhibits together tells, before anything is bound."""

from pathlib import Path

import pytest

from nkdocs.diagnostics import Finding
from nkdocs.packet import review
from tests.bundle.crafted import document, saved
from tests.bundle.made import heavy, paragraph, pdf


def _found(folder: Path, **files: bytes) -> dict[str, Finding]:
    for name, data in files.items():
        (folder / f"{name}.pdf").write_bytes(data)
    return {f.code: f for f in review.files([folder])}


def test_doubles_are_told_by_file_and_by_page(tmp_path: Path) -> None:
    """One file under two names; one page in two files."""
    found = _found(
        tmp_path, a=pdf(2, "one"), b=pdf(2, "one"), c=pdf(1, "three"), d=pdf(2, "three")
    )

    assert found["X401"].place.file == "b.pdf"
    assert "the same file as a.pdf" in found["X401"].message
    assert found["X402"].place.file == "d.pdf"
    assert "page 1 stands in exhibit 'c' already" in found["X402"].message
    both = _found(tmp_path, e=pdf(2, "five"), f=pdf(2, "five") + b"\n")["X402"].message
    assert "pages 1-2 stand in exhibit 'e' already" in both


def test_each_file_is_described_and_the_bundle_reckoned(tmp_path: Path) -> None:
    """Pages, paper, text, size; pages on their side; in how many files it will go."""
    found = _found(
        tmp_path,
        a=saved(document("one", size=(595, 842))),
        b=saved(document("two", size=(842, 595))),
        c=heavy("c", 4, 7_000_000),
    )

    assert "about 31." in found["X406"].message.replace("32.", "31.")
    assert "2 files, as any recipient takes 25 MB" in found["X406"].message
    assert "1 page of 6 lies on its side" in found["X405"].message
    assert "not searchable" in found["X404"].message


@pytest.mark.parametrize("name", ["서류 (1).pdf", "a&b.pdf", "v1.2.pdf", "x" * 110 + ".pdf"])
def test_names_that_portals_refuse_are_told(tmp_path: Path, name: str) -> None:
    """Only told: the bundle has a name of its own."""
    (tmp_path / name).write_bytes(pdf(1))

    codes = {f.code: f.severity.value for f in review.files([tmp_path])}

    assert codes["X403"] == "INFO"


def test_words_of_bare_files_are_read(tmp_path: Path) -> None:
    """Blank scans, another language, a certificate without a telephone, two A-numbers."""
    korean = "저는 함경북도 무산에서 태어났습니다. 부모님과 함께 살았습니다. " * 6
    certificate = paragraph(
        "Certificate. I, Park Min-ji, certify that I am competent to translate from Korean and "
        "that the translation is true and accurate. Address: 1 Main Street, Flushing, NY 11354."
    )
    ours, theirs = paragraph("A-Number: A000-000-021. " * 4), paragraph("A000-000-099 " * 4)

    (tmp_path / "a.txt").write_text(korean, encoding="utf-8")
    foreign = _found(tmp_path)
    rest = _found(tmp_path, b=certificate, c=ours, d=theirs, e=pdf(1, ""), f=saved(document("")))

    assert "no translation is certified" in foreign["X408"].message
    assert "X408" not in rest
    assert "lacks a telephone number" in rest["X409"].message
    assert "2 different A-numbers" in rest["X410"].message


def test_check_writes_nothing(tmp_path: Path) -> None:
    """Not even a folder."""
    (tmp_path / "a.pdf").write_bytes(pdf(1))

    review.files([tmp_path])

    assert [f.name for f in tmp_path.iterdir()] == ["a.pdf"]

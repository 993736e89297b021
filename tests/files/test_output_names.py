"""Names of files that nkdocs writes, and documents that are open elsewhere."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs import _filenames


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/x", "etc-x"), ("/etc/x", "etc-x"), ("..", "unnamed"), (".", "unnamed"),
        ("", "unnamed"), ("CON", "CON_"), ("nul.txt", "nul_.txt"), ("aux.pdf", "aux_.pdf"),
        ("LPT1.docx", "LPT1_.docx"), ("com¹", "com¹_"), ("con .txt", "con_ .txt"),
        ("CON.tar.gz", "CON_.tar.gz"), ("CONSENT.docx", "CONSENT.docx"), ("a:b", "a-b"),
        ("a?b", "a-b"), ("name.", "name"), ("name ", "name"), ("name. . ", "name"),
        ("a\x00b", "ab"), ("-rf", "rf"), ("~user", "user"), ("C:\\x", "C-x"),
        ("a\u202efdp.exe", "afdp.exe"), ("a/b", "a-b"), ("a\r\nb", "a b"), ("a\tb", "a b"),
        (".hidden", "hidden"), ('<">|*', "unnamed"), ("김우심 (1).pdf", "김우심 (1).pdf"),
        (unicodedata.normalize("NFD", "김우심 (1).pdf"), "김우심 (1).pdf"),
        ("x" * 300, "x" * 120), ("x" * 300 + ".docx", "x" * 115 + ".docx"),
        ("한" * 100 + ".pdf", "한" * 38 + ".pdf"), ("Matter of A. B.", "Matter of A. B"),
        ("\x1b]0;t\x07a.pdf", "]0;ta.pdf"), ("a\udcffb.pdf", "ab.pdf"), ("  a  b ", "a b"),
        ("a\u200bb\ufeff", "ab"), ("e\u200d\u0301", "é"), ("a\u2028b", "a b"),
        ("report 2026.11", "report 2026.11"), ("\u3000a", "a"),
    ],
)  # fmt: skip
def test_a_name_is_fit_for_every_system(text: str, name: str) -> None:
    """Escapes, devices, controls and what some system refuses are taken out or replaced."""
    assert _filenames.output_name(text) == name


@given(st.text(max_size=200) | st.text('./\\~:- \u202eCONaux\u0301한"', max_size=30))
def test_no_name_escapes(text: str) -> None:
    """Every name is a plain name inside the folder, and is its own name."""
    name = _filenames.output_name(text)

    place = Path("/out") / name
    assert place.parent == Path("/out")
    assert place.name == name
    assert 0 < len(name.encode()) <= 120
    assert name[0] not in " .-~"
    assert name[-1] not in " ."
    assert unicodedata.is_normalized("NFC", name)
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in name)
    assert _filenames.output_name(name) == name


def test_names_that_differ_only_in_case_are_numbered() -> None:
    """A second `Kim.docx` is not written over the first."""
    assert _filenames.output_name("KIM.docx", taken={"kim.docx"}) == "KIM (2).docx"
    assert _filenames.output_name("KIM.docx", taken={"kim.docx", "kim (2).DOCX"}) == "KIM (3).docx"


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("memo.docx", "~$memo.docx"),
        ("request.docx", "~$quest.docx"),
        ("letters.docx", "~$tters.docx"),
        ("pd-reqs.docx", "~$-reqs.docx"),
        ("mylette.docx", "~$ylette.docx"),
        ("pd-request.docx", ".~lock.pd-request.docx#"),
    ],
)
def test_an_open_document_is_noticed(tmp_path: Path, name: str, owner: str) -> None:
    """The owner files of Word and LibreOffice say that a document is open."""
    assert not _filenames.open_in_word(tmp_path / name)

    (tmp_path / owner).write_bytes(b"")

    assert _filenames.open_in_word(tmp_path / name)

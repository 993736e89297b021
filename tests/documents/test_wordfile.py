"""Word files are opened with limits, and written the same bytes for the same content."""

import io
import zipfile
from pathlib import Path

import pytest

from nkdocs.documents.wordfile import BODY, WordFile, paragraph_numbers, text_of
from nkdocs.errors import TemplateError
from tests.documents.letters import changed, filled, members, packed, template

BOMB = b"<x>" + b" " * 60_000_000 + b"</x>"


def zipped(**parts: bytes) -> bytes:
    """Return a ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word file", id="doc"),
        pytest.param(zipped(a=b"x"), "no Word", id="zip"),
        pytest.param(b"", "no Word file", id="empty"),
        pytest.param(b"Dear Sir,", "no Word file", id="text"),
        pytest.param(template("Text.")[:900], "no Word file", id="truncated"),
        pytest.param(zipped(word__document=b"x", b=BOMB), "too large", id="bomb"),
        pytest.param(
            packed({**members(template("x")), BODY: b"<w:document>"}), "damaged", id="xml"
        ),
        pytest.param(packed({str(n): b"" for n in range(2001)}), "too large", id="many-members"),
    ],
)
def test_what_is_no_word_file_is_told_so(data: bytes, said: str) -> None:
    """Each with its name and the next step; nothing else is raised."""
    with pytest.raises(TemplateError, match=said) as caught:
        WordFile.read(data, "letter.docx")

    assert "letter.docx" in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("kind", ["document.macroEnabled.main+xml", "template.main+xml"])
def test_a_macro_file_is_refused_in_words(kind: str) -> None:
    """A .docm or .dotx renamed to .docx is no traceback."""
    word = changed(
        template("Text."), "[Content_Types].xml",
        "officedocument.wordprocessingml.document.main+xml", f"ms-word.{kind}",
    )  # fmt: skip

    with pytest.raises(TemplateError, match="no plain Word document"):
        filled(word)


def test_entities_are_not_expanded() -> None:
    """Neither a file of this computer nor a billion laughs gets into a letter."""
    evil = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>hi &a;</w:t></w:r></w:p></w:body></w:document>"
    )
    word = WordFile.read(packed({**members(template("x")), BODY: evil.encode()}), "x")

    assert text_of(next(word.tree(BODY).iter("{*}p"))) == "hi "


def test_equal_content_is_equal_bytes() -> None:
    """Times and order of a ZIP file play no part (TRUST R16)."""
    parts = members(template("Text."))

    one, other = (WordFile.read(packed(p), "x").data()
                  for p in (parts, dict(reversed(parts.items()))))  # fmt: skip

    assert one == other


def test_text_is_read_as_it_is_seen() -> None:
    """Tabs and breaks are characters; deletions and field codes are not read."""
    inner = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    )
    word = changed(template("x"), BODY, "</w:p>", f"{inner}</w:p>")

    assert text_of(next(WordFile.read(word, "x").tree(BODY).iter("{*}p"))) == "xa\tb\nc\u2011"


def test_paragraphs_are_numbered_as_word_counts() -> None:
    """Only numbered paragraphs count, through headings and tables between them."""
    lines = ["Numbered Paragraph| one", "Body| plain", "Numbered Paragraph| two",
             "[table Plain Table: 2000]", "[row]", "Table Text| cell", "[end]",
             "Numbered Paragraph| three"]  # fmt: skip
    word = WordFile.read(template(*lines), "x")

    numbers = {text_of(p): n for p, n in paragraph_numbers(word).items()}

    assert numbers == {"one": 1, "two": 2, "three": 3}


def test_foreign_templates_are_read(samples: Path) -> None:
    """Letters that nobody of this project wrote open, and give their bytes back whole."""
    for file in sorted((samples / "docx_templates").glob("*.docx")):
        word = WordFile.read(file.read_bytes(), file.name)
        again = WordFile.read(word.data(), file.name)

        assert set(again.parts) == set(word.parts)
        assert [text_of(p) for p in again.tree(BODY).iter("{*}p")] == [
            text_of(p) for p in word.tree(BODY).iter("{*}p")
        ]

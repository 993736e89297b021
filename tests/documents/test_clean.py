"""Nothing of the template's author or of an earlier client reaches the letter (TRUST R15)."""

import datetime as dt

import pytest

from nkdocs.documents.clean import clean
from nkdocs.documents.wordfile import WordFile
from nkdocs.errors import TemplateError
from tests.documents.letters import (
    CHUNK,
    changed,
    filled,
    members,
    packed,
    said,
    template,
    with_chunk,
)

PLANT = "A000-000-099"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def planted() -> bytes:
    """Return a template with ten secrets in it, each where Word keeps such things."""
    word = template("Visible text.")
    run = "<w:t>{}</w:t></w:r>"
    body = (
        f'<w:del w:author="{PLANT} 1"><w:r><w:delText>{PLANT} 2</w:delText></w:r></w:del>'
        f'<w:ins w:author="{PLANT} 3"><w:r>{run.format("kept")}</w:ins>'
        f"<w:r><w:rPr><w:vanish/></w:rPr>{run.format(PLANT + ' 4')}"
        f'<w:r><w:rPr><w:rStyle w:val="Ghost"/></w:rPr>{run.format(PLANT + " 5")}'
        f'<w:moveFrom w:author="x"><w:r>{run.format(PLANT + " 6")}</w:moveFrom>'
        '<w:commentRangeStart w:id="1"/><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r>'
    )
    word = changed(word, "word/document.xml", "</w:p>", f"{body}</w:p>")
    ghost = (
        '<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    word = changed(word, "word/styles.xml", "</w:styles>", f"{ghost}</w:styles>")
    core = "<dc:creator></dc:creator>"
    word = changed(
        word, "docProps/core.xml", core,
        f"<dc:creator>{PLANT} 7</dc:creator><dc:description>{PLANT} 8</dc:description>",
    )  # fmt: skip
    word = changed(
        word, "word/settings.xml", "</w:settings>",
        f'<w:attachedTemplate xmlns:r="{R}" r:id="rId1"/></w:settings>',
    )  # fmt: skip
    parts = members(word)
    parts["word/_rels/settings.xml.rels"] = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" TargetMode="External" '
        f'Type="{R}/attachedTemplate" Target="file:///C:/{PLANT}%209.dotm"/></Relationships>'
    ).encode()
    parts["word/comments.xml"] = (
        f'<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:comment w:id="1" w:author="x"><w:p><w:r><w:t>privileged: {PLANT} 10</w:t></w:r></w:p>'
        "</w:comment></w:comments>"
    ).encode()
    parts["docProps/app.xml"] = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'extended-properties"><Company>{PLANT} 11</Company></Properties>'
    ).encode()
    parts["docProps/thumbnail.jpeg"] = f"{PLANT} 12".encode()
    parts["customXml/item1.xml"] = f"<a>{PLANT} 13</a>".encode()
    word = packed(parts)
    word = changed(
        word, "[Content_Types].xml", "</Types>",
        f'<Override PartName="/word/comments.xml" ContentType="{KIND}.comments+xml"/>'
        '<Default Extension="jpeg" ContentType="image/jpeg"/></Types>',
    )  # fmt: skip
    return changed(
        word, "word/_rels/document.xml.rels", "</Relationships>",
        f'<Relationship Id="rId98" Type="{R}/comments" Target="comments.xml"/></Relationships>',
    )  # fmt: skip


def test_no_planted_secret_reaches_the_letter() -> None:
    """Of thirteen none; what was inserted and accepted by being there stays."""
    word = planted()
    leaks = b"".join(members(word).values()).decode(errors="replace").count(PLANT)

    made = filled(word).docx

    assert leaks == 13
    assert PLANT.encode() not in b"".join(members(made).values())
    assert not [n for n in members(made) if "comment" in n or "thumbnail" in n or "customXml" in n]
    assert said(made) == ["Visible text.kept"]


def test_a_document_that_word_would_take_in_is_refused() -> None:
    """Nothing in it is filled, and Word imports it when it opens the letter; it is named."""
    word = with_chunk(template("One.", "Two."))

    with pytest.raises(TemplateError) as caught:
        filled(word)

    assert "altChunk word/chunk.html" in caught.value.message
    assert "in document, behind paragraph 2" in caught.value.message


def test_a_document_that_lies_in_the_file_unused_is_refused_too() -> None:
    """It would leave the office within the letter."""
    word = changed(with_chunk(template("One.")), "word/document.xml", CHUNK, "")

    with pytest.raises(TemplateError) as caught:
        filled(word)

    assert "altChunk word/chunk.html" in caught.value.message


def test_a_tag_in_deleted_text_is_not_filled() -> None:
    """What was deleted is gone before the filling; an unknown name in it stops nothing."""
    gone = "<w:del><w:r><w:delText>{{ nobody.knows }}</w:delText></w:r></w:del>"
    word = changed(template("Text."), "word/document.xml", "</w:p>", f"{gone}</w:p>")

    assert said(filled(word).docx) == ["Text."]


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_text_that_is_switched_visible_stays(off: str) -> None:
    """`w:vanish` with the value "off" shows its text: it is not dropped."""
    shown = f'<w:r><w:rPr><w:vanish w:val="{off}"/></w:rPr><w:t> shown</w:t></w:r>'
    word = changed(template("Text."), "word/document.xml", "</w:p>", f"{shown}</w:p>")

    assert said(filled(word).docx) == ["Text. shown"]


def test_a_deleted_row_is_gone() -> None:
    """A row whose deletion is tracked is not printed."""
    word = template("[table Ruled Table: 1000]", "[row]", "Table Text| stays", "[row]",
                    "Table Text| deleted", "[end]")  # fmt: skip
    text = members(word)["word/document.xml"].decode()
    at = text.rindex("<w:tr>")
    parts = {**members(word), "word/document.xml": (
        text[:at] + '<w:tr><w:trPr><w:del w:id="1" w:author="x"/></w:trPr>' + text[at + 6:]
    ).encode()}  # fmt: skip

    made = filled(packed(parts)).docx

    assert [t for t in said(made) if t] == ["stays"]


def test_the_ids_of_editing_sessions_are_gone() -> None:
    """No `rsid` tells which documents were edited together."""
    word = changed(template("Text."), "word/document.xml", "<w:p>", '<w:p w:rsidR="00AB12CD">')

    assert b"rsid" not in members(filled(word).docx)["word/document.xml"]


def test_a_web_link_stays() -> None:
    """The office's own address on the web may be a link."""
    link = (
        f'<Relationship Id="rId99" Type="{R}/hyperlink" Target="https://example.org/" '
        'TargetMode="External"/></Relationships>'
    )
    name = "word/_rels/document.xml.rels"

    word = WordFile.read(changed(template("Text."), name, "</Relationships>", link), "x")
    clean(word, title="T", day=dt.date(2026, 11, 20))

    assert b"https://example.org/" in members(word.data())[name]

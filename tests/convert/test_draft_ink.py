"""How text looks on a draft, and what is named when it cannot look as in Word."""

import io
import zipfile

import pytest
from docx.document import Document
from docx.enum.text import WD_COLOR_INDEX, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import nsdecls
from docx.shared import Inches

from nkdocs.convert.draft.engine import DraftEngine
from tests.convert.made_letters import (
    append_xml,
    box_of,
    colour_at,
    draw_letter,
    made_letter,
    texts_of,
)


def test_highlighted_text_has_its_ground() -> None:
    """A marked blank is yellow."""

    def write(document: Document) -> None:
        document.add_paragraph().add_run("[BLANK]").font.highlight_color = WD_COLOR_INDEX.YELLOW

    drawn = draw_letter(write)

    left, top, _, _ = box_of(drawn, "[BLANK]")
    assert colour_at(drawn, left + 0.2, top - 1) == (255, 255, 0)


def test_a_leader_rules_a_blank() -> None:
    """A tab with an underscore leader is a line to its stop."""

    def write(document: Document) -> None:
        paragraph = document.add_paragraph("Name:\tend")
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Inches(4), WD_TAB_ALIGNMENT.LEFT, WD_TAB_LEADER.LINES)

    drawn = draw_letter(write)

    left, _, _, bottom = box_of(drawn, "end")
    column = [colour_at(drawn, left - 40, bottom + step / 2) for step in range(-8, 8)]
    assert min(column) < (120, 120, 120)
    assert left == pytest.approx(90 + 288, abs=2)


def test_bold_and_italic_have_their_own_letters() -> None:
    """The PDF carries the bold and the italic face."""

    def write(document: Document) -> None:
        paragraph = document.add_paragraph("plain ")
        paragraph.add_run("bold ").bold = True
        paragraph.add_run("italic").italic = True

    drawn = draw_letter(write)

    assert b"LiberationSerifBold" in drawn.data
    assert b"LiberationSerifItalic" in drawn.data


def test_boxes_and_ticks_are_drawn() -> None:
    """The signs no typeface has are drawn as lines; nothing is reported lost."""
    drawn = draw_letter(lambda d: d.add_paragraph("☐ ☒ ✓ yes"))

    left, top, _, bottom = box_of(drawn, "yes")
    middle = (top + bottom) / 2
    row = [colour_at(drawn, 90 + step / 2, middle) for step in range(int(left - 92) * 2)]
    assert min(row) < (120, 120, 120)
    assert drawn.lost == ()


def test_a_character_without_a_letterform_is_named() -> None:
    """Hanja become boxes, and the code point is reported, never silently dropped."""
    drawn = draw_letter(lambda d: d.add_paragraph("성명 金 seal"))

    assert any("U+91D1" in line for line in drawn.lost)
    assert "성명" in texts_of(drawn)[0]


def test_a_footnote_is_kept_and_reported() -> None:
    """A footnote's words stand at the end; its place at the foot is reported as lost."""
    data = _with_footnote("Aside from the record")

    drawn = DraftEngine().convert({"brief": data})["brief"]

    assert "Aside from the record" in texts_of(drawn)[0].splitlines()[-1]
    assert any("footnotes" in line for line in drawn.lost)


def _with_footnote(text: str) -> bytes:
    claim = '<w:p><w:r><w:t>Claim</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    data = made_letter(lambda d: append_xml(d, claim))
    spaces = nsdecls("w")
    note = (
        f'<w:footnotes {spaces}><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        f"<w:r><w:t> {text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            blob = old.read(name)
            if name == "word/_rels/document.xml.rels":
                blob = blob.replace(b"</Relationships>", relation.encode())
            new.writestr(name, blob)
        new.writestr("word/footnotes.xml", note)
    return packed.getvalue()


def test_words_of_a_text_box_follow_its_paragraph() -> None:
    """A text box loses its frame and place, not its words."""
    box = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><w:pict>"
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        "<v:textbox><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:shape></w:pict></w:r></w:p>"
    )

    drawn = draw_letter(lambda d: append_xml(d, box))

    assert texts_of(drawn)[0].splitlines() == ["Before", "Boxed"]
    assert any("text box" in line for line in drawn.lost)


def test_tracked_changes_are_drawn_as_accepted() -> None:
    """Insertions are drawn, deletions are not, and hidden text stays hidden."""
    changes = (
        "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>"
    )

    drawn = draw_letter(lambda d: append_xml(d, changes))

    assert texts_of(drawn)[0] == "kept"
    assert any("tracked changes" in line for line in drawn.lost)


def test_a_word_longer_than_the_line_is_cut_not_lost() -> None:
    """An address of two hundred letters goes on in the next line."""
    long = "a" * 60 + "b" * 90 + "c" * 60

    drawn = draw_letter(lambda d: d.add_paragraph(long))

    assert "".join(texts_of(drawn)[0].split()) == long
    assert box_of(drawn, "aaa")[2] < 612 - 72

"""What LibreOffice is given of a Word file: no table styles that no table uses."""

import io
import re
import subprocess
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from docx.shared import Pt

from nkdocs.convert.lighter import lighter
from nkdocs.convert.office import Office, find_office

_OFFICE = find_office()


def _letter(table_style: str | None = None) -> bytes:
    """Return a letter in the package of python-docx, which holds a hundred table styles."""
    document = docx.Document()
    document.add_heading("A letter", 1)
    document.add_paragraph("To whom it concerns", style="Intense Quote")
    document.add_paragraph("first", style="List Number")
    table = document.add_table(3, 2)
    if table_style:
        table.style = document.styles[table_style]
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"cell {number}"
    document.sections[0].header.paragraphs[0].text = "left\tmiddle\tright"
    document.styles["Normal"].font.size = Pt(11)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _with(data: bytes, **changed: bytes) -> bytes:
    """Return a package with other styles or another body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, told in _parts(data).items():
            package.writestr(name, changed.get(name[5:-4], told))
    return out.getvalue()


def _tables(data: bytes) -> set[str]:
    styles = _parts(data)["word/styles.xml"].decode()
    return set(re.findall(r'<w:style w:type="table"[^>]*w:styleId="([^"]*)"', styles))


def test_only_table_styles_that_nothing_names_are_left_out() -> None:
    """The style of plain tables and those in use stay, and every other part stays as it is."""
    before = _letter("Light Grid Accent 2")
    after = lighter(before)
    assert len(_tables(before)) > 90
    assert _tables(after) == {"TableNormal", "LightGrid-Accent2"}
    own, light = _parts(before), _parts(after)
    styles = own.pop("word/styles.xml"), light.pop("word/styles.xml")
    assert own == light
    told = [re.findall(rb'<w:style w:type="(?!table)[^>]*>.*?</w:style>', s) for s in styles]
    assert told[0] == told[1]
    assert [*own] == [*light]


def test_a_table_style_on_which_another_is_based_stays() -> None:
    """What a kept style is based on is kept, however long the chain; so is what a header names."""
    letter = _letter()
    styles = _parts(letter)["word/styles.xml"].decode()
    for one, base in (("LightGrid", "LightList"), ("LightList", "MediumGrid1")):
        style = rf'<w:style w:type="table" w:styleId="{one}">.*?</w:style>'
        found = re.search(style, styles, re.DOTALL)
        assert found
        based = re.sub(r'<w:basedOn w:val="[^"]*"/>', f'<w:basedOn w:val="{base}"/>', found[0])
        styles = styles.replace(found[0], based)
    body = _parts(letter)["word/document.xml"].decode()
    body = body.replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="LightGrid"/>', 1)
    kept = _tables(lighter(_with(letter, styles=styles.encode(), document=body.encode())))
    assert kept == {"TableNormal", "LightGrid", "LightList", "MediumGrid1"}
    header = b'<w:hdr xmlns:w="x"><w:tblStyle w:val="DarkList"/></w:hdr>'
    assert "DarkList" in _tables(lighter(_with(letter, header1=header)))


@pytest.mark.parametrize("odd", ["no archive", "cut", "no styles", "UTF-16", "few styles"])
def test_what_is_not_as_word_writes_it_is_left_alone(odd: str) -> None:
    """The very same bytes come back: whoever reads the file next says what is wrong with it."""
    letter = _letter()
    styles = _parts(letter)["word/styles.xml"].decode()
    made = {
        "no archive": b"PK\3\4 and nothing else",
        "cut": letter[: len(letter) // 2],
        "no styles": letter.replace(b"word/styles.xml", b"word/stylez.xml"),
        "UTF-16": _with(letter, styles=styles.encode("utf-16")),
        "few styles": _with(letter, styles=styles[:9000].encode()),
    }[odd]
    assert lighter(made) is made


@pytest.mark.skipif(_OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("style", [None, "Light Grid Accent 2", "Medium Shading 1 Accent 3"])
def test_the_pdf_shows_the_same(style: str | None, tmp_path: Path) -> None:
    """Every pixel of the page is that of a PDF which LibreOffice makes of the file as it is."""
    assert _OFFICE
    letter = _letter(style)
    (tmp_path / "a.docx").write_bytes(letter)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    command = [str(_OFFICE), profile, *convert, str(tmp_path / "a.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    light = Office(_OFFICE).convert({"a": letter})["a"].data
    assert _pixels(light) == _pixels((tmp_path / "a.pdf").read_bytes())


def _pixels(pdf: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(pdf)
    return [bytes(page.render(scale=1.5).buffer) for page in document]

"""Word templates from a plain text, and back: a template never changes without its source.

A source is read line by line. `[title …]` names the document; `[first header]`, `[header]`,
`[first footer]`, `[footer]` and `[body]` open a part. Every other line is a paragraph, its style
before the first bar:

    Heading 1| Request
    Body| Ms. Seo asks for <b>administrative closure</b>; see <i>Matter of X-</i>.

Inside a paragraph stand `<b>`, `<i>`, `<u>` with their ends, `<tab>`, `<line>` (a new line), and
`<page>`, `<pages>` (the number of the page, and of all pages). A table is

    [table Ruled Table: 1900 7460]      its style and the widths of its columns in twips
    [head] or [row]                     opens a row; `[head]` is repeated on every page
    [cell]                              closes a cell and opens the next one
    [end]

`{%p … %}` and `{%tr … %}` stand on lines of their own without a style: a paragraph, or a row of
one cell, that is not printed. What a source cannot say (a paragraph formatted by hand, a comment,
a tracked change) cannot stand in a shipped template: `dump` refuses it.

After a change of a source, from the top of the repository:
`python -m tests.word_source templates/*/*.txt`.
"""

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from tests import word_style
from tests.word_style import PACKAGE, XML, R, W

_PARTS = {
    "[first header]": ("hdr", "header1.xml", "header", "first"),
    "[header]": ("hdr", "header2.xml", "header", "default"),
    "[first footer]": ("ftr", "footer1.xml", "footer", "first"),
    "[footer]": ("ftr", "footer2.xml", "footer", "default"),
}
_TAGS = ("{%p ", "{%tr ")
_OPENERS = {"Heading 1", "Declaration Heading", "Page Title", "Memo Heading", "Matrix Title"}
# these stand after a free line
_MARK = re.compile(r"(</?[biu]>|<tab>|<line>|<pages?>)")
_SINGLE = {"<tab>": "<w:tab/>", "<line>": "<w:br/>"}
_FIELDS = {"<page>": "PAGE", "<pages>": "NUMPAGES"}
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LETTER = (
    '<w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440"'
    ' w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
)


class SourceError(ValueError):
    """A source that says nothing, or a template that says more than a source can."""


@dataclass(frozen=True, slots=True)
class _Table:
    style: str
    widths: tuple[int, ...]


# Building


def build(source: str) -> bytes:
    """Return the DOCX that *source* describes; the same source always gives the same members."""
    title, parts = _split(source)
    links = [("styles", "styles.xml"), ("numbering", "numbering.xml"), ("settings", "settings.xml")]
    members = {
        "word/styles.xml": word_style.styles(),
        "word/numbering.xml": word_style.numbering(),
        "word/settings.xml": word_style.settings(),
    }
    references = []
    for mark, (tag, name, kind, when) in _PARTS.items():
        if mark not in parts:
            continue
        links.append((kind, name))
        references.append(f'<w:{kind}Reference w:type="{when}" r:id="rId{len(links)}"/>')
        inner = "".join(_blocks(iter(parts[mark])))
        members[f"word/{name}"] = f'{XML}<w:{tag} xmlns:w="{W}" xmlns:r="{R}">{inner}</w:{tag}>'
    first = "<w:titlePg/>" if any("first" in r for r in references) else ""
    section = f"<w:sectPr>{''.join(references)}{_LETTER}{first}</w:sectPr>"
    inner = "".join(_blocks(iter(parts["[body]"])))
    body = f"<w:body>{inner}{section}</w:body>"
    members["word/document.xml"] = (
        f'{XML}<w:document xmlns:w="{W}" xmlns:r="{R}">{body}</w:document>'
    )
    return _zip(members | _package(title, links))


def _split(source: str) -> tuple[str, dict[str, list[str]]]:
    title, parts, here = "", {"[body]": list[str]()}, list[str]()
    for line in filter(str.strip, source.splitlines()):
        if line.startswith("[title "):
            title = line.removeprefix("[title ").removesuffix("]")
        elif line in _PARTS or line == "[body]":
            here = parts.setdefault(line, [])
        else:
            here.append(line)
    return title, parts


def _blocks(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("[table "):
            style, _, widths = line.removeprefix("[table ").removesuffix("]").partition(":")
            yield _table(_Table(style.strip(), tuple(map(int, widths.split()))), lines)
        else:
            yield _paragraph(line)


def _table(table: _Table, lines: Iterator[str]) -> str:
    rows: list[tuple[bool, list[list[str]]]] = []
    for line in lines:
        if line == "[end]":
            break
        if line in {"[row]", "[head]"}:
            rows.append((line == "[head]", [[]]))
        elif line.startswith("{%tr "):
            rows.append((False, [[_paragraph(line)]]))
        elif line == "[cell]":
            rows[-1][1].append([])
        else:
            rows[-1][1][-1].append(_paragraph(line))
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in table.widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{word_style.style_id(table.style)}"/>'
        f'<w:tblW w:w="{sum(table.widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(_row(table, *row) for row in rows)}</w:tbl>"
    )


def _row(table: _Table, head: bool, cells: list[list[str]]) -> str:  # noqa: FBT001 - data, no switch
    spans = len(cells) == 1 < len(table.widths)
    if not spans and len(cells) != len(table.widths):
        msg = f"a row has {len(cells)} cells, its table {len(table.widths)} columns"
        raise SourceError(msg)
    widths = (sum(table.widths),) if spans else table.widths
    span = f'<w:gridSpan w:val="{len(table.widths)}"/>' if spans else ""
    inner = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/>{span}</w:tcPr>{"".join(cell)}</w:tc>'
        for w, cell in zip(widths, cells, strict=True)
    )
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{inner}</w:tr>"


def _paragraph(line: str) -> str:
    plain = f"Normal| {line}" if line.startswith(_TAGS) else line
    style, bar, text = plain.partition("|")
    if not bar or style not in word_style.PARAGRAPHS:
        msg = f"no style is named before the bar: {line[:40]!r}"
        raise SourceError(msg)
    key = word_style.style_id(style)
    return f'<w:p><w:pPr><w:pStyle w:val="{key}"/></w:pPr>{_runs(text.removeprefix(" "))}</w:p>'


def _runs(text: str) -> str:
    face: list[str] = []
    out = []
    for piece in filter(None, _MARK.split(text)):
        if piece.startswith("</"):
            face.remove(piece[2])
        elif piece in {"<b>", "<i>", "<u>"}:
            face.append(piece[1])
        else:
            look = "".join(_FACE[f] for f in "biu" if f in face)
            out.append(_run(piece, f"<w:rPr>{look}</w:rPr>" if look else ""))
    return "".join(out)


_FACE = {"b": "<w:b/>", "i": "<w:i/>", "u": '<w:u w:val="single"/>'}


def _run(piece: str, look: str) -> str:
    if piece in _FIELDS:
        field = _FIELDS[piece]
        return f'<w:fldSimple w:instr=" {field} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'
    inner = _SINGLE.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r>{look}{inner}</w:r>"


def _package(title: str, links: list[tuple[str, str]]) -> dict[str, str]:
    kinds = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_KIND}.{kind}+xml"/>'
        for kind, name in [*links, ("document.main", "document.xml")]
    )
    package = "application/vnd.openxmlformats-package"
    core = f"{PACKAGE}/metadata/core-properties"
    relations = f'{XML}<Relationships xmlns="{PACKAGE}/relationships">'
    inner = "".join(
        f'<Relationship Id="rId{n}" Type="{_TYPES}/{kind}" Target="{name}"/>'
        for n, (kind, name) in enumerate(links, 1)
    )
    return {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>{kinds}'
        f'<Override PartName="/docProps/core.xml" ContentType="{package}.core-properties+xml"/>'
        "</Types>",
        "_rels/.rels": f'{relations}<Relationship Id="rId1" Type="{_TYPES}/officeDocument"'
        ' Target="word/document.xml"/><Relationship Id="rId2"'
        f' Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        "</Relationships>",
        "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{core}"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>'
        "<dc:creator></dc:creator></cp:coreProperties>",
        "word/_rels/document.xml.rels": f"{relations}{inner}</Relationships>",
    }


def _zip(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in sorted(members):  # "[Content_Types].xml" sorts first, as readers expect
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the byte tells on which system it was built
            packed.writestr(entry, members[name].encode())
    return file.getvalue()


# Dumping


def dump(docx: bytes) -> str:
    """Return the source of *docx*.

    Raises:
        SourceError: the file holds what a source cannot say.
    """
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        trees = {n: etree.fromstring(packed.read(n)) for n in packed.namelist()}
    styles = trees["word/styles.xml"].iter(_w("style"))
    names = {str(s.get(_w("styleId"))): _name(str(s[0].get(_w("val")))) for s in styles}
    title = trees["docProps/core.xml"].findtext("{http://purl.org/dc/elements/1.1/}title")
    out = [f"[title {title}]"]
    for mark, (_, name, _, _) in _PARTS.items():
        if f"word/{name}" in trees:
            out += ["", mark, *_lines(trees[f"word/{name}"], names)]
    body = trees["word/document.xml"][0]
    return "\n".join([*out, "", "[body]", *_lines(body, names)]) + "\n"


def _w(tag: str) -> str:
    return f"{{{W}}}{tag}"


def _name(stored: str) -> str:
    return next((n for n in word_style.PARAGRAPHS if word_style.stored_name(n) == stored), stored)


def _lines(parent: Any, names: dict[str, str]) -> Iterator[str]:  # noqa: ANN401 - an lxml element
    for child in parent:
        if child.tag == _w("p"):
            style, text = names[_only_style(child)], _text(child)
            if style in _OPENERS:
                yield ""
            yield text if text.startswith(_TAGS) else f"{style}| {text}".rstrip()
        elif child.tag == _w("tbl"):
            yield from _table_lines(child, names)
        elif child.tag not in {_w("sectPr"), _w("tcPr"), _w("trPr")}:
            _refuse(child)


def _table_lines(table: Any, names: dict[str, str]) -> Iterator[str]:  # noqa: ANN401
    style = names[table[0].find(_w("tblStyle")).get(_w("val"))]
    widths = " ".join(c.get(_w("w")) for c in table.iter(_w("gridCol")))
    yield f"[table {style}: {widths}]"
    for row in table.findall(_w("tr")):
        tag = "".join(row.itertext())
        if tag.startswith("{%tr "):
            yield tag
            continue
        yield "[head]" if row.find(f"{_w('trPr')}/{_w('tblHeader')}") is not None else "[row]"
        for number, cell in enumerate(row.findall(_w("tc"))):
            yield from ["[cell]"] * bool(number)
            yield from _lines(cell, names)
    yield "[end]"


def _only_style(paragraph: Any) -> str:  # noqa: ANN401
    properties = paragraph.find(_w("pPr"))
    if properties is None or [c.tag for c in properties] != [_w("pStyle")]:
        _refuse(paragraph)
    return str(properties[0].get(_w("val")))


def _text(paragraph: Any) -> str:  # noqa: ANN401
    pieces: list[tuple[str, str]] = []
    for child in paragraph:
        if child.tag == _w("fldSimple"):
            field = next(k for k, v in _FIELDS.items() if v == child.get(_w("instr")).strip())
            pieces.append((_look(child[0]), field))
        elif child.tag == _w("r"):
            pieces.append((_look(child), "".join(_piece(c) for c in child)))
        elif child.tag != _w("pPr"):
            _refuse(child)
    return _marked(pieces)


def _look(run: Any) -> str:  # noqa: ANN401
    properties = run.find(_w("rPr"))
    faces = {_w(f): f for f in "biu"}
    found = [] if properties is None else list(properties)
    for face in found:
        if face.tag not in faces:
            _refuse(face)
    return "".join(faces[f.tag] for f in found)


def _piece(child: Any) -> str:  # noqa: ANN401
    if child.tag == _w("t"):
        return child.text or ""
    if child.tag in {_w("tab"), _w("br")} and not child.attrib:
        return "<tab>" if child.tag == _w("tab") else "<line>"
    if child.tag != _w("rPr"):
        _refuse(child)
    return ""


def _marked(pieces: list[tuple[str, str]]) -> str:
    """Write faces as marks, each closed as soon as a run no longer has it."""
    out, now = "", ""
    for look, text in [*pieces, ("", "")]:
        out += "".join(f"</{f}>" for f in reversed(now) if f not in look)
        out += "".join(f"<{f}>" for f in look if f not in now)
        now = look
        out += text
    return out


def _refuse(element: Any) -> None:  # noqa: ANN401
    from lxml import etree

    where = etree.tostring(element, encoding="unicode")[:300]
    msg = f"a template holds what its source cannot say: {where}"
    raise SourceError(msg)


def main(sources: list[str]) -> None:
    """Build the Word file beside each of *sources* and write the source back as it dumps."""
    for source in map(Path, sources):
        docx = build(source.read_text(encoding="utf-8"))
        source.with_suffix(".docx").write_bytes(docx)
        source.write_text(dump(docx), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

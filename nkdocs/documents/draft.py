"""What only a draft carries: the tear-off first page, and DRAFT on every page."""

from collections.abc import Sequence
from functools import cache, lru_cache

from lxml import etree
from msgspec import Struct

from nkdocs.diagnostics import shown
from nkdocs.documents.clean import escaped, keep_xml
from nkdocs.documents.places import Section, find, put, section
from nkdocs.documents.wordfile import BODY, W, WordFile, parser

MARK = "DRAFT \u2013 not for signature or filing"
LEAD = "Internal page: tear it off. It is not part of the document and goes to nobody."
_HEAD = ": what is open and what was found"
_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Batang" w:cs="Arial"/>'

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}Override"
_RELS = "word/_rels/document.xml.rels"
_NO_RELS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
_TYPES = "[Content_Types].xml"
_HEADER = "word/header-nkdraft.xml"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


class Note(Struct, frozen=True):
    """One line of the tear-off page, under its heading."""

    heading: str
    text: str
    detail: str = ""


def _escaped(text: str) -> str:
    """Return *text* as XML can hold and a page can show it."""
    return escaped(shown(text))


def is_ours(text: str) -> bool:
    """Whether a paragraph's text is one that only a draft carries."""
    return text.strip() in {MARK, LEAD} or text.strip().endswith(_HEAD)


def mark_draft(word: WordFile, notes: Sequence[Note] | None, title: str) -> None:
    """Say DRAFT on every page of *word* and put a page to tear off before the first.

    Without *notes* (None) there is no such page: it is internal and stands in no filing.

    What is added stands at places that are found in the text of a part as a filling writes it;
    a part that is written in another way is parsed.
    """
    for part in [p for p in word.story_parts() if p.startswith("word/header")]:
        places = find(word.parts[part])
        if places is None:
            word.tree(part).insert(0, keep_xml(_mark())[0])
        else:
            word.parts[part] = put(word.parts[part], {places.start: _mark()})
    places = find(word.parts[BODY])
    if places is None or places.body is None:
        _into_tree(word, notes, title)
        return
    lacking = _lacking(word, places.sections)
    own = places.sections[-1] if places.last else None
    page = _tear_off(notes, title, own.size if own else "") if notes is not None else ""
    more = {places.body: page}
    if lacking:
        _add_header(word)
        more[places.inside] = "".join(map(_reference, lacking))
    word.parts[BODY] = put(word.parts[BODY], more)


def _into_tree(word: WordFile, notes: Sequence[Note] | None, title: str) -> None:
    """Mark a body that was written in another way than ours."""
    body = word.tree(BODY).find(f"{W}body")
    sections = list(word.tree(BODY).iter(f"{W}sectPr"))
    lacking = _lacking(word, [section(s) for s in sections])
    if lacking:
        _add_header(word)
        for at, reference in enumerate(keep_xml("".join(map(_reference, lacking)))):
            sections[0].insert(at, reference)
    if notes is None:
        return
    own = body.find(f"{W}sectPr")
    page = _tear_off(notes, title, "" if own is None else section(own).size)
    for at, paragraph in enumerate(keep_xml(page)):
        body.insert(at, paragraph)


def _mark() -> str:
    return _paragraph(MARK, size=18, bold=True, color="7F7F7F", centred=True)


def _lacking(word: WordFile, sections: Sequence[Section]) -> list[str]:
    """Return the kinds of headers that the first section lacks; the others take theirs from it.

    OOXML: ECMA-376 part 1, 17.10.1 (first, default and even headers, taken from the section
    before).
    """
    kinds = ["even"] if _even(word.parts.get("word/settings.xml", b"")) else []
    kinds += ["first"] if any(s.title_page for s in sections) else []
    kinds += ["default"]
    return [k for k in kinds if k not in sections[0].headers] if sections else []


def _reference(kind: str) -> str:
    return f'<w:headerReference xmlns:r="{_R}" w:type="{kind}" r:id="nkDraft"/>'


def _add_header(word: WordFile) -> None:
    """Add the part that is a header saying DRAFT."""
    word.parts[_HEADER] = _header()
    word.parts[_TYPES] = _with(word.parts[_TYPES], _TYPE, PartName=f"/{_HEADER}",
                               ContentType=_HEADER_TYPE)  # fmt: skip
    rels = word.parts.get(_RELS, _NO_RELS)  # a file that links to nothing may have no such part
    target = _HEADER.removeprefix("word/")
    word.parts[_RELS] = _with(rels, _RELATION, Id="nkDraft", Type=f"{_R}/header", Target=target)


@lru_cache(maxsize=64)
def _even(settings: bytes) -> bool:
    """Whether a file's settings tell headers of even pages apart; they are the template's own."""
    tree = etree.fromstring(settings, parser()) if settings else None
    return tree is not None and tree.find(f"{W}evenAndOddHeaders") is not None


@cache
def _header() -> bytes:
    """Return the part that is a header saying DRAFT."""
    header = etree.Element(f"{W}hdr", nsmap={"w": W[1:-1]})
    header.append(keep_xml(_mark())[0])
    return bytes(etree.tostring(header, xml_declaration=True, encoding="UTF-8"))


@lru_cache(maxsize=64)
def _with(part: bytes, element: str, **told: str) -> bytes:
    """Return one of a template's own tables with an entry more; the same for all its letters."""
    tree = etree.fromstring(part, parser())
    etree.SubElement(tree, element, told)
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def _tear_off(notes: Sequence[Note], title: str, size: str) -> str:
    """Return the page to tear off, a section of its own; *size* is that of the document's pages."""
    page = [
        _mark(),
        _paragraph(f"{title}{_HEAD}", size=26, bold=True, before=240),
        _paragraph(LEAD, size=18, after=120),
    ]
    heading = ""
    for note in notes:
        if note.heading != heading:
            heading = note.heading
            page.append(_paragraph(heading, size=20, bold=True, before=160, keep=True))
        page.append(_paragraph(note.text, note.detail, size=18, indent=True))
    if not notes:
        page.append(_paragraph("Nothing is open and nothing was found.", size=20))
    own = f'<w:sectPr><w:type w:val="nextPage"/>{size}</w:sectPr>'
    page[-1] = page[-1].replace("</w:pPr>", f"{own}</w:pPr>", 1)
    return "".join(page)


def _paragraph(  # noqa: PLR0913 - the looks of one paragraph, all by name
    text: str,
    detail: str = "",
    *,
    size: int,
    bold: bool = False,
    color: str = "",
    centred: bool = False,
    before: int = 0,
    after: int = 60,
    indent: bool = False,
    keep: bool = False,
) -> str:
    """Return a paragraph in our own plain look, independent of the template's styles."""
    weight = "<w:b/>" if bold else ""
    ink = f'<w:color w:val="{color}"/>' if color else ""
    look = f'{_FONT}{weight}{ink}<w:sz w:val="{size}"/>'
    runs = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{_escaped(text)}</w:t></w:r>'
    if detail:
        pale = f'{_FONT}<w:color w:val="595959"/><w:sz w:val="{size - 2}"/>'
        runs += (
            f'<w:r><w:rPr>{pale}</w:rPr>'
            f'<w:t xml:space="preserve">  {_escaped(detail)}</w:t></w:r>'
        )
    place = (
        ("<w:keepNext/>" if keep else "")
        + '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        + f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
        + (
            '<w:ind w:left="360" w:hanging="180"/>'
            if indent
            else '<w:ind w:left="0" w:firstLine="0"/>'
        )
        + ('<w:jc w:val="center"/>' if centred else '<w:jc w:val="left"/>')
    )
    return f"<w:p><w:pPr>{place}</w:pPr>{runs}</w:p>"

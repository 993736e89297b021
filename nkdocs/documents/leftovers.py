"""What Word leaves in a template besides its text, and what it takes from elsewhere.

Comments, tracked changes, hidden text, tags where nothing is filled, typefaces that this computer
does not have, pictures and fields that show other files.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from nkdocs.convert.draft.styles import Styles
from nkdocs.convert.wordfile import WordFile as Reader
from nkdocs.convert.wordfile import child
from nkdocs.documents.clean import (
    field_codes,
    hidden_styles,
    is_hidden,
    shows_files,
    taken_in,
)
from nkdocs.documents.tags import Fault, Paragraph, read
from nkdocs.documents.wordfile import W, WordFile, text_of

_TAG = re.compile(r"\{\{|\{%")
_COMMENTS = "word/comments.xml"
_TRACKED = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
#: Fields that Word works out anew, or that a mail merge fills, and what to write instead.
_FIELDS = {
    **dict.fromkeys(("DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE"),
                    ("shows another day whenever the letter is opened", "{{ today }}")),
    **dict.fromkeys(("MERGEFIELD", "ASK", "FILLIN", "NEXT", "MERGESEQ", "ADDRESSBLOCK",
                     "GREETINGLINE"),
                    ("belongs to a mail merge, and nothing fills it", "{{ name }}")),
    **dict.fromkeys(("AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS",
                     "FILENAME", "COMMENTS", "DOCPROPERTY", "INFO"),
                    ("shows what the file or the computer says of itself", "{{ counsel.name }}")),
}  # fmt: skip
_TINY, _WHITE = 2.0, "FFFFFF"  # points: nobody reads letters of that size
_UNFILLED = {
    "docProps/": "the properties of the file", "word/charts/": "a chart",
    "word/diagrams/": "a SmartArt picture", "word/glossary/": "a building block",
}  # fmt: skip
_REMOTE = re.compile(r"mailMerge\w*|attachedTemplate|frame|hyperlink")
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
#: Typefaces that stand in for another with the same widths, so that no line and no page moves.
_SAME_WIDTHS = {
    "times new roman": ("liberation serif", "times"), "times": ("liberation serif",),
    "arial": ("liberation sans", "helvetica"), "helvetica": ("liberation sans", "arial"),
    "courier new": ("liberation mono",), "courier": ("liberation mono",),
    "calibri": ("carlito",), "cambria": ("caladea",),
}  # fmt: skip
_KOREAN = re.compile("batang|gulim|dotum|gungsuh|malgun|myeongjo|myungjo|바탕|굴림|돋움|맑은 고딕|"
                     "명조", re.IGNORECASE)  # fmt: skip
_KOREAN_HERE = re.compile("cjk|batang|nanum|malgun|myeongjo", re.IGNORECASE)


def left(word: WordFile, names: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what Word left in a template that is not its text.

    Args:
        word: the template, before it is cleaned, its paragraphs numbered.
        names: what a Word user calls each part.
    """
    hidden, styles = hidden_styles(word), Styles(Reader(word.parts))
    comments = _comments(word)
    for part, name in names.items():
        for paragraph in read(word, part, name):
            yield from _comment(paragraph, comments)
            yield from _tracked(paragraph)
            yield from _hidden(paragraph, hidden)
            yield from _unseen(paragraph, styles)
            yield from _fields(paragraph)
            boxed = next(paragraph.element.iterancestors(f"{W}txbxContent"), None) is not None
            if boxed and _TAG.search(paragraph.text):
                yield Fault("T015", paragraph, "a tag stands in a text box, which Word keeps twice "
                            "and LibreOffice may place elsewhere", "Put it in a paragraph or in a "
                            "table cell.", paragraph.text, error=False)  # fmt: skip
    for part in word.parts:
        what = next((w for start, w in _UNFILLED.items() if part.startswith(start)), "")
        for found in _loose(word, part) if what and part.endswith(".xml") else ():
            spot = Paragraph(what, 0, found, None)
            yield Fault("T011", spot, f"a tag stands in {what}, where nothing is filled",
                        "Take it out there.", found)  # fmt: skip


def _loose(word: WordFile, part: str) -> list[str]:
    """Return the texts of a part in which a tag stands."""
    return [" ".join(t.split()) for t in word.tree(part).itertext() if _TAG.search(t)]


def _comments(word: WordFile) -> dict[str, str]:
    """Return what each comment says, by its id."""
    if _COMMENTS not in word.parts:
        return {}
    every = word.tree(_COMMENTS).iter(f"{W}comment")
    return {
        c.get(f"{W}id", ""): " ".join(text_of(p) for p in c.iter(f"{W}p")).strip() for c in every
    }


def _own(paragraph: Paragraph, *names: str) -> list[Any]:
    """Return what stands in a paragraph and in no other within it."""
    wanted = [f"{W}{name}" for name in names]
    found = paragraph.element.iter(*wanted)
    return [e for e in found if next(e.iterancestors(f"{W}p"), None) is paragraph.element]


def _comment(paragraph: Paragraph, comments: Mapping[str, str]) -> Iterator[Fault]:
    for mark in _own(paragraph, "commentReference"):
        said = comments.get(mark.get(f"{W}id", ""), "")
        quoted = f": “{said[:60]}”" if said else ""
        if _TAG.search(said):
            what = f"a tag stands in a comment, where nothing is filled{quoted}"
            yield Fault("T011", paragraph, what, "Write it in the text, or delete the comment.")
        else:
            yield Fault("T010", paragraph, f"a comment is left in the template{quoted}; it reaches "
                        "no letter", "In Word: Review, Delete comment.", error=False)  # fmt: skip


def _tracked(paragraph: Paragraph) -> Iterator[Fault]:
    row = next(paragraph.element.iterancestors(f"{W}tr"), None)
    ways = {e.tag.removeprefix(W) for e in _own(paragraph, *_TRACKED)}
    ways |= {n for n in ("ins", "del") if child(row, "trPr", n) is not None}
    if ways:
        gone = "".join(t.text or "" for t in _own(paragraph, "delText")).strip()
        what = f"; deleted: “{gone[:60]}”" if gone else ""
        yield Fault("T010", paragraph, f"tracked changes are left in the template{what}; the "
                    "letter is made as if all were accepted", "In Word: Review, Accept all "
                    "changes, and stop tracking.", error=False)  # fmt: skip


def _hidden(paragraph: Paragraph, styles: frozenset[str]) -> Iterator[Fault]:
    runs = [r for r in _own(paragraph, "r") if is_hidden(r, styles)]
    said = "".join(t.text or "" for r in runs for t in r.iter(f"{W}t"))
    if said.strip():
        tag = bool(_TAG.search(said) or "%}" in said or "}}" in said)
        yield Fault("T011" if tag else "T010", paragraph, "hidden text is left in the template"
                    f"{', with a tag in it' if tag else ''}: “{said.strip()[:60]}”; it reaches no "
                    "letter", "In Word: show hidden text (Ctrl+Shift+8), then delete it or take "
                    "off Font, Hidden.", said, error=tag)  # fmt: skip


def _unseen(paragraph: Paragraph, styles: Styles) -> Iterator[Fault]:
    """Yield text that reaches the letter and that nobody sees there: white on white, or tiny."""
    above = [paragraph.element, *paragraph.element.iterancestors(f"{W}tc", f"{W}tbl")]
    style = styles.paragraph_style(child(paragraph.element, "pPr"))
    usual = styles.paragraph_look(style, styles.usual("table"))
    for run in _own(paragraph, "r"):
        said = "".join(t.text or "" for t in run.iter(f"{W}t")).strip()
        look = styles.run_look(usual, child(run, "rPr"))
        white, tiny = look.colour.upper() == _WHITE, look.size <= _TINY
        if not said or not (white or tiny):
            continue
        grounds = {look.ground, styles.shape_changes(style).get("ground", "")} - {"", _WHITE}
        shaded = bool(grounds) or any(
            next(e.iter(f"{W}shd", f"{W}tblStyle", f"{W}highlight"), None) is not None
            for e in above
        )
        if tiny or not shaded:
            how = "white on white" if white else "in letters too small to read"
            yield Fault("T010", paragraph, f"text stands {how}, and reaches the letter: "
                        f"“{said[:60]}”", "Delete it, or make it black; a style may say so.", said,
                        error=False)  # fmt: skip


def _fields(paragraph: Paragraph) -> Iterator[Fault]:
    """Yield fields that show something else than what is filled."""
    names = dict.fromkeys(c.split()[0].upper() for c in field_codes(paragraph.element))
    for name in (n for n in names if n in _FIELDS):
        why, better = _FIELDS[name]
        yield Fault("T010", paragraph, f"the field {name} {why}", f"Write {better} in its place "
                    "(Alt+F9 shows the fields).", error=False)  # fmt: skip
    bound = next((b for e in paragraph.element.iterancestors(f"{W}sdt")
                  for b in e.iterfind(f"{W}sdtPr/{W}dataBinding")), None)  # fmt: skip
    if bound is not None and _TAG.search(paragraph.text):
        yield Fault("T015", paragraph, "a tag stands in a field that shows a property of the file, "
                    "with which Word overwrites what is filled", "Remove the content control "
                    "(right click), or write the tag beside it.", error=False)  # fmt: skip


def remote(word: WordFile, names: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what a template shows from elsewhere, and take it out of *word*."""
    for part in [p for p in word.parts if p.endswith(".rels")]:
        owner = part.replace("_rels/", "").removesuffix(".rels")
        for relation in word.tree(part).findall(_RELATION):
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            if relation.get("TargetMode") == "External" and not _REMOTE.fullmatch(kind):
                spot = _shown_at(word, owner, names, relation.get("Id", ""))
                yield Fault("T007", spot, f"a link of the kind '{kind}' shows what stands in "
                            "another file", "In Word, put the thing itself in the template, or "
                            "delete it.")  # fmt: skip
                word.tree(part).remove(relation)
    yield from _imported(word, names)
    for part, name in names.items():
        for paragraph in read(word, part, name):
            for field in shows_files(paragraph.element):
                yield Fault("T007", paragraph, f"the field {field} shows another file", "In Word, "
                            "put the thing itself in the template, or delete it.")  # fmt: skip
                for code in paragraph.element.iter(f"{W}instrText"):
                    code.text = ""
                for simple in paragraph.element.iter(f"{W}fldSimple"):
                    simple.set(f"{W}instr", "")


def _imported(word: WordFile, names: Mapping[str, str]) -> Iterator[Fault]:
    """Yield what Word puts in the place of an `altChunk` when it opens the file; take it out."""
    for part, number, called in [*taken_in(word)]:
        name = names.get(part, part)
        told = {p.number: p for p in read(word, part, name)}
        what = (f"behind this paragraph stands content of another form ({called}), which Word "
                "imports when it opens the file: nothing in it is checked or filled")
        hint = "Open the file in Word and save it anew: the content then stands in it as text."
        yield Fault("T007", told.get(number) or Paragraph(name, 0, "", None), what, hint)
    for part in word.story_parts():
        for chunk in [*word.tree(part).iter(f"{W}altChunk")]:
            chunk.getparent().remove(chunk)
    for part in [p for p in word.parts if p.endswith(".rels")]:
        for relation in word.tree(part).findall(_RELATION):
            if relation.get("Type", "").endswith("/aFChunk"):
                word.tree(part).remove(relation)


def _shown_at(word: WordFile, part: str, names: Mapping[str, str], key: str) -> Paragraph:
    """Return the paragraph that uses the relation *key* of a part."""
    if part in names:
        for paragraph in read(word, part, names[part]):
            for element in paragraph.element.iter():
                if any(k.startswith("{") and v == key for k, v in element.attrib.items()):
                    return paragraph
    return Paragraph(names.get(part, part), 0, "", None)


def strange_fonts(
    word: WordFile, names: Mapping[str, str], installed: frozenset[str]
) -> Iterator[Fault]:
    """Yield each typeface that text is set in and this computer does not have, where it begins.

    Args:
        word: the template.
        names: what a Word user calls each part.
        installed: the families on this computer, in small letters.
    """
    styles = Styles(Reader(word.parts))
    told = set()
    for part, name in names.items():
        for paragraph in read(word, part, name):
            for font in _fonts(paragraph, styles):
                if font.lower() not in told and not _is_there(font, installed):
                    told.add(font.lower())
                    what = (f"the typeface “{font}” is not on this computer, so lines and pages "
                            "fall elsewhere than in Word")  # fmt: skip
                    hint = "Install it, or use Times New Roman or Arial."
                    yield Fault("T012", paragraph, what, hint, error=False)


def _fonts(paragraph: Paragraph, styles: Styles) -> Iterator[str]:
    """Yield the typefaces of a paragraph's text."""
    look = styles.paragraph_look(
        styles.paragraph_style(child(paragraph.element, "pPr")), styles.usual("table")
    )
    for run in _own(paragraph, "r"):
        said = re.sub(r"\{%.*?%\}", "", "".join(t.text or "" for t in run.iter(f"{W}t")))
        if said.strip():
            yield styles.run_look(look, child(run, "rPr")).font
        own = child(run, "rPr", "rFonts")
        east = own.get(f"{W}eastAsia") if own is not None else None
        if east and re.search("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff]", said):
            yield east


def _is_there(font: str, installed: frozenset[str]) -> bool:
    """Whether a typeface, or one of its widths, is on this computer."""
    names = [n.strip().lower() for n in font.split(";")]
    if any(n in installed or set(_SAME_WIDTHS.get(n, ())) & installed for n in names):
        return True
    return bool(_KOREAN.search(font)) and any(_KOREAN_HERE.search(n) for n in installed)

"""Small letters for tests: a template as plain text, answers as YAML, and what comes out."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache

from nkdocs import authorities
from nkdocs._resources import shipped
from nkdocs.answers import load
from nkdocs.answers.view import Answers
from nkdocs.authorities import Authority, Registry
from nkdocs.citations.pagemap import Entry, PageMap, Run
from nkdocs.diagnostics import Finding, State
from nkdocs.documents import doctor
from nkdocs.documents.fill import Setting, fill
from nkdocs.documents.filled import Filled
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.interview import load as interviews
from nkdocs.interview.spec import Catalogue, Pattern, TemplateFile
from tests.word_source import build

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DAY = dt.date(2026, 11, 20)


@cache
def catalogue() -> Catalogue:
    """Return the shipped questions."""
    return interviews.load([shipped("templates")])


@cache
def law() -> dict[str, Authority]:
    """Return the shipped registry."""
    return authorities.load([shipped("templates")])


def answers(text: str, audience: str | None = None) -> Answers:
    """Return the answers that the YAML *text* gives."""
    file = load.load(f"answers: 1\n{text}", "answers.yaml")
    assert not file.faults, file.faults
    return Answers(file, catalogue(), audience)


def template(*lines: str, header: str = "", footer: str = "") -> bytes:
    """Return a template with *lines* as paragraphs; a line of a style of its own is `Style| …`."""
    body = [t if t.startswith(("{%p ", "{%tr ", "[")) or "| " in t else f"Body| {t}" for t in lines]
    parts = ["[title A letter]"]
    parts += ["[header]", f"Header| {header}"] if header else []
    parts += ["[footer]", f"Footer| {footer}"] if footer else []
    return build("\n".join([*parts, "[body]", *body, ""]))


def filled(
    word: bytes,
    text: str = "",
    *,
    audience: str | None = None,
    maps: Sequence[PageMap] = (),
    state: State = State.DRAFT,
    exhibits: Sequence[Mapping[str, str]] = (),
) -> Filled:
    """Return *word* filled from the answers *text*."""
    setting = Setting(Registry(law(), DAY), state, maps, exhibits, None, DAY)
    return fill(word, answers(text, audience), setting, name="letter.docx", title="A letter")


def said(docx: bytes, part: str = "word/document.xml") -> list[str]:
    """Return what each paragraph of a part says."""
    return [text_of(p) for p in paragraphs(WordFile.read(docx, "x").tree(part))]


def members(docx: bytes) -> dict[str, bytes]:
    """Return the members of a DOCX."""
    with zipfile.ZipFile(io.BytesIO(docx)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return *parts* as a DOCX."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(docx: bytes, part: str, old: str, new: str) -> bytes:
    """Return *docx* with *old* replaced by *new* in one part, where it must stand."""
    parts = members(docx)
    text = parts[part].decode()
    assert old in text
    return packed({**parts, part: text.replace(old, new, 1).encode()})


#: What Word replaces by the document it names.
CHUNK = f'<w:altChunk xmlns:r="{_OFFICE}" r:id="rId97"/>'


def with_chunk(docx: bytes) -> bytes:
    """Return *docx* with another document within it, behind its last paragraph."""
    related = f'<Relationship Id="rId97" Type="{_OFFICE}/aFChunk" Target="chunk.html"/>'
    docx = changed(docx, "word/document.xml", "<w:sectPr", f"{CHUNK}<w:sectPr")
    docx = changed(docx, "word/_rels/document.xml.rels", "</Relationships>",
                   f"{related}</Relationships>")  # fmt: skip
    kind = '<Default Extension="html" ContentType="text/html"/>'
    docx = changed(docx, "[Content_Types].xml", "</Types>", f"{kind}</Types>")
    return packed({**members(docx), "word/chunk.html": b"<p>{{ client.name }}</p>"})


def faults(word: bytes, audience: str = "opla", each: Pattern = ()) -> list[Finding]:
    """Return what the doctor says of a template for *audience*, filled for each item of a list."""
    file, laws = TemplateFile("letter.docx", "A letter", audience), frozenset(law())
    return doctor.faults(word, file, catalogue(), laws, name="letter.docx", each=each)


def page_map(filing: str = "pd", filed: str = "", **pages: int) -> PageMap:
    """Return the page map of exhibits (underscores for hyphens), each with a tab sheet."""
    entries, at = [], 3
    for number, (name, count) in enumerate(pages.items()):
        run = Run("main", at + 1, tuple(range(1, count + 1)))
        entries.append(Entry(name.replace("_", "-"), chr(65 + number), name, (run,), at))
        at += count + 1
    return PageMap(filing, tuple(entries), at - 1, filed)

"""Fills a Word template: docxtpl is the meaning, and is compiled once for each template.

docxtpl reads, patches, compiles and packs a template anew for every letter. Here that is done
once, with docxtpl's own functions; a letter is then Jinja's run over the compiled parts and the
packing of those parts (`packed`). What needs docxtpl's own state (a picture, a document within
the document, rich text) is seen by the value and goes docxtpl's own way; tables whose columns
docxtpl might mend, and whatever `proof` cannot prove, are parsed letter by letter.

docxtpl drops what it cannot parse without a word (docxtpl/template.py, fix_tables, recover=True);
here a part that is not well-formed is an error, every value is escaped, and an unknown name
stops the work with the paragraph it stands in.
"""

import io
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

import jinja2
from jinja2 import nodes
from markupsafe import escape

from nkdocs import _kept
from nkdocs._jinja import Environment
from nkdocs._patterns import lazily
from nkdocs.documents import kept
from nkdocs.documents.clean import clean
from nkdocs.documents.faults import FAULTS, Traced, explained, lined, spot
from nkdocs.documents.letter import DECLARED, Compiled, FilledPart, Letter, Part, program
from nkdocs.documents.packed import all_pressed
from nkdocs.documents.printing import WRITER, Finalize, OwnState, Printed, environment
from nkdocs.documents.proof import prove
from nkdocs.documents.wordfile import BODY, WordFile, parser
from nkdocs.errors import TemplateError

_INSIDE = lazily(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}  # docxtpl, render_xml_part
#: What a value may hold that is not simply text: no XML, or what docxtpl turns into Word's own.
SPECIAL = lazily("[\x00-\x08\x09\x0a\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NO_XML = lazily("[\x00-\x06\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'  # docxtpl, resolve_listing
_PICTURE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def fill(
    template: bytes,
    names: Mapping[str, object],
    finalize: Finalize,
    *,
    name: str,
    keep: bool = False,
    known: Collection[str] = (),
) -> Letter:
    """Return the letter that *template* gives for *names*.

    Args:
        template: the template's bytes.
        names: what the template may name; what it does not may be left out.
        finalize: how a printed value is written.
        name: what messages call the template.
        keep: the compiled template may be kept on this computer's disk.
        known: what else it could name, for a suggestion.

    Raises:
        TemplateError: a name is unknown, a tag is wrong, or the result is not a Word file.
    """
    form = compiled(template, name, keep=keep)
    done: list[FilledPart] = []
    for part in form.parts:
        try:
            done.append(_filled(part, names, finalize))
        except OwnState:
            return _by_docxtpl(template, names, finalize, name)
        except FAULTS as error:
            def again(program: jinja2.Template) -> Iterator[str]:
                context = program.new_context({**names, WRITER: Printed().writer(finalize)})
                return program.root_render_func(context)

            at = _traced(error, template, part.name, part.source, again)
            raise explained(
                error, sorted({*names, *known}), name=name, template=template, part=part.name,
                source=part.source, at=at,
            ) from None  # fmt: skip
    return Letter(form.members, done)


# Once for each template


@lru_cache(maxsize=64)
def compiled(template: bytes, name: str, *, keep: bool = False) -> Compiled:
    """Return *template* compiled, from memory or disk if it was compiled before.

    Raises:
        TemplateError: it is no Word document, or a tag is wrong.
    """
    key = kept.key(template) if keep else ""
    plain = _kept.load(key) if keep else None
    if plain is not None:
        return Compiled.read(plain, environment())
    _whole(template, name)
    bare = WordFile.read(template, name)
    clean(bare, title="", day=None)
    word = _opened(bare.data(), name)
    parts, names = [], set[str]()
    for part, (before, source, after) in _sources(word).items():
        try:
            parts.append(_part(part, before, source, after, names))
        except FAULTS as error:
            at = _traced(error, template, part, source, lambda _: iter(()))
            raise explained(
                error, (), name=name, template=template, part=part, source=source, at=at
            ) from None
    out = io.BytesIO()
    with _plain(name):
        word.docx.save(out)  # the members as docxtpl itself writes them
    members = all_pressed(WordFile.read(out.getvalue(), name).parts)
    made = Compiled(members, parts, frozenset(names))
    if keep:
        _kept.save(key, made.plain())
    return made


def _whole(template: bytes, name: str) -> None:
    """Require that a filling drops no text of *template*: docxtpl would, without a word.

    Raises:
        TemplateError: text stands beside a tag that takes its paragraph, row or cell away.
    """
    from nkdocs.documents.blocks import dropped
    from nkdocs.documents.tags import finding

    found = [finding(fault, name) for fault in dropped(WordFile.read(template, name))]
    if found:
        msg = f"the template {name} cannot be filled"
        raise TemplateError(msg, hint=found[0].hint, faults=found)


def _part(name: str, before: str, source: str, after: str, names: set[str]) -> Part:
    """Return a part compiled, and what can be proven of it; *names* take in those it has."""
    tree = environment().parse(source)
    names.update(found.name for found in tree.find_all(nodes.Name))
    for data in tree.find_all(nodes.TemplateData):
        data.data = re.sub(r"\n<w:p([ >])", r"<w:p\1", data.data)
        for escaped, plain in _ESCAPES.items():
            data.data = data.data.replace(escaped, plain)
    proof = prove(tree)
    code = environment().compile(tree)
    return Part(name, source, before, after, code, proof, program(code, environment()))


def _traced(
    error: Exception, template: bytes, part: str, source: str, run: Callable[[Any], Iterator[str]]
) -> Traced | None:
    """Return the tag in which *error* arose; *run* fills a template made of the same source."""
    if isinstance(error, (MemoryError, RecursionError)):
        return None  # once is enough
    from nkdocs.documents.traced import failing, traced

    tag = failing(source, environment(), run)
    own = spot(part)
    return None if tag is None else traced(
        template, part, tag, lambda word, name: sources(word, name)[own])  # fmt: skip


def sources(template: bytes, name: str) -> dict[str, str]:
    """Return the Jinja source that docxtpl makes of each part of a template, by part.

    Raises:
        TemplateError: it is no Word document.
    """
    word = _opened(template, name)
    return {spot(part): source for part, (_, source, _) in _sources(word).items()}


def _sources(word: Any) -> dict[str, tuple[str, str, str]]:  # noqa: ANN401 - docxtpl has no types
    """Return the source of each part: what stands before it, itself, what stands behind it."""
    body = word.docx._element.body  # noqa: SLF001 - as docxtpl itself does
    own = word.get_xml()
    root = word.xml_to_string(word.docx._element)  # noqa: SLF001
    start = root.index(f"<{_name(body)}")
    before = DECLARED + root[:start]
    after = root[root.rindex(f"</{_name(body)}>") + len(_name(body)) + 3 :]
    found = {BODY: (before, lined(word.patch_xml(own)), after)}
    for kind in (word.HEADER_URI, word.FOOTER_URI):
        for _, part in word.get_headers_footers(kind):
            text = lined(word.patch_xml(word.get_part_xml(part)))
            found[part.partname.lstrip("/")] = (DECLARED, text, "")
    for part in word.notes():
        text = lined(word.patch_xml(part.blob.decode("utf-8")))
        found[part.partname.lstrip("/")] = ("", text, "")
    return dict(sorted(found.items(), key=lambda part: (part[0] != BODY, part[0])))


def _name(element: Any) -> str:  # noqa: ANN401 - lxml element
    """Return the name of an element as it is written, with its prefix."""
    local = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


# For each letter


def _filled(part: Part, told: Mapping[str, object], write: Finalize) -> FilledPart:
    """Return *part* filled."""
    printed = Printed()
    context = part.template.new_context({**told, WRITER: printed.writer(write)})
    pieces, values, breaks = _read(part, part.template.root_render_func(context), printed)
    proof = part.proof
    searched = not proof.holds or (proof.tables and part.name == BODY)
    if searched or breaks or proof.breaks or proof.nested:
        return _mended(part, "".join(pieces[1:]), printed.texts)
    for at in values:
        if "\n" in pieces[at]:
            pieces[at] = pieces[at].replace("\n", _BREAK)
    pieces.append(part.after)
    return FilledPart(part.name, pieces, values, printed.texts)


def _read(
    part: Part, run: Iterator[str], printed: Printed
) -> tuple[list[str], list[int], bool]:
    """Return the pieces of a run, where its values stand, and whether one needs docxtpl's breaks.

    Each piece is checked as it comes (TRUST.md R2): it is one of the template's own, or the very
    text that was printed just now; anything else is no letter of this template. That they are
    escaped is proven of all of them together.

    Raises:
        TemplateError: a piece is neither, or one is not escaped.
    """
    pieces, values, breaks, seen = [part.before], list[int](), False, 0
    constants, printed_so_far = part.proof.constants, printed.escaped
    for piece in run:
        if len(printed_so_far) == seen:
            if piece not in constants:
                raise _not_ours(part)
            pieces.append(piece)
            continue
        if len(printed_so_far) != seen + 1 or piece is not printed_so_far[seen]:
            raise _not_ours(part)
        seen += 1
        values.append(len(pieces))
        pieces.append(piece)
        if not piece.replace("\n", "").isprintable() and SPECIAL.search(piece):
            _refuse_no_xml(piece)
            breaks = breaks or piece.count("\n") != len(SPECIAL.findall(piece))
    if "".join(printed.escaped) != escape("".join(printed.texts)):
        raise _not_ours(part)
    return pieces, values, breaks


def _not_ours(part: Part) -> TemplateError:
    msg = f"{spot(part.name)}: something stands in the letter that is neither template nor answer"
    return TemplateError(msg, hint="Report this; nothing was written.")


def _refuse_no_xml(text: str) -> None:
    """Refuse what no Word file can hold.

    Raises:
        TemplateError: there is such a character.
    """
    found = _NO_XML.search(text)
    if found:
        msg = f"an answer holds the character U+{ord(found[0]):04X}, which no Word file can hold"
        raise TemplateError(msg, hint="Take the character out of the answer.")


def _mended(part: Part, text: str, printed: list[str]) -> FilledPart:
    """Return a part as docxtpl's own functions make it of the filled *text*.

    Raises:
        XMLSyntaxError: the text is not well-formed.
    """
    from docxtpl import DocxTemplate
    from lxml import etree

    text = DocxTemplate.resolve_listing(None, text)
    tree = etree.fromstring(text.encode("utf-8"), parser())
    if part.name == BODY:
        tree = DocxTemplate.fix_tables(None, text)
        for number, picture in enumerate(tree.iter(_PICTURE), 1001):  # docxtpl, fix_docpr_ids
            picture.set("id", str(number))
        text = etree.tostring(tree, encoding="unicode")
    return FilledPart(part.name, [part.before, text, part.after], None, printed)


# docxtpl's own way


@cache
def _strict_template() -> Any:  # noqa: ANN401 - a class of docxtpl's
    """Return docxtpl that refuses a part it cannot read, where docxtpl would shorten the letter.

    It fills notes once (docxtpl fills them once a section, so answers would be read as tags), and
    no properties of the file, which hold no answers.
    """
    from docxtpl import DocxTemplate
    from lxml import etree

    class StrictTemplate(DocxTemplate):  # type: ignore[misc] # docxtpl has no types
        """docxtpl, strict."""

        def patch_xml(self, src_xml: str) -> str:
            """Write `&` in a tag as what it is; docxtpl does so with `<` and `>` alone."""
            return _INSIDE.sub(lambda tag: tag[0].replace("&amp;", "&"), super().patch_xml(src_xml))

        def render_properties(self, context: object, jinja_env: object = None) -> None:
            del context, jinja_env

        def render_footnotes(self, context: object, jinja_env: object = None) -> None:
            for part in self.notes():
                source = self.patch_xml(part.blob.decode("utf-8"))
                xml = self.render_xml_part(source, part, context, jinja_env)
                part._blob = xml.encode("utf-8")  # noqa: SLF001 - as docxtpl itself does

        def notes(self) -> list[Any]:
            """Return the parts that hold footnotes and endnotes."""
            ends = ("footnotes+xml", "endnotes+xml")
            parts = self.docx.part.package.parts
            return [p for p in parts if str(p.content_type).endswith(ends)]

        def fix_tables(self, xml: Any) -> Any:  # noqa: ANN401 - docxtpl's own signature
            etree.fromstring(xml.encode("utf-8"), parser())
            return super().fix_tables(xml)

    return StrictTemplate


def _opened(template: bytes, name: str) -> Any:  # noqa: ANN401 - docxtpl has no types
    """Return the template, opened by docxtpl.

    Raises:
        TemplateError: Word would open it, but not as a document: a macro file, a workbook.
    """
    word = _strict_template()(io.BytesIO(template))
    with _plain(name):
        word.init_docx()
    return word


@contextmanager
def _plain(name: str) -> Iterator[None]:
    """Say of what python-docx stumbles over that the file is no plain Word document."""
    from lxml import etree

    try:
        yield
    except (ValueError, KeyError, AttributeError, TypeError, etree.XMLSyntaxError):
        msg = f"{name}: this is no plain Word document (macros, a template, or damaged)"
        raise TemplateError(msg, hint="Save it in Word as 'Word Document (.docx)'.") from None


def _by_docxtpl(
    template: bytes, names: Mapping[str, object], finalize: Finalize, name: str
) -> Letter:
    """Return the letter as docxtpl makes it, for values that need its own state.

    Raises:
        TemplateError: a name is unknown, a tag is wrong, or the result is not a Word file.
    """
    bare = WordFile.read(template, name)
    clean(bare, title="", day=None)
    word = _opened(bare.data(), name)
    printed: list[str] = []

    def write(value: object) -> object:
        text = finalize(value)
        if hasattr(text, "tpl"):  # a picture or document belongs to the letter it stands in
            text.tpl = word
        elif isinstance(text, str) and not hasattr(text, "__html__"):
            _refuse_no_xml(text)
            printed.append(text)
        elif "r:id=" in str(text):
            msg = "a rich text holds a link whose address stands in another file"
            raise TemplateError(msg, hint="Write the address out as text.")
        return text

    out = io.BytesIO()
    try:
        word.render(dict(names), Environment(write), autoescape=True)
        word.save(out)
    except FAULTS as error:
        part = str(getattr(word.current_rendering_part, "partname", "")).lstrip("/")
        source = compiled(template, name).source(part)
        raise explained(
            error, names, name=name, template=template, part=part, source=source
        ) from None
    made = WordFile.read(out.getvalue(), name)
    parts = [
        FilledPart(part, [made.parts[part].decode("utf-8")], None, ())
        for part in made.story_parts()
    ]
    parts[0].printed = printed
    return Letter(all_pressed(made.parts), parts)

"""A Word file that a template includes is put into it: text, styles, lists, pictures and links."""

from pathlib import Path

import pytest
from lxml import etree

from nkdocs.documents.included import with_included
from nkdocs.documents.wordfile import BODY, W, WordFile, paragraphs, text_of
from nkdocs.errors import TemplateError
from nkdocs.packet import templates
from tests.documents.letters import members, packed
from tests.documents.test_doctor_all import R, p, table, word

CALL = "{{p include_docx_template('caption.docx', title = 'MOTION', who=client.name) }}"


def made(template: bytes, **near: bytes) -> WordFile:
    """Return a template with the files put in that lie beside it."""
    files = {f"{name}.docx": data for name, data in near.items()}
    return with_included(template, files.get, name="letter.docx").word


def said(file: WordFile) -> list[str]:
    """Return what each paragraph of the body says."""
    return [text_of(n) for n in paragraphs(file.tree(BODY))]


def test_the_text_stands_where_the_tag_stood_and_its_values_are_set_before() -> None:
    """Tables and tags of the other file come along; its last section does not."""
    caption = word(p("{{ title }}"), table((p("a"), p("{{ who }}"))))

    file = made(word(p("Before."), p(CALL), p("After.")), caption=caption)

    assert said(file) == ["Before.", "{%p set title = 'MOTION' %}", "{%p set who = client.name %}",
                          "{{ title }}", "a", "{{ who }}", "After."]  # fmt: skip
    assert len(list(file.tree(BODY).iter(f"{W}sectPr"))) == 1


def test_files_that_include_others_are_put_in_too() -> None:
    """And two that include each other are refused."""
    inner = word(p("Inner."))
    caption = word(p("Outer."), p("{{p include_docx_template('inner.docx') }}"))
    circle = word(p("{{p include_docx_template('caption.docx') }}"))

    assert said(made(word(p(CALL)), caption=caption, inner=inner))[2:] == ["Outer.", "Inner."]
    with pytest.raises(TemplateError, match="include each other"):
        made(word(p(CALL)), caption=circle)


@pytest.mark.parametrize(
    ("tag", "caption", "reason"),
    [
        (CALL, None, "does not lie beside it"),
        ("{{p include_docx_template(caption) }}", word(p("x")), "cannot be read"),
        ("{{p include_docx_template }}", word(p("x")), "cannot be read"),
        (CALL, word(p("x", '<w:r><w:footnoteReference w:id="1"/></w:r>')), "holds a footnote"),
        (CALL, b"no Word file", "caption.docx"),
    ],
)
def test_what_cannot_be_put_in_is_said(tag: str, caption: bytes | None, reason: str) -> None:
    """With the file and the next step."""
    with pytest.raises(TemplateError, match=reason) as caught:
        made(word(p(tag)), **({} if caption is None else {"caption": caption}))

    assert caught.value.hint


def test_only_files_beside_the_template_are_read(tmp_path: Path) -> None:
    """A path leads nowhere else."""
    (tmp_path / "secret.docx").write_bytes(word(p("Secret.")))
    (tmp_path / "own").mkdir()
    file = tmp_path / "own" / "letter.docx"
    file.write_bytes(word(p("{{p include_docx_template('../secret.docx') }}"), p("{{ rent }}")))

    with pytest.raises(TemplateError, match="does not lie beside it"):
        templates.new(file, tmp_path, "client")


def with_part(docx: bytes, name: str, data: bytes, kind: str = "") -> bytes:
    """Return *docx* with one more part, related to its body as *kind* and of its own type."""
    parts = {**members(docx), f"word/{name}": data}
    if kind:
        link = f'<Relationship Id="r{kind}" Type="{R}/{kind}" Target="{name}"/></Relationships>'
        rels = parts["word/_rels/document.xml.rels"].decode()
        parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", link).encode()
    return packed(parts)


def test_lists_styles_pictures_and_links_come_along() -> None:
    """Under ids of their own; what the template has under the same name stays its own."""
    picture = b"a picture"
    look = f'<w:styles xmlns:w="{W[1:-1]}">{{}}</w:styles>'
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:name w:val="{}"/>{}</w:style>'
    numbers = (f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="0"><w:lvl '
               'w:ilvl="0"><w:lvlText w:val="{}"/></w:lvl></w:abstractNum><w:num w:numId="1">'
               '<w:abstractNumId w:val="0"/></w:num></w:numbering>')  # fmt: skip
    listed = ('<w:p><w:pPr><w:pStyle w:val="Cap"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
              "<w:r><w:t>Listed.</w:t></w:r></w:p>")  # fmt: skip
    shown = ('<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/'
             f'2006/main" xmlns:r="{R}" r:embed="rimage"/></w:drawing></w:r></w:p>')  # fmt: skip
    ours = with_part(word(p(CALL)), "styles.xml",
                     look.format(style.format("Normal", "Normal", "")).encode(), "styles")
    ours = with_part(ours, "numbering.xml", numbers.format("%1.").encode(), "numbering")
    caption = with_part(word(listed, shown), "styles.xml", look.format(
        style.format("Cap", "Caption", '<w:basedOn w:val="Base"/>')
        + style.format("Base", "Base", "") + style.format("Normal", "Other", "")
    ).encode(), "styles")  # fmt: skip
    caption = with_part(caption, "numbering.xml", numbers.format("(%1)").encode(), "numbering")
    caption = with_part(caption, "media/p.png", picture, "image")

    file = WordFile.read(made(ours, caption=caption).data(), "x")

    names = [s.get(f"{W}styleId") for s in file.tree("word/styles.xml").iter(f"{W}style")]
    assert names == ["Normal", "Cap", "Base"]
    lists = file.tree("word/numbering.xml")
    used = [e.get(f"{W}val") for e in file.tree(BODY).iter(f"{W}numId")]
    looks = {n.get(f"{W}numId"): n[0].get(f"{W}val") for n in lists.iter(f"{W}num")}
    texts = {a.get(f"{W}abstractNumId"): next(a.iter(f"{W}lvlText")).get(f"{W}val")
             for a in lists.iter(f"{W}abstractNum")}  # fmt: skip
    assert used == ["2"]
    assert texts[looks["2"]] == "(%1)"
    assert texts[looks["1"]] == "%1."
    blip = next(e for e in file.tree(BODY).iter(etree.Element) if e.tag.endswith("}blip"))
    links = {r.get("Id"): r.get("Target") for r in file.tree("word/_rels/document.xml.rels")}
    assert file.parts[f"word/{links[blip.get(f'{{{R}}}embed')]}"] == picture

"""A compiled template gives what docxtpl gives, part by part; where that is wrong, ours is right.

The peer is docxtpl as its documentation shows it, with escaping and strict names switched on.
Parts are compared as canonical XML. What docxtpl offers and no template or answer can ask for is
listed with the reason (`CALLS`).
"""

import io
from collections.abc import Mapping

import docxtpl
import jinja2
import pytest
from lxml import etree
from PIL import Image

from nkdocs.documents import compiled
from nkdocs.documents.clean import clean
from nkdocs.documents.wordfile import W, WordFile, paragraphs, text_of
from nkdocs.errors import TemplateError
from tests.documents.letters import changed, members, said, template


def p(*texts: str, style: str = "") -> str:
    """Return a paragraph, bold, of a run for each text."""
    look = f'<w:pPr><w:jc w:val="{style}"/></w:pPr>' if style else ""
    runs = (f"<w:r><w:rPr><w:b/></w:rPr><w:t>{t}</w:t></w:r>" for t in texts)
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def table(*rows: str, columns: int = 2) -> str:
    """Return a table; cells of a row are parted by bars."""
    grid = "".join(f'<w:gridCol w:w="{4000 // columns}"/>' for _ in range(columns))
    cell = "<w:tc><w:tcPr><w:noWrap/></w:tcPr>{}</w:tc>"
    cells = ("".join(cell.format(p(c)) for c in row.split("|")) for row in rows)
    body = "".join(f"<w:tr>{row}</w:tr>" for row in cells)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def word(body: str, *, header: str = "", footer: str = "") -> bytes:
    """Return a clean template with *body*, WordprocessingML, in it."""
    made = template("Before.", "HERE", "After.", header=header, footer=footer)
    inner = members(made)["word/document.xml"].decode()
    start = inner.index("HERE")
    whole = inner[inner.rindex("<w:p>", 0, start) : inner.index("</w:p>", start) + 6]
    file = WordFile.read(changed(made, "word/document.xml", whole, body), "x")
    clean(file, title="", day=None)
    return file.data()


def theirs(template_: bytes, names: Mapping[str, object]) -> bytes:
    """Return what docxtpl makes."""
    document = docxtpl.DocxTemplate(io.BytesIO(template_))
    strict = jinja2.Environment(undefined=jinja2.StrictUndefined, autoescape=True)
    document.render(dict(names), strict, autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def ours(template_: bytes, names: Mapping[str, object]) -> bytes:
    """Return what the compiled template makes."""

    def plain(value: object) -> object:
        return value if hasattr(value, "__html__") else str(value)

    return compiled.fill(template_, names, plain, name="letter.docx").data()


def canonical(docx: bytes) -> dict[str, bytes]:
    """Return the parts of a Word file as canonical XML, but for the properties of the file."""
    found = {}
    for name, data in members(docx).items():
        if name != "docProps/core.xml":
            is_xml = name.endswith((".xml", ".rels"))
            found[name] = etree.tostring(etree.fromstring(data), method="c14n") if is_xml else data
    return found


FEATURES = {
    "variable": p("{{ a }}"),
    "variable in split runs": p("{{ ", "a", " }}"),
    "tag split within its brackets": p("{", "{ a }", "}"),
    "expression": p("{{ a ~ '!' }} {{ n + 1 }} {{ xs[1] }} {{ rows[0].k }}"),
    "filter": p("{{ a|upper }} {{ xs|join(', ') }} {{ xs|length }}"),
    "comparison": p("{% if n &gt; 2 and n &lt; 9 %}yes{% else %}no{% endif %}"),
    "curly quotes in a tag": p("{% if a == “Seo” %}yes{% else %}{{ a }}{% endif %}"),
    "set": p("{% set b = a %}{{ b }}"),
    "comment": p("x{# a remark #}y"),
    "comment of a paragraph": p("{#p a remark #}") + p("z"),
    "comment of a row": table("a|b", "{#tr a remark #}|", "c|d"),
    "if in a run": p("x {% if yes %}{{ a }}{% else %}none{% endif %} y"),
    "if over runs": p("x {% if yes %}", "{{ a }}", "{% endif %} y"),
    "for in a run": p("{% for x in xs %}{{ loop.index }} {{ x }}{% if not loop.last %}, "
                      "{% endif %}{% endfor %}"),
    "for else": p("{% for x in empty %}{{ x }}{% else %}none{% endfor %}"),
    "if of paragraphs": p("{%p if yes %}") + p("{{ a }}", style="center") + p("{%p else %}")
                        + p("no") + p("{%p endif %}"),
    "for of paragraphs": p("{%p for x in xs %}") + p("{{ x }} and {{ a }}") + p("{%p endfor %}"),
    "nested paragraphs": p("{%p for r in rows %}") + p("{%p if r.k %}") + p("{{ r.k }}")
                         + p("{%p endif %}") + p("{%p endfor %}"),
    "rows": table("k|v", "{%tr for r in rows %}|", "{{ r.k }}|{{ r.v }}", "{%tr endfor %}|"),
    "rows of an if": table("k|v", "{%tr if no %}|", "{{ a }}|x", "{%tr endif %}|"),
    "a table that is left without rows": table(
        "{%tr for r in empty %}|", "{{ r.k }}|{{ r.v }}", "{%tr endfor %}|") + p("z"),
    "a table of looped rows alone": table(
        "{%tr for r in rows %}|", "{{ r.k }}|{{ r.v }}", "{%tr endfor %}|") + p("z"),
    "cells": table("{%tc for x in xs %}|{{ x }}|{%tc endfor %}", columns=2),
    "cells and rows": table("{%tc for x in xs %}|{{ x }}|{%tc endfor %}",
                            "{%tr for r in rows %}", "{%tc for x in xs %}|{{ r.k }}|{%tc endfor %}",
                            "{%tr endfor %}", columns=1),
    "colspan": table("{% colspan n %}{{ a }}", "1|2|3", columns=3),
    "cell colour": table("{% cellbg colour %}{{ a }}|x"),
    "vertical merge": table("k|v", "{%tr for r in rows %}|", "{% vm %}{{ a }}|{{ r.v }}",
                            "{%tr endfor %}|"),
    "horizontal merge": table("{%tc for x in xs %}|{% hm %}{{ a }}|{%tc endfor %}",
                              "{%tc for x in xs %}|{{ x }}|{%tc endfor %}", columns=1),
    "set of a paragraph": p("{%p set b = a ~ '!' %}") + p("{{ b }}"),
    "set in a branch": p("{% if yes %}{% set b = a %}{% else %}{% set b = 'no' %}{% endif %}"
                         "{{ b }}"),
    "comment of a cell": table("a|{#tc a remark #}|b", columns=2),
    "comment of a run": p("x ", "{#r a remark #}", " y"),
    "elif of paragraphs": p("{%p if no %}") + p("1") + p("{%p elif n == 3 %}") + p("{{ a }}")
                          + p("{%p else %}") + p("3") + p("{%p endif %}"),
    "for else of paragraphs": p("{%p for x in empty %}") + p("{{ x }}") + p("{%p else %}")
                              + p("{{ a }}") + p("{%p endfor %}"),
    "for with a condition": p("{% for r in rows if r.v %}{{ r.k }}{% endfor %}"),
    "rows in rows": table("{%tr for r in rows %}|", "{{ r.k }}|", "{%tr for x in xs %}|",
                          "|{{ x }}", "{%tr endfor %}|", "{%tr endfor %}|"),
    "rows of an if with an else": table("{%tr if no %}|", "1|2", "{%tr else %}|", "{{ a }}|3",
                                        "{%tr endif %}|"),
    "cells of an if": table("a|{%tc if yes %}|{{ a }}|{%tc endif %}", columns=2),
    "paragraphs in a cell": f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr>'
                            f"<w:tc>{p('{%p for x in xs %}')}{p('{{ x }}')}{p('{%p endfor %}')}"
                            "</w:tc></w:tr></w:tbl>",
    "colspan in a loop": table("{%tr for r in rows %}||", "{% colspan n %}{{ r.k }}||",
                               "{%tr endfor %}||", columns=3),
    "cell colour in a loop": table("{%tr for r in rows %}|", "{% cellbg colour %}{{ r.k }}|x",
                                   "{%tr endfor %}|"),
    "loop's own names": p("{% for x in xs %}{{ loop.index0 }}{{ loop.first }}{{ loop.length }}"
                          "{{ loop.revindex }}{% endfor %}"),
    "more cells than columns": table("a|{{ a }}|c", columns=2),
    "fewer cells than columns": table("a|{{ a }}", columns=4),
    "table in a table": f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid><w:tr>'
                        f"<w:tc>{table('{{ a }}|b|c', columns=3)}{p('x')}</w:tc></w:tr></w:tbl>",
    "merging with the text before": p("one") + p("{%- if yes %}{{ a }}{%- endif %}"),
    "merging with the text after": p("{% if yes -%}") + p("{{ a }}{% endif %}"),
    "run": p("x {%r if yes %}", "{{ a }}", "{%r endif %} y"),
    "escaped brackets": p("{_{ a }_} {_% if %_} {{ a }}"),
    "space": p(" {{ a }}  "),
    "tab and break of the template": p("a\tb {{ a }}\nc"),
    "self-closed paragraph": '<w:p xmlns:w1="urn:x"/>' + p("{{ a }}"),
    "link": '<w:p><w:hyperlink w:anchor="x"><w:r><w:t>{{ a }}</w:t></w:r></w:hyperlink></w:p>',
    "content control": f"<w:sdt><w:sdtContent>{p('{{ a }}')}</w:sdtContent></w:sdt>",
    "text box": '<w:p><w:r><w:pict><v:rect xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
                f"<w:txbxContent>{p('{{ a }}')}</w:txbxContent></v:textbox></v:rect></w:pict>"
                "</w:r><w:r><w:t>{{ a }}</w:t></w:r></w:p>",
    "attribute": '<w:p><w:pPr><w:jc w:val="{{ side }}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>',
    "pictures are numbered": p("{%p for x in xs %}") + '<w:p><w:r><w:drawing><wp:inline '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:docPr id="7" name="x"/></wp:inline></w:drawing></w:r></w:p>' + p("{%p endfor %}"),
}  # fmt: skip

HOSTILE = [
    "Kim & Lee", "a < b > c", "<Usim>", "<select>", '"quoted" \'so\'', "AT&T; Co", "&unknown;",
    "</w:t></w:r></w:p><w:p><w:r><w:t>FORGED", "<w:p/>", "]]>", "<!-- x -->", "<?x y?>",
    "line\nline\n\nline", "a\tb\t\tc", "new\aparagraph", "new\fpage", "\n", "\t", " lead, trail ",
    "{{ 7*7 }}", "{% if x %}", "{# x #}", "{%p if x %}", "서윤희", "\u202eright to left",
    "\u200bzero\ufeff", "e\u0301", "\U0001f469\u200d\U0001f469", "\x7f\x85\u2028", "$1 \\1", "",
]  # fmt: skip


def names(a: str = "Seo") -> dict[str, object]:
    """Return what the templates name, with *a* in every place."""
    rows = [{"k": f"{a}{n}", "v": a} for n in range(3)]
    return {"a": a, "n": 3, "yes": True, "no": False, "xs": [a, "B", f"C{a}"], "rows": rows,
            "empty": [], "colour": "FF0000", "side": "center"}  # fmt: skip


#: Several in one: docxtpl takes ten thousandths of a second more for each of them.
MIXED = [
    "Seo", "", "Kim & Lee <b> \"q\" 's' AT&T; &unknown; ]]>", "</w:t></w:r></w:p><w:p/>{{ 7*7 }}",
    "line\nline\n\nline 서윤희 \u202e\u200b e\u0301", " a\tb\t\tc\n",
    "new\aparagraph\n", "new\fpage\t",
]  # fmt: skip
#: Where docxtpl puts a new paragraph into what holds no paragraphs, and loses what follows.
NO_PARAGRAPHS = {"link", "text box"}


def different(made: bytes, answers: list[str]) -> list[str]:
    """Return those of *answers* with which the two letters differ."""
    return [
        a for a in answers if canonical(ours(made, names(a))) != canonical(theirs(made, names(a)))
    ]


@pytest.mark.parametrize("feature", FEATURES)
def test_every_feature_gives_what_docxtpl_gives(feature: str) -> None:
    """With an ordinary answer and with hostile ones, in the body, a header and a footer."""
    made = word(FEATURES[feature], header="Re: {{ a }}", footer="{% if yes %}{{ a }}{% endif %}")
    answers = MIXED[:-2] if feature in NO_PARAGRAPHS else MIXED

    assert different(made, answers) == []


@pytest.mark.parametrize("feature", ["variable", "rows", "table in a table", "if over runs"])
def test_every_hostile_answer_gives_what_docxtpl_gives(feature: str) -> None:
    """What looks like markup, tags or code; every kind of space; scripts of the world."""
    assert different(word(FEATURES[feature]), HOSTILE) == []


@pytest.mark.parametrize("feature", sorted(NO_PARAGRAPHS))
def test_a_paragraph_within_a_link_is_refused_where_docxtpl_loses_it(feature: str) -> None:
    """The XML would be broken; docxtpl mends it by dropping the end of the letter."""
    with pytest.raises(TemplateError):
        ours(word(FEATURES[feature]), names("new\aparagraph"))


def test_a_literal_is_escaped_once() -> None:
    """Docxtpl prints `A &amp;amp; B` for a literal `A & B` in a tag."""
    made = word(p("{{ 'A &amp; B' }}"))

    assert said(ours(made, {}))[1] == "A & B"
    assert said(theirs(made, {}))[1] == "A &amp; B"


def test_most_features_are_proven_and_the_rest_is_parsed() -> None:
    """What the proof covers is what letters are made of; rows, paragraphs, runs, lists."""
    unproven = {
        name
        for name, body in FEATURES.items()
        if not all(part.proof.holds for part in compiled.compiled(word(body), "x").parts)
    }

    assert unproven == {"attribute", "cell colour", "cell colour in a loop", "colspan",
                        "colspan in a loop", "horizontal merge", "vertical merge"}  # fmt: skip


def test_rich_text_and_pictures_go_the_way_of_docxtpl() -> None:
    """A value that brings its own XML, or a picture, is put in by docxtpl itself."""
    tags = ("{{r rich }} {{ a }}", "{{ shown }}", "{{p whole }}", "{{ listing }}")
    made = word("".join(map(p, tags)), header="{{ a }}")
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    rich = docxtpl.RichText("bold & <b>", bold=True, color="FF0000")
    told = {**names("Kim & Lee\nx"), "rich": rich, "whole": docxtpl.RichTextParagraph(rich)}
    told["listing"] = docxtpl.Listing("one\ntwo\athree & four")
    document = docxtpl.DocxTemplate(io.BytesIO(made))
    told["shown"] = docxtpl.InlineImage(document, picture)
    document.render(dict(told), jinja2.Environment(autoescape=True), autoescape=True)
    out = io.BytesIO()
    document.save(out)

    assert canonical(ours(made, told)) == canonical(out.getvalue())


#: What a program does with docxtpl, and no template and no answer can ask for. Sub-documents need
#: its extra `docxtpl[subdoc]`, which nkdocs does not install: of an answer nobody makes a Word
#: file, and what a template includes is put in when a document is begun (test_included.py).
#: Pictures, media and embedded files are replaced by a call with another file's name; a link of a
#: rich text is made by a call, and refused (below). The rest looks at a template or saves it.
CALLS = {
    "new_subdoc", "replace_embedded", "replace_media", "replace_pic", "replace_zipname",
    "reset_replacements", "get_pic_map", "get_file_crc", "build_url_id", "save", "get_docx",
    "get_undeclared_template_variables",
}  # fmt: skip
#: How docxtpl renders: tried with every feature above and below.
RENDERS = {
    "FOOTER_URI", "HEADER_URI", "build_headers_footers_xml", "build_xml", "fix_docpr_ids",
    "fix_tables", "get_headers_footers", "get_headers_footers_encoding", "get_part_xml", "get_xml",
    "init_docx", "map_headers_footers_xml", "map_tree", "patch_xml", "post_processing",
    "pre_processing", "render", "render_footnotes", "render_init", "render_properties",
    "render_xml_part", "resolve_listing", "write_xml", "xml_to_string",
}  # fmt: skip
VALUES = {"InlineImage", "Listing", "R", "RP", "RichText", "RichTextParagraph"}


def test_nothing_that_docxtpl_offers_is_forgotten() -> None:
    """Another version with another feature fails here, and gets its own line above."""
    offered = {name for name in dir(docxtpl.DocxTemplate) if not name.startswith("_")}
    kinds = {name for name in dir(docxtpl) if name[0].isupper()} - {"DocxTemplate"}

    assert offered == CALLS | RENDERS
    assert kinds == VALUES


def test_a_value_of_docxtpls_own_is_put_in_everywhere_a_tag_stands() -> None:
    """Rich text and pictures in rows, in a header, in a footer and in a branch, beside answers."""
    rows_ = table("{%tr for r in rows %}|", "{{r rich }}|{{ r.k }}", "{%tr endfor %}|")
    branch = p("{% if yes %}") + p("{{r rich }} {{ a }}") + p("{% endif %}")
    made = word(rows_ + branch, header="{{r rich }}", footer="{{ listing }}")
    rich = docxtpl.RichText("a & <b>", italic=True, size=20, font="eastAsia:Batang")
    rich.add("second", style="x", strike=True, superscript=True)
    told = {**names("Kim & Lee"), "rich": rich, "listing": docxtpl.Listing("one\ntwo & <x>")}

    assert canonical(ours(made, told)) == canonical(theirs(made, told))


def test_a_link_that_belongs_to_another_file_is_refused() -> None:
    """Its address stands in the file it was made for; here it would lead nowhere."""
    made = word(p("{{r rich }}"))
    rich = docxtpl.RichText("x", url_id=docxtpl.DocxTemplate(io.BytesIO(made)).build_url_id("u:x"))

    with pytest.raises(TemplateError):
        ours(made, {"rich": rich})


def test_what_docxtpl_loses_is_refused_by_name() -> None:
    """A character no Word file can hold: docxtpl drops it, or with it the rest of the letter."""
    made = word(p("{{ a }}"))
    bad = [*map(chr, range(0x20)), "\ud800", "\udfff", "\ufffe", "\uffff"]

    for sign in set(bad) - set("\t\n\r\a\f"):
        with pytest.raises(TemplateError) as caught:
            ours(made, {"a": f"x{sign}y"})
        assert f"U+{ord(sign):04X}" in str(caught.value.faults[0])
    assert said(theirs(made, {"a": "x\ud800y"})) != ["Before.", "x\ud800y", "After."]


def test_properties_that_docxtpl_escapes_twice_hold_no_answer() -> None:
    """The title of a file is its document's; docxtpl writes `Smith &amp;amp; Jones` there."""
    made = changed(word(p("{{ a }}")), "docProps/core.xml", "<dc:title></dc:title>",
                   "<dc:title>{{ a }}</dc:title>")  # fmt: skip

    wrong = members(theirs(made, {"a": "A & B"}))["docProps/core.xml"].decode()
    right = members(ours(made, {"a": "A & B"}))["docProps/core.xml"].decode()

    assert "A &amp;amp; B" in wrong
    assert "A &amp;" not in right


def test_an_answer_in_brackets_stays_as_typed() -> None:
    """Docxtpl reads `{_{` in an answer as an escape of its own and writes `{{`; ours does not."""
    made = word(p("{{ a }}"))

    assert said(ours(made, {"a": "{_{ x }_}"}))[1] == "{_{ x }_}"
    assert said(theirs(made, {"a": "{_{ x }_}"}))[1] == "{{ x }}"


def test_a_note_is_filled_as_docxtpl_fills_it() -> None:
    """A footnote, in a letter of one section."""
    own = f'<w:footnote w:id="2">{p("{{ a }}")}</w:footnote>'
    note = f'<w:footnotes xmlns:w="{W[1:-1]}">{own}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    parts = members(word(p("Text.")))
    types = parts["[Content_Types].xml"].decode()
    own = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'
    rels = parts["word/_rels/document.xml.rels"].decode()
    link = ('<Relationship Id="rIdN" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/footnotes" Target="footnotes.xml"/></Relationships>')  # fmt: skip
    parts["[Content_Types].xml"] = types.replace("</Types>", own).encode()
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", link).encode()
    made = WordFile({**parts, "word/footnotes.xml": note.encode()}).data()

    for a in ("Seo", "Kim & Lee", "line\nline"):
        assert canonical(ours(made, {"a": a})) == canonical(theirs(made, {"a": a}))
    tree = WordFile.read(ours(made, {"a": "<w:p/>"}), "x").tree("word/footnotes.xml")
    assert [text_of(n) for n in paragraphs(tree)] == ["<w:p/>"]

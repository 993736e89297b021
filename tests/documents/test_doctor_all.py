"""Twelve templates broken in twelve ways, one broken in all: every fault, in its place."""

from collections.abc import Callable

import pytest

from nkdocs.diagnostics import Finding, Severity
from nkdocs.documents import doctor
from nkdocs.interview.spec import TemplateFile
from tests.documents.letters import catalogue, law, members, packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
FONTS = frozenset({"liberation serif", "liberation sans", "nanum myeongjo"})


def run(text: str, look: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str) -> str:
    """Return a paragraph; what is no XML is a run of text."""
    return "<w:p>" + "".join(r if r.startswith("<") else run(r) for r in runs) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table whose cells hold paragraphs."""
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in row) + "</w:tr>"
                    for row in rows)  # fmt: skip
    return f'<w:tbl><w:tblGrid>{"<w:gridCol/>" * len(rows[0])}</w:tblGrid>{cells}</w:tbl>'


def word(
    *body: str, header: str = "", comment: str = "", links: str = "", title: str = ""
) -> bytes:
    """Return a Word file with these paragraphs, as Word and LibreOffice write them."""
    rels, refs, parts = links, "", {}
    types = [("document", "document.main")]
    if header:
        rels += f'<Relationship Id="h" Type="{R}/header" Target="header1.xml"/>'
        refs = '<w:headerReference w:type="default" r:id="h"/>'
        parts["word/header1.xml"] = f'<w:hdr xmlns:w="{W}">{header}</w:hdr>'
        types.append(("header1", "header"))
    if comment:
        rels += f'<Relationship Id="c" Type="{R}/comments" Target="comments.xml"/>'
        inner = f'<w:comment w:id="7" w:author="X">{p(comment)}</w:comment>'
        parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{inner}</w:comments>'
        types.append(("comments", "comments"))
    if title:
        core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
        dc = "http://purl.org/dc/elements/1.1/"
        parts["docProps/core.xml"] = (
            f'<c:coreProperties xmlns:c="{core}" xmlns:dc="{dc}"><dc:title>{title}</dc:title>'
            "</c:coreProperties>"
        )
    parts["word/document.xml"] = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{"".join(body)}'
        f"<w:sectPr>{refs}</w:sectPr></w:body></w:document>"
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{package}/relationships">{rels}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="d" '
        f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    overrides = "".join(
        f'<Override PartName="/word/{n}.xml" ContentType="{TYPE}.{t}+xml"/>' for n, t in types
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    return packed({name: text.encode() for name, text in parts.items()})


def found(template: bytes, audience: str = "court") -> list[Finding]:
    """Return what the doctor says, typefaces included."""
    file = TemplateFile("letter.docx", "A letter", audience)
    return doctor.faults(
        template, file, catalogue(), frozenset(law()), name="letter.docx", fonts=FONTS
    )


def told(template: bytes) -> set[tuple[str, str]]:
    """Return code and place of what the doctor says."""
    return {(f.code, f.place.part) for f in found(template)}


PICTURE = (f'<Relationship Id="x" Type="{R}/image" TargetMode="External" '
           'Target="https://example.org/p.png"/>')  # fmt: skip
SHOWN = ('<w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" r:id="x"/>'
         "</w:pict></w:r>")  # fmt: skip
COMMENTED = '<w:r><w:commentReference w:id="7"/></w:r>'
DELETED = ('<w:del w:id="1" w:author="X"><w:r><w:delText>Old client</w:delText></w:r></w:del>')
LINKED = f'<w:hyperlink r:id="l">{run("urt }}")}</w:hyperlink>'
BOX = ('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>'
       f'{p("{{ case.court }}")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>')  # fmt: skip

BOUND = ('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x"/></w:sdtPr><w:sdtContent>'
         f'{p("{{ case.court }}")}</w:sdtContent></w:sdt>')  # fmt: skip


def field(code: str) -> str:
    """Return a field that shows something."""
    told = code.replace('"', "&quot;")
    return f'<w:fldSimple w:instr="{told}">{run("shown")}</w:fldSimple>'


#: Each way to break a template: its paragraphs, and the code and paragraph of each fault within.
WAYS: dict[str, tuple[list[str], list[tuple[str, int]]]] = {
    "a tag that is not closed, one that is not opened, one with wide braces": (
        [p("{{ case.court"), p("case.court }}"), p("{{ case.court }"), p("｛｛ case.court ｝｝")],
        [("T002", 1), ("T002", 2), ("T002", 3), ("T002", 4)],
    ),
    "a tag that is half a link": ([p("{{ case.co", LINKED)], [("T002", 1)]),
    "quotes": (
        [p("{% if case.court == ‘it’s’ %}x{% endif %}"),
         p("{% if case.court == „x“ %}x{% endif %}"),
         p("{% if office.name == “x” %}x{% endif %}")],
        [("T002", 1), ("T002", 2), ("T014", 3)],
    ),
    "text that would be lost": (
        [p("We write re {%p if case.court %} her"), p("x"), p("{%p endif %}"),
         p("{%p if case.court %}{%p if case.judge %}"), p("x"), p("{%p endif %}{%p endif %}"),
         table((p("{%tr for e in events %}"), p("lost")), (p("x"), p("y")),
               (p("{%tr endfor %}"), p(""))),
         p("{{ case.", '<w:r><w:footnoteReference w:id="2"/></w:r>', "court }}")],
        [("T005", 1), ("T005", 4), ("T005", 6), ("T005", 7), ("T005", 13)],
    ),
    "blocks": (
        [p("{%p if case.court %}"), p("{%p for e in events %}"), p("{%p endif %}"),
         p("{%p endfor %}"), p("{%p if case.judge %}"), p("x"), p("{% endif %}"),
         table((p("{%p if case.judge %}"), p("{%p endif %}"))), p("{% else %}"),
         p("{%p if today %}")],
        [("T008", 3), ("T008", 4), ("T008", 7), ("T008", 9), ("T008", 10), ("T008", 11)],
    ),
    "names": (
        [p("{{ clinet.name }}"), p("{{ client.nmae }} and {{ case.cuort }}"),
         p("{{ nobody_asks }}")],
        [("T003", 1), ("T003", 2), ("T003", 2), ("T003", 3)],
    ),
    "attributes, lists, calculations": (
        [p("{{ client.born.phrse }}"), p("{{ client.name() }}"), p("{{ 1 + client.born }}"),
         p("{{ events }}"), p("{{ case }}"), p("{% for x in case.court %}{{ x.y }}{% endfor %}")],
        [("T003", 1), ("T003", 2), ("T003", 3), ("T003", 4), ("T003", 5), ("T003", 6)],
    ),
    "filters and tags": (
        [p("{{ case.court|uper }}"), p("{{ case.court|safe|shout }}"), p("{% include 'x' %}"),
         p("{% elseif x %}"), p("{% if case.court is odder %}x{% endif %}")],
        [("T009", 1), ("T009", 2), ("T009", 2), ("T009", 3), ("T009", 4), ("T009", 5)],
    ),
    "what the reader may not see": (
        [p("{{ pd.case_strength }}"),
         p("{% if case.court %}x{% else %}{{ client.address }}{% endif %}")],
        [("T004", 1), ("T004", 2)],
    ),
    "what Word leaves": (
        [p("Said.", COMMENTED), p(DELETED, "New"), p(run("old secret", "<w:vanish/>"), "x"),
         p(run("{{ case.court }}", "<w:vanish/>"), "x"), p("x", BOX),
         p("x", run("old secret", '<w:color w:val="FFFFFF"/>')),
         p("x", run("old secret", '<w:sz w:val="2"/>')),
         p(run("x", '<w:rPrChange w:id="9" w:author="X"><w:rPr/></w:rPrChange>')),
         p("Dated ", field("DATE \\@ d")), p("Dear ", field("MERGEFIELD Name")),
         p("By ", field("AUTHOR")), BOUND],
        [("T010", 1), ("T010", 2), ("T010", 3), ("T011", 4), ("T015", 6), ("T010", 7),
         ("T010", 8), ("T010", 9), ("T010", 10), ("T010", 11), ("T010", 12), ("T015", 13)],
    ),
    "typefaces": (
        [p(run("x", '<w:rFonts w:ascii="Papyrus" w:hAnsi="Papyrus"/>')), p("y"),
         p(run("z", '<w:rFonts w:ascii="Garamond" w:hAnsi="Garamond"/>'))],
        [("T012", 1), ("T012", 3)],
    ),
    "what stands elsewhere": (
        [p("x"), p(SHOWN), p('<w:r><w:instrText>INCLUDETEXT "C:\\\\x.docx"</w:instrText></w:r>')],
        [("T007", 2), ("T007", 3)],
    ),
}  # fmt: skip


def broken(*bodies: list[str]) -> bytes:
    """Return a template of these paragraphs, with a comment and a picture for those that use it."""
    return word(*(x for body in bodies for x in body), comment="client lied", links=PICTURE)


def paragraphs_in(body: list[str]) -> int:
    """Count the paragraphs of a body as the doctor does."""
    return sum(x.count("<w:p>") for x in body)


@pytest.mark.parametrize("way", WAYS)
def test_every_fault_of_a_broken_template_is_told_at_its_paragraph(way: str) -> None:
    """All of them in one run, and no other."""
    body, expected = WAYS[way]
    made = word(*body, comment="client lied" if COMMENTED in "".join(body) else "",
                links=PICTURE if SHOWN in "".join(body) else "")  # fmt: skip

    said = found(made)

    assert sorted((f.code, f.place.paragraph) for f in said) == sorted(expected)
    assert all(f.hint and "body paragraph" in str(f.place) for f in said)
    assert all(f.place.text for f in said if f.code != "T007")


def test_one_template_broken_in_all_ways_tells_all_of_it_in_one_run() -> None:
    """What cannot be read hides nothing behind it, and every paragraph is the right one."""
    bodies = [body for body, _ in WAYS.values()]
    expected, before = [], 0
    for body, faults in WAYS.values():
        expected += [(code, n + before) for code, n in faults]
        before += paragraphs_in(body)
    made = broken(*bodies)

    said = {(f.code, f.place.paragraph) for f in found(made)}

    assert set(expected) <= said
    unknown = {(c, n) for c, n in said - set(expected)}
    assert all(c == "T008" for c, _ in unknown), unknown  # a block left open runs into the next


@pytest.mark.parametrize(
    ("part", "made"),
    [
        ("header paragraph 2", lambda: word(p("x"), header=p("x") + p("{{ case.cuort }}"))),
        ("body paragraph 1", lambda: word(p("x", COMMENTED), comment="see {{ case.court }}")),
        ("the properties of the file", lambda: word(p("x"), title="{{ client.name }}")),
        ("body paragraph 2",
         lambda: word(p("x"), p("{% if today %}{% set a = 1 %}{% endif %}{{ a }}"))),
    ],
)  # fmt: skip
def test_the_part_is_named(part: str, made: Callable[[], bytes]) -> None:
    """A fault in a header, a comment or the properties says that it stands there."""
    assert [f.place.part for f in found(made())] == [part]


def test_a_name_in_the_description_of_a_picture_is_followed_too() -> None:
    """Alt text is filled as all text is, so what it reaches is looked at."""
    drawing = ('<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/'
               '2006/wordprocessingDrawing" id="1" name="p" descr="{{ pd.case_strength }}"/>'
               "</w:drawing></w:r>")  # fmt: skip

    assert told(word(p("x"), p("y", drawing))) == {("T004", "body paragraph 2")}


def test_the_number_is_words_own_though_rows_are_deleted() -> None:
    """Paragraphs are counted as they stand in the template, not as they are filled."""
    mark = '<w:trPr><w:del w:id="2" w:author="X"/></w:trPr>'
    gone = f"<w:tr>{mark}<w:tc>{p('old')}</w:tc></w:tr>"
    row = f"<w:tr><w:tc>{p('x')}</w:tc></w:tr>"
    made = word(f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid>{gone}{row}</w:tbl>", p("{{ nobody }}"))

    assert told(made) == {("T010", "body paragraph 1"), ("T003", "body paragraph 3")}


def test_a_list_may_be_printed_where_it_is_empty() -> None:
    """There it prints the marked blank of its question; anywhere else it stops the letter."""
    fine = word(p("{% if not events and today %}{{ events }}{% endif %}"),
                p("{% for e in events %}x{% else %}{{ events }}{% endfor %}"),
                p("{% if events %}x{% elif today %}{{ events }}{% endif %}"))  # fmt: skip
    wrong = word(p("{% if events or today %}x{% endif %}{{ events }}"),
                 p("{% if not (events and today) %}{{ events }}{% endif %}"))  # fmt: skip

    assert found(fine) == []
    assert told(wrong) == {("T003", "body paragraph 1"), ("T003", "body paragraph 2")}


def test_a_letter_that_is_no_word_file_on_one_way_is_refused() -> None:
    """A block that begins inside a link and ends outside breaks the file when it is left out."""
    link = f'<w:hyperlink r:id="l">{run("{% if today %}a")}</w:hyperlink>'

    assert told(word(p(link, "b{% endif %}"))) == {("T008", "body paragraph 1")}


def test_what_is_seen_and_filled_is_not_reported() -> None:
    """White text on a dark ground, page numbers, links, a contents list, marks within a tag."""
    shaded = '<w:tc><w:tcPr><w:shd w:fill="000000"/></w:tcPr>{}</w:tc>'
    white = shaded.format(p(run("Heading", '<w:color w:val="FFFFFF"/>')))
    made = word(
        f"<w:tbl><w:tblGrid><w:gridCol/></w:tblGrid><w:tr>{white}</w:tr></w:tbl>",
        p("Page ", field("PAGE"), field("NUMPAGES"), field('HYPERLINK "https://example.org"')),
        p(field('TOC \\o "1-3"'), field("REF DATE"), field("SEQ Table")),
        p("{{ case.", '<w:proofErr w:type="spellStart"/>', "court }}"),
        p("{{ case.", '<w:bookmarkStart w:id="0" w:name="a"/>', "court }}"),
        p(run("fine print", '<w:sz w:val="12"/>')),
    )

    assert [f.message for f in found(made)] == []


def test_warnings_stop_nothing() -> None:
    """What is only doubtful is a warning: it says what to do and refuses nothing."""
    made = word(p(DELETED, "New"), p("{% if office.name == “x” %}x{% endif %}"))

    assert {f.severity for f in found(made)} == {Severity.WARN}


@pytest.mark.parametrize(
    ("tag", "said", "hint"),
    [
        ("{% if today %}a{% else if case.judge %}b{% endif %}", "“else if” is written elif",
         "Write {% elif case.judge %}."),
        ("{% if today %}a{% else %}b{% endif today %}", "nothing stands behind endif",
         "Write {% endif %}."),
        ("{% if today %}a{% else x %}b{% endif %}", "nothing stands behind else",
         "Write {% else %}."),
    ],
)  # fmt: skip
def test_what_stands_behind_else_and_endif_is_told_beside_other_faults(
    tag: str, said: str, hint: str
) -> None:
    """With the remedy, and whatever else is wrong in the file."""
    for others in ([], ["{{ client.nmae }}"], ["{{ case.court"]):
        told = found(word(p(tag), *(p(x) for x in others)))

        assert [f.hint for f in told if said in f.message] == [hint]
        assert len(told) == 1 + len(others)


def test_names_within_an_else_if_are_followed() -> None:
    """As those of the elif that was meant."""
    told = found(word(p("{% if today %}a{% else if case.cuort %}b{% else %}c{% endif %}")))

    assert sorted(f.code for f in told) == ["T002", "T003"]


def test_every_tag_in_the_properties_is_told() -> None:
    """Title, subject and keywords may each hold one."""
    made = word(p("x"), title="{{ a }}</dc:title><dc:subject>{{ b }}</dc:subject><dc:title>{{ c }}")

    assert [f.place.text for f in found(made)] == ["{{ a }}", "{{ b }}", "{{ c }}"]


STYLES = (
    f'<w:styles xmlns:w="{W}">'
    '<w:style w:type="character" w:styleId="Ghost"><w:rPr><w:color w:val="ffffff"/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="White"><w:rPr><w:color w:val="FFFFFF"/>'
    '</w:rPr></w:style><w:style w:type="paragraph" w:styleId="Whiter"><w:basedOn w:val="White"/>'
    '</w:style><w:style w:type="paragraph" w:styleId="Tiny"><w:rPr><w:sz w:val="2"/></w:rPr>'
    '</w:style><w:style w:type="paragraph" w:styleId="Banner"><w:pPr><w:shd w:fill="203864"/>'
    '</w:pPr><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style></w:styles>'
)


def styled(*body: str) -> bytes:
    """Return a Word file with styles that nobody sees the text of."""
    rel = f'<Relationship Id="s" Type="{R}/styles" Target="styles.xml"/>'
    return packed({**members(word(*body, links=rel)), "word/styles.xml": STYLES.encode()})


def of(style: str, *runs: str) -> str:
    """Return a paragraph of a style."""
    return p(f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>', *runs)


def test_text_that_a_style_makes_white_or_tiny_is_told() -> None:
    """A style of characters, of the paragraph, or one that it is based on."""
    made = styled(p("x", run("secret", '<w:rStyle w:val="Ghost"/>')), of("White", "secret"),
                  of("Whiter", "secret"), of("Tiny", "secret"), p("x"))  # fmt: skip

    assert told(made) == {("T010", f"body paragraph {n}") for n in range(1, 5)}


def test_text_that_can_be_seen_in_spite_of_a_style_is_not_told() -> None:
    """White on a dark ground, black again, or large again."""
    made = styled(of("Banner", "Heading"), of("White", run("x", '<w:color w:val="000000"/>')),
                  of("Tiny", run("x", '<w:sz w:val="24"/>')),
                  of("White", run("x", '<w:color w:val="auto"/>')))  # fmt: skip

    assert found(made) == []


def test_content_that_word_imports_is_told() -> None:
    """It is neither checked nor filled, and could be anything."""
    rel = f'<Relationship Id="c" Type="{R}/aFChunk" Target="chunk.xml"/>'
    made = word(p("x"), p("y"), '<w:altChunk r:id="c"/>', p("z"), links=rel)

    (fault,) = found(packed({**members(made), "word/chunk.xml": b"<p>{{ a }}</p>"}))

    assert (fault.code, fault.place.part, fault.severity) == (
        "T007", "body paragraph 2", Severity.ERROR)  # fmt: skip

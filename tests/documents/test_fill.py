"""A document is filled whole, in its own words, or not at all."""

import json
from pathlib import Path

import pytest
from markupsafe import Markup

from nkdocs import _yaml
from nkdocs.diagnostics import State
from nkdocs.documents import printing
from nkdocs.documents.fill import as_draft
from nkdocs.documents.wordfile import W, WordFile
from nkdocs.errors import TemplateError
from nkdocs.kinds.kind import KindError, clean
from tests.documents.letters import (
    answers,
    filled,
    members,
    page_map,
    said,
    template,
)

NASTY = [*map(chr, range(0x20)), "\x7f", "\x85", "\ud800", "\udfff", "\ufffe", "\uffff", "\ue000"]


def named(text: str) -> str:
    """Return answers in which the office is called *text*."""
    return _yaml.dump({"office": {"name": text}})


def test_every_part_of_a_letter_is_filled() -> None:
    """Body, table, header and footer print the same answer."""
    word = template(
        "{{ office.name }}",
        "[table Ruled Table: 1000]", "[row]", "Table Text| {{ office.name }}", "[end]",
        header="{{ office.name }}", footer="{{ office.name }}",
    )  # fmt: skip

    made = filled(word, 'office: {name: "R. Castellane & Co"}').docx

    parts = [n for n in members(made) if n.startswith(("word/header", "word/footer"))]
    whole = [t for part in ("word/document.xml", *parts) for t in said(made, part)]
    assert whole.count("R. Castellane & Co") == 4


@pytest.mark.parametrize("chunk", range(4))
def test_naughty_strings_are_printed_exactly_or_refused_by_name(chunk: int, samples: Path) -> None:
    """Of every string the exact text stands in body, table, header and footer, or it is refused."""
    strings = json.loads((samples / "naughty/blns.json").read_text("utf-8")) + NASTY
    word = template(
        "Before.", "{{ office.name }}",
        "[table Ruled Table: 1000]", "[row]", "Table Text| {{ office.name }}", "[end]", "After.",
        header="{{ office.name }}", footer="{{ office.name }}",
    )  # fmt: skip
    wrong = []

    for text in strings[chunk::4]:
        try:
            wanted = clean(text)
        except KindError:
            continue  # refused with the character's name and place
        if not wanted:
            continue
        made = filled(word, named(text)).docx
        parts = [n for n in members(made) if n.startswith(("word/header", "word/footer"))]
        body = [t for t in said(made) if t]
        rest = [said(made, part) for part in parts]
        if body != ["Before.", wanted, wanted, "After."] or rest != [[wanted], [wanted]]:
            wrong.append(text)

    assert wrong == []


def test_a_story_keeps_its_paragraphs() -> None:
    """A story printed whole keeps its empty lines; printed by paragraph each stands alone."""
    word = template("{{ pd.theory }}", "{%p for t in pd.theory.paragraphs %}", "{{ t }}",
                    "{%p endfor %}")  # fmt: skip

    made = filled(word, "pd:\n  theory: |\n    One.\n\n    Two.\n").docx

    assert said(made) == ["One.\n\nTwo.", "One.", "Two."]


def test_an_open_answer_is_a_marked_blank_that_names_its_question() -> None:
    """It is yellow, and the filling tells which answer is open."""
    word = template("Court: {{ case.court }}.")

    made = filled(word)

    question = answers("").catalogue.questions["case", "court"].prompt.en
    assert said(made.docx) == [f"Court: [{' '.join(question.split())}]."]
    assert dict(made.open) == {"case.court": " ".join(question.split())}
    runs = WordFile.read(made.docx, "x").tree("word/document.xml").iter(f"{W}r")
    marked = ["".join(r.itertext()) for r in runs if r.find(f"{W}rPr/{W}highlight") is not None]
    assert marked == [f"[{' '.join(question.split())}]"]


@pytest.mark.parametrize(
    "tag",
    ["{{ case.court ~ '!' }}", "{{ case.court|upper }}", "{{ [case.court]|join(', ') }}",
     "{{ case.court|string }}"],
)  # fmt: skip
def test_no_filter_hides_an_open_answer(tag: str) -> None:
    """A gap that is joined or filtered is still told as open, never printed as Python writes it."""
    made = filled(template(f"Court: {tag}."))

    assert list(made.open) == ["case.court"]
    assert "Missing" not in said(made.docx)[0]
    assert "\ue000" not in said(made.docx)[0]


@pytest.mark.parametrize(
    ("tag", "opened"),
    [
        ("{{ people|join(', ', attribute='name') }}", "people"),
        ("{{ people|sort(attribute='name')|join(', ', attribute='name') }}", "people"),
        ("{{ respondents|selectattr('lead')|join(', ') }}", "respondents"),
        ("{{ client.name.also|join(', ') }}", "respondents"),
        ("{{ pd.forms|join('; ') }}", "pd.forms"),
        ("{{ pd.forms|reverse|unique|join('; ') }}", "pd.forms"),
    ],
)
def test_a_list_that_is_open_is_told_where_it_would_be_joined(tag: str, opened: str) -> None:
    """A sentence that names who or what does not end in nothing while nobody was asked."""
    made = filled(template(f"They are {tag}."))

    assert list(made.open) == [opened]
    assert said(made.docx)[0] != "They are ."


@pytest.mark.parametrize("tag", ["people|join(', ', attribute='name')", "people|reverse|join"])
def test_a_list_that_was_answered_with_none_joins_to_nothing(tag: str) -> None:
    """That nobody is to be named is an answer."""
    made = filled(template(f"They are {{{{ {tag} }}}}."), "people: []")

    assert (said(made.docx), list(made.open)) == (["They are ."], [])


def test_a_tag_that_takes_a_gap_apart_is_refused() -> None:
    """Half a mark would print as rubbish."""
    with pytest.raises(TemplateError, match="apart"):
        filled(template("{{ (case.court|string)[3:] }}"))


def test_two_lost_cites_on_two_lines_are_both_marked() -> None:
    """Line breaks within one answer do not stop the draft."""
    word = template("{{ pd.theory }}")

    made = filled(word, "pd:\n  theory: |\n    See [@one, 1].\n\n    And [@two, 2].\n")

    first, second = (f"[Tab\u00a0?\u00a0at\u00a0{t}]." for t in ("1: one", "2: two"))
    assert said(made.docx) == [f"See {first}\n\nAnd {second}"]
    assert list(made.lost) == ["[@one, 1]", "[@two, 2]"]


def test_a_cite_prints_tab_and_page_of_its_filing() -> None:
    """In an answer and in a template alike, and both are recorded."""
    word = template("{{ pd.theory }} and {{ cite('letter', 2) }}.")

    made = filled(word, 'pd: {theory: "see [@report, 3]"}', maps=[page_map(report=4, letter=2)])

    at = "see Tab\u00a0A\u00a0at\u00a06 and Tab\u00a0B\u00a0at\u00a010."
    assert said(made.docx) == [at]
    assert [c.written for c in made.cites] == ["[@report, 3]", "[@letter, 2]"]


def test_a_cite_beside_an_open_answer_still_resolves() -> None:
    """A gap joined to a text with a cite does not leave the cite raw."""
    word = template("{{ case.court ~ ' ' ~ pd.theory }}")

    made = filled(word, 'pd: {theory: "see [@report, 3]"}', maps=[page_map(report=4)])

    assert "[@" not in said(made.docx)[0]
    assert [c.written for c in made.cites] == ["[@report, 3]"]


def test_a_cite_written_wrongly_is_told() -> None:
    """It prints as typed, and the filling says that it leads nowhere."""
    made = filled(template("{{ pd.theory }}"), 'pd: {theory: "see [@report 3]"}')

    assert said(made.docx) == ["see [@report 3]"]
    assert "[@report 3]" in made.lost


def test_an_earlier_filing_is_cited_by_its_filed_numbers() -> None:
    """What this filing does not hold is looked for in what was served."""
    earlier = page_map("first", "filed March 2, 2024", other=2, report=9)
    word = template("{{ cite('report', 3) }}")

    made = filled(word, maps=[page_map(letter=1), earlier])

    assert said(made.docx) == [
        "Resp\u2019t\u2019s Exs., Tab\u00a0B\u00a0at\u00a09, filed March 2, 2024"
    ]


@pytest.mark.parametrize(
    "tag",
    ["{{ cite }}", "{{ client.verb }}", "{{ pd.equities|selectattr('fact') }}", "{{ loop }}",
     "{{ {'a': 1} }}", "{{ pd }}", "{{ pd.equities }}", "{{ none }}", "{{ cite('x', 'a', 'b') }}",
     "{{ cite(3) }}", "{{ cite('x', 1.5) }}"],
)  # fmt: skip
def test_what_is_no_answer_is_not_printed(tag: str) -> None:
    """A function, a list, a group or a generator stops the work; Python's writing is no print."""
    text = "respondents: [{id: a, pronoun: she}]\npd: {equities: [{id: a, fact: x}]}\n"

    with pytest.raises(TemplateError):
        filled(template(f"X {tag} X"), text)


def test_an_answer_in_a_footnote_is_printed_once_and_as_typed() -> None:
    """Notes are filled once, whatever the sections: an answer is never read as a tag."""
    import io

    import docx
    from docx.enum.section import WD_SECTION
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = docx.Document()
    document.add_paragraph("Text.")
    document.add_section(WD_SECTION.NEW_PAGE)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    inner = '<w:footnote w:id="2"><w:p><w:r><w:t>{{ office.name }}</w:t></w:r></w:p></w:footnote>'
    note = f'<w:footnotes xmlns:w="{W[1:-1]}">{inner}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), kind, note.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    out = io.BytesIO()
    document.save(out)

    made = filled(out.getvalue(), 'office: {name: "{{ 7*7 }}"}').docx

    assert said(made, "word/footnotes.xml") == ["{{ 7*7 }}"]


def test_without_escaping_nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is compared with the escaped answers, tag by tag (TRUST R2)."""
    monkeypatch.setattr(printing, "escape", Markup)  # the fault is put in

    for text in ("a <w:p/> b", "</w:t></w:r></w:p><w:p><w:r><w:t>FORGED", "A & B", "<select>"):
        with pytest.raises(TemplateError, match="cannot be filled"):
            filled(template("Not escaped: {{ office.name }}"), named(text))


def test_the_same_case_gives_the_same_bytes() -> None:
    """No clock and no chance gets into a letter (TRUST R16)."""
    word = template("{{ case.court }} {{ cite('x', 1) }}", header="{{ today }}")

    first, second = (filled(word, "meta: {as_of: 2026-11-20}").docx for _ in range(2))

    assert first == second


def test_a_draft_says_so_on_every_page_even_without_a_header() -> None:
    """A template without headers gets one; the tear-off page comes first."""
    word = template("A letter.")
    plain = filled(word).docx

    draft = as_draft(plain, [], "A letter")

    header = next(n for n in members(draft) if "header" in n and n.endswith(".xml"))
    assert "DRAFT" in said(draft, header)[0]
    assert "DRAFT" in said(draft)[0]
    assert said(draft)[-1] == "A letter."


def test_the_file_itself_names_nobody() -> None:
    """Title and day are the document's; no author, no program of somebody's."""
    made = members(filled(template("A letter.")).docx)

    core = made["docProps/core.xml"].decode()
    assert "<dc:title>A letter</dc:title>" in core
    assert "<dc:creator/>" in core.replace("></dc:creator>", "/>")
    assert "2026-11-20T00:00:00Z" in core


def test_signs_in_a_tag_are_what_they_are() -> None:
    """A template may compare with, and print, a text that holds `&`, `<` and quotes."""
    word = template("{% if office.name == 'A & B <c>' %}{{ 'D & Es \"x\" <y>' }}{% endif %}")

    made = filled(word, named("A & B <c>")).docx

    assert said(made) == ['D & Es "x" <y>']


def test_the_state_is_known_to_the_template() -> None:
    """A final may print what a draft does not."""
    word = template("{% if state == 'final' %}final{% else %}not yet{% endif %}")

    made = [said(filled(word, state=s).docx)[0] for s in (State.DRAFT, State.FINAL)]

    assert made == ["not yet", "final"]

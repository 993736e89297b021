"""An attorney's own Word file becomes a document: its questions are guessed, asked, and fill it."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nkdocs._yaml.write import dump
from nkdocs.cli.app import app
from nkdocs.diagnostics import Severity
from nkdocs.documents.scaffold import scaffold
from nkdocs.errors import FileBusyError, TemplateError
from nkdocs.interview.spec import ITEM
from nkdocs.packet import templates
from tests.documents.letters import catalogue, said
from tests.documents.test_doctor_all import p, table, word

SAMPLES = Path(__file__).parents[3] / "shared/samples/docx_templates"
ANSWERS: dict[str, object] = {
    "text": "Some words", "story": "A story.", "yesno": "yes", "date": "2026-03-05",
    "money": "USD 2,375", "number": "4", "phone": "000-555-0101", "email": "a@example.org",
    "name": "PARK Min-ji", "address": "1 Main Street, New York, NY 10000", "texts": ["One", "Two"],
    "country": "KR", "anumber": "A000-000-021",
}  # fmt: skip


def kinds(*body: str) -> dict[str, str]:
    """Return the kind that each name of these paragraphs is guessed to be."""
    made = scaffold(word(*(p(x) for x in body)), catalogue(), "client", name="x.docx")
    return {str(q["ask"]): str(q["kind"]) for q in made.questions.values()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ landlord.name }}", {"landlord.name": "name"}),
        ("{{ move_in_date }} {{ flat.signed_on }}",
         {"move_in_date": "date", "flat.signed_on": "date"}),
        ("{{ monthly_rent }}", {"monthly_rent": "money"}),
        ("{{ work_phone }} {{ home_email }}", {"work_phone": "phone", "home_email": "email"}),
        ("{{ flat.address.city }}{{ flat.address }}", {"flat.address": "address"}),
        ("{% if is_late %}x{% endif %}", {"is_late": "yesno"}),
        ("{% if heating %}x{% endif %}", {"heating": "yesno"}),
        ("{% if heating %}{{ heating }}{% endif %}", {"heating": "text"}),
        ("{% if notice == 'written' %}a{% elif notice == 'oral' %}b{% endif %}",
         {"notice": "choice"}),
        ("{% if 'mold' in troubles %}x{% endif %}", {"troubles": "many"}),
        ("{% for f in friends %}{{ f }}{% endfor %}", {"friends": "texts"}),
        ("{{ friends|join('; ') }} {{ friends|length }}", {"friends": "texts"}),
        ("{{ kids[0].name }}", {"kids": "list", "kids[].name": "name"}),
        ("{% for k in kids if k.is_minor %}{{ k.story }}{% endfor %}",
         {"kids": "list", "kids[].is_minor": "yesno", "kids[].story": "story"}),
        ("{% for k in kids %}{% for t in k.teachers %}{{ t.name }}{% endfor %}{% endfor %}",
         {"kids": "list", "kids[].teachers": "list", "kids[].teachers[].name": "name"}),
        ("{% set x = rent.sum %}{{ x }}", {"rent.sum": "text"}),
        ("{{ 'a' if is_late else nickname }}", {"is_late": "yesno", "nickname": "text"}),
        ("{{ client.name }} {{ today }} {{ cite('x') }} {{ case.court }}", {}),
        ("{{ client.they }} {{ client.shoe_size }}", {"respondents[].shoe_size": "text"}),
        ("{{ client.nmae }} {{ Your_Name }} {{ case }}", {"your_name": "name"}),
        ("{{ landlord }} of {{ landlord.address }}",
         {"landlord.name": "name", "landlord.address": "address"}),
        ("{{ trial_office }} {{ housing_court }}, {{ housing_court.address }}",
         {"trial_office": "text", "housing_court.name": "text",
          "housing_court.address": "address"}),
        ("{{ other_parties }} {{ debtors|comma_and_list }}",
         {"other_parties": "list", "other_parties[].name": "name", "debtors": "texts"}),
        ("{{ other_parties[0].name.full() }} {{ other_parties[0].address.block() }}",
         {"other_parties": "list", "other_parties[].name": "name",
          "other_parties[].address": "address"}),
        ("{% for k in children %}{{ k }}{{ k.birthdate }}{{ k.pronoun_subjective() }}{% endfor %}",
         {"children": "list", "children[].name": "name", "children[].born": "date",
          "children[].pronoun": "choice"}),
        ("{% for r in won.true_values() %}{{ r }}{% endfor %}{% if won['x'] %}x{% endif %}",
         {"won": "many"}),
        ("{% if reasons.get('rent') %}x{% endif %}{% if harm.any_true() %}x{% endif %}",
         {"reasons": "many", "harm": "yesno"}),
        ("{{ fruit|catchall_options('apple: Apple')|catchall_datatype('radio') }}",
         {"fruit": "choice"}),
        ("{{ moved|catchall_datatype('BirthDate') }}", {"moved": "date"}),
        ("{{ name }} {{ id }}", {"name": "name", "id": "text"}),
        ("{% if rent > 1000 %}x{% endif %}{{ rent }}", {"rent": "number"}),
        ("{{ rooms|nice_number }}{{ floor|ordinal }}{% if pets == 2 %}x{% endif %}",
         {"rooms": "number", "floor": "number", "pets": "number"}),
        ("{% if rent > limit %}x{% endif %}{% if a > b %}x{% endif %}",
         {"rent": "number", "limit": "number", "a": "text", "b": "text"}),
        ("{% if ends &lt; today %}x{% endif %}{{ heard|format_date }}{{ moved_date.year }}",
         {"ends": "date", "heard": "date", "moved_date": "date"}),
        ("{{ b|currency }}{{ currency(c) }}{% for k in kids %}{{ k.pay|currency }}{% endfor %}",
         {"b": "money", "c": "money", "kids": "list", "kids[].pay": "money"}),
        ("{{ landlord.name }} {{ landlord.name.surname }}", {"landlord.name": "name"}),
        ("{{ landlord.name.native }}", {"landlord.name": "name"}),
        ("{{ bank.name.first }} {{ boss.name.full() }}{{ boss.name.last }}",
         {"bank.name": "name", "boss.name": "name"}),
        ("{% for k in kids %}{{ k.name }}{% endfor %}{{ kids.first.name.last }}",
         {"kids": "list", "kids[].name": "name"}),
        ("{% if work_phone.owed %}x{% endif %}{{ work_phone }}", {"work_phone": "phone"}),
        ("{{ client.i94 }} {{ respondents.first.name }} {{ filing.id }} {{ filing }}", {}),
    ],
)  # fmt: skip
def test_the_kind_follows_from_how_a_name_is_used(text: str, expected: dict[str, str]) -> None:
    """Names, filters, loops, conditions and comparisons each say something of the answer."""
    assert kinds(text) == expected


def test_a_passage_never_hangs_on_what_was_not_asked() -> None:
    """A yes or no is required: open, it would stand for no, in a final too."""
    made = scaffold(word(p("{% if is_late %}Late.{% endif %} {{ city }}")), catalogue(), "client",
                    name="x.docx")  # fmt: skip

    asked = {path[-1]: question.get("required") for path, question in made.questions.items()}
    assert asked == {"is_late": "yes", "city": None}


def test_what_cannot_be_asked_is_said() -> None:
    """A slip of a known name."""
    made = scaffold(
        word(p("{{ client.nmae }} {{ VIN }} {{ court }} {{ court.county }}")),
        catalogue(), "client", name="x.docx",
    )  # fmt: skip

    left = [re.split("[: ]", text)[0] for text in made.left]
    assert left == ["client.nmae"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ respondents.name }}",
         "respondents.name: respondents is a list: write client.name, or loop over it"),
        ("{{ respondents.address.city }}", "respondents.address: .* write client.address"),
        ("{{ people.name }}", "people.name: people is a list: write person.name in a loop over it"),
        ("{% for k in kids %}{{ k.name }}{% endfor %}{{ kids.age }}",
         "kids.age: kids is a list: write k.age in a loop over it, {% for k in kids %}"),
        ("{{ answers }}", "answers: .* call it otherwise"),
        ("{{ filings }}", "filings: .* call it otherwise"),
        ("{{ _about }}", "_about: names that begin with _"),
        ("{{ a._b }}", "a._b: names that begin with _"),
        ("{{ cite }}", r"cite: is nkdocs's own, with brackets: cite\(…\)"),
        ("{{ findings }}", "findings: is nkdocs's own, and for papers that stay in the office"),
        ("{{ state }}", "state: is how far the paper has come"),
        ("{{ filing.number }}", "filing.number: filing has a meaning of its own"),
        ("{{ landlord.name.first }}{{ landlord.name.foo }}", "landlord.name.foo: .* it has .also"),
        ("{{ fee * 2 }}", "fee: nothing is calculated with it"),
    ],
)  # fmt: skip
def test_a_name_that_cannot_be_asked_is_left_out_and_told(text: str, said: str) -> None:
    """With the tag that is likely meant; what is made of the other names is a good interview."""
    made = scaffold(word(p(text)), catalogue(), "client", name="x.docx")

    (left,) = made.left
    assert re.match(said, left)


@pytest.mark.parametrize("text", ["{{ cite('x') }}", "{%p set x = client.name|upper %}"])
def test_tags_that_need_no_question_begin_a_document_without_any(
    tmp_path: Path, text: str
) -> None:
    """It is not said that the file has no tags."""
    (tmp_path / "x-y.docx").write_bytes(word(p(text)))

    given = CliRunner().invoke(app, ["template", "new", str(tmp_path / "x-y.docx"), str(tmp_path)])

    assert "Its tags need no new question." in given.stderr
    assert not [f for f in templates.check(["x-y"], tmp_path) if f.severity is Severity.ERROR]


@pytest.mark.parametrize("name", ["respondents", "shared"])
def test_a_document_takes_no_name_of_a_section(tmp_path: Path, name: str) -> None:
    """It would stand in its place."""
    (tmp_path / f"{name}.docx").write_bytes(word(p("{{ city }}")))

    with pytest.raises(FileBusyError, match="there already"):
        templates.new(tmp_path / f"{name}.docx", tmp_path, "client")


def test_what_a_tag_says_of_its_question_begins_the_question() -> None:
    """AssemblyLine's authors write prompt, help and choices into the tag."""
    tag = ("{{ fruit | catchall_question('Which fruit?') | catchall_subquestion('One of two.') | "
           "catchall_options('apple: Apple', 'pear: Pear') }}")  # fmt: skip
    made = scaffold(word(p(tag)), catalogue(), "client", name="x.docx")

    (question,) = made.questions.values()
    assert question["prompt"] == {"en": "Which fruit?"}
    assert question["help"] == "One of two."
    assert question["choices"] == {"apple": "Apple", "pear": "Pear"}


def run(*words: object, keys: str = "") -> str:
    """Run a command that ends well; return what it gives."""
    result = CliRunner().invoke(
        app, [str(w) for w in words], env={"NKDOCS_PLAIN": "1"}, input=keys or None
    )
    assert not result.exception, (result.stdout, result.stderr, result.exception)
    return result.stdout


LETTER = word(
    p("Dear {{ landlord.name }}:"),
    p("I rent {{ premises_address }} since {{ move_in_date }}."),
    p("{%p if has_heat %}"), p("It is warm."),
    p("{%p else %}"), p("It is cold."), p("{%p endif %}"),
    p("{% if notice == 'written' %}In writing.{% elif notice == 'by phone' %}By phone.{% endif %}"),
    p("{%p for child in children %}"), p("{{ child.name|upper }}"), p("{%p endfor %}"),
    table((p("{%tr for friend in friends %}"),), (p("{{ friend }}"),), (p("{%tr endfor %}"),)),
)  # fmt: skip


def test_from_a_word_file_to_a_filled_letter(tmp_path: Path) -> None:
    """New, check, interview, fill: nothing was written by hand between them."""
    (tmp_path / "Rent Letter.docx").write_bytes(LETTER)
    run("new", tmp_path / "kim")

    file = tmp_path / "Rent Letter.docx"
    given = run("template", "new", file, tmp_path / "kim", "--for", "client")
    checked = run("template", "check", "rent-letter", "--case", tmp_path / "kim")
    name = ["", "", ""]  # no native form, no other spelling, no pseudonym
    keys = ["PARK Lee", *name, "1 Main Street, New York, NY 10000", "2024-05-01", "3", "2",
            "2", "SEO Min-ji", *name, "3", "Ann; Bo", "", ""]  # fmt: skip
    run("interview", tmp_path / "kim", "rent-letter", keys="\n".join(keys) + "\n")
    run("fill", tmp_path / "kim", "rent-letter", "--as", "draft")

    assert len(given.splitlines()) == 2
    assert "No fault found" in checked
    letter = said((tmp_path / "kim/out/rent-letter.docx").read_bytes())
    whole = "\n".join(letter)
    for text in ("Dear PARK Lee:", "since May 1, 2024", "It is cold.", "In writing.",
                 "SEO MIN-JI", "Ann", "Bo"):  # fmt: skip
        assert text in whole, whole
    assert "It is warm" not in whole


def test_every_blank_is_listed_with_its_question(tmp_path: Path) -> None:
    """Paragraph, answer, kind, and whether it is printed, asked of or looped over."""
    (tmp_path / "rent.docx").write_bytes(LETTER)
    templates.new(tmp_path / "rent.docx", tmp_path, "client")

    rows = templates.blanks("rent", tmp_path)

    told = [(r["paragraph"], r["answer"], r["kind"], r["use"]) for r in rows]
    assert told == [
        (1, "landlord.name", "name", "printed"),
        (2, "premises_address", "address", "printed"),
        (2, "move_in_date", "date", "printed"),
        (3, "has_heat", "yesno", "condition"),
        (8, "notice", "choice", "condition"),
        (9, "children", "list", "loop"),
        (10, "children[].name", "name", "printed"),
        (12, "friends", "texts", "loop"),
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no", b"\xd0\xcf\x11\xe0 old Word"])
def test_what_is_no_word_file_makes_nothing(tmp_path: Path, data: bytes) -> None:
    """Exit 9, and no folder is left behind."""
    (tmp_path / "x.docx").write_bytes(data)

    with pytest.raises(TemplateError):
        templates.new(tmp_path / "x.docx", tmp_path, "client")

    assert not (tmp_path / "templates").exists()


def test_a_name_that_is_taken_is_not_taken_again(tmp_path: Path) -> None:
    """Neither a shipped document's nor that of one begun before."""
    for name in ("pd-request.docx", "rent.docx"):
        (tmp_path / name).write_bytes(LETTER)
    templates.new(tmp_path / "rent.docx", tmp_path, "client")

    for name in ("pd-request.docx", "rent.docx"):
        with pytest.raises(FileBusyError, match="there already"):
            templates.new(tmp_path / name, tmp_path, "client")


def test_a_word_file_without_tags_asks_nothing(tmp_path: Path) -> None:
    """It says what to write."""
    (tmp_path / "x.docx").write_bytes(word(p("Nothing.")))

    with pytest.raises(TemplateError, match="no tags"):
        templates.new(tmp_path / "x.docx", tmp_path, "client")


def test_a_question_that_nothing_uses_is_named_with_its_line(tmp_path: Path) -> None:
    """A warning: the shipped questions are not meant, checks use those."""
    (tmp_path / "rent.docx").write_bytes(LETTER)
    made = templates.new(tmp_path / "rent.docx", tmp_path, "client")
    own = made.files[0]
    text = own.read_text("utf-8")
    more = "- ask: pet\n  kind: text\n  prompt: Pet?\n  audience: [client]\n"
    own.write_text(text + more, "utf-8")

    found = templates.check(["rent"], tmp_path)

    assert [(f.code, f.severity, f.subject) for f in found if f.code != "T012"] == [
        ("T013", Severity.WARN, "pet")
    ]
    assert found[-1].place.line == len(text.splitlines()) + 1


def test_a_copy_stands_before_the_shipped_file_and_the_list_says_so(tmp_path: Path) -> None:
    """In a case, and in the folder of the office above it."""
    (tmp_path / "office.yaml").write_text("office: {name: X}\n", "utf-8")
    (tmp_path / "kim").mkdir()
    templates.copy("sign-off", tmp_path)

    rows = {r["document"]: r["shadows"] for r in templates.templates(tmp_path / "kim")}

    assert "sign-off.docx is used in place of the shipped one" in rows["sign-off"]
    assert not rows["pd-request"]


#: Those of the samples that are refused, and why. They call programs of the interview that they
#: were written for, lose a sentence whatever fills them, or mean another thing by a name of ours.
REASONS = {
    "AssemblyLine__al_basic_addendum": r"safeattr\( \), and there is no such function",
    "AssemblyLine__exhibit_table_of_contents": r"you wrote \.toc_page_number",
    "AttorneyAuthorizationforRelease__Attorney_Authorization_for_Release_English":
        r"witnesses\[0\] is a group of answers",
    "InformalAppellantBriefTemplate__informal_appellant_brief_template_l_next_steps":
        "text beside a .*would be dropped: “The address of your court is",
    "MAEvictionDefense__SummaryProcessDiscovery": r"you wrote \.any_in_category",
}  # fmt: skip
#: Those that fill from a YAML of their own.
FILLED = [
    "AssemblyLine__exhibit_cover_sheet", "AssemblyLine__general_cover_sheet",
    "AssemblyLine__sample_word_template", "AssemblyLine__test_catchall",
    "AssemblyLine__test_if_final",
    "InformalAppellantBriefTemplate__informal_appellant_brief_template_l",
    "MAEvictionDefense__CompelDiscovery", "MAEvictionDefense__CompelDiscoveryWithInstructions",
    "MAEvictionDefense__CoverLetter", "MAEvictionDefense__InterpreterNotice",
    "MAEvictionDefense__InterveneMotion", "MAEvictionDefense__LateAnswerMotion",
    "MAEvictionDefense__NextSteps", "MAEvictionDefense__SummaryProcessAnswer",
    "MAEvictionDefense__TransferNotice", "MAEvictionDefense__include_CaseCaption",
    "MAEvictionDefense__include_SignatureBlock",
    "MAEvictionMoratorium__motion_to_dismiss_for_non-essential_eviction",
    "MAEvictionMoratorium__non_essential_eviction_instructions",
    "MALemonLawLetter__Lemon_Law_Template", "MALemonLawLetter__lemon_law_letter_next_steps",
]  # fmt: skip


QUICK = {
    "AssemblyLine__test_catchall",
    "InformalAppellantBriefTemplate__informal_appellant_brief_template_l_next_steps",
    "MAEvictionDefense__CoverLetter",
}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample templates are not there")
@pytest.mark.parametrize(
    "name",
    [
        pytest.param(n, marks=() if n in QUICK else pytest.mark.long) for n in [*FILLED, *REASONS]
    ],
)
def test_a_template_of_others_fills_or_is_refused_with_the_true_reason(
    tmp_path: Path, name: str
) -> None:
    """The interview is begun from its own tags; what it then lacks is nkdocs's to say."""
    source, _, stem = name.partition("__")
    for file in SAMPLES.glob(f"{source}__*.docx"):  # as they lie side by side where they are used
        (tmp_path / file.name.partition("__")[2]).write_bytes(file.read_bytes())
    made = templates.new(tmp_path / f"{stem}.docx", tmp_path, "internal")
    wrong = [f for f in templates.check([made.document], tmp_path) if f.severity is Severity.ERROR]

    if name in REASONS:
        reasons = [f for f in wrong if re.search(REASONS[name], f.message)]
        assert reasons, [f.message for f in wrong]
        assert all(f.place.paragraph and f.place.text and f.hint for f in reasons)
        return
    assert wrong == []
    known = templates.shelf(tmp_path).catalogue.documents[made.document]
    asked = list(templates.shelf(tmp_path).catalogue.asked(known))
    answers: dict[str, object] = {"answers": "1"}
    for question in asked:
        here: object = answers
        *above, last = [step for step in question.steps if step != ITEM]
        for step in above:
            assert isinstance(here, dict)
            here = here.setdefault(step, {})
            here = here[0] if isinstance(here, list) else here
        assert isinstance(here, dict)
        kind, choices = question.kind.name, [*question.options.choices]
        if question.is_list:
            here[last] = [{"id": "one"}]
        elif kind in ANSWERS or choices or str(tmp_path) in question.file:
            here[last] = ANSWERS.get(kind) or (choices[:1] if kind == "many" else choices[0])
    (tmp_path / "answers.yaml").write_text(dump(answers), "utf-8")
    run("fill", tmp_path, made.document)
    whole = "\n".join(said((tmp_path / f"out/{made.document}.docx").read_bytes()))
    assert "{{" not in whole and "{%" not in whole  # noqa: PT018 - one thing
    own = [q for q in asked if str(tmp_path) in q.file]
    shown = [str(ANSWERS[q.kind.name]) for q in own if q.kind.name in {"text", "name", "story"}]
    assert not shown or any(text.upper() in whole.upper() for text in shown)


def test_the_table_names_every_sample() -> None:
    """None is left out."""
    if not SAMPLES.is_dir():
        pytest.skip("the sample templates are not there")

    assert {f.stem for f in SAMPLES.glob("*.docx")} == {*REASONS, *FILLED}
    assert (len(FILLED), len(REASONS)) == (21, 5)

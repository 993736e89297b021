"""Questions, sections and documents are data; every fault of theirs is told at once."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from nkdocs._resources import shipped
from nkdocs.diagnostics import Finding
from nkdocs.errors import TemplateError
from nkdocs.interview import load
from nkdocs.interview.spec import path, pattern

TREE = Callable[[Mapping[str, str | bytes]], Path]
DOCUMENT = """
document: letter
title: A letter
audience: court
use: [own]
files: [{file: letter.docx, title: A letter, audience: court}]
"""
SECTION = """
section: own
title: Own
questions:
- {ask: case.court, kind: text, prompt: Which court?, audience: [court]}
- {ask: case.detained, kind: yesno, prompt: Detained?, audience: [court], when: case.court}
- {ask: people, kind: list, prompt: Who?, audience: [court], singular: person}
- {ask: "people[].name", kind: text, prompt: Name?, audience: [court]}
"""


def tree(build: TREE, section: str = SECTION, document: str = DOCUMENT) -> Path:
    """Return a template folder."""
    return build({"shared/own.yaml": section, "letter/interview.yaml": document})


def added(question: str) -> str:
    """Return the section with one more question."""
    return f"{SECTION}- {{{question}, prompt: P, audience: [court]}}\n"


def faults(*folders: Path) -> list[Finding]:
    """Return what is wrong with template folders."""
    with pytest.raises(TemplateError) as caught:
        load.load(folders)
    assert caught.value.exit_code == 9
    return [f for f in caught.value.faults if isinstance(f, Finding)]


def told(folder: Path) -> str:
    """Return what is wrong with a template folder, in words."""
    return "\n".join(map(str, faults(folder)))


def test_what_ships_is_well() -> None:
    """Three documents, and every question has a section, a kind and an audience."""
    found = load.load([shipped("templates")])

    assert set(found.documents) >= {"pd-request", "supervisory-review", "asylum-declaration"}
    assert all(q.audience and q.prompt.en for q in found.questions.values())


def test_a_folder_of_templates_is_read(build_tree: TREE) -> None:
    """Sections, documents, and which names stand where."""
    found = load.load([tree(build_tree)])

    asked = [q.path for q in found.asked(found.documents["letter"])]
    assert asked == ["case.court", "case.detained", "people", "people[].name"]
    assert found.children(("case",)) == {"court", "detained"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("ask: case.court, kind: text", "is asked already in"),
        ("ask: case.x, kind: tekst", "there is no kind 'tekst'"),
        ("ask: Case.X, kind: text", "ask"),
        ("ask: case.x, kind: text, colour: red", "colour"),
        ("ask: case.x, kind: text, when: 'case.court ='", "cannot be read"),
        ("ask: case.x, kind: text, when: case.cuort", "did you mean case.court"),
        ("ask: case.x, kind: text, when: nobody", "nobody"),
        ("ask: case.x, kind: text, required: case.cuort", "did you mean case.court"),
        ("ask: 'people[].x', kind: text, when: nmae == 'a'", "did you mean name"),
        ("ask: 'people[].x', kind: text, when: person.nmae", "did you mean person.name"),
        ("ask: case.x, kind: text, when: 'people[0].nmae'", "people[0].name"),
        ("ask: case.x, kind: text, when: case.detained.yes", "yesno"),
        ("ask: case.x, kind: text, when: 'case.court|safe'", "safe"),
        ("ask: people.name, kind: text", "people is a list, and this names none of its items"),
        ("ask: case.court.name, kind: text", "case.court is one answer"),
        ("ask: 'folk[].name', kind: text", "no list folk is asked"),
        ("ask: answers, kind: text", "a part of every answers file"),
        ("ask: filings, kind: list", "a part of every answers file"),
        ("ask: _about, kind: text", "begin with _"),
        ("ask: case._x, kind: text", "begin with _"),
        ("ask: 'people[].id', kind: text", "every item of a list has id of its own"),
        ("ask: case.owed, kind: text", "behind every answer"),
        *((f"ask: {n}, kind: text", "a meaning of its own in templates") for n in (
            "cite", "mark", "korean", "authority", "origin", "guidance", "sent", "state",
            "filing", "today", "client", "loop", "findings", "kit", "not")),
    ],
)  # fmt: skip
def test_a_fault_of_a_question_names_file_and_line(
    build_tree: TREE, question: str, said: str
) -> None:
    """Also a condition that names what nobody asks: it would never hold, silently."""
    found = told(tree(build_tree, added(question)))

    assert said in found
    assert "own.yaml:9" in found


@pytest.mark.parametrize("when", ["name == 'a'", "person.name", "case.detained", "id == 'x'",
                                  "client", "today", "people|length > 1"])  # fmt: skip
def test_a_condition_may_name_items_and_roots(build_tree: TREE, when: str) -> None:
    """Bare names of the item, the singular of its list, and everything at the top."""
    more = added(f"ask: 'people[].x', kind: text, when: \"{when}\"")
    respondents = "- {ask: respondents, kind: list, prompt: P, audience: [court]}\n"

    assert load.load([tree(build_tree, more + respondents)]).questions


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("use: [own]", "use: [other]", "no section 'other'"),
        ("use: [own]", "use: [own]\nrequire: [case.x]", "asked nowhere"),
        ("audience: court", "audience: everyone", "audience"),
        ("file: letter.docx", "file: ../letter.docx", "file"),
        ("title: A letter\n", "", "title"),
        ("document: letter", "document: letter\ncolour: red", "colour"),
        ("audience: court}", "audience: court, when: case.cuort}", "did you mean case.court"),
        ("use: [own]", "use: [own]\nboxes: [{part: A, fills: {a: case.x}}]", "fills a box here"),
        ("use: [own]", "use: [own]\nboxes: [{part: A, of: folk, fills: {}}]", "'folk' fills"),
        ("use: [own]", "use: [own]\nboxes: [{part: A, of: people, where: nmae}]",
         "did you mean name"),
        ("use: [own]", "use: [own]\nboxes: [{part: A, needed: case.cuort}]", "case.court"),
        ("use: [own]", "use: [own]\nboxes: [{part: A, colour: red}]", "colour"),
    ],
)
def test_a_fault_of_a_document_names_its_file(
    build_tree: TREE, old: str, new: str, said: str
) -> None:
    """Sections, requirements, audiences and files are all looked at."""
    assert old in DOCUMENT
    found = told(tree(build_tree, document=DOCUMENT.replace(old, new, 1)))

    assert said in found
    assert "interview.yaml" in found


def test_every_fault_is_told_in_one_run(build_tree: TREE) -> None:
    """Of all files."""
    section = added("ask: case.x, kind: text") + "- {ask: case.y}\n"

    found = told(tree(build_tree, section, DOCUMENT.replace("use: [own]", "use: [gone]")))

    assert "questions.5.kind" in found
    assert "no section 'gone'" in found


def test_folders_shadow_file_by_file(tmp_path: Path) -> None:
    """The case's file wins over the shipped one; the others stay."""
    for name, prompt in (("case", "Mine?"), ("shipped", "Theirs?")):
        (tmp_path / name / "shared").mkdir(parents=True)
        text = SECTION.replace("Which court?", prompt)
        (tmp_path / name / "shared/own.yaml").write_text(text)
    (tmp_path / "shipped/letter").mkdir()
    (tmp_path / "shipped/letter/interview.yaml").write_text(DOCUMENT)

    found = load.load([tmp_path / "case", tmp_path / "shipped"])

    assert found.questions["case", "court"].prompt.en == "Mine?"
    assert set(found.documents) == {"letter"}


@pytest.mark.parametrize("asked", ["respondents.name", "respondents[].born", "respondents"])
def test_what_clashes_with_a_shipped_question_is_a_fault_of_ones_own_file(
    build_tree: TREE, asked: str
) -> None:
    """No shipped file is blamed, in whichever order the two are read."""
    more = f'questions: [{{ask: "{asked}", kind: text, prompt: P, audience: [opla]}}]\n'
    own = build_tree({"letter/interview.yaml": DOCUMENT.replace("[own]", "[]") + more})

    places = [(f.place.file, f.place.line) for f in faults(own, shipped("templates"))]

    assert places == [(str(own / "letter/interview.yaml"), 7)]


def test_a_shared_file_that_clashes_with_a_shipped_document_is_itself_at_fault(
    build_tree: TREE,
) -> None:
    """Shipped documents are read after it and ask within its answer."""
    letter = DOCUMENT.replace("letter", "note").replace("[own]", "[]")
    within = letter + "questions: [{ask: case.court.x, kind: text, prompt: P, audience: [court]}]\n"
    ships = build_tree({"ships/note/interview.yaml": within}) / "ships"
    own = build_tree({"mine/shared/own.yaml": SECTION}) / "mine"

    (fault,) = faults(own, ships)

    assert fault.place.file == str(own / "shared/own.yaml")
    assert "case.court.x is asked within it" in fault.message


def test_boxes_of_a_form_name_their_answers(build_tree: TREE) -> None:
    """Relative to the list they speak of; a path in brackets is enough anywhere."""
    said = "use: [own]\nboxes: [{part: A, of: people, where: name, fills: {a: name, b: [name]}}]"

    made = load.load([tree(build_tree, document=DOCUMENT.replace("use: [own]", said))])

    (boxes,) = made.documents["letter"].boxes
    assert boxes.of == ("people",)
    assert boxes.fills["a"] == (("people", "[]", "name"),)
    assert boxes.enough == {"b"}


def test_choice_has_a_label_in_korean(build_tree: TREE) -> None:
    """Papers print the English one; the key stays."""
    question = "ask: case.kin, kind: choice, choices: {a: {en: aunt, ko: 이모}, b: {en: boy}}"

    options = load.load([tree(build_tree, added(question))]).questions["case", "kin"].options

    assert dict(options.choices) == {"a": "aunt", "b": "boy"}
    assert [options.called(k, "ko") for k in ("a", "b")] == ["이모", "boy"]
    assert options.called("a") == "aunt"


@pytest.mark.parametrize("written", ["case.court", "people[]", "people[].name", "a[].b[].c"])
def test_a_path_and_its_steps_turn_into_each_other(written: str) -> None:
    """`[]` stands for any item."""
    assert path(pattern(written)) == written


def test_a_choice_may_carry_a_condition(build_tree: TREE) -> None:
    """It limits what is offered, not what the choices are."""
    more = "ask: case.form, kind: choice, choices: {a: A, b: {en: B, when: case.court}}"

    question = load.load([tree(build_tree, added(more))]).questions[pattern("case.form")]

    assert dict(question.options.choices) == {"a": "A", "b": "B"}
    assert set(question.limits) == {"b"}


def test_a_condition_of_a_choice_names_only_what_is_asked(build_tree: TREE) -> None:
    """A misspelt name is a fault of the file, with a suggestion."""
    more = "ask: case.form, kind: choice, choices: {b: {en: B, when: case.cuort}}"

    wrong = told(tree(build_tree, added(more)))

    assert "T001" in wrong
    assert "case.cuort" in wrong


def test_request_and_review_limit_a_form_alike() -> None:
    """What a form needs of proceeding and stage is said twice and must not drift apart."""
    questions = load.load([shipped("templates")]).questions
    asked, narrowed = (questions[pattern(p)].limits for p in ("pd.forms", "sr.narrowed"))

    own = {key: asked[key].text.partition(" and ")[2] for key in narrowed}

    assert own == {key: condition.text for key, condition in narrowed.items()}
    assert all(asked[key].text.startswith("pd.addressee_office not in") for key in narrowed)

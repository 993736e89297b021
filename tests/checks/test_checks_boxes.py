"""L426: boxes of Form I-589 that no answer fills."""

import pytest

from tests.checks.cases import DECLARATION, case, found, the, told

SHEET = "i589-answers"
PERSON = """respondents:
- id: seo
  lead: yes
  name: {legal: SEO Yun Hui}
  travel_document: {has: no}
  marital: MARITAL
family:
- {id: m, kin: mother, name: Ri Sun Ok, birth_place: Musan, status: living, country: KP}
- {id: f, kin: father, name: Seo Dae Won, birth_place: Musan, status: dead, whereabouts: Musan}
background: {has_siblings: SIBLINGS, has_children: CHILDREN, schools: []}
"""


def person(marital: str = "single", siblings: str = "no", children: str = "no") -> str:
    """Return a case of which little is told."""
    text = PERSON.replace("MARITAL", marital).replace("SIBLINGS", siblings)
    return text.replace("CHILDREN", children)


def boxes(text: str, part: str) -> str:
    """Return what the finding of a part of the form says."""
    return next((f.message for f in found(text, "L426", SHEET) if f"Part {part}:" in f.message), "")


def test_open_boxes_of_a_part_are_one_finding() -> None:
    """It counts from signature on, and stands where the first of the answers would stand."""
    finding = next(f for f in found(person(), "L426", SHEET) if f.subject.endswith(" A.I"))

    assert told(finding) == ("ERROR", "for-signature", "ack", 3)
    assert "1 (respondents.seo.a_number), 2 (respondents.seo.ssn)" in finding.message
    assert "C-A-R-R-" in finding.source
    assert finding.cure == "client"


def test_answered_box_is_not_open() -> None:
    """Nor is one that an answer closes, or whose question is not asked."""
    said = boxes(person(), "A.I")

    assert "11 (" not in said
    assert "20 (" not in said
    assert "15 (" in said


@pytest.mark.parametrize("answer", ["does not know", "does not remember", "declines", "Korean",
                                    '"was told by her aunt: Korean"'])  # fmt: skip
def test_honest_answer_fills_a_box(answer: str) -> None:
    """A box that says 'does not know' is no blank."""
    text = person().replace("  marital", f"  ethnic_group: {answer}\n  marital")

    assert "16 (respondents.seo.ethnic_group)" in boxes(person(), "A.I")
    assert "16 (" not in boxes(text, "A.I")


def test_empty_list_says_none() -> None:
    """Schools: none. Jobs nobody told of are open."""
    said = boxes(person(), "A.III")

    assert "3 (background.schools)" not in said
    assert "4 (background.jobs)" in said


def test_one_answer_of_several_is_enough_where_the_form_asks_once() -> None:
    """A place where the father is will do for his country; why is told of one event."""
    assert "5 current location" not in boxes(person(), "A.III")
    events = "events: [{id: a, why: My uncle.}, {id: b}]\n"
    bare = "events: [{id: a}, {id: b}]\n"

    assert "1.A why" not in boxes(events, "B")
    assert "1.A why (events.a.why)" in boxes(bare, "B")
    assert "1.A what (events.a.told), 1.A what (events.b.told)" in boxes(bare, "B")


@pytest.mark.parametrize(
    ("text", "part", "open_"),
    [
        (person(), "A.III", ""),
        (person().replace("kin: mother", "kin: other"), "A.III", "5 mother (family)"),
        (person(siblings="yes"), "A.III", "5 siblings listed (family)"),
        (person(marital="married"), "A.II", "your spouse (family)"),
        (person(children="yes"), "A.II", "your children (china.children)"),
        (person(children="yes") + "china: {lived: yes, children: [{id: a, born: 2010}]}\n", "A.II",
         "passport number (china.children.a.id_number)"),
    ],
)  # fmt: skip
def test_person_whom_the_form_wants_is_listed(text: str, part: str, open_: str) -> None:
    """A mother, and a husband or child that an answer tells of, stand in one of the lists."""
    said = boxes(text, part)

    assert open_ in said if open_ else "mother" not in said
    assert "your children" not in boxes(person(children="no"), "A.II")
    assert "your spouse" not in boxes(person(), "A.II")


def test_child_of_an_idle_part_is_not_asked_about() -> None:
    """Who was never in China has no child there."""
    text = person() + "china: {lived: no, children: [{id: a}]}\n"

    assert "china.children.a" not in boxes(text, "A.II")


def test_form_is_checked_where_its_sheet_is_at_hand() -> None:
    """A letter or a declaration has no boxes."""
    assert not found(person(), "L426", DECLARATION)


def test_acceptance_of_open_boxes_is_void_when_others_are_open() -> None:
    """The finding reads which boxes they are."""
    first, then = (
        next(f for f in found(text, "L426", SHEET) if f.subject.endswith(" D"))
        for text in ("i589: {list_given: yes}", "i589: {list_given: yes, family_helped: no}")
    )

    assert first.fingerprint != then.fingerprint


def test_nothing_told_at_all_names_the_parts() -> None:
    """One line a part, no more: A.I, A.II, A.III, B, C, D."""
    parts = [f.subject.removeprefix(f"{SHEET} ") for f in found("", "L426", SHEET)]

    assert parts == ["A.I", "A.II", "A.III", "B", "C", "D"]
    assert the([f for f in found("", "L426", SHEET) if f.subject.endswith(" D")]).place.line == 1


def test_boxes_name_no_answer_text() -> None:
    """Paths and counts are told, never what was answered."""
    text = person().replace("SEO Yun Hui", "SECRET Name")

    assert all("SECRET" not in f.message for f in found(text, "L426", SHEET))
    assert case(text, SHEET).chosen == {SHEET}

"""The answer sheet for Form I-589 and the list of corrections."""

import re
from pathlib import Path

import pytest

from nkdocs.diagnostics import State
from nkdocs.documents.wordfile import WordFile, paragraphs, text_of
from nkdocs.errors import TemplateError
from nkdocs.packet import facts, papers
from nkdocs.packet.desk import Desk, open_desk
from nkdocs.packet.fill import fill
from nkdocs.packet.papers import Circumstances, Paper
from tests.packet.demo import copied
from tests.templates.filled_form import filled

SHEET, CORRECTIONS = "i589-answers.docx", "i589-corrections.docx"
#: Every box of the form, as its pages name them; A.II and A.III repeat theirs for each person.
A_I = [*"1 2 3 4–6 7 8 9 10 11 12 13 14 15 16 17 18 19a 19b 19c 20 21 22 23 24 25".split()]
B_AND_C = ["1", "1.A", "1.B", "2", "3.A", "3.B", "4", "2.A", "2.B", "3", "5", "6"]


def made(desk: Desk, name: str = SHEET, state: State = State.DRAFT) -> Paper:
    """Return a paper of the form as it is filled."""
    document = desk.documents(["i589-answers"])[0]
    return papers.make(desk, document, document.file(name), Circumstances(state))


def said(paper: Paper) -> list[str]:
    """Return what each paragraph of a paper says, draft marks left out."""
    word = WordFile.read(paper.docx, paper.name)
    return [text_of(p).replace("\u00a0", " ") for p in paragraphs(word.tree("word/document.xml"))]


def row(paper: Paper, box: str, question: str) -> str:
    """Return the answer beside a question of a box."""
    lines = said(paper)
    at = next(n for n, t in enumerate(lines) if t == box and lines[n + 1].startswith(question))
    return lines[at + 2]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Return a case with every box answered."""
    return open_desk(filled(copied(tmp_path_factory.mktemp("whole"))))


def with_case(folder: Path, *edits: tuple[str, str]) -> Desk:
    """Return the answered case after *edits*."""
    case = filled(copied(folder))
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return open_desk(case)


def test_every_box_of_the_form_stands_in_its_order(whole: Desk) -> None:
    """Part A.I has 1 to 25; Parts B and C their questions."""
    lines = said(made(whole))
    start, end = lines.index("Part B. Your application (pages 5 and 6)"), len(lines)

    first = list(dict.fromkeys(t for t in lines if t in A_I))

    assert first[: len(A_I)] == A_I
    assert set(B_AND_C) <= set(lines[start:end])
    assert [t for t in lines if t.startswith("Part")][:3] == [
        "Part A.I. Information about you (page 1)",
        "Part A.II. Your spouse and children (pages 2 and 3)",
        "Part A.III. Your background (page 4)",
    ]


def test_edition_is_the_one_the_questions_follow(whole: Desk) -> None:
    """Another edition to be filed is told beside it."""
    head = next(t for t in said(made(whole)) if t.startswith("Applicant:"))

    assert "Rev. 08/25/20" in head
    assert "compare every box" not in head


def test_other_edition_is_pointed_out(tmp_path: Path) -> None:
    """The form is replaced from time to time."""
    desk = with_case(tmp_path, ("edition: 08/25/20", "edition: 01/20/25"))

    assert any("compare every box" in t for t in said(made(desk)))


def test_answered_form_has_no_blank_and_no_finding(whole: Desk) -> None:
    """Neither L426 nor an open answer; it may be printed for signature."""
    paper = made(whole, state=State.FOR_SIGNATURE)

    assert paper.findings == ()
    assert not [f for f in facts.check(whole, ["i589-answers"]) if f.code == "L426"]
    assert not [t for t in said(paper) if re.search(r"\bopen: asked|<b>|\[[A-Z]", t)]


def test_sheet_of_an_unanswered_case_names_every_blank(tmp_path: Path) -> None:
    """The blank stands in the box, and the path of its question beside it."""
    case = copied(tmp_path)
    desk = open_desk(case)
    paper = made(desk)

    assert row(paper, "16", "Race").startswith("[What is this person")
    assert "open: asked by respondents.seo-yun.ethnic_group" in said(paper)
    assert "open: asked by i589.torture" in said(paper)
    assert any("Mother: open: add the person" in t for t in said(paper))


@pytest.mark.parametrize(
    ("box", "question", "answer"),
    [
        ("2", "U.S. Social", "None"),
        ("7", "Other names", "So Yun-hui and Seo Yoon-hee"),
        ("9", "Mailing", "Same as 8"),
        ("12", "Date of birth", "about 1986 (lunar calendar)"),
        ("15", "Nationality at birth", "North Korea"),
        ("18", "Immigration Court", "b. I am now in Immigration Court proceedings."),
        ("19b", "Current I-94", "None"),
        ("22", "Expiration", "about 2024"),
        ("24", "Fluent", "No"),
    ],
)  # fmt: skip
def test_answers_are_reused_as_they_were_given(
    whole: Desk, box: str, question: str, answer: str
) -> None:
    """A date that is only about prints so; 'None' stands where somebody answered so."""
    assert row(made(whole), box, question) == answer


@pytest.mark.parametrize(
    "line",
    [
        ("respondents.seo-yun.born; from the client; note: says she was 21 at the arrest, counted "
        "the Korean way"),
        "events.arrest-2006.told; from the client; confirmed 2026-11-17",
        "background.jobs.cleaning; from: told by my neighbor",
        "i589.applied_before",
    ],
)
def test_source_of_each_answer_stands_beside_it(whole: Desk, line: str) -> None:
    """Path, source, day of confirmation and note."""
    assert line in said(made(whole))


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("religion: none", "religion: does not know", "does not know"),
        ("religion: none", "religion: declines", "declines to answer"),
        ("religion: none", 'religion: "was told by my mother: Buddhist"', "Buddhist"),
        ("religion: none", 'religion: "was told by my mother: Buddhist"',
         "respondents.seo-yun.religion; told by my mother"),
        ("torture: yes", "torture: does not know",
         "Afraid of torture in any country of return? does not know"),
        ("  ethnic_group: Korean\n  religion", "  ethnic_group: does not remember\n  religion",
         "does not remember"),
        ("applied_before: []", ("applied_before: [{id: a, who: my mother, when: 2015, "
         "decision: 'was told by my mother: It was refused.', changed: does not know}]"),
         "My mother told me: It was refused."),
    ],
)  # fmt: skip
def test_honest_non_answer_prints_as_one(tmp_path: Path, old: str, new: str, line: str) -> None:
    """It is neither a blank nor 'No', and hearsay names the teller."""
    paper = made(with_case(tmp_path, (old, new)))

    assert line in said(paper)
    assert not [f for f in paper.findings if f.code == "A004"]


def test_list_answered_with_none_prints_none(whole: Desk, tmp_path: Path) -> None:
    """An empty list is 'No'; a list nobody told of is a blank."""
    question = "Ever applied to the U.S. Government for refugee status, asylum or withholding, you "
    desk = with_case(tmp_path, ("  applied_before: []\n", ""))

    assert any(t == f"{question}or close family? No" for t in said(made(whole)))
    assert any(t.startswith(f"{question}or close family? [Did") for t in said(made(desk)))


def test_arrests_of_strangers_are_not_the_familys(whole: Desk) -> None:
    """Question 2 asks of the client and the family; a neighbor who was sent back is told in 1.A."""
    told = [t for t in said(made(whole)) if t.endswith("as told in 1.A")]

    assert any(t.startswith("winter 2006") for t in told)
    assert not any(t.startswith("summer 2010") for t in told)


def test_long_lists_go_on_supplement_b(tmp_path: Path) -> None:
    """The form has three lines for work."""
    more = "".join(f"  - {{id: j{n}, employer: E{n}, occupation: work, from: 2021, still: no, "
                   "to: 2022}\n" for n in range(2))  # fmt: skip
    desk = with_case(tmp_path, ("  jobs:\n", f"  jobs:\n{more}"))

    assert "The form has 3 lines here: the rest goes on Supplement B." in said(made(desk))


def test_husband_or_wife_who_is_not_listed_is_named(tmp_path: Path) -> None:
    """Boxes 1 to 24 are open."""
    desk = with_case(tmp_path, ("uscis_account: none\n  marital: single",
                                "uscis_account: none\n  marital: married"))  # fmt: skip

    assert any(t.startswith("Open: 1 to 24.") for t in said(made(desk)))


def test_husband_or_wife_abroad_is_told_box_by_box(tmp_path: Path) -> None:
    """Someone of the family, with the questions that a spouse needs."""
    spouse = (
        "- {id: han, relation: husband, kin: spouse, name: HAN Chol, born: 1984, sex: male, "
        "birth_place: Incheon, nationality: KR, ethnic_group: Korean, id_number: none, "
        "us_numbers: no, status: living, country: KR}\n- id: mother\n"
    )
    desk = with_case(
        tmp_path,
        ("uscis_account: none\n  marital: single", ("uscis_account: none\n  marital: married\n"
         "  marriage: {date: about 2013, place: Incheon}")),
        ("- id: mother\n", spouse),
    )  # fmt: skip
    paper = made(desk)

    assert row(paper, "9–10", "Date and place of marriage") == "about 2013; Incheon"
    assert row(paper, "15", "In the U.S.?") == "No: South Korea"
    assert not [f for f in paper.findings if f.code == "A004"]


def test_child_left_in_china_is_a_child_of_the_form(tmp_path: Path) -> None:
    """Told of under China, and counted with the rider."""
    child = "[{id: girl, born: about 2010, with_whom: the grandmother, sex: female}]"
    paper = made(with_case(tmp_path, ("  children: []\n", f"  children: {child}\n")))

    assert any("total number listed here: 2" in t for t in said(paper))
    assert "open: asked by china.children.girl.nationality" in said(paper)


def test_sheet_stays_in_the_office(whole: Desk) -> None:
    """It holds numbers, addresses, names of relatives and the questions about bars."""
    document = whole.documents(["i589-answers"])[0]
    header = WordFile.read(made(whole).docx, SHEET)
    heads = [text_of(p) for part in header.story_parts() if "header" in part
             for p in paragraphs(header.tree(part))]  # fmt: skip

    assert document.audience == "internal"
    assert document.file(SHEET).audience == "internal"
    assert any("Not to be filed or sent" in t for t in heads)


def test_corrections_are_for_the_court_and_reach_nothing_of_the_office(whole: Desk) -> None:
    """Numbered, as filed, correct, why; a note on the draft is not the paper."""
    paper = made(whole, CORRECTIONS)
    lines = said(paper)

    assert paper.file.audience == "court"
    at = lines.index("Part C, question 2")
    assert lines[at - 1 : at + 4] == [
        "1", "Part C, question 2", "South Korea, from 2012", "South Korea, from October 2011.",
        "I gave the year on my card.",
    ]  # fmt: skip
    assert lines[lines.index("left blank") + 1 : lines.index("left blank") + 3] == ["None.", "—"]
    assert not any("M00000021" in t or "Maple" in t for t in lines)


def test_corrections_leave_signature_and_dates_to_the_hand(whole: Desk) -> None:
    """What arises at signing is a ruled blank, also of the interpreter."""
    text = "\n".join(said(made(whole, CORRECTIONS)))

    assert text.count("Date: ______") == 3
    assert "I am competent to interpret" in text
    assert "Cho Eun-sil" not in text


def test_without_corrections_there_is_no_list(tmp_path: Path) -> None:
    """The sheet says that none is known."""
    case = filled(copied(tmp_path))
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    head, _, rest = text.partition("    corrections:\n")
    tail = rest[rest.index("  ead:") :]
    file.write_text(f"{head}    corrections: []\n{tail}", "utf-8")
    desk = open_desk(case)
    names = [f.file for _, f in papers.papers(desk, desk.documents(["i589-answers"]))]

    assert names == [SHEET]
    assert any("No correction of the filed form is known" in t for t in said(made(desk)))


def test_sheet_is_made_only_for_a_case_that_names_it(whole: Desk, tmp_path: Path) -> None:
    """The demo case has three papers."""
    demo = open_desk(copied(tmp_path))

    assert "i589-answers" not in [d.id for d in demo.documents()]
    assert [d.id for d in whole.documents()] == ["i589-answers"]


@pytest.mark.parametrize("audience", ["court", "opla", "client"])
def test_numbers_of_the_form_reach_no_paper_that_leaves(whole: Desk, audience: str) -> None:
    """Passport number, address and the number flags raise in a document for others."""
    for name in ("ssn", "address", "i94", "current_status"):
        person = whole.answers(audience).client
        with pytest.raises(TemplateError, match="only"):
            str(person.lookup(name).lookup("number") if name == "i94" else person.lookup(name))  # type: ignore[attr-defined]


def test_open_box_stops_the_paper_for_signature(tmp_path: Path) -> None:
    """A draft is printed from anything; for signature every box is answered."""
    case = filled(copied(tmp_path), "  torture: yes\n")
    desk = open_desk(case)

    draft = fill(desk, ["i589-answers"], State.DRAFT)

    assert {f.code for f in draft.findings} >= {"A004", "L426"}
    with pytest.raises(Exception, match=r"\S") as stopped:
        fill(desk, ["i589-answers"], State.FOR_SIGNATURE)
    assert {f.code for f in stopped.value.faults} == {"A004", "L426"}  # type: ignore[attr-defined]

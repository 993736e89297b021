"""What the letters to ICE say, and what they may never say."""

import re
from pathlib import Path

import pytest

from nkdocs.diagnostics import State
from tests.templates.letters import asks, case, paragraphs, recorded, said

RULES = {
    "1003.18(c)": {"admin_closure"},
    "1003.18(d)": {"termination"},
    "239.2(a)": {"dismissal", "nta_cancel"},
    "1239.2(c)": {"dismissal"},
    "241.6": {"stay_of_removal"},
}
EARLIER = {"filing": "pd", "lead": "pd-request", "on": "2023-02-08", "channel": "eservice"}

CONFIRMED = "\n_confirmed: {%s: {on: 2026-11-20, by: M. Okafor, source: read}}\nfilings:\n"


@pytest.mark.parametrize(
    ("form", "office", "grounds"),
    [
        ("admin_closure", "", ""),
        ("termination", "", "[t_joint]"),
        ("dismissal", "", "[a7]"),
        ("nta_cancel", "issuing_office", "[a7]"),
        ("stay_of_removal", "ero", ""),
    ],
)
def test_each_form_has_only_its_own_hook(form: str, office: str, grounds: str) -> None:
    """A hook of another form is a claim nobody made."""
    text = said(case(asks(form, office=office, grounds=grounds)))

    assert {r for r in RULES if r in text} == {r for r, forms in RULES.items() if form in forms}


@pytest.mark.parametrize(
    "form", ["continuance", "waive_appeal", "stipulate_bond", "stipulate_relief", "release_parole"]
)
def test_a_form_without_a_confirmed_hook_names_no_rule(form: str) -> None:
    """Inherent authority alone carries it."""
    request = next(p for p in paragraphs(case(asks(form))) if " is asked to " in p)

    assert "C.F.R." not in request


@pytest.mark.parametrize(
    ("stage", "hook"), [("individual_set", "1003.18"), ("on_appeal_bia", "1003.1(")]
)
def test_on_appeal_the_rule_of_the_board_is_named(stage: str, hook: str) -> None:
    """Section 1003.18 speaks of immigration judges."""
    text = said(case(asks("admin_closure", "termination", grounds="[t_joint]"),
                     ("stage: individual_set", f"stage: {stage}")))  # fmt: skip

    assert text.count(f"{hook}") == 2


@pytest.mark.parametrize("name", ["pd-request", "joint-motion"])
def test_asylum_only_has_no_hook_of_a_notice(name: str) -> None:
    """There is no Notice to Appear whose rules could be used."""
    desk = case(("proceeding: removal_240", "proceeding: asylum_only"),
                asks("dismissal", grounds="[a7]"))  # fmt: skip

    text = said(desk, name)

    assert "239.2" not in text
    assert "asylum-only" in text.lower()
    assert "The Notice alleges" not in text


def test_withholding_only_speaks_of_no_asylum_of_its_own() -> None:
    """Neither the posture nor the stipulation offers what these proceedings cannot give."""
    desk = case(("proceeding: removal_240", "proceeding: withholding_only"),
                asks("stipulate_relief"))  # fmt: skip

    assert "confined to withholding of removal" in said(desk)
    assert "____asylum" not in said(desk, "joint-motion").replace("\t", "")


def test_dismissal_is_said_only_to_be_refused_unless_it_is_asked() -> None:
    """It is never what the letter falls back on."""
    text = said(case())

    (line,) = [line for line in text.splitlines() if "dismiss" in line.lower()]
    assert line.startswith("The respondents do not ask for dismissal of the proceedings unless ")
    assert "do not ask for dismissal" not in said(case(asks("dismissal", grounds="[a7]")))
    assert "do not ask for dismissal" not in said(case(asks("termination", grounds="[t_joint]")))


@pytest.mark.parametrize("name", ["pd-request", "supervisory-review", "joint-motion"])
def test_an_undisclosed_negative_never_reaches_a_letter(name: str) -> None:
    """The matrix has it, and says that it is not told."""
    assert "for cash" not in said(case(), name)
    assert "for cash" in said(case(), "equities-matrix")


def test_the_matrix_names_exhibits_that_no_filing_lists() -> None:
    """What is not told needs no tab, and stops nothing."""
    old = "    fact: She worked for cash before her work permit came."
    desk = case((old, f'{old}\n    exhibit: ["[@settlement-record, 2]"]'))

    text = said(desk, "equities-matrix", State.FOR_SIGNATURE)

    assert "settlement-record, 2" in text
    assert "[Tab ? at 2: settlement-record]" not in text


@pytest.mark.parametrize(
    ("pleadings", "alleges", "entered", "says"),
    [
        ("denied", True, False, "were denied"),
        ("not_taken", True, False, "Pleadings have not been taken"),
        ("admitted_in_part", True, False, "beyond what the record of pleadings shows"),
        ("admitted", False, True, "were admitted"),
    ],
)
def test_entry_is_worded_by_the_state_of_the_pleadings(
    pleadings: str, says: str, *, alleges: bool, entered: bool
) -> None:
    """What was not admitted is told as the Notice's allegation."""
    text = said(case(("pleadings: denied", f"pleadings: {pleadings}")))

    assert ("The Notice alleges that" in text) is alleges
    assert ("last entered the United States" in text) is entered
    assert says in text


def test_open_pleadings_are_a_marked_blank() -> None:
    """Nothing is said for the client that nobody answered."""
    text = said(case(("  pleadings: denied\n", "")), state=State.DRAFT)

    assert "[Have pleadings been taken to the Notice to Appear?]" in text


@pytest.mark.parametrize(
    ("pronoun", "alone", "subject"),
    [
        ("she", True, "Ms. Seo, through counsel, asks"),
        ("he", True, "Mr. Seo, through counsel, asks"),
        ("they", True, "Mx. Seo, through counsel, asks"),
        ("she", False, "The respondents, through counsel, ask "),
    ],
)
@pytest.mark.parametrize("name", ["pd-request", "supervisory-review"])
def test_verbs_agree_with_who_asks(name: str, pronoun: str, subject: str, *, alone: bool) -> None:
    """One person asks, several ask."""
    text = said(case(("pronoun: she", f"pronoun: {pronoun}"), alone=alone), name)

    verb = "does" if alone else "do"
    assert subject in text
    assert f" {verb} not ask for dismissal" in text
    assert ("respectfully asks" in text) is alone


def test_a_person_without_counsel_speaks_of_none() -> None:
    """The letter of a respondent in person promises nothing in counsel's name."""
    desk = case(("appearance: {form", "counsel: {role: pro_se}\n\nappearance: {form"),
                asks("dismissal", "join_mtr", "stipulate_relief", grounds="[a7]"),
                alone=True)  # fmt: skip

    ours = [p for p in paragraphs(desk) if "is aware of no arrest" not in p]

    assert [p for p in ours if "ounsel" in p and "Appearance of" not in p] == ["Dear Counsel:"]
    assert ours[-1] == "Respondent"


def test_a_student_signs_under_a_supervisor() -> None:
    """Both names and both lines stand in the block."""
    student = "counsel: {role: law_student, supervisor: {name: Ana Ruiz, signs: yes}}"
    desk = case(("appearance: {form", f"{student}\n\nappearance: {{form"))

    end = paragraphs(desk)[-6:]

    assert end[-3:] == ["Under the supervision of:", "_" * 38, "Ana Ruiz"]
    assert "Law Student" in end


@pytest.mark.parametrize(
    ("name", "row"), [("pd-request", "doyle-2023"), ("supervisory-review", "opla-inherent-2022")]
)
def test_guidance_is_named_only_when_counsel_confirmed_it_for_its_day(name: str, row: str) -> None:
    """A row of another time, or one that only the registry knows, is not printed."""
    plain = said(case(), name)
    confirmed = said(case(("\nfilings:\n", CONFIRMED % row)), name)

    assert "guidance in force" not in plain
    assert "guidance was" not in plain
    assert ("the guidance was OPLA, inherent" in confirmed) is (name == "supervisory-review")
    assert ("no longer in force" in confirmed) is (name == "supervisory-review")


def test_guidance_of_the_letters_day_is_named_once_confirmed() -> None:
    """With the hook of the chosen form beside it."""
    text = said(case(("\nfilings:\n", CONFIRMED % "us-v-texas-2023")))

    assert "United States v. Texas, 599 U.S. 670 (2023), guidance in force on the date" in text


def test_a_rule_younger_than_the_decision_is_said_to_be_so() -> None:
    """What the first reader could not have applied is a reason to look again."""
    younger = said(case(), "supervisory-review")
    older = said(case(("    date: 2023-03-16\n    channel: email\n    author",
                       "    date: 2025-03-16\n    channel: email\n    author")),
                 "supervisory-review")  # fmt: skip

    assert "took effect in its present form after the decision" in younger
    assert "took effect" not in older


def test_an_oral_refusal_is_told_without_quotation_marks() -> None:
    """The words of a file note are counsel's."""
    quote = re.search(r"    quote: .*\n", case().file.text)
    assert quote
    desk = case(
        ("    channel: email\n    author", "    channel: oral\n    author"),
        (quote[0], "    paraphrase: The request is declined and the case goes on.\n"),
    )

    text = said(desk, "supervisory-review")

    told = text[text.index("What was asked") : text.index("Reasons to reconsider")]
    assert "declined orally by D. Pruett" in told
    assert "The request is declined and the case goes on." in told
    assert not set('“”"') & set(told)


def test_the_review_says_what_the_record_of_the_request_says(tmp_path: Path) -> None:
    """Day, channel and forms come from what was sent, not from what is typed."""
    desk = recorded(tmp_path, {**EARLIER, "asked": ["dismissal", "admin_closure", "continuance"]})

    text = said(desk, "supervisory-review")

    assert "By request of February 8, 2023, sent through ICE eService" in text
    assert (
        "asked for dismissal of proceedings and, in the alternative, administrative closure or "
        "agreement to a continuance ("
    ) in text


def test_a_request_sent_after_the_refusal_is_another_one(tmp_path: Path) -> None:
    """The answers speak where the record is of a later paper."""
    desk = recorded(tmp_path, {**EARLIER, "on": "2026-11-21"})

    assert "By request of February 6, 2023, sent by e-mail" in said(desk, "supervisory-review")


def test_a_request_of_no_record_and_no_answer_is_a_marked_blank() -> None:
    """Its day is asked for where nothing knows it."""
    desk = case(("    date: 2023-02-06\n    received_on", "    received_on"))

    text = said(desk, "supervisory-review", State.DRAFT)

    assert "By request of [On what day was the request sent?]" in text

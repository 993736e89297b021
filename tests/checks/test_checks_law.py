"""Authorities that do not stand, and those that nobody confirmed."""

import pytest

from tests.checks.cases import PD, case, findings, law, the, told, with_paper

CLOSURE = "pd: {forms: [admin_closure]}\n"
FALLEN = "mayorkas-2021"


def test_closure_without_its_rule() -> None:
    """The wording is neutral then, and counsel is told why."""
    finding = the(findings(with_paper(case(CLOSURE), cfr_1003_18_c=False), "L205"))

    assert told(finding) == ("WARN", "draft", "ack", 2)
    assert "cfr-1003-18-c" in finding.message


@pytest.mark.parametrize(
    ("text", "stands"), [(CLOSURE, True), ("pd: {forms: [continuance]}\n", False)]
)
def test_closure_with_its_rule_or_not_asked_for(text: str, *, stands: bool) -> None:
    """Nothing is found."""
    assert not findings(with_paper(case(text), cfr_1003_18_c=stands), "L205")


def test_one_line_for_all_that_is_unconfirmed_in_a_paper() -> None:
    """Not one for each cite."""
    finding = the(findings(with_paper(case(""), a=False, b=False, c=True), "L703"))

    assert told(finding) == ("WARN", "draft", "ack", 0)
    assert (finding.subject, finding.place.file) == ("pd-request.docx", "out/pd-request.docx")
    assert finding.message.startswith("pd-request.docx: authorities that no attorney has confirmed")
    assert finding.message.endswith(": a, b.")


def test_confirmation_of_the_next_one_voids_nothing_else() -> None:
    """An acceptance holds for exactly those authorities."""
    two = the(findings(with_paper(case(""), a=False, b=False), "L703"))
    others = the(findings(with_paper(case(""), a=False, c=False), "L703"))

    assert two.fingerprint != others.fingerprint


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("See {cite}.", 1),
        ("See the factors formerly stated in {cite}.", 0),
        ("See {cite}, vacated in 2022.", 0),
        ("See something else.", 0),
    ],
)
def test_fallen_memo_is_cited_as_what_it_was(sentence: str, count: int) -> None:
    """In an edited letter, say."""
    text = sentence.format(cite=law()[FALLEN].cite.replace(" ", "\u00a0", 1))
    found = findings(with_paper(case(""), text), "L702")

    assert [told(f) for f in found] == [("ERROR", "for-signature", "ack", 0)] * count
    assert all("vacated" in f.message for f in found)


def test_fallen_memo_that_the_case_confirmed() -> None:
    """A confirmation does not raise the dead."""
    facts = with_paper(case("", PD), mayorkas_2021=True)

    assert the(findings(facts, "L702")).subject == "pd-request.docx mayorkas-2021"


def test_law_that_stands_is_cited() -> None:
    """Nothing is found."""
    assert not findings(with_paper(case(""), f"See {law()['cfr-239-2'].cite}."), "L702")

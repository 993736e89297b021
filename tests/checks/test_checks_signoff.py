"""Whether papers drafted under supervision were reviewed: L011."""

import pytest
from msgspec.structs import replace

from nkdocs.diagnostics import Finding
from tests.checks.cases import case, findings, the, told

STUDENT = "counsel: {name: Ana Reyes, role: law_student}\n"
REVIEW = "review:\n  by: Ruth Adler\n  on: 2026-11-19\n  sha256: 3f2a91c0\n"


def found(text: str, standing: str = "3f2a91c0e1b2") -> list[Finding]:
    """Return what L011 finds while the case has the code *standing*."""
    return findings(replace(case(text), standing=standing), "L011")


@pytest.mark.parametrize(
    "who",
    [
        pytest.param("role: law_student", id="student"),
        pytest.param("role: law_graduate", id="graduate"),
        pytest.param("role: volunteer", id="volunteer"),
        pytest.param("role: accredited_rep, accreditation: partial", id="partial"),
    ],
)
def test_a_supervised_drafter_needs_a_review(who: str) -> None:
    """It is an error from the final on, and stops no draft."""
    text = f"counsel: {{name: Ana Reyes, {who}}}\nreview: {{by: }}\n"

    assert told(the(found(text))) == ("ERROR", "final", "ack", 3)


@pytest.mark.parametrize(
    "who",
    [
        pytest.param("role: attorney", id="attorney"),
        pytest.param("role: accredited_rep, accreditation: full", id="full"),
        pytest.param("role: pro_se", id="pro-se"),
    ],
)
def test_who_answers_for_the_papers_needs_none(who: str) -> None:
    """No sheet is forced on an attorney."""
    assert found(f"counsel: {{name: Ana Reyes, {who}}}\n") == []


def test_a_review_of_what_stands_is_enough() -> None:
    """Eight characters of the code tell it."""
    assert found(f"{STUDENT}{REVIEW}") == []


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        pytest.param("  by: Ruth Adler\n", "", 3, "no review", id="nobody"),
        pytest.param("2026-11-19", "", 5, "no review", id="no-day"),
        pytest.param("Ruth Adler", "ana reyes", 4, "drafter's own name", id="herself"),
        pytest.param("3f2a91c0", "3f2a", 6, "does not name the code", id="too-short"),
        pytest.param("3f2a91c0", "91c0e1b2", 6, "have changed since", id="another-code"),
    ],
)
def test_a_review_that_does_not_hold_is_told(old: str, new: str, line: int, what: str) -> None:
    """The place is the part of the record that fails."""
    finding = the(found(f"{STUDENT}{REVIEW.replace(old, new)}"))

    assert told(finding) == ("ERROR", "final", "ack", line)
    assert what in finding.message


def test_an_acceptance_lapses_when_the_answers_change() -> None:
    """What was accepted was the case as it stood."""
    first, second = the(found(STUDENT)), the(found(STUDENT, "000000000000"))

    assert first.fingerprint != second.fingerprint

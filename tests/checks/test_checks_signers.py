"""Who may sign for the court."""

import pytest

from tests.checks.cases import DECLARATION, PD, found, the, told

COUNSEL = "counsel:\n  role: accredited_rep\n  accreditation: partial\n"
COURT = ("court-papers", "late-filing-motion", "prehearing-statement")


@pytest.mark.parametrize("document", COURT)
def test_partial_representative_signs_nothing_for_the_court(document: str) -> None:
    """Accreditation before DHS alone does not reach the court."""
    finding = the(found(COUNSEL, "L010", document))

    assert told(finding) == ("ERROR", "for-signature", "ack", 4)
    assert (finding.subject, finding.cure) == (document, "counsel")


def test_each_paper_is_told_apart() -> None:
    """One is accepted without the other."""
    assert [f.subject for f in found(COUNSEL, "L010", *COURT)] == list(COURT)


@pytest.mark.parametrize("document", [DECLARATION, PD])
def test_what_counsel_does_not_sign_for_the_court_is_free(document: str) -> None:
    """The declarant signs a declaration; a request goes to DHS."""
    assert not found(COUNSEL, "L010", document)


@pytest.mark.parametrize(
    ("old", "new"), [("partial", "full"), ("accredited_rep", "attorney"), ("  role", "  name")]
)
def test_whoever_is_admitted_may_sign(old: str, new: str) -> None:
    """Full accreditation reaches the court; an attorney has none, whatever an old answer says."""
    assert not found(COUNSEL.replace(old, new), "L010", *COURT)

"""`check` reads everything and writes nothing."""

from pathlib import Path

import pytest

from nkdocs.diagnostics import Finding, Place, Severity, State
from nkdocs.errors import ChecksFailedError, ExhibitError, UsageError
from nkdocs.packet import review
from tests.bundle.made import heavy, pdf
from tests.packet.demo import changed, copied, desk


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the demo case."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    return copied(tmp_path)


def test_the_demo_has_nothing_that_stops_it(case: Path) -> None:
    """And nothing was written."""
    found = review.case(desk(case), [])

    review.stop_at(found, State.DRAFT)

    assert not (case / "out").exists()
    assert not [f for f in found if f.severity is Severity.ERROR and f.code[0] in "ATX"]


def test_each_fault_is_told_once_with_its_line(case: Path) -> None:
    """An unknown key, an answer of another form, a cite that leads nowhere."""
    changed(case, "  judge: R. Castellane\n", "  jugde: R. Castellane\n")
    changed(case, "  filing_deadline: {date: 2027-01-12}", "  filing_deadline: {date: soon}")
    changed(case, "[@record-check, 1]", "[@record-chek, 1]")

    found = review.case(desk(case), [])

    told = {(f.code, f.subject): f for f in found}
    assert "did you mean 'judge'" in told["A002", "case.jugde"].message
    assert told["A003", "case.filing_deadline.date"].place.line > 1
    assert [f for f in found if f.code == "L601" and "record-check" in f.message]
    assert len(found) == len({(f.code, f.subject, f.message) for f in found})


def test_key_page_that_is_not_there_is_told_before_anything_is_bound(case: Path) -> None:
    """Once for an exhibit, whichever filings list it."""
    changed(case, "  key_pages: 1-2\n", "  key_pages: 1, 9\n")

    told = [f for f in review.case(desk(case), []) if f.code == "X604"]

    assert [(f.subject, "has no page 9" in f.message) for f in told] == [("clinic-letter", True)]


def test_size_and_orientation_name_their_filing(case: Path) -> None:
    """A case has several filings, and each is sent by itself."""
    sizes = [f.message for f in review.case(desk(case), []) if f.code == "X406"]

    assert [text.split(":")[0] for text in sizes] == [
        "filing 'pd'", "filing 'review'", "filing 'evidence'"
    ]  # fmt: skip


def test_no_answer_stands_in_a_finding(case: Path) -> None:
    """Findings name keys and places; what was typed stays in the file (TRUST R23)."""
    changed(case, "  filing_deadline: {date: 2027-01-12}",
            "  filing_deadline: {date: CANARY-A-012-345-678}")  # fmt: skip
    changed(case, "  circuit: ca2\n", "  circuit: CANARY\n")

    found = review.case(desk(case), [])

    assert "CANARY" not in " ".join(f"{f} {f.hint} {f.facts}" for f in found)


def test_bare_files_are_checked(tmp_path: Path) -> None:
    """Without any YAML, every file that cannot be used is named."""
    (tmp_path / "a.pdf").write_bytes(pdf(1))
    (tmp_path / "b.pdf").write_bytes(b"")

    found = review.files([tmp_path])

    assert [f.place.file for f in found if f.severity is Severity.ERROR] == ["b.pdf"]


def test_bare_files_are_checked_by_the_rules_of_a_venue(tmp_path: Path) -> None:
    """How many files the bundle will be is told by the venue's limit; an unknown one is named."""
    for name in "abc":
        (tmp_path / f"{name}.pdf").write_bytes(heavy(name, 1, 9_000_000))

    told = {venue: " ".join(f.message for f in review.files([tmp_path], venue) if f.code == "X406")
            for venue in ("eoir-ecas", "eoir-paper")}  # fmt: skip

    assert "2 files, as the immigration court, by ECAS takes 25 MB a file" in told["eoir-ecas"]
    assert "one file" in told["eoir-paper"]
    with pytest.raises(UsageError, match="no venue 'moon'"):
        review.files([tmp_path], "moon")


@pytest.mark.parametrize(
    ("names", "is_case"),
    [(["kim"], True), (["lee.yaml"], True), (["files"], False), (["files/a.pdf"], False)],
)
def test_a_case_is_told_from_files(tmp_path: Path, names: list[str], *, is_case: bool) -> None:
    """A folder with answers, or a YAML file, is a case; opening it says what is missing."""
    (tmp_path / "kim").mkdir()
    (tmp_path / "kim/answers.yaml").write_text("answers: 1\n")
    (tmp_path / "lee.yaml").write_text("answers: 1\n")
    (tmp_path / "files").mkdir()
    (tmp_path / "files/a.pdf").write_bytes(b"")

    assert review.is_case([tmp_path / n for n in names]) is is_case


def test_a_path_with_nothing_there_is_named(tmp_path: Path) -> None:
    """Among several files each must be there."""
    (tmp_path / "a.pdf").write_bytes(b"")

    with pytest.raises(UsageError, match=r"b\.pdf"):
        review.is_case([tmp_path / "a.pdf", tmp_path / "b.pdf"])


def test_an_unreadable_exhibit_stops_in_every_state() -> None:
    """And a finding of law only from its own state on."""
    exhibit = Finding(code="X105", severity=Severity.ERROR, message="empty", place=Place("a.pdf"))
    law = Finding(code="L101", severity=Severity.ERROR, message="late", counts=State.FINAL)

    with pytest.raises(ExhibitError):
        review.stop_at([exhibit, law], State.DRAFT)
    with pytest.raises(ChecksFailedError):
        review.stop_at([law], State.FINAL)
    review.stop_at([law], State.DRAFT)

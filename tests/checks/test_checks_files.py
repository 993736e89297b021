"""What exhibit files hold."""

import pytest
from msgspec.structs import replace

from nkdocs.checks.facts import DocumentFact, ExhibitFact, Facts
from nkdocs.checks.strangers import numbered
from tests.checks.cases import case, findings, found, the, told

BASE = """respondents: [{id: seo, lead: yes, a_number: A000-000-021}]
family: [{id: aunt, relation: aunt, a_number: A000-000-023}]
exhibits:
- {id: letter, title: Letter, file: a.pdf MORE}
filings: [{id: f, recipient: RECIPIENT, exhibits: [letter]}]
"""


def read(more: str = "", recipient: str = "eoir-boston", **what: object) -> Facts:
    """Return a case whose exhibit was read."""
    text = BASE.replace("MORE", more).replace("RECIPIENT", recipient)
    return replace(case(text), exhibits=(ExhibitFact("letter", **what),))  # type: ignore[arg-type]


KOREAN = "나는 무산군에서 태여났습니다 어머니와 함께 살았습니다 겨울에 강을 건넜습니다 " * 2
ENGLISH = "My name is Seo (서윤희) and I live with my son in Fairmont, where I sing in a choir."


@pytest.mark.parametrize(
    ("text", "more", "recipient", "count"),
    [
        (KOREAN, "", "eoir-boston", 1),
        (KOREAN, "", "opla-boston", 0),
        (KOREAN, ", translation: en.docx, certificate: c.pdf", "eoir-boston", 0),
        (ENGLISH, "", "eoir-boston", 0),
        ("", "", "eoir-boston", 0),
    ],
)
def test_exhibit_that_reads_as_foreign_is_only_a_warning(
    text: str, more: str, recipient: str, count: int
) -> None:
    """A Korean name in an English letter is none."""
    found_ = findings(read(more, recipient, text=text), "L604")

    assert [told(f) for f in found_] == [("WARN", "final", "ack", 5)] * count


def test_pages_that_are_blank_or_turned() -> None:
    """Each kind on one line, at the exhibit."""
    found_ = findings(read(blank=("page 2", "page 4"), turned=("page 3",)), "L605")

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 5)] * 2
    assert "page 2, page 4: nothing stands" in found_[0].message
    assert not findings(read(), "L605")


@pytest.mark.parametrize(("mark", "count"), [("old", 1), ("new", 0), ("", 0)])
def test_file_that_changed_since_its_index_was_made(mark: str, count: int) -> None:
    """What was never bound did not change."""
    indexed = {"f": {"a.pdf": mark}} if mark else {}
    facts = replace(read(files=(("a.pdf", "new"),)), indexed=indexed)

    assert [told(f) for f in findings(facts, "L607")] == [("WARN", "draft", "ack", 5)] * count


@pytest.mark.parametrize(
    ("audience", "comments", "count"), [("opla", 2, 1), ("opla", 0, 0), ("internal", 2, 0)]
)
def test_comments_of_word_are_told(audience: str, comments: int, count: int) -> None:
    """In papers that leave the office."""
    paper = DocumentFact("x.docx", "x", audience, comments=comments)
    found_ = findings(replace(case(""), documents=(paper,)), "L609")

    assert [told(f) for f in found_] == [("WARN", "draft", "ack", 0)] * count


DECISION = "Matter of X-Y-, 28 I&N Dec. 693 (BIA 2023). File A000 000 079. Decided by Board."


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Of A000-000-099 and A000-000-098.", 1),
        ("Of A000-000-021 and A000-000-023.", 0),
        ("See Y-Z-, A000 000 099 (BIA May 1, 2020).", 0),
        (DECISION, 0),
    ],
)
def test_number_of_a_stranger_in_an_exhibit(text: str, count: int) -> None:
    """Told with its page; the numbers are counted and not shown."""
    pages = (("page 1", "A letter."), ("original page 2", text), ("original page 4", text))
    found_ = findings(read(numbered=numbered(pages)), "L610")

    assert [told(f) for f in found_] == [("WARN", "for-signature", "ack", 5)] * count
    for finding in found_:
        assert " 2 A-numbers" in finding.message
        assert "original page 2, original page 4" in finding.message
        assert "page 1" not in finding.message
        assert "099" not in finding.message


@pytest.mark.parametrize(
    "text",
    [
        DECISION,
        "Interim Decision #3279 In re X-Y-, Respondent File A00 000 079 - Arlington Decided June",
        "Matter of X-Y-, 28 I. & N. Dec. 693 Files: A000 000 079; A000 000 078 - Elizabeth Decided",
    ],
)
def test_number_of_a_decision_printed_as_an_exhibit_is_none_of_a_stranger(text: str) -> None:
    """Its head gives name, reports, file and day."""
    assert numbered([("page 1", text)]) == ()


@pytest.mark.parametrize(
    "text",
    [
        DECISION.replace("File", "Her brother is"),
        DECISION.replace("Decided", "I decided"),
        DECISION.replace("28 I&N Dec. 693", "a case"),
        DECISION.replace("Matter of", "She knows"),
        DECISION.replace("File", f"{'It tells of harm. ' * 30} File"),
        "File: A000 000 079 - Boston. In re: A person. Decided by the Board.",
    ],
)
def test_number_beside_a_decision_is_told(text: str) -> None:
    """A letter that speaks of one, or a decision that was never published, lets none pass."""
    assert numbered([("page 1", text)]) == (("000000079", "page 1"),)


@pytest.mark.parametrize("end", ["A000-", "A000", "A 000-000"])
def test_number_that_ends_on_the_next_page_stands_where_it_begins(end: str) -> None:
    """Nothing is lost at the end of a page, and nothing told twice."""
    rest = "000-099" if "000-000" not in end else "099"
    pages = [("page 1", f"Her number is {end}"), ("page 2", f"{rest}, his is A000-000-098."),
             ("page 3", "A000-000-098")]  # fmt: skip

    assert numbered(pages) == (
        ("000000099", "page 1"), ("000000098", "page 2"), ("000000098", "page 3")
    )  # fmt: skip


def test_decision_on_the_next_page_is_no_number_of_this_one() -> None:
    """Its head is read as a whole."""
    assert numbered([("page 1", "Cover"), ("page 2", DECISION.replace(" (BIA 2023)", ""))]) == ()


REPORT = "exhibits:\n- {id: r, title: TITLE, file: a.pdf, country_conditions: YES, date: DATE}\n"


@pytest.mark.parametrize(
    ("title", "date", "yes", "count"),
    [
        ("Report", "2025-11-19", "yes", 1),
        ("Report", "2025-11-20", "yes", 0),
        ("Report", "2025", "yes", 0),
        ("Report", "''", "yes", 0),
        ("Letter", "2020", "no", 0),
        ("2023 Country Reports on Human Rights Practices", "2026-01", "yes", 1),
        ("2024 Country Reports on Human Rights Practices", "2026-01", "yes", 0),
    ],
)
def test_stale_report_is_only_told(title: str, date: str, yes: str, count: int) -> None:
    """Counted from its last possible day; a newer one is known from the registry."""
    text = REPORT.replace("TITLE", title).replace("DATE", date).replace("YES", yes)

    assert [told(f) for f in found(text, "L611")] == [("INFO", "draft", "note", 3)] * count


def test_older_report_beside_the_newer_one_is_told_once() -> None:
    """It may be filed deliberately."""
    newer = REPORT.replace("TITLE", "Report").replace("DATE", "2026-02").replace("YES", "yes")
    older = "- {id: s, title: Older, file: b.pdf, country_conditions: yes, date: 2022}\n"

    assert the(found(newer + older, "L611")).subject == "s"


def test_text_below_a_box_blocks() -> None:
    """L806 cannot be accepted: what was to be hidden can be read by whoever copies the page."""
    found_ = findings(read(covered=("original page 2",)), "L806")

    assert [(f.severity, f.kind, f.counts) for f in found_] == [("ERROR", "block", "for-signature")]
    assert "original page 2" in found_[0].message

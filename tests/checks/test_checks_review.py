"""The refusal, its words, and the reader of a letter of review."""

import datetime as dt

import pytest
from msgspec.structs import replace

from nkdocs.checks.facts import ExhibitFact, Facts, SentFact
from tests.checks.cases import PD, REVIEW, case, findings, found, the, told

QUOTE = "OPLA declines to exercise discretion. The case will proceed."
BASE = """sr:
  decision:
    channel: email
    author: "D. Pruett, Assistant Chief Counsel"
    quote: "OPLA declines to exercise discretion. The case will proceed."
    exhibit: [refusal]
  reviewer: {title: dcc, name: L. Whitcombe}
  reasons: [{id: a, kind: unexplained, said: No reason is given.}]
exhibits:
- {id: refusal, title: E-mail, file: a.pdf, audience: [opla]}
- {id: other, title: Other, file: b.pdf, audience: [opla]}
filings:
- {id: review, recipient: opla-boston, lead: supervisory-review, exhibits: [refusal]}
"""


def test_whole_letter_has_nothing_against_it() -> None:
    """Refusal attached, quoted, answered, for another reader."""
    assert not [f for c in ("L301", "L303", "L304") for f in found(BASE, c)]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (f'quote: "{QUOTE}"', "quote:", 6),
        ("exhibit: [refusal]\n", "exhibit: []\n", 7),
        ("exhibits: [refusal]", "exhibits: [other]", 7),
        ("channel: email", "channel: oral", 3),
    ],
)
def test_review_needs_refusal_and_words(old: str, new: str, line: int) -> None:
    """Not attached is as good as missing; an oral refusal needs its paraphrase."""
    assert told(the(found(BASE.replace(old, new), "L301"))) == (
        "ERROR", "for-signature", "ack", line,
    )  # fmt: skip


def test_oral_refusal_is_told_without_quotation() -> None:
    """The attorney's file note proves it."""
    oral = BASE.replace("channel: email", "channel: oral\n    paraphrase: He said no.")

    assert not found(oral, "L301")
    assert not findings(read(oral, "a file note"), "L302")


def test_review_not_begun_is_not_scolded() -> None:
    """Its questions are open; that is told of them."""
    assert not found("sr: {reviewer: {title: dcc}}", "L301")
    assert not found(BASE, "L301", PD)


def read(text: str, *words: str, silent: int = 0) -> Facts:
    """Return facts with the refusal as it was read, one page for each of *words*."""
    exhibit = ExhibitFact("refusal", max(len(words), 1), silent, ("main",), " ".join(words))
    return replace(case(text), exhibits=(exhibit,))


@pytest.mark.parametrize(
    "page",
    [
        "Dear counsel, OPLA declines to exer- cise discretion. The case will proceed. Sincerely",
        "opla  declines to exercise discretion — the case will proceed",
    ],
)
def test_quotation_stands_in_the_refusal(page: str) -> None:
    """Hyphens at line ends, dashes, spaces and capitals are set aside."""
    assert not findings(read(BASE, page), "L302")


@pytest.mark.parametrize(
    "quote",
    [
        "OPLA declines ... The case will proceed.",
        "OPLA declines … [t]he case will proceed.",
        "[The Office] declines to exercise discretion.",
        "OPLA declines to exercise discretion [@refusal, 1].",
    ],
)
def test_what_a_quotation_leaves_out_is_marked(quote: str) -> None:
    """Dots and brackets, as lawyers set them."""
    assert not findings(read(BASE.replace(QUOTE, quote), QUOTE), "L302")


@pytest.mark.parametrize(
    "quote",
    [
        "OPLA refuses to exercise discretion.",
        "OPLA declines to exercise discretion. The case will not proceed.",
        "The case will proceed ... OPLA declines",
    ],
)
def test_altered_quotation_is_a_block(quote: str) -> None:
    """It cannot be accepted."""
    finding = the(findings(read(BASE.replace(QUOTE, quote), QUOTE), "L302"))

    assert told(finding) == ("ERROR", "for-signature", "block", 6)
    assert quote not in finding.message


def test_quotation_across_pages_is_only_a_warning() -> None:
    """A footer may lie between."""
    facts = read(BASE, "OPLA declines to exercise", "page 2 discretion. The case will proceed.")

    assert the(findings(facts, "L302")).severity.value == "WARN"


def test_page_without_text_may_hold_the_quotation() -> None:
    """A scan cannot be compared."""
    assert the(findings(read(BASE, "a letterhead", silent=1), "L302")).severity.value == "WARN"
    assert not findings(read(BASE, "", silent=1), "L302")


def test_mere_resend() -> None:
    """Neither a reason nor anything new."""
    bare = BASE[: BASE.index("  reasons")] + BASE[BASE.index("exhibits:") :]

    assert told(the(found(bare, "L303", REVIEW)))[:3] == ("WARN", "draft", "ack")
    assert not found(bare.replace("  reviewer", "  changed_law: Yes.\n  reviewer"), "L303")
    assert not found(bare, "L303", PD)


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("D. Pruett", True),
        ("Dana Pruett", True),
        ("Ms. PRUETT", True),
        ("Deputy Chief Counsel D. Pruett", True),
        ("R. Pruett", False),
        ("L. Whitcombe", False),
    ],
)
def test_review_means_another_pair_of_eyes(name: str, *, same: bool) -> None:
    """Initials agree with the names they stand for."""
    found_ = found(BASE.replace("L. Whitcombe", name), "L304")

    assert bool(found_) is same
    assert all(told(f) == ("ERROR", "for-signature", "ack", 8) for f in found_)
    assert all("Pruett" not in f.message for f in found_)


RECORD = SentFact("pd-request", dt.date(2023, 2, 6), "email", frozenset({"as-sent"}))
ORIGINAL = """sr:
  decision: {date: 2023-03-16}
  original_request:
    date: 2023-02-06
    channel: email
    exhibit: [as-sent]
"""


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("date: 2023-02-06", "date: 2023-02-07", 5),
        ("channel: email", "channel: mail", 6),
        ("[as-sent]", "[made-again]", 7),
    ],
)
def test_review_tells_the_request_as_it_was_sent(old: str, new: str, line: int) -> None:
    """The record of what was sent and the answers must agree."""
    right = replace(case(ORIGINAL), sent=(RECORD,))
    record = replace(RECORD, exhibits=frozenset()) if "again" in new else RECORD
    wrong = replace(case(ORIGINAL.replace(old, new)), sent=(record,))

    assert not findings(right, "L308")
    assert told(the(findings(wrong, "L308"))) == ("WARN", "draft", "ack", line)


def test_what_is_left_to_the_record_is_no_contradiction() -> None:
    """Open answers, and a request that was sent after the refusal."""
    later = replace(RECORD, on=dt.date(2026, 11, 20), channel="hand", exhibits=frozenset())

    assert not findings(replace(case("sr: {}\n"), sent=(RECORD,)), "L308")
    assert not findings(replace(case(ORIGINAL), sent=(later,)), "L308")

"""Wording and acceptance of what the checks find."""

import re
from pathlib import Path

import pytest

from nkdocs.checks import run
from nkdocs.checks.facts import Found
from nkdocs.diagnostics import Severity, State, counting
from nkdocs.errors import TemplateError
from tests.checks.cases import case, found, the, words

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "nkdocs").rglob("*.py"))
CODE = re.compile(r"""["'](L\d{3})["']""")
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def named(*folders: str) -> set[str]:
    """Return the codes that the modules name, of the checks or of all others."""
    inside = "checks" in folders
    chosen = [s for s in SOURCES if ("checks" in s.parts) is inside]
    return {code for s in chosen for code in CODE.findall(s.read_text(encoding="utf-8"))}


def test_every_code_has_wording_and_every_wording_a_check() -> None:
    """`nkdocs why` describes what runs, and all of it."""
    given = named("checks") | named()

    assert given == set(words())


@pytest.mark.parametrize("code", sorted(words()))
def test_wording_is_whole(code: str) -> None:
    """It says what, why and what next, and names its placeholders."""
    word = words()[code]

    assert word.message
    assert word.why
    assert word.next
    assert word.cure
    assert word.group in {"hurts the client", "clerk will reject", "ask yourself"}
    assert set(PLACEHOLDER.findall(word.message)) <= set(word.facts)


@pytest.mark.parametrize("code", sorted(words()))
def test_class_follows_the_severity(code: str) -> None:
    """A note is an INFO; a block is an ERROR (PRACTICE, section 15)."""
    word = words()[code]

    assert (word.kind == "note") == (word.severity == "INFO")
    assert word.kind != "block" or word.severity == "ERROR"


def test_place_without_wording_is_a_fault_of_the_template() -> None:
    """The nearest code is named."""
    with pytest.raises(TemplateError, match="L999"):
        run.worded(Found("L999", "x"), case("").answers.case, words())


def test_wrong_wording_names_file_and_line(tmp_path: Path) -> None:
    """An office that changes the words is told where it slipped."""
    folder = tmp_path / "shared"
    folder.mkdir()
    (folder / "findings.yaml").write_text("L001: {severity: BAD, message: x}\n", encoding="utf-8")

    with pytest.raises(TemplateError) as error:
        run.wordings([tmp_path])

    assert "findings.yaml:1: L001" in str(error.value.faults[0])


PENDING = "pd: {forms: [dismissal]}\ncase: {i589: {filed: yes}, ead: {has: EAD}}\n"
LOSS = PENDING.replace("EAD", "yes")


def accepted(text: str, fingerprint: str, at: str = "case.ead.has", reason: str = "ok") -> str:
    """Return answers in which the attorney accepted one finding."""
    return (
        f"{text}_accepted:\n- {{code: L203, at: {at}, facts: {fingerprint}, "
        f"reason: {reason}, by: Okafor, on: 2026-11-20}}\n"
    )


def test_acceptance_names_one_finding() -> None:
    """Another of the same code stays."""
    one, two = found(LOSS, "L203")

    assert [f.subject for f in found(accepted(LOSS, two.fingerprint), "L203")] == [one.subject]


@pytest.mark.parametrize(
    ("fingerprint", "reason"), [("00000000", "ok"), ("", "ok"), (None, "''")]
)
def test_acceptance_is_whole_and_of_these_facts(fingerprint: str | None, reason: str) -> None:
    """When the facts have changed it lapses, and the finding says so."""
    mark = found(LOSS, "L203")[1].fingerprint if fingerprint is None else fingerprint
    again = found(accepted(LOSS, mark, reason=reason), "L203")

    assert [f.subject for f in again] == ["case.i589.filed", "case.ead.has"]
    assert "accepted before" in again[1].message
    assert "accepted before" not in again[0].message


def test_acceptance_lapses_when_what_was_read_changes() -> None:
    """The same person, another entry."""
    text = "pd: {forms: [dismissal]}\nrespondents:\n- {id: seo, entries: [{id: e, manner: parole"
    first = the(found(text + "}]}\n", "L202"))
    second = the(found(text + ", when: 2020}]}\n", "L202"))

    assert first.subject == second.subject
    assert first.fingerprint != second.fingerprint


def test_block_cannot_be_accepted() -> None:
    """Somebody else's number stays somebody else's."""
    text = 'pd: {theory: "Of A000-000-099."}\n'
    mark = the(found(text, "L003")).fingerprint
    taken = accepted(text, mark, "pd.theory").replace("L203", "L003")

    assert the(found(taken, "L003")).kind == "block"


def test_nothing_stops_a_draft_but_a_block_that_counts_there() -> None:
    """L612 does, L202 does not; both stop what is to be signed."""
    text = """pd: {forms: [dismissal]}
respondents: [{id: seo, entries: [{id: e, manner: parole}]}]
exhibits: [{id: memo, title: Memo, file: a.pdf, audience: [internal]}]
filings: [{id: pd, recipient: opla-boston, exhibits: [memo]}]
"""
    both = [f for code in ("L202", "L612") for f in found(text, code)]

    assert [f.code for f in counting(both, State.DRAFT)] == ["L612"]
    assert [f.code for f in counting(both, State.FOR_SIGNATURE)] == ["L202", "L612"]
    assert all(f.severity is Severity.ERROR for f in both)

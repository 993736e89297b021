"""Findings, what stops at which state, and text that is safe to show."""

import pytest

from nkdocs.diagnostics import Finding, Place, Severity, State, counting, shown, stop
from nkdocs.errors import (
    AnswersError,
    ChecksFailedError,
    ConversionError,
    ExhibitError,
    FileBusyError,
    MissingProgramError,
    NkdocsError,
    TemplateError,
)


def finding(code: str = "L501", **facts: object) -> Finding:
    """Return a finding."""
    return Finding(code=code, severity=Severity.ERROR, message="something", **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "error", "exit_code"),
    [
        ("A001", AnswersError, 4),
        ("T001", TemplateError, 9),
        ("X101", ExhibitError, 8),
        ("P001", MissingProgramError, 3),
        ("F001", FileBusyError, 5),
        ("C001", ConversionError, 7),
        ("L612", ChecksFailedError, 6),
    ],
)
def test_a_finding_stops_with_the_exit_code_of_its_letter(
    code: str, error: type[NkdocsError], exit_code: int
) -> None:
    """The letter of a code decides the error and so the exit code (DESIGN 8.18)."""
    with pytest.raises(error) as caught:
        stop([finding(code)])

    assert caught.value.exit_code == exit_code


def test_of_several_kinds_the_first_of_the_order_decides_and_all_are_told() -> None:
    """The order is 4, 9, 8, 3, 5, 7, 6; every finding is in the error."""
    given = [finding(c) for c in ("L1", "C1", "F1", "P1", "X1", "T1", "A1")]
    seen = []

    for left in range(len(given), 0, -1):
        with pytest.raises(NkdocsError) as caught:
            stop(given[:left])
        seen.append(caught.value.exit_code)
        assert len(caught.value.faults) == left

    assert seen == [4, 9, 8, 3, 5, 7, 6]


def test_nothing_found_stops_nothing() -> None:
    """Without findings the work goes on."""
    stop([])


def test_a_draft_is_stopped_by_nothing_but_what_is_forbidden() -> None:
    """Only a `block` that counts from the draft on stops a draft."""
    open_ = finding("L501", counts=State.DRAFT)
    blocked = finding("L612", kind="block")

    assert counting([open_, blocked], State.DRAFT) == [blocked]


def test_a_finding_counts_from_its_own_state_on() -> None:
    """What counts for signature counts for the final too, and what counts for the final not yet."""
    signed = finding(counts=State.FOR_SIGNATURE)
    final = finding(counts=State.FINAL)

    assert counting([signed, final], State.FOR_SIGNATURE) == [signed]
    assert counting([signed, final], State.FINAL) == [signed, final]


def test_a_warning_stops_nothing() -> None:
    """Only errors count."""
    warned = Finding(code="L605", severity=Severity.WARN, message="look")

    assert counting([warned], State.FINAL) == []


def test_an_acceptance_is_void_when_the_facts_change() -> None:
    """The fingerprint follows the facts, not the wording."""
    same = finding(subject="pd.forms", facts="a")

    assert same.fingerprint == finding(subject="pd.forms", facts="a", hint="other").fingerprint
    assert same.fingerprint != finding(subject="pd.forms", facts="b").fingerprint
    assert len(same.fingerprint) == 8


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("a.yaml", 3, 5), "a.yaml:3:5"),
        (Place("a.yaml", 3), "a.yaml:3"),
        (Place("a.docx", part="paragraph 9"), "a.docx paragraph 9"),
        (Place(), ""),
    ],
)
def test_a_place_is_written_as_editors_read_it(place: Place, text: str) -> None:
    """file:line:column, or the part of a Word file."""
    assert str(place) == text


def test_a_finding_is_one_line() -> None:
    """The place comes first, then the code, then what is wrong."""
    assert str(finding(place=Place("a.yaml", 3))) == "a.yaml:3: L501 something"


@pytest.mark.parametrize(
    "hidden", ["\x1b[31m", "\r", "\u202e", "\u200b", "\x00", "\u2028", "\ud800"]
)
def test_what_could_move_the_cursor_or_hide_is_written_out(hidden: str) -> None:
    """A file name cannot hide its end or colour the screen (TRUST R21)."""
    out = shown(f"kim{hidden}fdp.exe")

    assert hidden not in out
    assert out.startswith("kim\\")
    out.encode("utf-8")


def test_what_people_write_is_shown_as_it_is() -> None:
    """Korean, quotes and brackets stay; line breaks only where they are asked for."""
    assert shown("서윤희 [/b] “x”") == "서윤희 [/b] “x”"
    assert shown("a\nb", breaks=True) == "a\nb"
    assert shown("a\nb") == "a\\nb"

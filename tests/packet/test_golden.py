"""What every paper of every fictional case says, word for word; a change of it is a change seen."""

import difflib
from collections.abc import Callable, Mapping

import pytest

from nkdocs.packet.desk import Desk
from tests import golden
from tests.packet import shipped

SHOWN = 40
"""Lines of a difference that a message shows."""


@pytest.fixture(scope="module", params=shipped.CASES)
def case(request: pytest.FixtureRequest) -> str:
    """Return the name of each case in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def texts(case: str, laid: Callable[[str], Desk]) -> Mapping[str, str]:
    """Return what the papers of a case say, filled once."""
    return golden.texts(laid(case))


def difference(case: str, kept: Mapping[str, str], made: Mapping[str, str]) -> str:
    """Return the first lines in which papers differ, and what writes the golden texts anew."""
    lines = [
        line
        for name in sorted({*kept, *made})
        for line in difflib.unified_diff(
            kept.get(name, "").splitlines(),
            made.get(name, "").splitlines(),
            f"golden/{case}/{name}",
            "now",
            n=1,
            lineterm="",
        )
    ]
    more = len(lines) - SHOWN
    cut = [f"... and {more} lines more"] if more > 0 else []
    tail = [*cut, f"If it should read so: {golden.COMMAND}"] if lines else []
    return "\n".join([*lines[:SHOWN], *tail])


def test_every_paper_reads_as_its_golden_text(case: str, texts: Mapping[str, str]) -> None:
    """This test ensures that no sentence of a paper changes, appears or goes unseen."""
    told = difference(case, golden.kept(case), texts)

    assert not told, f"\n{told}"


def test_complete_cases_leave_no_mark(case: str, texts: Mapping[str, str]) -> None:
    """This test ensures that a paper of a case that is answered holds no blank and no tag."""
    if case == shipped.COURT:
        pytest.skip("its grid leaves cells open, which no question requires")
    marks = ("[", "{{", "{%", "Missing(", "\ue000")
    ours = ("[row]", "[cell]", "[end]", "[header", "[footer")
    lines = [line for text in texts.values() for line in text.splitlines()]

    left = [x for x in lines if not x.startswith(ours) and any(m in x for m in marks)]

    assert left == []


def test_no_golden_text_is_of_a_case_that_is_gone() -> None:
    """This test ensures that what is kept is what is compared."""
    kept = {folder.name for folder in golden.FOLDER.iterdir()}

    assert kept == set(shipped.CASES)


def test_difference_is_short_and_says_how_to_accept_it() -> None:
    """This test ensures that a reader sees the changed sentence, and the command."""
    kept = {"a.txt": "Body| One.\nBody| Two.\n", "b.txt": "Body| Same.\n"}

    told = difference("x", kept, {**kept, "a.txt": "Body| One.\nBody| Three.\n"})

    assert told.splitlines()[-3:] == [
        "-Body| Two.", "+Body| Three.", "If it should read so: python -m tests.golden"
    ]  # fmt: skip
    long = difference("x", {}, {"a.txt": "\n".join(map(str, range(500)))})
    assert len(long.splitlines()) == SHOWN + 2

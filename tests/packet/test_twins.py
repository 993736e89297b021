"""Spoiled twins of the shipped cases: each rule finds its fault, in its place, and no other.

None of these tests needs LibreOffice.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from nkdocs.diagnostics import Finding
from tests.packet import planting
from tests.packet.twins import FINISHED, TWINS, Twin

_LINES = 10  # a sound case shows, as a draft, without --all


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A copy with all faults of its twin planted, and what was found."""

    twin: Twin
    case: Path
    found: list[Finding]

    def of(self, fault: planting.Fault) -> list[Finding]:
        """Return the findings of a fault."""
        return [f for f in self.found if planting.is_of(f, fault, self.case)]


@pytest.fixture(scope="module", params=TWINS, ids=[t.name for t in TWINS])
def twin(request: pytest.FixtureRequest) -> Twin:
    """Return each twin in turn."""
    given: Twin = request.param
    return given


@pytest.fixture(scope="module")
def clean(twin: Twin, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an unspoiled copy of the case, as ready as its twin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NKDOCS_SOFFICE", "")
        case = planting.copy(twin.name, tmp_path_factory.mktemp("twin") / "clean")
        for edit in twin.before:
            edit(case)
    return case


@pytest.fixture(scope="module")
def spoiled(twin: Twin, clean: Path) -> Spoiled:
    """Return the spoiled copy and what was found in it."""
    folder = Path(shutil.copytree(clean.parent, clean.parent.with_name(f"{twin.name}-spoiled")))
    planting.plant(folder / twin.name, twin.faults)
    return Spoiled(twin, folder / twin.name, planting.check(folder / twin.name))


def test_every_rule_has_its_fault() -> None:
    """A rule cannot ship without its twin, nor a twin outlive its rule."""
    planted = {fault.code for twin in TWINS for fault in twin.faults} | set(FINISHED)

    assert planted == set(planting.known())


def test_place_of_every_fault_is_told_from_others(spoiled: Spoiled) -> None:
    """What marks it stands in one line or paragraph of the spoiled copy."""
    unclear = [f.code for f in spoiled.twin.faults if not planting.once(f, spoiled.case)]

    assert unclear == []


def test_every_fault_is_found_in_its_place_with_its_weight(spoiled: Spoiled) -> None:
    """Code, file, line or paragraph, severity, state and class."""
    missed = {
        f.code: [f"{g} | {planting.stands(g, spoiled.case)[:60]}" for g in spoiled.found
                 if g.code == f.code]
        for f in spoiled.twin.faults
        if not spoiled.of(f)
    }  # fmt: skip

    assert missed == {}


@pytest.mark.parametrize("code", FINISHED)
def test_fault_of_a_finished_file_is_found(code: str) -> None:
    """No edit of a case makes it: the file is measured and read back before it is written."""
    assert code in FINISHED[code]()


def test_unspoiled_case_shows_nothing_of_its_twin(twin: Twin, clean: Path) -> None:
    """Nor after edits that are no faults; and it fits on a page."""
    for edit in twin.harmless:
        edit(clean)

    found = planting.check(clean)

    planted = {fault.code for fault in twin.faults}
    assert {f.code for f in found} & planted <= twin.honest
    assert len([f for f in found if f.severity != "INFO"]) <= _LINES


def test_acceptance_silences_what_it_names_and_nothing_else(spoiled: Spoiled) -> None:
    """Every second fault is accepted, blocks among them: those stay, and so does the rest.

    The lack of a review (L011) is left out: what else is accepted belongs to what is reviewed.
    """
    faults = [f for f in spoiled.twin.faults if spoiled.of(f)]
    blocks = [f for f in faults if planting.known()[f.code].kind == "block"]
    chosen = {f.code: f for f in (*faults[1::2], *blocks) if f.code != "L011"}
    named = [spoiled.of(f)[0] for f in chosen.values()]
    planting.accept(spoiled.case, named)

    left = planting.check(spoiled.case)

    gone = {_key(f) for f in spoiled.found} - {_key(f) for f in left}
    assert gone == {_key(f) for f in named if f.kind != "block"}
    assert _keys(left) <= _keys(spoiled.found)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.subject


def _keys(findings: Sequence[Finding]) -> set[tuple[str, str]]:
    return {_key(f) for f in findings}

"""Spoiled twins: every rule finds what is planted in a shipped case, and nothing in a clean one."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from nkdocs.diagnostics import Finding, Severity
from tests.packet.planting import accept, check, copy, is_of, known, plant
from tests.packet.twins import TWINS, Twin

_NOT_PLANTED = {"L603", "L606", "L608"}
"""Found when a bundle is made, not by a check: see tests of its verification and of venues."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A shipped case as it is, and its spoiled twin, each with all that is found of it."""

    twin: Twin
    clean: tuple[Finding, ...]
    case: Path
    spoiled: tuple[Finding, ...]


@pytest.fixture(scope="module", params=TWINS, ids=[t.name for t in TWINS])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Return each shipped case in turn with its spoiled twin."""
    twin: Twin = request.param
    folder = tmp_path_factory.mktemp("twins")
    clean = copy(twin.name, folder)
    for edit in twin.before:
        edit(clean)
    case = folder / "spoiled"
    shutil.copytree(clean, case)
    for edit in twin.harmless:
        edit(clean)
    found = tuple(check(clean))  # before other clients' cases are put beside it
    plant(case, twin.faults)
    return Pair(twin, found, case, tuple(check(case)))


def test_every_rule_has_a_fault_planted_for_it() -> None:
    """A rule that nobody tried on a case is no rule."""
    planted = {fault.code for twin in TWINS for fault in twin.faults}

    assert set(known()) - planted == _NOT_PLANTED


def test_each_fault_is_found_in_its_place_with_its_weight(pair: Pair) -> None:
    """Code, file and line, severity, the state it counts from, and class."""
    planted = [f for f in pair.twin.faults if f.code in known()]

    lost = [f for f in planted if not any(is_of(s, f, pair.case) for s in pair.spoiled)]

    assert planted
    assert [(f.code, f.at) for f in lost] == []


def test_a_clean_twin_shows_nothing_false(pair: Pair) -> None:
    """What is planted in the spoiled one is not found, but for what is true of the case."""
    planted = {fault.code for fault in pair.twin.faults} - pair.twin.honest

    assert [str(f) for f in pair.clean if f.code in planted] == []


def test_a_sound_case_shows_few_lines(pair: Pair) -> None:
    """At draft ten lines at most, and none that stops it."""
    shown = [f for f in pair.clean if f.severity is not Severity.INFO and f.code != "A004"]

    assert len(shown) <= 10


def test_an_acceptance_silences_one_finding_alone(pair: Pair) -> None:
    """One that nobody may accept stays, whatever the answers say."""
    case = pair.case.parent / "accepted"
    shutil.copytree(pair.case, case)
    one = next(f for f in pair.spoiled if f.kind == "ack" and f.code.startswith("L"))
    blocks = [f for f in pair.spoiled if f.kind == "block"]

    accept(case, [one, *blocks])
    left = check(case)

    told = [(f.code, f.subject) for f in left]
    assert (one.code, one.subject) not in told
    assert {(f.code, f.subject) for f in pair.spoiled} - set(told) == {(one.code, one.subject)}

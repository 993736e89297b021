"""Venue profiles: rules with their certainty."""

from typing import Any

import pytest

from nkdocs.bundle.venues import (
    Rule,
    Venue,
    Verified,
    over_limit,
    read_venues,
    reminded,
    shipped_venues,
)
from nkdocs.diagnostics import Severity
from nkdocs.errors import TemplateError

RULE = "{value: %s, certainty: %s, source: x, verified: {on: '%s', by: '%s'}}"


def profile(limit: str) -> Venue:
    """Return a venue whose limit is written as *limit*."""
    other = RULE % ("yes", "recall", "", "")
    stamp = RULE % ("bottom-right", "recall", "", "")
    text = (f"venues: 1\nprofiles:\n- id: here\n  title: the court\n  max_mb: {limit}\n"
            f"  tab_sheets: {other}\n  stamp: {stamp}\n")  # fmt: skip
    return read_venues(text)["here"]


def test_five_profiles_ship() -> None:
    """The venues that the design names."""
    assert set(shipped_venues()) == {
        "generic", "eoir-ecas", "eoir-paper", "opla-email", "uscis-asylum"
    }  # fmt: skip


def test_no_shipped_rule_claims_that_a_person_confirmed_it() -> None:
    """Nobody has yet; so none of them can stop work."""
    for venue in shipped_venues().values():
        rules: list[Rule[Any]] = [venue.max_mb, venue.tab_sheets, venue.stamp, *venue.reminders]
        assert all(rule.source for rule in rules)
        assert not any(rule.firm for rule in rules)


def test_rule_in_words_says_how_certain_it_is() -> None:
    """Nobody takes a rule that was read once for one that is in force."""
    court = shipped_venues()["eoir-ecas"]
    assert court.service
    assert court.cover

    assert reminded(court.service).endswith("read, not confirmed since)")
    assert "not read, not confirmed since" in reminded(court.cover)
    firm = court.service.model_copy(update={"verified": Verified(on="2026-11-20", by="JL")})
    assert reminded(firm).endswith("confirmed 2026-11-20)")


@pytest.mark.parametrize(
    ("certainty", "on", "by", "severity"),
    [
        ("read", "2026-11-20", "JL", Severity.ERROR),
        ("read", "", "", Severity.WARN),
        ("read", "2026-11-20", "", Severity.WARN),
        ("recall", "2026-11-20", "JL", Severity.WARN),
    ],
)
def test_only_a_rule_read_and_confirmed_can_stop_work(
    certainty: str, on: str, by: str, severity: Severity
) -> None:
    """All others warn."""
    venue = profile(RULE % (25, certainty, on, by))

    [finding] = over_limit(25_000_001, venue, "evidence")

    assert (finding.code, finding.severity) == ("L608", severity)


@pytest.mark.parametrize(("limit", "size"), [(25, 25_000_000), (0, 10**12)])
def test_file_within_the_limit_is_fine(limit: int, size: int) -> None:
    """0 means no limit."""
    assert over_limit(size, profile(RULE % (limit, "read", "", "")), "evidence") == []


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        pytest.param("{value: many, certainty: read}", ":5: profiles.0.max_mb.value", id="value"),
        pytest.param("{value: 5, certainty: sure}", ":5: profiles.0.max_mb.certainty", id="word"),
        pytest.param("{value: 5, certainty: read, x: y}", ":5: profiles.0.max_mb.x", id="key"),
        pytest.param("[1, 2", "venues.yaml:", id="yaml"),
    ],
)
def test_fault_of_a_profile_is_named_with_its_line(limit: str, said: str) -> None:
    """Every fault says where it is."""
    with pytest.raises(TemplateError) as stopped:
        profile(limit)

    assert any(said in str(fault) for fault in stopped.value.faults)

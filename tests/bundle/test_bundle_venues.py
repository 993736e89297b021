"""Venue profiles: rules with their certainty."""

import random
from typing import Any

import pytest

from nkdocs.bundle.venues import (
    Rule,
    Venue,
    Verified,
    largest,
    over_limit,
    read_venues,
    reminded,
    shipped_venues,
)
from nkdocs.diagnostics import Severity
from nkdocs.errors import TemplateError
from nkdocs.packet.eml import Attached, Draft, written

RULE = "{value: %s, certainty: %s, source: x, verified: {on: '%s', by: '%s'}}"


def profile(limit: str) -> Venue:
    """Return a venue whose limit is written as *limit*."""
    other = RULE % ("yes", "recall", "", "")
    stamp = RULE % ("bottom-right", "recall", "", "")
    text = (f"venues: 1\nprofiles:\n- id: here\n  title: the court\n  max_mb: {limit}\n"
            f"  tab_sheets: {other}\n  stamp: {stamp}\n")  # fmt: skip
    return read_venues(text)["here"]


@pytest.mark.parametrize("limit", ["20", "4.5", "0.3"])
def test_largest_file_of_a_limit_on_messages_fits_in_one(limit: str) -> None:
    """Encoded, with a long text, the e-mail stays under the limit; a file's own limit is larger."""
    counted = "\n  limit_on: {value: message, certainty: assumption}"
    mailbox = profile(RULE % (limit, "read", "", "") + counted)
    room = int(float(limit) * 1_000_000)

    body = "Words of the letter, \u6797, and more of them. " * 500
    attached = [Attached("exhibits_Part1.pdf", random.Random(1).randbytes(largest(mailbox)))]  # noqa: S311
    sent = len(written(Draft("A-number", body), attached))

    assert room - 100_000 < sent <= room
    assert largest(profile(RULE % (limit, "read", "", ""))) == room


@pytest.mark.parametrize(
    ("counts", "size", "severity"),
    [
        (("", ""), 15_000_000, Severity.WARN),
        (("2026-11-02", "JL"), 15_000_000, Severity.ERROR),
        (("", ""), 20_000_001, Severity.ERROR),
    ],
)
def test_how_a_mailbox_counts_stops_work_only_once_confirmed(
    counts: tuple[str, str], size: int, severity: Severity
) -> None:
    """What is too large as a file is too large either way."""
    mailbox = profile(
        RULE % ("20", "read", "2026-11-02", "JL")
        + "\n  limit_on: "
        + RULE % ("message", "read", *counts)
    )

    [found] = over_limit(size, mailbox, "exhibits")

    assert found.severity is severity
    assert "20 MB a message, so about 14.5 MB a file" in found.message
    assert not over_limit(14_000_000, mailbox, "exhibits")


def test_five_profiles_ship() -> None:
    """The venues that the design names."""
    assert set(shipped_venues()) == {
        "generic", "eoir-ecas", "eoir-paper", "opla-email", "uscis-asylum"
    }  # fmt: skip


def test_no_shipped_rule_claims_that_a_person_confirmed_it() -> None:
    """Nobody has yet; so none of them can stop work."""
    for venue in shipped_venues().values():
        rules: list[Rule[Any]] = [venue.max_mb, venue.tab_sheets, venue.stamp, *venue.reminders]
        rules += [venue.limit_on] if venue.limit_on.value == "message" else []
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

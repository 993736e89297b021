"""Venue profiles: rules with their certainty."""

import random
from pathlib import Path
from typing import Any

import pytest

from nkdocs._resources import shipped
from nkdocs.bundle.venues import (
    Rule,
    Venue,
    Verified,
    found,
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


def entry(name: str, limit: str) -> str:
    """Return a venue of that id, whose limit is written as *limit*."""
    other = RULE % ("yes", "recall", "", "")
    stamp = RULE % ("bottom-right", "recall", "", "")
    return (f"- id: {name}\n  title: the court\n  max_mb: {limit}\n"
            f"  tab_sheets: {other}\n  stamp: {stamp}\n")  # fmt: skip


def profile(limit: str) -> Venue:
    """Return a venue whose limit is written as *limit*."""
    return read_venues(f"venues: 1\nprofiles:\n{entry('here', limit)}")["here"]


def templates(folder: Path, **limits: str) -> Path:
    """Return *folder* as one of templates, whose file names venues with these limits."""
    (folder / "shared").mkdir(parents=True)
    entries = "".join(entry(name.replace("_", "-"), limit) for name, limit in limits.items())
    (folder / "shared/venues.yaml").write_text(f"venues: 1\nprofiles:\n{entries}")
    return folder


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
        rules: list[Rule[Any]] = [venue.max_mb, venue.tab_sheets, venue.stamp, venue.colors]
        rules += venue.reminders
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


def test_own_venues_stand_beside_those_shipped_and_the_first_folder_prevails(
    tmp_path: Path,
) -> None:
    """The case's before the office's before the shipped ones, venue by venue."""
    sure = "{value: %s, certainty: assumption}"
    case = templates(tmp_path / "case", here=sure % 1, eoir_ecas=sure % 2)
    office = templates(tmp_path / "office", here=sure % 3, there=sure % 4)
    ships = shipped("templates")

    known = found([case, office, ships])

    assert set(known) == {*shipped_venues(), "here", "there"}
    own = {name: known[name].max_mb.value for name in ("here", "there", "eoir-ecas")}
    assert own == {"here": 1, "there": 4, "eoir-ecas": 2}
    assert known["uscis-asylum"] == shipped_venues()["uscis-asylum"]
    assert found([ships]) == found([tmp_path]) == shipped_venues()


def test_faults_of_all_own_files_are_named_at_once(tmp_path: Path) -> None:
    """Each with its file and line, also of a venue that another folder shadows."""
    wrong = "{value: many, certainty: read}"
    folders = [templates(tmp_path / name, here=wrong) for name in ("case", "office")]

    with pytest.raises(TemplateError) as stopped:
        found(folders)

    said = [str(fault).split(": ")[0] for fault in stopped.value.faults]
    assert said == [f"{folder / 'shared/venues.yaml'}:5" for folder in folders]


def test_an_id_written_twice_in_one_file_is_a_fault() -> None:
    """Nobody could tell which of the two holds."""
    limit = "{value: 5, certainty: assumption}"
    twice = entry("here", limit)

    with pytest.raises(TemplateError) as stopped:
        read_venues(f"venues: 1\nprofiles:\n{twice}{twice}")

    assert [str(f) for f in stopped.value.faults] == [
        "shared/venues.yaml:8: profiles.1.id: 'here' stands there twice"
    ]

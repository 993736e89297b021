"""Profiles of recipients: dated, unverified as they ship, an address for the very office only."""

import datetime as dt
from pathlib import Path

import pytest

from nkdocs import recipients
from nkdocs._resources import shipped
from nkdocs.errors import TemplateError
from nkdocs.recipients import Recipient, address_of, profile_of

DAY = dt.date(2026, 11, 20)


def known(*entries: str) -> dict[str, Recipient]:
    """Return the profiles written in *entries*."""
    return recipients.read("recipients: 1\nprofiles:\n" + "".join(f"- {{{e}}}\n" for e in entries))


def test_no_profile_ships_verified_and_none_has_an_address() -> None:
    """An address that ships is one that nobody confirmed."""
    found = recipients.load([shipped("templates")]).values()

    assert len(found) > 3
    assert not [p.id for p in found if p.email or p.verified.on or p.verified.by]
    assert not [p.id for p in found if not p.source]


def test_an_office_is_described_by_its_own_profile_or_its_kind() -> None:
    """The longest id that begins the recipient's name is taken, cut at hyphens."""
    profiles = known("id: opla, title: O", "id: opla-new-york, title: N")

    assert [getattr(profile_of(n, profiles), "id", "") for n in
            ("opla-new-york", "opla-newark", "opla-new", "ero-newark")] == [
        "opla-new-york", "opla", "opla", "",
    ]  # fmt: skip


def test_the_address_of_a_kind_of_office_is_nobodys() -> None:
    """Mail for Newark is not sent where all of OPLA was once said to be."""
    entry = "id: opla, title: O, email: x@example.org, verified: {on: 2026-11-01, by: JL}"

    assert address_of("opla-newark", known(entry), DAY) == ""
    assert address_of("opla", known(entry), DAY) == "x@example.org"


@pytest.mark.parametrize(
    ("verified", "expected"),
    [
        pytest.param("{on: 2026-08-22, by: JL}", "x@example.org", id="ninety-days"),
        pytest.param("{on: 2026-08-21, by: JL}", "", id="ninety-one-days"),
        pytest.param("{on: 2026-11-21, by: JL}", "", id="in-the-future"),
        pytest.param("{on: 2026-11-20, by: }", "", id="by-nobody"),
    ],
)
def test_an_address_is_used_only_while_it_is_verified(verified: str, expected: str) -> None:
    """Counted on the case's own day."""
    entry = f"id: opla-newark, title: N, email: x@example.org, verified: {verified}"

    assert address_of("opla-newark", known(entry), DAY) == expected


def test_the_offices_own_profiles_stand_before_the_shipped_ones(tmp_path: Path) -> None:
    """One that the office does not have is still the shipped one."""
    (tmp_path / "shared").mkdir()
    own = "recipients: 1\nprofiles:\n- {id: opla, title: Ours}\n"
    (tmp_path / "shared/recipients.yaml").write_text(own, "utf-8")

    found = recipients.load([tmp_path, shipped("templates")])

    assert found["opla"].title == "Ours"
    assert found["ero"].title == "the ERO field office"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("recipients: 1\nprofiles:\n- {id: a, titel: x}\n", ":3: ", id="key"),
        pytest.param(
            "recipients: 1\nprofiles:\n- {id: a, title: x,\n   verified: {on: 2026-02-31}}\n",
            ":4: ", id="no-day",
        ),
        pytest.param("- [", ":1: ", id="no-yaml"),
    ],
)  # fmt: skip
def test_a_profile_that_is_wrong_is_named_with_its_line(text: str, fault: str) -> None:
    """Nothing is left out unseen."""
    with pytest.raises(TemplateError) as raised:
        recipients.read(text)

    assert [f for f in raised.value.faults if fault in str(f)]

"""Two bundles compared, from the finished files alone."""

import pytest

from nkdocs.bundle.moved import compared
from nkdocs.bundle.pages import build_bundle, build_packet
from nkdocs.errors import ExhibitError
from tests.bundle.made import binding, exhibit, heavy, pdf, venue


def _bundle(*names: str, **pages: int) -> list[bytes]:
    made = [exhibit(name, pages.get(name, 2)) for name in names]
    return [v.data for v in build_bundle(made, binding()).volumes]


def test_late_exhibit_in_the_middle_is_told_with_what_it_moved() -> None:
    """New, moved, and what stayed."""
    found = compared(_bundle("a", "b"), _bundle("a", "x", "b"))

    assert [(d.kind, str(d)) for d in found] == [
        ("same", "same: Exhibit a: Tab A at 3\u20135 as before"),
        ("new", "new: Tab B at 6\u20138, Exhibit x"),
        ("moved", "moved: Exhibit b: Tab B at 6\u20138 is now Tab C at 9\u201311"),
    ]


def test_exhibit_that_left_or_has_other_pages_is_told() -> None:
    """Also when a page of it shows something else and all numbers are the same."""
    one = exhibit("c", 2, pdf(2, "the original"))
    other = exhibit("c", 2, pdf(2, "the forgery"))

    gone = compared(_bundle("a", "b"), _bundle("b", b=3))
    changed = compared(
        [build_bundle([one], binding()).data], [build_bundle([other], binding()).data]
    )

    assert [d.kind for d in gone] == ["gone", "changed"]
    assert "2 pages became 3" in str(gone[1])
    assert (changed[0].kind, changed[0].changed) == ("changed", (4, 5))


def test_volumes_are_read_as_one_bundle_and_a_packet_as_its_bundle() -> None:
    """An exhibit cut between two files is one; the letter before a bundle is none of it."""
    large = exhibit("large", 6, heavy("l", 6, 100_000))
    parts = build_bundle([exhibit("a"), large], binding(rules=venue(max_mb=0.6)))
    whole = build_bundle([exhibit("a"), large], binding(rules=venue(tab_sheets=True)))

    found = compared([v.data for v in parts.volumes], [build_packet(pdf(2), whole, [])])

    assert len(parts.volumes) > 1
    assert [d.kind for d in found] == ["same", "moved"]
    assert found[1].old
    assert len(found[1].old.pages) == 6


def test_what_is_no_bundle_is_refused() -> None:
    """A scan, or no PDF at all."""
    for data in (pdf(2), b"hello"):
        with pytest.raises(ExhibitError, match="no bundle"):
            compared([data], _bundle("a"))

"""The registry of authorities: what stands on a day, and what may be printed as settled."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest

from nkdocs import authorities
from nkdocs._resources import shipped
from nkdocs.authorities import Authority, Registry
from nkdocs.errors import TemplateError

TREE = Callable[[Mapping[str, str | bytes]], Path]


@cache
def law() -> dict[str, Authority]:
    """Return the shipped registry."""
    return authorities.load([shipped("templates")])


def guidance(day: str) -> set[str]:
    """Return the ids of the guidance rows that cover *day*."""
    rows = Registry(law(), None).on(dt.date.fromisoformat(day))
    return {a.id for a in rows if a.kind in {"guidance", "eo", "memo"} and a.in_force.get("from")}


@pytest.mark.parametrize(
    ("day", "covered", "not_covered"),
    [
        ("2022-05-01", {"mayorkas-2021", "doyle-2022"}, {"doyle-2023", "eo-14159"}),
        ("2022-12-15", set(), {"mayorkas-2021", "doyle-2022", "doyle-2023", "eo-14159"}),
        ("2023-08-01", {"doyle-2023"}, {"mayorkas-2021", "doyle-2022", "eo-14159"}),
        ("2025-02-01", {"eo-14159"}, {"mayorkas-2021", "doyle-2022", "doyle-2023"}),
    ],
)
def test_a_day_is_answered_with_every_row_that_covers_it(
    day: str, covered: set[str], not_covered: set[str]
) -> None:
    """The test values of LAW.md 8.2; rows overlap, and none is a single answer."""
    rows = guidance(day)

    assert covered <= rows
    assert not rows & not_covered


@pytest.mark.parametrize("name", ["mayorkas-2021", "doyle-2022", "doyle-2023"])
def test_guidance_that_fell_is_never_settled(name: str) -> None:
    """On a day within its dates it was in force, and is not printed as if it stood."""
    first = dt.date.fromisoformat(law()[name].in_force["from"])

    assert not Registry(law(), first).confirmed(name)


@pytest.mark.parametrize("mark", ["B-", "C", "X"])
def test_what_was_not_read_ships_unconfirmed(mark: str) -> None:
    """Marks B-, C and X give way to neutral wording (DESIGN 8.13)."""
    today = Registry(law(), dt.date(2026, 11, 20))

    assert not [a.id for a in today if a.mark == mark and today.confirmed(a.id)]


def test_no_day_confirms_nothing() -> None:
    """While the case's day is open no authority stands confirmed."""
    nowhere = Registry(law(), None)

    assert not [a.id for a in nowhere if nowhere.confirmed(a.id)]


def test_an_authority_is_found_by_its_id_or_not_at_all() -> None:
    """Who only asks whether it is there is told so without an error."""
    registry = Registry(law(), None)
    name = next(iter(law()))

    assert registry.find(name) is law()[name]
    assert registry.find("no-such-law") is None


def test_the_attorney_confirms_in_the_case() -> None:
    """What the case's `_confirmed` names is printed as settled."""
    name = next(a.id for a in law().values() if a.mark == "X")

    assert Registry(law(), None, [name]).confirmed(name)


def test_a_template_sees_the_cite_the_quote_and_whether_it_stands() -> None:
    """And the registry remembers what was asked."""
    registry = Registry(law(), dt.date(2026, 11, 20))

    seen = registry.authority("nkhra-302")

    assert str(seen) == seen.lookup("cite") == law()["nkhra-302"].cite
    assert registry.asked == {"nkhra-302": bool(seen)}


def test_a_quotation_is_printed_with_the_marks_of_print_and_stored_as_it_was() -> None:
    """No straight mark stands among curly ones, and a check still compares with the source."""
    seen = Registry(law(), dt.date(2026, 11, 20)).authority("nkhra-302")

    printed = str(seen.lookup("quote"))

    stored = law()["nkhra-302"].quotes["b"]
    assert "People\u2019s" in printed
    assert "People's" in stored
    assert printed.replace("\u2019", "'") == stored.strip()


def test_an_unknown_authority_is_named_with_the_nearest() -> None:
    """A slip of the pen is no silent blank."""
    with pytest.raises(TemplateError, match="nkhra-302"):
        Registry(law(), None).authority("nkrha-302")


@pytest.mark.parametrize(
    ("dates", "day", "covers"),
    [
        ("{from: 2004-10-18, to: 2008-03}", "2008-03-31", True),
        ("{from: 2004-10-18, to: 2008-03}", "2008-04-01", False),
        ("{from: 2004, to: 2008}", "2008-12-31", True),
        ("{from: 2004-10, to: null}", "2004-09-30", False),
        ("{from: 2004-10, to: null}", "2004-10-01", True),
        ("{from: null, to: null}", "1990-01-01", True),
    ],
)
def test_a_partial_date_reaches_from_its_first_to_its_last_day(
    build_tree: TREE, dates: str, day: str, covers: bool  # noqa: FBT001 - a column of the table
) -> None:
    """A month begins on its first day and ends on its last."""
    text = f"- {{id: a, cite: A, kind: memo, status: in_force, mark: A, in_force: {dates}}}\n"
    folder = build_tree({"shared/authorities.yaml": text})

    known = authorities.load([folder])["a"]

    assert known.covers(dt.date.fromisoformat(day)) is covers


@pytest.mark.parametrize(
    "wrong",
    [
        "- {id: a, cite: A, kind: memo, status: gone}",
        "- {id: a, cite: A, kind: memo, status: in_force, in_force: {from: 2004-13}}",
        "- {id: a, cite: A, kind: memo, status: in_force, in_force: {from: soon}}",
        "- {id: a, cite: A, kind: memo, status: in_force, in_force: {form: 2004}}",
        "- {id: a, cite: A, kind: memo, status: in_force, colour: red}",
        "- {cite: A, kind: memo, status: in_force}",
        "- &x {id: a, cite: A, kind: memo, status: in_force}",
        "- {id: a, cite: A, kind: memo, status: in_force}\n" * 2,
    ],
)
def test_a_broken_registry_is_refused_by_file(build_tree: TREE, wrong: str) -> None:
    """Each fault names the file; no entry is skipped."""
    folder = build_tree({"shared/authorities.yaml": wrong + "\n"})

    with pytest.raises(TemplateError) as caught:
        authorities.load([folder])

    assert "authorities.yaml" in str(caught.value.faults[0])


def test_the_first_folder_has_the_registry(build_tree: TREE) -> None:
    """An office's own registry shadows the shipped one."""
    text = "- {id: a, cite: A, kind: memo, status: lapsed}\n"
    own = build_tree({"shared/authorities.yaml": text})

    assert set(authorities.load([own, shipped("templates")])) == {"a"}


def test_guidance_is_what_the_case_confirmed_for_that_day() -> None:
    """The registry alone prints none: rows overlap, and some stand against the client."""
    day, then = dt.date(2026, 11, 20), dt.date(2024, 5, 3)
    case = Registry(law(), day, ("doyle-2023", "eo-14159", "cfr-1003-18-c"))

    rows = {when: [a.id for a in case.guidance(when)] for when in (then, day)}

    assert rows == {then: ["doyle-2023"], day: ["eo-14159"]}
    assert not case.current(law()["doyle-2023"])
    assert not Registry(law(), day).guidance(day)

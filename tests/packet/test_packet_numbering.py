"""Numbers that others may have seen never move unnoticed; a supplement goes on from them."""

from pathlib import Path

import pytest

from nkdocs.citations.pagemap import PageMap
from nkdocs.cli import main
from nkdocs.errors import AnswersError, UsageError
from nkdocs.packet import bundles, served
from nkdocs.packet.bind import Bound, gathered
from nkdocs.packet.facts import gather
from tests.bundle.made import heavy, pdf
from tests.packet.demo import DRAFT, FINAL, changed, desk
from tests.packet.papers import written

LISTED = """answers: 1
meta: {as_of: 2026-11-20}
exhibits:
- {id: a, title: First, file: exhibits/a.pdf}
- {id: b, title: Second, file: exhibits/b.pdf}
- {id: c, title: Third, file: exhibits/c.pdf}
filings:
- {id: evidence, recipient: eoir-new-york, venue: eoir-ecas, exhibits: [a, b]}
- {id: more, recipient: eoir-new-york, venue: eoir-ecas, exhibits: [c], continues: evidence}
"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a case with a filing and a supplement to it."""
    folder = tmp_path / "kim"
    (folder / "exhibits").mkdir(parents=True)
    for name, pages in (("a", 2), ("b", 3), ("c", 4)):
        (folder / f"exhibits/{name}.pdf").write_bytes(pdf(pages, name))
    (folder / "answers.yaml").write_text(LISTED)
    return folder


def _made(case: Path, filing: str = "evidence", *, renumber: bool = False) -> Bound:
    at = desk(case)
    made = bundles.make(at, bundles.wanted(at, filing)[0], FINAL, renumber=renumber)
    bundles.write(at, [made], FINAL)
    return made


def _narrow(case: Path) -> None:
    """Make the exhibits large, and the venue one that takes one of them in a file."""
    for name in ("a", "b"):
        (case / f"exhibits/{name}.pdf").write_bytes(heavy(name, 2, 100_000))
    (case / "templates/shared").mkdir(parents=True)
    (case / "templates/shared/venues.yaml").write_text(
        "venues: 1\nprofiles:\n- id: eoir-ecas\n  title: a court\n"
        "  max_mb: {value: 0.4, certainty: assumption}\n"
        "  tab_sheets: {value: yes, certainty: assumption}\n"
        "  stamp: {value: bottom-center, certainty: assumption}\n"
    )


def _tabs(made: Bound) -> list[str]:
    return [e.id for e in made.bundle.pages.entries]


def test_late_exhibit_goes_to_the_end_once_a_final_was_made(case: Path) -> None:
    """Wherever it is listed; --renumber puts it in its place, and says what moved."""
    first = _made(case)
    changed(case, "exhibits: [a, b]", "exhibits: [c, a, b]")

    second = _made(case)
    third = _made(case, renumber=True)

    assert (_tabs(second), _tabs(third)) == (["a", "b", "c"], ["c", "a", "b"])
    assert second.bundle.pages.entry("b").runs == first.bundle.pages.entry("b").runs
    assert [f.code for f in second.findings if f.code.startswith("X60")] == ["X607"]
    moved = [f for f in third.findings if f.code == "X606"]
    assert "'a' was Tab A at 3\u20135, is Tab B" in moved[0].message


def test_before_a_final_the_order_listed_is_the_order(case: Path) -> None:
    """A draft binds nobody."""
    at = desk(case)
    bundles.write(at, [bundles.make(at, bundles.wanted(at, "evidence")[0], DRAFT)], DRAFT)
    changed(case, "exhibits: [a, b]", "exhibits: [b, a]")

    assert _tabs(_made(case)) == ["b", "a"]


def test_supplement_continues_tabs_and_pages(case: Path) -> None:
    """From the numbers that were served; before they were, it cannot be numbered."""
    with pytest.raises(UsageError, match="was not sent yet"):
        _made(case, "more")
    first = _made(case)
    served.sent(desk(case), "evidence", case / "out/evidence/exhibits.pdf",
                on="2026-11-21", channel="ecas")  # fmt: skip

    second = _made(case, "more")

    assert second.bundle.pages.start == first.bundle.pages.last + 1
    assert [e.tab for e in second.bundle.pages.entries] == ["C"]


def test_filing_that_continues_nothing_known_is_a_fault(case: Path) -> None:
    """Nor can it continue itself."""
    changed(case, "continues: evidence", "continues: evidenec")

    with pytest.raises(AnswersError) as caught:
        bundles.wanted(desk(case), "more")

    assert "continues a filing that is not there" in str(caught.value.faults[0])


def test_bundle_of_several_parts_is_served_whole(
    case: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each part is frozen with its hash; a part that is not named is asked for."""
    _narrow(case)
    made = _made(case)
    names = sorted(made.files)
    monkeypatch.chdir(case.parent)

    with pytest.raises(UsageError, match="has 2 parts, 1 are named"):
        served.sent(desk(case), "evidence", case / "out" / names[0], on="2026-11-21",
                    channel="ecas")  # fmt: skip
    monkeypatch.setattr("sys.argv", ["nkdocs", "sent", "kim", "evidence",
                        *(f"kim/out/{n}" for n in names), "--on", "2026-11-21"])  # fmt: skip
    with pytest.raises(SystemExit) as ended:
        main()

    assert (ended.value.code, names) == (
        0, ["evidence/exhibits_Part1.pdf", "evidence/exhibits_Part2.pdf"]
    )  # fmt: skip
    assert (case / "served/evidence_Part2.pdf").read_bytes() == made.files[names[1]]
    assert desk(case).case.served()["evidence"].volumes == made.bundle.pages.volumes
    assert "frozen" in capsys.readouterr().out


def test_part_of_an_earlier_build_does_not_stay_behind(case: Path) -> None:
    """A bundle that fits in one file again leaves no second part in `out`."""
    out = case / "out/evidence"
    _made(case)
    _narrow(case)

    _made(case)

    assert sorted(f.name for f in out.iterdir()) == ["exhibits_Part1.pdf", "exhibits_Part2.pdf"]


def test_request_that_was_sent_in_parts_is_read_whole(case: Path) -> None:
    """A review is compared with all that was sent, not with its first part or with nothing."""
    changed(case, "{id: evidence,", "{id: evidence, lead: pd-request,")
    for number, words in enumerate(("The letter asks.", "The report tells."), 1):
        desk(case).case.freeze("served", f"evidence_Part{number}.pdf", written(words))
    desk(case).case.freeze_map(PageMap("evidence", (), 2))
    exhibits, _ = gathered(desk(case))

    facts = gather(desk(case), ["supervisory-review"], exhibits)

    assert "asks" in facts.as_sent
    assert "tells" in facts.as_sent

"""What a batch keeps of each case: in any number, in the order of the cases, in little memory."""

import gc
import random
import sys
import tracemalloc
from pathlib import Path

import pytest
from msgspec.structs import replace

from nkdocs.batch import report
from nkdocs.batch.alike import Likeness
from nkdocs.batch.outcomes import Outcome, Outcomes
from nkdocs.cli.common import envelope, give_long
from nkdocs.diagnostics import Finding, Place, Severity

FOUND = Finding(
    code="A004", severity=Severity.ERROR, message="Größe: “x” is open\n", subject="case.court",
    place=Place("list.csv", 3, 4, "cell D3", 5, "text"), hint="Answer it.", cure="counsel",
)  # fmt: skip


def outcome(number: int) -> Outcome:
    """Return what became of a case."""
    name = f"{number:04d}"
    return Outcome(name, f"list.csv:{number}", "written", (f"letter/{name}.docx",), (FOUND,))


def test_outcomes_come_back_as_they_went_in_by_number(tmp_path: Path) -> None:
    """Whatever the order in which the workers bring them; nothing stays in the folder."""
    numbers = random.Random(1).sample(range(1, 12_000), 300)  # noqa: S311 - no secret
    kept = Outcomes(tmp_path)
    for number in numbers:
        kept.add(outcome(number))

    assert list(kept) == [outcome(number) for number in sorted(numbers)]
    assert kept[0] == outcome(min(numbers))
    assert (len(kept), kept.people, kept.counts["written"], kept.locked) == (300, 300, 300, 0)
    assert list(tmp_path.iterdir()) == []


def test_first_case_of_a_hash_is_found_among_many() -> None:
    """Also where hashes belong at the same place, and where the table has grown."""
    own = random.Random(2)  # noqa: S311 - no secret
    seen = [tuple(own.getrandbits(64) & ~0xFF for _ in range(8)) for _ in range(3000)]
    alike = Likeness()
    for number, sketch in enumerate(seen, 1):
        alike.add(f"{number:04d}", (sketch,))
    assert not alike.pairs

    alike.add("3001", ((*seen[41][:3], 5),))
    alike.add("10000", ((seen[7][0], 7),))
    alike.add("10001", ((7,),))

    assert list(alike.pairs) == [("3001", "0042"), ("10000", "0008"), ("10001", "10000")]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_list_given_one_by_one_is_the_same_json(
    number: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Byte for byte what the whole in one piece would be, quotes and line breaks of texts too."""
    said = 'a "letters": [] of\nmine, 강'
    items = [report.case(replace(outcome(n), message=said)) for n in range(number)]
    before, after = {"notes": [said]}, {"alike": [], "more": {"letter": []}}

    data = {**before, "letters": [], **after}
    give_long("batch", ok=True, data=data, name="letters", items=iter(items))

    whole = envelope("batch", ok=True, data={**before, "letters": items, **after})
    assert capsys.readouterr().out == whole + "\n"


def test_a_report_of_any_length_is_given_in_the_same_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list of ten thousand letters takes no more than a few of them do."""
    made = (report.case(outcome(number)) for number in range(10_000))
    with (tmp_path / "out.json").open("w", encoding="utf-8") as out:
        monkeypatch.setattr(sys, "stdout", out)
        seldom = gc.get_threshold()
        gc.set_threshold(700)  # what waits to be freed is not kept
        tracemalloc.start()
        give_long("batch", ok=True, data={"letters": []}, name="letters", items=made)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        gc.set_threshold(*seldom)

    assert (tmp_path / "out.json").stat().st_size > 5_000_000
    assert most < 2_000_000


def test_a_case_costs_less_than_half_a_kilobyte(tmp_path: Path) -> None:
    """Of what is kept for the report and for the comparison between clients."""
    own = random.Random(3)  # noqa: S311 - no secret
    kept, alike = Outcomes(tmp_path), Likeness()
    tracemalloc.start()
    for number in range(1, 5001):
        kept.add(outcome(number))
        alike.add(f"{number:04d}", (tuple(own.getrandbits(64) for _ in range(8)),))
    gc.collect()  # what waits to be freed is not kept
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert size / 5000 < 500

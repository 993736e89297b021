"""Half a case: a draft is made of whatever there is; a final names everything it lacks."""

import copy
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nkdocs import _yaml
from tests.packet.papers import contents, demo, highlighted, lines_of, nkdocs, plain, read

LEADING = ("pd-request", "supervisory-review", "asylum-declaration")
KEPT = {"answers", "meta", "exhibits", "filings"}


def leaves(data: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 - YAML
    """Yield the place of every answer; the ids of items are none."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        items = isinstance(value, list) and bool(value) and isinstance(value[0], dict)
        if items or isinstance(value, dict):
            yield from leaves(value, (*at, key))
        elif key != "id":
            yield (*at, key)


def without(data: Any, places: list[tuple[str | int, ...]]) -> Any:  # noqa: ANN401 - YAML
    """Return a copy of *data* in which the answers at *places* are not given."""
    left = copy.deepcopy(data)
    for place in places:
        here = left
        for step in place[:-1]:
            here = here[step]
        del here[place[-1]]
    return left


def halved(case: Path, seed: int) -> None:
    """Take half of all answers out of a case, chosen by *seed*."""
    file = case / "answers.yaml"
    data = dict(_yaml.load(_yaml.read(file.read_bytes())).data)
    told = {key: value for key, value in data.items() if not key.startswith("_")}
    places = [place for place in leaves(told) if place[0] not in KEPT]
    gone = random.Random(seed).sample(places, len(places) // 2)  # noqa: S311 - a choice to repeat
    assert len(gone) > 150
    file.write_text(_yaml.dump(without(told, gone)), "utf-8")


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo case with half of its answers, its documents filled as drafts."""
    case = demo(tmp_path_factory.mktemp("half") / "demo")
    halved(case, 1)
    said = nkdocs("fill", case)
    assert said.code == 0, said.err
    return case


def unnamed(word: bytes) -> list[str]:
    """Return the blanks of a draft that its tear-off page does not name."""
    said = plain(" ".join(lines_of(word)))
    page = said[: said.rindex("answers.yaml")]
    return [b for b in highlighted(word) if "is open: " + plain(b)[1:-1] not in page]


def words(case: Path) -> dict[str, bytes]:
    """Return the Word files of a case's results."""
    return {name: data for name, data in contents(case / "out").items() if name.endswith(".docx")}


def test_every_blank_is_named_on_the_tear_off_page(half: Path) -> None:
    """Its question, its path and its line; and nothing in brackets is left unmarked."""
    counts = {}
    for name, word in words(half).items():
        blanks = highlighted(word)
        counts[name] = len(blanks)
        brackets = re.findall(r"\[[^\[\]]{3,}\]", "\n".join(lines_of(word)))
        lost = [b for b in blanks if "Tab\u00a0?" in b]
        assert [b for b in unnamed(word) if b not in lost] == [], name
        assert sorted(brackets) == sorted(blanks), name
    assert all(counts[f"{name}.docx"] > 10 for name in LEADING)


def test_a_filing_is_built_of_half_the_answers(half: Path) -> None:
    """The packet is there, with every exhibit; each page of the letter says DRAFT."""
    said = nkdocs("build", half, "review")
    book = read((half / "out/review/packet.pdf").read_bytes())

    assert said.code == 0, said.err
    assert len(book.labels) - book.lead == 13
    assert all("DRAFT" in page for page in book.texts[: book.lead])
    assert not any("tear it off" in page for page in book.texts)


def test_a_final_of_half_the_answers_names_each_with_its_line(half: Path) -> None:
    """Exit 4, nothing written, and not fewer open questions than the drafts' pages name."""
    before = contents(half)
    named = {
        path
        for word in words(half).values()
        for path in re.findall(r"(?m)^(\S+) is open: ", "\n".join(lines_of(word)))
    }

    said = nkdocs("fill", half, "--as", "final")

    told = set(re.findall(r"answers\.yaml:\d+(?::\d+)?: A004 (\S+) is open", said.err))
    assert said.code == 4
    assert len(named) > 80
    assert named <= told
    assert contents(half) == before


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 12))
def test_any_half_of_the_answers_gives_drafts(tmp_path: Path, seed: int) -> None:
    """Whichever half is missing, every document is filled and every filing built."""
    case = demo(tmp_path / "demo")
    halved(case, seed)

    filled, built = nkdocs("fill", case), nkdocs("build", case)

    assert (filled.code, built.code) == (0, 0), filled.err + built.err
    for name, word in words(case).items():
        assert [b for b in unnamed(word) if "Tab\u00a0?" not in b] == [], name


def test_the_claim_is_not_told_to_opla_before_it_is_decided_how_much(tmp_path: Path) -> None:
    """With the level of disclosure open its blank stands where the facts would stand."""
    case = demo(tmp_path / "demo")
    file = case / "answers.yaml"
    decided = file.read_text("utf-8")
    facts = plain(str(dict(_yaml.load(decided).data)["pd"]["humanitarian"]))[:80]
    file.write_text(re.sub(r"\n +disclosure_level: .*", "", decided), "utf-8")

    nkdocs("fill", case, "pd-request")

    letter = words(case)["pd-request.docx"]
    assert facts not in plain(" ".join(lines_of(letter)))
    assert any("How much of the protection claim" in blank for blank in highlighted(letter))

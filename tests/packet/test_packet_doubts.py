"""A cite typed by hand that is in doubt is never taken for one of the program's own."""

import re
import shutil
from pathlib import Path

import docx
import pytest

from nkdocs.documents.wordfile import W, text_of
from nkdocs.errors import ChecksFailedError
from nkdocs.packet.build import Built
from tests.packet.demo import DRAFT, FINAL, body, built, copied, edited

SENTENCE = "A meeting or a call before that day would be welcome."


@pytest.fixture(scope="module")
def left_behind(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """Return the demo case in whose letter a typed Tab D was left behind, and that build.

    One that the program keeps has come to print Tab D, too.
    """
    case = copied(tmp_path_factory.mktemp("drafted"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NKDOCS_SOFFICE", "")
        built(case, "review", DRAFT)
        edited(letter(case), SENTENCE, "A meeting (Tab\u00a0C) would be welcome.")
        built(case, "review", DRAFT)
        edited(letter(case), "This request does not postpone",
               "(See also Tab\u00a0D.) It postpones no")  # fmt: skip
        reordered(case, HOURS, SENT, REFUSAL, CLINIC)
        return case, built(case, "review", DRAFT)


@pytest.fixture
def case(left_behind: tuple[Path, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of that case of the test's own."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    shutil.copytree(left_behind[0], tmp_path / "demo")
    return tmp_path / "demo"


def letter(case: Path) -> Path:
    """Return the letter's Word file."""
    return case / "out/supervisory-review.docx"


def told(made: Built) -> set[str]:
    """Return the cites that a build told to be in doubt."""
    return {f.subject for f in made.findings if f.code == "L601"}


def said(case: Path) -> str:
    """Return what the letter says, its spaces plain."""
    return " ".join(body(letter(case)).split())


def reordered(case: Path, *order: str) -> None:
    """List the exhibits of the filing `review` in another order."""
    file = case / "answers.yaml"
    text = file.read_text("utf-8")
    listed = r"(- id: review\n(?:  .*\n)*?  exhibits: \[)[^\]]*"
    file.write_text(re.sub(listed, rf"\g<1>{', '.join(order)}", text), encoding="utf-8")


SENT, REFUSAL, CLINIC, HOURS = (
    "pd-request-as-sent", "refusal-email", "clinic-letter", "volunteer-hours",
)  # fmt: skip


def test_a_doubted_cite_never_moves_with_one_that_prints_the_same(
    left_behind: tuple[Path, Built], case: Path
) -> None:
    """The program's own moves on; the alarm of the other stays until it is read."""
    reordered(case, HOURS, CLINIC, REFUSAL, SENT)

    with pytest.raises(ChecksFailedError):
        built(case, "review", FINAL)
    second = built(case, "review", DRAFT)

    text = said(case)
    assert all("Tab D" in told(made) for made in (left_behind[1], second))
    assert "(See also Tab D.)" in text
    assert "A meeting (Tab B)" in text
    (place,) = [f.place.part for f in second.findings if f.subject == "Tab D"]
    assert "," not in place, "the place of the sound one is not told"


def test_a_doubted_cite_that_was_corrected_frees_the_one_that_printed_the_same(case: Path) -> None:
    """Its place is known by the words around it."""
    edited(letter(case), "See also Tab\u00a0D", "See also Tab\u00a0A")
    reordered(case, HOURS, CLINIC, REFUSAL, SENT)

    made = built(case, "review", DRAFT)

    text = said(case)
    assert not told(made)
    assert "(See also Tab A.)" in text
    assert "A meeting (Tab B)" in text


def test_doubted_cites_that_cannot_be_told_apart_are_left_and_told(case: Path) -> None:
    """The sentence was written anew: which of the two is whose nobody knows."""
    edited(letter(case), "(See also Tab\u00a0D.) It postpones", "As Tab\u00a0D shows, it postpones")
    reordered(case, HOURS, CLINIC, REFUSAL, SENT)

    made = [built(case, "review", DRAFT) for _ in range(2)]

    text = said(case)
    assert all("Tab D" in told(m) for m in made)
    assert "As Tab D shows" in text
    assert "A meeting (Tab D)" in text


def test_a_doubted_cite_whose_page_came_back_is_right_as_it_stands(case: Path) -> None:
    """It is told no more, and does not move with the one that printed the same."""
    reordered(case, REFUSAL, CLINIC, SENT, HOURS)

    made = built(case, "review", DRAFT)

    assert not told(made)
    assert "(See also Tab D.)" in said(case)
    assert "A meeting (Tab B)" in said(case)


def test_what_is_told_of_a_draft_is_counted_as_word_shows_it(case: Path) -> None:
    """With the page that is torn off; and a few words tell where it stands."""
    edited(letter(case), "Record and reservation", "Record {{ and }} reservation")

    made = built(case, "review", DRAFT)

    found = {f.subject: f for f in made.findings if f.code == "L601" or "tag" in f.message}
    assert len(found) == 2
    for finding in found.values():
        number = int(finding.place.part.removeprefix("paragraph "))
        paragraph = [*docx.Document(str(letter(case))).element.body.iter(f"{W}p")][number - 1]
        words = text_of(paragraph)
        assert "See also" in words or "{{ and }}" in words
        assert "See also Tab" in finding.message or "{{ and }}" in finding.message

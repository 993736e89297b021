"""What a batch keeps it tells in every run, and no letter that was not renewed passes for new."""

import csv
import io
from pathlib import Path

import pytest

from nkdocs.batch import report
from nkdocs.batch.jobs import Order
from nkdocs.batch.run import Batch
from tests.batch.office import case, final, letters, rows, run, said, told
from tests.documents.letters import template
from tests.packet.papers import nkdocs

PAIR = Order("pair")
PRINTED = Order("hello", pdf=True)


def kept(made: Batch) -> str:
    """Return why the first case is kept, as the screen and the table begin."""
    return report.why(made.outcomes[0])[0][0]


def edit(file: Path) -> None:
    """Change a letter as somebody does in Word."""
    file.write_bytes(template("Edited by hand."))


@pytest.fixture(autouse=True)
def _no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the embedded engine draw the PDFs."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")


def test_letter_that_was_open_is_written_when_it_is_closed(home: Path) -> None:
    """One of two papers was open in Word: the case is kept, and the next run makes up for it."""
    run(home / "out", rows(home, "SEO Yun", "CHO Mi"), order=PAIR)
    owner = home / "out/cover/~$0001.docx"
    owner.write_bytes(b"owner")

    made = run(home / "out", rows(home, "SEO Yuna", "CHO Mi"), order=PAIR)
    owner.unlink()
    again = run(home / "out", rows(home, "SEO Yuna", "CHO Mi"), order=PAIR)

    assert told(made) == [("0001", "kept"), ("0002", "unchanged")]
    assert made.outcomes[0].person
    assert "is open in Word" in kept(made)
    assert set(made.outcomes[0].files) == {"pair/0001.docx", "cover/0001.docx"}
    assert told(again) == [("0001", "written"), ("0002", "unchanged")]
    assert "To SEO Yuna." in said(home / "out/cover/0001.docx")


def test_edited_letter_is_told_in_every_run(home: Path) -> None:
    """With the answers it was made of, and, where they changed, that it is older than they are."""
    run(home / "out", rows(home, "SEO Yun"), order=PAIR)
    edit(home / "out/cover/0001.docx")

    same = [run(home / "out", rows(home, "SEO Yun"), order=PAIR) for _ in range(2)]
    changed = [run(home / "out", rows(home, "SEO Yuna"), order=PAIR) for _ in range(2)]

    for made in (*same, *changed):
        assert told(made) == [("0001", "kept")]
        assert made.outcomes.people == 1
        assert "cover/0001.docx was edited since nkdocs wrote it" in kept(made)
    assert ["older" in kept(made) for made in (*same, *changed)] == [False, False, True, True]
    assert "SEO Yuna" in said(home / "out/pair/0001.docx")
    assert said(home / "out/cover/0001.docx") == "Edited by hand."


def test_force_fills_one_edited_paper_of_two(home: Path) -> None:
    """However often it was kept before; what was edited stands beside it."""
    file = rows(home, "SEO Yun")
    run(home / "out", file, order=PAIR)
    edit(home / "out/cover/0001.docx")
    run(home / "out", file, order=PAIR)

    made = run(home / "out", file, order=PAIR, force=True)

    assert told(made) == [("0001", "written")]
    assert "To SEO Yun." in said(home / "out/cover/0001.docx")
    assert said(home / "out/cover/0001.edited-1.docx") == "Edited by hand."
    assert told(run(home / "out", file, order=PAIR)) == [("0001", "unchanged")]


def test_edited_letter_that_was_moved_away_is_written(home: Path) -> None:
    """A place that is free again is filled."""
    file = rows(home, "SEO Yun")
    run(home / "out", file, order=PAIR)
    cover = home / "out/cover/0001.docx"
    edit(cover)
    run(home / "out", file, order=PAIR)
    cover.rename(home / "mine.docx")

    made = run(home / "out", file, order=PAIR)

    assert told(made) == [("0001", "written")]
    assert "To SEO Yun." in said(cover)


def test_draft_that_is_kept_is_no_final(home: Path) -> None:
    """A run of finals says which letter is still a draft, as somebody edited it."""
    more = "counsel: {role: attorney}\nconsent: {pd: {signed_on: 2026-11-02}}\n"
    file = case(home, "SEO Yun", 1, more)
    run(home / "out", file, order=Order("plea"))
    edit(home / "out/plea/0001.docx")

    made = [run(home / "out", file, order=final("plea")) for _ in range(2)]

    for one in made:
        assert told(one) == [("0001", "kept")]
        assert "it is a draft, no final" in kept(one)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        pytest.param(b"", "is empty or cut off", id="empty"),
        pytest.param(b"PK\x03\x04 and no end", "is empty or cut off", id="cut"),
    ],
)
def test_damaged_letter_is_told_as_such(home: Path, data: bytes, why: str) -> None:
    """It may be all that is left of somebody's work: it is kept."""
    run(home / "out", rows(home, "SEO Yun"), order=PAIR)
    (home / "out/cover/0001.docx").write_bytes(data)

    made = run(home / "out", rows(home, "SEO Yun"), order=PAIR)

    assert told(made) == [("0001", "kept")]
    assert why in kept(made)


def test_somebodys_own_file_is_told_as_such(home: Path) -> None:
    """It has the name of one of two papers."""
    (home / "out/cover").mkdir(parents=True)
    edit(home / "out/cover/0001.docx")

    made = run(home / "out", rows(home, "SEO Yun"), order=PAIR)

    assert told(made) == [("0001", "kept")]
    assert "was not written by nkdocs" in kept(made)


def test_paper_edited_in_the_case_itself_keeps_the_case(home: Path) -> None:
    """The other paper is made; every run says that one goes on in the case."""
    file = case(home, "KIM Ha", 1)
    (home / "kim/out").mkdir(parents=True)
    edit(home / "kim/out/cover.docx")

    made = [run(home / "out", file, order=PAIR) for _ in range(2)]

    for one in made:
        assert told(one) == [("0001", "kept")]
        assert "in the case's own folder" in kept(one)
    assert list(letters(home / "out")) == ["pair/0001.docx"]


def test_no_pdf_says_another_text_than_its_edited_letter(home: Path) -> None:
    """None is made of it, an older one is told, and Word makes the right one."""
    file = rows(home, "SEO Yun")
    run(home / "out", file, order=Order("hello"))
    edit(home / "out/hello/0001.docx")

    without = run(home / "out", file, order=PRINTED)

    assert told(without) == [("0001", "kept")]
    assert not (home / "out/hello/0001.pdf").exists()
    assert without.outcomes[0].files == ("hello/0001.docx",)
    assert "hello/0001.pdf was not made" in report.why(without.outcomes[0])[1][0]


def test_pdf_of_the_text_before_the_edit_is_told(home: Path) -> None:
    """It is not made anew either; --force makes both."""
    run(home / "out", rows(home, "SEO Yun"), order=PRINTED)
    edit(home / "out/hello/0001.docx")
    before = (home / "out/hello/0001.pdf").read_bytes()

    made = run(home / "out", rows(home, "SEO Yuna"), order=PRINTED)

    assert told(made) == [("0001", "kept")]
    assert "hello/0001.pdf is not of the text" in report.why(made.outcomes[0])[1][0]
    assert (home / "out/hello/0001.pdf").read_bytes() == before
    forced = run(home / "out", rows(home, "SEO Yuna"), order=PRINTED, force=True)
    assert told(forced) == [("0001", "written")]
    assert "SEO Yuna" in said(home / "out/hello/0001.docx")


def test_reports_tell_first_why_a_letter_is_kept(home: Path) -> None:
    """On the page and in the table, before what is open in the case."""
    run(home / "out", rows(home, ""))
    edit(home / "out/hello/0001.docx")
    made = run(home / "out", rows(home, ""))

    report.write(made)

    page = (home / "out/report.html").read_text("utf-8")
    table = list(csv.reader(io.StringIO((home / "out/report.csv").read_text("utf-8-sig"))))
    assert "Kept: a letter was not written anew (1)" in page
    assert page.index("was edited since nkdocs wrote it") < page.index("A004")
    assert table[1][2:4] == ["kept", "yes"]
    assert "was edited since" in table[1][4].split("; ")[0]


def test_screen_names_a_kept_letter_before_drafts_with_blanks(home: Path) -> None:
    """However many of those stand before it in the list."""
    file = rows(home, *(f"SEO Number{n}" for n in range(12)))
    run(home / "out", file)
    edit(home / "out/hello/0012.docx")

    done = nkdocs("batch", file, "-d", "hello", "-o", home / "out")

    assert done.err.lstrip().startswith(f"0012  {file}:13  kept: ")
    assert "and 2 more" in done.err

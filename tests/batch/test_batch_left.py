"""Letters that lie in the folder and are not of this run are named wherever a run reports."""

import csv
import io
import json
from pathlib import Path

from nkdocs.batch import report
from nkdocs.batch.jobs import Order
from nkdocs.batch.left import COPY, EARLIER, FAILED, UNKNOWN
from tests.batch.office import case, final, rows, run, told, written
from tests.packet.papers import nkdocs

PAIR = Order("pair")


def test_letter_of_a_client_who_left_the_list_is_named(home: Path) -> None:
    """Everywhere; nothing is deleted."""
    run(home / "out", rows(home, "SEO Yun", "CHO Mi"))
    made = run(home / "out", rows(home, "SEO Yun"))

    report.write(made)

    assert made.left == [("hello/0002.docx", EARLIER)]
    assert (home / "out/hello/0002.docx").exists()
    page = (home / "out/report.html").read_text("utf-8")
    assert "In the folder, and not of this run (1)" in page
    table = list(csv.reader(io.StringIO((home / "out/report.csv").read_text("utf-8-sig"))))
    assert table[-1][2:7] == [
        "left over", "yes", "of an earlier run, not made any more",
        "delete it if nobody needs it", "hello/0002.docx",
    ]  # fmt: skip
    data = json.loads((home / "out/report.json").read_text("utf-8"))
    assert data["left"] == [{"file": "hello/0002.docx", "why": EARLIER}]


def test_screen_names_what_is_left(home: Path) -> None:
    """With what to do about it."""
    run(home / "out", rows(home, "SEO Yun", "CHO Mi"))

    done = nkdocs("batch", rows(home, "SEO Yun"), "-d", "hello", "-o", home / "out")

    assert "In the folder, and not of this run: 1 letter\n" in done.err
    assert f"hello/0002.docx  {EARLIER}" in done.err


def test_paper_that_is_not_made_any_more_is_named(home: Path) -> None:
    """Its condition holds no more: the A-number went."""
    head = "case,meta.as_of,respondents[].lead,respondents[].name.legal,respondents[].a_number"
    row = "k1,2026-11-20,yes,SEO Yun,"
    run(home / "out", written(home, head, f"{row}A000-000-001"), order=PAIR)

    made = [run(home / "out", written(home, head, row), order=PAIR) for _ in range(2)]

    assert [told(one) for one in made] == [[("0001", "written")], [("0001", "unchanged")]]
    assert [one.left for one in made] == [[("cover/0001.docx", EARLIER)]] * 2


def test_letter_of_another_name_or_folder_is_named(home: Path) -> None:
    """--name-by was switched on; a case was moved and has another number now."""
    file = case(home, "SEO Yun", 1)
    run(home / "out", file)

    named = run(home / "out", file, order=Order("hello", name_by="client.name"))
    moved = run(home / "out", file.rename(home / "yun.yaml"))

    assert [name for name, _ in named.left] == ["hello/0001.docx"]
    assert [name for name, _ in moved.left] == ["hello/0001 SEO Yun.docx", "hello/0001.docx"]


def test_old_final_of_a_case_that_fails_is_named(home: Path) -> None:
    """The final is refused now; the one of an earlier run still lies there."""
    more = "counsel: {role: attorney}\n"
    consent = "consent: {pd: {signed_on: 2026-11-02}}\n"
    run(home / "out", case(home, "SEO Yun", 1, more + consent), order=final("plea"))

    made = run(home / "out", case(home, "SEO Yun", 1, more), order=final("plea"))

    assert told(made) == [("0001", "failed")]
    assert made.left == [("plea/0001.docx", FAILED)]


def test_copies_and_other_files_are_named_as_what_they_are(home: Path) -> None:
    """What --force kept, what somebody put there; no owner file of Word, no other document."""
    file = rows(home, "SEO Yun")
    run(home / "out", file, order=Order("plea"))
    run(home / "out", file)
    folder = home / "out/hello"
    (folder / "0001.docx").write_bytes(b"edited")
    run(home / "out", file, force=True)
    for name in ("scan.pdf", "~$0002.docx", "notes.txt"):
        (folder / name).write_bytes(b"theirs")

    made = run(home / "out", file)

    assert told(made) == [("0001", "unchanged")]
    assert made.left == [("hello/0001.edited-1.docx", COPY), ("hello/scan.pdf", UNKNOWN)]

"""Another list with the same keys does not put its clients' letters in the place of others'."""

import json
from pathlib import Path

import pytest

from nkdocs.batch.jobs import Order
from nkdocs.batch.journal import Journal, opened
from nkdocs.errors import UsageError
from tests.batch.office import case, letters, rows, run, said, told, written
from tests.packet.papers import nkdocs

NAMES = "case,meta.as_of,respondents[].name.legal"
HEAD = f"{NAMES},respondents[].a_number"


def july(home: Path) -> Path:
    """Write the list of one month, three clients, and make their letters."""
    file = written(home, HEAD, "1,2026-11-20,KIM Ha,A000-000-001", "2,2026-11-20,SEO Yun,A2",
                   "3,2026-11-20,CHO Mi,none")  # fmt: skip
    run(home / "out", file)
    return file.rename(home / "july.csv")


def test_other_clients_under_the_same_keys_are_refused_before_anything(home: Path) -> None:
    """Exit code 2; each row is named by its line, no client by name."""
    july(home)
    before = letters(home / "out")
    manifest = (home / "out/manifest.jsonl").read_bytes()
    august = written(home, HEAD, "1,2026-11-20,LEE Ok,A000-000-003", "2,2026-11-20,HAN Bi,A4")
    august = august.rename(home / "august.csv")

    done = nkdocs("batch", august, "-d", "hello", "-o", home / "out")

    assert done.code == 2
    assert "2 keys are other clients'" in done.err
    assert f"{august}:2: letter 0001" in done.err
    assert f"{august}:3: letter 0002" in done.err
    assert "--force" in done.err
    assert "LEE" not in done.err
    assert letters(home / "out") == before
    assert (home / "out/manifest.jsonl").read_bytes() == manifest


def test_force_backs_up_the_letters_of_other_clients(home: Path) -> None:
    """They are named as copies; the next run of the list needs no force."""
    july(home)
    august = written(home, HEAD, "1,2026-11-20,LEE Ok,A000-000-003", "2,2026-11-20,SEO Yun,A2")

    made = run(home / "out", august.rename(home / "august.csv"), force=True)

    assert told(made) == [("0001", "written"), ("0002", "unchanged")]
    assert "KIM Ha" in said(home / "out/hello/0001.edited-1.docx")
    assert "LEE Ok" in said(home / "out/hello/0001.docx")
    assert [name for name, _ in made.left] == ["hello/0001.edited-1.docx", "hello/0003.docx"]
    assert told(run(home / "out", home / "august.csv"))[0] == ("0001", "unchanged")


@pytest.mark.parametrize(
    ("file", "row"),
    [
        pytest.param("august.csv", "1,2026-11-20,KIM Hana,A000-000-001", id="name-mended"),
        pytest.param("august.csv", "1,2026-11-21,kim ha,1", id="written-otherwise"),
        pytest.param("list.csv", "1,2026-11-20,KIM Hana,A000-000-001", id="same-list-name"),
        pytest.param("list.csv", "1,2026-11-20,KIM Ha,A000-000-009", id="same-list-number"),
        pytest.param("august.csv", "9,2026-11-20,LEE Ok,A000-000-003", id="other-key"),
    ],
)
def test_same_client_is_made_anew(home: Path, file: str, row: str) -> None:
    """Whose answers were mended, in the same list or in another."""
    july(home)

    made = run(home / "out", written(home, HEAD, row).rename(home / file))

    assert [what for _, what in told(made)] == ["written"]


@pytest.mark.parametrize(
    ("file", "head", "row"),
    [
        pytest.param("list.csv", HEAD, "1,2026-11-20,LEE Ok,A000-000-003", id="both-differ"),
        pytest.param("august.csv", HEAD, "1,2026-11-20,KIM Ha,A000-000-003", id="namesake"),
        pytest.param("august.csv", HEAD, "3,2026-11-20,LEE Ok,none", id="no-numbers"),
        pytest.param("august.csv", NAMES, "1,2026-11-20,LEE Ok", id="no-number"),
    ],
)
def test_another_client_is_refused(home: Path, file: str, head: str, row: str) -> None:
    """Also in the same list, where neither name nor A-number is what it was."""
    july(home)

    with pytest.raises(UsageError, match="a key is another client's"):
        run(home / "out", written(home, head, row).rename(home / file))


def test_letters_that_were_taken_away_are_nobodys_loss(home: Path) -> None:
    """The folder was emptied for another month; its manifest is still there."""
    july(home)
    for letter in (home / "out/hello").iterdir():
        letter.unlink()

    made = run(home / "out", written(home, HEAD, "1,2026-11-20,LEE Ok,A000-000-003"))

    assert told(made) == [("0001", "written")]


def test_manifest_lets_nobody_try_names(home: Path) -> None:
    """Two folders tell the same client by different marks; the secret is its owner's alone."""
    marks = []
    for out in (home / "one", home / "two"):
        run(out, rows(home, "SEO Yun"))
        lines = (out / "manifest.jsonl").read_text("utf-8").splitlines()
        marks += [r["who"] for r in map(json.loads, lines) if r["kind"] == "letter"]
        assert (out / ".whose").stat().st_mode & 0o777 == 0o600
    assert all(mark["names"] and mark["numbers"] for mark in marks)
    assert marks[0]["names"] != marks[1]["names"]


def test_case_with_a_file_of_its_own_is_known_by_its_place(home: Path) -> None:
    """A name that was mended there replaces the letter, as ever."""
    run(home / "out", case(home, "KIM Ha", 1))

    made = run(home / "out", case(home, "KIM Hana", 2))

    assert told(made) == [("0001", "written")]


def august(home: Path) -> Path:
    """Write the list of another month: other clients under the same keys."""
    file = written(home, HEAD, "1,2026-11-20,LEE Ok,A000-000-003", "2,2026-11-20,HAN Bi,A4")
    return file.rename(home / "august.csv")


def test_letter_that_was_kept_stays_its_clients(home: Path) -> None:
    """It was open in Word while the others were replaced: it is backed up when its turn comes."""
    july(home)
    opened = home / "out/hello/~$0002.docx"
    opened.touch()
    run(home / "out", august(home), force=True)
    opened.unlink()

    with pytest.raises(UsageError, match="a key is another client's"):
        run(home / "out", home / "august.csv")
    run(home / "out", home / "august.csv", force=True)

    assert "SEO Yun" in said(home / "out/hello/0002.edited-1.docx")
    assert "HAN Bi" in said(home / "out/hello/0002.docx")


def test_other_document_of_a_case_does_not_hide_whose_a_letter_is(home: Path) -> None:
    """It replaces nothing, and is not refused; the first document still is."""
    july(home)
    file = august(home)

    other = run(home / "out", file, order=Order("plea"))
    with pytest.raises(UsageError, match="2 keys are other clients'"):
        run(home / "out", file)

    assert {what for _, what in told(other)} == {"written"}


def test_run_that_was_stopped_is_no_last_run(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list before it is gone through again: some of its letters are other clients' now."""
    july(home)
    file = august(home)
    real = Journal.made_from
    with monkeypatch.context() as stopped:  # by a kill, before the end is recorded
        stopped.setattr(Journal, "made_from", lambda j, d, lists: lists or real(j, d, lists))
        run(home / "out", file, force=True)

    with pytest.raises(UsageError, match="2 keys are other clients'"):
        run(home / "out", home / "july.csv")


def test_many_such_rows_are_counted_not_all_named(home: Path) -> None:
    """A list of thousands does not fill the screen."""
    many = [f"{n},2026-11-20,KIM Ha,A000-000-{n:03}" for n in range(1, 31)]
    run(home / "out", written(home, HEAD, *many))
    others = [f"{n},2026-11-20,LEE Ok,A000-000-{n:03}" for n in range(41, 71)]
    moved = [f"{n},{row.partition(',')[2]}" for n, row in enumerate(others, 1)]

    with pytest.raises(UsageError) as told_of:
        run(home / "out", written(home, HEAD, *moved).rename(home / "august.csv"))

    assert len(told_of.value.faults) == 11
    assert told_of.value.faults[-1] == "and 20 more"


def test_manifest_that_was_cut_off_is_read_where_it_was_mended(home: Path) -> None:
    """A full disk cut its last line: what is written behind it is found again."""
    july(home)
    manifest = home / "out/manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-20])

    with opened(home / "out") as journal:
        journal.number("row\n77")
        journal.write({}, [{"kind": "letter", "case": "0077", "inputs": "x", "files": {},
                            "state": "draft"}])  # fmt: skip

        assert journal.letter("0077")["case"] == "0077"

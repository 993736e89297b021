"""The commands status and timeline: where a case stands, without writing anything."""

import hashlib
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from nkdocs.cli.app import app
from nkdocs.packet.desk import open_desk
from nkdocs.packet.papers import used_fingerprint
from tests.packet.demo import changed, copied


def run(*words: object) -> str:
    """Run a command; return what it gives."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.stdout


def told(case: Path) -> dict[str, list[dict[str, object]]]:
    """Return what `status --json` tells of *case* on a fixed day."""
    data: dict[str, list[dict[str, object]]] = json.loads(
        run("status", case, "--on", "2026-11-26", "--json")
    )["data"]
    return data


def fingerprint(folder: Path) -> str:
    """Return a code of every file below *folder*."""
    files = sorted(p for p in folder.rglob("*") if p.is_file())
    return hashlib.sha256(b"".join(str(p).encode() + p.read_bytes() for p in files)).hexdigest()


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    """Return a copy of the demo case."""
    return copied(tmp_path)


def test_status_shows_answers_papers_filings_and_days_and_writes_nothing(demo: Path) -> None:
    """One screen; the case is as it was."""
    before = fingerprint(demo)

    shown = run("status", demo, "--on", "2026-11-26")

    assert shown.splitlines()[0] == "SEO Yun Hui"
    assert "asylum-declaration  Declaration in support of asylum: not begun" in shown
    assert "  evidence  " in shown
    assert "2027-02-11  in 77 days: hearing  [case.next_hearing.when]" in shown
    assert fingerprint(demo) == before


def test_status_tells_why_a_paper_is_not_ready(demo: Path) -> None:
    """An answer taken away is a required question that is open, of its papers and filings."""
    changed(demo, "  stage: ", "  #stage: ")

    data = told(demo)

    why = {str(d["id"]): str(d["why"]) for d in data["documents"]}
    assert "required question" in why["pd-request"]
    filings = {str(f["id"]): f["why"] for f in data["filings"]}
    assert filings["pd"]


def test_status_tells_what_was_edited_and_what_changed_since(demo: Path) -> None:
    """A Word file somebody edited, and an answer changed after it was used, are both named."""
    desk, path = open_desk(demo), "case.i589.filed_on"
    record = {"kind": "document", "path": "pd-request.docx", "document": "pd-request"}
    used = {"used": {path: used_fingerprint(desk, path)}}
    desk.case.write({"pd-request.docx": b"filled"}, [record | {"state": "draft"} | used])
    (demo / "out" / "pd-request.docx").write_bytes(b"edited")
    changed(demo, "filed_on: 2023-01-19", "filed_on: 2023-01-18")

    made = next(d for d in told(demo)["documents"] if d["id"] == "pd-request")

    assert made["state"] == "draft"
    assert "pd-request.docx was edited" in str(made["changed"])
    assert "case.i589.filed_on" in str(made["changed"])


def test_status_names_the_file_of_an_exhibit_that_is_gone(demo: Path) -> None:
    """A filing with an exhibit whose file is not there is not ready."""
    (demo / "exhibits" / "support-letter.docx").unlink()

    whys = [str(f["why"]) for f in told(demo)["filings"]]

    assert any("there is no exhibits/support-letter.docx" in why for why in whys)


def test_status_lists_idle_answers_by_path(demo: Path) -> None:
    """An answer whose condition no longer holds is listed, not lost."""
    changed(demo, "china:\n  lived: yes", "china:\n  lived: no")

    assert "china.left" in str(told(demo)["idle"])


def test_day_that_passed_lately_is_still_told(demo: Path) -> None:
    """A missed day does not vanish at midnight."""
    shown = run("status", demo, "--on", "2026-12-20")

    assert "PAST, 2 days ago: an answer to the request is asked for" in shown


def test_timeline_draws_journey_hearing_and_deadlines(demo: Path) -> None:
    """Each stands on its own line; plain signs where no others can be shown."""
    shown = run("timeline", demo, "--plain")

    lines = shown.splitlines()
    assert any(line.startswith("winter 2008") and "=" in line for line in lines)
    assert any("H" in line and "hearing" in line for line in lines)
    assert any("!" in line and "as the judge ordered" in line for line in lines)


def test_timeline_as_picture_and_as_data(demo: Path, tmp_path: Path) -> None:
    """The picture is for its owner alone; the data give the possible days."""
    picture = tmp_path / "t.svg"

    data = json.loads(run("timeline", demo, "--svg", picture, "--json"))["data"]

    assert picture.stat().st_mode & 0o777 == 0o600
    arrest = next(m for m in data["marks"] if m["path"] == "events.arrest-2006.when")
    assert (arrest["first"], arrest["last"]) == ("2006-12-01", "2007-02-28")
    assert "<svg" in picture.read_text("utf-8")

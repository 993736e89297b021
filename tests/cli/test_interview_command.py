"""The commands new, interview and schema, as they are typed."""

import json
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from nkdocs.answers.load import load
from nkdocs.cli.app import app
from nkdocs.errors import AnswersError, FileBusyError, NkdocsError, UsageError

ROOT = Path(__file__).resolve().parents[2]


def run(*words: object) -> tuple[str, str]:
    """Run a command; return what it gives and what it says.

    Raises:
        NkdocsError: as the command does.
    """
    result = CliRunner().invoke(app, [str(word) for word in words], env={"NKDOCS_PLAIN": "1"})
    if isinstance(result.exception, NkdocsError):
        raise result.exception
    return result.stdout, result.stderr


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """Return a new case."""
    run("new", tmp_path / "seo")
    return tmp_path / "seo"


def mode(path: Path) -> int:
    """Return the rights of a file."""
    return stat.S_IMODE(path.stat().st_mode)


def test_new_case_is_for_its_owner_alone(case: Path) -> None:
    """Folder 0700, answers 0600, the form's version and the day in it."""
    told = load((case / "answers.yaml").read_text("utf-8"), "answers.yaml")

    assert not told.faults
    assert set(told.data) == {"answers", "meta"}
    first, second = told.text.splitlines()[:2]
    assert first == "# yaml-language-server: $schema=nkdocs.schema.json"
    assert json.loads((case / "nkdocs.schema.json").read_text("utf-8"))["required"] == ["answers"]
    assert second.startswith("# The answers of one case")
    assert (mode(case), mode(case / "answers.yaml"), mode(case / "exhibits")) == (
        0o700,
        0o600,
        0o700,
    )


def test_new_case_refuses_a_place_that_is_taken(case: Path) -> None:
    """Nothing of a case that is there is touched."""
    with pytest.raises(FileBusyError, match="is there already"):
        run("new", case)


def test_new_case_takes_an_empty_folder(tmp_path: Path) -> None:
    """A folder made by hand beforehand will do."""
    (tmp_path / "kim").mkdir()

    run("new", tmp_path / "kim")

    assert (tmp_path / "kim" / "answers.yaml").is_file()


def test_new_case_from_a_folder_lists_its_exhibits(tmp_path: Path) -> None:
    """Files are copied, subfolders too, and listed with dates and titles."""
    source = tmp_path / "scans"
    (source / "police").mkdir(parents=True)
    (source / "B-02 2024-03-02 Declaration of 김.pdf").write_bytes(b"one")
    (source / "police" / "report.jpg").write_bytes(b"two")

    _, said = run("new", tmp_path / "kim", "--from", source)

    told = load((tmp_path / "kim" / "answers.yaml").read_text("utf-8"), "answers.yaml")
    files = [entry["file"] for entry in told.data["exhibits"]]
    assert all((tmp_path / "kim" / file).is_file() for file in files)
    assert {mode(tmp_path / "kim" / file) for file in files} == {0o600}
    assert "2024-03-02" in {entry.get("date") for entry in told.data["exhibits"]}
    assert (source / "police" / "report.jpg").is_file()
    assert "2 exhibits" in said


def test_new_case_from_nothing_leaves_nothing(tmp_path: Path) -> None:
    """A wrong folder makes no half of a case."""
    with pytest.raises(UsageError, match="there is no folder"):
        run("new", tmp_path / "kim", "--from", tmp_path / "none")

    assert not list(tmp_path.iterdir())


def test_no_input_lists_what_is_open_with_its_place(case: Path) -> None:
    """Path, file and line, question; exit code 4 while required answers are open."""
    result = CliRunner().invoke(app, ["interview", str(case), "pd-request", "--no-input"])

    assert isinstance(result.exception, AnswersError)
    assert "required  counsel.name  Who signs these papers?" in result.stdout
    assert "seo/answers.yaml:" in result.stdout


def test_no_input_as_json(case: Path) -> None:
    """Programs get the same list."""
    result = CliRunner().invoke(app, ["interview", str(case), "pd-request", "--no-input", "--json"])

    told = json.loads(result.stdout)
    assert result.exit_code == 4
    assert (told["command"], told["ok"]) == ("interview", False)
    assert "counsel.name" in {entry["path"] for entry in told["data"]["open"]}


def test_file_of_an_older_form_is_brought_to_todays_with_a_backup(tmp_path: Path) -> None:
    """Its comments stay; what was changed is said; the file as it was is beside it."""
    old = "# mine\nmeta: {as_of: 2026-11-20} # the day\n"
    (tmp_path / "answers.yaml").write_text(old, "utf-8")

    result = CliRunner().invoke(app, ["interview", str(tmp_path), "--json"])

    assert result.exit_code == 0
    assert "'answers: 1' was put first" in result.stderr
    assert (tmp_path / "answers.before-form-1.yaml").read_text("utf-8") == old
    assert (tmp_path / "answers.yaml").read_text("utf-8") == old.replace("meta", "answers: 1\nmeta")


def data(*words: object) -> Any:  # noqa: ANN401 - what JSON holds
    """Return the data that a command gives with --json."""
    return json.loads(run("interview", *words, "--json")[0])["data"]


def test_json_gives_the_next_question_and_ends(case: Path) -> None:
    """With everything a front end shows of it, and how far the interview has come."""
    told = data(case, "pd-request")

    assert told["next"]["path"] == "meta.papers"
    assert told["next"]["choices"][0] == {
        "key": "pd-request", "label": "request for prosecutorial discretion", "offered": True,
    }  # fmt: skip
    assert told["progress"]["open"] > 50


def test_json_saves_one_answer_and_gives_the_next(case: Path) -> None:
    """What was understood is said back; the question after it comes next."""
    told = data(case, "pd-request", "--set", "case.proceeding=removal_240")

    assert told["saved"] == [
        {"path": "case.proceeding",
         "said": "Understood: removal proceedings under INA § 240."}
    ]  # fmt: skip
    assert told["next"]["path"] == "case.stage"
    assert told["next"]["before"] == "case.proceeding"


def test_json_begins_a_new_item_and_names_it_by_its_first_answer(case: Path) -> None:
    """`+` is the new item; the answer's path comes back with the item's own id."""
    first = data(case, "pd-request", "--ask", "respondents.+")["next"]
    told = data(case, "pd-request", "--set", "respondents.+.name=SEO Yun Hui")

    assert first["path"] == "respondents.+.lead"
    assert told["saved"][0]["path"] == "respondents.seo-yun-hui.name"
    assert load((case / "answers.yaml").read_text("utf-8"), "").data["respondents"] == [
        {"id": "seo-yun-hui", "name": "SEO Yun Hui"}
    ]


def test_json_takes_out_marks_complete_and_notes(case: Path) -> None:
    """`-` takes an answer or an item out, `no more` closes a list, --note is kept."""
    run("interview", case, "--json", "--set", "respondents.+.name=SEO Yun Hui")
    run("interview", case, "--json", "--set", "respondents=no more", "--note", "respondents=ask")
    closed = load((case / "answers.yaml").read_text("utf-8"), "").data
    run("interview", case, "--json", "--set", "respondents.seo-yun-hui=-")

    assert closed["_done"] == ["respondents"]
    assert closed["_notes"] == {"respondents": "ask"}
    assert not load((case / "answers.yaml").read_text("utf-8"), "").data["respondents"]


@pytest.mark.parametrize("path", ["answers", "_about", "_done.x"])
def test_a_key_of_the_program_is_never_set(case: Path, path: str) -> None:
    """It would make the file unreadable, or change what nobody answered; the file stays."""
    before = (case / "answers.yaml").read_bytes()

    for command in ("interview", "fill"):
        with pytest.raises(UsageError, match="and no answer"):
            run(command, case, "pd-request", "--set", f"{path}=abc")

    assert (case / "answers.yaml").read_bytes() == before


def test_answers_from_notes_wait_for_the_client(case: Path) -> None:
    """--from-notes says where they come from; an answer given anew is the client's."""
    run("interview", case, "--json", "--from-notes", "--set", "case.detained=no")
    noted = load((case / "answers.yaml").read_text("utf-8"), "").data
    run("interview", case, "--json", "--set", "case.detained=yes")
    anew = load((case / "answers.yaml").read_text("utf-8"), "").data

    assert noted["_about"] == {"case.detained": {"source": "counsel_notes"}}
    assert "_about" not in anew


def test_client_view_gives_nothing_of_counsel(case: Path) -> None:
    """Neither internal questions nor reasons reach a screen that the client sees."""
    told = data(case, "--client-view", "pd-request")

    assert "client" in told["next"]["audience"]
    assert "why" not in told["next"]


def test_set_saves_answers_in_the_form_of_their_kind(case: Path) -> None:
    """Several at once, each parsed."""
    sets = ["--set", "meta.as_of=March 5, 2026", "--set", "case.detained=NO"]

    CliRunner().invoke(app, ["interview", str(case), "--no-input", *sets])

    told = load((case / "answers.yaml").read_text("utf-8"), "answers.yaml")
    assert told.data["meta"]["as_of"] == "2026-03-05"
    assert told.data["case"]["detained"] == "no"


def test_set_saves_all_or_none_and_names_every_fault(case: Path) -> None:
    """One wrong answer keeps the others out; what was typed is not repeated."""
    before = (case / "answers.yaml").read_bytes()
    sets = ["case.detained=no", "case.detaned=no", "respondents.x.name=SEO", "meta.as_of=Geheim"]

    with pytest.raises(AnswersError) as caught:
        run("interview", case, "--no-input", *(w for s in sets for w in ("--set", s)))

    told = "\n".join(str(fault) for fault in caught.value.faults)
    assert "did you mean 'detained'?" in told
    assert "respondents has no items yet" in told
    assert "meta.as_of: write the date" in told
    assert "Geheim" not in told
    assert (case / "answers.yaml").read_bytes() == before


def test_schema_is_written_for_editors(tmp_path: Path) -> None:
    """The schema knows questions and exhibits."""
    run("schema", "-o", tmp_path / "nkdocs.schema.json")

    made = json.loads((tmp_path / "nkdocs.schema.json").read_text("utf-8"))
    assert {"answers", "exhibits", "filings", "respondents"} <= set(made["properties"])
    assert "$defs" not in made or isinstance(made["$defs"], dict)


@pytest.fixture
def process(case: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start an interview as a user does, its input and output being pipes."""
    words = [sys.executable, "-m", "nkdocs", "interview", str(case), "pd-request"]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(words, text=True, env=environment, **streams) as running:  # type: ignore[call-overload]
        yield running
        running.kill()


def test_piped_interview_saves_and_ends_with_its_code(
    case: Path, process: "subprocess.Popen[str]"
) -> None:
    """Answers come line by line; the end of input is told, exit code 4."""
    lines = ["", "Hana Clinic", "/who", "add: respondent", "yes", "SEO Yun Hui", "서윤희", "", ""]

    out, said = process.communicate("\n".join(lines) + "\n", timeout=60)

    told = load((case / "answers.yaml").read_text("utf-8"), "answers.yaml").data
    assert process.returncode == 4
    assert told["respondents"][0]["name"] == {"legal": "SEO Yun Hui", "native": "서윤희"}
    assert "3 answers are saved" in said
    assert "no more answers on the input" in said
    assert out == ""


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_interrupted_interview_says_what_is_saved(process: "subprocess.Popen[str]") -> None:
    """Ctrl-C ends at once with 130, and says that the same command goes on."""
    assert process.stdin is not None
    assert process.stderr is not None
    process.stdin.write("\n\n\nHana Clinic\n")  # the matter is left open
    process.stdin.flush()
    watch = threading.Timer(60, process.kill)  # a question that never comes ends the test
    watch.start()
    for line in process.stderr:
        if "mailing address" in line:
            break
    watch.cancel()

    process.send_signal(signal.SIGINT)

    said = process.stderr.read()
    assert process.wait(timeout=60) == 130
    assert "1 answer is saved" in said
    assert "goes on from here" in said


def test_set_lists_an_exhibit_and_json_tells_the_next_question_about_it(case: Path) -> None:
    """Another program lists files by path; a broken path or a title alone changes nothing."""
    (case / "exhibits" / "2024-05-01 lease.txt").write_text("Lease of a room", "utf-8")
    before = (case / "answers.yaml").read_text("utf-8")

    with pytest.raises(AnswersError) as wrong:
        run("interview", case, "--set", "exhibits.+.file=exhibits/leese.txt", "--json")
    assert "there is no such file" in str(wrong.value.faults[0])
    assert (case / "answers.yaml").read_text("utf-8") == before

    given, _ = run("interview", case, "--ask", "exhibits.+", "--json")
    file = json.loads(given)["data"]["next"]["choices"][0]["key"]
    given, _ = run("interview", case, "--set", f"exhibits.+.file={file}", "--json")
    told = json.loads(given)["data"]

    assert told["saved"][0]["path"] == "exhibits.lease.file"
    assert told["next"]["path"] == "exhibits.lease.title"
    (entry,) = load((case / "answers.yaml").read_text("utf-8"), "answers.yaml").data["exhibits"]
    assert entry == {"id": "lease", "file": file, "title": "lease", "date": "2024-05-01"}

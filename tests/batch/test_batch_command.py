"""`nkdocs batch` as it is typed: exit codes, what it says where, and PDFs."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from nkdocs.batch.jobs import Order
from nkdocs.cli import batch as cli_batch
from nkdocs.convert.office import Office, find_office
from nkdocs.diagnostics import State
from tests.batch.office import case, codes, final, letters, office, rows, run, said, told, written
from tests.packet.papers import nkdocs

ROOT = Path(__file__).resolve().parents[2]
OFFICE = find_office()
REAL = "A222-333-44"  # with one figure more it is no sample number
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")


def typed(*arguments: object, **told: str) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process of its own, its output piped."""
    command = [sys.executable, "-m", "nkdocs", *map(str, arguments)]
    around = {**os.environ, "PYTHONPATH": str(ROOT), **told}
    return subprocess.run(
        command, env=around, capture_output=True, text=True, timeout=300, check=False
    )


def test_command_makes_letters_with_workers_of_its_own(home: Path) -> None:
    """In one run with a case that fails: exit code 10, the others are made, no progress piped."""
    bad = home / "bad.yaml"
    bad.write_text("answers: 2\n", "utf-8")
    file = rows(home, *(f"SEO Number{n}" for n in range(12)))

    done = typed("batch", file, bad, "-d", "hello", "-o", home / "out", "-j", 2)

    assert done.returncode == 10, done.stderr
    assert len(letters(home / "out")) == 12
    assert f"{home / 'out'}  13 cases: 12 written, 1 failed" in done.stdout
    assert "0013" in done.stderr
    assert "report.html" in done.stderr
    assert " left" not in done.stderr
    assert "Number" not in done.stdout + done.stderr


def test_json_is_one_object(home: Path) -> None:
    """Nothing else on standard output, nothing on standard error but the error."""
    done = nkdocs("batch", rows(home, "SEO Yun"), "-d", "hello", "-o", home / "out", "--json")

    told_ = json.loads(done.out)
    assert (told_["ok"], told_["data"]["counts"]["written"]) == (True, 1)
    assert [one["case"] for one in told_["data"]["letters"]] == ["0001"]
    assert done.out == json.dumps(told_, indent=2) + "\n"
    assert done.err == ""


def test_json_is_one_object_where_a_case_fails(home: Path) -> None:
    """The failed case stands in its list; exit code and next step are said on standard error."""
    bad = home / "bad.yaml"
    bad.write_text("answers: 2\n", "utf-8")

    done = nkdocs("batch", bad, "-d", "hello", "-o", home / "out", "--json")

    told_ = json.loads(done.out)
    assert (done.code, told_["ok"]) == (10, False)
    assert [one["exit_code"] for one in told_["data"]["letters"]] == [4]
    assert done.err == (
        f"nkdocs: 1 of 1 cases failed\n  Why, and what next: {home / 'out/report.html'}\n"
    )


def test_log_gets_lines(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file as standard error is a log: how many, how many failed, how long still."""
    made = run(home / "out", rows(home, "SEO Yun"))
    with (home / "log").open("w", encoding="utf-8") as log:
        monkeypatch.setattr(sys, "stderr", log)
        with cli_batch._progress(1, quiet=False) as tell:  # noqa: SLF001 - what the command shows
            tell(made)

    assert (home / "log").read_text("utf-8") == "1 of 1, 0 failed, about 0 s left\n"


def test_a_cell_that_is_refused_is_the_first_reason_and_fails_only_a_final(home: Path) -> None:
    """The draft has a marked blank in its place and needs a person: exit 0. A final fails: 10."""
    file = written(home, "case,respondents[].name,respondents[].a_number", "a,CHO Mi,12345",
                   "b,KIM Ha,A000-000-022")  # fmt: skip

    draft = typed("batch", file, "-d", "hello", "-o", home / "out")
    final = typed("batch", file, "-d", "hello", "-o", home / "final", "--as", "final")

    assert draft.returncode == 0, draft.stderr
    first = next(line for line in draft.stderr.splitlines() if line.startswith("  0001"))
    assert "column C" in first or "a_number" in first, draft.stderr
    assert "12345" not in draft.stdout + draft.stderr
    assert final.returncode == 10, final.stderr


def test_answers_for_all_are_given_once(home: Path) -> None:
    """`--set` counts for rows and for files."""
    file = written(home, "case,respondents[].name", "a,CHO Mi")
    order = Order("hello", sets=("meta.as_of=2026-12-24",))

    made = run(home / "out", file, case(home, "KIM Ha", 3), order=order)

    found = [f.message for o in made.outcomes for f in o.findings]
    assert not [message for message in found if message.startswith("meta.as_of is open")]
    assert len(letters(home / "out")) == 2


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["-d", "nothing"], 2, id="document"),
        pytest.param(["-d", "hello", "--set", "x"], 2, id="set"),
        pytest.param(["-d", "hello", "-j", "-1"], 2, id="jobs"),
        pytest.param(["-d", "hello", "--name-by", "cleint.name"], 2, id="name-by"),
        pytest.param(["-d", "hello", "--set", "pd.theori=x"], 2, id="set-unknown"),
        pytest.param(["-d", "hello", "--set", "meta.as_of=some day"], 2, id="set-wrong"),
        pytest.param(["-d", "hello", "--set", "family.bo.name=x"], 2, id="set-in-list"),
        pytest.param(["-d", "hello", "--office", "nothere.yaml"], 4, id="office"),
    ],
)
def test_command_that_is_typed_wrongly_writes_nothing(
    home: Path, arguments: list[str], code: int
) -> None:
    """Before any work is begun."""
    done = nkdocs("batch", rows(home, "SEO Yun"), "-o", home / "out", *arguments)

    assert done.code == code
    assert not (home / "out").exists()


def test_drafts_have_pdfs_without_libreoffice(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The embedded engine draws them."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")

    made = run(home / "out", rows(home, "SEO Yun"), order=Order("hello", pdf=True))

    assert made.outcomes[0].files == ("hello/0001.docx", "hello/0001.pdf")
    assert (home / "out/hello/0001.pdf").read_bytes().startswith(b"%PDF")


def test_final_without_libreoffice_fails_by_name(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3 of each case; no DOCX without its PDF is left."""
    monkeypatch.setenv("NKDOCS_SOFFICE", "")
    own = "counsel: {role: attorney}\nconsent: {pd: {signed_on: 2026-11-02}}\n"

    made = run(
        home / "out", case(home, "SEO Yun", 1, own), order=Order("plea", State.FINAL, pdf=True)
    )

    assert [(o.what, o.code) for o in made.outcomes] == [("failed", 3)]
    assert not letters(home / "out")


@needs_office
def test_pdfs_of_many_letters_take_one_start(home: Path) -> None:
    """Each of them says what its letter says, and is recorded with it."""
    sources = rows(home, "SEO Yun", "CHO Mi", "KIM Ha")

    made = run(home / "out", sources, order=Order("hello", pdf=True))
    again = run(home / "out", sources, order=Order("hello", pdf=True))

    assert told(made) == [(f"000{n}", "written") for n in (1, 2, 3)]
    assert {what for _, what in told(again)} == {"unchanged"}
    assert len(list((home / "out/hello").glob("*.pdf"))) == 3
    assert "CHO Mi" in said(home / "out/hello/0002.docx")


def fake_office(folder: Path, *, slow: float = 0.0) -> Office:
    """Return a LibreOffice that hangs at a document that says so, and else copies one PDF."""
    from fpdf import FPDF

    drawn = FPDF()
    drawn.add_page()
    drawn.set_font("helvetica")
    drawn.cell(text="Hello")
    (folder / "made.pdf").write_bytes(bytes(drawn.output()))
    program = folder / "soffice"
    program.write_text(
        f"""#!{sys.executable}
import pathlib, shutil, sys, time, zipfile
if "--version" in sys.argv:
    print("LibreOffice 1.0"); sys.exit()
out = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1]); out.mkdir(exist_ok=True)
for name in sys.argv[sys.argv.index("--outdir") + 2:]:
    if b"HANG" in zipfile.ZipFile(name).read("word/document.xml"): time.sleep(600)
    time.sleep({slow})
    shutil.copy({str(folder / "made.pdf")!r}, out / (pathlib.Path(name).stem + ".pdf"))
""",
        "utf-8",
    )
    program.chmod(0o700)
    return Office(program, seconds=2.0)


def test_document_at_which_libreoffice_hangs_costs_itself(tmp_path: Path) -> None:
    """Those behind it are converted in another start."""
    from tests.documents.letters import template

    good = template("Hello")
    documents = {"a": good, "b": template("HANG"), "c": good, "d": good}

    made, faults = fake_office(tmp_path).convert_each(documents)

    assert set(made) == {"a", "c", "d"}
    assert {name: fault.code for name, fault in faults.items()} == {"b": "C002"}


def test_many_documents_have_the_time_of_each(tmp_path: Path) -> None:
    """A hundred of them are not waited for a hundred times as long where one hangs."""
    from tests.documents.letters import template

    four = dict.fromkeys("abcd", template("Hello"))

    made, faults = fake_office(tmp_path, slow=0.8).convert_each(four)

    assert set(made) == set("abcd")
    assert not faults


def test_open_answer_of_a_row_names_its_row_and_column(home: Path) -> None:
    """Not the first cell that is filled; and the next step is one that a list has."""
    head = "case,respondents[].name,respondents[].a_number"
    run_ = run(home / "out", written(home, head, "k1,SEO Yun,A000-000-001", "k2,KIM Ha,"))
    other = run(home / "out2", written(home, "case,respondents[].name", "k1,SEO Yun"))

    (found,) = [f for f in run_.outcomes[1].findings if f.subject.endswith("a_number")]
    (lost,) = [f for f in other.outcomes[0].findings if f.subject.endswith("a_number")]

    assert str(found.place).endswith("list.csv:3 column C")
    assert "in the column 'respondents[].a_number' of the spreadsheet" in found.hint
    assert str(lost.place).endswith("list.csv:2")
    assert lost.hint.startswith("Give it a column")
    assert [o.source.rpartition("list.csv")[2] for o in run_.outcomes] == [":2", ":3"]


def test_next_steps_of_rows_name_no_answers_file(home: Path) -> None:
    """A row is mended in its spreadsheet, open or unreadable, in a draft and in a final."""
    head = "case,meta.as_of,respondents[].name,case.proceeding"
    file = written(home, head, "k1,some day,SEO Yun,by mail")

    draft = run(home / "out", file).outcomes[0]
    done = run(home / "out2", file, order=final("hello")).outcomes[0]

    hints = [done.hint, *(f.hint for one in (draft, done) for f in one.findings)]
    assert any("column 'meta.as_of'" in hint for hint in hints)
    assert not [hint for hint in hints if "interview" in hint or "in the file" in hint]


@pytest.fixture
def way_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every folder be one that everybody can enter."""
    monkeypatch.setattr("nkdocs.packet.exposed._is_open", lambda _: True)


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.usefixtures("way_in")
def test_list_that_others_can_read_is_told_once_and_looked_at_anew(home: Path) -> None:
    """It makes no client need a person, and is told no more when its rights are mended."""
    file = written(home, "case,respondents[].a_number", *(f"k{n},{REAL}{n}" for n in range(9)))
    command = ("batch", file, "-d", "hello", "-o", home / "out", "-j", 1)
    file.chmod(0o644)

    first = nkdocs(*command)
    page = (home / "out/report.html").read_text("utf-8")
    file.chmod(0o600)
    again = nkdocs(*command)

    assert (first.err + first.out).count("L805") == page.count("L805") == 1
    assert "chmod 600" in first.err
    assert "L805" not in (home / "out/report.csv").read_text("utf-8")
    assert "9 unchanged" in again.out
    assert "L805" not in again.err + again.out + (home / "out/report.html").read_text("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.usefixtures("way_in")
def test_finals_of_a_list_that_others_can_read_are_refused_once(home: Path) -> None:
    """As `fill` refuses that of one case: no letter is begun."""
    file = written(home, "case,respondents[].a_number", f"k1,{REAL}1", f"k2,{REAL}2")
    file.chmod(0o644)

    done = nkdocs("batch", file, "-d", "hello", "-o", home / "out", "--as", "final")

    assert done.code == 6
    assert "L805" in done.err
    assert not letters(home / "out")


@pytest.mark.skipif(os.name != "posix", reason="rights are those of POSIX")
@pytest.mark.usefixtures("way_in")
def test_case_whose_rights_were_mended_is_looked_at_anew(home: Path) -> None:
    """What was found of its own file is not repeated from the last run."""
    file = case(home, "SEO Yun", 1)
    file.write_text(file.read_text("utf-8").replace("A000-000-001", f"{REAL}1"), "utf-8")
    file.chmod(0o644)
    first = run(home / "out", file)
    file.chmod(0o600)

    again = run(home / "out", file)

    assert "L805" in codes(first.outcomes[0].findings)
    assert "L805" not in codes(again.outcomes[0].findings)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_letters_of_a_list_that_git_would_take_in_are_told_once(tmp_path: Path) -> None:
    """The folder of results lies in a repository that lets it in."""
    office(tmp_path / "clinic")
    file = written(tmp_path / "clinic", "case,respondents[].a_number", f"k1,{REAL}1")
    (repository := tmp_path / "repository").mkdir()
    subprocess.run(["/usr/bin/env", "git", "-C", repository, "init", "-q"], check=True)

    done = nkdocs("batch", file, "-d", "hello", "-o", repository / "out")

    assert done.err.count("L805") == 1
    assert "manifest.jsonl is not ignored by git" in done.err


SMALL_DISK = """
mount -t tmpfs -o size="$1" tmpfs "$2" && shift 2 && "$@"; echo "exit $?"
"""


@pytest.mark.skipif(sys.platform != "linux", reason="small disks are of Linux")
@pytest.mark.parametrize("size", ["12k", "48k", "80k"])
def test_full_disk_is_told_with_the_next_step(home: Path, size: str) -> None:
    """Exit code 5, whatever of the batch was just being written."""
    file = rows(home, *(f"SEO Number{n}" for n in range(9)))
    (disk := home / "disk").mkdir()
    command = [sys.executable, "-m", "nkdocs", "batch", str(file), "-d", "hello", "-o",
               str(disk / "out")]  # fmt: skip

    done = subprocess.run(
        ["/usr/bin/env", "unshare", "-m", "sh", "-c", SMALL_DISK, "sh", size, disk, *command],
        capture_output=True, text=True, timeout=300, check=False, cwd=ROOT,
    )  # fmt: skip

    if "exit" not in done.stdout:
        pytest.skip("this computer lets tests mount no small disk (unshare -m, mount)")
    assert "exit 5" in done.stdout, done
    assert "the disk is full" in done.stderr
    assert "Free some space" in done.stderr
    assert "defect" not in done.stderr
    assert "Traceback" not in done.stderr

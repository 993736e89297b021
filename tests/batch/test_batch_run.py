"""A batch: each case its letter, one report, nothing done twice, nothing of anybody's lost."""

import csv
import io
import json
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest

from nkdocs import _atomic
from nkdocs.batch import report
from nkdocs.batch.jobs import Order
from nkdocs.batch.run import Task
from nkdocs.batch.sources import look_through
from nkdocs.batch.workers import WorkerDiedError
from nkdocs.diagnostics import State
from nkdocs.errors import AnswersError, FileBusyError, UsageError
from tests.batch.office import Here, case, final, letters, rows, run, said, told, written
from tests.documents.letters import template

_P = ParamSpec("_P")
_T = TypeVar("_T")
STORY = "events:\n- {{id: a, when: winter 2006, where: {{country: KP}}, told: '{0}'}}\n"
COUNSEL = "counsel: {role: attorney}\n"
TALE = "Two men from the security department came at night and asked about {0} films we had copied in spring."  # noqa: E501 - one paragraph


def test_files_folders_and_rows_become_letters(home: Path) -> None:
    """An answers file, a case folder and the rows of a list stand in one run."""
    folder = home / "lee"
    folder.mkdir()
    (folder / "answers.yaml").write_text(case(home, "LEE Ok", 9).read_text("utf-8"), "utf-8")

    made = run(home / "out", case(home, "KIM Ha", 1), folder, rows(home, "SEO Yun", "CHO Mi"))

    assert told(made) == [(f"000{n}", "written") for n in range(1, 5)]
    for number, name in enumerate(("KIM Ha", "LEE Ok", "SEO Yun", "CHO Mi"), 1):
        assert f"Dear {name}," in said(home / f"out/hello/000{number}.docx")


def test_no_file_name_tells_a_client(home: Path) -> None:
    """Names of files, of the source and of the key do not reach the folder of results."""
    run(home / "out", case(home, "KIM Ha", 1), rows(home, "SEO Yun"))

    names = " ".join(p.name for p in (home / "out").rglob("*")).casefold()

    assert not [word for word in ("kim", "seo", "yun", "k1") if word in names]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        pytest.param("client.name", "0001 SEO Yun.docx", id="answer"),
        pytest.param("respondents.1.a_number", "0001 A000-000-001.docx", id="item"),
        pytest.param("case", "0001 k1.docx", id="key"),
        pytest.param("family", "0001.docx", id="not-answered"),
    ],
)
def test_name_by_puts_an_answer_into_the_name(home: Path, path: str, name: str) -> None:
    """Whoever asks for it gets it, behind the number that keeps names apart."""
    run(home / "out", rows(home, "SEO Yun"), order=Order("hello", name_by=path))

    assert [p.name for p in (home / "out/hello").iterdir()] == [name]


def test_second_run_does_nothing_again(home: Path) -> None:
    """What is unchanged is known by its hash; its findings are told again all the same."""
    sources = [case(home, "KIM Ha", 1), rows(home, "SEO Yun")]
    first = run(home / "out", *sources)
    before = {p: p.stat().st_mtime_ns for p in (home / "out").rglob("*.docx")}

    again = run(home / "out", *sources)

    assert told(again) == [("0001", "unchanged"), ("0002", "unchanged")]
    assert {p: p.stat().st_mtime_ns for p in (home / "out").rglob("*.docx")} == before
    assert [[f.message for f in o.findings] for o in again.outcomes] == [
        [f.message for f in o.findings] for o in first.outcomes
    ]
    assert [o.files for o in again.outcomes] == [("hello/0001.docx",), ("hello/0002.docx",)]


def test_only_what_changed_is_made_again(home: Path) -> None:
    """One answer changed: one letter."""
    run(home / "out", rows(home, "SEO Yun", "CHO Mi"))

    made = run(home / "out", rows(home, "SEO Yun", "CHO Mi-ran"))

    assert told(made) == [("0001", "unchanged"), ("0002", "written")]
    assert "Dear CHO Mi-ran," in said(home / "out/hello/0002.docx")


def test_a_client_keeps_her_number_when_rows_move(home: Path) -> None:
    """A row put in before another does not give anybody somebody else's letter."""
    run(home / "out", written(home, "case,respondents[].name", "b,SEO Yun"))

    run(home / "out", written(home, "case,respondents[].name", "a,CHO Mi", "b,SEO Yun"))

    assert "SEO Yun" in said(home / "out/hello/0001.docx")
    assert "CHO Mi" in said(home / "out/hello/0002.docx")


def test_edited_letter_is_kept_and_told(home: Path) -> None:
    """Even when the answers changed since; its neighbor is made anew."""
    run(home / "out", rows(home, "SEO Yun", "CHO Mi"))
    edited = home / "out/hello/0001.docx"
    edited.write_bytes(edited.read_bytes() + b"edited")

    made = run(home / "out", rows(home, "SEO Yuna", "CHO Mina"))

    assert told(made) == [("0001", "kept"), ("0002", "written")]
    assert edited.read_bytes().endswith(b"edited")
    assert "F001" in [f.code for f in made.outcomes[0].findings]


def test_force_fills_an_edited_letter_with_a_backup(home: Path) -> None:
    """What was edited stands beside it."""
    run(home / "out", rows(home, "SEO Yun"))
    edited = home / "out/hello/0001.docx"
    edited.write_bytes(b"edited")

    run(home / "out", rows(home, "SEO Yun"), force=True)

    assert (home / "out/hello/0001.edited-1.docx").read_bytes() == b"edited"
    assert "SEO Yun" in said(edited)


def test_letter_edited_in_the_case_itself_is_the_source(home: Path) -> None:
    """No second letter is made beside the one that an attorney works on."""
    file = case(home, "KIM Ha", 1)
    (home / "kim/out").mkdir(parents=True)
    (home / "kim/out/hello.docx").write_bytes(template("Dear Ha,"))

    made = run(home / "out", file)

    assert told(made) == [("0001", "kept")]
    assert not letters(home / "out")


def test_letter_open_in_word_is_left_alone(home: Path) -> None:
    """It fails nobody else's."""
    run(home / "out", rows(home, "SEO Yun", "CHO Mi"))
    (home / "out/hello/~$0001.docx").write_bytes(b"owner")

    made = run(home / "out", rows(home, "SEO Yuna", "CHO Mina"))

    assert told(made) == [("0001", "kept"), ("0002", "written")]
    assert [f.code for f in made.outcomes[0].findings if f.code[0] == "F"] == ["F006"]


def test_half_written_work_is_not_trusted(home: Path) -> None:
    """The record stands, the letter does not, or is an older one of ours: it is made again."""
    undisturbed = home / "undisturbed"
    run(undisturbed, rows(home, "SEO Yun", "CHO Mi"))
    run(home / "out", rows(home, "OLD Name", "CHO Mi"))
    old = (home / "out/hello/0001.docx").read_bytes()
    run(home / "out", rows(home, "SEO Yun", "CHO Mi"))
    (home / "out/hello/0001.docx").write_bytes(old)  # as if killed between record and file
    (home / "out/hello/0002.docx").unlink()

    made = run(home / "out", rows(home, "SEO Yun", "CHO Mi"))

    assert told(made) == [("0001", "written"), ("0002", "written")]
    assert letters(home / "out") == letters(undisturbed)


DAMAGED = (
    '{"kind": "letter", "case": "0001"}',
    '{"kind": "letter", "case": "0001", "inputs": "x", "files": {"hello/0001.docx": "ab"}}',
    '{"kind": "letter", "case": "0001", "inputs": "x", "files": {}, "found": [{"code": "A004"}]}',
    '{"kind": "letter", "case": ["0001"], "inputs": "x", "files": {}}',
    '{"kind": "case", "mark": "00", "number": 7}',
    '{"kind": "case", "mark": "zz", "number": 7}',
    '{"kind": "case", "number": 7}',
    '{"kind": "case", "mark": "00000000000000000000000000000000", "number": 1e300}',
    '{"kind": ["case"]}',
    "[7]",
    '{"kind": "letter", "case": "00',
)


@pytest.mark.parametrize("line", DAMAGED)
def test_record_of_another_form_says_nothing(home: Path, line: str) -> None:
    """Whatever it is: the letters before it still stand, and the next case has the next number."""
    run(home / "out", rows(home, "SEO Yun"))
    with (home / "out/manifest.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")

    made = run(home / "out", rows(home, "SEO Yun", "CHO Mi"))

    assert told(made) == [("0001", "unchanged"), ("0002", "written")]


def test_file_somebody_else_put_there_is_kept(home: Path) -> None:
    """A letter of that name that no record knows is not ours to replace."""
    (home / "out/hello").mkdir(parents=True)
    (home / "out/hello/0001.docx").write_bytes(b"somebody's")

    made = run(home / "out", rows(home, "SEO Yun"))

    assert told(made) == [("0001", "kept")]
    assert (home / "out/hello/0001.docx").read_bytes() == b"somebody's"


def test_two_runs_do_not_write_one_folder(home: Path) -> None:
    """The second is told so."""
    (home / "out").mkdir()

    with _atomic.lock(home / "out/manifest.jsonl"), pytest.raises(FileBusyError):
        run(home / "out", rows(home, "SEO Yun"))


def test_files_are_for_their_owner_alone(home: Path) -> None:
    """Letters, journal and reports: 0600; folders 0700, whatever the umask."""
    before = os.umask(0)
    try:
        made = run(home / "out", rows(home, "SEO Yun"))
        report.write(made)
    finally:
        os.umask(before)

    modes = {p.name: oct(p.stat().st_mode & 0o777) for p in (home / "out").rglob("*")}
    assert {m for n, m in modes.items() if "." in n} == {"0o600"}
    assert modes["hello"] == "0o700"


# What goes wrong


def test_bad_case_costs_itself_alone(home: Path) -> None:
    """It is told with its exit code and the next step."""
    bad = home / "bad.yaml"
    bad.write_text("answers: 1\nmeta: {as_of: '2026\n", "utf-8")

    made = run(home / "out", case(home, "KIM Ha", 1), bad, case(home, "SEO Yun", 2))

    assert [o.what for o in made.outcomes] == ["written", "failed", "written"]
    failed = made.outcomes[1]
    assert (failed.code, failed.findings[0].place.line) == (4, 2)
    assert failed.hint


class Deadly(Here):
    """An executor whose worker dies of one client, and may have told at which it was."""

    def __init__(self, *, tells: bool) -> None:
        """Note how many cases each lost worker had."""
        self.tells, self.lost = tells, list[int]()

    def submit(self, fn: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        """Do a task unless it holds the client's case."""
        task = args[0]
        assert isinstance(task, Task)
        at = next((n for n, job in enumerate(task.jobs) if "CHO" in str(job.data)), None)
        if at is not None:
            self.lost.append(len(task.jobs))
            future: Future[_T] = Future()
            future.set_exception(WorkerDiedError(at if self.tells else None))
            return future
        return super().submit(fn, *args, **kwargs)


@pytest.mark.parametrize(("tells", "lost"), [(True, [5, 1]), (False, [5, 3, 1])])
def test_case_that_kills_its_worker_is_found(home: Path, *, tells: bool, lost: list[int]) -> None:
    """The cases that were with it are made; one that was told is suspected alone."""
    names = ["SEO Yun", "KIM Ha", "CHO Mi", "LEE Ok", "HAN Bi"]
    pool = Deadly(tells=tells)

    made = run(home / "out", rows(home, *names), pool=pool)

    assert [o.number for o in made.outcomes if o.what == "failed"] == ["0003"]
    assert len(letters(home / "out")) == 4
    assert pool.lost == lost


def test_document_nobody_knows_stops_before_the_work(home: Path) -> None:
    """With the nearest name; nothing is written."""
    with pytest.raises(UsageError, match="did you mean 'hello'"):
        run(home / "out", rows(home, "SEO Yun"), order=Order("helo"))

    assert not (home / "out").exists()


def test_path_to_nothing_stops_before_the_work(home: Path) -> None:
    """A list with a wrong name is not an empty list."""
    with pytest.raises(AnswersError, match="nothing at"):
        look_through([home / "list.csv"], Order("hello"))


def test_check_looks_at_exhibits_too(home: Path) -> None:
    """Only where it is asked for: it opens every file."""
    lists = "exhibits:\n- {id: card, title: A card, file: exhibits/card.pdf}\n"
    filed = f"{lists}filings:\n- {{id: e, recipient: eoir-new-york, exhibits: [card]}}\n"
    file = case(home, "SEO Yun", 1, filed)

    quick = run(home / "quick", file)
    whole = run(home / "whole", file, order=Order("hello", check=True))

    found = [
        [f.code for f in made.outcomes[0].findings if f.code[0] == "X"] for made in (quick, whole)
    ]
    assert found[0] == []
    assert found[1]
    assert told(whole) == [("0001", "written")]


# Drafts and finals


def test_draft_is_made_of_what_is_there(home: Path) -> None:
    """An open answer is a marked blank, and the case needs a person."""
    made = run(home / "out", written(home, "case,respondents[].name", "a,CHO Mi"))

    assert told(made) == [("0001", "written")]
    assert made.outcomes[0].person
    assert "DRAFT" in said(home / "out/hello/0001.docx")


@pytest.mark.parametrize("document", ["plea", "motion"])
def test_row_of_a_list_is_never_a_final_letter_of_advocacy(home: Path, document: str) -> None:
    """A spreadsheet records no consent and no sign-off."""
    made = run(home / "out", rows(home, "SEO Yun"), order=final(document))

    assert told(made) == [("0001", "failed")]
    assert "A009" in [f.code for f in made.outcomes[0].findings]
    assert not letters(home / "out")


@pytest.mark.parametrize(
    ("consent", "what"),
    [
        pytest.param("", "failed", id="none"),
        pytest.param("consent: {pd: {signed_on: 2026-11-02}}\n", "written", id="given"),
        pytest.param("consent: {pd: {signed_on: 2026-12-24}}\n", "failed", id="still-to-come"),
    ],
)
def test_final_letter_of_advocacy_needs_the_clients_own_consent(
    home: Path, consent: str, what: str
) -> None:
    """Of each case by itself."""
    made = run(home / "out", case(home, "SEO Yun", 1, COUNSEL + consent), order=final("plea"))

    assert told(made) == [("0001", what)], made.outcomes


def test_student_needs_the_sign_off_for_a_final(home: Path) -> None:
    """Consent is there; the supervisor's review is not (L011)."""
    more = "counsel: {role: law_student}\nconsent: {pd: {signed_on: 2026-11-02}}\n"

    made = run(home / "out", case(home, "SEO Yun", 1, more), order=final("plea"))

    assert made.outcomes[0].what == "failed"
    assert "L011" in [f.code for f in made.outcomes[0].findings]


# Alike


def test_same_words_of_two_clients_are_told(home: Path) -> None:
    """A paragraph with one word changed; a third client's own words are not."""
    first = case(home, "KIM Ha", 1, STORY.format(TALE.format("the")))
    second = case(home, "SEO Yun", 2, STORY.format(TALE.format("some")))
    third = case(home, "CHO Mi", 3, STORY.format("Nobody else tells of the river as I do, who "
                 "crossed it with my sister in the coldest night of that winter."))  # fmt: skip

    made = run(home / "out", first, second, third)

    assert [(a, b, f.code) for a, b, f in made.alike] == [("0002", "0001", "L421")]


def test_same_person_in_two_rows_is_told(home: Path) -> None:
    """One A-number in two cases (L002)."""
    file = written(home, "case,respondents[].name,respondents[].a_number",
                   "a,CHO Mi,A000-000-021", "b,SEO Yun,A000000021")  # fmt: skip

    made = run(home / "out", file)

    assert [(a, b, f.code) for a, b, f in made.alike] == [("0002", "0001", "L002")]


# The report


def test_report_tells_who_failed_why_and_what_next(home: Path) -> None:
    """On a page, in a table and as data: numbers and places, no client's name."""
    file = written(home, "case,respondents[].name,respondents[].a_number",
                   "a,CHO Mi,A00000021", "b,SEO Yun,A000-000-022")  # fmt: skip
    made = run(home / "out", file)

    report.write(made, ["a note"])

    page = (home / "out/report.html").read_text("utf-8")
    table = list(csv.reader(io.StringIO((home / "out/report.csv").read_text("utf-8-sig"))))
    data = json.loads((home / "out/report.json").read_text("utf-8"))
    assert [row[:4] for row in table[1:]] == [
        ["0001", f"{file}:2", "written", "yes"],
        ["0002", f"{file}:3", "written", "yes"],
    ]
    assert "A003" in table[1][4]
    assert "if none is missing, write A0" in page
    assert data["counts"]["written"] == 2
    assert "<script" not in page
    for text in (page, str(table), str(data)):
        assert "CHO Mi" not in text


def test_report_holds_no_formula_and_no_markup() -> None:
    """What a name or message begins with is text in every spreadsheet (TRUST R22)."""
    cells = ("=1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "＝1", "a=1")
    assert [report.plain(t) for t in cells] == [
        "'=1", "'+1", "'-1", "'@x", "'\tx", "\\rx", "'\n=1", "'＝1", "a=1"
    ]  # fmt: skip


def test_letters_come_out_alike_whatever_the_workers(home: Path) -> None:
    """The same bytes in shares of one and of eight."""
    file = rows(home, *(f"KIM Number{n}" for n in range(9)))

    run(home / "one", file, workers=1)
    run(home / "nine", file, workers=9)

    assert letters(home / "one") == letters(home / "nine")
    assert len(letters(home / "one")) == 9


def test_state_is_part_of_what_a_letter_is_made_of(home: Path) -> None:
    """A draft is not taken for the final of the same answers."""
    more = f"{COUNSEL}consent: {{pd: {{signed_on: 2026-11-02}}}}\n"
    file = case(home, "SEO Yun", 1, more)
    run(home / "out", file, order=Order("plea"))

    made = run(home / "out", file, order=Order("plea", State.FINAL))

    assert told(made) == [("0001", "written")]
    assert "DRAFT" not in said(home / "out/plea/0001.docx")


def test_executor_is_any(home: Path) -> None:
    """The run knows `submit` alone, as every executor has it."""
    assert issubclass(Here, Executor)
    assert run(home / "out", rows(home, "SEO Yun"), pool=Here()).failed == 0

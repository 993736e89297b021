"""A batch over locked cases: letters sealed like their case, keys in memory, quiet reports."""

import json
import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from nkdocs.batch import sealed
from nkdocs.batch.jobs import Order
from nkdocs.batch.workers import WorkerDiedError, Workers
from nkdocs.convert.office import find_office
from nkdocs.diagnostics import State
from nkdocs.vault import ENDING
from tests.batch.office import case, office, run, said, told
from tests.files.harness import files
from tests.locks.keys import Person, lock, person, pyrage
from tests.locks.terminal import typed
from tests.packet.papers import nkdocs

ROOT = Path(__file__).resolve().parents[2]
CANARY = "CANARY-KIM"
FAMILY = f"family: [{{id: {CANARY.lower()}}}]\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return the folder of an office with the letter `hello`."""
    return office(tmp_path / "clinic")


@pytest.fixture
def park(tmp_path: Path) -> Person:
    """Return somebody with a key."""
    return person(tmp_path)


def locked(folder: Path, name: str, number: int, who: Person, more: str = "") -> Path:
    """Write a flat case and lock it."""
    file = case(folder, name, number, more)
    lock(file, who.keys, recipients=(who.public,))
    assert not file.exists()
    return file


def opened(file: Path, who: Person) -> bytes:
    """Return what a sealed letter holds."""
    return bytes(pyrage.decrypt(file.read_bytes(), who.keys.of_files()))


def texts(folder: Path) -> bytes:
    """Return all bytes of a folder."""
    return b"\n".join(files(folder).values())


@pytest.fixture
def with_keys(park: Person) -> Callable[[], None]:
    """Give this process the keys, as each worker begins."""

    def give() -> None:
        sealed.hold(park.keys.secrets())

    return give


@pytest.fixture(autouse=True)
def _without_keys() -> object:
    """Let no key stay in this process."""
    yield
    sealed.hold(())


def test_letters_of_locked_cases_are_sealed_for_the_keys_of_their_case(
    home: Path, park: Person, tmp_path: Path
) -> None:
    """With workers, an open case beside it: the words of the letter, and no canary elsewhere."""
    kim = locked(home, f"{CANARY} Ha", 1, park)
    lee = case(home, "LEE Ha", 2)

    done = nkdocs("batch", kim, lee, "-d", "hello", "-o", home / "out", "-j", 2,
                  "--identity", park.file)  # fmt: skip

    assert done.code == 0, done.err
    assert "age files: 1 is of a locked case" in done.err
    assert "age files: 1 is of a locked case" in (home / "out/report.html").read_text("utf-8")
    there = sorted(n for n in files(home / "out") if n.startswith("hello/"))
    assert there == ["hello/0001.docx.age", "hello/0002.docx"]
    (tmp_path / "0001.docx").write_bytes(opened(home / "out/hello/0001.docx.age", park))
    assert f"Dear {CANARY} Ha," in said(tmp_path / "0001.docx").replace("Mr. ", "")
    assert CANARY.encode() not in texts(home / "out")
    assert CANARY not in done.out + done.err


def test_a_run_again_makes_only_what_changed(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """An untouched locked case is unchanged though age never gives the same bytes twice."""
    with_keys()
    kim = locked(home, "KIM Ha", 1, park)
    first = run(home / "out", kim)
    before = files(home / "out")["hello/0001.docx.age"]

    again = run(home / "out", kim)

    assert (told(first), told(again)) == ([("0001", "written")], [("0001", "unchanged")])
    assert files(home / "out")["hello/0001.docx.age"] == before
    lock(kim, park.keys, recipients=(person(home, "jung").public,))
    assert told(run(home / "out", kim)) == [("0001", "written")], "sealed for the new key, too"


def test_without_a_key_each_locked_case_fails_by_name_and_no_passphrase_is_asked(
    home: Path, park: Person
) -> None:
    """Exit code 10; the open case is made; the next step names --identity."""
    kim, lee = locked(home, "KIM Ha", 1, park), case(home, "LEE Ha", 2)
    stranger = person(home, "stranger")

    for keys in ([], ["--identity", stranger.file]):
        done = nkdocs("batch", kim, lee, "-d", "hello", "-o", home / f"out{len(keys)}", *keys)

        assert done.code == 10
        assert "is locked, and " in done.err
        assert "--identity FILE" in done.err
        assert f"nkdocs fill {kim} hello" in done.err or keys
        assert set(files(home / f"out{len(keys)}")) >= {"hello/0002.docx"}


def test_findings_of_a_locked_case_stay_out_of_reports_and_manifest(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """Code and place are told, and the command that says the rest; again when nothing changed."""
    from nkdocs.batch import report

    with_keys()
    kim = locked(home, "KIM Ha", 1, park, FAMILY)
    clear = run(home / "clear", case(home, "LEE Ha", 2, f"family: [{{id: {CANARY.lower()}}}]\n"))
    shown = json.dumps([report.case(one) for one in clear.outcomes])
    assert CANARY.lower() in shown, "what the test is about"

    for _ in range(2):
        made = run(home / "out", kim)
        report.write(made)

        assert [f.code for f in made.outcomes[0].findings] == [
            f.code for f in clear.outcomes[0].findings
        ]
        assert CANARY.lower().encode() not in texts(home / "out")
        assert f"nkdocs check {kim} --identity FILE" in report.page(made)


def test_a_case_that_cannot_be_filled_tells_no_answer(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """A broken answers file quotes nothing; only what kind of fault it is."""
    from nkdocs.batch import report

    with_keys()
    kim = case(home, "KIM Ha", 1)
    kim.write_text(f"{kim.read_text('utf-8')}{CANARY}: 1\n{CANARY}: 2\n", "utf-8")
    lock(kim, park.keys, recipients=(park.public,))

    made = run(home / "out", kim)
    report.write(made)

    assert (made.outcomes[0].what, made.outcomes[0].code) == ("failed", 4)
    assert made.outcomes[0].message == "the answers need a look"
    assert CANARY.encode() not in texts(home / "out")


def test_a_client_s_name_is_no_file_name_of_a_locked_case(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """Names of files are not sealed: --name-by counts for the open case alone."""
    with_keys()
    kim, lee = locked(home, f"{CANARY} Ha", 1, park), case(home, "LEE Ha", 2)

    run(home / "out", kim, lee, order=Order("hello", name_by="client.name"))

    names = sorted(n for n in files(home / "out") if n.startswith("hello/"))
    assert names[0] == "hello/0001.docx.age"
    assert "LEE" in names[1]


def test_a_letter_made_before_the_case_was_locked_goes_an_edited_one_stays(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """What nkdocs wrote in the clear is replaced by its sealed form; an edit is kept and told."""
    with_keys()
    kim, lee = case(home, "KIM Ha", 1), case(home, "LEE Ha", 2)
    run(home / "out", kim, lee)
    edited = home / "out/hello/0002.docx"
    edited.write_bytes(b"PK edited")
    for one in (kim, lee):
        lock(one, park.keys, recipients=(park.public,))

    made = run(home / "out", kim, lee)

    assert told(made) == [("0001", "written"), ("0002", "kept")]
    assert [f.code for f in made.outcomes[1].findings if f.code == "F001"] == ["F001"]
    assert made.outcomes[1].files == ("hello/0002.docx",)
    assert made.left == []
    names = {n for n in files(home / "out") if n.startswith("hello/")}
    assert names == {"hello/0001.docx.age", "hello/0002.docx"}
    forced = run(home / "out", kim, lee, force=True)
    assert told(forced) == [("0001", "unchanged"), ("0002", "written")]
    assert edited.read_bytes() == b"PK edited", "the edit is its own backup"
    assert "lies in the clear" in " ".join(f.message for f in forced.outcomes[1].findings)


def test_an_edited_sealed_letter_is_kept(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """Opened, edited, sealed again by hand: it stays; --force keeps a backup of it."""
    with_keys()
    kim = locked(home, "KIM Ha", 1, park)
    run(home / "out", kim)
    letter = home / "out/hello/0001.docx.age"
    letter.write_bytes(b"age-encryption.org/v1 theirs")

    assert told(run(home / "out", kim)) == [("0001", "kept")]
    assert told(run(home / "out", kim, force=True)) == [("0001", "written")]
    assert files(home / "out")["hello/0001.docx.edited-1.age"] == b"age-encryption.org/v1 theirs"


def test_keys_reach_workers_through_their_pipe_alone(park: Person) -> None:
    """Not as an argument, in the environment, or with a task; what comes back holds none."""
    (secret,) = park.keys.secrets()
    with Workers(1, sealed.hold, ((secret,),)) as workers:
        number = workers.submit(os.getpid).result()
        line = Path(f"/proc/{number}/cmdline")
        around = Path(f"/proc/{number}/environ")
        seen = line.read_bytes() + around.read_bytes() if line.exists() else b""

        assert workers.submit(_holds, secret).result()

    assert secret.encode() not in seen


@pytest.mark.parametrize("how", ["killed", "never copied"])
def test_a_worker_that_takes_anothers_place_holds_the_keys_too(
    park: Person, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is started anew and knows nothing of this process; a cluster's task is told none."""
    (secret,) = park.keys.secrets()
    if how == "never copied":
        monkeypatch.setattr("nkdocs.batch.workers._can_copy", lambda: False)
    with Workers(1, sealed.hold, ((secret,),)) as workers:
        lost = workers.submit(os._exit, 1)
        assert isinstance(lost.exception(), WorkerDiedError)

        assert workers.submit(_holds, secret).result()


def _holds(secret: str) -> bool:
    return sealed.held().secrets() == (secret,)


def test_what_leaves_a_worker_holds_no_key(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """The vault stays behind; the task that goes to a worker names only files."""
    from nkdocs.batch.jobs import Job
    from nkdocs.batch.run import Task, work

    with_keys()
    kim = locked(home, "KIM Ha", 1, park)
    (secret,) = park.keys.secrets()
    task = Task((Job("0001", str(kim)),), Order("hello"), 60.0)

    crossed = pickle.dumps(task) + pickle.dumps(work(task))

    assert secret.encode() not in crossed
    assert b"KIM Ha" not in crossed


def test_keys_are_not_sent_to_a_cluster(home: Path, park: Person) -> None:
    """Refused before anything is sent."""
    kim = locked(home, "KIM Ha", 1, park)

    done = nkdocs("batch", kim, "-d", "hello", "-o", home / "out", "--identity", park.file,
                  "--cluster", "tls://office:8786")  # fmt: skip

    assert done.code == 2
    assert "keys are never sent to a cluster" in done.err
    assert not (home / "out").exists()


def test_a_key_from_the_environment_is_used(home: Path, park: Person) -> None:
    """NKDOCS_IDENTITY names the file, as for every command."""
    kim = locked(home, "KIM Ha", 1, park)
    around = {**os.environ, "PYTHONPATH": str(ROOT), "NKDOCS_IDENTITY": str(park.file)}

    done = subprocess.run(
        [sys.executable, "-m", "nkdocs", "batch", str(kim), "-d", "hello", "-o",
         str(home / "out"), "--json"],
        env=around, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    (letter,) = json.loads(done.stdout)["data"]["letters"]
    assert letter["files"] == ["hello/0001.docx.age"]


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_a_key_file_with_a_passphrase_is_opened_once_for_all_workers(
    home: Path, park: Person
) -> None:
    """It is asked for at the terminal, before the work begins, and never by a worker."""
    secret = "horse-battery-staple-orchid"  # noqa: S105 - of a key made up here
    kim, lee = locked(home, "KIM Ha", 1, park), locked(home, "LEE Ha", 2, park)
    key = park.file.with_suffix(".age")
    key.write_bytes(pyrage.passphrase.encrypt(park.file.read_bytes(), secret))

    code, shown = typed(["batch", kim, lee, "-d", "hello", "-o", home / "out", "-j", "2",
                         "--identity", key], [("Passphrase for", secret)])  # fmt: skip

    assert code == 0, shown
    assert secret not in shown
    assert "2 cases: 2 written" in shown


@pytest.mark.skipif(not find_office(), reason="LibreOffice is not installed")
@pytest.mark.skipif(not Path("/dev/shm").is_dir(), reason="no folder in memory here")  # noqa: S108
def test_pdfs_of_locked_and_open_cases_in_one_run(
    home: Path, park: Person, with_keys: Callable[[], None]
) -> None:
    """Each has its PDF; that of the locked case is sealed."""
    with_keys()
    kim, lee = locked(home, "KIM Ha", 1, park), case(home, "LEE Ha", 2)

    made = run(home / "out", kim, lee, order=Order("hello", State.DRAFT, pdf=True))

    assert [o.files for o in made.outcomes] == [
        (f"hello/0001.docx{ENDING}", f"hello/0001.pdf{ENDING}"),
        ("hello/0002.docx", "hello/0002.pdf"),
    ]
    assert opened(home / "out/hello/0001.pdf.age", park).startswith(b"%PDF")


@pytest.mark.long
def test_a_killed_batch_of_locked_cases_ends_like_an_undisturbed_one(
    home: Path, park: Person
) -> None:
    """After twenty kills the same letters, each sealed, no leftover, and nothing in the clear."""
    for number in range(8):
        locked(home, f"C{number} {CANARY}", number + 1, park)
    around = {**os.environ, "PYTHONPATH": str(ROOT), "NKDOCS_IDENTITY": str(park.file)}

    def started(out: Path) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "nkdocs", "batch", str(home), "-d", "hello", "-o",
                   str(out), "-j", "2"]  # fmt: skip
        return subprocess.Popen(command, env=around, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)  # fmt: skip

    def letters(out: Path) -> dict[str, bytes]:
        return {n: opened(out / n, park) for n in files(out) if n.startswith("hello/")}

    outs = home.parent / "outs"
    began = time.monotonic()
    assert started(outs / "whole").wait(300) == 0
    took = time.monotonic() - began
    whole = letters(outs / "whole")
    assert len(whole) == 8
    for number in range(10):
        out = outs / f"killed-{number}"
        for _ in range(2):
            process = started(out)
            time.sleep(random.uniform(0.2, took))  # noqa: S311 - a moment, no secret
            process.send_signal(signal.SIGKILL)
            process.wait(60)
            assert CANARY.encode() not in texts(out)
        assert started(out).wait(300) == 0
        assert letters(out) == whole
        assert not list(out.rglob("*.tmp"))

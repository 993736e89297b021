"""Every file nkdocs writes: a kill at any moment and a full disk leave the old one or the new."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nkdocs import _atomic, cases
from nkdocs.packet import loose
from tests.files.harness import files, forked, killed_at, run_here, with_room

pytestmark = pytest.mark.skipif(os.name != "posix", reason="fork and limits of POSIX")
OLD, NEW = b"answers: 1\nmeta: {as_of: 2026-11-20}\n", "answers: 1\nmeta: {as_of: 2026-11-21}\n"
STRIDES = [pytest.param(4, id="some"), pytest.param(1, id="every", marks=pytest.mark.long)]


def kim(folder: Path) -> Path:
    """Make a small case anew in *folder*."""
    for path in sorted(folder.rglob("*"), reverse=True) if folder.exists() else ():
        path.unlink() if path.is_file() else path.rmdir()
    (folder / "exhibits").mkdir(parents=True, exist_ok=True)
    (folder / "answers.yaml").write_bytes(OLD)
    (folder / "answers.yaml.bak").write_bytes(b"answers: 1\n")
    (folder / "exhibits/lease.txt").write_text("The lease. " * 30, "utf-8")
    return folder


def left_over(folder: Path) -> list[str]:
    """Return the names of temporary files and folders of nkdocs."""
    return [p.name for p in folder.rglob(".nkdocs-*")]


@pytest.mark.parametrize("stride", STRIDES)
def test_a_kill_while_answers_are_saved_leaves_them_whole(tmp_path: Path, stride: int) -> None:
    """Old or new, the version before too; the next command sweeps what was left."""
    folder = tmp_path / "kim"

    def save() -> None:
        case = cases.find(folder)
        with case.locked():
            case.save(NEW)

    step, killed = 1, True
    while killed:
        kim(folder)
        killed = killed_at(step, save)

        now = files(folder)
        assert now["answers.yaml"] in {OLD, NEW.encode()}
        assert now["answers.yaml.bak"] in {b"answers: 1\n", OLD}
        assert now["answers.yaml"] == OLD or now["answers.yaml.bak"] == OLD, "a version is lost"
        assert forked(save) == 0
        assert left_over(folder) == []
        step += stride
    assert step > 10


@pytest.mark.parametrize("stride", STRIDES)
def test_a_kill_while_results_are_written_leaves_each_whole(tmp_path: Path, stride: int) -> None:
    """Papers are old or new, and the record can be read."""
    folder = tmp_path / "kim"
    names = ("a.docx", "pd/packet.pdf", "pd/email.txt")

    def write(content: bytes) -> None:
        case = cases.find(folder)
        with case.locked():
            case.write(dict.fromkeys(names, content), [{"path": n, "of": 1} for n in names])

    step, killed = 1, True
    while killed:
        kim(folder)
        write(b"old")
        killed = killed_at(step, lambda: write(b"new" * 999))

        case = cases.find(folder)
        assert all((case.out / n).read_bytes() in {b"old", b"new" * 999} for n in names)
        assert [r["path"] for r in case.manifest()] in [[*names], [*names, *names]]
        write(b"newer")
        assert left_over(folder) == []
        step += stride
    assert step > 20


@pytest.mark.parametrize("stride", [pytest.param(60, id="some"), *STRIDES[1:]])
def test_a_kill_while_a_case_is_made_leaves_no_half_case(tmp_path: Path, stride: int) -> None:
    """The case is whole or not there; the copies that were begun go with the next `new`."""
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "a.txt").write_text("one")
    (scans / "b.txt").write_text("two")
    made = tmp_path / "made"
    made.mkdir()

    step, killed = 1, True
    while killed:
        name = made / f"kim-{step}"
        killed = killed_at(step, lambda name=name: run_here("new", name, "--from", scans))  # type: ignore[misc]

        if name.exists():
            assert set(files(name)) == {
                "answers.yaml", "nkdocs.schema.json", "exhibits/a.txt", "exhibits/b.txt"
            }  # fmt: skip
        step += stride
    assert run_here("new", made / "last") == 0
    assert left_over(made) == []
    assert files(scans) == {"a.txt": b"one", "b.txt": b"two"}


LONG = pytest.mark.long
FULL = [
    pytest.param(["interview", "CASE", "--set", "case.judge=Doe", "--no-input"], id="interview"),
    pytest.param(["bundle", "CASE/exhibits", "-o", "CASE/all.pdf"], id="bundle"),
    pytest.param(["schema", "-o", "CASE/nkdocs.schema.json"], id="schema", marks=LONG),
    pytest.param(["new", "CASE/other", "--from", "CASE/exhibits"], id="new"),
    pytest.param(["lock", "CASE", "-r", "KEY"], id="lock"),
    pytest.param(["template", "copy", "pd-request", "CASE"], id="template", marks=LONG),
    pytest.param(["fill", "CASE", "sign-off"], id="fill", marks=LONG),
]
KEY = "age1tcjv4r75kd24utzdv7evkum3ctzd0rgsdgxtznl8he2fhtm7n4psqf598d"


def told(command: list[str], folder: Path) -> list[str]:
    """Return *command* with the case's place in it."""
    return [part.replace("CASE", str(folder)).replace("KEY", KEY) for part in command]


@pytest.mark.parametrize("command", FULL)
def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, command: list[str]) -> None:
    """A file that cannot be written whole: exit 5, old files intact, nothing half-made."""
    if "lock" in command:
        pytest.importorskip("pyrage")
    folder = kim(tmp_path / "kim")
    before = files(folder)

    ended = with_room(20, lambda: run_here(*told(command, folder)))

    assert ended == 5
    assert files(folder) == before
    assert left_over(tmp_path) == []


SMALL_DISK = """
mount -t tmpfs -o size=64k tmpfs "$1" && cp -r "$2" "$1/kim" && cd "$3" &&
head -c 60000 /dev/zero > "$1/ballast" 2>/dev/null
shift 3; "$@"; echo "exit $?"; cd /; cat "$PLACE/kim/answers.yaml"; find "$PLACE" -name '.nkdocs*'
"""


@LONG
def test_a_disk_that_is_really_full_keeps_the_answers(tmp_path: Path) -> None:
    """On a disk of 64 kB an answer is not saved: it is said, and the answers stay."""
    place = tmp_path / "disk"
    place.mkdir()
    folder = kim(tmp_path / "kim")
    (folder / "answers.yaml").write_bytes(OLD + b"# " + b"x" * 9000 + b"\n")
    old = (folder / "answers.yaml").read_bytes()
    command = [sys.executable, "-m", "nkdocs", "interview", str(place / "kim"),
               "--set", "case.judge=Doe", "--no-input"]  # fmt: skip
    root = Path(cases.__file__).parents[1]

    ended = subprocess.run(
        ["/usr/bin/env", "unshare", "-m", "sh", "-c", SMALL_DISK, "sh", place, folder, root,
         *command],
        capture_output=True, check=False, env={**os.environ, "PLACE": str(place)},
    )  # fmt: skip

    if b"exit" not in ended.stdout:
        pytest.skip("this computer lets tests mount no small disk (unshare -m, mount)")
    assert b"exit 5" in ended.stdout, ended
    assert b"the disk is full" in ended.stderr
    assert ended.stdout.endswith(b"exit 5\n" + old)


def test_a_bundle_never_replaces_what_it_is_made_of(tmp_path: Path) -> None:
    """Output and input are never one file, not even with --force (TRUST R20)."""
    folder = kim(tmp_path / "kim")
    source = folder / "exhibits/lease.txt"
    old = source.read_bytes()

    assert forked(lambda: os._exit(run_here("bundle", source, "-o", source, "--force"))) >> 8 == 5

    assert source.read_bytes() == old


def test_each_forced_bundle_keeps_what_it_replaced(tmp_path: Path) -> None:
    """A second --force does not write over the first backup."""
    target = tmp_path / "all.pdf"
    target.write_bytes(b"hers")

    kept = [loose.write(target, [data], force=True) for data in (b"%PDF one", b"%PDF two")]

    assert kept == [["all.pdf.1.bak"], ["all.pdf.2.bak"]]
    assert files(tmp_path) == {
        "all.pdf": b"%PDF two", "all.pdf.1.bak": b"hers", "all.pdf.2.bak": b"%PDF one"
    }  # fmt: skip


def test_a_schema_replaces_only_a_schema(tmp_path: Path) -> None:
    """`-o answers.yaml` is a slip of the hand, not a wish."""
    folder = kim(tmp_path / "kim")

    assert run_here("schema", "-o", folder / "answers.yaml") == 5
    assert (folder / "answers.yaml").read_bytes() == OLD
    (folder / "s.json").write_text('{"$schema": "of an earlier nkdocs"}')
    assert run_here("schema", "-o", folder / "s.json") == 0


def test_every_save_sweeps_the_folder_it_writes_in(tmp_path: Path) -> None:
    """What a killed process left beside a file goes when the file is next written."""
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    here = _atomic._computer()  # noqa: SLF001 - part of the names that are tested
    (tmp_path / f".nkdocs-{here}-{dead}-a.tmp").write_bytes(b"half")
    (tmp_path / f".nkdocs-{here}-{dead}-b.tmp").mkdir()
    (tmp_path / f".nkdocs-{here}-{dead}-b.tmp" / "copy").write_bytes(b"half")

    _atomic.save(tmp_path / "a", b"whole")

    assert files(tmp_path) == {"a": b"whole"}
    assert left_over(tmp_path) == []

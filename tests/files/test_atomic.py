"""Files are written whole or not at all, for one reader, by one writer."""

import contextlib
import os
import random
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from nkdocs import _atomic
from nkdocs.errors import FileBusyError

POSIX = pytest.mark.skipif(os.name != "posix", reason="modes, links and limits of POSIX")


@contextlib.contextmanager
def umask(mask: int) -> Iterator[None]:
    """Set the umask for a while."""
    old = os.umask(mask)
    try:
        yield
    finally:
        os.umask(old)


def mode(path: Path) -> int:
    """Return the permissions of *path*."""
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    """Return what is in *folder*."""
    return sorted(path.name for path in folder.iterdir())


def run(code: str, *args: str | Path) -> subprocess.CompletedProcess[str]:
    """Run *code* in another Python and return how it ended."""
    command = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_a_file_is_written_and_nothing_else(tmp_path: Path) -> None:
    """The folder holds the file and no leftovers."""
    _atomic.save(tmp_path / "a.yaml", b"one")
    _atomic.save(tmp_path / "a.yaml", b"two")

    assert (tmp_path / "a.yaml").read_bytes() == b"two"
    assert names(tmp_path) == ["a.yaml"]


def test_the_previous_version_is_kept(tmp_path: Path) -> None:
    """With backup, `.bak` holds the last content that differs."""
    path = tmp_path / "a.yaml"
    for data in (b"one", b"two", b"two"):
        _atomic.save(path, data, backup=True)

    assert path.read_bytes() == b"two"
    assert (tmp_path / "a.yaml.bak").read_bytes() == b"one"
    assert names(tmp_path) == ["a.yaml", "a.yaml.bak"]


@POSIX
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_modes_do_not_depend_on_the_umask(tmp_path: Path, mask: int) -> None:
    """Files are 0600, folders 0700, a file that was open to all is closed."""
    with umask(mask):
        inner = _atomic.folder(tmp_path / "kim" / "out")
        loose = inner / "a.yaml"
        loose.write_bytes(b"old")
        loose.chmod(0o666)
        _atomic.save(loose, b"new", backup=True)
        _atomic.save(inner / "b.pdf", b"new", mode=0o644)
        with _atomic.lock(loose):
            assert mode(inner / ".a.yaml.lock") == 0o600

    assert mode(tmp_path / "kim") == mode(inner) == 0o700
    assert mode(loose) == mode(inner / "a.yaml.bak") == 0o600
    assert mode(inner / "b.pdf") == 0o644


@POSIX
def test_the_victim_of_a_link_stays(tmp_path: Path) -> None:
    """A link is replaced by the file; what it points to is as it was."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    for name in ("a", "a.bak", "b"):
        (tmp_path / name).symlink_to(victim)

    _atomic.save(tmp_path / "a", b"new", backup=True)
    _atomic.save_all({tmp_path / "b": b"new", tmp_path / "c": b"new"})

    assert victim.read_bytes() == b"mine"
    assert not any((tmp_path / name).is_symlink() for name in ("a", "a.bak", "b"))


@POSIX
def test_a_lock_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """The link's victim is neither locked nor written."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / ".a.lock").symlink_to(victim)

    with pytest.raises(FileBusyError), _atomic.lock(tmp_path / "a"):
        pass

    assert victim.read_bytes() == b"mine"


def test_a_missing_folder_is_named_with_a_next_step(tmp_path: Path) -> None:
    """Exit code 5, the path and what to do."""
    path = tmp_path / "none" / "a.yaml"

    with pytest.raises(FileBusyError, match="its folder does not exist") as caught:
        _atomic.save(path, b"x")

    assert caught.value.exit_code == 5
    assert str(path) in caught.value.message
    assert caught.value.hint.startswith("Make the folder first.")


@pytest.mark.parametrize("place", ["file/a.yaml", "folder"])
def test_a_file_or_folder_in_the_way_is_a_message(tmp_path: Path, place: str) -> None:
    """A file where the folder should be, and a folder where the file should be."""
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()

    with pytest.raises(FileBusyError, match="cannot be written"):
        _atomic.save(tmp_path / place, b"x")

    assert names(tmp_path) == ["file", "folder"]


def test_a_folder_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    """The message names the place."""
    (tmp_path / "file").write_bytes(b"x")

    for path in (tmp_path / "file", tmp_path / "file" / "inner"):
        with pytest.raises(FileBusyError, match="cannot be written"):
            _atomic.folder(path)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_a_message(tmp_path: Path) -> None:
    """The old file is as it was."""
    (tmp_path / "a").write_bytes(b"old")
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(FileBusyError, match="may not be written"):
            _atomic.save(tmp_path / "a", b"new")
    finally:
        tmp_path.chmod(0o700)

    assert (tmp_path / "a").read_bytes() == b"old"


@POSIX
def test_a_full_disk_leaves_the_old_files(tmp_path: Path) -> None:
    """A limit in mid-write ends in a message; the old files are whole, no leftovers stay."""
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(b"old")
    code = (
        "import resource, sys, pathlib\n"
        "from nkdocs import _atomic, errors\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))\n"
        "place = pathlib.Path(sys.argv[1])\n"
        "for files in ({'a': b'x' * 50_000}, {'b': b'new', 'a': b'x' * 50_000}):\n"
        "    try:\n"
        "        _atomic.save_all({place / n: d for n, d in files.items()})\n"
        "    except errors.FileBusyError as error:\n"
        "        print(error.message)\n"
    )

    ended = run(code, tmp_path)

    assert ended.stdout.count("cannot be written: it is larger than the system allows") == 2
    assert [(tmp_path / n).read_bytes() for n in names(tmp_path)] == [b"old", b"old"]


def test_several_files_are_written_together(tmp_path: Path) -> None:
    """All are there, old ones replaced."""
    (tmp_path / "a").write_bytes(b"old")

    _atomic.save_all({tmp_path / "a": b"1", tmp_path / "b": b"2"})

    assert {n: (tmp_path / n).read_bytes() for n in names(tmp_path)} == {"a": b"1", "b": b"2"}


def test_several_files_are_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A fault at the last takes the others back: old ones return, new ones go."""
    (tmp_path / "a").write_bytes(b"old")
    files = {tmp_path / "a": b"1", tmp_path / "b": b"2", tmp_path / "none" / "c": b"3"}

    with pytest.raises(FileBusyError, match="none"):
        _atomic.save_all(files)

    assert {n: (tmp_path / n).read_bytes() for n in names(tmp_path)} == {"a": b"old"}


def test_a_fault_while_putting_takes_back_what_was_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the third of three cannot be put in its place, the first two are as before."""
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "c").write_bytes(b"old")
    replace = os.replace

    def refuse(temp: str, target: Path) -> None:
        if target.name == "c" and Path(temp).read_bytes() == b"3":
            raise PermissionError(13, "open in another program")
        replace(temp, target)

    monkeypatch.setattr(os, "replace", refuse)

    with pytest.raises(FileBusyError, match="open elsewhere"):
        _atomic.save_all({tmp_path / name: data for name, data in zip("abc", (b"1", b"2", b"3"),
                                                                      strict=True)})  # fmt: skip

    assert {n: (tmp_path / n).read_bytes() for n in names(tmp_path)} == {"a": b"old", "c": b"old"}


def test_the_files_of_dead_processes_are_swept(tmp_path: Path) -> None:
    """Those of living processes and other computers stay until they are old."""
    ended = run("import os; print(os.getpid())")
    here = _atomic._computer()  # noqa: SLF001 - part of the names that are tested
    dead, alive = int(ended.stdout), os.getpid()
    kept = [f".nkdocs-{here}-{alive}-x.tmp", f".nkdocs-00000000-{dead}-x.tmp", ".nkdocs.tmp", "a"]
    for name in [f".nkdocs-{here}-{dead}-x.tmp", *kept]:
        (tmp_path / name).write_bytes(b"x")

    assert _atomic.sweep(tmp_path) == 1
    assert names(tmp_path) == sorted(kept)
    assert _atomic.sweep(tmp_path, before=time.time() + 10) == 2
    assert names(tmp_path) == [".nkdocs.tmp", "a"]
    assert _atomic.sweep(tmp_path / "none") == 0


@pytest.fixture(params=["system", "file"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Lock by the system, and by the file alone as on Windows."""
    if request.param == "file":
        monkeypatch.setattr(_atomic, "fcntl", None)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_the_second_is_told_who_holds_the_file(tmp_path: Path) -> None:
    """The message names the process; afterwards the file is free and no lock file stays."""
    path = tmp_path / "answers.yaml"

    with (
        _atomic.lock(path),
        pytest.raises(FileBusyError, match=f"is in use .*process {os.getpid()}") as caught,
        _atomic.lock(path),
    ):
        pass

    assert caught.value.exit_code == 5
    assert caught.value.hint
    assert names(tmp_path) == []
    with _atomic.lock(path):
        pass


@pytest.mark.usefixtures("way")
def test_a_lock_is_free_after_a_fault(tmp_path: Path) -> None:
    """An error inside passes through and leaves no lock."""
    with pytest.raises(KeyError), _atomic.lock(tmp_path / "a"):
        raise KeyError

    assert names(tmp_path) == []


@POSIX
def test_the_lock_of_a_killed_process_is_taken_over(tmp_path: Path, way: str) -> None:
    """Kill -9 leaves the lock file; the next one does not mind."""
    code = (
        "import os, sys, pathlib, signal\n"
        "from nkdocs import _atomic\n"
        f"if {way!r} == 'file': _atomic.fcntl = None\n"
        "with _atomic.lock(pathlib.Path(sys.argv[1])): os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    assert run(code, tmp_path / "a").returncode == -signal.SIGKILL
    assert names(tmp_path) == [".a.lock"]

    with _atomic.lock(tmp_path / "a"):
        assert names(tmp_path) == [".a.lock"]

    assert names(tmp_path) == []


COUNTING = """
import sys, time, pathlib
from nkdocs import _atomic, errors
if sys.argv[2] == "file": _atomic.fcntl = None
path = pathlib.Path(sys.argv[1])
done = 0
while done < 100:
    try:
        with _atomic.lock(path):
            number = int(path.read_bytes())
            time.sleep(0.0005)
            _atomic.save(path, str(number + 1).encode())
            done += 1
    except errors.FileBusyError:
        pass
    time.sleep(0.0005)
"""


@pytest.mark.parametrize("by", ["system", "file"])
def test_no_update_of_two_processes_is_lost(tmp_path: Path, by: str) -> None:
    """Twice a hundred locked additions make two hundred."""
    path = tmp_path / "count"
    path.write_bytes(b"0")
    command = [sys.executable, "-c", COUNTING, str(path), by]
    pair = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]

    said = [process.communicate(timeout=120)[1] for process in pair]

    assert said == ["", ""]
    assert path.read_bytes() == b"200"


SAVING = """
import sys, hashlib, pathlib
from nkdocs import _atomic
path = pathlib.Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number += 1
    body = (str(number) * 7919).encode()
    _atomic.save(path, hashlib.sha256(body).digest() + body, backup=True)
"""


@POSIX
@pytest.mark.long
def test_no_kill_leaves_a_broken_file(tmp_path: Path) -> None:
    """Five hundred kills at random times: each file is whole, what is left over is swept."""
    import hashlib

    dice = random.Random(8)  # noqa: S311 - a test
    path = tmp_path / "answers.yaml"
    _atomic.save(path, hashlib.sha256(b"").digest())
    for _ in range(500):
        command = [sys.executable, "-c", SAVING, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(dice.random() * 0.02)
            process.kill()
        for kept in (path, path.with_name("answers.yaml.bak")):
            data = kept.read_bytes() if kept.exists() else hashlib.sha256(b"").digest()
            assert hashlib.sha256(data[32:]).digest() == data[:32]
    _atomic.sweep(tmp_path)
    assert names(tmp_path) == ["answers.yaml", "answers.yaml.bak"]


def test_every_file_outlasts_a_cut_of_the_power_before_any_is_put(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk has all of them, then they get their names, then the disk has those."""
    done: list[str] = []
    fsync, replace = os.fsync, os.replace

    def synced(number: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        fsync(number)

    def put(temp: str, target: Path) -> None:
        done.append(f"put {target.name}")
        replace(temp, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", put)

    _atomic.save_all({tmp_path / name: name.encode() for name in "ab"})

    assert done == ["file", "file", "put a", "put b", "folder"]

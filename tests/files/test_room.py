"""Working files: bytes that are too many to hold lie in a folder of their own, and go with it."""

import gc
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from nkdocs._working import Kept, Room, memory
from nkdocs.answers.entries import Exhibit
from nkdocs.bundle.intake import prepare
from nkdocs.bundle.pages import build_bundle
from tests.bundle.made import binding, pdf, venue


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which temporary files are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="modes are those of the folder there")
def test_a_working_file_is_for_its_owner_alone(place: Path) -> None:
    """Whatever the umask says."""
    before = os.umask(0)
    try:
        kept = Room().keep(b"canary")
    finally:
        os.umask(before)

    assert isinstance(kept, Kept)
    assert kept.path.is_relative_to(place)
    assert kept.path.stat().st_mode & 0o777 == 0o600
    assert kept.path.parent.stat().st_mode & 0o777 == 0o700
    assert (bytes(kept), len(kept)) == (b"canary", 6)


def test_a_working_file_goes_when_it_is_held_no_longer_and_the_folder_with_the_last(
    place: Path,
) -> None:
    """Nobody has to remember to close anything."""
    room = Room()
    first, second = room.keep(b"1"), room.keep(b"2")
    assert isinstance(second, Kept)
    del room, first
    gc.collect()
    assert [p for p in place.rglob("*") if p.is_file()] == [second.path]

    del second
    gc.collect()

    assert not [*place.iterdir()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no copies of a process here")
def test_a_copy_of_the_process_takes_nothing_away(place: Path) -> None:
    """Children that open files are copies, and end long before the work does."""
    kept = Room().keep(b"1")
    code = (
        "import os, sys, gc\nfrom nkdocs._working import Room\n"
        "kept = Room().keep(b'1')\n"
        "if not os.fork():\n    del kept; gc.collect(); os._exit(0)\n"
        "os.wait(); sys.exit(0 if bytes(kept) == b'1' else 1)\n"
    )

    ended = subprocess.run(
        [sys.executable, "-c", code], check=False, env={**os.environ, "TMPDIR": str(place)}
    )

    assert ended.returncode == 0
    assert isinstance(kept, Kept)
    assert [*place.iterdir()] == [kept.room.folder]


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_what_a_killed_process_left_goes_with_the_next(place: Path) -> None:
    """Nothing of an exhibit stays in the temporary folder."""
    code = (
        "import os, signal\nfrom nkdocs._working import Room\n"
        "kept = Room().keep(b'canary')\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=False, env={**os.environ, "TMPDIR": str(place)}
    )
    assert [p.read_bytes() for p in place.rglob("*") if p.is_file()] == [b"canary"]

    room = Room()

    assert [*place.iterdir()] == [room.folder]


def test_without_room_the_bytes_are_held(place: Path) -> None:
    """A full disk costs memory, not the bundle."""
    room = Room()
    room.folder.rmdir()

    assert room.keep(b"1") == b"1"
    assert not [*place.iterdir()]


def test_a_file_that_was_cut_short_is_not_taken_for_whole(place: Path) -> None:
    """What somebody changed in the temporary folder does not come into a filing unseen."""
    kept = Room().keep(b"canary")
    assert isinstance(kept, Kept)
    assert kept.path.is_relative_to(place)
    kept.path.write_bytes(b"can")

    with pytest.raises(OSError, match="not whole"):
        bytes(kept)


def test_volumes_lie_where_their_exhibits_do(place: Path, tmp_path: Path) -> None:
    """And nothing of them is left when the bundle is held no longer."""
    case = tmp_path / "case"
    case.mkdir()  # in the temporary folder
    (case / "a.pdf").write_bytes(pdf(3))
    ready = prepare([Exhibit(id="a", title="A", file="a.pdf")], case, converter=None)
    (part,) = ready.prepared[0].parts

    bundle = build_bundle(ready.prepared, binding(rules=venue()))

    (volume,) = bundle.volumes
    assert isinstance(part.data, Kept)
    assert isinstance(volume.file, Kept)
    assert volume.file.room is part.data.room
    assert volume.data.startswith(b"%PDF-")
    del ready, part, bundle, volume
    gc.collect()
    assert [*place.iterdir()] == [case]


@pytest.mark.skipif(memory() is None, reason="no folder in memory (/dev/shm) here")
def test_exhibits_of_a_locked_case_lie_in_memory_alone(place: Path, tmp_path: Path) -> None:
    """No clean file of a sealed one reaches a disk."""
    case = tmp_path / "case"
    case.mkdir()
    (case / "a.pdf.age").write_bytes(b"sealed")

    sealed = [Exhibit(id="a", title="A", file="a.pdf")]
    ready = prepare(sealed, case, converter=None, unseal=lambda _data, _name: pdf(1))

    (part,) = ready.prepared[0].parts
    assert isinstance(part.data, Kept)
    assert part.data.path.is_relative_to(str(memory()))
    assert [*place.iterdir()] == [case]

"""A case is locked and unlocked: no file is ever in neither form, and age itself opens each."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs import vault
from nkdocs.errors import FileBusyError, UsageError
from nkdocs.vault import Keys
from tests.files.harness import files, killed_at
from tests.locks import keys as made
from tests.locks.keys import (
    AGE,
    CANARY,
    FILES,
    KEYGEN,
    contents,
    lock,
    person,
    small,
    unlock,
)

POSIX = pytest.mark.skipif(os.name != "posix", reason="fork and modes of POSIX")


@pytest.fixture
def kim(tmp_path: Path) -> Path:
    """Return a small case."""
    return small(tmp_path / "kim")


def test_everything_of_a_case_is_sealed_and_comes_back_byte_for_byte(kim: Path) -> None:
    """Nothing stays in the clear but lock.yaml, which holds no secret; modes are the owner's."""
    park = person(kim.parent)

    done = lock(kim, recipients=(park.public,))

    there = files(kim)
    assert sorted(there) == sorted([f"{name}.age" for name in FILES] + [vault.LOCK])
    assert done.clear == ()
    assert not [n for n, data in there.items() if CANARY.encode() in data or b"canary" in data]
    if os.name == "posix":
        assert {(kim / n).stat().st_mode & 0o777 for n in there} == {0o600}
    unlock(kim, park.keys)
    assert files(kim) == FILES


@made.needs_age
@pytest.mark.parametrize("armor", [False, True])
def test_the_program_age_opens_what_nkdocs_sealed(kim: Path, armor: bool) -> None:  # noqa: FBT001 - a parameter
    """`age -d -i KEY` gives each file, for each of several people, text form or not."""
    people = [person(kim.parent, name) for name in ("park", "jung")]

    lock(kim, recipients=tuple(p.public for p in people), armor=armor)

    for one in people:
        for name, data in FILES.items():
            command = [AGE, "-d", "-i", str(one.file), str(kim / f"{name}.age")]
            assert subprocess.run(command, capture_output=True, check=True).stdout == data
    begins = (kim / "answers.yaml.age").read_bytes().startswith(b"-----BEGIN AGE")
    assert begins is armor


@made.needs_age
def test_nkdocs_opens_what_the_program_age_sealed(kim: Path, tmp_path: Path) -> None:
    """Sealed by age for a key of age-keygen: the same form both ways."""
    key = tmp_path / "key.txt"
    subprocess.run([KEYGEN, "-o", str(key)], capture_output=True, check=True)
    said = subprocess.run([KEYGEN, "-y", str(key)], capture_output=True, check=True)
    public = said.stdout.decode().strip()
    lock(kim, recipients=(public,))
    text = b"answers: 1\nmeta: {as_of: 2026-11-21}\n"
    command = [AGE, "-r", public, "-o", str(kim / "answers.yaml.age")]

    subprocess.run(command, input=text, capture_output=True, check=True)

    assert made.opened(kim, Keys([key])).load().text.encode() == text


@POSIX
@pytest.mark.parametrize("way", ["lock", "unlock", "add"])
@pytest.mark.parametrize("stride", [11, pytest.param(1, marks=pytest.mark.long)])
def test_a_kill_at_any_step_loses_neither_form(tmp_path: Path, way: str, stride: int) -> None:
    """Kill -9 before each touch of the disk: each file can be read, the same command finishes."""
    park, jung = person(tmp_path, "park"), person(tmp_path, "jung")
    kim = tmp_path / "kim"
    before: Callable[[], object] = lambda: lock(kim, recipients=(park.public,))  # noqa: E731
    work: dict[str, Callable[[], object]] = {
        "lock": lambda: lock(kim, park.keys, recipients=(park.public,)),
        "unlock": lambda: unlock(kim, park.keys),
        "add": lambda: lock(kim, park.keys, recipients=(jung.public,)),
    }
    step, killed = 1 - stride, True
    while killed:
        step += stride
        for name in sorted(files(kim)) if kim.exists() else ():
            (kim / name).unlink()
        small(kim)
        if way != "lock":
            before()
        killed = killed_at(step, work[way])

        assert contents(kim, park.keys) == {name: {data} for name, data in FILES.items()}, step
        assert made.opened(kim, park.keys).load().text.encode() == FILES["answers.yaml"]
        if way != "unlock" or (kim / vault.LOCK).exists() or any(kim.rglob("*.age")):
            work[way]()
        there = {n for n in files(kim) if n != ".answers.yaml.lock"}  # of the killed process
        if way == "unlock":
            assert there == set(FILES), step
        else:
            assert there == {vault.LOCK, *(f"{name}.age" for name in FILES)}, step
            who = (park, jung) if way == "add" else (park,)
            assert all(contents(kim, p.keys) for p in who)
    assert step > 30  # every file is opened, renamed and removed on its way


def test_two_forms_that_differ_are_left_to_a_person(kim: Path) -> None:
    """Decrypted by hand and edited beside the sealed one: nothing guesses, nothing is written."""
    park = person(kim.parent)
    lock(kim, recipients=(park.public,))
    (kim / "answers.yaml").write_bytes(b"answers: 1\n# edited by hand\n")
    old = files(kim)

    for work in (lock, unlock):
        with pytest.raises(FileBusyError, match="both there and differ"):
            work(kim, park.keys)

    assert files(kim) == old


def test_only_the_parts_named_are_sealed_and_the_rest_is_told(kim: Path) -> None:
    """The answers always; what stays in the clear is said by name."""
    park = person(kim.parent)

    done = lock(kim, recipients=(park.public,), parts=("out",))

    there = set(files(kim))
    assert {"answers.yaml.age", "answers.yaml.bak.age", "out/manifest.jsonl.age"} < there
    assert {p.relative_to(kim).as_posix() for p in done.clear} == {
        "exhibits/lease.pdf", "exhibits/deep/photo.jpg"
    }  # fmt: skip
    lock(kim, parts=("exhibits/deep",))
    assert "exhibits/deep/photo.jpg.age" in files(kim)
    assert "exhibits/lease.pdf" in files(kim)


def test_a_part_can_be_opened_and_the_next_lock_seals_it_again(kim: Path) -> None:
    """A Word file is taken out, edited, and sealed by the same short command."""
    park = person(kim.parent)
    lock(kim, recipients=(park.public,))

    unlock(kim, park.keys, "exhibits/lease.pdf")
    assert (kim / "exhibits/lease.pdf").read_bytes() == FILES["exhibits/lease.pdf"]
    assert (kim / "answers.yaml.age").exists()
    (kim / "exhibits/lease.pdf").write_bytes(b"edited")
    lock(kim)

    assert contents(kim, park.keys)["exhibits/lease.pdf"] == {b"edited"}


def test_a_flat_case_is_locked_too(tmp_path: Path) -> None:
    """kim.yaml and the folder kim/ beside it."""
    park = person(tmp_path)
    (tmp_path / "kim.yaml").write_bytes(FILES["answers.yaml"])

    lock(tmp_path / "kim.yaml", recipients=(park.public,))

    assert {"kim.yaml.age", "kim/lock.yaml"} <= set(files(tmp_path))
    case = made.opened(tmp_path / "kim.yaml", park.keys)
    with case.locked():
        case.save("answers: 1\n")
    assert case.load().text == "answers: 1\n"
    assert {"kim.yaml.age", "kim.yaml.bak.age"} <= set(files(tmp_path))
    unlock(tmp_path / "kim.yaml", park.keys)
    assert "kim.yaml" in files(tmp_path)


def test_saving_into_a_locked_case_keeps_it_locked(kim: Path) -> None:
    """Answers, the version before, results, records and frozen papers: sealed as they are made."""
    park = person(kim.parent)
    lock(kim, recipients=(park.public,))
    case = made.opened(kim, park.keys)

    with case.locked():
        case.save("answers: 1\n# new\n")
        case.write({"pd/packet.pdf": b"%PDF canary"}, [{"path": "pd/packet.pdf"}])
        case.freeze("signed", "a.pdf", b"canary")
        kept = case.back_up("pd/packet.pdf")

    assert not [n for n in files(kim) if not n.endswith(".age") and n != vault.LOCK]
    now = contents(kim, park.keys)
    assert now["answers.yaml"] == {b"answers: 1\n# new\n"}
    assert now["answers.yaml.bak"] == {FILES["answers.yaml"]}
    assert now["out/pd/packet.pdf"] == now[f"out/pd/{kept}"] == {b"%PDF canary"}
    assert case.manifest()[-1] == {"path": "pd/packet.pdf"}


def test_a_case_locked_meanwhile_is_not_written_in_the_clear(kim: Path) -> None:
    """An interview that was open while somebody locked the case is told, and writes nothing."""
    park = person(kim.parent)
    open_before = made.opened(kim, Keys())
    lock(kim, recipients=(park.public,))

    with pytest.raises(FileBusyError, match="meanwhile"), open_before.locked():
        open_before.save("answers: 1\n# lost?\n")

    assert "answers.yaml" not in files(kim)


def test_a_stranger_opens_nothing_and_is_told_what_to_do(kim: Path) -> None:
    """No key, another's key: exit 5 with the next step; a damaged file is told apart."""
    park, other = person(kim.parent, "park"), person(kim.parent, "other")
    lock(kim, recipients=(park.public,))

    with pytest.raises(FileBusyError, match="no key was given") as caught:
        made.opened(kim, Keys()).load()
    assert "--identity" in caught.value.hint
    with pytest.raises(FileBusyError, match="do not open it"):
        made.opened(kim, other.keys).load()
    (kim / "answers.yaml.age").write_bytes((kim / "answers.yaml.age").read_bytes()[:-5])
    with pytest.raises(FileBusyError, match="damaged"):
        made.opened(kim, park.keys).load()


def test_a_stranger_who_unlocks_changes_nothing(kim: Path) -> None:
    """Not even lock.yaml: the key is tried before anything is written."""
    park, other = person(kim.parent, "park"), person(kim.parent, "other")
    lock(kim, recipients=(park.public,))
    old = files(kim)

    for keys in (Keys(), other.keys):
        for parts in ((), ("out",)):
            with pytest.raises(FileBusyError):
                unlock(kim, keys, *parts)

    assert files(kim) == old


@POSIX
def test_who_has_no_key_can_finish_a_lock_that_was_interrupted(kim: Path) -> None:
    """Sealing needs public keys only, the second time too."""
    park = person(kim.parent)
    step = 0
    while not (kim / "exhibits/deep/photo.jpg.age").exists():
        step += 5
        small(kim)
        for path in (*kim.rglob("*.age"), kim / vault.LOCK):
            path.unlink(missing_ok=True)
        killed_at(step, lambda: lock(kim, recipients=(park.public,)))
    twice = [p for p in kim.rglob("*.age") if vault.unsealed(p).exists()]
    assert b"unfinished: sealing" in (kim / vault.LOCK).read_bytes()

    if twice:  # which of the two counts can be told with a key only
        with pytest.raises(FileBusyError, match="no key was given"):
            lock(kim)
        for path in twice:
            path.unlink()
    lock(kim)

    assert contents(kim, park.keys) == {name: {data} for name, data in FILES.items()}
    assert b"unfinished" not in (kim / vault.LOCK).read_bytes()


def test_nobody_locks_a_case_that_the_key_at_hand_does_not_open(kim: Path) -> None:
    """The wrong public key is noticed before a file is touched."""
    park, other = person(kim.parent, "park"), person(kim.parent, "other")

    with pytest.raises(UsageError, match="not among those"):
        lock(kim, park.keys, recipients=(other.public,))
    with pytest.raises(UsageError, match="nobody could open"):
        lock(kim)

    assert files(kim) == FILES


def test_a_key_is_added_only_by_somebody_who_can_open_the_case(kim: Path) -> None:
    """Files must be sealed anew for it: without a key nothing is touched, not even lock.yaml."""
    park, jung = person(kim.parent, "park"), person(kim.parent, "jung")
    lock(kim, recipients=(park.public,))
    old = files(kim)

    with pytest.raises(FileBusyError, match="no key was given"):
        lock(kim, recipients=(jung.public,))
    assert files(kim) == old

    lock(kim, park.keys, recipients=(jung.public,))
    assert contents(kim, jung.keys) == {name: {data} for name, data in FILES.items()}


def test_one_damaged_file_does_not_hold_the_others(kim: Path) -> None:
    """The rest is opened, the damaged one is named, and the case stays locked."""
    park = person(kim.parent)
    lock(kim, recipients=(park.public,))
    (kim / "exhibits/lease.pdf.age").write_bytes(b"age-encryption.org/v1\nrubbish")

    with pytest.raises(FileBusyError, match="1 of 5 files") as caught:
        unlock(kim, park.keys)

    assert "lease.pdf" in str(caught.value.faults)
    assert (kim / vault.LOCK).exists()
    assert (kim / "exhibits/deep/photo.jpg").exists()


@pytest.mark.parametrize("name", ["out/~$quest.docx", "out/.~lock.pd-request.docx#"])
def test_a_case_open_in_word_is_not_locked(kim: Path, name: str) -> None:
    """What Word saves afterwards would stand there in the clear."""
    park = person(kim.parent)
    (kim / name).write_bytes(b"")

    with pytest.raises(FileBusyError, match="open in Word"):
        lock(kim, recipients=(park.public,))


def test_a_lost_lock_file_stops_saving_not_reading(kim: Path) -> None:
    """Without lock.yaml nobody knows whom to seal for; naming the keys again mends it."""
    park = person(kim.parent)
    lock(kim, recipients=(park.public,))
    (kim / vault.LOCK).unlink()
    case = made.opened(kim, park.keys)

    assert case.load().text.encode() == FILES["answers.yaml"]
    with case.locked(), pytest.raises(FileBusyError, match=r"lock\.yaml is missing"):
        case.save("answers: 1\n")
    lock(kim, park.keys, recipients=(park.public,))
    assert contents(kim, park.keys) == {name: {data} for name, data in FILES.items()}


@given(data=st.binary(max_size=3000), armor=st.booleans())
def test_whatever_a_file_holds_comes_back(data: bytes, armor: bool) -> None:  # noqa: FBT001 - a strategy
    """Sealing and opening are each other's reverse."""
    identity = made.pyrage.x25519.Identity.generate()

    shut = vault.seal(data, [str(identity.to_public())], armor=armor)

    assert made.pyrage.decrypt(shut, [identity]) == data


@pytest.mark.parametrize(
    ("text", "line"), [("age1nonsense\n", 1), ("# office\n\nAGE-SECRET-KEY-1XYZ\n", 3)]
)
def test_a_recipients_file_with_a_wrong_line_is_named_not_repeated(text: str, line: int) -> None:
    """File and line; a secret key pasted by mistake is not shown."""
    with pytest.raises(UsageError, match=f"office.txt:{line}: ") as caught:
        vault.read_recipients(text.encode(), "office.txt")

    assert "XYZ" not in caught.value.message

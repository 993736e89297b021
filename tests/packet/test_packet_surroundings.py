"""Copies that synchronisers made, owner files and open seals are recognised and explained."""

from pathlib import Path

import pytest

from nkdocs import cases
from nkdocs.packet import reasons, surroundings
from tests.packet.papers import nkdocs


@pytest.fixture
def kim(tmp_path: Path) -> Path:
    """Return a case that has one result."""
    folder = tmp_path / "kim"
    (folder / "exhibits").mkdir(parents=True)
    (folder / "answers.yaml").write_text("answers: 1\n", "utf-8")
    case = cases.find(folder)
    case.write({"pd-request.docx": b"PK"}, [{"path": "pd-request.docx"}])
    return folder


def found(folder: Path) -> list[tuple[str, str]]:
    """Return code and place of what stands around a case."""
    return [(f.code, f.subject) for f in surroundings.around(cases.find(folder))]


@pytest.mark.parametrize(
    ("name", "original"),
    [
        ("answers-DESKTOP-4F2K1.yaml", "answers.yaml"),  # OneDrive
        ("answers-LAPTOP7.yaml", "answers.yaml"),
        ("answers (1).yaml", "answers.yaml"),  # OneDrive, Google Drive
        ("answers 2.yaml", "answers.yaml"),  # iCloud
        ("answers (Jo Park's conflicted copy 2026-11-20).yaml", "answers.yaml"),  # Dropbox
        ("answers (conflicted copy 2026-11-20 101112).yaml", "answers.yaml"),  # Nextcloud
        ("answers (박지우의 충돌된 사본 2026-11-20).yaml", "answers.yaml"),  # Dropbox in Korean
        ("answers.sync-conflict-20261120-101112-ABCDEFG.yaml", "answers.yaml"),  # Syncthing
        ("answers (SFConflict jo@example.org 2026-11-20-10-11-12).yaml", "answers.yaml"),
        ("answers_conflict-20261120-101112.yaml", "answers.yaml"),  # ownCloud
        ("answers.yaml-DESKTOP-4F2K1.age", "answers.yaml.age"),
        ("answers.yaml (1).age", "answers.yaml.age"),
        ("lock-DESKTOP-4F2K1.yaml", "lock.yaml"),
        ("out/manifest (1).jsonl", "manifest.jsonl"),
        ("out/pd-request-DESKTOP-4F2K1.docx", "pd-request.docx"),
        ("out/pd-request - Copy.docx", "pd-request.docx"),
        ("out/pd-request - 복사본.docx", "pd-request.docx"),
        ("exhibits/scan (Jo's conflicted copy 2026-11-20).pdf", "scan.pdf"),
    ],
)
def test_a_copy_of_a_synchroniser_is_named_with_its_original(
    kim: Path, name: str, original: str
) -> None:
    """Somebody's answers may stand in it alone, and nkdocs does not read it."""
    (kim / name).write_bytes(b"answers: 1\n")

    (only,) = surroundings.around(cases.find(kim))

    assert (only.code, only.subject) == ("F020", name)
    assert f"copy of {original} " in only.message


@pytest.mark.parametrize(
    "name",
    ["exhibits/scan (1).pdf", "exhibits/IMG-2031.jpg", "exhibits/B-02 report.pdf", "notes.txt",
     "office-NY.yaml",
     "out/pd-request-order.docx", "out/pd-request.edited-1.docx", "answers.yaml.bak",
     "out/pd-request.pdf", "exhibits/Conflict of laws.pdf", "templates/pd-request (1).docx"],
)  # fmt: skip
def test_what_people_name_like_that_themselves_is_left_alone(kim: Path, name: str) -> None:
    """A numbered scan, a paper of one's own, a backup are no conflict."""
    (kim / name).parent.mkdir(exist_ok=True)
    (kim / name).write_bytes(b"x")

    assert found(kim) == []


@pytest.mark.parametrize("name", ["out/~$-request.docx", "out/.~lock.pd-request.docx#"])
def test_an_owner_file_is_explained(kim: Path, name: str) -> None:
    """Open in Word, or left behind by a crash: both are said, with the file to delete."""
    (kim / name).write_bytes(b"")

    (only,) = surroundings.around(cases.find(kim))

    assert only.code == "F021"
    assert f"delete {Path(name).name}" in only.hint


@pytest.mark.parametrize(
    ("place", "program"),
    [("OneDrive - Clinic", "OneDrive"), ("Dropbox (Clinic)", "Dropbox"),
     ("My Drive", "Google Drive"), ("Mobile Documents", "iCloud"), ("Nextcloud", "Nextcloud"),
     ("Boxes", ""), ("Synced", "")],
)  # fmt: skip
def test_a_synchronised_folder_is_named(tmp_path: Path, place: str, program: str) -> None:
    """Everything in it leaves the computer, and locks do not reach that far."""
    folder = tmp_path / place / "kim"
    folder.mkdir(parents=True)
    (folder / "answers.yaml").write_text("answers: 1\n", "utf-8")

    assert surroundings.synced(folder) == program
    assert [code for code, _ in found(folder)] == (["F022"] if program else [])


def test_check_and_doctor_tell_and_why_explains(kim: Path) -> None:
    """The same findings in both commands; each code has its reason."""
    (kim / "answers-DESKTOP-4F2K1.yaml").write_bytes(b"answers: 1\n")

    checked, asked = nkdocs("check", kim), nkdocs("doctor", kim)

    for said in (checked, asked):
        assert "F020" in said.out
        assert "answers-DESKTOP-4F2K1.yaml" in said.out
    assert all(reasons.why(code) for code in ("F020", "F021", "F022", "F023"))

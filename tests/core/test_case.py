"""A case: the one door to its files."""

import os
import stat
from pathlib import Path

import pytest

from nkdocs import cases
from nkdocs.case import Case, Hand, sha256
from nkdocs.citations.pagemap import Entry, PageMap, Run
from nkdocs.errors import AnswersError, FileBusyError


@pytest.fixture
def case(tmp_path: Path) -> Case:
    """Return an empty case."""
    (tmp_path / "kim").mkdir()
    (tmp_path / "kim/answers.yaml").write_text("answers: 1\n", encoding="utf-8")
    return cases.find(tmp_path / "kim")


def wrote(case: Case, name: str, data: bytes, **more: object) -> None:
    """Write a result as nkdocs does, with its record."""
    case.write({name: data}, [{"path": name, "sha256": sha256(data), **more}])


def test_a_folder_its_answers_and_a_flat_file_are_cases(tmp_path: Path) -> None:
    """A flat file acts as the folder of its name beside it (DESIGN 8.19)."""
    (tmp_path / "kim").mkdir()
    (tmp_path / "kim/answers.yaml").write_text("answers: 1\n")
    (tmp_path / "lee.yaml").write_text("answers: 1\n")

    by_folder, by_file = cases.find(tmp_path / "kim"), cases.find(tmp_path / "kim/answers.yaml")
    flat = cases.find(tmp_path / "lee.yaml")

    assert by_folder.folder == by_file.folder == tmp_path / "kim"
    assert (flat.folder, flat.out) == (tmp_path / "lee", tmp_path / "lee/out")


@pytest.mark.parametrize("name", ["nothing", "nothing.yaml", "empty"])
def test_no_case_is_an_error_with_the_next_step(tmp_path: Path, name: str) -> None:
    """The message says how to make one."""
    (tmp_path / "empty").mkdir()

    with pytest.raises(AnswersError) as caught:
        cases.find(tmp_path / name)

    assert "nkdocs new" in caught.value.hint


def test_the_office_is_found_upward(tmp_path: Path) -> None:
    """The nearest office.yaml above the case is the case's."""
    (tmp_path / "a/kim").mkdir(parents=True)
    (tmp_path / "a/kim/answers.yaml").write_text("answers: 1\n")
    (tmp_path / "office.yaml").write_text("office: {name: Far}\n")
    (tmp_path / "a/office.yaml").write_text("office: {name: Near}\n")

    found = cases.find(tmp_path / "a/kim")

    assert found.load().data["office"] == {"name": "Near"}


def test_a_result_is_ours_until_someone_touches_it(case: Case) -> None:
    """The manifest says whose a file is; time stamps play no part."""
    seen = [case.hand("a.docx")]
    wrote(case, "a.docx", b"ours")
    seen.append(case.hand("a.docx"))
    os.utime(case.out / "a.docx", (1, 1))
    seen.append(case.hand("a.docx"))
    (case.out / "a.docx").write_bytes(b"hers")
    seen.append(case.hand("a.docx"))
    (case.out / "b.docx").write_bytes(b"hers")
    seen.append(case.hand("b.docx"))

    assert seen == [Hand.ABSENT, Hand.OURS, Hand.OURS, Hand.EDITED, Hand.UNKNOWN]


def test_what_someone_edited_stays_theirs_when_we_refresh_it(case: Case) -> None:
    """A file written back with its cites refreshed is not ours to fill anew."""
    wrote(case, "a.docx", b"hers, refreshed", edited=True)

    assert case.hand("a.docx") is Hand.EDITED


def test_a_line_cut_off_by_a_crash_is_survived(case: Case) -> None:
    """The records before it are read, and the next one is not glued to it."""
    wrote(case, "a.docx", b"one")
    manifest = case.out / "manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes() + '{"path": "b.docx", "x": "서'.encode()[:-1])

    wrote(case, "c.docx", b"two")

    assert [r["path"] for r in case.manifest()] == ["a.docx", "c.docx"]
    assert case.hand("a.docx") is Hand.OURS


def test_a_record_may_hold_any_text(case: Case) -> None:
    """Line separators of Unicode do not cut a record in two."""
    case.record([{"path": "a", "why": "one\u2028two\x85three"}])

    assert case.manifest() == [{"path": "a", "why": "one\u2028two\x85three"}]


@pytest.mark.skipif(os.name == "nt", reason="rights are told otherwise on Windows")
def test_results_are_for_the_owner_only(case: Case) -> None:
    """Files 0600, folders 0700, whatever the umask (TRUST R18)."""
    before = os.umask(0)
    try:
        wrote(case, "pd/packet.pdf", b"%PDF")
    finally:
        os.umask(before)

    modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in case.out.rglob("*")}
    assert modes == {"pd": 0o700, "packet.pdf": 0o600, "manifest.jsonl": 0o600}


def test_a_document_open_in_word_is_not_written(case: Case) -> None:
    """Word's owner file stands beside it: the message says to close it; nothing was written."""
    wrote(case, "a.docx", b"one")
    (case.out / "~$a.docx").write_bytes(b"x")

    with pytest.raises(FileBusyError, match="open in Word"):
        wrote(case, "a.docx", b"two")

    assert (case.out / "a.docx").read_bytes() == b"one"


def test_backups_never_replace_each_other(case: Case) -> None:
    """Each gets the next free name."""
    kept = []
    for data in (b"one", b"two"):
        wrote(case, "a.docx", data)
        kept.append(case.back_up("a.docx"))

    assert kept == ["a.edited-1.docx", "a.edited-2.docx"]
    assert [(case.out / k).read_bytes() for k in kept] == [b"one", b"two"]


def test_what_is_frozen_is_never_replaced(case: Case) -> None:
    """The same bytes may come again; others may not."""
    case.freeze("served", "pd.pdf", b"sent")
    case.freeze("served", "pd.pdf", b"sent")

    with pytest.raises(FileBusyError):
        case.freeze("served", "pd.pdf", b"other")

    assert case.read("served/pd.pdf") == b"sent"


def test_a_frozen_page_map_comes_back_as_it_was(case: Case) -> None:
    """Parts, chosen pages, paragraphs and the words for later cites survive."""
    runs = (Run("translation", 3, (1, 2)), Run("original", 5, (4, 9)))
    entry = Entry("id-card", "A", "Card 주민등록증: “x”", runs, 2, {"arrest": (14, 2)})
    pages = PageMap("pd", (entry,), 8, "filed March 2, 2024", 101)

    case.freeze_map(pages)

    assert case.served() == {"pd": pages}


def test_a_damaged_page_map_is_no_empty_one(case: Case) -> None:
    """Filed page numbers are never guessed."""
    (case.folder / "served").mkdir()
    (case.folder / "served/pd.yaml").write_text("filing: [pd\n")

    with pytest.raises(AnswersError, match="damaged"):
        case.served()


def test_saving_answers_keeps_the_version_before(case: Case) -> None:
    """The old text is in `.bak`."""
    case.save("answers: 1\nmeta: {as_of: 2026-11-20}\n")

    assert case.file.with_name("answers.yaml.bak").read_text() == "answers: 1\n"


def test_a_second_program_is_told_who_holds_the_case(case: Case) -> None:
    """Nobody loses an answer to somebody else's saving."""
    with case.locked(), pytest.raises(FileBusyError), cases.find(case.folder).locked():
        pass

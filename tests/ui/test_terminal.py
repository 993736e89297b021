"""The interview in a real terminal: back, jump, leaving and coming back, Korean, narrow."""

import shutil
from pathlib import Path

import pytest

from nkdocs.answers.load import load
from nkdocs.cases import find
from nkdocs.ui.columns import width
from tests.locks.keys import lock, person
from tests.ui.driven import Client, by_json, by_terminal
from tests.ui.terminal import Terminal, needs_tmux
from tests.ui.test_entries import pdf
from tests.ui.test_same_answers import begun, twins

pytestmark = needs_tmux


def told(case: Path) -> dict[str, object]:
    """Return the answers as they stand on the disk."""
    file = load((case / "answers.yaml").read_text("utf-8"), "answers.yaml")
    assert not file.faults
    return file.data


def test_back_jump_ctrl_c_and_the_same_question_tomorrow(tmp_path: Path) -> None:
    """What was answered is kept; the same command goes on at the same question."""
    case = begun(tmp_path)
    with Terminal("interview", case, "sign-off") as terminal:
        terminal.wait("Which papers does this case need now?")
        terminal.type("/")
        terminal.wait("Which part or question?")
        terminal.enter("counsel.name")
        terminal.wait("Who signs these papers?")
        terminal.enter("Hana Seo")
        terminal.wait("In what role do they sign?")
        terminal.press("C-b")
        terminal.wait(lambda s: s.count("Who signs these papers?") == 2)
        terminal.enter(" Kang")
        terminal.wait(lambda s: s.count("In what role do they sign?") == 2)
        terminal.press("C-c")
        terminal.wait("The same command goes on from here.")
        terminal.wait("ended with 130")
    assert told(case)["counsel"] == {"name": "Hana Seo Kang"}

    with Terminal("interview", case, "sign-off", columns=60) as terminal:
        shown = terminal.wait("In what role do they sign?")
        assert max(width(line) for line in shown.splitlines()) <= 60
        terminal.press("C-c")
        terminal.wait("Nothing was changed.")


def test_korean_interview_keeps_hangul_and_its_width(tmp_path: Path) -> None:
    """Hangul is typed, corrected and stored composed; the window may become narrow meanwhile."""
    case = begun(tmp_path)
    words = ("asylum-declaration", "--lang", "ko", "--set", "dprk.lived=yes")
    with Terminal("interview", case, *words) as terminal:
        terminal.wait("has not been reviewed by a native speaker yet")
        terminal.wait("Which papers")
        terminal.type("/")
        terminal.wait("어느 부분 또는 어느 질문입니까?")
        terminal.enter("respondents")
        terminal.wait("더하기")
        terminal.enter("a")
        terminal.wait("1) 비워 두기")
        terminal.wait("이 사람이 기본 신청자입니까?")
        terminal.type("/")
        terminal.wait(lambda s: s.count("어느 부분 또는 어느 질문입니까?") >= 2)
        terminal.enter("childhood")
        terminal.wait("Esc 다음 Enter")  # the keys' own line stands on the screen already
        terminal.resize(60)
        terminal.type("함경북도 무산에서 태어낫")
        terminal.press("BSpace")
        terminal.type("났습니다.")
        terminal.wait("태어났습니다.")
        terminal.press("Escape", "Enter")
        terminal.wait(lambda s: "childhood" in str(told(case)) or s == "")
        terminal.press("C-c")
        shown = terminal.wait("ended with 130")
        assert max(width(line) for line in shown.splitlines()) <= 60
    assert told(case)["dprk"] == {"lived": "yes", "childhood": "함경북도 무산에서 태어났습니다."}


def test_long_text_is_written_in_the_users_own_editor(tmp_path: Path) -> None:
    """Ctrl-X Ctrl-E opens what was typed in $EDITOR; its paragraphs come back."""
    case, editor = begun(tmp_path), tmp_path / "editor"
    editor.write_text("#!/bin/sh\nprintf '\\n\\nA second paragraph.\\n' >> \"$1\"\n", "utf-8")
    editor.chmod(0o700)
    words = ("asylum-declaration", "--set", "dprk.lived=yes")
    with Terminal("interview", case, *words, EDITOR=str(editor)) as terminal:
        terminal.wait("Which papers")
        terminal.type("/")
        terminal.wait("Which part or question?")
        terminal.enter("childhood")
        terminal.wait("Ctrl-X Ctrl-E")
        terminal.type("I was born in Musan.")
        terminal.press("C-x", "C-e")
        terminal.wait("A second paragraph.")
        terminal.press("Escape", "Enter")
        terminal.wait("Understood: 2 paragraphs")
    assert told(case)["dprk"] == {
        "lived": "yes", "childhood": "I was born in Musan.\n\nA second paragraph.",
    }  # fmt: skip


def test_text_of_a_locked_case_goes_to_no_editor(tmp_path: Path) -> None:
    """An editor's file would lie on the disk in the clear; the key does nothing."""
    case, editor, key = begun(tmp_path), tmp_path / "editor", person(tmp_path)
    editor.write_text(f"#!/bin/sh\ntouch {tmp_path}/opened\n", "utf-8")
    editor.chmod(0o700)
    lock(case, key.keys, recipients=(key.public,))
    words = ("asylum-declaration", "--set", "dprk.lived=yes", "--identity", key.file)
    with Terminal("interview", case, *words, EDITOR=str(editor)) as terminal:
        terminal.wait("Which papers")
        terminal.type("/")
        terminal.wait("Which part or question?")
        terminal.enter("childhood")
        shown = terminal.wait("Esc Enter ends.")
        terminal.type("I was born in Musan.")
        terminal.press("C-x", "C-e")
        terminal.press("Escape", "Enter")
        terminal.wait("standing (songbun)")
    assert "Ctrl-X" not in shown
    assert not (tmp_path / "opened").exists()


def test_nothing_is_cut_at_the_edge(tmp_path: Path) -> None:
    """A refusal is seen whole; an answer that has no room behind its question gets a line."""
    case = begun(tmp_path)
    with Terminal("interview", case, "pd-request", columns=60) as terminal:
        terminal.wait("Which papers does this case need now?")
        terminal.type("/")
        terminal.wait("Which part or question?")
        terminal.enter("signs these papers")
        terminal.wait("Who signs these papers?")
        terminal.enter("/date should the papers carry")
        terminal.wait("What date should the papers carry?")
        terminal.press("C-u")
        terminal.enter("December 18")
        shown = " ".join(terminal.wait("March 7, 2019").split())
        assert "say the year too; write the date as year-month-day, like 2019-03-07" in shown
        terminal.press("C-u")
        terminal.enter("/kind of proceedings")
        terminal.wait("What kind of proceedings are they?")
        terminal.enter("removal")
        shown = terminal.wait("Understood: removal proceedings under INA § 240.")
        assert "are they?\n  removal proceedings under INA § 240\n" in shown
        terminal.press("C-c")


def test_file_is_picked_by_a_part_of_its_name(tmp_path: Path) -> None:
    """The files of a locked case are seen with pages and a line, and stay sealed on the disk."""
    case, key = begun(tmp_path), person(tmp_path)
    (case / "exhibits").mkdir(exist_ok=True)
    pdf(case / "exhibits" / "김 letter.pdf", "Dear Judge,", "and so on")
    pdf(case / "exhibits" / "lease.pdf", "Lease of a room")
    lock(case, key.keys, recipients=(key.public,))
    words = ("sign-off", "--identity", key.file)
    with Terminal("interview", case, *words) as terminal:
        terminal.wait("Which papers")
        terminal.type("/")
        terminal.wait("Which part or question?")
        terminal.enter("exhibits")
        terminal.wait("add: exhibit")
        terminal.enter("a")
        terminal.wait("1. exhibits/lease.pdf · 1 page · Lease of a room")
        terminal.wait("2. exhibits/김 letter.pdf · 2 pages · Dear Judge,")
        terminal.type("letter")
        terminal.press("Enter")
        terminal.wait("What is it called in the index?")
        terminal.enter(" to the court")
        terminal.wait("What is its date?")
        terminal.press("C-c")
        terminal.wait("ended with 130")
    (entry,) = find(case, keys=key.keys).load().data["exhibits"]
    assert entry == {
        "id": "letter", "file": "exhibits/김 letter.pdf", "title": "김 letter to the court"
    }  # fmt: skip
    assert sorted(f.suffix for f in (case / "exhibits").iterdir()) == [".age", ".age"]


def test_plain_prompts_open_the_editor_where_a_person_types(tmp_path: Path) -> None:
    """A line of $ at a long text; on a locked case it is not offered."""
    case, editor = begun(tmp_path), tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "Born in Musan.\\n\\nBy the river." > "$1"\n', "utf-8")
    editor.chmod(0o700)
    words = ("asylum-declaration", "--plain", "--set", "dprk.lived=yes")
    with Terminal("interview", case, *words, EDITOR=str(editor)) as terminal:
        terminal.wait("Which papers")
        terminal.enter("/childhood")
        terminal.wait("opens your own editor")
        terminal.enter("$")
        terminal.wait("standing (songbun)")
    assert told(case)["dprk"] == {"lived": "yes", "childhood": "Born in Musan.\n\nBy the river."}


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "ko"])
def test_terminal_gives_the_same_bytes_as_another_program(tmp_path: Path, language: str) -> None:
    """A whole interview typed in a terminal, and the same one by question and answer as data."""
    first, second = twins(tmp_path)
    client = Client(("sign-off",))

    by_json(first, client, language)
    by_terminal(second, client, language)

    one, two = (c / "answers.yaml" for c in (first, second))
    assert one.read_text("utf-8") == two.read_text("utf-8")
    shutil.rmtree(tmp_path / "twin")

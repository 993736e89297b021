"""Looking over the answers: harm left for another day, and what nkdocs check finds beside them."""

from pathlib import Path

import pytest

from nkdocs.case import Case
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.errors import AnswersError
from nkdocs.interview import load
from nkdocs.ui import single
from nkdocs.ui.book import Book
from nkdocs.ui.prompter import Command, Do
from nkdocs.ui.session import Session
from tests.ui.talk import DOCUMENT, FakePrompter, catalogue, written

TOLD = """
section: told
title: {en: What happened, ko: 당한 일}
harm: yes
questions:
- {ask: events, kind: list, singular: event, prompt: Which events?, audience: [client],
   required: yes}
- {ask: "events[].when", kind: when, prompt: When was it?, audience: [client]}
- {ask: "events[].told", kind: text, prompt: What was done?, audience: [client], required: yes}
"""
KIN = """
section: kin
title: {en: Relatives}
questions:
- {ask: kin.beaten, kind: text, prompt: Who was beaten?, audience: [client], harm: yes}
- {ask: kin.living, kind: text, prompt: Who is alive?, audience: [client]}
"""
START = "answers: 1\nrespondents: []\ncase: {detained: no, risk: none, charges: [a6]}\n"
LATER = Command(Do.DAY)


def opened(folder: Path, text: str = START) -> Book:
    """Return the book of a case whose questions are partly about harm."""
    catalogue(folder)
    shared = folder / "templates" / "shared"
    (shared / "told.yaml").write_text(TOLD, "utf-8")
    (shared / "kin.yaml").write_text(KIN, "utf-8")
    paper = DOCUMENT.replace("[people, matter]", "[people, told, kin, matter]")
    (folder / "templates" / "letter" / "interview.yaml").write_text(paper, "utf-8")
    known = load.load([folder / "templates"])
    case = folder / "seo"
    case.mkdir()
    (case / "answers.yaml").write_text(text, "utf-8")
    return Book(Case(case / "answers.yaml", case), known, list(known.documents.values()))


def run(book: Book, *script: tuple[str, object]) -> FakePrompter:
    """Drive a session by *script*, what it does not name is left open."""
    prompter = FakePrompter(script)
    Session(book, prompter).run()
    assert not prompter.script, prompter.script
    return prompter


def test_one_key_leaves_all_harm_and_asks_the_rest(tmp_path: Path) -> None:
    """Questions about harm of every part go at once; those beside them are still put."""
    prompter = run(opened(tmp_path), ("Which events", LATER), ("Who is alive", "an aunt"))

    assert "Who was beaten?" not in prompter.asked
    assert any("2 questions about harm are left for another day" in t for t in prompter.shown)


def test_review_lists_what_is_left_for_another_day_by_itself(tmp_path: Path) -> None:
    """It is not among what is open and required today."""
    shown = run(opened(tmp_path), ("Which events", LATER)).shown

    at = next(n for n, text in enumerate(shown) if "open, on another day" in text)
    assert [text.strip() for text in shown[at + 1 : at + 3]] == [
        "- Which events?  [events]", "- Who was beaten?  [kin.beaten]"
    ]  # fmt: skip
    assert not any("[events]" in text for text in shown[:at])


def test_event_that_was_begun_can_be_left_in_the_middle(tmp_path: Path) -> None:
    """What was told of it is kept, what was not is for another day; an empty one is in no file."""
    begun = opened(tmp_path / "a")
    run(begun, ("Which events", "add"), ("When was it", "2006"), ("What was done", LATER))
    empty = opened(tmp_path / "b")
    run(empty, ("Which events", "add"), ("When was it", LATER))

    assert "when: 2006" in written(begun)
    assert written(empty) == START


def test_harm_is_taken_up_again_by_its_part(tmp_path: Path) -> None:
    """A jump to one part asks that part, and no other part that was put off."""
    prompter = run(
        opened(tmp_path),
        ("Which events", LATER),
        ("Who is alive", Command(Do.JUMP, "What happened")),
        ("Which events", "none"),
    )

    assert prompter.asked.count("Which events?") == 2
    assert "Who was beaten?" not in prompter.asked


def test_key_pressed_elsewhere_stays_at_its_question(tmp_path: Path) -> None:
    """Whoever sees it coming can put harm off before the first such question."""
    text = START.replace("detained: no, ", "").replace("respondents: []\n", "")

    prompter = run(opened(tmp_path, text), ("Who is in", LATER), ("Who is in", "none"))

    assert "Which events?" not in prompter.asked
    assert "Detained?" in prompter.asked


def test_line_tells_of_the_key_only_where_harm_is_asked(tmp_path: Path) -> None:
    """Other front ends are told too."""
    book = opened(tmp_path)
    asked = {s.path: single.told(book, s)["harm"] for s in book.plan.steps}

    assert {path for path, harm in asked.items() if harm} == {"events", "kin.beaten"}


def found(code: str, place: Place, subject: str = "") -> Finding:
    """Return a finding at a place."""
    return Finding(
        code=code, severity=Severity.WARN, message=f"{code} is told", place=place, subject=subject
    )


def test_exhibits_and_papers_are_looked_into_once_and_only_when_asked(tmp_path: Path) -> None:
    """Opening the review costs the answers' checks; the findings show all, and remember it."""
    book = opened(tmp_path)
    asked: list[bool] = []

    def findings(whole: bool) -> list[Finding]:  # noqa: FBT001
        asked.append(whole)
        more = [found("L501", Place("out/letter.docx", paragraph=3), "case.detained")]
        return [found("L106", Place("seo/answers.yaml", 1)), *(more if whole else [])]

    review = Command(Do.REVIEW)
    prompter = FakePrompter([
        ("Which events", review), ("Which part", ""), ("Which events", review),
        ("Which part", "!"), ("Which answer", ""), ("Which part", "!"), ("Which answer", "1"),
        ("Detained", review), ("Which part", "!"), ("Which answer", "1"), ("Detained", "yes"),
    ])  # fmt: skip

    Session(book, prompter, findings=findings).run()

    assert not prompter.script
    assert asked[:3] == [False, True, False]  # the last because the answers are others by then
    assert any("L106 is told" in text for text in prompter.shown)
    assert "detained: yes" in written(book)


def test_check_that_fails_or_is_stopped_leaves_the_review_standing(tmp_path: Path) -> None:
    """Ctrl-C during a long look ends the look and not the interview."""
    ways: list[BaseException] = [KeyboardInterrupt(), AnswersError("no such template")]

    def findings(whole: bool) -> list[Finding]:  # noqa: FBT001
        if whole:
            raise ways.pop(0)
        return []

    look = [("Which part", "!"), ("Which answer", "")]
    prompter = FakePrompter([("Which events", Command(Do.REVIEW)), *look, *look])

    Session(opened(tmp_path), prompter, findings=findings).run()

    assert any("Stopped" in text for text in prompter.shown)
    assert any("no such template" in text for text in prompter.shown)


@pytest.mark.parametrize("subject", ["events.night", "events.night.told"])
def test_finding_about_an_item_stands_at_its_first_answer(tmp_path: Path, subject: str) -> None:
    """What is said of an event as a whole leads into it."""
    text = START + "events:\n- {id: night, when: '2006', told: They came.}\n_done: [events]\n"
    book = opened(tmp_path, text)
    prompter = FakePrompter([
        ("Who was beaten", Command(Do.REVIEW)), ("Which part", "!"), ("Which answer", "1"),
    ])  # fmt: skip

    Session(book, prompter, findings=lambda _: [found("L2", Place("out/x"), subject)]).run()

    assert not prompter.script
    assert prompter.asked[-1] != "Which answer?"
    assert {"When was it?", "What was done?"} & set(prompter.asked)

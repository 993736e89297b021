"""The session: what is asked, when it is saved, back, lists, review."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nkdocs._resources import shipped
from nkdocs.case import Case
from nkdocs.diagnostics import Finding, Place, Severity
from nkdocs.interview.engine import Standing, Step
from nkdocs.interview.load import load
from nkdocs.interview.spec import Document, Question
from nkdocs.ui.book import Book
from nkdocs.ui.columns import width
from nkdocs.ui.faces import Reply
from nkdocs.ui.prompter import Ask, Command, Do, Option
from nkdocs.ui.session import Session
from tests.ui.talk import FakePrompter, answers, book, talk, written

LEAD = "answers: 1\nrespondents:\n- id: lead\n  lead: yes\n  name: SEO Yun Hui\n"


def test_answer_is_in_the_file_before_the_next_question(tmp_path: Path) -> None:
    """What was answered is saved when the next prompt is shown."""
    opened = book(tmp_path)
    seen: list[bool] = []
    prompter = FakePrompter([("Who is in", "add"), ("lead?", "yes"), ("What name", "SEO Yun Hui")])
    prompter.before = lambda: seen.append("lead: yes" in written(opened))

    Session(opened, prompter).run()

    assert seen[prompter.asked.index("What name?")]


def test_new_item_is_named_by_its_first_answer(tmp_path: Path) -> None:
    """The id comes from what was said, and later answers stand beside it."""
    opened = book(tmp_path, LEAD)

    talk(opened, ("Which entries", "add"), ("When was", "autumn 2021"), ("Where was", "Otay Mesa"))

    assert answers(opened).items(("respondents", 0, "entries")) == ["entry-autumn-2021"]
    assert "where: Otay Mesa" in written(opened)


def test_new_item_without_any_answer_is_in_no_file(tmp_path: Path) -> None:
    """Adding and then leaving everything open changes nothing."""
    opened = book(tmp_path, LEAD)

    talk(opened, ("Which entries", "add"))

    assert written(opened) == LEAD


def test_question_left_open_in_one_item_is_put_for_the_next(tmp_path: Path) -> None:
    """What was skipped of one item is not asked twice, and is asked of the next."""
    opened = book(tmp_path, LEAD)

    prompter = talk(
        opened,
        ("Which entries", "add"),
        ("When was", ""),
        ("Where was", "Otay Mesa"),
        ("Which entries", "add"),
        ("When was", "2021"),
    )

    assert prompter.asked.count("When was the entry?") == 2
    assert len(answers(opened).items(("respondents", 0, "entries"))) == 2


def test_item_inside_an_unsaved_item_saves_both(tmp_path: Path) -> None:
    """A list can be filled before the item around it has an answer of its own."""
    opened = book(tmp_path)

    talk(opened, ("Who is in", "add"), ("Which entries", "add"), ("When was", "2021"))

    assert answers(opened).data(("respondents", 0, "entries", 0, "when")) == "2021"


def test_condition_decides_what_is_asked(tmp_path: Path) -> None:
    """A question whose condition fails is never put."""
    free = talk(book(tmp_path / "a"), ("Detained", "no"))
    held = talk(book(tmp_path / "b"), ("Detained", "yes"))

    assert ("Where held?" in free.asked, "Where held?" in held.asked) == (False, True)


def test_back_shows_the_question_before_and_keeps_later_answers(tmp_path: Path) -> None:
    """Going back to change one answer leaves the ones after it as they are."""
    opened = book(tmp_path, LEAD + "case:\n  charges: [a6]\n")
    back = Command(Do.BACK)

    talk(opened, ("Detained", "yes"), ("Where held", back), ("Detained", "no"))

    assert "detained: no" in written(opened)
    assert "charges: [a6]" in written(opened)


def test_fault_is_shown_with_its_remedy_and_asked_again(tmp_path: Path) -> None:
    """A date that cannot be read is never saved."""
    opened = book(tmp_path, LEAD)

    prompter = talk(
        opened, ("Which entries", "add"), ("When was", "year of the flood"), ("When was", "2006")
    )

    assert any("write what is known" in text for text in prompter.shown)
    assert "flood" not in written(opened)


def test_what_was_understood_is_said_back(tmp_path: Path) -> None:
    """An approximate date is said back as the days that are possible."""
    opened = book(tmp_path, LEAD)

    prompter = talk(opened, ("Which entries", "add"), ("When was", "winter 2008"))

    assert any("between December 2008 and February 2009" in text for text in prompter.shown)


def test_invalid_answer_of_the_file_is_asked_again(tmp_path: Path) -> None:
    """An answer that cannot be read counts as open, and what stands there is offered."""
    opened = book(tmp_path, LEAD + "case:\n  detained: perhaps\n")

    prompter = talk(opened, ("Detained", "no"))

    assert "detained: no" in written(opened)
    assert "Detained?" in prompter.asked


def test_none_and_no_more_are_noted(tmp_path: Path) -> None:
    """An empty list is [], a complete one is named in _done."""
    opened = book(tmp_path, LEAD)

    talk(opened, ("Which entries", "none"), ("Who is in", "done"))

    told = answers(opened)
    assert told.data(("respondents", 0, "entries")) == []
    assert told.data(("_done",)) == ["respondents"]


def test_item_is_taken_out_only_after_a_second_word(tmp_path: Path) -> None:
    """Deleting asks again; the first answer alone changes nothing."""
    opened = book(tmp_path, LEAD)

    talk(opened, ("Who is in", "delete"), ("Which one", "0"), ("SEO Yun Hui: 2", ""))
    kept = written(opened)
    talk(opened, ("Who is in", "delete"), ("Which one", "0"), ("SEO Yun Hui: 2", "yes"))

    assert kept == LEAD
    assert answers(opened).items(("respondents",)) == []


def test_item_is_gone_through_again(tmp_path: Path) -> None:
    """Changing an item asks its answered questions too."""
    opened = book(tmp_path, LEAD)

    talk(opened, ("Who is in", "change"), ("Which one", "0"), ("lead?", ""), ("name", "SEO Yuna"))

    assert "name: SEO Yuna" in written(opened)


def test_jump_goes_to_a_part_by_a_piece_of_its_name(tmp_path: Path) -> None:
    """`/matter` leads to the first open question of The matter."""
    opened = book(tmp_path)

    prompter = talk(opened, ("Who is in", Command(Do.JUMP, "matter")))

    assert prompter.asked[1] == "Detained?"


def test_note_is_kept_beside_the_answers(tmp_path: Path) -> None:
    """A note is saved under its path and the question is asked again."""
    opened = book(tmp_path, LEAD)

    prompter = talk(opened, ("Detained", Command(Do.NOTE, "ask the cousin")), ("Detained", "no"))

    assert answers(opened).data(("_notes", "case.detained")) == "ask the cousin"
    assert prompter.asked.count("Detained?") == 2


def test_part_can_be_left_as_a_block(tmp_path: Path) -> None:
    """`>` leaves the rest of a section open: harm is never forced out of anybody."""
    prompter = talk(book(tmp_path, LEAD), ("Detained", Command(Do.LEAVE)))

    assert "Which charges?" not in prompter.asked


def test_help_tells_meaning_reason_and_law(tmp_path: Path) -> None:
    """`?` shows help, why and source, then asks again."""
    prompter = talk(book(tmp_path, LEAD), ("Detained", Command(Do.HELP)), ("Detained", "no"))

    told = "\n".join(prompter.shown)
    assert "Held by ICE today." in told
    assert "Decides the venue." in told
    assert "8 CFR 1003.14" in told


@pytest.mark.parametrize(("client_view", "shown"), [(False, True), (True, False)])
def test_help_names_the_paragraphs_that_use_the_answer(
    tmp_path: Path,
    client_view: bool,  # noqa: FBT001 - a parameter of pytest
    shown: bool,  # noqa: FBT001 - a parameter of pytest
) -> None:
    """The first few of them, and how many more there are; beside the client none."""
    opened = book(tmp_path, LEAD, client_view=client_view)
    prompter = FakePrompter([("Detained", Command(Do.HELP)), ("Detained", "no")])
    asked = []

    def uses(question: Question, documents: Sequence[Document]) -> list[str]:
        asked.append((question.path, [d.id for d in documents]))
        return [f"letter.docx, paragraph {n}" for n in range(1, 10)]

    Session(opened, prompter, uses=uses).run()

    told = "\n".join(prompter.shown)
    assert ("paragraph 6" in told) is shown
    assert ("+ 3" in told) is shown
    assert "paragraph 7" not in told
    assert asked == ([("case.detained", ["letter"])] if shown else [])


def test_client_view_shows_nothing_of_counsel(tmp_path: Path) -> None:
    """Beside the client neither internal questions nor their reasons appear."""
    opened = book(tmp_path, LEAD, client_view=True)

    prompter = talk(opened, ("Detained", Command(Do.HELP)), ("Detained", "no"))

    assert "What does counsel think?" not in prompter.asked
    assert not any("venue" in text for text in prompter.shown)


def test_review_offers_an_answer_for_change(tmp_path: Path) -> None:
    """Before the end an answer can be picked by part and changed."""
    told = "  entries: []\n_done: [respondents]\ncase: {detained: no, risk: low, charges: a7}\n"
    opened = book(tmp_path, LEAD + told)

    prompter = talk(
        opened, ("Which part", "matter"), ("Which answer", "case.charges"), ("charges", ("a6",))
    )

    assert prompter.asked[:3] == ["Which part?", "Which answer?", "Which charges?"]
    assert answers(opened).data(("case", "charges")) == ["a6"]


def test_leaving_says_what_is_saved_and_passes_on(tmp_path: Path) -> None:
    """Ctrl-C leaves at once; the count and the file are said."""
    opened = book(tmp_path, LEAD)
    prompter = FakePrompter([("Detained", "no"), ("Which charges", KeyboardInterrupt())])

    with pytest.raises(KeyboardInterrupt):
        Session(opened, prompter).run()

    assert prompter.shown[-1] == (
        "\n1 answer is saved in seo/answers.yaml. The same command goes on from here."
    )


def test_edit_made_beside_the_interview_is_kept(tmp_path: Path) -> None:
    """An answer typed into the file by an editor meanwhile is not lost."""
    opened = book(tmp_path, LEAD)
    prompter = FakePrompter([("Detained", "no")])

    def edit() -> None:
        if prompter.asked == ["Which entries?"]:
            opened.case.file.write_text("# mine\n" + LEAD.replace("- id", "- id: other\n- id"))

    prompter.before = edit

    Session(opened, prompter).run()

    assert written(opened).startswith("# mine")
    assert "detained: no" in written(opened)
    assert answers(opened).items(("respondents",)) == ["other", "lead"]


class _Random(FakePrompter):
    """Answers at random, adds few items, and checks that each question was open."""

    def __init__(self, draw: st.DataObject) -> None:
        super().__init__()
        self.draw, self.adds, self.opened = draw, 0, None

    def _reply(self, ask: Ask, options: Sequence[Option] = ()) -> object:
        self.asked.append(ask.title)
        if ask.title == "Which part?":
            return ""
        if options:
            keys = [o.key for o in options if o.key not in {"change", "delete", "-", "+told"}]
            key = self.draw.draw(st.sampled_from(keys))
            self.adds += key == "add"
            return "" if key == "add" and self.adds > 4 else key
        return self.draw.draw(st.sampled_from(["", "2006", "winter 2009", "KP", "서윤희"]))

    def several(self, ask: Ask, options: Sequence[Option]) -> tuple[str, ...] | Command:
        key = self._reply(ask, options)
        return (str(key),) if key else ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(draw=st.data())
def test_session_ends_and_asks_only_what_is_open(tmp_path: Path, draw: st.DataObject) -> None:
    """Whatever is answered: it ends, and no question is put that is idle or answered."""
    opened = book(tmp_path)
    prompter = _Random(draw)
    session = Session(opened, prompter)
    put: list[Standing] = []
    asked = session.asker.ask

    def watched(step: Step) -> Reply:
        put.append(step.standing)
        return asked(step)

    session.asker.ask = watched  # type: ignore[method-assign]

    session.run()

    assert set(put) <= {Standing.OPEN}
    assert not opened.case.load().faults


def test_an_item_is_called_by_what_tells_it_apart(tmp_path: Path) -> None:
    """Not by a yes or no, but by its time and place, or how its story begins."""
    text = (
        "answers: 1\npd:\n  negatives:\n  - {id: a, known_to_dhs: yes, fact: The form was late.}\n"
        "events:\n- {id: b, when: winter 2006, where: Musan}\n"
    )
    (tmp_path / "answers.yaml").write_text(text, "utf-8")
    known = load([shipped("templates")])
    opened = Book(Case(tmp_path / "answers.yaml", tmp_path), known, list(known.documents.values()))

    called = [opened.label(("pd", "negatives", 0)), opened.label(("events", 0))]

    assert called == ["The form was late.", "winter 2006, Musan"]


def test_answers_that_no_longer_count_are_named_at_once(tmp_path: Path) -> None:
    """Changing an earlier answer shows what is idle now, and what counts again; nothing is lost."""
    opened = book(tmp_path, LEAD + "case:\n  detained: yes\n  facility: Otay Mesa\n")
    step = opened.step("case.detained")
    assert step is not None

    jump = ("Who is in", Command(Do.JUMP, "case.detained"))
    gone = talk(opened, jump, ("Detained", "no"))
    again = talk(opened, jump, ("Detained", "yes"))

    assert any("Not used now, kept in the file: Where held?" in t for t in gone.shown)
    assert any("Counts again: Where held?" in t for t in again.shown)
    assert "facility: Otay Mesa" in written(opened)


def test_jump_goes_to_a_question_by_a_piece_of_its_words(tmp_path: Path) -> None:
    """Also to one that is answered; several are offered for choice."""
    opened = book(tmp_path, LEAD + "case: {detained: no}\n")

    one = talk(opened, ("Who is in", Command(Do.JUMP, "charges")))
    several = talk(
        opened,
        ("Who is in", Command(Do.JUMP, "which")),
        ("Which part or question", "case.charges"),
        ("Which charges", ("a6",)),
    )

    assert one.asked[2] == "Which charges?"
    assert several.asked[2:4] == ["Which part or question?", "Which charges?"]


def test_progress_counts_what_is_left(tmp_path: Path) -> None:
    """The part, the place in it, and the questions left."""
    prompter = talk(book(tmp_path, LEAD))

    assert any("The matter · 1 of 3 · " in t and "questions left" in t for t in prompter.shown)


def test_review_at_any_time_goes_back_to_the_same_question(tmp_path: Path) -> None:
    """`=` shows the answers; from there the interview goes on where it was."""
    opened = book(tmp_path, LEAD)

    prompter = talk(
        opened, ("Detained", Command(Do.REVIEW)), ("Which part", ""), ("Detained", "no")
    )

    assert "detained: no" in written(opened)
    assert any("Look over the answers" in t for t in prompter.shown)


def _finding(place: str, line: int) -> Finding:
    return Finding(
        code="L106", severity=Severity.WARN, message="too soon", place=Place(place, line)
    )


def test_review_shows_findings_beside_the_answer_they_concern(tmp_path: Path) -> None:
    """One choice leads from the finding to its answer."""
    opened = book(tmp_path, LEAD + "case:\n  detained: no\n")
    prompter = FakePrompter(
        [
            ("Who is in", Command(Do.REVIEW)),
            ("Which part", "!"),
            ("Which answer", "1"),
            ("Detained", "yes"),
        ]
    )

    Session(opened, prompter, findings=lambda _: [_finding("seo/answers.yaml", 7)]).run()

    assert not prompter.script
    assert "detained: yes" in written(opened)


def test_client_view_shows_no_finding_and_no_note(tmp_path: Path) -> None:
    """What counsel noted and what the checks found stay off a screen that the client sees."""
    text = LEAD + "case: {detained: no}\n_notes: {case.detained: geheim}\n"
    opened = book(tmp_path, text, client_view=True)
    prompter = FakePrompter([("Who is in", Command(Do.REVIEW)), ("Which part", "matter")])
    options: list[str] = []

    def seen(_: Ask, offered: Sequence[Option]) -> str:
        options.extend(o.label for o in offered)
        return ""

    prompter.other = seen

    Session(opened, prompter, findings=lambda _: [_finding("seo/answers.yaml", 6)]).run()

    said = "\n".join([*prompter.shown, *options])
    assert "L106" not in said
    assert "geheim" not in said
    assert "! note" not in Session(opened, prompter).asker.keys


def test_read_back_confirms_what_the_client_keeps(tmp_path: Path) -> None:
    """What came from notes is put again; what is kept or changed now is confirmed."""
    text = (
        LEAD + "case: {detained: no, facility: Otay Mesa, charges: [a6]}\n"
        "_about:\n  case.detained: {source: counsel_notes, note: call of May}\n"
        "  case.charges: {source: counsel_notes}\n"
    )
    opened = book(tmp_path, text)
    prompter = FakePrompter([("Detained", ""), ("charges", ("a7",))])

    Session(opened, prompter).read_back("2026-11-20")

    told = opened.case.load().data
    assert not prompter.script
    assert told["_about"]["case.detained"]["confirmed_on"] == "2026-11-20"
    assert told["_about"]["case.detained"]["note"] == "call of May"
    assert told["case"]["charges"] == ["a7"]
    assert not opened.unconfirmed()


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_the_line_above_a_question_fits_the_screen(tmp_path: Path, columns: int) -> None:
    """The item's own words are cut to what is left; "near Otay Mesa, …" stood on two lines."""
    name = "respondents:\n- id: lead\n  lead: yes\n  name: SEO Yun Hui Alexandra Maria Magdalena\n"
    opened = book(tmp_path, f"answers: 1\n{name}")
    prompter = FakePrompter()
    prompter.columns = columns

    Session(opened, prompter).run()

    lines = [line for text in prompter.shown for line in text.splitlines() if " of " in line]
    assert any("SEO Yun Hui" in line for line in lines)
    assert max(width(line) for line in lines) <= columns

"""Of whom a question is asked when there are several people in the case."""

from pathlib import Path

from nkdocs.ui.faces import Asker
from nkdocs.ui.prompter import Ask
from nkdocs.ui.words import Words
from tests.ui.talk import FakePrompter, book, talk

TWO = """answers: 1
respondents:
- id: lead
  lead: yes
  name: {legal: SEO Yun Hui, native: 서윤희}
- id: son
  lead: no
  relation: son
  name: HAN Ji Ho
"""


def test_the_question_names_the_person_it_is_about(tmp_path: Path) -> None:
    """Mother and son are asked the same words; their own names and roles need no name behind."""
    opened = book(tmp_path, TWO)

    prompter = talk(opened)
    step = opened.step("respondents.lead.entries")
    assert step is not None

    assert [q for q in prompter.asked if "entries" in q] == [
        "Which entries? (SEO Yun Hui)", "Which entries? (HAN Ji Ho)",
    ]  # fmt: skip
    korean = Asker(opened, FakePrompter(), Words("ko"), plain=True)
    assert korean.title(step).endswith("(서윤희)")


def test_one_person_needs_no_name(tmp_path: Path) -> None:
    """Nobody else can be meant."""
    opened = book(tmp_path, TWO.partition("- id: son")[0])

    assert "Which entries?" in talk(opened).asked


def test_an_item_is_called_by_the_name_in_it_first(tmp_path: Path) -> None:
    """The header says "HAN Ji Ho, son", and cuts what is long with an ellipsis."""
    opened = book(tmp_path, TWO)

    assert opened.label(("respondents", 1)) == "HAN Ji Ho, son"
    prompter = talk(book(tmp_path, TWO.replace("son\n  name", f"{'step ' * 12}son\n  name")))
    assert any(line.strip().endswith("…") for line in prompter.shown)


def test_who_leads_already_is_told_where_another_person_could(tmp_path: Path) -> None:
    """Exactly one person leads."""
    opened = book(tmp_path, TWO.replace("  lead: no\n", ""))
    hints: list[tuple[str, ...]] = []

    def note(ask: Ask, _: object) -> str:
        hints.append(ask.hint)
        return ""

    step = opened.step("respondents.son.lead")
    assert step is not None
    Asker(opened, FakePrompter(other=note), Words(), plain=True).ask(step)

    assert any("SEO Yun Hui leads already." in hint for hint in hints)


def test_a_bare_no_in_words_is_not_taken_without_saying_what_it_prints(tmp_path: Path) -> None:
    """A "none" would stand in a paper as it is; a word of one's own says nothing more."""
    opened = book(tmp_path, TWO + "case: {detained: yes}\n")

    prompter = talk(opened, ("Where held", "none"))

    assert any("prints as written" in text for text in prompter.shown)

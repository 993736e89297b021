"""Every kind has its way of being asked, and gives what its kind can read."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from nkdocs.errors import NkdocsError
from nkdocs.interview import load
from nkdocs.kinds.registry import KINDS
from nkdocs.ui.book import Book
from nkdocs.ui.faces import Answered, Asker, Cleared
from nkdocs.ui.plain import PlainPrompter
from nkdocs.ui.prompter import Ask, Command, Do, Option
from nkdocs.ui.ways import FACES
from nkdocs.ui.words import Words
from tests.ui.talk import FakePrompter, book

LEAD = """
answers: 1
respondents:
- id: lead
  lead: yes
  name: {legal: SEO Yun Hui, also: [Yuni]}
"""
ENTRY = f"""{LEAD}  entries:
  - id: e1
    when: 2006
    where: Musan
case:
  charges: [a6, a7]
"""


def ask(folder: Path, text: str, path: str, *replies: object) -> object:
    """Return what is answered at *path* when the terminal gives *replies* in order."""
    opened = book(folder, text)
    step = opened.step(path)
    assert step is not None
    left = list(replies)
    prompter = FakePrompter(other=lambda _ask, _options: left.pop(0) if left else "")
    return Asker(opened, prompter, Words(), plain=True).ask(step)


def test_every_kind_has_a_face() -> None:
    """A new kind cannot be forgotten here."""
    assert set(FACES) == set(KINDS)


@pytest.mark.parametrize(
    ("path", "replies", "data"),
    [
        pytest.param("case.detained", ["yes"], "yes", id="yesno"),
        pytest.param("case.risk", ["A.\n\nB."], "A.\n\nB.", id="story"),
        pytest.param("case.charges", [("does not know",)], "does not know", id="non-answer"),
        pytest.param("respondents.lead.entries.e1.when", ["2006년 3월"], "March 2006", id="when"),
        pytest.param(
            "respondents.lead.entries.e1.when",
            ["was told by an aunt: 2006-03-05"],
            "was told by an aunt: 2006-03-05",
            id="told",
        ),
        pytest.param(
            "respondents.lead.entries.e1.where",
            ["Otay Mesa", "US"],
            {"place": "Otay Mesa", "country": "US"},
            id="place-by-parts",
        ),
        pytest.param(
            "respondents.lead.name",
            ["", "서윤희", "A; B", ""],
            {"legal": "SEO Yun Hui", "native": "서윤희", "also": ["A", "B"]},
            id="name-keeps-its-parts",
        ),
        pytest.param(
            "respondents.lead.name",
            ["", Command(Do.BACK), "SEO Yuna", "", "-", ""],
            "SEO Yuna",
            id="back-inside-a-name-and-a-part-taken-out",
        ),
    ],
)
def test_answer_is_stored_as_its_kind_writes_it(
    tmp_path: Path, path: str, replies: list[object], data: object
) -> None:
    """What is typed reaches the file in one form."""
    reply = ask(tmp_path, ENTRY, path, *replies)

    assert isinstance(reply, Answered)
    assert reply.data == data


@pytest.mark.parametrize(
    "path", ["respondents.lead.name", "respondents.lead.entries.e1.when", "case.charges"]
)
def test_nothing_typed_keeps_what_stands_there(tmp_path: Path, path: str) -> None:
    """Enter alone changes no answer."""
    assert ask(tmp_path, ENTRY, path) is None


@pytest.mark.parametrize(
    ("path", "reply"),
    [
        pytest.param("respondents.lead.entries.e1.when", "-", id="line"),
        pytest.param("respondents.lead.name", "-", id="parts"),
        pytest.param("case.charges", ("-",), id="several"),
    ],
)
def test_dash_takes_the_answer_out(tmp_path: Path, path: str, reply: object) -> None:
    """An answer can be taken back in every way of asking."""
    assert isinstance(ask(tmp_path, ENTRY, path, reply), Cleared)


def test_choice_told_by_another_names_who(tmp_path: Path) -> None:
    """A menu can hold what somebody else said."""
    reply = ask(tmp_path, ENTRY, "case.detained", "+told", "the aunt", "yes")

    assert isinstance(reply, Answered)
    assert reply.data == "was told by the aunt: yes"


def test_commands_are_named_in_the_language(tmp_path: Path) -> None:
    """The line of keys is Korean in a Korean interview."""
    opened = book(tmp_path, ENTRY)
    seen: list[Ask] = []

    def look(asked: Ask, _options: object) -> str:
        seen.append(asked)
        return ""

    step = opened.step("case.detained")
    assert step is not None
    Asker(opened, FakePrompter(other=look), Words("ko"), plain=False).ask(step)

    assert "뒤로" in seen[0].keys


@pytest.mark.parametrize(("path", "shown"), [("case.kin", "이모"), ("case.charges", "불법입국")])
def test_choices_are_shown_in_korean(tmp_path: Path, path: str, shown: str) -> None:
    """On a Korean screen; the key is saved, and what is said back is Korean, too."""
    opened = book(tmp_path, ENTRY)
    seen: list[Sequence[Option]] = []

    def look(_asked: Ask, options: Sequence[Option]) -> object:
        seen.append(options)
        key = next(o.key for o in options if o.label == shown)
        return (key,) if path == "case.charges" else key

    step = opened.step(path)
    assert step is not None
    reply = Asker(opened, FakePrompter(other=look), Words("ko"), plain=False).ask(step)

    assert isinstance(reply, Answered)
    assert reply.data in ("a", ["a6"])
    assert reply.said == f"알아들었습니다: {shown}"
    assert not [o for o in seen[0] if o.label in {"aunt", "entered"}]


def test_korean_label_is_an_answer(tmp_path: Path) -> None:
    """Typed into the file, it is the choice; shown, it is in the language of the screen."""
    opened = book(tmp_path, "answers: 1\ncase: {kin: 이모, charges: [불법입국, a7]}\n")
    words = {name: Words(name) for name in ("en", "ko")}
    steps = [opened.step("case.kin"), opened.step("case.charges")]

    said = {
        name: [Asker(opened, FakePrompter(), word, plain=False).shown(s) for s in steps if s]
        for name, word in words.items()
    }

    assert said == {"en": ["aunt", "entered and no visa"], "ko": ["이모", "불법입국, no visa"]}


def test_what_could_not_be_read_again_is_not_saved(tmp_path: Path) -> None:
    """Whatever changes the answers, the file stays as it is and readable."""
    opened = book(tmp_path, "answers: 1\ncase: {detained: yes}\n")
    before = opened.case.file.read_bytes()

    with pytest.raises(NkdocsError):  # no way that is not private leads there
        opened._write(lambda f: f.text.replace("answers: 1", "answers: abc"))  # noqa: SLF001

    assert opened.case.file.read_bytes() == before


LIMITED = "choices: {a6: entered, a7: {en: no visa, when: \"case.detained == 'yes'\"}}"


def limited(folder: Path, text: str) -> Book:
    """Return a book whose second charge is offered only to those who are detained."""
    opened = book(folder, f"answers: 1\n{text}")
    file = folder / "templates/shared/matter.yaml"
    told = file.read_text("utf-8").replace(
        "choices: {a6: {en: entered, ko: 불법입국}, a7: no visa}", LIMITED
    )
    file.write_text(told, "utf-8")
    known = load.load([folder / "templates"])
    return Book(opened.case, known, list(known.documents.values()))


@pytest.mark.parametrize(
    ("answers", "labels"),
    [
        ("case: {detained: yes}", ["entered", "no visa"]),
        ("case: {detained: no}", ["entered"]),
        ("case: {detained: no, charges: [a7]}", ["entered", "no visa (not open in this case)"]),
    ],
)
def test_a_choice_is_offered_where_its_condition_holds(
    tmp_path: Path, answers: str, labels: list[str]
) -> None:
    """One that was chosen before stays in sight, so that nothing is lost unseen."""
    opened = limited(tmp_path, answers)
    seen: list[Option] = []

    def look(_asked: Ask, options: Sequence[Option]) -> str:
        seen.extend(options)
        return ""

    step = opened.step("case.charges")
    assert step is not None
    Asker(opened, FakePrompter(other=look), Words(), plain=True).ask(step)

    assert [o.label for o in seen if o.key in {"a6", "a7"}] == labels


def test_plain_prompts_offer_the_same(tmp_path: Path) -> None:
    """The numbered menu leaves it out as well."""
    opened, shown = limited(tmp_path, "case: {detained: no}"), list[str]()
    step = opened.step("case.charges")
    assert step is not None

    Asker(opened, PlainPrompter(lambda: "", shown.append), Words(), plain=True).ask(step)

    assert any("1. entered" in line for line in shown)
    assert not any("no visa" in line for line in shown)

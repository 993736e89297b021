"""What is said back, hinted and refused, in Korean."""

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from nkdocs.interview.spec import Question
from nkdocs.kinds.kind import Data, KindError, Options
from nkdocs.kinds.registry import KINDS, parse_answer
from nkdocs.ui.plain import PlainPrompter
from nkdocs.ui.prompter import Ask, Option
from nkdocs.ui.said import said
from nkdocs.ui.session import Session
from nkdocs.ui.ways import FACES
from nkdocs.ui.words import Words
from tests.ui.talk import FakePrompter, book, catalogue

UI = Path(__file__).resolve().parents[2] / "nkdocs" / "ui"
KOREAN = Words("ko")
HANGUL = re.compile("[가-힣]")


def back(folder: Path, kind: str, data: Data) -> str:
    """Return what is said back in Korean about an answer of *kind*."""
    asked = next(iter(catalogue(folder).questions.values()))
    options = Options(unknowns=True)
    question: Question = replace(asked, kind=KINDS[kind], options=options)
    return said(KOREAN, question, parse_answer(KINDS[kind], data, options))


@pytest.mark.parametrize(
    ("kind", "data", "told"),
    [
        ("when", "winter 2008", "알아들었습니다: 2008년 12월부터 2009년 2월까지."),
        ("when", "2006", "알아들었습니다: 2006년."),
        ("when", "2006년 3월", "알아들었습니다: 2006년 3월."),
        ("when", "2003..2005", "알아들었습니다: 2003년부터 2005년까지."),
        ("when", "2006-03-05", "알아들었습니다: 2006년 3월 5일."),
        ("date", "March 5, 2026", "알아들었습니다: 2026년 3월 5일."),
        ("datetime", "2027-02-11 09:00", "알아들었습니다: 2027년 2월 11일 09:00."),
        ("name", "SEO Yun Hui", "알아들었습니다: 성은 Seo, 이름은 Yun Hui."),
        ("yesno", "yes", "알아들었습니다: 예"),
        ("date", "does not remember", "알아들었습니다: 기억나지 않음"),
        ("yesno", "was told by Kim: no", "알아들었습니다: 아니요 (Kim에게서 들음)"),
        ("number", "3", "알아들었습니다: 3."),
        ("country", "KP", "알아들었습니다: 북조선."),
    ],
)
def test_said_back_in_korean(tmp_path: Path, kind: str, data: Data, told: str) -> None:
    """Days, names, sums and honest non-answers are said in the client's words."""
    assert back(tmp_path, kind, data) == told


def test_about_tells_how_far_checks_reach(tmp_path: Path) -> None:
    """As in English, an "about" names both."""
    told = back(tmp_path, "when", "about 1998")

    assert told.startswith("알아들었습니다: 1998년경; ")
    assert told.endswith(" 사이의 날로 봅니다.")


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("when", "the flood"), ("when", "2006..2003"), ("date", "soon"), ("datetime", "soon"),
        ("number", "many"), ("anumber", "seven"), ("phone", "x"), ("email", "x"),
        ("country", "Korea"), ("name", "12"),
    ],
)  # fmt: skip
def test_refusal_is_in_korean(kind: str, wrong: str) -> None:
    """Whoever cannot read English learns how to write it."""
    with pytest.raises(KindError) as error:
        parse_answer(KINDS[kind], wrong)

    assert HANGUL.search(KOREAN(error.value.message))


def test_every_hint_and_part_of_a_kind_has_korean() -> None:
    """A new kind brings its Korean."""
    told = [t for face in FACES.values() for t in (face.how, *face.parts.values()) if t]

    assert not [text for text in told if not HANGUL.search(KOREAN(text))]


def test_every_word_the_interview_says_has_korean() -> None:
    """What stands in brackets of words(…) in the code is in the list."""
    code = "\n".join(file.read_text("utf-8") for file in sorted(UI.glob("*.py")))
    told = set(re.findall(r"""words\(\s*["']([^"'\n]+)["']\s*\)""", code))

    assert len(told) > 40
    assert not sorted(text for text in told if KOREAN(text) == text)


def test_plain_prompts_and_the_end_speak_korean(tmp_path: Path) -> None:
    """Menus, what an empty line does, and what was saved."""
    shown: list[str] = []
    lines = iter(["x", "1", "", "two", ".", ""])
    prompter = PlainPrompter(lines.__next__, shown.append, words=KOREAN)
    prompter.choose(Ask("?"), [Option("a", "가"), Option("b", "나")])
    prompter.text(Ask("?", default="가", long=True), lambda _: None)
    opened = book(tmp_path, "answers: 1\nrespondents: []\n")
    talker = FakePrompter([("Detained", "no")])
    Session(opened, talker, "ko").run()

    assert all(HANGUL.search(line) for line in shown if re.search(r"[a-z]{3}", line)), shown
    assert talker.shown[-1] == "대답 1개를 seo/answers.yaml에 저장했습니다."

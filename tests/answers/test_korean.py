"""The Korean of answers under `_ko`: found by path, never made, faults told with their line."""

import pytest

from nkdocs.answers import load, save
from nkdocs.answers.korean import Korean
from nkdocs.answers.sight import Forbidden, ForbiddenPathError
from nkdocs.diagnostics import State
from nkdocs.documents.marks import plain
from nkdocs.errors import TemplateError
from nkdocs.interview.schema import schema
from tests.answers.test_validate import faults
from tests.documents.letters import answers, catalogue

CASE = """events:
- id: river
  when: about March 2009
  where: {country: KP, place: Musan County}
  told: "I crossed.\\n\\nIt was night."
- {id: market, when: does not know, where: {country: CN}}
_ko:
  events.river.told: "나는 건넜습니다.\\n\\n밤이였습니다."
"""


def said(text: str, name: str, number: int = 0, event: int = 0) -> str:
    """Return the Korean of an event's answer as a template prints it."""
    seen = answers(text, "court")
    return plain(str(Korean(seen).of(seen.value(("events", event)), name, number)))


def test_a_paragraph_stands_beside_its_own() -> None:
    """This test ensures that the number of a paragraph picks the Korean one."""
    assert [said(CASE, "told", n) for n in (0, 1)] == ["나는 건넜습니다.", "밤이였습니다."]


def test_dates_and_countries_need_no_translator() -> None:
    """This test ensures that a person is asked for prose only."""
    told = said(CASE, "when"), said(CASE, "when", event=1), said(CASE, "where", event=1)

    assert told == ("2009년 3월경에", "날자는 모르지만", "중국")


def test_a_persons_words_go_before_the_programs() -> None:
    """This test ensures that a translator may word a date as the client did."""
    text = f"{CASE}  events.river.when: 2009년 얼음이 풀릴 때\n"

    assert said(text, "when") == "2009년 얼음이 풀릴 때"


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        (CASE.replace('told: "나는', 'when: "나는'), "[Korean text of events.river.told]"),
        (CASE.replace("\\n\\n밤이", " 밤이"), "it has 1 paragraphs, the English has 2]"),
        (CASE.replace("밤이였습니다.", "밤이였습니다.\\n\\n끝."), "it has 3 paragraphs"),
    ],
)
def test_what_is_no_pair_is_a_blank(text: str, blank: str) -> None:
    """This test ensures that no Korean paragraph stands beside another English one."""
    assert text != CASE
    assert all(blank in said(text, "told", n) for n in (0, 1))


def test_the_korean_that_was_used_is_told() -> None:
    """This test ensures that a later change of the Korean is found after signing."""
    seen = answers(CASE, "court")
    event = seen.value(("events", 0))

    Korean(seen).of(event, "told")
    Korean(seen).of(event, "when")

    assert "_ko.events.river.told" in seen.usage.paths
    assert "_ko.events.river.when" not in seen.usage.paths


def test_no_audience_gets_the_korean_of_what_it_may_not_see() -> None:
    """This test ensures that `_ko` opens no way around the audience."""
    text = "bars: {facts: Guard duty., military: yes}\n_ko: {bars.facts: 보초를 섰습니다.}\n"
    seen = answers(text, "court")

    with pytest.raises(ForbiddenPathError):
        Korean(seen).of(seen.value(("bars",)), "facts")


def test_what_is_no_group_of_answers_is_refused() -> None:
    """This test ensures that a template's mistake is told and prints nothing."""
    with pytest.raises(TemplateError, match="no group of answers"):
        Korean(answers(CASE)).of("events", "told")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("events.rivr.told: 강", "has no item 'rivr'"),
        ("events.river.tolld: 강", "did you mean"),
        ("events.river: 강", "not an answer nkdocs knows"),
        ("events.river.told: [강]", "is not written as text"),
        ("events.market.told: 강", "there is no answer at events.market.told"),
        ('events.river.told: "강\\u0007"', "cannot be printed"),
    ],
)
def test_an_entry_that_leads_nowhere_is_a_fault_at_its_line(line: str, why: str) -> None:
    """This test ensures that no Korean text is dropped without a word."""
    text = CASE[: CASE.index("  events.river.told")] + f"  {line}\n"

    found = [f for f in faults(text) if f.code == "A008"]

    assert [f.place.line for f in found] == [9]
    assert why in found[0].message
    assert found[0].counts is State.FOR_SIGNATURE
    assert "강" not in found[0].message


def test_a_list_under_the_key_is_a_fault() -> None:
    """This test ensures that the key holds a mapping."""
    assert [f.code for f in faults("_ko: [강]\n")] == ["A008"]


def test_sound_entries_are_no_fault() -> None:
    """This test ensures that only what is wrong is told."""
    assert not [f for f in faults(CASE) if f.code == "A008"]


def test_an_edit_keeps_the_korean_byte_for_byte() -> None:
    """This test ensures that saving an answer touches no letter of the Korean."""
    korean = "_ko:  # by P.\n  events.river.told: |\n    나는  건넜습니다.\n\n    밤이였습니다.\n"
    text = f"answers: 1\n{CASE[: CASE.index('_ko')]}{korean}"

    after = save.with_answer(load.load(text, "answers.yaml"), ("events", 0, "who"), "Soldiers.")

    assert after.endswith(korean)
    assert "Soldiers." in after


def test_an_editor_takes_only_text() -> None:
    """This test ensures that the schema knows the key."""
    made = schema(catalogue(), {})["properties"]

    assert isinstance(made, dict)
    assert made["_ko"]["anyOf"][0]["additionalProperties"] == {"type": ["string", "null"]}


def test_forbidden_answers_stay_forbidden() -> None:
    """This test ensures that a group out of sight raises, as it does in English."""
    hidden = Forbidden(ForbiddenPathError("no", hint="no"))

    with pytest.raises(TemplateError):
        Korean(answers(CASE, "court")).of(hidden, "told")

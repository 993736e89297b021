"""Other cases: the same person, the same words."""

import pytest
from msgspec.structs import replace

from nkdocs.checks.facts import Facts, OtherCase
from nkdocs.checks.likeness import alike, words
from nkdocs.checks.matters import ALIKE
from tests.checks.cases import case, findings, the, told
from tests.checks.test_checks_repeats import OTHER, STORY

NUMBERS = """respondents:
- {id: seo, lead: yes, a_number: A000-000-021}
- {id: han, lead: no, a_number: A000-000-022}
family:
- {id: uncle, a_number: A000-000-023}
"""


def beside(*others: OtherCase, story: str = STORY, more: str = "") -> Facts:
    """Return facts of a case beside others."""
    text = f'{NUMBERS}{more}dprk:\n  lived: yes\n  childhood: "{story}"\n'
    return replace(case(text), others=others)


@pytest.mark.parametrize(("number", "line"), [("000000021", 3), ("000000022", 4)])
def test_number_that_stands_in_two_cases(number: str, line: int) -> None:
    """One client in two matters is normal: a note with the path."""
    finding = the(findings(beside(OtherCase("cases/lee", frozenset({number}))), "L002"))

    assert told(finding) == ("INFO", "draft", "note", line)
    assert "cases/lee" in finding.message


def test_number_of_nobody_here_is_nothing() -> None:
    """Nor is a person without one."""
    other = OtherCase("cases/lee", frozenset({"000000000", "000000031"}))

    assert not findings(beside(other, more="- {id: child}\n"), "L002")


def test_paragraph_of_another_client() -> None:
    """Told of the answer; of the other case the path alone."""
    changed = STORY.replace("Her son", "Her girl").replace("three years", "two years")
    finding = the(findings(beside(OtherCase("cases/lee", prose=(OTHER, changed))), "L421"))

    assert told(finding) == ("WARN", "draft", "ack", 9)
    assert "dprk.childhood" in finding.message
    assert "choir" not in f"{finding.message} {finding.facts}"


@pytest.mark.parametrize(
    "prose", [OTHER, STORY[: len(STORY) // 2], "She has lived beside the same choir."]
)
def test_words_of_ones_own_are_quiet(prose: str) -> None:
    """Other words, half of them, a short sentence that anybody could say."""
    assert not findings(beside(OtherCase("cases/lee", prose=(prose,))), "L421")


def test_same_client_in_another_matter_tells_her_own_story() -> None:
    """It is hers."""
    other = OtherCase("cases/lee", frozenset({"000000021"}), prose=(STORY,))

    assert not findings(beside(other), "L421")


def test_pair_of_relatives_is_accepted_once() -> None:
    """Of strangers every new paragraph is told anew."""
    uncle = OtherCase("cases/uncle", frozenset({"000000023"}), prose=(STORY, OTHER))
    stranger = OtherCase("cases/lee", prose=(STORY, OTHER))
    marks = {
        (other.name, story): the(findings(beside(other, story=story), "L421")).fingerprint
        for other in (uncle, stranger)
        for story in (STORY, OTHER)
    }

    assert marks["cases/uncle", STORY] == marks["cases/uncle", OTHER]
    assert marks["cases/lee", STORY] != marks["cases/lee", OTHER]


def test_likeness_is_measured_over_the_longer_text() -> None:
    """A short text within a long one is not like it."""
    one, other = words(STORY), words(f"{STORY} {OTHER}")

    assert alike(one, one, ALIKE)
    assert not alike(one, other, ALIKE)
    assert not alike((), (), ALIKE)

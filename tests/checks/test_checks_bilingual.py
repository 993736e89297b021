"""The Korean beside the English: whole, paired, and with the same dates and numbers."""

import pytest

from tests.checks.cases import DECLARATION, PD, found, the, told

CASE = """signing: {bilingual: yes}
events:
- id: arrest
  when: winter 2006
  where: {country: KP}
  told: "I was held for eleven days.\\n\\nIt was cold."
_ko:
  events.arrest.told: "나는 열하루 갇혀 있었습니다.\\n\\n추웠습니다."
"""


def test_a_whole_and_equal_pair_has_nothing_against_it() -> None:
    """This test ensures that a sound edition is silent."""
    assert not found(CASE, "L424", DECLARATION)
    assert not found(CASE, "L425", DECLARATION)


def test_another_number_in_a_pair_is_found_at_the_korean() -> None:
    """This test ensures that L424 names path and paragraph, stands at the text, and quotes none."""
    finding = the(found(CASE.replace("열하루", "열흘"), "L424", DECLARATION))

    assert told(finding) == ("ERROR", "for-signature", "ack", 9)
    assert "_ko.events.arrest.told, paragraph 1" in finding.message
    assert (finding.also[0].line, finding.cure) == (7, "translator")
    assert "갇혀" not in finding.message
    assert "eleven" not in finding.message


def test_another_number_of_paragraphs_is_found() -> None:
    """This test ensures that L425 tells both counts."""
    finding = the(found(CASE.replace("\\n\\n추", " 추"), "L425", DECLARATION))

    assert told(finding) == ("ERROR", "for-signature", "ack", 9)
    assert "_ko.events.arrest.told has 1 paragraphs and the English 2" in finding.message


def test_what_has_no_korean_is_found() -> None:
    """This test ensures that L425 names the paths, and counts from the signature on."""
    text = CASE.replace("  told:", "  who: Soldiers.\n  told:")

    finding = the(found(text, "L425", DECLARATION))

    assert told(finding) == ("ERROR", "for-signature", "ack", 2)
    assert "no Korean text stands under _ko for events.arrest.who" in finding.message
    assert finding.also[0].line == 7


def test_what_the_declaration_does_not_print_needs_no_korean() -> None:
    """This test ensures that the chronology's line and cites of a statement are not asked for."""
    text = CASE.replace("  told:", "  line: She is held\n  told:")
    text += "claim: {countries: [{id: kp, country: KP, shown: {harm: '[@declaration]'}}]}\n"

    assert not found(text, "L425", DECLARATION)


def test_many_gaps_are_one_finding() -> None:
    """This test ensures that a case without Korean does not fill the screen."""
    text = "signing: {bilingual: yes}\ndprk: {lived: yes, province: A, childhood: B., media: C., "
    text += "exit_reason: D., exit_how: E., songbun: does not know}\n"

    finding = the(found(text, "L425", DECLARATION))

    assert "and 1 more" in finding.message
    assert "songbun" not in finding.facts


@pytest.mark.parametrize("chosen", [PD, DECLARATION])
def test_without_the_edition_nothing_is_missing(chosen: str) -> None:
    """This test ensures that no Korean is asked for where none is printed."""
    text = CASE[CASE.index("events:") : CASE.index("_ko:")]

    assert not found(text, "L425", chosen)


def test_without_the_edition_a_wrong_pair_is_only_a_warning() -> None:
    """This test ensures that a translator sees it early, and it stops nothing."""
    text = CASE.replace("signing: {bilingual: yes}\n", "").replace("열하루", "열흘")

    assert the(found(text, "L424", DECLARATION)).severity.value == "WARN"

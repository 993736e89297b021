"""Plain texts from patterns: answers of one audience, gaps named, no trace of tags."""

import pytest

from nkdocs.documents.texts import Text, fill_text
from nkdocs.errors import TemplateError
from nkdocs.interview.load import load
from nkdocs.packet import mailwords
from tests.checks.cases import FOLDERS, case

ANSWERS = "pd:\n  addressee: Duty & Attorney <x>\n  case_strength: weak\n"


def filled(pattern: str, audience: str = "opla") -> Text:
    """Fill *pattern* from the answers for *audience*."""
    answers = type(known := case(ANSWERS).answers)(known.case, known.catalogue, audience)
    return fill_text(pattern, answers, {"asked": "a & b"}, name="mail.yaml body")


def test_text_is_printed_as_it_is() -> None:
    """It is no web page: nothing is written as an entity."""
    assert filled("To {{ pd.addressee }}: {{ asked }}").text == "To Duty & Attorney <x>: a & b"


def test_an_open_answer_is_a_blank_that_is_told() -> None:
    """The blank reads as its question, and its path is known."""
    text = filled("By {{ pd.respond_by }}.")

    assert text.text == "By [By which day do you ask for an answer?]."
    assert list(text.open) == ["pd.respond_by"]


def test_lines_that_tags_leave_empty_are_closed() -> None:
    """At most one blank line, none at either end, no space at a line's end."""
    pattern = "{% if pd.addressee %}\na  \n{% endif %}\n\n\nb\n{% if pd.theory %}c{% endif %}\n"

    assert filled(pattern).text == "a\n\nb"


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        pytest.param("{{ pd.case_strength }}", "may see", id="internal"),
        pytest.param("{% if pd.case_strength %}x{% endif %}", "may see", id="internal-in-if"),
        pytest.param("{{ pd.adressee }}", "did you mean 'pd.addressee'", id="unknown"),
        pytest.param("{{ nobody }}", "'nobody' is undefined", id="undefined"),
        pytest.param("{% if %}", "mail.yaml body", id="syntax"),
    ],
)
def test_a_wrong_pattern_is_refused_by_name(pattern: str, said: str) -> None:
    """What may not be seen is not printed, and the file is named."""
    with pytest.raises(TemplateError) as raised:
        filled(pattern)

    assert said in raised.value.message


def test_the_shipped_words_reach_only_what_their_readers_may_see() -> None:
    """Names, tags and audiences of every pattern that ships."""
    assert mailwords.faults(FOLDERS, load(FOLDERS)) == []


def test_a_pattern_that_reaches_an_internal_answer_is_told_before_it_is_filled() -> None:
    """`nkdocs template check` finds it without a case."""
    from nkdocs.documents.doctor import text_faults

    catalogue = load(FOLDERS)
    found = text_faults("{{ pd.case_strength }} {{ asked }}", catalogue, "opla", name="mail")

    assert [f.code for f in found] == ["T004"]

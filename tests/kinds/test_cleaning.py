"""The one cleaning function for every answer (TRUST.md R1)."""

import json
import re
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nkdocs._yaml.read import UNREADABLE
from nkdocs.documents.compiled import SPECIAL
from nkdocs.errors import AnswersError
from nkdocs.kinds.kind import REFUSED, Data, KindError, Options, clean, listed
from nkdocs.kinds.registry import KINDS, parse_answer, written_answer

NAUGHTY = Path(__file__).parents[2] / "../shared/samples/naughty/blns.json"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        pytest.param("  Seo  ", "Seo", id="trimmed"),
        pytest.param("a\u200bb\ufeff", "ab", id="zero-width-spaces-go"),
        pytest.param("a\u00a0b\u202fc", "a b c", id="no-break-spaces-become-spaces"),
        pytest.param("a\r\nb\rc\u2028d", "a\nb\nc\nd", id="one-kind-of-line-break"),
        pytest.param("a\u2029b", "a\n\nb", id="paragraph-separator"),
        pytest.param(unicodedata.normalize("NFD", "서윤희"), "서윤희", id="hangul-composed"),
        pytest.param("a  b\tc", "a  b\tc", id="spaces-inside-stay"),
        pytest.param("👩\u200d👧", "👩\u200d👧", id="joiners-stay"),
    ],
)
def test_text_is_cleaned_without_a_visible_change(typed: str, stored: str) -> None:
    """Only what cannot be seen changes."""
    assert clean(typed, paragraphs=True) == stored


@pytest.mark.parametrize(
    "code",
    [*range(9), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA0), 0x202E, 0x2066, 0x200F, 0x61C,
     0xD800, 0xDFFF, 0xE000, 0xF8FF, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFF, 0xF0000, 0xE0041],
)  # fmt: skip
def test_what_cannot_be_printed_is_refused_with_its_place(code: int) -> None:
    """The message names line, character and code point, and nothing of the text."""
    with pytest.raises(KindError, match="line 2, character 3") as caught:
        clean(f"secret\r\nxx{chr(code)}y", paragraphs=True)

    assert f"U+{code:04X}" in caught.value.message
    assert "secret" not in caught.value.message


def test_one_line_refuses_a_second() -> None:
    """Text of several lines is not joined behind someone's back."""
    with pytest.raises(KindError, match="one line"):
        clean("a\nb")


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    """What is stored is clean, whatever was typed."""
    try:
        once = clean(text, paragraphs=True)
    except KindError:
        return

    assert clean(once, paragraphs=True) == once
    once.encode()


def test_a_kind_error_belongs_to_the_answers_and_names_its_part() -> None:
    """It ends in exit code 4 and says which part is wrong."""
    error = KindError("write text", "native")

    assert isinstance(error, AnswersError)
    assert (str(error), error.part) == ("native: write text", "native")


@pytest.mark.parametrize(
    ("items", "sentence"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B, and C")],
)
def test_lists_are_worded(items: tuple[str, ...], sentence: str) -> None:
    """From three items on there is a comma before the "and"."""
    assert listed(items) == sentence


def _naughty() -> list[str]:
    if not NAUGHTY.is_file():
        pytest.skip("the naughty strings are not here")
    strings: list[str] = json.loads(NAUGHTY.read_text(encoding="utf-8"))
    return strings


def _tried(kind: str, data: Data) -> tuple[object, str]:
    """Return the value, or the message with which it is refused."""
    try:
        return parse_answer(KINDS[kind], data), ""
    except KindError as error:
        return None, error.message


def test_naughty_strings_are_stored_exactly_or_refused_by_name() -> None:
    """Of every string either all of it is kept or a fault says why not."""
    tried = [(text, *_tried("text", text)) for text in _naughty()]

    assert all(message or value == clean(text) for text, value, message in tried)
    assert all("cannot be printed" in m or "empty" in m or "one line" in m for *_, m in tried if m)
    assert sum(not message for *_, message in tried) > 0.9 * len(tried)


def test_naughty_strings_stay_whole_in_a_story() -> None:
    """A story keeps every word of them."""
    tried = [(text, *_tried("story", text)) for text in _naughty()]

    kept = [(clean(text, paragraphs=True), str(value)) for text, value, m in tried if not m]

    assert len(kept) > 0.9 * len(tried)
    assert all(text.split() == told.split() for text, told in kept)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_naughty_strings_raise_nothing_but_a_kind_error(kind: str) -> None:
    """No kind trips over odd text, none quotes it, and what is taken can be written."""
    face = KINDS[kind]
    for text in _naughty():
        for data in (text, [text], {"legal": text}, {"place": text}, {"street": text}):
            value, message = _tried(kind, data)

            assert len(text) < 14 or text not in message
            assert message or parse_answer(face, face.written(value)) == value


@pytest.mark.parametrize("kind", ["text", "story", "name", "place", "address", "texts"])
@given(text=st.text())
def test_any_text_that_is_taken_can_be_written_and_read_again(kind: str, text: str) -> None:
    """Parsing what was written is the identity."""
    face = KINDS[kind]

    value, message = _tried(kind, text)

    assert message or parse_answer(face, face.written(value)) == value


@given(text=st.text(), by=st.text())
@example(text="0", by="0\r")
def test_any_hearsay_that_is_taken_can_be_written_and_read_again(text: str, by: str) -> None:
    """The teller and the value survive."""
    allowed = Options(unknowns=True)
    face = KINDS["story"]
    try:
        value = parse_answer(face, f"was told by {by}: {text}", allowed)
    except KindError:
        return

    assert parse_answer(face, written_answer(face, value), allowed) == value


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(REFUSED, id="answers"),
        pytest.param(UNREADABLE, id="files"),
        pytest.param(SPECIAL, id="papers"),
    ],
)
def test_what_is_looked_for_is_unprintable(pattern: re.Pattern[str]) -> None:
    """A printable text needs no search: Python itself calls none of these characters printable."""
    found = "".join(pattern.findall("".join(map(chr, range(sys.maxunicode + 1)))))

    assert found
    assert not any(map(str.isprintable, found))

"""What a client is told at a Korean screen when an input is refused is in Korean."""

import re

import pytest

from nkdocs.kinds.kind import PLAIN, KindError
from nkdocs.kinds.registry import KINDS
from nkdocs.ui.words import Words

REFUSED = [
    ("date", "no"), ("date", "December 18"), ("date", "2026-13-01"), ("date", "2026-02-30"),
    ("date", "1066-01-01"), ("date", "2026-00-01"), ("when", "around Oct 3"), ("when", "soon"),
    ("when", "주체95(2007)년"), ("when", "2009..2006"), ("datetime", "2027-02-11"),
    ("datetime", "2027-02-11 25:00"), ("datetime", "2027-02-11 09:00, in person"),
    ("money", "8천원"), ("money", "돈"), ("money", "USD 1.234"), ("anumber", "12"),
    ("anumber", "12345678"), ("number", "몇개"), ("phone", "1"), ("email", "없음"),
    ("country", "달나라"), ("exhibits", "없음"), ("exhibits", "그 종이"), ("exhibits", "a; a"),
    ("yesno", "글쎄"), ("name", "12"), ("name", "SEO Yun Hui (서윤희)"),
    ("place", "2\n3"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed"), REFUSED)
def test_a_refusal_is_in_korean(kind: str, typed: str) -> None:
    """Letters are those of examples and codes alone."""
    with pytest.raises(KindError) as caught:
        KINDS[kind].parse(typed, PLAIN)

    told = Words("ko").refusal(caught.value.message)

    assert re.search("[가-힣]", told), told
    assert not re.search(r"\b(write|the|is|leave|has)\b", told), told


def test_the_part_that_is_being_asked_is_not_named_again() -> None:
    """The name of a part is a word of the file, not of the screen."""
    with pytest.raises(KindError) as caught:
        KINDS["name"].parse({"legal": "12"}, PLAIN)

    assert caught.value.message.startswith("legal: ")
    assert Words().refusal(caught.value.message).startswith("a name has letters")

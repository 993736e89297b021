"""Every kind has every face, and what it writes it reads again."""

import json

import pytest

from nkdocs._jinja import Environment, View
from nkdocs.kinds.kind import Data, KindError, Options
from nkdocs.kinds.registry import (
    KINDS,
    parse_answer,
    said_answer,
    schema_answer,
    written_answer,
)

CHOICES = Options(choices={"visa": "on a visa", "without_inspection": "without inspection"})
SAMPLES: dict[str, list[Data]] = {
    "text": ["near Otay Mesa", "{{ 7*7 }}", "& < > \" '"],
    "story": ["One\nline.\n\nTwo.", "하나"],
    "yesno": ["yes", "N", "TRUE", "예", "아니요"],
    "choice": ["visa", "without inspection", "On a visa"],
    "many": [[], ["visa"], ["visa", "without inspection"], "visa, without_inspection"],
    "date": ["2026-03-05", "March 5, 2026"],
    "when": ["winter 2008", "about 1998", "2006-03..2006-05"],
    "datetime": ["2027-02-11 09:00"],
    "anumber": ["A000-000-021", "000000021", "a 000 000 021", "A-000-000-021"],
    "phone": ["000-555-0133", "+82 10-0000-0133", "(000) 555-0133 ext. 4"],
    "email": ["clinic@example.org"],
    "address": [
        "1 Main Street, New York, NY 10001",
        "1 Main Street\nApt 4\nNew York, NY 10001",
        "Seoul, Mapo-gu 1",
        {"street": "1 Main Street", "city": "New York", "state": "NY", "zip": "10001"},
        {"street": ["1-1", "Mapo-gu"], "city": "Seoul", "country": "KR"},
        {"city": "Seoul"},
    ],
    "country": ["KP", "North Korea", "dprk", "대한민국", "Slovakia", "the United States"],
    "money": ["USD 2,375", "$2375", "CNY 15000", "15,000 yuan", "₩500,000", "$0.50"],
    "number": ["0", "12", "1,200", "2.5"],
    "name": [
        "SEO Yun Hui",
        {"legal": "SEO Yun Hui", "native": "서윤희", "also": ["So Yun-hui", "Yuni"]},
        {"legal": "Park Min-ji", "pseudonym": "M.", "also": "Minji"},
    ],
    "place": ["near Otay Mesa", {"place": "Musan", "country": "KP"}, {"country": "US"}],
    "exhibits": [[], ["decl-cousin"], ["[@decl-cousin, 3]", "id-card"], "a, b; [@c, 3-5]"],
    "person": ["park"],
    "texts": [[], ["one", "two"], "one; two"],
    "list": [[{"id": "a"}, {"id": "b"}]],
}
CASES = [pytest.param(k, d, id=f"{k}-{n}") for k, ds in SAMPLES.items() for n, d in enumerate(ds)]


def test_every_kind_has_samples() -> None:
    """A kind without a sample would go untested."""
    assert set(SAMPLES) == set(KINDS)


@pytest.mark.parametrize(("kind", "data"), CASES)
def test_what_is_written_is_read_again(kind: str, data: Data) -> None:
    """Parsing what was written gives the same value, and it hashes."""
    face = KINDS[kind]
    value = face.parse(data, CHOICES)

    written = face.written(value)

    assert face.parse(written, CHOICES) == value
    assert face.written(face.parse(written, CHOICES)) == written
    assert hash(value) == hash(face.parse(written, CHOICES))


@pytest.mark.parametrize(("kind", "data"), CASES)
def test_every_kind_prints_and_says_something_fit(kind: str, data: Data) -> None:
    """Printing gives plain text; what is said back is a sentence or nothing."""
    face = KINDS[kind]
    value = face.parse(data, CHOICES)

    said = face.said(value)

    assert "object at" not in str(value)
    assert said == "" or (said.startswith("Understood: ") and said.endswith("."))
    assert json.dumps(face.schema(CHOICES))


@pytest.mark.parametrize(("kind", "data"), CASES)
def test_every_name_a_template_may_use_is_there(kind: str, data: Data) -> None:
    """The names a value lists can be printed in the sandbox."""
    value = KINDS[kind].parse(data, CHOICES)
    names = type(value).template_names if isinstance(value, View) else frozenset()

    for name in names:
        if name in {"first", "last"} and not len(value):
            continue
        template = Environment(str).from_string("{{ value." + name + " }}")

        assert "object at" not in template.render(value=value)


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"many", "exhibits", "texts", "list"}))
@pytest.mark.parametrize("data", ["", " \u200b ", [], {}, [["x"]], {"x": "secret"}])
def test_an_answer_of_the_wrong_form_is_refused(kind: str, data: Data) -> None:
    """Nothing, a list, or a mapping of other keys gives a fault that quotes nothing."""
    with pytest.raises(KindError) as caught:
        KINDS[kind].parse(data, CHOICES)

    assert "secret" not in caught.value.message


UNKNOWNS = Options(choices=CHOICES.choices, unknowns=True)


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    ("typed", "how"),
    [
        ("does not know", "does not know"),
        ("I don\u2019t remember.", "does not remember"),
        ("declines", "declines"),
        ("모릅니다", "does not know"),
    ],
)
def test_honest_non_answers_are_answers(kind: str, typed: str, how: str) -> None:
    """Every kind takes them where the question allows; they are false and print honestly."""
    face = KINDS[kind]

    value = parse_answer(face, typed, UNKNOWNS)

    assert not value
    assert value == how
    assert written_answer(face, value) == how
    assert said_answer(face, value).startswith("Understood: d")
    assert Environment().from_string(
        "{% if v %}x{% endif %}{% for i in v %}x{% endfor %}{{ v.year.upper() }}"
    ).render(v=value) == str(value).upper()


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"text", "story", "texts", "name", "place",
                                                       "address", "exhibits"}))  # fmt: skip
def test_non_answers_are_refused_where_the_question_does_not_allow_them(kind: str) -> None:
    """Without `unknowns` they are no value of the kind."""
    with pytest.raises(KindError):
        parse_answer(KINDS[kind], "does not know", CHOICES)


@pytest.mark.parametrize(
    ("kind", "data"), [p for p in CASES if p.values[0] != "list"]
)
def test_what_someone_was_told_prints_as_the_value(kind: str, data: Data) -> None:
    """Hearsay is the value with its teller, and is written so."""
    face = KINDS[kind]
    plain = face.parse(data, CHOICES)
    typed = f"was told by my aunt: {data}" if isinstance(data, str) else {
        "was told by my aunt": data
    }

    value = parse_answer(face, typed, UNKNOWNS)

    assert (str(value), bool(value)) == (str(plain), bool(plain))
    assert value == plain
    assert parse_answer(face, written_answer(face, value), UNKNOWNS) == value
    assert "told by my aunt" in said_answer(face, value)


@pytest.mark.parametrize(("kind", "data"), CASES)
def test_what_is_equal_is_not_unequal(kind: str, data: Data) -> None:
    """A template may ask `==` or `!=` of an answer: one is the opposite of the other."""
    face = KINDS[kind]
    value, same = face.parse(data, CHOICES), face.parse(data, CHOICES)

    assert value == same
    assert not value != same  # noqa: SIM202 - it is asked, not derived
    assert value != object()


@pytest.mark.parametrize(
    ("left", "right", "holds"), [("2006", "2007-01-01", True), ("2008", "2007-01-01", False)]
)
def test_what_someone_was_told_is_compared_as_the_value(
    left: str, right: str, *, holds: bool
) -> None:
    """A time that was told stands in a chronology."""
    heard = parse_answer(KINDS["when"], f"was told by X: {left}", UNKNOWNS)
    known = parse_answer(KINDS["date"], right)

    expression = Environment().compile_expression("a < b")

    assert expression(a=heard, b=known) is holds
    assert Environment().compile_expression("b > a")(a=heard, b=known) is holds


def test_an_unknown_time_is_neither_before_nor_after() -> None:
    """A comparison with it does not hold, either way round, and its phrase is sworn honestly."""
    unknown = parse_answer(KINDS["when"], "does not remember", UNKNOWNS)
    known = parse_answer(KINDS["when"], "2006")

    for text in ("a < b", "a > b", "b < a", "b > a", "a <= b", "b >= a"):
        assert Environment().compile_expression(text)(a=unknown, b=known) is False
    assert Environment().from_string("{{ a.phrase }}").render(a=unknown) == (
        "on a date I do not remember"
    )


def test_non_answers_are_described_to_editors() -> None:
    """The schema admits them only where the question does."""
    assert "does not know" in json.dumps(schema_answer(KINDS["when"], UNKNOWNS))
    assert "does not know" not in json.dumps(schema_answer(KINDS["when"], CHOICES))

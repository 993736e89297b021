"""Writing YAML: what is written loads as the same data, and people can read it."""

import datetime as dt

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from nkdocs import _yaml
from nkdocs.errors import AnswersError

CHARACTERS = st.characters(exclude_categories=["Cc", "Cs"])
TEXTS = st.one_of(
    st.text(CHARACTERS, max_size=20),
    st.text(st.one_of(CHARACTERS, st.sampled_from("\n\t :#-'\"|")), max_size=40),
    st.sampled_from(["", "No", "yes", "김하늘", "000000070", "12:30", "- a", "a: b", "a #b", "\n"]),
    st.sampled_from(["0", "42", "012", "1e5", "0o7", "2026-02-28", "2026-02-30", "~", "=", "<<"]),
)
DATA = st.recursive(
    TEXTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(CHARACTERS, max_size=8), inner)
    ),
    max_leaves=12,
)


@given(DATA)
@example({"a": "  x\n y\n"})
@example({"a": "\n\n  x"})
@example(["x\n\n\n", "\tx\ny", "x\n   "])
@example({"": {"": ""}})
def test_what_is_written_is_read_back(data: _yaml.Value) -> None:
    """Any text without control characters survives, in any nesting."""
    assert _yaml.load(_yaml.dump(data)).data == data


@given(TEXTS)
@settings(max_examples=200)
def test_another_yaml_program_reads_the_same_text(text: str) -> None:
    """What is not yes, no, a date or a small number stays text in programs that guess types."""
    written = _yaml.dump({"a": text})

    read = yaml.load(written, Loader=yaml.SafeLoader)["a"]  # noqa: TID251 - not ours

    if text in {"yes", "no"}:
        assert read is (text == "yes")
    elif text.isascii() and text.isdigit() and len(text) < 5 and str(int(text)) == text:
        assert read == int(text)
    elif text == "2026-02-28":
        assert read == dt.date(2026, 2, 28)
    else:
        assert read == text


def test_the_file_looks_as_a_person_would_write_it() -> None:
    """Lists stand at their key, long texts in blocks, Korean as it is, quotes only where needed."""
    data: _yaml.Value = {
        "answers": "1",
        "meta": {"as_of": "2026-11-20"},
        "respondents": [
            {"id": "seo-yun", "name": {"native": "서윤희", "also": ["So Yun-hui", "Yuni"]}},
            {"id": "no", "country": "No", "born": "1989-13-07", "lead": "yes", "kin": []},
        ],
        "told": "They came at night.\n\n그들은 밤에 왔다: 두 명.\n",
        "note": "it's \"so\"",
        "time": "12:30",
    }

    assert _yaml.dump(data) == (
        "answers: 1\n"
        "meta:\n"
        "  as_of: 2026-11-20\n"
        "respondents:\n"
        "- id: seo-yun\n"
        "  name:\n"
        "    native: 서윤희\n"
        "    also:\n"
        "    - So Yun-hui\n"
        "    - Yuni\n"
        "- id: no\n"
        "  country: 'No'\n"
        "  born: '1989-13-07'\n"
        "  lead: yes\n"
        "  kin: []\n"
        "told: |\n"
        "  They came at night.\n"
        "\n"
        "  그들은 밤에 왔다: 두 명.\n"
        "note: it's \"so\"\n"
        "time: '12:30'\n"
    )


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\r", "\x85", "\ud800"])
def test_a_character_that_cannot_be_kept_is_refused_by_key(char: str) -> None:
    """The message names key and character, not the answer."""
    with pytest.raises(AnswersError, match=r"'a\.0' holds .* \(U\+00|U\+D8") as caught:
        _yaml.dump({"a": [f"CANARY{char}"]})

    assert "CANARY" not in caught.value.message


@pytest.mark.parametrize("data", [1, None, True, {"a": 1}, {1: "a"}, ["a", None]])
def test_only_text_lists_and_mappings_are_written(data: object) -> None:
    """A number or None is a defect of the caller, not an answer."""
    with pytest.raises(TypeError):
        _yaml.dump(data)  # type: ignore[arg-type]  # what is tested


def test_what_could_not_be_read_again_is_not_written() -> None:
    """A nesting that the reader refuses is refused by the writer."""
    data: _yaml.Value = "x"
    for _ in range(21):
        data = [data]

    with pytest.raises(AnswersError, match="cannot be written"):
        _yaml.dump(data)

"""Reading YAML: everything is text, every fault has a line, nothing crashes."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkdocs import _yaml
from nkdocs.errors import AnswersError

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"


def faults(text: str) -> list[str]:
    """Return the faults of *text* as line:column: message."""
    return [f"{line}:{column}: {why}" for line, column, why in _yaml.load(text).faults]


@pytest.mark.parametrize(
    "typed",
    "No NO no 000000070 0123456 01002 12:30 1_000 1989-13-07 1990-02-30 ~~ Null yes 1.2e+3".split(),
)
def test_a_scalar_arrives_as_typed(typed: str) -> None:
    """No scalar is taken for a truth value, a number or a date."""
    assert _yaml.load(f"key: {typed}\n").data == {"key": typed}


def test_an_empty_value_is_empty_text() -> None:
    """`key:` is the empty text, which means not answered."""
    assert _yaml.load("a:\nb: ''\n").data == {"a": "", "b": ""}


def test_what_programs_write_for_no_value_is_none() -> None:
    """`null` and `~` never become words of a letter; in quotes they are meant as words."""
    found = _yaml.load("a: null\nb: ~\nc: [null, x, ~]\nd: 'null'\ne: \"~\"\nf: |\n  null\n")
    words = {"d": "null", "e": "~", "f": "null\n"}

    assert not found.faults
    assert found.data == {"a": "", "b": "", "c": ["", "x", ""], **words}


def test_every_value_and_key_has_its_place() -> None:
    """Lines and columns count from 1."""
    found = _yaml.load("client:\n  name: SEO\nexhibits:\n- {id: decl}\n- 한글\n")

    assert found.keys[("client", "name")] == (2, 3)
    assert found.places[("client", "name")] == (2, 9)
    assert found.places[("exhibits", 0, "id")] == (4, 8)
    assert found.places[("exhibits", 1)] == (5, 3)


def test_a_key_written_twice_is_a_fault_with_both_lines() -> None:
    """All repeated keys are named, once each, and the data are kept."""
    found = _yaml.load("a: {x: 1}\nb: 1\na: {x: 2}\nb: 2\n")

    assert [fault[0] for fault in found.faults] == [3, 4]
    assert found.faults[0][2] == "'a' is written twice (first on line 1)"
    assert found.data == {"a": {"x": "2"}, "b": "2"}


def test_text_that_became_a_key_is_not_repeated() -> None:
    """A sentence in the place of a key may be an answer: it is not printed."""
    text = "She was beaten, twice: yes\nShe was beaten, twice: no\n"

    assert faults(text) == ["2:1: this key is written twice (first on line 1)"]


def test_all_faults_that_leave_the_rest_readable_are_collected() -> None:
    """Aliases, anchors and tags are each reported, not only the first."""
    found = _yaml.load("a: &x 1\nb: *x\nc: !t 1\nd: 1\nd: 2\n")

    assert [fault[0] for fault in found.faults] == [1, 2, 3, 5]
    assert found.data is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title: Passport: DPRK\n", '1:16: put quotes around text that contains ": "'),
        ("a: b\n  c: d\n", "2:4: this line does not stand at the same depth"),
        ("a:\n   b: c\n  d: e\n", "3:3: this line does not stand at the same depth"),
        ("a: b\nc\nd: e\n", "2:1: a key without a colon"),
        ('a: "b" c\n', "1:8: text goes on after a closing quote"),
        ("a: 'It's'\n", "1:8: text goes on after a closing quote"),
        ('a: 1\nb: "x\nc: d\n', "2:4: a quote is opened here and never closed"),
        ("a: 1\nb: [x, y\nc: d\n", "2:4: a [ is opened here"),
        ("a: 1\nb: {x: y\nc: d\n", "2:4: a { is opened here"),
        ('a: "C:\\dir"\n', "1:7: in double quotes a \\ must be written twice"),
        ("a: @x\n", "1:4: put quotes around text that starts with @"),
        ("a: %x\n", "1:4: put quotes around text that starts with @, ` or %"),
        ("%x\n", "1:3: put quotes around text that starts with %"),
        ("a: !x!y z\n", "1:4: put quotes around text that starts with !"),
        ("a: & b\n", "1:5: put quotes around text that starts with & or *"),
        ("a: *b\n", "1:4: put quotes around text that starts with & or *"),
        ("a: {{ x }}\n", "1:5: put quotes around text that starts with { or ["),
        ("a: - b\n", "1:4: put quotes around text that starts with '- '"),
        ("a: |x\n", "1:5: put quotes around text that starts with | or >"),
        ("a: ,b\n", "1:4: put quotes around text that starts with , ] or }"),
        ("a:\n\tb: c\n", "2:1: indent with blanks"),
        ("a: b\n\tc: d\n", "2:1: indent with blanks"),
        ("a: b\n---\nc: d\n", "2:1: a second document starts here"),
        ("", "1:1: the file is empty"),
        ("# only a comment\n", "1:1: the file is empty"),
        ("a: b\nc: x\x07y\n", "2:5: an invisible character that cannot be kept (U+0007)"),
        ("a: x\u2028y\n", "1:5: an invisible character that cannot be kept (U+2028)"),
        ("a: \ud800\n", "1:4: an invisible character that cannot be kept (U+D800)"),
    ],
)
def test_a_fault_is_told_in_our_own_words(text: str, said: str) -> None:
    """Each kind of fault has a sentence that says what to do, at the right place."""
    assert faults(text)[0].startswith(said)


def test_deep_nesting_is_refused_at_once() -> None:
    """A hundred thousand levels neither crash nor take time (they kill the C loader)."""
    began = time.monotonic()

    found = _yaml.load("[" * 100_000)

    assert found.faults[0][2] == "more than 20 levels deep"
    assert time.monotonic() - began < 1


def test_twenty_levels_are_read() -> None:
    """The limit is the first level that is too deep, not the last that is not."""
    assert not _yaml.load("[" * 20 + "]" * 20).faults
    assert _yaml.load("[" * 21 + "]" * 21).faults


def test_an_alias_bomb_is_refused_with_few_words() -> None:
    """The bomb is not expanded, and its report stays short."""
    text = "a: &a x\n" + "".join(f"b{n}: [{', '.join(['*a'] * 9)}]\n" for n in range(1000))

    found = _yaml.load(text)

    assert found.data is None
    assert len(found.faults) == 50


def test_a_byte_order_mark_does_not_move_the_columns() -> None:
    """Notepad's mark is neither text nor a column."""
    assert _yaml.load("\ufeffa: b\n").keys[("a",)] == (1, 1)
    assert _yaml.read(b"\xef\xbb\xbfa: b\n") == "a: b\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("a: 1\n이름: 김하늘\n".encode("cp949"), "a.yaml:2: not UTF-8; .* Korean encoding"),
        ("a: 1\nb: 2\nc: Pérez\n".encode("latin-1"), "a.yaml:3: not UTF-8; .* Western encoding"),
        ("a: 1\n".encode("utf-16"), "a.yaml is saved as UTF-16"),
        (b"a: 1\nb: \x00\n", "a.yaml:2: a NUL byte"),
        (b"\xef\xbb\xbfa: 1\nb: \xff\xff\n", "a.yaml:2: not UTF-8"),
        (b"x" * 2_000_001, "a.yaml is larger than 2 MB"),
    ],
    ids=["cp949", "latin-1", "utf-16", "nul", "bytes after a mark", "too large"],
)
def test_bytes_that_are_no_text_are_refused_by_line(data: bytes, said: str) -> None:
    """The message names file, line and what the file seems to be."""
    with pytest.raises(AnswersError, match=said):
        _yaml.read(data, name="a.yaml")


def test_a_large_file_is_read_quickly() -> None:
    """Forty thousand keys take about a second at most."""
    text = "".join(f"key{n}: value\n" for n in range(40_000))
    began = time.monotonic()

    assert len(_yaml.load(text).data) == 40_000

    assert time.monotonic() - began < 5


def cases() -> Iterator[str]:
    """Yield the `yaml:` text of each case of the YAML test suite, its marks made real."""
    for path in sorted((SAMPLES / "yaml-test-suite").glob("*.yaml")):
        for case in _yaml.load(path.read_text(encoding="utf-8")).data or ():
            text = case.get("yaml", "")
            for mark, real in (("␣", " "), ("»", "\t"), ("—", ""), ("↵", ""), ("∎\n", "")):
                text = text.replace(mark, real)
            yield text.replace("←", "\r").replace("⇔", "\ufeff")


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
def test_no_case_of_the_test_suite_crashes_or_hangs() -> None:
    """Each case is read, or refused with at least one fault, and within two seconds."""
    number = 0
    for text in cases():
        began = time.monotonic()

        found = _yaml.load(text)

        assert found.faults or found.data is not None
        assert time.monotonic() - began < 2
        number += 1
    assert number > 350


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")
def test_each_naughty_string_is_kept_or_refused() -> None:
    """What can be written comes back exactly; what cannot is refused by name of its key."""
    strings = json.loads((SAMPLES / "naughty" / "blns.json").read_text(encoding="utf-8"))
    refused = []
    for text in strings:
        try:
            written = _yaml.dump({"answer": text})
        except AnswersError as error:
            refused.append(error.message)
        else:
            assert _yaml.load(written).data == {"answer": text}
    assert all("'answer'" in message for message in refused)
    assert len(refused) < 10


@given(st.text(max_size=60))
def test_random_text_never_crashes(text: str) -> None:
    """Whatever is in the file, there is data or a fault."""
    found = _yaml.load(text)

    assert found.faults or found.data is not None


@given(st.text(alphabet=list("ab:-?#&*!|>'\"%@`{}[],\n\t \\한~<=."), max_size=40))
def test_random_syntax_never_crashes(text: str) -> None:
    """Random indicators give data or a fault at a line of the text."""
    found = _yaml.load(text)

    assert found.faults or found.data is not None
    assert all(1 <= line <= text.count("\n") + 1 for line, _, _ in found.faults)

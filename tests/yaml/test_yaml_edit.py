"""Changing YAML in place: the data are as intended, the rest of the file as it was."""

import copy
import random
import re
from typing import Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nkdocs import _yaml
from nkdocs.errors import AnswersError

Data: TypeAlias = Any  # text, lists and mappings of any depth


@pytest.mark.parametrize(
    ("before", "path", "value", "after"),
    [
        ("a: 1\n", "a", "2 x", "a: 2 x\n"),
        ("a: 1  # c\nb: 2\n", "a", "x", "a: x  # c\nb: 2\n"),
        ("a:  # c\nb: 2\n", "a", "x", "a: x  # c\nb: 2\n"),
        ("a:\nb: 2\n", "a", "x", "a: x\nb: 2\n"),
        ("a: 1 # c\nb: 2\n", "a", "x\ny\n", "a: | # c\n  x\n  y\nb: 2\n"),
        ("a: | # c\n  x\n  y\n\n# d\nb: 2\n", "a", "z", "a: z # c\n\n# d\nb: 2\n"),
        ("a: |+\n  x\n\n\nb: 2\n", "a", "z", "a: z\nb: 2\n"),
        ("a: >-\n  x\n  y\nb: 2\n", "a", "z\nw", "a: |-\n  z\n  w\nb: 2\n"),
        ("a:\n  'x'  # c\nb: 2\n", "a", "z", "a:\n  z  # c\nb: 2\n"),
        ("a: {b: 1, c: 2} # d\n", "a.b", "x, y", "a: {b: 'x, y', c: 2} # d\n"),
        ("a: {b, c: 2}\n", "a.b", "x", "a: {b: x, c: 2}\n"),
        ("a: {b: , c: 2}\n", "a.b", "x", "a: {b: x, c: 2}\n"),
        ("a: {b: 1}\n", "a.c", "x\ny", 'a: {b: 1, c: "x\\ny"}\n'),
        ("a: {\n  b: 1, # one\n}\n", "a.c", "2x", "a: {\n  b: 1, c: 2x # one\n}\n"),
        ("a: [x, y]\n", "a.2", "z", "a: [x, y, z]\n"),
        ("a: [x, y]\n", "a.1", {"k": "v"}, "a: [x, {k: v}]\n"),
        ("a: []  # c\nb: 1\n", "a.0.id", "x", "a:  # c\n- id: x\nb: 1\n"),
        ("a: {}\n", "a.b", "x", "a:\n  b: x\n"),
        ("a: {b: {}}\n", "a.b.c", "x", "a: {b: {c: x}}\n"),
        ("a:\nb: 1\n", "a.b.0.c", "x", "a:\n  b:\n  - c: x\nb: 1\n"),
        ("", "a.b", "x", "a:\n  b: x\n"),
        ("# c\n", "a", "x", "# c\na: x\n"),
        ("# c", "a", "x", "# c\na: x\n"),
        ("---\n# c\n", "a", "x", "---\n# c\na: x\n"),
        ("{}\n", "a", "x", "a: x\n"),
        ("a: 1", "b", "x", "a: 1\nb: x\n"),
        ("a: |\n  x", "b", "y", "a: |-\n  x\nb: y\n"),
        ("a: 1\r\n# c\r\n", "b", "x\ny", "a: 1\r\nb: |-\r\n  x\r\n  y\r\n# c\r\n"),
        ("a:\n- id: 1\n  b: 2\n# c\nd: 3\n", "a.1", {"id": "x"},
         "a:\n- id: 1\n  b: 2\n- id: x\n# c\nd: 3\n"),
        ("a:\n  - id: 1\n", "a.1", {"id": "x", "l": ["y"]},
         "a:\n  - id: 1\n  - id: x\n    l:\n    - y\n"),
        ("a:\n    b: 1\n\nc: 2\n", "a.d", "x", "a:\n    b: 1\n    d: x\n\nc: 2\n"),
        ("a: # c\n  b: 1\n  # in\n  d: 2 # e\nf: 3\n", "a", "x", "a: x # c\nf: 3\n"),
        ("a: x # c\nf: 3\n", "a", {"b": "y", "d": "z"}, "a: # c\n  b: y\n  d: z\nf: 3\n"),
        ("- x # c\n- y\n", "0", {"b": "y", "d": "z"}, "- b: y # c\n  d: z\n- y\n"),
        ("-\n- y\n", "0", {"b": "y", "d": "z"}, "- b: y\n  d: z\n- y\n"),
        ("- a: 1\n  b: 2\n- y\n", "0", "x", "- x\n- y\n"),
        ("a:\n- x\n- y\n", "a", [], "a: []\n"),
        ("a: 1 # c\nb: 2 # d\n", "", {"a": "1", "b": "x"}, "a: 1 # c\nb: x # d\n"),
        ("a:\n- x # 1\n- y # 2\n- z # 3\n", "a", ["x", "z"], "a:\n- x # 1\n- z # 3\n"),
        ("a: x\n    # deeper\nb: 1\n", "a", "y\nz", 'a: "y\\nz"\n    # deeper\nb: 1\n'),
        ("\ufeffa: 1\n", "a", "x", "\ufeffa: x\n"),
        ("a:\r\n  b: 1\r\nc:\r\n  d: 1", "c.e", "x", "a:\r\n  b: 1\r\nc:\r\n  d: 1\r\n  e: x\r\n"),
        ("a: {b: 1,\nc: 2\n}\nd: 3\n", "a.b", "x", "a: {b: x,\nc: 2\n}\nd: 3\n"),
        ('a:\n  b: "1\nc: 2"\nc:\n  d: 3\n', "c.d", "x", 'a:\n  b: "1\nc: 2"\nc:\n  d: x\n'),
        ('a:\n  b: "1\nc:\n  d: 2"\n', "a.b", "x", "a:\n  b: x\n"),
        ("a:\n- b: 1\n# c\n- b: 2\n# d\ne: 3\n", "a.1.b", "x",
         "a:\n- b: 1\n# c\n- b: x\n# d\ne: 3\n"),
        ("k: 1 ########################################\n", "a.b", "x",
         "k: 1 ########################################\na:\n  b: x\n"),
    ],
)  # fmt: skip
def test_a_value_is_put_where_it_belongs(
    before: str, path: str, value: _yaml.Value, after: str
) -> None:
    """The change is the smallest that a person would make."""
    assert _yaml.put(before, steps(path), value) == after


@pytest.mark.parametrize(
    ("before", "path", "after"),
    [
        ("a: 1\nb: 2\n", "a", "b: 2\n"),
        ("# of a\na: 1 # a\n# of b\nb: 2\n", "a", "# of a\n# of b\nb: 2\n"),
        ("a:\n  b: 1\n  # in\n  c: 2\nd: 3\n", "a", "d: 3\n"),
        ("a: |\n  x\n\nb: 1\n", "a", "\nb: 1\n"),
        ("a: 1\nb: 2", "b", "a: 1\n"),
        ("a:\n  b: 1\nc: 2\n", "a.b", "a: {}\nc: 2\n"),
        ("- x # 1\n# c\n- y\n- z\n", "0", "# c\n- y\n- z\n"),
        ("- x\n-\n- z\n", "1", "- x\n- z\n"),
        ("- a: 1\n  b: 2\n", "0.a", "- b: 2\n"),
        ("- a: 1 # c\n  # d\n  b: 2\n", "0.a", "-\n  # d\n  b: 2\n"),
        ("- a: 1\n  b: 2\n", "0.b", "- a: 1\n"),
        ("- a\n", "0", "[]\n"),
        ("a: {b: 1, c: 2}\n", "a.b", "a: {c: 2}\n"),
        ("a: {b: 1, c: 2}\n", "a.c", "a: {b: 1}\n"),
        ("a: [\n  x, # 1\n  y, # 2\n]\n", "a.1", "a: [\n  x, # 1\n   # 2\n]\n"),
        ("a: [x, y, z]\n", "a.1", "a: [x, z]\n"),
        ("a: [x]\n", "a.0", "a: []\n"),
    ],
)
def test_a_value_is_removed_with_nothing_else(before: str, path: str, after: str) -> None:
    """Comments around it, its neighbours and blank lines stay."""
    assert _yaml.remove(before, steps(path)) == after


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: CANARY\n", "a.b"),
        ("a: [CANARY]\n", "a.5"),
        ("a: [CANARY]\n", "a.b"),
        ("a: {b: CANARY}\n", "a.0"),
        ("", "a.1"),
        ("a: &x CANARY\n", "a"),
        ("a: CANARY\na: 1\n", "a"),
        ("- [a: CANARY]\n", "0.0.b"),
    ],
)
def test_what_cannot_be_put_is_refused_without_the_answer(text: str, path: str) -> None:
    """A path through a text, past the end, or in a broken file raises; nothing is guessed."""
    with pytest.raises(AnswersError) as caught:
        _yaml.put(text, steps(path), "x")

    assert "CANARY" not in caught.value.message


@pytest.mark.parametrize("path", ["b", "a.0", "a.b", ""])
def test_what_is_not_there_cannot_be_removed(path: str) -> None:
    """Removing nothing is a fault, not a success."""
    with pytest.raises(AnswersError, match="to remove"):
        _yaml.remove("a: x\n", steps(path))


def test_nothing_changes_when_the_value_is_the_same() -> None:
    """The same answer again keeps its quotes and its form."""
    text = "a: 'x'\nb: {c: [1, \"2\"]}\n"

    assert _yaml.put(text, (), {"a": "x", "b": {"c": ["1", "2"]}}) == text


def steps(path: str) -> _yaml.Path:
    """Return the path that is written with dots; numbers are list items."""
    return tuple(int(part) if part.isdigit() else part for part in path.split(".") if part)


class Writer:
    """Writes data in random styles with numbered comments, in another way than nkdocs does."""

    def __init__(self, seed: int) -> None:
        """Take the *seed* of all choices."""
        self.dice = random.Random(seed)  # noqa: S311 - a test
        self.comments = 0

    def comment(self) -> str:
        """Return a comment after a value, or nothing."""
        if self.dice.random() < 0.6:
            return ""
        self.comments += 1
        return f" # note {self.comments}: [x, 'y"

    def between(self, margin: str) -> list[str]:
        """Return comment lines and blank lines."""
        lines = [""] * self.dice.choice([0, 0, 0, 1])
        if self.dice.random() < 0.3:
            lines.append(margin + self.comment().strip())
        return lines

    def text(self, value: str, *, inside: bool) -> str:
        """Return *value* on one line."""
        if re.fullmatch(r"[a-z가-힣]+", value) and self.dice.random() < 0.7:
            return value
        if "\n" in value or "\t" in value or self.dice.random() < 0.5:
            for char, sign in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
                value = value.replace(char, sign)
            return f'"{value}"'
        if not value and not inside and self.dice.random() < 0.7:
            return ""
        return "'" + value.replace("'", "''") + "'"

    def flow(self, value: Data) -> str:
        """Return *value* inside brackets."""
        blank = self.dice.choice(["", " "])
        comma = self.dice.choice(["", "", ","]) if value else ""
        if isinstance(value, list):
            return f"[{blank}{', '.join(map(self.flow, value))}{comma}{blank}]"
        if isinstance(value, dict):
            pairs = [f"{self.text(k, inside=True)}: {self.flow(v)}" for k, v in value.items()]
            return f"{{{blank}{', '.join(pairs)}{comma}{blank}}}"
        return self.text(value, inside=True)

    def leaf(self, value: Data, margin: str) -> list[str]:
        """Return the lines of a text or of something in brackets, the first without margin."""
        plain = isinstance(value, str) and re.fullmatch(r"(?:[a-z가-힣]+\n)+[a-z]+\n?", value)
        if plain and self.dice.random() < 0.7:
            sign = self.dice.choice(["|", "|2"]) + ("" if value.endswith("\n") else "-")
            body = [f"{margin}  {line}" for line in value.removesuffix("\n").split("\n")]
            return [f" {sign}{self.comment()}", *body]
        written = self.text(value, inside=False) if isinstance(value, str) else self.flow(value)
        return [f" {written}{self.comment()}" if written else self.comment()]

    def block(self, value: Data, margin: str) -> list[str]:
        """Return the lines of a list or mapping, each below the other."""
        lines: list[str] = []
        wide = " " * self.dice.choice([2, 2, 4])
        for key in value if isinstance(value, dict) else range(len(value)):
            item = value[key]
            named = isinstance(value, dict)
            lines += self.between(margin)
            head = f"{margin}{self.text(str(key), inside=True)}:" if named else f"{margin}-"
            if isinstance(item, str) or not item or self.dice.random() < 0.3:
                first, *rest = self.leaf(item, margin)
                lines += [head + first, *rest]
            elif named or self.dice.random() < 0.3:
                near = named and isinstance(item, list) and self.dice.random() < 0.5
                lines += [head + self.comment(), *self.block(item, margin + ("" if near else wide))]
            else:
                inner = self.block(item, margin + wide)
                while not inner[0].strip() or inner[0].strip().startswith("#"):
                    inner = inner[1:]
                lines += [head + wide[1:] + inner[0].lstrip(" "), *inner[1:]]
        return lines

    def write(self, value: Data) -> str:
        """Return *value* as the text of a file."""
        ends = self.dice.choice(["\n", "\n", "\r\n"])
        lines = self.block(value, "") if value else [self.flow(value)]
        return ends.join([*self.between(""), *lines, *self.between("")]) + ends


KEYS = st.sampled_from(["a", "b", "id", "이름", "x y", "k: v"])
WORDS = st.one_of(
    st.sampled_from(["", "x", "한글", "x\ny", "x\ny\n", "a: b", "- x", "No", "it's", "x #y", "\n"]),
    st.text("xy '\"#:,[]{}\n\t-|\\ 한", max_size=12),
)
DATA = st.recursive(
    WORDS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)
    ),
    max_leaves=10,
)
FILES = st.dictionaries(KEYS, DATA, max_size=4)
EDITS = settings(max_examples=200, deadline=None)


def spots(data: Data, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return all places of *data*, the whole included."""
    found = [path]
    pairs = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in () if isinstance(data, str) else pairs:
        found += spots(value, (*path, key))
    return found


def reached(data: Data, path: _yaml.Path) -> Data:
    """Return what stands at *path*."""
    for key in path:
        data = data[key]
    return data


def notes(text: str) -> list[str]:
    """Return the numbered comments of *text*."""
    return re.findall(r"# note \d+: \[x, 'y", text)


def unchanged(before: str, after: str) -> tuple[int, int]:
    """Return how many lines are the same at the beginning, and at the end."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    short = min(len(old), len(new))
    head = next((n for n in range(short) if old[n] != new[n]), short)
    tail = next((n for n in range(short - head) if old[-1 - n] != new[-1 - n]), short - head)
    return head, tail


@EDITS
@given(FILES, DATA, st.integers(0, 10**9), st.data())
def test_a_replaced_value_leaves_the_other_lines_alone(
    data: Data, value: _yaml.Value, seed: int, draw: st.DataObject
) -> None:
    """The data are as intended; lines before and after the value are the same bytes."""
    text = Writer(seed).write(data)
    loaded = _yaml.load(text)
    assert loaded.data == data
    path = draw.draw(st.sampled_from(spots(data)))
    if not path:
        return
    wanted = copy.deepcopy(data)
    reached(wanted, path[:-1])[path[-1]] = value

    after = _yaml.put(text, path, value)

    assert _yaml.load(after).data == wanted
    begin = loaded.keys.get(path, loaded.places[path])[0]
    later = [spot[0] for spot in (*loaded.places.values(), *loaded.keys.values())]
    inside = [p for p in loaded.places if p[: len(path)] == path]
    end = max(loaded.places[p][0] for p in inside)
    following = min((line for line in later if line > end), default=None)
    head, tail = unchanged(text, after)
    assert head >= begin - 1 or after == text
    if following and after != text:
        assert tail >= len(text.splitlines()) - following + 1
    if isinstance(reached(data, path), str):
        assert sorted(notes(after)) == sorted(notes(text))


@EDITS
@given(FILES, DATA, st.integers(0, 10**9), st.data())
def test_an_added_value_changes_no_other_line(
    data: Data, value: _yaml.Value, seed: int, draw: st.DataObject
) -> None:
    """Only lines are inserted, or one line grows inside its brackets; no comment is lost."""
    text = Writer(seed).write(data)
    boxes = [path for path in spots(data) if not isinstance(reached(data, path), str)]
    path = draw.draw(st.sampled_from(boxes))
    box = reached(data, path)
    key = len(box) if isinstance(box, list) else "new"
    wanted = copy.deepcopy(data)
    if isinstance(box, list):
        reached(wanted, path).append(value)
    else:
        reached(wanted, path)["new"] = value

    after = _yaml.put(text, (*path, key), value)

    assert _yaml.load(after).data == wanted
    assert sum(unchanged(text, after)) >= len(text.splitlines()) - 1
    assert notes(after) == notes(text)


@EDITS
@given(FILES, st.integers(0, 10**9), st.data())
def test_a_removed_value_takes_only_its_own_lines(
    data: Data, seed: int, draw: st.DataObject
) -> None:
    """The data are as intended, and the other lines the same bytes in the same order."""
    text = Writer(seed).write(data)
    path = draw.draw(st.sampled_from(spots(data)))
    if not path:
        return
    wanted = copy.deepcopy(data)
    del reached(wanted, path[:-1])[path[-1]]

    after = _yaml.remove(text, path)

    assert _yaml.load(after).data == wanted
    loaded = _yaml.load(text)
    alone = len(reached(data, path[:-1])) == 1
    touched = path[:-1] if alone else path  # the last of a list leaves [] behind
    begin = loaded.keys.get(touched, loaded.places[touched])[0]
    spots_ = (*loaded.places.values(), *loaded.keys.values())
    assert unchanged(text, after)[0] >= max((n for n, _ in spots_ if n < begin), default=1) - 1


@EDITS
@given(FILES, FILES, st.integers(0, 10**9))
def test_a_whole_file_is_turned_into_another(old: Data, new: Data, seed: int) -> None:
    """Mappings and lists are changed leaf by leaf, to any other data."""
    text = Writer(seed).write(old)

    after = _yaml.put(text, (), new)

    assert _yaml.load(after).data == new


@EDITS
@given(st.lists(st.tuples(st.sampled_from(["a", "b.c", "b.d.0", "l.0", "l.1.x", "e"]), WORDS)))
def test_many_answers_in_a_row_arrive(answers: list[tuple[str, str]]) -> None:
    """Beginning with an empty file, each answer is there after it was given."""
    text = "# a new case\n"
    for path, value in answers:
        if path.startswith("l.1") and not (_yaml.load(text).data or {}).get("l"):
            continue
        if reached_or_none(_yaml.load(text).data, steps(path)[:-1]) == "text":
            continue

        text = _yaml.put(text, steps(path), value)

        assert reached(_yaml.load(text).data, steps(path)) == value
    assert text.startswith("# a new case\n")


def reached_or_none(data: Data, path: _yaml.Path) -> str:
    """Return 'text' if a text stands on the way along *path*."""
    for key in path:
        if isinstance(data, str) and data:
            return "text"
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return ""
    return "text" if isinstance(data, str) and data else ""

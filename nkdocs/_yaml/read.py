"""Reading YAML: text with places, and every fault of its writing in people's words.

Every scalar is text; the kind of a question says what it means. Anchors, aliases, tags, a second
document and deep nesting are refused (TRUST.md R7). The reader walks the flat stream of events,
so that nothing recurses.
"""

import functools
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any

import yaml
from msgspec import Struct, field

from nkdocs._patterns import lazily
from nkdocs.errors import AnswersError

Spot = tuple[int, int]  # line and column, from 1
Path = tuple[str | int, ...]  # ("client", "born"), ("exhibits", 1, "title")
Fault = tuple[int, int, str]  # line, column and message

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EMPTY = "the file is empty"
MAX_BYTES = 2_000_000
_MAX_FAULTS = 50  # a bomb of aliases need not be listed to the end
# What YAML cannot hold as it is, and the line separators that editors count differently.
UNREADABLE = lazily(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
_HANGUL = lazily(r"[가-힣]{2}")
_KEY = lazily(r"[\w.-]{1,60}")
#: What other programs write for no value at all (YAML 1.2.2, 10.2.1.1); in quotes it is a text.
_NOTHING = frozenset({"null", "~"})


class Loaded:
    """What a file says, where it says it, and what is wrong with its writing.

    Attributes:
        data: text, lists and mappings; None when a fault hides what the file says. Of a key that
            is written twice (a fault) it holds the last value.
        faults: line, column and message of each fault, in the order of the file.
    """

    def __init__(
        self, data: Any = None, boxes: "Sequence[_Open]" = (), faults: Sequence[Fault] = ()  # noqa: ANN401
    ) -> None:  # fmt: skip
        """Hold *data*, and the *boxes* in which it stood: mappings and lists with their marks."""
        self.data, self.faults = data, [*faults]
        self._marks = {box.place: box.marks for box in boxes}

    def where(self, path: Path) -> Spot | None:
        """Return line and column of a key, of a value without one, None if nothing is there."""
        found = self._marks.get(path[:-1] if path else None, {}).get(path[-1] if path else 0)
        return _spot(found[0] or found[1]) if found else None

    @cached_property
    def places(self) -> dict[Path, Spot]:
        """Line and column of each value."""
        return {path: _spot(value) for path, _, value in self._all()}

    @cached_property
    def keys(self) -> dict[Path, Spot]:
        """Line and column of each key."""
        return {path: _spot(key) for path, key, _ in self._all() if key}

    def _all(self) -> Iterator[tuple[Path, Any, Any]]:
        for above, marks in self._marks.items():
            for step, (key, value) in marks.items():
                yield () if above is None else (*above, step), key, value


def _spot(mark: Any) -> Spot:  # noqa: ANN401 - two unrelated mark types
    return mark.line + 1, mark.column + 1


def read(data: bytes, *, name: str = "the file") -> str:
    """Return the text of a file, which must be UTF-8; a byte order mark is taken off.

    Raises:
        AnswersError: more than 2 MB, another encoding, or bytes that are no text; the message
            names the line. *name* is what the message calls the file.
    """
    if len(data) > MAX_BYTES:
        msg = f"{name} is larger than {MAX_BYTES // 1_000_000} MB"
        raise AnswersError(msg, hint="Put long texts and pictures among the exhibits.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        msg = f"{name} is saved as UTF-16, not as UTF-8"
        raise AnswersError(msg, hint="Save it again with the encoding UTF-8.")
    if (nul := data.find(0)) >= 0:
        msg = f"{name}:{_line(data, nul)}: a NUL byte; this is not a text file in UTF-8"
        raise AnswersError(msg, hint="Save it again with the encoding UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        msg = f"{name}:{_line(data, at)}: not UTF-8; the file looks saved in {_encoding(data)}"
        raise AnswersError(msg, hint="Save it again with the encoding UTF-8.") from None


def _line(data: bytes, at: int) -> int:
    """Return the number of the line that holds the byte *at*."""
    return data.count(b"\n", 0, at) + 1


def _encoding(data: bytes) -> str:
    """Return what people call the encoding that *data* is probably in."""
    try:
        korean = bool(_HANGUL.search(data.decode("cp949")))
    except UnicodeDecodeError:
        korean = False
    return "the Korean encoding of Windows (cp949)" if korean else "a Western encoding of Windows"


@functools.lru_cache(maxsize=4)
def known(text: str) -> Loaded:
    """Return what `load` does, for those who change nothing in it.

    A text that was proved by reading it, was saved, and is worked on next is read once.
    """
    return load(text)


def load(text: str, *, max_depth: int = 20) -> Loaded:
    """Return what *text* says, the place of everything in it, and every fault of its writing."""
    text = text.removeprefix("\ufeff")
    strange = not text.replace("\n", "").isprintable()  # nothing unreadable is printable
    if strange and (faults := [_unreadable(text, m) for m in UNREADABLE.finditer(text)]):
        return Loaded(faults=faults[:_MAX_FAULTS])
    reader = _Reader(max_depth)
    try:
        reader.take_all(LOADER(text).get_event)  # as yaml.parse, which asks twice
    except _StopReadingError:
        pass
    except yaml.YAMLError as error:
        reader.faults.append(_said(error, text))
        reader.lost = True
    except ValueError:  # the number of an escape such as "\Uffffffff", in the pure parser
        reader.faults.append((1, 1, "a character is written with an impossible number"))
        reader.lost = True
    if reader.documents == 0 and not reader.faults:
        reader.faults.append((1, 1, EMPTY))
    return Loaded(None if reader.lost else reader.data, reader.boxes, reader.faults)


class _StopReadingError(Exception):
    """What follows cannot be understood."""


class _Open(Struct):
    """A mapping or list that is being read, and the key that waits for its value.

    Attributes:
        place: where it stands; None of what holds the whole document.
        maps: whether it is a mapping.
        marks: by key or position where the key (None without one) and the value begin.
    """

    box: Any
    place: Path | None
    maps: bool
    marks: dict[str | int, tuple[Any, Any]] = field(default_factory=dict)
    key: str | None = None
    key_mark: Any = None


class _Reader:
    """Builds the data from the stream of events."""

    def __init__(self, max_depth: int) -> None:
        self.faults: list[Fault] = []
        self.documents = 0
        self.lost = False  # a fault hides what the file says
        self._open = [_Open([], None, maps=False)]
        self.boxes = [*self._open]
        self._max_depth = max_depth

    @property
    def data(self) -> Any:  # noqa: ANN401 - text, list or mapping
        """What was read."""
        return next(iter(self._open[0].box), None)

    def take_all(self, next_event: Callable[[], Any]) -> None:
        """Take event after event; nearly all are texts in a mapping, a key and its value."""
        scalar, opened = yaml.ScalarEvent, self._open
        while (event := next_event()) is not None:
            top = opened[-1]
            if (
                type(event) is not scalar or event.tag is not None or event.anchor is not None
                or not top.maps or top.key is not None or (key := event.value) in top.box
            ):  # fmt: skip
                self._take(event)
            elif type(after := next_event()) is scalar and after.tag is after.anchor is None:
                value = after.value
                top.box[key] = "" if value in _NOTHING and not after.style else value
                top.marks[key] = event.start_mark, after.start_mark
            else:
                top.key, top.key_mark = key, event.start_mark
                self._take(after)

    def _take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events share no typed base
        """Take any event."""
        if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event.start_mark, "a second document starts here; delete the line ---")
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_decoration(event)
            top, mark = self._open[-1], event.start_mark
            if not isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
                self._enter(top, {} if isinstance(event, yaml.MappingStartEvent) else [], mark)
            elif not top.maps or top.key is not None:
                self._put(top, _said_in(event), mark)
            else:
                self._name(top, getattr(event, "value", ""), mark)

    def _fault(self, mark: Any, why: str) -> None:  # noqa: ANN401 - two unrelated mark types
        self.lost = True
        self.faults.append((*_spot(mark), why))
        if len(self.faults) >= _MAX_FAULTS:
            raise _StopReadingError

    def _stop(self, mark: Any, why: str) -> None:  # noqa: ANN401 - two unrelated mark types
        self._fault(mark, why)
        raise _StopReadingError

    def _refuse_decoration(self, event: Any) -> None:  # noqa: ANN401 - as in _take
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._fault(event.start_mark, "put quotes around text that starts with & or *")
        if getattr(event, "tag", None) is not None:
            self._fault(event.start_mark, "put quotes around text that starts with !")

    def _name(self, top: _Open, key: str, mark: Any) -> None:  # noqa: ANN401 - two mark types
        """Have *key* wait for its value; a key that is there already is a fault."""
        if key in top.box:
            shown = f"'{key}'" if _KEY.fullmatch(key) else "this key"  # it may be a misplaced text
            lost, (first, _) = self.lost, top.marks[key]
            self._fault(mark, f"{shown} is written twice (first on line {first.line + 1})")
            self.lost, mark = lost, first
        top.key, top.key_mark = key, mark

    def _enter(self, top: _Open, box: Any, mark: Any) -> None:  # noqa: ANN401 - as in _put
        """Read on in a mapping or list that begins in *top*."""
        if top.maps and top.key is None:
            self._stop(mark, "put quotes around text that starts with { or [")
        if len(self._open) > self._max_depth:
            self._stop(mark, f"more than {self._max_depth} levels deep")
        step = self._put(top, box, mark)
        place = () if top.place is None else (*top.place, step)
        self._open.append(_Open(box, place, maps=type(box) is dict))
        self.boxes.append(self._open[-1])

    def _put(self, top: _Open, value: Any, mark: Any) -> str | int:  # noqa: ANN401 - any value, two mark types
        """Put a value where it belongs in *top*: at the key that waits, or at the end."""
        if top.key is not None:
            key, top.key = top.key, None
            top.box[key], top.marks[key] = value, (top.key_mark, mark)
            return key
        top.marks[len(top.box)] = None, mark
        top.box.append(value)
        return len(top.box) - 1


def _said_in(event: Any) -> str:  # noqa: ANN401 - as in _take
    """Return the text of a value, which is none where nothing or no value is written."""
    value: str = getattr(event, "value", "")
    return "" if value in _NOTHING and not event.style else value



def _unreadable(text: str, found: re.Match[str]) -> tuple[int, int, str]:
    """Return the fault of a character that no answers file may hold as it is."""
    at = found.start()
    why = f"an invisible character that cannot be kept (U+{ord(found[0]):04X}); delete it"
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), why


_LEVEL = "this line does not stand at the same depth as the lines it belongs to"
_TAB = "indent with blanks, not with tabs"
# What the parsers' words mean for who wrote the file. The pure parser and the C parser use other
# words and other columns; the fragments are in both. True: point to where the fault begins.
_SENTENCES: tuple[tuple[str, bool, str], ...] = (
    ("found unexpected end of stream", True, "a quote is opened here and never closed"),
    ("found unexpected document", True, "a quote is opened here and never closed"),
    ("expected ',' or ']'", True, "a [ is opened here and never closed, or a comma is missing"),
    ("expected ',' or '}'", True, "a { is opened here and never closed, or a comma is missing"),
    ("escape", False, "in double quotes a \\ must be written twice; or use single quotes"),
    ("tab character", False, _TAB),
    ("cannot start any token", False, "put quotes around text that starts with @, ` or %"),
    ("directive", False, "put quotes around text that starts with %"),
    ("tag", False, "put quotes around text that starts with !"),
    ("alphabetic or numeric", False, "put quotes around text that starts with & or *"),
    ("could not find expected ':'", True, "a key without a colon; text of several lines needs a |"),
    ("expected comment or line break", False, "put quotes around text that starts with | or >"),
    ("chomping or indentation", False, "put quotes around text that starts with | or >"),
    ("sequence entries are not allowed", False, "put quotes around text that starts with '- '"),
    ("mapping keys are not allowed", False, "put quotes around text that starts with '? '"),
    ("node content", False, "put quotes around text that starts with , ] or }"),
    ("unexpected ':'", False, 'put quotes around text that contains ":"'),
    ("found unknown", False, "put quotes around this text"),
)


def _said(error: yaml.YAMLError, text: str) -> tuple[int, int, str]:
    """Return the place of a syntax *error* and what is wrong, never the parser's own words."""
    problem = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None)
    begin = getattr(error, "context_mark", None) or mark
    if mark is None:
        return 1, 1, "this is not valid YAML"
    lines = re.split(r"\r\n|\r|\n", text)
    line = lines[mark.line] if mark.line < len(lines) else ""  # the C parser may point below
    before = line[: mark.column]
    why, at = _LEVEL, mark
    if line[mark.column : mark.column + 1] == "\t":
        why = _TAB
    elif "mapping values" in problem:
        why = 'put quotes around text that contains ": "' if ": " in f"{before} " else _LEVEL
    elif "expected key" in problem or "block end" in problem:
        why = "text goes on after a closing quote or bracket; put quotes around all of it"
        why = why if before.strip() else _LEVEL
    else:
        for fragment, early, sentence in _SENTENCES:
            if fragment in problem:
                why, at = sentence, (begin if early else mark)
                break
    return min(at.line + 1, len(lines)), at.column + 1, why

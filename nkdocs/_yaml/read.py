"""Reading YAML: text with places, and every fault of its writing in people's words.

Every scalar is text; the kind of a question says what it means. Anchors, aliases, tags, a second
document and deep nesting are refused (TRUST.md R7). The reader walks the flat stream of events,
so that nothing recurses.
"""

import functools
import re
from typing import Any

import yaml
from msgspec import Struct, field

from nkdocs.errors import AnswersError

Spot = tuple[int, int]  # line and column, from 1
Path = tuple[str | int, ...]  # ("client", "born"), ("exhibits", 1, "title")

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
EMPTY = "the file is empty"
MAX_BYTES = 2_000_000
_MAX_FAULTS = 50  # a bomb of aliases need not be listed to the end
# What YAML cannot hold as it is, and the line separators that editors count differently.
_UNREADABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]"
)
_HANGUL = re.compile(r"[가-힣]{2}")
_KEY = re.compile(r"[\w.-]{1,60}")


class Loaded(Struct, frozen=True):
    """What a file says, where it says it, and what is wrong with its writing.

    Attributes:
        data: text, lists and mappings; None when a fault hides what the file says. Of a key that
            is written twice (a fault) it holds the last value.
        places: line and column of each value.
        keys: line and column of each key.
        faults: line, column and message of each fault, in the order of the file.
    """

    data: Any = None
    places: dict[Path, Spot] = field(default_factory=dict)
    keys: dict[Path, Spot] = field(default_factory=dict)
    faults: list[tuple[int, int, str]] = field(default_factory=list)


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
    if faults := [_unreadable(text, found) for found in _UNREADABLE.finditer(text)]:
        return Loaded(faults=faults[:_MAX_FAULTS])
    reader = _Reader(max_depth)
    try:
        next_event, take = LOADER(text).get_event, reader.take  # as yaml.parse, which asks twice
        while (event := next_event()) is not None:
            take(event)
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
    data = None if reader.lost else reader.data
    return Loaded(data, reader.places, reader.keys, reader.faults)


class _StopReadingError(Exception):
    """What follows cannot be understood."""


class _Open(Struct):
    """A mapping or list whose end has not come yet, and the key that waits for its value."""

    box: Any
    place: Path
    key: str | None = None

    @property
    def wants_key(self) -> bool:
        return isinstance(self.box, dict) and self.key is None


class _Reader:
    """Builds the data from the stream of events."""

    def __init__(self, max_depth: int) -> None:
        self.data: Any = None
        self.places: dict[Path, Spot] = {}
        self.keys: dict[Path, Spot] = {}
        self.faults: list[tuple[int, int, str]] = []
        self.documents = 0
        self.lost = False  # a fault hides what the file says
        self._open: list[_Open] = []
        self._max_depth = max_depth

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events share no typed base
        """Take the next *event* of the stream."""
        if type(event) is yaml.ScalarEvent and event.anchor is None and event.tag is None:
            self._take_text(event.value, event.start_mark)  # most of what there is
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._open.pop()
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self._stop(event.start_mark, "a second document starts here; delete the line ---")
        elif isinstance(event, yaml.NodeEvent):
            self._refuse_decoration(event)
            if isinstance(event, (yaml.ScalarEvent, yaml.AliasEvent)):
                self._take_text(getattr(event, "value", ""), event.start_mark)
            else:
                self._enter(event)

    def _fault(self, mark: Any, why: str) -> None:  # noqa: ANN401 - two unrelated mark types
        self.lost = True
        self.faults.append((mark.line + 1, mark.column + 1, why))
        if len(self.faults) >= _MAX_FAULTS:
            raise _StopReadingError

    def _stop(self, mark: Any, why: str) -> None:  # noqa: ANN401 - two unrelated mark types
        self._fault(mark, why)
        raise _StopReadingError

    def _refuse_decoration(self, event: Any) -> None:  # noqa: ANN401 - as in take
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self._fault(event.start_mark, "put quotes around text that starts with & or *")
        if getattr(event, "tag", None) is not None:
            self._fault(event.start_mark, "put quotes around text that starts with !")

    def _take_text(self, text: str, mark: Any) -> None:  # noqa: ANN401 - two mark types
        top = self._open[-1] if self._open else None
        if top is None or type(top.box) is not dict:
            self._add(text, mark)
        elif top.key is None:
            self._name(top, text, mark)
        else:  # what follows a key: most of what there is
            place = (*top.place, top.key)
            top.box[top.key] = text
            top.key = None
            self.places[place] = (mark.line + 1, mark.column + 1)

    def _name(self, top: _Open, key: str, mark: Any) -> None:  # noqa: ANN401 - two mark types
        place = (*top.place, key)
        if key in top.box:
            first = self.keys[place][0]
            shown = f"'{key}'" if _KEY.fullmatch(key) else "this key"  # it may be a misplaced text
            lost = self.lost
            self._fault(mark, f"{shown} is written twice (first on line {first})")
            self.lost = lost
        else:
            self.keys[place] = (mark.line + 1, mark.column + 1)
        top.key = key

    def _enter(self, event: Any) -> None:  # noqa: ANN401 - as in take
        mark = event.start_mark
        if self._open and self._open[-1].wants_key:
            self._stop(mark, "put quotes around text that starts with { or [")
        if len(self._open) >= self._max_depth:
            self._stop(mark, f"more than {self._max_depth} levels deep")
        box: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Open(box, self._add(box, mark)))

    def _add(self, value: Any, mark: Any) -> Path:  # noqa: ANN401 - any value, two mark types
        place: Path = ()
        if not self._open:
            self.data = value
        else:
            top = self._open[-1]
            if isinstance(top.box, list):
                place = (*top.place, len(top.box))
                top.box.append(value)
            else:
                key = top.key or ""
                place = (*top.place, key)
                top.box[key], top.key = value, None
        self.places[place] = (mark.line + 1, mark.column + 1)
        return place


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

"""Writing YAML: plain where it can be, `|` blocks for several lines, Korean as it is.

Text that another YAML program would take for something else (`No`, `000000070`, `12:30`) is
quoted. `yes`, `no`, real dates and small whole numbers stay plain: they mean the same elsewhere.
"""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from typing import Any

import yaml

from nkdocs._patterns import lazily
from nkdocs._yaml.read import load
from nkdocs.errors import AnswersError

Value = str | list[Any] | dict[str, Any]

_PLAIN = lazily(r"[\w(/$](?:[^\s]|[ ](?![ #]))*")
_NUMBER = lazily(r"0o[0-7]+|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")
_SMALL = lazily(r"0|[1-9][0-9]{0,3}")
_DATE = lazily(r"\d{4}-\d{2}-\d{2}")
_IN_FLOW = lazily(r"[,\[\]{}:]")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_NO_BLOCK = lazily("[\ufeff\u2028\u2029\ufffe\uffff]")


def dump(data: Value) -> str:
    """Return *data* as YAML that loads as the same data.

    Raises:
        AnswersError: a text holds a character that cannot be kept; the message names its key.
    """
    check(data)
    text = "\n".join(block(data, 0)) + "\n"
    if load(text).data != data:
        msg = "these answers cannot be written as YAML"
        raise AnswersError(msg, hint="A key is too long, or lists stand too deep in each other.")
    return text


def check(data: object, path: Sequence[str | int] = ()) -> None:
    """Refuse what cannot be kept: other types than text, lists and mappings; control characters."""
    if isinstance(data, str):
        for char in data:
            if unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t":
                where = f"'{'.'.join(map(str, path))}'" if path else "the text"
                msg = f"{where} holds a character that cannot be kept (U+{ord(char):04X})"
                raise AnswersError(msg, hint="Write it again without that character.")
    elif isinstance(data, dict):
        for key, value in data.items():
            if not isinstance(key, str):
                msg = f"a key must be text, not {type(key).__name__}"
                raise TypeError(msg)
            check(key, path)
            check(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            check(value, (*path, index))
    else:
        msg = f"an answer is kept as text, list or mapping, not as {type(data).__name__}"
        raise TypeError(msg)


def block(value: Value, column: int, *, quoted: bool = False) -> list[str]:
    """Return the lines of *value*, indented to *column*.

    *quoted* writes text of several lines in quotes, for the places where a `|` block would take
    what follows it into itself.
    """
    margin = " " * column
    lines: list[str] = []
    if isinstance(value, dict) and value:
        for key, item in value.items():
            head = f"{margin}{inline(key)}:"
            if isinstance(item, str) or not item:
                first, *rest = leaf(item, column, quoted=quoted)
                lines += [f"{head} {first}", *rest]
            else:
                inner = column if isinstance(item, list) else column + 2
                lines += [head, *block(item, inner, quoted=quoted)]
    elif isinstance(value, list) and value:
        for item in value:
            if isinstance(item, str) or not item:
                first, *rest = leaf(item, column, quoted=quoted)
            else:
                first, *rest = block(item, column + 2, quoted=quoted)
            lines += [f"{margin}- {first.lstrip(' ')}", *rest]
    else:
        first, *rest = leaf(value, column, quoted=quoted)
        lines = [margin + first, *rest]
    return lines


def leaf(value: Value, column: int, *, quoted: bool = False) -> list[str]:
    """Return the lines of a text, or of an empty list or mapping, whose owner is at *column*."""
    if not isinstance(value, str):
        return [flow(value)]
    if quoted or "\n" not in value or not _fits_block(value):
        return [inline(value)]
    body = value.removesuffix("\n")
    first = next(line for line in value.split("\n") if line)
    told = "2" if first.startswith((" ", "\t")) else ""  # the indentation cannot be guessed
    header = f"|{told}" if value.endswith("\n") else f"|{told}-"
    margin = " " * (column + 2)
    return [header, *(margin + line if line else "" for line in body.split("\n"))]


def _fits_block(text: str) -> bool:
    """Tell whether a `|` block brings *text* back; blank lines at the end are not ours alone."""
    return bool(text.strip("\n")) and not text.endswith("\n\n") and not _NO_BLOCK.search(text)


def flow(value: Value) -> str:
    """Return *value* on one line, as it may stand inside [ ] and { }."""
    if isinstance(value, str):
        return inline(value, inside=True)
    if isinstance(value, list):
        return f"[{', '.join(flow(item) for item in value)}]"
    pairs = (f"{inline(key, inside=True)}: {flow(item)}" for key, item in value.items())
    return f"{{{', '.join(pairs)}}}"


def inline(text: str, *, inside: bool = False) -> str:
    """Return *text* on one line, in quotes only if it needs them; *inside* [ ] and { } or not."""
    if _is_plain(text) and not (inside and _IN_FLOW.search(text)):
        return text
    special = any(char in _ESCAPED or _is_hidden(char) for char in text.replace('"', ""))
    if not special and not ("'" in text and '"' not in text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _is_plain(text: str) -> bool:
    """Tell whether *text* without quotes is the same text, in other YAML programs too."""
    if not _PLAIN.fullmatch(text) or text.endswith((" ", ":")) or ": " in text:
        return False
    if any(_is_hidden(char) for char in text):
        return False
    return _is_true_to_itself(text) or not _means_something_else(text)


def _is_true_to_itself(text: str) -> bool:
    if _DATE.fullmatch(text) and text.isascii():
        try:
            return bool(dt.date.fromisoformat(text))
        except ValueError:
            return False
    return text in {"yes", "no"} or bool(_SMALL.fullmatch(text))


def _means_something_else(text: str) -> bool:
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0], [])
    return bool(_NUMBER.fullmatch(text)) or any(regexp.match(text) for _, regexp in resolvers)


def _is_hidden(char: str) -> bool:
    """Tell whether *char* would not be seen, or be lost, if it stood as it is."""
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} or char in "\ufffe\uffff"


def _escaped(char: str) -> str:
    if char in _ESCAPED:
        return _ESCAPED[char]
    if not _is_hidden(char):
        return char
    number = ord(char)
    return f"\\u{number:04X}" if number <= 0xFFFF else f"\\U{number:08X}"  # noqa: PLR2004 - BMP

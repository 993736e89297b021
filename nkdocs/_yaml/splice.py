"""The surgery on YAML text: where a value begins and ends, and one change spliced in.

Places come from the parser's marks. Four traps, each met in testing (UX.md 3.5): an empty value
has no room; a block ends at the start of the next line; a comment after the value would become
text of a new block; inside [ ] and { } text needs other quotes. Nothing here proves that the
change is right: `edit` reads the result again.
"""

import itertools
import re
from collections.abc import Sequence
from typing import NoReturn

import yaml
from msgspec import Struct

from nkdocs._patterns import lazily
from nkdocs._yaml import write
from nkdocs._yaml.read import LOADER, Path
from nkdocs._yaml.write import Value

_BREAK = lazily(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*")
_LAYOUT = lazily(r"(?:\s|#[^\r\n]*+)*+")  # blanks, line breaks and comments
_TOP = re.compile(r"^[^\s#-]", re.MULTILINE)  # lists may stand at the depth of their key
_HEADER = lazily(r"[|>]([-+0-9]*)([ \t]+#[^\r\n]*)?")


class NoPlaceError(Exception):
    """The value is written in a way that cannot be changed in place."""


def wrapped(value: Value, path: Path) -> Value:
    """Return *value* inside the mappings and lists that *path* asks for."""
    for key in reversed(path):
        value = {key: value} if isinstance(key, str) else [value]
    return value


def change(
    text: str, path: Path, value: Value | None, *, quoted: bool, whole: bool = False
) -> str:
    """Return *text* with *value* at *path*, of which all but the last step exist; None removes.

    Unless the *whole* is asked for, only the lines of the first key of *path* are looked at where
    they seem to stand by themselves, which takes a tenth of the time.

    Raises:
        NoPlaceError: the place is written in a way that is not understood here.
        yaml.YAMLError: *text* is not YAML.
    """
    begin, end = (0, len(text)) if whole else _section(text, path)
    return text[:begin] + _changed(text[begin:end], path, value, quoted=quoted) + text[end:]


def _section(text: str, path: Path) -> tuple[int, int]:
    """Return where the lines of the first key of *path* begin and end, all of it when in doubt."""
    if len(path) > 1:
        found = [*re.finditer(rf"^{re.escape(str(path[0]))}:(?=\s)", text, re.MULTILINE)]
        if len(found) == 1:
            begin = found[0].start()
            after = _TOP.search(text, begin + 1)
            end = after.start() if after else len(text)
            if _line_break(text[begin:end]) == _line_break(text):
                return begin, end
    return 0, len(text)


def _changed(text: str, path: Path, value: Value | None, *, quoted: bool) -> str:
    root = yaml.compose(text, Loader=LOADER)
    if root is None or (isinstance(root, yaml.ScalarNode) and root.start_mark.index == len(text)):
        return _begin(text, wrapped("" if value is None else value, path), quoted=quoted)
    found = _Found(root)
    for key in path[:-1]:
        found = _step_down(found, key) or _missing()
    below = _step_down(found, path[-1]) if path else found
    if value is None:
        return _cut(text, found, below or _missing(), quoted=quoted)
    if below is None:
        return _grow(text, found, path[-1], value, quoted=quoted)
    return _replace(text, below, value, quoted=quoted)


def reorder(text: str, path: Path, order: Sequence[int]) -> str:
    """Return *text* with the items of the block list at *path* in another *order*.

    The lines between two items go with the second.

    Raises:
        NoPlaceError: the list does not stand on lines of its own.
        yaml.YAMLError: *text* is not YAML.
    """
    found = _Found(yaml.compose(text, Loader=LOADER) or _missing())
    for key in path:
        found = _step_down(found, key) or _missing()
    items = [item for item, _ in _children(found.node)]
    first = _line_start(text, found.start)
    if not _is_block(found.node) or text[first : found.start].strip():
        raise NoPlaceError
    cuts = [first]
    for item in items:
        at = _line_end(text, _end(text, item))
        after = _BREAK.match(text, at)
        cuts.append(after.end() if after else at)
    pieces = [text[a:b] for a, b in itertools.pairwise(cuts)]
    line_break = _line_break(text)
    ended = [p if p.endswith(("\n", "\r")) else p + line_break for p in pieces]
    return text[:first] + "".join(ended[n] for n in order) + text[cuts[-1] :]


def _missing() -> NoReturn:
    raise NoPlaceError


class _Found(Struct, frozen=True):
    """A value in the text, its owner, and whether it stands inside [ ] or { }."""

    node: yaml.Node
    owner: yaml.Node | None = None
    index: int = 0
    inside: bool = False

    @property
    def start(self) -> int:
        return _start(self.node)

    @property
    def key(self) -> yaml.Node | None:
        """The key of the value, if its owner is a mapping."""
        if isinstance(self.owner, yaml.MappingNode):
            return _children(self.owner)[self.index][0]
        return None


def _is_mapping(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.MappingNode)


def _start(node: yaml.Node) -> int:
    return int(node.start_mark.index)


def _column(node: yaml.Node) -> int:
    return int(node.start_mark.column)


def _is_block(node: yaml.Node) -> bool:
    """Tell whether *node* is a list or mapping written on lines of its own."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _children(node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return where each child begins (its key, or the item itself) and its value."""
    if isinstance(node, yaml.MappingNode):
        return list(node.value)
    return [(item, item) for item in node.value] if isinstance(node, yaml.SequenceNode) else []


def _end(text: str, node: yaml.Node) -> int:
    """Return where what *node* says ends, without the layout after it."""
    end = int(node.end_mark.index)
    if _is_block(node):
        first, last = _children(node)[-1]
        return max(_end(text, first), _end(text, last))
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        header = _HEADER.match(text, _start(node))
        body = text[_start(node) : end]
        if header and "+" in header[1]:  # the blank lines at its end belong to it
            return end - (len(body) - len(re.sub(r"(?:\r\n|\r|\n)\Z", "", body)))
        return _start(node) + len(body.rstrip("\r\n"))
    return end


def _line_end(text: str, at: int) -> int:
    found = _LINE.match(text, at)
    return found.end() if found else at


def _line_start(text: str, at: int) -> int:
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _after_sign(text: str, at: int, sign: str) -> int:
    """Return the place after *sign*, which must be the next thing from *at* on."""
    found = _LAYOUT.match(text, at)
    at = found.end() if found else at
    if not text.startswith(sign, at):
        raise NoPlaceError
    return at + 1


def _step_down(found: _Found, key: str | int) -> _Found | None:
    inside = found.inside or not _is_block(found.node)
    for index, (name, value) in enumerate(_children(found.node)):
        if (name.value == key) if isinstance(key, str) else (index == key):
            return _Found(value, found.node, index, inside)
    return None


def _begin(text: str, value: Value, *, quoted: bool) -> str:
    """Return a file without data, with *value* below its comments."""
    line_break = _line_break(text)
    gap = line_break if text and not text.endswith(("\n", "\r")) else ""
    lines = write.block(value, 0, quoted=quoted)
    return f"{text}{gap}{line_break.join(lines)}{line_break}"


def _line_break(text: str) -> str:
    """Return how the first line of *text* ends."""
    found = _BREAK.search(text)
    return found[0] if found else "\n"


def _replace(text: str, found: _Found, value: Value, *, quoted: bool) -> str:
    """Return *text* with *value* instead of what stands there."""
    start, end = found.start, _end(text, found.node)
    if found.inside:
        return text[:start] + _room(text, found, start == end) + write.flow(value) + text[end:]
    start, stop, tail = _span(text, found, start, end)
    room = " " if start and text[start - 1] not in " \t\r\n" else ""
    own_line = not text[_line_start(text, start) : start].strip()
    if isinstance(value, str) or not value:
        column = _column(found.key or found.owner) if found.owner else -2
        lines = write.leaf(value, column, quoted=quoted)
    elif found.key is not None and not own_line:
        start, room = len(text[:start].rstrip(" \t")), ""
        column = _column(found.key) + (0 if isinstance(value, list) else 2)
        lines = ["", *write.block(value, column, quoted=quoted)]
    else:
        column = start - _line_start(text, start) + len(room)
        lines = write.block(value, column, quoted=quoted)
        lines[0] = lines[0][column:]
    lines[0] = room + lines[0] + tail
    last = _line_break(text) if len(lines) > 1 and stop == len(text) else ""
    return text[:start] + _line_break(text).join(lines) + last + text[stop:]


def _span(text: str, found: _Found, start: int, end: int) -> tuple[int, int, str]:
    """Return where the old value begins, where its last line ends, and the comment to keep."""
    stop = _line_end(text, end)
    header = _HEADER.match(text, start)
    if isinstance(found.node, yaml.ScalarNode) and found.node.style in {"|", ">"} and header:
        return start, stop, header[2] or ""
    if _is_block(found.node) and found.key is not None:  # it stands below its key: begin there
        colon = _after_sign(text, _end(text, found.key), ":")
        return colon, stop, text[colon : _line_end(text, colon)]
    return start, stop, text[end:stop]


def _room(text: str, found: _Found, empty: bool) -> str:  # noqa: FBT001 - one private caller
    """Return what must stand before a value inside [ ] or { }: `{a}` has not even a colon."""
    if not empty:
        return ""
    bare = found.key is not None and ":" not in text[_end(text, found.key) : found.start]
    return ": " if bare else " " if text[found.start - 1] == ":" else ""


def _grow(text: str, found: _Found, key: str | int, value: Value, *, quoted: bool) -> str:
    """Return *text* with a new key or item at the end of what was found."""
    if not _children(found.node):
        return _replace(text, found, wrapped(value, (key,)), quoted=quoted)
    more = wrapped(value, (key,))
    end = _end(text, _children(found.node)[-1][1])
    end = max(end, _end(text, _children(found.node)[-1][0]))
    if not _is_block(found.node):
        comma = _comma(text, end)
        if text[found.start] not in "[{":
            raise NoPlaceError  # `[a: 1]`: a mapping without braces
        piece = write.flow(more)[1:-1]
        return f"{text[:comma]} {piece}{text[comma:]}" if comma else (
            f"{text[:end]}, {piece}{text[end:]}"
        )
    at = _line_end(text, end)
    line_break = _line_break(text)
    lines = ["", *write.block(more, _column(found.node), quoted=quoted)]
    before, last = text[:at], ""
    if at == len(text):
        before, last = _closed(text, found.node), line_break
    return before + line_break.join(lines) + last + text[at:]


def _comma(text: str, at: int) -> int:
    """Return the place after the comma that follows from *at* on, 0 if none does."""
    try:
        return _after_sign(text, at, ",")
    except NoPlaceError:
        return 0


def _closed(text: str, node: yaml.Node) -> str:
    """Return *text*, which has no line break at its end, ready for more lines.

    A `|` block that ends the file ends in no line break; the line break to come would be its own,
    unless `|-` says otherwise.
    """
    while _children(node):
        node = _children(node)[-1][1]
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        start = _start(node)
        header = _HEADER.match(text, start)
        signs = header[1] if header else ""
        rest = text[start + 1 + len(signs) :]
        return f"{text[: start + 1]}{signs.strip('+-')}-{rest}"
    return text


def _cut(text: str, owner: _Found, gone: _Found, *, quoted: bool) -> str:
    """Return *text* without one child of *owner*."""
    children = _children(owner.node)
    if len(children) == 1:
        return _replace(text, owner, {} if _is_mapping(owner.node) else [], quoted=quoted)
    first, value = children[gone.index]
    start, end = _start(first), max(_end(text, first), _end(text, value))
    after = children[gone.index + 1][0] if gone.index + 1 < len(children) else None
    before = children[gone.index - 1] if gone.index else None
    if not _is_block(owner.node):
        return _cut_inside(text, (start, end), before, after)
    if not _is_mapping(owner.node):
        previous = max(_end(text, node) for node in before) if before else owner.start
        start = _after_sign(text, previous, "-") - 1
        following = _after_sign(text, end, "-") - 1 if after else len(text)
    else:
        following = _start(after) if after else len(text)
    line, stop = _line_start(text, start), _line_end(text, end)
    if not text[line:start].strip():
        found = _BREAK.match(text, stop)
        return text[:line] + text[found.end() if found else stop :]
    if not text[stop:following].strip():  # the first of `- a: 1`: the next takes its place
        return text[:start] + text[following:]
    return text[:start].rstrip(" \t") + text[stop:]


def _cut_inside(
    text: str,
    span: tuple[int, int],
    before: tuple[yaml.Node, yaml.Node] | None,
    after: yaml.Node | None,
) -> str:
    """Return *text* without one child, and its comma, of [ ] or { }; comments stay."""
    start, end = span
    if after is not None:
        comma = _after_sign(text, end, ",")
        stop = comma if "#" in text[end : _start(after)] else _start(after)
        return text[:start] + text[stop:]
    previous = max(_end(text, node) for node in before) if before else start
    if "#" in text[previous:start]:
        return text[:start] + text[_comma(text, end) or end :]
    return text[:previous] + text[end:]

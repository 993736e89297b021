"""Changing YAML in place: one answer changes, every other byte stays as it was.

The parser says where a value stands in the text; the new one is spliced in. Then the whole is
read again and must say exactly what was intended, or nothing is changed (UX.md 3.5).

Comments stay, also those above a key or item that is removed: they are the attorney's own words,
and whether they speak of what is gone cannot be known. Only comments *inside* a list or mapping
that is removed, or replaced by something of another form, go with it. A mapping replaced by a
mapping, and a list by a list, are changed leaf by leaf.
"""

import copy
import itertools
from collections.abc import Iterator
from typing import Any

import yaml

from nkdocs._yaml import splice, write
from nkdocs._yaml.read import EMPTY, Path, known
from nkdocs._yaml.write import Value
from nkdocs.errors import AnswersError

_Step = tuple[Path, Value | None]  # None: remove


def put(text: str, path: Path, value: Value) -> str:
    """Return *text* with *value* at *path*; what is not there yet is added at the end.

    A list grows by the index that equals its length. Inside `{ }` and `[ ]` that hold something
    the new value is written in the same way, on one line.

    Raises:
        AnswersError: *text* is not readable, *path* leads through a text or past the end of a
            list, *value* holds a character that cannot be kept, or the place is written in a way
            that cannot be changed without touching the rest.
    """
    write.check(value, path)
    data = _read(text)
    wanted = _with(data, path, value)
    return _change(text, list(_steps(data, path, value)), wanted, path)


def remove(text: str, path: Path) -> str:
    """Return *text* without the key or list item at *path*; the comments above it stay.

    Raises:
        AnswersError: nothing stands at *path*, or as for `put`.
    """
    data = _read(text)
    wanted = copy.deepcopy(data)
    box = wanted
    for key in path[:-1]:
        box = box[key] if _has(box, key) else None
    if not path or not _has(box, path[-1]):
        msg = f"there is no '{_dotted(path)}' to remove"
        raise AnswersError(msg)
    del box[path[-1]]
    return _change(text, [(path, None)], wanted, path)


def move(text: str, path: Path, number: int, to: int) -> str:
    """Return *text* in which item *number* of the list at *path* stands at *to*, both from 0.

    The item's lines move with their comments; where that cannot be, its values alone do.

    Raises:
        AnswersError: there is no such item, or as for `put`.
    """
    data = _read(text)
    items = data
    for key in path:
        items = items[key] if _has(items, key) else None
    if not isinstance(items, list) or not (_has(items, number) and _has(items, to)):
        msg = f"there is no '{_dotted(path)}' to move"
        raise AnswersError(msg)
    order = [n for n in range(len(items)) if n != number]
    order.insert(to, number)
    wanted = _with(data, path, [items[n] for n in order]) if path else [items[n] for n in order]
    try:
        changed = splice.reorder(text, path, order)
    except (splice.NoPlaceError, yaml.YAMLError):
        changed = text
    after = known(changed)
    if after.data == wanted and not after.faults:
        return changed
    return put(text, path, [items[n] for n in order])


def _read(text: str) -> Any:  # noqa: ANN401 - text, list or mapping
    """Return the data of *text*, None if there is none."""
    found = known(text)
    if found.faults and found.faults[0][2] != EMPTY:
        line, _, why = found.faults[0]
        msg = f"line {line}: {why}"
        raise AnswersError(msg, hint="Correct the file in an editor first.")
    return found.data


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _has(box: object, key: str | int) -> bool:
    if isinstance(box, list):
        return isinstance(key, int) and 0 <= key < len(box)
    return isinstance(box, dict) and key in box


def _with(data: Any, path: Path, value: Value) -> Any:  # noqa: ANN401 - as in _read
    """Return a copy of *data* with *value* at *path*."""
    if not path:
        return value
    key, rest = path[0], path[1:]
    if not data:  # nothing is there yet
        data = {} if isinstance(key, str) else []
    if isinstance(key, str) and isinstance(data, dict):
        return {**data, key: _with(data.get(key), rest, value)}
    if isinstance(key, int) and isinstance(data, list) and 0 <= key <= len(data):
        below = data[key] if key < len(data) else None
        return [*data[:key], _with(below, rest, value), *data[key + 1 :]]
    msg = f"there is no place for '{_dotted(path)}'"
    raise AnswersError(msg, hint="A text stands where a list or mapping is wanted, or items lack.")


def _steps(data: Any, path: Path, value: Value) -> Iterator[_Step]:  # noqa: ANN401 - as in _read
    """Yield the smallest changes that put *value* at *path*."""
    for depth, key in enumerate(path):
        if not _has(data, key):
            yield path[: depth + 1], splice.wrapped(value, path[depth + 1 :])
            return
        data = data[key]
    yield from _differences(data, path, value)


def _differences(old: Any, path: Path, new: Value) -> Iterator[_Step]:  # noqa: ANN401 - as in _read
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        for key, item in new.items():
            if key in old:
                yield from _differences(old[key], (*path, key), item)
            else:
                yield (*path, key), item
        yield from (((*path, key), None) for key in old if key not in new)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        same = 0
        while same < min(len(old), len(new)) and old[same] == new[same]:
            same += 1
        gone = max(0, len(old) - len(new))
        yield from (((*path, same), None) for _ in range(gone))
        left = old[:same] + old[same + gone :]
        for index, item in enumerate(new):
            if index < len(left):
                yield from _differences(left[index], (*path, index), item)
            else:
                yield (*path, index), item
    else:
        yield path, new


def _change(text: str, steps: list[_Step], wanted: object, path: Path) -> str:
    """Return *text* after all *steps*, proved by reading it again."""
    bom = "\ufeff" if text.startswith("\ufeff") else ""
    # A | block may swallow a deeper comment below it: then quotes.
    for quoted, whole in itertools.product((False, True), (False, True)):
        changed = text.removeprefix(bom)
        try:
            for place, value in steps:
                changed = splice.change(changed, place, value, quoted=quoted, whole=whole)
        except (splice.NoPlaceError, yaml.YAMLError):
            continue
        after = known(changed)
        if after.data == wanted and not after.faults:
            return bom + changed
    msg = f"'{_dotted(path)}' cannot be changed without touching the rest of the file"
    raise AnswersError(msg, hint="Change it in an editor; it is written in an unusual way.")

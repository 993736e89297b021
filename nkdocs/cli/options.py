"""Reads what was typed for an option where it is plain: a text, a file, one of a few words.

Typer has every option read by pydantic, also one that was not given, and loads pydantic for it:
that takes longer than to make a letter. What is not plainly right is Typer's as ever, which says
what is wrong with it.
"""

import os
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias, get_args, get_origin

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

_Param: TypeAlias = TyperArgument | TyperOption
#: What an option may ask beyond its type; Typer sees to it.
_ASKED = ("parser", "exists", "file_okay", "dir_okay", "writable", "readable", "resolve_path",
          "allow_dash", "path_type")  # fmt: skip


class _NotPlainError(ValueError):
    """What was typed is Typer's to read."""


def read_plainly(command: object) -> None:
    """Have the plain options of *command*, `--help` too, and of the commands in it, read here."""
    if not isinstance(command, (TyperCommand, TyperGroup)):
        return
    for param in command.get_params(typer.Context(command)):
        if isinstance(param, _Param) and (reader := _reader(param)):
            own = partial(_process, param, reader, param.process_value)
            param.process_value = own  # type: ignore[method-assign]
    for below in command.commands.values() if isinstance(command, TyperGroup) else ():
        read_plainly(below)


def _process(
    param: _Param,
    reader: Callable[[object], object],
    otherwise: Callable[[typer.Context, Any], Any],
    context: typer.Context,
    value: Any,  # noqa: ANN401 - what Typer's parser gives: nothing, a word, words
) -> object:
    """Return the value of *param*; read *otherwise* what is not plain, or missing."""
    many = param.multiple or param.nargs == -1
    try:
        if value is None:
            read: object = () if many else None
        else:
            read = [*map(reader, _several(value))] if many else reader(value)
    except ValueError:
        return otherwise(context, value)
    if param.required and param.value_is_missing(read):
        return otherwise(context, value)
    return read if param.callback is None else param.callback(context, param, read)


def _reader(param: _Param) -> Callable[[object], object] | None:
    """Return what reads one word for *param*; None where that is Typer's matter."""
    told, usual = param.type_descriptor, typer.Option()
    if any(getattr(told.parameter_info, n) != getattr(usual, n) for n in _ASKED):
        return None
    kind: Any = told.annotation
    if get_origin(kind) is list:
        (kind,) = get_args(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    return _READERS.get(kind)


def _several(value: object) -> tuple[object, ...]:
    if isinstance(value, (tuple, list)):
        return tuple(value)
    raise _NotPlainError


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _NotPlainError


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise _NotPlainError


def _path(value: object) -> Path:
    path = value if isinstance(value, Path) else Path(_text(value))
    if os.access(path, os.F_OK) and not os.access(path, os.R_OK):
        raise _NotPlainError
    return path


_READERS: dict[object, Callable[[object], object]] = {bool: _flag, str: _text, Path: _path}
